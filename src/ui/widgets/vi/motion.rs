//! Where vi's motions lead, as functions of a text and a position. Positions are bytes between two clusters.

use std::collections::VecDeque;
use std::ops::Range;

use crate::ui::widgets::Editor;

/// What a motion covers when an operator waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Up to the position, not beyond.
    Exclusive,
    /// The character at the position too.
    Inclusive,
    /// Whole lines.
    Lines,
}

/// What a character is to the motions by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Blank,
    Word,
    Sign,
    /// Ideographs and kana: words of their own beside letters.
    Wide,
}

/// The text before the cursor moves, with what the motions need of it.
pub(super) struct Ground<'a> {
    pub(super) editor: &'a Editor,
}

impl Ground<'_> {
    fn text(&self) -> &str {
        self.editor.text()
    }

    fn len(&self) -> usize {
        self.text().len()
    }

    fn class(&self, at: usize, big: bool) -> Class {
        match self.text()[at..].chars().next() {
            None => Class::Blank,
            Some(c) if c.is_whitespace() => Class::Blank,
            Some(_) if big => Class::Word,
            Some(c) if c > '\u{2e7f}' && c.is_alphanumeric() => Class::Wide,
            Some(c) if c.is_alphanumeric() || c == '_' => Class::Word,
            Some(_) => Class::Sign,
        }
    }

    fn is_empty_line(&self, at: usize) -> bool {
        // Looked at from here, not as a line: a long one is asked about at each of its blanks.
        self.text()[..at].chars().next_back().is_none_or(|c| c == '\n')
            && self.text()[at..].chars().next().is_none_or(|c| c == '\n')
    }

    /// Where so many steps lead; one that leads nowhere is the last.
    pub(super) fn steps(at: usize, count: usize, step: impl Fn(usize) -> usize) -> usize {
        let mut at = at;
        for _ in 0..count {
            let to = step(at);
            if to == at {
                break;
            }
            at = to;
        }
        at
    }

    /// `w`, `W`: to the beginning of the next word; an empty line is one.
    pub(super) fn word(&self, mut at: usize, big: bool) -> usize {
        let class = self.class(at, big);
        if class != Class::Blank {
            while at < self.len() && self.class(at, big) == class {
                at = self.editor.after(at);
            }
        } else if self.is_empty_line(at) && at < self.len() {
            at = self.editor.after(at);
        }
        while at < self.len() && self.class(at, big) == Class::Blank && !self.is_empty_line(at) {
            at = self.editor.after(at);
        }
        at
    }

    /// `b`, `B`: to the beginning of the word before.
    pub(super) fn back(&self, mut at: usize, big: bool) -> usize {
        loop {
            if at == 0 {
                return 0;
            }
            at = self.editor.before(at);
            if self.class(at, big) != Class::Blank {
                break;
            }
            if self.is_empty_line(at) {
                return at;
            }
        }
        let class = self.class(at, big);
        while at > 0 && self.class(self.editor.before(at), big) == class {
            at = self.editor.before(at);
        }
        at
    }

    /// `e`, `E`: to the last character of the word, or of the next.
    pub(super) fn end(&self, at: usize, big: bool) -> usize {
        let mut next = self.editor.after(at);
        while next < self.len() && self.class(next, big) == Class::Blank {
            next = self.editor.after(next);
        }
        if next >= self.len() {
            return at.max(self.editor.before(self.len()));
        }
        let class = self.class(next, big);
        loop {
            let beyond = self.editor.after(next);
            if beyond >= self.len() || self.class(beyond, big) != class {
                return next;
            }
            next = beyond;
        }
    }

    /// `^`: the first character of the line that is no blank.
    pub(super) fn first(&self, at: usize) -> usize {
        let line = self.editor.line(at);
        let text = &self.text()[line.clone()];
        let blank = text.len() - text.trim_start().len();
        if blank == text.len() { self.last(line.start) } else { line.start + blank }
    }

    /// `I`: where a line that is not blank begins; the end of one that is.
    pub(super) fn first_to_write(&self, at: usize) -> usize {
        let line = self.editor.line(at);
        let text = &self.text()[line.clone()];
        line.start + (text.len() - text.trim_start().len())
    }

    /// The last character of the word around a position.
    pub(super) fn end_of_word(&self, mut at: usize, big: bool) -> usize {
        let class = self.class(at, big);
        loop {
            let next = self.editor.after(at);
            if next >= self.len() || self.class(next, big) != class {
                return at;
            }
            at = next;
        }
    }

    /// `$`: the last character of the line.
    pub(super) fn last(&self, at: usize) -> usize {
        let line = self.editor.line(at);
        if line.is_empty() { line.start } else { self.editor.before(line.end).max(line.start) }
    }

    /// The beginning of the line so many lines below; of the last one if there are fewer.
    pub(super) fn lines_down(&self, at: usize, count: usize) -> usize {
        let mut start = self.editor.line(at).start;
        for _ in 0..count {
            let end = self.editor.line(start).end;
            if end >= self.len() {
                break;
            }
            start = end + 1;
        }
        start
    }

    /// The beginning of the line so many lines above; of the first one if there are fewer.
    pub(super) fn lines_up(&self, at: usize, count: usize) -> usize {
        let mut start = self.editor.line(at).start;
        for _ in 0..count {
            if start == 0 {
                break;
            }
            start = self.editor.line(start - 1).start;
        }
        start
    }

    /// `}`: the next empty line after a paragraph, or the end.
    pub(super) fn paragraph_down(&self, at: usize) -> usize {
        let (mut start, mut left_blank) = (self.editor.line(at).start, !self.is_empty_line(at));
        loop {
            let end = self.editor.line(start).end;
            if end >= self.len() {
                return self.len();
            }
            start = end + 1;
            if self.is_empty_line(start) {
                if left_blank {
                    return start;
                }
            } else {
                left_blank = true;
            }
        }
    }

    /// `{`: the empty line before the paragraph, or the beginning.
    pub(super) fn paragraph_up(&self, at: usize) -> usize {
        let (mut start, mut left_blank) = (self.editor.line(at).start, !self.is_empty_line(at));
        while start > 0 {
            start = self.editor.line(start - 1).start;
            if self.is_empty_line(start) {
                if left_blank {
                    return start;
                }
            } else {
                left_blank = true;
            }
        }
        0
    }

    /// `f`, `F`, `t`, `T`: the `count`th such character in the line. None when there are not so many.
    pub(super) fn find(&self, at: usize, find: Find, count: usize, again: bool) -> Option<usize> {
        let line = self.editor.line(at);
        let Find { letter, forward, till } = find;
        let mut here = at;
        // `;` after `t` does not stay before the same character.
        if till && again {
            here = if forward { self.editor.after(at) } else { self.editor.before(at).max(line.start) };
        }
        for _ in 0..count {
            here = if forward {
                let from = self.editor.after(here).min(line.end);
                from + self.text()[from..line.end].find(letter)?
            } else {
                line.start + self.text()[line.start..here].rfind(letter)?
            };
        }
        Some(match (till, forward) {
            (false, _) => here,
            (true, true) => self.editor.before(here),
            (true, false) => self.editor.after(here),
        })
    }

    /// `iw`, `aw`: the word, or the blanks, around a position; `around` takes the blanks after it along.
    pub(super) fn word_object(&self, at: usize, big: bool, around: bool) -> Range<usize> {
        let line = self.editor.line(at);
        let run = |from: usize| {
            let class = self.class(from, big);
            let mut end = from;
            while end < line.end && self.class(end, big) == class {
                end = self.editor.after(end);
            }
            end
        };
        let class = self.class(at, big);
        let mut start = at;
        while start > line.start && self.class(self.editor.before(start), big) == class {
            start = self.editor.before(start);
        }
        let mut end = run(at);
        if around && end < line.end && (class == Class::Blank || self.class(end, big) == Class::Blank) {
            end = run(end);
        } else if around && class != Class::Blank {
            while start > line.start && self.class(self.editor.before(start), big) == Class::Blank {
                start = self.editor.before(start);
            }
        }
        start..end
    }

    /// `ip`, `ap`: the lines of the paragraph around a position, as first and last byte of them.
    pub(super) fn paragraph_object(&self, at: usize, around: bool) -> (usize, usize) {
        let blank = self.is_empty_line(at);
        let mut start = self.editor.line(at).start;
        while start > 0 && self.is_empty_line(start - 1) == blank {
            start = self.editor.line(start - 1).start;
        }
        let mut last = self.editor.line(at).start;
        let stretch = |mut last: usize, blank: bool| loop {
            let end = self.editor.line(last).end;
            if end >= self.len() || self.is_empty_line(end + 1) != blank {
                return last;
            }
            last = end + 1;
        };
        last = stretch(last, blank);
        let end = self.editor.line(last).end;
        if around && end < self.len() {
            last = stretch(end + 1, !blank);
        }
        (start, last)
    }

    /// The `count`th place after a position (or before it) where a text stands, going on at the other end. Small letters
    /// find capitals too.
    pub(super) fn search(&self, at: usize, what: &str, count: usize, forward: bool) -> Option<usize> {
        let places = places(self.text(), what);
        let further = count.saturating_sub(1) % places.len().max(1);
        let index = if forward {
            let first = places.partition_point(|place| *place <= at) % places.len().max(1);
            (first + further) % places.len().max(1)
        } else {
            let first = places.partition_point(|place| *place < at);
            (first + 2 * places.len()).checked_sub(1 + further)? % places.len().max(1)
        };
        places.get(index).copied()
    }
}

