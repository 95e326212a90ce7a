//! What stands beside a list in a wide window before one enters it: the chosen thing as it would open. It is asked for
//! once the choice rests, so that going down the list stays as cheap as it is without.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::frame;
use crate::ui::look::{Look, WIDE_COLUMNS};
use crate::ui::screen::{Effect, Hyperlink, Screen, Ui};

/// The timer that rings when the choice has rested.
pub const PREVIEW: u32 = 1;
/// How long a choice rests before it is shown: longer than a key takes to repeat.
const REST: Duration = Duration::from_millis(150);

/// The preview. `W` is what is wished for: the thing and whatever of it the list says, so that it is read afresh when
/// that changes.
pub struct Preview<W> {
    wish: Option<W>,
    shown: Option<Box<dyn Screen>>,
}

impl<W> Default for Preview<W> {
    fn default() -> Self {
        Self { wish: None, shown: None }
    }
}

impl<W: PartialEq> Preview<W> {
    /// The part of the window that the list has beside it; all of it where the window has no room for both.
    pub fn list_area(area: Rect) -> Rect {
        if area.width >= WIDE_COLUMNS { frame::panes(area).0 } else { area }
    }

    /// The window was seen: if another thing is chosen now than is shown, it is wished for, and [`PREVIEW`] rings.
    pub fn wish(&mut self, wish: Option<W>, cx: &mut Ui<'_>) {
        if cx.look.area().width >= WIDE_COLUMNS && wish != self.wish {
            self.wish = wish;
            cx.effect(Effect::Timer(PREVIEW, REST));
        }
    }

    /// Shows a screen that is told nothing, or none.
    pub fn show(&mut self, screen: Option<Box<dyn Screen>>) {
        self.shown = screen;
    }

    /// The links in it.
    pub fn hyperlinks(&self) -> &[Hyperlink] {
        self.shown.as_ref().map_or(&[], |screen| screen.hyperlinks())
    }

    /// Draws it into the right part of a window that has one.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) {
        if area.width < WIDE_COLUMNS {
            return;
        }
        frame::draw_rule(area, buf, look);
        if let Some(screen) = &mut self.shown {
            screen.draw(frame::panes(area).1, buf, look);
        }
    }
}
