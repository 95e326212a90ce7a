//! Plain mode (X2): everything a member and a moderator does, for screen readers, `TERM=dumb` and teletypes. One thing
//! after another: printed lines, a prompt, a line of answer. No cursor is ever addressed, nothing is drawn over, no
//! colour and no escape sequence is sent.
//!
//! A sibling of the screens over the same requests. Each file is a place or a group of places; `talk` is the
//! conversation, `table` the words that can be typed, `turn` where a step leads.

mod application;
mod asked;
mod at_door;
mod bans;
mod board;
mod calm;
mod case;
mod charter;
mod cohorts;
mod compose;
mod console;
mod decide;
mod door;
mod drafts;
mod dues;
mod everywhere;
mod filters;
mod glossary;
mod held;
mod home;
mod invites;
mod join;
mod kept;
mod keys;
mod log;
mod lost;
mod matter;
mod messages;
mod mine;
mod moderate;
mod news;
mod notices;
mod paper;
mod path;
mod people;
mod post;
mod profile;
mod queue;
mod report;
mod roles;
mod rooms;
mod search;
mod seat;
mod settings;
mod staff_notes;
mod standing;
mod table;
mod talk;
#[cfg(test)]
mod tests;
mod thread;
mod thread_acts;
mod tree;
mod tty;
mod turn;
mod typing;
mod watched;
mod words;
mod write;

use std::sync::Arc;

use tokio::sync::watch;

pub use tty::{Arrival, Teletype, Waiting};

use crate::service::console::Seat;
use crate::service::members::Me;
use crate::service::{Caller, Service};
use talk::Talk;
use turn::{Ending, Place, Talked, Turn};

/// What is known when a session in plain mode opens.
pub struct Opening {
    /// Who is at the other end.
    pub caller: Caller,
    /// The same, as the service knows them.
    pub me: Me,
    /// Whether there is a pty: then hob echoes what is typed. Otherwise lines come as they were edited elsewhere.
    pub pty: bool,
    /// Whether only ASCII can be shown there.
    pub ascii: bool,
    /// Columns and rows of the window; 80x24 where there is none.
    pub window: (u16, u16),
    /// What to say first, such as why a log-in ended at the door.
    pub notice: Option<String>,
    /// What the console sees of this session.
    pub seat: Seat,
}

/// The member's choice that asks for plain mode, and its value.
pub const CHOICE: (&str, &str) = ("mode", "plain");

/// Whether a member asked for plain mode in every session.
pub fn is_chosen(me: &Me) -> bool {
    me.choice(CHOICE.0) == Some(CHOICE.1)
}

/// Runs a session to its end.
pub async fn run(
    service: Arc<Service>,
    mut opening: Opening,
    tty: Box<dyn Teletype>,
    stop: watch::Receiver<bool>,
) {
    service.note_visit(&opening.caller).await;
    let notice = opening.notice.take();
    let tty = if opening.ascii { Box::new(tty::InAscii(tty)) } else { tty };
    let mut talk = Talk::new(Arc::clone(&service), opening, tty, stop);
    let ending = talk.live(notice).await;
    talk.part(ending).await;
    let caller = talk.caller.clone();
    drop(talk);
    service.note_visit(&caller).await;
}

impl Talk {
    async fn live(&mut self, notice: Option<String>) -> Ending {
        // What refuses a greeting otherwise refuses the next step too, and says so there.
        if let Err(Turn::End(ending)) = self.greet(notice).await {
            return ending;
        }
        loop {
            let place = self.stack.last().cloned().unwrap_or_else(|| self.base());
            let turn = match Box::pin(self.visit(place)).await {
                Ok(()) => Turn::Back,
                Err(turn) => turn,
            };
            if let Err(Turn::End(ending)) = self.turn(turn).await {
                return ending;
            }
        }
    }

    async fn greet(&mut self, notice: Option<String>) -> Talked<()> {
        if let Some(notice) = notice {
            self.say(&notice).await?;
        }
        let place = self.me.place.clone();
        if let Some(words) = self.me.lost_key_words() {
            self.say(&words.replace("g K, then x", "type lost stop and your handle")).await?;
        }
        if let Some(words) = self.me.welcome() {
            self.say(&words).await?;
        }
        if self.me.actor.is_active() {
            let handle = self.me.handle.clone();
            self.say(&format!(
                "Welcome to {place}, {handle}. This is plain mode; h tells what can be typed."
            ))
            .await?;
            self.say_leaving().await?;
        } else {
            self.say(&format!("Welcome to {place}. This is plain mode: one line at a time.")).await?;
        }
        Ok(())
    }

