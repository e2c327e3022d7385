use crate::domain::{InsuredKey, OfficeNumber};
use crate::kernel::Moment;
use crate::profile::Profile;
use crate::systems::platform::Platform;
use crate::systems::viewing::{Lifetime, PersonShown, VerifiedIdentity};
use crate::viewer::{Denial, FourItems};

use super::CareWeb;

/// How long a log-in of an office lasts.
#[must_use]
pub fn office_lifetime(profile: &Profile) -> Lifetime {
    let limits = &profile.access().limits;
    Lifetime {
        access: i64::from(limits.access_minutes.value) * 60,
        renewable: i64::from(limits.refresh_hours.value) * 3_600,
    }
}

/// Who logs in: the certificate names the office, the id a user of it. Through pages and care software alike,
/// too many failures in a row lock the id for a while, as at PMH (assumed), whether anybody has it or not.
///
/// # Errors
/// No such certificate; no such user there, or another password, which are not told apart; the id is locked.
pub fn log_in(
    careweb: &mut CareWeb,
    (profile, now): (&Profile, Moment),
    certificate: Option<&str>,
    user: &str,
    password: &str,
) -> Result<(OfficeNumber, String), Denial> {
    let certificate = certificate.ok_or(Denial::CertificateWrong)?;
    let (number, office) = careweb
        .offices
        .iter()
        .find(|(_, office)| office.certificate == certificate)
        .ok_or(Denial::CertificateWrong)?;
    let found = office.users.get(user);
    let is_right = found.is_some_and(|found| found.password == password);
    let id = (*number, user.to_owned());
    let attempt = careweb.log_ins.attempt(&id, is_right, profile.pages(), now);
    attempt.map(|()| id).map_err(Denial::from)
}

/// Evidence that an office has typed all of the four items (4情報) right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FourItemsAgree(InsuredKey);

/// Compares the four items: all five fields as the platform holds them, letter by letter, so that
/// a small kana is another one than a large [briefing: 介護WEBサービスの利用 (1), stated; no rule
/// of normalisation is known, domain 6.7].
///
/// # Errors
/// The items that differ, for the journal alone.
pub fn compare_four_items(
    platform: &Platform,
    profile: &Profile,
    person: PersonShown,
    typed: &FourItems,
) -> Result<FourItemsAgree, Vec<String>> {
    let key = person.key();
    let differing: Vec<String> = [
        ("basicFiveInfo.nameKana", &typed.kana),
        ("basicFiveInfo.dateOfBirth", &typed.birth),
        ("basicFiveInfo.sex", &typed.sex),
    ]
    .into_iter()
    .filter(|(item, typed)| platform.person_item(profile, key, item) != Some(typed.as_str()))
    .map(|(item, _)| item.to_owned())
    .collect();
    if differing.is_empty() {
        return Ok(FourItemsAgree(key));
    }
    Err(differing)
}

/// 利用者登録: the office has identified the person now.
pub fn register_user(
    careweb: &mut CareWeb,
    now: Moment,
    office: OfficeNumber,
    FourItemsAgree(person): FourItemsAgree,
) {
    careweb.typed.insert((office, person), now);
}

/// 担当事業所登録, by an office that knows who the person is (briefing: 3-1 契約時, stated).
///
/// # Errors
/// It is responsible already.
pub fn become_responsible(
    careweb: &mut CareWeb,
    now: Moment,
    office: OfficeNumber,
    person: VerifiedIdentity,
) -> Result<(), Denial> {
    let key = (office, person.key());
    if careweb.responsible.contains_key(&key) {
        return Err(Denial::AlreadyResponsible);
    }
    careweb.responsible.insert(key, now);
    Ok(())
}

/// Ends it.
///
/// # Errors
/// The office is not responsible.
pub fn end_responsibility(
    careweb: &mut CareWeb,
    office: OfficeNumber,
    person: InsuredKey,
) -> Result<(), Denial> {
    let ended = careweb.responsible.remove(&(office, person));
    ended.map(|_| ()).ok_or(Denial::NotResponsible)
}
