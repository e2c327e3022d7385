//! Samples of mode 1: requests, and what PMH answered to them.

use serde_json::{Map, Value, json};
use tekigo_simulator::LinkReply;
use tekigo_simulator::profile::{KindId, KindLayout, LinkSegment, Profile};
use tekigo_simulator::serve::RawRequest;

use super::books::Books;
use super::error::KitError;
use super::folder::{Kit, KitSettings};
use super::sample_pages::request_page;
use super::variants::{deletion, variants};
use super::world::{ENVIRONMENT, SampleWorld};
use crate::requirement::Mode;

const FOLDER: &str = "samples/api";

/// A request to be sent.
struct Sample {
    /// A word for the folder's name.
    name: String,
    /// What is tried, in Japanese.
    ja: String,
    method: &'static str,
    path: String,
    query: String,
    /// Whether the right key is presented.
    has_key: bool,
    content_type: Option<&'static str>,
    body: String,
}

/// The samples in the order of their sending.
struct Samples<'a> {
    kit: &'a mut Kit,
    profile: &'a Profile,
    world: &'a SampleWorld,
    listed: Vec<Value>,
}

/// Adds the folder `samples/api`.
pub(super) async fn add(kit: &mut Kit, settings: &KitSettings) -> Result<(), KitError> {
    let books = Books::of(settings)?;
    let world = SampleWorld::open(settings, &books, Mode::Api).await?;
    let mut samples = Samples {
        kit,
        profile: &settings.profile,
        world: &world,
        listed: Vec::new(),
    };
    samples.before_set_up(&books)?;
    samples.set_up(&books)?;
    samples.differences(&books)?;
    samples.inbound(&books)?;
    samples.not_readable(&books)?;
    samples.finish()
}

