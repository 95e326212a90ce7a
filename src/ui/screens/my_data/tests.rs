//! One's own data as a member meets it (W6).
#![allow(clippy::unwrap_used)]

use crate::service::mine::ShowMyData;
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

#[test]
fn w6_one_leaves_by_typing_the_handle_and_stays_with_one_key() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    let mut h = Harness::live(&live, &ann);
    h.screen();
    let screen = h.open(&Route::MyData).screen();
    assert!(
        screen.contains("What Testhob keeps about you") && screen.contains("export > me.tar"),
        "{screen}"
    );
    assert!(h.keys("L").screen().contains("What is to remain?"));
    assert!(h.keys("3").screen().contains("type your handle"));
    let screen = h.keys("anne<Enter>").screen();
    assert!(screen.contains("That is not your handle"), "{screen}");
    h.keys("L3ann<Enter>");
    assert!(live.call(&ann, ShowMyData).unwrap().leaving.is_some());
    assert!(h.screen().contains("You leave on 2026-11-29"), "{}", h.screen());
    let screen = h.keys("s").screen();
    assert!(screen.contains("You stay"), "{screen}");
    assert!(live.call(&ann, ShowMyData).unwrap().leaving.is_none());
}

#[test]
fn w6_the_settings_lead_there_and_it_fits_every_size() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &ann, Capabilities::COMMON, columns, rows);
        h.screen();
        h.keys(":your data<Enter>");
        let screen = h.screen();
        assert!(screen.contains("my data") && screen.contains("your account and profile"), "{screen}");
        let end = h.keys("<End>").screen();
        assert!(end.contains("withdrew it"), "{end}");
    }
}
