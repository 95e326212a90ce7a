//! Single lines that a dialog asks for (W2): kept behind the fingers and on Esc, offered again, listed with where they
//! lead, dropped by no refusal, gone once they were sent.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::Caller;
use crate::service::cases::scene::{Cast, id};
use crate::service::conversations::tests::start;
use crate::service::drafts::{DraftSummary, ListDrafts};
use crate::service::testing::Blocking;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// The timer of `widgets::keeper`.
const KEEP: u32 = 1_001;

/// A line.
struct Asked {
    /// What it is called in the list of drafts.
    listed: &'static str,
    /// Where it is asked for.
    place: Route,
    /// The keys that ask.
    keys: &'static str,
}

/// Lines of every sort: over a screen's own dialog, over the one for all, and as the last of several.
fn all() -> (Rc<Blocking>, Caller, Vec<Asked>) {
    let (live, cast) = Cast::live();
    let talk = live.block(start(&live.place, &cast.ann, &["bo"], "Tea?")).unwrap().conversation;
    let asked = vec![
        Asked { listed: "Line for the wall", place: Route::Wall, keys: "w" },
        Asked { listed: "Why you are away", place: Route::Away, keys: "" },
        Asked { listed: "Word to a friend whom you", place: Route::Invites, keys: "n" },
        Asked { listed: "Nudge", place: Route::Nudge(Some(id(&cast.bo))), keys: "" },
        Asked { listed: "What a word means here", place: Route::Glossary, keys: "nhob<Enter>" },
        Asked { listed: "Title of a conversation", place: Route::Conversation(talk), keys: "t" },
    ];
    (live, cast.ann, asked)
}

/// Opens where it is asked for, and asks. A screen takes keys once it was shown.
fn ask(h: &mut Harness, asked: &Asked) -> String {
    h.open(&asked.place).screen();
    h.keys(asked.keys).screen()
}

fn drafts(live: &Rc<Blocking>, who: &Caller) -> Vec<DraftSummary> {
    live.call(who, ListDrafts).unwrap()
}

#[test]
fn w2_a_line_outlives_a_killed_session_and_esc_and_goes_once_it_is_sent() {
    let (live, ann, all) = all();
    for asked in &all {
        let mut h = Harness::live(&live, &ann);
        ask(&mut h, asked);
        h.keys("in the middle").ring(KEEP);
        drop(h);
        let mut h = Harness::live(&live, &ann);
        let screen = ask(&mut h, asked);
        assert!(screen.contains("in the middle"), "{}:\n{screen}", asked.listed);
        h.keys(" of it<Esc>");
        let kept = drafts(&live, &ann);
        assert!(kept.iter().any(|draft| draft.excerpt == "in the middle of it"), "{kept:?}");
        let screen = h.keys("<Esc><Esc>gd").screen();
        assert!(screen.contains(asked.listed), "{}:\n{screen}", asked.listed);
        ask(&mut h, asked);
        let screen = h.keys("<Enter>").screen();
        assert_eq!(drafts(&live, &ann), [], "{}:\n{screen}", asked.listed);
    }
}

#[test]
fn w2_a_line_that_is_refused_stays_a_draft() {
    let (live, ann, all) = all();
    let long = "x".repeat(130);
    let mut h = Harness::live(&live, &ann);
    ask(&mut h, &all[0]);
    let screen = h.keys(&long).keys("<Enter>").screen();
    assert!(screen.contains("120 is the most"), "{screen}");
    assert!(drafts(&live, &ann)[0].excerpt.starts_with("xxxx"), "{:?}", drafts(&live, &ann));
    let screen = h.keys(all[0].keys).screen();
    assert!(screen.contains("What you typed here before is back."), "{screen}");
    let bksp = "<Bksp>".repeat(20);
    h.keys(&bksp).keys("<Enter>");
    assert_eq!(drafts(&live, &ann), []);
}
