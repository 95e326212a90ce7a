//! Space from screens that are no thread.
#![allow(clippy::unwrap_used)]

use crate::service::boards::ListBoards;
use crate::service::reading::NextUnread;
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::service::{Error, Who};
use crate::ui::harness::Harness;

#[test]
fn r4_with_nothing_unread_one_is_told_so_where_one_is() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    h.keys("gb").screen();
    let screen = h.keys(" ").screen();
    assert!(screen.contains("You are caught up.") && screen.contains("boards"), "{screen}");
}

#[test]
fn nothing_is_drawn_in_between_and_a_refusal_leads_back() {
    let mut h = Harness::member("alice");
    h.forget().keys("gb").answer::<ListBoards>(|_| {
        Ok(crate::service::boards::BoardList { boards: Vec::new(), newest: crate::domain::ids::PostId(0) })
    });
    h.keys(" ");
    assert!(h.app.is_blank(), "the boards stay on the terminal until the thread is there");
    h.keys("q");
    assert!(!h.left, "keys wait too");
    h.answer::<NextUnread>(|_| Err(Error::NotFound("thread")));
    assert!(h.left, "and then mean what they say");
}

#[test]
fn r4_space_on_home_opens_the_first_unread_thread() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    assert!(matches!(bob.who, Who::Member(_)));
    let (title, body) = ("tea".to_owned(), "with milk".to_owned());
    live.call(&bob, StartThread { board, title, body }).unwrap();
    let mut h = Harness::live(&live, &alice);
    h.screen();
    let screen = h.keys(" ").screen();
    assert!(screen.contains("with milk"), "{screen}");
    assert!(h.app.board() == Some(board), "and others see where one is");
}
