//! The door: what guests, applicants, declined, suspended and removed people see. A guest reads what the place is,
//! and applies or enters an invite, one thing at a time; whoever has an account comes back to the step that is next.
//!
//! Nothing here decides who may do what or what comes next: the service answers each step with where one stands.

mod guest;
mod lost;
mod pages;
mod questions;
mod status;
mod steps;
mod texts;
mod view;

#[cfg(test)]
mod tests;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::QuestionId;
use crate::domain::policy::Actor;
use crate::domain::post::BODY_LEN_MAX;
use crate::service::applications::{AnswerApplicationQuestion, ShowAtDoor};
use crate::service::drafts::SaveDraft;
use crate::service::invites::CheckInvite;
use crate::service::joining::{
    AcceptRule, AnswerDoorQuestion, AnswerWhy, CheckHandle, DoorView, Joining, JoiningState, SeeDoor,
    StartJoining, SubmitApplication, UseInvite, WriteIntroduction,
};
use crate::service::moderation::{MySanction, Sanction};
use crate::service::waitlist::WakeSeat;
use crate::service::{Answer, DomainEvent, Result};
use crate::ui::input::Input;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::editor::Took;
use crate::ui::widgets::{Editor, ListState, Pager};

use guest::Entry;
use pages::Page;

/// The timer that keeps what is being typed.
const KEEP: u32 = 1;
/// The timer that ends a suspension.
const SUSPENSION_OVER: u32 = 2;
/// When a draft is kept after it changed: with the way to the disk it lies less than 2 s behind the fingers (W2).
const KEEP_AFTER: Duration = Duration::from_secs(1);

/// The door screen.
pub struct Door {
    page: Page,
    /// Where a text that is being read was opened from.
    under: Page,
    /// What a guest sees.
    seen: DoorView,
    /// Where one stands, for whoever has an account.
    joining: Option<Joining>,
    sanction: Option<Sanction>,
    /// What a guest has typed so far.
    entry: Entry,
    list: ListState,
    pager: Pager,
    /// The numbers that are marked on a page with choices.
    marks: Vec<i64>,
    /// The marks of pages that were left without going on.
    aside: Vec<(QuestionId, Vec<i64>)>,
    editor: Editor,
    /// The editor's revision that is kept on the server.
    kept: u64,
    /// Whether the timer that keeps it is running.
    keeping: bool,
    /// Why the last step was refused, until the next key.
    refusal: Option<String>,
    /// Whether an answer is on its way that decides what comes next: keys wait for it.
    waiting: bool,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            page: Page::Loading,
            under: Page::Front,
            seen: DoorView::default(),
            joining: None,
            sanction: None,
            entry: Entry::default(),
            list: ListState::default(),
            pager: Pager::default(),
            marks: Vec::new(),
            aside: Vec::new(),
            editor: Editor::new(BODY_LEN_MAX),
            kept: 0,
            keeping: false,
            refusal: None,
            waiting: true,
        }
    }
}

impl Screen for Door {
    fn route(&self) -> Route {
        Route::Door
    }

