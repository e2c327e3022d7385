//! The simulated world: a pure state machine.
//!
//! It takes an input and a time and returns effects. It does no I/O, reads no clock and draws no
//! unseeded randomness, so the same seed and the same inputs give the same effects.

mod doors;
mod facts;
mod neighbour;
mod office_duties;
mod offices;
mod portal;
mod shown;
mod shown_lists;
mod viewers;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::attestation::Attestation;
use crate::domain::{InsurerNumber, Insurers};
use crate::effect::{
    Dated, Effect, Line, LinkReply, Mail, MessageSent, Released, ReplyTravel, Struck,
};
use crate::input::{Arrival, Input, LinkRequest, Opening};
use crate::kernel::{Delivery, LinkAction, LinkFaults, Mailbox, Mask, Moment, Route, Streams};
use crate::operator::OperatorInput;
use crate::profile::Profile;
use crate::systems::intermediate::IntermediateServer;
use crate::systems::mail::MailRoom;
use crate::systems::platform::Platform;
use crate::systems::pmh::{Context, Desk, Pmh};
use crate::systems::portal::Portal;
use crate::systems::qualification::OnlineQualification;
use crate::systems::{
    Message, Outgoing, SystemId, intermediate, mail, platform, pmh, qualification,
};

use doors::Doors;
pub(crate) use shown::OfficePerson;

/// As many effects as a registration has.
const EFFECTS: usize = 12;

/// Everything on the other side of a municipal system.
#[derive(Debug, Clone)]
pub struct World {
    profile: Arc<Profile>,
    mask: Mask,
    now: Moment,
    random: Streams,
    mailbox: Mailbox<Outgoing>,
    line: LinkFaults,
    held: BTreeSet<u64>,
    pmh: Pmh,
    intermediate: IntermediateServer,
    qualification: OnlineQualification,
    platform: Platform,
    mail: MailRoom,
    doors: Doors,
    insurers: Insurers,
    portal: Portal,
    attestations: Vec<Attestation>,
}

impl World {
    /// A world that has not begun: its first input is the opening.
    #[must_use]
    pub fn new(profile: Arc<Profile>, mask: Mask, seed: u64) -> Self {
        Self {
            profile,
            mask,
            now: Moment::default_start(),
            random: Streams::new(seed),
            mailbox: Mailbox::default(),
            line: LinkFaults::default(),
            held: BTreeSet::new(),
            pmh: Pmh::default(),
            intermediate: IntermediateServer::default(),
            qualification: OnlineQualification::default(),
            platform: Platform::default(),
            mail: MailRoom::default(),
            doors: Doors::default(),
            insurers: Insurers::default(),
            portal: Portal::default(),
            attestations: Vec::new(),
        }
    }

    /// The interface profile.
    #[must_use]
    pub fn profile(&self) -> &Arc<Profile> {
        &self.profile
    }

