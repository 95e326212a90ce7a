//! Coming back while one is leaving (W6).
#![allow(clippy::unwrap_used)]

use crate::domain::leaving::LeavingWay;
use crate::service::mine::{AskToLeave, ShowMyData};
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

#[test]
fn w6_logging_in_shows_the_choice_to_stay_at_every_size() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        live.call(&ann, AskToLeave { way: LeavingWay::Former, handle: "ann".to_owned() }).unwrap();
        let mut h = Harness::live_at(&live, &ann, Capabilities::COMMON, columns, rows);
        let screen = h.screen();
        assert!(screen.contains("You asked to leave") && screen.contains("s: stay after all"), "{screen}");
        let screen = h.keys("<Enter>").screen();
        assert!(!screen.contains("You asked to leave"), "it keeps nobody: {screen}");
        let mut h = Harness::live_at(&live, &ann, Capabilities::COMMON, columns, rows);
        let screen = h.keys("s").screen();
        assert!(screen.contains("You stay"), "{screen}");
        assert!(live.call(&ann, ShowMyData).unwrap().leaving.is_none());
    }
}
