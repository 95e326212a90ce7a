//! The door screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};

/// The door screen.
#[derive(Default)]
pub struct Door {}

impl Screen for Door {
    fn route(&self) -> Route {
        Route::Home
    }

    fn title(&self) -> String {
        "door".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn update(&mut self, _msg: Msg, _cx: &mut Ui<'_>) {}

    fn draw(&mut self, _area: Rect, _buf: &mut Buffer, _look: &Look) -> Option<Position> {
        None
    }
}
