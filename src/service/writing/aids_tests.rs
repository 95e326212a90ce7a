//! What helps while one writes: notes, similar threads, templates (W5).
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::BoardId;
use crate::domain::note::{Note, QUIET_S};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent};
use crate::store::search;

struct Table {
    place: Place,
    alice: Caller,
    bob: Caller,
    board: BoardId,
    thread: ThreadId,
}

impl Table {
    /// A thread by bob, and alice, who has written two posts elsewhere.
    async fn new() -> Self {
        let place = Place::new().await;
        let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
        let board = place.board("general").await;
        for title in ["Elsewhere", "Elsewhere too"] {
            start(&place, &alice, board, title).await;
        }
        let thread = start(&place, &bob, board, "Kettles").await;
        Self { place, alice, bob, board, thread }
    }

    async fn reply(&self, who: &Caller) {
        let reply = WriteReply { thread: self.thread, reply_to: None, body: "Tea.".to_owned() };
        self.place.call(who, reply).await.unwrap();
    }

    /// The notes that a composer gets for a post in the thread.
    async fn notes(&self) -> Vec<NoteWords> {
        let target = DraftTarget::Reply(self.thread);
        self.place.call(&self.alice, PrepareWriting { target, answers: None }).await.unwrap().notes
    }

    async fn kinds(&self) -> Vec<Note> {
        self.notes().await.into_iter().map(|note| note.note).collect()
    }

    async fn meet(&self) {
        let notes = self.notes().await.into_iter().map(|note| (note.note, note.about)).collect();
        self.place.call(&self.alice, MeetNotes { notes }).await.unwrap();
    }
}

async fn start(place: &Place, who: &Caller, board: BoardId, title: &str) -> ThreadId {
    let start = StartThread { board, title: title.to_owned(), body: "Which one?".to_owned() };
    place.call(who, start).await.unwrap().thread
}

#[tokio::test]
async fn w5_the_first_two_posts_each_come_with_a_line_once() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let board = place.board("general").await;
    let ask = || PrepareWriting { target: DraftTarget::Board(board), answers: None };
    for nth in ["post:1", "post:2"] {
        let notes = place.call(&alice, ask()).await.unwrap().notes;
        assert_eq!(notes.iter().map(|note| note.about.as_str()).collect::<Vec<_>>(), [nth]);
        let notes = notes.into_iter().map(|note| (note.note, note.about)).collect();
        place.call(&alice, MeetNotes { notes }).await.unwrap();
        assert_eq!(place.call(&alice, ask()).await.unwrap().notes, [], "once");
        start(&place, &alice, board, "Hello").await;
    }
    assert_eq!(place.call(&alice, ask()).await.unwrap().notes, []);
}

#[tokio::test]
async fn w5_a_quiet_thread_is_said_at_180_days_to_the_second() {
    let table = Table::new().await;
    table.place.clock.advance(QUIET_S - 1);
    assert_eq!(table.kinds().await, []);
    table.place.clock.advance(1);
    assert_eq!(table.kinds().await, [Note::Quiet]);
    table.meet().await;
    assert_eq!(table.kinds().await, [], "once for this draft");
}

#[tokio::test]
async fn w5_the_third_turn_in_a_row_is_said() {
    let table = Table::new().await;
    table.reply(&table.alice).await;
    assert_eq!(table.kinds().await, [], "it would be the second");
    table.reply(&table.alice).await;
    assert_eq!(table.kinds().await, [Note::Turns]);
    table.reply(&table.bob).await;
    assert_eq!(table.kinds().await, [], "bob had a turn");
}

#[tokio::test]
async fn w5_a_thread_that_is_mostly_ones_own_is_said_above_40_percent() {
    let table = Table::new().await;
    // Bob began: 6 of bob's and 4 of alice's are ten, of which 40 % are hers.
    for _ in 0..4 {
        table.reply(&table.alice).await;
        table.reply(&table.bob).await;
    }
    table.reply(&table.bob).await;
    assert_eq!(table.kinds().await, []);
    table.reply(&table.alice).await;
    assert_eq!(table.kinds().await, [Note::Share], "5 of 11");
    table.meet().await;
    table.reply(&table.bob).await;
    table.reply(&table.alice).await;
    assert_eq!(table.kinds().await, [], "once for this thread");
    let target = DraftTarget::Reply(table.thread);
    let his = table.place.call(&table.bob, PrepareWriting { target, answers: None }).await.unwrap();
    assert!(his.notes.iter().any(|note| note.note == Note::Share), "each meets it for themselves");
}

