//! Tests of the renderer against a terminal emulator: what a member sees after any number of differences is what a fresh
//! drawing shows, and it costs few bytes (SPEED.md) and little memory.

#![allow(clippy::unwrap_used)]

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};

use super::*;
use crate::ui::capabilities::ColorDepth;

const TRUE: Capabilities = Capabilities { colors: ColorDepth::True, ..Capabilities::COMMON };

fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap(), 100)
}

/// A view that shows this buffer.
fn show(state: &Buffer, cursor: Option<Position>) -> impl FnOnce(Rect, &mut Buffer) -> Option<Position> {
    move |_, buffer| {
        buffer.content.clone_from(&state.content);
        cursor
    }
}

/// A cell as a person sees it: text, width, colours, and bold, dim, italic, underlined, reversed.
type Seen = (String, bool, vt100::Color, vt100::Color, [bool; 5]);

fn seen(cell: &vt100::Cell) -> Seen {
    let text = if cell.has_contents() { cell.contents() } else { " " };
    let [bold, dim, italic] = [cell.bold(), cell.dim(), cell.italic()];
    let attributes = [bold, dim, italic, cell.underline(), cell.inverse()];
    if text == " " && !cell.underline() && !cell.inverse() {
        // Nobody sees the colour of a blank's text.
        return (text.to_owned(), cell.is_wide(), vt100::Color::Default, cell.bgcolor(), [false; 5]);
    }
    (text.to_owned(), cell.is_wide(), cell.fgcolor(), cell.bgcolor(), attributes)
}

fn screen(parser: &vt100::Parser) -> Vec<Vec<Seen>> {
    let (rows, columns) = parser.screen().size();
    let row = |y| (0..columns.get()).map(|x| seen(parser.screen().cell(y, x).unwrap())).collect();
    (0..rows.get()).map(row).collect()
}

/// What an emulator shows on which only this was drawn.
fn fresh(state: &Buffer, capabilities: Capabilities) -> Vec<Vec<Seen>> {
    let Rect { width, height, .. } = *state.area();
    let mut parser = emulator(width, height);
    let mut terminal = Terminal::new(capabilities, width, height);
    parser.process(&terminal.enter());
    parser.process(&terminal.draw(show(state, None)));
    screen(&parser)
}

/// Whether nothing but our own sequences is in the bytes (SAFETY.md, Terminal).
fn only_ours(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '\x1b' => {
                let introduced = rest.next();
                if introduced == Some(']') {
                    let link: String = rest.by_ref().take_while(|c| *c != '\x1b').collect();
                    if !link.starts_with("8;;") || !link.is_ascii() || rest.next() != Some('\\') {
                        return Err(format!("{link:?} in {text:?}"));
                    }
                    continue;
                }
                if introduced != Some('[') {
                    return Err(format!("an ESC without [ in {text:?}"));
                }
                let end = rest.by_ref().find(|c| !matches!(c, '0'..='9' | ';' | '?'));
                if !end.is_some_and(|end| "ABCDGHJKLMmrhl".contains(end)) {
                    return Err(format!("a sequence that ends in {end:?} in {text:?}"));
                }
            }
            '\r' | '\n' | '\x08' => {}
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}' => return Err(format!("{character:?} in {text:?}")),
            _ if character.is_control() => return Err(format!("{character:?} in {text:?}")),
            _ => {}
        }
    }
    Ok(())
}

/// A dialog's border over the second half of a wide glyph: the border is shown, the half gives way.
#[test]
fn what_is_drawn_over_half_a_wide_glyph_is_shown() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
    buffer.set_string(0, 0, "日本語のお茶", Style::new());
    buffer[(3, 0)].set_symbol("│");
    let rows = fresh(&buffer, Capabilities::COMMON);
    let text: String = rows[0].iter().map(|cell| cell.0.as_str()).collect();
    assert_eq!(text.split_whitespace().collect::<String>(), "日│語のお茶");
    assert_eq!((rows[0][2].0.as_str(), rows[0][3].0.as_str()), (" ", "│"));
}

// --- Properties -----------------------------------------------------------------------------------------------------

