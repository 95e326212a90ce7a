//! The path screen, over a real community.

use crate::domain::member::{Level, Role};
use crate::domain::time::DAY_S;
use crate::service::testing::Blocking;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, Who};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

fn newcomer() -> (std::rc::Rc<Blocking>, Caller, Caller) {
    let live = Blocking::new();
    let nils = live.block(live.place.member("nils", Level::Newcomer, Role::Member));
    let mo = live.block(live.place.moderator("mo"));
    (live, nils, mo)
}

/// P4: the exact numbers still missing.
#[test]
fn p4_the_path_says_exactly_what_is_missing() {
    let (live, nils, mo) = newcomer();
    let mut h = Harness::live(&live, &nils);
    let screen = h.keys("gp").screen();
    for words in [
        "You are a newcomer.",
        "To be a member you have 4 things to go",
        "0 of 3, 3 more",
        "0 of 20, 20 more",
    ] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    let board = live.block(live.place.board("general"));
    let (title, body) = ("Hello".to_owned(), "I am nils.".to_owned());
    let thread = live.call(&nils, StartThread { board, title, body }).unwrap().thread;
    let reply_to = Some(crate::domain::ids::PostNo(1));
    live.call(&mo, WriteReply { thread, reply_to, body: "Welcome.".to_owned() }).unwrap();
    live.place.clock.advance(2 * DAY_S);
    let screen = h.keys("<Esc>gp").screen();
    assert!(screen.contains("2 things to go"), "{screen}");
    assert!(screen.contains("2 of 3, 1 more") && screen.contains("✓ posts written"), "{screen}");
    assert!(screen.contains("✓ replies received"), "{screen}");
}

/// P4: staff may see a member's path; other members may not.
#[test]
fn p4_staff_see_a_members_path_and_nobody_else_does() {
    let (live, nils, mo) = newcomer();
    let Who::Member(id) = nils.who else { panic!("a member") };
    let screen = Harness::live(&live, &mo).open(&Route::Profile(id)).keys("p").screen();
    assert!(screen.contains("nils is a newcomer.") && screen.contains("20 more"), "{screen}");
    let ann = live.block(live.place.regular("ann"));
    let mut h = Harness::live(&live, &ann);
    let screen = h.open(&Route::Path(Some(id))).screen();
    assert!(!screen.contains("20 more"), "{screen}");
    let screen = h.open(&Route::Profile(id)).keys("p").screen();
    assert!(!screen.contains("20 more"), "{screen}");
}

#[test]
fn p4_the_path_fits_a_small_terminal_in_ascii_and_a_wide_one() {
    let (live, nils, mo) = newcomer();
    let plain = Capabilities { unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &nils, plain, 40, 12);
    let screen = h.keys("gp").screen();
    assert!(screen.is_ascii() && screen.contains("posts read: 0 of 20, 20 more"), "{screen}");
    let screen = h.keys(">").screen();
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Nobody else sees these numbers but the staff."), "{screen}");
    let screen = Harness::live_at(&live, &mo, Capabilities::COMMON, 160, 50).keys("gp").screen();
    assert!(screen.contains("You are moderator."), "{screen}");
}
