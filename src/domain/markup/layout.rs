//! From a tree to rows of a width. Words wrap between words, code keeps its shape, and what stands in a quote or a list
//! has its mark or its indentation before every row.

use super::{Block, Inline, Line, Options, Role, Run, Span, WIDTH_MIN};
use crate::domain::text::{WrappedLine, cells, display_width, pad_left, truncate, wrap, wrap_ranges};

/// Columns that text keeps however deep it is nested; marks that would leave less are not drawn.
const TEXT_COLUMNS_MIN: usize = 6;

/// Columns before each row of a code block.
const CODE_COLUMNS: usize = 2;

/// What hob draws itself, in Unicode or ASCII.
struct Signs {
    bar: &'static str,
    bullets: [&'static str; 2],
    rule: &'static str,
    /// Before a row that continues the row of code above.
    continued: &'static str,
    /// One column of a closed spoiler.
    hidden: &'static str,
    /// Stands for a cluster that is wider than the row.
    too_wide: &'static str,
}

const UNICODE: Signs =
    Signs {
        bar: "│", bullets: ["•", "◦"], rule: "─", continued: "↳", hidden: "█", too_wide: "\u{fffd}"
    };

const ASCII: Signs =
    Signs { bar: "|", bullets: ["*", "-"], rule: "-", continued: "\\", hidden: "#", too_wide: "?" };

/// The rows of the blocks of a text, or of a piece of one.
pub(super) fn rows(blocks: &[Block], width: u16, options: Options) -> Vec<Line> {
    rows_and_last(blocks, width, options).0
}

/// The rows, and where the last one begins in the text of the last paragraph.
pub(super) fn rows_and_last(blocks: &[Block], width: u16, options: Options) -> (Vec<Line>, usize) {
    let mut layout = Layout {
        width: usize::from(width.max(WIDTH_MIN)),
        signs: if options.ascii { ASCII } else { UNICODE },
        spoilers_open: options.spoilers_open,
        lines: Vec::new(),
        prefixes: Vec::new(),
        quotes: 0,
        lists: 0,
        last_row: 0,
    };
    layout.blocks(blocks, false);
    (layout.lines, layout.last_row)
}

/// What stands before the rows of a container.
struct Prefix {
    /// Before its first row only.
    first: Option<String>,
    /// Before all others.
    rest: String,
    width: usize,
    role: Role,
}

struct Layout {
    width: usize,
    signs: Signs,
    spoilers_open: bool,
    lines: Vec<Line>,
    prefixes: Vec<Prefix>,
    /// Quotes and lists around the block that is laid out.
    quotes: u8,
    lists: usize,
    /// Where the last row of a paragraph begins in its text.
    last_row: usize,
}

impl Layout {
    /// Columns that are left for text.
    fn room(&self) -> usize {
        self.width - self.prefixes.iter().map(|prefix| prefix.width).sum::<usize>()
    }

    /// Recursion ends: a tree is at most `DEPTH_MAX` lists and quotes deep.
    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        for (n, block) in blocks.iter().enumerate() {
            if n > 0 && !tight {
                self.row(Vec::new());
            }
            match block {
                Block::Paragraph(inline) => self.inline(inline, 0),
                Block::Heading(level, inline) => self.inline(inline, *level),
                Block::Code { label, text } => self.code(label, text),
                Block::Quote(blocks) => self.quote(blocks),
                Block::List { numbers, loose, items } => self.list(*numbers, *loose, items),
                Block::Rule => {
                    let text = self.signs.rule.repeat(self.room());
                    self.row(vec![Span {
                        text,
                        role: Role { rule: true, quote: self.quotes, ..Role::default() },
                    }]);
                }
            }
        }
    }

    fn quote(&mut self, blocks: &[Block]) {
        self.quotes += 1;
        let role = Role { quote: self.quotes, dim: true, ..Role::default() };
        let drawn = self.indent(None, format!("{} ", self.signs.bar), role);
        if blocks.is_empty() {
            self.row(Vec::new());
        }
        self.blocks(blocks, false);
        if drawn {
            self.prefixes.pop();
        }
        self.quotes -= 1;
    }

