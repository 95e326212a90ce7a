//! Choosing what is quoted, over a real community (W1, K12).
#![allow(clippy::unwrap_used)]

use crate::domain::ids::{PostNo, ThreadId};
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

const LONG: &str = "Which kettle sings?\n\nThe green one.\nThe red one.\n\n\
    A long line about kettles that has to be wrapped on a small screen, for it does not fit.\n\n\
    ```\nboil(water)\npour(tea)\n```\n\nBye.";

fn thread_of(live: &Blocking, body: &str) -> ThreadId {
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let start = StartThread { board, title: "Kettles".to_owned(), body: body.to_owned() };
    live.call(&bob, start).unwrap().thread
}

/// Alice before a thread of one post, at a size.
fn reading_at(columns: u16, rows: u16, body: &str) -> Harness {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let thread = thread_of(&live, body);
    let mut h = Harness::live_at(&live, &alice, Capabilities::COMMON, columns, rows);
    h.open(&Route::Thread { thread, at: Some(PostNo(1)) });
    // Keys go on once the post was seen.
    h.screen();
    h
}

fn reading(body: &str) -> Harness {
    reading_at(80, 24, body)
}

/// What the composer begins with, up to its first line that is not quoted.
fn quoted(h: &mut Harness) -> String {
    let screen = h.screen();
    let rows: Vec<&str> = screen.lines().skip(3).map(str::trim).filter(|row| row.starts_with('>')).collect();
    rows.join("\n")
}

#[test]
fn the_lines_are_shown_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = reading_at(columns, rows, LONG);
        h.keys("Qj x");
        insta::assert_snapshot!(format!("quote_part_{columns}x{rows}"), h.screen());
    }
}

#[test]
fn a_short_post_is_quoted_whole_with_one_key() {
    let mut h = reading("one\n\ntwo\nthree\nfour\nfive");
    h.keys("Q");
    assert!(matches!(h.app.routes().last(), Some(Route::Compose(_))));
    assert_eq!(quoted(&mut h), "> one\n>\n> two\n> three\n> four\n> five");
}

#[test]
fn enter_alone_quotes_a_longer_one_whole() {
    let mut h = reading("one\ntwo\nthree\nfour\nfive\nsix");
    h.keys("Q<Enter>");
    assert_eq!(quoted(&mut h), "> one\n> two\n> three\n> four\n> five\n> six");
}

/// K12: five lines of a long post take three keys.
#[test]
fn five_lines_are_a_digit_and_enter() {
    let mut h = reading("one\ntwo\n\nthree\nfour\nfive\nsix\nseven");
    h.keys("Q5");
    assert!(h.screen().contains("5 lines chosen"), "{}", h.screen());
    h.keys("<Enter>");
    assert_eq!(quoted(&mut h), "> one\n> two\n>\n> three\n> four\n> five");
}

#[test]
fn lines_and_paragraphs_are_chosen_and_let_go() {
    let mut h = reading(LONG);
    h.keys("Qjp<Enter>");
    assert_eq!(quoted(&mut h), "> The green one.\n> The red one.");
    let mut h = reading(LONG);
    h.keys("Q > kkx<Enter>");
    assert_eq!(quoted(&mut h), "> Which kettle sings?\n>\n> ```\n> pour(tea)\n> ```\n>\n> Bye.");
    let mut h = reading(LONG);
    h.keys("Q k  k <Enter>");
    assert!(!quoted(&mut h).contains("sings"), "chosen, then let go again");
}

#[test]
fn leaving_it_leads_back_to_the_post() {
    let mut h = reading(LONG);
    let before = h.screen();
    h.keys("Qjj <Esc>");
    assert_eq!(h.screen(), before);
}

/// W2: what was chosen goes into a draft that waits, and nothing of that is lost.
#[test]
fn a_part_is_added_to_a_draft_that_waits() {
    let mut h = reading(LONG);
    h.keys("rMine so far.<Esc>");
    h.screen();
    h.keys("Qjp<Enter>");
    let screen = h.screen();
    assert!(screen.contains("Mine so far."), "{screen}");
    assert_eq!(quoted(&mut h), "> The green one.\n> The red one.");
}
