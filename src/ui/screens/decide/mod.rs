//! The form with which staff say under which rule and why, and see what the member concerned will see before it is
//! done. A dialog over the case, or over the menu of a thing.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::Form;
use crate::domain::ids::CaseId;
use crate::domain::moderation::{Deed, NO_RULE, Notice, REASON_CHARS_MAX, Reason, Thing, outcome};
use crate::domain::policy::Denied;
use crate::domain::time::time_left;
use crate::service::cases::{AskForSecond, DecideCase};
use crate::service::charter::Rule;
use crate::service::moderation::{Moderate, PossibleDeed};
use crate::service::{Answer, Error};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::keeper::Heard;
use crate::ui::widgets::{Field, Keeper, ListState, Pager};

/// What is decided about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A case.
    Case(CaseId),
    /// A thing without a case.
    Thing(Thing),
}

/// What is about to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// In a few words: `Remove the post`.
    pub title: String,
    /// About what.
    pub subject: Subject,
    /// The deeds; none: nothing wrong.
    pub deeds: Vec<PossibleDeed>,
    /// The charter's rules.
    pub rules: Vec<Rule>,
    /// The rule to begin with, if one was named already.
    pub rule_no: Option<i64>,
    /// The member concerned.
    pub member: String,
    /// What it is about.
    pub thing: Thing,
}

/// Where one is in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Rule,
    Reason,
    Preview,
    Sending,
}

/// The form. Once it is done it returns [`DialogResult::Yes`] with its tag.
pub struct Decide {
    tag: u32,
    plan: Plan,
    stage: Stage,
    list: ListState,
    reason: Field,
    keeper: Keeper,
    preview: Pager,
}

impl Decide {
    /// A form for a plan; `tag` tells its opener which one was done.
    pub fn new(tag: u32, plan: Plan) -> Self {
        let mut list = ListState::default();
        let named = plan.rules.iter().position(|rule| Some(rule.no) == plan.rule_no);
        list.choose(named.unwrap_or(0));
        let asks = needs_rule(&plan) && named.is_none() && !plan.rules.is_empty();
        let stage = if asks { Stage::Rule } else { Stage::Reason };
        let keeper = Keeper::new(match plan.subject {
            Subject::Case(case) => Form::Case(case),
            Subject::Thing(thing) => Form::Act(thing),
        });
        let (reason, preview) = (Field::new(REASON_CHARS_MAX), Pager::default());
        Self { tag, plan, stage, list, reason, keeper, preview }
    }

    fn rule(&self) -> Option<&Rule> {
        if needs_rule(&self.plan) { self.plan.rules.get(self.list.chosen()) } else { None }
    }

    fn needs_reason(&self) -> bool {
        self.plan.deeds.iter().any(|possible| possible.deed.kind().needs_reason())
    }

    /// What people will read: who, and the paragraphs.
    fn notices(&self) -> (String, Vec<Vec<String>>) {
        let reason = Reason::optional(self.reason.text()).unwrap_or_default();
        if self.plan.deeds.is_empty() {
            let words = outcome(&[], reason.as_str());
            return ("Those who reported it will read:".to_owned(), vec![vec![words]]);
        }
        let rule = self.rule().map(|rule| (rule.no, rule.title.as_str()));
        let paragraphs = |possible: &PossibleDeed| {
            let kind = possible.deed.kind();
            let term = possible.deed.term();
            Notice { kind, term, what: &possible.about, rule, reason: reason.as_str() }.paragraphs()
        };
        let notices = self.plan.deeds.iter().map(paragraphs).collect();
        (format!("{} will read:", self.plan.member), notices)
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let rules = self.plan.rules.len();
        match (self.stage, command) {
            (Stage::Rule, Command::Pick(digit)) if usize::from(digit) <= rules => {
                self.list.choose(usize::from(digit) - 1);
                self.stage = Stage::Reason;
            }
            (Stage::Rule, Command::Open) => self.stage = Stage::Reason,
            (Stage::Rule | Stage::Reason, Command::Back) => self.leave(cx),
            (Stage::Rule, other) => {
                self.list.command(other, rules);
            }
            (Stage::Reason, Command::Up | Command::Down) if needs_rule(&self.plan) => {
                self.list.command(command, rules);
            }
            (Stage::Reason, Command::Accept) => self.show_preview(cx),
            (Stage::Preview, Command::Yes) => self.send(cx),
            (Stage::Preview, Command::No) => self.stage = Stage::Reason,
            (Stage::Preview, other) => {
                self.preview.command(other);
            }
            _ => {}
        }
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        if self.keeper.leave(self.reason.text(), cx) {
            cx.back();
        }
    }

