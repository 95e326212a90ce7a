//! The keys of normal and visual mode: counts, operators that wait for a motion, and everything that acts at once.

use super::motion::{Find, Ground, Reach};
use super::operate::Operator;
use super::{Ask, COUNT_MAX, Did, Mode, Vi};
use crate::ui::input::{Key, KeyPress};
use crate::ui::keys::Command;
use crate::ui::widgets::Editor;
use crate::ui::widgets::editor::Took;

/// A command that is not complete.
#[derive(Clone, Debug, Default)]
pub(super) struct Pending {
    /// The count so far.
    count: Option<usize>,
    /// The operator, with the count before it.
    operator: Option<(Operator, Option<usize>)>,
    /// A key that wants another: `g`, `f`, `r`, `Z`, or `i` and `a` of text objects.
    prefix: Option<char>,
    /// The keys so far, to be shown.
    pub(super) keys: String,
}

impl Pending {
    /// The count, of the operator and of the motion together.
    fn times(&self) -> Option<usize> {
        let before = self.operator.and_then(|(_, count)| count);
        match (before, self.count) {
            (None, None) => None,
            (one, other) => Some((one.unwrap_or(1) * other.unwrap_or(1)).min(COUNT_MAX)),
        }
    }

    /// Whether a key is one more digit of a count that is as large as they get: it changes nothing and is not shown.
    fn is_full_of(&self, letter: char) -> bool {
        self.prefix.is_none() && self.count == Some(COUNT_MAX) && letter.is_ascii_digit()
    }
}

impl Vi {
    pub(super) fn key(&mut self, press: KeyPress, editor: &mut Editor) -> Did {
        let KeyPress { key, ctrl, .. } = press;
        let letter = match key {
            Key::Esc => {
                self.mode = Mode::Normal;
                self.pending = Pending::default();
                self.settle(editor);
                return Did::moved();
            }
            Key::Char(letter) if ctrl => return self.control(letter, editor),
            Key::Char(letter) => letter,
            Key::Enter if self.pending.prefix == Some('r') => '\n',
            Key::Left | Key::Backspace => 'h',
            Key::Right => 'l',
            Key::Up => 'k',
            Key::Down => 'j',
            Key::Home => '0',
            Key::End => '$',
            Key::Enter => '+',
            Key::Delete => 'x',
            Key::PageUp => return self.control('b', editor),
            Key::PageDown => return self.control('f', editor),
            _ => return Did::moved(),
        };
        if key == Key::Home {
            // Never a digit of a count.
            let did = self.motion_key('0', editor).unwrap_or_else(Did::moved);
            self.pending = Pending::default();
            self.settle(editor);
            return did;
        }
        if !self.pending.is_full_of(letter) {
            self.pending.keys.push(letter);
        }
        let did = self.letter(letter, editor);
        // A key that completes nothing, or nothing that there is, ends the command.
        if did.is_some() {
            self.pending = Pending::default();
            self.settle(editor);
        }
        did.unwrap_or_else(Did::moved)
    }

    /// How often what acts at once is done.
    pub(super) fn times(&self) -> usize {
        self.pending.times().unwrap_or(1)
    }

    fn control(&mut self, letter: char, editor: &mut Editor) -> Did {
        self.pending = Pending::default();
        match letter {
            'r' => {
                self.no_change = true;
                let took = editor.command(Command::Redo);
                // What was selected is another text now.
                self.start_over(editor);
                Did::took(took)
            }
            'f' | 'd' => self.page(Command::PageDown, editor),
            'b' | 'u' => self.page(Command::PageUp, editor),
            _ => Did::moved(),
        }
    }

    fn page(&mut self, command: Command, editor: &mut Editor) -> Did {
        editor.command(command);
        self.settle(editor);
        Did::moved()
    }

