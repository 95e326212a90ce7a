//! The app: a stack of screens. It turns input into messages for the top one and effects into changes of the
//! stack; what must leave the app (requests, timers, goodbye) it hands to the session as [`Order`]s.

mod effects;
mod incoming;
mod lines;
mod panes;
mod resume;
mod standing;

#[cfg(test)]
mod tests;

use self::incoming::{APP, Incoming};
use self::lines::Lines;
use super::capabilities::Capabilities;
use super::input::{Input, Key, KeyPress};
use super::keys::{self, Chord, Command, GO_PREFIX, Scope};
use super::look::Look;
pub use super::order::{Order, ScreenId};
use super::route::Route;
use super::screen::{Effect, Msg, Notice, Screen, Ui};
use super::screens;
use super::typed_ahead::TypedAhead;
use super::widgets::Pager;
use crate::domain::ids::BoardId;
use crate::domain::time::Timestamp;
use crate::service::members::Me;
use crate::service::presence::Place;
use crate::service::{Answer, DomainEvent};

/// Most screens on the stack; going deeper forgets the oldest.
const DEPTH_MAX: usize = 32;

struct Layer {
    id: ScreenId,
    screen: Box<dyn Screen>,
    /// Requests that it waits for.
    calls: usize,
    /// One came back to it, and no key was pressed since.
    restored: bool,
}

impl Layer {
    /// Whether it waits for an answer that will come: one that failed to load waits no longer.
    fn waits(&self) -> bool {
        self.calls > 0 && self.screen.is_waiting()
    }
}

/// One session's screens.
pub struct App {
    look: Look,
    terminal: Capabilities,
    stack: Vec<Layer>,
    next_id: u32,
    going: bool,
    notice: Option<Notice>,
    orders: Vec<Order>,
    /// Lines that came in for the member.
    incoming: Incoming,
    /// Lines that were typed into dialogs and went into requests.
    lines: Lines,
    /// Keys that came while the top screen was still loading: they are meant for what it will show.
    typed_ahead: TypedAhead,
    /// One came back to where one was, and no key was pressed since.
    untouched: bool,
    /// The screen on top was not told that it was shown, because of that.
    withheld: bool,
    /// Where another session of the member was when this one began.
    other_session: Option<String>,
}

impl App {
    /// An app with one screen: home for members, the door for everybody else.
    pub fn new(me: Me, terminal: Capabilities, columns: u16, rows: u16, now: Timestamp) -> Self {
        let look = Look::new(me, &terminal, columns, rows, now);
        let mut app = Self {
            look,
            terminal,
            stack: Vec::new(),
            next_id: 0,
            going: false,
            notice: None,
            orders: Vec::new(),
            incoming: Incoming::default(),
            lines: Lines::default(),
            typed_ahead: TypedAhead::default(),
            untouched: false,
            withheld: false,
            other_session: None,
        };
        let root = app.root();
        app.push(screens::open(&root));
        app.show_leaving();
        app.show_warnings();
        app
    }

    /// What everybody on the stack looks at.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// The name of the screen on top, for the console.
    pub fn shows(&self) -> String {
        let named = self.stack.iter().rev().map(|layer| layer.screen.title()).find(|title| !title.is_empty());
        named.unwrap_or_default()
    }

    /// The board that is open on top.
    pub fn board(&self) -> Option<BoardId> {
        self.stack.iter().rev().find_map(|layer| layer.screen.board())
    }

    /// Whether anything that can be seen shows what is said in rooms.
    pub fn hears_rooms(&self) -> bool {
        self.stack[self.lowest_visible()..].iter().any(|layer| layer.screen.hears_rooms())
    }

    /// Where one is, for "who is here". A room that one has gone on from is left; a dialog over it is not going on.
    pub fn place(&self) -> Place {
        let top = self.stack.iter().rev().find(|layer| !layer.screen.is_dialog());
        Place { board: self.board(), room: top.and_then(|layer| layer.screen.room()) }
    }

    /// The places on the stack, from the bottom, as far as they can be opened again.
    pub fn routes(&self) -> Vec<Route> {
        self.stack.iter().map(|layer| layer.screen.route()).filter(|route| *route != Route::Nowhere).collect()
    }

    /// Opens a place on top of what is open.
    pub fn open(&mut self, route: &Route) {
        self.push(screens::open(route));
    }

