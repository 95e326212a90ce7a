//! Entering an invite.

use sqlx::SqliteConnection;
use subtle::ConstantTimeEq;

use super::hash_of;
use crate::domain::ids::{InviteId, MemberId};
use crate::domain::invite::InviteCode;
use crate::domain::policy::{EnterInvite, Grant};
use crate::domain::time::{Timestamp, Zone, date};
use crate::service::{Caller, Cx, Error, Result, Service, Writes};
use crate::store::applications;
use crate::store::invites::{self, InviteRow};

/// Looks a code up before anything is asked for it.
///
/// # Errors
/// The reason why it cannot be used; when very many came from there, when the next one will be looked at.
pub(in crate::service) async fn look_up(service: &Service, caller: &Caller, code: &InviteCode) -> Result<()> {
    let now = service.now();
    let look = async { find_open(&mut *service.store().begin_read().await?, code, now).await };
    service.limits.look_up_code(caller, now, look).await.map(drop)
}

/// The same for a code that is to be reported, whatever became of it.
///
/// # Errors
/// When there is no such code; when very many came from there, when the next one will be looked at.
pub(in crate::service) async fn look_up_any(
    service: &Service,
    caller: &Caller,
    code: &InviteCode,
) -> Result<()> {
    let look = async { find_any(&mut *service.store().begin_read().await?, code).await };
    service.limits.look_up_code(caller, service.now(), look).await.map(drop)
}

/// The invite with this code, whether it can be used or not.
///
/// # Errors
/// When there is none.
pub(in crate::service) async fn find_any(conn: &mut SqliteConnection, code: &InviteCode) -> Result<InviteId> {
    find(conn, code).await.map(|invite| invite.id)
}

async fn find(conn: &mut SqliteConnection, code: &InviteCode) -> Result<InviteRow> {
    let hash = hash_of(code);
    let found = invites::by_hash(conn, &hash).await?;
    // The index found it by its hash, which says nothing about how near a guessed code came; the comparison that
    // decides takes the same time wherever they differ.
    found.filter(|row| row.code_hash.as_bytes().ct_eq(hash.as_bytes()).into()).ok_or_else(|| {
        Error::invalid("There is no invite with that code. Compare it with what you got, letter by letter.")
    })
}

/// The invite with this code, if it can be used now.
///
/// # Errors
/// The reason why not: no such code, used, taken back, expired.
pub(in crate::service) async fn find_open(
    conn: &mut SqliteConnection,
    code: &InviteCode,
    now: Timestamp,
) -> Result<InviteRow> {
    let invite = find(conn, code).await?;
    refuse_if_closed(&invite, now)?;
    Ok(invite)
}

fn refuse_if_closed(invite: &InviteRow, now: Timestamp) -> Result<()> {
    let again = "Ask whoever gave it to you for a new one, or apply without an invite.";
    if invite.used_by.is_some() {
        return Err(Error::conflict(format!(
            "That invite was used already; each is good for one person. {again}"
        )));
    }
    if invite.revoked_at.is_some() {
        return Err(Error::conflict(format!("That invite was taken back. {again}")));
    }
    if invite.expires_at <= now {
        let day = date(invite.expires_at, &Zone::utc());
        return Err(Error::conflict(format!("That invite expired on {day}. {again}")));
    }
    if !invite.maker_active {
        return Err(Error::conflict(
            "Whoever made that invite is no longer a member here, so it no longer counts. You can apply without one.",
        ));
    }
    Ok(())
}

/// Uses an invite up for an applicant, whose application is an invited one from then on.
///
/// # Errors
/// The reason why it cannot be used; nothing was written then.
pub(in crate::service) async fn redeem(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<EnterInvite>,
    applicant: MemberId,
    code: &InviteCode,
) -> Result<InviteRow> {
    let now = cx.now;
    let invite = find_open(cx.conn(), code, now).await?;
    if !invites::use_up(cx.conn(), grant, now, invite.id, applicant).await? {
        return Err(Error::conflict("That invite was used a moment ago. Each is good for one person."));
    }
    applications::set_invite(cx.conn(), grant, applicant, invite.id, invite.created_by).await?;
    Ok(invite)
}
