//! R2, R4: the threads of a tag, and reading on within them.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::{BoardId, TagId, ThreadId};
use crate::service::Caller;
use crate::service::boards::ListBoards;
use crate::service::tags::{ListTags, SetTags};
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;
use crate::ui::route::Route;

/// Alice reads; Bob wrote three threads on two boards, the first and the last about tea.
struct World {
    live: Rc<Blocking>,
    alice: Caller,
    bob: Caller,
    board: BoardId,
}

impl World {
    fn new() -> Self {
        let live = Blocking::new();
        let alice = live.block(live.place.regular("alice"));
        let bob = live.block(live.place.regular("bob"));
        let board = live.block(live.place.board("general"));
        let other = live.block(live.place.board("kitchen"));
        let world = Self { live, alice, bob, board };
        for (board, title, tags) in [(board, "black", "tea"), (board, "bread", ""), (other, "green", "tea")] {
            world.start(board, title, tags);
        }
        world
    }

    fn start(&self, board: BoardId, title: &str, tags: &str) -> ThreadId {
        let (title, body) = (title.to_owned(), format!("words on {title}"));
        let thread = self.live.call(&self.bob, StartThread { board, title, body }).unwrap().thread;
        self.live.call(&self.bob, SetTags { thread, tags: tags.to_owned() }).unwrap();
        thread
    }

    fn tag(&self) -> TagId {
        self.live.call(&self.alice, ListTags).unwrap()[0].id
    }

    fn unread(&self) -> i64 {
        self.live.call(&self.alice, ListBoards).unwrap().unread_posts()
    }

    fn session(&self, columns: u16, rows: u16) -> Harness {
        let mut h = Harness::live_at(&self.live, &self.alice, Capabilities::COMMON, columns, rows);
        h.screen();
        h.open(&Route::Tag(self.tag()));
        h
    }
}

#[test]
fn r2_threads_of_all_boards_stand_together_newest_first() {
    let world = World::new();
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let screen = world.session(columns, rows).screen();
        let green = screen.find("green").unwrap();
        assert!(green < screen.find("black").unwrap() && !screen.contains("bread"), "{screen}");
        assert!(screen.contains("kitchen") && screen.contains("general"), "{screen}");
        assert!(screen.contains("#tea") && screen.contains("2 threads"), "{screen}");
    }
}

#[test]
fn r4_space_reads_on_within_the_tag_and_leads_back() {
    let world = World::new();
    let mut h = world.session(80, 24);
    let screen = h.keys(" ").screen();
    assert!(screen.contains("words on black"), "{screen}");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("words on green"), "bread is about something else: {screen}");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("You are caught up with #tea."), "{screen}");
    assert_eq!(world.unread(), 1, "the rest is as unread as before");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("2 threads"), "{screen}");
    let screen = h.keys(" ").screen();
    assert!(screen.contains("You are caught up with #tea."), "{screen}");
}

#[test]
fn it_is_live_and_enter_opens_the_chosen_thread() {
    let world = World::new();
    let mut h = world.session(80, 24);
    h.screen();
    world.start(world.board, "white", "tea");
    let screen = h.settle_and_draw();
    assert!(screen.contains("white") && screen.contains("3 threads"), "{screen}");
    let screen = h.keys("<Home><Enter>").screen();
    assert!(screen.contains("words on white"), "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("3 threads"), "{screen}");
}

#[test]
fn a_tag_that_stands_nowhere_leads_back() {
    let world = World::new();
    let mut h = Harness::live(&world.live, &world.alice);
    h.screen();
    let screen = h.open(&Route::Tag(TagId(99))).screen();
    assert!(screen.contains("There is no such tag here"), "{screen}");
}

/// P3: one joins from the tag's page, is among its people, and shows it by the handle.
#[test]
fn p3_a_tag_is_joined_and_shown_from_its_page() {
    let world = World::new();
    let mut h = world.session(80, 24);
    assert!(h.screen().contains("nobody has joined it yet"), "{}", h.screen());
    let screen = h.keys("J").screen();
    assert!(screen.contains("1 member") && screen.contains("you are in it"), "{screen}");
    h.keys("H");
    let screen = h.keys("p").screen();
    assert!(screen.contains("filter: #tea") && screen.contains("alice #tea"), "{screen}");
    assert!(!screen.contains("bob"), "{screen}");
    let screen = h.keys("<Esc>J").screen();
    assert!(screen.contains("nobody has joined it yet"), "{screen}");
    for (columns, rows) in [(40, 12), (160, 50)] {
        let screen = world.session(columns, rows).screen();
        assert!(screen.contains("nobody has joined it yet") && screen.contains("black"), "{screen}");
    }
}
