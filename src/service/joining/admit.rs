//! Becoming a member: what happens at that moment, however it was decided.

use super::introduce::introduce;
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{self, Actor, EnterInvite, Grant, JoinTag};
use crate::domain::tag::JOINED_MAX;
use crate::domain::waitlist::Turn;
use crate::service::{Cx, DomainEvent, Error, Result, Writes, questions, waitlist};
use crate::store;
use crate::store::accounts::{self, Admission};
use crate::store::applications::{self, ApplicationRow};
use crate::store::audit::NewAudit;
use crate::store::{invites, reading, tags};

/// Approves an applicant by the invite that was entered: with a seat at once when there is room, else in the line.
pub(in crate::service) async fn admit_invited(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<EnterInvite>,
    me: MemberId,
) -> Result<()> {
    let now = cx.now;
    let row = applications::of_member(cx.conn(), me).await?.ok_or(Error::NotFound("application"))?;
    let invite = match row.invite_id {
        Some(invite) => invites::get(cx.conn(), invite).await?,
        None => None,
    };
    let invite = invite.ok_or(Error::NotFound("invite"))?;
    applications::settle_by_invite(cx.conn(), grant, now, me).await?;
    if invite.created_by.is_some() {
        // A member's friend takes their turn in the line, before those whom nobody knows (D7).
        cx.publish(DomainEvent::ApplicationChanged { application: row.id, member: me });
        return waitlist::enter(cx, grant, me, Turn::Invited).await;
    }
    // The host's word is not subject to the cap and the governor.
    store::waitlist::leave(cx.conn(), grant, me).await?;
    cx.publish(DomainEvent::WaitlistChanged);
    admit(cx, Admission::Invite(grant), &row, invite.role).await?;
    cx.audit(NewAudit {
        action: "member.join",
        thing: "member",
        thing_id: me.0,
        target: Some(me),
        rule_no: None,
        reason: "",
        detail: &format!("invite {} as {}", invite.id, invite.role),
        // Who is trusted with what is for everybody to see; who came is on the members list anyway.
        public: invite.role > Role::Member,
    })
    .await
}

/// Approves an applicant by the certificate that is their pass (D10): the sysop listed the authority, and it decides for
/// whom it signs. How many come in a week stays the place's own matter, so they take their turn as a friend does.
pub(in crate::service) async fn admit_by_pass(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<EnterInvite>,
    me: MemberId,
) -> Result<()> {
    let now = cx.now;
    let row = applications::of_member(cx.conn(), me).await?.ok_or(Error::NotFound("application"))?;
    applications::settle_by_invite(cx.conn(), grant, now, me).await?;
    cx.publish(DomainEvent::ApplicationChanged { application: row.id, member: me });
    waitlist::enter(cx, grant, me, Turn::Invited).await
}

/// Makes an applicant a member: standing, read floors, the introduction as a first post, the news.
pub(in crate::service) async fn admit(
    cx: &mut Cx<'_, Writes>,
    admission: Admission<'_>,
    application: &ApplicationRow,
    role: Role,
) -> Result<()> {
    let now = cx.now;
    let member = application.member_id;
    accounts::admit(cx.conn(), admission, now, member, level_of(role), role).await?;
    settle_in(cx, member).await?;
    introduce(cx, application, role).await?;
    join_tags(cx, application, role).await?;
    cx.publish(DomainEvent::ApplicationChanged { application: application.id, member });
    cx.publish(DomainEvent::MemberChanged { member });
    Ok(())
}

/// The level that a new account of a role has. Levels grow by taking part; but whom the host or the staff trust with
/// the place is known already, and a newcomer's limits would keep them from setting it up.
pub(in crate::service) fn level_of(role: Role) -> Level {
    if role == Role::Member { Level::Newcomer } else { Level::Regular }
}

/// The tags that the new member chose on the way in, as many as a member joins (P3).
async fn join_tags(cx: &mut Cx<'_, Writes>, application: &ApplicationRow, role: Role) -> Result<()> {
    let now = cx.now;
    // Asked for the new member, whoever decided.
    let member = Actor::Account {
        id: application.member_id,
        standing: Standing::Active,
        level: level_of(role),
        role,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    };
    let grant = policy::allow(&member, &JoinTag)?;
    for answered in questions::answered(cx, application.id).await? {
        for choice in answered.asking.chosen(&answered.answer.chosen) {
            let Some(name) = &choice.tag else { continue };
            if let Some(tag) = tags::id_of(cx.conn(), name.as_str()).await? {
                tags::join(cx.conn(), &grant, now, tag, JOINED_MAX).await?;
            }
        }
    }
    Ok(())
}

/// What a new member finds: everything older than two weeks counts as read (R3).
pub(in crate::service) async fn settle_in(cx: &mut Cx<'_, Writes>, member: MemberId) -> Result<()> {
    let before = cx.now.plus(-cx.settings().new_member_backlog_s);
    reading::set_floors(cx.conn(), member, before).await?;
    Ok(())
}
