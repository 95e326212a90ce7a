//! From a body to a tree. CommonMark is read by `pulldown-cmark`; what our dialect leaves out of it (reference
//! definitions, entities, underlined headings, HTML) is turned back into the text that was typed.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::guard::{guard, unguarded};
use super::inline::Gather;
use super::links::LinkBook;
use super::{Block, DEPTH_MAX, Document};
use crate::domain::text::{clean_body, clean_line};

pub(super) fn parse(body: &str) -> Document {
    let (blocks, book) = blocks(body, LinkBook::default());
    Document { blocks, links: book.into_addresses() }
}

/// The blocks of a body, or of a piece of one: its links go on from those in `book`.
pub(super) fn blocks(body: &str, book: LinkBook) -> (Vec<Block>, LinkBook) {
    let body = clean_body(body);
    let source = guard(&body);
    let mut builder = Builder::new(&source, book);
    for (event, range) in Parser::new_ext(&source, Options::empty()).into_offset_iter() {
        builder.event(event, range);
    }
    builder.end_text();
    (builder.blocks, builder.book)
}

/// What is open around the text that is read.
enum Container {
    Quote(Vec<Block>),
    List {
        start: Option<u64>,
        loose: bool,
        items: Vec<Vec<Block>>,
    },
    Item(Vec<Block>),
    /// Nested too deep: what it holds belongs to the container around it.
    Flat,
}

struct Builder<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    stack: Vec<Container>,
    /// Lists and quotes in `stack` that are drawn.
    depth: usize,
    text: Gather,
    heading: Option<Heading<'a>>,
    /// Label and text of the code block that is being read.
    code: Option<(String, String)>,
    book: LinkBook,
}

