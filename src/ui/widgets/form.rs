//! A form: a few one-line fields under each other, each behind its label. Which of them is typed into moves with Enter,
//! Tab and the arrows; what the texts mean is the screen's business.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Typed;
use super::{Field, ListState};
use crate::domain::text::{display_width, fit};
use crate::ui::input::Input;
use crate::ui::keys::Command;
use crate::ui::look::Look;
use crate::ui::put::Put;

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Went {
    /// It means nothing here.
    Nowhere,
    /// Another line is typed into.
    To(usize),
    /// Past the last line: the form is filled in.
    Done,
}

/// A form of at least one line.
#[derive(Clone, Debug)]
pub struct Form {
    lines: Vec<(&'static str, Field)>,
    at: usize,
}

impl Form {
    /// A form with these labels and fields.
    pub fn new(lines: Vec<(&'static str, Field)>) -> Self {
        Self { lines, at: 0 }
    }

    /// Lines in it.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line that is typed into.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Types into another line from now on.
    pub fn go_to(&mut self, line: usize) {
        self.at = line.min(self.lines.len().saturating_sub(1));
    }

    /// The text of a line; empty for a line that is not there.
    pub fn text(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |(_, field)| field.text())
    }

    /// Puts a text into a line.
    pub fn set_text(&mut self, line: usize, text: &str) {
        if let Some((_, field)) = self.lines.get_mut(line) {
            field.set_text(text);
        }
    }

    /// Takes what was typed or pasted into the line.
    pub fn input(&mut self, input: &Input) -> Typed {
        self.lines.get_mut(self.at).map_or(Typed::Nothing, |(_, field)| field.input(input))
    }

    /// Moves between the lines.
    pub fn command(&mut self, command: Command) -> Went {
        let last = self.lines.len().saturating_sub(1);
        match command {
            Command::Accept if self.at >= last => return Went::Done,
            Command::Accept => self.at += 1,
            Command::NextField => self.at = (self.at + 1).min(last),
            Command::PreviousField => self.at = self.at.saturating_sub(1),
            _ => return Went::Nowhere,
        }
        Went::To(self.at)
    }

    /// Draws the lines, as many as fit around the one that is typed into, and says where the cursor is. `focused`: one
    /// of them is typed into at all.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look, focused: bool) -> Option<Position> {
        let labels = self.lines.iter().map(|(label, _)| display_width(label)).max().unwrap_or(0);
        let labels = labels.min(usize::from(area.width) / 2);
        let mut list = ListState::default();
        list.choose(self.at);
        let mut cursor = None;
        for (index, row) in list.visible(area, self.lines.len(), 1) {
            let (label, field) = &mut self.lines[index];
            let here = focused && index == self.at;
            let style = if here { look.theme.accent } else { look.theme.dim };
            buf.put(row.x, row.y, fit(label, labels, look.theme.signs.ellipsis), labels, style);
            let indent = u16::try_from(labels).unwrap_or(0) + 1;
            let room = Rect { x: row.x + indent, width: row.width.saturating_sub(indent), ..row };
            if here {
                cursor = Some(field.draw(room, buf, look, look.theme.text));
            } else {
                field.draw_at_rest(room, buf, look, look.theme.text);
            }
        }
        cursor
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;
    use crate::ui::capabilities::Capabilities;
    use crate::ui::harness::{me, presses, text_of};

    fn form() -> Form {
        Form::new(vec![("one", Field::new(40)), ("number two", Field::new(40)), ("three", Field::masked(40))])
    }

    fn type_into(form: &mut Form, keys: &str) {
        for press in presses(keys) {
            form.input(&Input::Key(press));
        }
    }

    #[test]
    fn enter_leads_through_the_lines_and_out() {
        let mut form = form();
        type_into(&mut form, "a");
        assert_eq!(form.command(Command::Accept), Went::To(1));
        type_into(&mut form, "b");
        assert_eq!(form.command(Command::NextField), Went::To(2));
        assert_eq!(form.command(Command::NextField), Went::To(2));
        assert_eq!(form.command(Command::PreviousField), Went::To(1));
        assert_eq!(form.command(Command::Open), Went::Nowhere);
        form.go_to(9);
        assert_eq!(form.command(Command::Accept), Went::Done);
        assert_eq!((form.text(0), form.text(1), form.text(2), form.text(3)), ("a", "b", "", ""));
    }

    #[test]
    fn a_line_that_is_not_typed_into_shows_its_beginning() {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 40, 12, Timestamp(0));
        let mut form = Form::new(vec![("one", Field::new(80)), ("two", Field::new(80))]);
        form.set_text(0, "The starter is awake again.");
        form.set_text(1, "short");
        form.go_to(1);
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 2));
        form.draw(buf.area, &mut buf, &look, true);
        assert_eq!(text_of(&buf), "one The starter is…\ntwo short");
    }

    #[test]
    fn the_line_that_is_typed_into_stays_in_sight_and_secrets_do_not() {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 40, 12, Timestamp(0));
        let mut form = form();
        form.go_to(2);
        type_into(&mut form, "secret");
        let mut buf = Buffer::empty(Rect::new(0, 0, 30, 2));
        let cursor = form.draw(buf.area, &mut buf, &look, true);
        let text = text_of(&buf);
        assert!(text.contains("three      ••••••") && text.contains("number two"), "{text}");
        assert!(!text.contains("secret") && !text.contains("one"), "{text}");
        assert_eq!(cursor, Some(Position::new(17, 1)));
        assert_eq!(form.draw(buf.area, &mut buf, &look, false), None);
    }
}
