//! Text inside a block: gathered piece by piece from the parser, then completed with what the parser does not know:
//! spoilers, mentions, addresses written out, link numbers.

use unicode_segmentation::UnicodeSegmentation;

use super::closed::begins_word;
use super::links::{LinkBook, address, find_address, misleads};
use super::{Inline, Role, Run};
use crate::domain::handle::{HANDLE_CHARS_MAX, Handle};
use crate::domain::text::{bound_clusters, clean_line};

pub(super) const SPOILER: &str = "||";

/// The number of a link whose text is not complete yet; `LinkBook` never gives it out.
const LINK_PENDING: u16 = u16::MAX;

/// Gathers the text of one block.
#[derive(Default)]
pub(super) struct Gather {
    text: String,
    runs: Vec<RawRun>,
    /// Where `||` stands that may open or close a spoiler.
    pipes: Vec<usize>,
    /// Where the links of this block lead.
    targets: Vec<String>,
    /// The links that are open, as indices of `targets` plus one, and where their text began.
    open_links: Vec<(usize, usize)>,
    strong: usize,
    emphasis: usize,
}

#[derive(Clone, Copy, PartialEq)]
struct RawRun {
    end: usize,
    role: Role,
    /// Index in `targets` plus one; 0 outside of links.
    link: usize,
}

impl Gather {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn strong(&mut self, opens: bool) {
        self.strong = if opens { self.strong + 1 } else { self.strong.saturating_sub(1) };
    }

    pub fn emphasis(&mut self, opens: bool) {
        self.emphasis = if opens { self.emphasis + 1 } else { self.emphasis.saturating_sub(1) };
    }

    /// A picture inside of a link belongs to that link.
    pub fn open_link(&mut self, target: &str) {
        if self.open_links.is_empty() {
            self.targets.push(target.to_owned());
        }
        self.open_links.push((self.targets.len(), self.text.len()));
    }

    /// A link without text of its own shows `instead`, or where it leads.
    pub fn close_link(&mut self, instead: &str) {
        let Some(&(link, start)) = self.open_links.last() else { return };
        if self.text.len() == start {
            let words =
                if instead.is_empty() { clean_line(&self.targets[link - 1]) } else { instead.to_owned() };
            self.push(if words.is_empty() { "[]()" } else { &words }, false);
        }
        self.open_links.pop();
    }

    /// Text in which `||` may mark spoilers; `escaped` when its first character was escaped.
    pub fn push_words(&mut self, words: &str, escaped: bool) {
        let skip = if escaped { words.chars().next().map_or(0, char::len_utf8) } else { 0 };
        let base = self.text.len() + skip;
        if self.open_links.is_empty() {
            self.pipes.extend(words[skip..].match_indices(SPOILER).map(|(at, _)| base + at));
        }
        self.push(words, false);
    }

    /// Text as it is.
    pub fn push(&mut self, words: &str, code: bool) {
        if words.is_empty() {
            return;
        }
        self.text.push_str(words);
        let role = Role { strong: self.strong > 0, emphasis: self.emphasis > 0, code, ..Role::default() };
        let run =
            RawRun { end: self.text.len(), role, link: self.open_links.last().map_or(0, |(link, _)| *link) };
        match self.runs.last_mut() {
            Some(last) if (last.role, last.link) == (run.role, run.link) => last.end = run.end,
            _ => self.runs.push(run),
        }
    }

    /// Drops line breaks at the end.
    pub fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        let end = self.text.len();
        while self.runs.len() > 1 && self.runs[self.runs.len() - 2].end >= end {
            self.runs.pop();
        }
        if let Some(last) = self.runs.last_mut() {
            last.end = end;
        }
    }

    /// The text with everything in its place.
    pub fn finish(self, book: &mut LinkBook) -> Inline {
        let stretches = stretches(&self.text, &self.pipes);
        let mut out = Complete { inline: Inline::default(), book };
        let mut stretch = stretches.iter().peekable();
        let mut start = 0;
        for (index, run) in self.runs.iter().enumerate() {
            // A run is cut where a spoiler begins or ends.
            while start < run.end {
                while stretch.next_if(|(end, _)| *end <= start).is_some() {}
                let (end, kind) = stretch.peek().map_or((run.end, Kind::Shown), |(end, kind)| (*end, *kind));
                let end = end.min(run.end);
                match kind {
                    Kind::Shown => out.words(&self.text[start..end], run),
                    Kind::Mark => {}
                    Kind::Hidden => {
                        let hidden = RawRun { role: Role { spoiler: true, ..run.role }, ..*run };
                        out.words(&self.text[start..end], &hidden);
                    }
                }
                start = end;
            }
            let next_link = self.runs.get(index + 1).map_or(0, |next| next.link);
            if run.link > 0 && next_link != run.link {
                out.end_link(&self.text, &self.runs[..=index], run.link, &self.targets);
            }
        }
        settle(out.inline)
    }
}

