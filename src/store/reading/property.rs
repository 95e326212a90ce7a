//! R3: whatever members read, mark, mute, move and write, every count of what is unread is the same number: the sum
//! of the boards, the sum of the thread lists, what home lists, what Space walks, and what a simple model says.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::board::{BoardChoice, ThreadChoice};
use crate::domain::ids::{BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::Origin;
use crate::domain::time::Timestamp;
use crate::store::shelf::{FIRST_AT, Shelf, clearance, keep_marks, reply};
use crate::store::writing::{self, NewPost};
use crate::store::{boards, cuts, threads};

const BOARDS: usize = 3;
const THREADS: usize = 7;

/// Something that happens. Numbers are taken modulo what there is.
#[derive(Clone, Copy, Debug)]
enum Step {
    Post {
        thread: usize,
        addressed: bool,
    },
    Own {
        thread: usize,
    },
    Read {
        thread: usize,
        no: i64,
    },
    Hold {
        thread: usize,
        from: i64,
    },
    HoldUndone {
        thread: usize,
        from: i64,
        raised: bool,
    },
    /// As of a list that was made some posts ago.
    MarkBoard {
        board: usize,
        ago: i64,
        undone: bool,
    },
    Floors {
        at: i64,
    },
    Raise,
    ChooseThread {
        thread: usize,
        choice: Option<ThreadChoice>,
    },
    MuteBoard {
        board: usize,
        muted: bool,
    },
    Remove {
        thread: usize,
        removed: bool,
    },
    Move {
        thread: usize,
        board: usize,
    },
    /// One thread is merged into another of its board; its undo follows what is done in between.
    Merge {
        thread: usize,
        into: usize,
        between: Between,
    },
}

/// What the reader does while threads are merged.
#[derive(Clone, Copy, Debug)]
enum Between {
    Nothing,
    MarkBoard,
    ReadAll,
}

fn step() -> impl Strategy<Value = Step> {
    let thread = || 0..THREADS;
    let board = || 0..BOARDS;
    let choice = prop::sample::select(vec![None, Some(ThreadChoice::Followed), Some(ThreadChoice::Muted)]);
    let between = prop::sample::select(vec![Between::Nothing, Between::MarkBoard, Between::ReadAll]);
    prop_oneof![
        8 => (thread(), any::<bool>()).prop_map(|(thread, addressed)| Step::Post { thread, addressed }),
        2 => thread().prop_map(|thread| Step::Own { thread }),
        6 => (thread(), 0..12_i64).prop_map(|(thread, no)| Step::Read { thread, no }),
        3 => (thread(), 0..12_i64).prop_map(|(thread, from)| Step::Hold { thread, from }),
        2 => (thread(), 0..12_i64, any::<bool>())
            .prop_map(|(thread, from, raised)| Step::HoldUndone { thread, from, raised }),
        2 => (board(), 0..4_i64, any::<bool>())
            .prop_map(|(board, ago, undone)| Step::MarkBoard { board, ago, undone }),
        1 => (0..40_i64).prop_map(|at| Step::Floors { at }),
        1 => Just(Step::Raise),
        2 => (thread(), choice).prop_map(|(thread, choice)| Step::ChooseThread { thread, choice }),
        1 => (board(), any::<bool>()).prop_map(|(board, muted)| Step::MuteBoard { board, muted }),
        1 => (thread(), any::<bool>()).prop_map(|(thread, removed)| Step::Remove { thread, removed }),
        2 => (thread(), board()).prop_map(|(thread, board)| Step::Move { thread, board }),
        2 => (thread(), thread(), between)
            .prop_map(|(thread, into, between)| Step::Merge { thread, into, between }),
    ]
}

/// What one member has not read, kept in the plainest way: each thread's unread numbers.
#[derive(Clone, Debug, Default)]
struct Model {
    /// By thread: its board, its posts' ids in order, the unread numbers, whether muted, whether removed.
    threads: BTreeMap<ThreadId, ModelThread>,
    muted_boards: BTreeMap<BoardId, bool>,
}

#[derive(Clone, Debug)]
struct ModelThread {
    board: BoardId,
    posts: Vec<PostId>,
    /// Read up to this number.
    read_to: usize,
    muted: bool,
    removed: bool,
}

impl Model {
    fn counted(&self) -> BTreeMap<ThreadId, (BoardId, usize)> {
        let open = self.threads.iter().filter(|(_, t)| {
            !t.muted && !t.removed && !self.muted_boards.get(&t.board).copied().unwrap_or(false)
        });
        let unread = open.map(|(id, t)| (*id, (t.board, t.posts.len() - t.read_to)));
        unread.filter(|(_, (_, count))| *count > 0).collect()
    }
}

struct World {
    shelf: Shelf,
    reader: MemberId,
    writer: MemberId,
    boards: Vec<BoardId>,
    threads: Vec<ThreadId>,
    model: Model,
}

impl World {
    async fn new() -> Self {
        let mut shelf = Shelf::new().await;
        let reader = shelf.member("alice").await;
        let writer = shelf.member("bob").await;
        let (mut boards, mut threads, mut model) = (Vec::new(), Vec::new(), Model::default());
        for name in ["a", "b", "c"] {
            boards.push(shelf.board(name).await);
        }
        for index in 0..THREADS {
            let board = boards[index % BOARDS];
            let thread = shelf.thread(board, writer, "t").await;
            let (first, _) = shelf.post(thread, writer, "first").await;
            threads.push(thread);
            let posts = vec![first];
            model
                .threads
                .insert(thread, ModelThread { board, posts, read_to: 0, muted: false, removed: false });
        }
        Self { shelf, reader, writer, boards, threads, model }
    }

    async fn step(&mut self, step: Step) {
        let (grant, reader) = (keep_marks(), self.reader);
        match step {
            Step::Post { thread, addressed } => {
                let id = self.threads[thread];
                let (post, _) = self.shelf.post(id, self.writer, "words").await;
                if addressed {
                    self.shelf.address(reader, post, "reply").await;
                }
                self.model.threads.get_mut(&id).unwrap().posts.push(post);
            }
            Step::Own { thread } => {
                let id = self.threads[thread];
                let (now, new) = (Timestamp(FIRST_AT), own_post(id, reader));
                let written = writing::insert_post(&mut self.shelf.conn, &reply(), now, new).await.unwrap();
                let t = self.model.threads.get_mut(&id).unwrap();
                if t.read_to == t.posts.len() {
                    t.read_to += 1;
                }
                t.posts.push(written.post_id);
            }
            Step::Read { thread, no } => {
                let id = self.threads[thread];
                mark_read(&mut self.shelf.conn, &grant, reader, id, PostNo(no)).await.unwrap();
                let t = self.model.threads.get_mut(&id).unwrap();
                t.read_to = t.read_to.max(usize::try_from(no).unwrap().min(t.posts.len()));
            }
            Step::Hold { thread, from } => {
                let id = self.threads[thread];
                let t = self.model.threads.get_mut(&id).unwrap();
                let from = from.min(i64::try_from(t.posts.len()).unwrap());
                hold(&mut self.shelf.conn, &grant, reader, id, PostNo(from)).await.unwrap();
                t.read_to = usize::try_from((from - 1).max(0)).unwrap();
            }
            Step::HoldUndone { thread, from, raised } => self.hold_and_undo(thread, from, raised).await,
            Step::MarkBoard { board, ago, undone } => self.mark_board(self.boards[board], ago, undone).await,
            Step::Floors { at } => {
                set_floors(&mut self.shelf.conn, reader, Timestamp(FIRST_AT + 60 * at)).await.unwrap();
                // The floor holds for threads that are not held; which those are is the marks' own business.
                self.read_the_model_afresh().await;
            }
            Step::Raise => raise_floors(&mut self.shelf.conn, reader).await.unwrap(),
            Step::ChooseThread { thread, choice } => {
                self.shelf.choose(reader, self.threads[thread], choice).await;
                self.model.threads.get_mut(&self.threads[thread]).unwrap().muted =
                    choice == Some(ThreadChoice::Muted);
            }
            Step::MuteBoard { board, muted } => {
                let choice = if muted { BoardChoice::Muted } else { BoardChoice::Subscribed };
                boards::choose(&mut self.shelf.conn, &grant, reader, self.boards[board], choice)
                    .await
                    .unwrap();
                self.model.muted_boards.insert(self.boards[board], muted);
            }
            Step::Remove { thread, removed } => {
                let id = self.threads[thread];
                self.shelf.run(&format!("UPDATE thread SET removed = {removed} WHERE id = {id}")).await;
                self.model.threads.get_mut(&id).unwrap().removed = removed;
            }
            Step::Move { thread, board } => {
                let (id, to) = (self.threads[thread], self.boards[board]);
                keep_over_move(&mut self.shelf.conn, id, to).await.unwrap();
                self.shelf.run(&format!("UPDATE thread SET board_id = {to} WHERE id = {id}")).await;
                self.model.threads.get_mut(&id).unwrap().board = to;
            }
            Step::Merge { thread, into, between } => {
                self.merge_and_undo(self.threads[thread], self.threads[into], between).await
            }
        }
    }

    async fn hold_and_undo(&mut self, thread: usize, from: i64, raised: bool) {
        let (grant, reader, id) = (keep_marks(), self.reader, self.threads[thread]);
        let before = hold(&mut self.shelf.conn, &grant, reader, id, PostNo(from)).await.unwrap();
        if raised {
            raise_floors(&mut self.shelf.conn, reader).await.unwrap();
        }
        restore_mark(&mut self.shelf.conn, &grant, reader, id, before).await.unwrap();
        // A floor that was raised past the held thread holds for it again.
        self.read_the_model_afresh().await;
    }

    async fn merge_and_undo(&mut self, from: ThreadId, into: ThreadId, between: Between) {
        if from == into || self.model.threads[&from].board != self.model.threads[&into].board {
            return;
        }
        let act = self.shelf.merge(from, into, self.writer).await;
        match between {
            Between::Nothing => {}
            Between::MarkBoard => self.mark_board(self.model.threads[&into].board, 0, false).await,
            Between::ReadAll => {
                let all = PostNo(i64::MAX);
                mark_read(&mut self.shelf.conn, &keep_marks(), self.reader, into, all).await.unwrap();
                for thread in [from, into] {
                    let t = self.model.threads.get_mut(&thread).unwrap();
                    t.read_to = t.posts.len();
                }
            }
        }
        cuts::put_back(&mut self.shelf.conn, act).await.unwrap();
    }

    async fn mark_board(&mut self, board: BoardId, ago: i64, undone: bool) {
        let (grant, reader) = (keep_marks(), self.reader);
        let newest = PostId(newest_post(&mut self.shelf.conn).await.unwrap().0 - ago);
        let before = mark_board_read(&mut self.shelf.conn, &grant, reader, board, newest).await.unwrap();
        // Floors never go down, not even by a list that is older than the floor.
        let upto = newest.max(before.floor.unwrap_or(PostId(0)));
        if undone {
            restore_board(&mut self.shelf.conn, &grant, reader, board, &before).await.unwrap();
        } else {
            for t in self.model.threads.values_mut().filter(|t| t.board == board) {
                t.read_to = t.read_to.max(t.posts.iter().filter(|post| **post <= upto).count());
            }
        }
    }

    /// After new floors the model asks the one-thread rule, which has tests of its own.
    async fn read_the_model_afresh(&mut self) {
        for (id, t) in &mut self.model.threads {
            let upto = read_to(&mut self.shelf.conn, self.reader, *id).await.unwrap();
            assert!(usize::try_from(upto.0).unwrap() >= t.read_to, "floors only go up");
            t.read_to = usize::try_from(upto.0).unwrap();
        }
    }

    async fn check(&mut self) {
        let expected = self.model.counted();
        let total: usize = expected.values().map(|(_, count)| count).sum();

        let rows = unread(&mut self.shelf.conn, self.reader, clearance()).await.unwrap();
        for board in self.boards.clone() {
            let of_board = expected.values().filter(|(home, _)| *home == board);
            let (threads, posts) = of_board.fold((0, 0), |sum, (_, count)| (sum.0 + 1, sum.1 + count));
            let row = rows.iter().find(|row| row.board_id == board);
            let found = row.map_or((0, 0), |row| (row.threads, row.posts));
            assert_eq!(found, (threads, i64::try_from(posts).unwrap()), "board {board}");
            self.check_list(board, posts).await;
        }
        self.check_marks().await;
        let newest = newest(&mut self.shelf.conn, self.reader, clearance(), 99).await.unwrap();
        let followed = followed(&mut self.shelf.conn, self.reader, clearance(), 99).await.unwrap();
        let listed: i64 = newest.iter().chain(&followed).map(|row| row.unread).sum();
        assert_eq!(listed, i64::try_from(total).unwrap(), "home's lists");
        let all = by_board(&mut self.shelf.conn, self.reader, clearance(), 99).await.unwrap();
        let found: BTreeMap<_, _> = all.iter().map(|row| (row.id, (row.board_id, row.unread))).collect();
        let unread = |(id, (board, count)): (&ThreadId, &(BoardId, usize))| {
            (*id, (*board, i64::try_from(*count).unwrap()))
        };
        assert_eq!(found, expected.iter().map(unread).collect(), "the list of all that is unread");
        assert_eq!(found.len(), all.len(), "each thread once");
        self.check_walk(expected).await;
    }

    /// No mark lies below its board's floor, but those that are held.
    async fn check_marks(&mut self) {
        let below: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM read_thread AS mark JOIN thread ON thread.id = mark.thread_id
               JOIN read_board AS floor USING (member_id, board_id)
              WHERE mark.held = 0 AND EXISTS (SELECT 1 FROM post WHERE post.thread_id = thread.id
                                                 AND post.no > mark.last_no AND post.id <= floor.upto_post)",
        )
        .fetch_one(&mut *self.shelf.conn)
        .await
        .unwrap();
        assert_eq!(below, 0, "marks below the floor");
    }

    /// A thread list shows exactly what the board counts.
    async fn check_list(&mut self, board: BoardId, posts: usize) {
        let list =
            threads::list(&mut self.shelf.conn, Some(self.reader), board, false, None, 99).await.unwrap();
        let muted = self.model.muted_boards.get(&board).copied().unwrap_or(false);
        let counted = list.iter().filter(|row| !muted && row.choice != Some(ThreadChoice::Muted));
        let sum: i64 = counted.map(|row| row.thread.post_count - row.read_to).sum();
        assert_eq!(sum, i64::try_from(posts).unwrap(), "the list of board {board}");
    }

    /// Space meets every unread thread once, and every one at its first unread post. Nothing is kept of the walk.
    async fn check_walk(&mut self, mut expected: BTreeMap<ThreadId, (BoardId, usize)>) {
        let mut skipped = Vec::new();
        while let Some(next) =
            next(&mut self.shelf.conn, self.reader, clearance(), &skipped, &[]).await.unwrap()
        {
            let (board, count) = expected.remove(&next.thread).expect("an unread thread, once");
            let t = &self.model.threads[&next.thread];
            assert_eq!((next.board, next.no.0), (board, i64::try_from(t.posts.len() - count + 1).unwrap()));
            skipped.push(next.thread);
        }
        assert!(expected.is_empty(), "Space never showed {expected:?}");
    }
}

/// What a member writes themselves, by the statements that do it for everybody.
fn own_post(thread: ThreadId, author: MemberId) -> NewPost<'static> {
    NewPost { thread, author, reply_to: None, body: "mine", origin: Origin::Human }
}

proptest! {
    // Each case is a database and up to 40 steps, all counts after each: 0.4 s. 400 cases were run once.
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn r3_all_counts_are_one_number(steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for step in steps {
                world.step(step).await;
                world.check().await;
            }
        });
    }
}
