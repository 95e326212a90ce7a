//! A session without a terminal, for tests of screens: keys go in as text, requests and cells come out.
//!
//! Two ways to use it. *By hand*: the test answers each request itself.
//!
//! ```ignore
//! let mut h = Harness::member("alice");          // 80x24, a regular member, standing on an empty home
//! h.keys("gb");                                  // keys as text: see `presses` for the names in < >
//! h.answer::<ListBoards>(|request| Ok(reply));   // the oldest ListBoards that waits; the closure sees the request
//! assert!(h.screen().contains("general"));       // draws (twice, which must agree), says `Shown`, gives the text
//! ```
//!
//! *Live*: every request goes through the real door of a [`Blocking`] community, every event comes back.
//!
//! ```ignore
//! let live = Blocking::new();
//! let alice = live.block(live.place.regular("alice"));
//! let mut h = Harness::live(&live, &alice);
//! h.keys("gb<Enter>");
//! ```

// Every screen's tests use some of this, and no screen all of it.
#![allow(clippy::unwrap_used, dead_code)]

use std::collections::VecDeque;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::app::{App, Order, ScreenId};
use super::capabilities::Capabilities;
use super::input::{Input, Key, KeyPress};
use super::route::Route;
use crate::domain::ids::{MemberId, PostId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::Actor;
use crate::domain::time::Timestamp;
use crate::service::boards::{BoardList, ListBoards};
use crate::service::cases::{ListQueue, Queue};
use crate::service::home::{HomeView, ShowHome};
use crate::service::members::{Me, WhoAmI};
use crate::service::testing::{Blocking, NOON};
use crate::service::{Answer, Call, Caller, DomainEvent, NewIdentity, Request, Result, Who};

/// One session.
pub(crate) struct Harness {
    pub(crate) app: App,
    pub(crate) now: Timestamp,
    /// Whether the member left.
    pub(crate) left: bool,
    /// Timers that screens asked for, by their numbers.
    pub(crate) timers: Vec<(ScreenId, u32)>,
    /// The cursor as the last [`Self::screen`] left it.
    pub(crate) cursor: Option<Position>,
    columns: u16,
    rows: u16,
    calls: VecDeque<(ScreenId, Call)>,
    door: Option<Door>,
}

struct Door {
    live: Rc<Blocking>,
    caller: Caller,
    events: crate::service::testing::Events,
}

/// An active regular without a role, as [`Me`].
pub(crate) fn me(handle: &str) -> Me {
    let actor = Actor::Account {
        id: MemberId(1),
        standing: Standing::Active,
        level: Level::Regular,
        role: Role::Member,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    };
    let zone = "UTC".to_owned();
    Me {
        actor,
        handle: handle.to_owned(),
        zone,
        place: "Testhob".to_owned(),
        key_live: true,
        warned: false,
        new_rules: false,
        shut: None,
        leaving: None,
        lost_key: false,
        seated: None,
        calm: None,
        dues: false,
        place_keys: String::new(),
        choices: Vec::new(),
    }
}

impl Harness {
    /// A session of anybody, at 80x24 on a common terminal, at noon.
    pub(crate) fn new(me: Me) -> Self {
        Self::at(me, Capabilities::COMMON, 80, 24)
    }

    /// A session of a regular member without a role.
    pub(crate) fn member(handle: &str) -> Self {
        Self::new(me(handle))
    }

    /// A session on a terminal of one's choice.
    pub(crate) fn at(me: Me, terminal: Capabilities, columns: u16, rows: u16) -> Self {
        let mut harness = Self::starting(me, terminal, columns, rows);
        // Tests of other screens stand on a home with nothing new.
        if harness.waiting().contains(&ShowHome::NAME) {
            harness.answer::<ShowHome>(|_| Ok(HomeView::default()));
        }
        if harness.waiting().contains(&ListQueue::NAME) {
            harness.answer::<ListQueue>(|_| Ok(Queue::default()));
        }
        harness
    }

    /// A session at its very beginning: what its first screen asked is not answered yet.
    pub(crate) fn starting(me: Me, terminal: Capabilities, columns: u16, rows: u16) -> Self {
        let app = App::new(me, terminal, columns, rows, NOON);
        let mut harness = Self {
            app,
            now: NOON,
            left: false,
            timers: Vec::new(),
            cursor: None,
            columns,
            rows,
            calls: VecDeque::new(),
            door: None,
        };
        harness.settle();
        harness
    }

    /// A session of a member of a real community: requests are answered at once, events come in by themselves.
    pub(crate) fn live(live: &Rc<Blocking>, caller: &Caller) -> Self {
        Self::live_at(live, caller, Capabilities::COMMON, 80, 24)
    }

    /// The same on a terminal of one's choice.
    pub(crate) fn live_at(
        live: &Rc<Blocking>,
        caller: &Caller,
        terminal: Capabilities,
        columns: u16,
        rows: u16,
    ) -> Self {
        let me = live.call(caller, WhoAmI).unwrap();
        let mut harness = Self::starting(me, terminal, columns, rows);
        harness.door =
            Some(Door { live: Rc::clone(live), caller: caller.clone(), events: live.place.service.listen() });
        harness.settle();
        harness
    }

    /// Opens a place on top of what is open.
    pub(crate) fn open(&mut self, route: &Route) -> &mut Self {
        self.app.open(route);
        self.settle();
        self
    }

    /// Presses keys: see [`presses`].
    pub(crate) fn keys(&mut self, text: &str) -> &mut Self {
        self.settle();
        for press in presses(text) {
            self.app.input(Input::Key(press), self.now);
            self.settle();
        }
        self
    }

    /// Pastes a text.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.app.input(Input::Paste(text.to_owned()), self.now);
        self.settle();
        self
    }

    /// Something happened.
    pub(crate) fn event(&mut self, event: DomainEvent) -> &mut Self {
        self.app.event(event, self.now);
        self.settle();
        self
    }

    /// Lets what happened elsewhere come in.
    pub(crate) fn wake(&mut self) -> &mut Self {
        self.settle();
        self
    }

    /// Lets the oldest timer with this number run out; there must be one.
    pub(crate) fn ring(&mut self, number: u32) -> &mut Self {
        let at = self.timers.iter().position(|(_, n)| *n == number).expect("no such timer was set");
        let (screen, _) = self.timers.remove(at);
        self.app.timer(screen, number, self.now);
        self.settle();
        self
    }

    /// The names of the requests that wait for an answer, oldest first.
    pub(crate) fn waiting(&self) -> Vec<&'static str> {
        self.calls.iter().map(|(_, call)| call.name()).collect()
    }

    /// Answers the oldest waiting request of type `R`; there must be one.
    pub(crate) fn answer<R: Request>(&mut self, reply: impl FnOnce(&R) -> Result<R::Reply>) -> &mut Self {
        let at = self.calls.iter().position(|(_, call)| call.get::<R>().is_some());
        let at = at.unwrap_or_else(|| panic!("no {} waits, only {:?}", R::NAME, self.waiting()));
        let (screen, call) = self.calls.remove(at).unwrap();
        let result = reply(call.get::<R>().unwrap());
        self.app.answer(screen, Answer::to::<R>(result));
        self.settle();
        self
    }

    /// Drops all waiting requests, so that nothing waits for them: for tests that do not care.
    pub(crate) fn forget(&mut self) -> &mut Self {
        self.calls.clear();
        self.app.answer_lost();
        self
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        (self.columns, self.rows) = (columns, rows);
        self.app.resize(columns, rows);
        self
    }

    /// The cells, as drawn; the screen is not told that they were shown.
    pub(crate) fn cells(&mut self) -> Buffer {
        let area = Rect::new(0, 0, self.columns, self.rows);
        let mut first = Buffer::empty(area);
        self.cursor = self.app.draw(area, &mut first);
        let mut second = Buffer::empty(area);
        assert_eq!(self.app.draw(area, &mut second), self.cursor, "the cursor moved when drawn again");
        assert_eq!(first, second, "drawing twice gives the same");
        first
    }

    /// What a member sees: the rows without the spaces at their ends. The screen is told that it was shown.
    pub(crate) fn screen(&mut self) -> String {
        let text = text_of(&self.cells());
        self.app.shown();
        self.settle();
        text
    }

    /// Lets events of a live community come in, then draws.
    pub(crate) fn settle_and_draw(&mut self) -> String {
        self.settle();
        self.screen()
    }

    /// How many cells differ after these keys, drawn before and after: what a move costs on the line.
    pub(crate) fn cells_changed_by(&mut self, keys: &str) -> usize {
        let before = self.cells();
        self.keys(keys);
        let after = self.cells();
        before.content.iter().zip(&after.content).filter(|(a, b)| a != b).count()
    }

    /// The style of the first place where `text` stands on the screen.
    pub(crate) fn style_of(&mut self, text: &str) -> Style {
        let cells = self.cells();
        for y in 0..self.rows {
            let row = row_of(&cells, y);
            if let Some(at) = row.find(text) {
                return cells[(u16::try_from(row[..at].width()).unwrap(), y)].style();
            }
        }
        panic!("{text:?} is not on the screen:\n{}", text_of(&cells));
    }

    /// Carries out what the app ordered, until nothing is left that can be done here.
    fn settle(&mut self) {
        loop {
            for order in self.app.take_orders() {
                match order {
                    Order::Call(screen, call) => self.calls.push_back((screen, call)),
                    Order::Timer(screen, number, _) => {
                        self.timers.retain(|timer| *timer != (screen, number));
                        self.timers.push((screen, number));
                    }
                    Order::Refresh => self.refresh(),
                    Order::BecomeMember(identity) => self.become_member(identity),
                    Order::Redraw => {}
                    Order::Leave => self.left = true,
                }
            }
            if !self.go_through_the_door() {
                return;
            }
        }
    }

    fn refresh(&mut self) {
        if let Some(door) = &self.door {
            let me = door.live.call(&door.caller, WhoAmI).unwrap();
            self.app.refresh(me);
        }
    }

    fn become_member(&mut self, identity: NewIdentity) {
        if let Some(door) = &mut self.door {
            door.caller.become_member(identity);
        }
        self.refresh();
    }

    /// Takes one request to the real community, or brings one event from it. False when there is nothing to do.
    fn go_through_the_door(&mut self) -> bool {
        let Some(door) = &mut self.door else { return false };
        if let Some((screen, call)) = self.calls.pop_front() {
            let answer = door.live.answer(&door.caller, call);
            self.app.answer(screen, answer);
            return true;
        }
        match door.events.try_recv() {
            Ok(event) => {
                let about_me = event == DomainEvent::CalmChanged
                    || matches!(event, DomainEvent::MemberChanged { member }
                        if door.caller.who == Who::Member(member));
                if about_me {
                    self.refresh();
                }
                self.app.event(event, self.now);
                true
            }
            Err(_) => false,
        }
    }
}

