//! A cohort's page, over a real community.

use std::rc::Rc;

use crate::domain::ids::CohortId;
use crate::domain::time::DAY_S;
use crate::service::Caller;
use crate::service::cohorts::{CohortTexts, JoinCohort, MakeCohort};
use crate::service::testing::Blocking;
use crate::service::upkeep::nightly;
use crate::service::writing::WriteReply;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// A cohort of mo, ann and bo that begins on Tuesday, 2026-11-24, with checkpoints on Wednesdays.
fn community(closed: bool) -> (Rc<Blocking>, CohortId, [Caller; 4]) {
    let live = Blocking::new();
    live.block(nightly(&live.place.service)).expect("a first night");
    let mo = live.block(live.place.moderator("mo"));
    let people = ["ann", "bo", "otto"].map(|handle| live.block(live.place.regular(handle)));
    let texts = CohortTexts {
        name: "Bread".to_owned(),
        purpose: "A loaf a week".to_owned(),
        starts: "2026-11-24".to_owned(),
        weeks: "2".to_owned(),
        weekday: "wednesday".to_owned(),
        places: "6".to_owned(),
        closed,
        ..CohortTexts::default()
    };
    let cohort = live.call(&mo, MakeCohort { texts }).expect("a cohort");
    for who in &people[..2] {
        live.call(who, JoinCohort { cohort, join: true }).expect("a place");
    }
    let [ann, bo, otto] = people;
    (live, cohort, [mo, ann, bo, otto])
}

fn nights(live: &Blocking, count: i64) {
    for _ in 0..count {
        live.place.clock.advance(DAY_S);
        live.block(nightly(&live.place.service)).expect("a night");
    }
}

/// P5: from what is for one to the page, from there into the checkpoint; who answered stands there for its people.
#[test]
fn p5_the_page_leads_to_buddies_and_checkpoints_and_says_who_answered() {
    let (live, cohort, [_, ann, bo, otto]) = community(true);
    nights(&live, 2);
    let mut h = Harness::live(&live, &ann);
    let screen = h.keys("gn").screen();
    assert!(screen.contains("Your cohort begins; who goes with you stands in Bread"), "{screen}");
    nights(&live, 1);
    let mut h = Harness::live(&live, &ann);
    assert!(
        h.screen().contains("Bread: checkpoint of week 1 is open"),
        "home says what comes up: {}",
        h.screen()
    );
    let screen = h.open(&Route::Cohort(cohort)).screen();
    assert!(screen.contains("J leave it") && !screen.contains("J join"), "{screen}");
    assert!(screen.contains("Your buddies") && screen.contains("week 1, 2026-11-25  open"), "{screen}");
    assert!(screen.contains("only its people see it"), "{screen}");
    // The board, two buddies, then the first checkpoint.
    let screen = h.keys("jjj<Enter>").screen();
    assert!(screen.contains("Week 1: checkpoint") && screen.contains("what comes"), "{screen}");
    let thread =
        live.call(&ann, crate::service::cohorts::ReadCohort { cohort }).expect("the page").checkpoints[0]
            .thread;
    let thread = thread.expect("it is open");
    live.call(&bo, WriteReply { thread, reply_to: None, body: "Round.".to_owned() }).expect("an answer");
    let screen = Harness::live(&live, &ann).open(&Route::Cohort(cohort)).screen();
    assert!(screen.contains("answered by bo"), "{screen}");
    let mut outside = Harness::live(&live, &otto);
    let screen = outside.open(&Route::Cohort(cohort)).screen();
    assert!(screen.contains("week 1, 2026-11-25  open") && !screen.contains("answered by"), "{screen}");
    assert!(
        outside.keys("<Enter>").screen().contains("Only its people see its board."),
        "{}",
        outside.screen()
    );
}

#[test]
fn p5_its_host_invites_and_says_what_a_checkpoint_asks() {
    let (live, cohort, [mo, ann, _, otto]) = community(false);
    let mut h = Harness::live(&live, &mo);
    let screen = h.open(&Route::Cohort(cohort)).keys("iotto<Enter>").screen();
    assert!(screen.contains("Asked.") && screen.contains("invited: otto"), "{screen}");
    let screen = h.keys("je").screen();
    assert!(screen.contains("what checkpoint 1 of Bread asks") && screen.contains("what comes"), "{screen}");
    // W2: what was begun is a draft, and comes back from the list of drafts too.
    h.keys("<^A>Show the crumb.<Esc>");
    let screen = h.keys("gd").screen();
    assert!(screen.contains("What checkpoint 1 of a cohort asks"), "{screen}");
    let screen = h.keys("<Enter>").screen();
    assert!(screen.contains("Show the crumb."), "{screen}");
    h.keys("<^S>");
    let screen = h.open(&Route::Cohort(cohort)).screen();
    assert!(screen.contains("asks:") && screen.contains("Show the crumb."), "{screen}");
    let mut guest = Harness::live(&live, &otto);
    let screen = guest.keys("gn<Enter>").screen();
    assert!(screen.contains("you are invited"), "{screen}");
    assert!(guest.keys("J").screen().contains("you are in it"), "{}", guest.screen());
    let screen = Harness::live(&live, &ann).open(&Route::Cohort(cohort)).keys("i").screen();
    assert!(screen.contains("That is for mo"), "{screen}");
    let screen = h.keys("xy").screen();
    assert!(screen.contains("called off"), "{screen}");
}

#[test]
fn p5_the_page_fits_every_terminal() {
    let (live, cohort, [_, ann, ..]) = community(true);
    nights(&live, 3);
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let plain = Capabilities { unicode: false, ..Capabilities::COMMON };
        let mut h = Harness::live_at(&live, &ann, plain, columns, rows);
        let screen = h.open(&Route::Cohort(cohort)).screen();
        assert!(screen.is_ascii() && screen.contains("A loaf a week"), "{screen}");
        let screen = h.keys("<End>").screen();
        assert!(screen.contains("mo"), "the last line is in reach at {columns}x{rows}: {screen}");
    }
}
