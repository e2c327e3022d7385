//! What becomes of a schedule, told by a table of its own: it shares no rule with the portal.

use jiff::civil::{Date, date};

/// Municipalities and unions, by place: the group of those who set up together, and who of them has dates.
pub(super) struct Seat {
    pub(super) number: &'static str,
    /// Who is compared with whom.
    pub(super) group: &'static [usize],
    /// Whether it has dates of its own.
    pub(super) has_dates: bool,
    /// Whether it may answer the survey.
    pub(super) may_answer: bool,
}

const fn seat(number: &'static str, group: &'static [usize], has_dates: bool) -> Seat {
    Seat {
        number,
        group,
        has_dates,
        may_answer: true,
    }
}

pub(super) const SEATS: [Seat; 9] = [
    seat("139998", &[0], true),
    seat("139881", &[1, 2, 3], true),
    seat("139980", &[1, 2, 3], false),
    seat("139972", &[1, 2, 3], false),
    Seat {
        may_answer: false,
        ..seat("139873", &[], false)
    },
    seat("139964", &[5, 6], true),
    seat("139956", &[5, 6], true),
    seat("139949", &[7], true),
    seat("139931", &[8], true),
];

pub(super) const VENDORS: [&str; 2] = ["ひまわり情報", "さくら電算"];

/// An answer by what matters in it: the vendor, and the month as year and month. `None` is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) vendor: Option<usize>,
    pub(super) month: Option<(i16, i8)>,
    pub(super) is_complete: bool,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Answer(usize, Answer),
    Declare(usize, (i16, i8)),
    Notify(usize, Date, Option<Date>),
    Accept(usize),
    Ask(usize, Option<Date>, Option<Date>),
    Publish(usize),
    Wait(Date),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Silent,
    Fine,
    Doubtful,
    Proposed,
    Objected,
    Agreed,
    Public,
}

impl Standing {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Silent => "unanswered",
            Self::Fine => "answered",
            Self::Doubtful => "recheck",
            Self::Proposed => "notified",
            Self::Objected => "change_asked",
            Self::Agreed => "confirmed",
            Self::Public => "published",
        }
    }
}

/// Set-up, completion, service start.
pub(super) type Dates = (Date, Date, Date);

/// One seat's book.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub(super) standing: Standing,
    pub(super) answers: Vec<Answer>,
    pub(super) proposals: Vec<Dates>,
    pub(super) accepted: Vec<usize>,
    pub(super) replies: usize,
    wished_start: Option<Date>,
}

/// All books.
#[derive(Debug, Clone)]
pub(super) struct Oracle {
    pub(super) today: Date,
    pub(super) books: Vec<Book>,
    ready: [Option<(i16, i8)>; 2],
}

const LAW: Date = date(2026, 4, 1);

impl Oracle {
    pub(super) fn new(today: Date) -> Self {
        let book = Book {
            standing: Standing::Silent,
            answers: Vec::new(),
            proposals: Vec::new(),
            accepted: Vec::new(),
            replies: 0,
            wished_start: None,
        };
        Self {
            today,
            books: vec![book; SEATS.len()],
            ready: [None; 2],
        }
    }

    /// Whether it is taken; the books follow.
    pub(super) fn take(&mut self, act: Act) -> bool {
        match act {
            Act::Answer(seat, answer) => self.answer(seat, answer),
            Act::Declare(vendor, month) => {
                self.ready[vendor] = Some(month);
                self.doubt();
                true
            }
            Act::Notify(seat, setup, completion) => {
                self.notify(seat, setup, completion.unwrap_or(setup))
            }
            Act::Accept(seat) => self.accept(seat),
            Act::Ask(seat, setup, start) => self.ask(seat, setup, start),
            Act::Publish(seat) => self.publish(seat),
            Act::Wait(day) => {
                self.today = self.today.max(day);
                true
            }
        }
    }

    fn answer(&mut self, seat: usize, answer: Answer) -> bool {
        use Standing::{Doubtful, Fine, Silent};
        let is_early = matches!(self.books[seat].standing, Silent | Fine | Doubtful);
        if !SEATS[seat].may_answer || !is_early {
            return false;
        }
        self.books[seat].answers.push(answer);
        self.books[seat].standing = Fine;
        self.doubt();
        true
    }

    /// Everybody whose dates are not on the table yet is fine or doubtful, by what is known now.
    fn doubt(&mut self) {
        for seat in 0..SEATS.len() {
            let standing = self.books[seat].standing;
            if matches!(standing, Standing::Fine | Standing::Doubtful) {
                let is_fine = self.is_fine(seat);
                self.books[seat].standing = if is_fine {
                    Standing::Fine
                } else {
                    Standing::Doubtful
                };
            }
        }
    }

