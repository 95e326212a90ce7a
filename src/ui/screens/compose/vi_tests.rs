//! The composer with vi's keys (W1, W2).

#![allow(clippy::unwrap_used)]

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{PostNo, ThreadId};
use crate::service::drafts::LoadDraft;
use crate::service::members::SetChoice;
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::{ComposeTarget, Route};

/// A member who has chosen vi's keys answers a post, at a size.
fn answering_at(columns: u16, rows: u16) -> (Harness, impl Fn() -> Option<String>) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let board = live.block(live.place.board("general"));
    for _ in 0..2 {
        let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
        live.call(&alice, start).unwrap();
    }
    let choice = SetChoice { name: "editor".to_owned(), value: "vi".to_owned() };
    live.call(&alice, choice).unwrap();
    let thread = ThreadId(1);
    let target = ComposeTarget::Reply { thread, to: Some(PostNo(1)), quote: false };
    let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, columns, rows);
    h.open(&Route::Compose(target));
    let draft = move || {
        let target = DraftTarget::Reply(thread);
        live.call(&alice, LoadDraft { target }).unwrap().map(|draft| draft.body)
    };
    (h, draft)
}

fn answering() -> (Harness, impl Fn() -> Option<String>) {
    answering_at(80, 24)
}

#[test]
fn the_modes_are_shown_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let (mut h, _) = answering_at(columns, rows);
        assert!(h.screen().contains("NORMAL"), "{}", h.screen());
        h.keys("iThe green one sings.<Esc>Vy/green");
        insta::assert_snapshot!(format!("vi_{columns}x{rows}"), h.screen());
        assert_eq!(h.cursor.map(|at| at.x), Some(if columns == 40 { 6 } else { 7 }), "behind what is typed");
    }
}

#[test]
fn what_is_written_is_kept_and_sent() {
    let (mut h, draft) = answering();
    h.keys("iThe green one.<Esc>:w<Enter>");
    assert_eq!(draft().as_deref(), Some("The green one."));
    assert!(h.screen().contains("NORMAL"), "{}", h.screen());
    h.keys("bcwkettle.<Esc>ZZ");
    assert!(h.screen().contains("Posted as 2."), "{}", h.screen());
    assert_eq!(draft(), None);
}

/// W2: in normal mode Esc leads nowhere and takes nothing.
#[test]
fn esc_loses_nothing_and_colon_q_keeps_the_draft() {
    let (mut h, draft) = answering();
    h.keys("iwords<Esc>");
    let before = h.screen();
    h.keys("<Esc><Esc>");
    let screen = h.screen();
    assert!(screen.contains("words") && screen.contains(":q leaves"), "{screen}");
    assert_eq!(before.lines().nth(4), screen.lines().nth(4));
    h.keys(":q<Enter>");
    assert_eq!(h.app.routes(), [Route::Home]);
    assert_eq!(draft().as_deref(), Some("words"));
}

#[test]
fn colon_q_bang_asks_before_it_drops() {
    let (mut h, draft) = answering();
    h.keys("iwords<Esc>:w<Enter>:q!<Enter>n");
    assert!(h.screen().contains("words"));
    h.keys(":q!<Enter>y");
    assert_eq!(h.app.routes(), [Route::Home]);
    assert_eq!(draft(), None);
}

#[test]
fn the_title_is_typed_plainly_and_esc_leads_to_the_text() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let board = live.block(live.place.board("general"));
    let choice = SetChoice { name: "editor".to_owned(), value: "vi".to_owned() };
    live.call(&alice, choice).unwrap();
    let mut h = Harness::live(&live, &alice);
    h.open(&Route::Compose(ComposeTarget::NewThread(board)));
    h.keys("dd title<Esc>itext<Esc>:wq<Enter>");
    let screen = h.screen();
    assert!(screen.contains("dd title") && screen.contains("text"), "{screen}");
    assert!(matches!(h.app.routes().last(), Some(Route::Thread { .. })), "{:?}", h.app.routes());
}

#[test]
fn the_help_says_what_the_keys_are() {
    let (mut h, _) = answering();
    let screen = h.keys("<^O>").screen();
    assert!(screen.contains(":wq or ZZ sends") || screen.contains("Write before the cursor"), "{screen}");
    assert!(!screen.contains("Leave; the text is kept"), "Esc does not leave here: {screen}");
}

/// W1: what has no room is said, also when Esc would have put it in.
#[test]
fn a_count_that_has_no_room_is_said_when_the_insertion_ends() {
    let (mut h, _) = answering();
    h.keys("9999ithirty letters are written here.<Esc>");
    assert!(h.screen().contains("Nothing was put in"), "{}", h.screen());
    h.keys("2ofine<Esc>");
    assert!(h.screen().contains("thirty letters are written here."), "{}", h.screen());
}
