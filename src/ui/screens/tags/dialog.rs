//! The line in which a thread's tags are typed, over the screen that shows the thread. Below it stand the tags that
//! fit what is being typed; Tab completes. A refusal leaves the line as it is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::ThreadId;
use crate::domain::tag::{TAG_CHARS_MAX, TAGS_MAX};
use crate::domain::text::{display_width, truncate};
use crate::service::tags::{ListTags, SetTags, TagSummary};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::Field;
use crate::ui::widgets::confirm::dialog_area;
use crate::ui::widgets::field::Typed;

/// What stands above the line.
const QUESTION: &str = "Tags, five at most, a space between two:";
/// The same where that does not fit.
const QUESTION_SHORT: &str = "Tags, five at most:";
/// Most tags that are offered at once.
const OFFERED_MAX: usize = 6;
/// Columns of the dialog where there is room for them.
const COLUMNS: usize = 46;

/// The dialog. Once the tags are set it returns [`DialogResult::Text`] with its tag and the thread's tags as they were
/// before, which is what an undo sets.
pub struct TagDialog {
    tag: u32,
    thread: ThreadId,
    field: Field,
    known: Vec<TagSummary>,
    busy: bool,
}

impl TagDialog {
    /// For a thread that has these tags; `tag` tells the opener which question was answered.
    pub fn new(tag: u32, thread: ThreadId, tags: &[String]) -> Self {
        let text = tags.iter().map(|name| format!("{name} ")).collect::<String>();
        // Room for every `#` and comma that a person may type, too.
        let field = Field::new((TAG_CHARS_MAX + 3) * TAGS_MAX).with_text(text.trim_end());
        Self { tag, thread, field, known: Vec::new(), busy: false }
    }

    /// What is being typed: the letters after the last space.
    fn begun(&self) -> String {
        let text = self.field.text();
        let last = text.rsplit([' ', ',']).next().unwrap_or_default();
        last.trim_start_matches('#').to_lowercase()
    }

    /// Tags that fit what is being typed and are not there yet, those on the most threads first.
    fn offered(&self) -> Vec<&TagSummary> {
        let begun = self.begun();
        let mut there: Vec<&str> =
            self.field.text().split([' ', ',']).map(|w| w.trim_start_matches('#')).collect();
        there.pop();
        let fits = |tag: &&TagSummary| tag.name.starts_with(&begun) && !there.contains(&tag.name.as_str());
        let mut offered: Vec<&TagSummary> = self.known.iter().filter(fits).collect();
        offered.sort_by_key(|tag| -tag.threads);
        offered.truncate(OFFERED_MAX);
        offered
    }

    fn complete(&mut self, cx: &mut Ui<'_>) {
        let Some(name) = self.offered().first().map(|tag| tag.name.clone()) else {
            return cx.say("No tag begins like that yet. Enter sets what you typed.");
        };
        let text = self.field.text();
        let kept = text.rfind([' ', ',']).map_or(0, |at| at + 1);
        let line = format!("{}{name} ", &text[..kept]);
        // The field cleans what it is given, and with it a space at the end.
        self.field.set_text(&line);
        self.field.input(&crate::ui::input::Input::Key(crate::ui::input::KeyPress::plain(
            crate::ui::input::Key::Char(' '),
        )));
    }

    fn answer(&mut self, answer: crate::service::Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListTags>() {
            Ok(result) => {
                self.known = result.unwrap_or_default();
                return;
            }
            Err(other) => other,
        };
        let Ok(result) = answer.take::<SetTags>() else { return };
        self.busy = false;
        match result {
            Ok(set) => cx.effect(Effect::Return(DialogResult::Text(self.tag, set.before))),
            Err(why) => cx.refuse(why),
        }
    }
}

impl Screen for TagDialog {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        String::new()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::TagField]
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_waiting(&self) -> bool {
        self.busy
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(ListTags),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::Accept) => {
                self.busy = true;
                cx.call(SetTags { thread: self.thread, tags: self.field.text().to_owned() });
            }
            Msg::Command(Command::CompleteTag) => self.complete(cx),
            Msg::Command(Command::Back) => cx.back(),
            Msg::Input(input) if self.field.input(&input) == Typed::Full => {
                cx.refuse("There is no room for more: five tags at most.");
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let offered: Vec<String> = self
            .offered()
            .iter()
            .map(|tag| format!("#{} {} {}", tag.name, look.theme.signs.dot, tag.threads))
            .collect();
        // The box keeps its size while one types.
        let rows = if self.known.is_empty() {
            2
        } else {
            2 + u16::try_from(OFFERED_MAX.min(self.known.len())).unwrap_or(0)
        };
        let inner = dialog_area(area, buf, look, COLUMNS, rows.min(area.height.saturating_sub(2)));
        let width = usize::from(inner.width);
        let question = if display_width(QUESTION) > width { QUESTION_SHORT } else { QUESTION };
        let question = truncate(question, width, look.theme.signs.ellipsis);
        buf.put(inner.x, inner.y, question, width, look.theme.strong);
        for (name, y) in offered.iter().zip(inner.y + 2..inner.bottom()) {
            buf.put(inner.x, y, truncate(name, width, look.theme.signs.ellipsis), width, look.theme.dim);
        }
        let line = Rect { y: inner.y + 1, height: 1, ..inner };
        Some(self.field.draw(line, buf, look, look.theme.text))
    }
}
