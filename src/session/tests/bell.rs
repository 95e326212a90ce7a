//! What tells a member outside the screen (L4): only by their choice, never in quiet hours, at most once a minute.

use super::*;
use crate::service::members::SetChoice;
use crate::service::writing::{Posted, StartThread, WriteReply};

const OSC_9: &str = "\x1b]9;hob: something for you\x1b\\";
const PUSH: &str = "\x1b[22;0t";
const POP: &str = "\x1b[23;0t";

struct Scene {
    place: Place,
    alice: Caller,
    bob: Caller,
    /// The first post of the thread.
    post: Posted,
}

impl Scene {
    /// alice has written a thread and made these choices.
    async fn new(choices: &[(&str, &str)]) -> Self {
        let place = Place::new().await;
        let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
        let board = place.board("general").await;
        let (title, body) = ("tea".to_owned(), "who is for tea?".to_owned());
        let post = place.call(&alice, StartThread { board, title, body }).await.unwrap();
        for (name, value) in choices {
            let choice = SetChoice { name: (*name).to_owned(), value: (*value).to_owned() };
            place.call(&alice, choice).await.unwrap();
        }
        Self { place, alice, bob, post }
    }

    /// bob answers alice, in words with a sting.
    async fn answer(&self) {
        let body = "\u{7} ]9;secret words\u{7}".to_owned();
        let reply = WriteReply { thread: self.post.thread, reply_to: Some(self.post.no), body };
        self.place.call(&self.bob, reply).await.unwrap();
    }

    /// bob writes something that is for nobody in particular.
    async fn chatter(&self) {
        let (title, body) = ("weather".to_owned(), "rain".to_owned());
        self.place.call(&self.bob, StartThread { board: self.post.board, title, body }).await.unwrap();
    }
}

impl Person {
    /// Everything that is sent until the screen shows a text.
    async fn sent_until(&mut self, text: &str) -> String {
        let mut sent = Vec::new();
        while !self.screen().contains(text) {
            let frame = timeout(PATIENCE, self.frames.recv()).await;
            let frame = frame.ok().flatten().unwrap_or_else(|| panic!("{text:?}: {}", self.screen()));
            self.emulator.process(&frame);
            sent.extend(frame);
        }
        String::from_utf8(sent).unwrap()
    }
}

/// How often the bell itself rings in some bytes: those that end a command of ours do not occur.
fn bells(sent: &str) -> usize {
    sent.matches('\u{7}').count()
}

#[tokio::test]
async fn l4_by_default_there_is_a_number_in_the_header_and_nothing_else() {
    let scene = Scene::new(&[]).await;
    let mut alice = Person::log_in(&scene.place, &scene.alice);
    alice.sees("home").await;
    scene.answer().await;
    let sent = alice.sent_until("1 for you").await;
    assert_eq!((bells(&sent), sent.contains("\x1b]")), (0, false), "{sent:?}");
}

#[tokio::test]
async fn l4_bell_and_notice_come_as_chosen_in_fixed_words_and_once_a_minute() {
    let scene = Scene::new(&[("bell", "on"), ("desktop", "osc9")]).await;
    let mut alice = Person::log_in(&scene.place, &scene.alice);
    alice.sees("home").await;
    scene.chatter().await;
    let sent = alice.sent_until("weather").await;
    assert_eq!(bells(&sent), 0, "what is for nobody rings for nobody: {sent:?}");
    scene.answer().await;
    let sent = alice.sent_until("1 for you").await;
    assert_eq!((bells(&sent), sent.matches(OSC_9).count()), (1, 1), "{sent:?}");
    assert!(!sent.contains("secret"), "{sent:?}");
    scene.answer().await;
    let sent = alice.sent_until("2 for you").await;
    assert_eq!((bells(&sent), sent.contains("\x1b]")), (0, false), "within the minute: {sent:?}");
    // A minute goes by at once; the database needs the real time again.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(61)).await;
    tokio::time::resume();
    scene.answer().await;
    let sent = alice.sent_until("3 for you").await;
    assert_eq!((bells(&sent), sent.matches(OSC_9).count()), (1, 1), "{sent:?}");
}

#[tokio::test]
async fn l4_quiet_hours_are_quiet() {
    // Tests take place at noon UTC, which is one o'clock in Berlin.
    let all = [("bell", "on"), ("desktop", "osc777"), ("title", "on"), ("zone", "Europe/Berlin")];
    for (hours, quiet) in [("12:30-13:30", true), ("11:30-12:30", false)] {
        let scene = Scene::new(&all).await;
        let choice = SetChoice { name: "quiet".to_owned(), value: hours.to_owned() };
        scene.place.call(&scene.alice, choice).await.unwrap();
        let mut alice = Person::log_in(&scene.place, &scene.alice);
        let mut sent = alice.sent_until("home").await;
        scene.answer().await;
        sent += &alice.sent_until("1 for you").await;
        alice.send(b"q");
        sent += &alice.ends().await.0;
        let rang = (
            bells(&sent) > 0,
            sent.contains("\x1b]777;notify;hob;something for you\x1b\\"),
            sent.contains(PUSH),
        );
        assert_eq!(rang, (!quiet, !quiet, !quiet), "{hours}: {sent:?}");
    }
}

#[tokio::test]
async fn l4_the_windows_title_counts_and_comes_back_on_every_way_out() {
    for way_out in ["leave", "stop"] {
        let scene = Scene::new(&[("title", "on")]).await;
        let mut alice = Person::log_in(&scene.place, &scene.alice);
        let mut sent = alice.sent_until("home").await;
        scene.answer().await;
        sent += &alice.sent_until("1 for you").await;
        assert!(sent.contains("\x1b]2;hob (1)\x1b\\"), "{sent:?}");
        // Read, the number goes down again.
        alice.send(b" ");
        sent += &alice.sent_until("secret words").await;
        match way_out {
            "leave" => alice.send(b"q"),
            _ => alice.stop.send(true).unwrap(),
        }
        sent += &alice.ends().await.0;
        assert_eq!((sent.matches(PUSH).count(), sent.matches(POP).count()), (1, 1), "{way_out}: {sent:?}");
        assert!(
            sent.find(PUSH) < sent.find("\x1b]2;") && sent.rfind(POP) > sent.rfind("\x1b]2;"),
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn l4_a_title_that_is_no_longer_wanted_goes_back_at_once() {
    let scene = Scene::new(&[("title", "on")]).await;
    let mut alice = Person::log_in(&scene.place, &scene.alice);
    alice.sees("home").await;
    alice.send(b"gs");
    alice.sees("Window title           on").await;
    let choice = SetChoice { name: "title".to_owned(), value: String::new() };
    scene.place.call(&scene.alice, choice).await.unwrap();
    let mut sent = alice.sent_until("Window title           off").await;
    alice.send(b"q");
    sent += &alice.ends().await.0;
    assert_eq!(sent.matches(POP).count(), 1, "{sent:?}");
}
