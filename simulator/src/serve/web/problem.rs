//! What a person has to put right.

use std::borrow::Cow;

/// One reason for which an action was refused, and the field it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id of the field to go to; empty if there is none.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do.
    pub text: String,
}

impl Problem {
    /// About a field.
    pub fn at(field: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
        }
    }

    /// About no field of the page.
    pub fn general(text: impl Into<String>) -> Self {
        Self::at("", text)
    }

    /// The problems of one field.
    pub fn of<'p>(problems: &'p [Self], field: &str) -> impl Iterator<Item = &'p Self> {
        problems
            .iter()
            .filter(move |problem| problem.field == field)
    }
}

/// Which field a reason in Japanese is about: the one whose label or value it names first. The
/// simulated systems give reasons, and know no forms.
///
/// `fields` are id, label and value; the first is taken if the reason names none.
pub fn field_meant(reason: &str, fields: &[(&'static str, &str, &str)]) -> &'static str {
    let named_at = |label: &str, value: &str| {
        let quoted = (!value.is_empty()).then(|| reason.find(&format!("「{value}」")));
        [reason.find(label), quoted.flatten()]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(usize::MAX)
    };
    fields
        .iter()
        .min_by_key(|(_, label, value)| named_at(label, value))
        .map_or("", |(id, _, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_named_first_is_meant() {
        let fields = [
            ("current", "今のパスワード", ""),
            ("new", "新しいパスワード", ""),
        ];
        let meant = |reason: &str| field_meant(reason, &fields);
        assert_eq!(meant("今のパスワードが違います"), "current");
        assert_eq!(meant("新しいパスワードが今のパスワードと同じです"), "new");
        assert_eq!(meant("アカウントがありません"), "current");
    }

    #[test]
    fn a_quoted_value_names_its_field() {
        let fields = [
            ("a", "処理結果の通知先", "x@y.example"),
            ("b", "審査会", "z"),
        ];
        assert_eq!(
            field_meant("「z」はメールアドレスではありません", &fields),
            "b"
        );
        assert_eq!(
            field_meant("「」はメールアドレスではありません", &fields),
            "a"
        );
    }
}
