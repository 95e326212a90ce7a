//! Writing through the door, against a real database file (W1 to W3; PRODUCT.md section 5).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, MemberId, PostNo};
use crate::domain::member::{Level, Role};
use crate::domain::post::{BODY_LEN_MAX, TITLE_CHARS_MAX};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::testing::{NOON, Place};
use crate::service::{Caller, DomainEvent, Request, Who};
use crate::store::testing as states;

/// A community with a board, a thread on it by bob, and alice, who writes.
struct Table {
    place: Place,
    alice: Caller,
    bob: Caller,
    board: BoardId,
    thread: ThreadId,
}

impl Table {
    async fn new() -> Self {
        Self::with(Level::Regular).await
    }

    async fn with(level: Level) -> Self {
        let mut place = Place::new().await;
        let alice = place.member("alice", level, Role::Member).await;
        let bob = place.regular("bob").await;
        let board = place.board("general").await;
        let thread = place.call(&bob, thread_on(board)).await.unwrap().thread;
        place.published();
        Self { place, alice, bob, board, thread }
    }

    fn reply(&self, body: &str) -> WriteReply {
        WriteReply { thread: self.thread, reply_to: None, body: body.to_owned() }
    }

    async fn write(&self, who: &Caller, body: &str) -> Result<Posted> {
        self.place.call(who, self.reply(body)).await
    }

    async fn keep_draft(&self, target: &DraftTarget) {
        let draft = SaveDraft {
            target: target.clone(),
            title: "my title".to_owned(),
            body: "my words".to_owned(),
            reply_to: None,
        };
        self.place.call(&self.alice, draft).await.unwrap();
    }

    async fn draft(&self, target: DraftTarget) -> Option<String> {
        self.place.call(&self.alice, LoadDraft { target }).await.unwrap().map(|draft| draft.body)
    }

    async fn posts(&self) -> i64 {
        let store = self.place.service.store();
        states::posts(store).await
    }
}

fn thread_on(board: BoardId) -> StartThread {
    StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() }
}

fn id(caller: &Caller) -> MemberId {
    match caller.who {
        Who::Member(id) => id,
        _ => panic!("not a member"),
    }
}

