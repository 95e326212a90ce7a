//! Setting, changing and removing one's password.

use std::fmt;

use crate::domain::policy::ManageKeys;
use crate::service::login::forget_failures;
use crate::service::passwords::NewPassword;
use crate::service::{Caller, Cx, DomainEvent, Error, Request, Result, Service, Who, Writes};
use crate::store::audit::NewAudit;
use crate::store::{keys, members};

/// The present password as it was typed. Never shown and never logged.
pub struct PresentPassword(String);

impl PresentPassword {
    /// What was typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }
}

impl fmt::Debug for PresentPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PresentPassword(…)")
    }
}

/// Sets, changes or removes the caller's password. The present one must be typed, unless none is set or the session
/// was opened by a live key, which proves as much and helps those who forgot. It can only be removed while a live key
/// is left to come in with. A password that is changed or removed ends the other sessions that it opened, and those of
/// certificates: whoever changes it may have a reason. The caller's own goes on, and so do those that a key opened.
#[derive(Debug)]
pub struct SetPassword {
    present: Option<PresentPassword>,
    new: Option<NewPassword>,
    checked: Checked,
}

/// What the work before the transaction found.
#[derive(Default)]
struct Checked(Option<String>);

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checked({})", self.0.is_some())
    }
}

impl SetPassword {
    /// Another password.
    pub fn to(new: NewPassword, present: Option<PresentPassword>) -> Self {
        Self { present, new: Some(new), checked: Checked::default() }
    }

    /// No password any more: keys only.
    pub fn remove(present: Option<PresentPassword>) -> Self {
        Self { present, new: None, checked: Checked::default() }
    }
}

impl Request for SetPassword {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "set password";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        if let (Some(PresentPassword(typed)), Who::Member(me)) = (&self.present, &caller.who) {
            self.checked = Checked(service.check_own_password(*me, typed).await?);
        }
        match &mut self.new {
            Some(new) => new.hash(&service.passwords).await,
            None => Ok(()),
        }
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let me = cx.me()?;
        let grant = cx.allow(&ManageKeys { member: me })?;
        let now = cx.now;
        let stored = keys::password(cx.conn(), me).await?;
        if let Some(stored) = &stored
            && !cx.key_live
        {
            match &self.checked.0 {
                Some(checked) if checked == stored => {}
                Some(_) => {
                    return Err(Error::conflict("Your password was changed just now. Type the new one."));
                }
                None => return Err(Error::invalid("Type your present password first.")),
            }
        }
        let action = match (&stored, &self.new) {
            (None, None) => return Err(Error::invalid("No password is set, so there is none to remove.")),
            (Some(_), None)
                if !keys::of_member(cx.conn(), me).await?.iter().any(|key| key.proved_at.is_some()) =>
            {
                return Err(Error::conflict(
                    "Your password is your only way in. Add a key and log in with it once, then remove the password.",
                ));
            }
            (_, None) => "password.remove",
            (_, Some(_)) => "password.set",
        };
        let hash = self.new.as_ref().map(NewPassword::phc).transpose()?;
        keys::set_password(cx.conn(), &grant, me, hash).await?;
        if stored.is_some() {
            let ways_no = keys::renew_ways(cx.conn(), &grant, me).await?;
            cx.go_on_with(ways_no);
        }
        let (handle, _) = members::name_and_zone(cx.conn(), me).await?;
        // Whoever guessed at the old one has learnt nothing about the new one.
        forget_failures(cx.conn(), &handle, now).await?;
        cx.audit(NewAudit {
            action,
            thing: "member",
            thing_id: me.0,
            target: Some(me),
            rule_no: None,
            reason: "",
            detail: "",
            public: false,
        })
        .await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
