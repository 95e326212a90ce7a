//! How far everybody has read: all that was there at their last visit, but for a little; what came since is unread.

use super::cast::{DAY_S, Person};
use super::dice::Dice;
use super::fill::id_of;
use super::plan::Plan;
use crate::domain::ids::{BoardId, MemberId, PostId, ThreadId};
use crate::store::bulk::{BoardChoiceRow, Bulk, FloorRow, MarkRow, SettingRow};

/// For a new member everything older than this counts as read (PRODUCT.md section 5 of the defaults: two weeks).
const BACKLOG_S: i64 = 14 * DAY_S;
/// From this many threads on nobody reads all of them.
const THREADS_ALL_READ: usize = 2_000;
/// Rows collected before they are written.
const BATCH: usize = 8_192;

/// The moments of each thread's posts, oldest first, in one row.
struct Ages {
    /// Where each thread's ages begin, and the end.
    starts: Vec<usize>,
    ages: Vec<i64>,
}

impl Ages {
    fn new(plan: &Plan) -> Self {
        let mut starts = vec![0; plan.threads.len() + 1];
        for moment in &plan.moments {
            starts[moment.thread + 1] += 1;
        }
        for thread in 1..starts.len() {
            starts[thread] += starts[thread - 1];
        }
        let (mut next, mut ages) = (starts.clone(), vec![0; plan.moments.len()]);
        for moment in &plan.moments {
            ages[next[moment.thread]] = moment.age;
            next[moment.thread] += 1;
        }
        Self { starts, ages }
    }

    fn of(&self, thread: usize) -> &[i64] {
        &self.ages[self.starts[thread]..self.starts[thread + 1]]
    }
}

/// Writes floors, marks and choices for everybody.
///
/// # Errors
/// When the file cannot be written.
pub async fn write(
    bulk: &mut Bulk,
    plan: &Plan,
    boards: usize,
    people: &[Person],
    seed: u64,
) -> sqlx::Result<()> {
    let mut dice = Dice::new(seed, 6);
    let ages = Ages::new(plan);
    let unread_of_hundred = if plan.threads.len() > THREADS_ALL_READ { 60 } else { 8 };
    let (mut marks, mut floors) = (Vec::new(), Vec::new());
    let (mut muted, mut settings) = (Vec::new(), Vec::new());
    for (index, person) in people.iter().enumerate() {
        let member_id = MemberId(id_of(index));
        let floor = (person.last_seen + dice.between(8, 20) * DAY_S).min(person.joined + BACKLOG_S);
        let upto_post = PostId(id_of(plan.moments.partition_point(|moment| moment.age >= floor)) - 1);
        floors.extend((0..boards).map(|board| FloorRow {
            member_id,
            board_id: BoardId(id_of(board)),
            upto_post,
        }));
        for thread in 0..plan.threads.len() {
            let posts = ages.of(thread);
            if posts.last().is_none_or(|last| *last >= floor) {
                continue; // All of it lies below the floor.
            }
            let seen = posts.partition_point(|age| *age >= person.last_seen);
            let below = posts.partition_point(|age| *age >= floor);
            if seen <= below || dice.percent(unread_of_hundred) {
                continue;
            }
            // Now and then somebody stopped in the middle.
            let stopped = if dice.percent(8) { dice.below(seen - below) } else { 0 };
            let last_no = id_of(seen - stopped) - 1;
            marks.push(MarkRow { member_id, thread_id: ThreadId(id_of(thread)), last_no });
        }
        if marks.len() >= BATCH {
            bulk.insert(&marks).await?;
            marks.clear();
        }
        if boards > 3 && dice.percent(20) {
            let board_id = BoardId(id_of(dice.below(boards)));
            muted.push(BoardChoiceRow { member_id, board_id, choice: "muted" });
        }
        if dice.percent(5) {
            settings.push(SettingRow { member_id, name: "hide_last_seen", value: "yes" });
        }
    }
    bulk.insert(&marks).await?;
    bulk.insert(&floors).await?;
    bulk.insert(&muted).await?;
    bulk.insert(&settings).await
}
