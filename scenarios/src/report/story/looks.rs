//! What somebody on the far side of the platform asked for, and what came of it.

use tekigo_simulator::profile::{Access, Profile};
use tekigo_simulator::viewer::{
    BoardAction, CardReading, InstitutionAction, OfficeAction, PersonAction, PlanRequestSheet,
    Reader, Viewed, ViewerInput,
};

use super::narrator::Whose;
use super::people::{Key, People, key_of_subject};
use super::reasons::reason;
use super::tale::Outcome;
use crate::witness::kind_name;

/// What was asked.
pub(super) struct Asked {
    pub(super) who: String,
    pub(super) whose: Whose,
    pub(super) deed: String,
    /// Whether it is worth telling only if it was refused.
    pub(super) is_entering: bool,
}

/// What a request was about.
struct Matter {
    whose: Whose,
    deed: String,
    is_entering: bool,
}

/// A request in words.
pub(super) fn asked(
    input: &ViewerInput,
    viewed: &Viewed,
    people: &People,
    profile: &Profile,
) -> Asked {
    let matter = match input {
        ViewerInput::Careweb(request) | ViewerInput::CareSoftware(request) => {
            of_office(&request.action, people, profile)
        }
        ViewerInput::Mynaportal(request) => match &request.action {
            PersonAction::LogIn { card } => entering(of_card(card, people)),
            PersonAction::LogOut => entering(Whose::Everybody),
            PersonAction::View { subject, data } => seeing(key_of_subject(subject), data, profile),
        },
        ViewerInput::Medical(request) => match &request.action {
            InstitutionAction::ReadCard(reading) => reading_card(reading, people),
            InstitutionAction::View { subject, data } => {
                seeing(key_of_subject(subject), data, profile)
            }
            InstitutionAction::SendOpinion(sheet) => {
                doing(key_of_subject(&sheet.subject), "主治医意見書を電送する")
            }
        },
        ViewerInput::Board(request) => match &request.action {
            BoardAction::LogIn { .. } | BoardAction::Refresh | BoardAction::LogOut => {
                entering(Whose::Everybody)
            }
            BoardAction::View { subject, data } => seeing(key_of_subject(subject), data, profile),
        },
        ViewerInput::Municipality(request) => {
            seeing(key_of_subject(&request.subject), &request.data, profile)
        }
    };
    Asked {
        who: viewer(input, viewed, people, profile),
        whose: matter.whose,
        deed: matter.deed,
        is_entering: matter.is_entering,
    }
}

fn of_office(action: &OfficeAction, people: &People, profile: &Profile) -> Matter {
    match action {
        OfficeAction::LogIn { .. } | OfficeAction::Refresh | OfficeAction::LogOut => {
            entering(Whose::Everybody)
        }
        OfficeAction::RegisterUser(items) => {
            let deed = "利用者登録をする（4情報を入力して、本人を確かめる）";
            doing(key_of_subject(&items.subject), deed)
        }
        OfficeAction::ReadCard(reading) => reading_card(reading, people),
        OfficeAction::BecomeResponsible(subject) => {
            doing(key_of_subject(subject), "担当事業所として登録する")
        }
        OfficeAction::EndResponsibility(subject) => {
            doing(key_of_subject(subject), "担当事業所の登録を終える")
        }
        OfficeAction::View { subject, data } => seeing(key_of_subject(subject), data, profile),
        OfficeAction::TakeConsent(subject) => {
            doing(key_of_subject(subject), "市町村に代わって包括同意を得る")
        }
        OfficeAction::SubmitPlanRequest(sheet) => doing(
            key_of_subject(&sheet.subject),
            &plan_request(sheet, profile),
        ),
        OfficeAction::SendOpinion(sheet) => {
            doing(key_of_subject(&sheet.subject), "主治医意見書を電送する")
        }
        OfficeAction::RegisterCarePlan(sheet) => {
            doing(key_of_subject(&sheet.subject), "ケアプラン情報を登録する")
        }
        OfficeAction::RegisterLife(sheet) => {
            doing(key_of_subject(&sheet.subject), "LIFE情報を登録する")
        }
    }
}

fn doing(key: Key, deed: &str) -> Matter {
    Matter {
        whose: Whose::Person(vec![key]),
        deed: deed.to_owned(),
        is_entering: false,
    }
}

fn seeing(key: Key, data: &str, profile: &Profile) -> Matter {
    doing(key, &format!("「{}」を見る", data_name(profile, data)))
}

fn entering(whose: Whose) -> Matter {
    Matter {
        whose,
        deed: "ログインする".to_owned(),
        is_entering: true,
    }
}

