//! Taking a part out of a post: which part, and what stands in its place.

/// What stands in the place of a part that was taken out.
pub const REDACTED: &str = "[taken out by the moderators]";
/// Characters of a piece at most: one row of a list at 80 columns.
const PIECE_CHARS_MAX: usize = 60;

/// A part of a post's text, in bytes from its beginning: always whole characters of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Where it begins.
    pub from: usize,
    /// Where it ends; this one is no longer in it.
    pub to: usize,
}

/// The pieces of a text that one chooses from: its lines, long ones parted between words.
pub fn pieces(text: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let end = begin + line.trim_end_matches('\n').len();
        let mut at = begin;
        while at < end {
            let to = piece_end(&text[at..end]) + at;
            if !text[at..to].trim().is_empty() {
                found.push((Span { from: at, to }, text[at..to].trim_end()));
            }
            at = to;
        }
        begin += line.len();
    }
    found
}

/// Where the first piece of a line ends, in bytes.
fn piece_end(line: &str) -> usize {
    let Some((most, _)) = line.char_indices().nth(PIECE_CHARS_MAX) else { return line.len() };
    line[..most].rfind(' ').map_or(most, |space| space + 1)
}

/// The text with the mark in place of the part; none where that is not a part of it, or the whole of it: then the
/// post is removed.
pub fn redact(text: &str, span: Span) -> Option<String> {
    let taken = text.get(span.from..span.to)?;
    let kept = taken.trim_end();
    if kept.is_empty() || taken.trim() == text.trim() {
        return None;
    }
    let (before, after) = (&text[..span.from], &text[span.from + kept.len()..]);
    Some(format!("{before}{REDACTED}{after}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_part_is_replaced_by_a_mark_and_nothing_else_changes() {
        let text = "He lives at 5 Elm Road.\n\nA nice man.";
        let all = pieces(text);
        assert_eq!(
            all.iter().map(|(_, words)| *words).collect::<Vec<_>>(),
            ["He lives at 5 Elm Road.", "A nice man."]
        );
        assert_eq!(redact(text, all[0].0).unwrap(), format!("{REDACTED}\n\nA nice man."));
        assert_eq!(redact(text, all[1].0).unwrap(), format!("He lives at 5 Elm Road.\n\n{REDACTED}"));
        let whole = Span { from: all[0].0.from, to: all[1].0.to };
        assert_eq!(redact(text, whole), None, "that is removing it");
    }

    #[test]
    fn long_lines_are_parted_between_words_and_wide_text_is_never_cut_in_a_character() {
        let text = format!("{} {}", "word ".repeat(30).trim(), "字".repeat(100));
        let all = pieces(&text);
        assert!(all.len() > 3);
        assert_eq!(all.iter().map(|(span, _)| &text[span.from..span.to]).collect::<String>(), text);
        for (span, words) in &all {
            assert!(words.chars().count() <= PIECE_CHARS_MAX);
            assert!(redact(&text, *span).unwrap().contains(REDACTED));
        }
        assert_eq!(redact("字字", Span { from: 0, to: 1 }), None);
        assert_eq!(redact("ab", Span { from: 1, to: 9 }), None);
    }
}