/// One change to what a view shows.
#[derive(Clone, Debug)]
enum Change {
    Text { x: u16, y: u16, text: String, style: Style },
    Symbol { x: u16, y: u16, symbol: &'static str },
    Restyle { x: u16, y: u16, width: u16, height: u16, style: Style },
    Clear,
    Shift(i16),
    Resize { columns: u16, rows: u16 },
    Invalidate,
    Cursor(Option<(u16, u16)>),
}

fn apply(
    change: &Change,
    state: &mut Buffer,
    cursor: &mut Option<Position>,
    terminal: &mut Terminal,
    parser: &mut vt100::Parser,
) {
    let area = *state.area();
    match change {
        Change::Text { x, y, text, style } => {
            state.set_string(x % area.width, y % area.height, text, *style);
        }
        Change::Symbol { x, y, symbol } => {
            state[(x % area.width, y % area.height)].set_symbol(symbol);
        }
        Change::Restyle { x, y, width, height, style } => {
            state.set_style(Rect::new(*x, *y, *width, *height), *style);
        }
        Change::Clear => state.reset(),
        Change::Shift(by) => {
            let cells = usize::from(by.unsigned_abs() * area.width).min(state.content.len());
            if *by > 0 {
                state.content.rotate_left(cells);
            } else {
                state.content.rotate_right(cells);
            }
        }
        Change::Resize { columns, rows } => {
            *state = Buffer::empty(Rect::new(0, 0, *columns, *rows));
            terminal.resize(*columns, *rows);
            parser.screen_mut().set_size(NonZeroU16::new(*rows).unwrap(), NonZeroU16::new(*columns).unwrap());
        }
        Change::Invalidate => terminal.invalidate(),
        Change::Cursor(at) => *cursor = at.map(|(x, y)| Position::new(x, y)),
    }
}

fn colors() -> impl Strategy<Value = Color> {
    prop_oneof![
        3 => Just(Color::Reset),
        2 => proptest::sample::select(vec![Color::Yellow, Color::Blue, Color::White, Color::DarkGray, Color::Black]),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Color::Rgb(red, green, blue)),
    ]
}

fn styles() -> impl Strategy<Value = Style> {
    // The emulator knows either bold or dim, and none of the rest.
    let modifiers = proptest::sample::select(vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::ITALIC,
        Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::BOLD.union(Modifier::UNDERLINED),
        Modifier::DIM.union(Modifier::REVERSED).union(Modifier::ITALIC),
    ]);
    (colors(), colors(), modifiers)
        .prop_map(|(fg, bg, modifier)| Style::reset().fg(fg).bg(bg).add_modifier(modifier))
}

/// Symbols from the harmless to the hostile, most of which the emulator draws in another width than ratatui.
const SYMBOLS: &[&str] = &[
    "a",
    "é",
    "─",
    "日",
    "🙂",
    "e\u{301}",
    "❤\u{fe0f}",
    "1\u{fe0f}\u{20e3}",
    "👍🏽",
    "🇩🇪",
    "ｶﾞ",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x07",
    "\n",
    "\t",
    "\u{9b}2J",
    "\u{202e}",
    "\u{200b}",
    "ab",
    "",
    "z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "กำ",
    "นำ้",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "bc",
        "hello",
        " ",
        "   ",
        "          ",
        "é",
        "日本",
        "────────",
        "🙂",
        "e\u{301}x",
        "👍🏽",
        "❤\u{fe0f}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..8)
        .prop_map(|pieces| pieces.concat())
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => (0..40u16, 0..12u16, texts(), styles()).prop_map(|(x, y, text, style)| Change::Text { x, y, text, style }),
        3 => (0..40u16, 0..12u16, proptest::sample::select(SYMBOLS)).prop_map(|(x, y, symbol)| Change::Symbol { x, y, symbol }),
        2 => (0..40u16, 0..12u16, 0..30u16, 1..4u16, styles())
            .prop_map(|(x, y, width, height, style)| Change::Restyle { x, y, width, height, style }),
        1 => Just(Change::Clear),
        2 => (-3..=3i16).prop_map(Change::Shift),
        1 => (1..40u16, 1..12u16).prop_map(|(columns, rows)| Change::Resize { columns, rows }),
        1 => Just(Change::Invalidate),
        2 => proptest::option::of((0..45u16, 0..15u16)).prop_map(Change::Cursor),
    ]
}

