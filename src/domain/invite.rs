//! The code of an invite: how it is written, and how forgivingly it is read. Whether it opens the door is not
//! decided here.

use std::fmt;

use super::text::is_forbidden;

/// Random bytes in a code: 80 bits, far beyond guessing even without a limit on tries.
pub const INVITE_CODE_BYTES: usize = 10;

/// Characters of a code without its dashes: five bits each.
const CODE_CHARS: usize = INVITE_CODE_BYTES * 8 / 5;

/// Characters between two dashes, so that a code can be read out and copied without losing one's place.
const GROUP_CHARS: usize = 4;

/// Longest text that is looked at for a code: a pasted line around it may hold more spaces, not more sense.
const TEXT_BYTES_MAX: usize = 200;

/// Crockford's base 32: digits and letters without i, l, o and u, which are taken for others.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// An invite's code, in its one canonical form. Not printed by `Debug`: who holds it may come in.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteCode(String);

/// A text that is not the shape of any code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteCodeError {
    /// Nothing was typed.
    #[error("Type the code of your invite: 16 letters and digits.")]
    Empty,
    /// Too few or too many characters.
    #[error(
        "An invite's code has {CODE_CHARS} letters and digits, and this has {0}. Compare it with what you got."
    )]
    Length(usize),
    /// A character that no code has.
    #[error("No invite's code has {} in it. Compare it with what you got.", name_of(*.0))]
    Character(char),
}

/// A character as it may be shown: itself where it has a shape, else its number.
fn name_of(c: char) -> String {
    if c.is_ascii_graphic() || c.is_alphanumeric() && !is_forbidden(c) {
        format!("the character \"{c}\"")
    } else {
        format!("the character U+{:04X}", c as u32)
    }
}

impl InviteCode {
    /// The code for fresh random bytes.
    pub fn from_bytes(bytes: [u8; INVITE_CODE_BYTES]) -> Self {
        let mut text = String::with_capacity(CODE_CHARS);
        for five in bytes.chunks_exact(5) {
            let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            for shift in (0..40).step_by(5).rev() {
                text.push(char::from(ALPHABET[usize::try_from(bits >> shift & 31).unwrap_or(0)]));
            }
        }
        Self(text)
    }

    /// Reads a code as people type it: in either case, with or without dashes and spaces, `o` for `0`, `i` or `l`
    /// for `1`.
    ///
    /// # Errors
    /// When it cannot be a code whatever invites there are.
    pub fn parse(text: &str) -> Result<Self, InviteCodeError> {
        let mut code = String::with_capacity(CODE_CHARS);
        if text.len() > TEXT_BYTES_MAX {
            return Err(InviteCodeError::Length(text.chars().count()));
        }
        for typed in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')) {
            let lower = match typed.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            };
            if !lower.is_ascii() || !ALPHABET.contains(&u8::try_from(lower).unwrap_or(0)) {
                return Err(InviteCodeError::Character(typed));
            }
            code.push(lower);
        }
        match code.len() {
            0 => Err(InviteCodeError::Empty),
            CODE_CHARS => Ok(Self(code)),
            other => Err(InviteCodeError::Length(other)),
        }
    }

    /// Without dashes: what is hashed.
    pub fn canonical(&self) -> &str {
        &self.0
    }
}

/// With dashes: `k7qm-2xvd-9r4h-0wbt`.
impl fmt::Display for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, c) in self.0.char_indices() {
            if at > 0 && at % GROUP_CHARS == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteCode(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::text::clean_line;
    use crate::domain::text::corpus::hostile;

    #[test]
    fn a_code_is_four_groups_of_four() {
        assert_eq!(InviteCode::from_bytes([0; 10]).to_string(), "0000-0000-0000-0000");
        assert_eq!(InviteCode::from_bytes([0xff; 10]).to_string(), "zzzz-zzzz-zzzz-zzzz");
        let code = InviteCode::from_bytes([0, 0, 0, 0, 1, 0x08, 0, 0, 0, 0]);
        assert_eq!(code.to_string(), "0000-0001-1000-0000");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = InviteCode::parse("k7qm-2xvd-9r4h-01bt").unwrap();
        for typed in ["K7QM2XVD9R4H01BT", " k7qm 2xvd 9r4h oibt\n", "k7qm_2xvd-9r4hOlBT"] {
            assert_eq!(InviteCode::parse(typed).unwrap(), code, "{typed}");
        }
        assert_eq!(InviteCode::parse(" - "), Err(InviteCodeError::Empty));
        assert_eq!(InviteCode::parse("k7qm-2xvd"), Err(InviteCodeError::Length(8)));
        assert_eq!(InviteCode::parse("k7qm-2xvd-9r4h-01bu"), Err(InviteCodeError::Character('u')));
        assert_eq!(InviteCode::parse("ｋ7qm-2xvd-9r4h-01bt"), Err(InviteCodeError::Character('ｋ')));
        assert_eq!(InviteCode::parse(&"k".repeat(300)), Err(InviteCodeError::Length(300)));
    }

    #[test]
    fn a_code_does_not_get_into_logs() {
        assert_eq!(format!("{:?}", InviteCode::from_bytes([7; 10])), "InviteCode(…)");
    }

    #[test]
    fn hostile_text_is_refused_in_clean_words() {
        for text in hostile() {
            if let Err(error) = InviteCode::parse(&text) {
                assert_eq!(clean_line(&error.to_string()), error.to_string(), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(bytes in any::<[u8; INVITE_CODE_BYTES]>()) {
            let code = InviteCode::from_bytes(bytes);
            prop_assert_eq!(&InviteCode::parse(&code.to_string()).unwrap(), &code);
            prop_assert_eq!(code.canonical().len(), CODE_CHARS);
        }
    }
}
