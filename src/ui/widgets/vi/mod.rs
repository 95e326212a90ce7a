//! Editing as in vi, over the editor's text, clipboard and undo: modes, counts, operators with motions and text
//! objects, `.`, searching, and the few `:` commands that a text to send needs. `motion.rs` says where motions lead,
//! `normal.rs` reads the keys, `operate.rs` changes the text.
//!
//! Checked against the real thing: `tests.rs` holds what Vim 9 made of the same keys.

mod motion;
mod normal;
mod operate;

#[cfg(test)]
mod tests;

use self::motion::{Find, Ground};
use self::normal::Pending;
use super::Editor;
use super::editor::Took;
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::keys::Command;

/// Most times that a count repeats something: nobody counts further, and a slip of the finger must not hang.
const COUNT_MAX: usize = 9_999;
/// Most bytes of text, typed or pasted, that `.` or a count puts in again: a long text is typed once.
const REMEMBERED_TEXT_MAX: usize = 4_096;
/// Most other keys of one change that `.` does again: each is as much work as it was when it was pressed.
const REMEMBERED_KEYS_MAX: usize = 50;
/// Most characters of the line after `:`, `/` or `?`.
const LINE_CHARS_MAX: usize = 200;

/// A mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Keys are commands.
    Normal,
    /// Keys are text.
    Insert,
    /// Keys are commands about what is selected, by characters.
    Visual,
    /// The same by lines.
    VisualLine,
    /// A `:` command is typed.
    Command,
    /// What to search for is typed, forward or backward.
    Search {
        /// With `/`, not `?`.
        forward: bool,
    },
}

/// What is asked of the screen that the editor is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Keep the draft now.
    Save,
    /// Send the text.
    Send,
    /// Leave; the draft is kept.
    Leave,
    /// Drop the draft, after a question.
    Drop,
    /// Say this.
    Say(String),
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Did {
    /// Whether the text has changed.
    pub took: Took,
    /// What the screen has to do.
    pub ask: Option<Ask>,
}

impl Did {
    fn moved() -> Self {
        Self { took: Took::Moved, ask: None }
    }

    fn took(took: Took) -> Self {
        Self { took, ask: None }
    }

    fn ask(ask: Ask) -> Self {
        Self { took: Took::Moved, ask: Some(ask) }
    }
}

/// One thing that was done, to be done again.
#[derive(Clone, Debug)]
enum Act {
    Press(KeyPress),
    Command(Command),
    Input(Input),
    /// Letters and line feeds that were typed one after the other.
    Write(String),
}

impl Act {
    /// What it puts in, if that is all that it does in insert mode.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Input(Input::Paste(text)) | Self::Write(text) => Some(text),
            Self::Command(Command::NewLine) => Some("\n"),
            _ => None,
        }
    }

    /// The letter that it types in insert mode, if that is all that it does.
    fn letter(&self) -> Option<char> {
        match self {
            Self::Input(Input::Key(KeyPress { key: Key::Char(letter), ctrl: false, alt: false, .. })) => {
                Some(*letter).filter(|letter| !crate::domain::text::is_forbidden(*letter))
            }
            Self::Command(Command::NewLine) => Some('\n'),
            _ => None,
        }
    }
}

/// The state beside the text.
pub struct Vi {
    mode: Mode,
    pending: Pending,
    /// Where a selection was begun.
    anchor: usize,
    /// What is typed after `:`, `/` or `?`.
    line: String,
    /// What was searched for last, and in which direction.
    searched: (String, bool),
    found: Option<Find>,
    /// How often an insertion is put in, and what was typed of it so far if that is more than once; nothing any more once
    /// it is too long, or was not only written.
    repeats: usize,
    typed: Option<String>,
    /// What is being done, from the first key of a command on, and the bytes of text in it.
    doing: Vec<Act>,
    doing_bytes: usize,
    revision: u64,
    /// The last change, for `.`.
    last: Vec<Act>,
    replaying: bool,
    /// Not a change of its own for `.`: undo, redo, `.` itself.
    no_change: bool,
}

