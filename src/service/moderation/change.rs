//! What a deed changes in the thing that it is done to.

use super::act::{Act, Permit};
use super::idle::{deed_until, idle};
use super::target::Target;
use crate::domain::board::PINNED_MAX;
use crate::domain::ids::{ActId, BoardId, PostNo, ThreadId};
use crate::domain::member::Standing;
use crate::domain::moderation::{Deed, Part, SuspendFor, redact};
use crate::domain::policy::{Grant, ModerateContent, Sanction, TidyBoard};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;
use crate::service::{Access, Cx, Error, Result, Writes};
use crate::store::before::Before;
use crate::store::curbs::{self, CurbTerm};
use crate::store::{cuts, loose, messages, moderated, redactions};

/// Seconds in an hour.
const HOUR_S: i64 = 60 * 60;

/// Changes the thing. Gives what the undo needs, and the act's parameter.
pub(super) async fn change(
    cx: &mut Cx<'_, Writes>,
    act: Act<'_>,
    deed: Deed,
    permit: &Permit,
) -> Result<(Before, Option<i64>)> {
    let on = act.on;
    if let Some(why) = idle(on, deed, cx.now) {
        return Err(Error::conflict(why));
    }
    match permit {
        Permit::Content(grant) => change_content(cx, on, deed, grant).await,
        Permit::Tidy(grant) if matches!(deed, Deed::SplitThread | Deed::MergeThread(_)) => {
            change_posts(cx, act, deed, grant).await
        }
        Permit::Tidy(grant) => change_order(cx, on, deed, grant).await,
        Permit::Move(grant, to) => {
            let thread = on.thread()?;
            let (by, now) = (cx.me()?, cx.now);
            moderated::move_thread(cx.conn(), grant, thread, to.id, by, now).await?;
            Ok((Before::Board(thread.id, thread.board_id, thread.pinned), Some(to.id.0)))
        }
        Permit::Sanction(grant, _) => change_standing(cx, on, deed, grant).await,
    }
}

async fn change_content(
    cx: &mut Cx<'_, Writes>,
    on: &Target,
    deed: Deed,
    grant: &Grant<ModerateContent>,
) -> Result<(Before, Option<i64>)> {
    if let Some(kind) = deed.kind().object().filter(|_| deed.kind().part() == Part::Presence) {
        let was = on.loose(kind)?.gone_at;
        let gone_at = deed.kind().removes().then_some(cx.now);
        loose::set_gone(cx.conn(), grant, on.thing, gone_at).await?;
        return Ok((Before::Gone(on.thing, was), None));
    }
    let state = match deed {
        Deed::CollapsePost => PostState::Collapsed,
        Deed::RemovePost => PostState::Removed,
        Deed::RestorePost => PostState::Shown,
        Deed::RedactPost(_) | Deed::UnredactPost => return Ok((Before::Text(on.post()?.id), None)),
        Deed::RemoveMessage | Deed::RestoreMessage => {
            let (id, was) = (on.message()?.id, on.message()?.removed_at);
            let removed_at = (deed == Deed::RemoveMessage).then_some(cx.now);
            messages::set_removed(cx.conn(), grant, id, removed_at).await?;
            return Ok((Before::Message(id, was), None));
        }
        _ => {
            let thread = on.thread()?;
            moderated::set_removed(cx.conn(), grant, thread.id, deed == Deed::RemoveThread).await?;
            return Ok((Before::Removed(thread.id, thread.removed), None));
        }
    };
    let post = on.post()?;
    moderated::set_post_state(cx.conn(), grant, post.id, state).await?;
    Ok((Before::PostState(post.id, post.state), None))
}

async fn change_order(
    cx: &mut Cx<'_, Writes>,
    on: &Target,
    deed: Deed,
    grant: &Grant<TidyBoard>,
) -> Result<(Before, Option<i64>)> {
    let thread = on.thread()?;
    if matches!(deed, Deed::LockThread | Deed::UnlockThread) {
        moderated::set_locked(cx.conn(), grant, thread.id, deed == Deed::LockThread).await?;
        return Ok((Before::Locked(thread.id, thread.locked), None));
    }
    if matches!(deed, Deed::SlowThread(_) | Deed::UnslowThread) {
        let slow_s = if let Deed::SlowThread(pace) = deed { pace.seconds() } else { 0 };
        moderated::set_slow(cx.conn(), grant, thread.id, slow_s).await?;
        return Ok((Before::Slow(thread.id, thread.slow_s), Some(slow_s)));
    }
    if deed == Deed::PinThread {
        check_room_for_pin(cx, thread.board_id).await?;
    }
    moderated::set_pinned(cx.conn(), grant, thread.id, deed == Deed::PinThread).await?;
    Ok((Before::Pinned(thread.id, thread.pinned), None))
}

