//! The loop of one session: input in, at most one frame out at a time, requests and events in between.
//!
//! Nothing is sent while nothing changes: there is no tick. The loop sleeps until input, an answer, an event or
//! a timer that a screen asked for. A frame is drawn only when something changed **and** the frame before is
//! fully written, so a slow client gets fewer frames, never a queue of old ones.

mod later;

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::task::{JoinError, JoinHandle, JoinSet, yield_now};
use tokio::time::{Instant, sleep_until, timeout};

use super::bell::Bell;
use super::decoder::Decoder;
use super::line::{LineEvent, LineReader, LineWriter};
use super::plain;
use super::resume::Resume;
use super::terminal::Terminal;
use super::{Ending, Opening};
use crate::service::console::Seat;
use crate::service::left_off::LeftOff;
use crate::service::members::{Me, WhoAmI};
use crate::service::presence::Here;
use crate::service::{Answer, Caller, DomainEvent, LeftOffId, NewIdentity, Result, Service};
use crate::ui::app::{App, Order, ScreenId};
use crate::ui::capabilities::Capabilities;
use crate::ui::screen::{Notice, Tone};

/// How long a frame may take to be written before the client counts as gone (SAFETY.md, Transport).
const STALLED_AFTER: Duration = Duration::from_secs(30);
/// How long the goodbye may take: a client that stopped reading must not hold the task.
const GOODBYE_WITHIN: Duration = Duration::from_secs(2);
/// How long the last requests of a session may take, its drafts above all: an unhurried disk needs a tenth of it, and
/// the transport gives the whole task five seconds.
const LAST_WORDS_WITHIN: Duration = Duration::from_secs(2);
/// Events that come closer together than this are shown together: one re-read for a burst.
const EVENTS_SETTLE: Duration = Duration::from_millis(40);

/// Requests of one session that may be under way before it takes in more keys: a burst of keys that each ask for
/// something would otherwise fill the memory (SAFETY.md, Transport).
const REQUESTS_UNDER_WAY_MAX: usize = 64;
/// Bytes of input decoded at a time, after which the requests are counted again.
const INPUT_SLICE: usize = 128;

/// Bytes of input decoded before the clock is looked at.
const INPUT_STEP: usize = 8;
/// How long a slice may take. Most keys take microseconds; those that change a very long text take more, and others wait.
const SLICE_WITHIN: Duration = Duration::from_millis(5);

/// What a finished background task brings.
pub(super) enum Done {
    Answer(ScreenId, Answer),
    Me(Result<Box<Me>>),
    /// Where the session is was kept, in this row.
    Kept(Result<LeftOffId>),
    /// How much is for the member; `true` when something new is what made it ask.
    Count(Result<i64>, bool),
}

/// Runs a session to its end. The terminal is left as it was found on every way out.
pub async fn run(
    service: Arc<Service>,
    opening: Opening,
    mut reader: impl LineReader + 'static,
    mut writer: impl LineWriter + 'static,
    stop: watch::Receiver<bool>,
) {
    let capabilities = Capabilities::from_terminal(&opening.term, &opening.env);
    let Some(me) = who_is_there(&service, &opening.caller, &mut writer).await else { return };
    if let Some(words) = &me.shut {
        return say_line(&mut writer, words).await;
    }
    if plain::is_wanted(&opening, &me, &capabilities) {
        // Boxed: its state must not add to that of every full-screen session.
        return Box::pin(in_plain_mode(service, opening, me, reader, writer, stop)).await;
    }
    let terminal = Terminal::new(capabilities, opening.columns, opening.rows);
    // Before anything is asked: what happens from now on comes as an event.
    let events = service.listen();
    let mut app = App::new(me, capabilities, opening.columns, opening.rows, service.now());
    let resume = Resume::begin(&service, &opening.caller, &mut app).await;
    let here = Here::enter(&service, &opening.caller, app.look().me.is_invisible());
    let visit = note_visit(&service, &opening.caller);
    let seat = Seat::take(&service, &opening.caller, Some(opening.peer), opening.terminal());
    let mut session = Session {
        caller: opening.caller,
        app,
        terminal,
        decoder: Decoder::new(),
        tasks: JoinSet::new(),
        timers: HashMap::new(),
        events,
        held: VecDeque::new(),
        escape: None,
        typed_at: Instant::now(),
        settle: None,
        settling: Vec::new(),
        here,
        service: Arc::clone(&service),
        stop,
        dirty: true,
        ending: None,
        seat,
        farewell: None,
        resume,
        bell: Bell::default(),
    };
    session.count(false);
    // One who waited for a seat is told first.
    let welcome = session.app.look().me.welcome();
    if let Some(text) = session.app.look().me.lost_key_words().or(welcome).or(opening.notice) {
        session.app.notify(Notice { tone: Tone::Plain, text });
    }
    let ending = session.go(&mut reader, &mut writer).await;
    session.resume.left_off.ends();
    session.say_goodbye(ending, &mut writer).await;
    session.keep_last_words().await;
    session.keep_last_place(ending).await;
    let caller = session.caller.clone();
    drop(session);
    // The first note may still wait for the writer; the last one says when the visit ended.
    let _ = visit.await;
    service.note_visit(&caller).await;
}