    /// Where everything begins.
    fn base(&self) -> Place {
        if self.me.actor.is_active() { Place::Home } else { Place::Door }
    }

    /// Goes where a step leads.
    async fn turn(&mut self, turn: Turn) -> Talked<()> {
        match turn {
            Turn::Go(Place::Home | Place::Door) => self.stack.clear(),
            Turn::Go(place) => self.stack = vec![place],
            Turn::Open(place) => self.open(place),
            Turn::Instead(place) => {
                self.stack.pop();
                self.stack.push(place);
            }
            Turn::Back => {
                self.stack.pop();
            }
            Turn::Return => {
                self.stack.pop();
                self.quiet = true;
            }
            Turn::Cancelled => {
                self.say("Nothing is done.").await?;
                self.stack.pop();
                self.quiet = true;
            }
            Turn::Refused(why) => {
                self.say(&why.to_string()).await?;
                if self.stack.pop().is_none() {
                    // The way in itself is refused: not again until somebody asks for it.
                    self.ask_any("Enter tries again").await?;
                }
                self.refresh_quietly().await?;
            }
            Turn::Anew => {
                self.stack.clear();
                self.undo.clear();
            }
            Turn::End(_) => return Err(turn),
        }
        Ok(())
    }

    /// Opens a place above this one. Nobody goes back a hundred places: the oldest ones are forgotten.
    fn open(&mut self, place: Place) {
        const DEPTH_MAX: usize = 50;
        if self.stack.len() >= DEPTH_MAX {
            self.stack.remove(0);
        }
        self.stack.push(place);
    }

    /// Reads afresh who one is after a refusal: it may be why.
    async fn refresh_quietly(&mut self) -> Talked<()> {
        match self.refresh().await {
            Err(Turn::Anew) => {
                self.stack.clear();
                Ok(())
            }
            Err(Turn::Refused(_)) => Ok(()),
            other => other,
        }
    }

    async fn visit(&mut self, place: Place) -> Talked<()> {
        // Lists are always said: what has which number may have changed.
        let is_said_anyway = !matches!(
            place,
            Place::Home
                | Place::Thread { .. }
                | Place::Profile(_)
                | Place::Settings
                | Place::Case(_)
                | Place::Held(_)
                | Place::Application(_)
        );
        self.quiet &= !is_said_anyway;
        match place {
            Place::Door => self.door().await,
            Place::Home => self.home().await,
            Place::Boards => self.boards().await,
            Place::Board(board) => self.board(board).await,
            Place::Thread { thread, at, quiet } => self.thread(thread, at, quiet).await,
            Place::Members { here, part } => self.members(here, &part).await,
            Place::Profile(member) => self.profile(member).await,
            Place::Search(words) => self.search(words).await,
            Place::Messages => self.messages().await,
            Place::Conversation(id) => self.conversation(id).await,
            Place::Rooms => self.rooms().await,
            Place::Room(room) => self.room(room).await,
            Place::Notifications => self.notifications().await,
            Place::Wall => self.wall().await,
            Place::Kept => self.kept().await,
            Place::Tags => self.tags().await,
            Place::Glossary => self.glossary().await,
            Place::Tag(tag) => self.tag(tag).await,
            Place::Cohorts => self.cohorts().await,
            Place::Cohort(cohort) => self.cohort(cohort).await,
            Place::Roles => self.roles().await,
            Place::Drafts => self.drafts().await,
            Place::Settings => self.settings().await,
            Place::MyData => self.my_data().await,
            Place::EditProfile => self.edit_profile().await,
            Place::Keys => self.keys().await,
            Place::Invites => self.invites().await,
            Place::Console => self.console().await,
            Place::ModLog => self.log(false).await,
            Place::AuditLog => self.log(true).await,
            Place::Queue => self.queue().await,
            Place::Case(case) => self.case(case).await,
            Place::Held(id) => self.held(id).await,
            Place::Watch => self.watch_list().await,
            Place::Bans => self.bans().await,
            Place::Filters => self.filters().await,
            Place::Waiting => self.waiting().await,
            Place::Matter(matter) => self.matter(matter).await,
            Place::Application(id) => self.application(id).await,
            Place::Moderate(thing) => self.moderate(thing).await,
            Place::Report(thing) => self.report(thing).await,
        }
    }
}