fn wait_of<T: std::fmt::Debug>(result: Result<T>) -> i64 {
    match result.unwrap_err() {
        Error::TooSoon { wait_s, .. } => wait_s,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_reply_is_numbered_published_and_takes_its_draft_along() {
    let mut table = Table::new().await;
    let target = DraftTarget::Reply(table.thread);
    table.keep_draft(&target).await;
    let posted = table.write(&table.alice, "The **green** one.\u{202e}").await.unwrap();
    assert_eq!((posted.board, posted.thread, posted.no), (table.board, table.thread, PostNo(2)));
    let author = id(&table.alice);
    let event =
        DomainEvent::PostAdded { board: table.board, thread: table.thread, post: posted.post, author };
    assert_eq!(table.place.published(), [event]);
    assert_eq!(table.draft(target).await, None);
    let prepared = prepare(&table, &table.alice, DraftTarget::Edit(table.thread, posted.no), None).await;
    assert_eq!(prepared.text, "The **green** one.");
}

#[tokio::test]
async fn a_thread_starts_with_a_clean_title_and_takes_its_draft_along() {
    let mut table = Table::new().await;
    table.keep_draft(&DraftTarget::Board(table.board)).await;
    let request = StartThread { title: " \x1b[31mGreen\nkettles ".to_owned(), ..thread_on(table.board) };
    let posted = table.place.call(&table.alice, request).await.unwrap();
    assert_eq!(posted.no, PostNo(1));
    assert_ne!(posted.thread, table.thread);
    assert_eq!(table.place.published().len(), 1);
    assert_eq!(table.draft(DraftTarget::Board(table.board)).await, None);
    let target = DraftTarget::Reply(posted.thread);
    assert_eq!(prepare(&table, &table.bob, target, None).await.thread, "Green kettles");
}

async fn prepare(table: &Table, who: &Caller, target: DraftTarget, answers: Option<PostNo>) -> Prepared {
    table.place.call(who, PrepareWriting { target, answers }).await.unwrap()
}

/// Every way in which a post can be refused; the words of the refusal contain the second part.
async fn refuse(table: &Table, how: &str) -> (Error, &'static str) {
    let store = table.place.service.store();
    let alice = &table.alice;
    let mut body = "Hello.".to_owned();
    let words = match how {
        "locked" => {
            states::lock(store, table.thread).await;
            "locked"
        }
        "archived" => {
            states::archive(store, table.board).await;
            "archived"
        }
        "removed" => {
            states::remove_thread(store, table.thread).await;
            "no such thread"
        }
        "suspended" => {
            states::suspend(store, id(alice), NOON.plus(60)).await;
            "suspended"
        }
        "slow" => {
            table.write(alice, "One.").await.unwrap();
            states::slow(store, table.thread, 300).await;
            table.keep_draft(&DraftTarget::Reply(table.thread)).await;
            "one post every 5 minutes"
        }
        "too long" => {
            body = "x".repeat(BODY_LEN_MAX + 1);
            "65537 bytes"
        }
        "empty" => {
            body = " \u{200b}\n".to_owned();
            "no text yet"
        }
        "disk full" => {
            states::fill_disk(store).await;
            body = "x".repeat(BODY_LEN_MAX);
            "disk is full"
        }
        _ => panic!("{how}"),
    };
    (table.write(alice, &body).await.unwrap_err(), words)
}

/// W2: never dropped by any refusal.
#[tokio::test]
async fn no_refusal_takes_a_draft_or_writes_or_publishes_anything() {
    for how in ["locked", "archived", "removed", "suspended", "slow", "too long", "empty", "disk full"] {
        let mut table = Table::new().await;
        let target = DraftTarget::Reply(table.thread);
        table.keep_draft(&target).await;
        let before = table.posts().await + i64::from(how == "slow");
        let (error, words) = refuse(&table, how).await;
        assert!(error.to_string().contains(words), "{how}: {error}");
        assert_eq!(table.posts().await, before, "{how}");
        assert_eq!(table.draft(target.clone()).await.as_deref(), Some("my words"), "{how}");
        let published = table.place.published();
        assert_eq!(published.len(), usize::from(how == "slow"), "{how}: {published:?}");
        // The composer opens it again, and says beforehand why it would be refused.
        let prepared = prepare(&table, &table.alice, target, None).await;
        assert_eq!(prepared.draft.unwrap().body, "my words", "{how}");
        let says = prepared.refusal.unwrap_or_default();
        let knows = ["locked", "archived", "removed", "suspended"].contains(&how);
        assert_eq!(says.contains(words), knows, "{how}: {says}");
    }
}

#[tokio::test]
async fn a_thread_without_a_title_keeps_its_draft_too() {
    let table = Table::new().await;
    table.keep_draft(&DraftTarget::Board(table.board)).await;
    for (title, words) in [("\u{7}", "Give the thread a title"), (&*"x".repeat(TITLE_CHARS_MAX + 1), "121")] {
        let request = StartThread { title: title.to_owned(), ..thread_on(table.board) };
        let error = table.place.call(&table.alice, request).await.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(table.draft(DraftTarget::Board(table.board)).await.is_some());
    assert_eq!(table.posts().await, 1);
}

#[tokio::test]
async fn what_cannot_be_seen_is_refused_in_the_words_for_what_is_not_there() {
    let table = Table::new().await;
    let staff_board = table.place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let moderator = table.place.moderator("mo").await;
    let hidden = table.place.call(&moderator, thread_on(staff_board)).await.unwrap().thread;
    let words = |error: Error| error.to_string();
    let alice = &table.alice;
    for thread in [hidden, ThreadId(99)] {
        let (no, body) = (PostNo(1), "x".to_owned());
        let reply = WriteReply { thread, reply_to: None, body: body.clone() };
        let nothing = "There is no such thread here, or it is not shown to you.";
        assert_eq!(words(table.place.call(alice, reply).await.unwrap_err()), nothing);
        assert_eq!(words(table.place.call(alice, EditPost { thread, no, body }).await.unwrap_err()), nothing);
        assert_eq!(words(table.place.call(alice, DeletePost { thread, no }).await.unwrap_err()), nothing);
        assert_eq!(words(table.place.call(alice, UndeletePost { thread, no }).await.unwrap_err()), nothing);
        for target in [DraftTarget::Reply(thread), DraftTarget::Edit(thread, no)] {
            let prepared = prepare(&table, alice, target, Some(no)).await;
            assert_eq!(prepared, Prepared { refusal: Some(nothing.to_owned()), ..Prepared::default() });
        }
    }
    for board in [staff_board, BoardId(99)] {
        let nothing = "There is no such board here, or it is not shown to you.";
        assert_eq!(words(table.place.call(alice, thread_on(board)).await.unwrap_err()), nothing);
        let prepared = prepare(&table, alice, DraftTarget::Board(board), None).await;
        assert_eq!(prepared, Prepared { refusal: Some(nothing.to_owned()), ..Prepared::default() });
    }
}

#[tokio::test]
async fn the_text_to_edit_is_the_authors_alone_whatever_refuses_it() {
    let table = Table::new().await;
    let lobby = table.place.board_for("lobby", Audience::Guests, Audience::Members).await;
    let theirs = table.place.call(&table.bob, thread_on(lobby)).await.unwrap();
    let own = table.place.call(&table.alice, thread_on(lobby)).await.unwrap();
    table.place.suspend(&table.alice).await;
    for (posted, shown) in [(theirs, false), (own, true)] {
        let target = DraftTarget::Edit(posted.thread, posted.no);
        let prepared = prepare(&table, &table.alice, target, None).await;
        assert!(prepared.refusal.is_some_and(|words| words.contains("suspended")));
        assert_eq!(prepared.text.is_empty(), !shown);
    }
}

#[tokio::test]
async fn an_answer_names_a_post_that_is_there() {
    let table = Table::new().await;
    let answering = |no| WriteReply { reply_to: Some(PostNo(no)), ..table.reply("Yes, @bob, @nobody.") };
    let error = table.place.call(&table.alice, answering(7)).await.unwrap_err();
    assert_eq!(error.to_string(), "There is no such post to answer here, or it is not shown to you.");
    table.place.call(&table.alice, answering(1)).await.unwrap();
    let store = table.place.service.store();
    let to = states::addressed(store).await;
    assert_eq!(to, [(id(&table.bob), "reply".to_owned())], "answered and mentioned counts once");
}

/// PRODUCT.md section 5: 10 posts and 3 threads a day, 30 s between posts.
#[tokio::test]
async fn a_newcomer_pauses_between_posts() {
    let table = Table::with(Level::Newcomer).await;
    table.write(&table.alice, "One.").await.unwrap();
    table.place.clock.advance(29);
    assert_eq!(wait_of(table.write(&table.alice, "Two.").await), 1);
    let error = table.write(&table.alice, "Two.").await.unwrap_err();
    assert_eq!(error.to_string(), "Newcomers pause 30 seconds between two posts. You can go on in 1 second.");
    table.place.clock.advance(1);
    table.write(&table.alice, "Two.").await.unwrap();
    table.place.clock.advance(-3_600);
    assert_eq!(wait_of(table.write(&table.alice, "Three.").await), 30, "a clock set back is no prison");
}

#[tokio::test]
async fn a_newcomer_writes_ten_posts_a_day_and_the_eleventh_when_the_first_is_a_day_old() {
    let table = Table::with(Level::Newcomer).await;
    for _ in 0..10 {
        table.write(&table.alice, "Words.").await.unwrap();
        table.place.clock.advance(60);
    }
    assert_eq!(wait_of(table.write(&table.alice, "More.").await), 86_400 - 600);
    table.place.clock.advance(86_400 - 600);
    table.write(&table.alice, "More.").await.unwrap();
}

#[tokio::test]
async fn a_newcomer_starts_three_threads_a_day_and_may_still_answer() {
    let table = Table::with(Level::Newcomer).await;
    for _ in 0..3 {
        table.place.call(&table.alice, thread_on(table.board)).await.unwrap();
        table.place.clock.advance(60);
    }
    assert_eq!(wait_of(table.place.call(&table.alice, thread_on(table.board)).await), 86_400 - 180);
    table.write(&table.alice, "An answer.").await.unwrap();
}

#[tokio::test]
async fn members_and_staff_are_not_slowed_down() {
    for (level, role) in [(Level::Member, Role::Member), (Level::Newcomer, Role::Moderator)] {
        let table = Table::new().await;
        let carol = table.place.member("carol", level, role).await;
        for _ in 0..12 {
            table.write(&carol, "Words.").await.unwrap();
        }
        states::slow(table.place.service.store(), table.thread, 300).await;
        assert_eq!(table.write(&carol, "Words.").await.is_ok(), role == Role::Moderator);
        table.place.clock.advance(300);
        table.write(&carol, "Words.").await.unwrap();
    }
}

async fn edit(table: &Table, no: PostNo, body: &str) -> Result<Edited> {
    let request = EditPost { thread: table.thread, no, body: body.to_owned() };
    table.place.call(&table.alice, request).await
}

/// W3.
#[tokio::test]
async fn an_edit_is_silent_for_fifteen_minutes_and_marked_afterwards() {
    let mut table = Table::new().await;
    let posted = table.write(&table.alice, "Teh kettle.").await.unwrap();
    table.place.published();
    table.place.clock.advance(15 * 60);
    table.keep_draft(&DraftTarget::Edit(table.thread, posted.no)).await;
    assert_eq!(edit(&table, posted.no, "The kettle.").await.unwrap(), Edited::Silently);
    let event = DomainEvent::PostChanged { board: table.board, thread: table.thread, post: posted.post };
    assert_eq!(table.place.published(), [event]);
    assert_eq!(table.draft(DraftTarget::Edit(table.thread, posted.no)).await, None);
    table.place.clock.advance(1);
    assert_eq!(edit(&table, posted.no, "The kettle. ").await.unwrap(), Edited::Unchanged);
    assert_eq!(table.place.published(), []);
    assert_eq!(edit(&table, posted.no, "The pot.").await.unwrap(), Edited::Marked);
    let store = table.place.service.store();
    let (edited_at, before) = states::last_edit(store).await;
    assert_eq!((edited_at, before.as_str()), (NOON.plus(901), "The kettle."));
}

/// SAFETY.md: nobody fills the disk by editing.
#[tokio::test]
async fn marked_edits_of_one_post_are_bounded_by_the_day() {
    let table = Table::new().await;
    let no = table.write(&table.alice, "Words.").await.unwrap().no;
    table.place.clock.advance(60 * 60);
    let mut refused = None;
    for n in 0..40 {
        table.place.clock.advance(60);
        if let Err(why) = edit(&table, no, &format!("version {n}")).await {
            refused = Some((n, why));
            break;
        }
    }
    let (n, why) = refused.unwrap();
    assert!((30..=31).contains(&n) && matches!(why, Error::TooSoon { .. }), "{n}: {why}");
    table.place.clock.advance(24 * 60 * 60);
    edit(&table, no, "the next day").await.unwrap();
}

#[tokio::test]
async fn only_the_author_edits_and_deletes_and_a_refused_edit_keeps_its_draft() {
    let table = Table::new().await;
    let target = DraftTarget::Edit(table.thread, PostNo(1));
    table.keep_draft(&target).await;
    let words = "Only the author can do that.";
    assert_eq!(edit(&table, PostNo(1), "Mine now.").await.unwrap_err().to_string(), words);
    let delete = DeletePost { thread: table.thread, no: PostNo(1) };
    assert_eq!(table.place.call(&table.alice, delete).await.unwrap_err().to_string(), words);
    assert_eq!(table.draft(target.clone()).await.as_deref(), Some("my words"));
    let prepared = prepare(&table, &table.alice, target, None).await;
    assert_eq!((prepared.refusal.as_deref(), prepared.text.as_str()), (Some(words), ""));
}

#[tokio::test]
async fn an_edit_finds_those_it_mentions_now() {
    let table = Table::new().await;
    let posted = table.write(&table.alice, "Ask @bob.").await.unwrap();
    let store = table.place.service.store();
    let count = || async { states::addressed(store).await.len() };
    assert_eq!(count().await, 1);
    edit(&table, posted.no, "Ask somebody.").await.unwrap();
    assert_eq!(count().await, 0);
    edit(&table, posted.no, "Ask @Bob after all.").await.unwrap();
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn twenty_mentions_count_and_more_are_only_words() {
    let table = Table::new().await;
    let mut body = String::new();
    for n in 0..MENTIONS_MAX + 1 {
        table.place.regular(&format!("friend{n}")).await;
        body.push_str(&format!("@friend{n} "));
    }
    table.write(&table.alice, &body).await.unwrap();
    let store = table.place.service.store();
    assert_eq!(states::addressed(store).await.len(), 20);
}

/// W3: delete to a tombstone, undo for 10 minutes.
#[tokio::test]
async fn a_deleted_post_can_be_brought_back_for_ten_minutes() {
    let mut table = Table::new().await;
    let no = table.write(&table.alice, "Regret.").await.unwrap().no;
    let thread = table.thread;
    table.place.published();
    let deleted = table.place.call(&table.alice, DeletePost { thread, no }).await.unwrap();
    assert_eq!(deleted.undo_s, 600);
    assert!(matches!(table.place.published()[..], [DomainEvent::PostChanged { .. }]));
    let gone = "That post is no longer there.";
    assert_eq!(edit(&table, no, "x").await.unwrap_err().to_string(), gone);
    assert_eq!(again(&table, DeletePost { thread, no }).await, gone);
    table.place.clock.advance(600);
    table.place.call(&table.alice, UndeletePost { thread, no }).await.unwrap();
    assert_eq!(again(&table, UndeletePost { thread, no }).await, gone);
    table.place.call(&table.alice, DeletePost { thread, no }).await.unwrap();
    table.place.clock.advance(601);
    assert_eq!(again(&table, UndeletePost { thread, no }).await, "The time for undoing this is over.");
    let bobs = table.place.call(&table.bob, UndeletePost { thread, no }).await.unwrap_err();
    assert_eq!(bobs.to_string(), "Only the author can do that.");
}

async fn again<R: Request>(table: &Table, request: R) -> String {
    match table.place.call(&table.alice, request).await {
        Ok(_) => "nothing was refused".to_owned(),
        Err(why) => why.to_string(),
    }
}

#[tokio::test]
async fn a_composer_sees_what_it_answers_and_the_draft_knows_it_too() {
    let table = Table::new().await;
    let target = DraftTarget::Reply(table.thread);
    let answered =
        Answered { no: PostNo(1), author: "bob".to_owned(), body: Some("Which one?".to_owned()), at: NOON };
    let prepared = prepare(&table, &table.alice, target.clone(), Some(PostNo(1))).await;
    let expected = Prepared {
        board: "general".to_owned(),
        thread: "Kettles".to_owned(),
        answers: Some(answered.clone()),
        ..Prepared::default()
    };
    // Notes have tests of their own.
    assert_eq!(Prepared { notes: Vec::new(), ..prepared }, expected);
    let draft = SaveDraft {
        target: target.clone(),
        title: String::new(),
        body: "The green".to_owned(),
        reply_to: Some(PostNo(1)),
    };
    table.place.call(&table.alice, draft).await.unwrap();
    let prepared = prepare(&table, &table.alice, target.clone(), None).await;
    assert_eq!(prepared.answers, Some(answered));
    assert_eq!(prepared.draft.unwrap().body, "The green");
    let delete = DeletePost { thread: table.thread, no: PostNo(1) };
    table.place.call(&table.bob, delete).await.unwrap();
    let prepared = prepare(&table, &table.alice, target, None).await;
    assert_eq!(prepared.answers.unwrap().body, None, "a tombstone has no words");
}

#[tokio::test]
async fn a_handle_is_completed_for_members_only() {
    let table = Table::new().await;
    let ask = || CompleteHandle { prefix: "B".to_owned() };
    assert_eq!(table.place.call(&table.alice, ask()).await.unwrap(), ["bob"]);
    let guest = Caller::GUEST;
    assert!(table.place.call(&guest, ask()).await.is_err());
}

#[tokio::test]
async fn the_door_and_the_host_write_nothing() {
    let table = Table::new().await;
    for who in [Who::Guest, Who::Host] {
        let caller = Caller { who, ..Caller::GUEST };
        assert!(table.write(&caller, "Hello.").await.is_err());
        assert!(table.place.call(&caller, thread_on(table.board)).await.is_err());
        let target = DraftTarget::Reply(table.thread);
        assert!(table.place.call(&caller, PrepareWriting { target, answers: None }).await.is_err());
    }
    assert_eq!(table.posts().await, 1);
}
