//! Who is at the door, by keys against a real community (D5).

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::applications::{DecideApplication, ListApplications, ShowAtDoor};
use crate::service::cases::scene::{Cast, apply};
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

fn with_applicant() -> (Rc<Blocking>, Cast, Caller, Caller) {
    let (live, cast) = Cast::live();
    let dan = live.block(apply(&live.place, "dan"));
    let ruth = live.block(live.place.regular("ruth"));
    (live, cast, dan, ruth)
}

#[test]
fn d5_a_member_vouches_and_takes_it_back_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let (live, cast, _, ruth) = with_applicant();
        let mut h = Harness::live_at(&live, &ruth, Capabilities::COMMON, columns, rows);
        let list = h.keys("gx").screen();
        assert!(list.contains("dan") && list.contains("Hello all."), "{list}");
        assert!(!list.contains("I like fires"), "why somebody comes is for the staff: {list}");
        let asked = h.keys("v").screen();
        assert!(asked.contains("How do you know dan?"), "{asked}");
        let said = h.keys("We mended a boat.<Enter>").screen();
        assert!(said.contains("you vouch"), "{said}");
        let whole = h.keys("<Enter>").screen();
        assert!(whole.contains("We mended a boat."), "{whole}");
        assert_eq!(live.call(&cast.mo, ListApplications).unwrap()[0].vouches[0].words, "We mended a boat.");
        h.keys("x");
        assert!(live.call(&cast.mo, ListApplications).unwrap()[0].vouches.is_empty());
        assert!(h.keys("<Esc>x").screen().contains("You have said nothing for dan"), "{}", h.screen());
    }
}

#[test]
fn d5_l5_who_is_let_in_or_hides_leaves_the_screen_by_itself() {
    let (live, cast, dan, ruth) = with_applicant();
    let mut h = Harness::live(&live, &ruth);
    h.keys("gx<Enter>");
    live.call(&dan, ShowAtDoor { shown: false }).unwrap();
    assert!(h.wake().screen().contains("Nobody waits at the door"), "{}", h.screen());
    live.call(&dan, ShowAtDoor { shown: true }).unwrap();
    assert!(h.wake().screen().contains("dan"), "{}", h.screen());
    let id = live.call(&cast.mo, ListApplications).unwrap()[0].id;
    live.call(&cast.mo, DecideApplication { id, approve: true, answer: String::new() }).unwrap();
    assert!(h.wake().screen().contains("Nobody waits at the door"), "{}", h.screen());
}

#[test]
fn d5_a_newcomer_is_told_that_it_is_too_early() {
    let (live, _, _, _) = with_applicant();
    let newcomer = live.block(live.place.member("newc", Level::Newcomer, Role::Member));
    let mut h = Harness::live(&live, &newcomer);
    h.keys("gxvWe met.<Enter>");
    assert!(h.screen().contains("Newcomers cannot do this yet"), "{}", h.screen());
}
