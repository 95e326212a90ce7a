//! The lines that a room has loaded, laid out for a width, and which part of them is seen. The view stays where it is
//! while one reads what was said before; at the end it follows.

use crate::domain::ids::LineId;
use crate::domain::room::LineKind;
use crate::domain::text::{display_width, wrap};
use crate::domain::time::{Zone, time_of_day, weekday_and_date};
use crate::service::rooms::LineView;

/// Lines that are kept while one is at the end; what is above them is read again when one goes there.
const KEPT_MAX: usize = 600;
/// How many are left when there are more.
const KEPT: usize = 400;

/// A row on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// "New since you were here".
    News,
    /// The day that begins with this line, above it.
    Day { index: usize, words: String },
    /// A row of a line: which line, what stands before the text (in its first row), the text.
    Line { index: usize, head: String, text: String },
}

/// Where the view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// At the end: new lines come into sight.
    End,
    /// With "new since you were here" first.
    News,
    /// With this row of this line first.
    Top(LineId, usize),
}

/// The lines.
pub(super) struct Sheet {
    lines: Vec<LineView>,
    /// The last line that was ever loaded: behind it the next ones are asked for.
    last: LineId,
    pub(super) more_above: bool,
    /// Lines behind this one, and not one's own, were new when the room was opened.
    pub(super) new_after: LineId,
    pub(super) spot: Spot,
    /// The last line when one left the end.
    left_end_at: LineId,
    rows: Vec<Row>,
    /// For which width the rows are; none: they must be made anew.
    width: Option<(usize, bool)>,
    height: usize,
    laid_out: bool,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            last: LineId(0),
            more_above: false,
            new_after: LineId(i64::MAX),
            spot: Spot::End,
            left_end_at: LineId(0),
            rows: Vec::new(),
            width: None,
            height: 1,
            laid_out: false,
        }
    }
}

impl Sheet {
    pub(super) fn lines(&self) -> &[LineView] {
        &self.lines
    }

    pub(super) fn last(&self) -> LineId {
        self.last
    }

    /// Whether it was ever drawn.
    pub(super) fn is_laid_out(&self) -> bool {
        self.laid_out
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.spot == Spot::End
    }

    /// All lines anew.
    pub(super) fn set(&mut self, lines: Vec<LineView>, more_above: bool) {
        self.last = lines.last().map_or(self.last, |line| line.id.max(self.last));
        self.lines = lines;
        self.more_above = more_above;
        self.width = None;
        if let Spot::Top(line, _) = self.spot
            && !self.lines.iter().any(|loaded| loaded.id == line)
        {
            self.spot = Spot::End;
        }
    }

    /// Lines that came behind the last one.
    pub(super) fn append(&mut self, lines: Vec<LineView>) {
        let last = self.last;
        self.lines.extend(lines.into_iter().filter(|line| line.id > last));
        self.last = self.lines.last().map_or(last, |line| line.id.max(last));
        if self.is_at_end() && self.lines.len() > KEPT_MAX {
            self.lines.drain(..self.lines.len() - KEPT);
            self.more_above = true;
        }
        self.width = None;
    }

    /// Lines from before the first one.
    pub(super) fn prepend(&mut self, mut lines: Vec<LineView>, more_above: bool) {
        let first = self.lines.first().map_or(LineId(i64::MAX), |line| line.id);
        lines.retain(|line| line.id < first);
        lines.append(&mut self.lines);
        self.lines = lines;
        self.more_above = more_above;
        self.width = None;
    }

    /// A line as it is now; none: it is gone.
    pub(super) fn change(&mut self, id: LineId, now: Option<LineView>) {
        let Some(at) = self.lines.iter().position(|line| line.id == id) else { return };
        match now {
            Some(line) => self.lines[at] = line,
            None => {
                self.lines.remove(at);
                if let Spot::Top(line, _) = self.spot
                    && line == id
                {
                    // The line after it takes its place.
                    self.spot = self.lines.get(at).map_or(Spot::End, |next| Spot::Top(next.id, 0));
                }
            }
        }
        self.width = None;
    }

    /// Makes the rows for a window of this size. `timed`: with the time before each line.
    pub(super) fn lay_out(&mut self, width: usize, height: usize, timed: bool, zone: &Zone) {
        self.height = height.max(1);
        self.laid_out = true;
        if self.width == Some((width, timed)) {
            return;
        }
        self.width = Some((width, timed));
        let mut rows = Vec::new();
        let mut announced = false;
        let mut day_ends = None;
        for (index, line) in self.lines.iter().enumerate() {
            if day_ends.is_none_or(|end| line.at >= end) {
                if day_ends.is_some() {
                    rows.push(Row::Day { index, words: weekday_and_date(line.at, zone) });
                }
                day_ends = zone.day_end(line.at);
            }
            if !announced && !line.mine && line.id > self.new_after {
                announced = true;
                // At the very top there is nothing to part it from.
                if index > 0 || self.more_above {
                    rows.push(Row::News);
                }
            }
            let head = head(line, timed, zone);
            let text = text(line);
            // Where the text begins, the rows below go on; in a narrow window two columns in.
            let indent = if timed { display_width(&head) } else { 2 };
            let room = width.saturating_sub(indent).max(8);
            let first_room = width.saturating_sub(display_width(&head)).max(8);
            let mut pieces = wrap(&text, first_room.min(room.max(first_room))).into_iter();
            let first = pieces.next().unwrap_or("").to_owned();
            let rest = text[offset_after(&text, &first)..].to_owned();
            rows.push(Row::Line { index, head, text: first });
            if !rest.is_empty() {
                for piece in wrap(&rest, room) {
                    rows.push(Row::Line { index, head: " ".repeat(indent), text: piece.to_owned() });
                }
            }
        }
        self.rows = rows;
    }

