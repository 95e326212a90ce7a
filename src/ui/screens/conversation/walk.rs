//! Reading on (R4): what was shown is marked, then comes the next unread thing. Nothing is marked that was not shown.

use super::Conversation;
use crate::domain::ids::MessageNo;
use crate::service::Answer;
use crate::service::conversations::{ConversationPage, MarkMessagesRead};
use crate::service::reading::{NextUnread, NextUp};
use crate::ui::screen::{Effect, Ui};
use crate::ui::screens;

impl Conversation {
    /// The page was seen.
    pub(super) fn shown(&mut self, cx: &mut Ui<'_>) {
        self.unseen = false;
        if self.head.is_none() {
            return;
        }
        let read_to = self.read_to;
        let (sheet, height) = self.laid(cx.look);
        let upto = sheet.shown_to(read_to, height);
        if upto > read_to {
            self.read_to = upto;
            self.marking += 1;
            cx.call(MarkMessagesRead { conversation: self.id, upto });
        }
        self.count_below(cx.look);
    }

    /// Space: the rest of this conversation, then the next unread thing.
    pub(super) fn read_on(&mut self, cx: &mut Ui<'_>) {
        let (sheet, height) = self.laid(cx.look);
        if sheet.page(height, true) {
            self.unseen = true;
            return self.moved(cx);
        }
        if self.sheet.more_after {
            self.pending = true;
            return self.load(ConversationPage::From(MessageNo(self.sheet.last_no().0 + 1)), cx);
        }
        if std::mem::take(&mut self.caught_up) {
            return cx.back();
        }
        self.go_on(cx);
    }

    /// Leaves what is unread here for later and reads on.
    pub(super) fn skip(&mut self, cx: &mut Ui<'_>) {
        self.walk.skipped_conversations.push(self.id);
        self.go_on(cx);
    }

    /// Looks for what is next, once all marks are where they count.
    fn go_on(&mut self, cx: &mut Ui<'_>) {
        self.pending = true;
        self.goes_on = self.marking > 0;
        if !self.goes_on {
            cx.call(self.walk.clone());
        }
    }

    /// Takes the answers that belong to the walk.
    pub(super) fn walk_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Result<(), Answer> {
        let answer = match answer.take::<MarkMessagesRead>() {
            Ok(result) => {
                self.marking = self.marking.saturating_sub(1);
                if let Err(why) = result {
                    cx.refuse(why);
                }
                if self.goes_on && self.marking == 0 {
                    self.go_on(cx);
                }
                return Ok(());
            }
            Err(other) => other,
        };
        let found = answer.take::<NextUnread>()?;
        self.pending = false;
        match found {
            Ok(Some(NextUp::Conversation(id))) if id == self.id => {
                // Something came in meanwhile, or lies before what is seen.
                cx.call(crate::service::conversations::ReadConversation { conversation: id });
            }
            Ok(Some(next)) => cx.effect(Effect::Swap(screens::next_up(next, self.walk.clone()))),
            Ok(None) => {
                self.caught_up = true;
                cx.good("You are caught up. Space leads back to where you began.");
            }
            Err(why) => cx.refuse(why),
        }
        Ok(())
    }
}