fn capabilities() -> impl Strategy<Value = Capabilities> {
    (
        any::<[bool; 3]>(),
        proptest::sample::select(vec![
            ColorDepth::Mono,
            ColorDepth::Ansi16,
            ColorDepth::Ansi256,
            ColorDepth::True,
        ]),
    )
        .prop_map(|([unicode, modern, background_erase], colors)| Capabilities {
            colors,
            unicode,
            modern,
            background_erase,
            ..Capabilities::COMMON
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn differences_show_what_a_fresh_drawing_shows(
        (columns, rows) in (1..40u16, 1..12u16),
        capabilities in capabilities(),
        frames in proptest::collection::vec(proptest::collection::vec(changes(), 0..5), 1..8),
    ) {
        let mut state = Buffer::empty(Rect::new(0, 0, columns, rows));
        let mut terminal = Terminal::new(capabilities, columns, rows);
        let mut parser = emulator(columns, rows);
        let mut cursor = None;
        parser.process(&terminal.enter());
        for changes in frames {
            changes.iter().for_each(|change| apply(change, &mut state, &mut cursor, &mut terminal, &mut parser));
            let bytes = terminal.draw(show(&state, cursor));
            prop_assert_eq!(only_ours(&bytes), Ok(()));
            parser.process(&bytes);
            prop_assert_eq!(screen(&parser), fresh(&state, capabilities), "after {:?}", String::from_utf8_lossy(&bytes));
            prop_assert_eq!(parser.screen().hide_cursor(), cursor.is_none());
            if let Some(Position { x, y }) = cursor {
                let at = (y.min(state.area.height - 1), x.min(state.area.width - 1));
                prop_assert_eq!(parser.screen().cursor_position(), at);
            }
            prop_assert_eq!(terminal.draw(show(&state, cursor)), Vec::<u8>::new(), "the same again");
        }
        parser.process(&terminal.leave());
        prop_assert!(!parser.screen().alternate_screen());
    }

    #[test]
    fn a_packed_row_unpacks_to_what_was_drawn(
        texts in proptest::collection::vec((0..30u16, texts(), styles()), 0..6),
    ) {
        let mut state = Buffer::empty(Rect::new(0, 0, 30, 1));
        texts.iter().for_each(|(x, text, style)| { state.set_string(*x, 0, text, *style); });
        let mut frame = String::new();
        packed::pack(&state, &[], &TRUE, &mut frame);
        let mut glyphs = Vec::new();
        packed::unpack(&frame, 30, &mut glyphs);
        prop_assert_eq!(glyphs.len(), 30);
        for (x, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| !glyph.is_covered()) {
            let cell = &state.content[x];
            let expected = paint::Style::of(cell, ColorDepth::True);
            prop_assert_eq!(glyph.style.bg, expected.bg, "column {}", x);
            if !glyph.is_empty() {
                let (text, width) = glyph::fit(cell.symbol(), 30 - u16::try_from(x).unwrap(), true);
                let halved = (1..usize::from(width)).any(|covered| state.content[x + covered].symbol() != " ");
                let text = if halved { " " } else { &*text };
                prop_assert_eq!((glyph.text, glyph.style), (text, expected), "column {}", x);
            }
        }
    }
}

// --- Against the buffer itself --------------------------------------------------------------------------------------

fn emulated(color: Color) -> vt100::Color {
    match paint::Paint::of(color, ColorDepth::True) {
        paint::Paint::Default => vt100::Color::Default,
        paint::Paint::Index(index) => vt100::Color::Idx(index),
        paint::Paint::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
    }
}

#[test]
fn the_emulator_shows_what_the_view_drew() {
    let mut state = Buffer::empty(Rect::new(0, 0, 24, 3));
    state.set_string(0, 0, "plain 日本 e\u{301}", Style::new());
    state.set_string(2, 1, "amber", Style::new().fg(Color::Rgb(255, 176, 0)).bold());
    state.set_string(8, 1, "blue", Style::new().bg(Color::Indexed(21)).underlined());
    state.set_string(0, 2, "~~ the whole row here ~~", Style::new().fg(Color::LightCyan).reversed());
    let shown = fresh(&state, TRUE);
    for (y, row) in shown.iter().enumerate() {
        for (x, (text, wide, fg, bg, attributes)) in row.iter().enumerate() {
            let cell = &state[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())];
            let modifier = cell.modifier;
            assert_eq!((text.as_str(), *bg), (cell.symbol(), emulated(cell.bg)), "{x},{y}");
            assert_eq!(*wide, ["日", "本"].contains(&cell.symbol()), "{x},{y}");
            if cell.symbol() != " " {
                assert_eq!(*fg, emulated(cell.fg), "{x},{y}");
                let expected = [
                    Modifier::BOLD,
                    Modifier::DIM,
                    Modifier::ITALIC,
                    Modifier::UNDERLINED,
                    Modifier::REVERSED,
                ]
                .map(|attribute| modifier.contains(attribute));
                assert_eq!(*attributes, expected, "{x},{y}");
            }
        }
    }
}

/// SAFETY.md, Terminal: wide glyphs. The next cell is reached by an absolute move, and what another width would leave
/// beside the glyph is drawn again.
#[test]
fn after_a_glyph_of_doubtful_width_the_next_cell_is_found_absolutely() {
    for (symbol, next) in
        [("日", "\x1b[3G"), ("❤\u{fe0f}", "\x1b[3G"), ("👍🏽", "\x1b[3G"), ("e\u{301}", "\x1b[2G")]
    {
        let mut terminal = Terminal::new(TRUE, 20, 1);
        terminal.draw(|_, _| None);
        let bytes = terminal.draw(|_, buffer| {
            buffer.set_string(0, 0, format!("{symbol}next"), Style::new());
            None
        });
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(&format!("{symbol}{next}next")), "{text:?}");
    }
}

