//! From 120 columns on: the list, and beside it the chosen thread.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::Caller;
use crate::service::boards::ListBoards;
use crate::service::testing::Blocking;
use crate::service::writing::{StartThread, WriteReply};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::widgets::preview::PREVIEW;

/// Alice reads a board with two threads of Bob's: tea, with thirty posts, and cake above it.
fn world(columns: u16, rows: u16) -> (Rc<Blocking>, Caller, Caller, Harness) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    for (title, posts) in [("tea", 30), ("cake", 1)] {
        let (title, body) = (title.to_owned(), format!("about {title}"));
        let thread = live.call(&bob, StartThread { board, title: title.clone(), body }).unwrap().thread;
        for no in 2..=posts {
            live.call(&bob, WriteReply { thread, reply_to: None, body: format!("{title} {no}") }).unwrap();
        }
    }
    let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, columns, rows);
    h.screen();
    h.keys("gb").screen();
    // The boards have a preview of their own, which is tried there.
    h.timers.clear();
    h.keys("<Enter>").screen();
    (live, alice, bob, h)
}

fn unread(live: &Blocking, who: &Caller) -> i64 {
    live.call(who, ListBoards).unwrap().unread_posts()
}

fn timers(h: &Harness) -> usize {
    h.timers.iter().filter(|(_, number)| *number == PREVIEW).count()
}

#[test]
fn the_chosen_thread_is_shown_once_the_choice_rests_and_nothing_is_marked() {
    for (columns, rows) in [(120, 24), (160, 50)] {
        let (live, alice, _, mut h) = world(columns, rows);
        let screen = h.screen();
        assert!(screen.contains("▸    1 cake") && !screen.contains("about cake"), "{screen}");
        let screen = h.ring(PREVIEW).screen();
        assert!(screen.contains("about cake") && screen.contains("│"), "{screen}");
        assert_eq!(h.cells_changed_by("j"), 2, "down the list costs what it costs without a preview");
        let screen = h.screen();
        assert!(screen.contains("▸   30 tea") && screen.contains("about cake"), "{screen}");
        let screen = h.ring(PREVIEW).screen();
        assert!(screen.contains("about tea") && screen.contains("tea 2"), "{screen}");
        assert_eq!(unread(&live, &alice), 31, "looking is not reading");
        assert_eq!(timers(&h), 0, "then it is quiet");
        h.screen();
        assert_eq!(timers(&h), 0);
    }
}

#[test]
fn entered_it_is_read_beside_its_list_and_looks_the_same() {
    let (live, alice, bob, mut h) = world(120, 24);
    h.screen();
    h.keys("j").screen();
    h.ring(PREVIEW).screen();
    // The mark of the chosen post, the header and the two lines at the bottom: no more moves.
    let body = |screen: &str| -> Vec<String> {
        screen.lines().skip(1).take(21).map(|line| line.chars().skip(47).collect()).collect()
    };
    let before = body(&h.screen());
    let screen = h.keys("<Enter>").screen();
    assert_eq!(body(&screen), before, "{screen}");
    assert!(screen.lines().next().unwrap().contains("tea (general)"), "{screen}");
    assert_eq!(unread(&live, &alice), 31 - 7, "what was shown is read");
    let screen = h.settle_and_draw();
    assert!(screen.contains("▸   23 tea"), "and the list counts along: {screen}");
    // Something new comes in beside what is read.
    let board = live.call(&alice, ListBoards).unwrap().boards[0].id;
    let (title, body) = ("scones".to_owned(), "warm".to_owned());
    live.call(&bob, StartThread { board, title, body }).unwrap();
    let screen = h.settle_and_draw();
    assert!(screen.contains("1 scones") && screen.contains("▸   23 tea"), "{screen}");
    let mut pages = 0;
    while !h.keys(" ").screen().contains("about cake") {
        pages += 1;
        assert!(pages < 9, "{}", h.screen());
    }
    let screen = h.screen();
    assert!(screen.contains("▸      cake"), "the list's mark goes where reading goes: {screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("▸      cake") && screen.lines().next().unwrap().contains("general"), "{screen}");
}

#[test]
fn a_dialog_has_the_whole_window_and_a_narrow_one_shows_one_thing() {
    let (_live, _, _, mut h) = world(120, 24);
    h.screen();
    h.keys("<Enter>").screen();
    let screen = h.keys("#").screen();
    assert!(screen.contains("Which post?") && screen.contains("30 tea"), "{screen}");
    h.keys("<Esc>");
    let screen = h.resize(119, 24).screen();
    assert!(screen.contains("about cake") && !screen.contains("30 tea"), "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("30 tea") && !screen.contains("about cake"), "{screen}");
    h.timers.clear();
    h.keys("j").screen();
    assert_eq!(timers(&h), 0, "nothing is asked for that is not shown");
    let screen = h.resize(120, 24).screen();
    assert!(screen.contains("tea"), "{screen}");
    assert_eq!(timers(&h), 1);
}
