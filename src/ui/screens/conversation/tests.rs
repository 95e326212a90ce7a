//! A conversation as the people in it meet it (L3, R4, L5).
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::ids::ConversationId;
use crate::service::Caller;
use crate::service::cases::scene::Cast;
use crate::service::conversations::{CountMessages, LeaveConversation, StartConversation, WriteMessage};
use crate::service::testing::Blocking;
use crate::service::writing::StartThread;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

struct Scene {
    live: Rc<Blocking>,
    ann: Caller,
    bo: Caller,
    id: ConversationId,
}

impl Scene {
    /// ann has said "Tea?" to bo.
    fn new() -> Self {
        let live = Blocking::new();
        let ann = live.block(live.place.regular("ann"));
        let bo = live.block(live.place.regular("bo"));
        let start = StartConversation {
            to: vec!["bo".to_owned()],
            title: String::new(),
            body: "Tea?".to_owned(),
            draft: None,
        };
        let id = live.call(&ann, start).unwrap().conversation;
        Self { live, ann, bo, id }
    }

    fn say(&self, who: &Caller, body: &str) {
        self.live.call(who, WriteMessage { conversation: self.id, body: body.to_owned() }).unwrap();
    }

    fn unread(&self, who: &Caller) -> i64 {
        self.live.call(who, CountMessages).unwrap()
    }
}

#[test]
fn it_reads_like_a_talk_at_every_size() {
    let scene = Scene::new();
    scene.say(
        &scene.bo,
        "With **milk**, please. And tell me about the garden, if there is time for that today.",
    );
    let ascii = Capabilities { unicode: false, colors: ColorDepth::Mono, ..Capabilities::COMMON };
    let mut h = Harness::live(&scene.live, &scene.ann);
    insta::assert_snapshot!("talk", h.keys("gc<Enter>").screen().trim_end());
    for (terminal, columns, rows) in
        [(Capabilities::COMMON, 40, 12), (Capabilities::COMMON, 160, 50), (ascii, 80, 24)]
    {
        let mut h = Harness::live_at(&scene.live, &scene.ann, terminal, columns, rows);
        let screen = h.keys("gc<Enter>").screen();
        assert!(screen.contains("Tea?") && screen.contains("With milk"), "{screen}");
        assert!(terminal.unicode || screen.is_ascii(), "{screen}");
    }
}

#[test]
fn r4_space_goes_to_messages_and_what_is_shown_is_read() {
    let scene = Scene::new();
    let board = scene.live.block(scene.live.place.board("talk"));
    let begin = StartThread { board, title: "Trains".to_owned(), body: "Who?".to_owned() };
    scene.live.call(&scene.ann, begin).unwrap();
    let mut h = Harness::live(&scene.live, &scene.bo);
    h.screen();
    assert_eq!(scene.unread(&scene.bo), 1, "home shows no text of it");
    let screen = h.keys("<Space>").screen();
    assert!(screen.contains("Tea?"), "messages come before boards: {screen}");
    assert_eq!(scene.unread(&scene.bo), 0);
    let screen = h.keys("<Space>").screen();
    assert!(screen.contains("Trains"), "{screen}");
    let screen = h.keys("<Space>").screen();
    assert!(screen.contains("You are caught up"), "{screen}");
    assert!(h.keys("<Esc>").screen().contains("Testhob"), "back leads to where reading began");
}

#[test]
fn a_skipped_conversation_stays_unread_and_is_not_offered_again() {
    let scene = Scene::new();
    for n in 0..40 {
        scene.say(&scene.ann, &format!("line {n}"));
        scene.live.place.clock.advance(60);
    }
    let board = scene.live.block(scene.live.place.board("talk"));
    let begin = StartThread { board, title: "Trains".to_owned(), body: "Who?".to_owned() };
    scene.live.call(&scene.ann, begin).unwrap();
    let mut h = Harness::live(&scene.live, &scene.bo);
    h.screen();
    assert!(h.keys("<Space>").screen().contains("Tea?"));
    let left = scene.unread(&scene.bo);
    assert!(left > 0 && left < 41, "only what was shown is read: {left}");
    assert!(h.keys("s").screen().contains("Trains"));
    let screen = h.keys("<Space>").screen();
    assert!(screen.contains("You are caught up"), "{screen}");
    assert_eq!(scene.unread(&scene.bo), left);
}

#[test]
fn nothing_is_read_that_a_jump_to_the_end_passed_over() {
    let scene = Scene::new();
    for n in 0..40 {
        scene.say(&scene.ann, &format!("line {n}"));
    }
    let mut h = Harness::live(&scene.live, &scene.bo);
    h.screen();
    h.keys("<Space>").screen();
    let left = scene.unread(&scene.bo);
    let screen = h.keys(">").screen();
    assert!(screen.contains("line 39"), "{screen}");
    assert_eq!(scene.unread(&scene.bo), left);
    h.keys("<lt>").screen();
    for _ in 0..12 {
        h.keys("<PgDn>").screen();
    }
    assert_eq!(scene.unread(&scene.bo), 0);
}

