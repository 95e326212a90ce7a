//! R2: tags are typed, completed, set, taken back, listed and read.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::{BoardId, TagId, ThreadId};
use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::tags::{ListTags, SetTags, TagSummary};
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};

fn start(live: &Rc<Blocking>, who: &Caller, board: BoardId, title: &str) -> ThreadId {
    let (title, body) = (title.to_owned(), format!("about {title}"));
    live.call(who, StartThread { board, title, body }).unwrap().thread
}

#[test]
fn r2_tags_of_a_thread_are_set_from_its_board_and_from_itself_and_taken_back() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let board = live.block(live.place.board("general"));
    start(&live, &alice, board, "tea");
    let mut h = Harness::live(&live, &alice);
    h.keys("gb").screen();
    h.keys("<Enter>").screen();
    let screen = h.keys("TBlack-Tea #cake<Enter>").screen();
    assert!(screen.contains("#black-tea #cake") && screen.contains("u takes it back"), "{screen}");
    let screen = h.keys("<Enter>").screen();
    assert!(screen.lines().nth(1).unwrap().contains("#black-tea #cake"), "{screen}");
    assert!(screen.lines().nth(2).unwrap().contains("1 alice"), "{screen}");
    let screen = h.keys("T<^U>milk<Enter>").screen();
    assert!(screen.lines().nth(1).unwrap().trim() == "#milk", "{screen}");
    let screen = h.keys("u").screen();
    assert!(screen.contains("#black-tea #cake"), "{screen}");
    let screen = h.keys("T<^U><Enter>").screen();
    assert!(!screen.contains('#'), "none at all: {screen}");
    let screen = h.keys("<Esc>uu").screen();
    assert!(!screen.contains('#'), "the board's own step is taken back too: {screen}");
}

#[test]
fn r2_tab_completes_what_others_used_and_a_refusal_keeps_the_line() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let carol = live.block(live.place.member("carol", Level::Member, Role::Member));
    let board = live.block(live.place.board("general"));
    let tea = start(&live, &alice, board, "tea");
    live.call(&alice, SetTags { thread: tea, tags: "kettles keys".to_owned() }).unwrap();
    let cake = start(&live, &carol, board, "cake");
    let mut h = Harness::live(&live, &carol);
    h.keys("gb").screen();
    h.keys("<Enter><Home>").screen();
    let screen = h.keys("Tke").screen();
    assert!(screen.contains("#kettles") && screen.contains("#keys"), "{screen}");
    let screen = h.keys("<Tab>k").screen();
    assert!(screen.contains("kettles k") && !screen.contains("#kettles · 1"), "{screen}");
    let screen = h.keys("ettle-bells<Enter>").screen();
    assert!(screen.contains("Regulars make new tags"), "{screen}");
    assert!(screen.contains("kettles kettle-bells"), "what was typed is still there: {screen}");
    let screen = h.keys("<^W><^W>keys<Enter>").screen();
    assert!(!screen.contains("five at most"), "{screen}");
    let labels = live.call(&carol, crate::service::tags::LabelsOf { threads: vec![cake] }).unwrap();
    assert!(labels[&cake].tags.contains(&"keys".to_owned()), "{labels:?}");
    // Somebody else's thread is not theirs to tag.
    let screen = h.keys("jT").screen();
    let refused = screen.contains("Only the author can do that.");
    let screen = if refused { screen } else { h.keys("<Esc>kT").screen() };
    assert!(screen.contains("Only the author can do that."), "{screen}");
}

#[test]
fn r2_the_list_of_tags_counts_and_leads_on() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let bob = live.block(live.place.regular("bob"));
    let board = live.block(live.place.board("general"));
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("gt").screen();
    assert!(screen.contains("No thread has a tag yet."), "{screen}");
    for (title, tags) in [("tea", "tea"), ("cake", "tea cake")] {
        let thread = start(&live, &bob, board, title);
        live.call(&bob, SetTags { thread, tags: tags.to_owned() }).unwrap();
    }
    let screen = h.settle_and_draw();
    let rows: Vec<&str> = screen.lines().skip(1).take(2).map(str::trim_end).collect();
    assert_eq!(rows, ["▸ #cake    1 thread      1 ●", "  #tea     2 threads     2 ●"], "{screen}");
    let screen = h.keys("j<Enter>").screen();
    assert!(screen.contains("#tea") && screen.contains("cake") && screen.contains("general"), "{screen}");
}

fn list(terminal: Capabilities, columns: u16, rows: u16) -> String {
    let mut h = Harness::at(me("alice"), terminal, columns, rows);
    let tag = |id, name: &str, threads, unread_posts| TagSummary {
        id: TagId(id),
        name: name.to_owned(),
        threads,
        unread_threads: unread_posts,
        unread_posts,
    };
    h.forget().keys("gt").answer::<ListTags>(|_| {
        Ok(vec![
            tag(1, "a-tag-of-twenty-four-long", 12_345, 99_999),
            tag(2, "日本語", 1, 0),
            tag(3, "tea", 12, 3),
        ])
    });
    h.screen()
}

#[test]
fn every_size_and_terminal_keeps_to_its_columns() {
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 160, 50), (Capabilities::COMMON, 80, 24), (ascii, 40, 12)]
    {
        let screen = list(terminal, columns, rows);
        assert!(screen.contains("#tea") && screen.contains("12 threads"), "{screen}");
        let widest = screen.lines().map(crate::domain::text::display_width).max().unwrap();
        assert!(widest <= usize::from(columns), "{screen}");
        assert!(terminal.unicode || screen.replace("日本語", "").is_ascii(), "{screen}");
    }
}

#[test]
fn the_choice_costs_two_cells() {
    let mut h = Harness::at(me("alice"), Capabilities::COMMON, 80, 24);
    h.forget().keys("gt").answer::<ListTags>(|_| {
        let tag = |id| TagSummary {
            id: TagId(id),
            name: format!("tag{id}"),
            threads: 1,
            unread_threads: 0,
            unread_posts: 0,
        };
        Ok((1..9).map(tag).collect())
    });
    assert_eq!(h.cells_changed_by("j"), 2);
}