impl Samples<'_> {
    fn before_set_up(&mut self, books: &Books) -> Result<(), KitError> {
        let (layout, records) = self.first_kind(books)?;
        let sample = self.registration(&layout, LinkSegment::Initial, &records[..1]);
        self.send("early", "初期セットアップ開始の前に記録を送る", sample)
    }

    fn set_up(&mut self, books: &Books) -> Result<(), KitError> {
        let start = json!({
            "insurerNumber": self.world.insurer(),
            "baselineDate": books.baseline.to_string(),
        });
        self.notice("setupStart", "初期セットアップ開始", start)?;
        let first = self.first_kind(books)?;
        for (kind, records) in &books.records {
            let layout = self.profile.layout(*kind).clone();
            let sample = self.registration(&layout, LinkSegment::Initial, records);
            self.send("accepted", &format!("{}の全件", layout.ja()), sample)?;
            if layout.id() == first.0.id() {
                let sample = self.registration(&layout, LinkSegment::Initial, &records[..1]);
                let what = format!("すでに送った{}を同じ内容でもう一度", layout.ja());
                self.send("unchanged", &what, sample)?;
            }
        }
        let completion = |people: usize| {
            json!({
                "insurerNumber": self.world.insurer(),
                "baselineDate": books.baseline.to_string(),
                "completionDate": books.baseline.to_string(),
                "personCount": people,
            })
        };
        let people = books.people_sent(self.profile);
        let (short, right) = (completion(people - 1), completion(people));
        self.notice("setupCompletion", "件数の合わない完了報告", short)?;
        self.notice("setupCompletion", "初期セットアップ完了報告", right)?;
        let (layout, records) = first;
        let sample = self.registration(&layout, LinkSegment::Initial, &records[..1]);
        self.send("late", "完了報告の後に、全件の連携区分で送る", sample)
    }

    fn differences(&mut self, books: &Books) -> Result<(), KitError> {
        for layout in self.profile.kinds().to_vec() {
            let Some(good) = books.record(layout.kind()) else {
                continue;
            };
            for variant in variants(&layout, good) {
                let what = format!("{}: {}", layout.ja(), variant.ja);
                let sample = self.registration(&layout, LinkSegment::Difference, &[variant.record]);
                self.send(variant.name, &what, sample)?;
            }
            // People go last: without them nothing of theirs can be registered any more.
            if layout.id() != "person"
                && let Some(record) = deletion(&layout, good)
            {
                let what = format!("{}の削除", layout.ja());
                let sample = self.registration(&layout, LinkSegment::Difference, &[record]);
                self.send("deletion", &what, sample)?;
            }
        }
        let (layout, records) = self.first_kind(books)?;
        if let Some(record) = records.last().and_then(|record| deletion(&layout, record)) {
            let sample = self.registration(&layout, LinkSegment::Difference, &[record]);
            self.send(
                "deletion",
                &format!("{}の削除（資格の喪失）", layout.ja()),
                sample,
            )?;
        }
        Ok(())
    }

    fn inbound(&mut self, books: &Books) -> Result<(), KitError> {
        self.world.let_arrive(self.profile, books)?;
        let page = self.get("inbound", "inboundRecords", "limit=100");
        self.send("page", "受信情報の取得", page)?;
        let waiting = self
            .world
            .shell()
            .request(self.raw(&self.get("", "inboundRecords", "")))?;
        let numbers: Vec<Value> = waiting.body["records"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|record| json!({ "inboundId": record["inboundId"] }))
            .collect();
        let unknown = self.post(
            "acknowledge",
            "inboundAcknowledgements",
            "",
            json!([{ "inboundId": "I-999999" }]).to_string(),
        );
        self.send("unknown", "ない番号の受領", unknown)?;
        let all = self.post(
            "acknowledge",
            "inboundAcknowledgements",
            "",
            Value::Array(numbers).to_string(),
        );
        self.send("accepted", "受信情報の受領", all)?;
        let page = self.get("inbound", "inboundRecords", "limit=100");
        self.send("empty", "受領した後の受信情報の取得", page)?;
        let page = self.get("inbound", "inboundRecords", "limit=0");
        self.send("limit", "件数の指定が誤っている受信情報の取得", page)
    }

    fn not_readable(&mut self, books: &Books) -> Result<(), KitError> {
        let (layout, records) = self.first_kind(books)?;
        let right = || self.registration(&layout, LinkSegment::Difference, &records[..1]);
        let wrong = [
            (
                "empty",
                "記録が1件もない",
                Sample {
                    body: "[]".to_owned(),
                    ..right()
                },
            ),
            (
                "segment",
                "連携区分がない",
                Sample {
                    query: String::new(),
                    ..right()
                },
            ),
            (
                "key",
                "認証キーがない",
                Sample {
                    has_key: false,
                    ..right()
                },
            ),
            (
                "cut",
                "JSONとして読めない",
                Sample {
                    body: "[{".to_owned(),
                    ..right()
                },
            ),
            (
                "object",
                "配列でないJSON",
                Sample {
                    body: "{}".to_owned(),
                    ..right()
                },
            ),
            (
                "content-type",
                "Content-Type が違う",
                Sample {
                    content_type: Some("text/plain"),
                    ..right()
                },
            ),
            (
                "method",
                "使えないメソッド",
                Sample {
                    method: "PUT",
                    ..right()
                },
            ),
            (
                "path",
                "ないパス",
                Sample {
                    path: self.path("cardTasks"),
                    ..right()
                },
            ),
        ];
        for (name, ja, sample) in wrong {
            self.send(
                name,
                ja,
                Sample {
                    name: "request".to_owned(),
                    ..sample
                },
            )?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), KitError> {
        let page = request_page(&self.listed);
        self.kit.text(format!("{FOLDER}/README.md"), page);
        let index = json!({ "profile": self.profile.id(), "digest": self.profile.digest(), "samples": self.listed });
        self.kit.json(format!("{FOLDER}/index.json"), &index)
    }

    /// The kind that is set up first, and its records.
    fn first_kind(&self, books: &Books) -> Result<(KindLayout, Vec<Map<String, Value>>), KitError> {
        let (kind, records) = books.records.first().ok_or_else(|| {
            KitError::Profile("初期セットアップで送る種別がありません".to_owned())
        })?;
        Ok((self.profile.layout(*kind).clone(), records.clone()))
    }

    fn path(&self, resource: &str) -> String {
        format!("{}/{resource}", self.profile.api().base_path.value)
    }

    fn get(&self, name: &str, resource: &str, query: &str) -> Sample {
        Sample {
            name: name.to_owned(),
            ja: String::new(),
            method: "GET",
            path: self.path(resource),
            query: query.to_owned(),
            has_key: true,
            content_type: None,
            body: String::new(),
        }
    }

    fn post(&self, name: &str, resource: &str, query: &str, body: String) -> Sample {
        Sample {
            method: "POST",
            content_type: Some("application/json"),
            body,
            ..self.get(name, resource, query)
        }
    }

    fn registration(
        &self,
        layout: &KindLayout,
        segment: LinkSegment,
        records: &[Map<String, Value>],
    ) -> Sample {
        let query = format!(
            "linkSegment={}",
            self.profile.api().link_segment_code(segment)
        );
        let body = serde_json::to_string(records).unwrap_or_default();
        self.post(layout.id(), layout.path().unwrap_or_default(), &query, body)
    }

    fn notice(&mut self, kind: &str, ja: &str, record: Value) -> Result<(), KitError> {
        let kind: Option<KindId> = self.profile.kind(kind);
        let (Some(kind), Value::Object(record)) = (kind, record) else {
            return Ok(());
        };
        let layout = self.profile.layout(kind).clone();
        let sample = self.registration(&layout, LinkSegment::Initial, &[record]);
        self.send("notice", ja, sample)
    }

    fn raw(&self, sample: &Sample) -> RawRequest {
        let key = self.world.key.as_ref().filter(|_| sample.has_key);
        RawRequest {
            environment: ENVIRONMENT.to_owned(),
            method: sample.method.to_owned(),
            path: sample.path.clone(),
            query: sample.query.clone(),
            certificate: Some(format!("{}-{ENVIRONMENT}-01", self.world.insurer())),
            authorization: key.map(|key| format!("Bearer {key}")),
            content_type: sample.content_type.map(str::to_owned),
            body: Ok(sample.body.clone().into_bytes().into()),
        }
    }

    /// Sends a sample, and notes what came back: at once, and as the result of the task that it became.
    fn send(&mut self, what: &str, ja: &str, sample: Sample) -> Result<(), KitError> {
        let sample = Sample {
            ja: ja.to_owned(),
            ..sample
        };
        let reply = self.world.shell().request(self.raw(&sample))?;
        let result = match reply.body.get("taskId").and_then(Value::as_str) {
            Some(task) => {
                let result = self.get("", &format!("registrationTasks/{task}"), "");
                Some(self.world.shell().request(self.raw(&result))?.body)
            }
            None => None,
        };
        let folder = format!("{:03}-{}-{what}", self.listed.len() + 1, sample.name);
        self.note(&folder, &sample, &reply, result.as_ref())
    }

    fn note(
        &mut self,
        folder: &str,
        sample: &Sample,
        reply: &LinkReply,
        result: Option<&Value>,
    ) -> Result<(), KitError> {
        let place = format!("{FOLDER}/{folder}");
        let body_file = (!sample.body.is_empty()).then_some("request.json");
        if let Some(file) = body_file {
            match serde_json::from_str::<Value>(&sample.body) {
                Ok(body) => self.kit.json(format!("{place}/{file}"), &body)?,
                Err(_) => self
                    .kit
                    .text(format!("{place}/{file}"), sample.body.as_str()),
            }
        }
        self.kit.json(format!("{place}/answer.json"), &reply.body)?;
        if let Some(result) = result {
            self.kit.json(format!("{place}/result.json"), result)?;
        }
        let mut headers = Map::new();
        if sample.has_key {
            headers.insert("Authorization".to_owned(), json!("Bearer （認証キー）"));
        }
        if let Some(content_type) = sample.content_type {
            headers.insert("Content-Type".to_owned(), json!(content_type));
        }
        let codes: Vec<&Value> = result
            .and_then(|result| result["results"].as_array())
            .into_iter()
            .flatten()
            .map(|result| &result["resultCode"])
            .collect();
        self.listed.push(json!({
            "folder": folder,
            "ja": sample.ja,
            "request": {
                "method": sample.method,
                "path": sample.path,
                "query": sample.query,
                "headers": headers,
            },
            "bodyFile": body_file,
            "status": reply.status,
            "hasResult": result.is_some(),
            "resultCodes": codes,
        }));
        Ok(())
    }
}
