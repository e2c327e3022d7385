use crate::effect::Mail;

/// Every notice sent, in order.
#[derive(Debug, Clone, Default)]
pub struct MailRoom {
    pub(super) sent: Vec<Mail>,
}

impl MailRoom {
    /// The notices sent so far.
    #[must_use]
    pub fn sent(&self) -> &[Mail] {
        &self.sent
    }
}
