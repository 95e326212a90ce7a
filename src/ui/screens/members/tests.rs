//! The members screen, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::member::{Level, Role};
use crate::service::Who;
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

fn community() -> (std::rc::Rc<Blocking>, crate::service::Caller) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    live.block(live.place.moderator("mira"));
    live.block(live.place.member("nils", Level::Newcomer, Role::Member));
    (live, alice)
}

#[test]
fn p1_everybody_is_in_the_list_with_what_they_are() {
    let (live, alice) = community();
    let mut h = Harness::live(&live, &alice);
    h.keys("gm");
    let screen = h.screen();
    assert!(screen.contains("3 members"), "{screen}");
    for word in ["alice", "regular", "mira", "moderator", "nils", "newcomer"] {
        assert!(screen.contains(word), "{word} is missing:\n{screen}");
    }
}

#[test]
fn p1_typing_after_the_slash_narrows_the_list_and_escape_widens_it() {
    let (live, alice) = community();
    let mut h = Harness::live(&live, &alice);
    h.keys("gm/MOD");
    let screen = h.screen();
    assert!(screen.contains("mira") && !screen.contains("nils"), "{screen}");
    h.keys("<Esc>");
    assert!(h.screen().contains("nils"));
}

#[test]
fn p1_a_filter_that_fits_nobody_says_how_to_go_on() {
    let (live, alice) = community();
    let mut h = Harness::live(&live, &alice);
    h.keys("gm/zzz");
    assert!(h.screen().contains("Esc shows everybody"));
}

#[test]
fn l1_who_comes_and_goes_shows_without_a_key() {
    let (live, alice) = community();
    let mut h = Harness::live(&live, &alice);
    h.keys("gm");
    assert!(h.screen().contains("0 here now"));
    let Who::Member(id) = alice.who else { panic!("a member") };
    let service = &live.place.service;
    service.presence().enter(id, service.now());
    service.announce(crate::service::DomainEvent::PresenceChanged);
    h.keys("");
    h.event(crate::service::DomainEvent::PresenceChanged);
    assert!(h.screen().contains("1 here now"));
}

#[test]
fn it_fits_a_small_terminal_and_moving_costs_two_marks() {
    let (live, alice) = community();
    let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, 40, 12);
    h.keys("gm");
    assert!(h.screen().contains("mira"));
    assert_eq!(h.cells_changed_by("j"), 2);
}

#[test]
fn p1_the_filter_is_a_line_like_any_other() {
    let (live, alice) = community();
    let mut h = Harness::live(&live, &alice);
    h.keys("gm/ra<Left><Left>mi<Down>");
    let screen = h.screen();
    assert!(screen.contains("filter: mira") && !screen.contains("nils"), "{screen}");
    assert_eq!(h.cursor.map(|at| at.x), Some(11), "the cursor is where the next letter goes");
    assert!(h.keys("<^E><^U>ni").screen().contains("nils"), "{}", h.screen());
}

/// P1: filters as one types: never met, can help with, here now.
#[test]
fn p1_the_list_finds_whom_one_never_met_and_who_can_help() {
    use crate::service::members::{EditProfile, ProfileTexts};
    let (live, alice) = community();
    let texts =
        ProfileTexts { zone: "UTC".to_owned(), can_help: "Bread".to_owned(), ..ProfileTexts::default() };
    live.call(&alice, EditProfile { texts }).unwrap();
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("gm/never").screen();
    assert!(screen.contains("mira") && screen.contains("nils") && !screen.contains("regular"), "{screen}");
    let screen = h.keys("<Esc>/can help with br").screen();
    assert!(screen.contains("Bread") && !screen.contains("nils"), "{screen}");
    let screen = h.keys("<Esc>/here now").screen();
    assert!(screen.contains("Nobody fits that"), "{screen}");
    let screen = h.keys("<Esc>/tag:nothing").screen();
    assert!(screen.contains("Nobody fits that"), "{screen}");
    let screen = h.keys("<Esc>oooo").screen();
    assert!(screen.contains("by tag"), "{screen}");
}
