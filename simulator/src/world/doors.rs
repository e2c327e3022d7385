//! The doors on the far side of the platform, and how an answer is put together there.

use std::sync::Arc;

use crate::effect::{Dated, Effect};
use crate::kernel::Moment;
use crate::profile::Profile;
use crate::systems::board::Board;
use crate::systems::care_software::CareSoftware;
use crate::systems::careweb::CareWeb;
use crate::systems::medical::Medical;
use crate::systems::mynaportal::MynaPortal;
use crate::systems::platform::Platform;
use crate::systems::pmh::Pmh;
use crate::systems::qualification::OnlineQualification;
use crate::systems::viewing::{Gates, Viewer};
use crate::systems::{Outgoing, SystemId};
use crate::viewer::{Denial, Made, Refused, Viewed, ViewerInput};

use super::World;

/// Everything that viewers come through.
#[derive(Debug, Clone, Default)]
pub struct Doors {
    pub(super) careweb: CareWeb,
    pub(super) software: CareSoftware,
    pub(super) portal: MynaPortal,
    pub(super) medical: Medical,
    pub(super) board: Board,
}

impl Doors {
    /// 介護WEBサービス.
    #[must_use]
    pub fn careweb(&self) -> &CareWeb {
        &self.careweb
    }

    /// The interface for care software.
    #[must_use]
    pub fn software(&self) -> &CareSoftware {
        &self.software
    }

    /// マイナポータル.
    #[must_use]
    pub fn portal(&self) -> &MynaPortal {
        &self.portal
    }

    /// The medical institutions.
    #[must_use]
    pub fn medical(&self) -> &Medical {
        &self.medical
    }

    /// The boards.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.board
    }
}

/// An answer in the making: what is shown, and what is sent on.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) viewed: Viewed,
    pub(super) detail: Vec<String>,
    pub(super) outgoing: Vec<Outgoing>,
}

impl Reply {
    pub(super) fn by(&mut self, viewer: &Viewer) {
        self.viewed.by = Some(viewer.to_string());
    }

    /// Something came of it that goes on to the municipality.
    pub(super) fn sent(&mut self, (made, outgoing): (Made, Outgoing)) {
        self.viewed.made.push(made);
        self.outgoing.push(outgoing);
    }
}

/// One request at a door: the world lends what the systems remember.
pub(super) struct Counter<'w> {
    pub(super) profile: &'w Profile,
    pub(super) now: Moment,
    pub(super) doors: &'w mut Doors,
    pub(super) platform: &'w mut Platform,
    pub(super) qualification: &'w mut OnlineQualification,
    pub(super) pmh: &'w Pmh,
}

impl<'w> Counter<'w> {
    /// The gates as they stand now.
    pub(super) fn gates(&self) -> Gates<'_, 'w> {
        Gates {
            profile: self.profile,
            now: self.now,
            platform: self.platform,
            careweb: &self.doors.careweb,
            qualification: self.qualification,
        }
    }

    fn answer(&mut self, input: &ViewerInput, reply: &mut Reply) -> Result<(), Denial> {
        match input {
            ViewerInput::Careweb(request) => self.careweb(request, reply),
            ViewerInput::CareSoftware(request) => self.care_software(request, reply),
            ViewerInput::Mynaportal(request) => self.mynaportal(request, reply),
            ViewerInput::Medical(request) => self.medical(request, reply),
            ViewerInput::Board(request) => self.board(request, reply),
            ViewerInput::Municipality(request) => self.municipality(request, reply),
        }
    }
}

impl World {
    /// Answers a viewer.
    pub(super) fn serve_viewer(&mut self, input: &ViewerInput, effects: &mut Vec<Dated>) {
        let profile = Arc::clone(&self.profile);
        let mut reply = Reply::default();
        let mut counter = Counter {
            profile: &profile,
            now: self.now,
            doors: &mut self.doors,
            platform: &mut self.platform,
            qualification: &mut self.qualification,
            pmh: &self.pmh,
        };
        let outcome = counter.answer(input, &mut reply);
        let Reply {
            mut viewed,
            detail,
            outgoing,
        } = reply;
        input.door().clone_into(&mut viewed.door);
        input.action().clone_into(&mut viewed.action);
        viewed.done = outcome.is_ok();
        viewed.refused = outcome.err().map(|reason| Refused {
            reason,
            detail,
            shown: reason.shown(),
            text: reason.shown().ja().to_owned(),
        });
        self.emit(effects, Effect::Viewed(Box::new(viewed)));
        self.send_all(SystemId::Platform, outgoing, effects);
    }
}
