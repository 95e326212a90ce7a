//! How many terminal columns a text takes, and cutting or padding it to a number of columns.
//!
//! Counted as the screens' renderer counts (grapheme clusters, `unicode-width`, one column more for each halfwidth
//! voicing mark; clusters with a control character are never drawn): `tests/width.rs` holds both together.

use std::borrow::Cow;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes on one row.
pub fn display_width(text: &str) -> usize {
    let plain = plain_start(text);
    plain + cells(&text[plain..]).map(|(_, width)| width).sum::<usize>()
}

/// The grapheme clusters of `text`, each with its columns. Clusters that are not drawn have 0.
pub fn cells(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|cluster| (cluster, cluster_width(cluster)))
}

/// Whether `letter` behind `cluster`, one whole cluster (or nothing), becomes a part of it: an accent, a joiner, the other
/// half of a flag.
pub fn joins(cluster: &str, letter: char) -> bool {
    if cluster.is_empty()
        || (letter.is_ascii() && cluster.bytes().next_back().is_some_and(|last| last.is_ascii()))
    {
        return false;
    }
    let mut both = cluster.to_owned();
    both.push(letter);
    GraphemeCursor::new(cluster.len(), both.len(), true).is_boundary(&both, 0) == Ok(false)
}

/// Columns of one grapheme cluster.
pub(super) fn cluster_width(cluster: &str) -> usize {
    if let [byte] = cluster.as_bytes() {
        return usize::from(matches!(byte, 0x20..=0x7e));
    }
    if cluster.contains(char::is_control) {
        return 0;
    }
    // Terminals give the halfwidth voicing marks a column of their own; Unicode calls them extenders.
    let voicing_marks = cluster.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    cluster.width() + voicing_marks
}

/// Bytes at the beginning of `text` that are characters of one column each, which no other can join: of plain ones before
/// something else, the last may be part of a cluster.
pub fn plain_start(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| matches!(byte, 0x20..=0x7e)).count();
    if plain == text.len() { plain } else { plain.saturating_sub(1) }
}

/// `text`, cut to at most `width` columns; when it had to be cut, it ends in `ellipsis` (which is left out where it
/// does not fit itself). Cuts between grapheme clusters and leaves no space before the ellipsis.
///
/// ```
/// assert_eq!(hob::domain::text::truncate("warm shelf", 6, "…"), "warm…");
/// ```
pub fn truncate<'a>(text: &'a str, width: usize, ellipsis: &str) -> Cow<'a, str> {
    let ellipsis_width = display_width(ellipsis);
    let (ellipsis, room) =
        if ellipsis_width <= width { (ellipsis, width - ellipsis_width) } else { ("", width) };
    let cut = |keep: usize| Cow::Owned(format!("{}{ellipsis}", text[..keep].trim_end()));
    let plain = plain_start(text);
    if plain > width {
        return cut(room);
    }
    let mut used = plain;
    let mut keep = plain.min(room);
    for (start, cluster) in text[plain..].grapheme_indices(true) {
        used += cluster_width(cluster);
        if used > width {
            return cut(keep);
        }
        if used <= room {
            keep = plain + start + cluster.len();
        }
    }
    Cow::Borrowed(text)
}

/// `text` with spaces after it up to `width` columns. A wider text stays as it is.
pub fn pad(text: &str, width: usize) -> Cow<'_, str> {
    match width.saturating_sub(display_width(text)) {
        0 => Cow::Borrowed(text),
        missing => Cow::Owned(format!("{text}{:missing$}", "")),
    }
}

/// `text` with spaces before it up to `width` columns, for numbers. A wider text stays as it is.
pub fn pad_left(text: &str, width: usize) -> Cow<'_, str> {
    match width.saturating_sub(display_width(text)) {
        0 => Cow::Borrowed(text),
        missing => Cow::Owned(format!("{:missing$}{text}", "")),
    }
}

/// `text` cut or padded to exactly `width` columns, for a cell of a table.
pub fn fit(text: &str, width: usize, ellipsis: &str) -> String {
    let cut = truncate(text, width, ellipsis);
    pad(&cut, width).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::text::corpus::hostile;

    #[test]
    fn counts_columns_as_terminals_do() {
        for (text, width) in [
            ("", 0),
            ("abc", 3),
            ("日本語", 6),
            ("e\u{301}", 1),
            ("\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}", 2),
            ("\u{2764}\u{fe0f}", 2),
            ("\u{1f1e9}\u{1f1ea}", 2),
            // What the renderer takes for it; terminals take 2 (FACTS: move the cursor after such a cell).
            ("\u{ff76}\u{ff9e}", 3),
            ("a\u{1b}b", 2),
        ] {
            assert_eq!(display_width(text), width, "{text:?}");
        }
    }

    #[test]
    fn cuts_between_clusters_and_never_wider() {
        assert_eq!(truncate("hello", 5, "…"), "hello");
        assert_eq!(truncate("hello", 4, "…"), "hel…");
        assert_eq!(truncate("日本語", 5, "…"), "日本…");
        assert_eq!(truncate("日本語", 4, "…"), "日…");
        assert_eq!(truncate("日本語", 1, ""), "");
        assert_eq!(truncate("hello", 2, "..."), "he");
        assert_eq!(truncate("hello", 0, "…"), "");
        assert_eq!(truncate("abc\u{301}", 3, "…"), "abc\u{301}");
    }

    #[test]
    fn pads_to_columns_not_characters() {
        assert_eq!(pad("日", 4), "日  ");
        assert_eq!(pad("hello", 3), "hello");
        assert_eq!(pad_left("7", 3), "  7");
        assert_eq!(fit("日本語", 4, "…"), "日… ");
    }

    #[test]
    fn hostile_text_is_cut_to_its_bound() {
        for text in hostile() {
            for width in 0..12 {
                assert!(display_width(&truncate(&text, width, "…")) <= width, "{text:?} at {width}");
                assert_eq!(display_width(&fit(&crate::domain::text::clean_line(&text), width, "…")), width);
            }
        }
    }

    proptest! {
        #[test]
        fn a_cut_text_is_never_wider_than_asked(text in any::<String>(), width in 0_usize..40) {
            prop_assert!(display_width(&truncate(&text, width, "…")) <= width);
        }

        #[test]
        fn a_text_is_cut_where_the_next_cluster_would_leave_no_room(
            text in "([ -~]|\\PC|[\u{300}\u{200d}\u{1f469}日\t]){0,24}", width in 0_usize..24
        ) {
            let room = width.saturating_sub(1);
            let mut used = 0;
            let kept: String = cells(&text)
                .take_while(|(_, columns)| {
                    used += columns;
                    used <= room
                })
                .map(|(cluster, _)| cluster)
                .collect();
            let ellipsis = if width == 0 { "" } else { "…" };
            let cut = if display_width(&text) <= width { text.clone() } else { format!("{}{ellipsis}", kept.trim_end()) };
            prop_assert_eq!(truncate(&text, width, "…"), cut);
        }

        #[test]
        fn a_text_that_fits_is_not_touched(text in any::<String>()) {
            let width = display_width(&text);
            prop_assert_eq!(truncate(&text, width, "…"), text.as_str());
        }
    }
}
