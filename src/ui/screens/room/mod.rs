//! A room (L2): what was said today, a field to say something, and a way to choose a line.
//!
//! `sheet.rs` holds the loaded lines and where the view is, `enter.rs` does what was entered, `act.rs` what keys ask
//! about a chosen line, `view.rs` draws.

mod act;
mod enter;
mod sheet;
mod view;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::sheet::Sheet;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, LineId, RoomId};
use crate::domain::room::{LINE_CHARS_MAX, LineKind};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::rooms::{
    InRoom, KeepAsk, LineView, MarkRoom, OpenRoom, ReadEarlier, ReadLine, ReadLines, RoomHead, RoomView,
    WhoIsInRoom,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::Field;
use crate::ui::widgets::field::Typed;

/// How long after a change the draft is saved (W2).
const SAVE_AFTER: Duration = Duration::from_secs(1);
/// How long what was seen gathers before it is noted: it is noted at once when one leaves.
const MARK_AFTER: Duration = Duration::from_secs(2);
/// From so many lines at once on, there may be more of them.
const MANY: usize = 100;
/// The timers.
const SAVE: u32 = 1;
const MARK: u32 = 2;

/// The room screen.
pub struct Room {
    room: RoomId,
    head: Option<RoomHead>,
    sheet: Sheet,
    here: Vec<InRoom>,
    asks: Vec<KeepAsk>,
    field: Field,
    /// The own line that is being edited in the field.
    editing: Option<LineId>,
    /// Lines that wait to be said, the first of them on its way.
    outbox: VecDeque<(LineKind, String)>,
    /// The index of the line that is chosen; none while one types.
    chosen: Option<usize>,
    /// Lines are on their way, and whether more have come since.
    reading: Option<bool>,
    earlier: bool,
    /// Up to where the service knows that the room was seen, and up to where it was.
    marked: LineId,
    seen: LineId,
    marking: bool,
    /// The field has changed since it was saved.
    unsaved: bool,
    help: bool,
    /// What was asked to be kept, while its board is being chosen.
    keeping: Option<(i64, String, Vec<BoardId>)>,
    /// The line that the open question is about.
    asked: Option<LineId>,
}

impl Room {
    /// A room.
    pub fn new(room: RoomId) -> Self {
        Self {
            room,
            head: None,
            sheet: Sheet::default(),
            here: Vec::new(),
            asks: Vec::new(),
            field: Field::new(LINE_CHARS_MAX),
            editing: None,
            outbox: VecDeque::new(),
            chosen: None,
            reading: None,
            earlier: false,
            marked: LineId(0),
            seen: LineId(0),
            marking: false,
            unsaved: false,
            help: false,
            keeping: None,
            asked: None,
        }
    }

    fn draft(&self) -> DraftTarget {
        DraftTarget::Room(self.room)
    }

    fn may_speak(&self) -> bool {
        self.head.as_ref().is_some_and(|head| head.mute.is_none())
    }

    fn chosen_line(&self) -> Option<&LineView> {
        self.sheet.lines().get(self.chosen?)
    }
}

impl Screen for Room {
    fn route(&self) -> Route {
        Route::Room(self.room)
    }

    fn title(&self) -> String {
        self.head.as_ref().map_or_else(String::new, |head| format!("{} (room)", head.name))
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.chosen {
            Some(_) => &[Scope::RoomLines, Scope::List],
            None => &[Scope::Room],
        }
    }

    fn is_typing(&self) -> bool {
        self.chosen.is_none()
    }

    fn is_waiting(&self) -> bool {
        self.head.is_none()
    }

    fn status(&self, look: &Look) -> String {
        let below = self.sheet.came_below().max(if self.sheet.is_at_end() { 0 } else { self.sheet.below() });
        if below > 0 {
            return format!("{below} new below");
        }
        if !self.sheet.is_at_end() && self.chosen.is_none() {
            return "what was said before; PgDn goes down again".to_owned();
        }
        self.who(look)
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let line = self.chosen_line();
        match command {
            Command::EditPost | Command::DeletePost => line.is_some_and(|line| line.mine && !line.removed),
            Command::Report | Command::IgnoreAuthor => line.is_some_and(|line| !line.mine),
            Command::TakeDown => line.is_some_and(|line| !line.mine) && look.actor().is_staff(),
            Command::Open => self.may_speak(),
            _ => true,
        }
    }

    fn board(&self) -> Option<BoardId> {
        self.head.as_ref().and_then(|head| head.board)
    }

    fn room(&self) -> Option<RoomId> {
        Some(self.room)
    }

    fn hears_rooms(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                cx.call(OpenRoom { room: self.room });
                cx.call(LoadDraft { target: self.draft() });
            }
            Msg::Returned | Msg::Resync => cx.call(OpenRoom { room: self.room }),
            Msg::Event(event) => self.event(event, cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => self.input(&input, cx),
            Msg::Dialog(result) => self.dialog(result, cx),
            Msg::Timer(SAVE) => self.save(cx),
            Msg::Timer(MARK) => self.mark(cx),
            Msg::Timer(_) => {}
            Msg::Shown => self.shown(cx),
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Room {
    fn event(&mut self, event: DomainEvent, cx: &mut Ui<'_>) {
        match event {
            DomainEvent::LineSaid { room, .. } if room == self.room => self.read(cx),
            DomainEvent::LineChanged { line, .. }
                if self.sheet.lines().iter().any(|loaded| loaded.id == line) =>
            {
                cx.call(ReadLine { line });
            }
            DomainEvent::RoomChanged { room } if room == self.room => cx.call(OpenRoom { room }),
            DomainEvent::PresenceChanged => cx.call(WhoIsInRoom { room: self.room }),
            _ => {}
        }
    }

    /// Asks for what was said behind the last line, once at a time.
    fn read(&mut self, cx: &mut Ui<'_>) {
        match &mut self.reading {
            Some(again) => *again = true,
            None => {
                self.reading = Some(false);
                cx.call(ReadLines { room: self.room, after: self.sheet.last() });
            }
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<OpenRoom>() {
            Ok(Ok(view)) => return self.came(view),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(other) => other,
        };
        let answer = match answer.take::<ReadLines>() {
            Ok(lines) => return self.lines_came(lines.unwrap_or_default(), cx),
            Err(other) => other,
        };
        let answer = match answer.take::<ReadLine>() {
            Ok(Ok((id, line))) => return self.sheet.change(id, line),
            Ok(Err(_)) => return,
            Err(other) => other,
        };
        let answer = match answer.take::<ReadEarlier>() {
            Ok(earlier) => {
                self.earlier = false;
                if let Ok((lines, more)) = earlier {
                    let before = self.sheet.lines().len();
                    self.sheet.prepend(lines, more);
                    let came = self.sheet.lines().len() - before;
                    self.chosen = self.chosen.map(|index| index + came);
                }
                return;
            }
            Err(other) => other,
        };
        let answer = match answer.take::<WhoIsInRoom>() {
            Ok(here) => {
                self.here = here.unwrap_or_default();
                return;
            }
            Err(other) => other,
        };
        let answer = match answer.take::<LoadDraft>() {
            Ok(draft) => {
                if let (Ok(Some(draft)), true) = (draft, self.field.is_empty()) {
                    self.field.set_text(&draft.body);
                }
                return;
            }
            Err(other) => other,
        };
        let Err(answer) = self.enter_answer(answer, cx) else { return };
        self.act_answer(answer, cx);
    }

    /// The room came: for the first time, or again because something about it has changed.
    fn came(&mut self, view: RoomView) {
        let first = self.head.is_none();
        let RoomView { head, lines, more_above, read_to, here, asks, .. } = view;
        self.head = Some(head);
        self.here = here;
        self.asks = asks;
        if first {
            (self.marked, self.seen) = (read_to, read_to);
            // The first time in a room nothing is new: there was nothing to come back to.
            self.sheet.new_after = if read_to == LineId(0) { LineId(i64::MAX) } else { read_to };
        }
        let chosen = self.chosen_line().map(|line| line.id);
        self.sheet.set(lines, more_above);
        self.chosen = chosen.map(|id| self.index_of(id));
    }

    fn index_of(&self, line: LineId) -> usize {
        let lines = self.sheet.lines();
        lines.iter().position(|loaded| loaded.id >= line).unwrap_or(lines.len().saturating_sub(1))
    }

    fn lines_came(&mut self, lines: Vec<LineView>, cx: &mut Ui<'_>) {
        let came = lines.len();
        let before = self.sheet.lines().len();
        let chosen = self.chosen_line().map(|line| line.id);
        self.sheet.append(lines);
        if self.sheet.lines().len() < before {
            self.chosen = chosen.map(|id| self.index_of(id));
        }
        let again = self.reading.take().unwrap_or(false);
        // News meanwhile, or so many that there may be more. None came: what was heard of is not shown to one.
        if came > 0 && (again || came >= MANY) {
            self.read(cx);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if std::mem::take(&mut self.help) && command == Command::Back {
            return;
        }
        if self.chosen.is_some() {
            return self.choose(command, cx);
        }
        match command {
            Command::Accept => self.enter(cx),
            Command::Back if self.editing.is_some() => self.stop_editing(),
            Command::Back => self.leave(cx),
            Command::Up if self.field.is_empty() && self.editing.is_none() => self.edit_last(cx),
            Command::PageUp if self.sheet.page(true) => self.ask_earlier(cx),
            Command::PageDown => {
                self.sheet.page(false);
            }
            Command::Help => self.help = true,
            Command::ChooseLine if self.completes() => self.changed(cx),
            Command::ChooseLine if !self.sheet.lines().is_empty() => {
                let seen = self.sheet.last_seen().unwrap_or(self.sheet.last());
                let index = self.index_of(seen);
                self.chosen = Some(index);
                self.sheet.show(index);
                self.sheet.hold();
                self.mark(cx);
            }
            _ => {}
        }
    }

    /// Completes the handle that is being typed after an @: of those who are here or have said something.
    fn completes(&mut self) -> bool {
        let text = self.field.text().to_owned();
        let word = text.rsplit(' ').next().unwrap_or_default();
        let Some(begun) =
            word.strip_prefix('@').map(str::to_ascii_lowercase).filter(|begun| !begun.is_empty())
        else {
            return false;
        };
        let here = self.here.iter().map(|one| one.handle.as_str());
        let said = self.sheet.lines().iter().map(|line| line.author.as_str());
        let fits = |handle: &&str| handle.to_ascii_lowercase().starts_with(&begun);
        let Some(handle) = here.chain(said).filter(fits).min().map(str::to_owned) else { return false };
        self.put(&format!("{}@{handle}", &text[..text.len() - word.len()]));
        true
    }

    /// Puts a text into the field, with a space to go on after.
    fn put(&mut self, text: &str) {
        self.field.set_text(text);
        self.field.input(&Input::Key(KeyPress::plain(Key::Char(' '))));
    }

    fn ask_earlier(&mut self, cx: &mut Ui<'_>) {
        if let (true, false, Some(first)) = (self.sheet.more_above, self.earlier, self.sheet.lines().first())
        {
            self.earlier = true;
            cx.call(ReadEarlier { room: self.room, before: first.id });
        }
    }

    fn input(&mut self, input: &Input, cx: &mut Ui<'_>) {
        if std::mem::take(&mut self.help) {
            return;
        }
        if let Input::Key(KeyPress { key, ctrl: false, alt: false, .. }) = input
            && self.field.is_empty()
            && self.editing.is_none()
        {
            match key {
                // A line never begins with a space: on an empty one it does what it does everywhere.
                Key::Char(' ') => {
                    self.before_leaving(cx);
                    return cx.effect(Effect::ReadOn);
                }
                Key::End => return self.sheet.go_to_end(),
                _ => {}
            }
        }
        if !self.may_speak() {
            if let Some(mute) = self.head.as_ref().and_then(|head| head.mute.clone()) {
                cx.refuse(mute);
            }
            return;
        }
        match self.field.input(input) {
            Typed::Changed => self.changed(cx),
            Typed::Full => {
                cx.refuse(format!("A line has {LINE_CHARS_MAX} characters at most; nothing was put in."))
            }
            Typed::Moved | Typed::Nothing => {}
        }
    }

    /// The field has changed: it is saved a little later. What is edited is a line of its own, and no draft.
    fn changed(&mut self, cx: &mut Ui<'_>) {
        if !self.unsaved && self.editing.is_none() {
            self.unsaved = true;
            cx.effect(Effect::Timer(SAVE, SAVE_AFTER));
        }
    }

    fn save(&mut self, cx: &mut Ui<'_>) {
        if std::mem::take(&mut self.unsaved) && self.editing.is_none() {
            let body = self.field.text().to_owned();
            cx.call(SaveDraft { target: self.draft(), title: String::new(), body, reply_to: None });
        }
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        self.before_leaving(cx);
        cx.back();
    }

    /// What waited for a timer is done now.
    fn before_leaving(&mut self, cx: &mut Ui<'_>) {
        self.save(cx);
        self.mark(cx);
    }

    /// What was drawn was seen.
    fn shown(&mut self, cx: &mut Ui<'_>) {
        if self.head.is_none() {
            return;
        }
        let Some(last) = self.sheet.last_seen() else { return };
        self.seen = self.seen.max(last);
        if self.seen > self.marked && !self.marking {
            if self.chosen.is_some() {
                // From here keys lead away that tell nobody.
                return self.mark(cx);
            }
            self.marking = true;
            cx.effect(Effect::Timer(MARK, MARK_AFTER));
        }
    }

    fn mark(&mut self, cx: &mut Ui<'_>) {
        self.marking = false;
        if self.seen > self.marked {
            self.marked = self.seen;
            cx.call(MarkRoom { room: self.room, upto: self.seen });
        }
    }

    /// Who is in the room, in words.
    fn who(&self, look: &Look) -> String {
        let others: Vec<String> = self
            .here
            .iter()
            .filter(|one| one.handle != look.me.handle)
            .map(|one| if one.away { format!("{} (away)", one.handle) } else { one.handle.clone() })
            .collect();
        if others.is_empty() {
            "you are alone here".to_owned()
        } else {
            format!("here: {}", others.join(", "))
        }
    }
}
