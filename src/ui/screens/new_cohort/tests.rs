//! The form of a new cohort, over a real community.

use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// W2: what is typed is there again, with who sees the board; a refusal keeps it.
#[test]
fn w2_what_is_typed_is_kept_until_the_cohort_is_made() {
    let live = Blocking::new();
    let mo = live.block(live.place.moderator("mo"));
    let mut h = Harness::live(&live, &mo);
    let screen = h.open(&Route::NewCohort).keys("Bread<^T>").screen();
    assert!(screen.contains("board seen by all members"), "{screen}");
    h.keys("<Esc>");
    let mut h = Harness::live(&live, &mo);
    let screen = h.open(&Route::NewCohort).screen();
    assert!(screen.contains("Bread") && screen.contains("board seen by all members"), "{screen}");
    let screen = h.keys("<^S>").screen();
    assert!(screen.contains("What it is for: write 1 to 200 characters."), "{screen}");
    let screen = h.keys("<Enter>A loaf a week<^S>").screen();
    assert!(screen.contains("The cohort is there") && screen.contains("all members see it"), "{screen}");
    let screen = Harness::live(&live, &mo).open(&Route::NewCohort).screen();
    assert!(!screen.contains("Bread"), "the draft is gone: {screen}");
}

#[test]
fn p5_the_form_fits_every_terminal() {
    let live = Blocking::new();
    let mo = live.block(live.place.moderator("mo"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &mo, Capabilities::COMMON, columns, rows);
        let screen = h.open(&Route::NewCohort).screen();
        assert!(screen.contains("name") && screen.contains("2026-12-06"), "{columns}x{rows}: {screen}");
    }
}
