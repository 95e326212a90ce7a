//! A thread, read post by post. A post is marked as read once its last line was printed.

use super::post::{body, instead_of_text, is_unread, post_head, thread_head};
use super::table::{Act, Menu, Said, entry, number};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::post::{PostState, TEXT_FORGOTTEN};
use crate::service::posts::{From, ListPosts, PostView};
use crate::service::reading::{MarkRead, SeeAddressed};
use crate::service::threads::{At, ThreadHead};

pub(super) static MENU: Menu = Menu {
    name: "thread",
    entries: &[
        entry(Act::Next, "next", "n", "", "read on: the next post that you have not read"),
        entry(Act::Reply, "reply", "r", "", "answer this post"),
        entry(Act::Quote, "quote", "", "", "answer this post with its text as a quote"),
        entry(Act::Skip, "skip", "s", "", "skip this thread for now; it stays unread"),
        entry(Act::Forward, "forward", "f", "", "the post after this one, read or not"),
        entry(Act::Previous, "previous", "p", "", "the post before this one"),
        entry(Act::Post, "post", "", "NUMBER", "a post of this thread by its number"),
        entry(Act::First, "first", "", "", "the first post"),
        entry(Act::Last, "last", "", "", "the last post"),
        entry(Act::Parent, "parent", "", "", "the post that this one answers"),
        entry(Act::ToMe, "tome", "", "", "the next post here that answers or mentions you"),
        entry(Act::Again, "again", "a", "", "this post once more"),
        entry(Act::Unfold, "unfold", "", "", "show what the moderators folded"),
        entry(Act::Spoilers, "spoilers", "", "", "this post with what its spoilers hide"),
        entry(Act::History, "history", "", "", "what an edited post said before"),
        entry(Act::Words, "words", "", "", "what words of the glossary in this post mean"),
        entry(Act::Author, "author", "", "", "the author's profile"),
        entry(
            Act::Thanks,
            "thanks",
            "",
            "",
            "thank the author; only the two of you see it. Once more takes it back",
        ),
        entry(Act::Keep, "keep", "", "", "keep this post in your reading list, or no longer"),
        entry(Act::Tag, "tag", "", "TAGS", "the thread's tags, all of them anew"),
        entry(Act::Solve, "solve", "", "", "this post answers the question, or no longer"),
        entry(Act::Edit, "edit", "e", "", "edit your own post"),
        entry(Act::Delete, "delete", "", "", "delete your own post"),
        entry(Act::Follow, "follow", "", "", "follow the thread, or no longer"),
        entry(Act::MuteThread, "mute", "", "", "mute the thread, or no longer"),
        entry(Act::MarkRead, "mark", "", "", "mark the rest of the thread as read"),
        entry(Act::Unread, "unread", "", "", "mark as unread from this post on"),
        entry(Act::SkipBoard, "skipboard", "", "", "skip the rest of this board for now"),
        entry(Act::Report, "report", "", "", "report this post to the staff"),
        entry(Act::Moderate, "moderate", "", "", "for staff and hosts: what can be done about this post"),
    ],
    main: 6,
    enter: Some(Act::Next),
    numbered: false,
};

/// Where one is in a thread.
pub(super) struct Reading {
    pub(super) thread: ThreadId,
    pub(super) head: ThreadHead,
    pub(super) post: PostView,
}

/// What is said instead of the text of somebody whom one mutes or blocks.
const MUTED: &str = "Folded: you mute or block its author; unfold shows it.";

