//! Members, as far as they need a sysop: made without the door, trusted with more or less, let in again. Acts that are
//! about what somebody did (warn, suspend, remove) are moderation and have their own screens.

use super::page::{Offer, Page, Question, Row, Section, choice, text, words};
use super::{Deed, Done};
use crate::domain::ids::{KeyId, MemberId};
use crate::domain::member::Role;
use crate::domain::policy::{self, Actor, Grant, MakeAccount, ManageKeys, ResetWays, TrustMember};
use crate::domain::time::coarse;
use crate::service::accounts::{self, AddMember, Proof};
use crate::service::passwords::NewPassword;
use crate::service::{Access, Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::{accounts as rows, keys, members, profiles};

pub(super) async fn page<A: Access>(cx: &mut Cx<'_, A>) -> Result<Page> {
    let now = cx.now;
    let mut list = Vec::new();
    for member in profiles::list(cx.conn(), now).await? {
        let seen = member.last_seen_at.map_or_else(String::new, |at| format!(", {}", coarse(now, at)));
        let value = format!("{}, {}{seen}", member.role, member.level);
        let mut row = Row::new(member.id, member.handle, value)
            .offer(Offer::new(
                Deed::SetRole,
                vec![choice("What are they trusted with?", words(Role::ALL.iter().copied()))],
            ))
            .offer(Offer::new(
                Deed::ResetPassword,
                vec![Question::Sure("Give them a new password, and end the old one?".to_owned())],
            ));
        let owned = keys::of_member(cx.conn(), member.id).await?;
        if !owned.is_empty() {
            let answers =
                owned.iter().map(|key| (key.id.to_string(), format!("{} {}", key.name, key.fingerprint)));
            let ask = choice("Which key?", answers.collect());
            row = row.offer(Offer::new(Deed::RevokeKey, vec![ask]));
        }
        list.push(row);
    }
    let add = vec![
        text("The handle of the new member:", ""),
        choice("What are they trusted with?", words(Role::ALL.iter().copied())),
    ];
    Ok(Page { section: Section::People, rows: list, offers: vec![Offer::new(Deed::AddMember, add)] })
}

fn member(row: &str) -> Result<MemberId> {
    row.parse().map(MemberId).map_err(|_| Error::NotFound("member"))
}

/// What opens a member's account, for somebody else to change, and the member's handle.
async fn ways_of(cx: &mut Cx<'_, Writes>, member: MemberId) -> Result<(Grant<ManageKeys>, String)> {
    let now = cx.now;
    let account = members::account(cx.conn(), member, now).await?.ok_or(Error::NotFound("member"))?;
    cx.allow(&ResetWays { member, role: account.role })?;
    // Only its owner manages what opens an account; this is the exception that was allowed just now.
    Ok((policy::allow(&Actor::Host, &ManageKeys { member })?, account.handle))
}

/// Adds a member who did not come through the door, with a password to hand on.
pub(super) async fn add(
    cx: &mut Cx<'_, Writes>,
    handle: &str,
    role: &str,
    password: NewPassword,
    shown: &str,
) -> Result<Done> {
    let role: Role = role.parse().map_err(|_| Error::NotFound("role"))?;
    let add = AddMember { handle: handle.to_owned(), role, proof: Proof::Password(password) };
    let added = add.run(cx).await?;
    let shows = vec![
        format!("{} is a member now, as {role}.", added.handle),
        String::new(),
        format!("Password, to hand on by a safe way: {shown}"),
        "It is shown here once and kept as a hash only. They change it in their settings.".to_owned(),
    ];
    Ok(Done::new(format!("{} is a member now.", added.handle)).shows(shows))
}

/// Sets what a member is trusted with. There is always a sysop.
pub(super) async fn set_role(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<MakeAccount>,
    row: &str,
    role: &str,
) -> Result<Done> {
    let (member, now) = (member(row)?, cx.now);
    let role: Role = role.parse().map_err(|_| Error::NotFound("role"))?;
    let account = members::account(cx.conn(), member, now).await?.ok_or(Error::NotFound("member"))?;
    if account.role == role {
        return Err(Error::conflict(format!("{} is {role} already.", account.handle)));
    }
    cx.allow(&TrustMember { member, role: account.role })?;
    accounts::refuse_last_sysop(cx, &account).await?;
    rows::set_role(cx.conn(), grant, member, role).await?;
    accounts::note_role(cx, member, role, "from the console").await?;
    let done = Done::new(format!("{} is {role} now.", account.handle));
    // From here on a new sysop's role is theirs to give back.
    if role == Role::Sysop {
        return Ok(done);
    }
    Ok(done.undo(super::act(Deed::SetRole, row, [account.role.to_string()])))
}

/// Gives a member a new password to hand on: for somebody who has lost theirs, and every key.
pub(super) async fn reset_password(
    cx: &mut Cx<'_, Writes>,
    row: &str,
    password: &NewPassword,
    shown: &str,
) -> Result<Done> {
    let member = member(row)?;
    let (grant, handle) = ways_of(cx, member).await?;
    keys::set_password(cx.conn(), &grant, member, Some(password.phc()?)).await?;
    // Whoever came in by the old one is out.
    keys::renew_ways(cx.conn(), &grant, member).await?;
    super::note_about(cx, "password.reset", member, "from the console").await?;
    cx.publish(DomainEvent::MemberChanged { member });
    let shows = vec![
        format!("A new password for {handle}, to hand on by a safe way: {shown}"),
        "It is shown here once and kept as a hash only. The old one opens nothing any more.".to_owned(),
    ];
    Ok(Done::new(format!("{handle} has a new password.")).shows(shows))
}

/// Revokes a member's key: sessions that it opened end.
pub(super) async fn revoke_key(cx: &mut Cx<'_, Writes>, row: &str, key: &str) -> Result<Done> {
    let (member, now) = (member(row)?, cx.now);
    let (grant, handle) = ways_of(cx, member).await?;
    let key = key.parse().map(KeyId).map_err(|_| Error::NotFound("key"))?;
    if !keys::revoke(cx.conn(), &grant, now, member, key).await? {
        return Err(Error::NotFound("key"));
    }
    super::note_about(cx, "key.revoke", member, "from the console").await?;
    cx.publish(DomainEvent::KeyRevoked { key, member });
    Ok(Done::new(format!("The key opens nothing any more. {handle} can add another one after logging in.")))
}
