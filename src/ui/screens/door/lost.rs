//! A member who lost a key (D9): saying so, and coming back with the one-time code of a sysop.

use super::Door;
use super::pages::Page;
use crate::domain::invite::InviteCode;
use crate::service::joining::JoiningState;
use crate::service::recovery::{AskRecovery, CheckRecovery, Recoverable, UseRecovery};
use crate::service::{Answer, Result};
use crate::ui::screen::{Effect, Ui};

impl Door {
    pub(super) fn report_lost_key(&mut self, cx: &mut Ui<'_>) {
        let handle = self.entry.handle.take();
        if handle.trim().is_empty() {
            return self.refuse("Type the handle that you go by here.");
        }
        self.waiting = true;
        cx.call(AskRecovery { handle });
    }

    pub(super) fn check_recovery_code(&mut self, cx: &mut Ui<'_>) {
        match InviteCode::parse(self.entry.code.text()) {
            Ok(code) => {
                self.waiting = true;
                cx.call(CheckRecovery { code });
            }
            Err(why) => self.refuse(why),
        }
    }

    /// Takes the answers about lost keys; gives any other back.
    pub(super) fn recovery_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Option<Answer> {
        let answer = match answer.take::<AskRecovery>() {
            Ok(result) => {
                self.reported(result, cx);
                return None;
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<CheckRecovery>() {
            Ok(result) => {
                self.code_checked(result, cx);
                return None;
            }
            Err(answer) => answer,
        };
        match answer.take::<UseRecovery>() {
            Ok(Ok(recovered)) => {
                drop(self.entry.code.take());
                cx.effect(Effect::BecomeMember(recovered.identity));
                cx.call(JoiningState);
                let opens = if self.entry.keep_old_keys {
                    "What you chose and your old keys open"
                } else {
                    "Only what you chose just now opens"
                };
                cx.good(format!("Welcome back, {}. {opens} your account.", recovered.handle));
                None
            }
            Ok(Err(why)) => {
                self.waiting = false;
                self.go(Page::RecoveryCode);
                self.refuse(why);
                None
            }
            Err(answer) => Some(answer),
        }
    }

    fn reported(&mut self, result: Result<()>, cx: &mut Ui<'_>) {
        self.waiting = false;
        match result {
            Ok(()) => {
                self.go(Page::ComeBack);
                // The same words whether there is such a member or not.
                cx.good(
                    "If that is a member's handle, the members see it now. Ask two who know you to vouch.",
                );
            }
            Err(why) => self.refuse(why),
        }
    }

    /// Where one chooses how to come back.
    fn way_back(&self) -> Page {
        if self.seen.key.is_some() { Page::Secret } else { Page::Password }
    }

    /// The page before that, on the way with a code.
    pub(super) fn before_way_back(&self) -> Page {
        if self.entry.old_keys.is_empty() { Page::RecoveryCode } else { Page::OldKeys }
    }

    pub(super) fn choose_old_keys(&mut self) {
        self.entry.keep_old_keys = self.list.chosen() == 1;
        self.go(self.way_back());
    }

    fn code_checked(&mut self, result: Result<Recoverable>, cx: &mut Ui<'_>) {
        self.waiting = false;
        match (result, InviteCode::parse(self.entry.code.text())) {
            (Ok(found), Ok(code)) => {
                (self.entry.recovery, self.entry.invite) = (Some(code), None);
                (self.entry.keep_key, self.entry.keep_old_keys) = (false, false);
                self.entry.old_keys = found.keys;
                cx.good(format!("It is you, {}. Choose how you come back from now on.", found.handle));
                self.go(if self.entry.old_keys.is_empty() { self.way_back() } else { Page::OldKeys });
            }
            (Err(why), _) => self.refuse(why),
            (_, Err(why)) => self.refuse(why),
        }
    }
}
