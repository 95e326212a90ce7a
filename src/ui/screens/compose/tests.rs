//! The composer, by hand and through the door (W1, W2, W3).

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use super::*;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::ThreadId;
use crate::domain::policy::Denied;
use crate::domain::post::BODY_LEN_MAX;
use crate::service::drafts::{Draft, LoadDraft};
use crate::service::tags::CompleteTag;
use crate::service::testing::{Blocking, NOON};
use crate::service::writing::{Answered, EditPost, Edited, Posted, PrepareWriting, StartThread, WriteReply};
use crate::service::{Caller, Error};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{Harness, me};
use crate::ui::widgets::saver::SAVE_AFTER;

const THREAD: ThreadId = ThreadId(7);
const BOARD: BoardId = BoardId(3);
const REPLY: ComposeTarget = ComposeTarget::Reply { thread: THREAD, to: Some(PostNo(4)), quote: false };
const QUOTE: ComposeTarget = ComposeTarget::Reply { thread: THREAD, to: Some(PostNo(4)), quote: true };
const EDIT: ComposeTarget = ComposeTarget::Edit { thread: THREAD, no: PostNo(4) };

fn about() -> Prepared {
    let body =
        "Which kettle?\n\nI like **the green one**, because it sings.\n\n- loud\n- green\n- old\n- warm";
    Prepared {
        board: "General".to_owned(),
        thread: "Kettles".to_owned(),
        answers: Some(Answered {
            no: PostNo(4),
            author: "bob".to_owned(),
            body: Some(body.to_owned()),
            at: NOON.plus(-300),
        }),
        ..Prepared::default()
    }
}

fn draft(body: &str) -> Draft {
    Draft {
        title: String::new(),
        body: body.to_owned(),
        reply_to: Some(PostNo(4)),
        saved_at: NOON.plus(-300),
    }
}

/// A composer at a size, with what it asked for answered.
fn open_at(columns: u16, rows: u16, target: ComposeTarget, prepared: Prepared) -> Harness {
    let mut h = Harness::at(me("alice"), Capabilities::COMMON, columns, rows);
    h.forget().open(&Route::Compose(target));
    h.answer::<PrepareWriting>(|request| {
        assert_eq!(request.target, target.draft());
        Ok(prepared)
    });
    h
}

fn open(target: ComposeTarget, prepared: Prepared) -> Harness {
    open_at(80, 24, target, prepared)
}

fn posted(no: i64) -> Posted {
    Posted { board: BOARD, thread: THREAD, post: crate::domain::ids::PostId(1), no: PostNo(no) }
}

#[test]
fn a_reply_is_pleasant_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = open_at(columns, rows, REPLY, about());
        h.keys(
            "The green one, of course. It is the only one here that sings before it boils.<Enter><Enter>Bye.",
        );
        insta::assert_snapshot!(format!("reply_{columns}x{rows}"), h.screen());
    }
}

#[test]
fn a_new_thread_is_pleasant_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = open_at(columns, rows, ComposeTarget::NewThread(BOARD), about_board());
        h.keys("Kettles 日本<Enter>Which one?");
        insta::assert_snapshot!(format!("thread_{columns}x{rows}"), h.screen());
    }
}

fn about_board() -> Prepared {
    Prepared { board: "General".to_owned(), ..Prepared::default() }
}

#[test]
fn a_letter_changes_hardly_a_cell() {
    let mut h = open(REPLY, about());
    h.keys("The gree").ring(SAVE).answer::<SaveDraft>(|_| Ok(()));
    assert!(h.cells_changed_by("n") <= 2);
    h.keys(" o");
    assert!(h.cells_changed_by("n") <= 2);
}

