//! An act on a thing without a case: from the thread screen, by staff and by a board's host.

use super::act::{Act, Hand, Why, perform, permit, reported_it};
use super::target::Target;
use crate::domain::ids::{ActId, CaseId, PostId};
use crate::domain::moderation::{Deed, NO_RULE, Thing, ThingKind, outcome};
use crate::domain::policy::{self, SeeQueue};
use crate::domain::post::Title;
use crate::domain::time::Timestamp;
use crate::service::cases::claim_standing;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes, notifications};
use crate::store::cases;

/// Does something to a post, its thread or its author. An open case on the thing is decided by it, when the actor
/// may handle that case and nobody else has claimed it.
#[derive(Clone, Debug)]
pub struct Moderate {
    /// What it is about; a deed on a thread or member may name one of its posts.
    pub thing: Thing,
    /// What to do.
    pub deed: Deed,
    /// The charter's rule, `NO_RULE` where none is needed.
    pub rule_no: i64,
    /// Why. Everybody can read it.
    pub reason: String,
}

/// It is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moderated {
    /// The act, for its undo.
    pub act: ActId,
    /// Until when it can be undone.
    pub undo_until: Timestamp,
    /// The case that was decided by it.
    pub case: Option<CaseId>,
}

impl Request for Moderate {
    type Reply = Moderated;
    type Access = Writes;
    const NAME: &'static str = "moderate";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Moderated> {
        let on = Target::load(cx, self.thing).await?;
        if self.deed.kind().object() == Some(ThingKind::Post) {
            on.post()?;
        }
        let reported = reported_it(cx, on.author.id).await?;
        let granted = permit(cx, &on, self.deed, reported).await?;
        let why = Why::check(cx, &[self.deed.kind()], self.rule_no, &self.reason).await?;
        let case = if self.deed.kind().needs_rule() { settle(cx, &on, self.deed).await? } else { None };
        let act =
            perform(cx, Act { on: &on, why: &why, case, title: "", hand: Hand::Own }, self.deed, &granted)
                .await?;
        Ok(Moderated { act, undo_until: cx.now.plus(cx.settings().undo_s), case })
    }
}

/// Lets a thread go on as another one from a post on. Post numbers of what stays are as they were, and the old numbers
/// of what goes lead on.
#[derive(Clone, Debug)]
pub struct SplitThread {
    /// The first post of the new thread.
    pub post: PostId,
    /// Its title.
    pub title: String,
}

impl Request for SplitThread {
    type Reply = Moderated;
    type Access = Writes;
    const NAME: &'static str = "split thread";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Moderated> {
        let on = Target::load(cx, Thing::Post(self.post)).await?;
        let granted = permit(cx, &on, Deed::SplitThread, false).await?;
        let title = Title::parse(&self.title)?;
        let why = Why::check(cx, &[Deed::SplitThread.kind()], NO_RULE, "").await?;
        let act = Act { on: &on, why: &why, case: None, title: title.as_str(), hand: Hand::Own };
        let act = perform(cx, act, Deed::SplitThread, &granted).await?;
        Ok(Moderated { act, undo_until: cx.now.plus(cx.settings().undo_s), case: None })
    }
}

/// Decides the open case on the thing, if there is one that the actor may handle. One that somebody else has
/// claimed stays theirs: they see what was done.
async fn settle(cx: &mut Cx<'_, Writes>, on: &Target, deed: Deed) -> Result<Option<CaseId>> {
    let me = cx.me()?;
    let Some(case) = cases::open_on(cx.conn(), on.thing, Some(me)).await? else { return Ok(None) };
    if policy::allow(&cx.actor, &SeeQueue).is_err() {
        return Ok(None);
    }
    let Ok(grant) = cx.allow(&case.facts()) else { return Ok(None) };
    let others = claim_standing(&case, cx.now, cx.settings().claim_s).is_some_and(|claim| claim.by != me);
    if others {
        return Ok(None);
    }
    let (now, told) = (cx.now, outcome(&[deed], ""));
    if !cases::decide(cx.conn(), &grant, case.id, me, &told, now).await? {
        return Err(Error::conflict("Somebody else has decided this just now. Look again."));
    }
    cx.publish(DomainEvent::CaseChanged { case: case.id });
    notifications::tell_reporters(cx, case.id).await?;
    Ok(Some(case.id))
}