    fn list(&mut self, numbers: Option<(u64, u64)>, loose: bool, items: &[Vec<Block>]) {
        let digits = numbers.map_or(0, |(_, last)| last.to_string().len());
        let role = Role { bullet: true, quote: self.quotes, ..Role::default() };
        let bullet = self.signs.bullets[self.lists % 2];
        self.lists += 1;
        for (n, item) in items.iter().enumerate() {
            if n > 0 && loose {
                self.row(Vec::new());
            }
            let mark = match numbers {
                Some((start, _)) => {
                    let number = start.saturating_add(n as u64).to_string();
                    format!("{}. ", pad_left(&number, digits))
                }
                None => format!("{bullet} "),
            };
            let rest = " ".repeat(display_width(&mark));
            let drawn = self.indent(Some(mark.clone()), rest, role);
            if !drawn {
                // No room beside it: the mark has a row of its own.
                let text = truncate(mark.trim_end(), self.room(), "").into_owned();
                self.row(vec![Span { text, role }]);
            }
            self.blocks(item, !loose);
            if drawn {
                if self.prefixes.last().is_some_and(|prefix| prefix.first.is_some()) {
                    self.row(Vec::new());
                }
                self.prefixes.pop();
            }
        }
        self.lists -= 1;
    }

    /// Puts a prefix before the rows to come, if enough room for text stays. Says whether it did.
    fn indent(&mut self, first: Option<String>, rest: String, role: Role) -> bool {
        let width = display_width(&rest);
        let fits = self.room() >= width + TEXT_COLUMNS_MIN;
        if fits {
            self.prefixes.push(Prefix { first, rest, width, role });
        }
        fits
    }

    fn code(&mut self, label: &str, code: &str) {
        let role = Role { code: true, quote: self.quotes, ..Role::default() };
        let dim = Role { dim: true, ..role };
        let room = self.room() - CODE_COLUMNS;
        for text in wrap(label, self.room()) {
            self.row(vec![Span { text: text.to_owned(), role: dim }]);
        }
        for line in code.split('\n') {
            for (n, piece) in self.cut(line, room).into_iter().enumerate() {
                let lead = if n == 0 { "  ".to_owned() } else { format!("{} ", self.signs.continued) };
                let lead = Span { text: lead, role: if n == 0 { role } else { dim } };
                self.row(vec![lead, Span { text: piece, role }]);
            }
        }
    }

    /// A line of code in pieces of at most `room` columns, at least one.
    fn cut(&self, line: &str, room: usize) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let mut used = 0;
        for (cluster, width) in cells(line) {
            let (cluster, width) = if width > room { (self.signs.too_wide, 1) } else { (cluster, width) };
            if used + width > room {
                pieces.push(String::new());
                used = 0;
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push_str(cluster);
            }
            used += width;
        }
        pieces
    }

    fn inline(&mut self, inline: &Inline, heading: u8) {
        let room = self.room();
        let mut first = 0;
        for line in wrap_ranges(&inline.text, room) {
            while inline.runs.get(first).is_some_and(|run| run.end <= line.range.start) {
                first += 1;
            }
            self.last_row = line.range.start;
            let row = self.spans(inline, &inline.runs[first..], &line, heading);
            self.row(row);
        }
    }

    /// The spans of one row; `runs` begins with the run that holds the row's first byte.
    fn spans(&self, inline: &Inline, runs: &[Run], line: &WrappedLine, heading: u8) -> Line {
        let mut spans: Line = Vec::new();
        let mut start = line.range.start;
        for run in runs {
            if start >= line.range.end {
                break;
            }
            let text = &inline.text[start..run.end.min(line.range.end)];
            start = run.end;
            let mut role = Role { heading, quote: self.quotes, ..run.role };
            let text = if role.spoiler && !self.spoilers_open {
                // Nothing of what is hidden shows, not even that it is a link or code.
                role = Role { spoiler: true, heading, quote: self.quotes, ..Role::default() };
                self.signs.hidden.repeat(display_width(text))
            } else if line.width > self.room() {
                self.signs.too_wide.to_owned()
            } else {
                text.to_owned()
            };
            match spans.last_mut() {
                Some(last) if last.role == role => last.text.push_str(&text),
                _ => spans.push(Span { text, role }),
            }
        }
        if line.width > self.room() {
            spans.truncate(1);
            if let Some(span) = spans.first_mut() {
                span.text = truncate(&span.text, self.room(), "").into_owned();
            }
        }
        spans
    }

    /// Adds a row with its prefixes; a blank one without spaces at its end.
    fn row(&mut self, mut content: Line) {
        content.retain(|span| !span.text.is_empty());
        let blank = content.iter().all(|span| span.text.bytes().all(|b| b == b' '));
        let mut line: Line = Vec::with_capacity(self.prefixes.len() + content.len());
        for prefix in &mut self.prefixes {
            let text = prefix.first.take().unwrap_or_else(|| prefix.rest.clone());
            line.push(Span { text, role: prefix.role });
        }
        if !blank {
            line.extend(content);
        }
        while let Some(last) = line.last_mut().filter(|_| blank) {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                break;
            }
            line.pop();
        }
        self.lines.push(line);
    }
}
