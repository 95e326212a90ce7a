//! A person at a teletype in memory: types lines, and keeps everything that was printed.

use std::io;
use std::sync::{Arc, Mutex};

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::domain::text::is_forbidden;
use crate::plain::{Arrival, Opening, Teletype, Waiting, run};
use crate::service::Caller;
use crate::service::console::Seat;
use crate::service::members::WhoAmI;
use crate::service::testing::Place;

/// What was printed, shared with the test.
type Paper = Arc<Mutex<String>>;

struct Wire {
    keys: mpsc::UnboundedReceiver<Arrival>,
    paper: Paper,
    printed: watch::Sender<usize>,
}

impl Teletype for Wire {
    fn next(&mut self) -> Waiting<'_, Arrival> {
        Box::pin(async { self.keys.recv().await.unwrap_or(Arrival::Closed) })
    }

    fn write(&mut self, bytes: Vec<u8>) -> Waiting<'_, io::Result<()>> {
        let text = String::from_utf8(bytes).expect("plain mode writes UTF-8");
        assert_clean(&text);
        let mut paper = self.paper.lock().unwrap();
        paper.push_str(&text);
        let length = paper.len();
        drop(paper);
        self.printed.send_replace(length);
        Box::pin(std::future::ready(Ok(())))
    }
}

/// X2: no cursor is addressed, nothing is drawn over, nothing is an order to a terminal. What goes back does so over
/// its own echo only.
pub(super) fn assert_clean(text: &str) {
    let rest = text.replace("\r\n", "\n").replace('\u{8}', "");
    let odd = rest.chars().find(|c| *c != '\n' && is_forbidden(*c));
    assert_eq!(odd, None, "in {text:?}");
}

/// Somebody in a session.
pub(super) struct Person {
    keys: mpsc::UnboundedSender<Arrival>,
    paper: Paper,
    printed: watch::Receiver<usize>,
    seen: usize,
    stop: watch::Sender<bool>,
    session: JoinHandle<()>,
}

impl Person {
    /// Somebody whose window is 72 columns wide: the transcripts are read by people.
    pub(super) async fn sits_down(place: &Place, caller: &Caller) -> Self {
        Self::sits_at(place, caller, true).await
    }

    pub(super) async fn sits_at(place: &Place, caller: &Caller, pty: bool) -> Self {
        Self::sits_with(place, caller, pty, false).await
    }

    pub(super) async fn sits_with(place: &Place, caller: &Caller, pty: bool, ascii: bool) -> Self {
        let me = place.call(caller, WhoAmI).await.unwrap();
        let (keys, arrivals) = mpsc::unbounded_channel();
        let paper = Paper::default();
        let (sender, printed) = watch::channel(0);
        let (stop, stopping) = watch::channel(false);
        let wire = Wire { keys: arrivals, paper: Arc::clone(&paper), printed: sender };
        let seat = Seat::take(&place.service, caller, None, "paper".to_owned());
        let opening =
            Opening { caller: caller.clone(), me, pty, ascii, window: (73, 24), notice: None, seat };
        let session = tokio::spawn(run(Arc::clone(&place.service), opening, Box::new(wire), stopping));
        Self { keys, paper, printed, seen: 0, stop, session }
    }

    /// Types keys as they are.
    pub(super) fn types(&self, keys: &str) {
        self.keys.send(Arrival::Bytes(keys.as_bytes().to_vec())).unwrap();
    }

    /// How much was printed so far.
    pub(super) fn printed_bytes(&self) -> usize {
        *self.printed.borrow()
    }

    /// Waits for a prompt that ends in this and was not answered yet.
    pub(super) async fn is_asked(&mut self, prompt: &str) {
        let wanted = format!("{prompt}> ");
        let mut printed = self.printed.clone();
        let waiting = async {
            loop {
                printed.mark_unchanged();
                {
                    let paper = self.paper.lock().unwrap();
                    if paper.len() > self.seen && paper.ends_with(&wanted) {
                        return paper.len();
                    }
                }
                printed.changed().await.expect("the session goes on");
            }
        };
        let deadline = std::time::Duration::from_secs(20);
        self.seen = match tokio::time::timeout(deadline, waiting).await {
            Ok(seen) => seen,
            Err(_) => panic!("never asked {wanted:?}:\n{}", self.transcript()),
        };
    }

    /// Answers the prompt that ends like this.
    pub(super) async fn at(&mut self, prompt: &str, line: &str) {
        self.is_asked(prompt).await;
        self.types(&format!("{line}\r"));
    }

    /// Waits until this was printed, wherever.
    pub(super) async fn reads(&mut self, words: &str) {
        let mut printed = self.printed.clone();
        let waiting = async {
            loop {
                printed.mark_unchanged();
                if self.paper.lock().unwrap().contains(words) {
                    return;
                }
                printed.changed().await.expect("the session goes on");
            }
        };
        let deadline = std::time::Duration::from_secs(20);
        if tokio::time::timeout(deadline, waiting).await.is_err() {
            panic!("never printed {words:?}:\n{}", self.transcript());
        }
    }

    /// All that was printed, as it stands on the paper.
    pub(super) fn transcript(&self) -> String {
        self.paper.lock().unwrap().replace("\r\n", "\n")
    }

    /// The line breaks.
    pub(super) async fn vanishes(self) -> String {
        self.keys.send(Arrival::Closed).unwrap();
        self.ended().await
    }

    /// The server goes down.
    pub(super) async fn server_stops(self) -> String {
        self.stop.send(true).unwrap();
        self.ended().await
    }

    /// Waits for the end of the session; gives all that was printed.
    pub(super) async fn ended(self) -> String {
        let paper = Arc::clone(&self.paper);
        let ended = tokio::time::timeout(std::time::Duration::from_secs(20), self.session).await;
        let text = paper.lock().unwrap().replace("\r\n", "\n");
        ended.unwrap_or_else(|_| panic!("it goes on:\n{text}")).unwrap();
        text
    }
}

/// One session from first to last: lines are typed ahead and taken at their prompts. Gives the transcript.
pub(super) async fn session(place: &Place, caller: &Caller, lines: &[&str]) -> String {
    let person = Person::sits_down(place, caller).await;
    for line in lines {
        person.types(&format!("{line}\r"));
    }
    person.types("\u{4}");
    person.ended().await
}
