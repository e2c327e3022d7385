//! Accounts at the portal: those issued to insurers, and those that offices and institutions register.

use crate::domain::{InsurerNumber, MailAddress, OfficeNumber, shown};
use crate::kernel::{Mask, Moment, Streams};
use crate::portal::Refusal;
use crate::systems::LogInFault;

use super::context::PortalContext;
use super::rules::Acted;
use super::state::Portal;
use super::{letters, refusal};

/// Characters of a first password.
const PASSWORD_CHARACTERS: usize = 16;

/// Where passwords come from and how they are remembered.
#[derive(Debug)]
pub struct Secrets<'a> {
    /// The mask.
    pub mask: &'a Mask,
    /// The random streams.
    pub random: &'a mut Streams,
}

/// An account at the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalAccount {
    pub(super) login_id: String,
    pub(super) holder: Holder,
    password: String,
    stage: LogInStage,
}

/// Whose account it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// An insurer.
    Insurer(InsurerNumber),
    /// An office or medical institution that registered itself.
    User {
        /// Its number.
        number: OfficeNumber,
        /// Its name.
        name: String,
        /// Its mail address.
        address: MailAddress,
    },
}

/// How far an account has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogInStage {
    /// It has the password it was issued with.
    FirstPassword,
    /// It has a password of its own.
    Ready,
}

impl PortalAccount {
    /// ログインID.
    #[must_use]
    pub fn login_id(&self) -> &str {
        &self.login_id
    }

    /// Whose it is.
    #[must_use]
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// How far it has got.
    #[must_use]
    pub fn stage(&self) -> LogInStage {
        self.stage
    }
}

/// ログインID of an insurer (assumed).
fn login_id(insurer: InsurerNumber) -> String {
    format!("H{insurer}")
}

/// Issues log-in id and first password, and mails them to the address of the survey
/// (briefing: 3-2 保険者へのアカウント発行の周知, published).
pub(super) fn issue(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    secrets: Secrets<'_>,
    insurer: &str,
) -> Result<Acted, Refusal> {
    let number = refusal::insurer_number(insurer)?;
    let insurer = context.connected(number)?;
    let login_id = login_id(number);
    if portal.accounts.contains_key(&login_id) {
        return Err(refusal::account_exists(&insurer.name, &login_id));
    }
    let Some(address) = portal.address(number) else {
        return Err(refusal::no_address(&insurer.name));
    };
    let password = secrets
        .random
        .characters("portal password", PASSWORD_CHARACTERS);
    let account = PortalAccount {
        login_id: login_id.clone(),
        holder: Holder::Insurer(number),
        password: secrets.mask.password_token(&password),
        stage: LogInStage::FirstPassword,
    };
    let mut acted = Acted::default();
    acted.send(letters::account(
        &address,
        &insurer.name,
        &login_id,
        &account.password,
        &password,
    ));
    portal.accounts.insert(login_id.clone(), account);
    acted.answer.login_id = Some(login_id);
    Ok(acted)
}

/// Lets somebody in; which of id and password was wrong is not said. Too many failures in a row lock the id
/// for a while, as at PMH (assumed), whether anybody has it or not.
pub(super) fn log_in(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    login_id: &str,
    password: &str,
) -> Result<Acted, Refusal> {
    let account = portal.accounts.get(login_id);
    let account = account.filter(|account| account.password == password);
    let (pages, now) = (context.profile.pages(), context.now);
    let id = login_id.to_owned();
    let attempt = portal.log_ins.attempt(&id, account.is_some(), pages, now);
    attempt.map_err(|fault| match fault {
        LogInFault::Wrong => wrong_log_in(),
        LogInFault::LockedUntil(until) => locked(until, now),
    })?;
    let mut acted = Acted::default();
    acted.answer.must_change_password =
        account.is_some_and(|account| account.stage == LogInStage::FirstPassword);
    Ok(acted)
}

/// Sets a new password.
pub(super) fn change_password(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    login_id: &str,
    current: &str,
    (password, length): (&str, usize),
) -> Result<Acted, Refusal> {
    let account = portal
        .accounts
        .get_mut(login_id)
        .filter(|account| account.password == current)
        .ok_or_else(wrong_log_in)?;
    long_enough(context, "アカウントの持ち主", length)?;
    if password == current {
        return Err(Refusal::new(
            "same_password",
            "アカウントの持ち主",
            "今と違うパスワード",
            "今と同じパスワード",
        ));
    }
    password.clone_into(&mut account.password);
    account.stage = LogInStage::Ready;
    Ok(Acted::default())
}

/// Whether a password is as long as the profile wants it.
fn long_enough(context: &PortalContext<'_>, who: &str, length: usize) -> Result<(), Refusal> {
    let shortest = context.profile.pages().password_length_min.value;
    if length >= shortest {
        return Ok(());
    }
    let expected = format!("{shortest}文字以上のパスワード");
    let came = format!("{length}文字のパスワード");
    Err(Refusal::new("password_length", who, expected, came))
}

/// Registers an office or institution as a user (briefing: 助成金の申請方法, published).
pub(super) fn register_user(
    portal: &mut Portal,
    context: &PortalContext<'_>,
    number: &str,
    name: &str,
    address: &str,
    (password, length): (&str, usize),
) -> Result<Acted, Refusal> {
    const WHO: &str = "登録する事業所・医療機関";
    let number: OfficeNumber = number.trim().parse().map_err(|error| {
        let came = format!("番号ではない値（{error}）");
        Refusal::new("user_number", WHO, "事業所番号か医療機関コード", came)
    })?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::new(
            "user_name",
            WHO,
            "事業所・医療機関の名称",
            "空の名称",
        ));
    }
    let address: MailAddress = address.parse().map_err(|_| {
        let came = format!("「{}」", shown(address));
        Refusal::new(
            "user_address",
            WHO,
            "「名前@ドメイン」の形のメールアドレス",
            came,
        )
    })?;
    long_enough(context, WHO, length)?;
    let login_id = number.to_string();
    if portal.accounts.contains_key(&login_id) {
        let came = format!("登録済みの番号「{login_id}」");
        return Err(Refusal::new("user_exists", WHO, "登録していない番号", came));
    }
    let mut acted = Acted::default();
    acted.send(letters::user_registered(&address, name, &login_id));
    let account = PortalAccount {
        login_id: login_id.clone(),
        holder: Holder::User {
            number,
            name: name.to_owned(),
            address,
        },
        password: password.to_owned(),
        stage: LogInStage::Ready,
    };
    portal.accounts.insert(login_id.clone(), account);
    acted.answer.login_id = Some(login_id);
    Ok(acted)
}

fn locked(until: Moment, now: Moment) -> Refusal {
    Refusal::new(
        "log_in_locked",
        "ログインする人",
        format!("{} からのログイン（失敗が続いたため）", until.for_people()),
        format!("{} のログイン", now.for_people()),
    )
}

fn wrong_log_in() -> Refusal {
    Refusal::new(
        "wrong_log_in",
        "ログインする人",
        "登録されたログインIDと、そのパスワード",
        "違うログインIDかパスワード",
    )
}
