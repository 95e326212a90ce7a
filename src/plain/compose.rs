//! Threads and posts: what is written in `write` is sent here, through the same requests as from the screens.

use super::held::HANDED_IN;
use super::post::{body, instead_of_text};
use super::table;
use super::talk::Talk;
use super::thread::Reading;
use super::turn::{Place, Talked, Turn};
use super::words::{ago, count, sentences};
use super::write::{Keep, Lines, Written};
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::{BoardId, PostNo};
use crate::domain::markup;
use crate::service::Error;
use crate::service::conversations::{EditMessage, FindConversation, StartConversation, WriteMessage};
use crate::service::drafts::{Draft, DropDraft};
use crate::service::held::HandIn;
use crate::service::writing::{
    EditPost, Edited, MeetNotes, PrepareWriting, Prepared, SetTemplate, StartThread, WriteReply,
};

/// What can be done with a text that ended.
const ENDED: [&str; 5] = ["send", "edit", "preview", "leave (the draft is kept)", "drop"];

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Sent,
    Kept,
}

impl Talk {
    /// A new thread on a board.
    pub(super) async fn start_thread(&mut self, board: BoardId) -> Talked<()> {
        self.compose(DraftTarget::Board(board), None, false).await.map(drop)
    }

    /// An answer to the post at hand.
    pub(super) async fn answer(&mut self, reading: &mut Reading, quote: bool) -> Talked<()> {
        let no = reading.post.no;
        let quote = quote && instead_of_text(reading.post.state).is_none();
        if self.compose(DraftTarget::Reply(reading.thread), Some(no), quote).await? == Outcome::Sent {
            // The thread is longer now.
            let page = crate::service::posts::ListPosts {
                thread: reading.thread,
                from: crate::service::posts::From::Only(no),
            };
            reading.head = self.call(page).await?.head;
        }
        Ok(())
    }

    pub(super) async fn edit_post(&mut self, reading: &mut Reading) -> Talked<()> {
        let target = DraftTarget::Edit(reading.thread, reading.post.no);
        if self.compose(target, None, false).await? == Outcome::Sent {
            let no = reading.post.no.0;
            self.go_to_post(no, reading).await?;
        }
        Ok(())
    }

    /// Writes a text and does with it what the writer wants.
    pub(super) async fn compose(
        &mut self,
        target: DraftTarget,
        answers: Option<PostNo>,
        quote: bool,
    ) -> Talked<Outcome> {
        let prepared = self.call(PrepareWriting { target: target.clone(), answers }).await?;
        self.say(&what_for(&target, &prepared)).await?;
        if let Some(why) = &prepared.refusal {
            self.say(why).await?;
            if let Some(draft) = &prepared.draft {
                self.say("Your draft is kept:\n").await?;
                self.say(&draft.body).await?;
            }
            return Ok(Outcome::Kept);
        }
        let mut start = match prepared.answers.as_ref().and_then(|answered| answered.body.as_deref()) {
            Some(body) if quote => markup::quote(body, None),
            _ => prepared.text.clone(),
        };
        let mut keep = Keep { target, title: String::new(), reply_to: answers };
        if let Some(draft) = &prepared.draft {
            start = self.take_up(draft, &start, &mut keep).await?;
        }
        let mut lines = Lines::of(&start);
        if matches!(keep.target, DraftTarget::Board(_)) {
            self.ask_title(&mut keep).await?;
            self.keep(&lines, &keep).await?;
        }
        self.say_notes(&prepared).await?;
        self.begin_text(&lines).await?;
        self.write_and_send(&mut lines, &mut keep).await
    }

    /// A first message to several people, whose handles stand where a title does.
    pub(super) async fn compose_titled(&mut self, target: DraftTarget, title: String) -> Talked<()> {
        let prepared = self.call(PrepareWriting { target: target.clone(), answers: None }).await?;
        if let Some(why) = &prepared.refusal {
            // It may still be for those who can be asked: the text is begun, and sending decides.
            self.say(why).await?;
        }
        let mut keep = Keep { target, title, reply_to: None };
        let mut lines = Lines::default();
        self.begin_text(&lines).await?;
        self.write_and_send(&mut lines, &mut keep).await.map(drop)
    }

