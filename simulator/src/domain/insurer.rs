//! Insurers and unions: who is an insurer (保険者), and who connects to PMH.

use std::collections::BTreeMap;

use super::InsurerNumber;

/// A municipality or union as the register of a run has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insurer {
    /// 保険者番号; a union that is no insurer is known by its number all the same.
    pub number: InsurerNumber,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: InsurerKind,
}

/// What a municipality or union is [briefing: 保険者機能を有している／いない広域連合・一部事務組合の場合,
/// published].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsurerKind {
    /// 市町村: an insurer of its own. A designated city (政令指定都市) has the numbers of its wards, which
    /// stand on cards [domain 6.1, analog].
    Municipality {
        /// 証記載保険者番号 of the wards.
        wards: Vec<InsurerNumber>,
    },
    /// 保険者機能を有する広域連合・一部事務組合: connects itself, for all its members.
    InsurerUnion,
    /// 認定業務のみを行う（保険者機能を有しない）組合: does not connect; its members do.
    CertificationUnion {
        /// Whether its members must set up at the same time.
        timing: MemberTiming,
        /// Who runs the community support project (地域支援事業).
        support_project: SupportProject,
    },
    /// 構成市町村 of a union.
    Member {
        /// The union's number.
        union: InsurerNumber,
    },
}

/// Whether the members of a union must set up at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberTiming {
    /// 同タイミングでの初期セットアップが必要.
    Together,
    /// Each when it likes.
    Each,
}

/// Who runs the community support project (地域支援事業), and so makes the three-party contract and the
/// privacy impact assessment (briefing: Q&A #6 No.1, #9 No.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupportProject {
    /// The members, as usual.
    Members,
    /// The union, by its statutes (規約).
    Union,
}

/// Why somebody has no account with PMH.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoConnection {
    /// It only runs certification.
    #[error(
        "{name}は保険者機能を有しない組合（認定業務のみ）のため、PMHに接続しません。構成市町村（{members}）が接続してください"
    )]
    CertificationUnion {
        /// Its name.
        name: String,
        /// The names of its members.
        members: String,
    },
    /// Its union connects for it.
    #[error("{name}は{union}の構成市町村です。保険者機能を有する{union}が接続してください")]
    MemberOfInsurerUnion {
        /// Its name.
        name: String,
        /// The union's name.
        union: String,
    },
    /// Not in the register.
    #[error("保険者番号「{number}」は台帳にありません。番号を確かめてください")]
    Unknown {
        /// The number.
        number: InsurerNumber,
    },
}

/// The register of insurers and unions of a run, by number.
#[derive(Debug, Clone, Default)]
pub struct Insurers(BTreeMap<InsurerNumber, Insurer>);

impl FromIterator<Insurer> for Insurers {
    fn from_iter<T: IntoIterator<Item = Insurer>>(insurers: T) -> Self {
        let named = insurers
            .into_iter()
            .map(|insurer| (insurer.number, insurer));
        Self(named.collect())
    }
}

