//! What is done about a post or its thread.

use super::post::body;
use super::table::Act;
use super::talk::Talk;
use super::thread::Reading;
use super::turn::{Place, Talked, Turn, Undo};
use super::words::ago;
use crate::domain::board::ThreadChoice;
use crate::domain::moderation::Thing;
use crate::domain::policy;
use crate::service::posts::PostHistory;
use crate::service::reading::{ChooseThread, KeepPost, MarkThreadRead, MarkUnreadFrom};
use crate::service::tags::{SetTags, Solution, SolveThread};
use crate::service::thanks::{GiveThanks, TakeBackThanks};
use crate::service::writing::DeletePost;

impl Talk {
    pub(super) async fn thread_act(&mut self, act: Act, rest: &str, reading: &mut Reading) -> Talked<()> {
        let post = &reading.post;
        match act {
            Act::Next => self.next_here(reading).await,
            Act::Forward => self.step(reading, 1).await,
            Act::Previous => self.step(reading, -1).await,
            Act::First => self.go_to_post(1, reading).await,
            Act::Last => self.go_to_post(reading.head.last.0, reading).await,
            Act::Post => self.post_by_number(rest, reading).await,
            Act::Parent => match post.answers.as_ref().map(|answers| answers.no) {
                Some(no) => self.go_to_post(no.0, reading).await,
                None => self.say("This post answers none in particular.").await,
            },
            Act::ToMe => self.next_to_me(reading).await,
            Act::Again => self.show(reading, false).await,
            Act::Spoilers => self.show(reading, true).await,
            Act::Unfold => self.unfold(reading).await,
            Act::History => self.history(reading).await,
            Act::Words => self.words_in(reading).await,
            Act::Author => Err(Turn::Open(Place::Profile(post.author_id))),
            Act::Report => Err(Turn::Open(Place::Report(Thing::Post(post.id)))),
            Act::Moderate => Err(Turn::Open(Place::Moderate(Thing::Post(post.id)))),
            Act::Reply => self.answer(reading, false).await,
            Act::Quote => self.answer(reading, true).await,
            Act::Edit => self.edit_post(reading).await,
            Act::Delete => self.delete_post(reading).await,
            Act::Thanks => self.thank(reading).await,
            Act::Keep => self.keep_post(reading).await,
            Act::Tag => self.set_tags(rest, reading).await,
            Act::Solve => self.solve(reading).await,
            Act::Follow => self.choose_thread(reading, ThreadChoice::Followed).await,
            Act::MuteThread => self.choose_thread(reading, ThreadChoice::Muted).await,
            Act::MarkRead => self.mark_thread(reading).await,
            Act::Unread => self.mark_unread(reading).await,
            Act::Skip => {
                self.skipped_threads.push(reading.thread);
                self.remember(Undo::SkipThread(reading.thread));
                self.say("Skipped for now; undo comes back.").await?;
                self.leave_thread().await
            }
            Act::SkipBoard => {
                self.skipped_boards.push(reading.head.board);
                self.remember(Undo::SkipBoard(reading.head.board));
                self.say(&format!("{} is skipped for now; undo takes it back.", reading.head.board_name))
                    .await?;
                self.leave_thread().await
            }
            _ => Ok(()),
        }
    }

    async fn history(&mut self, reading: &Reading) -> Talked<()> {
        if reading.post.edited_at.is_none() {
            return self.say("This post was not edited.").await;
        }
        let (thread, no) = (reading.thread, reading.post.no);
        let now = self.now();
        for older in self.call(PostHistory { thread, no }).await? {
            self.say(&format!("Written {}:\n", ago(now, older.written_at))).await?;
            self.say(&body(&older.body, false)).await?;
        }
        Ok(())
    }

    async fn delete_post(&mut self, reading: &mut Reading) -> Talked<()> {
        let (thread, no) = (reading.thread, reading.post.no);
        let (board, facts, post) = (reading.head.board_facts, reading.head.facts, reading.post.facts());
        // Courtesy: nobody is asked about what will be refused.
        policy::allow(&self.me.actor, &policy::DeletePost { board, thread: facts, post })
            .map_err(|why| Turn::Refused(why.into()))?;
        if !self.confirm(&format!("Delete your post {no}?")).await? {
            return Err(Turn::Cancelled);
        }
        let deleted = self.call(DeletePost { thread, no }).await?;
        self.remember(Undo::Deleted(thread, no));
        self.say(&format!("Deleted. undo brings it back within {} minutes.", deleted.undo_s / 60)).await
    }