/// They are words beside a text, never a refusal.
#[tokio::test]
async fn notes_never_block() {
    let table = Table::new().await;
    for _ in 0..12 {
        table.reply(&table.alice).await;
    }
    assert_eq!(table.kinds().await, [Note::Turns, Note::Share]);
    table.reply(&table.alice).await;
}

#[tokio::test]
async fn what_is_met_is_only_what_this_hob_gives_out() {
    let table = Table::new().await;
    let notes = vec![(Note::Turns, "x".repeat(10_000)), (Note::Turns, "nonsense".to_owned())];
    table.place.call(&table.alice, MeetNotes { notes }).await.unwrap();
    table.reply(&table.alice).await;
    table.reply(&table.alice).await;
    assert_eq!(table.kinds().await, [Note::Turns]);
    let guest = Caller::GUEST;
    assert!(table.place.call(&guest, MeetNotes { notes: Vec::new() }).await.is_err());
}

async fn index(place: &Place) {
    let mut write = place.service.store().begin_write().await.unwrap();
    search::index_waiting(&mut write, 100).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn w5_similar_threads_are_found_by_their_titles_where_they_are_shown() {
    let table = Table::new().await;
    let staff = table.place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let mo = table.place.moderator("mo").await;
    start(&table.place, &mo, staff, "Secret kettles").await;
    start(&table.place, &table.bob, table.board, "Green kettles and where to find them").await;
    index(&table.place).await;
    let ask = |who: Caller, title: &str| {
        let request = SimilarThreads { title: title.to_owned() };
        let place = &table.place;
        async move {
            let found = place.call(&who, request).await.unwrap();
            found.into_iter().map(|thread| thread.title).collect::<Vec<_>>()
        }
    };
    let green = "Green kettles and where to find them";
    assert_eq!(ask(table.alice.clone(), "My green kettles").await, [green, "Kettles"], "the best first");
    assert!(ask(mo.clone(), "kettles").await.contains(&"Secret kettles".to_owned()));
    assert!(ask(table.alice.clone(), "Which one").await.is_empty(), "texts do not count");
    assert!(ask(table.alice.clone(), "\"a\" OR (").await.is_empty());
    states_remove(&table, green).await;
    assert_eq!(ask(table.alice.clone(), "green kettles").await, ["Kettles"]);
    let guest = Caller::GUEST;
    let asked = SimilarThreads { title: "kettles".to_owned() };
    assert!(table.place.call(&guest, asked).await.is_err());
}

async fn states_remove(table: &Table, title: &str) {
    let found = SimilarThreads { title: title.to_owned() };
    let found = table.place.call(&table.alice, found).await.unwrap();
    crate::store::testing::remove_thread(table.place.service.store(), found[0].thread).await;
}

#[tokio::test]
async fn a_template_is_set_by_those_who_look_after_the_board_and_offered_to_all() {
    let mut table = Table::new().await;
    let board = table.board;
    let set = |body: &str| SetTemplate { board, body: body.to_owned() };
    let refused = table.place.call(&table.alice, set("**What**")).await.unwrap_err();
    assert!(matches!(refused, crate::service::Error::Denied(_)), "{refused}");
    let mo = table.place.moderator("mo").await;
    let target = DraftTarget::of(Form::Template(board));
    let draft =
        SaveDraft { target: target.clone(), title: String::new(), body: "half".to_owned(), reply_to: None };
    table.place.call(&mo, draft).await.unwrap();
    let long = "x".repeat(TEMPLATE_LEN_MAX + 1);
    assert!(table.place.call(&mo, set(&long)).await.is_err());
    let kept = LoadDraft { target: target.clone() };
    assert!(table.place.call(&mo, kept.clone()).await.unwrap().is_some(), "a refusal drops nothing (W2)");
    table.place.published();
    table.place.call(&mo, set("**What**\n\n\x07**Why**\n")).await.unwrap();
    assert_eq!(table.place.published(), [DomainEvent::BoardsChanged]);
    assert_eq!(table.place.call(&mo, kept).await.unwrap(), None);
    let new = PrepareWriting { target: DraftTarget::Board(board), answers: None };
    let text = table.place.call(&table.alice, new).await.unwrap().text;
    assert_eq!(text, "**What**\n\n**Why**");
    let edit = |who: Caller| {
        let (target, place) = (target.clone(), &table.place);
        async move { place.call(&who, PrepareWriting { target, answers: None }).await.unwrap() }
    };
    assert_eq!(edit(mo.clone()).await.refusal, None);
    assert!(edit(table.alice.clone()).await.refusal.is_some());
    table.place.call(&mo, set("")).await.unwrap();
    assert_eq!(edit(mo).await.text, "");
    let nowhere = SetTemplate { board: BoardId(99), body: String::new() };
    assert!(table.place.call(&table.alice, nowhere).await.is_err());
}
