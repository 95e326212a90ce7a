//! A public key as one line of an `authorized_keys` file: read, checked for shape, and given its fingerprint. Whether
//! somebody holds the private half is for the transport to find out.

use sha2::{Digest, Sha256};

use crate::domain::text::clean_line;
use crate::service::Error;

/// Longest line that is looked at, in bytes: an RSA key of 16,384 bits takes 2,800.
const LINE_BYTES_MAX: usize = 8 * 1024;

/// Fewest bits of an RSA key: what OpenSSH 9 asks of servers and NIST SP 800-131A of everybody.
const RSA_BITS_MIN: usize = 2_048;

/// The algorithms that a member's key may have: those that the transport verifies.
const ALGORITHMS: &[&str] = &[
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
];

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// Its algorithm, `ssh-ed25519` for one.
    pub algorithm: String,
    /// `algorithm base64`.
    pub public_key: String,
    /// `SHA256:…` as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// What stands after the key, cleaned; may be empty.
    pub comment: String,
}

/// Why a line is no public key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyLineError {
    /// Nothing is there.
    #[error("There is no key. Paste the one line of a .pub file; it begins with ssh-ed25519, say.")]
    Empty,
    /// It looks like the secret half.
    #[error("That is a private key. Keep it to yourself and paste the line of the .pub file beside it.")]
    Private,
    /// It does not begin with an algorithm.
    #[error(
        "A key begins with its algorithm, such as ssh-ed25519 or ssh-rsa. Options before it are not taken."
    )]
    Algorithm,
    /// What follows is not the key that the algorithm says.
    #[error("The key is damaged. Copy the whole line of the .pub file, from the algorithm to the end.")]
    Damaged,
    /// An RSA key that is too short to be safe.
    #[error(
        "That RSA key has {0} bits; {RSA_BITS_MIN} is the least. Make a new key with: ssh-keygen -t ed25519"
    )]
    Weak(usize),
}

impl From<KeyLineError> for Error {
    fn from(error: KeyLineError) -> Self {
        Self::Invalid(error.to_string())
    }
}

impl KeyLine {
    /// Reads one line: `algorithm base64 comment`.
    ///
    /// # Errors
    /// When it is not a public key that opens anything here.
    pub fn parse(line: &str) -> Result<Self, KeyLineError> {
        let line = line.trim();
        if line.is_empty() {
            return Err(KeyLineError::Empty);
        }
        if line.contains("PRIVATE KEY") {
            return Err(KeyLineError::Private);
        }
        if line.len() > LINE_BYTES_MAX {
            return Err(KeyLineError::Damaged);
        }
        let mut words = line.split_ascii_whitespace();
        let algorithm = words.next().unwrap_or_default();
        if !ALGORITHMS.contains(&algorithm) {
            return Err(KeyLineError::Algorithm);
        }
        let encoded = words.next().ok_or(KeyLineError::Damaged)?;
        let blob = decode_base64(encoded).ok_or(KeyLineError::Damaged)?;
        check_blob(algorithm, &blob)?;
        let fingerprint = format!("SHA256:{}", encode_base64(&Sha256::digest(&blob)));
        let comment = clean_line(&words.collect::<Vec<_>>().join(" "));
        // Written anew, so that one key has one form whatever padding it came with.
        let public_key = format!("{algorithm} {}", pad_base64(encode_base64(&blob)));
        Ok(Self { algorithm: algorithm.to_owned(), public_key, fingerprint, comment })
    }
}

/// The blob of a key is a row of length-prefixed fields (RFC 4253 section 6.6), the first of which is the algorithm.
fn check_blob(algorithm: &str, blob: &[u8]) -> Result<(), KeyLineError> {
    let (name, mut rest) = field(blob).ok_or(KeyLineError::Damaged)?;
    if name != algorithm.as_bytes() {
        return Err(KeyLineError::Damaged);
    }
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (next, after) = field(rest).ok_or(KeyLineError::Damaged)?;
        fields.push(next);
        rest = after;
    }
    let right = match (algorithm, fields.as_slice()) {
        ("ssh-ed25519", [key]) | ("sk-ssh-ed25519@openssh.com", [key, _]) => key.len() == 32,
        ("ssh-rsa", [_exponent, modulus]) => {
            let bits = modulus.iter().skip_while(|byte| **byte == 0).count() * 8;
            if bits < RSA_BITS_MIN {
                return Err(KeyLineError::Weak(bits));
            }
            true
        }
        // The curve's name and a point on it; a security key adds its application.
        (_, [curve, point]) | (_, [curve, point, _]) => {
            !curve.is_empty() && algorithm.contains(&*String::from_utf8_lossy(curve)) && !point.is_empty()
        }
        _ => false,
    };
    if right { Ok(()) } else { Err(KeyLineError::Damaged) }
}

