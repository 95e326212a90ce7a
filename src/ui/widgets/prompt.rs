//! A question with a one-line answer, as a dialog over the screen that asks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::confirm::dialog_area;
use super::field::{Field, Typed};
use super::keeper::{Heard, Keeper};
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::text::{clean_line, display_width, wrap};
use crate::service::Answer;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};

/// Columns of the field where there is room for them.
const FIELD_COLUMNS: usize = 40;
/// Columns that a question takes at most; longer ones go on below.
const QUESTION_COLUMNS: usize = 66;
/// Most characters that are taken; more come from a stuck key or a stray paste.
const CHARS_MAX: usize = 2_000;

/// The dialog. Answered with Enter it returns [`DialogResult::Text`] with its tag and the cleaned line; left with Esc
/// it returns nothing.
pub struct Prompt {
    tag: u32,
    question: String,
    field: Field,
    /// Keeps the answer as a draft.
    keeper: Option<Keeper>,
}

impl Prompt {
    /// A question; `tag` tells its opener which one was answered, `text` stands in the field to begin with.
    pub fn new(tag: u32, question: impl Into<String>, text: impl Into<String>) -> Self {
        let field = Field::new(CHARS_MAX).with_text(&text.into());
        Self { tag, question: question.into(), field, keeper: None }
    }

    /// The same, for an answer that is more than a word: it is kept as a draft, and offered again. The app drops it once
    /// the act that it was typed for is done.
    #[must_use]
    pub fn kept(mut self, form: Form) -> Self {
        self.keeper = Some(Keeper::new(form));
        self
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        let text = self.field.text();
        if self.keeper.as_mut().is_none_or(|keeper| keeper.leave(text, cx)) {
            cx.back();
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let Some(keeper) = &mut self.keeper else { return };
        match keeper.answer(answer, self.field.text(), cx) {
            Heard::Draft(text) => self.field.set_text(&text),
            Heard::Leave => cx.back(),
            Heard::Other(_) | Heard::Nothing => {}
        }
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

    fn keeps(&self) -> Option<DraftTarget> {
        self.keeper.as_ref().map(Keeper::target)
    }

    fn is_waiting(&self) -> bool {
        self.keeper.as_ref().is_some_and(Keeper::is_waiting)
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.load(cx);
                }
            }
            Msg::Timer(number) => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.timer(number, self.field.text(), cx);
                }
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::Accept) => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.keep_now(self.field.text(), cx);
                }
                let text = clean_line(self.field.text());
                cx.effect(Effect::Return(DialogResult::Text(self.tag, text)));
            }
            Msg::Command(Command::Back) => self.leave(cx),
            Msg::Input(input) => match self.field.input(&input) {
                Typed::Full => {
                    cx.refuse(format!("That is more than {CHARS_MAX} characters; nothing was put in."));
                }
                Typed::Changed => {
                    if let Some(keeper) = &mut self.keeper {
                        keeper.changed(cx);
                    }
                }
                Typed::Moved | Typed::Nothing => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let room = usize::from(area.width.saturating_sub(4)).clamp(1, QUESTION_COLUMNS);
        let columns = display_width(&self.question).max(FIELD_COLUMNS).min(room);
        let question = wrap(&self.question, columns);
        let rows = u16::try_from(question.len()).unwrap_or(1).min(area.height.saturating_sub(3)).max(1);
        let inner = dialog_area(area, buf, look, columns, rows + 1);
        let width = usize::from(inner.width);
        for (line, y) in question.iter().zip(inner.y..inner.y + rows) {
            buf.put(inner.x, y, line, width, look.theme.strong);
        }
        let line = Rect { y: inner.y + rows, height: 1, ..inner };
        Some(self.field.draw(line, buf, look, look.theme.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Timestamp;
    use crate::ui::capabilities::Capabilities;
    use crate::ui::harness::{me, presses};
    use crate::ui::input::{Input, Key};

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
        prompt.field.set_text(&"日本".repeat(400));
        let area = Rect::new(0, 1, 40, 9);
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, 12));
        let cursor = prompt.draw(area, &mut buf, &look).expect("a cursor");
        assert!(cursor.x < 40 && buf[(cursor.x, cursor.y)].symbol() == " ");
    }
}