    /// One key. None while the command is not complete.
    fn letter(&mut self, letter: char, editor: &mut Editor) -> Option<Did> {
        if let Some(prefix) = self.pending.prefix.take() {
            return self.after_prefix(prefix, letter, editor);
        }
        if let Some(digit) = letter.to_digit(10).filter(|digit| *digit > 0 || self.pending.count.is_some()) {
            let count = self.pending.count.unwrap_or(0) * 10 + usize::try_from(digit).unwrap_or(0);
            self.pending.count = Some(count.min(COUNT_MAX));
            return None;
        }
        let visual = matches!(self.mode, Mode::Visual | Mode::VisualLine);
        let object = visual || self.pending.operator.is_some();
        if matches!(letter, 'g' | 'f' | 'F' | 't' | 'T' | 'r' | 'Z')
            || (object && matches!(letter, 'i' | 'a'))
        {
            self.pending.prefix = Some(letter);
            return None;
        }
        if let Some(operator) = Operator::of(letter) {
            return self.operator_key(operator, visual, editor);
        }
        if matches!(letter, '/' | '?') {
            self.mode = Mode::Search { forward: letter == '/' };
            self.line.clear();
            return None;
        }
        if let Some(did) = self.motion_key(letter, editor) {
            return Some(did);
        }
        if self.pending.operator.is_some() {
            return Some(Did::moved());
        }
        Some(if visual { self.visual_key(letter, editor) } else { self.normal_key(letter, editor) })
    }

    fn operator_key(&mut self, operator: Operator, visual: bool, editor: &mut Editor) -> Option<Did> {
        if visual {
            return Some(self.operate_on_selection(operator, editor));
        }
        match self.pending.operator {
            None => {
                self.pending.operator = Some((operator, self.pending.count.take()));
                None
            }
            Some((waiting, _)) if waiting == operator => {
                let lines = self.pending.times().unwrap_or(1);
                let at = editor.cursor();
                let last = Ground { editor }.lines_down(at, lines - 1);
                Some(self.operate_on_lines(operator, at, last, editor))
            }
            Some(_) => Some(Did::moved()),
        }
    }

    fn after_prefix(&mut self, prefix: char, letter: char, editor: &mut Editor) -> Option<Did> {
        match (prefix, letter) {
            ('g', 'g') => {
                let line = self.pending.times().unwrap_or(1);
                let to = Ground { editor }.lines_down(0, line - 1);
                Some(self.go_lines(to, editor))
            }
            ('g', 'j' | 'k') => Some(self.rows(letter == 'j', editor)),
            ('Z', 'Z') => Some(Did::ask(Ask::Send)),
            ('Z', 'Q') => Some(Did::ask(Ask::Drop)),
            ('r', with) => Some(self.replace_letters(with, editor)),
            ('f' | 'F' | 't' | 'T', letter) => {
                let find = Find { letter, forward: prefix.is_lowercase(), till: matches!(prefix, 't' | 'T') };
                self.found = Some(find);
                Some(self.find(find, false, editor))
            }
            ('i' | 'a', object) => Some(self.text_object(object, prefix == 'a', editor)),
            _ => Some(Did::moved()),
        }
    }

    fn find(&mut self, find: Find, again: bool, editor: &mut Editor) -> Did {
        let times = self.pending.times().unwrap_or(1);
        match (Ground { editor }).find(editor.cursor(), find, times, again) {
            Some(to) => self.go(to, if find.forward { Reach::Inclusive } else { Reach::Exclusive }, editor),
            None => Did::moved(),
        }
    }

    /// A motion. None for what is none.
    fn motion_key(&mut self, letter: char, editor: &mut Editor) -> Option<Did> {
        use Reach::{Exclusive, Inclusive};
        let times = self.pending.times();
        let (count, at) = (times.unwrap_or(1), editor.cursor());
        let ground = Ground { editor };
        let line = editor.line(at);
        let repeat = |step: &dyn Fn(usize) -> usize| Ground::steps(at, count, step);
        let (to, reach) = match letter {
            'h' => (repeat(&|at| editor.before(at).max(line.start)), Exclusive),
            'l' | ' ' => (repeat(&|at| editor.after(at).min(line.end)), Exclusive),
            '0' => (line.start, Exclusive),
            '^' => (ground.first(at), Exclusive),
            '$' => (ground.last(ground.lines_down(at, count - 1)), Inclusive),
            'w' | 'W' => return Some(self.word(letter == 'W', count, editor)),
            'b' | 'B' => (repeat(&|at| ground.back(at, letter == 'B')), Exclusive),
            'e' | 'E' => (repeat(&|at| ground.end(at, letter == 'E')), Inclusive),
            '{' => (repeat(&|at| ground.paragraph_up(at)), Exclusive),
            '}' => (repeat(&|at| ground.paragraph_down(at)), Exclusive),
            'G' => {
                let to = match times {
                    Some(line) => ground.lines_down(0, line.saturating_sub(1)),
                    None => editor.line(editor.text().len()).start,
                };
                return Some(self.go_lines(to, editor));
            }
            '+' | '-' if self.pending.operator.is_none() => {
                let to =
                    if letter == '+' { ground.lines_down(at, count) } else { ground.lines_up(at, count) };
                (ground.first(to), Reach::Lines)
            }
            'j' | 'k' => return Some(self.up_or_down(letter == 'j', count, editor)),
            ';' | ',' => {
                let Some(find) = self.found else { return Some(Did::moved()) };
                let turned = Find { forward: find.forward == (letter == ';'), ..find };
                return Some(self.find(turned, true, editor));
            }
            'n' | 'N' => return Some(self.search_again(letter == 'n', editor)),
            _ => return None,
        };
        Some(self.go(to, reach, editor))
    }

