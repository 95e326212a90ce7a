//! The forms that open over the list of keys.

use super::{AddCallersKey, AddKey, NewPassword, PresentPassword, RenameKey, ReplaceKey, SetPassword};
use crate::domain::ids::KeyId;
use crate::service::keys::KEY_NAME_CHARS_MAX;
use crate::service::login::PASSWORD_LEN_MAX;
use crate::service::{Error, Result};
use crate::ui::screen::Ui;
use crate::ui::widgets::{Field, Form};

/// Longest line of a key that is taken, in characters: an RSA key of 16,384 bits takes 2,800.
const LINE_CHARS_MAX: usize = 8 * 1024;

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A key by its line.
    Add,
    /// The key that one came with.
    AddOwn,
    /// A key in the place of this one.
    Replace(KeyId),
    /// Another name.
    Rename(KeyId),
    /// A password.
    Password {
        /// The present one is asked for.
        present: bool,
    },
    /// No password any more.
    RemovePassword,
}

/// A form that is open.
pub(super) struct Dialog {
    pub(super) purpose: Purpose,
    pub(super) form: Form,
}

impl Dialog {
    pub(super) fn new(purpose: Purpose) -> Self {
        let name = || ("name", Field::new(KEY_NAME_CHARS_MAX));
        let secret = |label| (label, Field::masked(PASSWORD_LEN_MAX));
        let lines = match purpose {
            Purpose::Add | Purpose::Replace(_) => vec![("key", Field::new(LINE_CHARS_MAX)), name()],
            Purpose::AddOwn | Purpose::Rename(_) => vec![name()],
            Purpose::Password { present: true } => vec![secret("present"), secret("new"), secret("again")],
            Purpose::Password { present: false } => vec![secret("new"), secret("again")],
            Purpose::RemovePassword => vec![secret("present")],
        };
        Self { purpose, form: Form::new(lines) }
    }

    pub(super) fn rename(key: KeyId, name: &str) -> Self {
        let mut dialog = Self::new(Purpose::Rename(key));
        dialog.form.set_text(0, name);
        dialog
    }

    /// What stands above the lines.
    pub(super) fn words(&self) -> &'static str {
        match self.purpose {
            Purpose::Add => {
                "Paste the line of the key's .pub file; it begins with ssh-ed25519, say. The name is for you."
            }
            Purpose::Replace(_) => {
                "Paste the line of the new key's .pub file; empty: the key you came with. The old one goes at the new one's \
                 first log-in."
            }
            Purpose::AddOwn => "The key you came with was checked already. Call it what you like.",
            Purpose::Rename(_) => "What shall the key be called?",
            Purpose::Password { .. } => {
                "At least 8 characters; a few words do well. Type it twice. What else an old one opened ends then."
            }
            Purpose::RemovePassword => "Without a password only your keys open your account.",
        }
    }

    /// Sends what was typed.
    pub(super) fn send(&self, cx: &mut Ui<'_>) -> Result<()> {
        let form = &self.form;
        let name = |line: usize| form.text(line).to_owned();
        match self.purpose {
            Purpose::Add => cx.call(AddKey { line: form.text(0).to_owned(), name: name(1) }),
            Purpose::Replace(old) => {
                cx.call(ReplaceKey { old, line: form.text(0).to_owned(), name: name(1) });
            }
            Purpose::AddOwn => cx.call(AddCallersKey { name: name(0) }),
            Purpose::Rename(key) => cx.call(RenameKey { key, name: name(0) }),
            Purpose::Password { present } => {
                let first = usize::from(present);
                if form.text(first) != form.text(first + 1) {
                    return Err(Error::invalid("The two new ones differ. Type the last one once more."));
                }
                let new = NewPassword::parse(form.text(first))?;
                let present = present.then(|| PresentPassword::new(form.text(0)));
                cx.call(SetPassword::to(new, present));
            }
            Purpose::RemovePassword => {
                cx.call(SetPassword::remove(Some(PresentPassword::new(form.text(0)))));
            }
        }
        Ok(())
    }
}