    async fn thank(&mut self, reading: &mut Reading) -> Talked<()> {
        let (thread, no) = (reading.thread, reading.post.no);
        let author = reading.post.author.clone();
        let thanked = !reading.post.thanked;
        let words = match thanked {
            true => {
                self.call(GiveThanks { thread, no }).await?;
                format!("{author} hears of your thanks, and nobody else.")
            }
            false => {
                self.call(TakeBackThanks { thread, no }).await?;
                "Your thanks are taken back.".to_owned()
            }
        };
        reading.post.thanked = thanked;
        self.say(&words).await
    }

    async fn keep_post(&mut self, reading: &mut Reading) -> Talked<()> {
        let (thread, no, before) = (reading.thread, reading.post.no, reading.post.kept);
        self.call(KeepPost { thread, no, keep: !before }).await?;
        reading.post.kept = !before;
        self.remember(Undo::Keep(thread, no, before));
        self.say(if before { "No longer kept." } else { "Kept: kept lists what you keep." }).await
    }

    async fn set_tags(&mut self, rest: &str, reading: &mut Reading) -> Talked<()> {
        let tags = match rest {
            "" => {
                let now = reading.head.tags.join(" ");
                let now = if now.is_empty() { "none".to_owned() } else { now };
                self.ask(&format!("tags with spaces between them, or - for none; now: {now}")).await?
            }
            tags => tags.to_owned(),
        };
        let tags = if tags == "-" { String::new() } else { tags };
        let set = self.call(SetTags { thread: reading.thread, tags }).await?;
        let words = if set.now.is_empty() { "none".to_owned() } else { set.now.join(", ") };
        reading.head.tags = set.now;
        self.say(&format!("The tags of this thread: {words}.")).await
    }

    async fn solve(&mut self, reading: &mut Reading) -> Talked<()> {
        let no = reading.post.no;
        let mine = reading.head.solution.and_then(|solution| solution.by) == Some(no);
        let solution = (!mine).then_some(Solution { by: Some(no) });
        self.call(SolveThread { thread: reading.thread, solution }).await?;
        reading.head.solution = solution;
        self.say(match mine {
            true => "The question is open again.",
            false => "Solved: this post is the answer.",
        })
        .await
    }

    async fn choose_thread(&mut self, reading: &mut Reading, wanted: ThreadChoice) -> Talked<()> {
        let before = reading.head.choice;
        let choice = if before == Some(wanted) { None } else { Some(wanted) };
        self.call(ChooseThread { thread: reading.thread, choice }).await?;
        reading.head.choice = choice;
        self.remember(Undo::Choice(reading.thread, before));
        self.say(match (wanted, choice) {
            (ThreadChoice::Followed, Some(_)) => "You follow this thread: it comes first.",
            (ThreadChoice::Followed, None) => "You no longer follow this thread.",
            (ThreadChoice::Muted, Some(_)) => "Muted: this thread is no longer counted.",
            (ThreadChoice::Muted, None) => "No longer muted.",
        })
        .await
    }

    async fn mark_thread(&mut self, reading: &mut Reading) -> Talked<()> {
        let (thread, upto) = (reading.thread, reading.head.last);
        let before = self.call(MarkThreadRead { thread, upto }).await?;
        reading.head.read_to = upto;
        self.remember(Undo::Mark(before));
        self.say("All of this thread is marked as read; undo takes it back.").await
    }

    async fn mark_unread(&mut self, reading: &mut Reading) -> Talked<()> {
        let (thread, from) = (reading.thread, reading.post.no);
        let before = self.call(MarkUnreadFrom { thread, from }).await?;
        self.remember(Undo::Mark(before));
        // Not at the next Enter: one has just been here.
        self.skipped_threads.push(thread);
        self.say("Unread from here on: you meet it again when you next come. undo takes it back.").await
    }
}