    /// What the session has to do now.
    pub fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// The window has another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.look.columns = columns;
        self.look.rows = rows;
    }

    /// How much is for the member that they have not seen.
    pub fn set_for_me(&mut self, count: i64) {
        self.look.for_me = count;
    }

    /// Input came from the terminal.
    pub fn input(&mut self, input: Input, now: Timestamp) {
        self.look.now = now;
        self.touch();
        self.incoming.key(now);
        if self.holds_keys() {
            self.typed_ahead.push(input);
            return;
        }
        self.take_input(input);
    }

    fn take_input(&mut self, input: Input) {
        self.notice = None;
        match input {
            Input::Key(press) => self.press(press),
            Input::Paste(text) if self.top_is_typing() => self.tell_top(Msg::Input(Input::Paste(text))),
            Input::Paste(_) => {}
        }
    }

    /// Hands on what was typed ahead, as soon as there is something to hand it to.
    fn catch_up(&mut self) {
        while !self.holds_keys() {
            let Some(input) = self.typed_ahead.pop() else { return };
            self.take_input(input);
        }
    }

    /// Says something in the line above the footer.
    pub fn notify(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// An answer came back. The screen may be gone by now.
    pub fn answer(&mut self, screen: ScreenId, answer: Answer) {
        self.drop_given(screen, &answer);
        if screen == APP {
            self.came_in(answer);
        } else if let Some(index) = self.index_of(screen) {
            self.stack[index].calls = self.stack[index].calls.saturating_sub(1);
            if !self.closes_restored(index, &answer) {
                self.tell(index, Msg::Answer(answer));
            }
        }
        self.catch_up();
    }

    /// A request will never be answered, and nobody knows whose it was: no screen waits any longer.
    pub fn answer_lost(&mut self) {
        for layer in &mut self.stack {
            layer.calls = 0;
        }
        self.catch_up();
    }

    /// A timer ran out.
    pub fn timer(&mut self, screen: ScreenId, number: u32, now: Timestamp) {
        self.look.now = now;
        if let Some(index) = self.index_of(screen) {
            self.tell(index, Msg::Timer(number));
        }
    }

    /// Something happened: the top screen (and what shows through under dialogs) is told, the others when they
    /// return.
    pub fn event(&mut self, event: DomainEvent, now: Timestamp) {
        self.look.now = now;
        self.ask_incoming(event);
        self.tell_visible(|| Msg::Event(event));
    }

    /// Events were missed.
    pub fn resync(&mut self, now: Timestamp) {
        self.look.now = now;
        self.tell_visible(|| Msg::Resync);
    }

    /// The frame that was drawn last is on its way. True when keys had waited for that: there is more to draw.
    pub fn shown(&mut self) -> bool {
        self.incoming_shown();
        self.withheld = self.untouched;
        if !self.untouched {
            self.tell_top(Msg::Shown);
        }
        let held = self.typed_ahead.len();
        self.catch_up();
        self.typed_ahead.len() < held
    }

    /// Whether the screen on top has nothing to draw yet: the frame before stays until it has.
    pub fn is_blank(&self) -> bool {
        self.stack.last().is_some_and(|top| top.waits() && top.screen.is_blank())
    }

    fn root(&self) -> Route {
        if self.look.me.actor.is_active() { Route::Home } else { Route::Door }
    }

    fn press(&mut self, press: KeyPress) {
        let Some(top) = self.stack.last() else { return };
        let typing = top.screen.is_typing();
        if std::mem::take(&mut self.going) {
            if let KeyPress { key: Key::Char(letter), ctrl: false, alt: false, .. } = press {
                self.run_chord(Chord::Go(letter));
            }
            return;
        }
        if press == GO_PREFIX && !typing {
            self.going = true;
            return;
        }
        let types = matches!(press, KeyPress { key: Key::Char(_), ctrl: false, alt: false, .. });
        let chord = Chord::Press(press);
        if !typing {
            self.run_chord(chord);
        } else if types || !(self.run_scoped(chord) || self.redraws(chord)) {
            self.tell_top(Msg::Input(Input::Key(press)));
        }
    }

    /// Draws afresh if the chord asks for that, which works while typing too.
    fn redraws(&mut self, chord: Chord) -> bool {
        let found = self.look.keys.find(&[Scope::Everywhere], chord);
        let found = found.filter(|found| found.command == Command::Redraw);
        if let Some(binding) = found {
            self.run_everywhere(binding.command);
        }
        found.is_some()
    }

    /// Runs a chord that is bound in the top screen's own scopes. True if there was one.
    fn run_scoped(&mut self, chord: Chord) -> bool {
        let Some(top) = self.stack.last() else { return false };
        match self.look.keys.find(top.screen.scopes(), chord) {
            Some(binding) => {
                self.tell_top(Msg::Command(binding.command));
                true
            }
            None => false,
        }
    }

    fn run_chord(&mut self, chord: Chord) {
        if self.run_scoped(chord) {
            return;
        }
        if let Some(binding) = self.look.keys.find(&[Scope::Everywhere], chord) {
            self.run_everywhere(binding.command);
        }
    }

    /// A command that works on every screen. A screen that wants `Next` or `Back` for itself binds it in its
    /// own scope.
    pub fn run_everywhere(&mut self, command: Command) {
        let effect = match command {
            // The rest of a text that is only half on the screen comes before anything else.
            Command::Next if self.has_more_text() => return self.tell_top(Msg::Command(Command::PageDown)),
            Command::Next => Effect::ReadOn,
            Command::Back => Effect::Back,
            Command::Quit => Effect::Leave,
            Command::Redraw => {
                self.orders.push(Order::Redraw);
                return;
            }
            Command::Away if screens::offers_everywhere(command, &self.look) => Effect::Open(Route::Away),
            Command::NudgeOnDuty if screens::offers_everywhere(command, &self.look) => {
                Effect::Open(Route::Nudge(None))
            }
            Command::GoOtherSession => return self.go_to_other_session(),
            Command::GoIncoming => match self.incoming.take() {
                Some(route) => Effect::Open(route),
                None => return self.notify(incoming::nothing()),
            },
            Command::Help => Effect::Push(self.help()),
            Command::Palette => match self.palette() {
                Some(palette) => Effect::Push(palette),
                None => return,
            },
            other => match screens::place_of(other) {
                Some(route) if screens::offers_everywhere(other, &self.look) => Effect::Reset(route),
                Some(_) if self.look.actor().is_active() => {
                    return self.notify(incoming::not_here(other, &self.look));
                }
                _ => return,
            },
        };
        self.apply(self.stack.len().saturating_sub(1), vec![effect]);
    }

    fn has_more_text(&self) -> bool {
        let top = self.stack.last().map(|layer| &layer.screen);
        top.and_then(|screen| screen.pager()).is_some_and(Pager::has_more)
    }

    fn help(&self) -> Box<dyn Screen> {
        let bottom = &self.stack[self.topmost_screen()];
        let top = self.stack.last().unwrap_or(bottom);
        screens::help_for(bottom.screen.title(), top.screen.as_ref(), &self.look)
    }

    /// The palette for the screen on top: the places, and the commands that make sense there just now. Over a
    /// question there is nothing to go to before it is answered.
    fn palette(&self) -> Option<Box<dyn Screen>> {
        let top = &self.stack.last()?.screen;
        if top.is_dialog() || !screens::offers_everywhere(Command::Palette, &self.look) {
            return None;
        }
        let own = self.look.keys.in_scopes(top.scopes());
        let mut commands: Vec<&'static keys::Binding> =
            own.into_iter().filter(|binding| top.offers(binding.command, &self.look)).collect();
        for binding in self.look.keys.in_scopes(&[Scope::Everywhere]) {
            let known = commands.iter().any(|command| command.command == binding.command);
            if !known && screens::offers_everywhere(binding.command, &self.look) {
                commands.push(binding);
            }
        }
        Some(screens::palette(&commands, &self.look))
    }

    /// Carries out a command on the screen on top.
    fn run(&mut self, command: Command) {
        let Some(top) = self.stack.last() else { return };
        let scopes = self.look.keys.in_scopes(top.screen.scopes());
        let own = scopes.iter().any(|binding| binding.command == command);
        if own {
            self.tell_top(Msg::Command(command));
        } else {
            self.run_everywhere(command);
        }
    }

    fn push(&mut self, screen: Box<dyn Screen>) {
        if self.stack.len() >= DEPTH_MAX {
            self.stack.remove(1);
        }
        self.next_id += 1;
        self.stack.push(Layer { id: ScreenId(self.next_id), screen, calls: 0, restored: false });
        self.tell_top(Msg::Start);
    }

    fn tell_top(&mut self, msg: Msg) {
        if let Some(top) = self.stack.len().checked_sub(1) {
            self.tell(top, msg);
        }
    }

    fn tell(&mut self, index: usize, msg: Msg) {
        let mut effects = Vec::new();
        self.look.beside = self.list_beside().is_some_and(|list| index > list);
        self.stack[index].screen.update(msg, &mut Ui::new(&self.look, &mut effects));
        self.apply(index, effects);
    }

    fn tell_visible(&mut self, msg: impl Fn() -> Msg) {
        let visible = self.lowest_visible();
        let ids: Vec<ScreenId> = self.stack[visible..].iter().map(|layer| layer.id).collect();
        for id in ids {
            if let Some(index) = self.index_of(id) {
                self.tell(index, msg());
            }
        }
    }

    /// Whether keys are meant for what will be on the screen, not for what is.
    fn holds_keys(&self) -> bool {
        self.stack.last().is_some_and(|top| top.waits() || top.screen.is_unseen())
    }

    fn top_is_typing(&self) -> bool {
        self.stack.last().is_some_and(|layer| layer.screen.is_typing())
    }
}
