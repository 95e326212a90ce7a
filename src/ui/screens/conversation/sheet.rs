//! The loaded lines of a conversation laid out as rows, where the window is and which line is chosen.

use crate::domain::conversation::MessageKind;
use crate::domain::ids::MessageNo;
use crate::domain::markup::{self, Line, Options};
use crate::service::conversations::MessageView;
use crate::ui::look::Look;

/// Most lines kept; what lies farther from the window is loaded again.
const KEPT_MAX: usize = 240;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Author and time.
    Header,
    /// A line of the text.
    Text(Line),
    /// Words of hob's own.
    Note(String),
    /// Nothing, between two lines.
    Blank,
}

/// A line with how it is shown.
struct Loaded {
    view: MessageView,
    /// Its spoilers were opened.
    spoilers: bool,
}

/// The lines.
#[derive(Default)]
pub(super) struct Sheet {
    items: Vec<Loaded>,
    /// Rows with the index of their line, for this width and signs.
    rows: Vec<(usize, Row)>,
    laid: Option<(u16, bool)>,
    top: usize,
    chosen: usize,
    /// There are lines before the loaded ones.
    pub(super) more_before: bool,
    /// There are lines after the loaded ones.
    pub(super) more_after: bool,
}

impl Sheet {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn first_no(&self) -> MessageNo {
        self.items.first().map_or(MessageNo(1), |item| item.view.no)
    }

    pub(super) fn last_no(&self) -> MessageNo {
        self.items.last().map_or(MessageNo(0), |item| item.view.no)
    }

    /// The line at the top of the window.
    pub(super) fn top_no(&self) -> MessageNo {
        let item = self.rows.get(self.top).and_then(|(index, _)| self.items.get(*index));
        item.map_or(self.first_no(), |item| item.view.no)
    }

    /// The chosen line.
    pub(super) fn chosen(&self) -> Option<&MessageView> {
        self.items.get(self.chosen).map(|item| &item.view)
    }

    pub(super) fn chosen_index(&self) -> usize {
        self.chosen
    }

    pub(super) fn view(&self, index: usize) -> Option<&MessageView> {
        self.items.get(index).map(|item| &item.view)
    }

    /// Opens or closes the spoilers of the chosen line.
    pub(super) fn toggle_spoilers(&mut self) {
        if let Some(item) = self.items.get_mut(self.chosen) {
            item.spoilers = !item.spoilers;
            self.laid = None;
        }
    }

    /// Takes lines in, in order of their numbers; those that are known get their new state. The window and the choice
    /// stay on their lines.
    pub(super) fn merge(&mut self, came: Vec<MessageView>) {
        let (top, chosen) = (self.top_no(), self.chosen().map(|view| view.no));
        let offset = self.rows.get(..self.top).map_or(0, |rows| {
            let index = self.rows.get(self.top).map(|(index, _)| *index);
            rows.iter().rev().take_while(|(of, _)| Some(*of) == index).count()
        });
        for view in came {
            match self.items.binary_search_by_key(&view.no, |item| item.view.no) {
                Ok(index) => self.items[index].view = view,
                Err(index) => self.items.insert(index, Loaded { view, spoilers: false }),
            }
        }
        self.forget_far_from(top);
        let index = |no: MessageNo, items: &[Loaded]| items.iter().position(|item| item.view.no >= no);
        self.chosen = chosen.and_then(|no| index(no, &self.items)).unwrap_or(0);
        let again = self.laid.take();
        if let Some((width, ascii)) = again {
            self.lay(width, ascii);
            let first = index(top, &self.items).and_then(|at| self.row_of(at)).unwrap_or(0);
            self.top = first + offset;
        }
    }

    fn forget_far_from(&mut self, no: MessageNo) {
        while self.items.len() > KEPT_MAX {
            let at = self.items.iter().position(|item| item.view.no >= no).unwrap_or(0);
            if at > self.items.len() / 2 {
                self.items.remove(0);
                self.more_before = true;
            } else {
                self.items.pop();
                self.more_after = true;
            }
        }
    }

    /// Lays the lines out, if the width or the lines are others than before.
    pub(super) fn lay_out(&mut self, width: u16, look: &Look) {
        let ascii = look.theme.signs.ascii;
        if self.laid != Some((width, ascii)) {
            let top = self.top_no();
            self.lay(width, ascii);
            let at = self.items.iter().position(|item| item.view.no >= top);
            self.top = at.and_then(|at| self.row_of(at)).unwrap_or(0);
        }
    }

    fn lay(&mut self, width: u16, ascii: bool) {
        self.rows.clear();
        for (index, item) in self.items.iter().enumerate() {
            let rows = lay_out(item, width, ascii);
            self.rows.extend(rows.into_iter().map(|row| (index, row)));
        }
        self.laid = Some((width, ascii));
    }

    fn row_of(&self, index: usize) -> Option<usize> {
        self.rows.iter().position(|(of, _)| *of == index)
    }

    /// The last row of a line that says anything.
    fn end_of(&self, index: usize) -> usize {
        let end = self.rows.iter().rposition(|(of, row)| *of == index && *row != Row::Blank);
        end.unwrap_or(0)
    }

