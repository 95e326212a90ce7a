//! Lines that a dialog asked for and keeps as drafts (W2): each is dropped once the act that it was typed for is done.
//! Which act that is, is seen from what the screen asks when it gets the line; so no screen has to think of it.

use super::{APP, App, Msg, Order, ScreenId};
use crate::domain::draft::DraftTarget;
use crate::service::drafts::DropDraft;
use crate::service::{Answer, Call};
use crate::ui::screen::DialogResult;

/// A line that was handed to a screen.
struct Given {
    /// To which.
    screen: ScreenId,
    /// The request that it went into; none yet: the screen asks more first.
    request: Option<&'static str>,
    target: DraftTarget,
}

/// The lines that are on their way.
#[derive(Default)]
pub(super) struct Lines(Vec<Given>);

impl App {
    /// A dialog over the top screen was answered; `kept`: the draft of its line.
    pub(super) fn answered(&mut self, kept: Option<DraftTarget>, result: DialogResult) {
        let Some(screen) = self.stack.last().map(|layer| layer.id) else { return };
        self.lines.0.extend(kept.map(|target| Given { screen, request: None, target }));
        let before = self.orders.len();
        self.tell_top(Msg::Dialog(result));
        let asked = self.orders.iter().skip(before).find_map(|order| match order {
            Order::Call(id, call) if *id == screen => Some(call.name()),
            _ => None,
        });
        let asks_more = self.stack.last().is_some_and(|layer| layer.id != screen);
        let waits = |given: &Given| given.screen == screen && given.request.is_none();
        match asked {
            Some(name) => {
                for given in self.lines.0.iter_mut().filter(|given| waits(given)) {
                    given.request = Some(name);
                }
            }
            None if asks_more => {}
            // Nothing came of it: the line stays a draft.
            None => self.lines.0.retain(|given| !waits(given)),
        }
    }

    /// An answer came: what was typed for a request that is done is no draft any more.
    pub(super) fn drop_given(&mut self, screen: ScreenId, answer: &Answer) {
        let is_its = |given: &mut Given| given.screen == screen && given.request == Some(answer.name());
        for given in self.lines.0.extract_if(.., is_its) {
            if answer.is_ok() {
                self.orders.push(Order::Call(APP, Call::new(DropDraft { target: given.target })));
            }
        }
    }
}
