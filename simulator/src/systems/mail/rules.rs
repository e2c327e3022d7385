use crate::effect::Mail;

use super::MailRoom;

/// Takes a notice over and tells what the journal is told.
pub fn receive(room: &mut MailRoom, mail: Mail) -> Mail {
    room.sent.push(mail.clone());
    mail
}