fn reading_card(reading: &CardReading, people: &People) -> Matter {
    let reader = match reading.reader {
        Reader::CardReader => "カードリーダー",
        Reader::Smartphone => "スマートフォン",
    };
    let face = if reading.face_compared {
        "顔写真を本人と見比べた"
    } else {
        "顔写真を本人と見比べていない"
    };
    Matter {
        whose: of_card(&reading.card, people),
        deed: format!("マイナンバーカードで本人を確かめる（{reader}で読み取り、{face}）"),
        is_entering: false,
    }
}

fn of_card(token: &str, people: &People) -> Whose {
    match people.of_card(token) {
        nobody if nobody.is_empty() => Whose::Everybody,
        keys => Whose::Person(keys),
    }
}

fn plan_request(sheet: &PlanRequestSheet, profile: &Profile) -> String {
    let list = profile.list("plan_request_type");
    let meaning = list.and_then(|list| list.meaning(&sheet.request_type));
    let assent = if sheet.assented { "あり" } else { "なし" };
    format!(
        "{}作成依頼届出を出す（利用者の承諾{assent}）",
        meaning.unwrap_or("計画")
    )
}

/// Who asks, and where.
fn viewer(input: &ViewerInput, viewed: &Viewed, people: &People, profile: &Profile) -> String {
    let by = viewed.by.as_deref().unwrap_or_default();
    let head = by.split('/').next().unwrap_or_default();
    match input {
        ViewerInput::Careweb(request) | ViewerInput::CareSoftware(request) => {
            let door = if matches!(input, ViewerInput::CareSoftware(_)) {
                "介護ソフト"
            } else {
                "介護WEBサービス"
            };
            let certificate = if let OfficeAction::LogIn { certificate, .. } = &request.action {
                certificate.as_deref()
            } else {
                None
            };
            let by_certificate = || people.office_by_certificate(certificate);
            match people.office(head).or_else(by_certificate) {
                Some(office) => {
                    let services = profile.access().services().iter();
                    let mut services = services.filter(|service| service.id == office.service);
                    let service = services.next().map_or("", |service| service.ja.as_str());
                    format!("{}（{service}、{door}）", office.name)
                }
                None => format!("事業所（{door}）"),
            }
        }
        ViewerInput::Mynaportal(_) => "本人（マイナポータル）".to_owned(),
        ViewerInput::Medical(request) => {
            format!("{}（医療機関）", people.institution(&request.institution))
        }
        ViewerInput::Board(_) => match by.split_once('/') {
            Some((insurer, member)) => {
                format!("{}の審査会の委員 {member}", people.insurer(insurer))
            }
            None => "審査会の委員".to_owned(),
        },
        ViewerInput::Municipality(request) => {
            format!("{}の職員（PMHの画面）", people.insurer(&request.account))
        }
    }
}

/// What came of it. `consent` is what the platform holds of the person's consent.
pub(super) fn outcome(viewed: &Viewed, consent: Option<String>, profile: &Profile) -> Outcome {
    if let Some(refused) = &viewed.refused {
        return Outcome::Refused {
            reason: reason(refused.reason).to_owned(),
            told: Some(refused.text.clone()),
        };
    }
    if let Some(shown) = &viewed.disclosure {
        return Outcome::Shown {
            rows: shown.rows.len(),
            why: why_shown(profile, &shown.role, &shown.data, consent),
        };
    }
    let made = viewed.made.iter();
    let made = made.map(|made| format!("「{}」が市町村へ送られる", kind_name(profile, &made.kind)));
    Outcome::Done(made.collect::<Vec<_>>().join("、"))
}

/// Why the rules of viewing let it through.
fn why_shown(profile: &Profile, role: &str, data: &str, consent: Option<String>) -> String {
    let access = profile.access();
    let mut roles = access.viewers().iter();
    let role = roles.find(|known| known.id == role);
    let cell = role.and_then(|role| access.cell(role, data));
    match cell.map(|(_, access)| access) {
        Some(Access::Consent | Access::Own) => match consent {
            Some(consent) => format!("基盤にある同意: {consent}"),
            None => "基盤に同意はない".to_owned(),
        },
        Some(Access::Yes | Access::Ungated) => "同意がなくても見られる情報".to_owned(),
        Some(Access::No) => "見られないはずの情報".to_owned(),
        None => String::new(),
    }
}

pub(super) fn data_name(profile: &Profile, data: &str) -> String {
    let mut known = profile.access().data().iter();
    let known = known.find(|known| known.id == data);
    known.map_or_else(|| kind_name(profile, data), |known| known.ja.clone())
}
