//! A world with insurers of every shape, and what they do at the portal.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use tekigo_simulator::domain::InsurerNumber;
use tekigo_simulator::kernel::{Mask, MaskSettings, Moment};
use tekigo_simulator::profile::Profile;
use tekigo_simulator::{
    CertificateGrant, ClockMove, Dated, Effect, Input, InsurerOpening, InsurerShape, Opening,
    PortalAnswer, PortalInput, PublicStatus, Refusal, Reply, ScheduleReply, SurveyAnswer, World,
};

use super::link::{ENVIRONMENT, certificate};

/// A city on its own.
pub(crate) const CITY: &str = "139998";
/// A union that is an insurer, and its members.
pub(crate) const INSURER_UNION: &str = "139881";
pub(crate) const ITS_MEMBERS: [&str; 2] = ["139980", "139972"];
/// A union that only certifies, whose members must set up together.
pub(crate) const CERTIFICATION_UNION: &str = "139873";
pub(crate) const TOGETHER: [&str; 2] = ["139964", "139956"];
/// The same with members that may set up each when they like.
pub(crate) const LOOSE_UNION: &str = "139865";
pub(crate) const EACH: [&str; 2] = ["139949", "139931"];

pub(crate) const VENDOR: &str = "ひまわり情報";
pub(crate) const SEED: u64 = 7;

/// A world and everything that has been said at its portal.
pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) inputs: Vec<Input>,
    pub(crate) effects: Vec<Dated>,
    pub(super) keys: BTreeMap<String, String>,
    pub(super) requests: u64,
}

fn member(union: &str) -> InsurerShape {
    InsurerShape::Member {
        union: union.to_owned(),
    }
}

fn certification(sets_up_together: bool) -> InsurerShape {
    InsurerShape::CertificationUnion {
        sets_up_together,
        runs_support_project: false,
    }
}

/// Everybody of the register.
pub(crate) fn everybody() -> Vec<(&'static str, &'static str, InsurerShape)> {
    vec![
        (CITY, "つきみ市", InsurerShape::default()),
        (
            INSURER_UNION,
            "あさぎり広域連合",
            InsurerShape::InsurerUnion,
        ),
        (ITS_MEMBERS[0], "ほしあい市", member(INSURER_UNION)),
        (ITS_MEMBERS[1], "こもれび町", member(INSURER_UNION)),
        (CERTIFICATION_UNION, "うしお認定組合", certification(true)),
        (TOGETHER[0], "しおさい市", member(CERTIFICATION_UNION)),
        (TOGETHER[1], "かざぐるま市", member(CERTIFICATION_UNION)),
        (LOOSE_UNION, "みなも認定組合", certification(false)),
        (EACH[0], "ひなた町", member(LOOSE_UNION)),
        (EACH[1], "こだま村", member(LOOSE_UNION)),
    ]
}

pub(crate) fn mask() -> Mask {
    Mask::new(MaskSettings {
        key: [7; 32],
        key_prefix: "pmhk_".to_owned(),
        key_characters: 40,
        registered: Vec::new(),
    })
}

pub(crate) fn number(text: &str) -> InsurerNumber {
    text.parse().expect("an insurer number")
}

pub(crate) fn fresh(profile: &Arc<Profile>) -> World {
    World::new(Arc::clone(profile), mask(), SEED)
}

impl Desk {
    /// The portal on a day, with nothing said yet.
    pub(crate) fn on(day: Date) -> Self {
        let profile = Profile::bundled();
        let mut desk = Self {
            world: fresh(&profile),
            inputs: Vec::new(),
            effects: Vec::new(),
            keys: BTreeMap::new(),
            requests: 0,
        };
        let insurers = everybody()
            .into_iter()
            .map(|(number, name, shape)| InsurerOpening {
                number: number.to_owned(),
                name: name.to_owned(),
                first_password: mask().password_token("first"),
                certificates: vec![CertificateGrant {
                    name: certificate(number),
                    environment: ENVIRONMENT.to_owned(),
                }],
                shape,
            });
        desk.take(Input::Opening(Opening {
            format: 1,
            version: "0".to_owned(),
            seed: SEED,
            profile: profile.head().id.clone(),
            profile_digest: profile.digest().to_owned(),
            start: Moment::at(day, 9, 0),
            insurers: insurers.collect(),
        }));
        desk
    }

    /// Gives the world an input and remembers both sides.
    pub(crate) fn take(&mut self, input: Input) -> Vec<Dated> {
        let effects = self.world.apply(&input);
        self.inputs.push(input);
        self.effects.extend(effects.iter().cloned());
        effects
    }

    /// Does something at the portal.
    pub(crate) fn visit(&mut self, input: PortalInput) -> PortalAnswer {
        let effects = self.take(Input::Portal(input));
        let answer = effects.into_iter().find_map(|dated| {
            let Effect::PortalAnswer(answer) = dated.effect else {
                return None;
            };
            Some(answer)
        });
        answer.expect("the portal answers")
    }

