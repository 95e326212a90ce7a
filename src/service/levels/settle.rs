//! Bringing levels up to date: when something happened that can matter, at a visit, and every night.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::SqliteConnection;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::sleep;

use crate::domain::ids::MemberId;
use crate::domain::level::{Held, LevelRules, judge};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{self, Actor, SettleLevels};
use crate::domain::time::Timestamp;
use crate::service::{DomainEvent, Service};
use crate::store::levels::{self, HeldRow};
use crate::store::notifications::{self, NewNotification};

/// How long after something happened levels are looked at: what comes together is looked at together.
const SETTLE_AFTER: Duration = Duration::from_secs(2);

/// A level that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Risen {
    /// Whose.
    pub member: MemberId,
    /// The level before.
    pub from: Level,
    /// The level now; it may be a lower one.
    pub to: Level,
}

impl Risen {
    /// What the sessions have to know.
    pub fn events(self) -> [DomainEvent; 2] {
        let Self { member, .. } = self;
        [DomainEvent::MemberChanged { member }, DomainEvent::Notified { member }]
    }
}

/// What the rule says of a member now; none when it does not apply: to staff, who have a level by their role, and to
/// whoever is no active member.
async fn look(
    conn: &mut SqliteConnection,
    rules: &LevelRules,
    now: Timestamp,
    member: MemberId,
) -> sqlx::Result<Option<(HeldRow, Held)>> {
    let Some(row) = levels::held(conn, member).await? else { return Ok(None) };
    if row.role != Role::Member || row.standing != Standing::Active {
        return Ok(None);
    }
    let facts = levels::facts(conn, member, rules, now).await?;
    let held = judge(rules, &facts, row.held(), now);
    Ok(Some((row, held)))
}

/// Brings a member's level up to date inside a transaction that writes, and tells them if it is another one.
pub(in crate::service) async fn settle(
    conn: &mut SqliteConnection,
    rules: &LevelRules,
    now: Timestamp,
    member: MemberId,
) -> sqlx::Result<Option<Risen>> {
    let Some((row, held)) = look(conn, rules, now, member).await? else { return Ok(None) };
    if held == row.held() {
        return Ok(None);
    }
    let Ok(grant) = policy::allow(&Actor::Host, &SettleLevels) else { return Ok(None) };
    levels::set(conn, &grant, member, row.level, held, now).await?;
    if held.level == row.level {
        return Ok(None);
    }
    let kind = if held.level > row.level { NotificationKind::LevelUp } else { NotificationKind::LevelDown };
    let place = NotificationPlace::new(PlaceKind::Path, held.level as i64);
    let news = NewNotification { member, kind, place, actor: None, at: now };
    notifications::put(conn, &grant, &news).await?;
    Ok(Some(Risen { member, from: row.level, to: held.level }))
}

/// Brings one member's level up to date: a look by a reader first, so that nothing waits where nothing changes.
///
/// # Errors
/// When the database fails; nothing is changed then.
pub async fn settle_one(service: &Service, member: MemberId) -> sqlx::Result<Option<Risen>> {
    let rules = &service.settings().levels;
    let now = service.now();
    let mut read = service.store().begin_read().await?;
    let looked = look(&mut read, rules, now, member).await?;
    drop(read);
    if looked.is_none_or(|(row, held)| held == row.held()) {
        return Ok(None);
    }
    let mut write = service.store().begin_write().await?;
    let risen = settle(&mut write, rules, now, member).await?;
    write.commit().await?;
    for event in risen.into_iter().flat_map(Risen::events) {
        service.announce(event);
    }
    Ok(risen)
}

/// Brings everybody's level up to date, one member a transaction, and forgets the days that no rule asks for any more:
/// the nightly part.
///
/// # Errors
/// When the database fails; what was done stays done.
pub async fn settle_all(service: &Service) -> sqlx::Result<Vec<Risen>> {
    let mut read = service.store().begin_read().await?;
    let members = levels::to_settle(&mut read).await?;
    drop(read);
    let mut changes = Vec::new();
    for member in members {
        changes.extend(settle_one(service, member).await?);
        tokio::task::yield_now().await;
    }
    let oldest = levels::day_of(service.now()) - service.settings().levels.regular_days;
    let mut write = service.store().begin_write().await?;
    levels::forget_days(&mut write, oldest).await?;
    write.commit().await?;
    Ok(changes)
}

/// Looks at the levels of those for whom something happened that can matter, a little later. Sleeps otherwise. What a
/// lag passes over is found at the next visit, or in the night.
pub async fn watch(service: &Service) {
    let mut events = service.listen();
    loop {
        let mut who = BTreeSet::new();
        match events.recv().await {
            Ok(event) => concerns(event, &mut who),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        if who.is_empty() {
            continue;
        }
        sleep(SETTLE_AFTER).await;
        loop {
            match events.try_recv() {
                Ok(event) => concerns(event, &mut who),
                Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        for concern in who {
            if let Err(cause) = settle_concern(service, concern).await {
                tracing::warn!(%cause, "a level could not be brought up to date; the night tries again");
            }
        }
    }
}

/// Whose level something can matter for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Concern {
    /// Whoever wrote a post and whom it speaks to.
    Post(crate::domain::ids::PostId, MemberId),
    /// Whoever read something: that counts for newcomers alone.
    Reader(MemberId),
}

fn concerns(event: DomainEvent, who: &mut BTreeSet<Concern>) {
    match event {
        DomainEvent::PostAdded { post, author, .. } => who.insert(Concern::Post(post, author)),
        DomainEvent::MarksChanged { member } => who.insert(Concern::Reader(member)),
        _ => false,
    };
}

async fn settle_concern(service: &Service, concern: Concern) -> sqlx::Result<()> {
    let mut read = service.store().begin_read().await?;
    let members = match concern {
        Concern::Post(post, author) => {
            let mut members = notifications::addressed_by(&mut read, post).await?;
            members.push(author);
            members
        }
        Concern::Reader(member) => {
            let held = levels::held(&mut read, member).await?;
            let grows = held.is_some_and(|row| row.level == Level::Newcomer);
            if grows { vec![member] } else { Vec::new() }
        }
    };
    drop(read);
    for member in members {
        settle_one(service, member).await?;
    }
    Ok(())
}
