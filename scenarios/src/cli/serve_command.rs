//! `tekigo serve`: the simulated world standing alone, for exploring by hand.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use tekigo_simulator::kernel::{Durability, Moment};
use tekigo_simulator::serve::{HostAddress, InsurerSettings, Settings, Simulator};
use tekigo_simulator::{Effect, Input, InsurerShape, OperatorAction, OperatorInput};

use super::certify_command::profile;
use super::failed;
use super::neighbours::{MY_NUMBERS, NeighbourError, Neighbours};
use super::options::{ServeMode, ServeOptions};
use super::serve_portal::PortalDesk;
use crate::verdict::ExitCode as Exit;

const FIRST_PASSWORD: &str = "Hatsukai-2026";
const NEW_PASSWORD: &str = "Serve-no-yoru-2026";
pub(super) const ENVIRONMENT: &str = "verification";
const JOURNAL: &str = "journal.jsonl";
/// How often new notices are looked for.
const MAIL_EVERY: std::time::Duration = std::time::Duration::from_millis(200);

/// What keeps the world from standing.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServeError {
    #[error(transparent)]
    Profile(#[from] crate::certify::CertifyError),
    #[error(transparent)]
    Simulator(#[from] tekigo_simulator::serve::SimulatorError),
    #[error(transparent)]
    Shell(#[from] tekigo_simulator::serve::ShellError),
    #[error(transparent)]
    Time(#[from] tekigo_simulator::kernel::MomentError),
    #[error("フォルダー「{dir}」に書けません: {cause}")]
    Folder { dir: String, cause: std::io::Error },
    #[error("待ち受けを続けられません: {0}")]
    Runtime(std::io::Error),
    #[error("PMHの画面の操作が断られました: {0}")]
    Pages(String),
    #[error("--people は、方式①（--mode api）の新しい記録フォルダー（--dir）だけで使えます")]
    NoPeople,
    #[error(transparent)]
    Neighbours(#[from] NeighbourError),
}

/// Runs the command until Ctrl-C.
pub(super) fn run(options: &ServeOptions) -> ExitCode {
    // The world takes one input after another: a second thread would spend its time on waiting for it.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    let served = match runtime {
        Ok(runtime) => runtime.block_on(serve(options)),
        Err(error) => Err(ServeError::Runtime(error)),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error, Exit::Settings),
    }
}

/// A world that stands, and whether it is new.
pub(super) struct Standing {
    pub(super) simulator: Simulator,
    pub(super) insurer: String,
    name: String,
    is_new: bool,
}

async fn serve(options: &ServeOptions) -> Result<(), ServeError> {
    let standing = stand(options).await?;
    let (dir, simulator) = (&options.dir, &standing.simulator);
    write_credentials(dir, simulator, &standing.insurer)?;
    tell(dir, simulator, &standing.name, standing.is_new);
    tell_pages(simulator, &standing.insurer, options, standing.is_new);
    let neighbours = standing.neighbours();
    if neighbours.are_there() {
        let commands = write_later(dir, simulator, &neighbours)?;
        let office = neighbours.software_certificate()?;
        write(dir, "office.pem", &office.chain_pem)?;
        write(dir, "office-key.pem", &office.key_pem)?;
        neighbours.tell(&commands);
        neighbours.tell_software(dir);
    }
    let portal = standing.portal();
    portal.tell();
    println!("\n終えるには Ctrl-C を押してください");
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended.map_err(ServeError::Runtime)?,
        failed = deliver_mail(dir, simulator) => failed?,
        failed = portal.operate() => failed?,
    }
    let journal = dir.join(JOURNAL);
    println!("終わります。記録は {} にあります", journal.display());
    Ok(())
}

/// Puts the world up; a new one is prepared as far as the options say.
pub(super) async fn stand(options: &ServeOptions) -> Result<Standing, ServeError> {
    let profile = profile(options.profile.as_deref())?;
    let dir = &options.dir;
    fs::create_dir_all(dir).map_err(|cause| folder(dir, cause))?;
    let insurer = crate::town::municipalities().swap_remove(0);
    let journal = dir.join(JOURNAL);
    let is_new = !journal.exists();
    if options.people && options.mode == ServeMode::File {
        return Err(ServeError::NoPeople);
    }
    let start = options.at.as_deref();
    let start = start.map(str::parse::<Moment>).transpose()?;
    let my_numbers = MY_NUMBERS.iter();
    let simulator = Simulator::start(Settings {
        profile,
        seed: options.seed,
        start: start.unwrap_or_else(Moment::default_start),
        insurers: vec![InsurerSettings {
            number: insurer.number.clone(),
            name: insurer.name.clone(),
            first_password: FIRST_PASSWORD.to_owned(),
            shape: InsurerShape::default(),
        }],
        my_numbers: my_numbers
            .filter_map(|number| number.parse().ok())
            .collect(),
        journal,
        durability: Durability::Disk,
        port: options.port,
        resume: true,
    })
    .await?;
    let standing = Standing {
        simulator,
        insurer: insurer.number,
        name: insurer.name,
        is_new,
    };
    if is_new {
        standing.prepare(options)?;
    }
    if options.people && !standing.neighbours().are_there() {
        return Err(ServeError::NoPeople);
    }
    Ok(standing)
}

impl Standing {
    /// The portal's operator, and the town's account there.
    fn portal(&self) -> PortalDesk<'_> {
        PortalDesk::new(&self.simulator, &self.insurer)
    }

    /// Those who live there, or would.
    pub(super) fn neighbours(&self) -> Neighbours<'_> {
        Neighbours {
            simulator: &self.simulator,
            insurer: &self.insurer,
        }
    }

    fn prepare(&self, options: &ServeOptions) -> Result<(), ServeError> {
        let desk = Desk {
            simulator: &self.simulator,
            insurer: &self.insurer,
        };
        desk.settle_outside_the_pages(options.mode)?;
        if options.fresh {
            return Ok(());
        }
        if let Some(key) = desk.prepare(options.mode)? {
            write(&options.dir, "key.txt", &key)?;
            if options.people {
                self.neighbours().move_in(&key)?;
            }
        }
        self.portal().prepare(options.mode)?;
        Ok(())
    }
}