/// The first length-prefixed field, and what follows it.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// RFC 4648 section 4.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 without padding, as fingerprints are written.
fn encode_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    out
}

fn pad_base64(mut text: String) -> String {
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').as_bytes();
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for four in text.chunks(4) {
        let mut bits = 0_u32;
        for c in four {
            let value = ALPHABET.iter().position(|known| known == c)?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        bits <<= 6 * (4 - four.len());
        let bytes = bits.to_be_bytes();
        // Four characters hold three bytes, three hold two, two hold one; one alone holds none.
        out.extend_from_slice(bytes.get(1..four.len())?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::text::corpus::hostile;

    /// A key made for this test, with what `ssh-keygen -l` says of it.
    const ED25519: &str = include_str!("../../../tests/keys/ed25519.pub");

    #[test]
    fn keys_have_the_fingerprints_that_ssh_keygen_prints() {
        let known = [
            (ED25519, include_str!("../../../tests/keys/ed25519.fp")),
            (include_str!("../../../tests/keys/ecdsa.pub"), include_str!("../../../tests/keys/ecdsa.fp")),
            (include_str!("../../../tests/keys/rsa.pub"), include_str!("../../../tests/keys/rsa.fp")),
        ];
        for (line, fingerprint) in known {
            let key = KeyLine::parse(line).unwrap();
            assert_eq!(key.fingerprint, fingerprint.trim());
            assert_eq!(key.comment, "made for a test");
            assert!(line.starts_with(&key.public_key), "{}", key.public_key);
        }
    }

    #[test]
    fn what_is_no_key_is_refused_with_its_reason() {
        let weak = include_str!("../../../tests/keys/rsa1024.pub");
        let [algorithm, body, ..] = ED25519.split(' ').collect::<Vec<_>>()[..] else { panic!("a key") };
        let cases = [
            (String::new(), KeyLineError::Empty),
            ("-----BEGIN OPENSSH PRIVATE KEY-----".to_owned(), KeyLineError::Private),
            (format!("no-pty {ED25519}"), KeyLineError::Algorithm),
            (format!("ssh-dss {body}"), KeyLineError::Algorithm),
            (algorithm.to_owned(), KeyLineError::Damaged),
            (format!("ssh-rsa {body}"), KeyLineError::Damaged),
            (format!("{algorithm} {}", &body[..body.len() - 4]), KeyLineError::Damaged),
            (format!("{algorithm} {body}AAAA"), KeyLineError::Damaged),
            (format!("{algorithm} {}", body.replace('A', "*")), KeyLineError::Damaged),
            (weak.to_owned(), KeyLineError::Weak(1_024)),
        ];
        for (line, error) in cases {
            assert_eq!(KeyLine::parse(&line), Err(error), "{line}");
        }
    }

    #[test]
    fn a_hostile_comment_is_cleaned() {
        let [algorithm, body, ..] = ED25519.split(' ').collect::<Vec<_>>()[..] else { panic!("a key") };
        for text in hostile() {
            if let Ok(key) = KeyLine::parse(&format!("{algorithm} {body} {text}")) {
                assert_eq!(clean_line(&key.comment), key.comment);
            }
        }
    }

    proptest! {
        #[test]
        fn base64_goes_there_and_back(bytes in any::<Vec<u8>>()) {
            let text = encode_base64(&bytes);
            prop_assert_eq!(decode_base64(&text), Some(bytes.clone()));
            prop_assert_eq!(decode_base64(&pad_base64(text)), Some(bytes));
        }

        #[test]
        fn no_line_makes_it_panic(line in "(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/=]{0,120}|\\PC{0,80}") {
            let _ = KeyLine::parse(&line);
        }
    }
}
