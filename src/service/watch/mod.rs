//! The watch list (M6): members and applicants whom the staff look at with care for a while, with a reason and what speaks
//! for it, and keys and networks in the same way. What is new of them bears a quiet mark in the queue, and so does who has a
//! key or an address in common with somebody who had to go. Nothing else changes for them: it is no sanction. It ends by
//! itself after 90 days, and is part of the member's own export, which is said to whoever writes it, as with staff notes (M7).

mod subject;
#[cfg(test)]
mod tests;

pub use crate::store::watch::{EvidenceRow as Evidence, WatchRow as Watch};

pub use subject::{Came, WatchSubject};

pub(in crate::service) use subject::is_met;

use std::collections::BTreeSet;

use crate::domain::ids::{ApplicationId, CaseId, MemberId, WatchId};
use crate::domain::member::Standing;
use crate::domain::moderation::Reason;
use crate::domain::policy::{ChangeWatch, Grant, KeepWatch, SeeQueue};
use crate::domain::prevention::BanKind;
use crate::service::applications::ReadApplication;
use crate::service::bans::SEEN_DAYS;
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes, cases};
use crate::store::audit::NewAudit;
use crate::store::{members, watch};

/// Days after which it ends by itself.
pub const WATCH_DAYS: i64 = 90;
/// Characters of what speaks for it that are kept.
const EVIDENCE_CHARS_MAX: usize = 1_000;

/// Lists who is watched. Nobody sees themselves.
#[derive(Clone, Copy, Debug)]
pub struct ListWatched;

/// Somebody who is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Who, why, until when.
    pub watch: Watch,
    /// What speaks for it, the oldest first.
    pub evidence: Vec<Evidence>,
    /// Who came with the key or from the network, the newest first.
    pub came: Vec<Came>,
}

impl Watched {
    /// Who or what is watched, in full.
    pub fn name(&self) -> &str {
        let watch = &self.watch;
        watch.handle.as_deref().or(watch.subject.as_deref()).unwrap_or_default()
    }
}

impl Request for ListWatched {
    type Reply = Vec<Watched>;
    type Access = Reads;
    const NAME: &'static str = "list watched";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Watched>> {
        cx.allow(&SeeQueue)?;
        let (me, now) = (cx.actor.id(), cx.now);
        let mut rows = watch::list(cx.conn(), me, now).await?;
        rows.retain(|row| subject::may_see(cx, row));
        let came = subject::came(cx, &rows, None).await?;
        let all = watch::evidence(cx.conn(), None).await?;
        let of = |id: WatchId| all.iter().filter(|evidence| evidence.watch_id == id).cloned().collect();
        let who = |id: WatchId| came.iter().filter(|came| came.watch == id).cloned().collect();
        Ok(rows
            .into_iter()
            .map(|watch| Watched { evidence: of(watch.id), came: who(watch.id), watch })
            .collect())
    }
}

/// Where what speaks for it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum EvidenceAt {
    /// A case: what was reported.
    Case(CaseId),
    /// An application: what it said.
    Application(ApplicationId),
}

/// Watches a member or applicant for 90 days. Who is watched already gets what speaks for it added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchMember {
    /// Whom.
    pub member: MemberId,
    /// Why.
    pub reason: String,
    /// What speaks for it.
    pub evidence: Option<EvidenceAt>,
}

impl Request for WatchMember {
    type Reply = WatchId;
    type Access = Writes;
    const NAME: &'static str = "watch member";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<WatchId> {
        let grant = cx.allow(&KeepWatch { member: self.member })?;
        let (me, now) = (cx.me()?, cx.now);
        members::account(cx.conn(), self.member, now).await?.ok_or(Error::NotFound("member"))?;
        let reason = Reason::required(&self.reason).map_err(|why| Error::invalid(why.to_string()))?;
        let evidence = match self.evidence {
            Some(at) => Some(snapshot(cx, at, self.member).await?),
            None => None,
        };
        let watch = match watch::of(cx.conn(), self.member, now).await? {
            Some(row) if evidence.is_none() => {
                let who = row.handle.unwrap_or_default();
                return Err(Error::conflict(format!(
                    "{who} is watched already, by {}: {}",
                    row.by, row.reason
                )));
            }
            Some(row) => row.id,
            None => {
                let until = now.plus(WATCH_DAYS * DAY_S);
                let member = self.member;
                let new = watch::NewWatch { by: me, reason: reason.as_str(), now, until };
                let id = watch::insert(cx.conn(), &grant, member, new).await?;
                record(cx, "watch.begin", id).await?;
                id
            }
        };
        if let Some((label, body)) = evidence {
            watch::add_evidence(cx.conn(), &grant, watch, me, &label, &body, now).await?;
        }
        cx.publish(DomainEvent::WatchChanged);
        Ok(watch)
    }
}

