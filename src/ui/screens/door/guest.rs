//! A guest's steps: an invite, a handle, a way to come back. Until the last of them nothing is kept anywhere.

use super::Door;
use super::pages::Page;
use crate::domain::handle::{HANDLE_CHARS_MAX, Handle};
use crate::domain::invite::InviteCode;
use crate::domain::policy::Actor;
use crate::service::Result;
use crate::service::invites::{CheckInvite, InviteOffer};
use crate::service::joining::{CheckHandle, DoorView, JoiningState, StartJoining, Started, UseInvite};
use crate::service::login::PASSWORD_LEN_MAX;
use crate::service::passwords::NewPassword;
use crate::service::recovery::UseRecovery;
use crate::ui::keys::Command;
use crate::ui::screen::{Effect, Ui};
use crate::ui::widgets::Field;

/// Characters that fit into the field for a code: 16, their dashes, and what a paste brings along.
const CODE_CHARS_MAX: usize = 40;

/// What a guest typed so far.
pub(super) struct Entry {
    pub(super) code: Field,
    /// The invite that was found good.
    pub(super) invite: Option<(InviteCode, InviteOffer)>,
    /// A one-time code that was found good.
    pub(super) recovery: Option<InviteCode>,
    /// What the keys are called that the account of the code has.
    pub(super) old_keys: Vec<String>,
    /// Keep them.
    pub(super) keep_old_keys: bool,
    pub(super) handle: Field,
    /// Keep the key that the guest came with.
    pub(super) keep_key: bool,
    pub(super) password: Field,
    pub(super) again: Field,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            code: Field::new(CODE_CHARS_MAX),
            invite: None,
            recovery: None,
            old_keys: Vec::new(),
            keep_old_keys: false,
            // Room for more than fits: what is too long is better refused with words than cut.
            handle: Field::new(HANDLE_CHARS_MAX * 2),
            keep_key: false,
            password: Field::masked(PASSWORD_LEN_MAX),
            again: Field::masked(PASSWORD_LEN_MAX),
        }
    }
}

impl Entry {
    /// The field of a page.
    pub(super) fn field(&mut self, page: Page) -> Option<&mut Field> {
        match page {
            Page::Invite | Page::RecoveryCode => Some(&mut self.code),
            Page::Handle | Page::LostKey => Some(&mut self.handle),
            Page::Password => Some(&mut self.password),
            Page::PasswordAgain => Some(&mut self.again),
            _ => None,
        }
    }

    pub(super) fn forget_passwords(&mut self) {
        drop(self.password.take());
        drop(self.again.take());
    }
}

/// What can be chosen on the first page, with the key and the words of each.
pub(super) const FRONT: [(Command, &str, &str); 5] = [
    (Command::Apply, "a", "apply to join"),
    (Command::EnterInvite, "i", "I have an invite"),
    (Command::ReadCharter, "c", "read the charter"),
    (Command::LookAround, "b", "look around"),
    (Command::ComeBack, "l", "I am a member already"),
];

/// The ways to come back that a guest with a key chooses from.
pub(super) const SECRETS: [&str; 3] = ["this key", "a password", "both"];

/// What may become of the keys that opened an account until now. The first one is safe.
pub(super) const OLD_KEYS: [&str; 2] =
    ["revoke them: they may be in other hands", "keep them: they are safe with me"];

impl Door {
    /// What the first page offers, in order.
    pub(super) fn front(&self) -> Vec<(Command, &'static str, &'static str)> {
        let offered = |command| match command {
            Command::LookAround => self.seen.boards > 0,
            Command::Apply => self.seen.applications_open,
            _ => true,
        };
        FRONT.into_iter().filter(|(command, ..)| offered(*command)).collect()
    }

    /// How many rows the list of this page has.
    pub(super) fn choices(&self) -> usize {
        match self.page {
            Page::Secret => SECRETS.len(),
            Page::OldKeys => OLD_KEYS.len(),
            page if page.asked().is_some() => self.asking(page).map_or(0, |asking| asking.choices.len()),
            _ => self.front().len(),
        }
    }

    pub(super) fn door_seen(&mut self, result: Result<DoorView>, cx: &Ui<'_>) {
        if matches!(cx.look.actor(), Actor::Account { .. }) {
            // Where one stands is the page; this only says what there is to look at meanwhile.
            if let Ok(seen) = result {
                self.seen = seen;
            }
            return;
        }
        self.waiting = false;
        match result {
            Ok(seen) => self.seen = seen,
            Err(why) => self.refuse(why),
        }
        if self.page == Page::Loading {
            self.page = Page::Front;
            // Whoever came with a pass came to join: what is left is a handle, which it names.
            if let Some(pass) = &self.seen.pass {
                self.entry.handle.set_text(&pass.handle);
                self.go(Page::Handle);
            }
        }
    }

    pub(super) fn command_of_guest(&mut self, command: Command, cx: &mut Ui<'_>) {
        match (self.page, command) {
            (Page::Front, Command::Open) => {
                if let Some((chosen, ..)) = self.front().get(self.list.chosen()).copied() {
                    self.command(chosen, cx);
                }
            }
            (Page::Front, Command::Apply) if self.seen.applications_open => {
                (self.entry.invite, self.entry.recovery) = (None, None);
                self.go(Page::Handle);
            }
            (Page::Front, Command::Apply) => {
                self.refuse(
                    "This place takes no applications just now. With an invite you can still come in.",
                );
            }
            (Page::Front, Command::EnterInvite) => self.go(Page::Invite),
            (Page::Secret, Command::Open) => self.choose_secret(cx),
            (Page::OldKeys, Command::Open) => self.choose_old_keys(),
            (_, Command::Accept) => self.accept_field(cx),
            (_, Command::Back) => self.guest_back(),
            _ => {}
        }
    }

