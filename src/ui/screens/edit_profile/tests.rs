//! The profile's form, over a real community.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::drafts::LoadDraft;
use crate::service::members::{EditProfile, ProfileTexts, ReadProfile, profile_draft};
use crate::service::testing::Blocking;
use crate::service::{Caller, Who};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

fn alice() -> (Rc<Blocking>, Caller) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    (live, alice)
}

fn open(live: &Rc<Blocking>, who: &Caller) -> Harness {
    open_at(live, who, Capabilities::COMMON, 80, 24)
}

fn open_at(live: &Rc<Blocking>, who: &Caller, terminal: Capabilities, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::live_at(live, who, terminal, columns, rows);
    h.keys("gs<End><Up><Up><Enter>");
    assert!(h.screen().contains("your profile"), "{}", h.screen());
    h
}

fn saved(live: &Blocking, who: &Caller) -> ProfileTexts {
    let Who::Member(member) = who.who else { panic!("a member") };
    let row = live.call(who, ReadProfile { member }).unwrap().row;
    ProfileTexts {
        pronouns: row.pronouns,
        zone: row.zone,
        about: row.about,
        can_help: row.can_help,
        looking_for: row.looking_for,
        plan: row.plan,
    }
}

fn draft(live: &Blocking, who: &Caller) -> Option<String> {
    live.call(who, LoadDraft { target: profile_draft() }).unwrap().map(|draft| draft.body)
}

#[test]
fn p2_the_profile_is_written_line_by_line_and_saved() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    h.keys("she/her<Enter><^U>europe/berl<Tab><Tab>tea at four<Enter>knots<Down>company<Enter>");
    h.keys("I came by boat.<Enter><Enter>It was slow.<^S>");
    let screen = h.screen();
    assert!(screen.contains("Saved") && screen.contains("settings"), "{screen}");
    let texts = saved(&live, &alice);
    assert_eq!((texts.pronouns.as_str(), texts.zone.as_str()), ("she/her", "Europe/Berlin"));
    assert_eq!((texts.plan.as_str(), texts.can_help.as_str()), ("tea at four", "knots"));
    assert_eq!(texts.looking_for, "company");
    assert_eq!(texts.about, "I came by boat.\n\nIt was slow.");
    assert_eq!(h.app.look().me.zone, "Europe/Berlin", "the screens follow at once");
    assert_eq!(draft(&live, &alice), None);
}

#[test]
fn a_time_zone_is_suggested_while_it_is_typed_and_a_wrong_one_refused() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    let screen = h.keys("<Tab><^U>new y").screen();
    assert!(screen.contains("America/New_York"), "{screen}");
    assert!(h.keys("<^U>middle earth").screen().contains("nearest large city"));
    h.keys("<^S>");
    let screen = h.screen();
    assert!(screen.contains("No time zone") && screen.contains("middle earth"), "{screen}");
    assert_eq!(saved(&live, &alice).zone, "UTC");
}

#[test]
fn w2_what_was_typed_is_a_draft_within_two_seconds_and_after_leaving() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    h.keys("she");
    assert_eq!(draft(&live, &alice), None);
    h.ring(1);
    assert!(draft(&live, &alice).unwrap().starts_with("pronouns: she\n"));
    // Leaving keeps the rest at once.
    h.keys("/her<Esc>");
    assert!(h.screen().contains("kept as a draft"), "{}", h.screen());
    assert!(draft(&live, &alice).unwrap().starts_with("pronouns: she/her\n"));
    assert_eq!(saved(&live, &alice).pronouns, "");

    // A new session finds it, on whatever terminal.
    let mut h = open(&live, &alice);
    let screen = h.screen();
    assert!(screen.contains("she/her") && screen.contains("here again"), "{screen}");
    h.keys("<^S>");
    assert_eq!(saved(&live, &alice).pronouns, "she/her");
    assert_eq!(draft(&live, &alice), None);
}

#[test]
fn what_was_typed_can_be_dropped_after_a_question() {
    let (live, alice) = alice();
    let texts = ProfileTexts { plan: "tea".to_owned(), zone: "UTC".to_owned(), ..ProfileTexts::default() };
    live.call(&alice, EditProfile { texts }).unwrap();
    let mut h = open(&live, &alice);
    h.keys("xe/xem").ring(1);
    assert!(draft(&live, &alice).is_some());
    h.keys("<^X>n");
    assert!(h.screen().contains("xe/xem"));
    h.keys("<^X>y");
    let screen = h.screen();
    assert!(!screen.contains("xe/xem") && screen.contains("tea"), "{screen}");
    assert_eq!(draft(&live, &alice), None);
    h.keys("<Esc>");
    assert!(!h.screen().contains("kept as a draft"));
}

#[test]
fn a_refused_profile_stays_in_the_form() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    h.keys("<S-Tab><Tab><Tab><Tab><Tab><Tab>").paste(&"word ".repeat(900)).keys("<^S>");
    let screen = h.screen();
    assert!(screen.contains("4000 is the most") && screen.contains("word word"), "{screen}");
    h.keys("<Esc>");
    assert!(draft(&live, &alice).unwrap().contains("word word"));
}

#[test]
fn it_fits_forty_columns_and_plain_ascii() {
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    let (live, alice) = alice();
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = open_at(&live, &alice, plain, columns, rows);
        let screen = h.screen();
        for label in ["pronouns", "time zone", "plan", "can help", "looking for", "about you", "^S save"] {
            assert!(screen.contains(label), "{label} is missing at {columns}x{rows}:\n{screen}");
        }
        // On a small screen the text has the screen to itself.
        let screen = h.keys("<Tab><Tab><Tab><Tab><Tab>Hello").screen();
        assert!(screen.contains("about you") && screen.contains("Hello"), "{screen}");
        assert!(screen.is_ascii() && h.cursor.is_some(), "{screen}");
        let help = h.keys("<^O>").screen();
        assert!(help.contains("Save your profile"), "{help}");
        h.keys("<Esc>");
        assert!(h.screen().contains("Hello"), "help takes nothing away");
        h.keys("<^X>y<Esc>");
    }
}
