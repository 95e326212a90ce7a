//! What comes out: lines of plain text, cleaned and wrapped, for paper, speech and Braille alike.

use crate::domain::text::{safe, wrap};

/// Narrowest and widest lines, in columns: below, words would be cut; above, a line is hard to follow.
const COLUMNS: std::ops::RangeInclusive<usize> = 20..=500;

/// The columns of a line in a window of this width: one is left free, as many teletypes go to the next line by
/// themselves after the last one.
pub(super) fn columns_of(window: u16) -> usize {
    usize::from(window).saturating_sub(1).clamp(*COLUMNS.start(), *COLUMNS.end())
}

/// The lines of a text at a width; a line break at its end makes an empty one. There is nothing in them that a terminal
/// would take for an order.
pub(super) fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in safe(text).split('\n') {
        let rows = wrap(paragraph, columns);
        if rows.is_empty() {
            lines.push(String::new());
        }
        lines.extend(rows.into_iter().map(|row| row.trim_end().to_owned()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::corpus::hostile;
    use crate::domain::text::is_forbidden;

    #[test]
    fn x2_text_is_wrapped_and_paragraphs_stay_apart() {
        assert_eq!(lines("warm and plain\n\nfire\n", 9), ["warm and", "plain", "", "fire", ""]);
        assert_eq!(lines("", 20), [""]);
        assert_eq!(columns_of(80), 79);
        assert_eq!(columns_of(0), 20);
    }

    #[test]
    fn x2_nothing_hostile_comes_out() {
        for text in hostile() {
            for line in lines(&text, 79) {
                assert!(!line.chars().any(is_forbidden), "{text:?}");
            }
        }
    }
}