/// W2: at most 2 s behind the fingers, and never two saves at a time.
#[test]
fn the_draft_follows_the_fingers() {
    assert!(SAVE_AFTER <= Duration::from_secs(1));
    let mut h = open(REPLY, about());
    assert_eq!(h.timers.len(), 0, "nothing was written yet");
    h.keys("The");
    assert_eq!(h.timers.len(), 1);
    h.ring(SAVE).keys(" green");
    assert_eq!(h.waiting(), ["save draft"]);
    h.answer::<SaveDraft>(|request| {
        let (target, body) = (DraftTarget::Reply(THREAD), "The".to_owned());
        let expected = SaveDraft { target, title: String::new(), body, reply_to: Some(PostNo(4)) };
        assert_eq!(*request, expected);
        Ok(())
    });
    assert!(h.screen().contains("draft kept"));
    h.ring(SAVE).answer::<SaveDraft>(|request| {
        assert_eq!(request.body, "The green");
        Ok(())
    });
    assert!(h.timers.iter().all(|(_, number)| *number != SAVE), "all is kept: nothing more to do");
}

#[test]
fn a_save_that_failed_or_is_never_answered_is_tried_again() {
    let mut h = open(REPLY, about());
    h.keys("words").ring(SAVE).answer::<SaveDraft>(|_| Err(Error::conflict("The server could not write.")));
    assert!(h.screen().contains("The draft is not kept yet."));
    h.keys("<Left>");
    assert!(h.screen().contains("draft not kept"));
    h.ring(SAVE);
    assert_eq!(h.waiting(), ["save draft"]);
    h.ring(GIVE_UP).ring(SAVE);
    assert_eq!(h.waiting(), ["save draft", "save draft"]);
}

#[test]
fn leaving_keeps_the_draft_and_says_so() {
    let mut h = open(REPLY, about());
    h.keys("words<Esc>");
    assert!(h.screen().contains("Keeping your draft"));
    h.answer::<SaveDraft>(|request| {
        assert_eq!(request.body, "words");
        Ok(())
    });
    assert!(h.screen().contains("Kept as a draft. g d lists"));
    assert_eq!(h.app.routes(), [Route::Home]);
}

#[test]
fn leaving_an_untouched_text_asks_nothing_and_keeps_nothing() {
    for (target, prepared) in
        [(REPLY, about()), (QUOTE, about()), (EDIT, Prepared { text: "As it is.".to_owned(), ..about() })]
    {
        let mut h = open(target, prepared);
        h.keys("<Left><Esc>");
        assert_eq!(h.app.routes(), [Route::Home], "{target:?}");
        assert!(h.waiting().iter().all(|name| *name != "save draft"));
    }
}

#[test]
fn esc_ends_a_selection_before_it_leaves() {
    let mut h = open(REPLY, about());
    h.keys("words<^G><Left><Left><Esc>!").ring(SAVE).answer::<SaveDraft>(|request| {
        assert_eq!(request.body, "wor!ds");
        Ok(())
    });
}

#[test]
fn a_text_that_is_untouched_again_is_no_draft() {
    let mut h = open(REPLY, about());
    h.keys("x").ring(SAVE).answer::<SaveDraft>(|_| Ok(()));
    h.keys("<Bksp>").ring(SAVE).answer::<SaveDraft>(|request| {
        assert_eq!((request.title.as_str(), request.body.as_str()), ("", ""), "which drops it");
        Ok(())
    });
    assert!(!h.screen().contains("draft kept"));
}

#[test]
fn leaving_waits_for_the_save_under_way_and_for_what_came_after() {
    let mut h = open(REPLY, about());
    h.keys("one").ring(SAVE).keys(" two<Esc>");
    assert_eq!(h.waiting(), ["save draft"]);
    h.answer::<SaveDraft>(|_| Ok(()));
    h.answer::<SaveDraft>(|request| {
        assert_eq!(request.body, "one two");
        Ok(())
    });
    assert_eq!(h.app.routes(), [Route::Home]);
}

