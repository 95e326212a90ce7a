//! What can be typed everywhere: the ways to all places, reading on, undoing.

use super::table::{self, Act, Menu, Said};
use super::talk::Talk;
use super::turn::{Ending, Place, Talked, Turn, Undo};
use crate::domain::ids::{MemberId, PostNo, TagId, ThreadId};
use crate::service::boards::ListBoards;
use crate::service::members::{ListMembers, MemberSummary};
use crate::service::moderation::UndoAct;
use crate::service::reading::{
    ChooseThread, KeepPost, NextUnread, NextUnreadOfTag, NextUp, UndoBoardRead, UndoThreadMark,
};
use crate::service::threads::At;
use crate::service::writing::UndeletePost;

impl Talk {
    /// Does what can be done everywhere.
    pub(super) async fn everywhere(&mut self, act: Act, rest: String, menu: &'static Menu) -> Talked<()> {
        let to = match act {
            Act::Next => return self.read_on().await,
            Act::Undo => return self.undo_last().await,
            Act::Help => return self.say(&table::help(menu, &self.me.actor.clone())).await,
            Act::Back => return Err(Turn::Back),
            Act::Quit => return Err(Turn::End(Ending::Left)),
            Act::Open => return self.open_named(&rest).await,
            Act::Profile => return self.open_profile(&rest).await,
            Act::Tree => return self.tree(&rest).await,
            Act::AtDoor => return self.at_door().await,
            Act::Vouch => return self.vouch(&rest).await,
            Act::Dues => return self.dues(&rest).await,
            Act::Path => return self.path(&rest).await,
            Act::Search => return self.open_search(rest).await,
            Act::Charter => return self.charter_version(&rest).await,
            Act::Nudge => return self.nudge(&rest).await,
            Act::Away => return self.away(&rest).await,
            Act::LostKeys => return self.lost_keys(&rest).await,
            Act::Mine => return self.mine().await,
            Act::Calm => return self.calm().await,
            Act::Home => Place::Home,
            Act::Boards => Place::Boards,
            Act::Members => Place::Members { here: false, part: rest },
            Act::Who => Place::Members { here: true, part: rest },
            Act::Messages => Place::Messages,
            Act::Rooms => Place::Rooms,
            Act::Cohorts => Place::Cohorts,
            Act::Roles => Place::Roles,
            Act::Notifications => Place::Notifications,
            Act::Wall => Place::Wall,
            Act::Kept => Place::Kept,
            Act::Tags => Place::Tags,
            Act::Glossary => Place::Glossary,
            Act::Drafts => Place::Drafts,
            Act::Waiting => Place::Waiting,
            Act::Watched => Place::Watch,
            Act::Bans => Place::Bans,
            Act::Filters => Place::Filters,
            Act::Settings => Place::Settings,
            Act::Keys => Place::Keys,
            Act::MyData => Place::MyData,
            Act::Invites => Place::Invites,
            Act::Log => Place::ModLog,
            Act::Audit => Place::AuditLog,
            Act::Queue => Place::Queue,
            Act::Console => Place::Console,
            // Words of one place only: they are done there.
            _ => return Ok(()),
        };
        Err(if to == Place::Home { Turn::Go(to) } else { Turn::Open(to) })
    }

    /// To the next unread post, or the good news that there is none.
    pub(super) async fn read_on(&mut self) -> Talked<()> {
        if let Some(tag) = self.tag_that_is_read() {
            return self.read_tag_on(tag).await;
        }
        let next = NextUnread {
            skipped_threads: self.skipped_threads.clone(),
            skipped_boards: self.skipped_boards.clone(),
            skipped_conversations: Vec::new(),
        };
        match self.call(next).await? {
            Some(NextUp::Conversation(id)) => Err(Turn::Open(Place::Conversation(id))),
            Some(NextUp::Thread(next)) => {
                let to = Place::Thread { thread: next.thread, at: At::Post(next.no), quiet: false };
                // From thread to thread one goes on; back leads to where one began to read.
                let reads = matches!(self.stack.last(), Some(Place::Thread { .. }));
                Err(if reads { Turn::Instead(to) } else { Turn::Open(to) })
            }
            None if self.skipped_threads.is_empty() && self.skipped_boards.is_empty() => {
                self.say("You are caught up.").await
            }
            None => self.say("You are caught up, but for what you skipped.").await,
        }
    }

    /// The tag among whose threads one reads: from its page on, and in the threads that were opened from there.
    fn tag_that_is_read(&self) -> Option<TagId> {
        match self.stack.as_slice() {
            [.., Place::Tag(tag)] | [.., Place::Tag(tag), Place::Thread { .. }] => Some(*tag),
            _ => None,
        }
    }

    /// To the next unread post with a tag, or the good news that there is none.
    async fn read_tag_on(&mut self, tag: TagId) -> Talked<()> {
        let (skipped_threads, skipped_boards) = (self.skipped_threads.clone(), self.skipped_boards.clone());
        match self.call(NextUnreadOfTag { tag, skipped_threads, skipped_boards }).await? {
            Some(next) => {
                let to = Place::Thread { thread: next.thread, at: At::Post(next.no), quiet: false };
                let reads = matches!(self.stack.last(), Some(Place::Thread { .. }));
                Err(if reads { Turn::Instead(to) } else { Turn::Open(to) })
            }
            None => {
                self.say("You are caught up with this tag. home, then n, reads on in all the rest.").await
            }
        }
    }