/// After its last column a terminal waits to wrap, some with the cursor in that column and some beside it: no way that is
/// relative to it arrives in the same place on both.
#[test]
fn after_the_last_column_the_cursor_is_found_absolutely() {
    for (capabilities, back) in [(TRUE, "\x1b[9G"), (Capabilities { modern: false, ..TRUE }, "\r\x1b[8C")] {
        let mut terminal = Terminal::new(capabilities, 10, 3);
        terminal.draw(|_, _| None);
        let bytes = terminal.draw(|_, buffer| {
            buffer.set_string(0, 1, "0123456789", Style::new());
            Some(Position::new(8, 1))
        });
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(&format!("0123456789{back}")), "{text:?}");
    }
}

/// Before the VT220 no code ended a single attribute, jumped to a column, or moved lines.
#[test]
fn an_old_terminal_gets_only_what_it_knows() {
    let old = Capabilities {
        modern: false,
        background_erase: false,
        unicode: false,
        colors: ColorDepth::Mono,
        ..TRUE
    };
    let mut terminal = Terminal::new(old, 80, 24);
    let mut bytes = terminal.draw(list(22, 0));
    bytes.extend(terminal.draw(list(22, 1)));
    bytes.extend(terminal.draw(list(3, 1)));
    assert!(bytes.is_ascii());
    let text = String::from_utf8(bytes).unwrap();
    for sequence in text.split('\x1b').filter_map(|rest| rest.strip_prefix('[')) {
        let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        let (parameters, end) = (&sequence[..end], &sequence[end..=end]);
        let known = match end {
            "m" => ["", "0;1", "0;2"].contains(&parameters),
            "l" => parameters == "?25",
            _ => "ABCDHJK".contains(end),
        };
        assert!(known, "{parameters:?} {end:?}");
    }
}

// --- Coming and going -----------------------------------------------------------------------------------------------

