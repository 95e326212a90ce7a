//! The two logs, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::moderation::{Deed, NO_RULE};
use crate::service::cases::scene::Cast;
use crate::service::moderation::{Moderate, UndoAct};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

/// M5: open to all members, rule and reason and actor on every act.
#[test]
fn m5_members_read_who_did_what_under_which_rule_and_why() {
    let (live, cast) = Cast::live();
    let act = live.call(&cast.mo, cast.moderate(Deed::RemovePost)).unwrap().act;
    let mut h = Harness::live(&live, &cast.ann);
    let screen = h.keys("go").screen();
    assert!(screen.contains("mo removed post #2 in \"Trains\" by bo in talk"), "{screen}");
    assert!(screen.contains("rule 1, Be kind, and be straight: It calls people fools."), "{screen}");
    live.call(&cast.mo, UndoAct { act }).unwrap();
    let screen = h.wake().screen();
    assert!(screen.contains("mo undid: removed post #2"), "it came by itself: {screen}");
}

/// M5: a reason that its row cuts off can be read whole.
#[test]
fn m5_the_chosen_entry_is_shown_whole() {
    let (live, cast) = Cast::live();
    let reason =
        "Nobody here is a fool, and nobody who says so twice in one evening is right either.".to_owned();
    live.call(&cast.mo, Moderate { reason, ..cast.moderate(Deed::RemovePost) }).unwrap();
    for (columns, rows) in [(40, 12), (80, 24)] {
        let mut h = Harness::live_at(&live, &cast.ann, Capabilities::COMMON, columns, rows);
        let screen = h.keys("go").screen();
        let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("twice in one evening is right either."), "{columns}x{rows}:\n{screen}");
    }
}

#[test]
fn an_entry_leads_to_its_place() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::CollapsePost)).unwrap();
    let mut h = Harness::live(&live, &cast.ann);
    let screen = h.keys("go<Enter>").screen();
    assert!(screen.contains("Trains") && screen.contains("Folded by the moderators"), "{screen}");
    assert!(h.keys("<Esc>").screen().contains("mo folded post #2"));
}

#[test]
fn older_pages_come_as_one_goes_down_and_new_entries_do_not_move_the_choice() {
    let (live, cast) = Cast::live();
    let tidy = |deed| Moderate { rule_no: NO_RULE, reason: String::new(), ..cast.moderate(deed) };
    for _ in 0..30 {
        live.call(&cast.mo, tidy(Deed::PinThread)).unwrap();
        live.call(&cast.mo, tidy(Deed::UnpinThread)).unwrap();
    }
    let mut h = Harness::live(&live, &cast.ann);
    h.keys("go");
    h.keys(">");
    h.keys(">");
    let bottom = h.screen();
    let row = bottom.lines().find(|row| row.starts_with('▸')).unwrap().to_owned();
    assert!(row.contains("pinned"), "the first act of all: {bottom}");
    live.call(&cast.mo, tidy(Deed::PinThread)).unwrap();
    let after = h.wake().screen();
    assert!(after.lines().any(|line| line == row), "{after}");
}

#[test]
fn m5_the_audit_log_is_for_staff_and_says_more() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::MoveThread(cast.attic))).unwrap();
    let mut h = Harness::live(&live, &cast.mia);
    let screen = h.keys("ga").screen();
    let detail = format!("from={} to={}", cast.talk, cast.attic);
    assert!(screen.contains("audit log") && screen.contains(&detail), "{screen}");
    let mut h = Harness::live(&live, &cast.ann);
    assert!(!h.keys("ga").screen().contains("audit log"));
    assert!(!h.keys("go").screen().contains(&detail));
}

#[test]
fn an_empty_log_and_a_small_terminal() {
    let (live, cast) = Cast::live();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.ann, plain, 40, 12);
    assert!(h.keys("go").screen().contains("Nothing had to be done yet."));
    live.call(&cast.mo, cast.moderate(Deed::Warn)).unwrap();
    let screen = h.wake().screen();
    assert!(screen.is_ascii() && screen.contains("mo warned bo"), "{screen}");
    let mut h = Harness::live_at(&live, &cast.ann, Capabilities::COMMON, 160, 50);
    assert!(h.keys("go").screen().contains("It calls people fools."));
}