/// A heading that is being read.
struct Heading<'a> {
    level: u8,
    /// The line below, where the heading is an underlined one.
    underline: Option<&'a str>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, book: LinkBook) -> Self {
        Self {
            source,
            blocks: Vec::new(),
            stack: Vec::new(),
            depth: 0,
            text: Gather::default(),
            heading: None,
            code: None,
            book,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.words(&text, range),
            Event::Code(code) => self.text.push(&unguarded(&code), true),
            Event::Html(html) | Event::InlineHtml(html) => self.text.push(&unguarded(&html), false),
            // A line break is kept as it was typed: people write verses and signatures.
            Event::SoftBreak | Event::HardBreak => self.text.push("\n", false),
            Event::Rule => {
                self.end_text();
                self.push_block(Block::Rule);
            }
            // Of extensions that are off.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.end_text();
                self.loosen();
            }
            Tag::Heading { level, .. } => {
                self.end_text();
                let underline = underline(&self.source[range]);
                self.heading = Some(Heading { level: level as u8, underline });
            }
            Tag::BlockQuote(_) => self.open(Container::Quote(Vec::new())),
            Tag::List(start) => self.open(Container::List { start, loose: false, items: Vec::new() }),
            Tag::Item => {
                self.end_text();
                let in_list = matches!(self.stack.last(), Some(Container::List { .. }));
                self.stack.push(if in_list { Container::Item(Vec::new()) } else { Container::Flat });
            }
            Tag::CodeBlock(kind) => {
                self.end_text();
                let label = match kind {
                    // As typed, for the parser has resolved entities in it.
                    CodeBlockKind::Fenced(info) if !info.is_empty() => fence_label(&self.source[range]),
                    _ => String::new(),
                };
                self.code = Some((label, String::new()));
            }
            Tag::HtmlBlock => self.end_text(),
            Tag::Emphasis => self.text.emphasis(true),
            Tag::Strong => self.text.strong(true),
            Tag::Link { link_type, dest_url, .. } => {
                let target = unguarded(&dest_url);
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.text.open_link(&format!("{mail}{target}"));
            }
            Tag::Image { dest_url, .. } => self.text.open_link(&unguarded(&dest_url)),
            // Of extensions that are off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_text(),
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => {
                if let Some((label, mut text)) = self.code.take() {
                    text.truncate(text.trim_end_matches('\n').len());
                    self.push_block(Block::Code { label, text });
                }
            }
            TagEnd::HtmlBlock => {
                self.text.trim_end();
                self.end_text();
            }
            TagEnd::Emphasis => self.text.emphasis(false),
            TagEnd::Strong => self.text.strong(false),
            TagEnd::Link => self.text.close_link(""),
            TagEnd::Image => self.text.close_link("image"),
            _ => {}
        }
    }

    fn words(&mut self, text: &CowStr<'_>, range: Range<usize>) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(&unguarded(text));
            return;
        }
        // Entities are no part of the dialect, and they could name the very characters that cleaning took out.
        let typed = &self.source[range.clone()];
        let text = if typed.starts_with('&') { typed } else { text.as_ref() };
        let escaped = self.source[..range.start].ends_with('\\');
        self.text.push_words(&unguarded(text), escaped);
    }

    /// Ends the text of a paragraph, if there is any.
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let inline = std::mem::take(&mut self.text).finish(&mut self.book);
            self.push_block(Block::Paragraph(inline));
        }
    }

    /// A line under a text makes it no heading here: three dashes are a break, and the rest is text.
    fn end_heading(&mut self, range: Range<usize>) {
        let Some(Heading { level, underline }) = self.heading.take() else { return };
        let Some(underline) = underline else {
            if self.text.is_empty() {
                // Marks without a heading after them.
                self.text.push(unguarded(&self.source[range]).trim(), false);
                return self.end_text();
            }
            let inline = std::mem::take(&mut self.text).finish(&mut self.book);
            self.push_block(Block::Heading(level, inline));
            return;
        };
        let is_break = underline.starts_with("---");
        if !is_break {
            self.text.push("\n", false);
            self.text.push(underline, false);
        }
        self.end_text();
        if is_break {
            self.push_block(Block::Rule);
        }
    }

    /// A paragraph of its own in a list item: blank lines part the items.
    fn loosen(&mut self) {
        if let [.., Container::List { loose, .. }, Container::Item(_)] = self.stack.as_mut_slice() {
            *loose = true;
        }
    }

    fn open(&mut self, container: Container) {
        self.end_text();
        if self.depth < DEPTH_MAX {
            self.depth += 1;
            self.stack.push(container);
        } else {
            self.stack.push(Container::Flat);
        }
    }

    fn close(&mut self) {
        self.end_text();
        match self.stack.pop() {
            Some(Container::Quote(blocks)) => {
                self.depth -= 1;
                self.push_block(Block::Quote(blocks));
            }
            Some(Container::List { start, loose, items }) => {
                self.depth -= 1;
                let behind = items.len().saturating_sub(1) as u64;
                let numbers = start.map(|start| (start, start.saturating_add(behind)));
                self.push_block(Block::List { numbers, loose, items });
            }
            Some(Container::Item(blocks)) => {
                if let Some(Container::List { items, .. }) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Container::Flat) | None => {}
        }
    }

    fn push_block(&mut self, block: Block) {
        let holder = self.stack.iter_mut().rev().find_map(|container| match container {
            Container::Quote(blocks) | Container::Item(blocks) => Some(blocks),
            Container::List { .. } | Container::Flat => None,
        });
        holder.unwrap_or(&mut self.blocks).push(block);
    }
}

/// What was typed after the fence of a code block.
fn fence_label(block: &str) -> String {
    let first = block.lines().next().unwrap_or_default();
    clean_line(&unguarded(first.trim_start_matches(['`', '~'])))
}

/// The line under an underlined heading; nothing for a heading that begins with `#`.
fn underline(heading: &str) -> Option<&str> {
    let marks = heading.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&marks) && matches!(heading.as_bytes().get(marks), None | Some(b' ' | b'\n')) {
        return None;
    }
    let heading = heading.trim_end();
    let mark = heading.chars().next_back()?;
    Some(&heading[heading.trim_end_matches(mark).len()..])
}
