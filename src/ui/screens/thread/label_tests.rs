//! What is said about a thread, and what leads out of it: tags, solved, the trail of a move, links, the next post to
//! the reader.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::board::BoardKind;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::moderation::{Deed, NO_RULE, Thing};
use crate::service::Caller;
use crate::service::moderation::Moderate;
use crate::service::testing::Blocking;
use crate::service::writing::{EditPost, StartThread, WriteReply};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::Harness;

/// Alice asks on a question board, Bob answers.
struct World {
    live: Rc<Blocking>,
    alice: Caller,
    bob: Caller,
    board: BoardId,
    thread: ThreadId,
}

impl World {
    fn new(question: &str, answers: &[&str]) -> Self {
        let live = Blocking::new();
        let alice = live.block(live.place.regular("alice"));
        let bob = live.block(live.place.regular("bob"));
        let board = live.block(live.place.board("help"));
        live.block(live.place.set_kind(board, BoardKind::Question));
        let (title, body) = ("Why?".to_owned(), question.to_owned());
        let thread = live.call(&alice, StartThread { board, title, body }).unwrap().thread;
        let world = Self { live, alice, bob, board, thread };
        answers.iter().for_each(|answer| world.answer(answer));
        world
    }

    fn answer(&self, body: &str) {
        let (thread, body) = (self.thread, body.to_owned());
        self.live.call(&self.bob, WriteReply { thread, reply_to: None, body }).unwrap();
    }

    fn session(&self, who: &Caller, columns: u16, rows: u16) -> Harness {
        self.session_at(who, Capabilities::COMMON, columns, rows)
    }

    fn session_at(&self, who: &Caller, terminal: Capabilities, columns: u16, rows: u16) -> Harness {
        let mut h = Harness::live_at(&self.live, who, terminal, columns, rows);
        h.screen();
        h.open(&crate::ui::route::Route::Thread { thread: self.thread, at: Some(PostNo(1)) });
        h.screen();
        h
    }
}

fn row(screen: &str, at: usize) -> &str {
    screen.lines().nth(at).unwrap()
}

#[test]
fn r2_a_question_is_solved_by_the_chosen_post_and_opened_again() {
    let world = World::new("why", &["because", "no"]);
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = world.session(&world.alice, columns, rows);
        let screen = h.keys("jv").screen();
        assert!(row(&screen, 1).contains("✓ solved by 2"), "{screen}");
        assert!(
            screen.lines().any(|line| line.contains("2 bob") && line.contains("the solution")),
            "{screen}"
        );
        let screen = h.keys("jv").screen();
        assert!(row(&screen, 1).contains("solved by 3"), "another one did it: {screen}");
        let screen = h.keys("u").screen();
        assert!(row(&screen, 1).contains("solved by 2"), "{screen}");
        let screen = h.keys("kv").screen();
        assert!(!screen.contains("solved by") && screen.contains("open again"), "{screen}");
        let screen = h.keys("kv").screen();
        assert!(row(&screen, 1).trim() == "✓ solved", "by none in particular: {screen}");
        h.keys("v").screen();
    }
    let mut other = world.session(&world.bob, 80, 24);
    let screen = other.keys("jv").screen();
    assert!(screen.contains("Only the author can do that."), "{screen}");
    world.session(&world.alice, 80, 24).keys("jv").screen();
    assert!(row(&other.settle_and_draw(), 1).contains("solved by 2"), "seen at once elsewhere");
    let screen = other.keys("<Esc>gb").screen();
    assert!(screen.contains("help"), "{screen}");
    assert!(other.keys("<Enter>").screen().contains("Why? · solved"));
}

#[test]
fn only_question_boards_have_solutions() {
    let world = World::new("why", &["because"]);
    world.live.block(world.live.place.set_kind(world.board, BoardKind::Talk));
    let screen = world.session(&world.alice, 80, 24).keys("v").screen();
    assert!(screen.contains("Only threads on question boards are solved."), "{screen}");
}

#[test]
fn r2_a_moved_thread_says_where_it_came_from_and_old_links_lead_on() {
    let world = World::new("why", &["because"]);
    let mo = world.live.block(world.live.place.moderator("mo"));
    let to = world.live.block(world.live.place.board("kitchen"));
    let (thing, reason) = (Thing::Thread(world.thread), String::new());
    world.live.call(&mo, Moderate { thing, deed: Deed::MoveThread(to), rule_no: NO_RULE, reason }).unwrap();
    let screen = world.session(&world.alice, 80, 24).screen();
    assert!(row(&screen, 0).contains("Why? (kitchen)"), "{screen}");
    assert!(row(&screen, 1).contains("moved here from help, "), "{screen}");
}

#[test]
fn r5_at_leads_to_posts_that_are_not_loaded() {
    let world = World::new("why", &[]);
    let body = "as @alice said".to_owned();
    (0..45).for_each(|_| world.answer("chatter"));
    let (thread, reply_to) = (world.thread, None);
    world.live.call(&world.bob, WriteReply { thread, reply_to, body }).unwrap();
    let mut h = world.session(&world.alice, 80, 24);
    let screen = h.keys("@").screen();
    assert!(screen.contains("47 bob") && screen.contains("to you"), "{screen}");
    let screen = h.keys("@").screen();
    assert!(screen.contains("No later post here answers or mentions you."), "{screen}");
    assert!(h.keys("<Esc>").screen().contains("1 alice"));
}