#[test]
fn leaving_restores_the_screen_the_cursor_and_the_modes() {
    let mut parser = emulator(80, 24);
    parser.process(b"$ ssh hob\r\nwelcome");
    let before = parser.screen().contents();
    let mut terminal = Terminal::new(TRUE, 80, 24);
    parser.process(&terminal.enter());
    assert!(
        parser.screen().alternate_screen()
            && parser.screen().bracketed_paste()
            && parser.screen().hide_cursor()
    );
    let loud = Style::new().fg(Color::Red).bg(Color::Blue).reversed();
    let bytes = terminal.draw(|area, buffer| {
        buffer.set_style(area, loud);
        Some(Position::new(3, 3))
    });
    parser.process(&bytes);
    assert!(!parser.screen().inverse(), "a frame ends with the default pen");
    parser.process(&terminal.leave());
    let screen = parser.screen();
    assert_eq!(screen.contents(), before);
    assert_eq!(screen.cursor_position(), (1, 7));
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert_eq!((screen.fgcolor(), screen.bgcolor(), screen.inverse()), Default::default());
}

/// Ctrl-L heals what something else wrote on the terminal, its cursor and its pen included.
#[test]
fn after_invalidate_a_frame_is_whole() {
    let mut state = Buffer::empty(Rect::new(0, 0, 30, 4));
    state.set_string(3, 1, "as it should be", Style::new());
    let mut parser = emulator(30, 4);
    let mut terminal = Terminal::new(TRUE, 30, 4);
    parser.process(&terminal.draw(show(&state, None)));
    parser.process(b"\x1b[2;1H\x1b[7;31mBroadcast message\r\nfrom root\x1b[?25h");
    assert!(terminal.draw(show(&state, None)).is_empty());
    terminal.invalidate();
    parser.process(&terminal.draw(show(&state, None)));
    assert_eq!(screen(&parser), fresh(&state, TRUE));
    assert!(parser.screen().hide_cursor());
}

#[test]
fn neither_scrollback_nor_palette_nor_title_is_touched() {
    let terminal = Terminal::new(TRUE, 80, 24);
    let both = [terminal.enter(), terminal.leave()].concat();
    let text = String::from_utf8(both).unwrap();
    assert!(!text.contains("3J") && !text.contains("\x1b]") && !text.contains("\x1bc"));
}

#[test]
fn sizes_are_clamped_and_the_same_size_is_no_resize() {
    let mut terminal = Terminal::new(TRUE, 0, 0);
    assert_eq!(terminal.area(), Rect::new(0, 0, 1, 1));
    terminal.resize(u16::MAX, u16::MAX);
    assert_eq!(terminal.area(), Rect::new(0, 0, COLUMNS_MAX, ROWS_MAX));
    terminal.resize(80, 24);
    terminal.draw(|_, _| None);
    terminal.resize(80, 24);
    assert!(terminal.draw(|_, _| None).is_empty());
    terminal.resize(81, 24);
    assert!(!terminal.draw(|_, _| None).is_empty());
}

#[test]
fn a_view_that_panics_or_draws_within_another_breaks_nothing() {
    let mut terminal = Terminal::new(TRUE, 20, 2);
    let broken = std::panic::catch_unwind(|| Terminal::new(TRUE, 20, 2).draw(|_, _| panic!("a view")));
    assert!(broken.is_err());
    let mut inner_bytes = Vec::new();
    let outer_bytes = terminal.draw(|_, buffer| {
        inner_bytes = Terminal::new(TRUE, 10, 1).draw(|_, inner| {
            inner.set_string(0, 0, "inner", Style::new());
            None
        });
        buffer.set_string(0, 0, "outer", Style::new());
        None
    });
    assert!(String::from_utf8(inner_bytes).unwrap().contains("inner"));
    let outer = String::from_utf8(outer_bytes).unwrap();
    assert!(outer.contains("outer") && !outer.contains("inner"));
}

// --- What it costs --------------------------------------------------------------------------------------------------

/// A list with a mark before the chosen row, as the screens draw one: dim numbers, a title, an author in colour.
fn list(chosen: u16, first: u16) -> impl FnOnce(Rect, &mut Buffer) -> Option<Position> {
    move |area, buffer| {
        let accent = Style::new().fg(Color::Rgb(255, 176, 0));
        buffer.set_string(1, 0, "hob · boards · the workshop", accent.bold());
        for y in 1..area.height - 1 {
            let number = first + y;
            let style = if y == chosen { accent } else { Style::new() };
            buffer.set_string(1, y, if y == chosen { ">" } else { " " }, accent);
            buffer.set_string(3, y, format!("{number:>4}"), Style::new().dim());
            buffer.set_string(8, y, format!("A thread about subject number {number}"), style);
            buffer.set_string(60, y, format!("member{}", number % 7), Style::new().fg(Color::Indexed(109)));
        }
        buffer.set_string(1, area.height - 1, "j/k move  Enter open  q leave", Style::new().dim());
        None
    }
}