/// What becomes of a stretch of text.
#[derive(Clone, Copy)]
enum Kind {
    Shown,
    /// The mark of a spoiler, which is not drawn.
    Mark,
    /// What a spoiler hides.
    Hidden,
}

/// Cuts the text at its spoilers; each stretch reaches from the end of the one before.
fn stretches(text: &str, pipes: &[usize]) -> Vec<(usize, Kind)> {
    let mut stretches = Vec::new();
    for (open, close) in pair_pipes(text, pipes) {
        stretches.extend([
            (open, Kind::Shown),
            (open + SPOILER.len(), Kind::Mark),
            (close, Kind::Hidden),
            (close + SPOILER.len(), Kind::Mark),
        ]);
    }
    stretches.push((text.len(), Kind::Shown));
    stretches
}

/// Which `||` belong together: the mark that opens stands before text, the one that closes after text, so that
/// `a || b` stays what it is.
fn pair_pipes(text: &str, pipes: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open = None;
    for &at in pipes {
        match open {
            None => {
                let opens = text[at + SPOILER.len()..].starts_with(|c: char| !c.is_whitespace());
                open = opens.then_some(at);
            }
            Some(start) => {
                let closes = at > start + SPOILER.len() && text[..at].ends_with(|c: char| !c.is_whitespace());
                if closes {
                    pairs.push((start, at));
                    open = None;
                }
            }
        }
    }
    pairs
}

/// Builds the final text.
struct Complete<'a> {
    inline: Inline,
    book: &'a mut LinkBook,
}

impl Complete<'_> {
    fn push(&mut self, text: &str, role: Role) {
        if text.is_empty() {
            return;
        }
        self.inline.text.push_str(text);
        let end = self.inline.text.len();
        match self.inline.runs.last_mut() {
            Some(last) if last.role == role => last.end = end,
            _ => self.inline.runs.push(Run { end, role }),
        }
    }

    /// Text of one run: mentions and addresses in it get roles of their own, unless it is code or already a link.
    fn words(&mut self, text: &str, run: &RawRun) {
        if run.link > 0 {
            // Its number is not known yet; `end_link` writes it.
            self.push(text, Role { link: LINK_PENDING, ..run.role });
            return;
        }
        if run.role.code {
            self.push(text, run.role);
            return;
        }
        let mut done = 0;
        while let Some(range) = find_address(text, done) {
            self.mentions(&text[done..range.start], run.role);
            self.written_address(&text[range.clone()], run.role);
            done = range.end;
        }
        self.mentions(&text[done..], run.role);
    }

    fn written_address(&mut self, text: &str, role: Role) {
        let number = address(text).map_or(0, |address| self.book.number(address));
        self.push(text, Role { link: number, ..role });
        self.number(number, role);
    }

    /// The number of a link after its text.
    fn number(&mut self, number: u16, role: Role) {
        if number > 0 {
            let role = Role { link: number, dim: true, spoiler: role.spoiler, ..Role::default() };
            self.push(&format!(" [{number}]"), role);
        }
    }

    fn mentions(&mut self, text: &str, role: Role) {
        let mut done = 0;
        for (at, _) in text.match_indices('@') {
            let before = text[..at]
                .chars()
                .next_back()
                .or_else(|| (at == 0).then(|| self.inline.text.chars().next_back()).flatten());
            let Some(length) = mention_bytes(before, &text[at + 1..]) else { continue };
            self.push(&text[done..at], role);
            done = at + 1 + length;
            self.push(&text[at..done], Role { mention: true, ..role });
        }
        self.push(&text[done..], role);
    }

    /// Numbers the link that has just ended, or, where it may not be one, shows where it would lead.
    fn end_link(&mut self, text: &str, runs: &[RawRun], link: usize, targets: &[String]) {
        let raw = targets.get(link - 1).map_or("", String::as_str);
        let count = runs.iter().rev().take_while(|run| run.link == link).count();
        let first = runs.len() - count;
        let start = if first == 0 { 0 } else { runs[first - 1].end };
        let own_words = &text[start..runs.last().map_or(start, |run| run.end)];
        let spoiler = self.inline.runs.last().is_some_and(|run| run.role.spoiler);
        let address = address(raw);
        let number = address.as_ref().map_or(0, |address| self.book.number(address.clone()));
        for run in self.inline.runs.iter_mut().rev().take_while(|run| run.role.link == LINK_PENDING) {
            run.role.link = number;
        }
        let aside = Role { dim: true, spoiler, ..Role::default() };
        match address {
            Some(address) if misleads(own_words, &address) => self.push(&format!(" ({address})"), aside),
            Some(_) => {}
            None => {
                let shown = clean_line(raw);
                if !shown.is_empty() && shown != own_words {
                    self.push(&format!(" ({shown})"), aside);
                }
            }
        }
        self.number(number, Role { spoiler, ..Role::default() });
    }
}