    fn is_fine(&self, seat: usize) -> bool {
        let Some(answer) = self.books[seat].answers.last() else {
            return true;
        };
        let (Some(vendor), Some(month)) = (answer.vendor, answer.month) else {
            return false;
        };
        let is_ready = self.ready[vendor].is_none_or(|ready| month >= ready);
        let agree = SEATS[seat].group.iter().all(|mate| {
            let theirs = self.books[*mate].answers.last().and_then(|it| it.month);
            theirs.is_none_or(|theirs| theirs == month)
        });
        answer.is_complete && month >= (2026, 4) && is_ready && agree
    }

    /// Who gets the same dates: the group, without those that have none of their own.
    fn mates(seat: usize) -> Vec<usize> {
        let group = SEATS[seat].group.iter().copied();
        group.filter(|mate| SEATS[*mate].has_dates).collect()
    }

    fn notify(&mut self, seat: usize, setup: Date, completion: Date) -> bool {
        use Standing::{Agreed, Fine, Objected, Proposed};
        if !SEATS[seat].has_dates {
            return false;
        }
        let mates = Self::mates(seat);
        let standing = |mate: &usize| self.books[*mate].standing;
        let is_ripe = mates
            .iter()
            .all(|mate| matches!(standing(mate), Fine | Proposed | Objected | Agreed))
            && mates
                .iter()
                .any(|mate| matches!(standing(mate), Fine | Objected));
        let vendors_can = mates.iter().all(|mate| {
            let vendor = self.books[*mate].answers.last().and_then(|it| it.vendor);
            let ready = vendor.and_then(|vendor| self.ready[vendor]);
            ready.is_some_and(|ready| (setup.year(), setup.month()) >= ready)
        });
        if !is_ripe || !vendors_can || setup < LAW || setup < self.today || completion < setup {
            return false;
        }
        for mate in mates {
            let book = &mut self.books[mate];
            if book.wished_start.is_some_and(|start| start < completion) {
                book.wished_start = None;
            }
            let start = book
                .wished_start
                .unwrap_or_else(|| a_week_after(completion));
            book.proposals.push((setup, completion, start));
            book.standing = Proposed;
        }
        true
    }

    fn accept(&mut self, seat: usize) -> bool {
        let book = &mut self.books[seat];
        if book.standing != Standing::Proposed {
            return false;
        }
        book.replies += 1;
        book.accepted.push(book.proposals.len());
        book.standing = Standing::Agreed;
        true
    }

    fn ask(&mut self, seat: usize, setup: Option<Date>, start: Option<Date>) -> bool {
        let today = self.today;
        let book = &mut self.books[seat];
        let Some((_, completion, _)) = book.proposals.last().copied() else {
            return false;
        };
        let is_sound = setup.or(start).is_some()
            && setup.is_none_or(|setup| setup >= LAW && setup >= today)
            && start.is_none_or(|start| start >= setup.unwrap_or(completion));
        if book.standing != Standing::Proposed || !is_sound {
            return false;
        }
        book.replies += 1;
        book.wished_start = start.or(book.wished_start);
        book.standing = Standing::Objected;
        true
    }

    fn publish(&mut self, seat: usize) -> bool {
        let is_agreed = |mate: usize| {
            matches!(
                self.books[mate].standing,
                Standing::Agreed | Standing::Public
            )
        };
        let all = Self::mates(seat).into_iter().all(is_agreed);
        if self.books[seat].standing != Standing::Agreed || !all {
            return false;
        }
        self.books[seat].standing = Standing::Public;
        true
    }

    /// The day PMH must know for a seat: that of the accepted dates, once everybody who sets up with it agrees.
    pub(super) fn fixed(&self, seat: usize) -> Option<Date> {
        let mates = Self::mates(seat);
        let agreed = mates.iter().all(|mate| {
            matches!(
                self.books[*mate].standing,
                Standing::Agreed | Standing::Public
            )
        });
        let (setup, ..) = *self.books[seat].proposals.last()?;
        (SEATS[seat].has_dates && agreed).then_some(setup)
    }

    /// The dates that everybody must see.
    pub(super) fn public(&self, seat: usize) -> Option<Dates> {
        let book = &self.books[seat];
        (book.standing == Standing::Public)
            .then(|| book.proposals.last().copied())
            .flatten()
    }
}

/// Seven days later, by counting days of months.
pub(super) fn a_week_after(day: Date) -> Date {
    let (mut year, mut month, mut of_month) = (day.year(), day.month(), day.day() + 7);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if of_month > length {
        of_month -= length;
        month += 1;
    }
    if month > 12 {
        month = 1;
        year += 1;
    }
    date(year, month, of_month)
}
