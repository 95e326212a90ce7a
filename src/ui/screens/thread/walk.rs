//! Reading on (R4): what was shown is marked, the next unread thread takes this one's place, threads and boards can
//! be skipped for this walk. Nothing is ever marked that was not shown.

use std::collections::BTreeSet;

use super::acts::Undo;
use super::place::Paged;
use super::{Pending, Thread};
use crate::domain::ids::{BoardId, ConversationId, PostNo, TagId, ThreadId};
use crate::service::Answer;
use crate::service::reading::{MarkRead, NextThread, NextUnread, NextUnreadOfTag, NextUp, SeeAddressed};
use crate::service::threads::At;
use crate::ui::keys::Command;
use crate::ui::screen::{Effect, Ui};
use crate::ui::screens::next_up;

/// What is marked in the thread that is open.
#[derive(Default)]
pub(super) struct Marks {
    /// Read up to here, as far as it was asked for.
    read_to: PostNo0,
    /// Posts beyond that whose last line was shown.
    shown: BTreeSet<PostNo>,
    /// Posts to the member that were shown before what lies between: they are announced no longer.
    seen_ahead: BTreeSet<PostNo>,
    /// Marks on their way.
    asked: usize,
    /// One marked it unread: what is shown now no longer counts.
    pub(super) kept_unread: bool,
    /// A mark was taken back: where the marks stand is read from the next answer.
    pub(super) out_of_date: bool,
}

/// A post's number, or 0 for none.
type PostNo0 = i64;

impl Marks {
    /// Another thread.
    pub(super) fn begin(&mut self, read_to: PostNo) {
        self.read_to = read_to.0;
        self.shown.clear();
        self.seen_ahead.clear();
        self.kept_unread = false;
        self.out_of_date = false;
    }

    /// The last post up to which everything was shown, if that is further than was marked.
    fn advance(&mut self, ended: &[PostNo]) -> Option<PostNo> {
        if self.kept_unread {
            return None;
        }
        self.shown.extend(ended.iter().filter(|no| no.0 > self.read_to));
        let before = self.read_to;
        while self.shown.remove(&PostNo(self.read_to + 1)) {
            self.read_to += 1;
        }
        (self.read_to > before).then_some(PostNo(self.read_to))
    }
}

/// The tag among whose threads a walk stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithinTag {
    /// The tag.
    pub tag: TagId,
    /// Its name.
    pub name: String,
}

/// What this walk passes over.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) skipped_threads: Vec<ThreadId>,
    pub(super) skipped_boards: Vec<BoardId>,
    /// Conversations that were met and left unread.
    pub(super) skipped_conversations: Vec<ConversationId>,
    /// It stays among these threads.
    pub(super) within: Option<WithinTag>,
    /// "You are caught up" was said: the next Space goes back.
    caught_up: bool,
    /// Space waits until the marks on their way have arrived: the next thread depends on them.
    waits_for_marks: bool,
}

impl Walk {
    /// A walk that passes over some things already.
    pub(super) fn passing(over: NextUnread) -> Self {
        let NextUnread { skipped_threads, skipped_boards, skipped_conversations } = over;
        Self { skipped_threads, skipped_boards, skipped_conversations, ..Self::default() }
    }

    /// What asks for the next thing on it.
    fn next(&self) -> NextUnread {
        NextUnread {
            skipped_threads: self.skipped_threads.clone(),
            skipped_boards: self.skipped_boards.clone(),
            skipped_conversations: self.skipped_conversations.clone(),
        }
    }
}

impl Thread {
    /// The page was seen.
    pub(super) fn shown(&mut self, cx: &mut Ui<'_>) {
        self.unseen = false;
        if self.head.is_none() || !cx.look.actor().is_active() {
            return;
        }
        let (mut sheet, place) = self.sheet(cx.look);
        let ended = sheet.ended(place.top);
        if let Some(upto) = self.marks.advance(&ended) {
            self.marks.asked += 1;
            cx.call(MarkRead { thread: self.thread, upto });
        }
        for no in ended {
            let to_me = self.posts.get(no).is_some_and(|loaded| loaded.view.to_me);
            if to_me && no.0 > self.marks.read_to && self.marks.seen_ahead.insert(no) {
                cx.call(SeeAddressed { thread: self.thread, no });
            }
        }
    }