fn only_the_mark(chosen: u16) -> impl FnOnce(Rect, &mut Buffer) -> Option<Position> {
    move |area, buffer| {
        for y in 0..area.height {
            buffer.set_string(0, y, format!("  {y:>3} a thread about subject number {y}"), Style::new());
        }
        buffer.set_string(0, chosen, ">", Style::new());
        None
    }
}

/// SPEED.md: at most 150 bytes for one row down in a list.
#[test]
fn one_row_down_in_a_list_is_cheap() {
    let mut terminal = Terminal::new(TRUE, 80, 24);
    terminal.draw(only_the_mark(4));
    let mark = terminal.draw(only_the_mark(5)).len();
    assert!(mark <= 16, "{mark} bytes to move a mark");

    let mut terminal = Terminal::new(TRUE, 80, 24);
    terminal.draw(list(4, 0));
    let highlight = terminal.draw(list(5, 0)).len();
    assert!(highlight <= 150, "{highlight} bytes to move a mark and a highlight");

    let mut terminal = Terminal::new(TRUE, 80, 24);
    terminal.draw(list(22, 0));
    let scrolled = terminal.draw(list(22, 1)).len();
    assert!(scrolled <= 250, "{scrolled} bytes to scroll a list by one");
}

/// SPEED.md: at most 40 bytes for one typed letter in an editor.
#[test]
fn one_typed_letter_is_cheap() {
    let editor = |text: &'static str, style: Style| {
        move |_: Rect, buffer: &mut Buffer| {
            buffer.set_string(0, 0, "compose · a reply", Style::new().bold());
            buffer.set_string(2, 5, text, style);
            Some(Position::new(2 + u16::try_from(text.len()).unwrap(), 5))
        }
    };
    let mut terminal = Terminal::new(TRUE, 80, 24);
    terminal.draw(editor("the quick brown fo", Style::new()));
    assert_eq!(terminal.draw(editor("the quick brown fox", Style::new())), b"x");
    let amber = Style::new().fg(Color::Rgb(255, 176, 0));
    terminal.draw(editor("the quick brown fo", amber));
    let coloured = terminal.draw(editor("the quick brown fox", amber)).len();
    assert!(coloured <= 40, "{coloured} bytes for a coloured letter");
}

#[test]
fn a_thread_that_scrolls_costs_its_new_row() {
    let thread = |first: u32| {
        move |area: Rect, buffer: &mut Buffer| {
            buffer.set_string(0, 0, "the head of the thread stays", Style::new().reversed());
            for y in 1..area.height - 1 {
                let line = first + u32::from(y);
                buffer.set_string(
                    0,
                    y,
                    format!("line {line} of a long post, with words enough to fill much of the row"),
                    Style::new(),
                );
            }
            buffer.set_string(0, area.height - 1, "Space reads on", Style::new().dim());
            None
        }
    };
    let mut terminal = Terminal::new(TRUE, 80, 24);
    let whole = terminal.draw(thread(0)).len();
    let down = terminal.draw(thread(1)).len();
    let up = terminal.draw(thread(0)).len();
    assert!(down <= 110 && up <= 110 && whole > 1_500, "{down} down, {up} up, {whole} whole");
    let old = Capabilities { modern: false, ..TRUE };
    let mut terminal = Terminal::new(old, 80, 24);
    terminal.draw(thread(0));
    let bytes = terminal.draw(thread(1));
    assert!(
        !bytes.ends_with(b"r") && !String::from_utf8(bytes).unwrap().contains('M'),
        "a VT100 cannot delete lines"
    );
}