/// Writes each notice into the folder `mail`, as it is sent. Never ends but for an error.
async fn deliver_mail(dir: &Path, simulator: &Simulator) -> Result<(), ServeError> {
    let folder_of_mail = dir.join("mail");
    fs::create_dir_all(&folder_of_mail).map_err(|cause| folder(dir, cause))?;
    let mut delivered = 0;
    loop {
        let sent = simulator.shell().look(|world| world.mail().sent().to_vec());
        for mail in &sent[delivered..] {
            delivered += 1;
            let name = format!("{delivered:04}.txt");
            let text = format!(
                "宛先: {}\n件名: {}\n\n{}\n",
                mail.to,
                mail.subject,
                mail.plain.as_ref().unwrap_or(&mail.text)
            );
            write(&folder_of_mail, &name, &text)?;
            println!(
                "通知メール: {}（{}）",
                mail.subject,
                folder_of_mail.join(name).display()
            );
        }
        tokio::time::sleep(MAIL_EVERY).await;
    }
}

/// The staff of the one insurer, and whoever settles things for it outside PMH's pages.
struct Desk<'a> {
    simulator: &'a Simulator,
    insurer: &'a str,
}

impl Desk<'_> {
    /// What is settled outside the pages, in every environment, so that they can be used at once.
    fn settle_outside_the_pages(&self, mode: ServeMode) -> Result<(), ServeError> {
        let mode = match mode {
            ServeMode::Api => "api",
            ServeMode::File => "file",
        };
        let environments = self
            .simulator
            .shell()
            .look(|world| world.profile().environments().to_vec());
        for environment in environments {
            for action in [
                OperatorAction::ChooseMode {
                    mode: mode.to_owned(),
                },
                OperatorAction::ReportEnvironmentReady,
                OperatorAction::ConfirmSchedule {
                    setup_date: self.simulator.shell().now().date(),
                },
            ] {
                self.act(&environment.id, action)?;
            }
        }
        Ok(())
    }

    /// Everything the staff would do in the pages before set-up, so that linking can be tried at
    /// once; the key, in the mode that has one.
    fn prepare(&self, mode: ServeMode) -> Result<Option<String>, ServeError> {
        let mask = self.simulator.shell().mask();
        for action in [
            OperatorAction::LogIn {
                password: mask.password_token(FIRST_PASSWORD),
            },
            OperatorAction::ChangePassword {
                current: mask.password_token(FIRST_PASSWORD),
                password: mask.password_token(NEW_PASSWORD),
                length: NEW_PASSWORD.chars().count(),
            },
            OperatorAction::RegisterAddresses {
                processing_result: "kekka@tsukimi.example".to_owned(),
                board_reading: "shinsakai@tsukimi.example".to_owned(),
            },
        ] {
            self.act(ENVIRONMENT, action)?;
        }
        match mode {
            ServeMode::Api => self.act(ENVIRONMENT, OperatorAction::IssueKey),
            ServeMode::File => Ok(None),
        }
    }

    /// The key, if one was issued.
    fn act(&self, environment: &str, action: OperatorAction) -> Result<Option<String>, ServeError> {
        let effects = self
            .simulator
            .shell()
            .submit(&Input::Operator(OperatorInput {
                insurer: self.insurer.to_owned(),
                environment: environment.to_owned(),
                action,
            }))?;
        let mut key = None;
        for dated in effects {
            if let Effect::OperatorAnswer(answer) = dated.effect {
                if !answer.done {
                    return Err(ServeError::Pages(answer.reason.unwrap_or_default()));
                }
                key = answer.key;
            }
        }
        Ok(key)
    }
}