    /// Space: the rest of this thread, then the next one.
    pub(super) fn read_on(&mut self, cx: &mut Ui<'_>) {
        let (mut sheet, place) = self.sheet(cx.look);
        if sheet.page_on(place) == Paged::Moved {
            self.unseen = true;
            return self.moved(cx);
        }
        let loaded = self.posts.range().map_or(PostNo(0), |(_, last)| last);
        if self.head.as_ref().is_some_and(|head| loaded < head.last) {
            self.pending = Pending::More(Command::Next);
            return self.load(crate::service::posts::From::No(PostNo(loaded.0 + 1)), cx);
        }
        if std::mem::take(&mut self.walk.caught_up) {
            return cx.back();
        }
        self.next_thread(cx);
    }

    /// Looks for the next unread thread, once all marks are where they count.
    pub(super) fn next_thread(&mut self, cx: &mut Ui<'_>) {
        self.pending = Pending::Next;
        self.walk.waits_for_marks = self.marks.asked > 0;
        if !self.walk.waits_for_marks {
            let next = self.walk.next();
            match &self.walk.within {
                Some(WithinTag { tag, .. }) => {
                    let NextUnread { skipped_threads, skipped_boards, .. } = next;
                    cx.call(NextUnreadOfTag { tag: *tag, skipped_threads, skipped_boards });
                }
                None => cx.call(next),
            }
        }
    }

    /// Takes the answers that belong to the walk.
    pub(super) fn walk_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Result<(), Answer> {
        let answer = match answer.take::<MarkRead>() {
            Ok(result) => {
                self.marks.asked = self.marks.asked.saturating_sub(1);
                if let Err(why) = result {
                    cx.refuse(why);
                }
                if self.walk.waits_for_marks && self.marks.asked == 0 {
                    self.next_thread(cx);
                }
                return Ok(());
            }
            Err(other) => other,
        };
        let found = match answer.take::<NextUnreadOfTag>() {
            Ok(found) => found.map(|next| next.map(NextUp::Thread)),
            Err(other) => other.take::<NextUnread>()?,
        };
        match found {
            Ok(Some(NextUp::Thread(next))) => self.go_to(next, cx),
            Ok(Some(next)) => cx.effect(Effect::Swap(next_up(next, self.walk.next()))),
            Ok(None) => self.caught_up(cx),
            Err(why) => {
                self.pending = Pending::Nothing;
                cx.refuse(why);
            }
        }
        Ok(())
    }

    fn go_to(&mut self, next: NextThread, cx: &mut Ui<'_>) {
        self.walk.caught_up = false;
        // The same thread: something in it lies before what was shown, or came in since.
        let at = if next.thread == self.thread { At::Post(next.no) } else { At::FirstUnread };
        self.open(next.thread, at, cx);
    }

    fn caught_up(&mut self, cx: &mut Ui<'_>) {
        self.pending = Pending::Nothing;
        self.walk.caught_up = true;
        let skipped = self.walk.skipped_threads.len() + self.walk.skipped_boards.len();
        if let Some(within) = &self.walk.within {
            let but = if skipped > 0 { ", but for what you skipped" } else { "" };
            cx.good(format!("You are caught up with #{}{but}. Space leads back.", within.name));
        } else if skipped > 0 {
            cx.good("You are caught up, but for what you skipped: u goes back to it, Space leads back.");
        } else {
            cx.good("You are caught up. Space leads back to where you began.");
        }
    }

    /// Leaves this thread, or all of its board, unread for now and reads on.
    pub(super) fn skip(&mut self, whole_board: bool, cx: &mut Ui<'_>) {
        let Some(head) = &self.head else { return };
        let board = whole_board.then_some(head.board);
        match board {
            Some(board) => self.walk.skipped_boards.push(board),
            None => self.walk.skipped_threads.push(self.thread),
        }
        self.remember(Undo::Skip { thread: self.thread, at: self.place.chosen, board });
        self.next_thread(cx);
    }

    /// Takes back a skip and returns to where it was.
    pub(super) fn unskip(&mut self, thread: ThreadId, at: PostNo, board: Option<BoardId>, cx: &mut Ui<'_>) {
        match board {
            Some(board) => self.walk.skipped_boards.retain(|skipped| *skipped != board),
            None => self.walk.skipped_threads.retain(|skipped| *skipped != thread),
        }
        self.walk.caught_up = false;
        self.open(thread, At::Post(at), cx);
    }

    /// Whether this walk passes over the thread from now on: it was marked unread to be met another time.
    pub(super) fn pass_over(&mut self) {
        self.marks.kept_unread = true;
        if !self.walk.skipped_threads.contains(&self.thread) {
            self.walk.skipped_threads.push(self.thread);
        }
    }

    /// Takes back [`Self::pass_over`].
    pub(super) fn pass_no_longer(&mut self, thread: ThreadId) {
        self.walk.skipped_threads.retain(|skipped| *skipped != thread);
        if thread == self.thread {
            self.marks.kept_unread = false;
        }
    }
}