#[test]
fn r5_links_are_chosen_by_number_and_shown_whole() {
    let long = format!("https://a.example/{}", "x".repeat(200));
    let world =
        World::new("no link here", &[&format!("[one]({long})"), "[a](https://a.example) https://b.example/"]);
    let mut h = world.session(&world.alice, 40, 12);
    assert!(h.keys("l").screen().contains("There is no link in this post."));
    let screen = h.keys("jl").screen();
    let shown: String = screen.lines().skip(2).take_while(|line| !line.is_empty()).collect();
    assert_eq!(shown, long, "{screen}");
    let screen = h.keys("<Esc>jl").screen();
    assert!(screen.contains("1 https://a.example") && screen.contains("2 https://b.example/"), "{screen}");
    let screen = h.keys("2").screen();
    assert_eq!(row(&screen, 2), "https://b.example/", "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("Why? (help)"), "{screen}");
}

/// What the terminal is told of links: the text of their cells and where they lead.
fn links(h: &mut Harness) -> Vec<(String, String)> {
    let cells = h.cells();
    let text = |link: &crate::ui::screen::Hyperlink| {
        (link.x..link.x + link.columns).map(|x| cells[(x, link.y)].symbol()).collect::<String>()
    };
    h.app.hyperlinks().iter().map(|link| (text(link), link.address.clone())).collect()
}

#[test]
fn r5_terminals_that_know_hyperlinks_get_them_and_only_safe_ones() {
    let answers = [
        "[text](https://a.example/1) and https://b.example",
        "[shell](ssh://c.example) [mail](mailto:d@e.example)",
    ];
    let world = World::new("why", &answers);
    let plain = links(&mut world.session(&world.alice, 80, 24));
    assert!(plain.is_empty(), "{plain:?}");
    let knows = Capabilities { hyperlinks: true, ..Capabilities::COMMON };
    let mut h = world.session_at(&world.alice, knows, 80, 24);
    let found = links(&mut h);
    let leads = |text: &str, to: &str| found.iter().any(|(t, a)| t.trim() == text && a == to);
    assert!(
        leads("text", "https://a.example/1") && leads("https://a.example/1", "https://a.example/1"),
        "{found:?}"
    );
    assert!(leads("https://b.example", "https://b.example"), "{found:?}");
    assert!(leads("mail", "mailto:d@e.example"), "{found:?}");
    assert!(!found.iter().any(|(_, to)| to.starts_with("ssh")), "{found:?}");
    // Over a dialog nothing below it can be clicked.
    h.keys("#");
    assert!(links(&mut h).is_empty());
}

#[test]
fn older_texts_never_lend_their_numbers_to_other_addresses() {
    let world = World::new("[old](https://old.example)", &["because"]);
    world.live.place.clock.advance(3_600);
    let (thread, no, body) = (world.thread, PostNo(1), "[new](https://new.example)".to_owned());
    world.live.call(&world.alice, EditPost { thread, no, body }).unwrap();
    let knows = Capabilities { hyperlinks: true, ..Capabilities::COMMON };
    let mut h = world.session_at(&world.alice, knows, 80, 24);
    h.keys("h").screen();
    let found = links(&mut h);
    assert!(found.iter().any(|(text, to)| text == "new" && to == "https://new.example"), "{found:?}");
    assert!(!found.iter().any(|(text, _)| text.trim() == "old"), "{found:?}");
}

#[test]
fn r2_slow_mode_is_said_and_a_refusal_keeps_the_draft() {
    let world = World::new("why", &["because"]);
    world.live.block(world.live.place.slow(world.thread, 600));
    let mut h = world.session(&world.bob, 80, 24);
    let screen = h.screen();
    assert!(row(&screen, 1).contains("slow: one post every 10 minutes from each"), "{screen}");
    h.keys("r").screen();
    let screen = h.keys("And more.<^S>").screen();
    assert!(screen.contains("This thread is slow") && screen.contains("And more."), "{screen}");
    h.keys("<Esc>").screen();
    let screen = h.keys("gd").screen();
    assert!(screen.contains("Reply in Why?"), "{screen}");
}

#[test]
fn r2_staff_slow_a_thread_down_and_end_it_from_the_menu() {
    let world = World::new("why", &["because"]);
    let mo = world.live.block(world.live.place.moderator("mo"));
    let mut h = world.session(&mo, 80, 24);
    let pick = |screen: &str, words: &str| -> String {
        let line = screen.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{screen}"));
        line.chars().find(char::is_ascii_digit).unwrap().to_string()
    };
    let screen = h.keys("M").screen();
    let screen = h.keys(&pick(&screen, "Slow the thread down")).screen();
    h.keys(&pick(&screen, "every 5 minutes")).screen();
    h.keys("Breathe.<Enter>").screen();
    let screen = h.keys("<Enter>").screen();
    assert!(row(&screen, 1).contains("slow: one post every 5 minutes"), "{screen}");
    let refused = world
        .live
        .call(&world.bob, WriteReply { thread: world.thread, reply_to: None, body: "again".to_owned() });
    assert!(refused.unwrap_err().to_string().contains("This thread is slow"));
    let screen = h.keys("M").screen();
    let screen = h.keys(&pick(&screen, "End slow mode")).screen();
    assert!(!screen.contains("slow:"), "{screen}");
}
