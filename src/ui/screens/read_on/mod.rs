//! The read_on screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};

/// The read_on screen.
#[derive(Default)]
pub struct ReadOn {}

impl Screen for ReadOn {
    fn route(&self) -> Route {
        Route::Home
    }

    fn title(&self) -> String {
        "read_on".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn update(&mut self, _msg: Msg, _cx: &mut Ui<'_>) {}

    fn draw(&mut self, _area: Rect, _buf: &mut Buffer, _look: &Look) -> Option<Position> {
        None
    }
}
