//! Saying that one is away, or back (L1): a dialog over whatever is there.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::room::AWAY_CHARS_MAX;
use crate::domain::text::truncate;
use crate::service::Answer;
use crate::service::people::{MyPresence, OwnPresence, SetAway};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::confirm::dialog_area;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::keeper::Heard;
use crate::ui::widgets::{Field, Keeper};

/// Columns of the dialog where there is room for them.
const COLUMNS: usize = 50;

/// The dialog.
pub struct AwayDialog {
    now: Option<OwnPresence>,
    why: Field,
    keeper: Keeper,
}

impl Default for AwayDialog {
    fn default() -> Self {
        let keeper = Keeper::new(Form::Line(LineFor::Away, 0));
        Self { now: None, why: Field::new(AWAY_CHARS_MAX), keeper }
    }
}

impl AwayDialog {
    fn is_away(&self) -> bool {
        self.now.as_ref().is_some_and(|now| now.away.is_some())
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        if self.keeper.leave(self.why.text(), cx) {
            cx.back();
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match self.keeper.answer(answer, self.why.text(), cx) {
            Heard::Other(answer) => answer,
            Heard::Draft(text) => return self.why.set_text(&text),
            Heard::Leave => return cx.back(),
            Heard::Nothing => return,
        };
        let answer = match answer.take::<MyPresence>() {
            Ok(Ok(now)) => {
                self.now = Some(now);
                // Who is away is asked whether they are back: there is nothing to type.
                if !self.is_away() {
                    self.keeper.load(cx);
                }
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(other) => other,
        };
        match answer.take::<SetAway>() {
            Ok(Ok(())) => {
                self.keeper.sent(cx);
                cx.good(if self.is_away() {
                    "You are back."
                } else {
                    "You are away until you say otherwise."
                });
                cx.back();
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }
}

impl Screen for AwayDialog {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "away".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.is_away() { &[Scope::Confirm] } else { &[Scope::Field] }
    }

    fn is_typing(&self) -> bool {
        !self.is_away()
    }

    fn is_waiting(&self) -> bool {
        self.now.is_none() || self.keeper.is_waiting()
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(MyPresence),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::Accept) => cx.call(SetAway { away: Some(self.why.text().to_owned()) }),
            Msg::Command(Command::Yes) => cx.call(SetAway { away: None }),
            Msg::Timer(number) => self.keeper.timer(number, self.why.text(), cx),
            Msg::Command(Command::No | Command::Back) => self.leave(cx),
            Msg::Input(input) => match self.why.input(&input) {
                Typed::Full => cx.refuse(format!("{AWAY_CHARS_MAX} characters are the most.")),
                Typed::Changed => self.keeper.changed(cx),
                Typed::Moved | Typed::Nothing => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let now = self.now.as_ref()?;
        let inner = dialog_area(area, buf, look, COLUMNS, 2);
        let width = usize::from(inner.width);
        let line = |text: &str| truncate(text, width, look.theme.signs.ellipsis).into_owned();
        let below = Rect { y: inner.y + 1, height: 1, ..inner };
        let Some(why) = &now.away else {
            buf.put(inner.x, inner.y, line("Away, because (may stay empty):"), width, look.theme.strong);
            return Some(self.why.draw(below, buf, look, look.theme.text));
        };
        let words = if why.is_empty() { "You are away.".to_owned() } else { format!("You are away: {why}") };
        buf.put(inner.x, inner.y, line(&words), width, look.theme.strong);
        buf.put(below.x, below.y, line("Are you back? y / n"), width, look.theme.dim);
        None
    }
}
