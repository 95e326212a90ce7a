//! What keys ask about the thread and the chosen post: moving, opening in place, writing, marking, undoing.

use super::place::{Paged, Place, Spot};
use super::{Pending, Thread};
use crate::domain::board::ThreadChoice;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::moderation::Thing;
use crate::domain::policy::{self, Denied};
use crate::domain::post::PostState;
use crate::service::posts::{From, PostHistory, PostView};
use crate::service::reading::{ChooseThread, MarkThreadRead, MarkUnreadFrom, ThreadUndo, UndoThreadMark};
use crate::service::tags::{SetTags, Solution, SolveThread};
use crate::service::thanks::{GiveThanks, TakeBackThanks};
use crate::service::threads::At;
use crate::service::writing::{DeletePost, UndeletePost};
use crate::service::{Answer, Error};
use crate::ui::keys::Command;
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Ui};
use crate::ui::screens::compose::Compose;
use crate::ui::screens::quote_part::QuotePart;
use crate::ui::widgets::{Confirm, Prompt};

const DELETE: u32 = 1;
const JUMP: u32 = 2;
const QUOTE: u32 = 3;
pub(super) const TAGS: u32 = 4;
pub(super) const LINK: u32 = 5;

/// Most steps that can be undone; a walk of an evening has fewer.
const UNDO_MAX: usize = 50;

/// A step that `u` takes back.
pub(super) enum Undo {
    /// A thread, or its whole board, was skipped.
    Skip { thread: ThreadId, at: PostNo, board: Option<BoardId> },
    /// The thread was marked as read, or as unread.
    Mark(ThreadUndo),
    /// Another choice was made for the thread.
    Choice { thread: ThreadId, before: Option<ThreadChoice> },
    /// Other tags were set.
    Tags { thread: ThreadId, before: String },
    /// The question was said to be solved, or not to be.
    Solved { thread: ThreadId, before: Option<Solution> },
    /// An own post was deleted.
    Deleted { thread: ThreadId, no: PostNo },
}

