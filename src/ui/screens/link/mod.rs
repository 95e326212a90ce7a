//! Where a link leads: the whole address from the first column on, without a border, so that it can be copied out of
//! any terminal.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Hyperlink, Msg, Screen, Ui};
use crate::ui::widgets::Pager;

/// The screen of one address.
pub struct Link {
    address: String,
    pager: Pager,
    drawn: Vec<Hyperlink>,
}

impl Link {
    /// An address that was cleaned: printable ASCII (`domain::markup`).
    pub fn new(address: String) -> Self {
        Self { address, pager: Pager::default(), drawn: Vec::new() }
    }
}

impl Screen for Link {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "where this link leads".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Pager]
    }

    fn status(&self, _look: &Look) -> String {
        "Nothing is opened from here: copy it with your terminal.".to_owned()
    }

    fn update(&mut self, msg: Msg, _cx: &mut Ui<'_>) {
        if let Msg::Command(command) = msg {
            self.pager.command(command);
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        self.drawn.clear();
        let width = usize::from(area.width.max(1));
        // Every byte of a cleaned address is one column.
        let rows: Vec<&str> = self
            .address
            .as_bytes()
            .chunks(width)
            .map(|row| std::str::from_utf8(row).unwrap_or("?"))
            .collect();
        let window = self.pager.window(area.height.saturating_sub(1), rows.len());
        for (row, y) in rows[window].iter().zip(area.y + 1..area.bottom()) {
            buf.put(area.x, y, row, width, look.theme.text);
            let columns = u16::try_from(row.len()).unwrap_or(area.width);
            self.drawn.push(Hyperlink { x: area.x, y, columns, address: self.address.clone() });
        }
        None
    }

    fn hyperlinks(&self) -> &[Hyperlink] {
        &self.drawn
    }
}
