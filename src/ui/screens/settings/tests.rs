//! The settings screen, over a real community.

use crate::service::testing::Blocking;
use crate::ui::harness::Harness;

#[test]
fn a_choice_goes_round_and_holds_at_once() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    h.keys("gs");
    assert!(h.screen().contains("Signs                  automatic"), "{}", h.screen());
    h.keys("j<Enter><Enter>");
    let screen = h.screen();
    assert!(screen.contains("Signs                  ASCII"), "{screen}");
    assert!(screen.is_ascii(), "the whole screen follows the choice:\n{screen}");
    h.keys("<Enter>");
    assert!(!h.screen().is_ascii());
}
