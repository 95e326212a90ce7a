//! What became of one's reports and what concerned one, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::moderation::Deed;
use crate::service::cases::scene::Cast;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use ratatui::style::Modifier;

/// M1: the reporter learns the outcome.
#[test]
fn m1_the_reporter_learns_the_outcome_without_a_key() {
    let (live, cast) = Cast::live();
    let case = live.call(&cast.ann, cast.report_it()).unwrap().case;
    let mut h = Harness::live(&live, &cast.ann);
    let screen = h.keys("gom").screen();
    assert!(screen.contains("a post by bo, rule 1"), "{screen}");
    assert!(screen.contains("not decided yet"), "{screen}");
    live.call(&cast.mo, cast.decide(case, &[Deed::CollapsePost])).unwrap();
    let screen = h.wake().screen();
    assert!(screen.contains("It was looked at: the post was folded."), "{screen}");
    assert!(h.style_of("a post by bo").add_modifier.contains(Modifier::BOLD), "news stand out");
    assert!(!screen.contains("mo"), "no name of who decided: {screen}");
}

#[test]
fn m5_the_member_concerned_reads_what_was_done_and_why() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::RemovePost)).unwrap();
    let mut h = Harness::live(&live, &cast.bo);
    let screen = h.keys("gom").screen();
    for words in ["Your post #2 in \"Trains\" was removed.", "Rule 1: Be kind", "It calls people fools."] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    assert!(h.keys("<Esc>").screen().contains("mod log"));
}

#[test]
fn nobody_sees_what_concerns_others_and_it_fits_forty_by_twelve() {
    let (live, cast) = Cast::live();
    live.call(&cast.ann, cast.report_it()).unwrap();
    live.call(&cast.mia, cast.moderate(Deed::Warn)).unwrap();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gom").screen();
    assert!(screen.is_ascii() && screen.contains("What you reported"), "{screen}");
    assert!(screen.contains("Nothing.") && !screen.contains("bo"), "{screen}");
}

/// M4: from the notice to the answer, through two screens.
#[test]
fn m4_a_member_appeals_and_somebody_else_grants_it() {
    let (live, cast) = Cast::live();
    live.call(&cast.mo, cast.moderate(Deed::RemovePost)).unwrap();
    let mut bo = Harness::live(&live, &cast.bo);
    let screen = bo.keys("gom").screen();
    assert!(screen.contains("You can appeal for 20 days: a."), "{screen}");
    let screen = bo.keys("a").screen();
    assert!(screen.contains("1 Somebody of the staff who did not decide"), "{screen}");
    assert!(screen.contains("2 A regular who is drawn by lot"), "{screen}");
    let screen = bo.keys("1").screen();
    assert!(screen.contains("What was not right about it?"), "{screen}");
    let screen = bo.keys("It was a quote.<Enter>").screen();
    assert!(screen.contains("Your appeal is with somebody else"), "{screen}");
    let mut mo = Harness::live(&live, &cast.mo);
    assert!(mo.keys("gq").screen().contains("Nothing waits for you"), "{}", mo.screen());
    let mut mia = Harness::live(&live, &cast.mia);
    let screen = mia.keys("gq").screen();
    assert!(screen.contains("appeal of bo"), "{screen}");
    let screen = mia.keys("<Enter>").screen();
    assert!(screen.contains("It was a quote.") && screen.contains("was removed."), "{screen}");
    let screen = mia.keys("aWe read it again.<Enter>").screen();
    assert!(screen.contains("granted by mia"), "{screen}");
    let screen = bo.wake().screen();
    assert!(
        screen.contains("Your appeal was granted, and this was taken back. We read it again."),
        "{screen}"
    );
}

/// M4: also while suspended, from the door.
#[test]
fn m4_a_suspended_member_appeals_from_the_door() {
    let (live, cast) = Cast::live();
    live.block(cast.up_the_ladder(&live.place));
    live.call(&cast.mo, cast.moderate(Deed::Suspend(crate::domain::moderation::SuspendFor::Hours168)))
        .unwrap();
    let mut bo = Harness::live(&live, &cast.bo);
    assert!(bo.screen().contains("a leads to an appeal"), "{}", bo.screen());
    let screen = bo.keys("aa2Please.<Enter>").screen();
    assert!(screen.contains("Only one regular could be drawn for your appeal"), "{screen}");
}