impl Talk {
    pub(super) async fn thread(&mut self, thread: ThreadId, at: At, quiet: bool) -> Talked<()> {
        let mut reading = self.begin_reading(thread, at).await?;
        self.stand_at(Some(reading.head.board));
        if !self.arrives() {
            // Nothing: one never really left.
        } else if quiet {
            self.say(&format!(
                "Back at post {} of {}: {}",
                reading.post.no, reading.head.last, reading.head.title
            ))
            .await?;
        } else {
            self.say(&thread_head(&reading.head)).await?;
            self.show(&mut reading, false).await?;
        }
        loop {
            self.stay_at(&reading);
            let prompt = format!("post {} of {}", reading.post.no, reading.head.last);
            let said = self.command(&prompt, &MENU).await?;
            let done = match said {
                Said::Act(act, rest) => self.thread_act(act, &rest, &mut reading).await,
                Said::Pick(no) => self.go_to_post(i64::try_from(no).unwrap_or(i64::MAX), &mut reading).await,
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    /// The place that one comes back to is the post that one left.
    fn stay_at(&mut self, reading: &Reading) {
        if let Some(place @ Place::Thread { .. }) = self.stack.last_mut() {
            *place = Place::Thread { thread: reading.thread, at: At::Post(reading.post.no), quiet: true };
        }
    }

    async fn begin_reading(&mut self, thread: ThreadId, at: At) -> Talked<Reading> {
        let view = self.call(crate::service::threads::OpenThread { thread, at }).await?;
        let head = view.head;
        let no = match at {
            At::Post(no) => no.0,
            At::End => head.last.0,
            At::FirstUnread if head.read_to < head.last => head.read_to.0 + 1,
            // All is read: where it ended.
            At::FirstUnread => head.last.0,
        };
        let no = PostNo(no.clamp(1, head.last.0.max(1)));
        match view.posts.into_iter().find(|post| post.no == no) {
            Some(post) => Ok(Reading { thread, head, post }),
            None => self.only(thread, no).await,
        }
    }

    /// One post of a thread, read afresh.
    async fn only(&mut self, thread: ThreadId, no: PostNo) -> Talked<Reading> {
        let page = self.call(ListPosts { thread, from: From::Only(no) }).await?;
        match page.posts.into_iter().next() {
            Some(post) => Ok(Reading { thread, head: page.head, post }),
            None => Err(crate::service::Error::NotFound("post").into()),
        }
    }

    /// To a post by its number.
    pub(super) async fn go_to_post(&mut self, no: i64, reading: &mut Reading) -> Talked<()> {
        *reading = self.only(reading.thread, PostNo(no)).await?;
        self.show(reading, false).await
    }

    pub(super) async fn post_by_number(&mut self, rest: &str, reading: &mut Reading) -> Talked<()> {
        let text = if rest.is_empty() { self.ask("post number").await? } else { rest.to_owned() };
        match number(&text) {
            Some(no) => self.go_to_post(i64::try_from(no).unwrap_or(i64::MAX), reading).await,
            None => self.say("That is not a number. Posts are numbered from 1.").await,
        }
    }

    /// Says the post, and marks it as read if all of it was said.
    pub(super) async fn show(&mut self, reading: &mut Reading, spoilers_open: bool) -> Talked<()> {
        let Reading { head, post, .. } = reading;
        let unread = is_unread(post.no, head) && self.me.actor.is_active();
        let now = self.now();
        self.say(&format!("{}\n", post_head(post, head, now, unread))).await?;
        match instead_of_text(post.state).or(post.muted.then_some(MUTED)) {
            Some(words) => self.say(words).await?,
            None if post.body.is_empty() => self.say(TEXT_FORGOTTEN).await?,
            None => self.say(&body(&post.body, spoilers_open)).await?,
        }
        self.say("").await?;
        if post.no == head.last && !head.held.is_empty() {
            self.say_in_place(&head.held).await?;
        }
        if unread && self.said_all() {
            self.flush().await?;
            self.was_read(reading).await?;
        }
        Ok(())
    }

    /// Shows what is folded.
    pub(super) async fn unfold(&mut self, reading: &Reading) -> Talked<()> {
        match reading.post.state {
            PostState::Collapsed => self.say(&body(&reading.post.body, false)).await,
            PostState::Shown if reading.post.muted => self.say(&body(&reading.post.body, false)).await,
            _ => self.say("This post is not folded.").await,
        }
    }

    /// What was shown whole counts as read; posts before it that were not shown do not.
    async fn was_read(&mut self, reading: &mut Reading) -> Talked<()> {
        let (thread, no) = (reading.thread, reading.post.no);
        if no.0 == reading.head.read_to.0 + 1 {
            self.call(MarkRead { thread, upto: no }).await?;
            reading.head.read_to = no;
        } else if reading.post.to_me {
            self.call(SeeAddressed { thread, no }).await?;
        }
        Ok(())
    }

    /// The next unread post of this thread, or whatever is unread next.
    pub(super) async fn next_here(&mut self, reading: &mut Reading) -> Talked<()> {
        let thread = reading.thread;
        if !self.me.actor.is_active() {
            return self.step(reading, 1).await;
        }
        let page =
            self.call(ListPosts { thread, from: From::No(PostNo(reading.head.read_to.0 + 1)) }).await?;
        let skipped = self.skipped_threads.contains(&thread);
        match page.posts.into_iter().next().filter(|_| !skipped && page.head.read_to < page.head.last) {
            Some(post) => {
                *reading = Reading { thread, head: page.head, post };
                self.show(reading, false).await
            }
            None => self.read_on().await,
        }
    }

    /// To the post before or after this one.
    pub(super) async fn step(&mut self, reading: &mut Reading, by: i64) -> Talked<()> {
        let no = reading.post.no.0 + by;
        let page = self.call(ListPosts { thread: reading.thread, from: From::Only(PostNo(no)) }).await?;
        match page.posts.into_iter().next() {
            Some(post) => {
                *reading = Reading { thread: reading.thread, head: page.head, post };
                self.show(reading, false).await
            }
            None if by > 0 => self.say("This is the last post. n reads on elsewhere, b goes back.").await,
            None => self.say("This is the first post.").await,
        }
    }

    /// The next post here that speaks to the member.
    pub(super) async fn next_to_me(&mut self, reading: &mut Reading) -> Talked<()> {
        let mut from = PostNo(reading.post.no.0 + 1);
        loop {
            let page = self.call(ListPosts { thread: reading.thread, from: From::No(from) }).await?;
            let Some(last) = page.posts.last().map(|post| post.no) else {
                return self.say("No later post here answers or mentions you.").await;
            };
            if let Some(post) = page.posts.into_iter().find(|post| post.to_me) {
                *reading = Reading { thread: reading.thread, head: page.head, post };
                return self.show(reading, false).await;
            }
            from = PostNo(last.0 + 1);
        }
    }

    /// Leaves the thread for whatever is unread next.
    pub(super) async fn leave_thread(&mut self) -> Talked<()> {
        match self.read_on().await {
            // Caught up: back to where one began to read.
            Ok(()) => Err(Turn::Back),
            other => other,
        }
    }
}
