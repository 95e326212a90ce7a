//! A board's threads as a member meets them.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::board::{Audience, BoardChoice, BoardFacts, ThreadChoice};
use crate::domain::ids::{BoardId, MemberId, PostId, ThreadId};
use crate::service::boards::{BoardList, ListBoards};
use crate::service::testing::{Blocking, NOON};
use crate::service::threads::{ListThreads, Moved, OpenThread, ThreadCursor, ThreadList, ThreadSummary};
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, Error};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};
use crate::ui::screens::boards::tests::board;

fn thread(id: i64, title: &str, unread: i64) -> ThreadSummary {
    ThreadSummary {
        id: ThreadId(id),
        title: title.to_owned(),
        author_id: MemberId(2),
        author: "bob".to_owned(),
        last_author: "a_long_handle_here".to_owned(),
        last_at: NOON.plus(-3 * 3_600),
        posts: 12,
        unread,
        pinned: id == 1,
        locked: id == 2,
        removed: false,
        solved: false,
        slow_s: 0,
        tags: Vec::new(),
        choice: None,
        moved: None,
    }
}

fn page(threads: Vec<ThreadSummary>, next: Option<ThreadCursor>) -> ThreadList {
    let (see, write) = (Audience::Members, Audience::Members);
    ThreadList {
        board: BoardId(1),
        name: "Hearth".to_owned(),
        purpose: "What is on your mind".to_owned(),
        facts: BoardFacts { see, write, archived: false, host: None, circle: 0 },
        choice: BoardChoice::Subscribed,
        threads,
        next,
        held: Vec::new(),
        newest: PostId(9),
    }
}

fn some() -> ThreadList {
    let mut muted = thread(4, "Not for me", 0);
    muted.choice = Some(ThreadChoice::Muted);
    let mut followed =
        thread(5, "A title that is far too long for any window of eighty columns, whatever one does", 12345);
    followed.choice = Some(ThreadChoice::Followed);
    page(
        vec![
            thread(1, "Welcome, read this first", 0),
            thread(2, "日本語の題名", 0),
            thread(3, "Tea", 3),
            muted,
            followed,
        ],
        None,
    )
}

/// A session on the board screen, with its first page on its way.
fn on_board(terminal: Capabilities, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::at(me("alice"), terminal, columns, rows);
    h.forget().keys("gb").answer::<ListBoards>(|_| {
        Ok(BoardList { boards: vec![board(1, "", "Hearth", 3)], newest: PostId(9) })
    });
    h.keys("<Enter>");
    h
}

fn at(terminal: Capabilities, columns: u16, rows: u16) -> Harness {
    let mut h = on_board(terminal, columns, rows);
    h.answer::<ListThreads>(|_| Ok(some()));
    h
}

#[test]
fn a_thread_is_a_line_with_count_title_state_author_and_time() {
    let screen = at(Capabilities::COMMON, 80, 24).screen();
    let rows: Vec<&str> = screen.lines().skip(1).take(5).collect();
    assert_eq!(
        rows,
        [
            "       Welcome, read this first · pinned               a_long_handle…       3 h",
            "       日本語の題名 · locked                           a_long_handle…       3 h",
            "▸    3 Tea                                             a_long_handle…       3 h",
            "       Not for me · muted                              a_long_handle…       3 h",
            " 12345 A title that is far too long for an… · followed a_long_handle…       3 h",
        ]
    );
}

#[test]
fn r6_narrow_windows_give_a_thread_two_lines() {
    let screen = at(Capabilities::COMMON, 40, 12).screen();
    let rows: Vec<&str> = screen.lines().skip(1).take(6).collect();
    assert_eq!(
        rows,
        [
            "       Welcome, read this fir… · pinned",
            "       a_long_handle_here · 3 h",
            "       日本語の題名 · locked",
            "       a_long_handle_here · 3 h",
            "▸    3 Tea",
            "       a_long_handle_here · 3 h",
        ]
    );
}

#[test]
fn every_size_and_terminal_keeps_to_its_columns() {
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in [(Capabilities::COMMON, 160, 50), (ascii, 80, 24), (ascii, 40, 12)] {
        let screen = at(terminal, columns, rows).screen();
        assert!(screen.contains("Tea") && screen.contains("pinned"), "{screen}");
        assert!(terminal.unicode || screen.replace("日本語の題名", "").is_ascii(), "{screen}");
    }
}

#[test]
fn the_choice_begins_at_the_first_unread_thread_and_costs_two_cells() {
    let mut h = at(Capabilities::COMMON, 80, 24);
    let screen = h.screen();
    assert!(screen.contains("▸    3 Tea"), "{screen}");
    assert_eq!(h.cells_changed_by("j"), 2);
}

