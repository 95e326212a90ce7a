//! One's unfinished texts: go on with one, or drop it.

mod view;

#[cfg(test)]
mod forms_tests;
#[cfg(test)]
mod lines_tests;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{DraftTarget, Form, LineFor};
use crate::domain::ids::{ConversationId, MemberId, PostId, TagId};
use crate::domain::moderation::Thing;
use crate::service::Answer;
use crate::service::drafts::{DraftSummary, DropDraft, ListDrafts};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Confirm, ListState};

/// The question whether to drop the chosen draft.
const DROP: u32 = 1;

/// The drafts screen.
#[derive(Default)]
pub struct Drafts {
    drafts: Option<Vec<DraftSummary>>,
    list: ListState,
    /// The draft that the open question is about.
    asked: Option<DraftTarget>,
}

impl Screen for Drafts {
    fn route(&self) -> Route {
        Route::Drafts
    }

    fn title(&self) -> String {
        "drafts".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Drafts, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.drafts.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let any = self.drafts.as_ref().is_some_and(|drafts| !drafts.is_empty());
        any || !matches!(command, Command::Open | Command::DropDraft)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListDrafts),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(DialogResult::Yes(DROP)) => {
                if let Some(target) = self.asked.take() {
                    cx.call(DropDraft { target });
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Drafts {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListDrafts>() {
            Ok(Ok(drafts)) => {
                self.drafts = Some(drafts);
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        match answer.take::<DropDraft>() {
            Ok(Ok(_)) => {
                cx.say("The draft is gone.");
                cx.call(ListDrafts);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let drafts = self.drafts.as_deref().unwrap_or_default();
        if self.list.command(command, drafts.len()) {
            return;
        }
        let Some(draft) = drafts.get(self.list.chosen()) else { return };
        match command {
            Command::Open => match place_of(&draft.target) {
                Some(place) => cx.open(place),
                None => cx.say("This one comes back where it was begun."),
            },
            Command::DropDraft => {
                self.asked = Some(draft.target.clone());
                let question = "Drop this draft? Its text is gone then.";
                cx.effect(Effect::Push(Box::new(Confirm::new(DROP, question))));
            }
            _ => {}
        }
    }
}

/// Where a draft is gone on with.
fn place_of(target: &DraftTarget) -> Option<Route> {
    let compose = match *target {
        DraftTarget::Board(board) => ComposeTarget::NewThread(board),
        DraftTarget::Reply(thread) => ComposeTarget::Reply { thread, to: None, quote: false },
        DraftTarget::Edit(thread, no) => ComposeTarget::Edit { thread, no },
        DraftTarget::Message(conversation) => ComposeTarget::Message(conversation),
        DraftTarget::EditMessage(conversation, no) => ComposeTarget::EditMessage(conversation, no),
        DraftTarget::MessageTo(member) => ComposeTarget::MessageTo(member),
        DraftTarget::NewConversation => ComposeTarget::NewConversation,
        DraftTarget::Room(room) => return Some(Route::Room(room)),
        DraftTarget::Form(_) => {
            return Some(match target.form()? {
                Form::Template(board) => Route::Compose(ComposeTarget::Template(board)),
                Form::Profile => Route::EditProfile,
                Form::Cohort => Route::NewCohort,
                Form::Checkpoint(cohort, week) => Route::Compose(ComposeTarget::Checkpoint(cohort, week)),
                Form::Question(_) => Route::Questions,
                Form::Report(thing) => Route::Report(thing),
                Form::Case(case) => Route::Case(case),
                Form::Appeal(_) => Route::MyCases,
                Form::Jury(matter) => Route::Jury(matter),
                Form::Act(thing) => Route::Moderate(thing),
                Form::Application(_, application) => Route::Application(application),
                Form::StaffNote(member) => Route::StaffNotes(member),
                Form::Held(held) => Route::Held(held),
                Form::InviteReport => Route::Invites,
                Form::Line(what, id) => line_place(what, id),
                // Whoever is a member has the door behind them.
                Form::Joining(_) | Form::DoorQuestion(_) => return None,
            });
        }
    };
    Some(Route::Compose(compose))
}

/// Where a line is asked for.
fn line_place(what: LineFor, id: i64) -> Route {
    match what {
        LineFor::Wall => Route::Wall,
        LineFor::Away => Route::Away,
        LineFor::Invite => Route::Invites,
        LineFor::Nudge => Route::Nudge((id > 0).then_some(MemberId(id))),
        LineFor::Tag => Route::Tag(TagId(id)),
        LineFor::NewTerm | LineFor::Term | LineFor::TermOut => Route::Glossary,
        LineFor::Vouch => Route::AtDoor,
        LineFor::RoleEnd => Route::Roles,
        LineFor::LetIn => Route::Waitlist,
        LineFor::Calm => Route::Prevention,
        LineFor::Filter => Route::Filters,
        LineFor::Conversation => Route::Conversation(ConversationId(id)),
        LineFor::Split => Route::Moderate(Thing::Post(PostId(id))),
        LineFor::Console => Route::Console,
    }
}