/// Which thread the posts go to. They go once the act has its row, for the old numbers to lead on.
async fn change_posts(
    cx: &mut Cx<'_, Writes>,
    act: Act<'_>,
    deed: Deed,
    grant: &Grant<TidyBoard>,
) -> Result<(Before, Option<i64>)> {
    let thread = act.on.thread()?;
    let to = if let Deed::MergeThread(to) = deed {
        let missing = || Error::NotFound("thread");
        let other = moderated::thread(cx.conn(), to).await?.ok_or_else(missing)?;
        if other.id == thread.id {
            return Err(Error::conflict("A thread cannot be merged into itself."));
        }
        if other.removed || other.board_id != thread.board_id {
            return Err(Error::conflict("Only threads of one board are merged: move one of them first."));
        }
        check_no_places(cx, thread.id, PostNo(1)).await?;
        other.id
    } else {
        let first = act.on.post()?.no;
        check_no_places(cx, thread.id, first).await?;
        cuts::insert_thread(cx.conn(), grant, thread.id, first, act.title).await?
    };
    Ok((Before::Posts(thread.id), Some(to.0)))
}

/// Places of posts that are elsewhere already do not go anywhere.
pub(super) async fn check_no_places<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
    first: PostNo,
) -> Result<()> {
    if !cuts::has_places(cx.conn(), thread, first).await? {
        return Ok(());
    }
    Err(Error::conflict(
        "Posts of it went to another thread, and their numbers here lead on to them: so it stays where it is. What can \
         be done: merge that other thread into this one, or split this one after the last post that went.",
    ))
}

/// What is changed once the act has its row.
pub(super) async fn finish(
    cx: &mut Cx<'_, Writes>,
    on: &Target,
    deed: Deed,
    permit: &Permit,
    act: ActId,
    param: Option<i64>,
) -> Result<()> {
    match (permit, deed) {
        (Permit::Content(grant), Deed::RedactPost(_) | Deed::UnredactPost) => {
            let takes = deed != Deed::UnredactPost;
            let (post, now) = (on.post()?, cx.now);
            let Some(after) = rewritten(on, deed) else {
                return Err(Error::invalid("Choose a part of the post that has text, and not all of it."));
            };
            redactions::write(cx.conn(), grant, act, post.id, takes, &after, now).await?;
        }
        (Permit::Tidy(grant), Deed::SplitThread | Deed::MergeThread(_)) => {
            let from = on.thread()?.id;
            let to = ThreadId(param.unwrap_or_default());
            let first = if deed == Deed::SplitThread { on.post()?.no } else { PostNo(1) };
            cuts::take(cx.conn(), grant, act, from, first, to).await?;
        }
        _ => {}
    }
    Ok(())
}

/// What a post says once a part was taken out, or put back.
pub(super) fn rewritten(on: &Target, deed: Deed) -> Option<String> {
    let post = on.post.as_ref()?;
    match deed {
        Deed::RedactPost(span) => redact(&post.body, span),
        Deed::UnredactPost => {
            let last = on.redaction.as_ref().filter(|last| last.takes)?;
            // Its author may have edited it since: then there is nothing to put back into.
            last.body.clone().filter(|_| last.after.as_ref() == Some(&post.body))
        }
        _ => None,
    }
}

/// At most three threads of a board are pinned (R2).
pub(super) async fn check_room_for_pin(cx: &mut Cx<'_, Writes>, board: BoardId) -> Result<()> {
    if moderated::pinned_count(cx.conn(), board).await? < PINNED_MAX {
        return Ok(());
    }
    Err(Error::conflict(format!("{PINNED_MAX} threads are pinned on this board: unpin one of them first.")))
}

async fn change_standing(
    cx: &mut Cx<'_, Writes>,
    on: &Target,
    deed: Deed,
    grant: &Grant<Sanction>,
) -> Result<(Before, Option<i64>)> {
    let id = on.author.id;
    if let Some((curb, takes)) = deed.kind().curb() {
        let term = takes.then(|| CurbTerm { until: deed_until(deed, cx.now) });
        curbs::set(cx.conn(), grant, id, curb, term).await?;
        return Ok((Before::Curb(id, curb, on.curb(curb)), deed.hours()));
    }
    let was = Before::Standing(id, on.author.standing, on.author.suspended_until);
    match deed {
        Deed::Suspend(term) => {
            let until = until(cx.now, term);
            moderated::set_standing(cx.conn(), grant, id, Standing::Suspended, until).await?;
            Ok((was, term.hours()))
        }
        Deed::Lift | Deed::Readmit => {
            moderated::set_standing(cx.conn(), grant, id, Standing::Active, None).await?;
            Ok((was, None))
        }
        Deed::RemoveMember => {
            moderated::set_standing(cx.conn(), grant, id, Standing::Removed, None).await?;
            Ok((was, None))
        }
        // A word changes nothing; it remembers the post that it is about.
        _ => Ok((Before::Nothing, on.post.as_ref().map(|post| post.id.0))),
    }
}

/// When a suspension that begins now is over.
pub(super) fn until(now: Timestamp, term: SuspendFor) -> Option<Timestamp> {
    term.hours().map(|hours| now.plus(hours * HOUR_S))
}
