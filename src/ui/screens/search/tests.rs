//! The search screen: what is typed goes to the door, what comes back leads to the post.

use crate::domain::ids::{PostId, PostNo, ThreadId};
use crate::domain::time::Timestamp;
use crate::service::search::{Hit, SearchPosts};
use crate::service::testing::NOON;
use crate::ui::harness::Harness;

fn hit(no: i64) -> Hit {
    Hit {
        post_id: PostId(no),
        thread_id: ThreadId(7),
        no: PostNo(no),
        board: "general".to_owned(),
        title: "Tea at four".to_owned(),
        author: "bob".to_owned(),
        created_at: Timestamp(NOON.0 - 7_200),
        snippet: "the \u{2}kettle\u{3} is on".to_owned(),
    }
}

fn open() -> Harness {
    let mut h = Harness::member("alice");
    h.forget().keys("/");
    h
}

#[test]
fn r7_words_are_searched_and_the_hit_is_marked() {
    let mut h = open();
    h.keys("kettle<Enter>");
    h.answer::<SearchPosts>(|request| {
        assert_eq!(request.text, "kettle");
        Ok(vec![hit(3)])
    });
    let screen = h.screen();
    assert!(screen.contains("the kettle is on") && screen.contains("Tea at four"), "{screen}");
    assert_ne!(h.style_of("kettle is on"), h.style_of("is on"));
}

#[test]
fn r7_nothing_found_keeps_the_words_and_the_cursor_in_them() {
    let mut h = open();
    h.keys("ketle<Enter>").answer::<SearchPosts>(|_| Ok(Vec::new()));
    assert!(h.screen().contains("Nothing found"));
    h.keys("<Bksp><Bksp>tle<Enter>").answer::<SearchPosts>(|request| {
        assert_eq!(request.text, "kettle");
        Ok(vec![hit(1)])
    });
    assert!(h.screen().contains("Tea at four"));
}

#[test]
fn r7_the_last_hit_of_a_full_page_fetches_the_next() {
    let mut h = open();
    h.keys("tea<Enter>").answer::<SearchPosts>(|_| Ok((1..=50).rev().map(hit).collect()));
    h.keys("<End>").answer::<SearchPosts>(|request| {
        assert_eq!(request.before, Some(PostId(1)));
        Ok(Vec::new())
    });
    assert!(h.waiting().is_empty());
}

#[test]
fn a_new_member_is_told_what_can_be_typed() {
    assert!(open().screen().contains("from:handle"));
}

#[test]
fn the_words_can_be_changed_and_left_alone_again() {
    let mut h = open();
    h.keys("kettle<Enter>").answer::<SearchPosts>(|_| Ok(vec![hit(3)]));
    // From the list the slash leads back into the words, with every key that a line has.
    h.keys("/<Home>the <^E>s");
    assert!(h.screen().contains("search: the kettles"), "{}", h.screen());
    assert!(h.screen().contains("Tea at four"), "what was found stays until something else is");
    h.keys("<Esc>j<Enter>");
    assert!(!h.screen().contains("search:"), "Esc led to the list, Enter to the post");
}

#[test]
fn it_fits_forty_columns_and_plain_ascii() {
    use crate::ui::capabilities::{Capabilities, ColorDepth};
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(crate::ui::harness::me("alice"), plain, columns, rows);
        h.forget().keys("/kettle<Enter>").answer::<SearchPosts>(|_| Ok((1..=9).map(hit).collect()));
        let screen = h.screen();
        assert!(screen.is_ascii() && screen.contains("kettle is on"), "{screen}");
        assert!(screen.contains("/ words"), "{screen}");
        assert!(h.cells_changed_by("j") <= 2, "moving costs two marks");
    }
}
