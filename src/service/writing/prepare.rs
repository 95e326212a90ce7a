//! What a composer needs to open: what it answers, the text to edit, the draft that waits, whether sending is open.

use super::notes::{NoteWords, notes_for};
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::{BoardId, MemberId, PostNo, ThreadId};
use crate::domain::policy::{self, Action, Denied, KeepDrafts};
use crate::domain::time::Timestamp;
use crate::service::cohorts::checkpoint;
use crate::service::conversations::prepare as message;
use crate::service::drafts::Draft;
use crate::service::filters::has_notes;
use crate::service::prevention::waits_anyway;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::writing::template;
use crate::store::{boards, drafts, writing};

/// Asks for everything that a composer shows. A text that may not be sent just now is still there to be read and
/// gone on with: the answer then says why it would be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrepareWriting {
    /// What is written.
    pub target: DraftTarget,
    /// The post that is answered; the draft's own if this says none.
    pub answers: Option<PostNo>,
}

/// What a composer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    /// The board's name; empty when it is not shown to the caller.
    pub board: String,
    /// The thread's title, or what the conversation is called; empty for a new one, or when it is not shown to the
    /// caller.
    pub thread: String,
    /// Whom a first message is for, as far as that is known.
    pub to: String,
    /// The post that is answered.
    pub answers: Option<Answered>,
    /// The text to begin with: the post as it stands when that is edited, a board's template for a new thread.
    pub text: String,
    /// Notes that apply and have not been met for this text (W5).
    pub notes: Vec<NoteWords>,
    /// A moderator reads it before the others do, whatever it says: why.
    pub waits: Option<&'static str>,
    /// The staff's filters may have a word to say beside it while it is written.
    pub watched: bool,
    /// The draft that waits.
    pub draft: Option<Draft>,
    /// Why sending would be refused now.
    pub refusal: Option<String>,
}

/// The post that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its number.
    pub no: PostNo,
    /// Who wrote it.
    pub author: String,
    /// What it says; `None` for a tombstone.
    pub body: Option<String>,
    /// When it was written.
    pub at: Timestamp,
}

impl Request for PrepareWriting {
    type Reply = Prepared;
    type Access = Reads;
    const NAME: &'static str = "prepare writing";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Prepared> {
        cx.allow(&KeepDrafts)?;
        let me = cx.me()?;
        let draft = drafts::get(cx.conn(), me, &self.target).await?.map(Draft::from);
        let (prepared, thread) = match self.target {
            DraftTarget::Board(board) => (new_thread(cx, board).await?, None),
            DraftTarget::Reply(thread) => {
                let answers = self.answers.or(draft.as_ref().and_then(|draft| draft.reply_to));
                (reply(cx, thread, answers).await?, Some(thread))
            }
            DraftTarget::Edit(thread, no) => {
                let prepared = edit(cx, me, thread, no).await?;
                return Ok(Prepared { draft, ..prepared });
            }
            DraftTarget::Form(_) => {
                let prepared = match self.target.form() {
                    Some(Form::Template(board)) => board_template(cx, board).await?,
                    Some(Form::Checkpoint(cohort, week)) => checkpoint::prepare(cx, cohort, week).await?,
                    _ => return Err(Error::NotFound("text")),
                };
                return Ok(Prepared { draft, ..prepared });
            }
            DraftTarget::Room(_) => return Err(Error::NotFound("text")),
            DraftTarget::Message(_)
            | DraftTarget::EditMessage(..)
            | DraftTarget::MessageTo(_)
            | DraftTarget::NewConversation => {
                let prepared = message::prepare(cx, &self.target).await?;
                return Ok(Prepared { draft, ..prepared });
            }
        };
        // What may not be sent needs no advice.
        let (notes, waits) = match prepared.refusal {
            None => (notes_for(cx, me, &self.target, thread).await?, waits_anyway(cx).await?),
            Some(_) => (Vec::new(), None),
        };
        let board = match (&self.target, thread) {
            (DraftTarget::Board(board), _) => Some(*board),
            (_, Some(thread)) => writing::thread(cx.conn(), thread, None).await?.map(|found| found.board_id),
            _ => None,
        };
        let watched = has_notes(cx, board).await?;
        Ok(Prepared { draft, notes, watched, waits: waits.map(|hold| hold.why.to_author()), ..prepared })
    }
}