    fn show_preview(&mut self, cx: &mut Ui<'_>) {
        let text = self.reason.text();
        let checked = if self.needs_reason() { Reason::required(text) } else { Reason::optional(text) };
        match checked {
            Ok(_) => {
                self.preview = Pager::default();
                self.stage = Stage::Preview;
            }
            Err(why) => cx.refuse(why),
        }
    }

    fn send(&mut self, cx: &mut Ui<'_>) {
        self.stage = Stage::Sending;
        let rule_no = self.rule().map_or(NO_RULE, |rule| rule.no);
        let reason = self.reason.text().to_owned();
        let deeds: Vec<Deed> = self.plan.deeds.iter().map(|possible| possible.deed).collect();
        match (self.plan.subject, deeds.as_slice()) {
            (Subject::Case(case), _) => cx.call(DecideCase { case, deeds, rule_no, reason }),
            (Subject::Thing(thing), [deed]) => cx.call(Moderate { thing, deed: *deed, rule_no, reason }),
            // Without a case there is one deed at a time.
            (Subject::Thing(_), _) => cx.back(),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let now = cx.look.now;
        let answer = match self.keeper.answer(answer, self.reason.text(), cx) {
            Heard::Other(answer) => answer,
            Heard::Draft(text) => return self.reason.set_text(&text),
            Heard::Leave => return cx.back(),
            Heard::Nothing => return,
        };
        let answer = match answer.take::<DecideCase>() {
            Ok(result) => return self.done(result.map(|done| done.undo_until), "u undoes it", now, cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<AskForSecond>() {
            Ok(Ok(_)) => {
                self.keeper.sent(cx);
                cx.good(match self.plan.subject {
                    Subject::Case(_) => {
                        "It waits for a second pair of eyes in the queue. The case stays open for the rest."
                    }
                    Subject::Thing(_) => "It waits in the queue for a second pair of eyes.",
                });
                return cx.effect(Effect::Return(DialogResult::Yes(self.tag)));
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                self.stage = Stage::Reason;
                return;
            }
            Err(answer) => answer,
        };
        if let Ok(result) = answer.take::<Moderate>() {
            self.done(result.map(|done| done.undo_until), "The same menu undoes it", now, cx);
        }
    }

    fn done(
        &mut self,
        result: crate::service::Result<crate::domain::time::Timestamp>,
        how: &str,
        now: crate::domain::time::Timestamp,
        cx: &mut Ui<'_>,
    ) {
        match result {
            Err(Error::Denied(Denied::NeedsSecond)) => {
                let rule_no = self.rule().map_or(NO_RULE, |rule| rule.no);
                let reason = self.reason.text().to_owned();
                let mut deeds = self.plan.deeds.iter().map(|possible| possible.deed);
                let Some(deed) = deeds.rfind(|deed| deed.may_need_eyes()) else { return };
                cx.call(AskForSecond { thing: self.plan.thing, deed, rule_no, reason });
            }
            Ok(until) => {
                self.keeper.sent(cx);
                cx.good(format!("Done. {how} for {}.", time_left(until, now)));
                cx.effect(Effect::Return(DialogResult::Yes(self.tag)));
            }
            Err(why) => {
                cx.refuse(why);
                self.stage = Stage::Reason;
            }
        }
    }
}

/// Whether a rule of the charter must be named.
fn needs_rule(plan: &Plan) -> bool {
    plan.deeds.iter().any(|possible| possible.deed.kind().needs_rule())
}

impl Screen for Decide {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "decide".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.stage {
            Stage::Rule => &[Scope::Choose, Scope::List],
            Stage::Reason => &[Scope::Decide],
            Stage::Preview => &[Scope::Verdict, Scope::Pager],
            Stage::Sending => &[],
        }
    }

    fn is_typing(&self) -> bool {
        self.stage == Stage::Reason
    }

    fn is_waiting(&self) -> bool {
        self.stage == Stage::Sending || self.keeper.is_waiting()
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        !matches!(command, Command::Up | Command::Down) || needs_rule(&self.plan)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => self.keeper.load(cx),
            Msg::Timer(number) => self.keeper.timer(number, self.reason.text(), cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => match self.reason.input(&input) {
                Typed::Changed => self.keeper.changed(cx),
                Typed::Full => cx.refuse(format!("A reason has {REASON_CHARS_MAX} characters at most.")),
                Typed::Moved | Typed::Nothing => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}