#[test]
fn leaving_without_a_draft_that_cannot_be_kept_takes_a_second_word() {
    let mut h = open(REPLY, about());
    h.keys("words<Esc>").answer::<SaveDraft>(|_| Err(Error::conflict("The disk is full.")));
    let screen = h.screen();
    assert!(screen.contains("not kept yet. The disk is full.") && screen.contains("words"), "{screen}");
    h.keys("<Esc>");
    assert!(h.screen().contains("Leave and lose it?"));
    h.keys("n");
    assert!(h.screen().contains("words"));
    h.keys("<Esc>y");
    assert_eq!(h.app.routes(), [Route::Home]);
}

#[test]
fn a_draft_comes_back_with_what_it_answers_and_can_be_dropped() {
    let prepared = Prepared { draft: Some(draft("The green\n> quoted")), ..about() };
    let to_nothing = ComposeTarget::Reply { thread: THREAD, to: None, quote: false };
    let mut h = open(to_nothing, prepared);
    let screen = h.screen();
    assert!(screen.contains("Your draft from 5 min ago is back; ^X drops it."), "{screen}");
    assert!(screen.contains("The green") && screen.contains("bob"), "{screen}");
    h.keys("x<^S>").answer::<WriteReply>(|request| {
        assert_eq!(request.reply_to, Some(PostNo(4)));
        assert_eq!(request.body, "The green\n> quoted\n\nx", "what is typed below a quote is not quoted");
        Err(Denied::Locked.into())
    });
    h.keys("<^X>n");
    assert!(h.screen().contains("The green"));
    h.keys("<^X>y").answer::<DropDraft>(|request| {
        assert_eq!(request.target, DraftTarget::Reply(THREAD));
        Ok(true)
    });
    assert_eq!(h.app.routes(), [Route::Home]);
    assert!(h.screen().contains("The draft is gone."));
}

#[test]
fn dropping_waits_for_the_save_under_way() {
    let mut h = open(REPLY, about());
    h.keys("words").ring(SAVE).keys("<^X>y");
    assert_eq!(h.waiting(), ["save draft"]);
    h.answer::<SaveDraft>(|_| Ok(())).answer::<DropDraft>(|_| Ok(true));
    assert_eq!(h.app.routes(), [Route::Home]);
}

#[test]
fn a_quote_stands_above_the_cursor() {
    let mut h = open(QUOTE, about());
    h.keys("The green one.<^S>").answer::<WriteReply>(|request| {
        let quoted = "> Which kettle?\n>\n> I like **the green one**, because it sings.\n>\n> - loud\n> - green\n> - old\n> - warm";
        assert_eq!(request.body, format!("{quoted}\n\nThe green one."));
        Ok(posted(12))
    });
}

#[test]
fn a_quote_is_added_below_a_draft_that_waits_and_once_only() {
    let answers = Answered { body: Some("Tea?".to_owned()), ..about().answers.unwrap() };
    let prepared =
        |body: &str| Prepared { draft: Some(draft(body)), answers: Some(answers.clone()), ..about() };
    for (before, after) in [("mine", "mine\n\n> Tea?\n\nx"), ("> Tea?\n\nmine", "> Tea?\n\nminex")] {
        let mut h = open(QUOTE, prepared(before));
        h.keys("x<^S>").answer::<WriteReply>(|request| {
            assert_eq!(request.body, after);
            Ok(posted(12))
        });
    }
}

#[test]
fn sending_waits_and_a_second_press_sends_nothing() {
    let mut h = open(REPLY, about());
    h.keys("words<^S><^S>");
    assert_eq!(h.waiting(), ["write reply"]);
    assert!(h.screen().contains("Sending"));
    h.answer::<WriteReply>(|_| Ok(posted(12)));
    assert_eq!(h.app.routes(), [Route::Home]);
    assert!(h.waiting().iter().all(|name| *name != "write reply"));
}

