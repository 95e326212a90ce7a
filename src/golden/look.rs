//! How a scene looks: at each size and depth of colour the frames as the session would send them, through a terminal
//! emulator that nobody here wrote, as a picture and a list of styles.

use std::fmt::Write as _;
use std::num::NonZeroU16;

use super::community::Community;
use super::scenes::Scene;
use crate::session::terminal::Terminal;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

/// A terminal to look with.
struct Look {
    name: &'static str,
    columns: u16,
    rows: u16,
    colors: ColorDepth,
    unicode: bool,
}

const fn look(name: &'static str, (columns, rows): (u16, u16), colors: ColorDepth, unicode: bool) -> Look {
    Look { name, columns, rows, colors, unicode }
}

const SMALL: (u16, u16) = (40, 12);
const USUAL: (u16, u16) = (80, 24);
const WALL: (u16, u16) = (160, 50);

/// The first at 80x24 is what the others of that size are compared with.
const LOOKS: [Look; 7] = [
    look("40x12, true colour", SMALL, ColorDepth::True, true),
    look("80x24, true colour", USUAL, ColorDepth::True, true),
    look("160x50, true colour", WALL, ColorDepth::True, true),
    look("80x24, 256 colours", USUAL, ColorDepth::Ansi256, true),
    look("80x24, 16 colours", USUAL, ColorDepth::Ansi16, true),
    look("80x24, mono", USUAL, ColorDepth::Mono, true),
    look("80x24, ASCII", USUAL, ColorDepth::Ansi256, false),
];

/// A scene in all looks, as text. Looks of the same size say only what differs.
pub(super) fn show(community: &Community, scene: &Scene) -> String {
    let mut out = String::new();
    let mut usual: Option<String> = None;
    for look in &LOOKS {
        let emulator = emulate(community, scene, look);
        let screen = emulator.screen();
        let picture = picture(screen);
        let _ = writeln!(out, "==== {}", look.name);
        let is_usual = (look.columns, look.rows) == USUAL;
        match &usual {
            Some(text) if is_usual && *text == picture => out.push_str("(the same text)\n"),
            _ => out.push_str(&picture),
        }
        if is_usual && usual.is_none() {
            usual = Some(picture);
        }
        out.push_str(&styles(screen, look));
        if look.colors == ColorDepth::True {
            out.push('\n');
        }
    }
    out
}

/// Plays the scene and feeds every frame to an emulator.
fn emulate(community: &Community, scene: &Scene, look: &Look) -> vt100::Parser {
    let capabilities = Capabilities {
        colors: look.colors,
        unicode: look.unicode,
        hyperlinks: look.colors == ColorDepth::True,
        ..Capabilities::COMMON
    };
    let stage = community.stage(scene.who);
    (scene.before)(community, &stage.live);
    let mut session = Harness::live_at(&stage.live, &stage.caller, capabilities, look.columns, look.rows);
    let mut terminal = Terminal::new(capabilities, look.columns, look.rows);
    let mut emulator = parser(look);
    emulator.process(&terminal.enter());
    // The first screen, then the scene over it: most of what a terminal gets are differences.
    draw(&mut session, &mut terminal, &mut emulator);
    if scene.opened {
        session.open(&scene.place);
    }
    session.keys(scene.keys);
    draw(&mut session, &mut terminal, &mut emulator);
    let mut afresh = parser(look);
    let mut whole = Terminal::new(capabilities, look.columns, look.rows);
    draw(&mut session, &mut whole, &mut afresh);
    let name = format!("{} at {}", scene.name, look.name);
    let (differences, whole) = (emulator.screen(), afresh.screen());
    assert_eq!(picture(differences), picture(whole), "{name}: the differences do not add up");
    assert_eq!(styles(differences, look), styles(whole, look), "{name}: nor do the styles");
    emulator
}

fn parser(look: &Look) -> vt100::Parser {
    let cells = |count| NonZeroU16::new(count).unwrap();
    vt100::Parser::new(cells(look.rows), cells(look.columns), 0)
}

/// Draws until what was shown changes nothing any more, as a session does: showing a post marks it as read.
fn draw(session: &mut Harness, terminal: &mut Terminal, emulator: &mut vt100::Parser) {
    for _ in 0..3 {
        let app = &mut session.app;
        let frame = terminal.draw_linked(|area, buf, links| {
            let cursor = app.draw(area, buf);
            links.extend_from_slice(app.hyperlinks());
            cursor
        });
        emulator.process(&frame);
        session.app.shown();
        session.wake();
    }
}

/// The screen in a frame.
fn picture(screen: &vt100::Screen) -> String {
    let columns = screen.size().1.get();
    let edge = "─".repeat(usize::from(columns));
    let mut out = format!("┌{edge}┐\n");
    for row in screen.rows(0, columns) {
        let _ = writeln!(out, "│{}", row.trim_end());
    }
    let _ = writeln!(out, "└{edge}┘");
    out
}

