//! A conversation over the line: lines out, questions, and what happens between two prompts. Nothing is printed while
//! somebody types; news are told before the next prompt.

mod ask;

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::Instant;

use super::seat::until_time;
use super::tty::{Arrival, Teletype};
use super::turn::{Ending, Place, Talked, Turn, Undo};
use super::typing::{Key, Typing};
use super::{news::News, paper};
use crate::domain::ids::{BoardId, RoomId, ThreadId};
use crate::domain::time::{Timestamp, Zone};
use crate::service::console::Seat;
use crate::service::members::{Me, WhoAmI};
use crate::service::presence::{self, Here};
use crate::service::{Caller, DomainEvent, NewIdentity, Request, Service, Who};

/// What is printed at once at most, in bytes: a long text goes out piece by piece.
const PIECE_BYTES: usize = 8 * 1024;
/// When a draft is kept after it changed: with the way to the disk it lies less than 2 s behind the fingers (W2).
const KEEP_AFTER: Duration = Duration::from_secs(1);
/// How many of the bytes that came at once are heard before others have their turn.
const HEARD_AT_ONCE: usize = 128;
/// What is asked when a page is full.
const MORE: &str = "more? (Enter, s stop)";

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A line.
    Line(String),
    /// Ctrl-C.
    Cancel,
    /// The time that one waited for has come.
    Time,
}

/// One session.
pub(super) struct Talk {
    pub(super) service: Arc<Service>,
    pub(super) caller: Caller,
    pub(super) me: Me,
    pub(super) here: Here,
    pub(super) seat: Seat,
    pub(super) skipped_threads: Vec<ThreadId>,
    pub(super) skipped_boards: Vec<BoardId>,
    pub(super) undo: Vec<Undo>,
    /// The places below the one that one is in.
    pub(super) stack: Vec<Place>,
    pub(super) news: News,
    pub(super) typing: Typing,
    /// There is a pty: hob echoes, and a secret can be hidden.
    pub(super) pty: bool,
    tty: Box<dyn Teletype>,
    stop: watch::Receiver<bool>,
    events: broadcast::Receiver<DomainEvent>,
    /// What came and was not yet asked for.
    held: VecDeque<u8>,
    pub(super) out: String,
    window: (u16, u16),
    /// Lines printed since the last prompt.
    printed: usize,
    /// Nothing more is printed until the next prompt: the reader stopped it.
    stopped: bool,
    /// When something was typed last, or the session began.
    typed_at: Instant,
    /// A text is being written: what is typed is kept after a moment.
    keeping: bool,
    /// When it is kept.
    keep_at: Option<Instant>,
    /// The menus that were said already.
    told: HashSet<&'static str>,
    /// The room that one is in: what is said there is told while nothing is typed.
    room: Option<RoomId>,
    /// Something was said there.
    room_news: bool,
    /// One comes back to a place from something short: it is not said again.
    pub(super) quiet: bool,
}

impl Talk {
    pub(super) fn new(
        service: Arc<Service>,
        opening: super::Opening,
        tty: Box<dyn Teletype>,
        stop: watch::Receiver<bool>,
    ) -> Self {
        let super::Opening { caller, me, pty, window, seat, .. } = opening;
        Self {
            here: Here::enter(&service, &caller, me.is_invisible()),
            events: service.listen(),
            seat,
            service,
            caller,
            me,
            skipped_threads: Vec::new(),
            skipped_boards: Vec::new(),
            undo: Vec::new(),
            stack: Vec::new(),
            news: News::default(),
            typing: Typing::new(pty),
            pty,
            tty,
            stop,
            held: VecDeque::new(),
            out: String::new(),
            window,
            printed: 0,
            stopped: false,
            typed_at: Instant::now(),
            keeping: false,
            keep_at: None,
            told: HashSet::new(),
            room: None,
            room_news: false,
            quiet: false,
        }
    }

    /// Asks through the door.
    pub(super) async fn call<R: Request>(&mut self, request: R) -> Talked<R::Reply> {
        Ok(self.service.call(&self.caller, request).await?)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.service.now()
    }

    pub(super) fn zone(&self) -> Zone {
        Zone::parse(&self.me.zone).unwrap_or_else(|_| Zone::utc())
    }

    /// Reads afresh who one is.
    pub(super) async fn refresh(&mut self) -> Talked<()> {
        let was_active = self.me.actor.is_active();
        self.me = self.call(WhoAmI).await?;
        if !self.me.key_live {
            return Err(self.shut_out());
        }
        if was_active != self.me.actor.is_active() { Err(Turn::Anew) } else { Ok(()) }
    }

