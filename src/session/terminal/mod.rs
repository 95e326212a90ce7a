//! A member's terminal as a session sees it: views draw into a buffer, this sends what changed since the last frame.
//!
//! `ratatui::Terminal` keeps two buffers of cells a session (234 KiB at 80x24, 1 MB at 200x50) and asks the server's own
//! terminal for its size; so here there is one scratch buffer for each thread, and a session keeps its last frame packed
//! (FACTS.md section 3). What is sent is as short as it can be made, and nothing but our own sequences (SAFETY.md,
//! Terminal). Nothing here reads, writes to a line or waits.

mod ansi;
mod diff;
mod glyph;
mod packed;
mod paint;
mod scroll;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::capabilities::Capabilities;
use crate::ui::screen::Hyperlink;
use ansi::{Cursor, Writer};

/// Largest window that is drawn to, in cells: a wall of monitors. Larger ones get a frame in their corner.
pub const COLUMNS_MAX: u16 = 500;
/// The same for its rows.
pub const ROWS_MAX: u16 = 200;

/// Bytes of a frame over which a visible cursor is hidden while it is drawn: below, nobody sees it move.
const HIDE_CURSOR_BYTES: usize = 256;

/// What a frame is drawn with; one for each thread, for no session draws while another does.
#[derive(Default)]
struct Scratch {
    buffer: Buffer,
    links: Vec<Hyperlink>,
    packed: String,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// One terminal: its size, what it can show, and what it shows.
#[derive(Debug)]
pub struct Terminal {
    capabilities: Capabilities,
    columns: u16,
    rows: u16,
    /// What the terminal shows, packed; `None` when that is not known.
    last: Option<Box<str>>,
    cursor: Cursor,
    /// Whether the terminal shows its cursor; `None` when that is not known.
    cursor_shown: Option<bool>,
    /// The title that the window was given; none while it has its own.
    title: Option<String>,
}

impl Terminal {
    /// A terminal of that size in cells (clamped to 1 to [`COLUMNS_MAX`] and [`ROWS_MAX`]) on which nothing was drawn yet.
    pub fn new(capabilities: Capabilities, columns: u16, rows: u16) -> Self {
        Self {
            capabilities,
            columns: columns.clamp(1, COLUMNS_MAX),
            rows: rows.clamp(1, ROWS_MAX),
            last: None,
            cursor: Cursor::default(),
            cursor_shown: None,
            title: None,
        }
    }

    /// What it can show.
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// The area that views draw into.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.columns, self.rows)
    }

    /// What to send once, before the first frame. What it switches on is harmless should the line die.
    pub fn enter(&self) -> Vec<u8> {
        ansi::ENTER.into()
    }

    /// What to send last, on every way out: the terminal is then as [`Terminal::enter`] found it.
    pub fn leave(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = ansi::LEAVE.into();
        if self.title.is_some() {
            bytes.extend_from_slice(ansi::POP_TITLE.as_bytes());
        }
        bytes
    }

