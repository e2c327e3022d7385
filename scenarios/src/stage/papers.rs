//! 届くもの: opinions and notices that institutions and offices send through the platform, and
//! what becomes of them at the municipality.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tekigo_simulator::viewer::{
    AskedOpinion, Denial, Directory, InstitutionAction, OfficeAction, OpinionSheet,
    PlanRequestSheet, Subject, Viewed,
};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::people_claims::text;
use super::senders::Sender;
use crate::control::Operation;
use crate::ledger::{BusinessEvent, Opinion, RegisterOpinion, RequestOpinion};
use crate::witness::is_deleted;

/// The stage before an opinion can be asked for.
const APPLIED: &str = "申請の受付";
const OPINION: &str = "主治医意見書";
const READING: &str = "審査会資料の参照状況";

/// What has been sent in a scenario.
#[derive(Debug, Default)]
pub(super) struct Papers {
    /// Who sent last, and what was answered.
    last: Option<(&'static str, Viewed)>,
    /// The records that are on their way or have arrived, by person and what it is.
    sent: BTreeMap<(String, String), Vec<Value>>,
}

/// A kind of notice that an office can hand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Notice {
    word: &'static str,
    /// 届出の種類, a code of the profile.
    request_type: &'static str,
    assented: bool,
}

const NOTICES: [Notice; 3] = [
    Notice {
        word: "居宅サービス計画作成依頼届出",
        request_type: "1",
        assented: true,
    },
    Notice {
        word: "介護予防サービス計画作成依頼届出",
        request_type: "2",
        assented: true,
    },
    Notice {
        word: "承諾のない居宅サービス計画作成依頼届出",
        request_type: "1",
        assented: false,
    },
];

/// 語: 断り.
fn denial_of_word(word: &str) -> Option<Denial> {
    Some(match word {
        "依頼されていない" => Denial::NotAsked,
        "すでに送っている" => Denial::AlreadySent,
        "連携を始めていない保険者である" => Denial::MunicipalityNotOpen,
        "この種類の事業所ではできない" => Denial::NotEntitled,
        "本人確認をしていない" => Denial::IdentityNotChecked,
        "承諾がない" => Denial::NotAssented,
        _ => return None,
    })
}

impl Live {
    /// 職員が「…」の主治医意見書を「…」に依頼する.
    ///
    /// # Errors
    /// The words are unknown, or the vendor does not carry an operation out.
    pub async fn ask_for_opinion(&mut self, who: &str, institution: &str) -> Performed {
        let sender = Sender::of_word(institution)?;
        if self.happenings.application(who).is_none() {
            self.advance_case(who, APPLIED).await?;
        }
        let application = self.application_of(who)?;
        let request = BusinessEvent::RequestOpinion(RequestOpinion {
            application_number: application.clone(),
            date: self.today(),
        });
        self.carry_out(who, request).await?;
        let insured = self.number_of(who)?;
        self.note_fact(Directory::AskedOpinion(AskedOpinion {
            insurer: self.ledger.insurer.number.clone(),
            insured,
            application,
            institution: sender.number.to_owned(),
        }))
    }

    /// 「…」が「…」の「…」を送る.
    ///
    /// # Errors
    /// The words are unknown.
    pub fn sender_sends(&mut self, sender: &str, who: &str, what: &str) -> Performed {
        let sender = Sender::of_word(sender)?;
        let subject = Subject {
            insurer: self.ledger.insurer.number.clone(),
            insured: self.number_of(who)?,
        };
        let viewed = if what == OPINION {
            let sheet = self.opinion_sheet(who, subject)?;
            if sender.is_office() {
                self.office_asks(sender, OfficeAction::SendOpinion(sheet))?
            } else {
                self.institution_asks(sender, InstitutionAction::SendOpinion(sheet))?
            }
        } else {
            let notice = NOTICES.into_iter().find(|notice| notice.word == what);
            let notice = notice
                .ok_or_else(|| StepFailure::harness(format!("送るもの「{what}」はありません")))?;
            let sheet = PlanRequestSheet {
                subject,
                request_type: notice.request_type.to_owned(),
                start: self.today(),
                assented: notice.assented,
            };
            self.office_asks(sender, OfficeAction::SubmitPlanRequest(sheet))?
        };
        for made in &viewed.made {
            let key = (who.to_owned(), what.to_owned());
            let sent = self.papers.sent.entry(key).or_default();
            sent.push(made.record.clone());
            if what == OPINION {
                self.note_opinion(who, &made.record.clone())?;
            }
        }
        self.papers.last = Some((sender.name, viewed));
        Ok(())
    }

