//! Columns stay right on terminals that disagree with us on how wide a character is (SAFETY.md, Terminal; R6). What the
//! renderer sends for rows of difficult text goes into two emulators that nobody here wrote, pyte and xterm's headless
//! package; whatever they make of the difficult glyphs, everything beside them must stand where it was drawn. Without the
//! emulators (`.ci/run` installs them) the tests say "skipped".

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use hob::session::terminal::Terminal;
use hob::ui::capabilities::Capabilities;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::corpus;

const COLUMNS: u16 = 60;
const ROWS: u16 = 20;

/// Texts on whose width terminals disagree, and some on which they do not.
const TEXTS: [&str; 18] = [
    "plain text",
    "日本語のお茶",
    "한국어 中文",
    "family 👨‍👩‍👧‍👦 here",
    "flags 🇯🇵🇩🇪 here",
    "heart ❤️ and ⚠️ here",
    "thumb 👍🏽 here",
    "keycap 1️⃣ 2️⃣",
    "plain 🍵 tea",
    "e\u{301}n\u{303}o\u{308} marks",
    "Z\u{351}\u{36b}\u{343}a\u{489}l\u{334}go",
    "half ｶﾞｷﾞ width",
    "full ＡＢＣ width",
    "שלום עולם",
    "مرحبا بالعالم",
    "हिन्दी क्षेत्र",
    "ไทย ที่นี่",
    "🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿👩🏽‍🚀",
];

/// Prints the cells of a screen as JSON: what was written is read from standard input.
const PYTE: &str = r#"
import sys, json, pyte
columns, rows = int(sys.argv[1]), int(sys.argv[2])
screen = pyte.Screen(columns, rows)
stream = pyte.ByteStream(screen)
stream.feed(sys.stdin.buffer.read())
print(json.dumps([[screen.buffer[y][x].data for x in range(columns)] for y in range(rows)]))
"#;

const XTERM: &str = r#"
const { Terminal } = require('@xterm/headless');
const [columns, rows] = process.argv.slice(-2).map(Number);
const chunks = [];
process.stdin.on('data', chunk => chunks.push(chunk)).on('end', () => {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  terminal.write(Buffer.concat(chunks), () => {
    const buffer = terminal.buffer.active;
    const row = y => Array.from({ length: columns }, (_, x) => buffer.getLine(y).getCell(x).getChars());
    console.log(JSON.stringify(Array.from({ length: rows }, (_, y) => row(y))));
  });
});
"#;

/// The cells of an emulator's screen, row by row; what a wide one covers is empty.
type Grid = Vec<Vec<String>>;

