//! Rooms: what is typed is said; a line that begins with a stroke is a command. What others say comes while nothing is
//! typed, and never into the middle of a line.

use super::table::{Act, Menu, Said, entry, number};
use super::talk::{Heard, Talk};
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count, list};
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{BoardId, LineId, RoomId};
use crate::domain::moderation::Thing;
use crate::domain::room::LineKind;
use crate::domain::time::Timestamp;
use crate::service::boards::ListBoards;
use crate::service::presence;
use crate::service::rooms::{
    AnswerKeep, ArrangeRoom, DeleteLine, EditLine, Ignore, LineView, ListRooms, MarkRoom, OpenRoom,
    ProposeKeep, ReadEarlier, ReadLines, RoomSummary, RoomView, Say, WhoIsInRoom,
};

static ROOMS: Menu = Menu {
    name: "rooms",
    entries: &[entry(Act::Again, "again", "a", "", "the rooms once more, as they are now")],
    main: usize::MAX,
    enter: Some(Act::Again),
    numbered: false,
};

const HELP: &str = "What you type is said. An empty line tells what was said since.\n\
                    /me WORDS says that you do something.\n\
                    /who tells who is here, /older what was said before.\n\
                    /edit WORDS changes your last line, /delete takes it back.\n\
                    /report HANDLE reports a line of theirs; as staff, /moderate HANDLE acts on one.\n\
                    /ignore HANDLE leaves somebody's lines out, or no longer.\n\
                    /keep 20 TITLE proposes to keep the last 20 lines as a thread.\n\
                    /agree says that yours may be kept, /decline that they may not.\n\
                    /say says a line that was kept when you left. /close closes a board's room.\n\
                    /b goes back, /q leaves. A line that shall begin with a stroke has two.";

/// Lines that are said when nothing is new.
const LAST: usize = 8;

/// Lines of one member that are offered to choose one from.
const LINES_OFFERED: usize = 9;

/// Where one is in a room.
struct InHall {
    room: RoomId,
    /// The first and the last line that were said.
    first: LineId,
    last: LineId,
    /// One's own newest line, which can be changed.
    own: Option<LineId>,
    ignored: Vec<String>,
    /// A line that was not finished when one was here last.
    unsaid: Option<String>,
    /// Something is kept of the line that is being typed.
    kept: bool,
    /// The room's board, if it has one and one may close the room.
    closes: Option<BoardId>,
}

impl Talk {
    pub(super) async fn rooms(&mut self) -> Talked<()> {
        let rooms = self.call(ListRooms).await?;
        match rooms.is_empty() {
            true => self.say("There is no room here.").await?,
            false => self.say("The rooms. Type a number or a name.").await?,
        }
        for (room, number) in rooms.iter().zip(1..) {
            self.say(&format!("{number} {}", room_line(room))).await?;
        }
        let names: Vec<String> = rooms.iter().map(|room| room.name.clone()).collect();
        loop {
            let said = self.command("rooms", &ROOMS).await?;
            if let Said::Act(..) = said {
                return Err(Turn::Instead(Place::Rooms));
            }
            if let Some(index) = self.picked(&said, &names).await? {
                return Err(Turn::Open(Place::Room(rooms[index].id)));
            }
        }
    }

    pub(super) async fn room(&mut self, room: RoomId) -> Talked<()> {
        let view = self.call(OpenRoom { room }).await?;
        self.here.move_to(presence::Place { board: None, room: Some(room) });
        self.watch_room(Some(room));
        let talked = self.talk_in(&view).await;
        self.watch_room(None);
        self.stand_at(None);
        talked
    }

    async fn talk_in(&mut self, view: &RoomView) -> Talked<()> {
        let mut hall = self.enter_room(view).await?;
        let prompt = view.head.name.to_lowercase();
        loop {
            self.look_up().await?;
            self.owes().await?;
            let target = DraftTarget::Room(hall.room);
            let before = hall.unsaid.clone().unwrap_or_default();
            let (heard, kept) = self.hear_kept(&prompt, &target, &before).await;
            hall.kept |= kept;
            let line = match heard? {
                Heard::Line(line) => line,
                Heard::Cancel => continue,
                // Somebody said something while nothing was typed.
                Heard::Time => {
                    self.break_prompt().await?;
                    self.say_new_lines(&mut hall).await?;
                    continue;
                }
            };
            self.look_up().await?;
            let done = self.line_in_room(line.trim(), &mut hall).await;
            self.recover(done).await?;
        }
    }

