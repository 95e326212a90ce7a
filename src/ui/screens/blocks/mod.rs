//! Whom one has muted and blocked (P7), and taking that back. Nobody else sees this list.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::time::ago;
use crate::service::blocks::{BlockMember, Blocked, ListBlocks, MuteMember};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::{ListState, nothing};

/// What stands where nobody is muted or blocked.
const EMPTY: &str = "You have muted and blocked nobody. m on a profile mutes its member: you do not see what they do. B \
                     blocks them: no contact either way. They are not told.";

/// The list.
#[derive(Default)]
pub struct Blocks {
    rows: Option<Vec<Blocked>>,
    list: ListState,
}

impl Screen for Blocks {
    fn route(&self) -> Route {
        Route::Blocks
    }

    fn title(&self) -> String {
        "muted and blocked".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Blocks, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.rows.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let any = self.rows.as_ref().is_some_and(|rows| !rows.is_empty());
        any || !matches!(command, Command::Open | Command::BlockMember)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListBlocks),
            Msg::Event(DomainEvent::MemberChanged { member }) if Some(member) == cx.look.actor().id() => {
                cx.call(ListBlocks);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let rows = self.rows.as_deref()?;
        let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX), ..area };
        let width = usize::from(area.width.saturating_sub(2));
        if rows.is_empty() {
            nothing::draw(EMPTY, area, buf, look);
            return None;
        }
        for (index, row) in self.list.visible(area, rows.len(), 1) {
            let blocked = &rows[index];
            let (x, _) = buf.put(row.x + 2, row.y, &blocked.handle, width, look.theme.text);
            let what = if blocked.muted { "muted" } else { "blocked" };
            let since = format!("  {what} {}", ago(look.now, blocked.since));
            buf.put(x, row.y, since, usize::from(row.right().saturating_sub(x)), look.theme.dim);
            self.list.draw_mark(index, row, buf, look);
        }
        None
    }
}

impl Blocks {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListBlocks>() {
            Ok(Ok(rows)) => return self.rows = Some(rows),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<MuteMember>() {
            Ok(Ok(())) => return cx.good("No longer muted."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        match answer.take::<BlockMember>() {
            Ok(Ok(())) => cx.good("No longer blocked."),
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let rows = self.rows.as_deref().unwrap_or_default();
        if self.list.command(command, rows.len()) {
            return;
        }
        let Some((member, muted)) = rows.get(self.list.chosen()).map(|row| (row.member, row.muted)) else {
            return;
        };
        match command {
            Command::Open => cx.open(Route::Profile(member)),
            Command::BlockMember if muted => cx.call(MuteMember { member, muted: false }),
            Command::BlockMember => cx.call(BlockMember { member, blocked: false }),
            _ => {}
        }
    }
}