impl Insurers {
    /// The one of a number.
    #[must_use]
    pub fn get(&self, number: InsurerNumber) -> Option<&Insurer> {
        self.0.get(&number)
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Insurer> {
        self.0.values()
    }

    /// The name of a number; the number itself if nobody has it.
    #[must_use]
    pub fn name_of(&self, number: InsurerNumber) -> String {
        self.get(number)
            .map_or_else(|| number.to_string(), |insurer| insurer.name.clone())
    }

    /// The members of a union, by number.
    pub fn members(&self, union: InsurerNumber) -> impl Iterator<Item = &Insurer> {
        self.iter().filter(
            move |insurer| matches!(insurer.kind, InsurerKind::Member { union: of } if of == union),
        )
    }

    /// Whether a number has an account with PMH: municipalities, unions that are insurers, and the members of
    /// unions that are none (briefing: Q&A #1-5 No.8; that the others must not connect is our reading).
    ///
    /// # Errors
    /// It has none, with the reason and who connects instead.
    pub fn connection(&self, number: InsurerNumber) -> Result<&Insurer, NoConnection> {
        let insurer = self.get(number).ok_or(NoConnection::Unknown { number })?;
        match insurer.kind {
            InsurerKind::Municipality { .. } | InsurerKind::InsurerUnion => Ok(insurer),
            InsurerKind::CertificationUnion { .. } => {
                let members: Vec<&str> = self
                    .members(number)
                    .map(|member| member.name.as_str())
                    .collect();
                Err(NoConnection::CertificationUnion {
                    name: insurer.name.clone(),
                    members: members.join("、"),
                })
            }
            InsurerKind::Member { union } => match self.get(union) {
                Some(Insurer {
                    name,
                    kind: InsurerKind::InsurerUnion,
                    ..
                }) => Err(NoConnection::MemberOfInsurerUnion {
                    name: insurer.name.clone(),
                    union: name.clone(),
                }),
                _ => Ok(insurer),
            },
        }
    }

    /// Who must set up at the same time as this one, itself included: an insurer union with its members, or the
    /// members of a union that asks for it.
    #[must_use]
    pub fn set_up_together(&self, number: InsurerNumber) -> Vec<InsurerNumber> {
        let numbers = |union| self.members(union).map(|member| member.number);
        let union = match self.get(number).map(|insurer| &insurer.kind) {
            Some(InsurerKind::Member { union }) => *union,
            Some(InsurerKind::InsurerUnion) => number,
            Some(InsurerKind::Municipality { .. } | InsurerKind::CertificationUnion { .. })
            | None => return vec![number],
        };
        match self.get(union).map(|insurer| &insurer.kind) {
            Some(InsurerKind::InsurerUnion) => {
                std::iter::once(union).chain(numbers(union)).collect()
            }
            Some(InsurerKind::CertificationUnion {
                timing: MemberTiming::Together,
                ..
            }) => numbers(union).collect(),
            Some(
                InsurerKind::CertificationUnion {
                    timing: MemberTiming::Each,
                    ..
                }
                | InsurerKind::Municipality { .. }
                | InsurerKind::Member { .. },
            )
            | None => vec![number],
        }
    }

    /// The numbers that may stand on a card (証記載保険者番号) of an insurer: its own, those of its wards or of
    /// its members [domain 6.1, analog].
    #[must_use]
    pub fn card_numbers(&self, insurer: InsurerNumber) -> Vec<InsurerNumber> {
        let mut numbers = vec![insurer];
        match self.get(insurer).map(|insurer| &insurer.kind) {
            Some(InsurerKind::Municipality { wards }) => numbers.extend(wards),
            Some(InsurerKind::InsurerUnion) => {
                numbers.extend(self.members(insurer).map(|member| member.number));
            }
            Some(InsurerKind::CertificationUnion { .. } | InsurerKind::Member { .. }) | None => {}
        }
        numbers
    }

    /// Whether a number runs the community support project (地域支援事業) itself.
    #[must_use]
    pub fn runs_support_project(&self, number: InsurerNumber) -> bool {
        let by_union = |union| {
            matches!(
                self.get(union).map(|insurer| &insurer.kind),
                Some(
                    InsurerKind::InsurerUnion
                        | InsurerKind::CertificationUnion {
                            support_project: SupportProject::Union,
                            ..
                        }
                )
            )
        };
        match self.get(number).map(|insurer| &insurer.kind) {
            Some(InsurerKind::Municipality { .. } | InsurerKind::InsurerUnion) => true,
            Some(InsurerKind::CertificationUnion { .. }) => by_union(number),
            Some(InsurerKind::Member { union }) => !by_union(*union),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> InsurerNumber {
        text.parse().expect(text)
    }

    fn insurer(text: &str, name: &str, kind: InsurerKind) -> Insurer {
        Insurer {
            number: number(text),
            name: name.to_owned(),
            kind,
        }
    }

    fn members_of(union: &str) -> [Insurer; 2] {
        ["139972", "139964"].map(|text| {
            let union = number(union);
            insurer(text, "町", InsurerKind::Member { union })
        })
    }

    fn certification(timing: MemberTiming, support_project: SupportProject) -> Insurers {
        let kind = InsurerKind::CertificationUnion {
            timing,
            support_project,
        };
        std::iter::once(insurer("139998", "組合", kind))
            .chain(members_of("139998"))
            .collect()
    }

    fn insurer_union() -> Insurers {
        std::iter::once(insurer("139998", "広域連合", InsurerKind::InsurerUnion))
            .chain(members_of("139998"))
            .collect()
    }

    #[test]
    fn a_union_that_only_certifies_does_not_connect_and_its_members_do() {
        let insurers = certification(MemberTiming::Each, SupportProject::Members);
        let refused = insurers
            .connection(number("139998"))
            .expect_err("no account");
        assert_eq!(
            refused.to_string(),
            "組合は保険者機能を有しない組合（認定業務のみ）のため、PMHに接続しません。構成市町村（町、町）が接続してください"
        );
        assert!(insurers.connection(number("139972")).is_ok());
        assert!(insurers.connection(number("139956")).is_err(), "unknown");
    }

    #[test]
    fn a_union_with_the_insurer_function_connects_for_its_members() {
        let insurers = insurer_union();
        assert!(insurers.connection(number("139998")).is_ok());
        let refused = insurers
            .connection(number("139972"))
            .expect_err("no account");
        assert!(refused.to_string().contains("広域連合が接続してください"));
        let on_cards = ["139998", "139964", "139972"].map(number);
        assert_eq!(insurers.card_numbers(number("139998")), on_cards);
    }

    #[test]
    fn the_wards_of_a_designated_city_stand_on_its_cards() {
        let wards = vec![number("141010")];
        let city = insurer("141002", "市", InsurerKind::Municipality { wards });
        let insurers: Insurers = [city].into_iter().collect();
        let on_cards = ["141002", "141010"].map(number);
        assert_eq!(insurers.card_numbers(number("141002")), on_cards);
    }

    #[test]
    fn together_are_an_insurer_union_with_its_members_and_members_that_must() {
        let together = |insurers: &Insurers, text| insurers.set_up_together(number(text)).len();
        assert_eq!(together(&insurer_union(), "139972"), 3);
        assert_eq!(together(&insurer_union(), "139998"), 3);
        let must = certification(MemberTiming::Together, SupportProject::Members);
        assert_eq!(together(&must, "139972"), 2);
        assert_eq!(
            together(&must, "139998"),
            1,
            "the union itself has no set-up"
        );
        let may = certification(MemberTiming::Each, SupportProject::Members);
        assert_eq!(together(&may, "139972"), 1);
    }

    #[test]
    fn one_side_runs_the_support_project_never_both() {
        for (insurers, by_union) in [
            (insurer_union(), true),
            (
                certification(MemberTiming::Each, SupportProject::Union),
                true,
            ),
            (
                certification(MemberTiming::Each, SupportProject::Members),
                false,
            ),
        ] {
            assert_eq!(insurers.runs_support_project(number("139998")), by_union);
            assert_eq!(insurers.runs_support_project(number("139972")), !by_union);
        }
    }
}
