//! Background work: bringing posts into the search index, moving the write-ahead log into the file, letting fade what
//! fades, and what is done once a night. It sleeps until something was written, or looks in now and then; a place where
//! nothing happens does nothing.

mod abandoned;
mod retention;
#[cfg(test)]
mod retention_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::cases::KeepJuries;
use super::cohorts::keep_cohorts;
use super::console::{back_up, count_down};
use super::dues::tell_dues;
use super::levels;
use super::mine::CarryOutLeaving;
use super::roles::keep_terms;
use super::rooms::SettleKeep;
use super::settings::DAY_S;
use super::waitlist::{KeepSeats, MoveLine};
use super::{Caller, DomainEvent, Service, Who};
use crate::domain::room::{LINE_LIVES_S, WALL_LIVES_S};
use crate::domain::time::Timestamp;
use crate::store::{leaving, reading, rooms, search, upkeep, waitlist, wall};

/// How long after a post the index is brought up to date: posts that come together are indexed together.
const INDEX_AFTER: Duration = Duration::from_secs(1);
/// Posts indexed in one transaction; each takes under a millisecond, and members' writes wait meanwhile.
const INDEX_AT_ONCE: i64 = 20;
/// How often the log is looked at. Marks and drafts fill it without an event.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);
/// How often the ban list is read for what the host changed.
const BANS_LOOKED_AT_EVERY: Duration = Duration::from_secs(60);
/// How often what fades is looked for. It is hidden to the second; only its text waits for this.
const FADE_EVERY: Duration = Duration::from_secs(600);
/// How often the line for a seat is looked at besides: the governor's week ends without an event.
const LINE_LOOKED_AT_EVERY: Duration = Duration::from_secs(600);
/// Frames (pages of 4 KiB) from which a fully moved log is emptied: 16 MiB.
const TRUNCATE_FROM_FRAMES: i64 = 4_096;

/// When a night begins, in seconds after midnight UTC: half past three, when fewest people of most places are here.
const NIGHT_AT_S: i64 = 3 * 3_600 + 30 * 60;
/// How often it is looked whether a night has begun. The host's clock may be set, so it is never slept for longer.
const NIGHT_LOOKED_FOR_EVERY: Duration = Duration::from_secs(15 * 60);
/// The task's name in the database.
const NIGHTLY: &str = "nightly";
/// Members whose floors are raised: those who were here in the last two days, so that a night that was missed is made
/// up for.
const FLOORS_FOR_SEEN_S: i64 = 2 * DAY_S;

/// Runs until `stop` says that the server goes down.
pub async fn run(service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let work = async {
        tokio::join!(
            index(&service),
            checkpoint(&service),
            live(&service),
            count_down(&service),
            keep_bans(&service),
            nights(&service),
            levels::watch(&service),
            line_moves(&service)
        );
    };
    tokio::select! {
        () = work => {}
        // An error means that the server's own handle is gone: it stops too.
        _ = stop.wait_for(|stop| *stop) => {}
    }
}

