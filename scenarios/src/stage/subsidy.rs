//! 助成金とお問い合わせ: what offices, institutions and insurers ask of the portal besides the schedule.

use tekigo_simulator::{
    InquiryForm, InstitutionApplication, OfficeApplication, PortalAnswer, PortalInput,
};

use super::failure::{Performed, StepFailure};
use super::live::Live;
use super::register;
use crate::cast::Applicant;

/// 事業所番号 of every office that applies, and 医療機関コード of every institution.
const OFFICE: &str = "1379900069";
const FACILITY: &str = "1359900030";
const INSTITUTION: &str = "1319900070";
const PASSWORD: &str = "Joseikin-no-shinsei-2025";
const DOCUMENT: &str = "領収書.pdf";
/// What subjects are made of: one character, two words of UTF-16.
const CHARACTER: &str = "𠮷";

impl Live {
    /// ポータルが「…」にアカウントを発行する.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn issue_account(&mut self, insurer: &str) -> Performed {
        let insurer = register::party(insurer)?.number;
        self.at_portal(PortalInput::IssueAccount { insurer })
    }

    /// 「…」が件名…文字の問い合わせを送る.
    ///
    /// # Errors
    /// The word is unknown.
    pub fn inquire(&mut self, insurer: &str, characters: usize) -> Performed {
        let address = register::party(insurer)?.address();
        self.at_portal(PortalInput::Inquire(InquiryForm {
            name: format!("{insurer}の担当者"),
            address,
            subject: CHARACTER.repeat(characters),
            text: "日程について教えてください。".to_owned(),
        }))
    }

    /// 「…」がカードリーダー…台と費用…円の助成金を申請する.
    ///
    /// # Errors
    /// The word is unknown, or is that of a medical institution.
    pub fn apply_as_office(&mut self, who: &str, readers: u32, yen: u64) -> Performed {
        let applicant: Applicant = who.parse().map_err(StepFailure::harness)?;
        let Some(services) = applicant.services() else {
            let text = format!("「{who}」は介護事業所ではありません");
            return Err(StepFailure::harness(text));
        };
        let number = if applicant == Applicant::Facility {
            FACILITY
        } else {
            OFFICE
        };
        self.register_user(number, who)?;
        let support_yen = yen / 2;
        self.at_portal(PortalInput::ApplyAsOffice(OfficeApplication {
            number: number.to_owned(),
            services: services.iter().map(ToString::to_string).collect(),
            readers,
            readers_yen: yen - support_yen,
            support_yen,
            documents: vec![DOCUMENT.to_owned()],
            insurer: Some(register::party("つきみ市")?.number),
        }))
    }

    /// 「…」が費用…円の助成金を申請する.
    ///
    /// # Errors
    /// The word is unknown, or is that of an office.
    pub fn apply_as_institution(&mut self, who: &str, cost_yen: u64) -> Performed {
        let applicant: Applicant = who.parse().map_err(StepFailure::harness)?;
        if applicant.services().is_some() {
            let text = format!("「{who}」は医療機関ではありません");
            return Err(StepFailure::harness(text));
        }
        self.register_user(INSTITUTION, who)?;
        self.at_portal(PortalInput::ApplyAsInstitution(InstitutionApplication {
            number: INSTITUTION.to_owned(),
            beds: applicant.beds(),
            cost_yen,
            documents: vec![DOCUMENT.to_owned()],
        }))
    }

    fn register_user(&mut self, number: &str, name: &str) -> Performed {
        if !self.counter.users.insert(number.to_owned()) {
            return Ok(());
        }
        let mask = self.simulator()?.shell().mask();
        self.at_portal(PortalInput::RegisterUser {
            number: number.to_owned(),
            name: name.to_owned(),
            address: format!("jimu-{number}@jigyosho.example"),
            password: mask.password_token(PASSWORD),
            length: PASSWORD.len(),
        })?;
        self.must_be_taken()
    }

    /// 助成限度額は…円、助成額は…円である.
    ///
    /// # Errors
    /// The application was refused, or comes to something else.
    pub fn subsidy_is(&mut self, yen_max: u64, yen: u64) -> Performed {
        let answer = self.last_portal_answer()?;
        let expected = format!("助成限度額 {yen_max}円、助成額 {yen}円");
        let holds = answer
            .subsidy
            .as_ref()
            .is_some_and(|found| (found.yen_max, found.yen) == (yen_max, yen));
        self.claim(holds, expected, subsidy_in_words(&answer))
    }
}

fn subsidy_in_words(answer: &PortalAnswer) -> String {
    match (&answer.subsidy, &answer.refusal) {
        (Some(found), _) => format!("助成限度額 {}円、助成額 {}円", found.yen_max, found.yen),
        (None, Some(refusal)) => format!("断られました（{refusal}）"),
        (None, None) => "助成金の答えではありません".to_owned(),
    }
}
