//! What of the stack is seen: the screen on top, what shows through under its dialogs, and in a wide window the list
//! beside the content that was opened from it (PRODUCT.md section 3).

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::App;
use crate::ui::frame;
use crate::ui::screen::Hyperlink;

impl App {
    /// Draws the whole window.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let bottom = self.topmost_screen();
        let inner = frame::inner(area);
        let mut content = inner;
        if let Some(list) = self.list_beside() {
            let (left, right) = frame::panes(inner);
            let route = self.stack[bottom].screen.route();
            self.stack[list].screen.stand_beside(&route);
            self.stack[list].screen.draw(left, buf, &self.look);
            frame::draw_rule(inner, buf, &self.look);
            content = right;
        }
        let mut cursor = None;
        for (index, layer) in self.stack[bottom..].iter_mut().enumerate() {
            // A dialog has the whole window.
            let part = if index == 0 { content } else { inner };
            cursor = layer.screen.draw(part, buf, &self.look);
        }
        if let Some(top) = self.stack.last() {
            let title = self.stack[bottom].screen.title();
            let incoming = self.incoming_line();
            let notice = self.notice.as_ref().or(incoming.as_ref());
            frame::draw(area, buf, &self.look, &title, top.screen.as_ref(), notice, self.going);
        }
        cursor
    }

    /// The links in what was drawn last: those of the screen on top. What shows through under a dialog is not for
    /// clicking.
    pub fn hyperlinks(&self) -> &[Hyperlink] {
        let top = self.stack.last().filter(|_| self.look.capabilities.hyperlinks);
        top.map_or(&[], |top| top.screen.hyperlinks())
    }

    /// The topmost layer that is no dialog.
    pub(super) fn topmost_screen(&self) -> usize {
        self.stack.iter().rposition(|layer| !layer.screen.is_dialog()).unwrap_or(0)
    }

    /// The lowest layer of which anything is seen.
    pub(super) fn lowest_visible(&self) -> usize {
        self.list_beside().unwrap_or_else(|| self.topmost_screen())
    }

    /// The list that stands beside the content that was opened from it, where the window is wide enough.
    pub(super) fn list_beside(&self) -> Option<usize> {
        let content = self.topmost_screen();
        let list = content.checked_sub(1).filter(|_| self.look.is_wide())?;
        let pair = self.stack[content].screen.is_content() && self.stack[list].screen.is_list();
        pair.then_some(list)
    }
}
