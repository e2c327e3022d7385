//! 認定審査会: materials go to the members of a meeting, and that they were read comes back.

use serde_json::{Value, json};
use tekigo_simulator::Mail;
use tekigo_simulator::viewer::{
    BoardAction, BoardRequest, Denial, Directory, MemberFact, Subject, Viewed, ViewerInput,
};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::people_claims::text;
use super::preparation::BOARD_READING;
use super::wording::listed;
use crate::auditor::BoardMaterial;
use crate::control::Operation;

/// The stage at which a case has a meeting.
const SCHEDULED: &str = "審査会の日程";
const MATERIAL: &str = "boardMaterial";
const PASSWORD: &str = "Shinsakai-2026";

/// 語: 委員, each with the number that the materials use.
const MEMBERS: [(&str, &str); 2] = [("委員の月岡", "M01"), ("委員の星川", "M02")];

/// What has been sent to the board and read there.
#[derive(Debug, Default)]
pub(super) struct BoardRoom {
    /// The materials sent, by person: meeting, member, what they say.
    sent: std::collections::BTreeMap<String, (String, &'static str, String)>,
    /// Who read last, and what was answered.
    last: Option<(&'static str, Viewed)>,
}

fn member_of_word(word: &str) -> Performed<(&'static str, &'static str)> {
    let found = MEMBERS.into_iter().find(|(name, _)| *name == word);
    found.ok_or_else(|| StepFailure::harness(format!("委員「{word}」はいません")))
}

impl Live {
    /// 職員が「…」の審査会資料を「…」に電送する.
    ///
    /// # Errors
    /// The words are unknown, or the vendor does not carry an operation out.
    pub async fn send_material(&mut self, who: &str, member: &str) -> Performed {
        let (_, member) = member_of_word(member)?;
        self.advance_case(who, SCHEDULED).await?;
        let application = self.application_of(who)?;
        let number = self.number_of(who)?;
        let person = self.auditor()?.person(&number);
        let meeting_date = person
            .and_then(|person| person.applications.last()?.board_date)
            .ok_or_else(|| StepFailure::harness("審査会の日がありません"))?;
        let meeting = format!("G{}{member}", meeting_date.strftime("%Y%m%d"));
        let material = format!("一次判定の資料（{meeting}）");
        let input = json!({
            "application_number": application,
            "meeting_number": meeting,
            "meeting_date": meeting_date,
            "member_numbers": [member],
            "material": material,
        });
        self.ask_done(Operation::SendBoardMaterial, input).await?;
        let handed = BoardMaterial {
            meeting_number: meeting.clone(),
            meeting_date,
            member_numbers: vec![member.to_owned()],
            contents: material.clone(),
        };
        self.auditor
            .as_mut()
            .ok_or_else(|| StepFailure::harness("台帳がまだ読み込まれていません"))?
            .note_material(&application, handed)
            .map_err(StepFailure::harness)?;
        self.board_room
            .sent
            .insert(who.to_owned(), (meeting, member, material));
        Ok(())
    }

    /// 「…」が「…」の審査会資料を読む.
    ///
    /// # Errors
    /// The words are unknown.
    pub fn member_reads(&mut self, member: &str, who: &str) -> Performed {
        let (name, member) = member_of_word(member)?;
        let insurer = self.ledger.insurer.number.clone();
        let password = self.simulator()?.shell().mask().password_token(PASSWORD);
        self.note_fact(Directory::Member(MemberFact {
            insurer: insurer.clone(),
            number: member.to_owned(),
            password: password.clone(),
        }))?;
        let ask = |session, action| ViewerInput::Board(BoardRequest { session, action });
        let log_in = BoardAction::LogIn {
            insurer: insurer.clone(),
            member: member.to_owned(),
            password,
        };
        let logged_in = self.ask_at_door(ask(None, log_in))?;
        let view = BoardAction::View {
            subject: Subject {
                insurer,
                insured: self.number_of(who)?,
            },
            data: MATERIAL.to_owned(),
        };
        let viewed = self.ask_at_door(ask(logged_in.session, view))?;
        self.board_room.last = Some((name, viewed));
        Ok(())
    }

    /// 「…」に「…」の審査会資料が示される.
    ///
    /// # Errors
    /// It is not, or another one.
    pub fn member_sees(&mut self, member: &str, who: &str) -> Performed {
        let (name, _) = member_of_word(member)?;
        let (meeting, _, material) = self.material_of(who)?;
        let viewed = self.last_reading(name)?;
        let rows = viewed
            .disclosure
            .as_ref()
            .map(|disclosure| disclosure.rows.clone())
            .unwrap_or_default();
        let shown = rows.iter().filter(|row| {
            text(row, "meetingNumber") == meeting && text(row, "material") == material
        });
        let holds = shown.count() == 1 && rows.len() == 1;
        let actual = viewed.refused.as_ref().map_or_else(
            || format!("資料{}件が示されました", rows.len()),
            |refused| format!("「{}」と断られました", refused.text),
        );
        self.claim(
            holds,
            format!("「{member}」に「{who}」の審査会資料が、電送したとおりに示される"),
            actual,
        )
    }

    /// 「…」は自分の審査会でない「…」の資料を読めない.
    ///
    /// # Errors
    /// The material was shown, or refused for another reason.
    pub fn member_is_refused(&mut self, member: &str, who: &str) -> Performed {
        let (name, _) = member_of_word(member)?;
        self.material_of(who)?;
        let viewed = self.last_reading(name)?;
        let refused = viewed.refused.as_ref();
        let holds = refused.is_some_and(|refused| refused.reason == Denial::NotOfMeeting)
            && viewed.disclosure.is_none();
        let actual = refused.map_or_else(
            || "資料が示されました".to_owned(),
            |refused| format!("「{}」と断られました", refused.text),
        );
        self.claim(
            holds,
            format!("「{member}」は、自分の審査会でない「{who}」の資料を読めない"),
            actual,
        )
    }

    /// 職員に「…」の「審査会資料の参照状況」が示される.
    ///
    /// # Errors
    /// It is not, or not once.
    pub(super) async fn staff_see_the_reading(&mut self, who: &str) -> Performed {
        let (meeting, member, _) = self.material_of(who)?;
        let number = self.number_of(who)?;
        let today = self.today().to_string();
        let answer = self.ask_done(Operation::ViewInbound, json!({})).await?;
        let records = answer.data().get("records").and_then(Value::as_array);
        let of_kind: Vec<&Value> = records
            .into_iter()
            .flatten()
            .filter(|entry| text(entry, "kind") == "boardReadingStatus")
            .filter_map(|entry| entry.get("record"))
            .collect();
        let is_it = |record: &&&Value| {
            text(record, "insuredNumber") == number
                && text(record, "meetingNumber") == meeting
                && text(record, "memberNumber") == member
                && text(record, "readDate") == today
        };
        let shown = of_kind.iter().filter(is_it).count();
        let actual = format!(
            "受信した情報の一覧に、これは{shown}件、参照状況は{}件",
            of_kind.len()
        );
        self.claim(
            shown == 1 && of_kind.len() == 1,
            format!("「{who}」の資料を委員が読んだことが1件だけ届く"),
            actual,
        )
    }

    /// 審査会資料参照状況の通知先にメールが届く.
    ///
    /// # Errors
    /// None came since the last もし, more than one, or one that names somebody.
    pub fn mail_of_reading_arrives(&mut self) -> Performed {
        let events = self.events_since_mark()?;
        let mails: Vec<Mail> = events
            .iter()
            .filter(|event| event.kind == "mail")
            .filter_map(|event| serde_json::from_str(event.body.get()).ok())
            .collect();
        let to_board: Vec<&Mail> = mails
            .iter()
            .filter(|mail| mail.to == BOARD_READING)
            .collect();
        let numbers: Vec<String> = self
            .board_room
            .sent
            .keys()
            .filter_map(|who| self.number_of(who).ok())
            .collect();
        let names_nobody = to_board.iter().all(|mail| {
            let has = |number: &String| mail.text.contains(number) || mail.subject.contains(number);
            !numbers.iter().any(has)
        });
        let actual = format!(
            "{}通届きました（{}）",
            to_board.len(),
            listed(to_board.iter().map(|mail| &mail.subject))
        );
        self.claim(
            to_board.len() == 1 && names_nobody,
            format!("参照状況の通知先（{BOARD_READING}）に、だれの資料かを書かないメールが1通届く"),
            actual,
        )
    }

    fn material_of(&self, who: &str) -> Performed<(String, &'static str, String)> {
        let sent = self.board_room.sent.get(who).cloned();
        sent.ok_or_else(|| {
            StepFailure::harness(format!("「{who}」の審査会資料はまだ電送されていません"))
        })
    }

    fn last_reading(&self, name: &str) -> Performed<Viewed> {
        let last = self.board_room.last.as_ref();
        let read = last.filter(|(reader, _)| *reader == name);
        read.map(|(_, viewed)| viewed.clone()).ok_or_else(|| {
            StepFailure::harness(format!("「{name}」が最後に読んだ人ではありません"))
        })
    }
}
