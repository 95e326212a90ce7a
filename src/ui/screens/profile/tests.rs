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
