//! The line that is typed, cut into what a person takes for one character, so that whatever is rubbed out costs what it
//! is and not what stands before it: anybody may type here, and nothing of this waits (SAFETY.md, Transport).

use crate::domain::text::{CLUSTER_CHARS_MAX, display_width, joins};

/// Bytes in one cluster. Cleaning breaks up what is longer; here no more is taken into it.
const CLUSTER_BYTES_MAX: usize = 4 * CLUSTER_CHARS_MAX;

/// A line.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// Bytes of each grapheme cluster.
    clusters: Vec<u8>,
    /// Columns of all of it.
    columns: usize,
}

impl Line {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Columns that it takes on one row.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Adds a letter. False when there are more marks on the last character already than any writing has.
    pub(super) fn push(&mut self, letter: char) -> bool {
        let start = self.last_start();
        let joined = joins(&self.text[start..], letter);
        if joined && self.text.len() - start + letter.len_utf8() > CLUSTER_BYTES_MAX {
            return false;
        }
        let start = if joined { start } else { self.text.len() };
        if joined {
            self.columns -= display_width(&self.text[start..]);
            self.clusters.pop();
        }
        self.text.push(letter);
        self.add_cluster(start);
        true
    }

    /// Cuts the last character off. Gives the columns that the line is shorter then.
    pub(super) fn cut_last(&mut self) -> usize {
        self.cut_to(self.last_start())
    }

    /// Cuts off all but the first `keep` bytes, between two characters of the text. Gives the columns that the line is
    /// shorter then.
    pub(super) fn cut_to(&mut self, keep: usize) -> usize {
        let before = self.columns;
        while self.text.len() > keep {
            let start = self.last_start();
            self.columns -= display_width(&self.text[start..]);
            self.clusters.pop();
            self.text.truncate(keep.max(start));
            if start < keep {
                // In the middle of a cluster: its beginning is one too.
                self.add_cluster(start);
            }
        }
        before.saturating_sub(self.columns)
    }

    /// Takes the whole line.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(self).text
    }

    fn last_start(&self) -> usize {
        self.text.len() - self.clusters.last().map_or(0, |bytes| usize::from(*bytes))
    }

    /// Counts in what stands behind `start`, one cluster.
    fn add_cluster(&mut self, start: usize) {
        let cluster = &self.text[start..];
        self.columns += display_width(cluster);
        // Never longer than CLUSTER_BYTES_MAX.
        self.clusters.push(u8::try_from(cluster.len()).unwrap_or(u8::MAX));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// One thing that is done to a line.
    #[derive(Clone, Debug)]
    enum Act {
        Type(char),
        CutLast,
        CutTo(usize),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let letters = "ab 日é\u{301}\u{200d}👩👧👍🏽🇩🇪ا\u{ff9e}\u{600}क\u{94d}\u{fe0f}❤.";
        let letter = prop::sample::select(letters.chars().collect::<Vec<_>>());
        let act = prop_oneof![
            6 => letter.prop_map(Act::Type),
            2 => Just(Act::CutLast),
            1 => (0..40_usize).prop_map(Act::CutTo),
        ];
        prop::collection::vec(act, 0..60)
    }

    /// What stands there, counted anew from the whole text each time.
    fn slow(text: &str) -> (Vec<usize>, usize) {
        (text.graphemes(true).map(str::len).collect(), display_width(text))
    }

    proptest! {
        #[test]
        fn what_is_rubbed_out_is_what_counting_everything_anew_finds(acts in acts()) {
            let (mut line, mut model) = (Line::default(), String::new());
            for act in acts {
                let before = display_width(&model);
                let gone = match act {
                    Act::Type(letter) => {
                        if line.push(letter) {
                            model.push(letter);
                        }
                        None
                    }
                    Act::CutLast => {
                        let last = model.graphemes(true).next_back().map_or(0, str::len);
                        model.truncate(model.len() - last);
                        Some(line.cut_last())
                    }
                    Act::CutTo(keep) => {
                        let keep = (0..=keep.min(model.len())).rev().find(|at| model.is_char_boundary(*at)).unwrap_or(0);
                        model.truncate(keep);
                        Some(line.cut_to(keep))
                    }
                };
                prop_assert_eq!(line.as_str(), &model);
                if let Some(gone) = gone {
                    prop_assert_eq!(gone, before.saturating_sub(display_width(&model)));
                }
                let clusters = line.clusters.iter().map(|bytes| usize::from(*bytes)).collect::<Vec<_>>();
                prop_assert_eq!((clusters, line.columns()), slow(&model));
            }
        }
    }

    /// SAFETY, Transport: memory per session has a bound, and what one letter costs too.
    #[test]
    fn no_character_takes_more_marks_than_any_writing_has() {
        for (base, mark) in [('a', '\u{301}'), ('\u{600}', '\u{600}'), ('👩', '\u{200d}'), ('क', '\u{94d}')]
        {
            let mut line = Line::default();
            assert!(line.push(base));
            let taken = (0..1_000).filter(|_| line.push(mark)).count();
            assert!(taken >= CLUSTER_CHARS_MAX && line.len() <= CLUSTER_BYTES_MAX, "{mark:?}: {taken}");
            line.cut_last();
            assert_eq!((line.as_str(), line.columns()), ("", 0));
        }
    }
}