impl Default for Vi {
    fn default() -> Self {
        Self {
            mode: Mode::Normal,
            pending: Pending::default(),
            anchor: 0,
            line: String::new(),
            searched: (String::new(), true),
            found: None,
            repeats: 1,
            typed: None,
            doing: Vec::new(),
            doing_bytes: 0,
            revision: 0,
            last: Vec::new(),
            replaying: false,
            no_change: false,
        }
    }
}

impl Vi {
    /// The mode.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether keys are text.
    pub fn inserts(&self) -> bool {
        self.mode == Mode::Insert
    }

    /// The mode in a word, with the keys of a command that is not complete.
    pub fn words(&self) -> String {
        let mode = match self.mode {
            Mode::Normal => "NORMAL",
            Mode::Insert => "INSERT",
            Mode::Visual => "VISUAL",
            Mode::VisualLine => "VISUAL LINE",
            Mode::Command | Mode::Search { .. } => "COMMAND",
        };
        let keys = &self.pending.keys;
        if keys.is_empty() { mode.to_owned() } else { format!("{mode} {keys}") }
    }

    /// The line that is typed after `:`, `/` or `?`, with that sign.
    pub fn prompt(&self) -> Option<String> {
        let sign = match self.mode {
            Mode::Command => ':',
            Mode::Search { forward: true } => '/',
            Mode::Search { forward: false } => '?',
            _ => return None,
        };
        Some(format!("{sign}{}", self.line))
    }

    /// A key that is not text for the editor: in any mode but insert mode every key.
    pub fn press(&mut self, press: KeyPress, editor: &mut Editor) -> Did {
        self.act(Act::Press(press), editor)
    }

    /// A command of the editor's own keys, in insert mode.
    pub fn command(&mut self, command: Command, editor: &mut Editor) -> Did {
        self.act(Act::Command(command), editor)
    }

    /// Text, in insert mode; a paste in any.
    pub fn input(&mut self, input: &Input, editor: &mut Editor) -> Did {
        match input {
            Input::Key(press) if !self.inserts() => self.press(*press, editor),
            input => self.act(Act::Input(input.clone()), editor),
        }
    }

    /// Esc. None when there was nothing that it could end: the screen may say how one leaves.
    pub fn escape(&mut self, editor: &mut Editor) -> Option<Did> {
        let idle = self.is_idle();
        let did = self.press(KeyPress::plain(Key::Esc), editor);
        (!idle).then_some(did)
    }

    /// The text is another one: nothing of what was begun holds any more.
    pub fn start_over(&mut self, editor: &mut Editor) {
        self.mode = Mode::Normal;
        self.pending = Pending::default();
        (self.repeats, self.typed) = (1, None);
        self.settle(editor);
    }

    fn is_idle(&self) -> bool {
        self.mode == Mode::Normal && self.pending.keys.is_empty()
    }

    /// Does something, remembers it for `.`, and undoes it as one.
    fn act(&mut self, act: Act, editor: &mut Editor) -> Did {
        if self.replaying {
            return self.do_act(act, editor);
        }
        if self.is_idle() {
            self.doing.clear();
            self.doing_bytes = 0;
            self.revision = editor.revision();
            self.no_change = false;
            editor.begin_together();
        }
        self.remember(&act);
        let did = self.do_act(act, editor);
        if self.is_idle() {
            editor.end_together();
            if editor.revision() != self.revision && !self.no_change {
                self.last = std::mem::take(&mut self.doing);
            }
        }
        self.show(editor);
        did
    }

    /// Remembers what is done for `.`, unless that is more than anybody wants a second time.
    fn remember(&mut self, act: &Act) {
        let letter = act.letter().filter(|_| self.inserts());
        self.doing_bytes += letter.map_or(0, char::len_utf8).max(act.text().map_or(0, str::len));
        let keys = self.doing.iter().filter(|act| !matches!(act, Act::Write(_))).count();
        if self.doing_bytes > REMEMBERED_TEXT_MAX || keys > REMEMBERED_KEYS_MAX {
            self.no_change = true;
            self.doing.clear();
        }
        if self.no_change {
            return;
        }
        match (self.doing.last_mut(), letter) {
            (Some(Act::Write(text)), Some(letter)) => text.push(letter),
            (_, Some(letter)) => self.doing.push(Act::Write(letter.to_string())),
            (_, None) => self.doing.push(act.clone()),
        }
    }

