//! What became of one's own reports, and what the staff did that concerned one.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::Form;
use crate::domain::ids::ActId;
use crate::service::cases::{
    APPEAL_CHARS_MAX, Appeal, AppealAct, AppealTo, AppealWays, MyReports, OwnReport, Ways,
};
use crate::service::moderation::{AboutMe, AboutMeList, OwnNotice};
use crate::service::{Answer, DomainEvent, Error};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Choose, Pager, Prompt};

/// The dialogs that this screen opens.
const WHICH: u32 = 1;
const WORDS: u32 = 2;
const WHO: u32 = 3;

/// The screen.
#[derive(Default)]
pub struct MyCases {
    reports: Option<Vec<OwnReport>>,
    about: Option<AboutMeList>,
    /// Whom an appeal against the chosen act could go to.
    ways: Option<Ways>,
    /// The act that is being appealed against, and whom the appeal goes to.
    appealing: Option<(ActId, AppealTo)>,
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
            // Whoever is suspended reads what concerned them, and no more.
            Ok(Err(Error::Denied(_))) => {
                self.reports = Some(Vec::new());
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<AppealAct>() {
            Ok(Ok(with)) => {
                cx.good(with.words());
                return self.load(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<AppealWays>() {
            Ok(Ok(ways)) => return self.ways(ways, cx),
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

impl MyCases {
    /// What one can still appeal against.
    fn open_to_appeal(&self) -> Vec<&OwnNotice> {
        let notices = self.about.iter().flat_map(|about| &about.notices);
        notices.filter(|notice| matches!(notice.appeal, Appeal::Open(_))).collect()
    }

    fn appeal(&mut self, cx: &mut Ui<'_>) {
        match self.open_to_appeal().as_slice() {
            [] => cx.say("There is nothing here that you could appeal against."),
            [only] => {
                let act = only.act;
                cx.call(AppealWays { act });
            }
            more => {
                let words = more.iter().map(|notice| notice.paragraphs.first().cloned().unwrap_or_default());
                let question = "Appeal against what?";
                cx.effect(Effect::Push(Box::new(Choose::new(WHICH, question, words.collect()))));
            }
        }
    }

    /// Asks whom it is to go to, where there is a choice.
    fn ways(&mut self, ways: Ways, cx: &mut Ui<'_>) {
        self.ways = Some(ways);
        let choices = ways.choices();
        if let [_, _, ..] = choices.as_slice() {
            let words = choices.into_iter().map(|(_, words)| words).collect();
            return cx.effect(Effect::Push(Box::new(Choose::new(WHO, "Who is to look at it?", words))));
        }
        self.ask(choices.first().map_or(AppealTo::Staff, |(to, _)| *to), cx);
    }

    fn ask(&mut self, to: AppealTo, cx: &mut Ui<'_>) {
        let Some(ways) = self.ways else { return };
        let act = ways.act;
        self.appealing = Some((act, to));
        let question = format!("What was not right about it? {APPEAL_CHARS_MAX} characters at most.");
        cx.effect(Effect::Push(Box::new(Prompt::new(WORDS, question, "").kept(Form::Appeal(act)))));
    }

    fn dialog(&mut self, result: DialogResult, cx: &mut Ui<'_>) {
        match result {
            DialogResult::Choice(WHICH, index) => {
                if let Some(act) = self.open_to_appeal().get(index).map(|notice| notice.act) {
                    cx.call(AppealWays { act });
                }
            }
            DialogResult::Choice(WHO, index) => {
                let choices = self.ways.map(|ways| ways.choices()).unwrap_or_default();
                if let Some((to, _)) = choices.get(index) {
                    self.ask(*to, cx);
                }
            }
            DialogResult::Text(WORDS, words) => {
                if let Some((act, to)) = self.appealing {
                    cx.call(AppealAct { act, words, to });
                }
            }
            _ => {}
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
        &[Scope::MyCases, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.reports.is_none() || self.about.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        command != Command::Appeal || !self.open_to_appeal().is_empty()
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.load(cx),
            Msg::Event(
                DomainEvent::CaseChanged { .. }
                | DomainEvent::MattersChanged
                | DomainEvent::MemberChanged { .. },
            ) => self.load(cx),
            Msg::Dialog(result) => self.dialog(result, cx),
            Msg::Command(Command::Appeal) => self.appeal(cx),
            Msg::Command(Command::Back) => cx.back(),
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
