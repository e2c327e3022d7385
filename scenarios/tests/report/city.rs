//! One run of an invented product, with all ten verdicts.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::date;
use serde::Deserialize;
use serde_json::{Value, json};
use tekigo::effort::{Hands, Outlook, SetUp};
use tekigo::report::{ProfileFacts, RunFacts, SetUpTimes};
use tekigo::verdict::{
    BusinessClock, Declaration, KnownGap, Mode, Options, Plan, PlannedScenario, PlannedWatch,
    RequirementFacts, ScenarioRecord, Selection, Standing, StartedBy, VerdictTable, judge,
};
use tekigo_simulator::profile::Profile;

use super::builder::{Journal, STEPS, good, journal, titled};

use Mode::{Api, File};

/// A run before it is judged.
pub(super) struct Run {
    pub(super) catalogue: Vec<RequirementFacts>,
    pub(super) plan: Plan,
    pub(super) declaration: Option<Declaration>,
    pub(super) journals: Vec<(String, Mode, Journal)>,
    pub(super) options: Options,
}

impl Run {
    /// A run of good scenarios, planned and executed; each is `rule/01` in a mode.
    pub(super) fn of(rules: &[(&str, Mode)]) -> Self {
        let ids: BTreeSet<&str> = rules.iter().map(|(rule, _)| *rule).collect();
        let mut catalogue = catalogue();
        catalogue.retain(|facts| ids.contains(facts.id.as_str()));
        for facts in &mut catalogue {
            facts
                .modes
                .retain(|mode| rules.contains(&(facts.id.as_str(), *mode)));
        }
        let mut run = Self {
            catalogue,
            plan: Plan {
                selection: Selection::Whole,
                modes: Mode::ALL.to_vec(),
                scenarios: Vec::new(),
                watches: Vec::new(),
                laws: Vec::new(),
            },
            declaration: Some(declaration()),
            journals: Vec::new(),
            options: Options::default(),
        };
        for (rule, mode) in rules {
            run = run.ran(good(&format!("{rule}/01"), *mode));
        }
        run
    }

    /// Plans the scenario of a journal and adds it, in place of an earlier one of the same name.
    pub(super) fn ran(mut self, journal: Journal) -> Self {
        let record = journal.record();
        let (id, mode) = (record.scenario.id.clone(), record.scenario.mode);
        self = self.planned(&id, &record.scenario.title, mode);
        self.journals
            .retain(|known| (known.0.as_str(), known.1) != (id.as_str(), mode));
        self.journals.push((id, mode, journal));
        self
    }

    pub(super) fn planned(mut self, id: &str, title: &str, mode: Mode) -> Self {
        let same = |known: &PlannedScenario| known.id == id && known.mode == mode;
        if !self.plan.scenarios.iter().any(same) {
            let requirement = id.split_once('/').map_or(id, |(rule, _)| rule).to_owned();
            self.plan.scenarios.push(PlannedScenario {
                id: id.to_owned(),
                title: title.to_owned(),
                requirement,
                mode,
                needs_functions: BTreeSet::new(),
                needs_clock: false,
                needs_stop: false,
            });
        }
        self
    }

    pub(super) fn needs(mut self, id: &str, function: Option<&str>, clock: bool) -> Self {
        for planned in self
            .plan
            .scenarios
            .iter_mut()
            .filter(|planned| planned.id == id)
        {
            planned.needs_functions.extend(function.map(str::to_owned));
            planned.needs_clock = clock;
        }
        self
    }

    pub(super) fn watch(mut self, monitor: &str, requirement: &str, mode: Mode) -> Self {
        self.plan.watches.push(PlannedWatch {
            monitor: monitor.to_owned(),
            requirement: requirement.to_owned(),
            mode,
        });
        self
    }

