//! The invite tree, by keys against a real community (D6).

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::invites::MakeInvite;
use crate::service::joining::{AcceptRule, JoiningState, StartJoining, SubmitApplication};
use crate::service::passwords::NewPassword;
use crate::service::testing::Blocking;
use crate::service::{Caller, accounts::SetUp};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

/// Somebody who comes in with an invite of `by`.
fn brings(live: &Blocking, by: &Caller, handle: &str) -> Caller {
    let invite = Some(live.call(by, MakeInvite { note: String::new() }).unwrap().code);
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite };
    let mut session = Caller::GUEST;
    session.become_member(live.call(&session, start).unwrap().identity);
    let charter = live.call(&session, JoiningState).unwrap().charter;
    for rule in &charter.rules {
        live.call(&session, AcceptRule { version: charter.version, no: rule.no }).unwrap();
    }
    live.call(&session, SubmitApplication).unwrap();
    session
}

fn place() -> (Rc<Blocking>, Caller) {
    let live = Blocking::new();
    live.call(&Caller::host(), SetUp).unwrap();
    let ruth = live.block(live.place.regular("ruth"));
    live.block(live.place.regular("max"));
    (live, ruth)
}

#[test]
fn d6_the_tree_shows_who_brought_whom_folds_and_leads_to_profiles_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let (live, ruth) = place();
        brings(&live, &ruth, "ada");
        brings(&live, &ruth, "bob");
        let mut h = Harness::live_at(&live, &ruth, Capabilities::COMMON, columns, rows);
        let tree = h.keys("gT").screen();
        assert!(tree.contains("- ruth  brought 2") && tree.contains("4 members, each below"), "{tree}");
        assert!(tree.contains("    ada") && tree.contains("max"), "{tree}");
        let folded = h.keys("f").screen();
        assert!(folded.contains("+ ruth") && !folded.contains("ada"), "{folded}");
        assert!(h.keys("f").screen().contains("ada"), "{}", h.screen());
        h.keys("F");
        assert!(!h.screen().contains("ada"), "{}", h.screen());
        h.keys("Fj<Enter>");
        assert!(h.screen().contains("ada"), "{}", h.screen());
    }
}

#[test]
fn d6_a_profile_leads_to_its_branch_and_the_invites_to_the_tree() {
    let (live, ruth) = place();
    brings(&live, &ruth, "ada");
    let mut h = Harness::live(&live, &ruth);
    h.keys("gTj<Enter>i");
    assert!(h.screen().contains("Nobody has come through this member yet."), "{}", h.screen());
    h.keys("git");
    assert!(h.screen().contains("invite tree") && h.screen().contains("- ruth"), "{}", h.screen());
}

#[test]
fn d6_who_comes_in_appears_without_a_key() {
    let (live, ruth) = place();
    let mut h = Harness::live(&live, &ruth);
    h.keys("gT");
    brings(&live, &ruth, "ada");
    assert!(h.wake().screen().contains("ada"), "{}", h.screen());
}
