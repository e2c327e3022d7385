//! Who is logged in, as far as an adapter has to know it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::frame::Notice;
use super::secret::{hexadecimal, random_bytes, random_text};

/// Sessions of one page-set. The cookie's value is the only key to one, and only its digest is
/// kept. `U` says whose session it is.
///
/// Before log-in a cookie's value opens nothing: it only ties the log-in form to the browser that
/// asked for it. Logging in and changing the password give a new value, so that one known
/// before (session fixation) is worth nothing after.
#[derive(Debug)]
pub struct Sessions<U> {
    secret: [u8; 32],
    idle: Duration,
    open: Mutex<BTreeMap<[u8; 32], Session<U>>>,
}

#[derive(Debug)]
struct Session<U> {
    user: U,
    last_seen: Instant,
    notice: Option<Notice>,
}

/// Sessions that are open at once; the one unused for longest makes room.
const SESSIONS_MAX: usize = 256;

impl<U: Clone + PartialEq> Sessions<U> {
    /// No session yet; one ends after `idle` without a request.
    pub fn new(idle: Duration) -> Self {
        Self {
            secret: random_bytes(),
            idle,
            open: Mutex::new(BTreeMap::new()),
        }
    }

    /// Opens a session; the cookie's value.
    pub fn open(&self, user: U, now: Instant) -> String {
        let mut open = self.lock();
        let value = random_text();
        if open.len() >= SESSIONS_MAX {
            let oldest = open.iter().min_by_key(|(_, session)| session.last_seen);
            if let Some(oldest) = oldest.map(|(id, _)| *id) {
                open.remove(&oldest);
            }
        }
        let session = Session {
            user,
            last_seen: now,
            notice: None,
        };
        open.insert(digest(&value), session);
        value
    }

    /// Whose session it is; using one keeps it open.
    pub fn find(&self, cookie: &str, now: Instant) -> Option<U> {
        let mut open = self.lock();
        let idle = self.idle;
        open.retain(|_, session| now.saturating_duration_since(session.last_seen) < idle);
        let session = open.get_mut(&digest(cookie))?;
        session.last_seen = now;
        Some(session.user.clone())
    }

    /// Ends a session.
    pub fn close(&self, cookie: &str) {
        self.lock().remove(&digest(cookie));
    }

    /// Ends every session of a user.
    pub fn close_all_of(&self, user: &U) {
        self.lock().retain(|_, session| session.user != *user);
    }

    /// Leaves a notice for the next page of a session.
    pub fn leave_notice(&self, cookie: &str, notice: Notice) {
        if let Some(session) = self.lock().get_mut(&digest(cookie)) {
            session.notice = Some(notice);
        }
    }

    /// Takes the notice that was left; it is shown once.
    pub fn take_notice(&self, cookie: &str) -> Option<Notice> {
        self.lock().get_mut(&digest(cookie))?.notice.take()
    }

    /// The token that a form sent under this cookie has to carry.
    pub fn form_token(&self, cookie: &str) -> String {
        hexadecimal(&self.keyed(cookie).finalize().into_bytes())
    }

    /// Whether a token is that of the cookie; takes the same time for every wrong one.
    pub fn is_form_token(&self, cookie: &str, token: &str) -> bool {
        let bytes: Option<Vec<u8>> = (token.len() == 64 && token.is_ascii())
            .then(|| {
                (0..token.len())
                    .step_by(2)
                    .map(|at| u8::from_str_radix(&token[at..at + 2], 16).ok())
                    .collect()
            })
            .flatten();
        bytes.is_some_and(|bytes| self.keyed(cookie).verify_slice(&bytes).is_ok())
    }

    fn keyed(&self, cookie: &str) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        mac.update(cookie.as_bytes());
        mac
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Session<U>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digest(cookie: &str) -> [u8; 32] {
    Sha256::digest(cookie.as_bytes()).into()
}

/// Whether a cookie's value can be one of ours.
pub(super) fn is_cookie_value(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The machine's time: how long a person has been away has nothing to do with the run's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "画面から離れていた時間は実時間で測る。世界の時刻にはかかわらず、記録にも残らない"
)]
pub(in crate::serve) fn real_now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_secs(1800);

    fn sessions() -> Sessions<&'static str> {
        Sessions::new(IDLE)
    }

    #[test]
    fn a_session_ends_when_nobody_uses_it_and_not_before() {
        let sessions = sessions();
        let start = real_now();
        let cookie = sessions.open("つきみ市", start);
        let almost = start + IDLE - Duration::from_secs(1);
        assert_eq!(sessions.find(&cookie, almost), Some("つきみ市"));
        let used_since = almost + IDLE - Duration::from_secs(1);
        assert_eq!(sessions.find(&cookie, used_since), Some("つきみ市"));
        assert_eq!(sessions.find(&cookie, used_since + IDLE), None);
        assert_eq!(sessions.find(&cookie, used_since), None, "it stays ended");
    }

    #[test]
    fn a_token_belongs_to_one_cookie() {
        let sessions = sessions();
        let now = real_now();
        let (mine, other) = (sessions.open("甲", now), sessions.open("乙", now));
        let token = sessions.form_token(&mine);
        assert!(sessions.is_form_token(&mine, &token));
        assert!(!sessions.is_form_token(&other, &token));
        for wrong in ["", "00", &token[2..], &"あ".repeat(64), &"zz".repeat(32)] {
            assert!(!sessions.is_form_token(&mine, wrong), "{wrong}");
        }
        assert_ne!(token, mine);
    }

    #[test]
    fn a_user_is_thrown_out_everywhere_and_nobody_else_is() {
        let sessions = sessions();
        let now = real_now();
        let mine = [sessions.open("甲", now), sessions.open("甲", now)];
        let other = sessions.open("乙", now);
        sessions.close_all_of(&"甲");
        assert!(
            mine.iter()
                .all(|cookie| sessions.find(cookie, now).is_none())
        );
        assert_eq!(sessions.find(&other, now), Some("乙"));
    }

    #[test]
    fn one_session_too_many_ends_the_one_unused_for_longest() {
        let sessions = sessions();
        let start = real_now();
        let cookies: Vec<String> = (0..=SESSIONS_MAX)
            .map(|at| sessions.open("甲", start + Duration::from_millis(at as u64)))
            .collect();
        let now = start + Duration::from_secs(1);
        assert_eq!(sessions.find(&cookies[0], now), None);
        assert!(sessions.find(&cookies[1], now).is_some());
        assert_eq!(sessions.lock().len(), SESSIONS_MAX);
    }

    #[test]
    fn a_notice_is_shown_once() {
        let sessions = sessions();
        let cookie = sessions.open("甲", real_now());
        sessions.leave_notice(&cookie, Notice::plain("登録しました"));
        assert_eq!(
            sessions.take_notice(&cookie),
            Some(Notice::plain("登録しました"))
        );
        assert_eq!(sessions.take_notice(&cookie), None);
    }
}
