//! What a refused asker is told: reasons that must look alike from outside are one word here.

/// The word for a true reason.
pub(super) fn told(reason: &str) -> &'static str {
    match reason {
        "certificate_wrong" => "certificate",
        "log_in_failed" => "log_in",
        "log_in_locked" => "log_in_locked",
        "not_logged_in" | "token_expired" | "session_ended" => "session",
        "account_not_ready" => "account",
        "browser_only" => "browser_only",
        "face_not_compared" => "face",
        "no_card" | "card_lost" | "card_expired" | "card_not_insurance" => "card",
        "smartphone_not_yet" => "smartphone",
        "not_entitled" => "entitlement",
        "municipality_not_open" => "municipality",
        "identity_too_old" => "identity",
        "not_responsible" => "responsibility",
        "already_responsible" | "consent_given" | "already_sent" => "already_done",
        "not_for_viewer" => "not_for_you",
        "consent_missing" | "consent_refused" | "consent_withdrawn" | "consent_before_law"
        | "consent_not_yet" => "consent",
        "not_certified" | "applied_since" => "consent_by_municipality",
        "not_assented" => "assent",
        "content" => "content",
        // Nobody may find out from outside who there is.
        _ => "not_found",
    }
}
