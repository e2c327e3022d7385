//! Character sets of files, without silent replacement in either direction.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, EncoderResult, SHIFT_JIS};

use super::settings::Charset;

/// Characters the Shift_JIS of the web standard writes as something that reads back differently.
const LOSSY: [char; 3] = ['¥', '‾', '−'];

/// Where bytes stop being text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Undecodable {
    /// The first byte, from 0.
    pub(super) offset: usize,
    /// Whether the bytes end within a character.
    pub(super) is_cut: bool,
}

impl Charset {
    /// Adds a text; or gives the first character that the set cannot carry there and back.
    pub(super) fn encode(self, text: &str, out: &mut Vec<u8>) -> Result<(), char> {
        if self == Self::Utf8 || text.is_ascii() {
            out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        if let Some(character) = text.chars().find(|character| LOSSY.contains(character)) {
            return Err(character);
        }
        let mut encoder = SHIFT_JIS.new_encoder();
        // Without replacement no character takes more bytes than in UTF-8.
        out.reserve(text.len() + 16);
        let (result, _) = encoder.encode_from_utf8_to_vec_without_replacement(text, out, true);
        match result {
            EncoderResult::InputEmpty => Ok(()),
            EncoderResult::Unmappable(character) => Err(character),
            // Cannot happen with the room reserved above.
            EncoderResult::OutputFull => Err(char::REPLACEMENT_CHARACTER),
        }
    }

    /// Whether the set carries a character there and back.
    pub(super) fn carries(self, character: char) -> bool {
        match self {
            Self::Utf8 => true,
            Self::Cp932 => {
                character.is_ascii()
                    || self
                        .encode(character.encode_utf8(&mut [0; 4]), &mut Vec::new())
                        .is_ok()
            }
        }
    }

    /// The text; or what the first place is that is not of the set.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, Undecodable> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|error| Undecodable {
                    offset: error.valid_up_to(),
                    is_cut: error.error_len().is_none(),
                }),
            Self::Cp932 => {
                let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
                let mut text = String::with_capacity(bytes.len() * 3 + 16);
                let (result, read) =
                    decoder.decode_to_string_without_replacement(bytes, &mut text, true);
                match result {
                    DecoderResult::InputEmpty => Ok(Cow::Owned(text)),
                    DecoderResult::Malformed(length, after) => {
                        let offset = read.saturating_sub(usize::from(length) + usize::from(after));
                        Err(Undecodable {
                            offset,
                            // The first of two bytes, and nothing behind it.
                            is_cut: offset + 1 == bytes.len()
                                && matches!(bytes[offset], 0x81..=0x9F | 0xE0..=0xFC),
                        })
                    }
                    // Cannot happen: no byte becomes more than three.
                    DecoderResult::OutputFull => Err(Undecodable {
                        offset: read,
                        is_cut: false,
                    }),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Charset, Undecodable};

    #[test]
    fn whatever_cp932_takes_comes_back_the_same() {
        for character in (0..=0xffff).filter_map(char::from_u32) {
            let text = character.to_string();
            let mut bytes = Vec::new();
            if Charset::Cp932.encode(&text, &mut bytes).is_ok() {
                assert_eq!(Charset::Cp932.decode(&bytes).as_deref(), Ok(text.as_str()));
            }
        }
    }

    #[test]
    fn cp932_refuses_what_it_lacks_and_names_the_character() {
        for (text, character) in [
            ("1〜2", '〜'),
            ("𠮷田", '𠮷'),
            ("剝", '剝'),
            ("A−B", '−'),
            ("\u{e000}", '\u{e000}'),
        ] {
            assert_eq!(
                Charset::Cp932.encode(text, &mut Vec::new()),
                Err(character),
                "{text}"
            );
        }
        let mut bytes = Vec::new();
        assert_eq!(Charset::Cp932.encode("髙﨑①㈱Ⅲ", &mut bytes), Ok(()));
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        let wrong = |offset, is_cut| Err(Undecodable { offset, is_cut });
        assert_eq!(Charset::Utf8.decode(b"ab\x83\x41"), wrong(2, false));
        assert_eq!(Charset::Cp932.decode(b"ab\xfd\xfeA"), wrong(2, false));
        assert_eq!(Charset::Cp932.decode(b"\x88\x9f\x82"), wrong(2, true));
    }
}
