//! One's own keys on the keyboard: choose a command, press the key that shall do it. A key that another command has is
//! refused with its name; Esc, Enter, `?` and Ctrl-P mean the same for everybody, so that nobody is locked out.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::fold;
use crate::service::members::SetKeys;
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::keys::{BINDINGS, Binding, Chord, Command, GO_PREFIX, KeyError, Scope, is_changeable};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::screens;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Confirm, Field, Sections};

/// Longest filter, in characters.
const FILTER_CHARS_MAX: usize = 60;
/// The question before all of one's own keys go.
const RESET_ALL: u32 = 1;

/// What the keys that are pressed are for.
#[derive(Clone, Copy)]
enum Mode {
    /// Moving about in the list.
    Choosing,
    /// Narrowing it.
    Filtering,
    /// The next key is for this command; `going` after a `g`.
    Taking { binding: &'static Binding, going: bool },
}

/// The screen of the keyboard's keys.
pub struct KeyMapScreen {
    /// What the filter leaves, scope by scope.
    shown: Vec<&'static Binding>,
    list: Sections,
    filter: Field,
    mode: Mode,
    /// What is said once it is kept.
    done: String,
}

impl Default for KeyMapScreen {
    fn default() -> Self {
        Self {
            shown: Vec::new(),
            list: Sections::default(),
            filter: Field::new(FILTER_CHARS_MAX),
            mode: Mode::Choosing,
            done: String::new(),
        }
    }
}

impl Screen for KeyMapScreen {
    fn route(&self) -> Route {
        Route::KeyMap
    }

    fn title(&self) -> String {
        "your keys on the keyboard".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.mode {
            Mode::Choosing => &[Scope::KeyMap, Scope::List],
            Mode::Filtering => &[Scope::Filter],
            Mode::Taking { .. } => &[],
        }
    }

    fn is_typing(&self) -> bool {
        !matches!(self.mode, Mode::Choosing)
    }

    fn status(&self, _look: &Look) -> String {
        match self.mode {
            Mode::Taking { going: true, .. } => {
                "g and then? A letter, or Esc to leave it as it is.".to_owned()
            }
            Mode::Taking { .. } => "Press the new key now, or Esc to leave it as it is.".to_owned(),
            _ => String::new(),
        }
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::ResetKey => self.chosen().is_some_and(|binding| look.keys.is_own(binding)),
            Command::ResetAllKeys => look.keys.has_own(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned => self.arrange(cx.look),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => match self.mode {
                Mode::Taking { binding, going } => self.take(&input, binding, going, cx),
                _ => {
                    if self.filter.input(&input) == Typed::Changed {
                        self.list.choose(0);
                        self.arrange(cx.look);
                    }
                }
            },
            Msg::Dialog(DialogResult::Yes(RESET_ALL)) => {
                self.keep(String::new(), "The usual keys hold again.".to_owned(), cx);
            }
            Msg::Answer(answer) => match answer.take::<SetKeys>() {
                Ok(Ok(())) => {
                    cx.good(std::mem::take(&mut self.done));
                    cx.effect(Effect::Refresh);
                }
                Ok(Err(why)) => cx.refuse(why),
                Err(_) => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl KeyMapScreen {
    fn chosen(&self) -> Option<&'static Binding> {
        self.shown.get(self.list.chosen()).copied()
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, self.shown.len()) {
            return;
        }
        match (command, self.chosen()) {
            (Command::Open, Some(binding)) => self.mode = Mode::Taking { binding, going: false },
            (Command::ResetKey, Some(binding)) => match cx.look.keys.without(binding) {
                _ if !cx.look.keys.is_own(binding) => cx.say("That is the usual key."),
                Ok(lines) => self.keep(lines, "The usual key holds again.".to_owned(), cx),
                Err(why) => cx.refuse(why),
            },
            (Command::ResetAllKeys, _) if cx.look.keys.has_own() => {
                let question = "Take the usual keys for everything again?";
                cx.effect(Effect::Push(Box::new(Confirm::new(RESET_ALL, question))));
            }
            (Command::ResetAllKeys, _) => cx.say("Those are the usual keys."),
            (Command::Filter, _) => self.mode = Mode::Filtering,
            (Command::Accept, _) => self.mode = Mode::Choosing,
            (Command::Back, _) if matches!(self.mode, Mode::Filtering) => {
                self.mode = Mode::Choosing;
                self.filter.set_text("");
                self.arrange(cx.look);
            }
            (Command::Back, _) => cx.back(),
            _ => {}
        }
    }

    /// Takes the key that was pressed for a command.
    fn take(&mut self, input: &Input, binding: &'static Binding, going: bool, cx: &mut Ui<'_>) {
        let Input::Key(press) = input else { return };
        // Shift with an arrow is the arrow: not every terminal tells them apart.
        let press = KeyPress { shift: false, ..*press };
        if press.key == Key::Esc {
            self.mode = Mode::Choosing;
            return;
        }
        if press == GO_PREFIX && !going && !binding.scope.takes_text() {
            self.mode = Mode::Taking { binding, going: true };
            return;
        }
        self.mode = Mode::Choosing;
        let chord = match press {
            KeyPress { key: Key::Char(letter), ctrl: false, alt: false, .. } if going => Chord::Go(letter),
            _ => Chord::Press(press),
        };
        let name = chord.name();
        // A key that would not be read back is none that a terminal sends in earnest.
        let lines = if Chord::parse(&name) == Some(chord) {
            cx.look.keys.with(binding, chord)
        } else {
            Err(KeyError::unknown())
        };
        match lines {
            Ok(lines) => self.keep(lines, format!("{name} does it from now on."), cx),
            Err(why) => cx.refuse(why),
        }
    }

    fn keep(&mut self, lines: String, done: String, cx: &mut Ui<'_>) {
        self.done = done;
        cx.call(SetKeys { lines });
    }

    /// Everything that the member can use, in the order in which the table names the scopes; then the filter.
    fn arrange(&mut self, look: &Look) {
        let mut scopes: Vec<Scope> = Vec::new();
        for binding in BINDINGS {
            if !scopes.contains(&binding.scope) && concerns(binding.scope, look) {
                scopes.push(binding.scope);
            }
        }
        self.shown = scopes
            .iter()
            .flat_map(|scope| BINDINGS.iter().filter(move |binding| binding.scope == *scope))
            .filter(|b| b.scope != Scope::Everywhere || screens::offers_everywhere(b.command, look))
            .filter(|binding| is_changeable(binding) && self.fits(binding, look))
            .collect();
    }

    /// Whether each word of the filter is part of what a command does or of where it works, or is its key.
    fn fits(&self, binding: &'static Binding, look: &Look) -> bool {
        let words = fold(&format!("{} {}", binding.help, binding.scope.words()));
        let names: Vec<String> = look.keys.chords(binding).iter().map(Chord::name).collect();
        let typed = self.filter.text();
        typed
            .split_whitespace()
            .all(|word| words.contains(&fold(word)) || names.iter().any(|name| name == word))
            || names.iter().any(|name| name == typed)
    }
}

/// Whether somebody meets a scope at all: the door is behind members, the queue is for staff.
fn concerns(scope: Scope, look: &Look) -> bool {
    use Scope as S;
    let staff = [S::Queue, S::Waitlist, S::Case, S::Application, S::Decide, S::Verdict];
    let door = [S::Door, S::DoorStatus, S::DoorText, S::DoorRule, S::DoorChoice, S::DoorWrite];
    !door.contains(&scope) && (look.actor().is_staff() || !staff.contains(&scope))
}
