//! Choosing a line, and what can be done about it.

use super::Room;
use crate::domain::moderation::Thing;
use crate::service::Answer;
use crate::service::drafts::SaveDraft;
use crate::service::rooms::{Ignore, MarkRoom};
use crate::ui::keys::Command;
use crate::ui::route::Route;
use crate::ui::screen::Ui;

impl Room {
    /// A key while a line is chosen.
    pub(super) fn choose(&mut self, command: Command, cx: &mut Ui<'_>) {
        let count = self.sheet.lines().len();
        let Some(index) = self.chosen else { return };
        let page = 8;
        let moved = match command {
            Command::Up => Some(index.saturating_sub(1)),
            Command::Down => Some(index + 1),
            Command::PageUp => Some(index.saturating_sub(page)),
            Command::PageDown => Some(index + page),
            Command::Top => Some(0),
            Command::Bottom => Some(count),
            _ => None,
        };
        if let Some(to) = moved {
            let to = to.min(count.saturating_sub(1));
            if to == 0 {
                self.ask_earlier(cx);
            }
            self.chosen = Some(to);
            return self.sheet.show(to);
        }
        if matches!(command, Command::Back | Command::ChooseLine) {
            self.chosen = None;
            return self.sheet.go_to_end();
        }
        let Some(line) = self.chosen_line().cloned() else { return };
        match command {
            Command::Open if self.may_speak() => {
                self.chosen = None;
                self.sheet.go_to_end();
                if self.field.is_empty() {
                    self.put(&format!("@{}", line.author));
                    self.changed(cx);
                }
            }
            Command::EditPost if line.mine && !line.removed => {
                self.chosen = None;
                self.edit(line.id, &line.text);
            }
            Command::DeletePost if line.mine && !line.removed => self.ask_to_delete(line.id, cx),
            Command::EditPost | Command::DeletePost => cx.refuse("That is not your line."),
            Command::Author => cx.open(Route::Profile(line.author_id)),
            Command::Report if !line.mine => cx.open(Route::Report(Thing::Line(line.id))),
            Command::IgnoreAuthor if !line.mine => cx.call(Ignore { handle: line.author, on: true }),
            Command::Report | Command::IgnoreAuthor => cx.refuse("That is your own line."),
            Command::TakeDown if cx.look.actor().is_staff() => {
                let thing = Thing::Line(line.id);
                // One that is down already can come back: the menu has it, and the undo.
                cx.open(if line.removed { Route::Moderate(thing) } else { Route::TakeDown(thing) });
            }
            Command::TakeDown => cx.refuse("That is for the staff. ! reports a line to them."),
            _ => {}
        }
    }

    /// What was done besides; a draft that could not be kept is said, the rest goes without words.
    pub(super) fn act_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<SaveDraft>() {
            Ok(Ok(())) => return,
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        if let Ok(Err(_)) = answer.take::<MarkRoom>() {
            // It is tried again with the next line.
            self.marked = crate::domain::ids::LineId(0);
        }
    }
}