    /// Rings the terminal's bell.
    pub fn bell(&self) -> &'static [u8] {
        ansi::BELL.as_bytes()
    }

    /// Asks the terminal for a desktop notice in fixed words, in the way that the member chose: `osc9` or `osc777`. A
    /// terminal that does not know such commands is spared them.
    pub fn desktop_notice(&self, way: &str) -> &'static [u8] {
        match way {
            _ if !self.capabilities.osc => b"",
            "osc9" => ansi::NOTICE_9.as_bytes(),
            "osc777" => ansi::NOTICE_777.as_bytes(),
            _ => b"",
        }
    }

    /// Shows in the window's title how much is for the member; `None` gives the window back the title it had. That one
    /// is put on the terminal's own stack meanwhile, and comes back on every way out.
    pub fn title(&mut self, count: Option<i64>) -> Vec<u8> {
        if !self.capabilities.osc {
            return Vec::new();
        }
        let title = count.map(|count| match count {
            ..=0 => "hob".to_owned(),
            1..=99 => format!("hob ({count})"),
            _ => "hob (99+)".to_owned(),
        });
        if title == self.title {
            return Vec::new();
        }
        let bytes = match (&self.title, &title) {
            (_, None) => ansi::POP_TITLE.to_owned(),
            (None, Some(title)) => format!("{}{}", ansi::PUSH_TITLE, ansi::set_title(title)),
            (Some(_), Some(title)) => ansi::set_title(title),
        };
        self.title = title;
        bytes.into_bytes()
    }

    /// The window has another size in cells (clamped as in [`Terminal::new`]): the next frame is drawn whole.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = (columns.clamp(1, COLUMNS_MAX), rows.clamp(1, ROWS_MAX));
        if size != (self.columns, self.rows) {
            (self.columns, self.rows) = size;
            self.invalidate();
        }
    }

    /// Takes other capabilities (a member's own choice of colours, say); the next frame is drawn whole.
    pub fn set_capabilities(&mut self, capabilities: Capabilities) {
        if capabilities != self.capabilities {
            self.capabilities = capabilities;
            self.invalidate();
        }
    }

    /// Forgets what the terminal shows: the next frame is drawn whole (Ctrl-L).
    pub fn invalidate(&mut self) {
        self.last = None;
        self.cursor = Cursor::default();
        self.cursor_shown = None;
    }

    /// Draws a frame without links: see [`Self::draw_linked`].
    pub fn draw(&mut self, view: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) -> Vec<u8> {
        self.draw_linked(|area, buffer, _| view(area, buffer))
    }

    /// Draws a frame. `view` gets the area and an empty buffer of it, says which cells lead where (only for a terminal
    /// that knows hyperlinks), and returns where the cursor goes, or `None` for no
    /// cursor. Returns what to send, all of it and in order with every other frame; empty when nothing changed.
    pub fn draw_linked(
        &mut self,
        view: impl FnOnce(Rect, &mut Buffer, &mut Vec<Hyperlink>) -> Option<Position>,
    ) -> Vec<u8> {
        // Taken, not borrowed: a view that panics takes only the scratch with it.
        let mut scratch = SCRATCH.take();
        let area = self.area();
        scratch.buffer.resize(area);
        scratch.buffer.reset();
        scratch.links.clear();
        let position = view(area, &mut scratch.buffer, &mut scratch.links);
        if *scratch.buffer.area() != area {
            scratch.buffer.resize(area);
        }
        scratch.packed.clear();
        packed::pack(&scratch.buffer, &scratch.links, &self.capabilities, &mut scratch.packed);
        let bytes = self.send(&scratch.packed, position);
        SCRATCH.set(scratch);
        bytes
    }

    /// The bytes that turn what the terminal shows into this frame.
    fn send(&mut self, frame: &str, position: Option<Position>) -> Vec<u8> {
        let mut writer = self.writer(self.cursor);
        if self.last.is_none() {
            writer.clear();
        }
        let changed = self.last.as_deref() != Some(frame);
        if changed {
            writer = self.draw_changes(writer, frame);
            self.last = Some(frame.into());
        }
        if let Some(Position { x, y }) = position {
            writer.move_to(x.min(self.columns - 1), y.min(self.rows - 1), &[]);
        }
        self.cursor = writer.cursor;
        self.with_cursor(writer.out, position.is_some())
    }

    fn writer(&self, cursor: Cursor) -> Writer {
        Writer::new(self.capabilities, self.columns, cursor)
    }

    /// The rows that differ, by moving some of them first where that is shorter.
    fn draw_changes(&self, start: Writer, frame: &str) -> Writer {
        let rows = usize::from(self.rows);
        let new: Vec<&str> = packed::rows(frame).collect();
        let mut old: Vec<&str> =
            self.last.as_deref().map(|last| packed::rows(last).collect()).unwrap_or_default();
        old.resize(rows, "");
        let scroll =
            if self.last.is_some() && self.capabilities.modern { scroll::find(&old, &new) } else { None };
        let cursor = start.cursor;
        let mut drawn = start;
        diff::draw(&mut drawn, &old, &new, self.columns);
        drawn.end();
        let Some(scroll) = scroll else { return drawn };
        let mut moved = self.writer(cursor);
        moved.scroll(scroll.top, scroll.bottom, self.rows, scroll.by);
        scroll.apply(&mut old);
        diff::draw(&mut moved, &old, &new, self.columns);
        moved.end();
        if moved.out.len() < drawn.out.len() { moved } else { drawn }
    }

    /// Shows or hides the cursor, if that changed, and hides it while a large frame is drawn.
    fn with_cursor(&mut self, mut out: Vec<u8>, shown: bool) -> Vec<u8> {
        let before = self.cursor_shown.replace(shown);
        let hide_first = before != Some(false) && (!shown || out.len() > HIDE_CURSOR_BYTES);
        if hide_first {
            out.splice(0..0, ansi::HIDE_CURSOR.bytes());
        }
        if shown && (hide_first || before != Some(true)) {
            out.extend_from_slice(ansi::SHOW_CURSOR.as_bytes());
        }
        out
    }
}
