//! What happened since the last prompt, told calmly before the next one.

use super::talk::Talk;
use super::turn::Talked;
use super::words::count;
use crate::domain::board::BoardChoice;
use crate::domain::ids::{BoardId, MemberId, MessageId};
use crate::service::DomainEvent;
use crate::service::boards::ListBoards;
use crate::service::moderation::{CountWaiting, Waiting};
use crate::service::nudges::ReadNudge;

/// Posts that are remembered one by one; more are not counted any further.
const POSTS_MAX: usize = 1_000;

/// What happened and was not told yet.
#[derive(Debug, Default)]
pub(super) struct News {
    /// One's own standing, role, keys or application.
    pub(super) about_me: bool,
    /// Boards of posts that others wrote.
    posts: Vec<BoardId>,
    /// Something for the staff, or about one's reports.
    cases: bool,
    /// Messages that others wrote to one.
    messages: i64,
    /// Nudges that were not shown yet.
    nudges: Vec<MessageId>,
    /// Words of the sysop to all.
    pub(super) announced: Vec<i64>,
    /// What was known to wait.
    waiting: Option<Waiting>,
}

impl News {
    /// Takes in an event.
    pub(super) fn take(&mut self, event: DomainEvent, me: Option<MemberId>, about_me: bool) {
        self.about_me |= about_me;
        match event {
            DomainEvent::PostAdded { board, author, .. }
                if Some(author) != me && self.posts.len() < POSTS_MAX =>
            {
                self.posts.push(board);
            }
            DomainEvent::MessageAdded { member, author, .. } if Some(member) == me && Some(author) != me => {
                self.messages += 1;
            }
            DomainEvent::Nudged { member, message }
                if Some(member) == me && self.nudges.len() < POSTS_MAX =>
            {
                self.nudges.push(message);
            }
            DomainEvent::CaseChanged { .. }
            | DomainEvent::HeldChanged { .. }
            | DomainEvent::MattersChanged
            | DomainEvent::ApplicationChanged { .. } => self.cases = true,
            // A decision, a warning: what concerns oneself is counted too.
            DomainEvent::MemberChanged { .. } if about_me => self.cases = true,
            _ => {}
        }
    }
}

impl Talk {
    /// Tells the news, if one is a member; others have nothing to be told.
    pub(super) async fn tell_news(&mut self) -> Talked<()> {
        self.tell_announced().await?;
        if !self.me.actor.is_active() {
            return Ok(());
        }
        let posts = std::mem::take(&mut self.news.posts);
        if !posts.is_empty() {
            // Only boards that one sees: what happens elsewhere is nobody's news here.
            let boards = self.call(ListBoards).await?.boards;
            let seen = |board: &BoardId| {
                boards.iter().any(|known| known.id == *board && known.choice != BoardChoice::Muted)
            };
            let number = posts.iter().filter(|board| seen(board)).count();
            if number > 0 {
                self.say(&format!("{} since.", count(i64::try_from(number).unwrap_or(i64::MAX), "new post")))
                    .await?;
            }
        }
        self.tell_messages().await?;
        if std::mem::take(&mut self.news.cases) || self.news.waiting.is_none() {
            let waiting = self.call(CountWaiting).await?;
            let before = self.news.waiting.replace(waiting);
            self.tell_waiting(before.unwrap_or_default(), waiting).await?;
        }
        Ok(())
    }

    async fn tell_messages(&mut self) -> Talked<()> {
        let nudges = std::mem::take(&mut self.news.nudges);
        // A nudge is a message too: it is told once.
        let messages = std::mem::take(&mut self.news.messages) - i64::try_from(nudges.len()).unwrap_or(0);
        for message in nudges {
            if let Some(nudge) = self.call(ReadNudge { message }).await? {
                self.say(&format!("{} nudges you: {} (messages answers)", nudge.author, nudge.text)).await?;
            }
        }
        if messages > 0 {
            self.say(&format!("{} since; messages opens them.", count(messages, "new message"))).await?;
        }
        Ok(())
    }

    async fn tell_waiting(&mut self, before: Waiting, now: Waiting) -> Talked<()> {
        if now.queue > before.queue {
            let number = i64::try_from(now.queue).unwrap_or(i64::MAX);
            self.say(&format!("{} in the queue; queue opens it.", count(number, "thing"))).await?;
        }
        if now.outcomes > before.outcomes {
            self.say("One of your reports was decided; mine tells how.").await?;
        }
        if now.about_me > before.about_me {
            self.say("The staff did something that concerns you; mine tells what.").await?;
        }
        Ok(())
    }
}
