//! Sessions over a line in memory, seen through a terminal emulator.

#![allow(clippy::unwrap_used)]

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::line::{LineEvent, LineReader, LineWriter};
use super::{Opening, run};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent};

mod bell;
mod resume;
mod seat;

/// How long a test waits for what must come: far longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(20);

fn cells(count: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(count).unwrap()
}

struct Wire(mpsc::UnboundedReceiver<LineEvent>);

impl LineReader for Wire {
    async fn next(&mut self) -> LineEvent {
        self.0.recv().await.unwrap_or(LineEvent::Closed)
    }
}

/// Takes frames; each one needs a permit, so that a test can play a client that stops reading.
struct Screen {
    frames: mpsc::UnboundedSender<Vec<u8>>,
    permits: Arc<tokio::sync::Semaphore>,
    begun: watch::Sender<usize>,
}

impl LineWriter for Screen {
    async fn write(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.begun.send_modify(|writes| *writes += 1);
        let permit = self.permits.acquire().await.map_err(|_| io::ErrorKind::BrokenPipe)?;
        permit.forget();
        self.frames.send(bytes).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// Somebody at a terminal.
struct Person {
    wire: mpsc::UnboundedSender<LineEvent>,
    frames: mpsc::UnboundedReceiver<Vec<u8>>,
    permits: Arc<tokio::sync::Semaphore>,
    /// How many writes were begun, finished or not.
    begun: watch::Receiver<usize>,
    emulator: vt100::Parser,
    stop: watch::Sender<bool>,
    session: JoinHandle<()>,
}

impl Person {
    /// Logs in; the client reads everything it gets.
    fn log_in(place: &Place, caller: &Caller) -> Self {
        Self::log_in_reading(place, caller, tokio::sync::Semaphore::MAX_PERMITS)
    }

    /// Logs in with a client that takes only so many frames.
    fn log_in_reading(place: &Place, caller: &Caller, frames_taken: usize) -> Self {
        let (wire, events) = mpsc::unbounded_channel();
        let (sender, frames) = mpsc::unbounded_channel();
        let permits = Arc::new(tokio::sync::Semaphore::new(frames_taken));
        let (stop, stopped) = watch::channel(false);
        let opening = Opening {
            pty: true,
            plain: false,
            caller: caller.clone(),
            peer: [127, 0, 0, 1].into(),
            term: "xterm-256color".to_owned(),
            env: Vec::new(),
            columns: 80,
            rows: 24,
            notice: None,
        };
        let (writes, begun) = watch::channel(0);
        let screen = Screen { frames: sender, permits: Arc::clone(&permits), begun: writes };
        let session = tokio::spawn(run(Arc::clone(&place.service), opening, Wire(events), screen, stopped));
        Self {
            wire,
            frames,
            permits,
            begun,
            emulator: vt100::Parser::new(cells(24), cells(80), 0),
            stop,
            session,
        }
    }

    fn send(&self, bytes: &[u8]) {
        self.wire.send(LineEvent::Bytes(bytes.to_vec())).unwrap();
    }

    fn screen(&self) -> String {
        self.emulator.screen().contents()
    }

    /// Waits until the screen shows a text.
    async fn sees(&mut self, text: &str) {
        let seen = timeout(PATIENCE, async {
            while !self.screen().contains(text) {
                match self.frames.recv().await {
                    Some(frame) => self.emulator.process(&frame),
                    None => panic!("the session ended; the last screen was:\n{}", self.screen()),
                }
            }
        });
        if seen.await.is_err() {
            panic!("{text:?} never came; the last screen was:\n{}", self.screen());
        }
    }

    /// Waits for the end of the session and gives everything that was sent since.
    async fn ends(mut self) -> (String, vt100::Parser) {
        timeout(PATIENCE, &mut self.session).await.expect("the session ends").unwrap();
        let mut rest = Vec::new();
        while let Ok(frame) = self.frames.try_recv() {
            self.emulator.process(&frame);
            rest.extend(frame);
        }
        (String::from_utf8_lossy(&rest).into_owned(), self.emulator)
    }
}

async fn place_with_alice() -> (Place, Caller) {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    place.board("general").await;
    (place, alice)
}

#[tokio::test]
async fn keys_lead_through_screens_and_q_leaves_the_terminal_as_it_was() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    person.send(b"gb");
    person.sees("general").await;
    assert!(person.emulator.screen().alternate_screen());
    person.send(b"q");
    let (said, emulator) = person.ends().await;
    assert!(said.contains("Goodbye"), "{said:?}");
    assert!(!emulator.screen().alternate_screen());
    assert!(!emulator.screen().hide_cursor());
    assert!(!emulator.screen().bracketed_paste());
}

#[tokio::test]
async fn a_character_split_over_packets_is_one_character() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    person.send(b"/");
    person.sees("search:").await;
    for byte in "日é".as_bytes() {
        person.send(&[*byte]);
    }
    person.sees("search: 日é").await;
}