#[test]
fn what_was_sent_is_said_where_one_was() {
    let mut h = open(REPLY, about());
    h.keys("words<^S>").answer::<WriteReply>(|_| Ok(posted(12)));
    assert!(h.screen().contains("Posted as 12."));
    for (edited, words) in [
        (Edited::Unchanged, "Nothing was changed."),
        (Edited::Silently, "Changed."),
        (Edited::Marked, "Changed, and marked as edited."),
    ] {
        let mut h = open(EDIT, Prepared { text: "As it is".to_owned(), ..about() });
        h.keys(" now.<^S>").answer::<EditPost>(|request| {
            assert_eq!((request.no, request.body.as_str()), (PostNo(4), "As it is now."));
            Ok(edited)
        });
        assert!(h.screen().contains(words));
    }
}

#[test]
fn a_new_thread_is_opened_in_place_of_the_composer() {
    let mut h = open(ComposeTarget::NewThread(BOARD), about_board());
    h.keys("Kettles<Tab>Which one?<^S>").answer::<StartThread>(|request| {
        let (title, body) = ("Kettles".to_owned(), "Which one?".to_owned());
        assert_eq!(*request, StartThread { board: BOARD, title, body });
        Ok(posted(1))
    });
    let routes = h.app.routes();
    assert!(!routes.iter().any(|route| matches!(route, Route::Compose(_))), "{routes:?}");
}

#[test]
fn sending_waits_for_the_save_under_way_or_the_draft_would_come_back() {
    let mut h = open(REPLY, about());
    h.keys("words").ring(SAVE).keys("<^S>");
    assert_eq!(h.waiting(), ["save draft"]);
    h.answer::<SaveDraft>(|_| Err(Error::conflict("The disk is full.")));
    h.answer::<WriteReply>(|_| Ok(posted(12)));
    assert_eq!(h.app.routes(), [Route::Home], "the post is what counts");
}

#[test]
fn a_refusal_is_read_whole_also_on_a_small_screen() {
    let mut h = open_at(40, 12, REPLY, about());
    h.keys("my words<^S>").answer::<WriteReply>(|_| {
        Err(Error::TooSoon { what: "Newcomers pause 30 seconds between two posts.".to_owned(), wait_s: 12 })
    });
    let screen = h.screen();
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = "Newcomers pause 30 seconds between two posts. You can go on in 12 seconds. Your text is kept.";
    assert!(words.contains(all) && words.contains("my words"), "{screen}");
    h.keys("!");
    assert!(!h.screen().contains("Newcomers"), "it goes with the next key");
    h.ring(SAVE).answer::<SaveDraft>(|request| {
        assert_eq!(request.body, "my words!");
        Ok(())
    });
}

/// L3: whoever may not begin with everybody hears it before the first word, at every size.
#[test]
fn l3_newcomers_are_told_before_they_write() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let prepared = Prepared { refusal: Some(Denied::AnswersOnly.to_string()), ..Prepared::default() };
        let mut h = open_at(columns, rows, ComposeTarget::NewConversation, prepared);
        let words = h.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&Denied::AnswersOnly.to_string()), "{words}");
        h.keys("moss<Tab>May I ask you?");
        assert!(h.screen().contains("May I ask you?"), "a moderator who is here can be asked");
    }
}

#[test]
fn what_could_not_be_loaded_is_not_written_over() {
    let mut h = Harness::member("alice");
    h.forget().open(&Route::Compose(REPLY));
    h.answer::<PrepareWriting>(|_| Err(Error::conflict("The disk is on fire.")));
    assert!(h.screen().contains("The disk is on fire."));
    h.keys("xyz");
    assert!(h.waiting().is_empty() && h.timers.is_empty());
    h.keys("<Esc>");
    assert_eq!(h.app.routes(), [Route::Home]);
}

#[test]
fn the_title_is_one_key_above_the_text() {
    let mut h = open(ComposeTarget::NewThread(BOARD), about_board());
    h.keys("Ab<Down>text<Up>c<Enter>!<S-Tab>d<Tab>?<^S>").answer::<StartThread>(|request| {
        assert_eq!((request.title.as_str(), request.body.as_str()), ("Abcd", "text!?"));
        Err(Denied::Archived.into())
    });
    h.keys("<S-Tab>");
    h.paste(&"x".repeat(TITLE_CHARS_MAX));
    assert!(h.screen().contains("A title has at most 120 characters; nothing was put in."));
}

