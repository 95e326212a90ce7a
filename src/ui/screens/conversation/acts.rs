//! What keys ask for in a conversation.

use super::Conversation;
use crate::domain::conversation::PEOPLE_MAX;
use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::MessageNo;
use crate::domain::moderation::Thing;
use crate::domain::policy::{self, Action};
use crate::service::Answer;
use crate::service::conversations::{
    AddPerson, ConversationPage, DeleteMessage, LeaveConversation, MessageView, MuteConversation,
    RenameConversation,
};
use crate::ui::keys::Command;
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Ui};
use crate::ui::widgets::{Confirm, Prompt};

/// The question whether to delete the chosen message.
const DELETE: u32 = 1;
/// The question whether to leave.
const LEAVE: u32 = 2;
/// The question for a title.
const RENAME: u32 = 3;
/// The question whom to add.
const ADD: u32 = 4;

impl Conversation {
    /// Whether a command makes sense just now.
    pub(super) fn may(&self, command: Command, look: &Look) -> bool {
        let chosen = self.sheet.chosen();
        match command {
            Command::EditPost => chosen.is_some_and(|view| is_own(view, look)),
            Command::DeletePost => chosen.is_some_and(|view| is_own(view, look)),
            Command::Report => chosen.is_some_and(|view| is_theirs(view, look)),
            Command::Author => chosen.is_some_and(|view| Some(view.author_id) != look.actor().id()),
            Command::Reply => self.head.as_ref().is_some_and(|head| head.people.len() > 1),
            Command::AddPerson => self.head.as_ref().is_some_and(|head| head.people.len() < PEOPLE_MAX),
            _ => true,
        }
    }

    pub(super) fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.head.is_none() {
            if command == Command::Back {
                cx.back();
            }
            return;
        }
        if command != Command::Next {
            self.caught_up = false;
        }
        let (sheet, height) = self.laid(cx.look);
        match command {
            Command::Next => return self.read_on(cx),
            Command::Down => sheet.down(height),
            Command::Up => sheet.up(height),
            Command::PageDown => {
                sheet.page(height, true);
            }
            Command::PageUp => {
                sheet.page(height, false);
            }
            Command::Top => sheet.go_to_top(),
            Command::Bottom => sheet.go_to_end(height),
            Command::Spoilers => sheet.toggle_spoilers(),
            other => return self.act(other, cx),
        }
        self.moved(cx);
    }

    /// After every move: what lies near the window is asked for.
    pub(super) fn moved(&mut self, cx: &mut Ui<'_>) {
        let (sheet, height) = self.laid(cx.look);
        sheet.fit(height);
        if sheet.more_before && sheet.is_near(height, false) {
            let first = sheet.first_no();
            self.load(ConversationPage::Before(first), cx);
        } else if sheet.more_after && sheet.is_near(height, true) {
            let next = MessageNo(sheet.last_no().0 + 1);
            self.load(ConversationPage::From(next), cx);
        }
    }

    fn act(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(head) = &self.head else { return };
        match command {
            Command::Back => cx.back(),
            Command::SkipThread => self.skip(cx),
            Command::Reply => cx.open(Route::Compose(ComposeTarget::Message(self.id))),
            Command::MuteConversation => {
                let muted = !head.muted;
                cx.call(MuteConversation { conversation: self.id, muted });
                cx.good(if muted { "Muted: it is listed, but not counted." } else { "No longer muted." });
            }
            Command::RenameConversation => {
                let question = "What is it called? All who are in it see that. Empty: after its people.";
                cx.effect(Effect::Push(Box::new(
                    Prompt::new(RENAME, question, head.title.clone())
                        .kept(Form::Line(LineFor::Conversation, self.id.0)),
                )));
            }
            Command::AddPerson => {
                let question = "Whom to add? They see what is said from then on; all are told.";
                cx.effect(Effect::Push(Box::new(Prompt::new(ADD, question, ""))));
            }
            Command::LeaveConversation => {
                let question = "Leave this conversation? You will see nothing more of it.";
                cx.effect(Effect::Push(Box::new(Confirm::new(LEAVE, question))));
            }
            other => self.act_on_message(other, cx),
        }
    }

    fn act_on_message(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(view) = self.sheet.chosen() else { return };
        match command {
            Command::Author => cx.open(Route::Profile(view.author_id)),
            Command::Report => cx.open(Route::Report(Thing::Message(view.id))),
            Command::EditPost => match editing(view, cx.look) {
                Ok(()) => cx.open(Route::Compose(ComposeTarget::EditMessage(self.id, view.no))),
                Err(why) => cx.refuse(why),
            },
            Command::DeletePost if is_own(view, cx.look) => {
                let question = "Delete this message? Its words are gone then, for all.";
                cx.effect(Effect::Push(Box::new(Confirm::new(DELETE, question))));
            }
            Command::DeletePost => cx.refuse(policy::Denied::NotYours),
            _ => {}
        }
    }

    pub(super) fn dialog(&mut self, result: &DialogResult, cx: &mut Ui<'_>) {
        let conversation = self.id;
        match result {
            DialogResult::Yes(DELETE) => {
                if let Some(view) = self.sheet.chosen() {
                    cx.call(DeleteMessage { conversation, no: view.no });
                }
            }
            DialogResult::Yes(LEAVE) => cx.call(LeaveConversation { conversation }),
            DialogResult::Text(RENAME, title) => {
                cx.call(RenameConversation { conversation, title: title.clone() });
            }
            DialogResult::Text(ADD, handle) if !handle.is_empty() => {
                cx.call(AddPerson { conversation, handle: handle.clone() });
            }
            _ => {}
        }
    }

    pub(super) fn act_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<LeaveConversation>() {
            Ok(Ok(())) => {
                cx.good("You have left it.");
                return cx.back();
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<AddPerson>() {
            Ok(Ok(handle)) => return cx.good(format!("{handle} takes part now.")),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<DeleteMessage>() {
            Ok(Ok(())) => return cx.good("Deleted."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<RenameConversation>() {
            Ok(Err(why)) => return cx.refuse(why),
            Ok(Ok(())) => return,
            Err(other) => other,
        };
        if let Ok(Err(why)) = answer.take::<MuteConversation>() {
            cx.refuse(why);
        }
    }
}

/// Whether it is one's own words that are still there.
fn is_own(view: &MessageView, look: &Look) -> bool {
    view.kind.is_said() && view.body.is_some() && Some(view.author_id) == look.actor().id()
}

/// Whether it is somebody else's words that are still there.
fn is_theirs(view: &MessageView, look: &Look) -> bool {
    view.kind.is_said() && view.body.is_some() && Some(view.author_id) != look.actor().id()
}

/// Whether a message can still be changed, as far as the screen knows.
fn editing(view: &MessageView, look: &Look) -> Result<(), policy::Denied> {
    let gone = view.body.is_none() || !view.kind.is_said();
    policy::DeleteMessage { takes_part: true, author: view.author_id, gone }.decide(look.actor())
}
