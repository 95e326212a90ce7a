//! One's own invites: make one for a friend, see what became of them, take one back.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::invite::InviteCode;
use crate::service::invites::{
    InviteState, InviteView, ListInvites, MadeInvite, MakeInvite, MyInvites, RevokeInvite,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::screens::report::Report;
use crate::ui::widgets::{Confirm, ListState, Prompt};

/// The question whether to take an invite back.
const TAKE_BACK: u32 = 1;
/// The question which invite is to be reported.
const REPORT: u32 = 2;
/// The note of a new one.
const NOTE: u32 = 3;

/// What is asked before an invite is made.
const NOTE_WORDS: &str = "A word to your friend, or nothing:";

/// What is on the screen.
enum Page {
    /// The list.
    List,
    /// A new one's code, which is shown this once.
    Made(MadeInvite),
}

/// The invites screen.
pub struct Invites {
    page: Page,
    mine: Option<MyInvites>,
    list: ListState,
    /// An invite is being made: keys wait for its code.
    waiting: bool,
}

impl Default for Invites {
    fn default() -> Self {
        Self { page: Page::List, mine: None, list: ListState::default(), waiting: false }
    }
}

impl Screen for Invites {
    fn route(&self) -> Route {
        Route::Invites
    }

    fn title(&self) -> String {
        "invites".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        match self.page {
            Page::List => &[Scope::Invites, Scope::List],
            Page::Made(_) => &[Scope::MadeInvite],
        }
    }

    fn is_waiting(&self) -> bool {
        self.mine.is_none() || self.waiting
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::MakeInvite => self.mine.as_ref().is_some_and(|mine| mine.cannot.is_none()),
            Command::RevokeInvite => self.chosen().is_some_and(|invite| invite.state == InviteState::Open),
            Command::Open => self.chosen().is_some_and(|invite| used_by(invite).is_some()),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListInvites),
            // Somebody came in: perhaps with one of these.
            Msg::Event(DomainEvent::MemberChanged { .. }) => cx.call(ListInvites),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(DialogResult::Text(NOTE, note)) => {
                self.waiting = true;
                cx.call(MakeInvite { note });
            }
            Msg::Dialog(DialogResult::Text(REPORT, code)) if !code.is_empty() => {
                match InviteCode::parse(&code) {
                    Ok(code) => cx.effect(Effect::Push(Box::new(Report::invite(code)))),
                    Err(why) => cx.refuse(why),
                }
            }
            Msg::Dialog(DialogResult::Yes(TAKE_BACK)) => {
                if let Some(invite) = self.chosen() {
                    cx.call(RevokeInvite { id: invite.id });
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Invites {
    fn invites(&self) -> &[InviteView] {
        self.mine.as_ref().map_or(&[], |mine| &mine.invites)
    }

    fn chosen(&self) -> Option<&InviteView> {
        self.invites().get(self.list.chosen())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListInvites>() {
            Ok(Ok(mine)) => {
                self.mine = Some(mine);
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<MakeInvite>() {
            Ok(result) => {
                self.waiting = false;
                match result {
                    Ok(made) => {
                        self.page = Page::Made(made);
                        self.list = ListState::default();
                        cx.call(ListInvites);
                    }
                    Err(why) => cx.refuse(why),
                }
                return;
            }
            Err(answer) => answer,
        };
        match answer.take::<RevokeInvite>() {
            Ok(Ok(())) => {
                cx.good("The invite is taken back. Nobody can use it now.");
                cx.call(ListInvites);
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                cx.call(ListInvites);
            }
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match (&self.page, command) {
            (Page::List, Command::MakeInvite) => {
                match self.mine.as_ref().and_then(|mine| mine.cannot.clone()) {
                    Some(why) => cx.refuse(why),
                    None => {
                        let prompt = Prompt::new(NOTE, NOTE_WORDS, "").kept(Form::Line(LineFor::Invite, 0));
                        cx.effect(Effect::Push(Box::new(prompt)));
                    }
                }
            }
            (Page::List, Command::RevokeInvite) => self.ask_to_take_back(cx),
            (Page::List, Command::Open) => {
                if let Some(member) = self.chosen().and_then(used_by) {
                    cx.open(Route::Profile(member));
                }
            }
            (Page::List, Command::Report) => {
                let question = "Which code do you report?";
                cx.effect(Effect::Push(Box::new(Prompt::new(REPORT, question, ""))));
            }
            (Page::List, Command::GoInviteTree) => cx.open(Route::InviteTree(None)),
            (Page::List, Command::Back) => cx.back(),
            (Page::List, command) => {
                let len = self.invites().len();
                self.list.command(command, len);
            }
            (Page::Made(_), Command::Back) => self.page = Page::List,
            _ => {}
        }
    }

    fn ask_to_take_back(&self, cx: &mut Ui<'_>) {
        match self.chosen() {
            Some(invite) if invite.state == InviteState::Open => {
                let question = "Take this invite back? Its code will no longer open the door.";
                cx.effect(Effect::Push(Box::new(Confirm::new(TAKE_BACK, question))));
            }
            Some(_) => cx.refuse("Only an invite that is still open can be taken back."),
            None => {}
        }
    }
}

/// Who came with an invite.
fn used_by(invite: &InviteView) -> Option<crate::domain::ids::MemberId> {
    match invite.state {
        InviteState::Used { by, .. } => Some(by),
        _ => None,
    }
}
