//! Adding words, saying better what they mean, taking them out.

use crate::domain::board::Audience;
use crate::domain::glossary::{TERMS_MAX, Word, parse_meaning};
use crate::domain::ids::{PostNo, ThreadId, WordId};
use crate::domain::moderation::Reason;
use crate::domain::policy::{self, LookAround};
use crate::service::posts::one;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::glossary::{self, NewTerm};

/// Adds a word.
#[derive(Clone, Debug)]
pub struct DefineTerm {
    /// The word or phrase.
    pub word: String,
    /// What it means here.
    pub meaning: String,
    /// Where it was used first; none: the oldest post with it that all members see.
    pub first: Option<(ThreadId, PostNo)>,
}

impl Request for DefineTerm {
    type Reply = WordId;
    type Access = Writes;
    const NAME: &'static str = "define term";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<WordId> {
        let grant = cx.allow(&policy::DefineTerm)?;
        let word = Word::parse(&self.word).map_err(invalid)?;
        let meaning = parse_meaning(&self.meaning).map_err(invalid)?;
        let (me, now, fold, clearance) = (cx.me()?, cx.now, word.fold(), cx.actor.clearance());
        if let Some(known) = glossary::by_fold(cx.conn(), clearance, &fold).await? {
            return Err(Error::conflict(format!(
                "{} is in the glossary already: {} Change it there.",
                known.word, known.meaning
            )));
        }
        if glossary::count(cx.conn()).await? >= TERMS_MAX {
            return Err(Error::conflict("The glossary is full. Ask the staff to take out what nobody says."));
        }
        let post = match self.first {
            Some((thread, no)) => Some(one(cx, thread, no).await?.id),
            None => glossary::first_use(cx.conn(), Audience::Members, word.as_str()).await?,
        };
        let new = NewTerm { word: word.as_str(), fold: &fold, meaning: &meaning, post };
        let id = glossary::insert(cx.conn(), &grant, new, me, now).await?;
        cx.publish(DomainEvent::GlossaryChanged);
        Ok(id)
    }
}

/// Says better what a word means. What it meant before is kept, and shown to whoever asks.
#[derive(Clone, Debug)]
pub struct ChangeTerm {
    /// The word.
    pub term: WordId,
    /// What it means here.
    pub meaning: String,
}

impl Request for ChangeTerm {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "change term";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::DefineTerm)?;
        let meaning = parse_meaning(&self.meaning).map_err(invalid)?;
        let (me, now, clearance) = (cx.me()?, cx.now, cx.actor.clearance());
        let known = glossary::get(cx.conn(), clearance, self.term).await?.ok_or(Error::NotFound("word"))?;
        if known.meaning != meaning {
            glossary::change(cx.conn(), &grant, self.term, &meaning, me, now).await?;
            cx.publish(DomainEvent::GlossaryChanged);
        }
        Ok(())
    }
}

/// Takes a word out, for a reason that stands in the mod log.
#[derive(Clone, Debug)]
pub struct RemoveTerm {
    /// The word.
    pub term: WordId,
    /// Why.
    pub reason: String,
}

impl Request for RemoveTerm {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "remove term";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&LookAround)?;
        let grant = cx.allow(&policy::RemoveTerm)?;
        let reason = Reason::required(&self.reason).map_err(|why| Error::invalid(why.to_string()))?;
        let (now, clearance) = (cx.now, cx.actor.clearance());
        glossary::get(cx.conn(), clearance, self.term).await?.ok_or(Error::NotFound("word"))?;
        glossary::remove(cx.conn(), &grant, self.term, now).await?;
        cx.audit(NewAudit {
            action: "glossary.remove",
            thing: "word of the glossary",
            thing_id: self.term.0,
            target: None,
            rule_no: None,
            reason: reason.as_str(),
            detail: "",
            public: true,
        })
        .await?;
        cx.publish(DomainEvent::GlossaryChanged);
        Ok(())
    }
}

fn invalid(why: crate::domain::glossary::GlossaryError) -> Error {
    Error::invalid(why.to_string())
}