    pub(super) fn gap(mut self, requirement: &str, mode: Mode) -> Self {
        if let Some(declaration) = &mut self.declaration {
            declaration.known_gaps.push(KnownGap {
                requirement: requirement.parse().expect("an id"),
                mode,
                reason: "次の版（2.4）で対応する".to_owned(),
                accepted_by: "ひまわり情報 佐藤".to_owned(),
                until: jiff::civil::date(2027, 3, 31),
            });
        }
        self
    }

    pub(super) fn strict(mut self) -> Self {
        self.options.strict = true;
        self
    }

    pub(super) fn records(&self) -> Vec<ScenarioRecord> {
        self.journals
            .iter()
            .map(|(_, _, journal)| journal.record())
            .collect()
    }

    pub(super) fn judged(&self) -> VerdictTable {
        self.judged_on(&self.records())
    }

    pub(super) fn judged_on(&self, records: &[ScenarioRecord]) -> VerdictTable {
        let declaration = self.declaration.as_ref();
        judge(
            &self.plan,
            records,
            &self.catalogue,
            declaration,
            self.options,
        )
    }
}

#[derive(Deserialize)]
struct CatalogueFile {
    requirement: Vec<RequirementFacts>,
}

pub(super) fn catalogue() -> Vec<RequirementFacts> {
    let file: CatalogueFile =
        toml::from_str(include_str!("catalogue.toml")).expect("the frozen catalogue can be read");
    file.requirement
}

pub(super) fn declaration() -> Declaration {
    Declaration {
        modes: BTreeSet::from(Mode::ALL),
        functions: BTreeSet::new(),
        clock: BusinessClock::Machine,
        started_by: StartedBy::Judge,
        known_gaps: Vec::new(),
        attested: Vec::new(),
    }
}

pub(super) fn facts() -> RunFacts {
    RunFacts {
        product: "つきみ介護".to_owned(),
        vendor: "架空ソフト株式会社".to_owned(),
        version: "2.3.1".to_owned(),
        profile: ProfileFacts {
            id: "if-2.0-assumed".to_owned(),
            title: "介護情報基盤との連携におけるインタフェース仕様書 2.0版（想定）".to_owned(),
            standing: Standing::Assumed,
            digest: "5f".repeat(32),
        },
        seed: 7342,
        catalogue_digest: "c4".repeat(32),
        program_version: "0.1.0".to_owned(),
        executed_at: "2026-11-23 10:15:00".to_owned(),
        command: "tekigo certify --vendor vendor.toml".to_owned(),
        choice: String::new(),
        set_ups: set_ups(),
    }
}

/// Two towns in each mode.
fn set_ups() -> SetUpTimes {
    let profile = Profile::bundled();
    let measured = |mode: Mode| {
        [(40, 150), (1_000, 900)].map(|(people, millis)| SetUp {
            mode,
            people,
            records: people * 6,
            machine: Duration::from_millis(millis),
            hands: match mode {
                Mode::Api => Hands {
                    operations: 1,
                    ..Hands::default()
                },
                Mode::File => Hands {
                    operations: 6,
                    carryings: 5,
                    log_ins: 0,
                    sets: 2,
                    fetched: 6,
                    bytes: people as u64 * 900,
                },
            },
        })
    };
    let outlook = |mode: &Mode| Outlook::of(*mode, &measured(*mode), &profile);
    SetUpTimes {
        outlooks: Mode::ALL.iter().filter_map(outlook).collect(),
        start: date(2026, 11, 2),
    }
}

const SETUP_STEPS: [(&str, &str); 5] = [
    ("前提", "つきみ市の台帳に被保険者が1,000人いる"),
    ("かつ", "うち2人の氏名に外字がある"),
    (
        "もし",
        "職員が基準日「2026-11-02」で初期セットアップを始める",
    ),
    ("ならば", "基盤には被保険者が1,000人いる"),
    ("かつ", "完了日は「2026-11-02」である"),
];

