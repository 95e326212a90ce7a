//! Who the caller is, as the screens need it.

use super::settings::{Choice, ZONE};
use crate::domain::policy::{Actor, StandAtDoor};
use crate::domain::quiet::QuietHours;
use crate::domain::time::{Timestamp, Zone};
use crate::domain::waitlist::Turn;
use crate::service::calm::{self, Calm};
use crate::service::keys::is_outdated;
use crate::service::mine::Leaving;
use crate::service::{Cx, Reads, Request, Result, recovery as recoveries};
use crate::store::{leaving, members};

/// Asks who the caller is. A session asks at its start and whenever its member changed.
#[derive(Clone, Copy, Debug)]
pub struct WhoAmI;

/// The caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// What the policy sees.
    pub actor: Actor,
    /// The handle; empty for guests.
    pub handle: String,
    /// The member's IANA time zone.
    pub zone: String,
    /// The community's name.
    pub place: String,
    /// False once what opened this session (a key, a password) opens nothing any more: the session ends.
    pub key_live: bool,
    /// A warning waits to be acknowledged.
    pub warned: bool,
    /// Rules of a newer charter wait to be accepted.
    pub new_rules: bool,
    /// They cannot be here now, and what they are told.
    pub shut: Option<String>,
    /// They are leaving, and there is time to change their mind.
    pub leaving: Option<Leaving>,
    /// Somebody at the door says that they lost the key of this account.
    pub lost_key: bool,
    /// Waited for a seat, has one now and was not told yet: how they waited.
    pub seated: Option<Turn>,
    /// The place is calm for now (M6).
    pub calm: Option<Calm>,
    /// Dues are kept here (P6).
    pub dues: bool,
    /// The keys that the sysop has changed for this place, a line each; what they mean is the screens' business.
    pub place_keys: String,
    /// The member's choices by name; absent means the default.
    pub choices: Vec<(String, String)>,
}

impl Me {
    /// The member's choice for a setting, if one was made.
    pub fn choice(&self, name: &str) -> Option<&str> {
        self.choices.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a moment lies in the member's quiet hours.
    pub fn is_quiet(&self, now: Timestamp) -> bool {
        let hours = self.choice("quiet").and_then(|text| QuietHours::parse(text).ok());
        hours.is_some_and(|hours| hours.contain(now, &Zone::parse(&self.zone).unwrap_or_default()))
    }

    /// What is chosen in a setting; empty for the default.
    pub fn chosen(&self, choice: &Choice) -> &str {
        if choice.name == ZONE { &self.zone } else { self.choice(choice.name).unwrap_or_default() }
    }

    /// What is said to a member whose key somebody says they have lost.
    pub fn lost_key_words(&self) -> Option<String> {
        self.lost_key.then(|| {
            "Somebody at the door says that they lost the key of your account. If it was not you: g K, then x.".to_owned()
        })
    }

    /// What is said first to somebody who waited for a seat and finds one.
    pub fn welcome(&self) -> Option<String> {
        let handle = &self.handle;
        Some(match self.seated? {
            Turn::Returning => format!("Welcome back, {handle}: your seat is awake again."),
            _ => {
                format!("You are in, {handle}: you have a seat now. Space reads on, ? says what works here.")
            }
        })
    }

    /// Whether the member chose to be on no list of who is here.
    pub fn is_invisible(&self) -> bool {
        self.choice(super::settings::PRESENCE) == Some(super::settings::INVISIBLE)
    }
}

impl Request for WhoAmI {
    type Reply = Me;
    type Access = Reads;
    const NAME: &'static str = "who am i";
    const NEEDS_LIVE_KEY: bool = false;

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Me> {
        cx.allow(&StandAtDoor)?;
        let place = cx.settings().name.clone();
        let place_keys = cx.settings().keys.clone();
        let dues = cx.settings().dues;
        let actor = cx.actor;
        let calm = calm::current(cx).await?;
        let shut = cx.service().barred(cx.caller).or_else(|| cx.desk().shut_for(&actor));
        let Some(id) = actor.id() else {
            let zone = "UTC".to_owned();
            let (handle, choices) = (String::new(), Vec::new());
            return Ok(Me {
                actor,
                handle,
                zone,
                place,
                key_live: true,
                warned: false,
                new_rules: false,
                shut,
                leaving: None,
                lost_key: false,
                seated: None,
                calm,
                dues,
                place_keys,
                choices,
            });
        };
        // A key that is no member's yet came along with a password: nothing depends on it.
        let key_live = if cx.caller.opener().is_some() { cx.key_live } else { !is_outdated(cx) };
        let lost_since = recoveries::since(cx.now);
        let own = members::own(cx.conn(), id, lost_since).await?;
        let leaving = if own.leaving { leaving::of(cx.conn(), id).await?.map(Leaving::from) } else { None };
        let choices = members::choices(cx.conn(), id).await?;
        Ok(Me {
            actor,
            handle: own.handle,
            zone: own.zone,
            place,
            key_live,
            warned: own.warned,
            new_rules: own.new_rules,
            shut,
            leaving,
            lost_key: own.lost_key,
            seated: own.seat.filter(|_| actor.is_active()),
            calm,
            dues,
            place_keys,
            choices,
        })
    }
}
