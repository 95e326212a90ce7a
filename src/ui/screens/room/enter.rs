//! What was entered in the field: a line to say, or a command.

use super::Room;
use crate::domain::ids::{BoardId, LineId};
use crate::domain::room::{Entered, LineKind};
use crate::domain::time::{Zone, time_of_day};
use crate::service::boards::{BoardList, ListBoards};
use crate::service::people::SetAway;
use crate::service::rooms::{
    AnswerKeep, ArrangeRoom, DeleteLine, EditLine, Ignore, LineView, OpenRoom, ProposeKeep, Proposed, Say,
};
use crate::service::{Answer, Error, Request};
use crate::ui::look::Look;
use crate::ui::screen::{DialogResult, Effect, Ui};
use crate::ui::widgets::{Choose, Confirm};

/// The questions that this screen asks.
pub(super) const DELETE: u32 = 1;
const BOARD: u32 = 2;

impl Room {
    /// Enter was pressed.
    pub(super) fn enter(&mut self, cx: &mut Ui<'_>) {
        let text = self.field.text().to_owned();
        if let Some(line) = self.editing {
            if text.trim().is_empty() {
                return cx
                    .refuse("There is no text yet. Esc leaves the line as it is; /delete takes it back.");
            }
            cx.call(EditLine { line, text });
            return;
        }
        if text.trim().is_empty() {
            self.field.take();
            return self.sheet.go_to_end();
        }
        let entered = Entered::parse(&text);
        // What is not understood stays to be put right.
        if let Entered::Unclear(words) = entered {
            return cx.refuse(words);
        }
        self.field.take();
        self.changed(cx);
        self.carry_out(entered, cx);
    }

    fn carry_out(&mut self, entered: Entered, cx: &mut Ui<'_>) {
        match entered {
            Entered::Line(kind, text) => self.say(kind, text, cx),
            Entered::Edit(text) if text.is_empty() => self.edit_last(cx),
            Entered::Edit(text) => match self.last_own() {
                Some(line) => cx.call(EditLine { line: line.id, text }),
                None => cx.say("You have said nothing here today that could be edited."),
            },
            Entered::Delete => match self.last_own().map(|line| line.id) {
                Some(line) => cx.call(DeleteLine { line }),
                None => cx.say("You have said nothing here today that could be deleted."),
            },
            Entered::Ignore(handle) => cx.call(Ignore { handle, on: true }),
            Entered::Unignore(handle) => cx.call(Ignore { handle, on: false }),
            Entered::Away(why) => cx.call(SetAway { away: Some(why) }),
            Entered::Back => cx.call(SetAway { away: None }),
            Entered::Keep { lines, title } => self.keep(lines, title, cx),
            Entered::Agree => self.answer_keep(true, cx),
            Entered::Decline => self.answer_keep(false, cx),
            Entered::Who => cx.say(self.who(cx.look)),
            Entered::Close => {
                match self.head.as_ref().and_then(|head| head.board.filter(|_| head.may_arrange)) {
                    Some(board) => cx.call(ArrangeRoom { board, open: false }),
                    None => cx.refuse("Only a board's room can be closed, by the board's host or the staff."),
                }
            }
            Entered::Help => self.help = true,
            Entered::Unclear(words) => cx.refuse(words),
        }
    }

    /// Lines are said one after another, so that they stay in order.
    fn say(&mut self, kind: LineKind, text: String, cx: &mut Ui<'_>) {
        self.sheet.go_to_end();
        self.outbox.push_back((kind, text));
        if self.outbox.len() == 1 {
            self.say_next(cx);
        }
    }

    fn say_next(&self, cx: &mut Ui<'_>) {
        if let Some((kind, text)) = self.outbox.front() {
            cx.call(Say { room: self.room, kind: *kind, text: text.clone(), from_field: true });
        }
    }

    fn last_own(&self) -> Option<&LineView> {
        self.sheet.lines().iter().rev().find(|line| line.mine && !line.removed)
    }

    /// Puts the last own line into the field.
    pub(super) fn edit_last(&mut self, cx: &mut Ui<'_>) {
        let Some((id, text)) = self.last_own().map(|line| (line.id, line.text.clone())) else {
            return cx.say("You have said nothing here today that could be edited.");
        };
        self.edit(id, &text);
    }

    pub(super) fn edit(&mut self, line: LineId, text: &str) {
        self.editing = Some(line);
        self.field.set_text(text);
    }

    pub(super) fn stop_editing(&mut self) {
        self.editing = None;
        self.field.take();
    }

    /// A board's room is kept on its board; from the hall, one chooses where.
    fn keep(&mut self, lines: i64, title: String, cx: &mut Ui<'_>) {
        if self.head.as_ref().is_some_and(|head| head.board.is_some()) {
            cx.call(ProposeKeep { room: self.room, lines, board: None, title });
        } else {
            self.keeping = Some((lines, title, Vec::new()));
            cx.call(ListBoards);
        }
    }

