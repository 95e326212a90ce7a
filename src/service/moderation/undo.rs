//! Undoing an act within the undo time: everything is as it was before, and both logs say so.

use super::act::UNNAMED;
use super::change::{check_room_for_pin, until};
use super::loose::Loose;
use crate::domain::ids::{ActId, MemberId, PostNo};
use crate::domain::member::Standing;
use crate::domain::moderation::{ActKind, MatterKind, NO_RULE, Part, SuspendFor, Thing};
use crate::domain::policy::{self, Grant};
use crate::domain::post::PostState;
use crate::service::conversations::tell_changed;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::acts::{self, ActRow};
use crate::store::audit::{self, NewAudit};
use crate::store::before::Before;
use crate::store::curbs::{self, CurbTerm};
use crate::store::matters::MatterRow;
use crate::store::{cases, conversations, cuts, loose, matters, moderated, redactions};

/// Undoes an act, and what was decided together with it. A case that it decided is open again.
#[derive(Clone, Copy, Debug)]
pub struct UndoAct {
    /// The act.
    pub act: ActId,
}

/// It is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What was undone, the last act first.
    pub kinds: Vec<ActKind>,
}

impl Request for UndoAct {
    type Reply = Undone;
    type Access = Writes;
    const NAME: &'static str = "undo act";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Undone> {
        cx.allow(&policy::SeeQueue)?;
        let act = acts::get(cx.conn(), self.act).await?.ok_or(Error::NotFound("act"))?;
        let grant = allow(cx, &act).await?;
        if act.undone_at.is_some() {
            return Err(Error::conflict("This is undone already."));
        }
        if act.jury > 0 {
            return Err(Error::conflict(
                "A jury decided this: its decision is not undone. Act anew, with a reason.",
            ));
        }
        let mut kinds = Vec::new();
        for act in acts::decided_with(cx.conn(), &act).await? {
            undo(cx, &grant, &act).await?;
            kinds.push(act.action);
        }
        if let Some(case) = act.case_id {
            cases::reopen(cx.conn(), &grant, case).await?;
            cx.publish(DomainEvent::CaseChanged { case });
        }
        Ok(Undone { kinds })
    }
}

async fn allow(cx: &mut Cx<'_, Writes>, act: &ActRow) -> Result<Grant<policy::UndoAct>> {
    let me = cx.actor.id();
    let mut target = act.target_id;
    let mut reported_it = false;
    if let Some(case) = act.case_id {
        let case = cases::get(cx.conn(), case, me).await?;
        reported_it = case.as_ref().is_some_and(|case| case.reported_it);
        target = target.or(case.map(|case| case.author_id));
    }
    let inviter: Option<MemberId> = match target {
        Some(member) => moderated::member(cx.conn(), member).await?.and_then(|found| found.invited_by),
        None => None,
    };
    let age_s = cx.now.seconds_since(act.at);
    let undo_s = cx.settings().undo_s;
    cx.allow(&policy::UndoAct { by: act.actor_id, target, inviter, reported_it, age_s, undo_s })
}

async fn undo(cx: &mut Cx<'_, Writes>, grant: &Grant<policy::UndoAct>, act: &ActRow) -> Result<()> {
    let part = act.action.part();
    let later = acts::later_on(cx.conn(), act).await?;
    let again = part != Part::Nothing && later.iter().any(|other| other.action.part() == part);
    if again || !still_stands(cx, act).await? {
        return Err(Error::conflict("It has changed since, so there is nothing to go back to: act anew."));
    }
    let before = act.before()?;
    let before = match before {
        Before::Pinned(thread, true) => {
            let found = moderated::thread(cx.conn(), thread).await?.ok_or(Error::NotFound("thread"))?;
            check_room_for_pin(cx, found.board_id).await?;
            before
        }
        // Three others may be pinned on the old board by now: the thread goes back, its pin does not.
        Before::Board(thread, board, true) if check_room_for_pin(cx, board).await.is_err() => {
            Before::Board(thread, board, false)
        }
        other => other,
    };
    let other = cuts::went_to(cx.conn(), act.id).await?;
    if part == Part::Board {
        // The board that loses the thread again is told too.
        publish(cx, act).await?;
    }
    let now = cx.now;
    if let Some(matter) = matters::reopen(cx.conn(), grant, act.id).await? {
        reopened(cx, &matter).await?;
    }
    moderated::put_back(cx.conn(), grant, act.id, before).await?;
    acts::set_undone(cx.conn(), grant, act.id, now).await?;
    publish(cx, act).await?;
    if let (Some(thread), Thing::Thread(from)) = (other, act.thing())
        && let Some(found) = moderated::thread(cx.conn(), from).await?
    {
        cx.publish(DomainEvent::ThreadChanged { board: found.board_id, thread });
    }
    log(cx, act).await
}

/// What an undone act had decided waits again. Of an appeal the mod log said the outcome, so it says this too, and the
/// member is told.
async fn reopened(cx: &mut Cx<'_, Writes>, matter: &MatterRow) -> Result<()> {
    cx.publish(DomainEvent::MattersChanged);
    if matter.kind != MatterKind::Appeal {
        return Ok(());
    }
    cx.publish(DomainEvent::Notified { member: matter.member_id });
    cx.audit(NewAudit {
        action: "appeal.reopened",
        thing: "member",
        thing_id: matter.member_id.0,
        target: Some(matter.member_id),
        rule_no: None,
        reason: "",
        detail: "",
        public: true,
    })
    .await
}