    /// A word beside the text, each once (W5).
    async fn say_notes(&mut self, prepared: &Prepared) -> Talked<()> {
        for note in &prepared.notes {
            self.say(&note.words).await?;
        }
        if !prepared.notes.is_empty() {
            let notes = prepared.notes.iter().map(|note| (note.note, note.about.clone())).collect();
            self.call(MeetNotes { notes }).await?;
        }
        Ok(())
    }

    /// Offers a draft that waits; gives the text to begin with.
    async fn take_up(&mut self, draft: &Draft, start: &str, keep: &mut Keep) -> Talked<String> {
        let lines = count(i64::try_from(draft.body.lines().count()).unwrap_or(i64::MAX), "line");
        let when = ago(self.now(), draft.saved_at);
        self.say(&format!("A draft of {lines} waits, kept {when}:\n")).await?;
        if !draft.title.is_empty() {
            self.say(&format!("Title: {}", draft.title)).await?;
        }
        self.say(&draft.body).await?;
        let options = ["go on with it", "begin anew; it is dropped", "leave it for now"].map(str::to_owned);
        match self.choose("What about it?", &options).await? {
            0 => {
                keep.title.clone_from(&draft.title);
                keep.reply_to = keep.reply_to.or(draft.reply_to);
                let adds = start.starts_with('>') && !draft.body.contains(start.trim_end());
                Ok(if adds { format!("{}\n\n{start}", draft.body) } else { draft.body.clone() })
            }
            1 => {
                self.call(DropDraft { target: keep.target.clone() }).await?;
                Ok(start.to_owned())
            }
            _ => Err(Turn::Cancelled),
        }
    }

    async fn ask_title(&mut self, keep: &mut Keep) -> Talked<()> {
        if keep.title.is_empty() {
            keep.title = self.ask("title").await?;
            return Ok(());
        }
        let title = self.ask_any("title, or Enter to keep it").await?;
        if !title.trim().is_empty() {
            keep.title = title.trim().to_owned();
        }
        Ok(())
    }

    /// How to write, and what there is already.
    pub(super) async fn begin_text(&mut self, lines: &Lines) -> Talked<()> {
        if lines.len() > 0 {
            let there = count(i64::try_from(lines.len()).unwrap_or(i64::MAX), "line");
            self.say(&format!("The text has {there}; ~p prints them. What you write is added.")).await?;
        }
        self.say("Write line by line. A line with a single dot ends the text; ~h tells what else there is.")
            .await
    }

    async fn write_and_send(&mut self, lines: &mut Lines, keep: &mut Keep) -> Talked<Outcome> {
        loop {
            if self.write(lines, keep).await? == Written::Left {
                return self.left().await;
            }
            loop {
                match self.ended().await? {
                    0 => {
                        let sent = self.send(lines, keep).await;
                        match sent {
                            Ok(()) => return Ok(Outcome::Sent),
                            refused => self.recover(refused).await?,
                        }
                    }
                    1 => {
                        self.change_title(keep).await?;
                        self.begin_text(lines).await?;
                        break;
                    }
                    2 => self.say(&body(&lines.text(), false)).await?,
                    3 => return self.left().await,
                    _ => {
                        if self.confirm("Drop the text?").await? {
                            self.call(DropDraft { target: keep.target.clone() }).await?;
                            self.say("Dropped.").await?;
                            return Ok(Outcome::Kept);
                        }
                    }
                }
            }
        }
    }