/// The same in plain mode.
async fn in_plain_mode(
    service: Arc<Service>,
    opening: Opening,
    me: Me,
    reader: impl LineReader + 'static,
    writer: impl LineWriter + 'static,
    stop: watch::Receiver<bool>,
) {
    let (caller, visit) = (opening.caller.clone(), note_visit(&service, &opening.caller));
    plain::run(Arc::clone(&service), opening, me, reader, writer, stop).await;
    let _ = visit.await;
    service.note_visit(&caller).await;
}

/// Who is at the other end; nobody, who was told why, when that cannot be found out.
async fn who_is_there(service: &Service, caller: &Caller, writer: &mut impl LineWriter) -> Option<Me> {
    match service.call(caller, WhoAmI).await {
        Ok(me) => Some(me),
        Err(why) => {
            say_line(writer, &why.to_string()).await;
            None
        }
    }
}

/// Says something where the terminal was not touched yet: a plain line is all there is to say.
async fn say_line(writer: &mut impl LineWriter, words: &str) {
    let _ = timeout(GOODBYE_WITHIN, writer.write(format!("{words}\r\n").into_bytes())).await;
}

/// Notes the visit beside the session: the first screen does not wait for the disk.
fn note_visit(service: &Arc<Service>, caller: &Caller) -> JoinHandle<()> {
    let (service, caller) = (Arc::clone(service), caller.clone());
    tokio::spawn(async move { service.note_visit(&caller).await })
}

pub(super) struct Session {
    pub(super) caller: Caller,
    pub(super) app: App,
    pub(super) terminal: Terminal,
    decoder: Decoder,
    pub(super) tasks: JoinSet<Done>,
    timers: HashMap<(ScreenId, u32), Instant>,
    events: broadcast::Receiver<DomainEvent>,
    /// Input that waits until there is room for the requests it may lead to. Nothing more is read meanwhile, so it is
    /// never longer than what the line brings at once.
    held: VecDeque<u8>,
    /// When an unfinished key sequence is given up.
    escape: Option<Instant>,
    /// When something was typed last, or the session began.
    typed_at: Instant,
    /// When the events that wait in `settling` are handed to the app.
    settle: Option<Instant>,
    settling: Vec<DomainEvent>,
    here: Here,
    pub(super) service: Arc<Service>,
    stop: watch::Receiver<bool>,
    pub(super) dirty: bool,
    pub(super) ending: Option<Ending>,
    /// What the console sees of this session.
    pub(super) seat: Seat,
    /// What is said at the end besides the usual words.
    pub(super) farewell: Option<String>,
    pub(super) resume: Resume,
    pub(super) bell: Bell,
}

type Writing<'w> = Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'w>>;

/// Why the loop woke up.
enum Wake {
    Stop,
    Written(io::Result<()>),
    Done(Box<std::result::Result<Done, JoinError>>),
    Event(std::result::Result<DomainEvent, RecvError>),
    /// There is room for more of what was read.
    Held,
    Line(LineEvent),
    Time,
}

impl Session {
    /// Gives the terminal back as it was, with a last line, if anybody is there to read it.
    async fn say_goodbye(&mut self, ending: Ending, writer: &mut impl LineWriter) {
        if ending == Ending::Closed {
            return;
        }
        let mut goodbye = self.terminal.leave();
        goodbye.extend_from_slice(ending.words().as_bytes());
        if let Some(words) = &self.farewell {
            goodbye.extend_from_slice(format!("{words}\r\n").as_bytes());
        }
        let _ = timeout(GOODBYE_WITHIN, writer.write(goodbye)).await;
    }

