//! ならば about connections: with whom, with what, by whose hand.

use serde_json::{Value, json};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::preparation::ENVIRONMENT;
use crate::control::Operation;
use crate::witness::Traffic;

impl Live {
    /// 介護保険システムは「…」の許可されたホストとだけ通信している.
    ///
    /// # Errors
    /// It called somebody else, or nobody.
    pub fn talks_to_permitted_hosts_only(&mut self, word: &str) -> Performed {
        let environment = environment(word)?;
        let traffic = Traffic::of(self.events()?);
        let there = traffic
            .exchanges
            .iter()
            .filter(|exchange| exchange.request.environment == environment)
            .count();
        let elsewhere = traffic.exchanges.len() - there + traffic.decoys.len();
        let actual = format!("許可されたホストへ{there}件、ほかへ{elsewhere}件");
        let expected = format!("{word}の許可されたホストとだけ、1件以上通信している");
        self.claim(there > 0 && elsewhere == 0, expected, actual)
    }

    /// 介護保険システムは「…」の証明書と認証キーだけを使っている.
    ///
    /// # Errors
    /// A request came with others, or none came at all.
    pub fn uses_own_credentials_only(&mut self, word: &str) -> Performed {
        let environment = environment(word)?;
        let number = self.books().insurer.number.clone();
        let key = self.prepared.key.clone().unwrap_or_default();
        let key = self.simulator()?.shell().mask().key_token(&key);
        let traffic = Traffic::of(self.events()?);
        let is_own = |request: &tekigo_simulator::LinkRequest| {
            let certificate = request.certificate.as_deref().unwrap_or_default();
            request.environment == environment
                && certificate.starts_with(&format!("{number}-{environment}"))
                && request.key.as_deref() == Some(key.as_str())
        };
        let wrong = traffic
            .exchanges
            .iter()
            .filter(|exchange| !is_own(&exchange.request))
            .count();
        let all = traffic.exchanges.len();
        let actual = format!("要求{all}件のうち、違うものを使った要求は{wrong}件");
        let expected = format!("すべての要求に、{word}の証明書と設定された認証キーを使う");
        self.claim(all > 0 && wrong == 0, expected, actual)
    }

    /// 介護保険システムは「…」ため接続しない.
    ///
    /// # Errors
    /// A request arrived, or staff do not learn why none did.
    pub async fn does_not_connect(&mut self, reason: &str) -> Performed {
        let events = self.events_since_mark()?;
        let requests = Traffic::of(&events).exchanges.len();
        let expected = "PMHに要求を1件も送らない";
        self.claim(
            requests == 0,
            expected,
            format!("{requests}件の要求が届きました"),
        )?;
        self.is_refused_for(reason).await
    }

    /// PMHの画面の操作は行われていない.
    ///
    /// # Errors
    /// Somebody had to lend a hand.
    pub fn no_hand_was_needed(&mut self) -> Performed {
        let line = self.first_when_line;
        let pages = self
            .events()?
            .iter()
            .filter(|event| event.n > line && event.kind == "operator")
            .count();
        let operations = self.link_operations;
        let actual = format!("PMHの画面の操作{pages}回、連携の操作{operations}回");
        self.claim(
            pages == 0 && operations <= 1,
            "PMHの画面を使わず、連携の操作は一度だけ",
            actual,
        )
    }

    /// 介護保険システムは業務の操作を受け付けている.
    ///
    /// # Errors
    /// An operation was refused, or its result cannot be seen.
    pub async fn business_goes_on(&mut self) -> Performed {
        let Some(number) = self.happenings.last_person.clone() else {
            return Err(StepFailure::harness("業務の操作がまだ行われていません"));
        };
        let input = json!({ "insured_number": number });
        let person = self.ask_done(Operation::ViewPerson, input).await?;
        let shown = person.data().get("person").cloned().unwrap_or(Value::Null);
        let books = self.auditor()?.person(&number).cloned();
        let count = |member: &str| shown.get(member).and_then(Value::as_array).map(Vec::len);
        let holds = books.as_ref().is_some_and(|books| {
            count("cards") == Some(books.cards.len())
                && count("applications") == Some(books.applications.len())
        });
        let actual = format!(
            "製品の画面では、被保険者証{}件、認定申請{}件",
            count("cards").map_or_else(|| "？".to_owned(), |count| count.to_string()),
            count("applications").map_or_else(|| "？".to_owned(), |count| count.to_string())
        );
        self.claim(
            holds,
            "初期セットアップ中の業務の結果が、製品の画面で確かめられる",
            actual,
        )
    }
}

fn environment(word: &str) -> Performed<&'static str> {
    match word {
        "検証環境" => Ok(ENVIRONMENT),
        _ => Err(StepFailure::harness(format!("環境「{word}」はありません"))),
    }
}
