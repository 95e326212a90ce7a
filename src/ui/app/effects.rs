//! What screens ask of the app, carried out: requests, timers, and how the stack of screens changes.

use super::{App, Msg, Order, Route, ScreenId};
use crate::ui::screen::Effect;
use crate::ui::screens;

impl App {
    pub(super) fn apply(&mut self, from: usize, effects: Vec<Effect>) {
        let sender = self.stack.get(from).map(|layer| layer.id);
        for effect in effects {
            match (effect, sender) {
                (Effect::Call(call), Some(id)) => {
                    if let Some(index) = self.index_of(id) {
                        self.stack[index].calls += 1;
                    }
                    self.orders.push(Order::Call(id, call));
                }
                (Effect::Timer(number, after), Some(id)) => self.orders.push(Order::Timer(id, number, after)),
                (Effect::Call(_) | Effect::Timer(..), None) => {}
                (Effect::Open(route), _) => self.push(screens::open(&route)),
                (Effect::Push(screen), _) => self.push(screen),
                (Effect::Replace(route), _) => {
                    self.close(sender);
                    self.push(screens::open(&route));
                }
                (Effect::Swap(screen), _) => {
                    self.close(sender);
                    self.push(screen);
                }
                (Effect::Back, _) => self.back(sender),
                (Effect::Return(result), _) => {
                    let dialog = sender.and_then(|id| self.index_of(id));
                    let kept = dialog.and_then(|index| self.stack[index].screen.keeps());
                    self.close(sender);
                    self.answered(kept, result);
                }
                (Effect::Run(command), _) => {
                    self.back(sender);
                    self.run(command);
                }
                (Effect::Reset(route), _) => self.reset(&route),
                (Effect::Notice(notice), _) => self.notice = Some(notice),
                (Effect::ReadOn, _) => self.push(screens::read_on()),
                (Effect::Refresh, _) => self.orders.push(Order::Refresh),
                (Effect::BecomeMember(identity), _) => self.orders.push(Order::BecomeMember(identity)),
                (Effect::Leave, _) => self.orders.push(Order::Leave),
            }
        }
    }

    /// Going to a place by name starts a new stack on the root, so that back leads home and not through history. A
    /// root that is there already stays: it reads itself afresh when one returns to it.
    pub(super) fn reset(&mut self, route: &Route) {
        let root = self.root();
        let stays = self.stack.first().is_some_and(|layer| layer.screen.route() == root);
        if stays {
            self.stack.truncate(1);
        } else {
            self.stack.clear();
            self.push(screens::open(&root));
        }
        if *route != root {
            self.push(screens::open(route));
        } else if stays {
            self.tell_top(Msg::Returned);
        }
        self.show_warnings();
    }

    pub(super) fn close(&mut self, screen: Option<ScreenId>) {
        if let Some(index) = screen.and_then(|id| self.index_of(id)) {
            self.stack.remove(index);
        }
    }

    pub(super) fn back(&mut self, screen: Option<ScreenId>) {
        if self.stack.len() <= 1 {
            return;
        }
        self.close(screen);
        self.tell_top(Msg::Returned);
    }

    pub(super) fn index_of(&self, screen: ScreenId) -> Option<usize> {
        self.stack.iter().position(|layer| layer.id == screen)
    }
}
