use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::mask_texts::{any_number, escaped, harmless, mask, plainly, planted_json, planted_text};

/// Whether two values have the same shape, but that a number may have become its token.
fn is_same_shape(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Array(before), Value::Array(after)) => {
            before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .all(|(before, after)| is_same_shape(before, after))
        }
        (Value::Object(before), Value::Object(after)) => {
            before.len() == after.len()
                && before
                    .values()
                    .zip(after.values())
                    .all(|(before, after)| is_same_shape(before, after))
        }
        (Value::Number(before), Value::Object(after)) => {
            after.len() == 1
                && after.get("number").is_some_and(Value::is_string)
                && before.to_string().len() >= 12
        }
        (Value::String(_), Value::String(_)) => true,
        (before, after) => before == after,
    }
}

/// Every string in a value, names of members among them.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(members) => {
            for (name, value) in members {
                found.push(name.clone());
                strings(value, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

proptest! {
    #![proptest_config(super::cases(256))]

    #[test]
    fn no_planted_secret_survives(planted in planted_text()) {
        let masked = plainly(&mask().apply(&planted.text));
        for secret in &planted.secrets {
            prop_assert!(!masked.contains(secret.as_str()), "{}", masked);
        }
    }

    #[test]
    fn no_planted_secret_survives_in_json(planted in planted_json(), lots in vec(any::<bool>(), 7)) {
        let text = escaped(&planted.value.to_string(), &lots);
        let masked = mask().apply_json(&text).into_owned();
        let value: Value = serde_json::from_str(&masked).expect("still JSON");
        prop_assert!(is_same_shape(&planted.value, &value), "{} became {}", text, masked);
        let mut found = vec![masked.clone()];
        strings(&value, &mut found);
        for text in found.iter().map(|text| plainly(text)) {
            for secret in &planted.secrets {
                prop_assert!(!text.contains(secret.as_str()), "{}", text);
            }
        }
        prop_assert_eq!(mask().apply_json(&masked), masked.as_str(), "twice is once");
    }

    #[test]
    fn masked_twice_is_masked_once(planted in planted_text()) {
        let masked = mask().apply(&planted.text).into_owned();
        prop_assert_eq!(mask().apply(&masked), masked.as_str());
    }

    #[test]
    fn text_without_secrets_stays(pieces in vec(harmless(), 0..8)) {
        let text = pieces.concat();
        prop_assert_eq!(mask().apply(&text), text.as_str());
    }

    #[test]
    fn equal_numbers_have_equal_tokens_and_others_others(one in any_number(), other in any_number()) {
        let mask = mask();
        let token = mask.my_number_token(&one);
        let spaced = format!("{} {} {}", &one[..4], &one[4..8], &one[8..]);
        prop_assert_eq!(mask.apply(&one), token.as_str());
        prop_assert_eq!(mask.apply(&spaced), token.as_str());
        prop_assert_eq!(mask.my_number_token(&other) == token, one == other);
    }
}