/// The presses that a text stands for: each character is its key; `<Enter>`, `<Esc>`, `<Space>`, `<Up>`, `<PgDn>` …
/// are the keys that [`super::keys::Chord::name`] calls so, `<^S>` is Control with S, `<lt>` is `<`.
pub(crate) fn presses(text: &str) -> Vec<KeyPress> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|after| after.split_once('>'));
        if let Some((name, after)) = named {
            found.push(named_press(name));
            rest = after;
        } else {
            found.push(KeyPress::plain(Key::Char(first)));
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn named_press(name: &str) -> KeyPress {
    if let Some(letter) = name.strip_prefix('^') {
        return KeyPress::ctrl(letter.to_ascii_lowercase().chars().next().expect("a letter after ^"));
    }
    KeyPress::plain(match name {
        "lt" => Key::Char('<'),
        "Space" => Key::Char(' '),
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Bksp" => Key::Backspace,
        "Del" => Key::Delete,
        "Tab" => Key::Tab,
        "S-Tab" => Key::BackTab,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PgUp" => Key::PageUp,
        "PgDn" => Key::PageDown,
        other => panic!("no key is called <{other}>"),
    })
}

/// The text of some cells, row by row.
pub(crate) fn text_of(cells: &Buffer) -> String {
    let rows: Vec<String> = (cells.area.top()..cells.area.bottom()).map(|y| row_of(cells, y)).collect();
    rows.join("\n")
}

fn row_of(cells: &Buffer, y: u16) -> String {
    let mut row = String::new();
    let mut x = cells.area.left();
    while x < cells.area.right() {
        let symbol = cells[(x, y)].symbol();
        row.push_str(symbol);
        // The cells behind a wide one hold a blank that is never sent.
        x += u16::try_from(symbol.width().max(1)).unwrap();
    }
    row.trim_end().to_owned()
}

#[test]
fn keys_are_read_as_text() {
    let names: Vec<KeyPress> = presses("g<Enter><^P><lt>ü");
    assert_eq!(
        names,
        [
            KeyPress::plain(Key::Char('g')),
            KeyPress::plain(Key::Enter),
            KeyPress::ctrl('p'),
            KeyPress::plain(Key::Char('<')),
            KeyPress::plain(Key::Char('ü')),
        ]
    );
}

#[test]
fn a_live_session_goes_through_the_door_and_shows_what_came_back() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    live.block(live.place.board("general"));
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("gb").screen();
    assert!(screen.contains("general"), "{screen}");
    h.keys("q");
    assert!(h.left);
}

#[test]
fn a_session_by_hand_waits_for_the_test_to_answer() {
    let mut h = Harness::member("alice");
    h.forget().keys("gb");
    assert_eq!(h.waiting(), ["list boards"]);
    h.answer::<ListBoards>(|_| Ok(BoardList { boards: Vec::new(), newest: PostId(0) }));
    assert!(h.waiting().is_empty());
    assert!(h.screen().contains("Testhob"));
}