/// What something says now, for those who may see it.
async fn snapshot(cx: &mut Cx<'_, Writes>, at: EvidenceAt, member: MemberId) -> Result<(String, String)> {
    let (label, body, about) = match at {
        EvidenceAt::Case(case) => {
            let (row, _) = cases::load(cx, case).await?;
            (format!("case {case}"), row.snapshot, row.author_id)
        }
        EvidenceAt::Application(id) => {
            let application = ReadApplication { id }.read(cx).await?;
            ("application".to_owned(), application.why, application.member)
        }
    };
    if about != member {
        return Err(Error::NotFound("evidence"));
    }
    Ok((label, body.chars().take(EVIDENCE_CHARS_MAX).collect()))
}

/// Lets a watch go on for 90 days from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenewWatch {
    /// Which.
    pub watch: WatchId,
}

impl Request for RenewWatch {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "renew watch";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = going_on(cx, self.watch).await?;
        let until = cx.now.plus(WATCH_DAYS * DAY_S);
        watch::renew(cx.conn(), &grant, row.id, until).await?;
        record(cx, "watch.renew", row.id).await?;
        cx.publish(DomainEvent::WatchChanged);
        Ok(())
    }
}

/// Ends a watch. It stays as history, in the member's export too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndWatch {
    /// Which.
    pub watch: WatchId,
}

impl Request for EndWatch {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "end watch";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, grant) = going_on(cx, self.watch).await?;
        let (by, now) = (cx.actor.id(), cx.now);
        watch::end(cx.conn(), &grant, row.id, by, now).await?;
        record(cx, "watch.end", row.id).await?;
        cx.publish(DomainEvent::WatchChanged);
        Ok(())
    }
}

/// One that goes on, and that the actor may change. For one that is not theirs to see the words are those of one that is over.
async fn going_on(cx: &mut Cx<'_, Writes>, id: WatchId) -> Result<(Watch, Grant<ChangeWatch>)> {
    let grant = cx.allow(&ChangeWatch)?;
    let (me, now) = (cx.actor.id(), cx.now);
    let rows = watch::list(cx.conn(), me, now).await?;
    let row = rows.into_iter().find(|row| row.id == id && subject::may_see(cx, row));
    Ok((row.ok_or_else(|| Error::conflict("That is over already."))?, grant))
}

/// On record without whom it is about: who reads the log may be that member.
async fn record(cx: &mut Cx<'_, Writes>, action: &str, watch: WatchId) -> Result<()> {
    let row = NewAudit {
        action,
        thing: "watch",
        thing_id: watch.0,
        target: None,
        rule_no: None,
        reason: "",
        detail: "",
        public: false,
    };
    cx.audit(row).await
}

/// What the staff should know while they look at something of a member's: that they are watched and why, and with whom
/// who had to go they have a key or an address in common. Nothing for who is no staff, and nothing about oneself.
pub(in crate::service) async fn marks<A: Access>(
    cx: &mut Cx<'_, A>,
    member: MemberId,
) -> Result<Vec<String>> {
    if cx.allow(&KeepWatch { member }).is_err() {
        return Ok(Vec::new());
    }
    let (me, now) = (cx.actor.id(), cx.now);
    let mut marks = Vec::new();
    if let Some(row) = watch::of(cx.conn(), member, now).await? {
        marks.push(format!("Watched by {}: {}", row.by, row.reason));
        for evidence in watch::evidence(cx.conn(), Some(row.id)).await? {
            let first = evidence.body.lines().next().unwrap_or_default();
            marks.push(format!("{}: {first}", evidence.label));
        }
    }
    let rows = watch::list(cx.conn(), me, now).await?;
    for came in subject::came(cx, &rows, Some(member)).await? {
        let Some(row) = rows.iter().find(|row| row.id == came.watch) else { continue };
        let what = if row.kind == Some(BanKind::Key) { "Has a key" } else { "Came from an address" };
        marks.push(format!("{what} that {} watches: {}", row.by, row.reason));
    }
    let since = since(cx);
    for like in watch::alike(cx.conn(), Some(member), since).await? {
        let what = if like.by_key { "Has a key of" } else { "Came from an address of" };
        let how = if like.standing == Standing::Removed { "removed" } else { "suspended" };
        marks.push(format!("{what} {}, who is {how}.", like.handle));
    }
    Ok(marks)
}

/// All of whom [`marks`] would say something.
pub(in crate::service) async fn marked<A: Access>(cx: &mut Cx<'_, A>) -> Result<BTreeSet<MemberId>> {
    let (me, now, since) = (cx.actor.id(), cx.now, since(cx));
    let rows = watch::list(cx.conn(), me, now).await?;
    let mut marked: BTreeSet<MemberId> = rows.iter().filter_map(|row| row.member_id).collect();
    marked.extend(subject::came(cx, &rows, None).await?.into_iter().map(|came| came.member));
    marked.extend(watch::alike(cx.conn(), None, since).await?.into_iter().map(|row| row.member_id));
    Ok(marked)
}

fn since<A: Access>(cx: &Cx<'_, A>) -> crate::domain::time::Timestamp {
    cx.now.plus(-SEEN_DAYS * DAY_S)
}
