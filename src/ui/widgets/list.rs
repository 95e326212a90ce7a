//! A list with one chosen row: where the choice and the scroll offset are, and how commands move them. Rows are
//! drawn by the screen. The mark is one cell, so that moving it costs a few bytes and not two rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::keys::Command;
use crate::ui::look::Look;
use crate::ui::put::Put;

/// Which row is chosen and which is the first to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    chosen: usize,
    offset: usize,
    page: usize,
}

impl ListState {
    /// The index of the chosen row. Meaningless while the list is empty.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// Chooses a row.
    pub fn choose(&mut self, index: usize) {
        self.chosen = index;
    }

    /// Stays on the same row after the rows were read anew, wherever it went: `at` says where it is now. Where it is gone
    /// the choice stays at its place.
    pub fn stay_at(&mut self, at: Option<usize>) {
        self.chosen = at.unwrap_or(self.chosen);
    }

    /// Moves the choice. True if the command was one that moves.
    pub fn command(&mut self, command: Command, len: usize) -> bool {
        let moved = moved(self.chosen, command, len, self.page);
        self.chosen = moved.unwrap_or(self.chosen);
        moved.is_some()
    }

    /// The rows to draw into `area`, as (index, row's area); keeps the chosen one in sight. `height` is the
    /// number of lines of each row.
    pub fn visible(&mut self, area: Rect, len: usize, height: u16) -> Vec<(usize, Rect)> {
        let height = height.max(1);
        self.page = usize::from(area.height / height);
        self.chosen = self.chosen.min(len.saturating_sub(1));
        if self.page == 0 {
            return Vec::new();
        }
        self.offset = self.offset.min(len.saturating_sub(self.page));
        if self.chosen < self.offset {
            self.offset = self.chosen;
        } else if self.chosen >= self.offset + self.page {
            self.offset = self.chosen + 1 - self.page;
        }
        let rows = (self.offset..len).take(self.page).zip(0_u16..);
        rows.map(|(index, row)| (index, Rect { y: area.y + row * height, height, ..area })).collect()
    }

    /// Draws the mark of the chosen row into the row's first cell.
    pub fn draw_mark(&self, index: usize, row: Rect, buf: &mut Buffer, look: &Look) {
        if index == self.chosen {
            draw_mark(row, buf, look);
        }
    }
}

/// Where a command moves the choice among `len` things, `page` of which are seen; nothing if it is none that moves.
pub(super) fn moved(chosen: usize, command: Command, len: usize, page: usize) -> Option<usize> {
    let (last, page) = (len.saturating_sub(1), page.max(1));
    Some(match command {
        Command::Up => chosen.saturating_sub(1),
        Command::Down => (chosen + 1).min(last),
        Command::PageUp => chosen.saturating_sub(page),
        Command::PageDown => (chosen + page).min(last),
        Command::Top => 0,
        Command::Bottom => last,
        _ => return None,
    })
}

/// Draws the mark of the chosen thing into the first cell of its line.
pub(super) fn draw_mark(line: Rect, buf: &mut Buffer, look: &Look) {
    if line.width > 0 {
        buf.put(line.x, line.y, look.theme.signs.chosen, 1, look.theme.accent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect { x: 0, y: 1, width: 20, height: 3 };

    #[test]
    fn the_chosen_row_stays_in_sight() {
        let mut list = ListState::default();
        let _ = list.visible(AREA, 10, 1);
        for _ in 0..5 {
            list.command(Command::Down, 10);
        }
        let rows = list.visible(AREA, 10, 1);
        assert_eq!(rows.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(rows[2].1.y, 3);
    }

    #[test]
    fn a_list_that_shrank_keeps_a_row_chosen() {
        let mut list = ListState::default();
        list.choose(9);
        let rows = list.visible(AREA, 2, 1);
        assert_eq!(list.chosen(), 1);
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn an_empty_list_moves_nowhere() {
        let mut list = ListState::default();
        assert!(list.command(Command::Down, 0));
        assert_eq!(list.chosen(), 0);
        assert!(list.visible(AREA, 0, 1).is_empty());
    }
}
