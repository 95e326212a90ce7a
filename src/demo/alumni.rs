//! A cohort that is over: its board is an archive whose conversations were written by hand, and its people have a tag. It
//! is filled in with the posts themselves, for posts are read in the order in which they came.

use super::boards::Board;
use super::cast::DAY_S;
use super::fill::{Filler, id_of};
use super::plan::Plan;
use crate::domain::cohort::Weekday;
use crate::domain::ids::{BoardId, CohortId, MemberId, TagId, ThreadId};
use crate::domain::time::Timestamp;
use crate::store::bulk::{Bulk, CheckpointRow, CohortMemberRow, CohortRow, MemberTagRow, TagRow};

/// Its id.
pub const COHORT: CohortId = CohortId(1);
/// The board's name in commands; the tag's name follows from it.
const BOARD: &str = "valves-course";
/// Who was in it, by handle; the first looked after it, and two and two were buddies.
const PEOPLE: [&str; 6] = ["maud", "vikram", "hollis", "gethin", "jo", "saoirse"];
/// How long it took.
const WEEKS: usize = 4;

/// Writes it, where the place is large enough for its board, its people and all its threads.
///
/// # Errors
/// When the file cannot be written.
pub async fn write(
    bulk: &mut Bulk,
    plan: &Plan,
    boards: &[Board],
    filler: &Filler<'_>,
    now: Timestamp,
    tags: usize,
) -> sqlx::Result<()> {
    let Some(board) = boards.iter().position(|board| board.slug == BOARD) else { return Ok(()) };
    let found = |handle: &str| filler.people.iter().position(|person| person.handle.as_str() == handle);
    let people: Vec<MemberId> = PEOPLE.iter().filter_map(|handle| found(handle)).map(member).collect();
    let threads: Vec<(usize, i64)> = (0..)
        .zip(&plan.threads)
        .filter(|(_, thread)| thread.board == board)
        .filter_map(|(index, thread)| Some((index, plan.scripts[thread.script?].posts[0].age)))
        .collect();
    let all = threads.len() == WEEKS + 1;
    let (true, true, Some((_, first)), Some((_, last))) =
        (all, people.len() == PEOPLE.len(), threads.first(), threads.last())
    else {
        return Ok(());
    };
    let midnight = |age: i64| {
        let at = now.plus(-age).0;
        Timestamp(at - at.rem_euclid(DAY_S))
    };
    let (tag_id, starts_at, ends_at) = (TagId(id_of(tags)), midnight(*first), midnight(*last));
    let (board_id, made_at) = (BoardId(id_of(board)), starts_at.plus(-10 * DAY_S));
    let name = format!("alumni-{BOARD}");
    bulk.insert(&[TagRow { id: tag_id, name, made_by: people[0], made_at: now.plus(-last) }]).await?;
    bulk.insert(&[CohortRow {
        id: COHORT,
        name: boards[board].name.to_owned(),
        purpose: boards[board].purpose.to_owned(),
        host_id: people[0],
        board_id,
        tag_id,
        places: 8,
        weekday: Weekday::of(starts_at),
        starts_at,
        ends_at,
        seed: 1,
        made_at,
        started_at: now.plus(-first),
        ended_at: now.plus(-last),
    }])
    .await?;
    let part = |(pair, member_id): (i64, &MemberId)| {
        let (joined_at, pair) = (made_at.plus(DAY_S), pair / 2);
        CohortMemberRow { cohort_id: COHORT, member_id: *member_id, joined_at, pair }
    };
    bulk.insert(&(2..).zip(&people).map(part).collect::<Vec<_>>()).await?;
    let checkpoint = |(week, (thread, age)): (i64, &(usize, i64))| {
        let (opens_at, thread_id) = (midnight(*age), ThreadId(id_of(*thread)));
        CheckpointRow { cohort_id: COHORT, week, opens_at, thread_id }
    };
    let weeks = (1..).zip(threads.iter().take(WEEKS));
    bulk.insert(&weeks.map(checkpoint).collect::<Vec<_>>()).await?;
    let joined =
        |member_id: &MemberId| MemberTagRow { member_id: *member_id, tag_id, joined_at: now.plus(-last) };
    bulk.insert(&people.iter().map(joined).collect::<Vec<_>>()).await
}

fn member(index: usize) -> MemberId {
    MemberId(id_of(index))
}
