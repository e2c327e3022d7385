//! What an insurer or union is, as the opening of a run says it.

use serde::{Deserialize, Serialize};

use crate::domain::{Insurer, InsurerKind, InsurerNumber, MemberTiming, SupportProject};

/// The shape of an insurer or union, by numbers as texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum InsurerShape {
    /// 市町村; a designated city (政令指定都市) names its wards.
    Municipality {
        /// 証記載保険者番号 of the wards.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        wards: Vec<String>,
    },
    /// 保険者機能を有する広域連合・一部事務組合.
    InsurerUnion,
    /// 認定業務のみを行う組合.
    CertificationUnion {
        /// Whether its members must set up at the same time.
        #[serde(default)]
        sets_up_together: bool,
        /// Whether it runs the community support project (地域支援事業) by its statutes.
        #[serde(default)]
        runs_support_project: bool,
    },
    /// 構成市町村 of a union.
    Member {
        /// The union's number.
        union: String,
    },
}

impl Default for InsurerShape {
    fn default() -> Self {
        Self::Municipality { wards: Vec::new() }
    }
}

impl InsurerShape {
    /// Whether nothing has to be said about it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The insurer of this shape; `None` if one of the numbers is none.
    #[must_use]
    pub fn insurer(&self, number: &str, name: &str) -> Option<Insurer> {
        let kind = match self {
            Self::Municipality { wards } => {
                let wards = wards.iter().map(|ward| ward.parse().ok());
                InsurerKind::Municipality {
                    wards: wards.collect::<Option<Vec<InsurerNumber>>>()?,
                }
            }
            Self::InsurerUnion => InsurerKind::InsurerUnion,
            Self::CertificationUnion {
                sets_up_together,
                runs_support_project,
            } => InsurerKind::CertificationUnion {
                timing: if *sets_up_together {
                    MemberTiming::Together
                } else {
                    MemberTiming::Each
                },
                support_project: if *runs_support_project {
                    SupportProject::Union
                } else {
                    SupportProject::Members
                },
            },
            Self::Member { union } => InsurerKind::Member {
                union: union.parse().ok()?,
            },
        };
        Some(Insurer {
            number: number.parse().ok()?,
            name: name.to_owned(),
            kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_reads_back_as_written_and_a_plain_one_is_the_default() {
        for (shape, json) in [
            (InsurerShape::default(), r#"{"kind":"municipality"}"#),
            (InsurerShape::InsurerUnion, r#"{"kind":"insurer_union"}"#),
            (
                InsurerShape::Member {
                    union: "139998".to_owned(),
                },
                r#"{"kind":"member","union":"139998"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&shape).expect("JSON"), json);
            let read: InsurerShape = serde_json::from_str(json).expect("a shape");
            assert_eq!(read, shape);
        }
        assert!(InsurerShape::default().is_plain());
        assert!(!InsurerShape::InsurerUnion.is_plain());
    }

    #[test]
    fn a_number_that_is_none_makes_no_insurer() {
        let union = "139999".to_owned();
        assert!(
            InsurerShape::Member { union }
                .insurer("139972", "町")
                .is_none()
        );
        let wards = vec!["1".to_owned()];
        assert!(
            InsurerShape::Municipality { wards }
                .insurer("139972", "市")
                .is_none()
        );
        assert!(
            InsurerShape::InsurerUnion
                .insurer("139999", "組合")
                .is_none()
        );
    }
}
