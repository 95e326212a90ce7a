//! A long text read piece by piece, so that its beginning is there as soon as a short text would be. Where a piece may
//! end, says `cut.rs`; here the pieces are put together again.

use super::closed::is_closed;
use super::cut::{Cut, Goes, PIECE_BYTES, find};
use super::items::{Items, survey};
use super::links::LinkBook;
use super::{Block, Inline, Line, Options, Role, Run, layout, parse};

/// Where one is in a text that is read piece by piece. The text itself stays with its owner and is handed in for every
/// piece; it is one that is stored, and so clean.
#[derive(Default)]
pub struct Pieces {
    at: usize,
    book: LinkBook,
    /// What the next piece begins with.
    goes: Goes,
    /// The last row of the paragraph that the next piece goes on with: it may not be full yet.
    carried: Inline,
}

impl Pieces {
    /// Lays out the next piece; nothing after the last one. All of them together are what `render` gives.
    pub fn next(&mut self, body: &str, width: u16, options: Options) -> Option<Vec<Line>> {
        let first = self.at == 0;
        let text = body.get(self.at..).filter(|text| first || !text.is_empty())?;
        if first && text.is_empty() {
            // An empty text is one piece, so that the caller's end comes the same way for all.
            self.at = usize::MAX;
            return Some(Vec::new());
        }
        let goes = std::mem::take(&mut self.goes);
        let items = match &goes {
            Goes::Items(items) => Some(items.clone()),
            Goes::Anew { quoted: false } => survey(text).filter(|list| list.bytes > PIECE_BYTES),
            _ => None,
        };
        let cut = items.as_ref().map_or_else(|| closed_cut(text, &goes), |items| Cut::of_items(text, items));
        let mut blocks = self.read(&text[..cut.end], &goes);
        amend(&mut blocks, items, std::mem::take(&mut self.carried));
        let (mut lines, last_row) = layout::rows_and_last(&blocks, width, options);
        if matches!(cut.goes, Goes::Words { midline: true, .. }) {
            lines.pop();
            self.carried = rest(blocks, last_row, text[..cut.end].ends_with(' '));
        }
        self.goes = cut.goes;
        self.at += cut.end;
        let between = if first { Vec::new() } else { between(&goes, width, options) };
        Some(if lines.is_empty() { lines } else { between.into_iter().chain(lines).collect() })
    }

    /// The blocks of a piece, which begins where `goes` says.
    fn read(&mut self, piece: &str, goes: &Goes) -> Vec<Block> {
        let before = match goes {
            Goes::Code { fence, quoted } => format!("{}{fence}\n", if *quoted { "> " } else { "" }),
            Goes::Words { quoted: true, midline: true } => "> ".to_owned(),
            _ => String::new(),
        };
        let book = std::mem::take(&mut self.book);
        let (blocks, book) = if before.is_empty() {
            parse::blocks(piece, book)
        } else {
            parse::blocks(&(before + piece), book)
        };
        self.book = book;
        blocks
    }

    /// Where the links lead that were met so far, by their numbers from 1 on.
    pub fn links(&self) -> &[String] {
        self.book.addresses()
    }
}

/// The end of a piece, so that nothing is open there. Where something is, twice as much is tried: at worst the text is
/// read twice.
fn closed_cut(text: &str, goes: &Goes) -> Cut {
    let mut least = PIECE_BYTES;
    loop {
        let cut = find(text, goes, least);
        if !matches!(cut.goes, Goes::Words { .. }) || is_closed(&text[cut.paragraph..cut.end]) {
            return cut;
        }
        least = cut.end * 2;
    }
}

/// What stands between a piece and the one before.
fn between(goes: &Goes, width: u16, options: Options) -> Vec<Line> {
    match goes {
        Goes::Anew { quoted: true } => layout::rows(&[Block::Quote(Vec::new())], width, options),
        Goes::Anew { quoted: false } => vec![Line::new()],
        Goes::Items(items) if items.loose => vec![Line::new()],
        Goes::Code { .. } | Goes::Words { .. } | Goes::Items(_) => Vec::new(),
    }
}