#[test]
fn rows_that_become_empty_are_erased_not_overwritten() {
    let mut terminal = Terminal::new(TRUE, 80, 24);
    terminal.draw(only_the_mark(0));
    let bytes = terminal.draw(|_, _| None);
    assert!(bytes.len() <= 24 * 6 + 8, "{} bytes to empty a screen", bytes.len());
}

/// FACTS.md section 3: about 2 KB for the last frame of a session at 80x24, where cells would take 77 KB.
#[test]
fn a_session_keeps_little_of_its_last_frame() {
    let mut terminal = Terminal::new(TRUE, 80, 24);
    terminal.draw(list(4, 0));
    let list_bytes = terminal.last.as_ref().unwrap().len();
    assert!(list_bytes < 2_300, "{list_bytes} bytes for a list");
    terminal.draw(|area, buffer| {
        let styles =
            [Style::new(), Style::new().fg(Color::Rgb(255, 176, 0)), Style::new().bold(), Style::new().dim()];
        for y in 0..area.height {
            for word in 0..8 {
                let style = styles[usize::from((word + y) % 4)];
                buffer.set_string(word * 10, y, "abcdefghi ", style);
            }
        }
        None
    });
    let full_bytes = terminal.last.as_ref().unwrap().len();
    assert!(full_bytes < 4_096, "{full_bytes} bytes for a screen full of text in many styles");
    assert!(size_of::<Terminal>() <= 64, "{} bytes besides", size_of::<Terminal>());
}

// --- Links (R5) -----------------------------------------------------------------------------------------------------

fn link(x: u16, y: u16, columns: u16, address: &str) -> Hyperlink {
    Hyperlink { x, y, columns, address: address.to_owned() }
}

/// What is sent for a row of words with these links, after a frame with those.
fn linked(terminal: &mut Terminal, links: &[Hyperlink]) -> String {
    let bytes = terminal.draw_linked(|_, buffer, out| {
        buffer.set_string(0, 0, "see a page or not", Style::default());
        out.extend_from_slice(links);
        None
    });
    only_ours(&bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn r5_links_are_opened_and_closed_around_their_cells_and_sent_once() {
    let mut terminal = Terminal::new(TRUE, 30, 2);
    let links = [link(4, 0, 6, "https://a.example/")];
    let sent = linked(&mut terminal, &links);
    let (open, close) = ("\x1b]8;;https://a.example/\x1b\\", "\x1b]8;;\x1b\\");
    assert!(sent.contains(&format!("{open}a")) && sent.ends_with(&format!("{close}or not")), "{sent:?}");
    assert_eq!(sent.matches("]8;").count(), 2, "opened once, closed once: {sent:?}");
    assert_eq!(linked(&mut terminal, &links), "", "the same again");
    let sent = linked(&mut terminal, &[link(4, 0, 6, "https://b.example/")]);
    assert!(
        sent.contains("https://b.example/") && !sent.contains("see"),
        "only the cells of the link: {sent:?}"
    );
    let sent = linked(&mut terminal, &[]);
    assert!(sent.contains("page") && !sent.contains("]8;"), "{sent:?}");
}

#[test]
fn r5_nothing_in_an_address_ends_the_sequence() {
    for hostile in ["https://a\x1b\\\x1b[2J", "https://a\x07", "https://é", "https://a b", "https://\u{9c}"]
    {
        let sent = linked(&mut Terminal::new(TRUE, 30, 2), &[link(4, 0, 6, hostile)]);
        assert!(!sent.contains("]8;"), "{sent:?}");
    }
    let long = format!("https://{}", "x".repeat(2_000));
    assert!(!linked(&mut Terminal::new(TRUE, 30, 2), &[link(4, 0, 6, &long)]).contains("]8;"));
}

#[test]
fn a_frame_with_links_looks_like_one_without() {
    let mut parser = emulator(30, 2);
    let mut terminal = Terminal::new(TRUE, 30, 2);
    parser.process(&terminal.enter());
    let text =
        linked(&mut terminal, &[link(0, 0, 3, "https://a.example/"), link(11, 0, 2, "mailto:a@b.example")]);
    parser.process(text.as_bytes());
    assert_eq!(parser.screen().contents().trim_end(), "see a page or not");
}