#[test]
fn a_text_that_is_too_long_says_by_how_much() {
    let mut h = open(REPLY, about());
    h.paste(&"x".repeat(50_000));
    assert!(h.screen().contains("48.8 of 64 KiB"));
    h.paste(&"x".repeat(BODY_LEN_MAX - 50_000 + 7));
    assert!(h.screen().contains("7 bytes too long for one post"));
    h.paste(&"x".repeat(DRAFT_LEN_MAX));
    let screen = h.screen();
    assert!(screen.contains("Nothing was put in: it is 65543 bytes more than can be kept here."), "{screen}");
}

#[test]
fn the_preview_shows_what_readers_will_see_and_leads_back() {
    let mut h = open(REPLY, about());
    h.keys("**very** green");
    let before = h.screen();
    h.keys("<^T>");
    assert_eq!(h.waiting(), ["save draft"], "from a preview keys lead away: it is kept at once");
    let screen = h.screen();
    assert!(screen.contains("very green") && !screen.contains("**very**"), "{screen}");
    h.answer::<SaveDraft>(|_| Ok(())).keys("q");
    assert_eq!(h.screen().lines().nth(8), before.lines().nth(8));
    h.keys("<^T><^S>").answer::<WriteReply>(|request| {
        assert_eq!(request.body, "**very** green");
        Ok(posted(12))
    });
}

#[test]
fn the_keys_of_the_editor_are_one_key_away() {
    let mut h = open(REPLY, about());
    assert!(h.screen().contains("^O keys"));
    let screen = h.keys("<^O>").screen();
    assert!(screen.contains("One row down"), "{screen}");
    h.keys("<Esc>x");
    assert!(h.screen().contains('x'));
}

#[test]
fn a_draft_that_may_not_be_sent_can_be_read_and_gone_on_with() {
    let prepared =
        Prepared { refusal: Some(Denied::Locked.to_string()), draft: Some(draft("The green")), ..about() };
    let mut h = open(REPLY, prepared);
    let screen = h.screen();
    assert!(screen.contains("This thread is locked.") && screen.contains("The green"), "{screen}");
    h.keys(" one").ring(SAVE).answer::<SaveDraft>(|request| {
        assert_eq!(request.body, "The green one");
        Ok(())
    });
}

#[test]
fn posts_of_others_are_counted_and_move_nothing() {
    let mut h = open(REPLY, about());
    let added = |author| DomainEvent::PostAdded {
        board: BOARD,
        thread: THREAD,
        post: crate::domain::ids::PostId(9),
        author: crate::domain::ids::MemberId(author),
    };
    h.event(added(2)).event(added(1));
    assert!(h.screen().contains("1 new post since"));
}

/// W1: `@` completes handles.
#[test]
fn tab_completes_a_handle() {
    let offer = |prefix: &'static str, handles: &'static [&'static str]| {
        move |request: &CompleteHandle| {
            assert_eq!(request.prefix, prefix);
            Ok(handles.iter().map(|handle| (*handle).to_owned()).collect::<Vec<_>>())
        }
    };
    let mut h = open(REPLY, about());
    h.keys("Ask @al<Tab>").answer(offer("al", &["Alfred", "alfreda"]));
    assert!(h.screen().contains("@Alfred @alfreda"));
    h.keys("a<Tab>").answer(offer("Alfreda", &["alfreda"]));
    h.keys("or @zo<Tab>").answer(offer("zo", &[]));
    assert!(h.screen().contains("No handle begins with zo."));
    h.keys("<^S>").answer::<WriteReply>(|request| {
        assert_eq!(request.body, "Ask @alfreda or @zo");
        Err(Denied::Locked.into())
    });
    let tags: fn(&CompleteTag) -> Result<Vec<String>, Error> = |request| {
        assert_eq!(request.begins, "slow");
        Ok(vec!["slow-cooking".to_owned(), "slowly".to_owned(), "slow-tea".to_owned()])
    };
    h.keys(" #slow<Tab>").answer(tags);
    assert!(h.screen().contains("#slow-cooking #slowly #slow-tea"));
    h.keys("-c<Tab>").answer::<CompleteTag>(|_| Ok(vec!["slow-cooking".to_owned()]));
    assert!(h.screen().contains("#slow-cooking"));
    h.keys("<Enter>a@b<Tab>x");
    assert!(h.waiting().iter().all(|name| *name != "complete handle"), "an address is no mention");
}

