//! 人の手渡し: sets sent to PMH and taken in by the product as a person might get them wrong.

use serde_json::{Value, json};

use super::damage::{Damage, Spoiled};
use super::failure::{Performed, StepFailure};
use super::live::{Live, OTHER_INSURER};
use super::stick::CarriedSet;
use crate::control::{Answer, Operation};

/// What staff see of the link, which a refused import leaves as it is.
const VIEWS: [Operation; 5] = [
    Operation::ViewSetup,
    Operation::ViewFiles,
    Operation::ViewRefused,
    Operation::ViewInbound,
    Operation::ViewPeople,
];

/// The last import that somebody tried with the wrong files.
#[derive(Debug)]
pub(super) struct Attempt {
    /// The files at one of which it is to be noticed, or the set as a whole.
    pub(super) noticed_at: Vec<String>,
    /// The line, if it is one line.
    pub(super) line: Option<usize>,
    /// What staff saw before it.
    pub(super) before: Vec<(Operation, Value)>,
    /// What the product answered; `None` for what went to PMH.
    pub(super) answer: Option<Answer>,
}

/// What a word says is handed to PMH.
#[derive(Debug, Clone, Copy)]
enum ToPmh {
    /// A new set, whose results nobody fetches.
    Forgotten,
    /// A set that another has overtaken.
    Overtaken,
    /// A set that PMH has taken and answered already.
    SentBefore,
    /// A new set, spoiled.
    Spoiled(Damage),
}

/// What a word says is handed to the product.
#[derive(Debug, Clone, Copy)]
enum ToProduct {
    /// The results that it took in last.
    TakenBefore,
    /// New results, spoiled.
    Spoiled(Damage),
}

impl ToPmh {
    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "結果を受け取り忘れる組" => Self::Forgotten,
            "昨日の組" => Self::Overtaken,
            "送り終えた組" => Self::SentBefore,
            _ => Self::Spoiled(damage_of(word.strip_suffix("組")?)?),
        })
    }
}

impl ToProduct {
    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "取り込み済みの処理結果" => Self::TakenBefore,
            _ => Self::Spoiled(damage_of(word.strip_suffix("処理結果")?)?),
        })
    }
}

fn damage_of(word: &str) -> Option<Damage> {
    Some(match word {
        "途中で切れた" => Damage::CutOff,
        "列の欠けた" => Damage::Broken,
        "1文字だけ壊れた" => Damage::OneCharacter,
        "文字コードの違う" => Damage::OtherCharset,
        "1件抜けた" => Damage::RowGone,
        "半分の" => Damage::Half,
        "別の保険者の" => Damage::OtherInsurer,
        _ => return None,
    })
}

impl Live {
    /// 職員が「…」をPMHに送る.
    ///
    /// # Errors
    /// The word is unknown, or there is nothing to send.
    pub async fn hand_to_pmh(&mut self, word: &str) -> Performed {
        let what = ToPmh::of_word(word).ok_or_else(|| unknown(word))?;
        let set = self.new_set().await?;
        match what {
            ToPmh::Forgotten => {
                self.send_set(&set).await?;
                self.forget_results_of(&set);
            }
            ToPmh::Overtaken => {
                self.exchange_files().await?;
                self.send_wrong(word, set.into()).await?;
            }
            ToPmh::SentBefore => {
                self.send_set(&set).await?;
                self.exchange_files().await?;
                self.send_wrong(word, set.into()).await?;
            }
            ToPmh::Spoiled(damage) => {
                let spoiled = self.spoil(damage, &set)?;
                self.send_wrong(word, spoiled).await?;
            }
        }
        Ok(())
    }

    /// 職員が「…」を介護保険システムに取り込む.
    ///
    /// # Errors
    /// The word is unknown, or there is nothing to take in.
    pub async fn hand_to_product(&mut self, word: &str) -> Performed {
        match ToProduct::of_word(word).ok_or_else(|| unknown(word))? {
            ToProduct::TakenBefore => {
                let last = self.travelled.imported.last().cloned();
                let last = last.ok_or_else(|| nothing("取り込んだ処理結果"))?;
                self.import_wrong(last.into()).await
            }
            ToProduct::Spoiled(damage) => {
                let set = self.new_set().await?;
                self.send_set(&set).await?;
                let results = self.new_results().await?;
                let spoiled = self.spoil(damage, &results)?;
                self.import_wrong(spoiled).await
            }
        }
    }

    /// The first set that the product writes now.
    async fn new_set(&mut self) -> Performed<CarriedSet> {
        let sets = self.export_files().await?.unwrap_or_default();
        sets.into_iter()
            .next()
            .ok_or_else(|| nothing("PMHへ送る組"))
    }

    async fn new_results(&mut self) -> Performed<CarriedSet> {
        let fetched = self.fetch_files().await?.unwrap_or_default();
        let sets = super::stick::sets_of(&self.context.profile, fetched.files);
        sets.into_iter()
            .next()
            .ok_or_else(|| StepFailure::harness("PMHの画面から受け取れる処理結果がありません"))
    }

    fn spoil(&self, damage: Damage, set: &CarriedSet) -> Performed<Spoiled> {
        damage
            .of(&self.context.profile, set, OTHER_INSURER.0)
            .ok_or_else(|| StepFailure::harness("このようには壊せない組です"))
    }

    async fn send_wrong(&mut self, word: &str, spoiled: Spoiled) -> Performed {
        // What a person gets wrong is not the product's doing.
        self.write("operator", "terminal.mistake", &json!({ "files": word }))?;
        self.attempt = Some(Attempt {
            noticed_at: spoiled.noticed_at,
            line: spoiled.line,
            before: Vec::new(),
            answer: None,
        });
        self.send_set(&spoiled.set).await.map(|_| ())
    }

    async fn import_wrong(&mut self, spoiled: Spoiled) -> Performed {
        let before = self.what_staff_see().await?;
        let answer = self.import_files(&spoiled.set.files).await?;
        self.attempt = Some(Attempt {
            noticed_at: spoiled.noticed_at,
            line: spoiled.line,
            before,
            answer: Some(answer),
        });
        Ok(())
    }

    /// What staff see of the link now.
    pub(super) async fn what_staff_see(&mut self) -> Performed<Vec<(Operation, Value)>> {
        let mut seen = Vec::new();
        for view in VIEWS {
            let answer = self.ask_done(view, json!({})).await?;
            seen.push((view, answer.data().clone()));
        }
        Ok(seen)
    }
}

impl From<CarriedSet> for Spoiled {
    /// A sound set at the wrong time: any of its files may be named.
    fn from(set: CarriedSet) -> Self {
        Self {
            noticed_at: set.names(),
            set,
            line: None,
        }
    }
}

fn unknown(word: &str) -> StepFailure {
    StepFailure::harness(format!("ファイル「{word}」はありません"))
}

fn nothing(what: &str) -> StepFailure {
    StepFailure::violated(
        format!("{what}がある"),
        format!("{what}がありません（書き出されたファイルは0件です）"),
    )
}
