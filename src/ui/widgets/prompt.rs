//! A question with a one-line answer, as a dialog over the screen that asks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::{Input as Field, InputRequest};

use super::confirm::dialog_area;
use crate::domain::text::{clean_line, display_width};
use crate::ui::input::{Input, Key, KeyPress};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};

/// Columns of the field where there is room for them.
const FIELD_COLUMNS: usize = 40;
/// Most characters that are taken; more come from a stuck key or a stray paste.
const CHARS_MAX: usize = 1_000;

/// The dialog. Answered with Enter it returns [`DialogResult::Text`] with its tag and the cleaned line; left with Esc
/// it returns nothing.
pub struct Prompt {
    tag: u32,
    question: String,
    field: Field,
}

impl Prompt {
    /// A question; `tag` tells its opener which one was answered, `text` stands in the field to begin with.
    pub fn new(tag: u32, question: impl Into<String>, text: impl Into<String>) -> Self {
        Self { tag, question: question.into(), field: Field::new(text.into()) }
    }

    fn insert(&mut self, text: &str) {
        let room = CHARS_MAX.saturating_sub(self.field.value().chars().count());
        for letter in text.chars().take(room) {
            self.field.handle(InputRequest::InsertChar(letter));
        }
    }

    fn press(&mut self, press: KeyPress) {
        let request = match press {
            KeyPress { key: Key::Char(letter), ctrl: false, alt: false, .. } => {
                return self.insert(&letter.to_string());
            }
            KeyPress { key: Key::Char('a'), ctrl: true, .. } | KeyPress { key: Key::Home, .. } => {
                InputRequest::GoToStart
            }
            KeyPress { key: Key::Char('e'), ctrl: true, .. } | KeyPress { key: Key::End, .. } => {
                InputRequest::GoToEnd
            }
            KeyPress { key: Key::Char('w'), ctrl: true, .. } => InputRequest::DeletePrevWord,
            KeyPress { key: Key::Char('u'), ctrl: true, .. } => InputRequest::DeleteLine,
            KeyPress { key: Key::Char('k'), ctrl: true, .. } => InputRequest::DeleteTillEnd,
            KeyPress { key: Key::Left, .. } => InputRequest::GoToPrevChar,
            KeyPress { key: Key::Right, .. } => InputRequest::GoToNextChar,
            KeyPress { key: Key::Backspace, .. } => InputRequest::DeletePrevChar,
            KeyPress { key: Key::Delete, .. } => InputRequest::DeleteNextChar,
            _ => return,
        };
        self.field.handle(request);
    }
}

impl Screen for Prompt {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        String::new()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Command(Command::Accept) => {
                let text = clean_line(self.field.value());
                cx.effect(Effect::Return(DialogResult::Text(self.tag, text)));
            }
            Msg::Command(Command::Back) => cx.back(),
            Msg::Input(Input::Key(press)) => self.press(press),
            Msg::Input(Input::Paste(text)) => self.insert(&clean_line(&text)),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let columns = display_width(&self.question).max(FIELD_COLUMNS);
        let inner = dialog_area(area, buf, look, columns, 2);
        let width = usize::from(inner.width);
        buf.set_stringn(inner.x, inner.y, &self.question, width, look.theme.strong);
        let scroll = self.field.visual_scroll(width.saturating_sub(1));
        let shown = after_columns(self.field.value(), scroll);
        buf.set_stringn(inner.x, inner.y + 1, shown, width, look.theme.text);
        let cursor = u16::try_from(self.field.visual_cursor().saturating_sub(scroll)).unwrap_or(0);
        Some(Position::new(inner.x + cursor.min(inner.width.saturating_sub(1)), inner.y + 1))
    }
}

/// `text` without its first `columns` columns.
fn after_columns(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let mut start = 0;
    for (cluster, width) in crate::domain::text::cells(text) {
        if used >= columns {
            break;
        }
        used += width;
        start += cluster.len();
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;
    use crate::ui::capabilities::Capabilities;
    use crate::ui::harness::{me, presses};

    fn type_into(prompt: &mut Prompt, keys: &str) -> Vec<Effect> {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 80, 24, Timestamp(0));
        let mut effects = Vec::new();
        for press in presses(keys) {
            let msg = match press.key {
                Key::Enter => Msg::Command(Command::Accept),
                Key::Esc => Msg::Command(Command::Back),
                _ => Msg::Input(Input::Key(press)),
            };
            prompt.update(msg, &mut Ui::new(&look, &mut effects));
        }
        effects
    }

    #[test]
    fn it_returns_the_line_cleaned() {
        let mut prompt = Prompt::new(7, "Which post?", "1");
        let effects = type_into(&mut prompt, "23x<Bksp><Home>4<Enter>");
        let [Effect::Return(result)] = effects.as_slice() else { panic!("{} effects", effects.len()) };
        assert_eq!(*result, DialogResult::Text(7, "4123".to_owned()));
    }

    #[test]
    fn left_it_returns_nothing() {
        let mut prompt = Prompt::new(7, "Which post?", "");
        assert!(matches!(type_into(&mut prompt, "5<Esc>").as_slice(), [Effect::Back]));
    }

    #[test]
    fn a_long_line_keeps_its_end_in_sight_at_forty_columns() {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 40, 12, Timestamp(0));
        let mut prompt = Prompt::new(7, "Which post?", "");
        prompt.insert(&"日本".repeat(400));
        let area = Rect::new(0, 1, 40, 9);
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, 12));
        let cursor = prompt.draw(area, &mut buf, &look).expect("a cursor");
        assert!(cursor.x < 40 && buf[(cursor.x, cursor.y)].symbol() == " ");
    }
}
