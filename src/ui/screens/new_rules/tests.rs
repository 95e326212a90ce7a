//! M8: the rules that changed are accepted one by one at the next log-in.
#![allow(clippy::unwrap_used)]

use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::accounts::SetUp;
use crate::service::console::{Deed, act};
use crate::service::members::WhoAmI;
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

#[test]
fn m8_new_rules_are_accepted_one_by_one_at_every_size() {
    let live = Blocking::new();
    live.call(&Caller::host(), SetUp).unwrap();
    let sue = live.block(live.place.member("sue", Level::Regular, Role::Sysop));
    for ((columns, rows), handle) in [((40, 12), "ann"), ((80, 24), "bo"), ((160, 50), "cleo")] {
        let member = live.block(live.place.regular(handle));
        live.place.clock.advance(60);
        for title in ["First", "Second"] {
            let words = format!("{title} for {handle}");
            live.call(&sue, act(Deed::AddRule, "", [words.as_str(), "It means something."])).unwrap();
        }
        let mut early = Harness::live_at(&live, &member, Capabilities::COMMON, columns, rows);
        assert!(!early.screen().contains("The charter has changed"), "a draft is nobody's business");
        live.call(&sue, act(Deed::PublishCharter, "charter", Vec::<String>::new())).unwrap();
        assert!(!early.wake().screen().contains("The charter has changed"), "at the next log-in");
        let mut h = Harness::live_at(&live, &member, Capabilities::COMMON, columns, rows);
        let screen = h.screen();
        assert!(screen.contains("The charter has changed"), "{screen}");
        assert!(h.keys("<Esc>gb").screen().contains("The charter has changed"), "it waits");
        for _ in 0..30 {
            if !live.call(&member, WhoAmI).unwrap().new_rules {
                break;
            }
            h.keys("<Enter>").screen();
        }
        assert!(!live.call(&member, WhoAmI).unwrap().new_rules);
        assert!(!h.screen().contains("The charter has changed"), "{}", h.screen());
    }
}