    /// The run's time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now
    }

    /// PMH, for looking at.
    #[must_use]
    pub fn pmh(&self) -> &Pmh {
        &self.pmh
    }

    /// The platform, for looking at.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// The intermediate server, for looking at.
    #[must_use]
    pub fn intermediate(&self) -> &IntermediateServer {
        &self.intermediate
    }

    /// Online qualification, for looking at.
    #[must_use]
    pub fn qualification(&self) -> &OnlineQualification {
        &self.qualification
    }

    /// The doors on the far side of the platform, for looking at.
    #[must_use]
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// The notices sent.
    #[must_use]
    pub fn mail(&self) -> &MailRoom {
        &self.mail
    }

    /// Everything that decides what happens next, for telling whether an input changed it. The
    /// notes of refused sets, which only PMH's pages show, are no part of it.
    #[must_use]
    pub fn memory(&self) -> impl fmt::Debug + '_ {
        let behind = (&self.intermediate, &self.qualification, &self.platform);
        let under_way = self.mailbox.under_way();
        let agreed = (&self.portal, &self.attestations);
        (
            self.pmh.memory(),
            behind,
            &self.mail,
            under_way,
            &self.doors,
            agreed,
        )
    }

    /// How many messages between systems have not arrived yet.
    #[must_use]
    pub fn messages_under_way(&self) -> usize {
        self.mailbox.under_way()
    }

    /// Takes one input and returns everything that follows from it, in order.
    pub fn apply(&mut self, input: &Input) -> Vec<Dated> {
        let mut effects = Vec::with_capacity(EFFECTS);
        match input {
            Input::Opening(opening) => self.open(opening),
            Input::LinkRequest(request) => self.answer(request, &mut effects),
            // Refused connections and decoys are facts for the monitors; they change nothing.
            Input::LinkRefused(_) | Input::Decoy(_) => {}
            Input::Operator(operator) => self.operate(operator, &mut effects),
            Input::Clock(to) => self.advance(to.to, &mut effects),
            Input::Delivery(rule) => self.mailbox.install(rule.clone()),
            Input::LinkFault(fault) => self.line.install(fault.clone()),
            Input::CalmDown => self.calm_down(&mut effects),
            Input::Line(switch) => {
                let is_up = switch.is_up;
                self.emit(&mut effects, Effect::Line(Line { is_up }));
            }
            Input::KeyExpiry(expiry) => {
                if let Ok(insurer) = expiry.insurer.parse::<InsurerNumber>() {
                    let account = (insurer, expiry.environment.clone());
                    self.pmh.end_keys(&account, expiry.expires);
                }
            }
            Input::Arrival(arrival) => self.arrive(arrival, &mut effects),
            Input::WrongNumber(wrong) => self.pmh.doubt_number(&wrong.my_number),
            Input::Viewer(request) => self.serve_viewer(request, &mut effects),
            Input::Directory(fact) => self.note_fact(fact, &mut effects),
            Input::Portal(input) => self.visit_portal(input, &mut effects),
            Input::Attestation(attestation) => self.take_attestation(attestation, &mut effects),
        }
        self.deliver_due(self.now, &mut effects);
        effects
    }

    fn open(&mut self, opening: &Opening) {
        self.now = opening.start;
        self.register_insurers(opening);
        for insurer in &opening.insurers {
            let Ok(number) = insurer.number.parse::<InsurerNumber>() else {
                continue;
            };
            if let Err(why) = self.insurers.connection(number) {
                let certificates = insurer.certificates.iter().map(|grant| grant.name.clone());
                self.pmh.turn_away(number, why, certificates);
                continue;
            }
            for environment in self.profile.environments() {
                let certificates = insurer
                    .certificates
                    .iter()
                    .filter(|grant| grant.environment == environment.id)
                    .map(|grant| grant.name.clone());
                self.pmh.open_account(
                    number,
                    &environment.id,
                    &insurer.name,
                    &insurer.first_password,
                    certificates,
                );
            }
        }
    }

    fn answer(&mut self, request: &LinkRequest, effects: &mut Vec<Dated>) {
        let struck = self.line.strike(&request.path);
        let profile = Arc::clone(&self.profile);
        let context = Context {
            profile: &profile,
            now: self.now,
        };
        let (reply, outgoing) =
            pmh::answer_request(&mut self.pmh, context, request, struck.as_ref());
        let is_line_broken = struck == Some(LinkAction::LineDown);
        if let Some(action) = struck {
            let id = request.id;
            self.emit(effects, Effect::Struck(Struck { id, action }));
        }
        if is_line_broken {
            self.emit(effects, Effect::Line(Line { is_up: false }));
        }
        if reply.travel == ReplyTravel::Held {
            self.held.insert(request.id);
        }
        self.emit(effects, Effect::Reply(reply));
        self.send_all(SystemId::Pmh, outgoing, effects);
    }

    fn operate(&mut self, operator: &OperatorInput, effects: &mut Vec<Dated>) {
        let profile = Arc::clone(&self.profile);
        let context = Context {
            profile: &profile,
            now: self.now,
        };
        let (answer, outgoing) = match operator.insurer.parse::<InsurerNumber>() {
            Ok(insurer) => {
                let desk = Desk {
                    context,
                    mask: &self.mask,
                    random: &mut self.random,
                };
                let account = (insurer, operator.environment.clone());
                pmh::act(&mut self.pmh, desk, &account, &operator.action)
            }
            Err(error) => {
                let reason = error.to_string();
                let answer = pmh::refuse_stranger(&mut self.pmh, context, operator, reason);
                (answer, Vec::new())
            }
        };
        self.emit(effects, Effect::OperatorAnswer(answer));
        self.send_all(SystemId::Pmh, outgoing, effects);
    }

    fn advance(&mut self, to: Moment, effects: &mut Vec<Dated>) {
        if to <= self.now {
            return;
        }
        self.deliver_due(to, effects);
        self.now = to;
    }

    fn calm_down(&mut self, effects: &mut Vec<Dated>) {
        self.mailbox.calm_down(self.now);
        self.line.clear();
        self.emit(effects, Effect::Line(Line { is_up: true }));
        for id in std::mem::take(&mut self.held) {
            self.emit(effects, Effect::Released(Released { id }));
        }
    }

    fn arrive(&mut self, arrival: &Arrival, effects: &mut Vec<Dated>) {
        let insurer = arrival.insurer.parse::<InsurerNumber>();
        let kind = self.profile.kind(&arrival.kind);
        if let (Ok(insurer), Some(kind)) = (insurer, kind) {
            let record = arrival.record.get().to_owned();
            let outgoing = platform::receive_arrival(insurer, kind, record);
            self.send_all(SystemId::Platform, vec![outgoing], effects);
        }
    }

    /// Delivers what is due up to a moment; each message takes effect at its own time.
    fn deliver_due(&mut self, until: Moment, effects: &mut Vec<Dated>) {
        while let Some((due, delivery)) = self.mailbox.next_due(until) {
            self.now = self.now.max(due);
            let Outgoing { to, message } = delivery.message;
            self.receive(to, message, effects);
        }
    }

    fn receive(&mut self, receiver: SystemId, message: Message, effects: &mut Vec<Dated>) {
        let profile = Arc::clone(&self.profile);
        let context = Context {
            profile: &profile,
            now: self.now,
        };
        let outgoing = match message {
            Message::ProcessTask { task } => pmh::process_task(&mut self.pmh, context, task),
            Message::IssueIdentifiers { task, people } => {
                let (outgoing, identified) =
                    intermediate::receive(&mut self.intermediate, &mut self.random, task, &people);
                self.emit(effects, Effect::Identified(identified));
                outgoing
            }
            Message::IdentifiersIssued { task, people } => {
                pmh::receive_identifiers(&mut self.pmh, context, task, &people)
            }
            Message::LearnIdentifiers { people } => {
                qualification::receive(&mut self.qualification, &people);
                Vec::new()
            }
            Message::Store { task, kind, items } => {
                let (answer, stored) =
                    platform::receive_records(&mut self.platform, &profile, task, kind, items);
                self.emit(effects, Effect::Stored(stored));
                vec![answer]
            }
            Message::StoreDone {
                task,
                changed,
                unchanged,
            } => pmh::finish_stored(&mut self.pmh, context, task, &changed, &unchanged),
            Message::SetupCompleted { insurer, on } => {
                platform::receive_completion(&mut self.platform, insurer, on)
            }
            Message::Inbound {
                insurer,
                kind,
                record,
            } => {
                let notices = pmh::reading_notices(&self.pmh, &profile, insurer, kind, &record);
                pmh::receive_inbound(&mut self.pmh, insurer, kind, record);
                notices
            }
            Message::Notify { to, subject, text } => {
                let plain = None;
                self.post(
                    Mail {
                        to,
                        subject,
                        text,
                        plain,
                    },
                    effects,
                )
            }
            Message::NotifySecretly {
                to,
                subject,
                text,
                plain,
            } => {
                let plain = Some(plain);
                self.post(
                    Mail {
                        to,
                        subject,
                        text,
                        plain,
                    },
                    effects,
                )
            }
            Message::ScheduleConfirmed {
                insurer,
                setup_date,
            } => {
                self.pmh.settle_schedule(insurer, setup_date);
                Vec::new()
            }
            Message::AwaitCompletion { insurer, start } => {
                platform::await_completion(&mut self.platform, insurer, start)
            }
            Message::CompletionReported { insurer, on } => {
                self.report_completion(insurer, on, effects);
                Vec::new()
            }
        };
        self.send_all(receiver, outgoing, effects);
    }

    fn post(&mut self, mail: Mail, effects: &mut Vec<Dated>) -> Vec<Outgoing> {
        let mail = mail::receive(&mut self.mail, mail);
        self.emit(effects, Effect::Mail(mail));
        Vec::new()
    }

    fn send_all(&mut self, from: SystemId, outgoing: Vec<Outgoing>, effects: &mut Vec<Dated>) {
        for message in outgoing {
            let (about, count) = message.message.about();
            let (from, to) = (from.name(), message.to.name());
            let route = Route {
                from: from.into(),
                to: to.into(),
            };
            let fate = self.mailbox.send(self.now, Delivery { route, message });
            let sent = MessageSent {
                from: from.into(),
                to: to.into(),
                about: about.into(),
                count,
                fate,
            };
            self.emit(effects, Effect::Message(sent));
        }
    }

    fn emit(&self, effects: &mut Vec<Dated>, effect: Effect) {
        effects.push(Dated {
            at: self.now,
            effect,
        });
    }
}

/// The reply among the effects of a request.
#[must_use]
pub fn reply_to(effects: &[Dated], id: u64) -> Option<&LinkReply> {
    effects.iter().find_map(|dated| {
        let Effect::Reply(reply) = &dated.effect else {
            return None;
        };
        (reply.id == id).then_some(reply)
    })
}
