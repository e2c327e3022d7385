//! Municipalities link records: one by API, the other by files.

use serde_json::{Value, json};
use tekigo_simulator::profile::{CsvCodec, FileName, LinkSegment, Record};
use tekigo_simulator::{Input, LinkRequest, OperatorAction, OperatorInput, UploadedFile};

use super::player::{ENVIRONMENT, INSURERS, MODES, Player};

impl Player {
    /// Registers one record; PMH may refuse it.
    pub(super) fn link(&mut self, insurer: usize, kind: &str, mut record: Value) {
        record["insurerNumber"] = json!(INSURERS[insurer]);
        let number = INSURERS[insurer].parse().expect("a number");
        let is_complete = self.world.platform().completed_on(number).is_some();
        if MODES[insurer] == "file" {
            self.link_file(insurer, kind, &record, is_complete);
        } else {
            self.link_request(insurer, kind, &record, is_complete);
        }
    }

    fn link_request(&mut self, insurer: usize, kind: &str, record: &Value, is_complete: bool) {
        self.requests += 1;
        let request = LinkRequest {
            id: self.requests,
            environment: ENVIRONMENT.to_owned(),
            method: "POST".to_owned(),
            path: format!(
                "{}/{kind}RegistrationTasks",
                self.profile.api().base_path.value
            ),
            query: format!("linkSegment={}", if is_complete { "2" } else { "1" }),
            certificate: Some(format!("{}-01", INSURERS[insurer])),
            key: Some(self.keys[insurer].clone()),
            content_type: Some("application/json".to_owned()),
            body: serde_json::value::to_raw_value(&json!([record])).ok(),
            text: None,
            unreadable: None,
        };
        self.take(Input::LinkRequest(request));
    }

    /// Sends a set of the control file and one file with one record.
    fn link_file(&mut self, insurer: usize, kind: &str, record: &Value, is_complete: bool) {
        self.last_set = self.last_set.next();
        let segment = if is_complete {
            LinkSegment::Difference
        } else {
            LinkSegment::Initial
        };
        let text = record.to_string();
        let layout = self
            .profile
            .layout(self.profile.kind(kind).expect("a kind"));
        let record = layout.read_json(&text).expect("a record");
        let content = self.file(insurer, segment, 1, record);
        let control = self
            .profile
            .layout(self.profile.kind("setControl").expect("a kind"));
        let listed = [("fileName", content.name.as_str()), ("recordCount", "1")];
        let listed = control.record(listed).expect("a record");
        let control = self.file(insurer, segment, 0, listed);
        self.take(Input::Operator(OperatorInput {
            insurer: INSURERS[insurer].to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action: OperatorAction::Upload {
                files: vec![control, content],
            },
        }));
    }

    fn file(
        &self,
        insurer: usize,
        segment: LinkSegment,
        sequence: u16,
        record: Record,
    ) -> UploadedFile {
        let kind = record.kind();
        let name = FileName {
            set: self.last_set,
            sequence,
            insurer: INSURERS[insurer].parse().expect("a number"),
            kind,
            segment,
        };
        let codec = CsvCodec::new(&self.profile);
        let bytes = codec.write(kind, &[record]).expect("a file");
        let name = name.build(&self.profile);
        UploadedFile::of_bytes(&self.profile, &self.mask, &name, &bytes)
    }
}