    /// `w`; with an operator it stops at the end of the line, and `cw` leaves the blanks alone.
    fn word(&mut self, big: bool, count: usize, editor: &mut Editor) -> Did {
        let (ground, at) = (Ground { editor }, editor.cursor());
        let Some((operator, _)) = self.pending.operator else {
            let to = Ground::steps(at, count, |at| ground.word(at, big));
            return self.go(to, Reach::Exclusive, editor);
        };
        let on_blank = editor.text()[at..].chars().next().is_none_or(char::is_whitespace);
        if operator == Operator::Change && !on_blank {
            // Of the word the cursor stands in, the end may be where it stands.
            let first = ground.end_of_word(at, big);
            let to = Ground::steps(first, count - 1, |at| ground.end(at, big));
            return self.go(to, Reach::Inclusive, editor);
        }
        let before = Ground::steps(at, count - 1, |at| ground.word(at, big));
        let mut to = ground.word(before, big);
        let line = editor.line(before);
        if to > line.end {
            to = line.end.max(at);
        }
        self.go(to, Reach::Exclusive, editor)
    }

    /// `j` and `k` go by rows, as they are seen; with an operator by lines.
    fn up_or_down(&mut self, down: bool, count: usize, editor: &mut Editor) -> Did {
        if self.pending.operator.is_some() {
            let (ground, at) = (Ground { editor }, editor.cursor());
            let to = if down { ground.lines_down(at, count) } else { ground.lines_up(at, count) };
            if to == editor.line(at).start {
                return Did::moved();
            }
            return self.go(to, Reach::Lines, editor);
        }
        for _ in 0..count {
            self.rows(down, editor);
        }
        Did::moved()
    }

    fn rows(&mut self, down: bool, editor: &mut Editor) -> Did {
        match down {
            true if !editor.is_at_bottom() => editor.command(Command::Down),
            false if !editor.is_at_top() => editor.command(Command::Up),
            _ => Took::Moved,
        };
        Did::moved()
    }

    fn go_lines(&mut self, to: usize, editor: &mut Editor) -> Did {
        let to = Ground { editor }.first(to);
        self.go(to, Reach::Lines, editor)
    }

    pub(super) fn search_again(&mut self, same_way: bool, editor: &mut Editor) -> Did {
        let (what, forward) = self.searched.clone();
        let forward = forward == same_way;
        let count = self.pending.times().unwrap_or(1);
        let Some(at) = (Ground { editor }).search(editor.cursor(), &what, count, forward) else {
            self.pending = Pending::default();
            self.settle(editor);
            return Did::ask(Ask::Say(format!("Not here: {what}")));
        };
        let did = self.go(at, Reach::Exclusive, editor);
        self.pending = Pending::default();
        self.settle(editor);
        did
    }

    /// A motion came: the cursor goes there, or the operator that waits takes what lies between.
    fn go(&mut self, to: usize, reach: Reach, editor: &mut Editor) -> Did {
        let at = editor.cursor();
        match self.pending.operator {
            None => {
                editor.place(to);
                Did::moved()
            }
            Some((operator, _)) => match reach {
                Reach::Lines => self.operate_on_lines(operator, at.min(to), at.max(to), editor),
                Reach::Inclusive => self.operate(operator, at.min(to)..editor.after(at.max(to)), editor),
                Reach::Exclusive => self.operate(operator, at.min(to)..at.max(to), editor),
            },
        }
    }

