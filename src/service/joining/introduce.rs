//! An introduction becomes its author's first post.

use super::INTRODUCTIONS;
use super::admit::level_of;
use crate::domain::draft::DraftTarget;
use crate::domain::member::{Origin, Role, Standing};
use crate::domain::policy::{self, Actor, KeepDrafts, StartThread};
use crate::domain::post::{Body, Title};
use crate::service::writing::mentions;
use crate::service::{Cx, DomainEvent, Result, Writes, notifications};
use crate::store::applications::ApplicationRow;
use crate::store::boards;
use crate::store::drafts::{self, NewDraft};
use crate::store::writing::{self, NewThread};

/// Posts the introduction of somebody who has just become a member, in their own name. Where that board cannot be
/// written in it is kept as a draft; where there is no such board it stays with the application.
pub(super) async fn introduce(
    cx: &mut Cx<'_, Writes>,
    application: &ApplicationRow,
    role: Role,
) -> Result<()> {
    let Ok(body) = Body::parse(&application.introduction) else { return Ok(()) };
    let Some(board) = boards::by_slug(cx.conn(), INTRODUCTIONS).await? else { return Ok(()) };
    let (now, member) = (cx.now, application.member_id);
    let title = Title::parse(&format!("Hello from {}", application.handle))?;
    // Asked for the new member, whoever decided: staff must not write what the member could not.
    let author = Actor::Account {
        id: member,
        standing: Standing::Active,
        level: level_of(role),
        role,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    };
    let Ok(grant) = policy::allow(&author, &StartThread { board: board.facts() }) else {
        let keep = policy::allow(&author, &KeepDrafts)?;
        let target = DraftTarget::Board(board.id);
        let draft =
            NewDraft { member, target: &target, title: title.as_str(), body: body.as_str(), reply_to: None };
        drafts::save(cx.conn(), &keep, now, draft).await?;
        return Ok(());
    };
    let new = NewThread {
        board: board.id,
        author: member,
        title: title.as_str(),
        body: body.as_str(),
        origin: Origin::Human,
    };
    let written = writing::insert_thread(cx.conn(), &grant, now, new).await?;
    let mentioned = mentions(body.as_str());
    if !mentioned.is_empty() {
        writing::address(cx.conn(), &grant, written.post_id, None, &mentioned).await?;
        notifications::tell_addressed(cx, written.post_id).await?;
    }
    cx.publish(DomainEvent::PostAdded {
        board: board.id,
        thread: written.thread_id,
        post: written.post_id,
        author: member,
    });
    Ok(())
}
