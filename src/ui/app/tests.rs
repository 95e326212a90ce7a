//! Going back to where an earlier session was (issue 3, point 6), over a real community.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::board::Audience;
use crate::domain::ids::{PostNo, ThreadId};
use crate::service::boards::ListBoards;
use crate::service::drafts::SaveDraft;
use crate::service::testing::Blocking;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, DomainEvent};
use crate::ui::harness::Harness;
use crate::ui::route::{ComposeTarget, Route};

/// bob's thread of so many posts on a board for all members, and alice, who has read none of it.
fn scene(posts: usize) -> (Rc<Blocking>, Caller, ThreadId) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let (title, body) = ("tea".to_owned(), "post number 1".to_owned());
    let thread = live.call(&bob, StartThread { board, title, body }).unwrap().thread;
    for no in 2..=posts {
        let body = format!("post number {no}");
        live.call(&bob, WriteReply { thread, reply_to: None, body }).unwrap();
    }
    (live, alice, thread)
}

fn unread(live: &Blocking, who: &Caller) -> i64 {
    live.call(who, ListBoards).unwrap().unread_posts()
}

#[test]
fn places_are_kept_as_text_without_questions_and_without_home() {
    let (thread, at) = (ThreadId(7), Some(PostNo(12)));
    let reply = ComposeTarget::Reply { thread, to: Some(PostNo(3)), quote: true };
    let stack =
        [Route::Home, Route::Boards, Route::Thread { thread, at }, Route::Compose(reply), Route::Nowhere];
    let back = Route::from_text(&Route::to_text(&stack));
    assert_eq!(back, stack[1..4]);
    let deep: Vec<Route> = (0..30).map(|no| Route::Thread { thread, at: Some(PostNo(no)) }).collect();
    assert_eq!(Route::from_text(&Route::to_text(&deep)), deep[22..], "the innermost ones");
    for odd in ["", "[]", "null", "[\"Elsewhere\"]", "[\"Home\",\"Nowhere\"]", "{"] {
        assert_eq!(Route::from_text(odd), [], "{odd}");
    }
}

#[test]
fn one_comes_back_to_the_same_post_and_the_same_text() {
    let (live, alice, thread) = scene(60);
    let mut first = Harness::live(&live, &alice);
    first.keys("gb<Enter><Enter>").screen();
    first.keys("#40<Enter>").screen();
    let before = first.screen();
    assert!(before.contains("post number 40"), "{before}");
    first.keys("r");
    let target = first.app.routes().pop().unwrap();
    let Route::Compose(compose) = &target else { panic!("{target:?}") };
    let (title, body) = (String::new(), "in the middle of".to_owned());
    let draft = SaveDraft { target: compose.draft(), title, body, reply_to: Some(PostNo(40)) };
    live.call(&alice, draft).unwrap();
    let places = first.app.places();

    let mut second = Harness::live(&live, &alice);
    second.app.restore(&places);
    let screen = second.settle_and_draw();
    assert!(screen.contains("in the middle of") && screen.contains("reply: tea"), "{screen}");
    assert_eq!(second.app.routes(), first.app.routes());
    let screen = second.keys("<Esc>").screen();
    assert!(screen.contains("post number 40"), "{screen}");
    let at = Route::Thread { thread, at: Some(PostNo(40)) };
    assert_eq!(second.app.routes().last(), Some(&at));
    second.keys("<Esc><Esc><Esc>");
    assert_eq!(second.app.routes(), [Route::Home]);
}

#[test]
fn coming_back_marks_nothing_as_read_until_a_key_is_pressed() {
    let (live, alice, thread) = scene(3);
    assert_eq!(unread(&live, &alice), 3);
    let mut h = Harness::live(&live, &alice);
    h.app.restore(&Route::to_text(&[Route::Thread { thread, at: Some(PostNo(1)) }]));
    let screen = h.settle_and_draw();
    assert!(screen.contains("post number 3") && screen.contains("Back where you were"), "{screen}");
    h.screen();
    assert_eq!(unread(&live, &alice), 3, "shown, and not yet met");
    h.keys("j");
    assert_eq!(unread(&live, &alice), 0);
}

#[test]
fn a_place_that_is_closed_by_now_gives_way_to_the_one_below() {
    let (live, alice, thread) = scene(1);
    let staff = live.block(live.place.board_for("staff", Audience::Staff, Audience::Staff));
    let places = Route::to_text(&[Route::Boards, Route::Board(staff), Route::Thread { thread, at: None }]);
    let mut h = Harness::live(&live, &alice);
    h.app.restore(&places);
    let screen = h.settle_and_draw();
    assert_eq!(h.app.routes(), [Route::Home, Route::Boards]);
    assert!(screen.contains("no longer there for you") && screen.contains("general"), "{screen}");

    let mut h = Harness::live(&live, &alice);
    h.app.restore(&Route::to_text(&[Route::Thread { thread: ThreadId(99), at: None }]));
    assert!(h.settle_and_draw().contains("no longer there for you"));
    assert_eq!(h.app.routes(), [Route::Home]);
    h.keys("q");
    assert!(h.left);
}

#[test]
fn who_is_at_the_door_by_now_stays_there() {
    let (live, alice, thread) = scene(1);
    live.block(live.place.suspend(&alice));
    let mut h = Harness::live(&live, &alice);
    h.app.restore(&Route::to_text(&[Route::Thread { thread, at: None }]));
    assert_eq!(h.app.routes(), [Route::Door]);
    h.event(DomainEvent::BoardsChanged);
    assert_eq!(h.app.routes(), [Route::Door]);
}

/// Whoever comes back before the server knows that the old line is dead is told, and one key goes there.
#[test]
fn a_second_session_is_told_of_the_first_and_one_key_goes_along() {
    let (live, alice, thread) = scene(3);
    let mut h = Harness::live(&live, &alice);
    h.app.offer_other_session(Route::to_text(&[Route::Thread { thread, at: Some(PostNo(1)) }]));
    let screen = h.screen();
    assert!(screen.contains("g j goes where your other session is"), "{screen}");
    assert!(screen.contains("home"), "nobody is taken anywhere: {screen}");
    let screen = h.keys("gj").screen();
    assert!(screen.contains("post number 1"), "{screen}");
    let mut h = Harness::live(&live, &alice);
    h.app.offer_other_session("[]".to_owned());
    assert!(!h.screen().contains("g j"), "on home there is nothing to follow");
    assert!(h.keys("gj").screen().contains("no other session"));
}
