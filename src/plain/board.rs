//! The boards, and the threads of one.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn, Undo};
use super::words::{ago, count};
use crate::domain::board::{Audience, BoardChoice, ThreadChoice};
use crate::domain::ids::BoardId;
use crate::domain::moderation::Thing;
use crate::domain::policy;
use crate::service::boards::{BoardSummary, ListBoards};
use crate::service::reading::{MarkBoardRead, MuteBoard};
use crate::service::rooms::{ArrangeRoom, ListRooms};
use crate::service::threads::{ListThreads, ThreadList, ThreadSummary};

static BOARDS: Menu = Menu {
    name: "boards",
    entries: &[
        entry(Act::MarkRead, "mark", "", "NUMBER", "mark a board as read"),
        entry(Act::Mute, "mute", "", "NUMBER", "mute a board, or subscribe to it again"),
    ],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

static BOARD: Menu = Menu {
    name: "threads",
    entries: &[
        entry(Act::NewThread, "write", "w", "", "start a thread here"),
        entry(Act::More, "more", "m", "", "older threads"),
        entry(Act::MarkRead, "mark", "", "", "mark the whole board as read"),
        entry(Act::Mute, "mute", "", "", "mute the board, or subscribe to it again"),
        entry(Act::Room, "room", "", "", "the board's room; its host and the staff open one"),
        entry(Act::Report, "report", "", "NUMBER", "report a thread to the staff"),
        entry(Act::Template, "template", "", "", "for staff and hosts: what new threads here begin with"),
        entry(
            Act::Moderate,
            "moderate",
            "",
            "NUMBER",
            "for staff and hosts: what can be done about a thread",
        ),
    ],
    main: 6,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn boards(&mut self) -> Talked<()> {
        self.stand_at(None);
        let list = self.call(ListBoards).await?;
        if list.boards.is_empty() {
            self.say("There is no board here that is shown to you.").await?;
        } else {
            self.say(&format!("{}. Type a number or a name.", count(len(&list.boards), "board"))).await?;
        }
        for (board, number) in list.boards.iter().zip(1..) {
            self.say(&board_line(number, board)).await?;
        }
        let names: Vec<String> = list.boards.iter().map(|board| board.name.clone()).collect();
        loop {
            let said = self.command("boards", &BOARDS).await?;
            let done = match &said {
                Said::Act(act @ (Act::MarkRead | Act::Mute), rest) => {
                    let said = Said::from_rest(rest);
                    match self.picked(&said, &names).await? {
                        Some(index) if *act == Act::Mute => self.mute_board(&list.boards[index]).await,
                        Some(index) => self.mark_board(list.boards[index].id, list.newest).await,
                        None => Ok(()),
                    }
                }
                Said::Act(..) => Ok(()),
                said => match self.picked(said, &names).await? {
                    Some(index) => Err(Turn::Open(Place::Board(list.boards[index].id))),
                    None => Ok(()),
                },
            };
            self.recover(done).await?;
        }
    }

    async fn mark_board(&mut self, board: BoardId, upto: crate::domain::ids::PostId) -> Talked<()> {
        let before = self.call(MarkBoardRead { board, upto }).await?;
        self.remember(Undo::Board(before));
        self.say("The board is marked as read; undo takes it back.").await
    }

    async fn mute_board(&mut self, board: &BoardSummary) -> Talked<()> {
        // What holds now: it may have been changed since the list was read.
        let boards = self.call(ListBoards).await?.boards;
        let now = boards.iter().find(|known| known.id == board.id).map(|known| known.choice);
        let muted = now != Some(BoardChoice::Muted);
        self.call(MuteBoard { board: board.id, muted }).await?;
        self.say(if muted {
            "Muted: this board is no longer counted. mute subscribes again."
        } else {
            "Subscribed again."
        })
        .await
    }

    pub(super) async fn board(&mut self, board: BoardId) -> Talked<()> {
        self.stand_at(Some(board));
        let mut list = self.call(ListThreads { board, after: None }).await?;
        self.say(&board_head(&list)).await?;
        if list.threads.is_empty() {
            self.say("No thread yet: w writes the first one.").await?;
        }
        let mut all: Vec<ThreadSummary> = Vec::new();
        self.say_threads(&mut all, &list).await?;
        loop {
            let said = self.command("threads", &BOARD).await?;
            let done = match &said {
                Said::Act(Act::NewThread, _) => self.start_thread(board).await,
                Said::Act(Act::MarkRead, _) => self.mark_board(board, list.newest).await,
                Said::Act(Act::Mute, _) => self.mute_here(board).await,
                Said::Act(Act::Room, _) => self.room_of(board, &list).await,
                Said::Act(Act::Template, _) => self.template(board).await,
                Said::Act(Act::More, _) => match list.next {
                    Some(after) => {
                        list = self.call(ListThreads { board, after: Some(after) }).await?;
                        self.say_threads(&mut all, &list).await
                    }
                    None => self.say("These are all threads of this board.").await,
                },
                said => self.thread_of_list(said, &all).await,
            };
            self.recover(done).await?;
        }
    }

    /// The board's room; where there is none, those who look after the board may open one.
    async fn room_of(&mut self, board: BoardId, list: &ThreadList) -> Talked<()> {
        let rooms = self.call(ListRooms).await?;
        if let Some(room) = rooms.iter().find(|room| room.board == Some(board)) {
            return Err(Turn::Open(Place::Room(room.id)));
        }
        if policy::allow(&self.me.actor, &policy::TidyBoard { board: list.facts }).is_err() {
            return self.say("This board has no room. Its host and the staff can open one.").await;
        }
        if !self.confirm("This board has no room. Open one?").await? {
            return Err(Turn::Cancelled);
        }
        let room = self.call(ArrangeRoom { board, open: true }).await?;
        Err(Turn::Open(Place::Room(room)))
    }

    async fn mute_here(&mut self, board: BoardId) -> Talked<()> {
        let boards = self.call(ListBoards).await?.boards;
        match boards.iter().find(|known| known.id == board) {
            Some(board) => self.mute_board(board).await,
            None => Ok(()),
        }
    }

    /// A thread by its number in the list, its title, or for a report.
    async fn thread_of_list(&mut self, said: &Said, all: &[ThreadSummary]) -> Talked<()> {
        let titles: Vec<String> = all.iter().map(|thread| thread.title.clone()).collect();
        match said {
            Said::Act(act, rest) => {
                let picked = self.picked(&Said::from_rest(rest), &titles).await?;
                let Some(thread) = picked.and_then(|index| all.get(index)) else { return Ok(()) };
                let thing = Thing::Thread(thread.id);
                Err(Turn::Open(if *act == Act::Report {
                    Place::Report(thing)
                } else {
                    Place::Moderate(thing)
                }))
            }
            said => match self.picked(said, &titles).await?.and_then(|index| all.get(index)) {
                Some(thread) => Err(Turn::Open(Place::thread(thread.id))),
                None => Ok(()),
            },
        }
    }

    /// Prints a page of threads with their numbers, which go on from the page before.
    async fn say_threads(&mut self, all: &mut Vec<ThreadSummary>, list: &ThreadList) -> Talked<()> {
        let now = self.now();
        for thread in &list.threads {
            all.push(thread.clone());
            if let Some(moved) = &thread.moved {
                let (number, at) = (all.len(), ago(now, moved.at));
                self.say(&format!("{number} {}, moved to {} {at}.", thread.title, moved.to)).await?;
                continue;
            }
            let mut line = format!("{} {}", all.len(), thread.title);
            let states = thread_states(thread);
            if !states.is_empty() {
                line.push_str(&format!(", {}", states.join(", ")));
            }
            line.push_str(&format!(
                ", {}, last by {} {}.",
                count(thread.posts, "post"),
                thread.last_author,
                ago(now, thread.last_at)
            ));
            self.say(&line).await?;
        }
        if list.next.is_some() {
            self.say("There are older threads: m tells more.").await?;
        }
        Ok(())
    }
}

impl Said {
    /// What follows a word, as if it had been typed alone.
    pub(super) fn from_rest(rest: &str) -> Self {
        match super::table::number(rest) {
            Some(number) => Self::Pick(number),
            None => Self::Other(rest.to_owned()),
        }
    }
}

fn len<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

fn board_line(number: usize, board: &BoardSummary) -> String {
    let mut line = format!("{number} {}", board.name);
    if board.unread_posts > 0 {
        line.push_str(&format!(", {} unread", board.unread_posts));
    }
    if board.choice == BoardChoice::Muted {
        line.push_str(", muted");
    }
    if board.archived {
        line.push_str(", archived");
    }
    if matches!(board.see, Audience::Staff | Audience::Sysops) {
        line.push_str(", for staff");
    }
    if board.purpose.is_empty() { line } else { format!("{line}. {}", board.purpose) }
}

fn board_head(list: &ThreadList) -> String {
    let mut head = format!("{}.", list.name);
    if !list.purpose.is_empty() {
        head.push_str(&format!(" {}", list.purpose));
    }
    if list.facts.archived {
        head.push_str("\nThis board is archived: it can be read, but nothing is added.");
    }
    if list.choice == BoardChoice::Muted {
        head.push_str("\nYou have muted this board.");
    }
    head
}

fn thread_states(thread: &ThreadSummary) -> Vec<String> {
    let mut states = Vec::new();
    if thread.unread > 0 {
        states.push(format!("{} unread", thread.unread));
    }
    for (holds, word) in [
        (thread.pinned, "pinned"),
        (thread.locked, "locked"),
        (thread.removed, "removed"),
        (thread.solved, "solved"),
        (thread.choice == Some(ThreadChoice::Followed), "followed"),
        (thread.choice == Some(ThreadChoice::Muted), "muted"),
    ] {
        if holds {
            states.push(word.to_owned());
        }
    }
    if !thread.tags.is_empty() {
        states.push(format!("tagged {}", super::words::list(&thread.tags)));
    }
    states
}
