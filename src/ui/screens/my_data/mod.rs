//! What hob keeps about one (W6): counted, with how long; how to take it along; and leaving, in three ways.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::leaving::LeavingWay;
use crate::domain::text::display_width;
use crate::domain::time::{Zone, absolute};
use crate::service::mine::{AskToLeave, Leaving, MyData, ShowMyData, Stay};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Choose, Pager, Prompt, Rows};

/// Which way: the dialog's own number.
const WAY: u32 = 1;
/// The handle, typed.
const HANDLE: u32 = 2;

/// The screen.
#[derive(Default)]
pub struct MyDataScreen {
    data: Option<MyData>,
    pager: Pager,
    /// The way that was chosen, while the handle is asked for.
    way: Option<LeavingWay>,
}

impl Screen for MyDataScreen {
    fn route(&self) -> Route {
        Route::MyData
    }

    fn title(&self) -> String {
        "my data".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::MyData, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.data.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let leaving = self.data.as_ref().is_some_and(|data| data.leaving.is_some());
        command != Command::Stay || leaving
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ShowMyData),
            Msg::Event(DomainEvent::MemberChanged { member }) if Some(member) == cx.look.actor().id() => {
                cx.call(ShowMyData);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(DialogResult::Choice(WAY, index)) => {
                let Some(way) = LeavingWay::ALL.get(index) else { return };
                self.way = Some(*way);
                let question = format!("To {}: type your handle to leave.", way.label());
                cx.effect(Effect::Push(Box::new(Prompt::new(HANDLE, question, ""))));
            }
            Msg::Dialog(DialogResult::Text(HANDLE, handle)) => {
                if let Some(way) = self.way.take() {
                    cx.call(AskToLeave { way, handle });
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let data = self.data.as_ref()?;
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1).min(TEXT_COLUMNS_MAX), ..area };
        let rows = rows(data, usize::from(area.width), look);
        let window = self.pager.window(area.height, rows.len());
        rows.draw(window, area, buf);
        if self.pager.has_more() && area.height > 0 {
            let x = area.right().saturating_sub(1);
            buf.put(x, area.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
        }
        None
    }
}

impl MyDataScreen {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ShowMyData>() {
            Ok(Ok(data)) => return self.data = Some(data),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<AskToLeave>() {
            Ok(Ok(leaving)) => {
                cx.good(format!("You leave on {}. s stays after all.", day(leaving, cx.look)));
                return cx.call(ShowMyData);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        match answer.take::<Stay>() {
            Ok(Ok(())) => {
                cx.good("You stay. All is as it was.");
                cx.call(ShowMyData);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::LeaveHob => {
                let ways = LeavingWay::ALL.iter().map(|way| way.label().to_owned()).collect();
                let question = "What is to remain? Nothing is done yet.";
                cx.effect(Effect::Push(Box::new(Choose::new(WAY, question, ways))));
            }
            Command::Stay => cx.call(Stay),
            other => {
                self.pager.command(other);
            }
        }
    }
}

/// The day on which somebody leaves, in their zone.
pub(in crate::ui::screens) fn day(leaving: Leaving, look: &Look) -> String {
    absolute(leaving.due_at, &Zone::parse(&look.me.zone).unwrap_or_default())
}

fn rows(data: &MyData, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    if let Some(leaving) = data.leaving {
        let words =
            format!("You leave on {}: {}. s stays after all.", day(leaving, look), leaving.way.label());
        rows.push_wrapped(&words, width, 0, theme.warn);
        rows.gap();
    }
    let there: Vec<_> = data.kept.iter().filter(|(_, count, _)| *count > 0).collect();
    rows.push(format!("What {} keeps about you", look.me.place), theme.accent);
    let digits = there.iter().map(|(_, count, _)| count.to_string().len()).max().unwrap_or(1);
    let widest = there.iter().map(|(what, ..)| display_width(what)).max().unwrap_or(0);
    let beside = digits + 2 + widest + 3 + 24 <= width;
    // The number stands behind: "drafts 1" is right for one as well.
    for (what, count, kept) in there {
        if beside {
            rows.push_parts(vec![
                (format!("{what:widest$}  "), theme.text),
                (format!("{count:>digits$}"), theme.strong),
                (format!("   {kept}"), theme.dim),
            ]);
        } else {
            rows.push_parts(vec![(format!("{what}: "), theme.text), (count.to_string(), theme.strong)]);
            rows.push_wrapped(kept, width, 2, theme.dim);
        }
    }
    rows.gap();
    rows.push("Take it along", theme.accent);
    let take = "From your own shell: ssh HOST export > me.tar. JSON Lines, and your posts as Markdown, at once. Nothing \
                of anybody else's is in it but what they said to you or gave you.";
    rows.push_wrapped(take, width, 0, theme.text);
    rows.gap();
    rows.push("Leaving", theme.accent);
    let leave = "L leaves, in one of three ways, after you typed your handle. For seven days you can come back and stay \
                 with one key; nobody is told before. Then it is carried out, for good.";
    rows.push_wrapped(leave, width, 0, theme.text);
    for way in LeavingWay::ALL {
        rows.push_wrapped(&format!("{}: {}", way.label(), way.meaning()), width, 2, theme.dim);
    }
    rows
}
