use proptest::collection::vec;
use proptest::prelude::*;
use tekigo_simulator::kernel::{Delivery, DeliveryRule, Fate, Mailbox, Moment, Route};

const SYSTEMS: [&str; 3] = ["pmh", "platform", "intermediate"];

#[derive(Debug, Clone)]
enum Op {
    Install(DeliveryRule),
    Send(Route),
    Wait(i64),
}

/// A message: what became of it, when it was sent and when it arrived.
#[derive(Debug, Clone, PartialEq)]
struct Story {
    fate: Fate,
    sent: Moment,
    arrived: Vec<Moment>,
}

#[derive(Debug, Default, PartialEq)]
struct History {
    stories: Vec<Story>,
    /// Positions of messages, in the order of their arrival.
    arrivals: Vec<usize>,
    left: usize,
}

fn any_route() -> impl Strategy<Value = Route> {
    (
        prop::sample::select(&SYSTEMS[..]),
        prop::sample::select(&SYSTEMS[..]),
    )
        .prop_map(|(from, to)| Route {
            from: from.into(),
            to: to.into(),
        })
}

fn any_fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        Just(Fate::Deliver),
        (0_i64..200).prop_map(|seconds| Fate::Delay { seconds }),
        Just(Fate::Lose),
        (0_i64..200).prop_map(|seconds| Fate::Duplicate { seconds }),
        Just(Fate::Reorder),
    ]
}

fn any_ops() -> impl Strategy<Value = Vec<Op>> {
    let rule =
        (any_route(), 0_u32..3, 1_u32..4, any_fate()).prop_map(|(route, skip, times, fate)| {
            DeliveryRule {
                route,
                skip,
                times,
                fate,
            }
        });
    let op = prop_oneof![
        2 => rule.prop_map(Op::Install),
        5 => any_route().prop_map(Op::Send),
        1 => (0_i64..100).prop_map(Op::Wait),
    ];
    vec(op, 0..60)
}

/// Does everything, then calms down and takes what is left.
fn played(ops: &[Op]) -> History {
    let mut now = Moment::default_start();
    let mut mailbox = Mailbox::default();
    let mut history = History::default();
    for op in ops {
        match op {
            Op::Install(rule) => mailbox.install(rule.clone()),
            Op::Send(route) => {
                let message = history.stories.len();
                let route = route.clone();
                let fate = mailbox.send(now, Delivery { route, message });
                history.stories.push(Story {
                    fate,
                    sent: now,
                    arrived: Vec::new(),
                });
            }
            Op::Wait(seconds) => {
                now = now.plus_seconds(*seconds);
                take_due(&mut mailbox, now, &mut history);
            }
        }
    }
    take_due(&mut mailbox, now, &mut history);
    mailbox.calm_down(now);
    take_due(&mut mailbox, now, &mut history);
    history.left = mailbox.under_way();
    history
}

fn take_due(mailbox: &mut Mailbox<usize>, until: Moment, history: &mut History) {
    while let Some((due, delivery)) = mailbox.next_due(until) {
        assert!(due <= until, "nothing arrives before its time");
        history.stories[delivery.message].arrived.push(due);
        history.arrivals.push(delivery.message);
    }
}

proptest! {
    #![proptest_config(super::cases(256))]

    #[test]
    fn nothing_is_invented_and_only_what_is_lost_is_missing(ops in any_ops()) {
        let history = played(&ops);
        prop_assert_eq!(history.left, 0, "calm delivers everything");
        for story in &history.stories {
            let due = match story.fate {
                Fate::Lose => 0,
                Fate::Deliver | Fate::Delay { .. } | Fate::Reorder => 1,
                Fate::Duplicate { .. } => 2,
            };
            prop_assert_eq!(story.arrived.len(), due, "{:?}", story);
        }
    }

    #[test]
    fn messages_arrive_when_due_and_in_the_order_they_were_sent(ops in any_ops()) {
        let history = played(&ops);
        for story in &history.stories {
            let late = match story.fate {
                Fate::Delay { seconds } | Fate::Duplicate { seconds } => seconds,
                Fate::Deliver | Fate::Lose | Fate::Reorder => 0,
            };
            // Calm may bring it forward, never put it off.
            if let Some(last) = story.arrived.last() {
                prop_assert!(*last >= story.sent);
                prop_assert!(
                    story.fate == Fate::Reorder || *last <= story.sent.plus_seconds(late),
                    "{:?}", story
                );
            }
        }
        let at = |message: &usize| history.stories[*message].arrived.last().copied();
        let in_time = history.arrivals.windows(2).all(|pair| {
            let is_second_of_two = |message: &usize| history.stories[*message].arrived.len() == 2;
            pair.iter().any(is_second_of_two) || at(&pair[0]) <= at(&pair[1])
        });
        prop_assert!(in_time, "{:?}", history.arrivals);
        let untouched: Vec<usize> = history
            .arrivals
            .iter()
            .copied()
            .filter(|message| history.stories[*message].fate == Fate::Deliver)
            .collect();
        prop_assert!(untouched.is_sorted(), "{:?}", untouched);
    }

    #[test]
    fn the_same_sendings_give_the_same_arrivals(ops in any_ops()) {
        prop_assert_eq!(played(&ops), played(&ops));
    }
}
