//! Lines that scroll: where the window is, and how commands move it.

use crate::ui::keys::Command;

/// Which line is the first to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    top: usize,
    page: usize,
    len: usize,
}

impl Pager {
    /// Moves the window. True if the command was one that moves.
    pub fn command(&mut self, command: Command) -> bool {
        // One line of the page before stays in sight, so that the eye finds its place.
        let page = self.page.saturating_sub(1).max(1);
        self.top = match command {
            Command::Up => self.top.saturating_sub(1),
            Command::Down => self.top + 1,
            Command::PageUp => self.top.saturating_sub(page),
            Command::PageDown => self.top + page,
            Command::Top => 0,
            Command::Bottom => self.last_top(),
            _ => return false,
        };
        self.top = self.top.min(self.last_top());
        true
    }

    /// The first line of the window.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Moves the window to a line, or as near as there are lines.
    pub fn go_to(&mut self, line: usize) {
        self.top = line.min(self.last_top());
    }

    /// The lines to draw for a window of `rows` lines out of `len`.
    pub fn window(&mut self, rows: u16, len: usize) -> std::ops::Range<usize> {
        self.page = usize::from(rows);
        self.len = len;
        self.top = self.top.min(self.last_top());
        self.top..(self.top + self.page).min(len)
    }

    /// Whether there are lines below the window.
    pub fn has_more(&self) -> bool {
        self.top + self.page < self.len
    }

    fn last_top(&self) -> usize {
        self.len.saturating_sub(self.page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_within_the_lines() {
        let mut pager = Pager::default();
        assert_eq!(pager.window(10, 25), 0..10);
        pager.command(Command::PageDown);
        assert_eq!(pager.window(10, 25), 9..19);
        assert!(pager.has_more());
        pager.command(Command::Bottom);
        assert_eq!(pager.window(10, 25), 15..25);
        pager.command(Command::Down);
        assert_eq!(pager.window(10, 25), 15..25);
        assert!(!pager.has_more());
    }

    #[test]
    fn a_larger_window_shows_more_of_the_same() {
        let mut pager = Pager::default();
        let _ = pager.window(5, 20);
        pager.command(Command::Bottom);
        assert_eq!(pager.window(30, 20), 0..20);
    }
}
