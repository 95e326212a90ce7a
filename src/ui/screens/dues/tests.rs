//! Dues, over a real community.

use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

/// P6: the sysop records and takes back; the member sees it on their own page, and one key lets them off.
#[test]
fn p6_dues_are_recorded_seen_on_ones_own_page_and_let_off_with_one_key() {
    let live = Blocking::with(|settings| settings.dues = true);
    let sue = live.block(live.place.sysop("sue"));
    let ann = live.block(live.place.regular("ann"));
    let mut h = Harness::live(&live, &sue);
    let screen = h.keys("gD").screen();
    assert!(screen.contains("ann: nothing is recorded"), "{screen}");
    let screen = h.keys("r2027-02-01 in cash<Enter>").screen();
    assert!(screen.contains("ann: run until 2027-02-01"), "{screen}");
    let screen = h.keys("<Enter>").screen();
    assert!(screen.contains("by sue (in cash)"), "{screen}");
    let mut own = Harness::live(&live, &ann);
    let screen = own.keys("gD").screen();
    assert!(screen.contains("Yours: run until 2027-02-01") && !screen.contains("Everybody's"), "{screen}");
    let screen = own.keys("W").screen();
    assert!(screen.contains("Yours: let off") && screen.contains("W not let off"), "{screen}");
    assert!(screen.contains("You are let off. Only the sysop can see it."), "{screen}");
    let screen = Harness::live(&live, &sue).keys("gD").screen();
    assert!(screen.contains("ann: let off"), "{screen}");
    let screen = own.keys("W").screen();
    assert!(
        screen.contains("Yours: run until") && screen.contains("You are not let off any more."),
        "{screen}"
    );
    let screen = h.keys("xy").screen();
    assert!(screen.contains("taken back: until 2027-02-01"), "{screen}");
}

#[test]
fn p6_where_no_dues_are_kept_the_key_says_so_and_the_screen_fits_elsewhere() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    let screen = Harness::live(&live, &ann).keys("gD").screen();
    assert!(!screen.contains("Yours:") && screen.contains("No dues are kept here"), "{screen}");
    let sue = live.block(live.place.sysop("sue"));
    let screen = Harness::live(&live, &sue).keys("gD").screen();
    assert!(screen.contains("No dues here. To keep: g X, Settings."), "{screen}");
    let screen = Harness::live(&live, &ann).keys("gX").screen();
    assert!(screen.contains("That is for the sysop."), "{screen}");
    let live = Blocking::with(|settings| settings.dues = true);
    let ann = live.block(live.place.regular("ann"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let plain = Capabilities { unicode: false, ..Capabilities::COMMON };
        let screen = Harness::live_at(&live, &ann, plain, columns, rows).keys("gD").screen();
        assert!(
            screen.is_ascii() && screen.contains("Yours: nothing is recorded"),
            "{columns}x{rows}: {screen}"
        );
    }
}
