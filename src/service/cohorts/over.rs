//! How a cohort ends: called off before it began, or over, with its board as an archive and its people as a tag.

use super::make::slug;
use super::{record, tell};
use crate::domain::ids::{BoardId, TagId};
use crate::domain::member::Origin;
use crate::domain::notification::NotificationKind;
use crate::domain::policy::{Action, Grant, KeepCohorts, StartThread};
use crate::domain::tag::TAG_CHARS_MAX;
use crate::domain::time::{Zone, date};
use crate::service::{Cx, DomainEvent, Error, Result, Writes};
use crate::store::boards::{self, BoardRow};
use crate::store::cohort_checkpoints;
use crate::store::cohorts::{self, CohortRow};
use crate::store::tags;
use crate::store::writing::{self, NewThread, Written};

/// What the names of these tags begin with.
const ALUMNI: &str = "alumni-";

async fn board_of(cx: &mut Cx<'_, Writes>, board: BoardId) -> Result<BoardRow> {
    boards::get(cx.conn(), board).await?.ok_or(Error::NotFound("board"))
}

/// Starts a thread in a cohort's board in the name of whoever looks after it. The program writes it.
pub(super) async fn announce(
    cx: &mut Cx<'_, Writes>,
    cohort: &CohortRow,
    title: &str,
    body: &str,
) -> Result<Written> {
    let (now, board) = (cx.now, board_of(cx, cohort.board_id).await?);
    let grant = cx.allow(&StartThread { board: board.facts() })?;
    let author = cohort.host_id;
    let new = NewThread { board: board.id, author, title, body, origin: Origin::Machine };
    let written = writing::insert_thread(cx.conn(), &grant, now, new).await?;
    let (thread, post) = (written.thread_id, written.post_id);
    cx.publish(DomainEvent::PostAdded { board: board.id, thread, post, author });
    Ok(written)
}

async fn archive<A: Action>(cx: &mut Cx<'_, Writes>, grant: &Grant<A>, board: BoardId) -> Result<()> {
    let mut board = board_of(cx, board).await?;
    board.archived = true;
    boards::update(cx.conn(), grant, &board).await?;
    // Nobody writes in it any more: what only its own people could do is nobody's to do, and its number is free.
    if board.facts().is_open_circle() {
        boards::leave_circle(cx.conn(), grant, board.id).await?;
    }
    cx.publish(DomainEvent::BoardsChanged);
    Ok(())
}

/// Calls it off.
pub(super) async fn call_off<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    cohort: &CohortRow,
) -> Result<()> {
    let now = cx.now;
    cohorts::call_off(cx.conn(), grant, now, cohort.id).await?;
    archive(cx, grant, cohort.board_id).await?;
    for person in cohorts::people(cx.conn(), cohort.id).await? {
        tell(cx, grant, person.member_id, NotificationKind::CohortOff, cohort.id).await?;
    }
    record(cx, "cohort.off", cohort.id, &cohort.name).await
}

/// Ends it: a last thread, the archive, the tag.
pub(super) async fn end(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<KeepCohorts>,
    cohort: &CohortRow,
) -> Result<()> {
    let now = cx.now;
    let (tag, name) = make_tag(cx, grant, cohort).await?;
    let utc = Zone::utc();
    let opened = cohort_checkpoints::list(cx.conn(), cohort.id).await?;
    let opened = opened.iter().filter(|checkpoint| checkpoint.thread_id.is_some()).count();
    let people = if cohort.people == 1 { "1 person".to_owned() } else { format!("{} people", cohort.people) };
    let body = format!(
        "This was {}, from {} to {}: {people}, {opened} checkpoints.\n\nFrom now on this board is an archive. All of it \
         can be read, and nothing is added. Whoever was in it to the end has the tag #{name}, and finds the others by \
         it.\n\nThank you for the time that you gave each other.",
        cohort.name,
        date(cohort.starts_at, &utc),
        date(cohort.ends_at.plus(-1), &utc),
    );
    announce(cx, cohort, &format!("{} is over", cohort.name), &body).await?;
    cohorts::end(cx.conn(), grant, now, cohort.id, tag).await?;
    archive(cx, grant, cohort.board_id).await?;
    for person in cohorts::people(cx.conn(), cohort.id).await? {
        tell(cx, grant, person.member_id, NotificationKind::CohortOver, cohort.id).await?;
        cx.publish(DomainEvent::MemberChanged { member: person.member_id });
    }
    record(cx, "cohort.end", cohort.id, &cohort.name).await
}

/// A tag of a name that nobody has used: `alumni-` and the cohort's name.
async fn make_tag(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<KeepCohorts>,
    cohort: &CohortRow,
) -> Result<(TagId, String)> {
    let (now, slug) = (cx.now, slug(&cohort.name));
    for number in 1.. {
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        let room = TAG_CHARS_MAX - ALUMNI.len() - end.len();
        let middle: String = slug.chars().take(room).collect();
        let name = format!("{ALUMNI}{}{end}", middle.trim_end_matches('-'));
        let free =
            tags::id_of(cx.conn(), &name).await?.is_none() && !tags::is_taken_away(cx.conn(), &name).await?;
        if free {
            let tag = tags::insert(cx.conn(), grant, cohort.host_id, now, &name).await?;
            tags::describe_new(cx.conn(), grant, tag, &format!("Those who were in {}", cohort.name)).await?;
            return Ok((tag, name));
        }
    }
    Err(Error::conflict("No name was free for the tag."))
}