    async fn enter_room(&mut self, view: &RoomView) -> Talked<InHall> {
        let here: Vec<String> = view.here.iter().map(|here| here.handle.clone()).collect();
        let others =
            if here.is_empty() { "Nobody else is here".to_owned() } else { format!("Here: {}", list(&here)) };
        self.say(&format!("{}. {others}.", view.head.name)).await?;
        if let Some(mute) = &view.head.mute {
            self.say(mute).await?;
        }
        for ask in &view.asks {
            let lines = count(ask.lines, "line");
            self.say(&format!(
                "{} would keep {lines} as {} on {}: /agree or /decline.",
                ask.proposer, ask.title, ask.board
            ))
            .await?;
        }
        self.say("Type a line to say it. /h tells what else there is, /b goes back.").await?;
        let unread = view.lines.iter().position(|line| line.id > view.read_to);
        let from = unread.unwrap_or(view.lines.len()).min(view.lines.len().saturating_sub(LAST));
        let lines: Vec<LineView> = view.lines.get(from..).unwrap_or_default().to_vec();
        let first = lines.first().map_or(LineId(0), |line| line.id);
        let own = view.lines.iter().rev().find(|line| line.mine && !line.removed).map(|line| line.id);
        let mut hall = InHall {
            room: view.head.id,
            first,
            last: view.read_to,
            own,
            ignored: view.ignored.clone(),
            unsaid: self.kept_line(&DraftTarget::Room(view.head.id)).await?,
            kept: false,
            closes: view.head.board.filter(|_| view.head.may_arrange),
        };
        if let Some(unsaid) = &hall.unsaid {
            self.say(&format!("You had begun to write: {unsaid}\n/say says it as it is.")).await?;
        }
        self.say_lines(&lines, &mut hall).await?;
        Ok(hall)
    }

    /// A line that was typed: said, or a command.
    async fn line_in_room(&mut self, line: &str, hall: &mut InHall) -> Talked<()> {
        let Some(command) = line.strip_prefix('/') else {
            return match line {
                "" => self.say_new_lines(hall).await,
                text => self.speak(LineKind::Says, text, hall).await,
            };
        };
        if command.starts_with('/') {
            return self.speak(LineKind::Says, command, hall).await;
        }
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim();
        match word.to_lowercase().as_str() {
            "me" if !rest.is_empty() => self.speak(LineKind::Does, rest, hall).await,
            "who" | "w" => self.who_is_in(hall.room).await,
            "older" | "o" => self.older_lines(hall).await,
            "edit" | "e" if !rest.is_empty() => match hall.own {
                Some(line) => {
                    self.call(EditLine { line, text: rest.to_owned() }).await?;
                    self.say("Changed.").await
                }
                None => self.say("There is no line of yours to change.").await,
            },
            "delete" => match hall.own.take() {
                Some(line) => {
                    self.call(DeleteLine { line }).await?;
                    self.say("Taken back.").await
                }
                None => self.say("There is no line of yours to take back.").await,
            },
            "ignore" if !rest.is_empty() => self.ignore(rest, hall).await,
            "report" if !rest.is_empty() => {
                let line = self.line_of(rest, hall).await?;
                Err(Turn::Open(Place::Report(Thing::Line(line))))
            }
            "moderate" if !rest.is_empty() => {
                let line = self.line_of(rest, hall).await?;
                Err(Turn::Open(Place::Moderate(Thing::Line(line))))
            }
            "say" => match hall.unsaid.clone() {
                Some(unsaid) => self.speak(LineKind::Says, &unsaid, hall).await,
                None => self.say("Nothing is kept that was not said.").await,
            },
            "keep" => match rest.split_once(char::is_whitespace) {
                Some((lines, title)) => self.propose_keep(lines, title.trim(), hall).await,
                None => self.answer_keep(true, rest, hall.room).await,
            },
            "agree" => self.answer_keep(true, rest, hall.room).await,
            "decline" | "nokeep" => self.answer_keep(false, rest, hall.room).await,
            "close" => self.close_room(hall.closes).await,
            "b" | "back" => Err(Turn::Back),
            "q" | "quit" | "leave" => Err(Turn::End(super::turn::Ending::Left)),
            _ => self.say(HELP).await,
        }
    }

