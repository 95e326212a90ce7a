//! Who does what, over a real community.

use std::rc::Rc;

use crate::service::testing::Blocking;
use crate::service::{Caller, Who};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

fn community() -> (Rc<Blocking>, Caller, Caller) {
    let live = Blocking::new();
    let mo = live.block(live.place.moderator("mo"));
    let ann = live.block(live.place.regular("ann"));
    live.block(live.place.board("general"));
    (live, mo, ann)
}

fn profile_of(who: &Caller) -> Route {
    let Who::Member(id) = who.who else { panic!("a member") };
    Route::Profile(id)
}

/// P4: offered from the profile, answered from what is for one, stepped down from with one key and a yes.
#[test]
fn p4_a_role_is_offered_accepted_and_stepped_down_from() {
    let (live, mo, ann) = community();
    let mut staff = Harness::live(&live, &mo);
    let screen = staff.open(&profile_of(&ann)).keys("o").screen();
    assert!(screen.contains("Ask ann to be") && screen.contains("host of general"), "{screen}");
    assert!(!screen.contains("moderator"), "moderators are the sysop's to ask: {screen}");
    assert!(staff.keys("<Enter>").screen().contains("Asked."), "{}", staff.screen());
    let mut asked = Harness::live(&live, &ann);
    let screen = asked.keys("gn").screen();
    assert!(screen.contains("mo asks whether you would take on a role"), "{screen}");
    let screen = asked.keys("<Enter>").screen();
    assert!(screen.contains("host of general") && screen.contains("mo asks you, for 180 days"), "{screen}");
    let screen = asked.keys("a").screen();
    assert!(screen.contains("until 2027-05-21"), "{screen}");
    assert!(staff.keys("gn").screen().contains("ann answered your offer"), "{}", staff.screen());
    let screen = Harness::live(&live, &mo).keys("go").screen();
    assert!(screen.contains("ann took on a role") && screen.contains("host of general, until"), "{screen}");
    let screen = asked.keys("x").screen();
    assert!(screen.contains("Step down as host of general?"), "{screen}");
    assert!(asked.keys("y").screen().contains("The role has ended."), "{}", asked.screen());
    assert!(!asked.screen().contains("until 2027"), "{}", asked.screen());
}

/// P4: who declines is left alone, and the offer is gone for whoever made it.
#[test]
fn p4_an_offer_is_declined_or_taken_back() {
    let (live, mo, ann) = community();
    let mut staff = Harness::live(&live, &mo);
    staff.open(&profile_of(&ann)).keys("o<Enter>");
    let mut asked = Harness::live(&live, &ann);
    assert!(asked.keys("gvd").screen().contains("Thank you for saying so."), "{}", asked.screen());
    staff.open(&profile_of(&ann)).keys("o<Enter>");
    // mo has a line of its own as moderator; the offer stands before it.
    let screen = staff.keys("gvx").screen();
    assert!(screen.contains("taken back") && !screen.contains("host of general"), "{screen}");
    assert!(!Harness::live(&live, &ann).keys("go").screen().contains("declined"));
}

#[test]
fn p4_the_page_fits_every_terminal_and_says_what_to_do_when_empty() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &ann, Capabilities::COMMON, columns, rows);
        let flat = h.keys("gv").screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("Nobody has a role yet."), "{columns}x{rows}: {flat}");
    }
    let mo = live.block(live.place.moderator("mo"));
    let plain = Capabilities { unicode: false, ..Capabilities::COMMON };
    let screen = Harness::live_at(&live, &mo, plain, 40, 12).keys("gv").screen();
    assert!(screen.is_ascii() && screen.contains("mo moderator"), "{screen}");
}