/// The run that the snapshots and the screenshot show.
pub(super) fn city() -> Run {
    let mut run = Run::of(&[("CONN-01", Api), ("CONN-01", File), ("SETUP-01", File)]);
    run.catalogue = catalogue();
    run.options.profile_assumed = true;
    run.journals.clear();
    for (id, mode) in [
        ("CONN-01/01", Api),
        ("CONN-01/01", File),
        ("CONN-05/01", File),
        ("SETUP-01/01", File),
        ("SETUP-03/01", File),
        ("SETUP-08/01", Api),
        ("SETUP-08/01", File),
        ("SYNC-01/01", File),
        ("SYNC-03/01", File),
        ("SYNC-05/01", Api),
        ("SYNC-05/01", File),
        ("FAULT-02/01", Api),
        ("VIEW-01/01", Api),
        ("VIEW-01/01", File),
        ("CONSENT-11/01", Api),
        ("CONSENT-11/01", File),
        ("CONSENT-01/01", Api),
    ] {
        let watched = good(id, mode).watched("個人番号の所在", "SEC-01", true);
        run = run.ran(watched);
    }
    run.ran(setup_that_loses_two())
        .ran(after_the_setup())
        .ran(certificate_that_expired())
        .ran(refused_connection())
        .ran(judge_that_broke())
        .planned("SETUP-05/01", "拒否された記録を直すまで完了としない", File)
        .ran(unknown_difference())
        .ran(nothing_heard())
        .ran(number_in_a_name())
        .planned("SCHED-07/01", "利用開始日は完了日より前にならない", Api)
        .planned("SCHED-07/01", "利用開始日は完了日より前にならない", File)
        .needs("SCHED-07/01", None, true)
        .planned("OPIN-01/01", "電送された意見書を受け取る", Api)
        .planned("OPIN-01/01", "電送された意見書を受け取る", File)
        .needs("OPIN-01/01", Some("electronic_opinion"), false)
        .ran(good("CONN-03/01", Api))
        .watch("個人番号の所在", "SEC-01", Api)
        .watch("個人番号の所在", "SEC-01", File)
        .watch("プロファイルの形", "FORM-01", Api)
        .watch("プロファイルの形", "FORM-01", File)
        .gap("SYNC-01", Api)
}

fn setup_that_loses_two() -> Journal {
    let people: Vec<Value> = (1..=60)
        .map(|number| {
            json!({"insuredNumber": format!("{number:010}"), "historyKey": null,
                "basicFiveInfo": {"name": "月見　花子", "kana": "ツキミ　ハナコ", "birth": "1941-03-05",
                    "myNumber": "〔個人番号:kv:0a1b2c3d4e5f〕"}})
        })
        .collect();
    titled(
        "SETUP-01/01",
        "外字のある被保険者も初期セットアップで失われない",
        Api,
        &SETUP_STEPS,
    )
    .operation(
        "configure",
        &json!({"mode": "api", "environment": "verification",
            "certificate": {"chain_pem": "-----BEGIN CERTIFICATE-----…", "key_pem": "-----BEGIN PRIVATE KEY-----MIIx"}}),
        &json!({"result": "done", "reason": null, "data": {}}),
    )
    .operation("load_ledger", &json!({"ledger": "（1,000人）"}), &json!({"result": "done", "reason": null, "data": {"people": 1000}}))
    .passed(0)
    .passed(1)
    .operation("start_setup", &json!({"baseline_date": "2026-11-02"}), &json!({"result": "done", "reason": null, "data": {}}))
    .request(1, "POST", "/kaigo/v2/setupStartRegistrationTasks", &json!([{"insurerNumber": "139998", "baselineDate": "2026-11-02"}]))
    .reply(1, 202, &json!({"taskId": "T-1", "kind": "setupStart", "receivedCount": 1, "status": "accepted"}))
    .request(2, "POST", "/kaigo/v2/person", &Value::from(people))
    .reply(2, 202, &json!({"taskId": "T-2", "kind": "person", "receivedCount": 60, "status": "accepted"}))
    .event("vendor", "decoy", &json!({"role": "介護情報基盤", "detail": "GET / が届きました"}))
    .request(3, "GET", "/kaigo/v2/registrationTasks/T-2", &Value::Null)
    .reply(3, 200, &json!({"taskId": "T-2", "status": "completed", "acceptedCount": 58, "refusedCount": 2,
        "results": [{"recordIndex": 3, "resultCode": "E005", "errors": [{"item": "basicFiveInfo.name", "code": "E005", "message": "使えない文字があります"}]}]}))
    .passed(2)
    .watched("個人番号の所在", "SEC-01", true)
    .claim_seen("SETUP-01", "基盤に被保険者が1,000人", "基盤に被保険者が998人（0000000004、0000000017 がない）", false)
    .failed(3, "violated", "外字のある2人が基盤にありません")
    .not_run(4)
    .end("failed")
}

