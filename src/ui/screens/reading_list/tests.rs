//! R8: posts are kept, listed, jumped to and taken off.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::{PostNo, ThreadId};
use crate::service::Caller;
use crate::service::reading::{KeepPost, ListBookmarks};
use crate::service::testing::Blocking;
use crate::service::writing::{DeletePost, StartThread, WriteReply};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

fn world(posts: usize) -> (Rc<Blocking>, Caller, Caller, ThreadId) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let (title, body) = ("tea".to_owned(), "tea 1".to_owned());
    let thread = live.call(&bob, StartThread { board, title, body }).unwrap().thread;
    for no in 2..=posts {
        let body = format!("tea **{no}** 日本語 https://a.example");
        live.call(&bob, WriteReply { thread, reply_to: None, body }).unwrap();
    }
    (live, alice, bob, thread)
}

fn session(live: &Rc<Blocking>, who: &Caller, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::live_at(live, who, Capabilities::COMMON, columns, rows);
    h.screen();
    h
}

#[test]
fn r8_a_post_is_kept_found_again_and_taken_off_with_undo() {
    let (live, alice, bob, thread) = world(40);
    let mut h = session(&live, &alice, 80, 24);
    let screen = h.keys("gl").screen();
    assert!(screen.contains("Nothing kept yet. b on a post"), "{screen}");
    h.keys("<Esc> ").screen();
    let screen = h.keys("#30<Enter>b").screen();
    assert!(screen.contains("Kept: g l lists"), "{screen}");
    assert!(screen.lines().any(|line| line.contains("30 bob") && line.contains("kept")), "{screen}");
    let screen = h.keys("gl").screen();
    assert!(screen.contains("▸ tea · 30 bob · general") && screen.contains("tea 30 日本語"), "{screen}");
    let screen = h.keys("<Enter>").screen();
    assert!(screen.lines().nth(1).unwrap().contains("30 bob"), "it leads to the exact place: {screen}");
    let screen = h.keys("<Esc>x").screen();
    assert!(screen.contains("Nothing kept yet") && screen.contains("u puts it back"), "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("30 bob"), "{screen}");
    assert!(live.call(&bob, ListBookmarks).unwrap().is_empty(), "the list is hers alone");
    // A second session of hers follows; the words of a deleted post are gone here too.
    let mut other = session(&live, &alice, 80, 24);
    other.keys("gl").screen();
    live.call(&alice, KeepPost { thread, no: PostNo(2), keep: true }).unwrap();
    assert!(other.settle_and_draw().contains("tea · 2 bob"));
    live.call(&bob, DeletePost { thread, no: PostNo(2) }).unwrap();
    assert!(other.settle_and_draw().contains("(deleted by its author)"));
}

#[test]
fn r8_b_takes_it_off_again_in_the_thread() {
    let (live, alice, _, _) = world(2);
    let mut h = session(&live, &alice, 80, 24);
    h.keys(" ").screen();
    assert_eq!(live.call(&alice, ListBookmarks).unwrap().len(), 0);
    h.keys("jb").screen();
    assert_eq!(live.call(&alice, ListBookmarks).unwrap().len(), 1);
    let screen = h.keys("b").screen();
    assert!(screen.contains("Taken off your reading list") && !screen.contains("kept"), "{screen}");
    assert_eq!(live.call(&alice, ListBookmarks).unwrap().len(), 0);
}

#[test]
fn every_size_keeps_to_its_columns() {
    let (live, alice, _, thread) = world(6);
    for no in 1..=6 {
        live.call(&alice, KeepPost { thread, no: PostNo(no), keep: true }).unwrap();
    }
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = session(&live, &alice, columns, rows);
        let screen = h.keys("gl").screen();
        let widest = screen.lines().map(crate::domain::text::display_width).max().unwrap();
        assert!(widest <= usize::from(columns) && screen.contains("6 bob"), "{screen}");
        assert_eq!(h.cells_changed_by("j"), 2);
    }
}