    async fn undo_last(&mut self) -> Talked<()> {
        let Some(step) = self.undo.pop() else { return self.say("There is nothing to undo.").await };
        let words = match step {
            Undo::SkipThread(thread) => {
                self.skipped_threads.retain(|skipped| *skipped != thread);
                return Err(Turn::Open(Place::thread(thread)));
            }
            Undo::SkipBoard(board) => {
                self.skipped_boards.retain(|skipped| *skipped != board);
                "The board is no longer skipped."
            }
            Undo::Mark(before) => {
                self.skipped_threads.retain(|skipped| *skipped != before.thread());
                self.call(UndoThreadMark(before)).await?;
                "Marked as it was before."
            }
            Undo::Board(before) => {
                self.call(UndoBoardRead(before)).await?;
                "The board is marked as it was before."
            }
            Undo::Choice(thread, choice) => {
                self.call(ChooseThread { thread, choice }).await?;
                "Taken back."
            }
            Undo::Deleted(thread, no) => {
                self.call(UndeletePost { thread, no }).await?;
                "Your post is back."
            }
            Undo::Keep(thread, no, keep) => {
                self.call(KeepPost { thread, no, keep }).await?;
                if keep { "Kept again." } else { "No longer kept." }
            }
            Undo::Act(act) => {
                self.call(UndoAct { act }).await?;
                "Undone: everything is as it was before."
            }
        };
        self.say(words).await
    }

    async fn open_named(&mut self, name: &str) -> Talked<()> {
        let name = match name.trim() {
            "" => self.ask("what: a board, a thread such as 12, or a post such as 12.3").await?,
            name => name.to_owned(),
        };
        if let Some((thread, no)) = post_ref(&name) {
            return Err(Turn::Open(match no {
                Some(no) => Place::post(thread, no),
                None => Place::thread(thread),
            }));
        }
        let boards = self.call(ListBoards).await?.boards;
        let wanted = name.to_lowercase();
        let exact = boards.iter().find(|board| board.slug == wanted || board.name.to_lowercase() == wanted);
        let begun = || {
            boards.iter().find(|board| {
                board.slug.starts_with(&wanted) || board.name.to_lowercase().starts_with(&wanted)
            })
        };
        match exact.or_else(begun) {
            Some(board) => Err(Turn::Open(Place::Board(board.id))),
            None => self.say(&format!("There is no board called {name}. boards lists them.")).await,
        }
    }

    async fn open_profile(&mut self, handle: &str) -> Talked<()> {
        if handle.is_empty() {
            return match self.me.actor.id() {
                Some(me) => Err(Turn::Open(Place::Profile(me))),
                None => Ok(()),
            };
        }
        match self.member_called(handle).await? {
            Some(member) => Err(Turn::Open(Place::Profile(member))),
            None => self.say(&format!("There is no member called {handle}. members lists them.")).await,
        }
    }

    /// The member with a handle, or the only one whose handle begins like this.
    pub(super) async fn member_called(&mut self, handle: &str) -> Talked<Option<MemberId>> {
        let handle = handle.trim_start_matches('@').to_lowercase();
        let members = self.call(ListMembers).await?;
        let exact = members.iter().find(|member| member.handle.to_lowercase() == handle);
        let mut begun = members.iter().filter(|member| member.handle.to_lowercase().starts_with(&handle));
        let only: Option<&MemberSummary> = match (begun.next(), begun.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        Ok(exact.or(only).map(|member| member.id))
    }

    async fn open_search(&mut self, words: String) -> Talked<()> {
        let words = if words.is_empty() { self.ask("words").await? } else { words };
        Err(Turn::Open(Place::Search(words)))
    }

    /// The thing of a list that was picked, or whose name was typed; says so when there is none.
    pub(super) async fn picked(&mut self, said: &Said, names: &[String]) -> Talked<Option<usize>> {
        let found = match said {
            Said::Pick(number) => number.checked_sub(1).filter(|index| *index < names.len()),
            Said::Other(text) => {
                let wanted = text.to_lowercase();
                let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
                let exact = lower.iter().position(|name| *name == wanted);
                exact.or_else(|| lower.iter().position(|name| name.starts_with(&wanted)))
            }
            Said::Act(..) => None,
        };
        match (found, said) {
            (None, Said::Pick(number)) => {
                self.say(&format!("There is no number {number} in the list.")).await?
            }
            (None, Said::Other(text)) => self.not_understood(text).await?,
            _ => {}
        }
        Ok(found)
    }
}

/// A thread, or one post of it: `12` or `12.3`.
pub(super) fn post_ref(text: &str) -> Option<(ThreadId, Option<PostNo>)> {
    let id = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<i64>().ok().filter(|number| plain && *number > 0)
    };
    let text = text.trim_start_matches('#');
    match text.split_once('.') {
        None => Some((ThreadId(id(text)?), None)),
        Some((thread, no)) => Some((ThreadId(id(thread)?), Some(PostNo(id(no)?)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x2_a_thread_and_a_post_are_named_by_numbers() {
        assert_eq!(post_ref("12"), Some((ThreadId(12), None)));
        assert_eq!(post_ref("#12.3"), Some((ThreadId(12), Some(PostNo(3)))));
        for none in ["", "talk", "12.", "0", "1.0", "-1"] {
            assert_eq!(post_ref(none), None, "{none}");
        }
    }
}
