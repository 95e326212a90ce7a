//! M4: an appeal before a jury, over a real community.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::moderation::Deed;
use crate::service::Caller;
use crate::service::cases::scene::Cast;
use crate::service::cases::{AppealAct, AppealTo};
use crate::service::testing::Blocking;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

/// bo appeals to a jury of three of four regulars.
fn called() -> (Rc<Blocking>, Cast, Vec<Caller>) {
    let (live, cast) = Cast::live();
    let people = ["ada", "eve", "ida", "una"];
    let people = people.iter().map(|name| live.block(live.place.regular(name))).collect();
    let act = live.call(&cast.mo, cast.moderate(Deed::RemovePost)).unwrap().act;
    let words = "It was a quote.".to_owned();
    live.call(&cast.bo, AppealAct { act, words, to: AppealTo::Jury }).unwrap();
    (live, cast, people)
}

/// Those who were drawn, at their notification.
fn drawn(live: &Rc<Blocking>, people: &[Caller]) -> Vec<Harness> {
    let at = |who: &Caller| {
        let mut h = Harness::live(live, who);
        h.keys("gn").screen().contains("You are drawn for a jury").then_some(h)
    };
    people.iter().filter_map(at).collect()
}

#[test]
fn m4_the_notification_leads_to_the_jury_and_two_votes_decide() {
    let (live, cast, mut people) = called();
    people.push(cast.ann.clone());
    let mut jury = drawn(&live, &people);
    assert_eq!(jury.len(), 3);
    let screen = jury[0].keys("<Enter>").screen();
    for words in ["You are one of three regulars", "It was a quote.", "You are all fools.", "Be kind"] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    let screen = jury[0].keys("aA quote, indeed.<Enter>").screen();
    assert!(screen.contains("Your vote: take it back. A quote, indeed."), "{screen}");
    let screen = jury[1].keys("<Enter>").screen();
    assert!(!screen.contains("indeed"), "nobody sees another's vote: {screen}");
    let screen = jury[1].keys("aNobody is called anything.<Enter>").screen();
    assert!(screen.contains("It was taken back.") && screen.contains("A quote, indeed."), "{screen}");
    let mut bo = Harness::live(&live, &cast.bo);
    let screen = bo.keys("gom").screen();
    assert!(screen.contains("Your appeal was granted"), "{screen}");
    assert!(screen.contains("regulars, 2 to 0"), "{screen}");
    for name in ["ada", "eve", "ida", "una", "ann"] {
        assert!(!screen.contains(name), "{name} is named: {screen}");
    }
}

#[test]
fn m4_who_declines_goes_back_and_somebody_else_is_drawn() {
    let (live, cast, mut people) = called();
    people.push(cast.ann.clone());
    let mut jury = drawn(&live, &people);
    let screen = jury[0].keys("<Enter>x").screen();
    assert!(screen.contains("Somebody else is drawn"), "{screen}");
    let screen = jury[0].keys("y").screen();
    assert!(screen.contains("somebody else is asked") && !screen.contains("You are drawn"), "{screen}");
    assert_eq!(drawn(&live, &people).len(), 3, "another one was drawn");
}

#[test]
fn m4_it_fits_forty_by_twelve_in_ascii_and_says_when_it_is_not_with_one() {
    let (live, cast, people) = called();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let who = people.iter().find(|who| !drawn(&live, std::slice::from_ref(*who)).is_empty()).unwrap();
    let mut h = Harness::live_at(&live, who, plain, 40, 12);
    let screen = h.keys("gn<Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("drawn by lot"), "{screen}");
    assert!(h.keys("<End>").screen().contains("fools"), "{}", h.screen());
    let mut mo = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    mo.open(&crate::ui::route::Route::Jury(crate::domain::ids::MatterId(1)));
    assert!(mo.screen().contains("This is not with you"), "{}", mo.screen());
}

/// Section 3: Space shows the rest of the text before it reads on elsewhere.
#[test]
fn m4_space_shows_the_rest_of_the_appeal_first() {
    let (live, _, people) = called();
    let who = people.iter().find(|who| !drawn(&live, std::slice::from_ref(*who)).is_empty()).unwrap();
    let mut h = Harness::live_at(&live, who, Capabilities::COMMON, 40, 12);
    let screen = h.keys("gn<Enter>").screen();
    assert!(!screen.contains("hurt to hear"), "{screen}");
    let mut seen = screen;
    for _ in 0..6 {
        if !seen.contains("kitchen table") {
            seen = h.keys("<Space>").screen();
        }
    }
    assert!(seen.contains("jury: appeal of bo") && seen.contains("kitchen table"), "{seen}");
    let screen = h.keys("<Space>").screen();
    assert!(!screen.contains("jury: appeal of bo"), "then what is unread: {screen}");
}