    fn opinion_sheet(&self, who: &str, subject: Subject) -> Performed<OpinionSheet> {
        Ok(OpinionSheet {
            subject,
            application: self.application_of(who)?,
            written: self.today(),
            physician: "月野　澄".to_owned(),
            diagnosis: "腰部脊柱管狭窄症。症状は安定している。".to_owned(),
            remarks: None,
        })
    }

    /// The books hold the opinion from the moment it is sent: it is on its way to the municipality.
    fn note_opinion(&mut self, who: &str, record: &Value) -> Performed {
        let item = |name| text(record, name);
        let event = BusinessEvent::RegisterOpinion(RegisterOpinion {
            application_number: String::new(),
            opinion: Opinion {
                written_on: self.today(),
                institution_code: item("institutionCode"),
                institution_name: item("institutionName"),
                physician_name: item("physicianName"),
                diagnosis: item("diagnosis"),
                state: None,
                remarks: None,
            },
        });
        self.enter_in_books(who, event)
    }

    /// 「…」は「…」ため送れない.
    ///
    /// # Errors
    /// It was taken, or refused for another reason.
    pub fn sender_is_refused(&mut self, sender: &str, reason: &str) -> Performed {
        let sender = Sender::of_word(sender)?;
        let wanted = denial_of_word(reason)
            .ok_or_else(|| StepFailure::harness(format!("断り「{reason}」はありません")))?;
        let Some((_, viewed)) = self
            .papers
            .last
            .as_ref()
            .filter(|(name, _)| *name == sender.name)
        else {
            return Err(StepFailure::harness(format!(
                "「{}」が最後に送ったものがありません",
                sender.name
            )));
        };
        let refused = viewed.refused.as_ref();
        let holds = refused.is_some_and(|refused| {
            refused.reason == wanted && refused.shown == wanted.shown() && !refused.text.is_empty()
        }) && viewed.made.is_empty();
        let actual = refused.map_or_else(
            || "受け付けられました".to_owned(),
            |refused| format!("「{}」と断られました", refused.text),
        );
        let expected = format!("「{}」は「{reason}」ため断られる", sender.name);
        self.claim(holds, expected, actual)
    }

    /// 職員に「…」の「…」が示される, for what was sent through the platform.
    ///
    /// # Errors
    /// It is not, not once, or it has not been taken over.
    pub(super) async fn staff_see_the_paper(&mut self, who: &str, what: &str) -> Performed {
        if what == READING {
            return self.staff_see_the_reading(who).await;
        }
        let key = (who.to_owned(), what.to_owned());
        let sent = self.papers.sent.get(&key).cloned().unwrap_or_default();
        let Some(newest) = sent.last() else {
            return Err(StepFailure::harness(format!(
                "「{who}」の「{what}」はまだ送られていません"
            )));
        };
        let (kind, item) = if what == OPINION {
            ("physicianOpinion", "applicationNumber")
        } else {
            ("planRequest", "requestNumber")
        };
        let number = self.number_of(who)?;
        let answer = self.ask_done(Operation::ViewInbound, json!({})).await?;
        let records = answer.data().get("records").and_then(Value::as_array);
        let of_kind: Vec<&Value> = records
            .into_iter()
            .flatten()
            .filter(|entry| text(entry, "kind") == kind)
            .filter_map(|entry| entry.get("record"))
            .collect();
        let is_it = |record: &&&Value| {
            text(record, "insuredNumber") == number && text(record, item) == text(newest, item)
        };
        let shown = of_kind.iter().filter(is_it).count();
        let all: usize = self
            .papers
            .sent
            .iter()
            .filter(|((_, sent), _)| (sent == OPINION) == (what == OPINION))
            .map(|(_, records)| records.len())
            .sum();
        let expected = format!("「{who}」の「{what}」が1件だけ届く（同じ種類のものは{all}件）");
        let actual = format!(
            "受信した情報の一覧に、これは{shown}件、同じ種類のものは{}件",
            of_kind.len()
        );
        self.claim(shown == 1 && of_kind.len() == all, expected, actual)?;
        if what == OPINION {
            let record = newest.clone();
            return self.opinion_is_attached(who, &number, &record).await;
        }
        Ok(())
    }

