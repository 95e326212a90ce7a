//! The cohorts, over a real community.

use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (160, 50)];

/// P5: made in the form, joined with one key, left with one and a yes.
#[test]
fn p5_a_cohort_is_made_joined_and_left() {
    let live = Blocking::new();
    let mo = live.block(live.place.moderator("mo"));
    let ann = live.block(live.place.regular("ann"));
    let mut staff = Harness::live(&live, &mo);
    let screen = staff.keys("gCn").screen();
    assert!(screen.contains("first day") && screen.contains("2026-12-06"), "{screen}");
    let screen = staff.keys("Bread<Enter>A loaf a week<^S>").screen();
    assert!(screen.contains("The cohort is there") && screen.contains("begins 2026-12-06"), "{screen}");
    let mut asks = Harness::live(&live, &ann);
    let screen = asks.keys("gC").screen();
    assert!(screen.contains("Bread") && screen.contains("1 of 12 places taken"), "{screen}");
    assert!(!asks.keys("n").screen().contains("first day"), "the staff make them");
    assert!(asks.keys("J").screen().contains("you are in it"), "{}", asks.screen());
    let screen = asks.keys("J").screen();
    assert!(screen.contains("You can join again until it begins."), "{screen}");
    assert!(!asks.keys("y").screen().contains("you are in it"), "{}", asks.screen());
}

#[test]
fn p5_the_list_fits_every_terminal_and_says_what_to_do_when_empty() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    let mo = live.block(live.place.moderator("mo"));
    for (columns, rows) in SIZES {
        for (who, words) in [(&ann, "The staff make them"), (&mo, "n makes the first one.")] {
            let mut h = Harness::live_at(&live, who, Capabilities::COMMON, columns, rows);
            let flat = h.keys("gC").screen().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(words), "{columns}x{rows}: {flat}");
        }
    }
}