    /// What to do with a text that ended. An empty line or Ctrl-C leaves it: nothing is sent by a slip of a finger.
    async fn ended(&mut self) -> Talked<usize> {
        let question = "1 send, 2 edit, 3 preview, 4 leave (the draft is kept), 5 drop";
        loop {
            let answer = match self.ask(question).await {
                Err(Turn::Cancelled) => return Ok(3),
                answer => answer?,
            };
            if matches!(answer.as_str(), "q" | "quit") {
                return Ok(3);
            }
            let index = match table::number(&answer) {
                Some(number) => number.checked_sub(1),
                None => ENDED.iter().position(|word| word.starts_with(&answer.to_lowercase())),
            };
            match index.filter(|index| *index < ENDED.len()) {
                Some(index) => return Ok(index),
                None => self.say("Type send, edit, preview, leave or drop.").await?,
            }
        }
    }

    async fn change_title(&mut self, keep: &mut Keep) -> Talked<()> {
        if !matches!(keep.target, DraftTarget::Board(_)) {
            return Ok(());
        }
        self.say(&format!("Title: {}", keep.title)).await?;
        self.ask_title(keep).await
    }

    async fn left(&mut self) -> Talked<Outcome> {
        self.say("Kept as a draft; drafts lists it.").await?;
        Ok(Outcome::Kept)
    }

    async fn send(&mut self, lines: &Lines, keep: &Keep) -> Talked<()> {
        let text = lines.text();
        let posted = match keep.target.clone() {
            DraftTarget::Board(board) => {
                let start = StartThread { board, title: keep.title.clone(), body: text };
                match self.call(start.clone()).await {
                    Err(Turn::Refused(Error::MustWait(_))) => {
                        self.call(HandIn { text: start, keep_draft: false }).await?;
                        return self.say(HANDED_IN).await;
                    }
                    answer => answer?,
                }
            }
            DraftTarget::Reply(thread) => {
                let reply = WriteReply { thread, reply_to: keep.reply_to, body: text };
                match self.call(reply.clone()).await {
                    Err(Turn::Refused(Error::MustWait(_))) => {
                        self.call(HandIn { text: reply, keep_draft: false }).await?;
                        return self.say(HANDED_IN).await;
                    }
                    answer => answer?,
                }
            }
            DraftTarget::Edit(thread, no) => {
                let edited = self.call(EditPost { thread, no, body: text }).await?;
                return self
                    .say(match edited {
                        Edited::Unchanged => "The text is the same as before.",
                        Edited::Silently => "Changed.",
                        Edited::Marked => "Changed; the post is marked as edited.",
                    })
                    .await;
            }
            DraftTarget::Message(conversation) => {
                self.call(WriteMessage { conversation, body: text }).await?;
                return self.say("Sent.").await;
            }
            DraftTarget::EditMessage(conversation, no) => {
                self.call(EditMessage { conversation, no, body: text }).await?;
                return self.say("Changed.").await;
            }
            DraftTarget::MessageTo(member) => {
                let to = vec![self.call(FindConversation { with: member }).await?.handle];
                return self.begin_conversation(to, text, keep).await;
            }
            DraftTarget::NewConversation => {
                let handles = keep.title.split([' ', ',']).filter(|handle| !handle.is_empty());
                let to = handles.map(|handle| handle.trim_start_matches('@').to_owned()).collect();
                return self.begin_conversation(to, text, keep).await;
            }
            // Other texts are sent where they are written.
            DraftTarget::Room(_) | DraftTarget::Form(_) => return Ok(()),
        };
        self.say(&format!("Posted as {}.{}.", posted.thread, posted.no)).await
    }

    async fn begin_conversation(&mut self, to: Vec<String>, text: String, keep: &Keep) -> Talked<()> {
        let draft = Some(keep.target.clone());
        self.call(StartConversation { to, title: String::new(), body: text, draft }).await?;
        self.say("Sent; messages lists your conversations.").await
    }