    fn do_act(&mut self, act: Act, editor: &mut Editor) -> Did {
        match act {
            Act::Press(KeyPress { key: Key::Esc, .. }) if self.inserts() => self.end_insert(editor),
            act if self.inserts() => Did::took(self.write(&act, editor)),
            Act::Command(_) | Act::Write(_) => Did::moved(),
            Act::Input(Input::Paste(text)) if matches!(self.mode, Mode::Command | Mode::Search { .. }) => {
                self.add_to_line(&crate::domain::text::clean_line(&text))
            }
            Act::Input(input) => Did::took(editor.input(&input)),
            Act::Press(press) => match self.mode {
                Mode::Command | Mode::Search { .. } => self.type_line(press, editor),
                _ => self.key(press, editor),
            },
        }
    }

    /// What is done in insert mode. What it writes is remembered for the count, as long as it is written on, or rubbed out
    /// again, and nothing else.
    fn write(&mut self, act: &Act, editor: &mut Editor) -> Took {
        let (at, len, plain) = (editor.cursor(), editor.text().len(), editor.selected().is_none());
        let took = match act {
            Act::Command(command) => editor.command(*command),
            Act::Input(input) => editor.input(input),
            Act::Press(press) => editor.input(&Input::Key(*press)),
            Act::Write(text) => editor.write(text),
        };
        self.typed = self.typed.take().filter(|_| plain).and_then(|typed| written_on(typed, at, len, editor));
        took
    }

    /// Goes to insert mode; what is typed until Esc is put in `repeats` times.
    fn insert(&mut self, repeats: usize) {
        self.mode = Mode::Insert;
        self.repeats = repeats;
        self.typed = (repeats > 1).then(String::new);
    }

    fn end_insert(&mut self, editor: &mut Editor) -> Did {
        let more = std::mem::replace(&mut self.repeats, 1).saturating_sub(1);
        let did = match self.typed.take() {
            // All at once, for a count may be large.
            Some(typed) => Did::took(editor.put_times(editor.cursor(), &typed, more)),
            None if more > 0 => {
                Did::ask(Ask::Say("It is there once: too much was typed to be repeated.".to_owned()))
            }
            None => Did::moved(),
        };
        self.mode = Mode::Normal;
        let start = editor.line(editor.cursor()).start;
        let at = editor.cursor();
        editor.place(if at > start { editor.before(at) } else { at });
        did
    }

    /// `.`: the last change again; a count takes the place of its own.
    fn again(&mut self, count: Option<usize>, editor: &mut Editor) -> Did {
        let mut acts = self.last.clone();
        if let Some(count) = count {
            let digit = |act: &Act| matches!(act, Act::Press(KeyPress { key: Key::Char('0'..='9'), .. }));
            let own = acts.iter().take_while(|act| digit(act)).count();
            let typed = count
                .to_string()
                .chars()
                .map(|c| Act::Press(KeyPress::plain(Key::Char(c))))
                .collect::<Vec<_>>();
            acts.splice(..own, typed);
        }
        self.no_change = true;
        self.replaying = true;
        let before = editor.revision();
        let took = acts.into_iter().map(|act| self.do_act(act, editor).took);
        // What has no room once has none the next time.
        let full = took.into_iter().find(|took| matches!(took, Took::Full { .. }));
        self.replaying = false;
        self.start_over(editor);
        Did::took(if editor.revision() == before { full.unwrap_or(Took::Moved) } else { Took::Changed })
    }

    /// In normal mode the cursor stands on a character, not behind the last one.
    fn settle(&mut self, editor: &mut Editor) {
        if matches!(self.mode, Mode::Normal | Mode::Visual) {
            let line = editor.line(editor.cursor());
            if editor.cursor() >= line.end && !line.is_empty() {
                let last = Ground { editor }.last(line.start);
                editor.place(last);
            }
        }
    }

