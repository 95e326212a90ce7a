//! An application from the queue to its decision, over a real community.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::applications::{AnswerApplicationQuestion, ClaimApplication, ListApplications, Vouch};
use crate::service::cases::scene::{Cast, apply};
use crate::service::joining::JoiningState;
use crate::service::testing::Blocking;
use crate::service::{Caller, DomainEvent};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

fn with_applicant() -> (Rc<Blocking>, Cast, Caller) {
    let (live, cast) = Cast::live();
    let dan = live.block(apply(&live.place, "dan"));
    (live, cast, dan)
}

#[test]
fn d5_staff_read_an_application_and_let_the_applicant_in() {
    let (live, cast, dan) = with_applicant();
    let mut at_the_door = Harness::live(&live, &dan);
    assert!(!at_the_door.app.look().me.actor.is_active());
    let mut h = Harness::live(&live, &cast.mo);
    let queue = h.keys("gq").screen();
    assert!(queue.contains("0 cases, 1 application") && queue.contains("application of dan"), "{queue}");
    let screen = h.keys("<Enter>").screen();
    assert!(screen.contains("I like fires.") && screen.contains("Hello all."), "{screen}");
    let screen = h.keys("aWelcome!<Enter>").screen();
    assert!(screen.contains("Decided.") && screen.contains("let in by mo"), "{screen}");
    at_the_door.wake();
    assert!(at_the_door.app.look().me.actor.is_active(), "the applicant is in, in the running session");
}

#[test]
fn d5_a_decline_needs_a_kind_word_and_a_yes() {
    let (live, cast, _) = with_applicant();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq<Enter>d<Enter><Enter>").screen();
    assert!(screen.contains("needs a kind word"), "{screen}");
    let screen = h.keys("d1We are full just now.<Enter>").screen();
    assert!(screen.contains("Decline dan? There is no undo."), "{screen}");
    // No: the words are offered again.
    let screen = h.keys("nd").screen();
    assert!(screen.contains("We are full just now."), "{screen}");
    let screen = h.keys("<Enter>y").screen();
    assert!(screen.contains("declined by mo") && screen.contains("We are full just now."), "{screen}");
    assert!(h.keys("a").screen().contains("is decided"));
    assert!(h.keys("n").screen().contains("Nothing else waits for you"));
}

#[test]
fn d5_a_question_goes_out_and_the_answer_comes_back_by_itself() {
    let (live, cast, dan) = with_applicant();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq<Enter>rWhich fires?<Enter>").screen();
    assert!(screen.contains("Which fires?") && screen.contains("not answered yet"), "{screen}");
    assert!(h.keys("<Esc>").screen().contains("asked back"));
    h.keys("<Enter>");
    live.call(&dan, AnswerApplicationQuestion { text: "Camp fires.".to_owned() }).unwrap();
    assert!(h.wake().screen().contains("Camp fires."));
}

#[test]
fn d5_the_claim_of_another_shows_and_holds() {
    let (live, cast, _) = with_applicant();
    let mut h = Harness::live(&live, &cast.mo);
    assert!(h.keys("gq<Enter>").screen().contains("not claimed"));
    let id = live.call(&cast.mia, ListApplications).unwrap()[0].id;
    live.call(&cast.mia, ClaimApplication { id }).unwrap();
    let screen = h.wake().screen();
    assert!(screen.contains("claimed by mia"), "{screen}");
    let screen = h.keys("aHello<Enter>").screen();
    assert!(screen.contains("mia"), "{screen}");
    assert_eq!(live.call(&cast.mia, ListApplications).unwrap().len(), 1, "nothing was decided");
    // A change of another application is none of this screen's business.
    h.event(DomainEvent::ApplicationChanged {
        application: crate::domain::ids::ApplicationId(999),
        member: crate::domain::ids::MemberId(1),
    });
    assert!(h.waiting().is_empty());
}

#[test]
fn it_fits_forty_by_twelve_in_ascii_and_a_wide_terminal() {
    let (live, cast, _) = with_applicant();
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let mut h = Harness::live_at(&live, &cast.mo, plain, 40, 12);
    let screen = h.keys("gq<Enter>").screen();
    assert!(screen.is_ascii() && screen.contains("dan sent it"), "{screen}");
    let mut h = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, 160, 50);
    assert!(h.keys("gq<Enter>").screen().contains("Hello all."));
}

#[test]
fn d5_a_decline_begins_with_a_template_that_is_changed_before_it_is_sent() {
    let (live, cast, dan) = with_applicant();
    let mut h = Harness::live(&live, &cast.mo);
    let screen = h.keys("gq<Enter>d").screen();
    assert!(screen.contains("no room now") && screen.contains("my own words"), "{screen}");
    h.keys("2 Come to the market.<Enter>y");
    let answer = live.call(&dan, JoiningState).unwrap().answer;
    assert!(
        answer.starts_with("Thank you for knocking.") && answer.ends_with("Come to the market."),
        "{answer}"
    );
}

#[test]
fn d5_a_vouch_stands_before_the_staff_and_comes_by_itself() {
    let (live, cast, _) = with_applicant();
    let ruth = live.block(live.place.regular("ruth"));
    let mut h = Harness::live(&live, &cast.mo);
    h.keys("gq<Enter>");
    let id = live.call(&cast.mia, ListApplications).unwrap()[0].id;
    live.call(&ruth, Vouch { id, words: "We mended a boat.".to_owned() }).unwrap();
    let screen = h.wake().screen();
    assert!(screen.contains("ruth vouches, just now") && screen.contains("We mended a boat."), "{screen}");
    // L4: the staff are told, and are led to the application.
    let news = h.keys("gn").screen();
    assert!(news.contains("ruth vouches for an applicant"), "{news}");
    assert!(h.keys("<Enter>").screen().contains("application of dan"), "{}", h.screen());
}
