//! Letting sit down whoever's turn it is.

use crate::domain::ids::MemberId;
use crate::domain::member::Role;
use crate::domain::policy::{Action, Grant, MoveLine};
use crate::domain::waitlist::Turn;
use crate::service::calm;
use crate::service::joining::admit;
use crate::service::{Cx, DomainEvent, Error, Result, Writes};
use crate::store::accounts::Admission;
use crate::store::audit::{self, NewAudit};
use crate::store::waitlist::{self, LineRow, Way};
use crate::store::{applications, invites, passes};

/// Puts somebody who was approved, or whose seat slept, at the end of the line of their turn, and lets sit down
/// whoever may: with room for all, they are in at once.
pub(in crate::service) async fn enter<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    member: MemberId,
    turn: Turn,
) -> Result<()> {
    let now = cx.now;
    waitlist::enter(cx.conn(), grant, now, member, turn).await?;
    cx.publish(DomainEvent::MemberChanged { member });
    cx.publish(DomainEvent::WaitlistChanged);
    admit_waiting(cx).await?;
    Ok(())
}

/// Lets sit down from the front of the line as many as there are seats for, and says how many. This is the one
/// function that moves the line: at night, and whenever something may have made room.
pub(in crate::service) async fn admit_waiting(cx: &mut Cx<'_, Writes>) -> Result<usize> {
    // In calm nobody is let in: who is in the line stays there until it is over (M6).
    if calm::current(cx).await?.is_some() {
        return Ok(0);
    }
    let line = waitlist::line(cx.conn()).await?;
    if line.is_empty() {
        return Ok(0);
    }
    let turns: Vec<Turn> = line.iter().map(|row| row.turn).collect();
    let (seats, _) = super::seats(cx).await?;
    let free = seats.free_for(&turns);
    let grant = cx.allow(&MoveLine)?;
    for row in &line[..free] {
        sit_down(cx, &grant, row, Way::Line).await?;
    }
    if free > 0 {
        cx.publish(DomainEvent::WaitlistChanged);
    }
    Ok(free)
}

/// Gives one person in the line a seat.
pub(super) async fn sit_down(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<MoveLine>,
    row: &LineRow,
    way: Way,
) -> Result<()> {
    let (now, member) = (cx.now, row.member_id);
    if row.turn == Turn::Returning {
        waitlist::wake_from_line(cx.conn(), grant, member).await?;
        waitlist::set_news(cx.conn(), grant, member, row.turn).await?;
        cx.publish(DomainEvent::MemberChanged { member });
        return Ok(());
    }
    let application = applications::of_member(cx.conn(), member).await?;
    let application = application.ok_or(Error::NotFound("application"))?;
    let invite = match application.invite_id {
        Some(invite) => invites::get(cx.conn(), invite).await?,
        None => None,
    };
    let role = invite.as_ref().map_or(Role::Member, |invite| invite.role);
    waitlist::leave(cx.conn(), grant, member).await?;
    admit(cx, Admission::Line(grant), &application, role).await?;
    waitlist::note_admission(cx.conn(), grant, now, member, way).await?;
    waitlist::set_news(cx.conn(), grant, member, row.turn).await?;
    let from = match (invite, passes::of_member(cx.conn(), member).await?) {
        (Some(invite), _) => format!("invite {}", invite.id),
        (None, Some(pass)) => {
            // Not what the authority called it, which may be a name: it stands with the account and goes with it.
            format!("certificate of {}, serial {},", pass.authority, pass.serial)
        }
        (None, None) => "application".to_owned(),
    };
    let joined = NewAudit {
        action: "member.join",
        thing: "member",
        thing_id: member.0,
        target: Some(member),
        rule_no: None,
        reason: "",
        detail: &format!("{from} as {role}"),
        public: role > Role::Member,
    };
    // The line let them in, and not the one whose act made room.
    audit::append(cx.conn(), None, now, joined).await?;
    Ok(())
}