/// A style in words; empty for the default one, and for a blank on which nobody sees it.
fn style(cell: &vt100::Cell, look: &Look) -> String {
    let is_bare = !cell.underline() && !cell.inverse() && cell.bgcolor() == vt100::Color::Default;
    if is_bare && cell.contents().trim().is_empty() {
        return String::new();
    }
    let mut words = Vec::new();
    let paints = [("", cell.fgcolor()), ("on ", cell.bgcolor())];
    for (prefix, paint) in paints.into_iter().filter(|(_, paint)| *paint != vt100::Color::Default) {
        words.push(format!("{prefix}{}", color(paint, look)));
    }
    let flags = [
        (cell.bold(), "bold"),
        (cell.dim(), "dim"),
        (cell.italic(), "italic"),
        (cell.underline(), "underlined"),
        (cell.inverse(), "reversed"),
    ];
    words.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word.to_owned()));
    words.join(" ")
}

/// The theme's colours by the names that `theme.rs` gives them, the others as they are sent.
fn color(color: vt100::Color, look: &Look) -> String {
    const NAMED: [(&str, u32, u8); 7] = [
        ("amber", 0xd0_82_1e, 172),
        ("grey", 0x85_80_78, 244),
        ("green", 0x5f_a0_5a, 71),
        ("orange", 0xe0_7b_20, 208),
        ("red", 0xcf_5b_4e, 167),
        ("blue", 0x4f_8a_b8, 67),
        ("sand", 0xa8_83_52, 137),
    ];
    const PALETTE: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    let depth = match color {
        vt100::Color::Default => ColorDepth::Mono,
        vt100::Color::Idx(..16) => ColorDepth::Ansi16,
        vt100::Color::Idx(_) => ColorDepth::Ansi256,
        vt100::Color::Rgb(..) => ColorDepth::True,
    };
    assert!(depth <= look.colors, "{color:?} for {}", look.name);
    match color {
        vt100::Color::Default => "default".to_owned(),
        vt100::Color::Idx(index @ ..8) => PALETTE[usize::from(index)].to_owned(),
        vt100::Color::Idx(index @ ..16) => format!("bright-{}", PALETTE[usize::from(index - 8)]),
        vt100::Color::Idx(index) => {
            let named = NAMED.iter().find(|(.., known)| *known == index);
            named.map_or_else(|| index.to_string(), |(name, ..)| (*name).to_owned())
        }
        vt100::Color::Rgb(red, green, blue) => {
            let value = u32::from_be_bytes([0, red, green, blue]);
            let named = NAMED.iter().find(|(_, known, _)| *known == value);
            named.map_or_else(|| format!("#{value:06x}"), |(name, ..)| (*name).to_owned())
        }
    }
}

/// The runs of every row that has any, with the columns they take, and the cursor.
fn styles(screen: &vt100::Screen, look: &Look) -> String {
    let mut out = String::new();
    for y in 0..look.rows {
        let runs = runs(screen, look, y);
        if !runs.is_empty() {
            let _ = writeln!(out, "{y:>3}: {}", runs.join(", "));
        }
    }
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        let _ = writeln!(out, "cursor in row {row}, column {column}");
    }
    out
}

/// Each run: its first column, its style, its text. Blanks inside a run belong to it.
fn runs(screen: &vt100::Screen, look: &Look, y: u16) -> Vec<String> {
    let mut runs: Vec<(u16, String, String)> = Vec::new();
    // What stands between the last run and here, as long as that is nothing but blanks.
    let mut gap = Some(String::new());
    for x in 0..look.columns {
        let cell = screen.cell(y, x).unwrap();
        if cell.is_wide_continuation() {
            continue;
        }
        assert!(look.unicode || cell.contents().is_ascii(), "{:?} for {}", cell.contents(), look.name);
        let style = style(cell, look);
        let is_blank = cell.contents().trim().is_empty();
        if style.is_empty() {
            gap = gap.filter(|_| is_blank).map(|gap| gap + " ");
            continue;
        }
        let text = if is_blank { " " } else { cell.contents() };
        match (runs.last_mut(), gap) {
            (Some(run), Some(gap)) if run.1 == style => {
                run.2.push_str(&gap);
                run.2.push_str(text);
            }
            _ => runs.push((x, style, text.to_owned())),
        }
        gap = Some(String::new());
    }
    runs.into_iter().map(|(x, style, text)| format!("{x} {style} {:?}", shortened(text.trim_end()))).collect()
}

/// Enough of a run's text to find it in the picture.
fn shortened(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 20 {
        return text.to_owned();
    }
    let (first, last): (String, String) =
        (chars[..12].iter().collect(), chars[chars.len() - 6..].iter().collect());
    format!("{first}…{last}")
}
