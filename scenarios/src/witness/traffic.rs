//! Requests and their answers.

use std::collections::BTreeMap;

use super::upload::{Deed, Upload, deeds};
use serde_json::Value;
use tekigo_simulator::kernel::{Event, Moment};
use tekigo_simulator::{DecoyCall, LinkRefused, LinkReply, LinkRequest};

/// A request on the link interface with its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Position of the request in the journal.
    pub n: u64,
    /// The run's time.
    pub at: Moment,
    /// The request.
    pub request: LinkRequest,
    /// The answer, once there is one.
    pub reply: Option<LinkReply>,
}

impl Exchange {
    /// Whether PMH took the request on as a registration task.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| reply.status == 202)
    }

    /// Whether the request asks for a registration.
    #[must_use]
    pub fn is_registration(&self) -> bool {
        self.request.method == "POST" && self.request.path.ends_with("RegistrationTasks")
    }

    /// The codes of a business or system error in the answer.
    #[must_use]
    pub fn error_codes(&self) -> Vec<&str> {
        let Some(reply) = &self.reply else {
            return Vec::new();
        };
        let single = reply.body.get("code").and_then(Value::as_str);
        let listed = reply
            .body
            .get("errors")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|error| error.get("code").and_then(Value::as_str));
        single.into_iter().chain(listed).collect()
    }
}

/// Everything a vendor sent, or tried to.
#[derive(Debug, Clone, Default)]
pub struct Traffic {
    /// Requests, in order.
    pub exchanges: Vec<Exchange>,
    /// Refused connections.
    pub refused: Vec<(u64, LinkRefused)>,
    /// Calls to addresses that nobody may call.
    pub decoys: Vec<(u64, DecoyCall)>,
    /// What was done in PMH's pages, in order.
    pub deeds: Vec<Deed>,
}

impl Traffic {
    /// Reads the traffic out of journal lines. Lines that do not fit their kind are left out:
    /// the chain has already shown that they are what was written.
    #[must_use]
    pub fn of(events: &[Event]) -> Self {
        let mut traffic = Self {
            deeds: deeds(events),
            ..Self::default()
        };
        let mut by_id = BTreeMap::new();
        for event in events {
            let text = event.body.get();
            match event.kind.as_str() {
                "link.request" => {
                    if let Ok(request) = serde_json::from_str::<LinkRequest>(text) {
                        by_id.insert(request.id, traffic.exchanges.len());
                        traffic.exchanges.push(Exchange {
                            n: event.n,
                            at: event.t,
                            request,
                            reply: None,
                        });
                    }
                }
                "link.reply" => {
                    if let Ok(reply) = serde_json::from_str::<LinkReply>(text)
                        && let Some(index) = by_id.get(&reply.id)
                    {
                        traffic.exchanges[*index].reply = Some(reply);
                    }
                }
                "link.refused" => {
                    if let Ok(refused) = serde_json::from_str(text) {
                        traffic.refused.push((event.n, refused));
                    }
                }
                "decoy" => {
                    if let Ok(call) = serde_json::from_str(text) {
                        traffic.decoys.push((event.n, call));
                    }
                }
                _ => {}
            }
        }
        traffic
    }

    /// The sets of files that were sent, in order.
    pub fn uploads(&self) -> impl Iterator<Item = Upload> {
        self.deeds.iter().filter_map(Upload::of)
    }
}