#[tokio::test]
async fn a_lone_escape_goes_back_after_a_moment() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    person.send(b"?");
    person.sees("On this screen: home").await;
    person.send(b"\x1b");
    person.sees("· home").await;
}

#[tokio::test]
async fn an_idle_session_sends_nothing() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    // What still settles from logging in (the own arrival) is drawn first.
    while let Ok(Some(frame)) = timeout(Duration::from_millis(300), person.frames.recv()).await {
        person.emulator.process(&frame);
    }
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(60)).await;
    tokio::task::yield_now().await;
    assert!(person.frames.try_recv().is_err(), "an idle session sent something");
}

/// SAFETY.md, Transport: an idle time-out by choice, with the draft kept; guests have one as it comes.
#[tokio::test]
async fn transport_a_session_without_keys_ends_when_the_place_wants_it() {
    for (who, minutes, title) in [("a guest", 30, "· welcome"), ("a member", 240, "· home")] {
        let place = Place::with(|settings| settings.member_idle_s = 240 * 60).await;
        let caller = if minutes == 30 { Caller::GUEST } else { place.regular("alice").await };
        let mut person = Person::log_in(&place, &caller);
        person.sees(title).await;
        let wait = |minutes: u64| async move {
            tokio::time::pause();
            tokio::time::advance(Duration::from_secs(60 * minutes)).await;
            tokio::time::resume();
        };
        wait(minutes - 1).await;
        person.send(b"?");
        person.sees("On this screen").await;
        wait(minutes - 1).await;
        person.send(b"\x1b");
        person.sees(title).await;
        wait(minutes).await;
        let (said, _) = person.ends().await;
        assert!(said.contains("Nobody typed for a long while"), "{who}: {said:?}");
    }
}

#[tokio::test]
async fn a_resize_storm_ends_on_the_last_size() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    for columns in 41..200 {
        person.wire.send(LineEvent::Resize { columns, rows: 30 }).unwrap();
    }
    person.wire.send(LineEvent::Resize { columns: 60, rows: 20 }).unwrap();
    person.emulator.screen_mut().set_size(cells(20), cells(60));
    person.send(b"gb");
    person.sees("general").await;
    let footer = person.emulator.screen().rows(0, 60).nth(19).unwrap();
    assert!(footer.contains("help"), "the footer is on the last row of the last size: {footer:?}");
}

/// Somebody in the editor, with a text that was begun before.
async fn writing(place: &Place, alice: &Caller) -> Person {
    let (title, body) = ("Kettles".to_owned(), "Kettles".to_owned());
    let draft = SaveDraft { target: "board:1".parse().unwrap(), title, body, reply_to: None };
    place.call(alice, draft).await.unwrap();
    let mut person = Person::log_in(place, alice);
    person.sees("Testhob").await;
    person.send(b"gd");
    person.sees("Kettles").await;
    person.send(b"\r");
    person.sees("Your draft is back").await;
    person
}