/// How many bytes after an `@` are a handle that is mentioned, given the character before the `@`.
fn mention_bytes(before: Option<char>, rest: &str) -> Option<usize> {
    if before.is_some_and(|c| c.is_alphanumeric() || "@/._-+=%".contains(c)) {
        return None;
    }
    let bytes = rest.as_bytes();
    let is_separator = |b: &u8| matches!(b, b'-' | b'_');
    let mut length = bytes
        .iter()
        .take(HANDLE_CHARS_MAX + 2)
        .take_while(|b| b.is_ascii_alphanumeric() || is_separator(b))
        .count();
    let after = rest[length..].chars().next();
    if let Some(doubled) = bytes[..length].windows(2).position(|pair| pair.iter().all(is_separator)) {
        length = doubled;
    } else if after.is_some_and(|c| c == '@' || c.is_alphanumeric()) {
        return None;
    }
    while length > 0 && is_separator(&bytes[length - 1]) {
        length -= 1;
    }
    Handle::parse_reserved_ok(&rest[..length]).ok().map(|_| length)
}

/// Makes every run end between grapheme clusters. Taking marks out may have piled combining characters up again: then
/// the word is bounded and, being no honest text, loses its roles.
fn settle(mut inline: Inline) -> Inline {
    if inline.text.is_ascii() {
        return inline;
    }
    if *bound_clusters(&inline.text) != *inline.text {
        inline = bounded(&inline);
    }
    let mut ends = inline.text.grapheme_indices(true).map(|(at, cluster)| at + cluster.len());
    let mut end = 0;
    for run in &mut inline.runs {
        while end < run.end {
            end = ends.next().unwrap_or(inline.text.len());
        }
        run.end = end;
    }
    let mut start = 0;
    inline.runs.retain(|run| {
        let keep = run.end > start;
        start = run.end;
        keep
    });
    inline
}

/// The text word by word, each bounded by itself, so that no word depends on those far from it.
fn bounded(inline: &Inline) -> Inline {
    let mut out = Inline::default();
    let mut first = 0;
    let mut start = 0;
    while start < inline.text.len() {
        let end = start + word_bytes(&inline.text[start..]);
        let word = &inline.text[start..end];
        while inline.runs.get(first).is_some_and(|run| run.end <= start) {
            first += 1;
        }
        let last = inline.runs[first..].iter().position(|run| run.end >= end).map_or(0, |last| last + first);
        let runs = &inline.runs[first..=last.max(first).min(inline.runs.len() - 1)];
        let base = out.text.len();
        let kept = bound_clusters(word);
        out.text.push_str(&kept);
        if *kept == *word {
            out.runs.extend(runs.iter().map(|run| Run { end: run.end.min(end) - start + base, ..*run }));
        } else {
            let spoiler = runs.iter().any(|run| run.role.spoiler);
            out.runs.push(Run { end: out.text.len(), role: Role { spoiler, ..Role::default() } });
        }
        start = end;
    }
    out
}

/// Bytes of the word that a text begins with, and of the space after it.
fn word_bytes(text: &str) -> usize {
    let ends = text.match_indices([' ', '\n']).map(|(at, _)| at);
    let mut ends = ends.filter(|at| {
        let after = text[at + 1..].chars().next();
        text.as_bytes()[*at] == b'\n' || after.is_some_and(|after| begins_word(' ', after))
    });
    ends.next().map_or(text.len(), |at| at + 1)
}
