//! Lines that come in for the member while they are here, shown above the footer: nothing that is read moves, and no key
//! is taken. A line stays until a key comes after it could be read; `g y` leads to what it is about, also later. While
//! somebody types into a dialog it waits.

use std::collections::VecDeque;

use super::{App, Order, ScreenId};
use crate::domain::text::truncate;
use crate::domain::time::Timestamp;
use crate::service::console::ReadAnnouncement;
use crate::service::nudges::{NudgeView, ReadNudge, SeeNudge};
use crate::service::{Answer, Call, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Notice, Tone};

/// Stands for the app itself where a request is sent: no screen has it.
pub(super) const APP: ScreenId = ScreenId(0);

/// How long a line stays at least, in seconds, however many keys come: long enough to be read.
const READ_S: i64 = 8;
/// Lines that wait at most; older ones are found where they lead.
const WAITING_MAX: usize = 8;

/// A line that came in.
struct Line {
    /// Who it is from and what it says.
    text: String,
    /// What it is about.
    opens: Option<Route>,
    /// Where it stands, to note that it was shown.
    see: Option<SeeNudge>,
    /// When it was shown first.
    shown_at: Option<Timestamp>,
}

/// The lines that wait, and where the last one that was shown leads.
#[derive(Default)]
pub(super) struct Incoming {
    waiting: VecDeque<Line>,
    last: Option<Route>,
}

impl Incoming {
    /// A key came: a line that could be read makes way for the next one.
    pub(super) fn key(&mut self, now: Timestamp) {
        let read = |line: &Line| line.shown_at.is_some_and(|at| now.seconds_since(at) >= READ_S);
        self.waiting.pop_front_if(|line| read(line));
    }

    /// Where the line that is shown, or was shown last, leads.
    pub(super) fn take(&mut self) -> Option<Route> {
        match self.waiting.pop_front() {
            Some(line) => line.opens.or_else(|| self.last.clone()),
            None => self.last.clone(),
        }
    }

    fn push(&mut self, line: Line) {
        if self.waiting.len() >= WAITING_MAX {
            self.waiting.pop_front();
        }
        self.waiting.push_back(line);
    }

    fn push_nudge(&mut self, view: NudgeView) {
        let NudgeView { conversation, no, author, text } = view;
        self.push(Line {
            text: format!("{author}: {text}"),
            opens: Some(Route::Conversation(conversation)),
            see: Some(SeeNudge { conversation, no }),
            shown_at: None,
        });
    }
}

/// What is said when nothing has come in yet.
pub(super) fn nothing() -> Notice {
    Notice { tone: Tone::Plain, text: "Nobody has nudged you since you came.".to_owned() }
}

/// What is said where a place is not for the one who asks, or not kept here.
pub(super) fn not_here(command: Command, look: &Look) -> Notice {
    let text = match command {
        Command::GoDues if look.actor().is_sysop() => {
            let console = look.keys.name_of(Scope::Everywhere, Command::GoConsole).unwrap_or_default();
            // Short enough for the smallest window.
            format!("No dues here. To keep: {console}, Settings.")
        }
        Command::GoDues => "No dues are kept here.".to_owned(),
        Command::GoConsole | Command::GoQuestions => "That is for the sysop.".to_owned(),
        _ => "That is for the staff.".to_owned(),
    };
    Notice { tone: Tone::Plain, text }
}

impl App {
    /// Asks for a line that an event announces, if it is for this member.
    pub(super) fn ask_incoming(&mut self, event: DomainEvent) {
        if let DomainEvent::Nudged { member, message } = event
            && Some(member) == self.look.actor().id()
        {
            self.orders.push(Order::Call(APP, Call::new(ReadNudge { message })));
        }
        if let DomainEvent::Announced { announcement } = event {
            self.orders.push(Order::Call(APP, Call::new(ReadAnnouncement { announcement })));
        }
    }

    /// An answer to what the app itself asked.
    pub(super) fn came_in(&mut self, answer: Answer) {
        // What failed is not lost: the line stands in its conversation.
        match answer.take::<ReadNudge>() {
            Ok(Ok(Some(view))) => self.incoming.push_nudge(view),
            Ok(_) => {}
            Err(answer) => {
                if let Ok(Ok(Some(text))) = answer.take::<ReadAnnouncement>() {
                    self.incoming.push(Line { text, opens: None, see: None, shown_at: None });
                }
            }
        }
    }

    /// The line to show above the footer, with the keys that lead to it. None while somebody types into a dialog.
    pub(super) fn incoming_line(&self) -> Option<Notice> {
        let line = self.incoming.waiting.front().filter(|_| !self.types_into_dialog())?;
        let bindings = self.look.keys.in_scopes(&[Scope::Everywhere]);
        let binding = bindings.into_iter().find(|binding| binding.command == Command::GoIncoming)?;
        let chord = self.look.keys.chords(binding).first().map(|chord| chord.name()).unwrap_or_default();
        let hint = if line.opens.is_none() {
            String::new()
        } else if self.look.is_narrow() {
            format!(" ({chord})")
        } else {
            format!(" ({chord} answers)")
        };
        let room = usize::from(self.look.columns).saturating_sub(2 + hint.len());
        let text = truncate(&line.text, room, self.look.theme.signs.ellipsis);
        Some(Notice { tone: Tone::Plain, text: format!("{text}{hint}") })
    }

    /// The frame with it is on its way: it was shown, and is noted as that once.
    pub(super) fn incoming_shown(&mut self) {
        if self.notice.is_some() || self.types_into_dialog() {
            return;
        }
        let now = self.look.now;
        let Some(line) = self.incoming.waiting.front_mut().filter(|line| line.shown_at.is_none()) else {
            return;
        };
        line.shown_at = Some(now);
        let (opens, see) = (line.opens.clone(), line.see);
        if opens.is_some() {
            self.incoming.last = opens;
        }
        if let Some(see) = see {
            self.orders.push(Order::Call(APP, Call::new(see)));
        }
    }

    fn types_into_dialog(&self) -> bool {
        self.stack.last().is_some_and(|top| top.screen.is_dialog() && top.screen.is_typing())
    }
}