#[test]
fn l5_a_message_comes_in_while_one_looks_and_moves_nothing() {
    let scene = Scene::new();
    let mut h = Harness::live(&scene.live, &scene.bo);
    h.screen();
    let before = h.keys("<Space>").screen();
    scene.say(&scene.ann, "Hello?");
    let after = h.keys("").screen();
    assert!(after.contains("Hello?"), "{after}");
    let line = |screen: &str| screen.lines().position(|line| line.contains("Tea?"));
    assert_eq!(line(&before), line(&after));
    for n in 0..30 {
        scene.say(&scene.ann, &format!("more {n}"));
    }
    let full = h.keys("").screen();
    assert_eq!(line(&full), line(&before));
    assert!(full.contains("new below"), "{full}");
}

#[test]
fn one_writes_in_the_editor_of_posts_and_comes_back_to_what_was_said() {
    let scene = Scene::new();
    let mut h = Harness::live(&scene.live, &scene.bo);
    h.screen();
    h.keys("gc<Enter>").screen();
    assert!(h.keys("r").screen().contains("message: ann"));
    let screen = h.keys("With milk.<^S>").screen();
    assert!(screen.contains("With milk.") && screen.contains("Tea?"), "{screen}");
    h.keys("r").screen();
    h.keys("half a thought<Esc>").screen();
    let screen = h.keys("r").screen();
    assert!(screen.contains("half a thought"), "W2: {screen}");
    h.keys("<Esc>").screen();
    h.keys("e").screen();
    let screen = h.keys(" Or lemon.<^S>").screen();
    assert!(screen.contains("Or lemon."), "{screen}");
    h.keys("d").screen();
    let screen = h.keys("y").screen();
    assert!(screen.contains("Deleted by its author"), "{screen}");
}

#[test]
fn a_conversation_begins_with_handles_that_tab_completes() {
    let scene = Scene::new();
    let cyril = scene.live.block(scene.live.place.regular("cyril"));
    let mut h = Harness::live(&scene.live, &scene.ann);
    h.screen();
    let screen = h.keys("gcn").screen();
    assert!(screen.contains("To:"), "{screen}");
    let screen = h.keys("bo cy<Tab>").screen();
    assert!(screen.contains("bo cyril"), "{screen}");
    let screen = h.keys("<Tab>Hello both.<^S>").screen();
    assert!(screen.contains("Hello both.") && screen.contains("bo, cyril"), "{screen}");
    assert_eq!(scene.unread(&cyril), 1);
    h.keys("t").screen();
    assert!(h.keys("Two<Enter>").screen().contains("called this conversation \"Two\""));
}

#[test]
fn from_a_post_one_writes_to_its_author_and_from_the_list_to_a_member() {
    let scene = Scene::new();
    let board = scene.live.block(scene.live.place.board("talk"));
    let begin = StartThread { board, title: "Trains".to_owned(), body: "Who?".to_owned() };
    scene.live.call(&scene.bo, begin).unwrap();
    scene.live.block(scene.live.place.regular("cy"));
    let mut h = Harness::live(&scene.live, &scene.ann);
    h.screen();
    h.keys("<Space>").screen();
    assert!(h.keys("w").screen().contains("Tea?"), "the conversation that is there");
    h.keys("gm").screen();
    h.keys("jj").screen();
    let screen = h.keys("w").screen();
    assert!(screen.contains("To: cy"), "{screen}");
}

#[test]
fn leaving_closes_it_and_a_conversation_that_is_gone_says_so() {
    let scene = Scene::new();
    let mut h = Harness::live(&scene.live, &scene.bo);
    h.screen();
    h.keys("gc<Enter>").screen();
    h.keys("L").screen();
    let screen = h.keys("y").screen();
    assert!(screen.contains("You have left it"), "{screen}");
    assert!(scene.live.call(&scene.bo, LeaveConversation { conversation: scene.id }).is_err());
    let mut h = Harness::live(&scene.live, &scene.ann);
    h.screen();
    let screen = h.keys("gc<Enter>").screen();
    assert!(screen.contains("bo left.") && screen.contains("nobody else"), "{screen}");
}

/// M1, M7: a message is reported from where it stands; the form says what the staff will get.
#[test]
fn m1_m7_a_message_is_reported_and_removed() {
    for (columns, rows) in [(80, 24), (40, 12), (160, 50)] {
        let (live, cast) = Cast::live();
        let start = StartConversation {
            to: vec!["ann".to_owned()],
            title: String::new(),
            body: "You are a fool.".to_owned(),
            draft: None,
        };
        live.call(&cast.bo, start).unwrap();
        let mut h = Harness::live_at(&live, &cast.ann, Capabilities::COMMON, columns, rows);
        h.keys("gc<Enter>").screen();
        h.keys("!");
        let form = h.keys("2").screen();
        let words = form.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert!(words.contains("nothing else of the conversation."), "{columns}: {form}");
        assert!(h.keys("rude<Enter>").screen().contains("Reported."));
        let mut staff = Harness::live_at(&live, &cast.mo, Capabilities::COMMON, columns, rows);
        let case = staff.keys("gq<Enter>").screen();
        assert!(case.contains("message"), "{case}");
        staff.keys("x").keys("It insults.").keys("<Enter>").keys("<Enter>");
        let screen = h.keys("").screen();
        assert!(screen.contains("Removed by the staff.") && !screen.contains("a fool"), "{screen}");
    }
}