    fn choose_board(&mut self, list: BoardList, cx: &mut Ui<'_>) {
        let Some((_, _, boards)) = &mut self.keeping else { return };
        let open: Vec<(BoardId, String)> = list
            .boards
            .into_iter()
            .filter(|board| !board.archived)
            .map(|board| (board.id, board.name))
            .collect();
        *boards = open.iter().map(|(id, _)| *id).collect();
        let names = open.into_iter().map(|(_, name)| name).collect();
        let question = "On which board? Everybody who is quoted is asked first.";
        cx.effect(Effect::Push(Box::new(Choose::new(BOARD, question, names))));
    }

    fn answer_keep(&mut self, agrees: bool, cx: &mut Ui<'_>) {
        match self.asks.first() {
            Some(ask) => cx.call(AnswerKeep { keep: ask.id, agrees }),
            None => cx.say("Nobody asks for your lines just now."),
        }
    }

    pub(super) fn dialog(&mut self, result: DialogResult, cx: &mut Ui<'_>) {
        match result {
            DialogResult::Choice(BOARD, index) => {
                if let Some((lines, title, boards)) = self.keeping.take() {
                    let board = boards.get(index).copied();
                    cx.call(ProposeKeep { room: self.room, lines, board, title });
                }
            }
            DialogResult::Yes(DELETE) => {
                if let Some(line) = self.asked.take() {
                    cx.call(DeleteLine { line });
                }
            }
            _ => {}
        }
    }

    pub(super) fn ask_to_delete(&mut self, line: LineId, cx: &mut Ui<'_>) {
        self.asked = Some(line);
        cx.effect(Effect::Push(Box::new(Confirm::new(DELETE, "Delete your line? Nothing is left of it."))));
    }

    /// What became of what was entered; gives back an answer to something else.
    pub(super) fn enter_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Result<(), Answer> {
        let answer = match answer.take::<Say>() {
            Ok(said) => {
                self.said(said.err(), cx);
                return Ok(());
            }
            Err(other) => other,
        };
        let Err(answer) = when::<EditLine>(answer, cx, |(), _| self.stop_editing()) else { return Ok(()) };
        let Err(answer) = when::<DeleteLine>(answer, cx, |(), cx| cx.say("Your line is gone.")) else {
            return Ok(());
        };
        let room = self.room;
        let ignored = |(handle, hidden): (String, bool), cx: &mut Ui<'_>| {
            cx.say(match hidden {
                true => {
                    format!(
                        "You see no lines of {handle}'s any more; nobody is told. /unignore brings them back."
                    )
                }
                false => format!("You see {handle}'s lines again."),
            });
            cx.call(OpenRoom { room });
        };
        let Err(answer) = when::<Ignore>(answer, cx, ignored) else { return Ok(()) };
        let Err(answer) = when::<SetAway>(answer, cx, |(), cx| cx.good("Others see it.")) else {
            return Ok(());
        };
        let Err(answer) = when::<ListBoards>(answer, cx, |list, cx| self.choose_board(list, cx)) else {
            return Ok(());
        };
        let Err(answer) = when::<ProposeKeep>(answer, cx, |done, cx| cx.good(proposed(&done, cx.look)))
        else {
            return Ok(());
        };
        let Err(answer) = when::<AnswerKeep>(answer, cx, |(), cx| cx.good("Noted; thank you.")) else {
            return Ok(());
        };
        when::<ArrangeRoom>(answer, cx, |_, cx| {
            cx.good("The room is closed.");
            cx.back();
        })
    }

    /// The first line that waited was said, or refused: then its text comes back into the field.
    fn said(&mut self, refused: Option<Error>, cx: &mut Ui<'_>) {
        let Some((kind, text)) = self.outbox.pop_front() else { return };
        let Some(why) = refused else {
            self.read(cx);
            return self.say_next(cx);
        };
        cx.refuse(why);
        let mut unsaid = vec![match kind {
            LineKind::Does => format!("/me {text}"),
            LineKind::Says => text,
        }];
        unsaid.extend(std::mem::take(&mut self.outbox).into_iter().map(|(_, text)| text));
        if !self.field.is_empty() {
            unsaid.push(self.field.text().to_owned());
        }
        self.field.set_text(&unsaid.join(" "));
        self.changed(cx);
    }
}

/// Does something with the answer to a request of type `R`, or says why it was refused; gives back another answer.
fn when<R: Request>(
    answer: Answer,
    cx: &mut Ui<'_>,
    done: impl FnOnce(R::Reply, &mut Ui<'_>),
) -> Result<(), Answer> {
    match answer.take::<R>()? {
        Ok(reply) => done(reply, cx),
        Err(why) => cx.refuse(why),
    }
    Ok(())
}

/// What happens now with a proposal to keep lines.
fn proposed(done: &Proposed, look: &Look) -> String {
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let until = time_of_day(done.until, &zone);
    let lines = if done.lines == 1 { "1 line".to_owned() } else { format!("{} lines", done.lines) };
    match done.asked {
        0 => format!("{lines}, all yours: they become a thread on {} now.", done.board),
        1 => format!("{lines} for {}: one member is asked until {until} tomorrow.", done.board),
        many => format!("{lines} for {}: {many} members are asked until {until} tomorrow.", done.board),
    }
}