#[test]
fn the_next_page_is_asked_for_before_one_gets_there() {
    let mut h = on_board(Capabilities::COMMON, 80, 24);
    let cursor = ThreadCursor { pinned: false, last_post: PostId(5) };
    h.answer::<ListThreads>(|request| {
        assert_eq!(request.after, None);
        Ok(page((0..60).map(|id| thread(id, "x", 0)).collect(), Some(cursor)))
    });
    h.keys("j");
    assert!(h.waiting().is_empty());
    h.keys(">");
    h.answer::<ListThreads>(|request| {
        assert_eq!(request.after, Some(cursor));
        Ok(page((60..70).map(|id| thread(id, "the rest", 0)).collect(), None))
    });
    h.keys(">");
    assert!(h.waiting().is_empty());
    assert!(h.screen().contains("▸      the rest"));
    // Something happens: as many threads as there were are read again, and the choice stays.
    h.event(crate::service::DomainEvent::BoardsChanged);
    h.answer::<ListThreads>(|_| Ok(page((0..60).map(|id| thread(id, "x", 0)).collect(), Some(cursor))));
    h.answer::<ListThreads>(|request| {
        assert_eq!(request.after, Some(cursor));
        Ok(page((60..70).map(|id| thread(id, "the rest", 0)).collect(), None))
    });
    assert!(h.screen().contains("▸      the rest"));
}

#[test]
fn a_board_that_is_not_there_leads_back() {
    let mut h = on_board(Capabilities::COMMON, 80, 24);
    h.answer::<ListThreads>(|_| Err(Error::NotFound("board")));
    let screen = h.screen();
    assert!(screen.contains("no such board") && screen.contains("boards"), "{screen}");
}

/// A live session on a board with a thread of two posts by Bob.
fn live() -> (Rc<Blocking>, Caller, ThreadId, Harness) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let (title, body) = ("tea".to_owned(), "with milk".to_owned());
    let thread = live.call(&bob, StartThread { board, title, body }).unwrap().thread;
    live.call(&bob, WriteReply { thread, reply_to: None, body: "or not".to_owned() }).unwrap();
    let mut h = Harness::live(&live, &alice);
    h.keys("gb").screen();
    h.keys("<Enter>").screen();
    (live, bob, thread, h)
}

#[test]
fn r3_marks_of_a_thread_and_of_the_board_are_taken_back() {
    let (_live, _, _, mut h) = live();
    assert!(h.screen().contains("▸    2 tea"));
    for key in ["c", "C"] {
        let screen = h.keys(key).screen();
        assert!(screen.contains("▸      tea"), "{screen}");
        let screen = h.keys("u").screen();
        assert!(screen.contains("▸    2 tea"), "{screen}");
    }
}

#[test]
fn r8_follow_and_mute_say_so_in_the_list() {
    let (_live, _, _, mut h) = live();
    assert!(h.keys("f").screen().contains("tea · followed"));
    assert!(h.keys("m").screen().contains("tea · muted"));
    assert!(h.keys("u").screen().contains("tea · followed"));
    assert!(!h.keys("u").screen().contains("followed"));
}

#[test]
fn opening_a_thread_reads_it_and_coming_back_shows_that() {
    let (live, bob, thread, mut h) = live();
    assert!(h.keys("<Enter>").screen().contains("with milk"));
    assert!(h.keys("<Esc>").screen().contains("▸      tea"));
    live.call(&bob, WriteReply { thread, reply_to: None, body: "third".to_owned() }).unwrap();
    assert!(h.settle_and_draw().contains("▸    1 tea"), "and new posts count while one looks");
    assert_eq!(h.app.board(), Some(BoardId(1)));
}

#[test]
fn a_new_thread_is_started_where_one_may() {
    let (_live, _, _, mut h) = live();
    h.keys("n");
    assert!(matches!(h.app.routes().last(), Some(crate::ui::route::Route::Compose(_))));
}

#[test]
fn r2_a_thread_that_was_moved_leads_on_from_its_old_board() {
    for (columns, rows) in [(80, 24), (40, 12), (160, 50)] {
        let mut h = on_board(Capabilities::COMMON, columns, rows);
        let moved = Some(Moved { to: "Attic".to_owned(), at: NOON.plus(-7_200) });
        let line = ThreadSummary { moved, ..thread(7, "Old lamps", 0) };
        h.answer::<ListThreads>(|_| Ok(page(vec![line.clone()], None)));
        let screen = h.screen();
        assert!(screen.contains("▸") && screen.contains("Old lamps · moved to Attic"), "{screen}");
        assert!(screen.contains("2 h") && !screen.contains("a_long_handle"), "{screen}");
        h.keys("<Enter>");
        h.answer::<OpenThread>(|request| {
            assert_eq!(request.thread, ThreadId(7));
            Err(Error::NotFound("thread"))
        });
    }
}
