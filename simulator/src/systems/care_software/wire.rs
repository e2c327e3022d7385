//! How an answer looks to care software: what is wrong with the call by HTTP status, what is
//! wrong with the business in an answer of HTTP 200 [domain 1.6, analog].

use serde_json::{Value, json};

use crate::viewer::{Denial, Viewed};

/// An answer as it goes out.
#[derive(Debug, Clone, PartialEq)]
pub struct WireAnswer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

/// Puts an answer on the wire. A session's number stays here: the adapter hands out a token for it.
#[must_use]
pub fn answer_of(viewed: &Viewed) -> WireAnswer {
    let Some(refused) = &viewed.refused else {
        return WireAnswer {
            status: 200,
            body: json!({
                "people": viewed.people,
                "data": viewed.disclosure,
                "made": viewed.made,
            }),
        };
    };
    WireAnswer {
        status: status_of(refused.reason),
        body: json!({ "errors": [{ "code": refused.shown, "message": refused.text }] }),
    }
}

fn status_of(reason: Denial) -> u16 {
    match reason {
        Denial::CertificateWrong => 403,
        Denial::LogInFailed
        | Denial::LogInLocked
        | Denial::NotLoggedIn
        | Denial::TokenExpired
        | Denial::SessionEnded
        | Denial::AccountNotReady => 401,
        Denial::BrowserOnly => 404,
        Denial::FaceNotCompared
        | Denial::NoCard
        | Denial::CardLost
        | Denial::CardExpired
        | Denial::CardNotInsurance
        | Denial::SmartphoneNotYet
        | Denial::CardUnknown
        | Denial::NotEntitled
        | Denial::MunicipalityNotOpen
        | Denial::PersonUnknown
        | Denial::PersonDeleted
        | Denial::PersonHidden
        | Denial::FourItemsDiffer
        | Denial::IdentityNotChecked
        | Denial::IdentityTooOld
        | Denial::NotSelf
        | Denial::NotOwnInsured
        | Denial::NotResponsible
        | Denial::AlreadyResponsible
        | Denial::NotOfMeeting
        | Denial::NotAsked
        | Denial::NotForViewer
        | Denial::ConsentMissing
        | Denial::ConsentRefused
        | Denial::ConsentWithdrawn
        | Denial::ConsentBeforeLaw
        | Denial::ConsentNotYet
        | Denial::NotCertified
        | Denial::AppliedSince
        | Denial::ConsentGiven
        | Denial::NotAssented
        | Denial::AlreadySent
        | Denial::Content => 200,
    }
}
