//! What comes out of many kinds of hands and clipboards (W1): long pastes, other scripts, and what one took back (W3).

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::post::BODY_LEN_MAX;
use crate::service::Caller;
use crate::service::drafts::LoadDraft;
use crate::service::posts::{From, ListPosts};
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::harness::Harness;
use crate::ui::route::{ComposeTarget, Route};

/// The timer that saves the draft.
const SAVE: u32 = super::SAVE;

struct Table {
    live: Rc<Blocking>,
    alice: Caller,
    thread: ThreadId,
}

impl Table {
    fn new() -> Self {
        let live = Blocking::new();
        let alice = live.block(live.place.regular("alice"));
        let board = live.block(live.place.board("general"));
        let start = StartThread { board, title: "Kettles".to_owned(), body: "Which one?".to_owned() };
        let thread = live.call(&alice, start).unwrap().thread;
        Self { live, alice, thread }
    }

    fn write(&self) -> Harness {
        let mut h = Harness::live(&self.live, &self.alice);
        h.open(&Route::Compose(ComposeTarget::Reply { thread: self.thread, to: None, quote: false }));
        h
    }

    fn draft(&self) -> Option<String> {
        let target = DraftTarget::Reply(self.thread);
        self.live.call(&self.alice, LoadDraft { target }).unwrap().map(|draft| draft.body)
    }

    fn posted(&self, no: i64) -> Option<String> {
        let page = ListPosts { thread: self.thread, from: From::Only(PostNo(no)) };
        let page = self.live.call(&self.alice, page).unwrap();
        page.posts.into_iter().next().map(|post| post.body)
    }
}

/// W1, W2: 100 KB from the clipboard are kept whole, said to be too long, refused kindly, and sent once they fit.
#[test]
fn a_hundred_kilobytes_are_kept_and_nothing_is_lost() {
    let table = Table::new();
    let text = "the kettle is on the shelf\n".repeat(3_800);
    assert!(text.len() > 100 * 1024);
    let mut h = table.write();
    h.keys("Mine: ").paste(&text).ring(SAVE);
    let over = "Mine: ".len() + text.trim_end().len() + 1 - BODY_LEN_MAX;
    assert!(h.screen().contains(&format!("{over} bytes too long for one post")), "{}", h.screen());
    let whole = format!("Mine: {}", text.trim_end());
    assert_eq!(table.draft().as_deref(), Some(whole.as_str()));
    h.keys("<^S>");
    let screen = h.screen();
    assert!(screen.contains("Split it in two.") && screen.contains("kept"), "{screen}");
    assert_eq!(table.draft().as_deref(), Some(whole.as_str()), "a refusal drops nothing");
    drop(h);
    let mut h = table.write();
    h.keys("<Left><Right>");
    assert!(h.screen().contains("too long for one post"), "it is offered again whole: {}", h.screen());
    // One cuts the end off and sends the rest.
    h.keys("<^G>");
    for _ in 0..2_000 {
        h.keys("<Up>");
    }
    h.keys("<^W><^S>");
    assert!(h.screen().contains("Posted as 2."), "{}", h.screen());
    assert!(table.posted(2).unwrap().starts_with("Mine: the kettle"));
    assert_eq!(table.draft(), None);
}

/// W1: typing and pasting ideographs, emoji of several parts, combining marks, Hebrew and Arabic, with the cursor moved
/// in them: what arrives is what was typed, and the cursor stands where the eye expects it.
#[test]
fn every_script_is_typed_pasted_and_moved_in() {
    let cases = [
        ("日本語", "日本x語", 4),
        ("ab👩\u{200d}👩\u{200d}👧c", "ab👩\u{200d}👩\u{200d}👧xc", 4),
        ("👍🏽!", "👍🏽x!", 2),
        ("🇩🇪🇫🇷", "🇩🇪x🇫🇷", 2),
        ("cafe\u{301}s", "caf\u{e9}xs", 4),
        ("שלום", "שלוxם", 3),
        ("مرحبا", "مرحبxا", 4),
        ("ไทยa", "ไทยxa", 3),
        ("한국어", "한국x어", 4),
    ];
    for (typed, expected, column) in cases {
        for pasted in [false, true] {
            let table = Table::new();
            let mut h = table.write();
            if pasted {
                h.paste(typed);
            } else {
                h.keys(typed);
            }
            h.keys("<Left>").screen();
            let inset = 1;
            assert_eq!(h.cursor.map(|at| at.x), Some(column + inset), "{typed} (pasted: {pasted})");
            h.keys("x<^S>");
            assert_eq!(table.posted(2).as_deref(), Some(expected), "{typed} (pasted: {pasted})");
        }
    }
}

/// Backspace takes what the eye takes for one character, in every script, down to nothing.
#[test]
fn every_script_is_taken_back_character_by_character() {
    use unicode_segmentation::UnicodeSegmentation;
    for text in ["日本語", "👩\u{200d}👩\u{200d}👧👍🏽", "cafe\u{301}", "שלום", "नमस्ते"]
    {
        let table = Table::new();
        let mut h = table.write();
        h.paste(text);
        for left in (0..text.graphemes(true).count()).rev() {
            h.keys("<Bksp>").ring(SAVE);
            let expected: String = text.graphemes(true).take(left).collect();
            assert_eq!(table.draft().unwrap_or_default(), expected, "{text}");
            h.timers.clear();
        }
    }
}

/// W3: what a member does to an own post, through the screens: silent for 15 minutes, then with history; a tombstone,
/// and back from it within 10 minutes.
#[test]
fn w3_an_edit_and_a_deletion_from_end_to_end() {
    let table = Table::new();
    let minutes = |minutes: i64| table.live.place.clock.advance(minutes * 60);
    let open = || {
        let mut h = Harness::live(&table.live, &table.alice);
        h.open(&Route::Thread { thread: table.thread, at: Some(PostNo(1)) });
        h.screen();
        h
    };
    minutes(15);
    let mut h = open();
    h.keys("e<^E> Now.<^S>");
    assert!(h.screen().contains("Changed.") && !h.screen().contains("edited"), "{}", h.screen());
    table.live.place.clock.advance(1);
    h.keys("e<^E> Later.<^S>");
    let screen = h.screen();
    assert!(screen.contains("marked as edited") && screen.contains("Later."), "{screen}");
    let screen = h.keys("h").screen();
    assert!(screen.contains("Before an edit") && screen.contains("Which one? Now."), "{screen}");
    h.keys("hdy");
    let screen = h.screen();
    assert!(screen.contains("Deleted by its author.") && !screen.contains("Later."), "{screen}");
    minutes(10);
    h.keys("u");
    assert!(h.screen().contains("Your post is back.") && h.screen().contains("Later."), "{}", h.screen());
    h.keys("dy");
    h.screen();
    minutes(10);
    table.live.place.clock.advance(1);
    h.keys("u");
    let screen = h.screen();
    assert!(!screen.contains("Your post is back.") && screen.contains("Deleted by its author."), "{screen}");
}