    /// Whether an invite or a pass for this handle lets the guest in.
    pub(super) fn comes_invited(&self) -> bool {
        let named = self.entry.handle.text().trim();
        let pass = self.seen.pass.as_ref();
        self.entry.invite.is_some() || pass.is_some_and(|pass| pass.handle.eq_ignore_ascii_case(named))
    }

    fn guest_back(&mut self) {
        let page = match self.page {
            Page::LostKey | Page::RecoveryCode => Page::ComeBack,
            Page::OldKeys => Page::RecoveryCode,
            Page::Secret if self.entry.recovery.is_some() => self.before_way_back(),
            Page::Password if self.entry.recovery.is_some() && self.seen.key.is_none() => {
                self.before_way_back()
            }
            Page::Handle if self.entry.invite.is_some() => Page::Invite,
            Page::Secret => Page::Handle,
            Page::Password if self.seen.key.is_some() => Page::Secret,
            Page::Password => Page::Handle,
            Page::PasswordAgain => Page::Password,
            _ => Page::Front,
        };
        if matches!(self.page, Page::Password | Page::PasswordAgain) {
            self.entry.forget_passwords();
        }
        self.go(page);
    }

    /// Enter in a field.
    pub(super) fn accept_field(&mut self, cx: &mut Ui<'_>) {
        match self.page {
            Page::Invite => self.check_code(cx),
            Page::LostKey => self.report_lost_key(cx),
            Page::RecoveryCode => self.check_recovery_code(cx),
            Page::Handle => {
                self.waiting = true;
                cx.call(CheckHandle { handle: self.entry.handle.text().to_owned() });
            }
            Page::Password => match NewPassword::parse(self.entry.password.text()) {
                Ok(_) => self.go(Page::PasswordAgain),
                Err(why) => self.refuse(why),
            },
            Page::PasswordAgain if self.entry.again.text() == self.entry.password.text() => self.start(cx),
            Page::PasswordAgain => {
                self.entry.forget_passwords();
                self.go(Page::Password);
                self.refuse("The two were not the same. Choose it once more.");
            }
            _ => {}
        }
    }

    fn check_code(&mut self, cx: &mut Ui<'_>) {
        match InviteCode::parse(self.entry.code.text()) {
            // Whoever has an account already enters it at once.
            Ok(code) if self.joining.is_some() => {
                self.waiting = true;
                cx.call(UseInvite { code });
            }
            Ok(code) => {
                self.waiting = true;
                cx.call(CheckInvite { code });
            }
            Err(why) => self.refuse(why),
        }
    }

    pub(super) fn invite_checked(&mut self, result: Result<InviteOffer>) {
        self.waiting = false;
        match (result, InviteCode::parse(self.entry.code.text())) {
            (Ok(offer), Ok(code)) => {
                (self.entry.invite, self.entry.recovery) = (Some((code, offer)), None);
                self.go(Page::Handle);
            }
            (Err(why), _) => self.refuse(why),
            (_, Err(why)) => self.refuse(why),
        }
    }

    pub(super) fn handle_checked(&mut self, result: Result<Handle>) {
        self.waiting = false;
        match result {
            Ok(handle) => {
                self.entry.handle.set_text(handle.as_str());
                self.entry.keep_key = false;
                self.go(if self.seen.key.is_some() { Page::Secret } else { Page::Password });
            }
            Err(why) => self.refuse(why),
        }
    }

    fn choose_secret(&mut self, cx: &mut Ui<'_>) {
        let chosen = self.list.chosen();
        self.entry.keep_key = chosen != 1;
        if chosen == 0 {
            self.entry.forget_passwords();
            self.start(cx);
        } else {
            self.go(Page::Password);
        }
    }

    fn start(&mut self, cx: &mut Ui<'_>) {
        let typed = self.entry.password.take();
        drop(self.entry.again.take());
        let password = match typed.as_str() {
            "" => None,
            typed => match NewPassword::parse(typed) {
                Ok(password) => Some(password),
                Err(why) => return self.refuse(why),
            },
        };
        self.waiting = true;
        if let Some(code) = self.entry.recovery.clone() {
            let (keep_key, keep_old_keys) = (self.entry.keep_key, self.entry.keep_old_keys);
            return cx.call(UseRecovery { code, password, keep_key, keep_old_keys });
        }
        cx.call(StartJoining {
            handle: self.entry.handle.text().to_owned(),
            password,
            keep_key: self.entry.keep_key,
            invite: self.entry.invite.as_ref().map(|(code, _)| code.clone()),
        });
    }

    pub(super) fn started(&mut self, result: Result<Started>, cx: &mut Ui<'_>) {
        match result {
            Ok(started) => {
                drop(self.entry.code.take());
                // From here on the session asks as the new account; where it stands is read as that one.
                cx.effect(Effect::BecomeMember(started.identity));
                cx.call(JoiningState);
                cx.good(format!("{} is yours. From here on every step is kept.", started.handle));
            }
            Err(why) => {
                self.waiting = false;
                self.go(Page::Handle);
                self.refuse(why);
            }
        }
    }
}