    /// Does something that must take place.
    #[track_caller]
    pub(crate) fn done(&mut self, input: PortalInput) -> PortalAnswer {
        let answer = self.visit(input);
        assert!(answer.done, "{:?}", answer.refusal);
        answer
    }

    /// Does something that must be refused, and changes nothing.
    #[track_caller]
    pub(crate) fn refused(&mut self, input: PortalInput) -> Refusal {
        let before = format!("{:?}", self.world);
        let effects = self.effects.len();
        let answer = self.visit(input);
        assert!(!answer.done, "{answer:?}");
        assert_eq!(
            before,
            format!("{:?}", self.world),
            "a refusal changes nothing"
        );
        assert_eq!(self.effects.len(), effects + 1, "only the answer");
        answer.refusal.expect("a reason")
    }

    pub(crate) fn wait_until(&mut self, day: Date) {
        let to = Moment::at(day, 9, 0);
        self.take(Input::Clock(ClockMove { to }));
    }

    /// The same desk once more, to try something beside.
    pub(crate) fn clone_world(&self) -> Self {
        Self {
            world: self.world.clone(),
            inputs: self.inputs.clone(),
            effects: self.effects.clone(),
            keys: self.keys.clone(),
            requests: self.requests,
        }
    }

    /// The vendor of an insurer reports that initial set-up is complete.
    pub(crate) fn complete(&mut self, insurer: &str, on: Date) {
        self.prepare(insurer);
        self.wait_until(on.max(self.world.now().date()));
        self.set_up(insurer, on);
    }

    /// The stage of an insurer's schedule, by its name in the journal.
    pub(crate) fn stage(&self, insurer: &str) -> &'static str {
        self.world.portal().stage(number(insurer)).name()
    }

    /// The confirmed day that PMH has heard of.
    pub(crate) fn known_to_pmh(&self, insurer: &str, environment: &str) -> Option<Date> {
        let account = (number(insurer), environment.to_owned());
        self.world.pmh().account(&account)?.setup_date()
    }

    /// The row of the public list.
    pub(crate) fn status(&self, insurer: &str) -> Option<PublicStatus> {
        let all = self.world.public_status();
        all.into_iter().find(|row| row.insurer == insurer)
    }

    /// Brings an insurer and those who set up together with it to accepted dates.
    pub(crate) fn accepted(&mut self, insurer: &str, month: &str, setup: Date) {
        let together = self.world.insurers().set_up_together(number(insurer));
        let names: Vec<String> = together.iter().map(ToString::to_string).collect();
        self.done(declaration("2026-09"));
        for name in &names {
            self.done(answer(name, month));
        }
        self.done(notice(insurer, setup));
        for name in &names {
            if self.stage(name) == "notified" {
                self.done(acceptance(name));
            }
        }
    }
}

/// A whole answer to the survey.
pub(crate) fn survey(insurer: &str, month: &str) -> SurveyAnswer {
    let all = everybody().into_iter();
    let union = all
        .filter(|(number, ..)| *number == insurer)
        .find_map(|(.., shape)| {
            let InsurerShape::Member { union } = shape else {
                return None;
            };
            Some(union)
        });
    SurveyAnswer {
        insurer: insurer.to_owned(),
        contact_address: format!("kaigo@{insurer}.example"),
        vendor: VENDOR.to_owned(),
        mode: "api".to_owned(),
        wished_month: month.to_owned(),
        union,
    }
}

pub(crate) fn answer(insurer: &str, month: &str) -> PortalInput {
    PortalInput::AnswerSurvey(survey(insurer, month))
}

pub(crate) fn declaration(ready_from: &str) -> PortalInput {
    PortalInput::DeclareReadiness {
        vendor: VENDOR.to_owned(),
        ready_from: ready_from.to_owned(),
    }
}

pub(crate) fn notice(insurer: &str, setup_date: Date) -> PortalInput {
    PortalInput::Notify {
        insurer: insurer.to_owned(),
        setup_date,
        completion_date: None,
    }
}

fn reply(insurer: &str, reply: Reply) -> PortalInput {
    PortalInput::Reply(ScheduleReply {
        insurer: insurer.to_owned(),
        reply,
    })
}

pub(crate) fn acceptance(insurer: &str) -> PortalInput {
    reply(insurer, Reply::Accept)
}

pub(crate) fn wish(insurer: &str, setup: Option<Date>, start: Option<Date>) -> PortalInput {
    wish_because(insurer, setup, start, "庁内の行事と重なるため")
}

pub(crate) fn wish_because(
    insurer: &str,
    setup: Option<Date>,
    start: Option<Date>,
    reason: &str,
) -> PortalInput {
    let wish = Reply::AskForChange {
        setup_date: setup,
        start_date: start,
        reason: reason.to_owned(),
    };
    reply(insurer, wish)
}

pub(crate) fn publication(insurer: &str) -> PortalInput {
    PortalInput::Publish {
        insurer: insurer.to_owned(),
    }
}
