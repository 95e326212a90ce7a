//! The charter for members: the version that holds, those that held before, with their dates, and what each changed.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::time::{Zone, date};
use crate::service::DomainEvent;
use crate::service::charter::{CharterVersion, ReadCharterVersion};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::{Pager, Rows};

/// The screen.
pub struct CharterScreen {
    /// Which version is looked at; none: the one that holds.
    version: Option<i64>,
    shown: Option<CharterVersion>,
    pager: Pager,
}

impl CharterScreen {
    /// A version, or the one that holds.
    pub fn new(version: Option<i64>) -> Self {
        Self { version, shown: None, pager: Pager::default() }
    }

    fn turn_to(&mut self, version: Option<i64>, cx: &mut Ui<'_>) {
        if version.is_some() {
            self.version = version;
            cx.call(ReadCharterVersion { version });
        }
    }
}

impl Screen for CharterScreen {
    fn route(&self) -> Route {
        Route::Charter(self.version)
    }

    fn title(&self) -> String {
        match &self.shown {
            Some(shown) => format!("charter, version {}", shown.charter.version),
            None => "charter".to_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Charter, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.shown.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let shown = self.shown.as_ref();
        match command {
            Command::Earlier => shown.is_some_and(|shown| shown.older().is_some()),
            Command::Later => shown.is_some_and(|shown| shown.newer().is_some()),
            _ => true,
        }
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::CharterChanged) => {
                cx.call(ReadCharterVersion { version: self.version });
            }
            Msg::Answer(answer) => match answer.take::<ReadCharterVersion>() {
                Ok(Ok(shown)) => {
                    if self.shown.as_ref().is_none_or(|had| had.charter.version != shown.charter.version) {
                        self.pager = Pager::default();
                    }
                    self.shown = Some(shown);
                }
                Ok(Err(why)) => {
                    cx.refuse(why);
                    cx.back();
                }
                Err(_) => {}
            },
            Msg::Command(Command::Earlier) => {
                self.turn_to(self.shown.as_ref().and_then(CharterVersion::older), cx);
            }
            Msg::Command(Command::Later) => {
                self.turn_to(self.shown.as_ref().and_then(CharterVersion::newer), cx);
            }
            Msg::Command(command) => {
                self.pager.command(command);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let shown = self.shown.as_ref()?;
        let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX), ..area };
        let width = usize::from(area.width).saturating_sub(2).max(1);
        let rows = rows(shown, width, look);
        let window = self.pager.window(area.height, rows.len());
        rows.draw(window, area, buf);
        if self.pager.has_more() && area.height > 0 {
            let x = area.right().saturating_sub(1);
            buf.put(x, area.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
        }
        None
    }
}

fn rows(shown: &CharterVersion, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let mut rows = Rows::default();
    let version = shown.charter.version;
    let day = date(shown.published_at, &zone);
    let state = if shown.holds() { "it holds now" } else { "it no longer holds" };
    let head = format!("Version {version} of the charter, since {day}; {state}.");
    rows.push_wrapped(&head, width, 1, theme.dim);
    if !shown.changes.is_empty() {
        rows.gap();
        rows.push_wrapped("What it changed", width, 1, theme.title);
    }
    for line in &shown.changes {
        let style = if line.starts_with('+') { theme.good } else { theme.warn };
        rows.push_wrapped(line, width, 1, style);
    }
    for (head, text) in shown.charter.paragraphs() {
        rows.gap();
        rows.push_wrapped(&head, width, 1, theme.title);
        rows.push_wrapped(&text, width, 1, theme.text);
    }
    if shown.versions.len() > 1 {
        rows.gap();
        rows.push_wrapped("All versions", width, 1, theme.title);
    }
    for (version, at) in shown.versions.iter().filter(|_| shown.versions.len() > 1) {
        rows.push_wrapped(&format!("{version}, {}", date(*at, &zone)), width, 1, theme.dim);
    }
    rows
}
