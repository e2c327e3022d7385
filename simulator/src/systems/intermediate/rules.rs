use crate::domain::InsuredKey;
use crate::effect::Identified;
use crate::kernel::Streams;
use crate::systems::{Message, Outgoing, SystemId};

use super::{Identifier, IntermediateServer, PersonToken};

/// Registers people and returns what is sent on, with what the journal is told.
pub fn receive(
    server: &mut IntermediateServer,
    random: &mut Streams,
    task: u64,
    people: &[(usize, InsuredKey, PersonToken)],
) -> (Vec<Outgoing>, Identified) {
    let mut answered = Vec::with_capacity(people.len());
    let mut learned = Vec::new();
    let mut told = Vec::with_capacity(people.len());
    for (position, person, token) in people {
        let identifier = match server.issued.get(token) {
            Some(identifier) => *identifier,
            None => {
                let identifier = Identifier::of_draw(random.number("identifier"));
                server.issued.insert(*token, identifier);
                learned.push((*token, identifier));
                identifier
            }
        };
        answered.push((*position, *person, identifier));
        told.push((token.to_string(), identifier.to_string()));
    }
    let identified = Identified {
        task: crate::systems::pmh::task_name(task),
        issued: learned.len(),
        known: people.len() - learned.len(),
        people: told,
    };
    let mut outgoing = Vec::new();
    if !learned.is_empty() {
        outgoing.push(Outgoing {
            to: SystemId::Qualification,
            message: Message::LearnIdentifiers { people: learned },
        });
    }
    outgoing.push(Outgoing {
        to: SystemId::Pmh,
        message: Message::IdentifiersIssued {
            task,
            people: answered,
        },
    });
    (outgoing, identified)
}
