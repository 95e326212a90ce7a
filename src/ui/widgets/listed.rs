//! Rows of one kind that a screen asked for, and the chosen one among them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{ListState, Rows};
use crate::domain::text::fit;
use crate::ui::keys::Command;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// The rows, once they came, and which one is chosen.
pub struct Listed<T> {
    rows: Option<Vec<T>>,
    list: ListState,
    choose_new: bool,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { rows: None, list: ListState::default(), choose_new: false }
    }
}

impl<T> Listed<T> {
    /// Whether they came: until then a screen has nothing to show.
    pub fn has_come(&self) -> bool {
        self.rows.is_some()
    }

    /// The rows; none until they came.
    pub fn rows(&self) -> &[T] {
        self.rows.as_deref().unwrap_or_default()
    }

    /// The chosen one.
    pub fn chosen(&self) -> Option<&T> {
        self.rows().get(self.list.chosen())
    }

    /// When the rows come the next time, the first that is not here now is chosen: somebody has just made it.
    pub fn choose_new(&mut self) {
        self.choose_new = true;
    }

    /// Takes the rows as they were read now. The choice stays on the same one, wherever it went; `key` says which is which.
    pub fn came<K: PartialEq>(&mut self, rows: Vec<T>, key: impl Fn(&T) -> K) {
        let before = self.chosen().map(&key);
        self.list.stay_at(rows.iter().position(|row| Some(key(row)) == before));
        if std::mem::take(&mut self.choose_new) {
            let known: Vec<K> = self.rows().iter().map(&key).collect();
            if let Some(new) = rows.iter().position(|row| !known.contains(&key(row))) {
                self.list.choose(new);
            }
        }
        self.rows = Some(rows);
    }

    /// Moves the choice. True if the command was one that moves.
    pub fn command(&mut self, command: Command) -> bool {
        let len = self.rows().len();
        self.list.command(command, len)
    }

    /// Draws each row that is seen, `height` lines high, with the mark of the chosen one.
    pub fn draw(
        &mut self,
        area: Rect,
        height: u16,
        buf: &mut Buffer,
        look: &Look,
        draw_row: impl Fn(&T, Rect, &mut Buffer),
    ) {
        let rows = self.rows.as_deref().unwrap_or_default();
        for (index, row) in self.list.visible(area, rows.len(), height) {
            draw_row(&rows[index], row, buf);
            self.list.draw_mark(index, row, buf, look);
        }
    }

    /// Draws the list with the chosen one below it, as [`draw_over`] does.
    pub fn draw_over(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        look: &Look,
        line: impl Fn(&T) -> (String, Style),
        below: impl FnOnce(&T, usize) -> Rows,
    ) {
        draw_over(&mut self.list, self.rows.as_deref().unwrap_or_default(), area, buf, look, (line, below));
    }
}

/// Draws a line for each row in the upper half of the window at most, and below them what there is to say about the chosen
/// one in so many columns.
pub fn draw_over<T>(
    list: &mut ListState,
    rows: &[T],
    area: Rect,
    buf: &mut Buffer,
    look: &Look,
    (line, below): (impl Fn(&T) -> (String, Style), impl FnOnce(&T, usize) -> Rows),
) {
    let lines = u16::try_from(rows.len()).unwrap_or(u16::MAX).min((area.height / 2).max(1));
    for (index, row) in list.visible(Rect { height: lines, ..area }, rows.len(), 1) {
        let room = usize::from(row.width.saturating_sub(3));
        let (text, style) = line(&rows[index]);
        buf.put(row.x + 2, row.y, fit(&text, room, look.theme.signs.ellipsis), room, style);
        list.draw_mark(index, row, buf, look);
    }
    let Some(chosen) = rows.get(list.chosen()) else { return };
    let inside = Rect {
        x: area.x + 2,
        y: area.y + lines + 1,
        width: area.width.saturating_sub(3).min(TEXT_COLUMNS_MAX),
        height: area.height.saturating_sub(lines + 1),
    };
    let told = below(chosen, usize::from(inside.width));
    told.draw(0..told.len(), inside, buf);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_stays_on_its_row_and_where_that_is_gone_at_its_place() {
        let mut listed = Listed::default();
        assert!(!listed.has_come() && listed.chosen().is_none());
        listed.came(vec!['a', 'b', 'c'], |row| *row);
        assert!(listed.command(Command::Down));
        assert_eq!(listed.chosen(), Some(&'b'));
        listed.came(vec!['x', 'a', 'b'], |row| *row);
        assert_eq!(listed.chosen(), Some(&'b'));
        listed.came(vec!['x', 'a', 'c'], |row| *row);
        assert_eq!(listed.chosen(), Some(&'c'));
        assert!(!listed.command(Command::Open));
        listed.choose_new();
        listed.came(vec!['x', 'b', 'a', 'c'], |row| *row);
        assert_eq!(listed.chosen(), Some(&'b'), "which was not there before");
    }
}
