//! What helps while one writes: notes, similar threads, templates (W5).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::ThreadId;
use crate::domain::note::Note;
use crate::service::writing::{MeetNotes, NoteWords, SetTemplate, Similar, StartThread};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{Harness, me};

const BOARD: BoardId = BoardId(3);
const NEW: ComposeTarget = ComposeTarget::NewThread(BOARD);

fn open_at(columns: u16, rows: u16, target: ComposeTarget, prepared: Prepared) -> Harness {
    let mut h = Harness::at(me("alice"), Capabilities::COMMON, columns, rows);
    h.forget().open(&Route::Compose(target));
    h.answer::<PrepareWriting>(|_| Ok(prepared));
    h
}

fn on_board() -> Prepared {
    Prepared { board: "General".to_owned(), ..Prepared::default() }
}

fn with_note() -> Prepared {
    let words = "Nobody has written here for 7 months. Say what has changed since.".to_owned();
    let notes = vec![NoteWords { note: Note::Quiet, about: "reply:7".to_owned(), words }];
    Prepared { notes, ..on_board() }
}

fn similar() -> Vec<Similar> {
    let thread = |id, title: &str| Similar {
        thread: ThreadId(id),
        title: title.to_owned(),
        board: "General".to_owned(),
        posts: id,
    };
    vec![thread(1, "Green kettles and where to find them"), thread(2, "Kettles")]
}

/// A composer with a title for which similar threads came.
fn titled_at(columns: u16, rows: u16) -> Harness {
    let mut h = open_at(columns, rows, NEW, on_board());
    h.keys("Kettles").ring(similar::LOOK).answer::<SimilarThreads>(|request| {
        assert_eq!(request.title, "Kettles");
        Ok(similar())
    });
    h
}

#[test]
fn a_note_stands_below_the_text_and_is_met_by_being_shown() {
    let target = ComposeTarget::Reply { thread: ThreadId(7), to: None, quote: false };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = open_at(columns, rows, target, with_note());
        h.answer::<MeetNotes>(|request| {
            assert_eq!(request.notes, [(Note::Quiet, "reply:7".to_owned())]);
            Ok(())
        });
        let screen = h.screen().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains("Nobody has written here for 7 months."), "{screen}");
        h.keys("It sings.");
        let screen = h.screen();
        assert!(screen.contains("It sings."), "{screen}");
        assert_eq!(
            screen.contains("Nobody has written"),
            rows > 12,
            "on a small one it makes way:\n{screen}"
        );
    }
}

#[test]
fn similar_threads_stand_under_the_title_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let screen = titled_at(columns, rows).screen();
        insta::assert_snapshot!(format!("similar_{columns}x{rows}"), screen);
    }
}

#[test]
fn a_similar_thread_is_read_and_the_text_waits() {
    let mut h = titled_at(80, 24);
    h.keys("<^N>2");
    assert_eq!(h.app.routes().last(), Some(&Route::Thread { thread: ThreadId(2), at: Some(PostNo(1)) }));
    assert!(h.waiting().contains(&"save draft"), "it is kept before one goes: {:?}", h.waiting());
    h.forget().keys("<Esc>");
    let screen = h.screen();
    assert!(screen.contains("Title: Kettles") && screen.contains("Similar: Green kettles"), "{screen}");
    h.keys("<Tab>Which one?");
    assert!(!h.screen().contains("Similar:"), "they belong to the title");
}

#[test]
fn only_the_last_title_is_looked_for_and_a_failure_disturbs_nobody() {
    let mut h = open_at(80, 24, NEW, on_board());
    h.keys("Ket").ring(similar::LOOK);
    assert!(!h.waiting().contains(&"similar threads"), "three letters say nothing");
    h.keys("tles").ring(similar::LOOK);
    h.answer::<SimilarThreads>(|_| Err(crate::service::Error::conflict("The disk is on fire.")));
    assert!(!h.screen().contains("fire"));
    h.keys("<^N>");
    assert!(h.screen().contains("No thread here has a title like this one so far."));
}

#[test]
fn a_template_is_the_beginning_and_an_untouched_one_is_no_draft() {
    let template = || Prepared { text: "**What**\n\n\n**Why**".to_owned(), ..on_board() };
    let mut h = open_at(80, 24, NEW, template());
    h.keys("Tea<Enter>It boils.<^S>").answer::<StartThread>(|request| {
        assert_eq!(request.body, "**What**\nIt boils.\n\n**Why**\n\n", "it goes where there is a gap");
        Err(crate::domain::policy::Denied::Archived.into())
    });
    let mut h = open_at(80, 24, NEW, template());
    h.keys("<Esc>");
    assert_eq!(h.app.routes(), [Route::Home]);
    assert!(!h.waiting().contains(&"save draft"));
}

#[test]
fn a_template_is_written_like_any_text() {
    let mut h = open_at(
        80,
        24,
        ComposeTarget::Template(BOARD),
        Prepared { text: "**What**".to_owned(), ..on_board() },
    );
    let screen = h.screen();
    assert!(
        screen.contains("what new threads on General begin with") && screen.contains("**What**"),
        "{screen}"
    );
    h.keys("?<^S>").answer::<SetTemplate>(|request| {
        assert_eq!((request.board, request.body.as_str()), (BOARD, "**What**?"));
        Ok(())
    });
    assert!(h.screen().contains("Kept: new threads here begin with this"));
    assert_eq!(h.app.routes(), [Route::Home]);
}
