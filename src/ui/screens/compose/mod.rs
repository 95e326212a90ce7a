//! Writing a thread, a post, or another text for a post.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{Msg, Screen, Ui};

/// The composer.
pub struct Compose {
    target: ComposeTarget,
}

impl Compose {
    /// A composer for a text.
    pub fn new(target: ComposeTarget) -> Self {
        Self { target }
    }
}

impl Screen for Compose {
    fn route(&self) -> Route {
        Route::Compose(self.target)
    }

    fn title(&self) -> String {
        "write".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn update(&mut self, _msg: Msg, _cx: &mut Ui<'_>) {}

    fn draw(&mut self, _area: Rect, _buf: &mut Buffer, _look: &Look) -> Option<Position> {
        None
    }
}
