//! A warning that waits to be acknowledged, over whatever is there. It comes again until its member says that they
//! have read it.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::Answer;
use crate::service::moderation::{AcknowledgeWarning, MyWarnings, Warning};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::Pager;

/// The dialog.
#[derive(Default)]
pub struct WarningDialog {
    warnings: Option<Vec<Warning>>,
    pager: Pager,
    busy: bool,
}

impl WarningDialog {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<MyWarnings>() {
            Ok(Ok(warnings)) => {
                if warnings.is_empty() {
                    cx.back();
                }
                self.warnings = Some(warnings);
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        self.busy = false;
        if let Ok(result) = answer.take::<AcknowledgeWarning>() {
            match result {
                Ok(()) => {
                    self.pager = Pager::default();
                    // Who one is says whether a warning waits; then the next one is shown, or none.
                    cx.effect(Effect::Refresh);
                    cx.call(MyWarnings);
                }
                Err(why) => {
                    cx.refuse(why);
                    cx.call(MyWarnings);
                }
            }
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Acknowledge => {
                if let Some(warning) = self.warnings.as_ref().and_then(|warnings| warnings.first()) {
                    self.busy = true;
                    cx.call(AcknowledgeWarning { act: warning.act });
                }
            }
            Command::Back => cx.say("Press Enter once you have read it; then you can go on."),
            other => {
                self.pager.command(other);
            }
        }
    }
}

impl Screen for WarningDialog {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "a word from the staff".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Warning, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.warnings.is_none() || self.busy
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Resync => cx.call(MyWarnings),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
