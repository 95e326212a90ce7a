//! Long lists, read item by item. What an item looks like depends on the whole list: whether blank lines part the items,
//! and how many digits the last number has. So the lines of the list are looked through first.

use super::cut::{is_tangled, is_words};

/// A list, or the rest of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Items {
    /// Bytes up to its end.
    pub(super) bytes: usize,
    /// Whether blank rows part its items.
    pub(super) loose: bool,
    /// Numbers of its first and its last item.
    pub(super) numbers: Option<(u64, u64)>,
    sign: char,
}

/// What stands before an item.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    /// The bullet, or what stands after the number.
    sign: char,
    number: Option<u64>,
    /// Columns before the text.
    width: usize,
}

impl Mark {
    /// Whether it begins a list right below a line of words.
    pub(super) fn interrupts(self) -> bool {
        self.number.is_none_or(|number| number == 1)
    }
}

/// The mark that a line begins with, and the text after it.
pub(super) fn mark(line: &str) -> Option<(Mark, &str)> {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - after.len();
    let sign = after.chars().next()?;
    let fits = if digits == 0 { matches!(sign, '-' | '+' | '*') } else { matches!(sign, '.' | ')') };
    if !fits || digits > 9 {
        return None;
    }
    let text = &after[1..];
    let text = if text.is_empty() { text } else { text.strip_prefix(' ')? };
    Some((Mark { sign, number: line[..digits].parse().ok(), width: digits + 2 }, text))
}

/// The list that `text` begins with; nothing where only the parser can tell what belongs to it.
pub(super) fn survey(text: &str) -> Option<Items> {
    let first = mark(text.split('\n').next()?)?.0;
    let (mut bytes, mut count, mut width) = (0, 0, first.width);
    let (mut blank, mut words, mut loose, mut unsure) = (false, false, false, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let inner = bare.trim_start();
        let indent = bare.len() - inner.len();
        if inner.is_empty() {
            blank = true;
            bytes += line.len();
            continue;
        }
        if is_tangled(bare, None) || inner.starts_with("```") || inner.starts_with("~~~") {
            return None;
        }
        let item = mark(bare).filter(|(mark, _)| mark.sign == first.sign);
        if let Some((mark, text)) = item {
            words = is_words(text).then_some(true)?;
            loose |= blank && count > 0;
            count += 1;
            width = mark.width;
        } else if indent == 0 && (blank || bare.starts_with('>')) {
            break;
        } else if indent >= width {
            // Blank lines inside of an item part the items only where they part its own blocks.
            unsure |= blank;
            words = is_words(mark(inner).map_or(inner, |(_, text)| text));
        } else if blank || !words || !is_words(inner) {
            return None;
        }
        blank = false;
        bytes += line.len();
    }
    let last = |number: u64| (number, number.saturating_add(count - 1));
    (loose || !unsure).then(|| Items { bytes, loose, numbers: first.number.map(last), sign: first.sign })
}

impl Items {
    /// The bytes up to an item after `least` bytes, and the list from there on; nothing if there is none.
    pub(super) fn split(&self, text: &str, least: usize) -> Option<(usize, Self)> {
        let (mut at, mut before) = (0, 0);
        for line in text[..self.bytes].split_inclusive('\n') {
            let mark = mark(line.trim_end_matches('\n')).filter(|(mark, _)| mark.sign == self.sign);
            if mark.is_some() && at >= least {
                let numbers = self.numbers.map(|(next, last)| (next + before, last));
                return Some((at, Self { bytes: self.bytes - at, numbers, ..*self }));
            }
            before += u64::from(mark.is_some());
            at += line.len();
        }
        None
    }
}
