//! The rules of a newer charter that are new to a member, one by one, over whatever is there (M8). They come again until
//! they are accepted.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::Answer;
use crate::service::charter::{AcceptNewRuleOf, NewRules, RulesToAccept};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::confirm::dialog_area;
use crate::ui::widgets::{Pager, Rows};

/// Columns of the dialog where there is room for them.
const COLUMNS: u16 = 62;

/// The dialog.
#[derive(Default)]
pub struct NewRulesDialog {
    new: Option<RulesToAccept>,
    pager: Pager,
    busy: bool,
}

impl Screen for NewRulesDialog {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "the charter has changed".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::NewRule, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.new.is_none() || self.busy
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Resync => cx.call(NewRules),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::Acknowledge) => {
                let rule = self.new.as_ref().and_then(|new| Some((new.version, new.rules.first()?.no)));
                if let Some((version, no)) = rule {
                    self.busy = true;
                    cx.call(AcceptNewRuleOf { version, no });
                }
            }
            Msg::Command(Command::Back) => {
                cx.say(
                    "Enter accepts it; q leaves for now, and it waits. Everybody here keeps the same rules.",
                );
            }
            Msg::Command(other) => {
                self.pager.command(other);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let new = self.new.as_ref()?;
        let rule = new.rules.first()?;
        let theme = &look.theme;
        let width = usize::from(COLUMNS.min(area.width.saturating_sub(4)));
        let mut rows = Rows::default();
        rows.push("The charter has changed", theme.warn);
        rows.push_wrapped(&format!("{}. {}", rule.no, rule.title), width, 0, theme.strong);
        rows.push_wrapped(&rule.body, width, 0, theme.text);
        rows.gap();
        let left = match new.rules.len() - 1 {
            0 => "Enter: I accept this rule".to_owned(),
            more => format!("Enter: I accept this rule ({more} more)"),
        };
        rows.push(left, theme.accent);
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
        let inner = dialog_area(area, buf, look, usize::from(COLUMNS), wanted);
        let window = self.pager.window(inner.height, rows.len());
        rows.draw(window, inner, buf);
        if self.pager.has_more() && inner.height > 0 {
            let x = inner.right().saturating_sub(1);
            buf.put(x, inner.bottom() - 1, theme.signs.more_down, 1, theme.accent);
        }
        None
    }
}

impl NewRulesDialog {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<NewRules>() {
            Ok(Ok(new)) => {
                if new.rules.is_empty() {
                    cx.back();
                }
                self.pager = Pager::default();
                return self.new = Some(new);
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(other) => other,
        };
        self.busy = false;
        if let Ok(result) = answer.take::<AcceptNewRuleOf>() {
            match result {
                Ok(()) => cx.effect(Effect::Refresh),
                Err(why) => cx.refuse(why),
            }
            cx.call(NewRules);
        }
    }
}
