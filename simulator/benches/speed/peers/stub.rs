//! wiremock, the stub server of Rust, as it comes: it keeps every request for later questions.

use std::any::Any;
use std::sync::{Mutex, PoisonError};

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::bare::{Accepted, Certification, Keyed, Person, Records};
use crate::line::Greeting;

/// Parses and keeps the records of a request.
struct Stateful<R> {
    records: Mutex<(u64, Records)>,
    of: std::marker::PhantomData<fn() -> R>,
}

impl<R: Keyed> Respond for Stateful<R> {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let Ok(records) = serde_json::from_slice::<Vec<R>>(&request.body) else {
            return ResponseTemplate::new(400);
        };
        let mut kept = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 += 1;
        let answer = Accepted::of(kept.0, records.len());
        for record in records {
            kept.1.insert(record.key(), record.kept());
        }
        ResponseTemplate::new(202).set_body_json(answer)
    }
}

fn stateful<R: Keyed>() -> Stateful<R> {
    Stateful {
        records: Mutex::default(),
        of: std::marker::PhantomData,
    }
}

pub(super) async fn start(is_stateful: bool) -> (Greeting, Box<dyn Any>) {
    let server = MockServer::start().await;
    let at = |place| Mock::given(method("POST")).and(path(place));
    if is_stateful {
        server
            .register(at("/persons").respond_with(stateful::<Person>()))
            .await;
        server
            .register(at("/certifications").respond_with(stateful::<Certification>()))
            .await;
    } else {
        let answer = ResponseTemplate::new(202).set_body_json(Accepted::of(1, 1));
        for place in ["/persons", "/certifications"] {
            server
                .register(at(place).respond_with(answer.clone()))
                .await;
        }
    }
    let greeting = Greeting {
        address: *server.address(),
        host: "127.0.0.1".to_owned(),
        tls: None,
        paths: ["/persons".to_owned(), "/certifications".to_owned()],
        key: "key".to_owned(),
    };
    (greeting, Box::new(server))
}