async fn new_thread(cx: &mut Cx<'_, Reads>, board: BoardId) -> Result<Prepared> {
    let Some(row) = boards::get(cx.conn(), board).await? else { return Ok(unseen("board")) };
    match refusal(cx, &policy::StartThread { board: row.facts() }) {
        Some(Denied::NotVisible) => Ok(unseen("board")),
        refusal => {
            let text = template::get(cx.conn(), board).await?;
            Ok(Prepared { board: row.name, text, refusal: words(refusal), ..Prepared::default() })
        }
    }
}

/// What a new thread begins with, to be changed by those who look after the board.
async fn board_template(cx: &mut Cx<'_, Reads>, board: BoardId) -> Result<Prepared> {
    let Some(row) = boards::get(cx.conn(), board).await? else { return Ok(unseen("board")) };
    match refusal(cx, &policy::TidyBoard { board: row.facts() }) {
        Some(Denied::NotVisible) => Ok(unseen("board")),
        refusal => {
            let text = template::get(cx.conn(), board).await?;
            Ok(Prepared { board: row.name, text, refusal: words(refusal), ..Prepared::default() })
        }
    }
}

async fn reply(cx: &mut Cx<'_, Reads>, thread: ThreadId, answers: Option<PostNo>) -> Result<Prepared> {
    let Some(found) = writing::thread(cx.conn(), thread, None).await? else { return Ok(unseen("thread")) };
    let (board, facts) = (found.board_facts(), found.facts());
    if refusal(cx, &policy::SeeThread { board, thread: facts }).is_some() {
        // The draft of somebody who was suspended is still theirs to read; the thread is not.
        return Ok(match refusal(cx, &policy::Reply { board, thread: facts }) {
            Some(Denied::NotVisible) | None => unseen("thread"),
            why => Prepared { refusal: words(why), ..Prepared::default() },
        });
    }
    let refusal = words(refusal(cx, &policy::Reply { board, thread: facts }));
    let answers = match answers {
        Some(no) => writing::answered(cx.conn(), thread, no).await?.map(|row| {
            let gone = row.state.is_tombstone();
            let body = (!gone).then_some(row.body);
            Answered { no, author: row.author, body, at: row.created_at }
        }),
        None => None,
    };
    Ok(Prepared { board: found.board, thread: found.title, answers, refusal, ..Prepared::default() })
}

async fn edit(cx: &mut Cx<'_, Reads>, me: MemberId, thread: ThreadId, no: PostNo) -> Result<Prepared> {
    let Some(found) = writing::thread(cx.conn(), thread, None).await? else { return Ok(unseen("thread")) };
    let (board, facts) = (found.board_facts(), found.facts());
    if refusal(cx, &policy::SeeThread { board, thread: facts }).is_some() {
        return Ok(unseen("thread"));
    }
    let Some(post) = writing::post(cx.conn(), thread, no).await? else { return Ok(unseen("post")) };
    let why = refusal(cx, &policy::EditPost { board, thread: facts, post: post.facts() });
    // Not by the refusal: somebody who is suspended is refused for that, whoever wrote the post.
    let facts = post.facts();
    let text = if facts.author == me && !facts.state.is_tombstone() { post.body } else { String::new() };
    Ok(Prepared { board: found.board, thread: found.title, text, refusal: words(why), ..Prepared::default() })
}

fn refusal<Act: Action>(cx: &Cx<'_, Reads>, action: &Act) -> Option<Denied> {
    action.decide(&cx.actor).err()
}

fn words(refusal: Option<Denied>) -> Option<String> {
    refusal.map(|why| why.to_string())
}

/// For what is not there, or not shown: the words are the same.
fn unseen(what: &'static str) -> Prepared {
    Prepared { refusal: Some(Error::NotFound(what).to_string()), ..Prepared::default() }
}
