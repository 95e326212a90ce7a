//! Going back to where an earlier session was. Every place is opened by its own screen, which asks through the door as
//! ever: one that is no longer there, or no longer for its member, closes again with all above it.

use super::{App, Layer};
use crate::service::Answer;
use crate::ui::keys::{Command, Scope};
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Notice, Tone};
use crate::ui::screens;

/// What is said when there is no other session to follow.
const NO_OTHER: &str = "You had no other session when this one began.";
/// What one is told on the way back.
const BACK: &str = "Back where you were; Esc leads back to home.";
/// The same where that is no longer all there.
const NOT_ALL: &str = "Where you were is no longer there for you; this is as near to it as there is.";

impl App {
    /// Where this session is, as a text to go back to it by.
    pub fn places(&self) -> String {
        Route::to_text(&self.routes())
    }

    /// Goes back to where an earlier session was, by the text that it kept. What is shown so counts as read only once
    /// a key is pressed.
    pub fn restore(&mut self, places: &str) {
        let routes = Route::from_text(places);
        if routes.is_empty() || !self.look.me.actor.is_active() {
            return;
        }
        self.stack.truncate(1);
        for route in &routes {
            self.push(screens::open(route));
            if let Some(top) = self.stack.last_mut() {
                top.restored = true;
            }
        }
        self.untouched = true;
        self.notify(Notice { tone: Tone::Plain, text: BACK.to_owned() });
        self.show_leaving();
        self.show_warnings();
    }

    /// Says that another session of the member is somewhere, and which key goes there: whether it is being used, or its
    /// line is dead and the server does not know yet, only the member can tell.
    pub fn offer_other_session(&mut self, places: String) {
        if Route::from_text(&places).is_empty() || !self.look.me.actor.is_active() {
            return;
        }
        self.other_session = Some(places);
        if let Some(key) = self.look.keys.name_of(Scope::Everywhere, Command::GoOtherSession) {
            let text = if self.look.is_narrow() {
                format!("You are here twice: {key} goes along.")
            } else {
                format!("You are here twice: {key} goes where your other session is.")
            };
            self.notify(Notice { tone: Tone::Plain, text });
        }
    }

    /// Goes to where the member's other session was when this one began.
    pub(super) fn go_to_other_session(&mut self) {
        match self.other_session.clone() {
            Some(places) => self.restore(&places),
            None => self.notify(Notice { tone: Tone::Plain, text: NO_OTHER.to_owned() }),
        }
    }

    /// Whether an answer says that a place one came back to is closed; then it and all above it are gone.
    pub(super) fn closes_restored(&mut self, index: usize, answer: &Answer) -> bool {
        let Layer { restored, screen, .. } = &self.stack[index];
        if index == 0 || !restored || !answer.is_closed() || !screen.is_waiting() {
            return false;
        }
        self.stack.truncate(index);
        self.notify(Notice { tone: Tone::Plain, text: NOT_ALL.to_owned() });
        self.tell_top(Msg::Returned);
        self.show_warnings();
        true
    }

    /// A key came: from now on what is shown counts, and what was shown until now does too.
    pub(super) fn touch(&mut self) {
        if std::mem::take(&mut self.untouched) {
            for layer in &mut self.stack {
                layer.restored = false;
            }
            if std::mem::take(&mut self.withheld) {
                self.tell_top(Msg::Shown);
            }
        }
    }
}
