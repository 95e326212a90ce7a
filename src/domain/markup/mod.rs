//! The small Markdown of posts (R6, `docs/markdown.md`): read into a tree, laid out to a width in rows of styled spans.
//!
//! Roles say what a span *is*; what it looks like is the theme's business, so no colour may appear here. What is
//! no markup, or no markup we know, is shown as it was typed; no words are lost. What comes out is clean
//! (`domain::text`), whatever went in.

mod closed;
mod cut;
mod guard;
mod inline;
mod items;
mod layout;
mod links;
mod parse;
mod pieces;
mod quote;
mod spoken;
mod unmarked;

#[cfg(test)]
mod layout_tests;
#[cfg(test)]
mod tests;

pub use links::{HYPERLINK_SCHEMES, LINK_BYTES_MAX, SCHEMES, is_hyperlink};
pub use pieces::Pieces;
pub use quote::{part, quote};
pub use spoken::Spoken;
pub use unmarked::unmarked;

use crate::domain::text::cells;

/// Narrowest width that is laid out to; a smaller one counts as this. A screen of 40 columns is the smallest we draw.
pub const WIDTH_MIN: u16 = 10;

/// Deepest nesting of quotes and lists that is drawn; what is nested deeper is drawn at this depth.
pub const DEPTH_MAX: usize = 8;

/// What a piece of text is. Several hold at once: strong text in a link in a quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Role {
    /// `**strong**`
    pub strong: bool,
    /// `*emphasised*`
    pub emphasis: bool,
    /// A code span or a line of a code block.
    pub code: bool,
    /// Spoiler text, or the blocks that stand for it while it is closed.
    pub spoiler: bool,
    /// An `@handle`.
    pub mention: bool,
    /// The bullet or number of a list item.
    pub bullet: bool,
    /// A thematic break.
    pub rule: bool,
    /// Drawn by hob, not typed: the bar of a quote, the number of a link, the mark where code was cut.
    pub dim: bool,
    /// Level of a heading, 1 to 6; 0 elsewhere.
    pub heading: u8,
    /// How many quotes it stands in, at most [`DEPTH_MAX`]; 0 outside.
    pub quote: u8,
    /// Number of the link it belongs to, its place in [`Rendered::links`] counted from 1; 0 outside of links.
    pub link: u16,
}

/// Text of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Never empty, never with a line break.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// One row, at most as wide as was asked for. Empty for a blank row.
pub type Line = Vec<Span>;

/// A text laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The rows from top to bottom.
    pub lines: Vec<Line>,
    /// Where the numbered links lead: printable ASCII with a scheme of [`SCHEMES`], safe for an OSC 8 hyperlink.
    pub links: Vec<String>,
}

/// How to lay out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Bars, bullets, rules and blocks in ASCII. The text itself stays as it is.
    pub ascii: bool,
    /// Show what spoilers hide.
    pub spoilers_open: bool,
}

/// A text read once, to be laid out at any width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    blocks: Vec<Block>,
    links: Vec<String>,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    Paragraph(Inline),
    /// With its level, 1 to 6.
    Heading(u8, Inline),
    Code {
        /// What was typed after the fence: the language, mostly.
        label: String,
        /// Lines without a line break at the end.
        text: String,
    },
    Quote(Vec<Block>),
    List {
        /// Numbers of the first and the last item; bullets without.
        numbers: Option<(u64, u64)>,
        /// Whether blank rows part its items.
        loose: bool,
        items: Vec<Vec<Block>>,
    },
    Rule,
}

/// Text with roles: each run reaches from the end of the one before to `end`, both between grapheme clusters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Inline {
    text: String,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    end: usize,
    role: Role,
}

impl Inline {
    /// The runs with their text.
    fn pieces(&self) -> impl Iterator<Item = (&str, Role)> {
        let mut start = 0;
        self.runs.iter().map(move |run| {
            let piece = &self.text[start..run.end];
            start = run.end;
            (piece, run.role)
        })
    }
}

impl Document {
    /// Reads a body. Every text is a document; there is no wrong Markdown.
    pub fn parse(body: &str) -> Self {
        parse::parse(body)
    }

    /// Lays it out to `width` columns, at least [`WIDTH_MIN`].
    pub fn render(&self, width: u16, options: Options) -> Rendered {
        Rendered { lines: layout::rows(&self.blocks, width, options), links: self.links.clone() }
    }