/// A community with a thread by bob, and alice at her composer.
struct Table {
    live: Rc<Blocking>,
    alice: Caller,
    thread: ThreadId,
    board: BoardId,
}

impl Table {
    fn new() -> Self {
        let live = Blocking::new();
        let alice = live.block(live.place.regular("alice"));
        let bob = live.block(live.place.regular("bob"));
        let board = live.block(live.place.board("general"));
        let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
        let thread = live.call(&bob, start).unwrap().thread;
        Self { live, alice, thread, board }
    }

    fn write(&self) -> Harness {
        let target = ComposeTarget::Reply { thread: self.thread, to: Some(PostNo(1)), quote: false };
        let mut h = Harness::live(&self.live, &self.alice);
        h.open(&Route::Compose(target));
        h
    }

    fn draft(&self) -> Option<String> {
        let target = DraftTarget::Reply(self.thread);
        self.live.call(&self.alice, LoadDraft { target }).unwrap().map(|draft| draft.body)
    }
}

/// W2: the line dies, or the server does; what was kept a second ago is there.
#[test]
fn a_killed_session_finds_its_text_again() {
    let table = Table::new();
    let mut h = table.write();
    h.keys("In the middle of a").ring(SAVE);
    drop(h);
    let mut h = table.write();
    let screen = h.screen();
    assert!(screen.contains("In the middle of a") && screen.contains("Your draft is back"), "{screen}");
    h.keys(" sentence.<^S>");
    assert!(h.screen().contains("Posted as 2."));
    assert_eq!(table.draft(), None);
}

/// W2: never dropped by any refusal.
#[test]
fn no_refusal_takes_the_text_from_the_screen_or_the_draft() {
    let refusals = ["locked", "archived", "slow", "suspended", "too long", "disk full"];
    for how in refusals {
        let table = Table::new();
        let place = &table.live.place;
        let mut h = table.write();
        h.keys("my words").ring(SAVE);
        match how {
            "locked" => table.live.block(place.lock(table.thread)),
            "archived" => table.live.block(place.archive(table.board)),
            "suspended" => table.live.block(place.suspend(&table.alice)),
            "disk full" => table.live.block(place.fill_disk()),
            "slow" => {
                let earlier = WriteReply { thread: table.thread, reply_to: None, body: "x".to_owned() };
                table.live.call(&table.alice, earlier).unwrap();
                table.live.block(place.slow(table.thread, 300));
                h.keys(".").ring(SAVE);
            }
            _ => {}
        }
        if how == "too long" || how == "disk full" {
            let long = if how == "too long" { BODY_LEN_MAX } else { BODY_LEN_MAX - 100 };
            h.paste(&format!("{}\nmy words", "x".repeat(long)));
        }
        h.keys("<^S>");
        let screen = h.screen();
        assert!(screen.contains("my words"), "{how}: {screen}");
        assert!(!screen.contains("Posted"), "{how}: {screen}");
        assert!(screen.contains("kept") || screen.contains("Nothing is lost"), "{how}: {screen}");
        assert!(table.draft().unwrap().starts_with("my words"), "{how}");
    }
}
