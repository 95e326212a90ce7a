//! Those who say at the door that they lost their key (D9): vouching for them, stopping what was asked about one's own
//! account, and the sysop's one-time code.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::policy::VOUCHES_NEEDED;
use crate::domain::text::{fit, wrap};
use crate::domain::time::{ago, relative};
use crate::service::recovery::{HandOutCode, ListRecoveries, Recovery, StopRecovery, VouchRecovery};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, ListState};

/// What stands where nobody asks.
const EMPTY: &str = "Nobody says that they lost their key. Whoever does says so at the door, with l and then k; two members \
                     who know them vouch here, and a sysop gives them a one-time code.";
/// What stands above the list.
const HEAD: &str = "They say at the door that they lost their key. Vouch only for somebody you have spoken with, by a way \
                    that you know them by.";

/// The questions that are asked first.
const VOUCH: u32 = 1;
const STOP: u32 = 2;

/// The list.
#[derive(Default)]
pub struct LostKeys {
    rows: Option<Vec<Recovery>>,
    list: ListState,
    /// The code that was just made, to be read once.
    code: Option<String>,
}

impl LostKeys {
    fn chosen(&self) -> Option<&Recovery> {
        self.rows.as_ref()?.get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListRecoveries>() {
            Ok(Ok(rows)) => return self.rows = Some(rows),
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(other) => other,
        };
        let answer = match answer.take::<VouchRecovery>() {
            Ok(Ok(())) => return cx.good("You vouch for them. It is on record."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<StopRecovery>() {
            Ok(Ok(())) => return cx.good("Stopped: no code opens the account."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        match answer.take::<HandOutCode>() {
            Ok(Ok(made)) => {
                self.code = Some(format!(
                    "The code for {}: {}  It is good once, for a day, and shown only now. They enter it at the door with l, \
                     then r.",
                    made.handle, made.code
                ));
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let len = self.rows.as_ref().map_or(0, Vec::len);
        if self.list.command(command, len) {
            return;
        }
        let Some(row) = self.chosen() else { return };
        let ask = |tag, question: String| Effect::Push(Box::new(Confirm::new(tag, question)));
        match command {
            Command::Open => cx.open(Route::Profile(row.member)),
            Command::VouchRecovery => {
                cx.effect(ask(VOUCH, format!("Have you spoken with {}, and is it them?", row.handle)));
            }
            Command::StopRecovery => {
                cx.effect(ask(STOP, format!("Stop what was asked about {}?", row.handle)));
            }
            Command::HandOutCode => cx.call(HandOutCode { id: row.id }),
            _ => {}
        }
    }
}

impl Screen for LostKeys {
    fn route(&self) -> Route {
        Route::LostKeys
    }

    fn title(&self) -> String {
        "lost keys".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::LostKeys, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.rows.is_none()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let chosen = self.chosen();
        match command {
            Command::Open => chosen.is_some(),
            Command::VouchRecovery => chosen.is_some_and(|row| row.may_vouch),
            Command::StopRecovery => chosen.is_some_and(|row| row.may_stop),
            Command::HandOutCode => look.actor().is_sysop() && chosen.is_some(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::RecoveriesChanged) => {
                cx.call(ListRecoveries);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(DialogResult::Yes(VOUCH)) => {
                if let Some(row) = self.chosen() {
                    cx.call(VouchRecovery { id: row.id });
                }
            }
            Msg::Dialog(DialogResult::Yes(STOP)) => {
                if let Some(row) = self.chosen() {
                    cx.call(StopRecovery { id: Some(row.id) });
                }
            }
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let rows = self.rows.as_deref()?;
        let width = usize::from(area.width.min(TEXT_COLUMNS_MAX).saturating_sub(2));
        let mut y = area.y;
        let head = if rows.is_empty() { EMPTY } else { HEAD };
        let code = self.code.iter().flat_map(|code| wrap(code, width)).map(|line| (line, look.theme.good));
        for (line, style) in code.chain(wrap(head, width).into_iter().map(|line| (line, look.theme.dim))) {
            if y >= area.bottom() {
                return None;
            }
            buf.put(area.x + 1, y, line, width, style);
            y += 1;
        }
        let below = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        for (index, row) in self.list.visible(below, rows.len(), 1) {
            let one = &rows[index];
            let room = usize::from(row.width).saturating_sub(3);
            let line = fit(&words(one, look), room, look.theme.signs.ellipsis);
            buf.put(row.x + 2, row.y, line, room, look.theme.text);
            self.list.draw_mark(index, row, buf, look);
        }
        None
    }
}

fn words(row: &Recovery, look: &Look) -> String {
    let you = if row.vouched { ", you too" } else { "" };
    let code = match row.code_until {
        Some(until) => format!("; the code ends {}", relative(look.now, until)),
        None => String::new(),
    };
    let asked = ago(look.now, row.asked_at);
    format!("{}  {} of {VOUCHES_NEEDED} vouch{you}{code}; asked {asked}", row.handle, row.vouches)
}