    async fn go(&mut self, reader: &mut impl LineReader, writer: &mut impl LineWriter) -> Ending {
        let mut frame = self.terminal.enter();
        loop {
            frame.extend(self.draw());
            let mut writing = begin_write(&mut *writer, std::mem::take(&mut frame));
            // Until the frame is written, and what was read is taken in, nothing is drawn.
            while writing.is_some() || !self.must_send() || self.may_take_held() {
                match self.wake(reader, &mut writing).await {
                    Wake::Stop => return Ending::ServerStops,
                    Wake::Written(Ok(())) => writing = None,
                    Wake::Written(Err(_)) => return Ending::Closed,
                    Wake::Done(done) => self.done(*done),
                    Wake::Event(event) => self.domain_event(event),
                    Wake::Held => self.take_held(),
                    Wake::Line(event) => self.line_event(event),
                    Wake::Time => self.ring_timers(),
                }
                self.carry_out_orders();
                if let Some(ending) = self.ending {
                    return ending;
                }
            }
        }
    }

    /// Waits for whatever comes first.
    async fn wake(&mut self, reader: &mut impl LineReader, writing: &mut Option<Writing<'_>>) -> Wake {
        let alarm = self.next_alarm();
        tokio::select! {
            biased;
            () = stopped(&mut self.stop) => Wake::Stop,
            written = finished(writing) => Wake::Written(written),
            Some(done) = self.tasks.join_next() => Wake::Done(Box::new(done)),
            event = self.events.recv() => Wake::Event(event),
            // Others have their turn between two slices: a burst of keys is work for seconds.
            () = yield_now(), if self.may_take_held() => Wake::Held,
            event = reader.next(), if self.held.is_empty() => Wake::Line(event),
            () = until(alarm) => Wake::Time,
        }
    }

    /// The bytes that bring the terminal up to date; nothing when nothing changed.
    fn draw(&mut self) -> Vec<u8> {
        self.carry_out_orders();
        let mut bytes = self.bell.take();
        if !self.must_draw() {
            return bytes;
        }
        let app = &mut self.app;
        bytes.extend(self.terminal.draw_linked(|area, buf, links| {
            let cursor = app.draw(area, buf);
            links.extend_from_slice(app.hyperlinks());
            cursor
        }));
        self.service.metrics().frame(bytes.len());
        self.dirty = self.app.shown();
        self.carry_out_orders();
        bytes
    }

    /// Whether there is something to send: a frame, or a bell.
    fn must_send(&self) -> bool {
        self.must_draw() || self.bell.waits()
    }

    /// Whether there is something new to see. A screen that has nothing yet leaves the last frame standing.
    fn must_draw(&self) -> bool {
        self.dirty && !self.app.is_blank()
    }

    fn line_event(&mut self, event: LineEvent) {
        match event {
            LineEvent::Bytes(bytes) => {
                self.here.touch();
                self.typed_at = Instant::now();
                self.held = bytes.into();
            }
            LineEvent::Resize { columns, rows } => {
                self.terminal.resize(columns, rows);
                self.app.resize(columns, rows);
                self.dirty = true;
            }
            LineEvent::Closed => self.ending = Some(Ending::Closed),
        }
    }

    /// Whether some of what was read can be taken in: there is room for the requests it may lead to.
    fn may_take_held(&self) -> bool {
        !self.held.is_empty() && self.tasks.len() < REQUESTS_UNDER_WAY_MAX
    }

    /// Takes in the next slice of what was read.
    fn take_held(&mut self) {
        let (begun, mut taken) = (Instant::now(), 0);
        while !self.held.is_empty() && self.ending.is_none() && may_take_more(taken, begun.elapsed()) {
            let step: Vec<u8> = self.held.drain(..self.held.len().min(INPUT_STEP)).collect();
            taken += step.len();
            let mut inputs = Vec::new();
            self.decoder.feed(&step, &mut inputs);
            self.type_in(inputs);
        }
        if self.held.is_empty() {
            self.held = VecDeque::new();
        }
        self.has_typed();
        // What follows an unfinished sequence is here already as long as something is held.
        let pending = self.decoder.pending().filter(|_| self.held.is_empty());
        self.escape = pending.map(|wait| Instant::now() + wait);
    }

