//! Ordered delivery between simulated systems.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::Moment;

/// From one system to another, by their identifiers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Route {
    /// The sender, e.g. `pmh`.
    pub from: Cow<'static, str>,
    /// The receiver, e.g. `platform`.
    pub to: Cow<'static, str>,
}

/// What a scenario does to messages of one route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fate")]
pub enum Fate {
    /// Arrives at once.
    Deliver,
    /// Arrives so many seconds later.
    Delay {
        /// Seconds of the run's time.
        seconds: i64,
    },
    /// Never arrives.
    Lose,
    /// Arrives at once, and again so many seconds later.
    Duplicate {
        /// Seconds until the second arrival.
        seconds: i64,
    },
    /// Waits until the next message of the same route has been delivered, and follows it.
    Reorder,
}

/// A rule installed by a scenario: the next `times` messages of a route, after `skip` others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRule {
    /// Which messages.
    pub route: Route,
    /// How many of them pass untouched first.
    #[serde(default)]
    pub skip: u32,
    /// How many are then touched.
    pub times: u32,
    /// What happens to them.
    #[serde(flatten)]
    pub fate: Fate,
}

/// A message on its way, due at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery<M> {
    /// From where to where.
    pub route: Route,
    /// What is said.
    pub message: M,
}

/// The messages under way, in the order of their due time and then of their sending.
#[derive(Debug, Clone)]
pub struct Mailbox<M> {
    /// In the order of due time and sending.
    queue: VecDeque<(Moment, u64, Delivery<M>)>,
    waiting: BTreeMap<Route, Delivery<M>>,
    rules: Vec<DeliveryRule>,
    sent: u64,
}

impl<M> Default for Mailbox<M> {
    fn default() -> Self {
        Self {
            queue: VecDeque::new(),
            waiting: BTreeMap::new(),
            rules: Vec::new(),
            sent: 0,
        }
    }
}

impl<M: Clone> Mailbox<M> {
    /// Adds a rule; the first rule that matches a message decides.
    pub fn install(&mut self, rule: DeliveryRule) {
        self.rules.push(rule);
    }

    /// Removes every rule; what was delayed or waiting is due now, in the order of its sending.
    pub fn calm_down(&mut self, now: Moment) {
        self.rules.clear();
        let mut late: Vec<(u64, Delivery<M>)> = std::mem::take(&mut self.queue)
            .into_iter()
            .map(|(_, sent, delivery)| (sent, delivery))
            .collect();
        late.sort_by_key(|(sent, _)| *sent);
        let waiting = std::mem::take(&mut self.waiting).into_values();
        for delivery in late
            .into_iter()
            .map(|(_, delivery)| delivery)
            .chain(waiting)
        {
            self.enqueue(now, delivery);
        }
    }

    /// Takes a message over for delivery and tells its fate.
    pub fn send(&mut self, now: Moment, delivery: Delivery<M>) -> Fate {
        let fate = self.fate_of(&delivery.route);
        match fate {
            Fate::Deliver => {
                let route = delivery.route.clone();
                self.enqueue(now, delivery);
                self.release_waiting(now, &route);
            }
            Fate::Delay { seconds } => self.enqueue(now.plus_seconds(seconds.max(0)), delivery),
            Fate::Lose => {}
            Fate::Duplicate { seconds } => {
                self.enqueue(now, delivery.clone());
                self.enqueue(now.plus_seconds(seconds.max(0)), delivery);
            }
            Fate::Reorder => {
                let route = delivery.route.clone();
                // Two in a row that want to be last: the earlier one goes first after all.
                self.release_waiting(now, &route);
                self.waiting.insert(route, delivery);
            }
        }
        fate
    }

    /// The next message due at or before `until`, with its due time.
    pub fn next_due(&mut self, until: Moment) -> Option<(Moment, Delivery<M>)> {
        let (due, _, _) = self.queue.front()?;
        if *due > until {
            return None;
        }
        let (due, _, delivery) = self.queue.pop_front()?;
        Some((due, delivery))
    }

    /// How many messages have not arrived yet.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.queue.len() + self.waiting.len()
    }

    fn enqueue(&mut self, due: Moment, delivery: Delivery<M>) {
        self.sent += 1;
        // Nearly always the last: only what was delayed is due after what is sent now.
        let place = self.queue.partition_point(|(other, _, _)| *other <= due);
        self.queue.insert(place, (due, self.sent, delivery));
    }

    fn release_waiting(&mut self, now: Moment, route: &Route) {
        if let Some(held) = self.waiting.remove(route) {
            self.enqueue(now, held);
        }
    }

    fn fate_of(&mut self, route: &Route) -> Fate {
        for rule in &mut self.rules {
            if rule.route != *route || rule.times == 0 {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                return Fate::Deliver;
            }
            rule.times -= 1;
            return rule.fate;
        }
        Fate::Deliver
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route() -> Route {
        Route {
            from: "pmh".into(),
            to: "platform".into(),
        }
    }

    fn send(mailbox: &mut Mailbox<u32>, message: u32) -> Fate {
        let route = route();
        mailbox.send(Moment::default_start(), Delivery { route, message })
    }

    fn arrivals(mailbox: &mut Mailbox<u32>, after_seconds: i64) -> Vec<u32> {
        let until = Moment::default_start().plus_seconds(after_seconds);
        std::iter::from_fn(|| mailbox.next_due(until))
            .map(|(_, delivery)| delivery.message)
            .collect()
    }

    fn rule(skip: u32, times: u32, fate: Fate) -> DeliveryRule {
        DeliveryRule {
            route: route(),
            skip,
            times,
            fate,
        }
    }

    #[test]
    fn messages_arrive_in_the_order_they_were_sent() {
        let mut mailbox = Mailbox::default();
        for message in 0..5 {
            send(&mut mailbox, message);
        }
        assert_eq!(arrivals(&mut mailbox, 0), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_fate_strikes_the_messages_it_names_and_no_others() {
        let mut mailbox = Mailbox::default();
        mailbox.install(rule(1, 1, Fate::Lose));
        mailbox.install(rule(0, 1, Fate::Duplicate { seconds: 60 }));
        for message in 0..4 {
            send(&mut mailbox, message);
        }
        assert_eq!(arrivals(&mut mailbox, 0), [0, 2, 3]);
        assert_eq!(arrivals(&mut mailbox, 60), [2]);
        assert_eq!(mailbox.under_way(), 0);
    }

    #[test]
    fn a_reordered_message_follows_the_next_one() {
        let mut mailbox = Mailbox::default();
        mailbox.install(rule(0, 1, Fate::Reorder));
        send(&mut mailbox, 1);
        assert_eq!(mailbox.under_way(), 1);
        send(&mut mailbox, 2);
        assert_eq!(arrivals(&mut mailbox, 0), [2, 1]);
    }
}
