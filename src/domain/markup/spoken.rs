//! A text in words, for speech, Braille and paper: what the screens show by bars, bullets and colours is said.

use super::{Block, Document, Inline};

/// A text as it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// Paragraphs and lines of code, not wrapped; an empty one parts two blocks.
    pub lines: Vec<String>,
    /// Where the numbered links lead.
    pub links: Vec<String>,
    /// Whether something is hidden by a spoiler.
    pub hides: bool,
}

/// What stands for a spoiler.
const HIDDEN: &str = "(spoiler, hidden)";

impl Document {
    /// Says it: `Quote:` and `End of quote.`, `Code:` and `End of code.`, `Item:`, `Heading:`, `(link 1)`.
    pub fn spoken(&self, spoilers_open: bool) -> Spoken {
        let mut speech = Speech { open: spoilers_open, said: Spoken::default() };
        speech.blocks(&self.blocks, false);
        speech.said.links.clone_from(&self.links);
        speech.said
    }
}

struct Speech {
    open: bool,
    said: Spoken,
}

impl Speech {
    fn line(&mut self, text: impl Into<String>) {
        self.said.lines.push(text.into());
    }

    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        for (n, block) in blocks.iter().enumerate() {
            if n > 0 && !tight {
                self.line("");
            }
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(inline) => self.inline(inline, ""),
            Block::Heading(_, inline) => self.inline(inline, "Heading: "),
            Block::Code { label, text } => {
                self.line(if label.is_empty() { "Code:".to_owned() } else { format!("Code, {label}:") });
                for line in text.split('\n') {
                    self.line(line);
                }
                self.line("End of code.");
            }
            Block::Quote(blocks) => {
                self.line("Quote:");
                self.blocks(blocks, false);
                self.line("End of quote.");
            }
            Block::List { numbers, loose, items } => {
                for (n, item) in items.iter().enumerate() {
                    if n > 0 && *loose {
                        self.line("");
                    }
                    let mark = match numbers {
                        Some((start, _)) => format!("{}. ", start.saturating_add(n as u64)),
                        None => "Item: ".to_owned(),
                    };
                    let first = self.said.lines.len();
                    self.blocks(item, !loose);
                    match self.said.lines.get_mut(first) {
                        Some(line) => line.insert_str(0, &mark),
                        None => self.line(mark.trim_end()),
                    }
                }
            }
            // A line across the page parts two blocks, as an empty one does.
            Block::Rule => {}
        }
    }

    fn inline(&mut self, inline: &Inline, before: &str) {
        let mut text = before.to_owned();
        let mut hidden = false;
        for (piece, role) in inline.pieces() {
            if role.spoiler && !self.open {
                if !std::mem::replace(&mut hidden, true) {
                    text.push_str(HIDDEN);
                }
                self.said.hides = true;
                continue;
            }
            hidden = false;
            if role.dim && role.link > 0 {
                text.push_str(&format!(" (link {})", role.link));
            } else {
                text.push_str(piece);
            }
        }
        for line in text.split('\n') {
            self.line(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> Vec<String> {
        Document::parse(body).spoken(false).lines
    }

    #[test]
    fn x2_what_a_screen_shows_by_signs_is_said_in_words() {
        assert_eq!(said("> warm\n\nand *plain*"), ["Quote:", "warm", "End of quote.", "", "and plain"]);
        assert_eq!(said("- one\n- two"), ["Item: one", "Item: two"]);
        assert_eq!(said("3. one\n4. two"), ["3. one", "4. two"]);
        assert_eq!(
            said("# Tea\n\n```rust\nlet a;\n\nb\n```"),
            ["Heading: Tea", "", "Code, rust:", "let a;", "", "b", "End of code."]
        );
    }

    #[test]
    fn x2_links_are_numbered_and_spoilers_stay_hidden() {
        let document = Document::parse("See [the page](https://example.org/x) and ||the butler||.");
        let spoken = document.spoken(false);
        assert_eq!(spoken.lines, ["See the page (link 1) and (spoiler, hidden)."]);
        assert_eq!(spoken.links, ["https://example.org/x"]);
        assert!(spoken.hides);
        assert_eq!(document.spoken(true).lines, ["See the page (link 1) and the butler."]);
    }
}
