//! Space, from any screen: looks for the next unread thread and makes way for it. It draws nothing of its own: the
//! screen below stays until the thread is there.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::reading::NextUnread;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::screens::next_up;

/// The search for what is next.
#[derive(Default)]
pub struct ReadOn;

impl Screen for ReadOn {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        String::new()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn is_waiting(&self) -> bool {
        true
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(NextUnread::default()),
            Msg::Answer(answer) => match answer.take::<NextUnread>() {
                Ok(Ok(Some(next))) => {
                    cx.effect(Effect::Swap(next_up(next, NextUnread::default())));
                }
                Ok(Ok(None)) => {
                    cx.back();
                    cx.good("You are caught up.");
                }
                Ok(Err(why)) => {
                    cx.back();
                    cx.refuse(why);
                }
                Err(_) => {}
            },
            Msg::Command(Command::Back) => cx.back(),
            _ => {}
        }
    }

    fn draw(&mut self, _area: Rect, _buf: &mut Buffer, _look: &Look) -> Option<Position> {
        None
    }
}
