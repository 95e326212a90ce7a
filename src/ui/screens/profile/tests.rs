//! The profile screen, over a real community.

#![allow(clippy::unwrap_used)]

use crate::service::keys::AddKey;
use crate::service::members::{EditProfile, ProfileTexts};
use crate::service::testing::Blocking;
use crate::ui::harness::Harness;

#[test]
fn p2_a_profile_shows_what_its_owner_wrote_and_leaves_out_what_is_empty() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let texts = ProfileTexts {
        zone: "Asia/Tokyo".to_owned(),
        plan: "baking bread".to_owned(),
        can_help: "sourdough, Rust".to_owned(),
        ..ProfileTexts::default()
    };
    live.call(&bob, EditProfile { texts }).unwrap();
    let mut h = Harness::live(&live, &alice);
    h.keys("gmj<Enter>");
    let screen = h.screen();
    for word in ["bob", "baking bread", "sourdough, Rust", "21:00, Asia/Tokyo", "member since"] {
        assert!(screen.contains(word), "{word} is missing:\n{screen}");
    }
    assert!(!screen.contains("looking for"), "{screen}");
}

#[test]
fn p2_only_ones_own_profile_offers_to_edit_it() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    live.block(live.place.regular("bob"));
    let mut h = Harness::live(&live, &alice);
    h.keys("gm<Enter>");
    assert!(h.screen().contains("e edit"));
    h.keys("<Esc>j<Enter>");
    assert!(!h.screen().contains("e edit"));
}

#[test]
fn p2_fingerprints_of_keys_are_shown_to_their_owner_only() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let line = include_str!("../../../../tests/keys/ed25519.pub").to_owned();
    live.call(&alice, AddKey { line, name: "laptop".to_owned() }).unwrap();
    let fingerprint = include_str!("../../../../tests/keys/ed25519.fp").trim();
    let own = Harness::live(&live, &alice).keys("gm<Enter>").screen();
    assert!(own.contains(fingerprint) && own.contains("laptop"), "{own}");
    let others = Harness::live(&live, &bob).keys("gm<Enter>").screen();
    assert!(others.contains("alice") && !others.contains("SHA256") && !others.contains("laptop"), "{others}");
}

/// W4: one's own thanks stand on one's own profile, and on nobody else's screen.
#[test]
fn thanks_stand_on_ones_own_profile_alone() {
    use crate::service::thanks::GiveThanks;
    use crate::service::writing::StartThread;
    let live = Blocking::new();
    let people = ["alice", "bob", "cleo"].map(|handle| live.block(live.place.regular(handle)));
    let board = live.block(live.place.board("general"));
    let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
    let thread = live.call(&people[1], start).unwrap().thread;
    let bob = crate::ui::route::Route::Profile(crate::domain::ids::MemberId(2));
    let mut third = Harness::live(&live, &people[2]);
    let before = third.open(&bob).screen();
    let mut own = Harness::live(&live, &people[1]);
    own.open(&bob);
    assert!(!own.screen().contains("alice"));
    live.call(&people[0], GiveThanks { thread, no: crate::domain::ids::PostNo(1) }).unwrap();
    let screen = own.wake().screen();
    assert!(screen.contains("alice for 1 in Kettles (only you see this)"), "{screen}");
    assert_eq!(third.wake().screen(), before);
}
