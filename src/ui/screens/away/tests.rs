//! L1: away and back, over a real community.
#![allow(clippy::unwrap_used)]

use crate::service::Who;
use crate::service::members::ListMembers;
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

#[test]
fn l1_a_key_says_that_one_is_away_and_the_same_that_one_is_back() {
    let live = Blocking::new();
    let (alice, bob) = (live.block(live.place.regular("alice")), live.block(live.place.regular("bob")));
    let Who::Member(id) = alice.who else { panic!("a member") };
    live.place.service.presence().enter(id, live.place.service.now());
    let away = || live.call(&bob, ListMembers).unwrap()[0].away.clone();
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, columns, rows);
        let screen = h.keys("gz").screen();
        assert!(screen.contains("Away, because"), "{screen}");
        let screen = h.keys("tea with wren<Enter>").screen();
        assert!(screen.contains("You are away until"), "{screen}");
        assert_eq!(away().as_deref(), Some("tea with wren"));
        let screen = h.keys("gz").screen();
        assert!(screen.contains("You are away: tea with wren"), "{screen}");
        assert!(h.keys("y").screen().contains("You are back."));
        assert_eq!(away(), None);
    }
}

#[test]
fn leaving_the_question_changes_nothing() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let Who::Member(id) = alice.who else { panic!("a member") };
    live.place.service.presence().enter(id, live.place.service.now());
    let mut h = Harness::live(&live, &alice);
    h.keys("gztea<Esc>");
    assert!(!h.screen().contains("Away, because"));
    assert_eq!(live.place.service.presence().away(id), None);
}
