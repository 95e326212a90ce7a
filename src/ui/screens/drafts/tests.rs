//! The list of drafts, by hand and through the door (W2).

#![allow(clippy::unwrap_used)]

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::service::drafts::{DraftSummary, DropDraft, ListDrafts, SaveDraft};
use crate::service::testing::{Blocking, NOON};
use crate::service::writing::{PrepareWriting, StartThread};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{Harness, me};

fn summary(target: DraftTarget, title: &str, minutes: i64) -> DraftSummary {
    DraftSummary {
        target,
        title: title.to_owned(),
        excerpt: "> Which one?\n\nThe **green** one, because of the handle and the sound that it makes in the morning"
            .to_owned(),
        saved_at: NOON.plus(-60 * minutes),
        thread: Some("Kettles".to_owned()),
        board: Some("General".to_owned()),
    }
}

fn summaries() -> Vec<DraftSummary> {
    let hidden = DraftSummary {
        thread: None,
        board: None,
        ..summary(DraftTarget::Edit(ThreadId(9), PostNo(4)), "", 60 * 24 * 3)
    };
    vec![
        summary(DraftTarget::Reply(ThreadId(7)), "", 5),
        summary(DraftTarget::Board(BoardId(3)), "On teapots", 130),
        hidden,
    ]
}

fn list(columns: u16, rows: u16, drafts: Vec<DraftSummary>) -> Harness {
    let mut h = Harness::at(me("alice"), Capabilities::COMMON, columns, rows);
    h.forget().keys("gd").answer::<ListDrafts>(|_| Ok(drafts));
    h
}

#[test]
fn drafts_are_listed_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let screen = list(columns, rows, summaries()).screen();
        insta::assert_snapshot!(format!("drafts_{columns}x{rows}"), screen);
    }
}

#[test]
fn an_empty_list_says_what_it_is_for() {
    let screen = list(40, 12, Vec::new()).screen();
    assert!(screen.contains("Nothing unfinished. What you write is"), "{screen}");
    assert!(!screen.contains("Enter"), "there is nothing to open: {screen}");
}

#[test]
fn enter_goes_on_with_the_chosen_one() {
    let mut h = list(80, 24, summaries());
    h.keys("j<Enter>");
    h.answer::<PrepareWriting>(|request| {
        assert_eq!(request.target, DraftTarget::Board(BoardId(3)));
        Ok(Default::default())
    });
    assert!(h.screen().contains("Title:"));
    h.keys("<Esc>");
    assert_eq!(h.waiting(), ["list drafts"], "what is listed may have changed");
}

#[test]
fn a_draft_is_dropped_after_a_question() {
    let mut h = list(80, 24, summaries());
    h.keys("xn");
    assert!(h.waiting().iter().all(|name| *name != "drop draft"));
    h.forget().keys("xy");
    h.answer::<DropDraft>(|request| {
        assert_eq!(request.target, DraftTarget::Reply(ThreadId(7)));
        Ok(true)
    });
    h.answer::<ListDrafts>(|_| Ok(summaries().split_off(1)));
    let screen = h.screen();
    assert!(screen.contains("The draft is gone.") && !screen.contains("Reply in Kettles"), "{screen}");
}

#[test]
fn it_all_goes_through_the_door() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let board = live.block(live.place.board("general"));
    let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
    let thread = live.call(&alice, start).unwrap().thread;
    let target = DraftTarget::Reply(thread);
    let draft = SaveDraft { target, title: String::new(), body: "The green".to_owned(), reply_to: None };
    live.call(&alice, draft).unwrap();
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("gd").screen();
    assert!(screen.contains("Reply in Kettles") && screen.contains("The green"), "{screen}");
    h.keys("<Enter> one.<^S>");
    let screen = h.screen();
    assert!(screen.contains("Posted as 2.") && screen.contains("Nothing unfinished"), "{screen}");
}