    /// Calls `visit` with the text of every paragraph, heading and code block outside of quotes (or everywhere).
    fn visit<'a>(&'a self, quotes_too: bool, visit: &mut impl FnMut(Words<'a>)) {
        visit_blocks(&self.blocks, quotes_too, visit);
    }
}

/// The text of one block.
enum Words<'a> {
    Inline(&'a Inline),
    Code(&'a str),
}

/// Recursion ends: the tree is at most `DEPTH_MAX` lists and quotes deep.
fn visit_blocks<'a>(blocks: &'a [Block], quotes_too: bool, visit: &mut impl FnMut(Words<'a>)) {
    for block in blocks {
        match block {
            Block::Paragraph(inline) | Block::Heading(_, inline) => visit(Words::Inline(inline)),
            Block::Code { text, .. } => visit(Words::Code(text)),
            Block::Quote(blocks) if quotes_too => visit_blocks(blocks, quotes_too, visit),
            Block::List { items, .. } => {
                for item in items {
                    visit_blocks(item, quotes_too, visit);
                }
            }
            Block::Quote(_) | Block::Rule => {}
        }
    }
}

/// Reads `body` and lays it out to `width` columns (at least [`WIDTH_MIN`]).
///
/// ```
/// use hob::domain::markup::{Options, render};
/// let rendered = render("> warm\n\nand *plain*", 20, Options::default());
/// let rows: Vec<String> = rendered.lines.iter().map(|l| l.iter().map(|s| s.text.as_str()).collect()).collect();
/// assert_eq!(rows, ["│ warm", "", "and plain"]);
/// assert!(rendered.lines[2][1].role.emphasis);
/// ```
pub fn render(body: &str, width: u16, options: Options) -> Rendered {
    Document::parse(body).render(width, options)
}

/// The handles that `body` mentions, in lower case, each once, in order. Code mentions nobody, and neither do quotes:
/// whoever was mentioned there has heard of it. Whether a handle is anybody's is the caller's to find out.
pub fn mentions(body: &str) -> Vec<String> {
    let mut handles: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    Document::parse(body).visit(false, &mut |words| {
        let Words::Inline(inline) = words else { return };
        for (text, _) in inline.pieces().filter(|(_, role)| role.mention) {
            let handle = text.trim_start_matches('@').to_ascii_lowercase();
            if seen.insert(handle.clone()) {
                handles.push(handle);
            }
        }
    });
    handles
}

/// How much of a body is read at first for an excerpt: enough for any excerpt unless quotes come first.
const EXCERPT_BYTES: usize = 4_096;

/// The beginning of `body` on one line of at most `max_chars` characters, without markup: for lists and hits of a
/// search. Quotes are left out unless there is nothing else, spoilers stay hidden.
pub fn plain(body: &str, max_chars: usize) -> String {
    let head = &body[..body.floor_char_boundary(EXCERPT_BYTES)];
    let mut words = words_of(&Document::parse(head), false);
    if words.chars().count() <= max_chars && head.len() < body.len() {
        words = words_of(&Document::parse(body), false);
    }
    if words.is_empty() {
        words = words_of(&Document::parse(head), true);
    }
    if words.chars().count() <= max_chars { words } else { excerpt(&words, max_chars) }
}

fn excerpt(words: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut chars = 0;
    for (cluster, _) in cells(words) {
        chars += cluster.chars().count();
        if chars + 1 > max_chars {
            break;
        }
        out.push_str(cluster);
    }
    out.truncate(out.trim_end().len());
    if max_chars > 0 {
        out.push('…');
    }
    out
}

/// What stands for a spoiler in a line of plain text.
const PLAIN_SPOILER: &str = "[spoiler]";

fn words_of(document: &Document, quotes_too: bool) -> String {
    let mut text = String::new();
    document.visit(quotes_too, &mut |words| {
        text.push(' ');
        match words {
            Words::Code(code) => text.push_str(code),
            Words::Inline(inline) => {
                let mut in_spoiler = false;
                for (piece, role) in inline.pieces().filter(|(_, role)| !role.dim) {
                    if !role.spoiler {
                        text.push_str(piece);
                    } else if !in_spoiler {
                        text.push_str(PLAIN_SPOILER);
                    }
                    in_spoiler = role.spoiler;
                }
            }
        }
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