/// Ends the session and gives what its editor held.
async fn written(place: &Place, alice: &Caller, person: Person) -> String {
    person.wire.send(LineEvent::Closed).unwrap();
    person.ends().await;
    let draft = place.call(alice, LoadDraft { target: "board:1".parse().unwrap() });
    draft.await.unwrap().unwrap().body
}

#[tokio::test]
async fn resizing_while_typing_keeps_the_text_and_the_place() {
    let (place, alice) = place_with_alice().await;
    let mut person = writing(&place, &alice).await;
    let mut expected = "Kettles".to_owned();
    for (columns, rows) in [(40, 12), (160, 50), (20, 6), (80, 24), (41, 13)] {
        person.wire.send(LineEvent::Resize { columns, rows }).unwrap();
        person.emulator.screen_mut().set_size(cells(rows), cells(columns));
        let word = format!("at{columns}x{rows}");
        person.send(format!(" {word}").as_bytes());
        person.sees(&word).await;
        expected.push_str(&format!(" {word}"));
        let screen = person.emulator.screen();
        assert!(!screen.hide_cursor(), "{word}: no cursor");
        let (row, column) = screen.cursor_position();
        let before: String = screen.rows(0, column).nth(row.into()).unwrap();
        assert!(before.ends_with(&word), "{word}: the cursor stands behind {before:?}");
    }
    assert_eq!(written(&place, &alice, person).await, expected);
}

#[tokio::test]
async fn a_resize_storm_while_typing_loses_no_letter() {
    let (place, alice) = place_with_alice().await;
    let mut person = writing(&place, &alice).await;
    let mut expected = "Kettles".to_owned();
    for (turn, letter) in ('a'..='z').cycle().take(300).enumerate() {
        let turn = u16::try_from(turn).unwrap();
        let size = LineEvent::Resize { columns: 20 + turn % 150, rows: 5 + turn % 50 };
        person.wire.send(size).unwrap();
        person.send(&[letter as u8]);
        expected.push(letter);
    }
    person.wire.send(LineEvent::Resize { columns: 60, rows: 20 }).unwrap();
    person.emulator.screen_mut().set_size(cells(20), cells(60));
    person.send(b" END");
    expected.push_str(" END");
    person.sees("END").await;
    let footer = person.emulator.screen().rows(0, 60).nth(19).unwrap();
    assert!(footer.contains("send"), "the footer is on the last row of the last size: {footer:?}");
    assert_eq!(written(&place, &alice, person).await, expected);
}

#[tokio::test]
async fn a_client_that_stops_reading_is_closed_and_never_queues_frames() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in_reading(&place, &alice, 1);
    // The one frame it takes; after that it reads no more, while keys and events go on.
    let first = person.frames.recv().await.unwrap();
    assert!(!first.is_empty());
    for _ in 0..200 {
        person.send(b"gbgh");
        place.service.announce(DomainEvent::BoardsChanged);
    }
    // Where it ends must differ from the frame that was taken: what is the same is not sent at all.
    person.send(b"gb");
    person.begun.wait_for(|writes| *writes == 2).await.unwrap();
    // The frame that is stuck began before this; the clock runs again for what the session does at its end.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(31)).await;
    tokio::time::resume();
    timeout(PATIENCE, &mut person.session).await.expect("the stalled session is closed").unwrap();
    assert!(person.frames.try_recv().is_err(), "nothing more was handed to the line");
}

#[tokio::test]
async fn a_client_that_reads_again_gets_the_newest_state_in_one_frame() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in_reading(&place, &alice, 1);
    let first = person.frames.recv().await.unwrap();
    person.emulator.process(&first);
    person.send(b"?");
    for _ in 0..100 {
        person.send(b"jk");
    }
    person.permits.add_permits(100);
    person.sees("Everywhere").await;
    let sent = 100 - person.permits.available_permits();
    assert!(sent <= 3, "200 keys were drawn in {sent} frames");
}

#[tokio::test]
async fn a_session_that_lagged_reads_everything_afresh() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    person.send(b"gb");
    person.sees("general").await;
    place.board("later").await;
    for _ in 0..2_000 {
        place.service.announce(DomainEvent::PresenceChanged);
    }
    person.sees("later").await;
}