/// An emulator in a program of its own.
struct Emulator {
    name: &'static str,
    program: &'static str,
    /// Succeeds when the emulator is installed.
    probe: [&'static str; 2],
    script: [&'static str; 2],
}

const EMULATORS: [Emulator; 2] = [
    Emulator { name: "pyte", program: "python3", probe: ["-c", "import pyte"], script: ["-c", PYTE] },
    Emulator {
        name: "@xterm/headless",
        program: "node",
        probe: ["-e", "require('@xterm/headless')"],
        script: ["-e", XTERM],
    },
];

impl Emulator {
    fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        let packages = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/node/node_modules");
        if std::env::var_os("NODE_PATH").is_none() {
            command.env("NODE_PATH", packages);
        }
        command
    }

    /// What it shows after these bytes; `None`, with a word on standard error, when it is not installed.
    fn show(&self, bytes: &[u8]) -> Option<Grid> {
        if !self.command().args(self.probe).output().is_ok_and(|output| output.status.success()) {
            let word = format!("skipped: no {}; .ci/run installs it\n", self.name);
            // Not by a macro: the test runner would swallow the word when the test passes.
            std::io::stderr().write_all(word.as_bytes()).unwrap();
            return None;
        }
        let mut child = self
            .command()
            .args(self.script)
            .args([COLUMNS.to_string(), ROWS.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}: {}", self.name, output.status);
        Some(serde_json::from_slice(&output.stdout).unwrap())
    }
}

/// A screen with these texts, each between a number and a bar: what is beside them shows whether columns are right.
fn screen(texts: &[String], first: usize, style: Style) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    for (y, no) in (0..ROWS).zip(first..) {
        let text = &texts[no % texts.len()];
        buffer.set_stringn(0, y, format!("{no:>3} {text} end"), 45, style);
        buffer.set_stringn(46, y, format!("|{no:>3}|"), 14, Style::new());
    }
    buffer
}

/// Every frame's bytes, and the last frame.
fn play(frames: &[Buffer]) -> Vec<u8> {
    let mut terminal = Terminal::new(Capabilities::COMMON, COLUMNS, ROWS);
    let mut bytes = terminal.enter();
    for frame in frames {
        bytes.extend(terminal.draw(|_, buffer| {
            buffer.content.clone_from(&frame.content);
            None
        }));
    }
    bytes
}

/// Where a certain cell differs from what was drawn: (row, column, drawn, shown).
fn misplaced(drawn: &Buffer, shown: &Grid) -> Vec<(u16, u16, String, String)> {
    let mut found = Vec::new();
    for y in 0..ROWS {
        let mut x = 0;
        while x < COLUMNS {
            let cell = &drawn[(x, y)];
            let symbol = cell.symbol();
            let width = symbol.cell_width().max(1);
            // Of anything but ASCII an emulator may think what it likes, as long as it stays in its cells.
            let certain = symbol.is_ascii();
            let is = shown[usize::from(y)][usize::from(x)].trim().to_owned();
            if certain && is != symbol.trim() {
                found.push((y, x, symbol.to_owned(), is));
            }
            x += width;
        }
    }
    found
}

fn check(frames: &[Buffer]) {
    let bytes = play(frames);
    let last = frames.last().unwrap();
    for emulator in &EMULATORS {
        let Some(shown) = emulator.show(&bytes) else { continue };
        let wrong = misplaced(last, &shown);
        assert!(
            wrong.is_empty(),
            "{}: {} cells are not where they were drawn, the first: {:?}\n{}",
            emulator.name,
            wrong.len(),
            &wrong[..wrong.len().min(8)],
            shown.iter().map(|row| row.join("¦") + "\n").collect::<String>()
        );
    }
}

fn texts() -> Vec<String> {
    TEXTS.iter().map(|text| (*text).to_owned()).collect()
}

/// One frame on an empty screen.
#[test]
fn r6_columns_are_right_on_emulators_that_count_otherwise() {
    check(&[screen(&texts(), 0, Style::new())]);
}

/// Differences: rows that move by one, by some, back, change their style, and give way to others.
#[test]
fn r6_columns_stay_right_when_rows_move_and_change() {
    let texts = texts();
    let bold = Style::new().add_modifier(Modifier::BOLD);
    let frames: Vec<Buffer> = [0, 1, 2, 7, 6, 0, 12]
        .into_iter()
        .flat_map(|first| [screen(&texts, first, Style::new()), screen(&texts, first, bold)])
        .chain([screen(&["gone".to_owned()], 3, Style::new()), screen(&texts, 5, Style::new())])
        .collect();
    check(&frames);
}

/// A letter typed before difficult text moves all of it by one, again and again.
#[test]
fn r6_columns_stay_right_while_text_is_typed_before_it() {
    let frames: Vec<Buffer> = (0..12)
        .map(|typed| {
            let texts: Vec<String> =
                texts().iter().map(|text| format!("{}{text}", "x".repeat(typed))).collect();
            screen(&texts, 0, Style::new())
        })
        .collect();
    check(&frames);
}

/// What people may send to do harm, as it is stored and drawn.
#[test]
fn r6_hostile_text_stays_in_its_columns() {
    let lines: Vec<String> = corpus::hostile()
        .iter()
        .flat_map(|raw| hob::domain::text::clean_body(raw).lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.trim().is_empty())
        .collect();
    assert!(lines.len() > 40);
    for first in (0..lines.len()).step_by(usize::from(ROWS)) {
        check(&[screen(&lines, 0, Style::new()), screen(&lines, first, Style::new())]);
    }
}
