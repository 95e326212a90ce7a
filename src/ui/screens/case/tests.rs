//! A case from its report to its decision, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::moderation::{Deed, Thing};
use crate::service::cases::scene::Cast;
use crate::service::cases::{ClaimCase, ListQueue, MyReports, ReportThing};
use crate::service::moderation::MyWarnings;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

/// M2's AC: from the report to the decision in at most 4 keys and a reason, at 80x24.
#[test]
fn m2_a_report_is_decided_in_four_keys_and_a_reason() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    h.keys("gq");
    h.keys("<Enter>").keys("x").keys("It calls people fools.").keys("<Enter>");
    let preview = h.screen();
    assert!(preview.contains("bo will read:"), "{preview}");
    h.keys("<Enter>");
    let screen = h.screen();
    assert!(screen.contains("decided by mo") && screen.contains("Done. u undoes it"), "{screen}");
    assert!(live.call(&cast.mo, ListQueue).unwrap().items.is_empty());
    let told = &live.call(&cast.ann, MyReports).unwrap()[0];
    assert!(told.outcome.as_ref().unwrap().1.contains("the post was removed"));
}

/// M2: the preview is, word for word, what the member will see.
#[test]
fn m2_the_preview_says_exactly_what_the_member_reads() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    let preview = h.keys("gq<Enter>wBe kind, please.<Enter>").screen();
    h.keys("y");
    let warnings = live.call(&cast.bo, MyWarnings).unwrap();
    assert_eq!(warnings[0].notice.len(), 4);
    for paragraph in &warnings[0].notice {
        assert!(preview.contains(paragraph.as_str()), "{paragraph} is not in\n{preview}");
    }
}

#[test]
fn m2_snapshot_context_and_history_are_there() {
    let (live, cast) = Cast::live();
    live.call(&cast.mia, cast.moderate(Deed::Warn)).unwrap();
    live.call(&cast.ann, cast.report_it()).unwrap();
    for (columns, rows) in [(80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, columns, rows);
        let screen = h.keys("gq<Enter>").screen();
        for words in ["You are all fools.", "Who likes trains?", "rude", "warned, rule 1 by mia", "regular"] {
            assert!(screen.contains(words), "{words} is missing at {columns}:\n{screen}");
        }
    }
}

/// From 120 columns text and history stand side by side; below, Tab goes from part to part.
#[test]
fn m2_wide_side_by_side_narrow_part_by_part() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 120, 24);
    let screen = h.keys("gq<Enter>").screen();
    let row = screen.lines().find(|row| row.contains("What was reported")).unwrap();
    assert!(row.contains("Reported by one member"), "{screen}");

    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gq<Enter>").screen();
    assert!(screen.is_ascii() && !screen.contains("before"), "{screen}");
    let mut seen = screen;
    for _ in 0..3 {
        seen.push_str(&h.keys("<Tab>").screen());
    }
    assert!(seen.contains("What concerned bo before"), "{seen}");
    assert!(seen.contains("What was reported"));
}

#[test]
fn m2_deciding_claims_first_and_others_see_it() {
    let (live, cast) = Cast::live();
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    let mut mo = Harness::live(&live, &cast.mo);
    mo.keys("gq<Enter>");
    let mut mia = Harness::live(&live, &cast.mia);
    mia.keys("gq<Enter>");
    mo.keys("f");
    assert!(mia.wake().screen().contains("claimed by mo"));
    let refused = mia.keys("x").screen();
    assert!(refused.contains("mo has claimed this case"), "{refused}");
    // Typed words are kept when the server says no.
    live.place.clock.advance(2 * 60 * 60);
    live.call(&cast.mia, ClaimCase { case }).unwrap();
    let screen = mo.keys("too late<Enter><Enter>").screen();
    assert!(screen.contains("mia has claimed this case") && screen.contains("too late"), "{screen}");
}

/// D5's rule: the other is told at once, in the open screen.
#[test]
fn m2_the_decision_of_another_shows_in_the_open_case() {
    let (live, cast) = Cast::live();
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    let mut mia = Harness::live(&live, &cast.mia);
    mia.keys("gq<Enter>");
    live.call(&cast.mo, cast.decide(case, &[])).unwrap();
    let screen = mia.wake().screen();
    assert!(screen.contains("decided by mo"), "{screen}");
    assert!(!screen.contains("x remove"), "what is decided is not offered: {screen}");
    assert!(mia.keys("x").screen().contains("mo has decided this case"));
}

#[test]
fn m3_u_undoes_the_decision_and_the_case_is_open_again() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    h.keys("gq<Enter>bTwice.<Enter><Enter>");
    assert!(h.screen().contains("u undo"));
    let screen = h.keys("u").screen();
    assert!(screen.contains("the case is open again") && screen.contains("x remove"), "{screen}");
    assert!(live.call(&cast.bo, MyWarnings).unwrap().is_empty());
}

#[test]
fn n_goes_to_the_next_item_and_says_when_there_is_none() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let thread = ReportThing { thing: Thing::Thread(cast.thread), rule_no: 2, note: String::new() };
    live.call(&cast.bo, thread).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.keys("gq<Enter>").screen().contains("post #2"));
    assert!(h.keys("n").screen().contains("thread \"Trains\""));
    h.keys("oFine.<Enter><Enter>n");
    assert!(h.screen().contains("post #2"));
    h.keys("o<Enter><Enter>");
    assert!(h.keys("n").screen().contains("Nothing else waits for you"));
    assert!(h.keys("<Esc>").screen().contains("Nothing waits for you"));
}

#[test]
fn a_suspension_asks_for_how_long() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq<Enter>s").screen();
    assert!(screen.contains("3 7 days") && screen.contains("5 until it is lifted"), "{screen}");
    let screen = h.keys("3Cool down.<Enter>").screen();
    assert!(screen.contains("Your membership is suspended for 7 days."), "{screen}");
    assert!(h.keys("<Esc>").screen().contains("Cool down."), "back to the reason");
}

#[test]
fn a_decision_without_a_reason_is_held_back() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq<Enter>x<Enter>").screen();
    assert!(screen.contains("Say why"), "{screen}");
    // Another rule than the one that was reported, with the arrows.
    let screen = h.keys("<Down>Hm.<Enter>").screen();
    assert!(screen.contains("Rule 2:"), "{screen}");
}

/// M4: a removal waits for a second pair of eyes, and the ladder says what would come next.
#[test]
fn m4_a_removal_waits_in_the_queue_of_somebody_else() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    let mut mo = Harness::live(&live, &cast.mo);
    let screen = mo.keys("gq<Enter>").screen();
    assert!(screen.contains("Next on the ladder: Say a kind word to bo"), "{screen}");
    mo.open(&crate::ui::route::Route::Moderate(cast.thing()));
    let menu = mo.keys(">").screen();
    assert!(menu.contains("Remove bo from the community"), "{menu}");
    live.call(
        &cast.mo,
        crate::service::cases::AskForSecond {
            deed: Deed::RemoveMember,
            thing: cast.thing(),
            rule_no: 1,
            reason: "Enough.".to_owned(),
        },
    )
    .unwrap();
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut mia = Harness::live_at(&live, &cast.mia, Capabilities::COMMON, columns, rows);
        let screen = mia.keys("gqj<Enter>").screen();
        assert!(screen.contains("mo would remove bo") && screen.contains("Enough."), "{screen}");
    }
}
