//! Calm (M6): for some hours newcomers only read, posts of theirs and of members with links wait for a moderator, rooms
//! are slow, and applications wait. It ends by itself; one key ends it before.

#[cfg(test)]
mod tests;

use crate::domain::moderation::Reason;
use crate::domain::policy::{KeepCalm, StandAtDoor};
use crate::domain::time::Timestamp;
use crate::service::waitlist;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::calm::{self, CalmRow};

/// Most hours that are begun at once: longer is no raid any more.
pub const CALM_HOURS_MAX: i64 = 72;

/// A time of calm that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calm {
    /// Since when.
    pub since: Timestamp,
    /// The handle of who began it; none for the host.
    pub by: Option<String>,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
}

impl From<CalmRow> for Calm {
    fn from(row: CalmRow) -> Self {
        Self { since: row.began_at, by: row.by, until: row.until, reason: row.reason }
    }
}

/// Asks whether the place is calm. Everybody may know.
#[derive(Clone, Copy, Debug)]
pub struct ShowCalm;

impl Request for ShowCalm {
    type Reply = Option<Calm>;
    type Access = Reads;
    const NAME: &'static str = "show calm";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<Calm>> {
        cx.allow(&StandAtDoor)?;
        current(cx).await
    }
}

/// The time of calm that goes on now.
pub(in crate::service) async fn current<A: Access>(cx: &mut Cx<'_, A>) -> Result<Option<Calm>> {
    let now = cx.now;
    Ok(calm::current(cx.conn(), now).await?.map(Calm::from))
}

/// Begins a time of calm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginCalm {
    /// For how many hours.
    pub hours: i64,
    /// Why. Everybody reads it.
    pub reason: String,
}

impl Request for BeginCalm {
    type Reply = Calm;
    type Access = Writes;
    const NAME: &'static str = "begin calm";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Calm> {
        let grant = cx.allow(&KeepCalm)?;
        if !(1..=CALM_HOURS_MAX).contains(&self.hours) {
            return Err(Error::invalid(format!("Calm lasts 1 to {CALM_HOURS_MAX} hours.")));
        }
        let reason = Reason::required(&self.reason).map_err(|why| Error::invalid(why.to_string()))?;
        if let Some(calm) = current(cx).await? {
            let by = calm.by.as_deref().unwrap_or("the host").to_owned();
            return Err(Error::conflict(format!("The place is calm already; {by} began it. End it first.")));
        }
        let (by, now) = (cx.actor.id(), cx.now);
        let until = now.plus(self.hours * 3_600);
        let id = calm::begin(cx.conn(), &grant, by, now, until, reason.as_str()).await?;
        cx.audit(row("calm.begin", id.0, reason.as_str(), &format!("hours={}", self.hours))).await?;
        cx.publish(DomainEvent::CalmChanged);
        current(cx).await?.ok_or(Error::NotFound("time of calm"))
    }
}

/// Ends the time of calm before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndCalm;

impl Request for EndCalm {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "end calm";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepCalm)?;
        let (by, now) = (cx.actor.id(), cx.now);
        let Some(row) = calm::current(cx.conn(), now).await? else {
            return Err(Error::conflict("The place is not calm; it was ended, or its time is over."));
        };
        calm::end(cx.conn(), &grant, row.id, by, now).await?;
        cx.audit(row_of_end(row.id.0)).await?;
        cx.publish(DomainEvent::CalmChanged);
        // Who was approved meanwhile sits down now.
        waitlist::admit_waiting(cx).await?;
        Ok(())
    }
}

fn row<'a>(action: &'a str, id: i64, reason: &'a str, detail: &'a str) -> NewAudit<'a> {
    NewAudit {
        action,
        thing: "calm",
        thing_id: id,
        target: None,
        rule_no: None,
        reason,
        detail,
        public: true,
    }
}

fn row_of_end(id: i64) -> NewAudit<'static> {
    row("calm.end", id, "", "")
}
