//! The chosen thread beside the list, in a wide window: as it would open, but nothing in it is marked as read before one
//! enters it. It is asked for once the choice rests, so that going down the list stays as cheap as it is without.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Board;
use crate::domain::ids::ThreadId;
use crate::service::Answer;
use crate::service::threads::{At, OpenThread};
use crate::ui::frame;
use crate::ui::look::Look;
use crate::ui::screen::{Effect, Hyperlink, Screen, Ui};
use crate::ui::screens::thread::Thread;

/// The timer that rings when the choice has rested.
pub(super) const PREVIEW: u32 = 1;
/// How long a choice rests before its thread is shown: longer than a key takes to repeat.
const REST: Duration = Duration::from_millis(150);

/// What is previewed: the thread and what of it the list says, so that it is read afresh when that changes.
type Wish = (ThreadId, i64, i64);

/// The preview.
#[derive(Default)]
pub(super) struct Preview {
    wish: Option<Wish>,
    shown: Option<Box<Thread>>,
}

impl Preview {
    pub(super) fn hyperlinks(&self) -> &[Hyperlink] {
        self.shown.as_ref().map_or(&[], |thread| thread.hyperlinks())
    }

    /// Draws it into the right part of a window that has one.
    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) {
        frame::draw_rule(area, buf, look);
        if let Some(thread) = &mut self.shown {
            thread.draw(frame::panes(area).1, buf, look);
        }
    }
}

impl Board {
    /// The window was seen: if another thread is chosen now than is shown, it is wished for.
    pub(super) fn wish_preview(&mut self, cx: &mut Ui<'_>) {
        if !cx.look.is_wide() {
            return;
        }
        let wish = self.chosen().map(|chosen| (chosen.id, chosen.posts, chosen.unread));
        if wish != self.preview.wish {
            self.preview.wish = wish;
            cx.effect(Effect::Timer(PREVIEW, REST));
        }
    }

    /// The choice has rested.
    pub(super) fn ask_preview(&mut self, cx: &mut Ui<'_>) {
        match self.chosen().map(|chosen| chosen.id) {
            Some(thread) => cx.call(OpenThread { thread, at: At::FirstUnread }),
            None => self.preview.shown = None,
        }
    }

    /// Takes the thread that came, if it is still the chosen one.
    pub(super) fn preview_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Result<(), Answer> {
        // A thread that is gone by now leaves the list as well.
        let Ok(view) = answer.take::<OpenThread>()? else { return Ok(()) };
        if self.chosen().is_some_and(|chosen| chosen.id == view.head.id) {
            let area = frame::panes(cx.look.area()).1;
            self.preview.shown = Some(Box::new(Thread::preview(view, area, cx.look)));
        }
        Ok(())
    }
}
