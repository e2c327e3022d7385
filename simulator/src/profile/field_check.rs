//! The check of one value against the type of its item.

use jiff::civil::Date;

use super::codes::CodeList;
use super::field_type::FieldType;
use super::item_error::{CHARACTER, CHECK_DIGIT, CODE, DATE, LENGTH, MISSING, TYPE};
use crate::domain::{
    InsuredNumber, InsurerNumber, MyNumberError, MyNumberToken, NumberError, OfficeNumber,
    check_my_number, shown,
};

/// Why a value is refused: result code and message.
pub(super) type Refusal = (&'static str, String);

/// Characters an authentication key has before it is masked: `pmhk_` and forty more.
const KEY_CHARACTERS: usize = 45;

impl FieldType {
    /// Checks a text of the item with the Japanese name `ja`.
    pub(super) fn check(&self, ja: &str, value: &str) -> Result<(), Refusal> {
        if value.is_empty() {
            return Err((
                MISSING,
                format!("{ja}が空です。値がないときは項目ごと省きます"),
            ));
        }
        match self {
            Self::InsurerNumber => InsurerNumber::parse(value)
                .map(drop)
                .map_err(|error| number_refusal(ja, &error)),
            Self::InsuredNumber => InsuredNumber::parse(value)
                .map(drop)
                .map_err(|error| number_refusal(ja, &error)),
            Self::OfficeNumber => OfficeNumber::parse(value)
                .map(drop)
                .map_err(|error| number_refusal(ja, &error)),
            Self::MyNumber => check_masked_my_number(value),
            Self::HistoryNumber => check_history_number(ja, value),
            Self::Text { max } => check_length(
                ja,
                value,
                *max,
                "制御文字・外字（私用領域）・置換文字（U+FFFD）を除く文字",
                is_text,
            ),
            Self::Kana { max } => check_length(
                ja,
                value,
                *max,
                "全角カタカナ（ー・全角空白を含む）",
                is_kana,
            ),
            Self::Alphanumeric { max } => {
                check_length(ja, value, *max, "半角の英数字と「-」「_」", is_alphanumeric)
            }
            Self::Date => check_date(ja, value),
            Self::Boolean => match value {
                "0" | "1" => Ok(()),
                _ => Err((
                    TYPE,
                    format!("{ja}は「1」か「0」です。受け取った値「{}」", shown(value)),
                )),
            },
            Self::Code { list } => check_code(ja, value, list),
            Self::Integer { max } => check_integer(ja, value, *max),
            Self::Digits { length } => check_digits(ja, value, *length),
        }
    }
}

fn number_refusal(ja: &str, error: &NumberError) -> Refusal {
    let (code, name) = match error {
        NumberError::Length { name, .. } => (LENGTH, *name),
        NumberError::Character { name, .. } => (CHARACTER, *name),
        NumberError::CheckDigit { name, .. } => (CHECK_DIGIT, *name),
    };
    let message = if ja == name {
        error.to_string()
    } else {
        format!("{ja}: {error}")
    };
    (code, message)
}

fn check_masked_my_number(value: &str) -> Result<(), Refusal> {
    let refusal = match MyNumberToken::parse(value) {
        Some(token) if token.is_check_digit_right => return Ok(()),
        Some(_) => MyNumberError::CheckDigit,
        None => match check_my_number(value) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        },
    };
    let code = match refusal {
        MyNumberError::Length { .. } => LENGTH,
        MyNumberError::Character { .. } => CHARACTER,
        MyNumberError::CheckDigit | MyNumberError::AllZero => CHECK_DIGIT,
    };
    Err((code, refusal.to_string()))
}

fn check_history_number(ja: &str, value: &str) -> Result<(), Refusal> {
    let expected = "1以上の半角数字（10桁以内）";
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err((
            CHARACTER,
            format!("{ja}は{expected}です。受け取った値「{}」", shown(value)),
        ));
    }
    if value.len() > 10 || value.bytes().all(|byte| byte == b'0') {
        return Err((
            LENGTH,
            format!("{ja}は{expected}です。受け取った値「{}」", shown(value)),
        ));
    }
    Ok(())
}

impl FieldType {
    /// Whether a text item takes a character.
    pub(super) fn is_text(character: char) -> bool {
        is_text(character)
    }
}

fn is_text(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    !matches!(character,
        '\u{80}'..='\u{9f}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fffd}'..='\u{ffff}'
        | '\u{f0000}'..='\u{10ffff}')
}

fn is_kana(character: char) -> bool {
    matches!(character, 'ァ'..='ー' | '\u{3000}')
}