    fn text_object(&mut self, object: char, around: bool, editor: &mut Editor) -> Did {
        let (ground, at) = (Ground { editor }, editor.cursor());
        let operator = self.pending.operator.map(|(operator, _)| operator);
        if object == 'p' {
            let (start, last) = ground.paragraph_object(at, around);
            return match operator {
                Some(operator) => self.operate_on_lines(operator, start, last, editor),
                None => {
                    self.mode = Mode::VisualLine;
                    self.anchor = start;
                    editor.place(last);
                    Did::moved()
                }
            };
        }
        if !matches!(object, 'w' | 'W') {
            return Did::moved();
        }
        let range = ground.word_object(at, object == 'W', around);
        match operator {
            Some(operator) => self.operate(operator, range, editor),
            None => {
                self.anchor = range.start;
                editor.place(editor.before(range.end).max(range.start));
                Did::moved()
            }
        }
    }

    /// Keys about what is selected, besides motions and operators.
    fn visual_key(&mut self, letter: char, editor: &mut Editor) -> Did {
        match letter {
            'v' | 'V' => {
                let wanted = if letter == 'v' { Mode::Visual } else { Mode::VisualLine };
                self.mode = if self.mode == wanted { Mode::Normal } else { wanted };
                Did::moved()
            }
            'o' => {
                let at = editor.cursor();
                editor.place(std::mem::replace(&mut self.anchor, at));
                Did::moved()
            }
            'x' => self.operate_on_selection(Operator::Delete, editor),
            's' => self.operate_on_selection(Operator::Change, editor),
            '~' => self.turn_case(self.selected(editor), editor),
            'J' => self.join_selected(editor),
            'p' | 'P' => self.paste_over(editor),
            _ => Did::moved(),
        }
    }

    /// What acts at once.
    fn normal_key(&mut self, letter: char, editor: &mut Editor) -> Did {
        let (at, count) = (editor.cursor(), self.pending.times().unwrap_or(1));
        let line = editor.line(at);
        let right = |editor: &Editor| Ground::steps(at, count, |at| editor.after(at).min(line.end));
        match letter {
            'i' | 'a' | 'I' | 'A' => {
                let to = match letter {
                    'i' => at,
                    'a' => editor.after(at).min(line.end),
                    'A' => line.end,
                    _ => Ground { editor }.first_to_write(at),
                };
                editor.place(to);
                self.insert(count);
                Did::moved()
            }
            'o' | 'O' => self.open_line(letter == 'o', editor),
            'x' => self.operate(Operator::Delete, at..right(editor), editor),
            'X' => {
                let start = Ground::steps(at, count, |at| editor.before(at).max(line.start));
                self.operate(Operator::Delete, start..at, editor)
            }
            's' => self.operate(Operator::Change, at..right(editor), editor),
            'S' => {
                let last = Ground { editor }.lines_down(at, count - 1);
                self.operate_on_lines(Operator::Change, at, last, editor)
            }
            'D' | 'C' => {
                let end = editor.line(Ground { editor }.lines_down(at, count - 1)).end;
                let operator = if letter == 'D' { Operator::Delete } else { Operator::Change };
                self.operate(operator, at..end, editor)
            }
            'Y' => {
                let last = Ground { editor }.lines_down(at, count - 1);
                self.operate_on_lines(Operator::Yank, at, last, editor)
            }
            'J' => self.join(count.max(2) - 1, editor),
            '~' => self.turn_case(at..right(editor), editor),
            'p' | 'P' => self.paste(letter == 'p', count, editor),
            'u' => {
                self.no_change = true;
                let undone =
                    (0..count).take_while(|_| editor.command(Command::Undo) == Took::Changed).count();
                Did::took(if undone > 0 { Took::Changed } else { Took::Moved })
            }
            '.' => {
                let count = self.pending.times();
                self.pending = Pending::default();
                self.again(count, editor)
            }
            'v' | 'V' => {
                self.mode = if letter == 'v' { Mode::Visual } else { Mode::VisualLine };
                self.anchor = at;
                Did::moved()
            }
            ':' => {
                self.mode = Mode::Command;
                self.line.clear();
                Did::moved()
            }
            _ => Did::moved(),
        }
    }
}
