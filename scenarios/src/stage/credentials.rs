//! 証明書と認証キー: things that work, and things that must not.

use jiff::civil::date;
use serde_json::{Value, json};
use tekigo_simulator::kernel::Moment;
use tekigo_simulator::serve::ServerIdentity;

use super::failure::{Performed, StepFailure};
use super::live::{Live, OTHER_INSURER};
use super::preparation::{ENVIRONMENT, PRODUCTION};
use crate::control::Operation;

impl Live {
    /// Gives the vendor another authentication key.
    ///
    /// # Errors
    /// The word is unknown, PMH issues no key, or the vendor does not take it.
    pub async fn change_key(&mut self, word: &str) -> Performed {
        let ours = self.ledger.insurer.number.clone();
        let key = match word {
            "正しいもの" => self.new_key().await?,
            "本番環境のもの" => {
                self.open_account(&ours, PRODUCTION).await?;
                self.new_key_of(&ours, PRODUCTION).await?
            }
            "別の保険者のもの" => {
                self.open_account(OTHER_INSURER.0, ENVIRONMENT).await?;
                self.new_key_of(OTHER_INSURER.0, ENVIRONMENT).await?
            }
            "取り消されたもの" => {
                let key = self.new_key().await?;
                self.revoke_keys().await?;
                key
            }
            "発行されていないもの" => self.never_issued_key(),
            _ => return Err(unknown("認証キー", word)),
        };
        self.prepared.key = Some(key.clone());
        self.ask_done(Operation::Configure, json!({ "key": key }))
            .await?;
        Ok(())
    }

    /// Gives the vendor another client certificate.
    ///
    /// # Errors
    /// The word is unknown, or the vendor does not take it.
    pub async fn change_certificate(&mut self, word: &str) -> Performed {
        let ours = self.ledger.insurer.number.clone();
        let certificate = match word {
            "正しいもの" => {
                let now = self.now();
                self.reissue(&ours, ENVIRONMENT, now, 730)?
            }
            "本番環境のもの" => self.certificate(&ours, PRODUCTION)?,
            "別の保険者のもの" => self.certificate(OTHER_INSURER.0, ENVIRONMENT)?,
            "期限切れのもの" => {
                // Expired by the run's clock and by the machine's.
                let long_ago = Moment::at(date(2021, 4, 1), 9, 0);
                self.reissue(&ours, ENVIRONMENT, long_ago, 365)?
            }
            "失効したもの" => {
                let now = self.now();
                let certificate = self.reissue(&ours, ENVIRONMENT, now, 730)?;
                self.simulator_mut()?
                    .revoke_client_certificates(&ours, ENVIRONMENT)
                    .map_err(StepFailure::harness)?;
                certificate
            }
            _ => return Err(unknown("証明書", word)),
        };
        self.ask_done(Operation::Configure, json!({ "certificate": certificate }))
            .await?;
        Ok(())
    }

    /// Changes the certificate that PMH shows.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn show_server_certificate(&mut self, word: &str) -> Performed {
        let identity = match word {
            "正しい証明書" => ServerIdentity::Right,
            "期限切れの証明書" => ServerIdentity::Expired,
            "別の名前の証明書" => ServerIdentity::OtherHost,
            "知らない認証局の証明書" => ServerIdentity::OtherIssuer,
            _ => return Err(unknown("サーバー証明書", word)),
        };
        self.simulator()?
            .show_server_certificate(identity)
            .map_err(StepFailure::harness)
    }

    /// What PMH's pages demand when somebody logs in and tries to go further.
    ///
    /// # Errors
    /// The pages do not answer.
    pub async fn try_to_go_further(&mut self) -> Performed {
        self.close_browser().await?;
        let further = if self.links_by_files() {
            "/send"
        } else {
            "/keys"
        };
        let seat = self.own_seat().await?;
        let first = seat.log_in().await?;
        let further = seat
            .terminal
            .open(further)
            .await
            .map_err(StepFailure::harness)?;
        for page in [&first, &further] {
            let body = json!({ "page": page.title, "reasons": page.reasons() });
            self.write("operator", "terminal.page", &body)?;
        }
        self.pages_shown = vec![first, further];
        Ok(())
    }

    /// Claims that PMH's pages demanded something and let nobody past it.
    ///
    /// # Errors
    /// They did not.
    pub fn pages_demanded(&self, word: &str) -> Performed {
        let sought = match word {
            "パスワードの変更" => "パスワード",
            "通知先の登録" => "通知先",
            _ => return Err(unknown("準備要求", word)),
        };
        let [first, further] = self.pages_shown.as_slice() else {
            return Err(StepFailure::harness("PMHの画面がまだ開かれていません"));
        };
        let asks = first.text.contains(sought);
        let lets_nobody_past = further.title == word && !further.reasons().is_empty();
        let expected = format!("PMHの画面は{word}を求め、済むまで先の画面を出さない");
        let actual = format!(
            "ログインの後の画面は「{}」、先へ進もうとして出た画面は「{}」（{}）",
            first.title,
            further.title,
            further.reasons().join("、")
        );
        self.claim(asks && lets_nobody_past, expected, actual)
    }

    fn reissue(
        &mut self,
        insurer: &str,
        environment: &str,
        from: Moment,
        days: u32,
    ) -> Performed<Value> {
        self.simulator_mut()?
            .reissue_client_certificate(insurer, environment, from, days)
            .map_err(StepFailure::harness)?;
        self.certificate(insurer, environment)
    }

    pub(super) fn never_issued_key(&self) -> String {
        let credentials = self.context.profile.credentials();
        let prefix = &credentials.key_prefix.value;
        format!(
            "{prefix}{}",
            "Z".repeat(credentials.key_random_characters.value)
        )
    }
}

fn unknown(what: &str, word: &str) -> StepFailure {
    StepFailure::harness(format!("{what}「{word}」はありません"))
}
