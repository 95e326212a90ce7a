//! For other use cases: telling a member something, and noting that they have seen it.

use crate::domain::ids::{CaseId, MemberId, PostId};
use crate::domain::notification::{NotificationKind, NotificationPlace};
use crate::domain::policy::{Action, Grant, KeepMarks};
use crate::service::{Cx, DomainEvent, Result, Writes};
use crate::store::contacts;
use crate::store::notifications::{self, NewNotification};

/// Tells a member that something happened that is for them, and what it leads to. Oneself is never told, nor
/// is somebody between whom and the actor a mute or a block stands (P7). `grant` is
/// that of the act which it follows from. What is unseen for the same place is counted up, so that a long conversation
/// is one line.
///
/// Replies and mentions in posts, acts of the staff and decided reports are not told this way: they are kept where
/// they belong and listed from there.
///
/// # Errors
/// When it cannot be written.
pub async fn notify<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    member: MemberId,
    kind: NotificationKind,
    place: NotificationPlace,
) -> Result<()> {
    let actor = cx.actor.id();
    if actor == Some(member) {
        return Ok(());
    }
    if let Some(actor) = actor
        && contacts::is_apart(cx.conn(), member, actor).await?
    {
        return Ok(());
    }
    let new = NewNotification { member, kind, place, actor, at: cx.now };
    notifications::put(cx.conn(), grant, &new).await?;
    cx.publish(DomainEvent::Notified { member });
    Ok(())
}

/// Takes back what [`notify`] told for the actor: it is no longer so. What others caused at the same place stays.
///
/// # Errors
/// When it cannot be written.
pub async fn withdraw<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    member: MemberId,
    kind: NotificationKind,
    place: NotificationPlace,
) -> Result<()> {
    let gone = NewNotification { member, kind, place, actor: cx.actor.id(), at: cx.now };
    if notifications::withdraw(cx.conn(), grant, &gone).await? {
        cx.publish(DomainEvent::MarksChanged { member });
    }
    Ok(())
}

/// The actor has seen what there was for them at a place: its notifications are no news any longer. Call it where a
/// place is marked as read.
///
/// # Errors
/// When it cannot be written.
pub async fn see_place(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<KeepMarks>,
    place: NotificationPlace,
) -> Result<()> {
    let (member, now) = (cx.me()?, cx.now);
    if notifications::see_place(cx.conn(), grant, member, place, now).await? {
        cx.publish(DomainEvent::MarksChanged { member });
    }
    Ok(())
}

/// Says to everybody whom a post speaks to that there is something for them. Call it once the post's addresses stand.
///
/// # Errors
/// When they cannot be read.
pub async fn tell_addressed(cx: &mut Cx<'_, Writes>, post: PostId) -> Result<()> {
    for member in notifications::addressed_by(cx.conn(), post).await? {
        cx.publish(DomainEvent::Notified { member });
    }
    Ok(())
}

/// Says to those who reported it that a case was decided.
///
/// # Errors
/// When they cannot be read.
pub async fn tell_reporters(cx: &mut Cx<'_, Writes>, case: CaseId) -> Result<()> {
    for member in notifications::reporters(cx.conn(), case).await? {
        cx.publish(DomainEvent::Notified { member });
    }
    Ok(())
}