    /// Which of the newest lines of a member is meant.
    async fn line_of(&mut self, handle: &str, hall: &InHall) -> Talked<LineId> {
        let handle = handle.trim_start_matches('@');
        let view = self.call(OpenRoom { room: hall.room }).await?;
        let now = self.now();
        let mut lines: Vec<&LineView> =
            view.lines.iter().rev().filter(|line| line.author.eq_ignore_ascii_case(handle)).collect();
        lines.truncate(LINES_OFFERED);
        match lines.as_slice() {
            [] => {
                self.say(&format!("{handle} has said nothing here today.")).await?;
                Err(Turn::Cancelled)
            }
            [line] => Ok(line.id),
            lines => {
                let words: Vec<String> = lines.iter().map(|line| line_text(line, now)).collect();
                let index = self.choose("Which line?", &words).await?;
                lines.get(index).map(|line| line.id).ok_or(Turn::Cancelled)
            }
        }
    }

    async fn speak(&mut self, kind: LineKind, text: &str, hall: &mut InHall) -> Talked<()> {
        let (target, is_unsaid) = (DraftTarget::Room(hall.room), hall.unsaid.as_deref() == Some(text));
        if is_unsaid {
            hall.unsaid = None;
        }
        let from_field = is_unsaid || std::mem::take(&mut hall.kept);
        let say = Say { room: hall.room, kind, text: text.to_owned(), from_field };
        hall.own = Some(self.call(say).await?);
        if let Some(unsaid) = hall.unsaid.clone().filter(|_| from_field) {
            // It stood before the line that is said now, and is not said yet.
            self.keep_line(&target, &unsaid).await?;
        }
        // With it comes what others said meanwhile; one's own line stands there already.
        self.say_new_lines(hall).await
    }

    async fn say_new_lines(&mut self, hall: &mut InHall) -> Talked<()> {
        let lines = self.call(ReadLines { room: hall.room, after: hall.last }).await?;
        self.say_lines(&lines, hall).await
    }

    /// Says lines, and marks what was said.
    async fn say_lines(&mut self, lines: &[LineView], hall: &mut InHall) -> Talked<()> {
        let now = self.now();
        let said_before = hall.last;
        for line in lines {
            let ignored = hall.ignored.iter().any(|handle| handle.eq_ignore_ascii_case(&line.author));
            // What one just typed oneself stands on the paper.
            if ignored
                || (line.mine && Some(line.id) == hall.own && line.id > said_before && hall.first.0 > 0)
            {
                continue;
            }
            self.say(&line_text(line, now)).await?;
        }
        let Some(last) = lines.last().map(|line| line.id) else { return Ok(()) };
        if hall.first.0 == 0 {
            hall.first = lines.first().map_or(last, |line| line.id);
        }
        if self.said_all() && last > hall.last {
            hall.last = last;
            self.flush().await?;
            self.call(MarkRoom { room: hall.room, upto: last }).await?;
        }
        Ok(())
    }

    async fn older_lines(&mut self, hall: &mut InHall) -> Talked<()> {
        let (lines, _) = self.call(ReadEarlier { room: hall.room, before: hall.first }).await?;
        let Some(first) = lines.first().map(|line| line.id) else {
            return self.say("This is the beginning.").await;
        };
        let now = self.now();
        for line in &lines {
            self.say(&line_text(line, now)).await?;
        }
        hall.first = first;
        Ok(())
    }

    async fn who_is_in(&mut self, room: RoomId) -> Talked<()> {
        let here = self.call(WhoIsInRoom { room }).await?;
        let names: Vec<String> = here
            .iter()
            .map(|here| if here.away { format!("{} (away)", here.handle) } else { here.handle.clone() })
            .collect();
        self.say(&if names.is_empty() {
            "Nobody else is here.".to_owned()
        } else {
            format!("Here: {}.", list(&names))
        })
        .await
    }

