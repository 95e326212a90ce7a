//! Keeping, loading and dropping one draft.

use super::DRAFTS_MAX;
use crate::domain::draft::{DRAFT_LEN_MAX, DraftTarget};
use crate::domain::ids::PostNo;
use crate::domain::policy::KeepDrafts;
use crate::domain::text::{clean_body, clean_line};
use crate::domain::time::Timestamp;
use crate::service::{Cx, Error, Reads, Request, Result, Writes};
use crate::store::drafts::{self, NewDraft};

/// Keeps an unfinished text in place of the one before. Without a word in it, the draft is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveDraft {
    /// What for.
    pub target: DraftTarget,
    /// The title, where there is one.
    pub title: String,
    /// The text, at most [`DRAFT_LEN_MAX`] bytes.
    pub body: String,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
}

impl Request for SaveDraft {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "save draft";
    const NEEDS_LIVE_KEY: bool = false;

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepDrafts)?;
        let (me, now) = (cx.me()?, cx.now);
        let Self { target, title, body, reply_to } = self;
        if body.len() > DRAFT_LEN_MAX || title.len() > DRAFT_LEN_MAX {
            return Err(Error::invalid("This text is too long to be kept as a draft. Split it in two."));
        }
        let (title, body) = (clean_line(&title), clean_body(&body));
        if title.is_empty() && body.is_empty() {
            drafts::remove(cx.conn(), &grant, me, &target).await?;
            return Ok(());
        }
        if drafts::count_others(cx.conn(), me, &target).await? >= DRAFTS_MAX {
            let words = format!("You have {DRAFTS_MAX} drafts, which is the most. Drop some of them first.");
            return Err(Error::invalid(words));
        }
        let new = NewDraft { member: me, target: &target, title: &title, body: &body, reply_to };
        drafts::save(cx.conn(), &grant, now, new).await?;
        Ok(())
    }
}

/// Loads a draft, if there is one.
#[derive(Clone, Debug)]
pub struct LoadDraft {
    /// What for.
    pub target: DraftTarget,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The title; empty where there is none.
    pub title: String,
    /// The text.
    pub body: String,
    /// The post that it answers.
    pub reply_to: Option<PostNo>,
    /// When it was kept last.
    pub saved_at: Timestamp,
}

impl From<drafts::DraftRow> for Draft {
    fn from(row: drafts::DraftRow) -> Self {
        Self { title: row.title, body: row.body, reply_to: row.reply_to_no, saved_at: row.saved_at }
    }
}

impl Request for LoadDraft {
    type Reply = Option<Draft>;
    type Access = Reads;
    const NAME: &'static str = "load draft";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<Draft>> {
        cx.allow(&KeepDrafts)?;
        let me = cx.me()?;
        Ok(drafts::get(cx.conn(), me, &self.target).await?.map(Draft::from))
    }
}

/// Drops a draft. True if there was one.
#[derive(Clone, Debug)]
pub struct DropDraft {
    /// What for.
    pub target: DraftTarget,
}

impl Request for DropDraft {
    type Reply = bool;
    type Access = Writes;
    const NAME: &'static str = "drop draft";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<bool> {
        let grant = cx.allow(&KeepDrafts)?;
        let me = cx.me()?;
        Ok(drafts::remove(cx.conn(), &grant, me, &self.target).await?)
    }
}
