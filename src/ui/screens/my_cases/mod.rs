//! What became of one's own reports, and what the staff did that concerned one.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::cases::{MyReports, OwnReport};
use crate::service::moderation::{AboutMe, AboutMeList};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::Scope;
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::Pager;

/// The screen.
#[derive(Default)]
pub struct MyCases {
    reports: Option<Vec<OwnReport>>,
    about: Option<AboutMeList>,
    pager: Pager,
}

impl MyCases {
    fn load(&self, cx: &mut Ui<'_>) {
        cx.call(MyReports);
        cx.call(AboutMe);
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<MyReports>() {
            Ok(Ok(reports)) => {
                // What was news when this opened stays marked until it is left.
                let news = |case| {
                    self.reports.iter().flatten().any(|known: &OwnReport| known.case == case && known.is_news)
                };
                let mark = |mut report: OwnReport| {
                    report.is_news = report.is_news || news(report.case);
                    report
                };
                self.reports = Some(reports.into_iter().map(mark).collect());
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<AboutMe>() {
            Ok(Ok(about)) => self.about = Some(about),
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }
}

impl Screen for MyCases {
    fn route(&self) -> Route {
        Route::MyCases
    }

    fn title(&self) -> String {
        "your reports".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.reports.is_none() || self.about.is_none()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.load(cx),
            Msg::Event(DomainEvent::CaseChanged { .. } | DomainEvent::MemberChanged { .. }) => self.load(cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => {
                self.pager.command(command);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
