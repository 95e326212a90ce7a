//! A nudge (L7): one line to a member who is here, or to whoever is on duty. A dialog over whatever is there.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::conversation::NUDGE_CHARS_MAX;
use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::MemberId;
use crate::domain::text::truncate;
use crate::service::Answer;
use crate::service::nudges::{NudgeTo, Nudged, SendNudge};
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
const COLUMNS: usize = 60;

/// The dialog.
pub struct NudgeDialog {
    to: Option<MemberId>,
    line: Field,
    keeper: Keeper,
    sending: bool,
}

impl NudgeDialog {
    /// A nudge to a member; none: to whoever is on duty.
    pub fn new(to: Option<MemberId>) -> Self {
        let keeper = Keeper::new(Form::Line(LineFor::Nudge, to.map_or(0, |to| to.0)));
        Self { to, line: Field::new(NUDGE_CHARS_MAX), keeper, sending: false }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match self.keeper.answer(answer, self.line.text(), cx) {
            Heard::Other(answer) => answer,
            Heard::Draft(text) => return self.line.set_text(&text),
            Heard::Leave => return cx.back(),
            Heard::Nothing => return,
        };
        match answer.take::<SendNudge>() {
            Ok(Ok(nudged)) => {
                self.keeper.sent(cx);
                cx.good(outcome(&nudged));
                cx.back();
            }
            Ok(Err(why)) => {
                self.sending = false;
                cx.refuse(why);
            }
            Err(_) => {}
        }
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        if self.keeper.leave(self.line.text(), cx) {
            cx.back();
        }
    }

    fn send(&mut self, cx: &mut Ui<'_>) {
        let to = self.to.map_or(NudgeTo::OnDuty, NudgeTo::Member);
        self.sending = true;
        cx.call(SendNudge { to, text: self.line.text().to_owned() });
    }
}

/// What became of a nudge, in words.
fn outcome(nudged: &Nudged) -> String {
    let away = nudged.left_for.join(", ");
    match (nudged.seen_by.is_empty(), nudged.left_for.is_empty()) {
        (false, true) => format!("{} can see it now.", nudged.seen_by.join(", ")),
        (true, _) => format!("Not here just now: {away} will find it as a message."),
        (false, false) => format!("{} can see it now; {away} will find it.", nudged.seen_by.join(", ")),
    }
}

impl Screen for NudgeDialog {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "nudge".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_waiting(&self) -> bool {
        self.sending || self.keeper.is_waiting()
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => self.keeper.load(cx),
            Msg::Timer(number) => self.keeper.timer(number, self.line.text(), cx),
            Msg::Command(Command::Accept) if !self.line.text().trim().is_empty() => self.send(cx),
            Msg::Command(Command::Accept | Command::Back) => self.leave(cx),
            Msg::Input(input) => match self.line.input(&input) {
                Typed::Full => {
                    cx.refuse(format!(
                        "A nudge has at most {NUDGE_CHARS_MAX} characters; nothing was put in."
                    ));
                }
                Typed::Changed => self.keeper.changed(cx),
                Typed::Moved | Typed::Nothing => {}
            },
            Msg::Answer(answer) => self.answer(answer, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let inner = dialog_area(area, buf, look, COLUMNS, 3);
        let width = usize::from(inner.width);
        let (question, hint) = match self.to {
            Some(_) => ("A nudge: one line.", "Seen at once when they are here, else it waits as a message."),
            None => (
                "A nudge to whoever is on duty: one line.",
                "When no moderator is here, it waits as a message.",
            ),
        };
        let cut = |text| truncate(text, width, look.theme.signs.ellipsis);
        buf.put(inner.x, inner.y, cut(question), width, look.theme.strong);
        buf.put(inner.x, inner.y + 1, cut(hint), width, look.theme.dim);
        let row = Rect { y: inner.y + 2, height: 1, ..inner };
        Some(self.line.draw(row, buf, look, look.theme.text))
    }
}
