//! Everything that waits for the staff: cases and applications in one list, with who has claimed what, live.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::applications::{ClaimApplication, ReleaseApplication};
use crate::service::cases::{ClaimCase, ListQueue, Queue, QueueItem, QueueKind, ReleaseCase};
use crate::service::held::{ClaimHeld, ReleaseHeld};
use crate::service::{Answer, DomainEvent, Request};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::{ListState, claim};

/// The queue screen.
#[derive(Default)]
pub struct QueueScreen {
    queue: Option<Queue>,
    list: ListState,
}

/// The place that an item is opened at.
pub fn route_of(item: &QueueItem) -> Route {
    match item.kind {
        QueueKind::Case { case, .. } => Route::Case(case),
        QueueKind::Held { held, .. } => Route::Held(held),
        QueueKind::Matter { matter, .. } => Route::Matter(matter),
        QueueKind::Application { application, .. } => Route::Application(application),
    }
}

/// The first item that nobody else has claimed, after the one at this place, beginning again at the top.
pub fn next_after(queue: &Queue, route: &Route, look: &Look) -> Option<Route> {
    let routes: Vec<Route> = queue.items.iter().map(route_of).collect();
    let here = routes.iter().position(|known| known == route);
    let from = here.map_or(0, |at| at + 1);
    let free = |item: &&QueueItem| {
        let claim = claim::standing(item.claim.as_ref(), look.now);
        !item.asked && claim.is_none_or(|claim| claim::is_mine(claim, look))
    };
    let around = queue.items[from..].iter().chain(&queue.items[..from]);
    around.filter(free).map(route_of).find(|next| next != route)
}

impl QueueScreen {
    fn items(&self) -> &[QueueItem] {
        self.queue.as_ref().map_or(&[], |queue| &queue.items)
    }

    fn chosen(&self) -> Option<&QueueItem> {
        self.items().get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListQueue>() {
            Ok(Ok(queue)) => {
                let chosen = self.chosen().map(|item| item.kind);
                self.queue = Some(queue);
                self.list.stay_at(self.items().iter().position(|item| Some(item.kind) == chosen));
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = refused::<ClaimCase>(answer, cx)
            .and_then(|answer| refused::<ReleaseCase>(answer, cx))
            .and_then(|answer| refused::<ClaimHeld>(answer, cx))
            .and_then(|answer| refused::<ReleaseHeld>(answer, cx));
        if let Some(answer) = answer {
            refused::<ClaimApplication>(answer, cx)
                .and_then(|answer| refused::<ReleaseApplication>(answer, cx));
        }
    }

    fn claim(&self, cx: &mut Ui<'_>) {
        let Some(item) = self.chosen() else { return };
        let claim = claim::standing(item.claim.as_ref(), cx.look.now);
        let mine = claim.is_some_and(|claim| claim::is_mine(claim, cx.look));
        match item.kind {
            QueueKind::Case { case, .. } if mine => cx.call(ReleaseCase { case }),
            QueueKind::Case { case, .. } => cx.call(ClaimCase { case }),
            QueueKind::Held { held, .. } if mine => cx.call(ReleaseHeld { held }),
            QueueKind::Held { held, .. } => cx.call(ClaimHeld { held }),
            QueueKind::Matter { .. } => {
                cx.say("This needs no claim: Enter opens it, and who decides first decides.")
            }
            QueueKind::Application { application: id, .. } if mine => cx.call(ReleaseApplication { id }),
            QueueKind::Application { application: id, .. } => cx.call(ClaimApplication { id }),
        }
    }
}

/// Says why a request was refused, if this answers one of that type; otherwise gives the answer back. What it
/// changed comes by itself, as an event.
fn refused<R: Request>(answer: Answer, cx: &mut Ui<'_>) -> Option<Answer> {
    match answer.take::<R>() {
        Ok(Ok(_)) => None,
        Ok(Err(why)) => {
            cx.refuse(why);
            None
        }
        Err(answer) => Some(answer),
    }
}

impl Screen for QueueScreen {
    fn route(&self) -> Route {
        Route::Queue
    }

    fn title(&self) -> String {
        "queue".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Queue, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.queue.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        !matches!(command, Command::Claim | Command::Open) || !self.items().is_empty()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListQueue),
            Msg::Event(
                DomainEvent::CaseChanged { .. }
                | DomainEvent::HeldChanged { .. }
                | DomainEvent::ApplicationChanged { .. }
                | DomainEvent::MattersChanged
                | DomainEvent::WaitlistChanged,
            ) => cx.call(ListQueue),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::Claim) => self.claim(cx),
            Msg::Command(Command::OpenWaitlist) => cx.open(Route::Waitlist),
            Msg::Command(Command::Open) => {
                if let Some(item) = self.chosen() {
                    cx.open(route_of(item));
                }
            }
            Msg::Command(command) => {
                let len = self.items().len();
                self.list.command(command, len);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
