//! What a screen is: something that understands a [`Msg`], asks for [`Effect`]s and draws itself.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::input::Input;
use super::keys::{Command, Scope};
use super::look::Look;
use super::route::Route;
use super::widgets::Pager;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, RoomId};
use crate::service::{Answer, Call, DomainEvent, NewIdentity, Request};

/// A screen. It holds its own state and nothing of any other screen's.
pub trait Screen: Send {
    /// Where this is: enough to open it again at the same place.
    fn route(&self) -> Route;

    /// Its name in the header.
    fn title(&self) -> String;

    /// The scopes of its keys, the most particular first, without `Everywhere`.
    fn scopes(&self) -> &'static [Scope];

    /// Whether keys that type go into text just now, not to commands.
    fn is_typing(&self) -> bool {
        false
    }

    /// Whether it still waits for what it will show: keys typed ahead are kept until it has it.
    fn is_waiting(&self) -> bool {
        false
    }

    /// Whether there is nothing to draw while it waits: the frame before then stays until there is. A screen that
    /// goes on showing something while it waits says no.
    fn is_blank(&self) -> bool {
        self.is_waiting()
    }

    /// Whether what it has now must be seen before keys go on: keys that came faster than frames wait for
    /// [`Msg::Shown`].
    fn is_unseen(&self) -> bool {
        false
    }

    /// A few words for the line above the footer, shown while there is no notice: where one is, what is new.
    fn status(&self, _look: &Look) -> String {
        String::new()
    }

    /// The draft of the line that it asks for, if it keeps one: it is dropped once the act that the line is for is done.
    fn keeps(&self) -> Option<DraftTarget> {
        None
    }

    /// Whether it is drawn over the screen below, as a dialog is.
    fn is_dialog(&self) -> bool {
        false
    }

    /// Whether it is a list whose content may stand beside it in a wide window.
    fn is_list(&self) -> bool {
        false
    }

    /// Whether it may stand beside the list that it was opened from.
    fn is_content(&self) -> bool {
        false
    }

    /// For a list: this is what stands beside it now.
    fn stand_beside(&mut self, _content: &Route) {}

    /// The text that scrolls here, if one does: reading on shows the rest of it first.
    fn pager(&self) -> Option<&Pager> {
        None
    }

    /// What a command is called in the footer just now, where that is not what it is always called.
    fn label(&self, _command: Command) -> Option<&'static str> {
        None
    }

    /// Whether a command makes sense just now; those that do not are left out of the footer. Courtesy only:
    /// the policy checks again behind the door.
    fn offers(&self, _command: Command, _look: &Look) -> bool {
        true
    }

    /// The board that is open here, for "who is here".
    fn board(&self) -> Option<BoardId> {
        None
    }

    /// The room that is open here, for "who is here".
    fn room(&self) -> Option<RoomId> {
        None
    }

    /// The links in what was drawn last, for terminals that open them (OSC 8).
    fn hyperlinks(&self) -> &[Hyperlink] {
        &[]
    }

    /// Whether what is said in rooms can change what it shows. Those that say no are not woken by a lively evening.
    fn hears_rooms(&self) -> bool {
        false
    }

    /// Understands a message.
    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>);

    /// Draws itself and says where the cursor is, if one is to be seen. Drawing twice gives the same.
    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position>;
}

/// Cells of one row that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    /// The first column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// How many columns.
    pub columns: u16,
    /// Where to: printable ASCII (`domain::markup`).
    pub address: String,
}

/// What a screen understands.
pub enum Msg {
    /// It was just opened: ask for what it needs.
    Start,
    /// It is on top again: what it shows may be out of date.
    Returned,
    /// A key of its scopes was pressed.
    Command(Command),
    /// Text for the field or editor that it has open.
    Input(Input),
    /// An answer to something it asked.
    Answer(Answer),
    /// Something happened. Only the top screen is told at once; the others when they return.
    Event(DomainEvent),
    /// Events were missed: read everything afresh.
    Resync,
    /// The dialog that it opened was answered; a dialog that was left says nothing.
    Dialog(DialogResult),
    /// A timer it set has run out.
    Timer(u32),
    /// The frame with what it drew last is on its way to the terminal: what was shown was shown.
    Shown,
}

/// What a screen asks for.
pub enum Effect {
    /// Go through the door; the answer comes back as [`Msg::Answer`].
    Call(Call),
    /// Open another screen on top.
    Open(Route),
    /// Open another screen in place of this one: back leads past it.
    Replace(Route),
    /// Put a screen that is already made on top: a dialog with its own state.
    Push(Box<dyn Screen>),
    /// The same with a screen that is already made.
    Swap(Box<dyn Screen>),
    /// Close this screen and go back.
    Back,
    /// Close this screen and carry out a command on the one below, as if its key had been pressed there.
    Run(Command),
    /// Close all screens and start anew at this one.
    Reset(Route),
    /// Close this dialog and give its result to the screen below, as [`Msg::Dialog`].
    Return(DialogResult),
    /// Say something in the line above the footer until the next key.
    Notice(Notice),
    /// Send [`Msg::Timer`] with this number after a while; a later timer with the same number replaces it.
    Timer(u32, Duration),
    /// Show what is unread next, from wherever the member is.
    ReadOn,
    /// Who one is has changed (profile, settings, standing): load it afresh.
    Refresh,
    /// A guest has made an account: the session goes on as that one. The screen only passes on what the answer to
    /// its request held; it cannot make one.
    BecomeMember(NewIdentity),
    /// Leave hob.
    Leave,
}

/// What a dialog was answered with. The tag is the opener's own: it says which question this answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogResult {
    /// Yes.
    Yes(u32),
    /// A text.
    Text(u32, String),
    /// The choice at this index.
    Choice(u32, usize),
}

/// A line for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it sounds.
    pub tone: Tone,
    /// One or two sentences.
    pub text: String,
}

/// How a notice sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Done.
    Good,
    /// For information.
    Plain,
    /// Refused, or failed.
    Bad,
}

/// What a screen works with while it handles a message.
pub struct Ui<'a> {
    /// Who one is, the time, the theme.
    pub look: &'a Look,
    effects: &'a mut Vec<Effect>,
}

impl<'a> Ui<'a> {
    /// A context that collects effects.
    pub fn new(look: &'a Look, effects: &'a mut Vec<Effect>) -> Self {
        Self { look, effects }
    }

    /// Asks for something.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Sends a request through the door.
    pub fn call<R: Request>(&mut self, request: R) {
        self.effect(Effect::Call(Call::new(request)));
    }

    /// Opens a screen on top.
    pub fn open(&mut self, route: Route) {
        self.effect(Effect::Open(route));
    }

    /// Goes back.
    pub fn back(&mut self) {
        self.effect(Effect::Back);
    }

    /// Says that something is done.
    pub fn good(&mut self, text: impl Into<String>) {
        self.effect(Effect::Notice(Notice { tone: Tone::Good, text: text.into() }));
    }

    /// Says something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.effect(Effect::Notice(Notice { tone: Tone::Plain, text: text.into() }));
    }

    /// Says why something was refused.
    pub fn refuse(&mut self, why: impl ToString) {
        self.effect(Effect::Notice(Notice { tone: Tone::Bad, text: why.to_string() }));
    }
}