    /// The opinion stands on the application it was asked for, as it was written.
    async fn opinion_is_attached(&mut self, who: &str, number: &str, sent: &Value) -> Performed {
        let application = self.application_of(who)?;
        let input = json!({ "insured_number": number });
        let answer = self.ask_done(Operation::ViewCertification, input).await?;
        let applications = answer.data().get("applications").and_then(Value::as_array);
        let opinion = applications
            .into_iter()
            .flatten()
            .find(|shown| text(shown, "application_number") == application)
            .and_then(|shown| shown.get("opinion"))
            .filter(|opinion| opinion.is_object());
        let items = [
            ("written_on", "writtenDate"),
            ("institution_code", "institutionCode"),
            ("institution_name", "institutionName"),
            ("physician_name", "physicianName"),
            ("diagnosis", "diagnosis"),
        ];
        let differing: Vec<&str> = items
            .into_iter()
            .filter(|(shown, item)| {
                opinion.is_none_or(|opinion| text(opinion, shown) != text(sent, item))
            })
            .map(|(shown, _)| shown)
            .collect();
        let actual = match opinion {
            None => "この申請に意見書は示されていません".to_owned(),
            Some(_) if differing.is_empty() => "届いたとおりに示されています".to_owned(),
            Some(_) => format!("届いたものと違います: {}", differing.join("、")),
        };
        self.claim(
            differing.is_empty(),
            format!("依頼した申請に、「{who}」の意見書が書かれたとおりに付く"),
            actual,
        )
    }

    /// 「…」の被保険者証に「…」が居宅介護支援事業者として印刷される.
    ///
    /// # Errors
    /// It is not.
    pub async fn office_is_printed(&mut self, who: &str, office: &str) -> Performed {
        let sender = Sender::of_word(office)?;
        let input = json!({ "insured_number": self.number_of(who)? });
        let answer = self.ask_done(Operation::PrintCard, input).await?;
        let printed = answer.data().get("plan_office").cloned();
        let printed = printed.unwrap_or(Value::Null);
        let today = self.today().to_string();
        let holds = text(&printed, "number") == sender.number
            && text(&printed, "name") == sender.name
            && text(&printed, "notified_on") == today;
        let actual = if printed.is_object() {
            format!(
                "「{}」（届出 {}）と印刷されました",
                text(&printed, "name"),
                text(&printed, "notified_on")
            )
        } else {
            "居宅介護支援事業者欄は空白です".to_owned()
        };
        let expected = format!("居宅介護支援事業者欄に「{office}」（届出 {today}）と印刷される");
        self.claim(holds, expected, actual)
    }

    /// 基盤の「…」の居宅介護支援事業者は「…」である: on the newest card, with today's notice.
    pub(super) fn plan_office_is(&mut self, who: &str, number: &str, office: &str) -> Performed {
        let sender = Sender::of_word(office)?;
        let row = |record: &Value| text(record, "historyKey").parse::<u64>().unwrap_or(0);
        let card = self
            .look()?
            .rows_of("insuranceCard", number)
            .filter(|(_, record)| !is_deleted(record))
            .map(|(_, record)| record.clone())
            .max_by_key(row);
        let card = card.unwrap_or(Value::Null);
        let today = self.today().to_string();
        let holds = text(&card, "planOfficeNumber") == sender.number
            && text(&card, "planOfficeName") == sender.name
            && text(&card, "planNotifiedDate") == today;
        self.touched.insert(number.to_owned());
        let actual = format!(
            "「{}」（届出 {}）でした",
            text(&card, "planOfficeName"),
            text(&card, "planNotifiedDate")
        );
        let expected = format!("「{who}」の被保険者証の記録に「{office}」（届出 {today}）");
        self.claim(holds, expected, actual)
    }

    pub(super) fn application_of(&self, who: &str) -> Performed<String> {
        self.happenings
            .application(who)
            .ok_or_else(|| StepFailure::harness(format!("「{who}」の申請がまだありません")))
    }
}