    fn title(&self) -> String {
        match self.joining.as_ref() {
            Some(_) if self.page.is_status() => "at the door".to_owned(),
            Some(_) => "joining".to_owned(),
            None => "welcome".to_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        self.page.scopes()
    }

    fn is_typing(&self) -> bool {
        self.page.has_field() || self.page.has_editor()
    }

    fn is_waiting(&self) -> bool {
        self.waiting
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            // There is nowhere to read on to and nowhere to go to from here.
            Command::Next | Command::Search | Command::Palette => false,
            Command::LookAround => self.seen.boards > 0,
            Command::Apply => self.seen.applications_open,
            Command::EnterInvite if self.page == Page::Status => self.may_enter_invite(),
            Command::Open if self.page == Page::Status => self.is_asked(),
            Command::ShowOneself => self.is_applied(),
            Command::LeaveOut => self.asking(self.page).is_some_and(|asking| !asking.required),
            Command::Appeal => self.sanction.is_some(),
            Command::WakeSeat => self.may_wake(),
            Command::LostKey | Command::RecoveryCode => self.page == Page::ComeBack && self.joining.is_none(),
            Command::Back => self.page.leads_back(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Resync => self.load(cx),
            Msg::Returned => self.refresh(cx),
            Msg::Event(event) if self.is_about_me(&event) => self.refresh(cx),
            Msg::Timer(KEEP) => self.keep(cx),
            Msg::Timer(SUSPENSION_OVER) => cx.effect(Effect::Refresh),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => self.input(&input, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Door {
    fn load(&mut self, cx: &mut Ui<'_>) {
        match cx.look.actor() {
            Actor::Guest | Actor::Host => cx.call(SeeDoor),
            Actor::Account { .. } => {
                cx.call(MySanction);
                // What guests see, for those who wait for a seat.
                cx.call(SeeDoor);
                cx.call(JoiningState);
            }
        }
    }

    /// Reads afresh where one stands, without leaving what is being typed.
    fn refresh(&mut self, cx: &mut Ui<'_>) {
        if self.joining.is_some() {
            cx.call(JoiningState);
        }
    }

    fn is_about_me(&self, event: &DomainEvent) -> bool {
        let me = self.joining.as_ref().map(|joining| joining.member);
        match event {
            DomainEvent::ApplicationChanged { member, .. } | DomainEvent::MemberChanged { member } => {
                Some(*member) == me
            }
            DomainEvent::WaitlistChanged => {
                self.joining.as_ref().is_some_and(|joining| joining.line.is_some())
            }
            _ => false,
        }
    }

    /// Goes to a page, as it is at its beginning.
    fn go(&mut self, page: Page) {
        self.page = page;
        self.refusal = None;
        self.pager = Pager::default();
        self.list = ListState::default();
        self.marks = self.marks_of(page);
        if let (Page::AskOne(_), Some(no)) = (page, self.marks.first()) {
            self.list.choose(usize::try_from(no - 1).unwrap_or(0));
        }
        if page.has_editor() {
            let text = self.text_of(page);
            self.editor.set_text(&text);
            self.kept = self.editor.revision();
        }
    }

    fn refuse(&mut self, why: impl ToString) {
        self.refusal = Some(why.to_string());
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        self.refusal = None;
        if self.page.has_editor() && !matches!(command, Command::Send | Command::Back) {
            let took = self.editor.command(command);
            return self.typed(took, cx);
        }
        if self.page.has_list() && self.list.command(command, self.choices()) {
            return;
        }
        if self.page.has_pager() && self.pager.command(command) {
            return;
        }
        match command {
            Command::ReadCharter => self.read(Page::Charter),
            Command::ComeBack => self.read(Page::ComeBack),
            Command::LookAround if self.seen.boards > 0 => cx.open(Route::Boards),
            Command::LostKey if self.offers(command, cx.look) => self.go(Page::LostKey),
            Command::RecoveryCode if self.offers(command, cx.look) => self.go(Page::RecoveryCode),
            Command::Back if self.page.is_text() => self.go(self.under_text()),
            _ if self.joining.is_some() => self.command_of_account(command, cx),
            _ => self.command_of_guest(command, cx),
        }
    }

    /// Opens a text over the page one is on.
    fn read(&mut self, text: Page) {
        let under = self.page;
        self.go(text);
        self.under = under;
    }

    /// The page under a text: a status may have changed meanwhile.
    fn under_text(&self) -> Page {
        match &self.joining {
            Some(joining) if self.under.is_status() => Self::next_page(joining),
            _ => self.under,
        }
    }

    fn input(&mut self, input: &Input, cx: &mut Ui<'_>) {
        self.refusal = None;
        if self.page.has_editor() {
            let took = self.editor.input(input);
            self.typed(took, cx);
        } else if let Some(field) = self.entry.field(self.page) {
            field.input(input);
        }
    }

    /// After a change in the editor: keeps it in a moment.
    fn typed(&mut self, took: Took, cx: &mut Ui<'_>) {
        match took {
            Took::Changed if !self.keeping => {
                self.keeping = true;
                cx.effect(Effect::Timer(KEEP, KEEP_AFTER));
            }
            Took::Full { over } => self.refuse(format!("That is {over} bytes too many for one text.")),
            _ => {}
        }
    }

    /// The name of the draft that keeps what is typed here.
    fn form(&self) -> Option<String> {
        match self.page {
            Page::AskText(index) => {
                let asked = self.joining.as_ref()?.asked.get(index)?;
                Some(Form::DoorQuestion(asked.question).to_string())
            }
            page => page.form().map(str::to_owned),
        }
    }

    /// Keeps what is half written, if it is not kept already.
    fn keep(&mut self, cx: &mut Ui<'_>) {
        self.keeping = false;
        let Some(form) = self.form() else { return };
        if self.editor.revision() != self.kept {
            self.kept = self.editor.revision();
            let target = DraftTarget::Form(form);
            let body = self.editor.text().to_owned();
            cx.call(SaveDraft { target, title: String::new(), body, reply_to: None });
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        // Of two answers on their way the one that was waited for may be the later one: drafts and what an event
        // brought change nothing that is being typed.
        let answer = match take_standing(answer) {
            Ok((asked, result)) => return self.stands(asked, result, cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<SeeDoor>() {
            Ok(result) => return self.door_seen(result, cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<CheckInvite>() {
            Ok(result) => return self.invite_checked(result),
            Err(answer) => answer,
        };
        let answer = match answer.take::<CheckHandle>() {
            Ok(result) => return self.handle_checked(result),
            Err(answer) => answer,
        };
        let answer = match answer.take::<StartJoining>() {
            Ok(result) => return self.started(result, cx),
            Err(answer) => answer,
        };
        let answer = match self.recovery_answer(answer, cx) {
            Some(answer) => answer,
            None => return,
        };
        let answer = match answer.take::<MySanction>() {
            Ok(result) => return self.sanction_read(result, cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<AnswerApplicationQuestion>() {
            Ok(result) => return self.question_answered(result, cx),
            Err(answer) => answer,
        };
        let refused = match answer.take::<SaveDraft>() {
            Ok(result) => result.err(),
            // What it changed comes back as an event.
            Err(answer) => answer.take::<ShowAtDoor>().ok().and_then(Result::err),
        };
        if let Some(why) = refused {
            cx.refuse(why);
        }
    }
}

/// Which request an answer about one's standing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    State,
    Rule,
    Why,
    Question,
    Introduction,
    Submit,
    Invite,
    Wake,
}

/// The answer to any of the requests that say where one stands afterwards.
fn take_standing(answer: Answer) -> std::result::Result<(Asked, Result<Joining>), Answer> {
    answer
        .take::<JoiningState>()
        .map(|result| (Asked::State, result))
        .or_else(|answer| answer.take::<AcceptRule>().map(|result| (Asked::Rule, result)))
        .or_else(|answer| answer.take::<AnswerWhy>().map(|result| (Asked::Why, result)))
        .or_else(|answer| answer.take::<AnswerDoorQuestion>().map(|result| (Asked::Question, result)))
        .or_else(|answer| answer.take::<WriteIntroduction>().map(|result| (Asked::Introduction, result)))
        .or_else(|answer| answer.take::<SubmitApplication>().map(|result| (Asked::Submit, result)))
        .or_else(|answer| answer.take::<UseInvite>().map(|result| (Asked::Invite, result)))
        .or_else(|answer| answer.take::<WakeSeat>().map(|result| (Asked::Wake, result)))
}