fn after_the_setup() -> Journal {
    titled(
        "SETUP-03/01",
        "セットアップ中の転入は失われない",
        Api,
        &STEPS,
    )
    .heard()
    .failed_because(
        0,
        "precondition",
        "初期セットアップが完了しません",
        &["SETUP-01"],
    )
    .not_run(1)
    .not_run(2)
    .end("failed")
}

fn certificate_that_expired() -> Journal {
    journal("CONN-05/01", Api, &STEPS)
        .passed(0)
        .heard()
        .passed(1)
        .claim_seen(
            "CONN-05",
            "期限切れの証明書の相手とは接続しない",
            "期限切れの証明書の相手に要求を送った",
            false,
        )
        .failed(2, "violated", "期限切れの証明書の相手と通信しました")
        .end("failed")
}

fn refused_connection() -> Journal {
    journal("CONN-06/01", Api, &STEPS)
        .event("pmh", "link.refused", &json!({"endpoint": "kensho.pmh-sotei.asp.lgwan.jp:443", "reason": "クライアント証明書が提示されませんでした"}))
        .failed(0, "misconfigured", "vendor.toml の証明書を製品が読み込めません")
        .not_run(1)
        .not_run(2)
        .end("failed")
}

fn judge_that_broke() -> Journal {
    titled(
        "SETUP-05/01",
        "拒否された記録を直すまで完了としない",
        Api,
        &STEPS,
    )
    .heard()
    .passed(0)
    .failed(1, "harness", "模擬側が応答を作れませんでした")
    .not_run(2)
    .end("failed")
}

fn unknown_difference() -> Journal {
    titled("SYNC-01/01", "転居が基盤に届く", Api, &STEPS)
        .passed(0)
        .heard()
        .passed(1)
        .claim_seen(
            "SYNC-01",
            "住所は「つきみ市望月2-3」",
            "住所は「つきみ市望月1-1」",
            false,
        )
        .failed(2, "violated", "転居が届いていません")
        .end("failed")
}

fn nothing_heard() -> Journal {
    titled("SYNC-03/01", "住宅改修の利用が届く", Api, &STEPS)
        .passed(0)
        .passed(1)
        .claim(true)
        .passed(2)
        .end("passed")
}

fn number_in_a_name() -> Journal {
    titled("CONSENT-01/01", "無記入は同意として届かない", File, &STEPS)
        .passed(0)
        .event(
            "operator",
            "operator",
            &json!({"action": "upload", "files": ["K_139998_person_0001.csv"]}),
        )
        .event(
            "pmh",
            "operator.result",
            &json!({"shown": "受け付けました（1ファイル）"}),
        )
        .passed(1)
        .claim(true)
        .passed(2)
        .watched("個人番号の所在", "SEC-01", false)
        .watched_seen(
            "プロファイルの形",
            "FORM-01",
            "氏名カナは全角カタカナ",
            "「ﾂｷﾐ ﾊﾅｺ」（半角）がある",
            false,
        )
        .end("passed")
}
