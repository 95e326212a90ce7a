//! The menu of a thing, over a real community.

#![allow(clippy::unwrap_used)]

use crate::domain::moderation::Deed;
use crate::service::cases::scene::Cast;
use crate::service::moderation::LookAtThing;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;
use crate::ui::route::Route;

fn offers(live: &crate::service::testing::Blocking, cast: &Cast, deed: Deed) -> bool {
    let file = live.call(&cast.mo, LookAtThing { thing: cast.thing() }).unwrap();
    file.deeds.iter().any(|possible| possible.deed == deed)
}

#[test]
fn m3_staff_remove_a_post_from_its_thread_and_undo_it() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    h.open(&Route::Thread { thread: cast.thread, at: Some(crate::domain::ids::PostNo(2)) });
    assert!(h.screen().contains("You are all fools."));
    let menu = h.keys("M").screen();
    assert!(menu.contains("1 Fold the post") && menu.contains("2 Remove the post"), "{menu}");
    let screen = h.keys("21Fools.<Enter><Enter>").screen();
    assert!(screen.contains("Done."), "{screen}");
    assert!(!screen.contains("You are all fools."), "the thread shows the tombstone: {screen}");
    assert!(offers(&live, &cast, Deed::RestorePost));
    let menu = h.keys("M").screen();
    assert!(menu.contains("1 Undo: removed"), "{menu}");
    let screen = h.keys("1").screen();
    assert!(screen.contains("Undone") && screen.contains("You are all fools."), "{screen}");
}

#[test]
fn m3_a_thread_is_moved_to_a_board_of_ones_choice() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    h.open(&Route::Moderate(cast.thing()));
    let screen = h.keys(">k<Enter>").screen();
    assert!(screen.contains("Move the thread where?"), "{screen}");
    let at = screen.lines().find(|row| row.contains("attic")).expect("the attic");
    let digit = at.split("attic").next().unwrap().trim().chars().last().unwrap();
    let screen = h.keys(&format!("{digit}<Enter>")).screen();
    assert!(screen.contains("was moved"), "{screen}");
    assert!(h.keys("<Enter>").screen().contains("Done."));
    let file = live.call(&cast.mo, LookAtThing { thing: cast.thing() }).unwrap();
    assert_eq!(file.board, "attic");
}

#[test]
fn a_pin_needs_no_form() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    h.open(&Route::Moderate(cast.thing()));
    let menu = h.screen();
    let digit = |menu: &str, words: &str| {
        let row = menu.lines().find(|row| row.contains(words)).expect("the line");
        row.split(words).next().unwrap().trim().chars().last().unwrap()
    };
    h.keys(&digit(&menu, "Pin the thread").to_string());
    assert!(h.screen().contains("Done."));
    assert!(offers(&live, &cast, Deed::UnpinThread));
}

#[test]
fn m5_a_suspension_sends_the_member_to_the_door_at_the_next_key() {
    let (live, cast) = Cast::live();
    live.block(cast.up_the_ladder(&live.place));
    let mut bo = Harness::live(&live, &cast.bo);
    bo.keys("gb");
    let mut h = Harness::live(&live, &cast.mo);
    h.open(&Route::Moderate(crate::domain::moderation::Thing::Member(crate::service::cases::scene::id(
        &cast.bo,
    ))));
    let menu = h.screen();
    assert!(menu.contains("2 Warn bo") && menu.contains("6 Suspend bo"), "{menu}");
    h.keys("611Cool down.<Enter><Enter>");
    assert!(h.screen().contains("Done."));
    bo.wake();
    assert!(!bo.app.look().me.actor.is_active());
    assert_eq!(bo.app.routes(), [Route::Door]);
}

/// M4: what skips a step is not done, but asked for.
#[test]
fn m4_a_suspension_that_skips_steps_waits_for_somebody_else() {
    let (live, cast) = Cast::live();
    let bo = crate::service::cases::scene::id(&cast.bo);
    let mut h = Harness::live(&live, &cast.mo);
    h.open(&Route::Moderate(crate::domain::moderation::Thing::Member(bo)));
    let screen = h.keys("611Cool down.<Enter><Enter>").screen();
    assert!(screen.contains("It waits in the queue for a second pair of eyes."), "{screen}");
    let mut mia = Harness::live(&live, &cast.mia);
    let screen = mia.keys("gq<Enter>").screen();
    assert!(screen.contains("mo would suspend bo, 24 hours, and skip a step"), "{screen}");
    let screen = mia.keys("aAgreed.<Enter>").screen();
    assert!(screen.contains("granted by mia"), "{screen}");
    assert!(live.call(&cast.bo, crate::service::moderation::MySanction).unwrap().is_some());
}

/// M3: what a split would do is shown before it is done.
#[test]
fn m3_a_split_shows_what_would_go_where() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.mo);
    let menu = h.open(&Route::Moderate(cast.thing())).screen();
    let row = menu.lines().find(|row| row.contains("Split the thread")).expect("the line");
    let digit = row.split("Split").next().unwrap().trim().chars().last().unwrap();
    let screen = h.keys(&format!("{digit}Fools<Enter>")).screen();
    assert!(screen.contains("1 post by 1 member, #2 to #2"), "{screen}");
    assert!(offers(&live, &cast, Deed::SplitThread), "not yet");
    assert!(h.keys("y").screen().contains("Split."), "{}", h.screen());
}

#[test]
fn a_member_is_offered_only_the_report() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    let menu = h.open(&Route::Moderate(cast.thing())).screen();
    assert!(menu.contains("1 Report it to the staff") && !menu.contains("Remove"), "{menu}");
    assert!(h.keys("1").screen().contains("Which rule does it break?"));
    let mut h = Harness::live(&live, &cast.bo);
    let screen = h.open(&Route::Moderate(cast.thing())).screen();
    assert!(screen.contains("nothing that you can do"), "{screen}");
}

#[test]
fn it_fits_forty_by_twelve_in_ascii_and_scrolls() {
    let (live, cast) = Cast::live();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.open(&Route::Moderate(cast.thing())).screen();
    assert!(screen.is_ascii() && screen.contains("1 Fold the post"), "{screen}");
    let screen = h.keys(">").screen();
    assert!(screen.contains("Report it to the staff"), "{screen}");
}
