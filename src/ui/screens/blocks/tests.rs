//! Blocking as a member meets it (P7).
#![allow(clippy::unwrap_used)]

use crate::domain::ids::PostNo;
use crate::service::cases::scene::{Cast, id};
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

#[test]
fn one_blocks_from_a_profile_and_takes_it_back_from_the_list() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    let bo = live.block(live.place.regular("bo"));
    let mut h = Harness::live(&live, &ann);
    h.screen();
    assert!(h.keys("gmj<Enter>").screen().contains("w write"));
    assert!(h.keys("B").screen().contains("Block bo?"));
    let screen = h.keys("y").screen();
    assert!(screen.contains("by you") && !screen.contains("w write"), "{screen}");
    let mut theirs = Harness::live(&live, &bo);
    theirs.screen();
    let profile = theirs.keys("gm<Enter>").screen();
    assert!(profile.contains("ann") && !profile.contains("block"), "it is not announced: {profile}");
    h.app.open(&crate::ui::route::Route::Blocks);
    let screen = h.keys("").screen();
    assert!(screen.contains("bo  blocked just now"), "{screen}");
    let screen = h.keys("B").screen();
    assert!(screen.contains("You have muted and blocked nobody"), "{screen}");
}

#[test]
fn p7_one_mutes_from_a_profile_and_their_posts_are_folded_until_one_opens_them() {
    let (live, cast) = Cast::live();
    let mut h = Harness::live(&live, &cast.ann);
    h.screen();
    h.app.open(&crate::ui::route::Route::Profile(id(&cast.bo)));
    let screen = h.keys("m").screen();
    assert!(screen.contains("Muted: you do not see") && screen.contains("by you: their posts"), "{screen}");
    h.app.open(&crate::ui::route::Route::Thread { thread: cast.thread, at: Some(PostNo(2)) });
    let screen = h.keys("").screen();
    assert!(screen.contains("Folded: you mute or block") && !screen.contains("all fools"), "{screen}");
    let screen = h.keys("<Enter>").screen();
    assert!(screen.contains("all fools"), "{screen}");
    h.app.open(&crate::ui::route::Route::Blocks);
    let screen = h.keys("").screen();
    assert!(screen.contains("bo  muted just now"), "{screen}");
    assert!(h.keys("x").screen().contains("You have muted and blocked nobody"));
}

#[test]
fn an_empty_list_says_how_at_every_size() {
    let live = Blocking::new();
    let ann = live.block(live.place.regular("ann"));
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::live_at(&live, &ann, Capabilities::COMMON, columns, rows);
        h.screen();
        h.app.open(&crate::ui::route::Route::Blocks);
        let screen = h.keys("").screen();
        assert!(screen.contains("You have muted and blocked nobody. m"), "{screen}");
    }
}