    fn take(&mut self, inputs: Vec<crate::ui::input::Input>) {
        self.type_in(inputs);
        self.has_typed();
    }

    fn has_typed(&mut self) {
        self.resume.moved();
        self.note_seat();
    }

    fn type_in(&mut self, inputs: Vec<crate::ui::input::Input>) {
        let now = self.service.now();
        for input in inputs {
            self.app.input(input, now);
            // Orders such as leaving must be seen between two keys that came together.
            self.carry_out_orders();
            self.dirty = true;
        }
    }

    fn done(&mut self, done: std::result::Result<Done, JoinError>) {
        match done {
            Ok(Done::Answer(screen, answer)) => self.app.answer(screen, answer),
            Ok(Done::Kept(kept)) => return self.resume.kept(kept),
            Ok(Done::Count(count, news)) => return self.counted(count, news),
            Ok(Done::Me(Ok(me))) if !me.key_live => {
                let by_key = self.caller.by_key;
                self.ending = Some(if by_key { Ending::KeyRevoked } else { Ending::Outdated });
            }
            Ok(Done::Me(Ok(me))) => {
                if self.may_go_on(&me) {
                    self.app.refresh(*me);
                    self.show_title();
                }
            }
            Ok(Done::Me(Err(why))) => self.app.notify(Notice { tone: Tone::Bad, text: why.to_string() }),
            Err(cause) => {
                tracing::error!(%cause, "a request panicked");
                let text = "Something went wrong inside the server. What you wrote is kept.".to_owned();
                self.app.answer_lost();
                self.app.notify(Notice { tone: Tone::Bad, text });
            }
        }
        self.dirty = true;
    }

    pub(super) fn refresh(&mut self) {
        let (service, caller) = (Arc::clone(&self.service), self.caller.clone());
        self.tasks.spawn(async move { Done::Me(service.call(&caller, WhoAmI).await.map(Box::new)) });
    }

    /// A guest made an account: what follows is asked as that account, and the list of who is here knows it.
    fn become_member(&mut self, identity: NewIdentity) {
        self.caller.become_member(identity);
        self.here = Here::enter(&self.service, &self.caller, false);
        self.resume = Resume::new(LeftOff::none(&self.service, &self.caller), None);
        self.refresh();
    }

    fn carry_out_orders(&mut self) {
        for order in self.app.take_orders() {
            match order {
                Order::Call(screen, call) => {
                    let (service, caller) = (Arc::clone(&self.service), self.caller.clone());
                    self.tasks.spawn(async move { Done::Answer(screen, call.run(service, caller).await) });
                }
                Order::Timer(screen, number, after) => {
                    self.timers.insert((screen, number), Instant::now() + after);
                }
                Order::Refresh => self.refresh(),
                Order::BecomeMember(identity) => self.become_member(identity),
                Order::Redraw => {
                    self.terminal.invalidate();
                    self.dirty = true;
                }
                Order::Leave => self.ending = Some(Ending::Left),
            }
        }
        self.here.move_to(self.app.place());
    }
}

fn begin_write<'w>(writer: &'w mut impl LineWriter, frame: Vec<u8>) -> Option<Writing<'w>> {
    if frame.is_empty() {
        return None;
    }
    let write = async move {
        let written = timeout(STALLED_AFTER, writer.write(frame)).await;
        written.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    };
    Some(Box::pin(write))
}

async fn finished(writing: &mut Option<Writing<'_>>) -> io::Result<()> {
    match writing {
        Some(writing) => writing.await,
        None => std::future::pending().await,
    }
}

/// Whether more of a slice of input is taken in before others have their turn.
fn may_take_more(taken: usize, after: Duration) -> bool {
    taken < INPUT_SLICE && (taken == 0 || after < SLICE_WITHIN)
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the server's own handle is gone: it stops too.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SAFETY, Transport: what one session sends does not hold up the others.
    #[test]
    fn keys_that_take_long_are_taken_in_a_few_at_a_time() {
        assert!(may_take_more(0, SLICE_WITHIN * 2), "something is always taken");
        assert!(may_take_more(INPUT_STEP, Duration::ZERO) && may_take_more(INPUT_SLICE - 1, Duration::ZERO));
        assert!(!may_take_more(INPUT_SLICE, Duration::ZERO));
        assert!(!may_take_more(INPUT_STEP, SLICE_WITHIN));
    }
}
