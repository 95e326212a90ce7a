//! One's unfinished texts.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};

/// The drafts screen.
#[derive(Default)]
pub struct Drafts {}

impl Screen for Drafts {
    fn route(&self) -> Route {
        Route::Drafts
    }

    fn title(&self) -> String {
        "drafts".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn update(&mut self, _msg: Msg, _cx: &mut Ui<'_>) {}

    fn draw(&mut self, _area: Rect, _buf: &mut Buffer, _look: &Look) -> Option<Position> {
        None
    }
}
