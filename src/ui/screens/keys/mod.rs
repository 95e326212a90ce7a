//! One's own keys and password: what opens the account, and how to change it (D2).

mod dialog;
mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::dialog::{Dialog, Purpose};
use crate::domain::ids::KeyId;
use crate::service::keys::{
    AddCallersKey, AddKey, KeyRing, ListKeys, OwnKey, PresentPassword, RenameKey, ReplaceKey, RevokeKey,
    SetPassword,
};
use crate::service::passwords::NewPassword;
use crate::service::{Answer, DomainEvent, Result};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::form::Went;
use crate::ui::widgets::{Confirm, ListState};

/// The question whether a key is to be revoked.
const REVOKE: u32 = 1;
/// The question whether the password is to be removed.
const REMOVE_PASSWORD: u32 = 2;

/// The screen of keys.
#[derive(Default)]
pub struct Keys {
    ring: Option<KeyRing>,
    list: ListState,
    /// The form that is open over the list.
    dialog: Option<Dialog>,
    /// Which key the open question is about.
    revoking: Option<KeyId>,
    /// What was sent has no answer yet: it is not sent twice.
    sending: bool,
}

impl Screen for Keys {
    fn route(&self) -> Route {
        Route::Keys
    }

    fn title(&self) -> String {
        "keys and password".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.dialog.is_some() { &[Scope::Form] } else { &[Scope::Keys, Scope::List] }
    }

    fn is_typing(&self) -> bool {
        self.dialog.is_some()
    }

    fn is_waiting(&self) -> bool {
        self.ring.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let Some(ring) = &self.ring else { return false };
        match command {
            Command::AddOwnKey => ring.came_with.is_some(),
            Command::RenameKey | Command::RevokeKey | Command::ReplaceKey => !ring.keys.is_empty(),
            Command::RemovePassword => ring.has_password && !ring.keys.is_empty(),
            // A key has no page of its own to open.
            Command::Open => false,
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Resync => cx.call(ListKeys),
            Msg::Event(DomainEvent::MemberChanged { member } | DomainEvent::KeyRevoked { member, .. })
                if cx.look.actor().id() == Some(member) =>
            {
                cx.call(ListKeys);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) if self.dialog.is_some() => self.dialog_command(command, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => {
                let typed = self.dialog.as_mut().map(|dialog| dialog.form.input(&input));
                if typed == Some(Typed::Full) {
                    cx.refuse("There is no room for more in this line.");
                }
            }
            Msg::Dialog(DialogResult::Yes(REVOKE)) => {
                if let Some(key) = self.revoking.take() {
                    cx.call(RevokeKey { key });
                }
            }
            Msg::Dialog(DialogResult::Yes(REMOVE_PASSWORD)) => cx.call(SetPassword::remove(None)),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Keys {
    fn chosen(&self) -> Option<&OwnKey> {
        self.ring.as_ref()?.keys.get(self.list.chosen())
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(ring) = &self.ring else { return };
        if self.list.command(command, ring.keys.len()) || !self.offers(command, cx.look) {
            return;
        }
        match command {
            Command::AddKey => self.dialog = Some(Dialog::new(Purpose::Add)),
            Command::AddOwnKey => self.dialog = Some(Dialog::new(Purpose::AddOwn)),
            Command::RenameKey => {
                let chosen = self.chosen().map(|key| (key.id, key.name.clone()));
                self.dialog = chosen.map(|(id, name)| Dialog::rename(id, &name));
            }
            Command::ReplaceKey => {
                self.dialog = self.chosen().map(|key| Dialog::new(Purpose::Replace(key.id)));
            }
            Command::RevokeKey => self.ask_to_revoke(cx),
            Command::SetPassword => {
                let present = ring.asks_password;
                self.dialog = Some(Dialog::new(Purpose::Password { present }));
            }
            Command::RemovePassword if ring.asks_password => {
                self.dialog = Some(Dialog::new(Purpose::RemovePassword));
            }
            Command::RemovePassword => {
                let question = "Remove your password, and come in by key only?";
                cx.effect(Effect::Push(Box::new(Confirm::new(REMOVE_PASSWORD, question))));
            }
            _ => {}
        }
    }

    fn ask_to_revoke(&mut self, cx: &mut Ui<'_>) {
        let Some(key) = self.chosen() else { return };
        let (id, name) = (key.id, &key.name);
        let question = if key.opened_this {
            format!("Revoke {name}? It opened this session, which ends at once.")
        } else {
            format!("Revoke {name}? It opens nothing from then on, and its sessions end.")
        };
        self.revoking = Some(id);
        cx.effect(Effect::Push(Box::new(Confirm::new(REVOKE, question))));
    }

    fn dialog_command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(dialog) = &mut self.dialog else { return };
        if command == Command::Back {
            self.dialog = None;
        } else if dialog.form.command(command) == Went::Done && !self.sending {
            match dialog.send(cx) {
                Ok(()) => self.sending = true,
                Err(why) => cx.refuse(why),
            }
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListKeys>() {
            Ok(Ok(ring)) => {
                self.ring = Some(ring);
                return;
            }
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<AddKey>() {
            Ok(reply) => {
                return self.done(
                    reply,
                    "Added. It opens your account once you log in with it under your handle.",
                    cx,
                );
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<AddCallersKey>() {
            Ok(reply) => return self.done(reply, "Added: next time this key lets you in.", cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<ReplaceKey>() {
            Ok(reply) => {
                let words =
                    "Added. At the new key's first log-in, under your handle, the old one is revoked.";
                return self.done(reply, words, cx);
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<RenameKey>() {
            Ok(reply) => return self.done(reply, "It has another name now.", cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<RevokeKey>() {
            Ok(reply) => return self.done(reply, "Revoked: it opens nothing any more.", cx),
            Err(answer) => answer,
        };
        if let Ok(reply) = answer.take::<SetPassword>() {
            let removed = self.dialog.as_ref().is_none_or(|dialog| dialog.purpose == Purpose::RemovePassword);
            let words = if removed {
                "Your password is gone: only your keys open your account now."
            } else {
                "That is your password from now on."
            };
            self.done(reply, words, cx);
        }
    }

    /// What was asked is done, or refused: then what was typed stays.
    fn done<T>(&mut self, reply: Result<T>, words: &str, cx: &mut Ui<'_>) {
        self.sending = false;
        match reply {
            Ok(_) => {
                self.dialog = None;
                cx.good(words);
                cx.call(ListKeys);
            }
            Err(why) => cx.refuse(why),
        }
    }
}
