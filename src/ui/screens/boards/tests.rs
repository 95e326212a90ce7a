//! The boards as a member meets them.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::board::{Audience, BoardChoice, BoardKind};
use crate::domain::ids::{BoardId, PostId};
use crate::service::boards::{BoardList, BoardSummary, ListBoards};
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::service::{Caller, Error};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};
use crate::ui::widgets::preview::PREVIEW;

pub(in crate::ui::screens) fn board(id: i64, category: &str, name: &str, unread: i64) -> BoardSummary {
    BoardSummary {
        id: BoardId(id),
        slug: name.to_lowercase(),
        name: name.to_owned(),
        purpose: format!(
            "All about {name}, in a sentence that is longer than most windows are wide, by far."
        ),
        category: category.to_owned(),
        kind: BoardKind::Talk,
        see: Audience::Members,
        archived: false,
        choice: BoardChoice::Subscribed,
        unread_threads: unread.min(1),
        unread_posts: unread,
    }
}

fn some() -> BoardList {
    let mut muted = board(4, "Making", "Noise", 0);
    muted.choice = BoardChoice::Muted;
    let mut old = board(5, "Making", "Old things", 0);
    old.archived = true;
    let boards = vec![
        board(1, "The place", "Hearth", 0),
        board(2, "The place", "Introductions", 3),
        board(3, "Making", "Code", 1200),
        muted,
        old,
    ];
    BoardList { boards, newest: PostId(9) }
}

fn at(terminal: Capabilities, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::at(me("alice"), terminal, columns, rows);
    h.forget().keys("gb").answer::<ListBoards>(|_| Ok(some()));
    h
}

#[test]
fn boards_stand_under_their_categories_with_counts_at_the_right() {
    let screen = at(Capabilities::COMMON, 80, 24).screen();
    insta::assert_snapshot!(screen.trim_end(), @r"
     Testhob · boards                                                         alice
     The place
      Hearth         All about Hearth, in a sentence that is longer than…
    ▸ Introductions  All about Introductions, in a sentence that is longe…      3 ●

     Making
      Code           All about Code, in a sentence that is longer than mo…   1200 ●
      Noise          All about Noise, in a sentence that is longer than m…    muted

     Archived
      Old things     All about Old things, in a sentence that is longer t…











     1203 unread posts
     c mark read  Enter open  Space read on  Esc back  q leave  ? help
    ");
}

#[test]
fn r6_narrow_windows_leave_the_purpose_out() {
    let screen = at(Capabilities::COMMON, 40, 12).screen();
    insta::assert_snapshot!(screen.trim_end(), @r"
     Testhob · boards                 alice
     The place
      Hearth
    ▸ Introductions                     3 ●

     Making
      Code                           1200 ●
      Noise                           muted

     Archived
     1203 unread posts
     c mark read  Enter open  ? help
    ");
}

#[test]
fn every_size_and_terminal_shows_every_count() {
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in [(Capabilities::COMMON, 160, 50), (ascii, 80, 24), (ascii, 40, 12)] {
        let screen = at(terminal, columns, rows).screen();
        assert!(screen.contains("1200") && screen.contains("muted"), "{screen}");
        assert!(terminal.unicode || screen.is_ascii(), "{screen}");
    }
}

#[test]
fn the_choice_begins_at_the_first_unread_board_and_costs_two_cells() {
    let mut h = at(Capabilities::COMMON, 80, 24);
    let screen = h.screen();
    assert!(screen.contains("▸ Introductions"), "{screen}");
    assert_eq!(h.cells_changed_by("k"), 2);
    assert_eq!(h.cells_changed_by("jj"), 2, "over a heading too");
}

#[test]
fn a_list_that_cannot_be_read_says_so_and_takes_keys() {
    let mut h = Harness::member("alice");
    h.forget().keys("gb").answer::<ListBoards>(|_| Err(Error::conflict("The disk is away.")));
    assert!(h.screen().contains("The disk is away."));
    h.keys("q");
    assert!(h.left);
}

fn community() -> (Rc<Blocking>, Caller, Caller, BoardId) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    (live, alice, bob, board)
}

fn start(live: &Blocking, who: &Caller, board: BoardId) {
    let (title, body) = ("tea".to_owned(), "with milk".to_owned());
    live.call(who, StartThread { board, title, body }).unwrap();
}

#[test]
fn r3_a_board_is_marked_read_and_the_mark_taken_back() {
    let (live, alice, bob, board) = community();
    start(&live, &bob, board);
    let mut h = Harness::live(&live, &alice);
    assert!(h.keys("gb").screen().contains("1 unread post"));
    let screen = h.keys("c").screen();
    assert!(screen.contains("u takes it back") && !screen.contains("1 ●"), "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("1 ●"), "{screen}");
}

#[test]
fn r8_a_muted_board_is_dim_and_uncounted_until_undone() {
    let (live, alice, bob, board) = community();
    start(&live, &bob, board);
    let mut h = Harness::live(&live, &alice);
    h.keys("gb").screen();
    let screen = h.keys("m").screen();
    assert!(screen.contains("muted") && !screen.contains("1 ●"), "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("1 ●"), "{screen}");
}

#[test]
fn l5_counts_change_while_one_looks() {
    let (live, alice, bob, board) = community();
    let mut h = Harness::live(&live, &alice);
    assert!(!h.keys("gb").screen().contains("●"));
    start(&live, &bob, board);
    assert!(h.settle_and_draw().contains("1 ●"));
}

/// In a wide window the threads of the chosen board stand beside the boards; looking marks nothing.
#[test]
fn the_chosen_boards_threads_stand_beside_the_boards_in_a_wide_window() {
    let (live, alice, bob, board) = community();
    start(&live, &bob, board);
    for (columns, rows) in [(120, 24), (160, 50), (200, 50)] {
        let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, columns, rows);
        let screen = h.keys("gb").screen();
        assert!(screen.contains("▸ general") && !screen.contains("1 tea"), "{screen}");
        let screen = h.ring(PREVIEW).screen();
        assert!(screen.contains("▸ general") && screen.contains("    1 tea"), "{screen}");
        assert_eq!(screen.matches('▸').count(), 1, "{screen}");
        let screen = h.settle_and_draw();
        assert!(screen.contains("1 ●"), "looking is not reading: {screen}");
    }
    let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, 119, 24);
    h.keys("gb").screen();
    assert!(!h.timers.iter().any(|(_, number)| *number == PREVIEW), "nothing is asked for that is not shown");
}

#[test]
fn what_is_written_shows_beside_the_boards_at_once() {
    let (live, alice, bob, board) = community();
    let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, 160, 50);
    h.keys("gb").screen();
    assert!(h.ring(PREVIEW).screen().contains("Nothing here yet."));
    start(&live, &bob, board);
    h.settle_and_draw();
    let screen = h.ring(PREVIEW).screen();
    assert!(screen.contains("    1 tea"), "{screen}");
}