impl Thread {
    pub(super) fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.head.is_none() {
            if command == Command::Back {
                cx.back();
            }
            return;
        }
        match command {
            Command::Next => self.read_on(cx),
            Command::Back => self.go_back(cx),
            Command::Down => self.down(cx),
            Command::Up => self.with_sheet(cx, |sheet, place| sheet.previous_post(place)),
            Command::PageDown => self.with_sheet(cx, |sheet, place| sheet.scroll(place, true)),
            Command::PageUp => self.with_sheet(cx, |sheet, place| sheet.scroll(place, false)),
            Command::Top => self.jump(PostNo(1), cx),
            Command::Bottom => self.go_to_end(cx),
            Command::SkipThread => self.skip(false, cx),
            Command::SkipBoard => self.skip(true, cx),
            Command::Undo => self.undo_last(cx),
            Command::MarkThreadRead => self.mark_read(cx),
            Command::MarkUnread => {
                self.pass_over();
                cx.call(MarkUnreadFrom { thread: self.thread, from: self.place.chosen });
            }
            Command::FollowThread => self.choose(ThreadChoice::Followed, cx),
            Command::MuteThread => self.choose(ThreadChoice::Muted, cx),
            Command::JumpTo => {
                let prompt = Prompt::new(JUMP, "Which post? Type its number.", "");
                cx.effect(Effect::Push(Box::new(prompt)));
            }
            Command::NextToMe => self.next_to_me(cx),
            Command::SetTags => self.set_tags(cx),
            Command::LookUp => self.look_up(cx),
            other => self.post_command(other, cx),
        }
    }

    /// Commands about the chosen post.
    fn post_command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let no = self.place.chosen;
        let Some(loaded) = self.posts.get_mut(no) else { return };
        match command {
            Command::Open if loaded.view.is_elsewhere() => self.open(self.thread, At::Post(no), cx),
            Command::Open if is_folded(&loaded.view) => {
                loaded.unfolded = !loaded.unfolded;
                loaded.changed();
            }
            Command::Open | Command::ShowAnswered => self.show_answered(no, cx),
            Command::Spoilers => {
                loaded.spoilers = !loaded.spoilers;
                loaded.changed();
            }
            Command::GoAnswered => match loaded.view.answers.as_ref().map(|answers| answers.no) {
                Some(answered) => self.jump(answered, cx),
                None => cx.say("This post answers none in particular."),
            },
            Command::Author => cx.open(Route::Profile(loaded.view.author_id)),
            Command::WriteTo => cx.open(Route::MessagesWith(loaded.view.author_id)),
            Command::Report => cx.open(Route::Report(Thing::Post(loaded.view.id))),
            Command::Moderate => cx.open(Route::Moderate(Thing::Post(loaded.view.id))),
            Command::History => self.history(no, cx),
            Command::Solve => self.solve(no, cx),
            Command::KeepPost => self.keep_post(no, cx),
            Command::OpenLink => self.choose_link(no, cx),
            Command::Reply | Command::Quote => {
                let quote = command == Command::Quote && loaded.shows_text();
                let part = if quote { QuotePart::of(QUOTE, &loaded.view) } else { None };
                if let Err(why) = self.allowed(command, cx.look) {
                    return cx.refuse(why);
                }
                if let Some(part) = part {
                    return cx.effect(Effect::Push(Box::new(part)));
                }
                let thread = self.thread;
                cx.open(Route::Compose(ComposeTarget::Reply { thread, to: Some(no), quote }));
            }
            Command::Thanks => self.thank(cx),
            Command::EditPost => match self.allowed(command, cx.look) {
                Ok(()) => cx.open(Route::Compose(ComposeTarget::Edit { thread: self.thread, no })),
                Err(why) => cx.refuse(why),
            },
            Command::DeletePost => match self.allowed(command, cx.look) {
                Ok(()) => {
                    let question = format!("Delete your post {no}?");
                    cx.effect(Effect::Push(Box::new(Confirm::new(DELETE, question))));
                }
                Err(why) => cx.refuse(why),
            },
            _ => {}
        }
    }

    /// What the policy says to a command about the chosen post: courtesy, it is asked again behind the door.
    pub(super) fn allowed(&self, command: Command, look: &Look) -> Result<(), Denied> {
        let (Some(head), Some(loaded)) = (&self.head, self.posts.get(self.place.chosen)) else {
            return Err(Denied::Gone);
        };
        let (board, thread, post) = (head.board_facts, head.facts, loaded.view.facts());
        let actor = look.actor();
        match command {
            Command::Reply | Command::Quote => {
                policy::allow(actor, &policy::Reply { board, thread }).map(drop)
            }
            Command::EditPost => policy::allow(actor, &policy::EditPost { board, thread, post }).map(drop),
            Command::DeletePost => {
                policy::allow(actor, &policy::DeletePost { board, thread, post }).map(drop)
            }
            Command::Thanks => policy::allow(actor, &policy::GiveThanks { board, thread, post }).map(drop),
            Command::SetTags => policy::allow(actor, &policy::TagThread { board, thread }).map(drop),
            Command::Solve => {
                let kind = head.kind;
                policy::allow(actor, &policy::SolveThread { board, kind, thread }).map(drop)
            }
            _ => Ok(()),
        }
    }

    /// Whether a key has its place in the footer.
    pub(super) fn may(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::Undo => !self.undo.is_empty(),
            Command::SkipThread => look.actor().is_active(),
            _ => self.allowed(command, look).is_ok(),
        }
    }

    /// Thanks the author of the chosen post, or takes that back. What is shown follows with the event.
    fn thank(&mut self, cx: &mut Ui<'_>) {
        let (thread, no) = (self.thread, self.place.chosen);
        let Some(loaded) = self.posts.get(no) else { return };
        if loaded.view.thanked {
            return cx.call(TakeBackThanks { thread, no });
        }
        match self.allowed(Command::Thanks, cx.look) {
            Ok(()) => cx.call(GiveThanks { thread, no }),
            Err(Denied::OwnThing) => cx.say("This is your own post; thanks are for those of others."),
            Err(why) => cx.refuse(why),
        }
    }

    fn with_sheet(&mut self, cx: &mut Ui<'_>, act: impl FnOnce(&mut super::Sheet<'_>, &mut Place)) {
        let (mut sheet, place) = self.sheet(cx.look);
        act(&mut sheet, place);
        self.moved(cx);
    }

    fn down(&mut self, cx: &mut Ui<'_>) {
        let (mut sheet, place) = self.sheet(cx.look);
        let paged = sheet.next_post(place);
        let more = self.head.as_ref().is_some_and(|head| self.place.chosen < head.last);
        if paged == Paged::AtEnd && more {
            self.pending = Pending::More(Command::Down);
        }
        self.moved(cx);
    }

    fn go_to_end(&mut self, cx: &mut Ui<'_>) {
        let loaded = self.posts.range().map_or(PostNo(0), |(_, last)| last);
        self.jumped_from.push(self.place);
        if self.head.as_ref().is_some_and(|head| loaded < head.last) {
            return self.open(self.thread, At::End, cx);
        }
        self.with_sheet(cx, |sheet, place| {
            place.top = sheet.end_top().max(place.top);
            place.chosen = sheet.posts.range().map_or(place.chosen, |(_, last)| last);
        });
    }

    /// To a post, remembering where one was.
    pub(super) fn jump(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        let last = self.head.as_ref().map_or(PostNo(1), |head| head.last);
        let no = PostNo(no.0.clamp(1, last.0.max(1)));
        self.jumped_from.push(self.place);
        self.go_to_post(no, cx);
    }

    fn go_to_post(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        if self.posts.has(no) {
            self.place = Place { top: Spot::head(no), chosen: no };
            self.moved(cx);
        } else {
            self.open(self.thread, At::Post(no), cx);
        }
    }

    fn go_back(&mut self, cx: &mut Ui<'_>) {
        match self.jumped_from.pop() {
            Some(place) if self.posts.has(place.top.no) && self.posts.has(place.chosen) => {
                self.place = place;
                self.moved(cx);
            }
            Some(place) => self.open(self.thread, At::Post(place.top.no), cx),
            None => cx.back(),
        }
    }

    /// Opens or closes what a post answers, in place.
    fn show_answered(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        let Some(loaded) = self.posts.get_mut(no) else { return };
        let Some(answers) = loaded.view.answers.as_ref().map(|answers| answers.no) else {
            return cx.say("This post answers none in particular.");
        };
        if loaded.answered.take().is_some() {
            return loaded.changed();
        }
        let text = self.posts.get(answers).map(|known| answered_text(&known.view));
        let missing = text.is_none();
        if let Some(loaded) = self.posts.get_mut(no) {
            loaded.answered = Some(text);
            loaded.changed();
        }
        if missing {
            self.load(From::Only(answers), cx);
        }
    }

    /// Puts an answered post that came into the posts that had it opened.
    pub(super) fn fill_answered(&mut self, from: &From, posts: &[PostView]) {
        let From::Only(no) = *from else { return };
        let text = posts.first().map_or_else(|| "(not there)".to_owned(), answered_text);
        for loaded in self.posts.iter_mut() {
            let asks = loaded.view.answers.as_ref().is_some_and(|answers| answers.no == no);
            if asks && loaded.answered.is_some() {
                loaded.answered = Some(Some(text.clone()));
                loaded.changed();
            }
        }
    }

    fn history(&mut self, no: PostNo, cx: &mut Ui<'_>) {
        let Some(loaded) = self.posts.get_mut(no) else { return };
        if loaded.older.take().is_some() {
            return loaded.changed();
        }
        if loaded.view.edited_at.is_none() {
            return cx.say("This post was not edited.");
        }
        self.history_of = Some(no);
        cx.call(PostHistory { thread: self.thread, no });
    }

    fn mark_read(&mut self, cx: &mut Ui<'_>) {
        let Some(head) = &self.head else { return };
        let upto = head.last;
        self.marks.begin(upto);
        cx.call(MarkThreadRead { thread: self.thread, upto });
    }

    fn choose(&mut self, wanted: ThreadChoice, cx: &mut Ui<'_>) {
        let Some(head) = &mut self.head else { return };
        let before = head.choice;
        head.choice = if before == Some(wanted) { None } else { Some(wanted) };
        let choice = head.choice;
        self.remember(Undo::Choice { thread: self.thread, before });
        cx.call(ChooseThread { thread: self.thread, choice });
        match (wanted, choice) {
            (ThreadChoice::Followed, Some(_)) => cx.good("You follow this thread: it comes first."),
            (ThreadChoice::Followed, None) => cx.good("You no longer follow this thread."),
            (ThreadChoice::Muted, Some(_)) => cx.good("Muted: this thread is no longer counted."),
            (ThreadChoice::Muted, None) => cx.good("No longer muted."),
        }
    }

    /// Remembers a step for `u`.
    pub(super) fn remember(&mut self, step: Undo) {
        if self.undo.len() >= UNDO_MAX {
            self.undo.remove(0);
        }
        self.undo.push(step);
    }

    fn undo_last(&mut self, cx: &mut Ui<'_>) {
        match self.undo.pop() {
            None => cx.say("There is nothing to undo."),
            Some(Undo::Skip { thread, at, board }) => self.unskip(thread, at, board, cx),
            Some(Undo::Mark(before)) => {
                self.pass_no_longer(before.thread());
                cx.call(UndoThreadMark(before));
            }
            Some(Undo::Choice { thread, before }) => {
                if let Some(head) = self.head.as_mut().filter(|head| head.id == thread) {
                    head.choice = before;
                }
                cx.call(ChooseThread { thread, choice: before });
                cx.good("Taken back.");
            }
            Some(Undo::Tags { thread, before }) => cx.call(SetTags { thread, tags: before }),
            Some(Undo::Solved { thread, before }) => {
                self.solving_back = true;
                cx.call(SolveThread { thread, solution: before });
            }
            Some(Undo::Deleted { thread, no }) => cx.call(UndeletePost { thread, no }),
        }
    }

    pub(super) fn dialog(&mut self, result: &DialogResult, cx: &mut Ui<'_>) {
        match result {
            DialogResult::Yes(DELETE) => {
                let (thread, no) = (self.thread, self.place.chosen);
                self.deleting = Some(no);
                cx.call(DeletePost { thread, no });
            }
            DialogResult::Text(QUOTE, text) => {
                let (thread, to) = (self.thread, Some(self.place.chosen));
                let target = ComposeTarget::Reply { thread, to, quote: false };
                cx.effect(Effect::Push(Box::new(Compose::quoting(target, text.clone()))));
            }
            DialogResult::Text(JUMP, text) => match text.trim_start_matches('#').trim().parse() {
                Ok(no) => self.jump(PostNo(no), cx),
                Err(_) => cx.refuse("That is not a number. Posts are numbered from 1."),
            },
            DialogResult::Text(TAGS, before) => self.tags_are_set(before.clone(), cx),
            DialogResult::Choice(super::words::WORD, index) => self.show_word(*index, cx),
            DialogResult::Choice(LINK, index) => self.open_link(*index, cx),
            _ => {}
        }
    }

    /// Takes the answers to what keys asked.
    pub(super) fn act_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let Err(answer) = self.label_answer(answer, cx) else { return };
        let answer = match answer.take::<PostHistory>() {
            Ok(Ok(older)) => {
                let loaded = self.history_of.take().and_then(|no| self.posts.get_mut(no));
                if let Some(loaded) = loaded {
                    loaded.older = Some(older);
                    loaded.changed();
                }
                return;
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<MarkThreadRead>() {
            Ok(Ok(before)) => {
                self.remember(Undo::Mark(before));
                return cx.good("All of this thread is marked as read. u takes it back.");
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<MarkUnreadFrom>() {
            Ok(Ok(before)) => {
                self.remember(Undo::Mark(before));
                return cx.good("Unread from here on: you meet it again when you read on. u takes it back.");
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<UndoThreadMark>() {
            Ok(result) => {
                self.marks.out_of_date = true;
                self.read_afresh(cx);
                return told(result, "Marked as it was before.", cx);
            }
            Err(other) => other,
        };
        let answer = match answer.take::<UndeletePost>() {
            Ok(result) => return told(result, "Your post is back.", cx),
            Err(other) => other,
        };
        let answer = match answer.take::<DeletePost>() {
            Ok(Ok(deleted)) => {
                if let Some(no) = self.deleting.take() {
                    self.remember(Undo::Deleted { thread: self.thread, no });
                }
                let minutes = deleted.undo_s / 60;
                return cx.good(format!("Deleted. u brings it back within {minutes} minutes."));
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<GiveThanks>() {
            Ok(result) => return told(result, "Thanked: its author and you see it, nobody else.", cx),
            Err(other) => other,
        };
        let answer = match answer.take::<TakeBackThanks>() {
            Ok(result) => return told(result, "Your thanks are taken back.", cx),
            Err(other) => other,
        };
        if let Ok(Err(why)) = answer.take::<ChooseThread>() {
            cx.refuse(why);
            self.read_afresh(cx);
        }
    }
}

fn told(result: Result<(), Error>, good: &str, cx: &mut Ui<'_>) {
    match result {
        Ok(()) => cx.good(good),
        Err(why) => cx.refuse(why),
    }
}

/// Whether a post is shown folded, and one key opens it.
fn is_folded(view: &PostView) -> bool {
    view.state == PostState::Collapsed || (view.muted && view.state == PostState::Shown)
}

/// What stands above an answer when its parent is opened in place.
fn answered_text(view: &PostView) -> String {
    match view.state {
        PostState::Shown if view.muted => "(folded: you mute or block its author)".to_owned(),
        PostState::Shown => view.body.clone(),
        PostState::Collapsed => "(folded by the moderators)".to_owned(),
        PostState::Removed => "(removed by the moderators)".to_owned(),
        PostState::Deleted => "(deleted by its author)".to_owned(),
    }
}
