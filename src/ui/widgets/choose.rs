//! A question with a few answers to choose from, as a dialog over the screen that asks: a letter less than a screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::ListState;
use super::confirm::dialog_area;
use crate::domain::text::{display_width, truncate, wrap};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};

/// Answers that have a digit of their own.
const DIGITS: usize = 9;
/// Answers that must be seen at once, however long the question is.
const ANSWERS_MIN: usize = 4;

/// The dialog. Answered it returns [`DialogResult::Choice`] with its tag and the answer's index.
pub struct Choose {
    tag: u32,
    question: String,
    answers: Vec<String>,
    list: ListState,
}

impl Choose {
    /// A question; `tag` tells its opener which one was answered.
    pub fn new(tag: u32, question: impl Into<String>, answers: Vec<String>) -> Self {
        Self { tag, question: question.into(), answers, list: ListState::default() }
    }

    fn answer(&self, index: usize, cx: &mut Ui<'_>) {
        if index < self.answers.len() {
            cx.effect(Effect::Return(DialogResult::Choice(self.tag, index)));
        }
    }
}

impl Screen for Choose {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        String::new()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choose, Scope::List]
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        let Msg::Command(command) = msg else { return };
        if self.list.command(command, self.answers.len()) {
            return;
        }
        match command {
            Command::Open => self.answer(self.list.chosen(), cx),
            Command::Pick(digit) => self.answer(usize::from(digit).saturating_sub(1), cx),
            Command::Back => cx.back(),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let widest = self.answers.iter().map(|answer| display_width(answer) + 4).max().unwrap_or(0);
        let columns = widest.max(display_width(&self.question));
        let room = usize::from(area.width).saturating_sub(4);
        // The whole question, as long as a few answers are seen with it.
        let mut question = wrap(&self.question, columns.min(room).max(1));
        question.truncate(usize::from(area.height.saturating_sub(2)).saturating_sub(ANSWERS_MIN).max(1));
        let asked = u16::try_from(question.len()).unwrap_or(1);
        let answers = u16::try_from(self.answers.len()).unwrap_or(u16::MAX);
        let rows = answers.saturating_add(asked).min(area.height.saturating_sub(2));
        let inner = dialog_area(area, buf, look, columns, rows);
        let width = usize::from(inner.width);
        for (line, y) in question.iter().zip(inner.top()..inner.bottom()) {
            buf.put(inner.x, y, line, width, look.theme.strong);
        }
        let list = Rect { y: inner.y + asked, height: inner.height.saturating_sub(asked), ..inner };
        for (index, row) in self.list.visible(list, self.answers.len(), 1) {
            draw_answer(&self.answers[index], index, row, buf, look);
            self.list.draw_mark(index, row, buf, look);
        }
        None
    }
}

/// Draws an answer with its digit: mark, digit, words.
pub fn draw_answer(answer: &str, index: usize, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    if index < DIGITS {
        buf.put(row.x + 2, row.y, (index + 1).to_string(), 1, theme.accent);
    }
    let room = usize::from(row.width).saturating_sub(4);
    let answer = truncate(answer, room, theme.signs.ellipsis);
    buf.put(row.x + 4, row.y, answer, room, theme.text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;
    use crate::ui::capabilities::Capabilities;
    use crate::ui::harness::{me, text_of};

    fn effects_of(dialog: &mut Choose, command: Command) -> Vec<Effect> {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 40, 12, Timestamp(0));
        let mut effects = Vec::new();
        dialog.update(Msg::Command(command), &mut Ui::new(&look, &mut effects));
        effects
    }

    fn dialog() -> Choose {
        let answers = (1..=12).map(|number| format!("answer number {number}")).collect();
        Choose::new(3, "Which one?", answers)
    }

    #[test]
    fn a_digit_or_enter_answers() {
        let mut dialog = dialog();
        let chosen = |effects: Vec<Effect>| match effects.as_slice() {
            [Effect::Return(result)] => Some(result.clone()),
            _ => None,
        };
        assert_eq!(chosen(effects_of(&mut dialog, Command::Pick(2))), Some(DialogResult::Choice(3, 1)));
        assert!(effects_of(&mut dialog, Command::Down).is_empty());
        assert_eq!(chosen(effects_of(&mut dialog, Command::Open)), Some(DialogResult::Choice(3, 1)));
        assert!(matches!(effects_of(&mut dialog, Command::Back).as_slice(), [Effect::Back]));
    }

    #[test]
    fn a_long_list_scrolls_at_forty_by_twelve() {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 40, 12, Timestamp(0));
        let mut dialog = dialog();
        effects_of(&mut dialog, Command::Bottom);
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, 12));
        dialog.draw(Rect::new(0, 1, 40, 9), &mut buf, &look);
        let text = text_of(&buf);
        assert!(text.contains("Which one?") && text.contains("answer number 12"), "{text}");
    }
}
