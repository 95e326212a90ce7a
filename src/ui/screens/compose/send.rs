//! Sending what was written, and what comes back.

use super::keep::save_later;
use super::{Compose, Phase};
use crate::domain::ids::PostNo;
use crate::service::cohorts::SetCheckpoint;
use crate::service::conversations::{EditMessage, StartConversation, WriteMessage};
use crate::service::held::{HandIn, HandedIn};
use crate::service::writing::{EditPost, Edited, SetTemplate, StartThread, WriteReply};
use crate::service::{Answer, Error, Result};
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{Effect, Tone, Ui};

impl Compose {
    /// Sends, once no save is under way: one that came after would bring the draft back.
    pub(super) fn send(&mut self, cx: &mut Ui<'_>) {
        self.phase = Phase::Sending;
        if !self.saver.is_under_way() {
            self.go(cx);
        }
    }

    pub(super) fn go(&mut self, cx: &mut Ui<'_>) {
        let body = self.editor.text().to_owned();
        match self.target {
            ComposeTarget::NewThread(board) => {
                cx.call(StartThread { board, title: self.title.text().to_owned(), body });
            }
            ComposeTarget::Reply { thread, .. } => {
                cx.call(WriteReply { thread, reply_to: self.answers, body });
            }
            ComposeTarget::Template(board) => cx.call(SetTemplate { board, body }),
            ComposeTarget::Checkpoint(cohort, week) => {
                cx.call(SetCheckpoint { cohort, week, prompt: body });
            }
            ComposeTarget::Edit { thread, no } => cx.call(EditPost { thread, no, body }),
            ComposeTarget::Message(conversation) => cx.call(WriteMessage { conversation, body }),
            ComposeTarget::EditMessage(conversation, no) => {
                cx.call(EditMessage { conversation, no, body });
            }
            ComposeTarget::MessageTo(_) | ComposeTarget::NewConversation => {
                let line = self.title.text().replace(',', " ");
                let to = line.split_whitespace().map(str::to_owned).collect();
                let draft = Some(self.target.draft());
                cx.call(StartConversation { to, title: String::new(), body, draft });
            }
        }
    }

    pub(super) fn sent(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<WriteReply>() {
            Ok(Ok(posted)) => {
                cx.good(format!("Posted as {}.", posted.no));
                return cx.back();
            }
            // A moderator reads it first: it is handed in to wait.
            Ok(Err(Error::MustWait(_))) => {
                if let ComposeTarget::Reply { thread, .. } = self.target {
                    let body = self.editor.text().to_owned();
                    let text = WriteReply { thread, reply_to: self.answers, body };
                    cx.call(HandIn { text, keep_draft: false });
                }
                return;
            }
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<HandIn<WriteReply>>() {
            Ok(result) => return self.handed_in(result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<HandIn<StartThread>>() {
            Ok(result) => return self.handed_in(result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<StartThread>() {
            Ok(Ok(posted)) => {
                cx.good("Your thread is open.");
                let place = Route::Thread { thread: posted.thread, at: Some(PostNo(1)) };
                return cx.effect(Effect::Replace(place));
            }
            Ok(Err(Error::MustWait(_))) => {
                if let ComposeTarget::NewThread(board) = self.target {
                    let (title, body) = (self.title.text().to_owned(), self.editor.text().to_owned());
                    cx.call(HandIn { text: StartThread { board, title, body }, keep_draft: false });
                }
                return;
            }
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        self.text_set(answer, cx);
    }

    /// Another text for something that was there.
    fn text_set(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<SetTemplate>() {
            Ok(Ok(())) => {
                cx.good("Kept: new threads here begin with this from now on.");
                return cx.back();
            }
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<SetCheckpoint>() {
            Ok(Ok(())) => {
                cx.good("That is what it asks.");
                return cx.back();
            }
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<EditPost>() {
            Ok(Ok(edited)) => {
                cx.good(match edited {
                    Edited::Unchanged => "Nothing was changed.",
                    Edited::Silently => "Changed.",
                    Edited::Marked => "Changed, and marked as edited.",
                });
                return cx.back();
            }
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        self.message_sent(answer, cx);
    }

    fn handed_in(&mut self, result: Result<HandedIn>, cx: &mut Ui<'_>) {
        match result {
            Ok(_) => {
                cx.good("Handed in: a moderator reads it first. g u shows it.");
                cx.back();
            }
            Err(why) => self.refused(&why, cx),
        }
    }

    fn message_sent(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<WriteMessage>() {
            Ok(Ok(_)) => return cx.back(),
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<StartConversation>() {
            Ok(Ok(sent)) => {
                cx.good("Sent.");
                return cx.effect(Effect::Replace(Route::Conversation(sent.conversation)));
            }
            Ok(Err(why)) => return self.refused(&why, cx),
            Err(other) => other,
        };
        match answer.take::<EditMessage>() {
            Ok(Ok(())) => {
                cx.good("Changed.");
                cx.back();
            }
            Ok(Err(why)) => self.refused(&why, cx),
            Err(_) => {}
        }
    }

    /// Whatever the reason: the text stays, and is kept.
    fn refused(&mut self, why: &Error, cx: &mut Ui<'_>) {
        self.phase = Phase::Writing;
        let wait = self.saver.again();
        save_later(wait, cx);
        let mut words = why.to_string();
        if !words.contains("kept") {
            words.push_str(" Your text is kept.");
        }
        self.tell(Tone::Bad, words, cx);
    }
}
