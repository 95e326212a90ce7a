//! What stands for a text where only ASCII can be shown.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// A character that stands for another where only ASCII is shown: a letter without its marks, a sign like it, or `?`.
pub fn ascii(character: char) -> char {
    match character {
        '─' | '━' | '═' | '╌' | '┄' | '–' | '—' | '‐' | '‑' | '−' => '-',
        '│' | '┃' | '║' | '╎' | '┆' | '▌' | '▐' | '▏' | '▕' => '|',
        '\u{250c}'..='\u{256c}' | '╭' | '╮' | '╯' | '╰' => '+',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '•' | '·' | '●' | '◆' | '★' | '✦' | '×' => '*',
        '→' | '▶' | '▸' | '›' | '❯' => '>',
        '←' | '◀' | '◂' | '‹' => '<',
        '↑' | '▲' | '▴' => '^',
        '↓' | '▼' | '▾' => 'v',
        '…' => '.',
        '█' | '▓' | '▒' | '░' => '#',
        'ß' => 's',
        'ø' => 'o',
        'Ø' => 'O',
        _ => [character].into_iter().nfkd().next().filter(|base| matches!(base, ' '..='~')).unwrap_or('?'),
    }
}

/// A text in ASCII: one character for each that people see as one.
///
/// ```
/// use hob::domain::text::in_ascii;
/// assert_eq!(in_ascii("Grüße, “bob” … 日"), "Grusse, \"bob\" ... ?");
/// ```
pub fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        match cluster {
            "…" => out.push_str("..."),
            "ß" => out.push_str("ss"),
            ascii if ascii.is_ascii() => out.push_str(ascii),
            other => out.extend(other.chars().next().map(ascii)),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::corpus::hostile;

    #[test]
    fn x2_everything_comes_out_in_ascii() {
        assert_eq!(in_ascii("plain\r\ntext"), "plain\r\ntext");
        assert_eq!(in_ascii("e\u{301}tude, naïve — 👍🏽"), "etude, naive - ?");
        for text in hostile() {
            assert!(in_ascii(&text).is_ascii(), "{text:?}");
        }
    }
}
