//! Lines under headings, some of which can be chosen: where the choice and the scroll offset are. Lines are drawn by
//! the screen; as in a list, the mark of the choice is one cell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::{draw_mark, moved};
use crate::ui::keys::Command;
use crate::ui::look::Look;

/// Which item is chosen and which line is the first to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    chosen: usize,
    offset: usize,
    page: usize,
}

impl Sections {
    /// The chosen item, counted without headings. Meaningless while there is none.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// Chooses an item.
    pub fn choose(&mut self, item: usize) {
        self.chosen = item;
    }

    /// Moves the choice among `items` items. True if the command was one that moves.
    pub fn command(&mut self, command: Command, items: usize) -> bool {
        let moved = moved(self.chosen, command, items, self.page);
        self.chosen = moved.unwrap_or(self.chosen);
        moved.is_some()
    }

    /// The lines to draw into `area`, as (index, line's area). `items` says for each line which item it is, if it can
    /// be chosen; the chosen one stays in sight, the first one with the headings above it.
    pub fn visible(&mut self, area: Rect, items: &[Option<usize>]) -> Vec<(usize, Rect)> {
        self.page = usize::from(area.height);
        let last_item = items.iter().flatten().max().copied().unwrap_or(0);
        self.chosen = self.chosen.min(last_item);
        if self.page == 0 {
            return Vec::new();
        }
        let chosen = items.iter().position(|item| *item == Some(self.chosen)).unwrap_or(0);
        self.offset = self.offset.min(items.len().saturating_sub(self.page));
        if chosen < self.offset {
            let above = items[..chosen].iter().rev().take_while(|item| item.is_none()).count();
            self.offset = chosen - above;
        } else if chosen >= self.offset + self.page {
            self.offset = chosen + 1 - self.page;
        }
        let lines = (self.offset..items.len()).take(self.page).zip(area.top()..area.bottom());
        lines.map(|(index, y)| (index, Rect { y, height: 1, ..area })).collect()
    }

    /// Draws the mark of the chosen item into its line's first cell.
    pub fn draw_mark(&self, item: Option<usize>, line: Rect, buf: &mut Buffer, look: &Look) {
        if item == Some(self.chosen) {
            draw_mark(line, buf, look);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect { x: 0, y: 1, width: 20, height: 3 };
    /// A heading, two items, a heading, two items.
    const LINES: [Option<usize>; 6] = [None, Some(0), Some(1), None, Some(2), Some(3)];

    fn shown(sections: &mut Sections) -> Vec<usize> {
        sections.visible(AREA, &LINES).iter().map(|(index, _)| *index).collect()
    }

    #[test]
    fn headings_are_passed_over_and_come_back_into_sight() {
        let mut sections = Sections::default();
        assert_eq!(shown(&mut sections), [0, 1, 2]);
        sections.command(Command::Down, 4);
        sections.command(Command::Down, 4);
        assert_eq!((sections.chosen(), shown(&mut sections)), (2, vec![2, 3, 4]));
        sections.command(Command::Bottom, 4);
        assert_eq!(shown(&mut sections), [3, 4, 5]);
        sections.command(Command::Top, 4);
        assert_eq!(shown(&mut sections), [0, 1, 2], "with its heading");
    }

    #[test]
    fn lines_without_items_choose_nothing() {
        let mut sections = Sections::default();
        assert!(sections.command(Command::Down, 0));
        assert_eq!(sections.visible(AREA, &[None]).len(), 1);
        assert_eq!(sections.chosen(), 0);
    }
}