    /// A text that is not a post: written, and handed back to be sent; none when it was left as a draft.
    pub(super) async fn write_form(&mut self, start: &str, keep: &Keep) -> Talked<Option<String>> {
        let mut lines = Lines::of(start);
        loop {
            self.begin_text(&lines).await?;
            if self.write(&mut lines, keep).await? == Written::Left {
                self.say("What you wrote is kept.").await?;
                return Ok(None);
            }
            loop {
                match self.ended().await? {
                    0 => return Ok(Some(lines.text())),
                    1 => break,
                    2 => self.say(&body(&lines.text(), false)).await?,
                    3 => {
                        self.say("What you wrote is kept.").await?;
                        return Ok(None);
                    }
                    _ => {
                        self.call(DropDraft { target: keep.target.clone() }).await?;
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// What new threads on a board begin with, for those who look after it.
    pub(super) async fn template(&mut self, board: BoardId) -> Talked<()> {
        let target = DraftTarget::of(Form::Template(board));
        let prepared = self.call(PrepareWriting { target: target.clone(), answers: None }).await?;
        if let Some(why) = &prepared.refusal {
            return self.say(why).await;
        }
        self.say(&format!("What new threads on {} begin with. An empty text is none.", prepared.board))
            .await?;
        let start = prepared.draft.map_or(prepared.text, |draft| draft.body);
        if let Some(body) = self.write_form(&start, &Keep::of(target)).await? {
            let is_none = body.trim().is_empty();
            self.call(SetTemplate { board, body }).await?;
            let words = if is_none { "New threads begin empty." } else { "New threads begin with it." };
            self.say(words).await?;
        }
        Ok(())
    }

    /// Opens a draft where it belongs.
    pub(super) async fn go_on_with(&mut self, target: DraftTarget) -> Talked<()> {
        match target {
            DraftTarget::Form(form) if form == super::profile::ABOUT_FORM => {
                Err(Turn::Open(Place::EditProfile))
            }
            target @ DraftTarget::Form(_) => self.go_to_form(target).await,
            DraftTarget::Room(room) => Err(Turn::Open(Place::Room(room))),
            target => self.compose(target, None, false).await.map(drop),
        }
    }
}

impl Talk {
    /// To the place where a form is filled in.
    async fn go_to_form(&mut self, target: DraftTarget) -> Talked<()> {
        let place = match target.form() {
            Some(Form::Profile) => Place::EditProfile,
            Some(Form::Template(board)) => return self.template(board).await,
            Some(Form::Checkpoint(cohort, week)) => return self.checkpoint(cohort, week).await,
            Some(Form::Report(thing)) => Place::Report(thing),
            Some(Form::Case(case)) => Place::Case(case),
            Some(Form::Act(thing)) => Place::Moderate(thing),
            Some(Form::StaffNote(member)) => Place::Profile(member),
            Some(Form::Held(id)) => Place::Held(id),
            Some(Form::Jury(matter)) => return self.jury(matter).await,
            Some(Form::Appeal(_)) => return self.appeal().await,
            Some(Form::Application(_, id)) => Place::Application(id),
            _ => return self.say("It is waiting where it was written, on the screens.").await,
        };
        Err(Turn::Open(place))
    }
}

fn what_for(target: &DraftTarget, prepared: &Prepared) -> String {
    let Prepared { board, thread, answers, .. } = prepared;
    // A title may end with a mark of its own.
    sentences(&[match target {
        DraftTarget::Board(_) if board.is_empty() => "A new thread".to_owned(),
        DraftTarget::Board(_) => format!("A new thread on {board}"),
        DraftTarget::Reply(_) => match answers {
            Some(answered) => format!("An answer to post {} by {} in {thread}", answered.no, answered.author),
            None => format!("An answer in {thread}"),
        },
        DraftTarget::Edit(_, no) => format!("Your post {no} in {thread}"),
        DraftTarget::EditMessage(_, no) => format!("Your message {no}"),
        DraftTarget::Message(_) | DraftTarget::MessageTo(_) if !thread.is_empty() => {
            format!("A message: {thread}")
        }
        _ => "A message".to_owned(),
    }])
}