    /// Shows what is selected.
    fn show(&self, editor: &mut Editor) {
        let range = match self.mode {
            Mode::Visual | Mode::VisualLine => Some(self.selected(editor)),
            _ => None,
        };
        editor.highlight(range);
    }

    fn selected(&self, editor: &Editor) -> std::ops::Range<usize> {
        let (one, other) = (self.anchor.min(editor.text().len()), editor.cursor());
        let (start, last) = (one.min(other), one.max(other));
        if self.mode == Mode::VisualLine {
            editor.line(start).start..editor.line(last).end
        } else {
            start..editor.after(last)
        }
    }

    /// Keys of the line after `:`, `/` or `?`.
    fn type_line(&mut self, press: KeyPress, editor: &mut Editor) -> Did {
        match press.key {
            Key::Esc => self.cancel(editor),
            Key::Backspace if self.line.pop().is_none() => self.cancel(editor),
            Key::Enter => return self.enter(editor),
            Key::Char('u') if press.ctrl => self.line.clear(),
            Key::Char(letter) if !press.ctrl && !press.alt && !crate::domain::text::is_forbidden(letter) => {
                return self.add_to_line(letter.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        Did::moved()
    }

    /// Adds to the line after `:`, `/` or `?`, if all of it fits.
    fn add_to_line(&mut self, text: &str) -> Did {
        if self.line.chars().count() + text.chars().count() > LINE_CHARS_MAX {
            let words = format!("That is more than {LINE_CHARS_MAX} characters; nothing was put in.");
            return Did::ask(Ask::Say(words));
        }
        self.line.push_str(text);
        Did::moved()
    }

    fn cancel(&mut self, editor: &mut Editor) {
        self.mode = Mode::Normal;
        self.pending = Pending::default();
        self.line.clear();
        // Where whole lines were selected the cursor may have stood behind the last character.
        self.settle(editor);
    }

    fn enter(&mut self, editor: &mut Editor) -> Did {
        let line = std::mem::take(&mut self.line);
        if let Mode::Search { forward } = self.mode {
            self.mode = Mode::Normal;
            if !line.is_empty() {
                self.searched = (line, forward);
            }
            return self.search_again(forward == self.searched.1, editor);
        }
        self.cancel(editor);
        match line.trim() {
            "" => Did::moved(),
            "w" => Did::ask(Ask::Save),
            "wq" | "x" | "wq!" => Did::ask(Ask::Send),
            "q" => Did::ask(Ask::Leave),
            "q!" => Did::ask(Ask::Drop),
            "$" => {
                let last = Ground { editor }.lines_up(editor.text().len(), 0);
                self.go_first(last, editor)
            }
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                let line = number.parse::<usize>().unwrap_or(COUNT_MAX);
                let at = Ground { editor }.lines_down(0, line.saturating_sub(1));
                self.go_first(at, editor)
            }
            other => {
                let words = format!("No command \":{other}\". :w keeps, :wq sends, :q leaves, :q! drops.");
                Did::ask(Ask::Say(words))
            }
        }
    }

    fn go_first(&mut self, at: usize, editor: &mut Editor) -> Did {
        let first = Ground { editor }.first(at);
        editor.place(first);
        Did::moved()
    }
}

/// What was typed so far, after the cursor went on from `at` in a text of `len` bytes; None if it was not only written on or
/// rubbed out again, or is too long.
fn written_on(mut typed: String, at: usize, len: usize, editor: &Editor) -> Option<String> {
    let (now, text) = (editor.cursor(), editor.text());
    if now + len != at + text.len() {
        return None;
    }
    let keep =
        typed.len().checked_sub(at.saturating_sub(now)).filter(|keep| typed.is_char_boundary(*keep))?;
    typed.truncate(keep);
    typed.push_str(text.get(at.min(now)..now)?);
    (typed.len() <= REMEMBERED_TEXT_MAX).then_some(typed)
}
