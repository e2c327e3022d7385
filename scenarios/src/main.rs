//! The `tekigo` program.

fn main() -> std::process::ExitCode {
    tekigo::cli::main()
}
