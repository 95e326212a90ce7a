//! Who one is, as it changes while one is here.

use super::{App, Layer};
use crate::domain::member::Standing;
use crate::domain::policy::Actor;
use crate::service::members::Me;
use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Notice, Tone};
use crate::ui::screens;

impl App {
    /// Who one is was read afresh. A member who is no longer active goes to the door, an applicant who was let
    /// in goes home.
    pub fn refresh(&mut self, me: Me) {
        let before = self.look.me.actor;
        let knew = self.look.me.lost_key;
        let Look { columns, rows, now, for_me, .. } = self.look;
        self.look = Look { for_me, ..Look::new(me, &self.terminal, columns, rows, now) };
        if before.is_active() == self.look.me.actor.is_active() {
            // Nobody is interrupted in the middle of a word: then it waits for the next place.
            if !self.top_is_typing() {
                self.show_warnings();
            }
            if let Some(text) = self.look.me.lost_key_words().filter(|_| !knew) {
                self.notify(Notice { tone: Tone::Bad, text });
            }
            return;
        }
        let root = self.root();
        self.apply(usize::MAX, vec![Effect::Reset(root)]);
        if self.look.me.actor.is_active() {
            let text = welcome(&before, &self.look.me);
            self.notify(Notice { tone: Tone::Good, text });
        }
    }

    /// Whoever asked to leave is asked at each login whether they stay after all (W6).
    pub(super) fn show_leaving(&mut self) {
        if self.look.me.leaving.is_some() && self.look.me.actor.is_active() {
            self.push(screens::open(&Route::Leaving));
        }
    }

    /// A warned member acknowledges the warning before going on (M3), and whoever finds rules that are new to them in the
    /// charter accepts them (M8). One dialog stands on top however often this is
    /// asked.
    pub(super) fn show_warnings(&mut self) {
        let warned = self.look.me.warned && self.look.me.actor.is_active();
        let shown = |layer: &Layer| layer.screen.scopes().contains(&Scope::Warning);
        if warned && !self.stack.iter().any(shown) {
            self.push(screens::open(&Route::Warnings));
        }
        let asked = |layer: &Layer| layer.screen.scopes().contains(&Scope::NewRule);
        if self.look.me.new_rules && self.look.me.actor.is_active() && !self.stack.iter().any(asked) {
            self.push(screens::open(&Route::NewRules));
        }
    }
}

/// What is said to somebody who was just let in, or let in again.
fn welcome(before: &Actor, me: &Me) -> String {
    let gone = [Standing::Suspended, Standing::Removed, Standing::Asleep];
    // A guest who is a member all at once came with a one-time code.
    let back = match before {
        Actor::Account { standing, .. } => gone.contains(standing),
        Actor::Guest | Actor::Host => true,
    };
    if back {
        format!("Welcome back, {}.", me.handle)
    } else {
        format!("Welcome in, {}: you are a member now. Space reads on, ? says what works here.", me.handle)
    }
}
