//! The tags there are, with how much is unread under each; and the line in which a thread's tags are typed
//! (`dialog.rs`).

mod dialog;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use dialog::TagDialog;

use crate::domain::text::{display_width, fit, pad_left, truncate};
use crate::service::tags::{ListTags, TagSummary};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::screens::changes_counts;
use crate::ui::widgets::{ListState, nothing};

/// Columns for a count of unread posts and its sign.
const COUNT_COLUMNS: usize = 8;

/// The tags screen.
#[derive(Default)]
pub struct Tags {
    tags: Option<Vec<TagSummary>>,
    list: ListState,
}

impl Screen for Tags {
    fn route(&self) -> Route {
        Route::Tags
    }

    fn title(&self) -> String {
        "tags".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Tags, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.tags.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        command != Command::Open || self.tags.as_ref().is_some_and(|tags| !tags.is_empty())
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListTags),
            Msg::Event(event) if changes_counts(&event, cx.look) => cx.call(ListTags),
            Msg::Answer(answer) => match answer.take::<ListTags>() {
                Ok(Ok(tags)) => self.came(tags),
                Ok(Err(why)) => cx.refuse(why),
                Err(_) => {}
            },
            Msg::Command(command) => {
                let tags = self.tags.as_deref().unwrap_or_default();
                let moved = self.list.command(command, tags.len());
                if let Some(tag) = tags.get(self.list.chosen()).filter(|_| !moved && command == Command::Open)
                {
                    cx.open(Route::Tag(tag.id));
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let Some(tags) = &self.tags else { return None };
        if tags.is_empty() {
            let words = "No thread has a tag yet. T sets the tags of a thread, in its board's list or while you read it.";
            nothing::draw(words, area, buf, look);
            return None;
        }
        let widest = tags.iter().map(|tag| display_width(&tag.name) + 1).max().unwrap_or(0);
        for (index, row) in self.list.visible(area, tags.len(), 1) {
            draw_tag(&tags[index], widest, row, buf, look);
            self.list.draw_mark(index, row, buf, look);
        }
        None
    }
}

impl Tags {
    /// The choice stays on the same tag, wherever it went; at first it is the first one with something unread.
    fn came(&mut self, tags: Vec<TagSummary>) {
        let before = self.tags.as_ref().and_then(|known| known.get(self.list.chosen())).map(|tag| tag.id);
        let same = |tag: &TagSummary| before.map_or(tag.unread_posts > 0, |id| tag.id == id);
        if let Some(row) = tags.iter().position(same) {
            self.list.choose(row);
        }
        self.tags = Some(tags);
    }
}

/// `▸ #slow-cooking   12 threads   3 ●`
fn draw_tag(tag: &TagSummary, widest: usize, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let room = usize::from(row.width).saturating_sub(COUNT_COLUMNS + 16);
    let name = fit(&format!("#{}", tag.name), widest.min(room.max(1)), theme.signs.ellipsis);
    let style = if tag.unread_posts > 0 { theme.strong } else { theme.text };
    let (x, _) = buf.put(row.x + 2, row.y, name, room, style);
    // The space keeps the numbers below each other.
    let threads = if tag.threads == 1 { "1 thread ".to_owned() } else { format!("{} threads", tag.threads) };
    let threads = pad_left(&threads, 12).into_owned();
    let (x, _) = buf.put(x + 1, row.y, truncate(&threads, 12, ""), 12, theme.dim);
    if tag.unread_posts > 0 {
        let count =
            pad_left(&format!("{} {}", tag.unread_posts, theme.signs.unread), COUNT_COLUMNS).into_owned();
        buf.put(x, row.y, count, COUNT_COLUMNS, theme.unread);
    }
}
