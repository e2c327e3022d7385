//! The same insurers in front of PMH: what they prepare there, and what their systems send.

use jiff::civil::Date;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tekigo_simulator::{
    Effect, Input, LinkReply, LinkRequest, OperatorAction, OperatorAnswer, OperatorInput, reply_to,
};

use super::desk::{Desk, mask};

pub(crate) const ENVIRONMENT: &str = "verification";

/// The name in the client certificate of an insurer.
pub(crate) fn certificate(insurer: &str) -> String {
    format!("{insurer}-{ENVIRONMENT}-01")
}

impl Desk {
    /// An action of the staff in PMH's pages.
    pub(crate) fn act(&mut self, insurer: &str, action: OperatorAction) -> OperatorAnswer {
        let effects = self.take(Input::Operator(OperatorInput {
            insurer: insurer.to_owned(),
            environment: ENVIRONMENT.to_owned(),
            action,
        }));
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::OperatorAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        answer.expect("the pages answer")
    }

    /// Everything the staff prepare in PMH's pages, but for the schedule.
    pub(crate) fn prepare(&mut self, insurer: &str) {
        for action in preparations() {
            assert!(self.act_and_keep(insurer, action), "all of it can be done");
        }
    }

    /// The same, keeping the key that comes of it; whether it took place.
    pub(crate) fn act_and_keep(&mut self, insurer: &str, action: OperatorAction) -> bool {
        let answer = self.act(insurer, action);
        if let Some(key) = answer.key {
            self.keys.insert(insurer.to_owned(), mask().key_token(&key));
        }
        answer.done
    }

    /// A request of an insurer's system.
    pub(crate) fn post(
        &mut self,
        insurer: &str,
        resource: &str,
        segment: &str,
        body: &Value,
    ) -> LinkReply {
        self.requests += 1;
        let id = self.requests;
        let masked = mask().apply_json(&body.to_string()).into_owned();
        let effects = self.take(Input::LinkRequest(LinkRequest {
            id,
            environment: ENVIRONMENT.to_owned(),
            method: "POST".to_owned(),
            path: format!("/kaigo/v2/{resource}"),
            query: format!("linkSegment={segment}"),
            certificate: Some(certificate(insurer)),
            key: self.keys.get(insurer).cloned(),
            content_type: Some("application/json".to_owned()),
            body: Some(RawValue::from_string(masked).expect("JSON")),
            text: None,
            unreadable: None,
        }));
        reply_to(&effects, id).expect("an answer").clone()
    }

    /// The system of an insurer reports that it starts set-up.
    pub(crate) fn start_set_up(&mut self, insurer: &str, on: Date) -> LinkReply {
        let start = json!([{ "insurerNumber": insurer, "baselineDate": on }]);
        self.post(insurer, "setupStartRegistrationTasks", "1", &start)
    }

    /// The system of an insurer sets up a town without people, and reports completion.
    pub(crate) fn set_up(&mut self, insurer: &str, on: Date) {
        let reply = self.start_set_up(insurer, on);
        assert_eq!(reply.status, 202, "{:?}", reply.body);
        let report = json!([{
            "insurerNumber": insurer,
            "baselineDate": on,
            "completionDate": on,
            "personCount": 0,
        }]);
        let reply = self.post(insurer, "setupCompletionRegistrationTasks", "1", &report);
        assert_eq!(reply.status, 202, "{:?}", reply.body);
    }
}

/// What the staff prepare in PMH's pages, in order.
pub(crate) fn preparations() -> [OperatorAction; 6] {
    [
        OperatorAction::LogIn {
            password: mask().password_token("first"),
        },
        OperatorAction::ChangePassword {
            current: mask().password_token("first"),
            password: mask().password_token("own"),
            length: 20,
        },
        OperatorAction::RegisterAddresses {
            processing_result: "kekka@tsukimi.example".to_owned(),
            board_reading: "shinsakai@tsukimi.example".to_owned(),
        },
        OperatorAction::ChooseMode {
            mode: "api".to_owned(),
        },
        OperatorAction::ReportEnvironmentReady,
        OperatorAction::IssueKey,
    ]
}
