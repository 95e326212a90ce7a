//! The choice of somebody who is leaving, when they come back: to stay with one key, or to go on (W6).

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::my_data::day;
use crate::service::mine::Stay;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::Rows;
use crate::ui::widgets::confirm::dialog_area;

/// Columns of the dialog where there is room for them.
const COLUMNS: u16 = 56;

/// The dialog.
#[derive(Default)]
pub struct LeavingDialog;

impl Screen for LeavingDialog {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "you are leaving".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Leaving]
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Command(Command::Stay) => cx.call(Stay),
            Msg::Command(Command::Accept) => cx.back(),
            Msg::Answer(answer) => match answer.take::<Stay>() {
                Ok(Ok(())) => {
                    cx.good("You stay. All is as it was.");
                    cx.effect(Effect::Refresh);
                    cx.back();
                }
                Ok(Err(why)) => {
                    cx.refuse(why);
                    cx.back();
                }
                Err(_) => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let leaving = look.me.leaving?;
        let theme = &look.theme;
        let width = usize::from(COLUMNS.min(area.width.saturating_sub(4)));
        let mut rows = Rows::default();
        rows.push_wrapped("Good to see you. You asked to leave:", width, 0, theme.warn);
        rows.push_wrapped(leaving.way.label(), width, 0, theme.text);
        rows.push_wrapped(&format!("It is carried out after {}.", day(leaving, look)), width, 0, theme.text);
        rows.gap();
        rows.push("s: stay after all", theme.accent);
        rows.push("Enter: go on for now", theme.accent);
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
        let inner = dialog_area(area, buf, look, usize::from(COLUMNS), wanted);
        rows.draw(0..rows.len(), inner, buf);
        None
    }
}