/// Tells the first block what the pieces before it know.
fn amend(blocks: &mut [Block], items: Option<Items>, carried: Inline) {
    match blocks.first_mut() {
        Some(Block::Quote(blocks)) => amend(blocks, None, carried),
        Some(Block::List { numbers, loose, .. }) => {
            if let Some(items) = items {
                (*numbers, *loose) = (items.numbers, items.loose);
            }
        }
        Some(Block::Paragraph(inline)) if !carried.text.is_empty() => {
            let more = std::mem::replace(inline, carried);
            let start = inline.text.len();
            inline.text.push_str(&more.text);
            inline.runs.extend(more.runs.iter().map(|run| Run { end: run.end + start, ..*run }));
        }
        _ => {}
    }
}

/// The last row of the last paragraph, and the space after it.
fn rest(mut blocks: Vec<Block>, last_row: usize, spaced: bool) -> Inline {
    match blocks.pop() {
        Some(Block::Quote(blocks)) => rest(blocks, last_row, spaced),
        Some(Block::Paragraph(mut inline)) => {
            let mut text = inline.text.split_off(last_row);
            inline.runs.retain(|run| run.end > last_row);
            inline.runs.iter_mut().for_each(|run| run.end -= last_row);
            if spaced {
                text.push(' ');
                inline.runs.push(Run { end: text.len(), role: Role::default() });
            }
            Inline { text, runs: inline.runs }
        }
        _ => Inline::default(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::markup::render;
    use crate::domain::text::clean_body;

    const OPTIONS: Options = Options { ascii: false, spoilers_open: false };

    fn all(body: &str, width: u16) -> (Vec<Line>, Vec<String>, usize) {
        let (mut pieces, mut lines, mut count) = (Pieces::default(), Vec::new(), 0);
        while let Some(more) = pieces.next(body, width, OPTIONS) {
            lines.extend(more);
            count += 1;
        }
        (lines, pieces.links().to_vec(), count)
    }

    fn same(body: &str, width: u16) -> usize {
        let (lines, links, count) = all(body, width);
        let whole = render(body, width, OPTIONS);
        let differs = lines.iter().zip(&whole.lines).position(|(one, other)| one != other);
        assert!(differs.is_none(), "row {differs:?} differs");
        assert_eq!(lines.len(), whole.lines.len());
        assert_eq!(links, whole.links);
        count
    }

    #[test]
    fn r5_a_long_text_is_read_in_pieces_and_stays_the_same() {
        let paragraph = "Tea with @bob and *milk*, see https://a.example/tea for ||more|| of it.\n\n";
        assert!(same(&clean_body(&paragraph.repeat(800)), 60) > 8);
        let code =
            format!("Look:\n```sh\n{}```\nand so on", "echo 'some line of a log'\n\n\nls\n".repeat(900));
        assert!(same(&clean_body(&code), 60) > 4);
        assert_eq!(same("short", 60), 1);
        assert_eq!(same("", 60), 1);
    }

    /// R5: one paragraph, one line, a list, a quote: each is cut as well, at every width.
    #[test]
    fn r5_whatever_is_long_is_read_in_pieces() {
        let words = "Tea with *milk* and `2 * 3` cups for @bob, see [it](https://a.example/tea) or [1]; ||more|| of it. ";
        let (line, many) = (words.trim_end(), 600);
        let numbered: String = (8..many).map(|n| format!("{n}. {line}\n")).collect();
        for (name, body) in [
            ("lines", format!("{line}\n").repeat(many)),
            ("one line", words.repeat(many)),
            ("plain words", "warm and plain ".repeat(4_000)),
            ("other scripts", "Чай с молоком, ça va très bien où. ".repeat(1_500)),
            ("ideographs", "日本語の長い文章です。".repeat(2_000)),
            ("list", format!("- {line}\n").repeat(many)),
            ("parted list", "Bring:\n\n".to_owned() + &format!("- {line}\n\n").repeat(many)),
            ("numbers", format!("Bring:\n{}", numbered.replacen("8.", "1.", 1))),
            ("many numbers", numbered),
            ("deep list", format!("* {line}\n  - {line}\n    more of it\n").repeat(many / 2) + "\nand so on"),
            ("quoted lines", format!("> {line}\n").repeat(many) + "my answer"),
            ("quoted paragraphs", format!("> {line}\n>\n").repeat(many)),
            ("one quoted line", format!("> {}", words.repeat(many))),
            ("quoted code", format!("> ```\n{}> ```\n> and so on", "> let tea = warm;\n".repeat(many * 6))),
            ("answers", format!("> {line}\nno\n").repeat(many)),
        ] {
            for width in [20, 61, 140] {
                assert!(same(clean_body(&body).trim_end(), width) > 8, "{name} at {width}");
            }
        }
    }

    #[test]
    fn what_only_the_whole_text_tells_is_not_cut() {
        let long = "x".repeat(PIECE_BYTES);
        let line = "with milk and a cup and a spoon and some more of all";
        let words = format!("{line} ").repeat(200);
        for body in [
            format!("- ```\n  {long}\n  ```\n\ntea\n\n```\ncode\n\ncode\n```\n\nmore"),
            format!("<!-- {long}\n\ntea\n\n-->\n\nmore"),
            format!("{long}\n\n- a\n\n- b\n\nc\n\n1. d\n\n2. e"),
            format!("```a`b\n{long}\n\ntea"),
            format!("> {long}\n> ```\n> tea\n\ntea\n\n> ```\n\nmore"),
            format!("so **tea\n{words}\nmilk** and more"),
            format!("so [tea {words} milk](https://a.example) and more"),
            format!("so ||tea {words} milk|| and more"),
            format!("so `tea {words} milk` and more"),
            format!("tea [it](\n{words}\nhttps://a.example)"),
            format!("- {words}\n\n  more\n- b\n\n\n- c\n{words}"),
            format!("{}\n{}- z\n\n- y", format!("- {line}\n").repeat(80), format!("  - {line}\n").repeat(80)),
            "- a\n\n  more\n".to_owned() + &format!("- {line}\n").repeat(200),
            "# h\n- a\n\n".to_owned() + &format!("- {line}\n").repeat(200),
            format!("{line}\\\n").repeat(200),
            format!("{}\n\nlast", format!("- {line}\n  - a\n\n  - b\n").repeat(80)),
        ] {
            same(&clean_body(&body), 40);
        }
    }

    proptest! {
        // Each case lays out a text of some 30 KiB twice.
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// The pieces of any text are the text.
        #[test]
        fn r6_pieces_are_what_the_whole_is(parts in prop::collection::vec(
            prop_oneof![
                Just("\n\n".to_owned()), Just("\n".to_owned()), Just("```".to_owned()), Just("\n```\n".to_owned()),
                Just("\n~~~ sh\n".to_owned()), Just("\n- item\n".to_owned()), Just("\n  ```\n".to_owned()),
                Just("\n> quote\n".to_owned()), Just("\n<!--\n".to_owned()), Just("-->".to_owned()),
                Just("\n1. one\n".to_owned()), Just("\n12 (\n".to_owned()), Just("\n\"a\" 2)\n".to_owned()), Just("\n    code\n".to_owned()), Just("\n---\n".to_owned()),
                Just("https://a.example/1".to_owned()), Just("*em* ||sp|| `c`".to_owned()), Just("\n# h\n".to_owned()),
                Just(format!("Tea {}", "with milk ".repeat(180))), Just(format!("\n{}\n", "a line\n".repeat(220))),
                "\\PC{0,12}",
            ], 1..60))
        {
            let body = clean_body(&parts.concat());
            same(&body, 50);
        }

        /// The same, of texts that go on for long in one way, with something odd here and there.
        #[test]
        fn r5_pieces_of_long_blocks_are_what_the_whole_is(way in 0..7_usize, lines in prop::collection::vec(
            prop_oneof![
                60 => Just("with milk and a cup, 2 * 3 of [1] and snake_case, @bob"),
                20 => Just("*em* and **strong**, `code` and ||more|| at https://a.example/1 (*so*)"),
                20 => Just("茶とミルク。日本語の長い文章です、and more"),
                1 => prop::sample::select(vec![
                    "a **b", "b** c", "_a", "a_", "so `a", "a` so", "so ||a", "a|| so", "[a", "a](https://a.example)", "[a](", "http://a.example)",
                    "end\\", "<b", "a>", "", "> q", "> - q", ">", "- i", "  - i", "   1. i", "  more", "    code", "1. one", "7) seven", "# h", "#h", "---", "===",
                    "a\u{301}*\u{301}*\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} b", "\u{903}", "```", "  ```", "<!--", "&amp; \\* \\[", "*", "* * *", "+ x",
                ]),
            ], 120..300), width in 20_u16..90)
        {
            let (before, between) = [
                ("", "\n"), ("", " "), ("- ", "\n"), ("- ", "\n\n"), ("1. ", "\n"), ("> ", "\n"), ("", ""),
            ][way];
            let body: String = lines.iter().map(|line| format!("{before}{line}{between}")).collect();
            same(&clean_body(&body), width);
        }
    }
}