    fn last_top(&self, height: usize) -> usize {
        // The blank row below the last line need not be seen.
        let said = self.rows.len() - usize::from(matches!(self.rows.last(), Some((_, Row::Blank))));
        said.saturating_sub(height)
    }

    /// Keeps the window within the rows.
    pub(super) fn fit(&mut self, height: usize) {
        self.top = self.top.min(self.last_top(height));
        self.chosen = self.chosen.min(self.items.len().saturating_sub(1));
    }

    /// The rows that are seen, with the index of their line.
    pub(super) fn visible(&self, height: usize) -> &[(usize, Row)] {
        let end = (self.top + height).min(self.rows.len());
        &self.rows[self.top.min(end)..end]
    }

    /// Puts a line at the top of the window, or as near as there are rows, and chooses it.
    pub(super) fn go_to(&mut self, no: MessageNo, height: usize) {
        let at = self.items.iter().position(|item| item.view.no >= no).unwrap_or(0);
        self.chosen = at;
        self.top = self.row_of(at).unwrap_or(0);
        self.fit(height);
    }

    /// Shows the end and chooses the last line.
    pub(super) fn go_to_end(&mut self, height: usize) {
        self.chosen = self.items.len().saturating_sub(1);
        self.top = self.last_top(height);
    }

    /// The next line, through a long one row by row.
    pub(super) fn down(&mut self, height: usize) {
        if self.end_of(self.chosen) >= self.top + height {
            self.top += 1;
        } else if self.chosen + 1 < self.items.len() {
            self.chosen += 1;
            let first = self.row_of(self.chosen).unwrap_or(0);
            let wanted = (self.end_of(self.chosen) + 1).saturating_sub(height).min(first);
            self.top = self.top.max(wanted);
        }
        self.fit(height);
    }

    /// The line before, through a long one row by row.
    pub(super) fn up(&mut self, height: usize) {
        let first = self.row_of(self.chosen).unwrap_or(0);
        if first < self.top {
            self.top -= 1;
        } else if self.chosen > 0 {
            self.chosen -= 1;
            let first = self.row_of(self.chosen).unwrap_or(0);
            let long = self.end_of(self.chosen) - first >= height;
            let wanted = if long { self.end_of(self.chosen) + 1 - height } else { first };
            self.top = self.top.min(wanted);
        }
        self.fit(height);
    }

    /// A page on or back; the choice goes along. False when there was no farther to go.
    pub(super) fn page(&mut self, height: usize, forward: bool) -> bool {
        // One row of the page before stays in sight.
        let step = height.saturating_sub(1).max(1);
        let before = self.top;
        self.top = if forward { self.top + step } else { self.top.saturating_sub(step) };
        self.fit(height);
        let whole = |(index, row): &(usize, Row)| (*row == Row::Header).then_some(*index);
        let first = self.visible(height).iter().find_map(whole);
        self.chosen = first.or(self.visible(height).first().map(|row| row.0)).unwrap_or(0);
        self.top != before
    }

    /// To the first loaded line.
    pub(super) fn go_to_top(&mut self) {
        (self.top, self.chosen) = (0, 0);
    }

    /// Lines whose end lies below the window.
    pub(super) fn below(&self, height: usize) -> usize {
        let end = self.top + height;
        (0..self.items.len()).rev().take_while(|index| self.end_of(*index) >= end).count()
    }

    /// Whether the window is near the first or the last of the loaded lines.
    pub(super) fn is_near(&self, height: usize, last: bool) -> bool {
        if last { self.top + 2 * height >= self.rows.len() } else { self.top < height }
    }

    /// How far everything was shown, from `read_to` on: the number of the last line whose end is in the window and
    /// before which nothing is missing.
    pub(super) fn shown_to(&self, read_to: MessageNo, height: usize) -> MessageNo {
        let mut upto = read_to;
        if self.more_before && self.first_no().0 > read_to.0 + 1 {
            return upto;
        }
        for (index, item) in self.items.iter().enumerate().filter(|(_, item)| item.view.no > read_to) {
            let end = self.end_of(index);
            if end < self.top || end >= self.top + height {
                break;
            }
            upto = item.view.no;
        }
        upto
    }
}

fn lay_out(item: &Loaded, width: u16, ascii: bool) -> Vec<Row> {
    let MessageView { author, kind, body, .. } = &item.view;
    let text = body.as_deref().unwrap_or_default();
    let note = match kind {
        MessageKind::Message | MessageKind::Nudge => {
            let mut rows = vec![Row::Header];
            match body {
                Some(text) => {
                    let options = Options { ascii, spoilers_open: item.spoilers };
                    rows.extend(markup::render(text, width, options).lines.into_iter().map(Row::Text));
                }
                None if item.view.removed => rows.push(Row::Note("Removed by the staff.".to_owned())),
                None => rows.push(Row::Note("Deleted by its author.".to_owned())),
            }
            rows.push(Row::Blank);
            return rows;
        }
        MessageKind::Added => format!("{author} added {text}, who sees what is said from here on."),
        MessageKind::Left => format!("{author} left."),
        MessageKind::Renamed if text.is_empty() => format!("{author} took the title away."),
        MessageKind::Renamed => format!("{author} called this conversation \"{text}\"."),
    };
    vec![Row::Note(note), Row::Blank]
}
