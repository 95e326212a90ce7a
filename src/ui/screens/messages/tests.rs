//! The list of conversations as a member meets it (L3).
#![allow(clippy::unwrap_used)]

use crate::domain::ids::ConversationId;
use crate::domain::time::Timestamp;
use crate::service::Error;
use crate::service::conversations::{ConversationSummary, ListConversations};
use crate::service::testing::{Blocking, NOON};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};

fn row(id: i64, people: &[&str], unread: i64, last: &str) -> ConversationSummary {
    ConversationSummary {
        id: ConversationId(id),
        title: String::new(),
        people: people.iter().map(|handle| (*handle).to_owned()).collect(),
        unread,
        muted: false,
        last: last.to_owned(),
        last_at: Some(Timestamp(NOON.0 - 60 * id)),
    }
}

fn at(terminal: Capabilities, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::at(me("alice"), terminal, columns, rows);
    h.forget().keys("gc").answer::<ListConversations>(|_| {
        let long = "bo: A message that is longer than most windows are wide, as messages between friends tend to be.";
        let mut quiet = row(3, &["dee"], 4, "dee: psst");
        quiet.muted = true;
        let titled = ConversationSummary { title: "Garden".to_owned(), ..row(2, &["bo", "cy"], 0, "cy left") };
        Ok(vec![row(1, &["bo"], 2, long), titled, quiet])
    });
    h
}

#[test]
fn each_has_its_people_its_last_line_and_what_is_unread() {
    let screen = at(Capabilities::COMMON, 80, 24).screen();
    insta::assert_snapshot!(screen.trim_end());
    let narrow = at(Capabilities::COMMON, 40, 12).screen();
    insta::assert_snapshot!("narrow", narrow.trim_end());
}

#[test]
fn every_size_and_terminal_shows_every_count() {
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    for (terminal, columns, rows) in [(Capabilities::COMMON, 160, 50), (ascii, 80, 24), (ascii, 40, 12)] {
        let screen = at(terminal, columns, rows).screen();
        assert!(screen.contains("2 unread messages") && screen.contains("muted"), "{screen}");
        assert!(terminal.unicode || screen.is_ascii(), "{screen}");
    }
}

#[test]
fn a_row_down_costs_two_cells() {
    let mut h = at(Capabilities::COMMON, 80, 24);
    h.screen();
    assert_eq!(h.cells_changed_by("j"), 2);
}

#[test]
fn an_empty_list_says_what_to_do_and_a_failed_one_why() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("gc").screen();
    assert!(screen.contains("n begins one"), "{screen}");
    let mut h = Harness::member("alice");
    h.forget().keys("gc").answer::<ListConversations>(|_| Err(Error::conflict("The disk is away.")));
    assert!(h.screen().contains("The disk is away."));
}
