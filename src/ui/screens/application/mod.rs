//! An application as the staff see it: read, claim, ask back, let in or decline with a kind word.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{ApplicationText, DraftTarget, Form};
use crate::domain::ids::ApplicationId;
use crate::service::applications::{
    Application, AskApplicant, ClaimApplication, DECLINES, DecideApplication, ReadApplication,
    ReleaseApplication,
};
use crate::service::cases::ListQueue;
use crate::service::drafts::{DropDraft, SaveDraft};
use crate::service::watch::EvidenceAt;
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Choose, Confirm, Pager, Prompt};

/// The dialogs that this screen opens.
const WELCOME: u32 = 1;
const DECLINE: u32 = 2;
const QUESTION: u32 = 3;
const SURE: u32 = 4;
/// Which words to begin a decline with.
const TEMPLATE: u32 = 5;

/// The application screen.
pub struct ApplicationScreen {
    id: ApplicationId,
    application: Option<Application>,
    pager: Pager,
    /// The words of a decline that waits for its yes, and is offered again after a no.
    words: String,
    busy: bool,
}

impl ApplicationScreen {
    /// An application to open.
    pub fn new(id: ApplicationId) -> Self {
        Self { id, application: None, pager: Pager::default(), words: String::new(), busy: false }
    }

    fn load(&self, cx: &mut Ui<'_>) {
        cx.call(ReadApplication { id: self.id });
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadApplication>() {
            Ok(Ok(application)) => {
                self.application = Some(application);
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<ListQueue>() {
            Ok(Ok(queue)) => match super::queue::next_after(&queue, &self.route(), cx.look) {
                Some(next) => return cx.effect(Effect::Replace(next)),
                None => return cx.say("Nothing else waits for you."),
            },
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        self.busy = false;
        let answer = match answer.take::<DecideApplication>() {
            Ok(Ok(())) => {
                self.words.clear();
                self.drop_drafts(&[ApplicationText::Welcome, ApplicationText::Decline], cx);
                cx.good("Decided. The applicant reads it at the door.");
                return self.load(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<AskApplicant>() {
            Ok(Ok(())) => {
                self.drop_drafts(&[ApplicationText::Ask], cx);
                cx.good("Asked. The answer comes back into the queue.");
                return self.load(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<DropDraft>() {
            Ok(_) => return,
            Err(answer) => answer,
        };
        let answer = match answer.take::<SaveDraft>() {
            Ok(Ok(())) => return cx.effect(self.decline_prompt()),
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let refused = match answer.take::<ClaimApplication>() {
            Ok(result) => result.err(),
            Err(answer) => answer.take::<ReleaseApplication>().ok().and_then(Result::err),
        };
        match refused {
            Some(why) => cx.refuse(why),
            None => self.load(cx),
        }
    }

    /// What was sent needs no draft any more.
    fn drop_drafts(&self, texts: &[ApplicationText], cx: &mut Ui<'_>) {
        for text in texts {
            cx.call(DropDraft { target: DraftTarget::of(Form::Application(*text, self.id)) });
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.pager.command(command) {
            return;
        }
        let Some(application) = &self.application else { return };
        if command == Command::NextItem {
            return cx.call(ListQueue);
        }
        if command == Command::BanTheirs {
            return cx.open(Route::Bans(Some(application.member)));
        }
        if command == Command::WatchThem {
            let evidence = Some(EvidenceAt::Application(self.id));
            return cx.open(Route::Watch(Some((application.member, evidence))));
        }
        if application.decision.is_some() {
            return cx.say("This application is decided.");
        }
        let handle = application.handle.as_str();
        let id = self.id;
        let prompt = |tag, question: String, text: &str, kept| {
            let form = Form::Application(kept, id);
            Effect::Push(Box::new(Prompt::new(tag, question, text).kept(form)))
        };
        match command {
            Command::Claim if self.is_mine(cx.look) => cx.call(ReleaseApplication { id: self.id }),
            Command::Claim => cx.call(ClaimApplication { id: self.id }),
            Command::Approve => {
                let question = format!("Let {handle} in. A word of welcome? It may stay empty.");
                cx.effect(prompt(WELCOME, question, "", ApplicationText::Welcome));
            }
            Command::Decline if self.words.is_empty() => {
                let names = DECLINES.iter().map(|template| template.name.to_owned()).collect();
                let question = "Decline. Which words to begin with? You change them before they are sent.";
                cx.effect(Effect::Push(Box::new(Choose::new(TEMPLATE, question, names))));
            }
            Command::Decline => cx.effect(self.decline_prompt()),
            Command::AskBack => {
                let question = format!("What do you want to ask {handle}?");
                cx.effect(prompt(QUESTION, question, "", ApplicationText::Ask));
            }
            _ => {}
        }
    }

    /// The line with which one declines; what was typed there before stands in it.
    fn decline_prompt(&self) -> Effect {
        let handle = self.application.as_ref().map_or("", |application| application.handle.as_str());
        let question = format!("Decline. Why, kindly? {handle} reads it.");
        let form = Form::Application(ApplicationText::Decline, self.id);
        Effect::Push(Box::new(Prompt::new(DECLINE, question, self.words.as_str()).kept(form)))
    }

    fn is_mine(&self, look: &Look) -> bool {
        let claim = self.application.as_ref().and_then(|application| application.claim.as_ref());
        claim.is_some_and(|claim| look.actor().id() == Some(claim.by))
    }

    fn dialog(&mut self, result: DialogResult, cx: &mut Ui<'_>) {
        let id = self.id;
        match result {
            DialogResult::Choice(TEMPLATE, index) => {
                let body = DECLINES.get(index).map_or("", |template| template.text).to_owned();
                if body.is_empty() {
                    return cx.effect(self.decline_prompt());
                }
                // A template is a draft from the start: it is there again after a dropped line, changed or not.
                let target = DraftTarget::of(Form::Application(ApplicationText::Decline, id));
                cx.call(SaveDraft { target, title: String::new(), body, reply_to: None });
            }
            DialogResult::Text(WELCOME, answer) => {
                self.busy = true;
                cx.call(DecideApplication { id, approve: true, answer });
            }
            DialogResult::Text(DECLINE, answer) if answer.is_empty() => {
                cx.refuse("A decline needs a kind word on why.");
            }
            DialogResult::Text(DECLINE, answer) => {
                let handle = self.application.as_ref().map_or("", |application| application.handle.as_str());
                let question = format!("Decline {handle}? There is no undo.");
                self.words = answer;
                cx.effect(Effect::Push(Box::new(Confirm::new(SURE, question))));
            }
            DialogResult::Yes(SURE) => {
                self.busy = true;
                cx.call(DecideApplication { id, approve: false, answer: self.words.clone() });
            }
            DialogResult::Text(QUESTION, question) if !question.is_empty() => {
                self.busy = true;
                cx.call(AskApplicant { id, question });
            }
            _ => {}
        }
    }
}

impl Screen for ApplicationScreen {
    fn route(&self) -> Route {
        Route::Application(self.id)
    }

    fn title(&self) -> String {
        let handle = self.application.as_ref().map(|application| application.handle.as_str());
        format!("application of {}", handle.unwrap_or("somebody"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Application, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.application.is_none() || self.busy
    }

    fn is_blank(&self) -> bool {
        self.application.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let open = self.application.as_ref().is_some_and(|application| application.decision.is_none());
        let decides =
            matches!(command, Command::Claim | Command::Approve | Command::Decline | Command::AskBack);
        open || !decides
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.load(cx),
            Msg::Event(DomainEvent::ApplicationChanged { application, .. }) if application == self.id => {
                self.load(cx);
            }
            Msg::Dialog(result) => self.dialog(result, cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