async fn index(service: &Service) {
    let mut events = service.listen();
    loop {
        if let Err(cause) = index_all(service).await {
            tracing::warn!(%cause, "posts could not be brought into the search index; trying again later");
            sleep(CHECKPOINT_EVERY).await;
            continue;
        }
        loop {
            match events.recv().await {
                Ok(
                    DomainEvent::PostAdded { .. }
                    | DomainEvent::PostChanged { .. }
                    | DomainEvent::ThreadChanged { .. },
                )
                | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
        sleep(INDEX_AFTER).await;
    }
}

/// Indexes everything that waits, a short transaction at a time.
///
/// # Errors
/// When the index cannot be written; what was indexed before stays.
pub async fn index_all(service: &Service) -> sqlx::Result<()> {
    loop {
        let mut write = service.store().begin_write().await?;
        let done = search::index_waiting(&mut write, INDEX_AT_ONCE).await?;
        write.commit().await?;
        if done == 0 {
            return Ok(());
        }
        tokio::task::yield_now().await;
    }
}

/// Lets fade what fades, and settles what waited for answers: now and then, and as soon as somebody has answered.
async fn live(service: &Service) {
    let mut events = service.listen();
    loop {
        if let Err(cause) = live_once(service).await {
            tracing::warn!(%cause, "old lines could not be forgotten; trying again later");
        }
        let answered = async {
            loop {
                match events.recv().await {
                    Ok(DomainEvent::RoomChanged { .. }) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    // Nobody is left who could answer: the time alone brings something.
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        // However it ended, it is time to look.
        let _ = timeout(FADE_EVERY, answered).await;
    }
}

/// Ends the suspensions whose time is over, settles the proposals to keep lines that can be settled, then forgets the lines
/// in rooms and on the wall that have faded. They are not shown any more in any case; this gives up the text.
///
/// # Errors
/// When it cannot be read or written; what is done stays done.
pub async fn live_once(service: &Service) -> sqlx::Result<()> {
    let now = service.now();
    let (wall_before, room_before) = (now.plus(-WALL_LIVES_S), now.plus(-LINE_LIVES_S));
    let mut read = service.store().begin_read().await?;
    let over = upkeep::is_a_suspension_over(&mut read, now).await?;
    let due = rooms::due_keeps(&mut read, now).await?;
    drop(read);
    if over {
        end_suspensions(service, now).await?;
    }
    for keep in due {
        let proposer = Caller { who: Who::Member(keep.proposed_by), ..Caller::GUEST };
        if let Err(why) = service.call(&proposer, SettleKeep { keep: keep.id }).await {
            tracing::info!(%why, "lines could not be kept yet; trying again later");
        }
    }
    let mut read = service.store().begin_read().await?;
    let faded =
        wall::has_faded(&mut read, wall_before).await? || rooms::forgets_any(&mut read, room_before).await?;
    drop(read);
    if faded {
        let mut write = service.store().begin_write().await?;
        wall::forget(&mut write, wall_before).await?;
        rooms::forget(&mut write, room_before).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Until then only what looks at the time, as every request of theirs does, takes them for active.
async fn end_suspensions(service: &Service, now: Timestamp) -> sqlx::Result<()> {
    let mut write = service.store().begin_write().await?;
    let active = upkeep::end_suspensions(&mut write, now).await?;
    write.commit().await?;
    active.into_iter().for_each(|member| service.announce(DomainEvent::MemberChanged { member }));
    Ok(())
}

/// Moves the line for a seat whenever something may have made room: somebody left, or grew, or a week is over (D7).
async fn line_moves(service: &Service) {
    let mut events = service.listen();
    loop {
        if let Err(why) = move_line(service).await {
            tracing::warn!(%why, "the line for a seat could not be moved; trying again later");
        }
        let may_have_room = async {
            loop {
                match events.recv().await {
                    Ok(DomainEvent::MemberChanged { .. }) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        let _ = timeout(LINE_LOOKED_AT_EVERY, may_have_room).await;
    }
}

/// Moves the line for a seat, if there is one; a place where nobody waits only looks.
///
/// # Errors
/// When the database fails.
pub async fn move_line(service: &Service) -> super::Result<()> {
    let mut read = service.store().begin_read().await?;
    let anybody = waitlist::is_anybody_waiting(&mut read).await?;
    drop(read);
    if anybody {
        service.call(&Caller::host(), MoveLine).await?;
    }
    Ok(())
}

async fn checkpoint(service: &Service) {
    let mut connection = match service.store().connect_for_upkeep().await {
        Ok(connection) => connection,
        Err(cause) => {
            tracing::error!(%cause, "no connection for checkpoints; the log will grow until the next start");
            return;
        }
    };
    let mut events = service.listen();
    loop {
        // Soon after something happened, and now and then in any case. A lag only says that much happened.
        let _ = timeout(CHECKPOINT_EVERY, events.recv()).await;
        sleep(INDEX_AFTER).await;
        events = events.resubscribe();
        let moved = async {
            let (frames, moved) = upkeep::checkpoint(&mut connection).await?;
            if frames >= TRUNCATE_FROM_FRAMES && frames == moved {
                upkeep::checkpoint_and_truncate(&mut connection).await?;
            }
            Ok::<(), sqlx::Error>(())
        };
        if let Err(cause) = moved.await {
            tracing::warn!(%cause, "the write-ahead log could not be moved into the file; trying again");
        }
    }
}

/// Takes up the ban list now and then: somebody on the host may have lifted a ban by which they were locked out.
async fn keep_bans(service: &Service) {
    loop {
        sleep(BANS_LOOKED_AT_EVERY).await;
        if let Err(cause) = service.take_up_bans().await {
            tracing::warn!(%cause, "the ban list could not be read; the one before holds");
        }
    }
}

async fn nights(service: &Service) {
    loop {
        match nightly(service).await {
            // What went wrong is logged there; the console says it as well.
            Ok(true) => drop(back_up(service).await),
            Ok(false) => {}
            Err(cause) => tracing::warn!(%cause, "the nightly upkeep failed; trying again later"),
        }
        sleep(NIGHT_LOOKED_FOR_EVERY).await;
    }
}

/// Does what is done once a night, if a night has begun since it was done last. True when it was done. A new place
/// only notes the time: there is nothing to look after yet.
///
/// # Errors
/// When the database fails; what was done before stays, and all of it is tried again.
pub async fn nightly(service: &Service) -> sqlx::Result<bool> {
    let now = service.now();
    let mut read = service.store().begin_read().await?;
    let last = upkeep::last_run(&mut read, NIGHTLY).await?;
    drop(read);
    // A clock that was ahead and has been set back must not keep the nights away.
    let due = last.is_none_or(|last| last > now || night_of(last) < night_of(now));
    if !due {
        return Ok(false);
    }
    if last.is_some() {
        raise_floors(service, now).await?;
        levels::settle_all(service).await?;
        let_go(service, now).await?;
        if let Err(why) = keep_terms(service).await {
            tracing::warn!(%why, "terms in roles could not be looked after; trying again tomorrow");
        }
        if let Err(why) = keep_cohorts(service).await {
            tracing::warn!(%why, "cohorts could not be looked after; trying again next night");
        }
        if let Err(why) = tell_dues(service).await {
            tracing::warn!(%why, "dues could not be looked after; trying again next night");
        }
        retention::forget(service, now).await?;
        abandoned::forget(service, now).await?;
        if let Err(why) = service.call(&Caller::host(), KeepJuries).await {
            tracing::warn!(%why, "juries could not be looked after; trying again tomorrow");
        }
        if let Err(why) = service.call(&Caller::host(), KeepSeats).await {
            tracing::warn!(%why, "seats could not be looked after; trying again tomorrow");
        }
    }
    let mut write = service.store().begin_write().await?;
    upkeep::note_run(&mut write, NIGHTLY, now).await?;
    write.commit().await?;
    Ok(last.is_some())
}

/// The number of the night that a moment belongs to.
fn night_of(at: Timestamp) -> i64 {
    (at.0 - NIGHT_AT_S).div_euclid(DAY_S)
}

/// Raises the floors of those who were here, one member a transaction: members' writes wait no longer than for another
/// member's.
async fn raise_floors(service: &Service, now: Timestamp) -> sqlx::Result<()> {
    let mut read = service.store().begin_read().await?;
    let members = upkeep::seen_since(&mut read, now.plus(-FLOORS_FOR_SEEN_S)).await?;
    drop(read);
    for member in members {
        let mut write = service.store().begin_write().await?;
        reading::raise_floors(&mut write, member).await?;
        write.commit().await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Carries out what those have chosen whose week to change their mind is over (W6). One that fails waits for the next
/// night and keeps nobody else.
async fn let_go(service: &Service, now: Timestamp) -> sqlx::Result<()> {
    let mut read = service.store().begin_read().await?;
    let due = leaving::due(&mut read, now).await?;
    drop(read);
    for row in due {
        let member = row.member_id;
        if let Err(why) = service.call(&Caller::host(), CarryOutLeaving { member }).await {
            tracing::warn!(%member, %why, "a member's leaving could not be carried out; trying again next night");
        }
    }
    Ok(())
}
