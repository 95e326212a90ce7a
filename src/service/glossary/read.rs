//! Looking words up.

use crate::domain::glossary::{folded, occurring};
use crate::domain::ids::{PostNo, ThreadId, WordId};
use crate::domain::markup;
use crate::domain::policy::LookAround;
use crate::domain::post::BODY_LEN_MAX;
use crate::domain::time::Timestamp;
use crate::service::posts::{From, ListPosts};
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::glossary::{self, TermRow};

/// Lists all words, in their order.
#[derive(Clone, Copy, Debug)]
pub struct ListTerms;

/// A word of the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermView {
    /// Its id.
    pub id: WordId,
    /// The word, or phrase.
    pub word: String,
    /// What it means here.
    pub meaning: String,
    /// Where it was used first, if that is known and shown to the reader: thread, post, the thread's title.
    pub first: Option<(ThreadId, PostNo, String)>,
    /// Who added it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
    /// Who said last what it means.
    pub changed_by: String,
    /// When.
    pub changed_at: Timestamp,
}

impl TermView {
    fn of(row: TermRow) -> Self {
        let first = row.thread_id.zip(row.no).zip(row.title);
        Self {
            id: row.id,
            word: row.word,
            meaning: row.meaning,
            first: first.map(|((thread, no), title)| (thread, no, title)),
            author: row.author,
            created_at: row.created_at,
            changed_by: row.changed_by,
            changed_at: row.changed_at,
        }
    }
}

impl Request for ListTerms {
    type Reply = Vec<TermView>;
    type Access = Reads;
    const NAME: &'static str = "list terms";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<TermView>> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        Ok(glossary::list(cx.conn(), clearance).await?.into_iter().map(TermView::of).collect())
    }
}

/// Looks one word up, in whatever case.
#[derive(Clone, Debug)]
pub struct ReadTerm {
    /// The word.
    pub word: String,
}

impl Request for ReadTerm {
    type Reply = TermView;
    type Access = Reads;
    const NAME: &'static str = "read term";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<TermView> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let found = glossary::by_fold(cx.conn(), clearance, &folded(&self.word)).await?;
        Ok(TermView::of(found.ok_or(Error::NotFound("word in the glossary"))?))
    }
}

/// Looks for the place's words in a post, in the order in which they come up in it.
#[derive(Clone, Copy, Debug)]
pub struct TermsIn {
    /// The thread.
    pub thread: ThreadId,
    /// The post.
    pub no: PostNo,
}

impl Request for TermsIn {
    type Reply = Vec<TermView>;
    type Access = Reads;
    const NAME: &'static str = "terms in";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<TermView>> {
        let page = ListPosts { thread: self.thread, from: From::Only(self.no) }.run(cx).await?;
        let post = page.posts.into_iter().next().ok_or(Error::NotFound("post"))?;
        let clearance = cx.actor.clearance();
        let rows = glossary::list(cx.conn(), clearance).await?;
        let folds: Vec<&str> = rows.iter().map(|row| row.fold.as_str()).collect();
        let title = if self.no == PostNo(1) { page.head.title.as_str() } else { "" };
        let text = format!("{title}\n{}", markup::plain(&post.body, BODY_LEN_MAX));
        let found = occurring(&text, &folds);
        Ok(found.into_iter().map(|index| TermView::of(rows[index].clone())).collect())
    }
}

/// Asks what a word meant before, the oldest meaning first.
#[derive(Clone, Copy, Debug)]
pub struct TermHistory {
    /// The word.
    pub term: WordId,
}

/// What a word meant before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The meaning.
    pub meaning: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

impl Request for TermHistory {
    type Reply = Vec<Meaning>;
    type Access = Reads;
    const NAME: &'static str = "term history";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Meaning>> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        glossary::get(cx.conn(), clearance, self.term).await?.ok_or(Error::NotFound("word"))?;
        let rows = glossary::history(cx.conn(), self.term).await?;
        let meaning = |row: glossary::MeaningRow| Meaning {
            meaning: row.meaning,
            author: row.author,
            at: row.written_at,
        };
        Ok(rows.into_iter().map(meaning).collect())
    }
}