/// Where a text stands in another, each place once and in order, found in one walk (Knuth, Morris and Pratt 1977): what
/// nearly stands everywhere is looked for as quickly as anything else.
fn places(text: &str, what: &str) -> Vec<usize> {
    let exact = what.chars().any(char::is_uppercase);
    let same =
        |one: char, other: char| one == other || (!exact && one.to_lowercase().eq(other.to_lowercase()));
    let what: Vec<char> = what.chars().collect();
    // For each length of a beginning, that of the longest shorter beginning which it ends with.
    let mut shorter = vec![0; what.len()];
    let mut long = 0;
    for at in 1..what.len() {
        while long > 0 && !same(what[at], what[long]) {
            long = shorter[long - 1];
        }
        long += usize::from(same(what[at], what[long]));
        shorter[at] = long;
    }
    // Where the last characters began, as many as are looked for.
    let (mut starts, mut found, mut long) = (VecDeque::with_capacity(what.len()), Vec::new(), 0);
    let Some(most) = what.len().checked_sub(1) else { return found };
    for (at, c) in text.char_indices() {
        if starts.len() > most {
            starts.pop_front();
        }
        starts.push_back(at);
        while long > 0 && !same(what[long], c) {
            long = shorter[long - 1];
        }
        long += usize::from(same(what[long], c));
        if long > most {
            found.extend(starts.front());
            long = shorter[most];
        }
    }
    found
}

