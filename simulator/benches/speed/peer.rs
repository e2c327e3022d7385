//! A process that is measured: started by this one, asked over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Outcome;
use crate::arguments::ROLE;
use crate::meter::Used;

/// The measuring side. Dropping it ends the process.
#[derive(Debug)]
pub(super) struct Peer {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts this program in a role.
    pub(super) fn start(role: &[&str]) -> Outcome<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(ROLE)
            .args(role)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = process.stdin.take();
        let output = process.stdout.take().ok_or("no output to read from")?;
        Ok(Self {
            process,
            input,
            output: BufReader::new(output),
        })
    }

    /// The next line it says.
    pub(super) fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err("the measured process ended".into());
        }
        Ok(line)
    }

    /// What it has used so far.
    pub(super) fn used(&mut self) -> Outcome<Used> {
        let input = self.input.as_mut().ok_or("no input to ask by")?;
        input.write_all(b"used\n")?;
        Used::read(&self.line()?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.input.take());
        // One that does not end with its input is ended; either way nothing is left of it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The measured side: says what it uses whenever asked, until its input ends.
pub(super) fn answer_until_end() -> Outcome<()> {
    for line in std::io::stdin().lock().lines() {
        line?;
        say(&Used::now().line())?;
    }
    Ok(())
}

/// Says a line to the process that measures.
pub(super) fn say(line: &str) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}
