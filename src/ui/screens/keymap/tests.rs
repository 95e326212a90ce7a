//! The keyboard's keys: chosen, pressed, refused with words, reset.

#![allow(clippy::unwrap_used)]

use crate::service::members::{SetKeys, WhoAmI};
use crate::service::testing::Blocking;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};

/// A live session on the screen, with what fits the filter.
fn open(live: &std::rc::Rc<Blocking>, filter: &str) -> (Harness, crate::service::Caller) {
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(live, &alice);
    h.keys(":your keyboard<Enter>");
    assert!(h.screen().lines().next().unwrap().contains("your keys on the keyboard"), "{}", h.screen());
    h.keys(&format!("/{filter}<Enter>"));
    (h, alice)
}

fn stored(live: &Blocking, who: &crate::service::Caller) -> String {
    let me = live.call(who, WhoAmI).unwrap();
    me.choice("keys").unwrap_or_default().to_owned()
}

#[test]
fn the_settings_lead_here() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    let settings = h.keys("gs<End>").screen();
    assert!(settings.contains("Your keyboard"), "{settings}");
    h.keys("<Up><Enter>");
    assert!(h.screen().lines().next().unwrap().contains("your keys on the keyboard"), "{}", h.screen());
}

/// PRODUCT.md section 3: keys are data; a member can remap them.
#[test]
fn a_command_is_chosen_and_the_next_key_is_its_key_at_once() {
    let live = Blocking::new();
    let (mut h, alice) = open(&live, "members");
    let seen = h.screen();
    assert!(seen.lines().any(|line| line.contains("g m") && line.contains("Members")), "{seen}");
    h.keys("<Enter>");
    assert!(h.screen().contains("Press the new key now"), "{}", h.screen());
    h.keys("g9");
    assert_eq!(stored(&live, &alice), "everywhere.go-members g 9\n");
    let seen = h.screen();
    assert!(seen.contains("g 9 does it from now on") && seen.contains("yours"), "{seen}");
    // It holds at once, and the old one does nothing.
    h.keys("gm");
    assert!(h.screen().lines().next().unwrap().contains("keyboard"), "{}", h.screen());
    h.keys("g9");
    assert!(h.screen().lines().next().unwrap().contains("members"), "{}", h.screen());
    // It is there in the next session too.
    let mut again = Harness::live(&live, &alice);
    again.keys("g9");
    assert!(again.screen().lines().next().unwrap().contains("members"));
}

#[test]
fn a_key_that_is_taken_or_holds_everywhere_is_refused_and_nothing_is_stored() {
    let live = Blocking::new();
    let (mut h, alice) = open(&live, "members: who");
    h.keys("/<^U>Search everywhere<Enter>");
    for (keys, why) in [
        ("<Enter>q", "q is taken: \"Leave\""),
        ("<Enter>?", "means the same everywhere"),
        ("<Enter><^P>", "means the same everywhere"),
        ("<Enter><^C>", "does no harm"),
        ("<Enter>gm", "g m is taken"),
    ] {
        let seen = h.keys(keys).screen();
        assert!(seen.contains(why), "{keys}: {seen}");
        assert_eq!(stored(&live, &alice), "");
    }
    // Esc leaves it as it is, also after g.
    h.keys("<Enter><Esc><Enter>g<Esc>");
    assert_eq!(stored(&live, &alice), "");
    assert!(h.screen().lines().next().unwrap().contains("keyboard"));
}

#[test]
fn a_key_goes_back_alone_or_with_all_others_after_a_question() {
    let live = Blocking::new();
    let (mut h, alice) = open(&live, "drafts: what");
    assert!(h.keys("x").screen().contains("That is the usual key."));
    h.keys("<Enter>g9");
    assert!(!stored(&live, &alice).is_empty());
    h.keys("x");
    assert_eq!(stored(&live, &alice), "");
    h.keys("<Enter>}");
    assert_eq!(stored(&live, &alice), "everywhere.go-drafts }\n");
    h.keys("Xn");
    assert_eq!(stored(&live, &alice), "everywhere.go-drafts }\n", "the answer was no");
    h.keys("Xy");
    assert_eq!(stored(&live, &alice), "");
    assert!(h.screen().contains("The usual keys hold again"), "{}", h.screen());
}

#[test]
fn control_c_and_control_z_do_no_harm_anywhere() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    for place in ["gh", "gb", "gm", "gs", "gd", "gi", "go", "/", "<Esc>:"] {
        h.keys(place);
        let before = h.screen();
        let after = h.keys("<^C><^Z><^C>").screen();
        assert_eq!(before, after, "on {place}");
        assert!(!h.left);
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    assert!(live.call(&alice, SetKeys { lines: "x".repeat(13_000) }).is_err());
    assert!(live.call(&alice, SetKeys { lines: "thread.reply \u{1b}[2J".to_owned() }).is_err());
    let guest = crate::service::Caller::GUEST;
    assert!(live.call(&guest, SetKeys { lines: String::new() }).is_err());
    assert_eq!(stored(&live, &alice), "");
}

#[test]
fn it_fits_forty_columns_and_plain_ascii() {
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(me("alice"), plain, columns, rows);
        h.forget();
        h.app.open(&crate::ui::route::Route::KeyMap);
        let screen = h.screen();
        assert!(screen.is_ascii(), "{screen}");
        assert!(screen.contains("Everywhere") && screen.contains("Read on"), "{screen}");
        assert!(screen.contains("Enter change"), "{screen}");
        assert!(h.cells_changed_by("j") <= 2, "moving costs two marks");
        assert!(h.keys("/reply").screen().contains("filter: reply"));
        assert!(h.keys("<^U>xyzzy").screen().contains("No command fits"));
        assert!(h.keys("<Esc>").screen().contains("Everywhere"));
    }
}