    async fn ignore(&mut self, handle: &str, hall: &mut InHall) -> Talked<()> {
        let handle = handle.trim_start_matches('@');
        let on = !hall.ignored.iter().any(|known| known.eq_ignore_ascii_case(handle));
        let (handle, on) = self.call(Ignore { handle: handle.to_owned(), on }).await?;
        hall.ignored.retain(|known| *known != handle);
        if on {
            hall.ignored.push(handle.clone());
        }
        self.say(&if on { format!("{handle} is left out.") } else { format!("{handle} is heard again.") })
            .await
    }

    /// Proposes to keep the last lines as a thread; everybody who said one is asked.
    async fn propose_keep(&mut self, lines: &str, title: &str, hall: &InHall) -> Talked<()> {
        let Some(lines) = number(lines).and_then(|lines| i64::try_from(lines).ok()) else {
            return self.say("Say how many lines and a title: /keep 20 Soup for ten.").await;
        };
        let board = match self.call(OpenRoom { room: hall.room }).await?.head.board {
            Some(_) => None,
            None => {
                let mut boards = self.call(ListBoards).await?.boards;
                boards.retain(|board| !board.archived);
                let names: Vec<String> = boards.iter().map(|board| board.name.clone()).collect();
                let question = "On which board? Everybody who is quoted is asked first.";
                Some(boards[self.choose(question, &names).await?].id)
            }
        };
        let propose = ProposeKeep { room: hall.room, lines, board, title: title.to_owned() };
        let done = self.call(propose).await?;
        let (lines, asked) = (count_of(done.lines, "line"), count_of(done.asked, "person"));
        self.say(&match done.asked {
            0 => format!("Proposed: {lines} on {}. Nobody else has to be asked.", done.board),
            1 => format!("Proposed: {lines} on {}. One person is asked.", done.board),
            _ => format!(
                "Proposed: {lines} on {}. {} are asked.",
                done.board,
                asked.replace("persons", "people")
            ),
        })
        .await
    }

    async fn close_room(&mut self, board: Option<BoardId>) -> Talked<()> {
        let Some(board) = board else {
            return self.say("A board's room is closed by its host and the staff; the hall never is.").await;
        };
        if !self.confirm("Close this room?").await? {
            return Err(Turn::Cancelled);
        }
        self.call(ArrangeRoom { board, open: false }).await?;
        self.say("The room is closed.").await?;
        Err(Turn::Back)
    }

    async fn answer_keep(&mut self, agrees: bool, rest: &str, room: RoomId) -> Talked<()> {
        let asks = self.call(OpenRoom { room }).await?.asks;
        let index = number(rest).map_or(0, |number| number.saturating_sub(1));
        let Some(ask) = asks.get(index) else { return self.say("You are asked nothing just now.").await };
        self.call(AnswerKeep { keep: ask.id, agrees }).await?;
        self.say(if agrees { "Your lines may be kept." } else { "Your lines are not kept." }).await
    }
}

fn count_of(number: usize, what: &str) -> String {
    count(i64::try_from(number).unwrap_or(i64::MAX), what)
}

fn room_line(room: &RoomSummary) -> String {
    let mut line = room.name.clone();
    if room.unread > 0 {
        line.push_str(&format!(", {} unread", room.unread));
    }
    match room.here {
        0 => line.push_str(", nobody there"),
        here => line.push_str(&format!(", {here} there")),
    }
    line + "."
}

fn line_text(line: &LineView, now: Timestamp) -> String {
    let minutes = now.seconds_since(line.at) / 60;
    let when = if minutes < 2 { String::new() } else { format!(", {}", ago(now, line.at)) };
    let edited = if line.edited { ", edited" } else { "" };
    match (line.removed, line.kind) {
        (true, _) => format!("{}{when}: taken back.", line.author),
        (false, LineKind::Says) => format!("{}{when}{edited}: {}", line.author, line.text),
        (false, LineKind::Does) => format!("{} {}{when}{edited}", line.author, line.text),
    }
}
