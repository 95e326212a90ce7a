//! The search screen: what is typed goes to the door, what comes back leads to the post.

#![allow(clippy::unwrap_used)]

use crate::domain::ids::{PostId, PostNo, ThreadId};
use crate::domain::time::Timestamp;
use crate::service::search::{Found, Hit, KeepSearch, Order, RecentSearches, SearchPosts};
use crate::service::testing::{Blocking, NOON};
use crate::service::upkeep::index_all;
use crate::service::writing::StartThread;
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

fn found(hits: impl IntoIterator<Item = i64>) -> Found {
    let hits: Vec<Hit> = hits.into_iter().map(hit).collect();
    Found { more: hits.len() == 50, hits, note: None }
}

/// On the search, with these searches made lately.
fn open_with(recent: &[&str]) -> Harness {
    let mut h = Harness::member("alice");
    h.forget().keys("/");
    h.answer::<RecentSearches>(|_| Ok(recent.iter().map(|text| (*text).to_owned()).collect()));
    h
}

fn open() -> Harness {
    open_with(&[])
}

#[test]
fn r7_words_are_searched_and_the_hit_is_marked() {
    let mut h = open();
    h.keys("kettle<Enter>");
    h.answer::<SearchPosts>(|request| {
        assert_eq!((request.text.as_str(), request.order, request.before), ("kettle", Order::Newest, None));
        Ok(found([3]))
    });
    let screen = h.screen();
    assert!(screen.contains("the kettle is on") && screen.contains("Tea at four"), "{screen}");
    assert!(screen.contains("The newest first"), "{screen}");
    assert_ne!(h.style_of("kettle is on"), h.style_of("is on"));
    h.answer::<KeepSearch>(|request| {
        assert_eq!(request.text, "kettle");
        Ok(())
    });
}

#[test]
fn r7_nothing_found_keeps_the_words_and_the_cursor_in_them() {
    let mut h = open();
    h.keys("ketle<Enter>").answer::<SearchPosts>(|_| Ok(found([])));
    assert!(h.screen().contains("Nothing found"));
    assert!(h.waiting().is_empty(), "what found nothing is not remembered");
    h.keys("<Bksp><Bksp>tle<Enter>").answer::<SearchPosts>(|request| {
        assert_eq!(request.text, "kettle");
        Ok(found([1]))
    });
    assert!(h.screen().contains("Tea at four"));
}

#[test]
fn r7_the_last_hit_of_a_full_page_fetches_the_next() {
    let mut h = open();
    h.keys("tea<Enter>").answer::<SearchPosts>(|_| Ok(found((1..=50).rev())));
    h.answer::<KeepSearch>(|_| Ok(()));
    // Keys that come before the next page are meant for it.
    h.keys("<End>j").answer::<SearchPosts>(|request| {
        assert_eq!(request.before, Some(PostId(1)));
        Ok(Found { hits: vec![hit(0)], more: false, note: None })
    });
    assert!(h.waiting().is_empty());
    h.keys("<Enter>");
    assert!(!h.screen().contains("search:"), "the hit of the second page is open");
}

#[test]
fn r7_one_key_puts_the_best_first_and_what_cannot_be_is_said() {
    let mut h = open();
    h.keys("tea<Enter>").answer::<SearchPosts>(|_| Ok(found([2, 1])));
    h.answer::<KeepSearch>(|_| Ok(()));
    h.keys("jo").answer::<SearchPosts>(|request| {
        assert_eq!((request.order, request.before), (Order::Best, None));
        Ok(found([1, 2]))
    });
    assert!(h.screen().contains("The best first"), "{}", h.screen());
    h.forget().keys("oo").answer::<SearchPosts>(|request| {
        assert_eq!(request.order, Order::Newest);
        Ok(found([2, 1]))
    });
    h.forget();
    let note = Some("Too many to put the best first: these are the newest.".to_owned());
    h.keys("o").answer::<SearchPosts>(|_| Ok(Found { note, ..found([2, 1]) }));
    assert!(h.screen().contains("Too many to put the best first"), "{}", h.screen());
}

