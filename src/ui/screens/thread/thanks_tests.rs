//! Thanks as three members see them (W4).
#![allow(clippy::unwrap_used)]

use crate::domain::ids::PostNo;
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// W4: thanks and taking them back are one key; a third member's screen is the same cell for cell.
#[test]
fn thanks_are_seen_by_author_and_giver_alone() {
    let live = Blocking::new();
    let people = ["alice", "bob", "cleo"].map(|handle| live.block(live.place.regular(handle)));
    let board = live.block(live.place.board("general"));
    let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
    let thread = live.call(&people[1], start).unwrap().thread;
    let mut open = people.each_ref().map(|who| {
        let mut h = Harness::live(&live, who);
        h.open(&Route::Thread { thread, at: Some(PostNo(1)) });
        h.screen();
        h
    });
    let third = open[2].cells();
    open[0].keys("t");
    assert!(open[0].screen().contains("Thanked: its author and you see it"), "{}", open[0].screen());
    assert!(open[0].keys("k").screen().contains("thanked"));
    assert!(open[1].wake().screen().contains("thanks from alice"), "{}", open[1].screen());
    assert_eq!(open[2].wake().cells(), third);
    open[1].keys("t");
    assert!(open[1].screen().contains("your own post"), "{}", open[1].screen());
    open[0].keys("t");
    assert!(open[0].screen().contains("taken back"), "{}", open[0].screen());
    assert!(!open[1].wake().screen().contains("thanks from"));
    assert_eq!(open[2].wake().cells(), third);
}
