//! Who is at the door, as members see it, and what they say for them. Members see what the applicant agreed to: the
//! handle and the introduction. What they vouch is for the staff.

use crate::domain::ids::ApplicationId;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{self, Grant, LookAtDoor, ShowOneself};
use crate::domain::text::clean_line;
use crate::domain::time::Timestamp;
use crate::service::notifications::{notify, withdraw};
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::applications::{self, ApplicationRow};
use crate::store::vouches;

/// Longest line that a member vouches with, in characters.
pub const VOUCH_CHARS_MAX: usize = 200;
/// Most who are listed: at the door of a place of 150 people more can only be a flood.
const LISTED_MAX: i64 = 200;

/// Lists who waits at the door and agreed to be shown, the longest waiting first.
#[derive(Clone, Copy, Debug)]
pub struct ListAtDoor;

/// Somebody at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtDoor {
    /// The application.
    pub id: ApplicationId,
    /// The applicant's handle.
    pub handle: String,
    /// Since when they wait.
    pub since: Timestamp,
    /// Their introduction; empty when they wrote none.
    pub introduction: String,
    /// How many members vouch for them.
    pub vouches: i64,
    /// What the caller said for them.
    pub mine: Option<String>,
}

impl Request for ListAtDoor {
    type Reply = Vec<AtDoor>;
    type Access = Reads;
    const NAME: &'static str = "list at door";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<AtDoor>> {
        cx.allow(&LookAtDoor)?;
        let me = cx.me()?;
        let rows = vouches::at_door(cx.conn(), me, LISTED_MAX).await?;
        let view = |row: vouches::AtDoorRow| AtDoor {
            id: row.id,
            handle: row.handle,
            since: row.since,
            introduction: row.introduction,
            vouches: row.vouches,
            mine: row.mine,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// An application that members see, with the grant to say something for it.
async fn find<A: Access>(
    cx: &mut Cx<'_, A>,
    id: ApplicationId,
) -> Result<(ApplicationRow, Grant<policy::Vouch>)> {
    let grant = cx.allow(&policy::Vouch)?;
    let row = applications::get(cx.conn(), id).await?;
    // Hidden, decided, not sent: the same words, so that nobody learns which numbers exist.
    let waits = |row: &ApplicationRow| row.shown && row.submitted_at.is_some() && row.decided_at.is_none();
    let row = row.filter(waits).ok_or_else(|| {
        Error::conflict("They are no longer at the door: somebody has decided, or they wish not to be shown.")
    })?;
    Ok((row, grant))
}

/// Says for somebody at the door that one knows them, in one line. Saying it again replaces what was said.
#[derive(Clone, Debug)]
pub struct Vouch {
    /// For whose application.
    pub id: ApplicationId,
    /// How one knows them.
    pub words: String,
}

impl Request for Vouch {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "vouch";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = find(cx, self.id).await?;
        let (me, now) = (cx.me()?, cx.now);
        let words = clean_line(&self.words);
        if words.is_empty() {
            return Err(Error::invalid("Say in a line how you know them. The staff read it."));
        }
        let chars = words.chars().count();
        if chars > VOUCH_CHARS_MAX {
            return Err(Error::invalid(format!(
                "That is {chars} characters; a vouch has at most {VOUCH_CHARS_MAX}. Shorten it."
            )));
        }
        let first = vouches::put(cx.conn(), &grant, now, self.id, me, &words).await?;
        if first {
            for member in vouches::staff_for(cx.conn(), self.id).await? {
                notify(cx, &grant, member, NotificationKind::Vouch, place_of(self.id)).await?;
            }
        }
        cx.publish(DomainEvent::ApplicationChanged { application: self.id, member: row.member_id });
        Ok(())
    }
}

/// Takes back what one said for somebody at the door.
#[derive(Clone, Copy, Debug)]
pub struct TakeBackVouch {
    /// For whose application.
    pub id: ApplicationId,
}

impl Request for TakeBackVouch {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "take back vouch";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = find(cx, self.id).await?;
        let me = cx.me()?;
        if !vouches::remove(cx.conn(), &grant, self.id, me).await? {
            return Err(Error::conflict("You have said nothing for them that could be taken back."));
        }
        for member in vouches::staff_for(cx.conn(), self.id).await? {
            withdraw(cx, &grant, member, NotificationKind::Vouch, place_of(self.id)).await?;
        }
        cx.publish(DomainEvent::ApplicationChanged { application: self.id, member: row.member_id });
        Ok(())
    }
}

/// What a notification about a vouch leads to.
fn place_of(id: ApplicationId) -> NotificationPlace {
    NotificationPlace::new(PlaceKind::Application, id.0)
}

/// The applicant says whether members see their handle and introduction while they wait.
#[derive(Clone, Copy, Debug)]
pub struct ShowAtDoor {
    /// Whether they do.
    pub shown: bool,
}

impl Request for ShowAtDoor {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "show at door";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&ShowOneself)?;
        let me = cx.me()?;
        let row = applications::of_member(cx.conn(), me).await?.ok_or(Error::NotFound("application"))?;
        vouches::set_shown(cx.conn(), &grant, me, self.shown).await?;
        cx.publish(DomainEvent::ApplicationChanged { application: row.id, member: me });
        Ok(())
    }
}