    /// The rows in sight.
    pub(super) fn visible(&self) -> &[Row] {
        let top = self.top();
        &self.rows[top..(top + self.height).min(self.rows.len())]
    }

    /// The last line that is wholly in sight.
    pub(super) fn last_seen(&self) -> Option<LineId> {
        let bottom = self.top() + self.height;
        let end = bottom.min(self.rows.len());
        let cut = self.rows.get(end).and_then(line_of);
        let seen = self.rows[..end].iter().rev().filter_map(line_of).find(|index| Some(*index) != cut);
        seen.map(|index| self.lines[index].id)
    }

    /// How many lines have come below what is seen since one left the end, one's own left out.
    pub(super) fn came_below(&self) -> usize {
        if self.is_at_end() {
            return 0;
        }
        self.lines.iter().filter(|line| line.id > self.left_end_at && !line.mine).count()
    }

    /// How many lines are below what is seen that were new when the room was opened.
    pub(super) fn below(&self) -> usize {
        let seen = self.last_seen().unwrap_or(LineId(0));
        self.lines.iter().filter(|line| line.id > seen && line.id > self.new_after && !line.mine).count()
    }

    fn top(&self) -> usize {
        let last_top = self.rows.len().saturating_sub(self.height);
        match self.spot {
            Spot::End => last_top,
            Spot::News => {
                self.rows.iter().position(|row| *row == Row::News).unwrap_or(last_top).min(last_top)
            }
            Spot::Top(line, row) => self.row_of(line, row).unwrap_or(last_top).min(last_top),
        }
    }

    fn row_of(&self, line: LineId, row: usize) -> Option<usize> {
        let index = self.lines.iter().position(|loaded| loaded.id == line)?;
        let first = self.rows.iter().position(|row| line_of(row) == Some(index))?;
        Some(first + row)
    }

    /// Moves the view by rows. True when there is nothing more above it that is loaded.
    pub(super) fn scroll(&mut self, rows: isize) -> bool {
        let top = self.top().saturating_add_signed(rows);
        self.go_to(top);
        rows < 0 && self.top() == 0
    }

    /// Moves the view by a page, of which one row stays in sight.
    pub(super) fn page(&mut self, up: bool) -> bool {
        let rows = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        self.scroll(if up { -rows } else { rows })
    }

    fn go_to(&mut self, top: usize) {
        let was_at_end = self.is_at_end();
        if top + self.height >= self.rows.len() {
            self.spot = Spot::End;
            return;
        }
        if was_at_end {
            self.left_end_at = self.last;
        }
        if self.rows[top] == Row::News {
            self.spot = Spot::News;
            return;
        }
        let anchor = (top..self.rows.len()).find_map(|row| Some((row, line_of(&self.rows[row])?)));
        let Some((row, index)) = anchor else { return };
        let first = self.rows.iter().position(|row| line_of(row) == Some(index)).unwrap_or(row);
        self.spot = Spot::Top(self.lines[index].id, row - first);
    }

    /// To the end.
    pub(super) fn go_to_end(&mut self) {
        self.spot = Spot::End;
    }

    /// To the first line that was new when the room was opened, where not all of them fit; else to the end.
    pub(super) fn go_to_news(&mut self) {
        if let Some(row) = self.rows.iter().position(|row| *row == Row::News)
            && row + self.height < self.rows.len()
        {
            self.go_to(row);
            // All that stands below was there when the room was opened.
            self.left_end_at = self.last;
        }
    }

    /// Brings a line into sight.
    pub(super) fn show(&mut self, index: usize) {
        let Some(first) = self.rows.iter().position(|row| line_of(row) == Some(index)) else { return };
        let last = self.rows.iter().rposition(|row| line_of(row) == Some(index)).unwrap_or(first);
        let top = self.top();
        if first < top {
            self.go_to(first);
        } else if last >= top + self.height {
            self.go_to((last + 1).saturating_sub(self.height));
        } else if self.is_at_end() {
            // While one chooses, nothing moves.
            self.left_end_at = self.last;
            self.hold();
        }
    }

    /// The view stays where it is, also at the end.
    pub(super) fn hold(&mut self) {
        let top = self.top();
        if self.rows.get(top) == Some(&Row::News) {
            self.left_end_at = self.left_end_at.max(self.last);
            self.spot = Spot::News;
            return;
        }
        if let Some(index) = self.rows.get(top..).and_then(|rows| rows.iter().find_map(line_of)) {
            self.left_end_at = self.left_end_at.max(self.last);
            let first = self.rows.iter().position(|row| line_of(row) == Some(index)).unwrap_or(top);
            self.spot = Spot::Top(self.lines[index].id, top.saturating_sub(first));
        }
    }
}

fn line_of(row: &Row) -> Option<usize> {
    match row {
        Row::News => None,
        Row::Day { index, .. } | Row::Line { index, .. } => Some(*index),
    }
}

/// Where the text goes on behind its first row.
fn offset_after(text: &str, first: &str) -> usize {
    let rest = &text[first.len().min(text.len())..];
    text.len() - rest.trim_start_matches(' ').len()
}

fn head(line: &LineView, timed: bool, zone: &Zone) -> String {
    let time = if timed { format!("{} ", time_of_day(line.at, zone)) } else { String::new() };
    match line.kind {
        LineKind::Does => format!("{time}* {} ", line.author),
        LineKind::Says => format!("{time}{}: ", line.author),
    }
}

fn text(line: &LineView) -> String {
    if line.removed {
        return "(taken down by the staff)".to_owned();
    }
    let edited = if line.edited { " (edited)" } else { "" };
    format!("{}{edited}", line.text)
}