fn is_alphanumeric(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// Characters of a text, mask tokens counted as what they stand for; or the position (from 1) and the
/// character that is not allowed.
fn measure(value: &str, is_allowed: fn(char) -> bool) -> Result<usize, (usize, char)> {
    let mut length = 0;
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        if character == '〔' {
            let from = value.len() - rest.as_str().len() - character.len_utf8();
            if let Some((stands_for, after)) = mask_prefix(&value[from..])
                && is_allowed('0')
            {
                length += stands_for;
                rest = after.chars();
                continue;
            }
        }
        length += 1;
        if !is_allowed(character) {
            return Err((length, character));
        }
    }
    Ok(length)
}

/// A mask token at the start of `text`: how many characters it stands for, and what follows.
fn mask_prefix(text: &str) -> Option<(usize, &str)> {
    if let Some((_, rest)) = MyNumberToken::parse_prefix(text) {
        return Some((12, rest));
    }
    let (digest, rest) = text.strip_prefix("〔認証キー:")?.split_at_checked(12)?;
    let is_digest = digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then_some((KEY_CHARACTERS, rest.strip_prefix('〕')?))
}

fn check_length(
    ja: &str,
    value: &str,
    max: usize,
    class: &str,
    is_allowed: fn(char) -> bool,
) -> Result<(), Refusal> {
    match measure(value, is_allowed) {
        Ok(length) if length <= max => Ok(()),
        Ok(length) => Err((
            LENGTH,
            format!(
                "{ja}は{max}文字以内です。受け取った値「{}」は{length}文字です",
                shown(value)
            ),
        )),
        Err((position, character)) => Err((
            CHARACTER,
            format!(
                "{ja}に使えるのは、{class}です。受け取った値「{}」の{position}文字目「{}」は使えません",
                shown(value),
                shown(character.encode_utf8(&mut [0; 4]))
            ),
        )),
    }
}

fn check_digits(ja: &str, value: &str, length: usize) -> Result<(), Refusal> {
    if value.len() == length && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    match measure(value, |character| character.is_ascii_digit()) {
        Ok(received) if received == length => Ok(()),
        Ok(received) => Err((
            LENGTH,
            format!(
                "{ja}は半角数字{length}桁です。受け取った値「{}」は{received}文字です",
                shown(value)
            ),
        )),
        Err((position, _)) => Err((
            CHARACTER,
            format!(
                "{ja}は半角数字{length}桁です。受け取った値「{}」の{position}文字目は半角数字ではありません",
                shown(value)
            ),
        )),
    }
}

fn check_date(ja: &str, value: &str) -> Result<(), Refusal> {
    let expected = "YYYY-MM-DD の形の日付";
    let Some((year, month, day)) = date_parts(value.as_bytes()) else {
        return Err((
            TYPE,
            format!("{ja}は{expected}です。受け取った値「{}」", shown(value)),
        ));
    };
    if year >= 1 && Date::new(year, month, day).is_ok() {
        return Ok(());
    }
    Err((
        DATE,
        format!("{ja}は実在する日付（{expected}）です。受け取った値「{value}」は実在しません"),
    ))
}

/// Year, month and day of `YYYY-MM-DD`.
fn date_parts(bytes: &[u8]) -> Option<(i16, i8, i8)> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = bytes else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |sum, digit| {
            digit
                .is_ascii_digit()
                .then(|| sum * 10 + i16::from(digit - b'0'))
        })
    };
    let month = i8::try_from(number(&[m0, m1])?).ok()?;
    let day = i8::try_from(number(&[d0, d1])?).ok()?;
    Some((number(&[y0, y1, y2, y3])?, month, day))
}

/// How many codes a message names.
const CODES_SHOWN_MAX: usize = 12;

fn check_code(ja: &str, value: &str, list: &CodeList) -> Result<(), Refusal> {
    if list.meaning(value).is_some() {
        return Ok(());
    }
    let mut allowed: Vec<String> = list
        .values()
        .iter()
        .take(CODES_SHOWN_MAX)
        .map(|value| format!("{}（{}）", value.code, value.ja))
        .collect();
    if list.values().len() > CODES_SHOWN_MAX {
        allowed.push("ほか".to_owned());
    }
    let allowed = allowed.join("、");
    Err((
        CODE,
        format!(
            "{ja}は {allowed} のいずれかです。受け取った値「{}」",
            shown(value)
        ),
    ))
}

fn check_integer(ja: &str, value: &str, max: u64) -> Result<(), Refusal> {
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err((
            TYPE,
            format!("{ja}は0以上の整数です。受け取った値「{}」", shown(value)),
        ));
    }
    match value.parse::<u64>() {
        Ok(number) if number <= max => Ok(()),
        Ok(_) | Err(_) => Err((
            LENGTH,
            format!(
                "{ja}は{max}以下の整数です。受け取った値「{}」",
                shown(value)
            ),
        )),
    }
}