    /// Goes on as the account that a guest made.
    pub(super) fn become_member(&mut self, identity: NewIdentity) {
        self.caller.become_member(identity);
        self.here = Here::enter(&self.service, &self.caller, false);
    }

    /// Whether a place says what is there: not to somebody who was there a moment ago.
    pub(super) fn arrives(&mut self) -> bool {
        !std::mem::take(&mut self.quiet)
    }

    /// Where others see one: on a board, or nowhere in particular.
    pub(super) fn stand_at(&self, board: Option<BoardId>) {
        self.here.move_to(presence::Place { board, ..presence::Place::default() });
    }

    /// Prints a text: wrapped, cleaned, page by page if the reader wants pages.
    pub(super) async fn say(&mut self, text: &str) -> Talked<()> {
        for line in paper::lines(text, paper::columns_of(self.window.0)) {
            if self.stopped {
                break;
            }
            if self.page_lines().is_some_and(|most| self.printed >= most) {
                self.ask_for_more().await?;
                if self.stopped {
                    break;
                }
            }
            self.out.push_str(&line);
            self.out.push_str("\r\n");
            self.printed += 1;
            if self.out.len() >= PIECE_BYTES {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Whether all that was to be said since the last prompt was printed.
    pub(super) fn said_all(&self) -> bool {
        !self.stopped
    }

    /// Lines of a page, if the reader wants pauses at all.
    fn page_lines(&self) -> Option<usize> {
        match self.me.choice("plain_page").unwrap_or_default() {
            "" => None,
            "window" => Some(usize::from(self.window.1).saturating_sub(2).max(3)),
            lines => lines.parse().ok(),
        }
    }

    async fn ask_for_more(&mut self) -> Talked<()> {
        self.printed = 0;
        let heard = self.hear_after(MORE).await?;
        let stops = |line: &str| matches!(line.trim().chars().next(), Some('s' | 'S' | 'q' | 'Q'));
        self.stopped = match heard {
            Heard::Line(line) => stops(&line),
            Heard::Cancel | Heard::Time => true,
        };
        Ok(())
    }

    /// From here on what is typed is a text that is kept, or no longer.
    pub(super) fn set_keeping(&mut self, keeping: bool) {
        self.keeping = keeping;
        self.keep_at = None;
    }

    /// Whether it is time to keep the text; asking sets the clock anew.
    pub(super) fn must_keep(&mut self) -> bool {
        self.keep_at.take_if(|at| *at <= Instant::now()).is_some()
    }

    /// Prints what waits to be printed.
    pub(super) async fn flush(&mut self) -> Talked<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.out).into_bytes();
        self.tty.write(bytes).await.map_err(|_| Turn::End(Ending::Closed))
    }

    /// Prints a prompt and waits for a line; in a room [`Heard::Time`] when somebody said something while nothing was
    /// typed.
    pub(super) async fn hear_after(&mut self, prompt: &str) -> Talked<Heard> {
        for line in paper::lines(prompt, usize::MAX) {
            self.out.push_str(&line);
        }
        self.out.push_str("> ");
        self.hear().await
    }

    /// From here on what is said in a room is told, or no longer.
    pub(super) fn watch_room(&mut self, room: Option<RoomId>) {
        self.room = room;
        self.room_news = false;
    }

    /// Ends the line of a prompt that was not answered.
    pub(super) async fn break_prompt(&mut self) -> Talked<()> {
        self.say("").await
    }

    /// Whether what was said in the room can be told now. Without a pty nobody knows whether something is typed.
    fn has_room_news(&mut self) -> bool {
        let free = self.pty && self.typing.unfinished().is_empty();
        free && std::mem::take(&mut self.room_news)
    }

    /// Waits for a line, or for the time to keep what is being written.
    pub(super) async fn hear(&mut self) -> Talked<Heard> {
        self.printed = 0;
        loop {
            while !self.held.is_empty() {
                if self.held.len().is_multiple_of(HEARD_AT_ONCE) {
                    tokio::task::yield_now().await;
                }
                let Some(byte) = self.held.pop_front() else { break };
                if self.keeping && self.keep_at.is_none() {
                    self.keep_at = Some(Instant::now() + KEEP_AFTER);
                }
                let key = self.typing.key(byte, &mut self.out);
                match key {
                    Some(Key::Line(line)) => return self.heard(Heard::Line(line)).await,
                    Some(Key::Cancel) => {
                        // The beginning of an answer is nothing; that of a line of text is kept.
                        if !self.keeping {
                            self.typing.take_line();
                        }
                        return self.heard(Heard::Cancel).await;
                    }
                    Some(Key::End) => return Err(Turn::End(Ending::Left)),
                    None => {}
                }
            }
            if self.has_room_news() {
                return Ok(Heard::Time);
            }
            self.flush().await?;
            let idle_at = self.service.settings().idle_at(self.typed_at, self.me.actor.is_active());
            tokio::select! {
                biased;
                () = stopped(&mut self.stop) => return Err(Turn::End(Ending::ServerStops)),
                event = self.events.recv() => self.take_event(event).await?,
                // Before what is typed: somebody who types without a pause is kept as well.
                () = until_time(self.keep_at) => return Ok(Heard::Time),
                () = until_time(idle_at) => return Err(Turn::End(Ending::Idle)),
                arrival = self.tty.next() => match arrival {
                    Arrival::Bytes(bytes) => {
                        self.typed_at = Instant::now();
                        self.held.extend(bytes);
                    }
                    Arrival::Resized(columns, rows) => self.window = (columns, rows),
                    Arrival::Closed => return Err(Turn::End(Ending::Closed)),
                },
            }
        }
    }

    /// Without a pty the other side shows the end of the line; what is printed next begins at the left either way.
    async fn heard(&mut self, heard: Heard) -> Talked<Heard> {
        self.stopped = false;
        self.touch();
        self.flush().await?;
        Ok(heard)
    }

    async fn take_event(&mut self, event: Result<DomainEvent, RecvError>) -> Talked<()> {
        match event {
            Ok(event) => {
                // At once, even in the middle of a line: what a revoked key or an old password opened must not stay open.
                let ways = matches!(
                    event,
                    DomainEvent::KeyRevoked { .. }
                        | DomainEvent::MemberChanged { .. }
                        | DomainEvent::PassesChanged
                );
                if ways && self.is_about_me(&event) && !self.call(WhoAmI).await?.key_live {
                    return Err(self.shut_out());
                }
                if let (DomainEvent::LineSaid { room, author, .. }, Some(here)) = (event, self.room) {
                    self.room_news |= room == here && Some(author) != self.me.actor.id();
                }
                self.hears_sysop(&event)?;
                let about_me = self.is_about_me(&event);
                self.news.take(event, self.me.actor.id(), about_me);
                Ok(())
            }
            Err(RecvError::Lagged(_)) => {
                self.news.about_me = true;
                Ok(())
            }
            Err(RecvError::Closed) => Err(Turn::End(Ending::ServerStops)),
        }
    }

    /// What opened this session opens nothing any more.
    fn shut_out(&self) -> Turn {
        Turn::End(if self.caller.by_key { Ending::KeyRevoked } else { Ending::Outdated })
    }

    fn is_about_me(&self, event: &DomainEvent) -> bool {
        if matches!(event, DomainEvent::CalmChanged | DomainEvent::PassesChanged) {
            return true;
        }
        let Who::Member(me) = self.caller.who else { return false };
        match event {
            DomainEvent::MemberChanged { member }
            | DomainEvent::KeyRevoked { member, .. }
            | DomainEvent::ApplicationChanged { member, .. } => *member == me,
            _ => false,
        }
    }

    /// Takes in what happened and nobody waited for.
    async fn catch_up(&mut self) -> Talked<()> {
        loop {
            match self.events.try_recv() {
                Ok(event) => self.take_event(Ok(event)).await?,
                Err(broadcast::error::TryRecvError::Lagged(_)) => self.news.about_me = true,
                Err(_) => return Ok(()),
            }
        }
    }

    /// What is to be known before one goes on: one's own standing, then the news.
    pub(super) async fn look_up(&mut self) -> Talked<()> {
        self.catch_up().await?;
        if std::mem::take(&mut self.news.about_me) {
            self.refresh().await?;
        }
        Ok(())
    }

    /// Remembers a step that can be taken back.
    pub(super) fn remember(&mut self, step: Undo) {
        const UNDO_MAX: usize = 50;
        if self.undo.len() >= UNDO_MAX {
            self.undo.remove(0);
        }
        self.undo.push(step);
    }

    /// The end: a last line, if anybody is there to read it.
    pub(super) async fn part(&mut self, ending: Ending) {
        if ending != Ending::Closed {
            self.stopped = false;
            // Whoever leaves has ended the line; else a prompt stands there.
            let begins = if ending == Ending::Left { "" } else { "\r\n" };
            self.out.push_str(&format!("{begins}{}\r\n", ending.words()));
        }
        // Nobody is left to tell if this fails.
        let _ = self.flush().await;
    }
}

/// Waits until the server goes down.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the server's own handle is gone: it stops too.
    let _ = stop.wait_for(|stop| *stop).await;
}