#[test]
fn r7_ones_last_searches_are_offered_while_nothing_is_typed() {
    let mut h = open_with(&["kettle from:bob", "warm shelf"]);
    let screen = h.screen();
    assert!(screen.contains("Lately") && screen.contains("kettle from:bob"), "{screen}");
    h.keys("<Down><Down><Down><Enter>").answer::<SearchPosts>(|request| {
        assert_eq!(request.text, "warm shelf");
        Ok(found([1]))
    });
    assert!(h.screen().contains("search: warm shelf"), "{}", h.screen());
    // Typing leaves them; Up leads out of them again.
    let mut h = open_with(&["kettle from:bob"]);
    h.keys("<Down><Up>t");
    assert!(!h.screen().contains("Lately"), "{}", h.screen());
    h.keys("<Enter>").answer::<SearchPosts>(|request| {
        assert_eq!(request.text, "t");
        Ok(found([1]))
    });
}

#[test]
fn a_new_member_is_told_what_can_be_typed() {
    let screen = open().screen();
    for words in ["from:handle", "tag:name", "after:7d", "has:link", "kett*", "-copper"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn the_words_can_be_changed_and_left_alone_again() {
    let mut h = open();
    h.keys("kettle<Enter>").answer::<SearchPosts>(|_| Ok(found([3])));
    // From the list the slash leads back into the words, with every key that a line has.
    h.keys("/<Home>the <^E>s");
    assert!(h.screen().contains("search: the kettles"), "{}", h.screen());
    assert!(h.screen().contains("Tea at four"), "what was found stays until something else is");
    h.keys("<Esc>j<Enter>");
    assert!(!h.screen().contains("search:"), "Esc led to the list, Enter to the post");
}

/// R7: jump opens the post in its thread, and back returns to the same result list.
#[test]
fn r7_live_a_hit_opens_its_post_and_back_leads_to_the_same_list() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let board = live.block(live.place.board("general"));
    for title in ["One", "Two", "Three"] {
        let (title, body) = (title.to_owned(), format!("A kettle, number {title}."));
        live.call(&alice, StartThread { board, title, body }).unwrap();
    }
    live.block(index_all(&live.place.service)).unwrap();
    let mut h = Harness::live(&live, &alice);
    h.keys("/kettle<Enter>j");
    let before = h.screen();
    assert!(before.contains("▸ Two"), "{before}");
    h.keys("<Enter>");
    assert!(h.screen().contains("A kettle, number Two"), "{}", h.screen());
    h.keys("<Esc>");
    assert_eq!(h.screen(), before);
    // A word that means nothing is explained, and the words stay.
    let screen = h.keys("/ colour:red<Enter>").screen();
    assert!(screen.contains("There is no \"colour:\" here") && screen.contains("colour:red"), "{screen}");
    // It is offered the next time.
    let screen = h.keys("<Esc>/").screen();
    assert!(screen.contains("kettle"), "{screen}");
}

#[test]
fn it_fits_forty_columns_and_plain_ascii() {
    use crate::ui::capabilities::{Capabilities, ColorDepth};
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(crate::ui::harness::me("alice"), plain, columns, rows);
        h.forget().keys("/").answer::<RecentSearches>(|_| Ok(vec!["tea".to_owned()]));
        let screen = h.screen();
        assert!(screen.is_ascii() && screen.contains("tea") && screen.contains("from:"), "{screen}");
        h.keys("kettle<Enter>").answer::<SearchPosts>(|_| Ok(found(1..=9)));
        let screen = h.screen();
        assert!(screen.is_ascii() && screen.contains("kettle is on"), "{screen}");
        assert!(screen.contains("/ words"), "{screen}");
        assert!(h.cells_changed_by("j") <= 2, "moving costs two marks");
    }
}
