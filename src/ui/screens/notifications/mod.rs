//! What is and was for one (L4): each line leads to the exact place. One key clears what is news, one brings it back.

mod view;
mod words;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use words::{route, said};

use crate::service::notifications::{
    ClearNotifications, ClearUndo, ListNotifications, Notification, NotificationList, SeeNotification,
    UndoClear,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::Sections;

/// The screen.
#[derive(Default)]
pub struct Notifications {
    list: Option<NotificationList>,
    sections: Sections,
    /// What the last clearing cleared.
    undo: Option<ClearUndo>,
}

impl Screen for Notifications {
    fn route(&self) -> Route {
        Route::Notifications
    }

    fn title(&self) -> String {
        "for you".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Notifications, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.list.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        match self.list.as_ref().map_or(0, |list| list.unseen) {
            0 => String::new(),
            count => format!("{count} new"),
        }
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::ClearNotifications => self.list.as_ref().is_some_and(|list| list.unseen > 0),
            Command::Undo => self.undo.is_some(),
            Command::Open => self.list.as_ref().is_some_and(|list| !list.rows.is_empty()),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListNotifications),
            Msg::Event(DomainEvent::Notified { member } | DomainEvent::MarksChanged { member })
                if Some(member) == cx.look.actor().id() =>
            {
                cx.call(ListNotifications);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Notifications {
    fn rows(&self) -> &[Notification] {
        self.list.as_ref().map_or(&[], |list| &list.rows)
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListNotifications>() {
            Ok(Ok(list)) => {
                let chosen = self.rows().get(self.sections.chosen());
                // The choice stays on the same thing, wherever its line went; at the top it stays at the top.
                let kept = chosen.filter(|_| self.sections.chosen() > 0).and_then(|before| {
                    list.rows.iter().position(|row| (row.id, row.leads_to) == (before.id, before.leads_to))
                });
                if let Some(kept) = kept {
                    self.sections.choose(kept);
                }
                self.list = Some(list);
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<ClearNotifications>() {
            Ok(Ok(undo)) => {
                cx.good(format!(
                    "Cleared {}; u brings {} back. Posts stay unread.",
                    counted(undo.count()),
                    them(&undo)
                ));
                self.undo = Some(undo);
                return cx.call(ListNotifications);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<UndoClear>() {
            Ok(Ok(())) => {
                self.undo = None;
                cx.good("They are news again.");
                cx.call(ListNotifications);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.sections.command(command, self.rows().len()) {
            return;
        }
        match command {
            Command::Open => {
                let Some(row) = self.rows().get(self.sections.chosen()) else { return };
                if let Some(id) = row.id.filter(|_| row.unseen) {
                    cx.call(SeeNotification(id));
                }
                if let Some(route) = route(row.leads_to) {
                    cx.open(route);
                }
            }
            Command::ClearNotifications if self.list.as_ref().is_some_and(|list| list.unseen > 0) => {
                cx.call(ClearNotifications);
            }
            Command::ClearNotifications => cx.say("Nothing here is news."),
            Command::Undo => match self.undo.clone() {
                Some(undo) => cx.call(UndoClear(undo)),
                None => cx.say("Nothing was cleared that could come back."),
            },
            _ => {}
        }
    }
}

fn counted(count: usize) -> String {
    if count == 1 { "one".to_owned() } else { count.to_string() }
}

fn them(undo: &ClearUndo) -> &'static str {
    if undo.count() == 1 { "it" } else { "them" }
}
