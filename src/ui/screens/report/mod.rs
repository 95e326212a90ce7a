//! The form that reports a thing to the staff: a rule, a note. A dialog over the screen that shows the thing. With the
//! same form staff take a line on the wall or in a room down.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::Form;
use crate::domain::invite::InviteCode;
use crate::domain::moderation::{Deed, NO_RULE, REASON_CHARS_MAX, Thing};
use crate::service::cases::{InviteReportForm, ReportForm, ReportInvite, ReportSubject, ReportThing};
use crate::service::moderation::Moderate;
use crate::service::{Answer, Result};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::keeper::Heard;
use crate::ui::widgets::{Field, Keeper, ListState};

/// What is asked just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Which rule it breaks.
    Rule,
    /// What the staff should know besides.
    Note,
    /// Nothing: the report is on its way.
    Sending,
}

/// What the form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Thing(Thing),
    /// An invite, by its code: nothing else is the leave to name one.
    Invite(InviteCode),
    /// Staff take a line down: the note is the reason, and must say something.
    Removal(Thing),
}

impl What {
    /// What the note is kept under.
    fn form(&self) -> Form {
        match self {
            Self::Thing(thing) => Form::Report(*thing),
            Self::Invite(_) => Form::InviteReport,
            Self::Removal(thing) => Form::Act(*thing),
        }
    }

    /// How staff take it down.
    fn deed(thing: Thing) -> Deed {
        if matches!(thing, Thing::Wall(_)) { Deed::RemoveWall } else { Deed::RemoveLine }
    }
}

/// The form.
pub struct Report {
    what: What,
    subject: Option<ReportSubject>,
    stage: Stage,
    list: ListState,
    note: Field,
    keeper: Keeper,
}

impl Report {
    /// A form for a thing.
    pub fn new(thing: Thing) -> Self {
        Self::of(What::Thing(thing))
    }

    /// A form for the invite of a code.
    pub fn invite(code: InviteCode) -> Self {
        Self::of(What::Invite(code))
    }

    /// The form with which staff take a line down.
    pub fn removal(line: Thing) -> Self {
        Self::of(What::Removal(line))
    }

    fn of(what: What) -> Self {
        let note = Field::new(REASON_CHARS_MAX);
        let keeper = Keeper::new(what.form());
        Self { what, subject: None, stage: Stage::Rule, list: ListState::default(), note, keeper }
    }

    fn rules(&self) -> usize {
        self.subject.as_ref().map_or(0, |subject| subject.rules.len())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match self.keeper.answer(answer, self.note.text(), cx) {
            Heard::Other(answer) => answer,
            Heard::Draft(text) => return self.note.set_text(&text),
            Heard::Leave => return cx.back(),
            Heard::Nothing => return,
        };
        let answer = match answer.take::<ReportForm>() {
            Ok(subject) => return self.came(subject, cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<InviteReportForm>() {
            Ok(subject) => return self.came(subject, cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<Moderate>() {
            Ok(done) => {
                return self.done(done, "It is taken down; the mod log says why, and leads back to it.", cx);
            }
            Err(answer) => answer,
        };
        let reported = "Reported. The staff will look at it; what came of it stands under g o, then m.";
        match answer.take::<ReportThing>() {
            Ok(done) => self.done(done, reported, cx),
            Err(answer) => {
                if let Ok(done) = answer.take::<ReportInvite>() {
                    self.done(done, reported, cx);
                }
            }
        }
    }

    fn came(&mut self, subject: Result<ReportSubject>, cx: &mut Ui<'_>) {
        match subject {
            Ok(subject) => {
                // A place without a charter has no rule to name.
                self.stage = if subject.rules.is_empty() { Stage::Note } else { Stage::Rule };
                self.subject = Some(subject);
            }
            Err(why) => {
                cx.refuse(why);
                cx.back();
            }
        }
    }

    fn done<T>(&mut self, done: Result<T>, words: &str, cx: &mut Ui<'_>) {
        match done {
            Ok(_) => {
                self.keeper.sent(cx);
                cx.good(words);
                cx.back();
            }
            Err(why) => {
                cx.refuse(why);
                self.stage = Stage::Note;
            }
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match (self.stage, command) {
            (Stage::Rule, Command::Pick(digit)) if usize::from(digit) <= self.rules() => {
                self.list.choose(usize::from(digit) - 1);
                self.stage = Stage::Note;
            }
            (Stage::Rule, Command::Open) => self.stage = Stage::Note,
            (Stage::Rule, Command::Back) => self.leave(cx),
            (Stage::Rule, other) => {
                self.list.command(other, self.rules());
            }
            (Stage::Note, Command::Accept) => self.send(cx),
            (Stage::Note, Command::Back) if self.rules() > 0 => self.stage = Stage::Rule,
            (Stage::Note, Command::Back) => self.leave(cx),
            _ => {}
        }
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        if self.keeper.leave(self.note.text(), cx) {
            cx.back();
        }
    }

    fn send(&mut self, cx: &mut Ui<'_>) {
        let Some(subject) = &self.subject else { return };
        let rule_no = subject.rules.get(self.list.chosen()).map_or(NO_RULE, |rule| rule.no);
        self.stage = Stage::Sending;
        let note = self.note.text().to_owned();
        match &self.what {
            What::Thing(thing) => cx.call(ReportThing { thing: *thing, rule_no, note }),
            What::Invite(code) => cx.call(ReportInvite { code: code.clone(), rule_no, note }),
            What::Removal(thing) => {
                let (thing, deed) = (*thing, What::deed(*thing));
                cx.call(Moderate { thing, deed, rule_no, reason: note });
            }
        }
    }
}

impl Screen for Report {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "report".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.stage {
            Stage::Rule => &[Scope::Choose, Scope::List],
            Stage::Note => &[Scope::Field],
            Stage::Sending => &[],
        }
    }

    fn is_typing(&self) -> bool {
        self.stage == Stage::Note
    }

    fn is_waiting(&self) -> bool {
        self.subject.is_none() || self.stage == Stage::Sending || self.keeper.is_waiting()
    }

    fn is_blank(&self) -> bool {
        self.subject.is_none()
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                match &self.what {
                    What::Thing(thing) | What::Removal(thing) => cx.call(ReportForm { thing: *thing }),
                    What::Invite(code) => cx.call(InviteReportForm { code: code.clone() }),
                }
                self.keeper.load(cx);
            }
            Msg::Timer(number) => self.keeper.timer(number, self.note.text(), cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => match self.note.input(&input) {
                Typed::Changed => self.keeper.changed(cx),
                Typed::Full => cx.refuse(format!("A note has {REASON_CHARS_MAX} characters at most.")),
                Typed::Moved | Typed::Nothing => {}
            },
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}