/// A character to find in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Find {
    pub(super) letter: char,
    pub(super) forward: bool,
    pub(super) till: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn one_walk_finds_what_looking_at_each_place_finds(text in "[aAbßẞ日\n]{0,40}", what in "[aAbß日]{1,4}") {
            let exact = what.chars().any(char::is_uppercase);
            let slow = |from: usize| {
                let mut here = text[from..].chars();
                what.chars().all(|wanted| {
                    here.next()
                        .is_some_and(|c| c == wanted || (!exact && c.to_lowercase().eq(wanted.to_lowercase())))
                })
            };
            let all: Vec<usize> = text.char_indices().map(|(from, _)| from).filter(|from| slow(*from)).collect();
            prop_assert_eq!(places(&text, &what), all);
        }
    }

    #[test]
    fn nothing_is_found_nowhere() {
        assert!(places("abc", "").is_empty());
        assert!(places("", "abc").is_empty());
    }

    #[test]
    fn searching_goes_on_at_the_other_end_however_often() {
        let mut editor = Editor::new(100);
        editor.set_text("a-a-a");
        let ground = Ground { editor: &editor };
        let found = |at, count, forward| ground.search(at, "a", count, forward);
        assert_eq!([found(0, 1, true), found(0, 2, true), found(0, 3, true)], [Some(2), Some(4), Some(0)]);
        assert_eq!([found(2, 1, false), found(2, 2, false), found(0, 1, false)], [Some(0), Some(4), Some(4)]);
        assert_eq!(
            [found(4, 1, true), found(4, 9_999, true), found(4, 9_999, false)],
            [Some(0), Some(4), Some(4)]
        );
        assert_eq!(ground.search(0, "zebra", 9_999, true), None);
        assert_eq!(ground.search(0, "zebra", 9_999, false), None);
    }
}