#[tokio::test]
async fn the_server_going_down_is_said_and_the_screen_restored() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    person.stop.send(true).unwrap();
    let (said, emulator) = person.ends().await;
    assert!(said.contains("going down"), "{said:?}");
    assert!(!emulator.screen().alternate_screen());
}

#[tokio::test]
async fn a_line_that_breaks_ends_the_session_and_the_member_is_gone() {
    let (place, alice) = place_with_alice().await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    assert_eq!(place.service.presence().members().len(), 1);
    person.wire.send(LineEvent::Closed).unwrap();
    let (said, _) = person.ends().await;
    assert!(!said.contains("Goodbye"));
    assert!(place.service.presence().members().is_empty());
}

#[tokio::test]
async fn a_burst_of_typing_arrives_whole() {
    let (place, alice) = place_with_alice().await;
    let (title, body) = ("Kettles".to_owned(), "Kettles:".to_owned());
    let draft = SaveDraft { target: "board:1".parse().unwrap(), title, body, reply_to: None };
    place.call(&alice, draft).await.unwrap();
    let mut person = Person::log_in(&place, &alice);
    person.sees("Testhob").await;
    person.send(b"gd");
    person.sees("Kettles").await;
    person.send(b"\r");
    person.sees("Your draft is back").await;
    let burst = "äb ".repeat(200);
    person.send(burst.as_bytes());
    person.wire.send(LineEvent::Closed).unwrap();
    person.ends().await;
    let draft = place.call(&alice, LoadDraft { target: "board:1".parse().unwrap() });
    assert_eq!(draft.await.unwrap().unwrap().body, format!("Kettles:{}", burst.trim_end()));
}

/// W2: no word is lost when the line breaks, or the server goes down, in the middle of a sentence.
#[tokio::test]
async fn w2_what_was_typed_last_is_in_the_draft() {
    for line_breaks in [true, false] {
        let (place, alice) = place_with_alice().await;
        let (title, body) = ("Kettles".to_owned(), "In the middle".to_owned());
        let draft = SaveDraft { target: "board:1".parse().unwrap(), title, body, reply_to: None };
        place.call(&alice, draft).await.unwrap();
        let mut person = Person::log_in(&place, &alice);
        person.sees("Testhob").await;
        person.send(b"gd");
        person.sees("In the middle").await;
        person.send(b"\r");
        person.sees("Your draft is back").await;
        person.send(b" of a sen");
        person.sees("of a sen").await;
        if line_breaks {
            person.wire.send(LineEvent::Closed).unwrap();
        } else {
            person.stop.send(true).unwrap();
        }
        person.ends().await;
        let draft = place.call(&alice, LoadDraft { target: "board:1".parse().unwrap() });
        let draft = draft.await.unwrap().unwrap();
        assert_eq!(draft.body, "In the middle of a sen");
    }
}

#[tokio::test]
async fn a_guest_stands_at_the_door_and_nowhere_else() {
    let (place, _) = place_with_alice().await;
    let guest = Caller::GUEST;
    let mut person = Person::log_in(&place, &guest);
    person.sees("Testhob").await;
    person.send(b"gb");
    person.send(b"?");
    person.sees("Everywhere").await;
    assert!(place.service.presence().members().is_empty());
}

#[tokio::test]
async fn d3_a_guests_session_goes_on_as_the_account_it_made() {
    let (place, _) = place_with_alice().await;
    let host = Caller::host();
    place.call(&host, crate::service::accounts::SetUp).await.unwrap();
    let guest = Caller::GUEST;
    let mut person = Person::log_in(&place, &guest);
    person.sees("apply to join").await;
    person.send(b"aben\ran open fire\ran open fire\r");
    // Only somebody with an account is asked to accept a rule.
    person.sees("Rule 1 of 5").await;
    person.sees("ben").await;
    person.send(b"\r\r\r\r\rI like fires.\x13\r\x13\x13");
    person.sees("Your application is with the staff.").await;
}
