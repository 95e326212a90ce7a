//! Filters of the staff (M6): made switched off, tried over the last 90 days, switched on; each change is on record.

mod apply;
mod dry_run;
mod look;

#[cfg(test)]
mod tests;

pub use crate::store::filters::FilterRow as Filter;
pub use apply::NotesOf;
pub use dry_run::{DRY_RUN_DAYS, DryRun, Found, TryFilter};

pub(in crate::service) use apply::{check_post, check_words, has_notes};
pub(in crate::service) use look::{AT_ONCE as LOOKING_AT_ONCE, Looked, look};

use crate::domain::ids::{BoardId, FilterId};
use crate::domain::moderation::Reason;
use crate::domain::policy::KeepFilters;
use crate::domain::prevention::{FilterAction, FilterScope, Matcher};
use crate::domain::text::clean_line;
use crate::service::moderation::rules;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::boards;
use crate::store::filters::{self, NewFilter};

/// Most filters at once: each is looked for in every text.
const FILTERS_MAX: usize = 50;

/// Lists the filters.
#[derive(Clone, Copy, Debug)]
pub struct ListFilters;

impl Request for ListFilters {
    type Reply = Vec<Filter>;
    type Access = Reads;
    const NAME: &'static str = "list filters";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Filter>> {
        cx.allow(&KeepFilters)?;
        Ok(filters::list(cx.conn()).await?)
    }
}

/// Makes a filter. It is off until it is switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeFilter {
    /// Words with spaces between them, or a regular expression.
    pub pattern: String,
    /// It is words.
    pub is_words: bool,
    /// What happens to a text that it finds.
    pub action: FilterAction,
    /// Whose texts it looks at.
    pub scope: FilterScope,
    /// On which board; none: everywhere.
    pub board: Option<BoardId>,
    /// What the author reads.
    pub reason: String,
    /// The charter's rule.
    pub rule_no: i64,
}

impl Request for MakeFilter {
    type Reply = FilterId;
    type Access = Writes;
    const NAME: &'static str = "make filter";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<FilterId> {
        let grant = cx.allow(&KeepFilters)?;
        let pattern = clean_line(&self.pattern);
        Matcher::new(&pattern, self.is_words).map_err(|why| Error::invalid(why.to_string()))?;
        let reason = Reason::required(&self.reason).map_err(|why| Error::invalid(why.to_string()))?;
        if !rules(cx).await?.iter().any(|rule| rule.no == self.rule_no) {
            return Err(Error::invalid("Name the rule of the charter that it stands for."));
        }
        if let Some(board) = self.board {
            boards::get(cx.conn(), board).await?.ok_or(Error::NotFound("board"))?;
        }
        if filters::list(cx.conn()).await?.len() >= FILTERS_MAX {
            return Err(Error::invalid(format!("There are {FILTERS_MAX} filters. Take one out first.")));
        }
        let (by, now) = (cx.actor.id(), cx.now);
        let new = NewFilter {
            pattern: &pattern,
            is_words: self.is_words,
            action: self.action,
            scope: self.scope,
            board: self.board,
            reason: reason.as_str(),
            rule_no: self.rule_no,
        };
        let id = filters::insert(cx.conn(), &grant, by, now, new).await?;
        record(cx, "filter.make", id, &pattern).await?;
        Ok(id)
    }
}

/// Switches a filter on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwitchFilter {
    /// Which.
    pub filter: FilterId,
    /// On.
    pub on: bool,
}

impl Request for SwitchFilter {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "switch filter";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepFilters)?;
        let row = filters::get(cx.conn(), self.filter).await?.ok_or(Error::NotFound("filter"))?;
        if row.enabled == self.on {
            return Err(Error::conflict("Somebody else has switched it just now."));
        }
        filters::switch(cx.conn(), &grant, self.filter, self.on).await?;
        record(cx, if self.on { "filter.on" } else { "filter.off" }, self.filter, &row.pattern).await
    }
}

/// Takes a filter out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoveFilter {
    /// Which.
    pub filter: FilterId,
}

impl Request for RemoveFilter {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "remove filter";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepFilters)?;
        let row = filters::get(cx.conn(), self.filter).await?.ok_or(Error::NotFound("filter"))?;
        let now = cx.now;
        filters::remove(cx.conn(), &grant, self.filter, now).await?;
        record(cx, "filter.remove", self.filter, &row.pattern).await
    }
}

/// On record for the staff: what a filter looks for is not told to those who would write around it.
async fn record(cx: &mut Cx<'_, Writes>, action: &str, id: FilterId, pattern: &str) -> Result<()> {
    let row = NewAudit {
        action,
        thing: "filter",
        thing_id: id.0,
        target: None,
        rule_no: None,
        reason: "",
        detail: pattern,
        public: false,
    };
    cx.audit(row).await?;
    cx.publish(DomainEvent::FiltersChanged);
    Ok(())
}