fn write_credentials(dir: &Path, simulator: &Simulator, insurer: &str) -> Result<(), ServeError> {
    write(dir, "ca.pem", simulator.authority_pem())?;
    if let Some(certificate) = simulator.client_certificate(insurer, ENVIRONMENT) {
        write(dir, "client.pem", &certificate.chain_pem)?;
        write(dir, "client-key.pem", &certificate.key_pem)?;
    }
    Ok(())
}

fn write(dir: &Path, name: &str, text: &str) -> Result<(), ServeError> {
    fs::write(dir.join(name), text).map_err(|cause| folder(dir, cause))
}

fn folder(dir: &Path, cause: std::io::Error) -> ServeError {
    ServeError::Folder {
        dir: dir.display().to_string(),
        cause,
    }
}

fn tell(dir: &Path, simulator: &Simulator, insurer: &str, is_new: bool) {
    println!(
        "模擬環境を立ち上げました（{}、{}、{}）",
        insurer,
        simulator.shell().now(),
        if is_new {
            "新しい記録"
        } else {
            "記録の続き"
        }
    );
    for host in simulator.hosts() {
        let role = match (host.role.as_str(), host.environment.as_deref()) {
            ("pmh", Some(environment)) => format!("PMH（{environment}）"),
            (role, _) => format!("呼んではならない相手（{role}）"),
        };
        let scheme = if host.port == 443 { "https" } else { "http" };
        println!(
            "  {role}: {scheme}://{}:{} → {}",
            host.host, host.port, host.address
        );
    }
    let pmh = simulator
        .hosts()
        .iter()
        .find(|host| host.environment.as_deref() == Some(ENVIRONMENT));
    if let Some(pmh) = pmh
        && dir.join("key.txt").exists()
    {
        println!("\n試し方（別の端末で）:");
        let address = format!("https://{}/kaigo/v2/inboundRecords", pmh.host);
        println!("{}", curl(dir, pmh, &address));
    }
}

/// A call of PMH's link interface, to be typed; `rest` is what only this call has.
fn curl(dir: &Path, pmh: &HostAddress, rest: &str) -> String {
    let dir = dir.display();
    format!(
        "  curl --cacert {dir}/ca.pem --cert {dir}/client.pem --key {dir}/client-key.pem \\\n    --connect-to {}:443:{} -H \"Authorization: Bearer $(cat {dir}/key.txt)\" \\\n    {rest}",
        pmh.host, pmh.address
    )
}

/// Writes what the municipality can send later; how to send it.
fn write_later(
    dir: &Path,
    simulator: &Simulator,
    neighbours: &Neighbours<'_>,
) -> Result<Vec<String>, ServeError> {
    let mut hosts = simulator.hosts().iter();
    let pmh = hosts.find(|host| host.environment.as_deref() == Some(ENVIRONMENT));
    let mut commands = Vec::new();
    for (name, kind, record) in neighbours.later() {
        write(dir, name, &serde_json::json!([record]).to_string())?;
        if let (Some(pmh), Some(place)) = (pmh, neighbours.place(kind)) {
            let rest = format!(
                "-H 'Content-Type: application/json' --data @{}/{name} \\\n    'https://{}{place}'",
                dir.display(),
                pmh.host
            );
            commands.push(curl(dir, pmh, &rest));
        }
    }
    Ok(commands)
}

/// Where PMH's pages are, how to log in, and what there is to do.
fn tell_pages(simulator: &Simulator, insurer: &str, options: &ServeOptions, is_new: bool) {
    println!("\nPMHの画面（ブラウザーで開く。ログインID {insurer}）:");
    let environments = simulator
        .shell()
        .look(|world| world.profile().environments().to_vec());
    for environment in environments {
        let Some(address) = simulator.pages(&environment.id) else {
            continue;
        };
        let is_prepared = environment.id == ENVIRONMENT && !options.fresh;
        let password = match (is_new, is_prepared) {
            (false, _) => "前に決めたもの（変えていなければ、はじめに表示されたもの）".to_owned(),
            (true, true) => NEW_PASSWORD.to_owned(),
            (true, false) => format!("{FIRST_PASSWORD}（初回ログイン。変更を求められます）"),
        };
        println!(
            "  {}: http://{address}/  パスワード {password}",
            environment.ja
        );
    }
    if !is_new {
        return;
    }
    let todo = match (options.fresh, options.mode) {
        (true, ServeMode::Api) => "パスワードの変更 → 通知先の登録 → 認証キーの発行",
        (true, ServeMode::File) => "パスワードの変更 → 通知先の登録 → ファイルを送る",
        (false, ServeMode::Api) => "認証キーの更新や失効を試せます",
        (false, ServeMode::File) => "介護保険システムから出力した組を「ファイルを送る」で送ります",
    };
    println!("  行うこと: {todo}");
}