/// Whether the thing is as the act left it.
async fn still_stands(cx: &mut Cx<'_, Writes>, act: &ActRow) -> Result<bool> {
    let conn = cx.conn();
    Ok(match act.before()? {
        Before::Nothing => true,
        Before::PostState(post, _) => {
            let left = match act.action {
                ActKind::CollapsePost => PostState::Collapsed,
                ActKind::RemovePost => PostState::Removed,
                _ => PostState::Shown,
            };
            moderated::post(conn, post).await?.is_some_and(|post| post.state == left)
        }
        Before::Gone(thing, was) => loose::get(conn, thing, None)
            .await?
            .is_some_and(|row| row.gone_at.is_some() != was.is_some() && row.used_by.is_none()),
        Before::Message(message, was) => conversations::reported(conn, None, message)
            .await?
            .is_some_and(|message| message.removed_at.is_some() != was.is_some()),
        Before::Text(_) => redactions::stands(conn, act.id).await?,
        Before::Posts(_) => cuts::stands(conn, act.id).await?,
        Before::Locked(thread, was) => {
            moderated::thread(conn, thread).await?.is_some_and(|thread| thread.locked != was)
        }
        Before::Pinned(thread, was) => {
            moderated::thread(conn, thread).await?.is_some_and(|thread| thread.pinned != was)
        }
        Before::Slow(thread, _) => moderated::thread(conn, thread)
            .await?
            .is_some_and(|thread| thread.slow_s == act.param.unwrap_or_default()),
        Before::Removed(thread, was) => {
            // Merged since, there is nothing in it to show.
            moderated::thread(conn, thread).await?.is_some_and(|thread| thread.removed != was)
                && (was || cuts::part_of(conn, thread, PostNo(1)).await?.is_none())
        }
        Before::Board(thread, ..) => {
            moderated::thread(conn, thread).await?.is_some_and(|thread| Some(thread.board_id.0) == act.param)
        }
        Before::Standing(member, ..) => {
            let left = match act.action {
                ActKind::Suspend => Standing::Suspended,
                ActKind::RemoveMember => Standing::Removed,
                _ => Standing::Active,
            };
            moderated::member(conn, member).await?.is_some_and(|member| member.standing == left)
        }
        Before::Curb(member, curb, _) => {
            let takes = act.action.curb().is_some_and(|(_, takes)| takes);
            let until = SuspendFor::from_hours(act.param).and_then(|term| until(act.at, term));
            curbs::get(conn, member, curb).await? == takes.then_some(CurbTerm { until })
        }
    })
}

async fn publish(cx: &mut Cx<'_, Writes>, act: &ActRow) -> Result<()> {
    if act.action == ActKind::Dismiss {
        return Ok(());
    }
    // Read without the policy: the news are ids, and whoever shows the thing asks for it as themselves.
    let event = match act.thing() {
        Thing::Member(member) => Some(DomainEvent::MemberChanged { member }),
        Thing::Thread(thread) => moderated::thread(cx.conn(), thread)
            .await?
            .map(|found| DomainEvent::ThreadChanged { board: found.board_id, thread }),
        Thing::Post(post) => match moderated::post(cx.conn(), post).await? {
            Some(found) => moderated::thread(cx.conn(), found.thread_id)
                .await?
                .map(|thread| DomainEvent::PostChanged { board: thread.board_id, thread: thread.id, post }),
            None => None,
        },
        thing @ (Thing::Line(_) | Thing::Wall(_) | Thing::Tag(_) | Thing::Invite(_)) => {
            let found = loose::get(cx.conn(), thing, None).await?;
            found.and_then(|row| Loose::of(cx, thing, row).ok()).map(|loose| loose.news(thing))
        }
        Thing::Message(message) => {
            if let Some(found) = conversations::reported(cx.conn(), None, message).await? {
                tell_changed(cx, found.conversation_id).await?;
            }
            None
        }
    };
    if let Some(event) = event {
        cx.publish(event);
    }
    Ok(())
}

async fn log(cx: &mut Cx<'_, Writes>, act: &ActRow) -> Result<()> {
    let dismissed = act.action == ActKind::Dismiss;
    let public = act.action.is_public();
    let unnamed = audit::detail_of(cx.conn(), act.action, act.thing(), act.at)
        .await?
        .is_some_and(|detail| detail.split(' ').any(|word| word == UNNAMED));
    let mut detail = format!("of={}", act.action);
    if unnamed {
        detail.push(' ');
        detail.push_str(UNNAMED);
    }
    cx.audit(NewAudit {
        action: "undo",
        thing: if dismissed { "case" } else { act.thing.as_str() },
        thing_id: if dismissed { act.case_id.map_or(act.thing_id, |case| case.0) } else { act.thing_id },
        target: act.target_id,
        rule_no: (act.rule_no != NO_RULE).then_some(act.rule_no),
        reason: "",
        detail: &detail,
        public,
    })
    .await
}
