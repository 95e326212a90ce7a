//! What people do of an evening, each in a loop until it is over.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::figures::Figures;
use super::guest::Line;
use super::program::Door;

/// Between two keys of somebody who reads or moves about.
const THINKS: Duration = Duration::from_millis(400);
/// Between two letters of somebody who types.
const TYPES: Duration = Duration::from_millis(150);

/// What somebody came for.
#[derive(Clone, Copy)]
pub enum Part {
    /// Reads on, with Space.
    Reads,
    /// Goes through lists.
    Browses,
    /// Writes an answer.
    Writes,
    /// Talks in the hall.
    Talks,
    /// Searches.
    Searches,
    /// Only looks.
    Looks,
}

/// What somebody's evening came to.
#[derive(Default)]
pub struct Played {
    pub figures: Figures,
    pub sent: usize,
    pub received: usize,
}

impl Part {
    /// What the person with this number came for: of ten, four read, two browse, two write, one
    /// talks and one searches.
    pub fn of(number: usize) -> Self {
        match number % 10 {
            0..=3 => Self::Reads,
            4 | 5 => Self::Browses,
            6 | 7 => Self::Writes,
            8 => Self::Talks,
            _ => Self::Searches,
        }
    }
}

/// Somebody at work until the evening is over.
struct Guest {
    line: Line,
    figures: Figures,
    until: Instant,
}

impl Guest {
    fn stays(&self) -> bool {
        Instant::now() < self.until
    }

    async fn press(&mut self, kind: &'static str, key: &str, pause: Duration) {
        if !self.stays() {
            return;
        }
        let took = self.line.press(key).await;
        self.figures.note(kind, took);
        self.line.rest(pause).await;
    }

    async fn type_out(&mut self, text: &str) {
        for letter in text.chars() {
            self.press("letter", letter.encode_utf8(&mut [0; 4]), TYPES).await;
        }
    }

    /// Goes to a place: two keys, of which the second moves the screen for certain.
    async fn go(&mut self, letter: &str) {
        self.press("place", "g", Duration::ZERO).await;
        self.press("place", letter, THINKS).await;
    }
}

/// Plays one part.
pub async fn play(part: Part, line: Line, number: usize, stay: Duration) -> Played {
    let mut guest = Guest { line, figures: Figures::default(), until: Instant::now() + stay };
    // They do not move in step.
    guest.line.rest(Duration::from_millis(37 * (number as u64 % 40))).await;
    while guest.stays() {
        match part {
            Part::Reads => guest.press("read on", " ", THINKS).await,
            Part::Browses => browse(&mut guest).await,
            Part::Writes => write(&mut guest, number).await,
            Part::Talks => talk(&mut guest, number).await,
            Part::Searches => search(&mut guest).await,
            Part::Looks => guest.line.rest(stay).await,
        }
    }
    Played { figures: guest.figures, sent: guest.line.sent, received: guest.line.received }
}

async fn browse(guest: &mut Guest) {
    guest.go("b").await;
    for key in ["j", "j", "k", "j"] {
        guest.press("row", key, THINKS).await;
    }
    guest.press("open", "\r", THINKS).await;
    for key in ["j", "j", "j", "k"] {
        guest.press("row", key, THINKS).await;
    }
    guest.press("open", "\r", THINKS).await;
    guest.go("m").await;
    for key in ["j", "j", "k"] {
        guest.press("row", key, THINKS).await;
    }
}

async fn write(guest: &mut Guest, number: usize) {
    guest.go("b").await;
    for _ in 0..number % 4 {
        guest.press("row", "j", THINKS).await;
    }
    guest.press("open", "\r", THINKS).await;
    guest.press("open", "\r", THINKS).await;
    guest.press("open", "r", THINKS).await;
    guest.type_out("The kettle is on, and there is room on the bench. ").await;
    guest.press("send", "\x13", THINKS).await;
    guest.line.rest(Duration::from_secs(1)).await;
}

async fn talk(guest: &mut Guest, number: usize) {
    guest.go("r").await;
    guest.press("open", "\r", THINKS).await;
    for line in 0.. {
        if !guest.stays() {
            return;
        }
        guest.type_out(&format!("line {line} of {number}")).await;
        guest.press("say", "\r", Duration::from_secs(1)).await;
    }
}

async fn search(guest: &mut Guest) {
    for words in ["kettle", "radio tea", "bread from:wren", "the"] {
        guest.press("place", "/", THINKS).await;
        guest.type_out(words).await;
        guest.press("search", "\r", THINKS).await;
        guest.press("row", "j", THINKS).await;
        guest.go("h").await;
    }
}

/// Somebody without an account who comes to the door, looks around and goes, again and again.
pub async fn at_the_door(door: Arc<Door>, window: (u32, u32), stay: Duration) -> Played {
    let until = Instant::now() + stay;
    let mut played = Played::default();
    while Instant::now() < until {
        let (mut line, took) = Line::connect(&door, "join", None, window).await;
        played.figures.note("door", Some(took));
        for key in ["j", "k"] {
            played.figures.note("row", line.press(key).await);
            line.rest(THINKS).await;
        }
        line.press("q").await;
        played.sent += line.sent;
        played.received += line.received;
    }
    played
}
