//! One's own path (P4): the level, the exact numbers still missing to the next, what that opens. Staff may see a
//! member's.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::MemberId;
use crate::service::DomainEvent;
use crate::service::levels::{Path, ReadPath};
use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::Pager;

/// The screen.
pub struct PathScreen {
    /// Whose; one's own when none.
    member: Option<MemberId>,
    path: Option<Path>,
    pager: Pager,
}

impl PathScreen {
    /// A member's path, or one's own.
    pub fn new(member: Option<MemberId>) -> Self {
        Self { member, path: None, pager: Pager::default() }
    }

    fn whose(&self, look: &Look) -> Option<MemberId> {
        self.member.or(look.actor().id())
    }

    fn read(&self, cx: &mut Ui<'_>) {
        if let Some(member) = self.whose(cx.look) {
            cx.call(ReadPath { member });
        }
    }
}

impl Screen for PathScreen {
    fn route(&self) -> Route {
        Route::Path(self.member)
    }

    fn title(&self) -> String {
        match &self.path {
            Some(path) if self.member.is_some() => format!("path of {}", path.handle),
            _ => "your path".to_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.path.is_none()
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.read(cx),
            Msg::Event(DomainEvent::MemberChanged { member }) if Some(member) == self.whose(cx.look) => {
                self.read(cx);
            }
            Msg::Answer(answer) => match answer.take::<ReadPath>() {
                Ok(Ok(path)) => self.path = Some(path),
                Ok(Err(why)) => {
                    cx.back();
                    cx.refuse(why);
                }
                Err(_) => {}
            },
            Msg::Command(command) => {
                self.pager.command(command);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
