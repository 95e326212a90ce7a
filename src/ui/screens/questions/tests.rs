//! The questions at the door, by keys against a real community: write, change, order, take out (D4).

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use super::*;
use crate::domain::member::{Level, Role};
use crate::domain::question::{AskedOf, QuestionKind};
use crate::service::accounts::SetUp;
use crate::service::testing::Blocking;
use crate::service::{Caller, DomainEvent};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

fn place() -> (Rc<Blocking>, Caller) {
    let live = Blocking::new();
    live.call(&Caller::host(), SetUp).unwrap();
    let boss = live.block(live.place.member("boss", Level::Regular, Role::Sysop));
    (live, boss)
}

#[test]
fn d4_the_sysop_writes_a_question_with_choices_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let (live, boss) = place();
        let mut h = Harness::live_at(&live, &boss, Capabilities::COMMON, columns, rows);
        let list = h.keys("ge").screen();
        assert!(list.contains("1 What would you like"), "{list}");
        // In words first; ^T: one choice, ^R: needed, ^X: who has no invite.
        h.keys("nTea or coffee?<^T><^R><^X>");
        let form = h.screen();
        assert!(form.contains("one choice, needed") && form.contains("choice 1"), "{form}");
        h.keys("<Enter>Tea #tea<Enter>Coffee<^S>");
        let saved = live.call(&boss, ListQuestions).unwrap();
        let asking = &saved[2].asking;
        assert_eq!((asking.kind, asking.required, asking.of), (QuestionKind::One, true, AskedOf::Applicants));
        assert_eq!(asking.choices[0].to_string(), "Tea #tea");
        let list = h.keys(">").screen();
        assert!(list.contains("3 Tea or coffee?"), "{list}");
    }
}

#[test]
fn d4_w2_a_refusal_keeps_the_form_and_leaving_it_keeps_a_draft() {
    let (live, boss) = place();
    let mut h = Harness::live(&live, &boss);
    h.keys("genTea?<^T><^S>");
    assert!(h.screen().contains("has at least 2 of them"), "{}", h.screen());
    h.keys("<Enter>Black<Enter>Green<Esc>");
    assert!(h.screen().contains("What would you like to find here?"), "{}", h.screen());
    // It is listed, and there again in another session, kind and choices and all.
    assert!(Harness::live(&live, &boss).keys("gd").screen().contains("A question at the door"));
    let mut later = Harness::live(&live, &boss);
    let form = later.keys("gen").screen();
    assert!(form.contains("one choice") && form.contains("Tea?") && form.contains("Green"), "{form}");
    // Dropped it is gone, and so it is once it is saved.
    let form = later.keys("<^D>").screen();
    assert!(form.contains("in words") && !form.contains("Tea?"), "{form}");
    assert!(live.call(&boss, crate::service::drafts::ListDrafts).unwrap().is_empty());
    // One that is unchanged is left at once.
    h.keys("<Enter><Esc>");
    assert!(h.screen().contains("Asked of those who join"), "{}", h.screen());
    assert_eq!(live.call(&boss, ListQuestions).unwrap().len(), 2);
}

#[test]
fn d4_questions_are_ordered_taken_out_and_asked_again() {
    let (live, boss) = place();
    let mut h = Harness::live(&live, &boss);
    h.keys("ge+");
    assert!(h.screen().contains("2 What would you like to find here?"), "{}", h.screen());
    h.keys("-");
    assert!(h.screen().contains("1 What would you like to find here?"), "{}", h.screen());
    h.keys("x");
    assert!(h.screen().contains("no longer asked: What would you like"), "{}", h.screen());
    h.keys("x");
    assert!(h.screen().contains("1 What would you like to find here?"), "{}", h.screen());
    let id = live.call(&boss, ListQuestions).unwrap()[0].id;
    live.call(&boss, RetireQuestion { id, retired: true }).unwrap();
    h.event(DomainEvent::QuestionsChanged);
    assert!(h.screen().contains("no longer asked"), "{}", h.screen());
}

#[test]
fn d4_an_empty_list_says_what_to_do_and_nobody_else_gets_in() {
    let live = Blocking::new();
    let boss = live.block(live.place.member("boss", Level::Regular, Role::Sysop));
    let mut h = Harness::live(&live, &boss);
    assert!(h.keys("ge").screen().contains("n writes a question"), "{}", h.screen());
    let mia = live.block(live.place.moderator("mia"));
    let mut h = Harness::live(&live, &mia);
    h.keys("ge");
    assert!(!h.screen().contains("questions at the door"), "{}", h.screen());
}
