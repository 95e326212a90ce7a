//! What can be asked of the search.

mod query;
mod recent;

#[cfg(test)]
mod index_tests;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

pub use query::{Filter, QUERY_CHARS_MAX, Query};
pub use recent::{Goal, KeepGoal, KeepSearch, RecentGoal, RecentGoals, RecentSearches};

use crate::domain::ids::PostId;
use crate::domain::markup::unmarked;
use crate::domain::policy::{Clearance, LookAround};
use crate::domain::time::{Timestamp, Zone};
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::search::{self, Hits, Mark, SEARCH_WITHIN, SearchFilter};
use crate::store::{boards, members, tags};

pub use crate::store::search::{HIT_END, HIT_START, Hit};

/// Most hits on one page.
pub const PAGE: i64 = 50;
/// Up to so many matches are put in order; ten thousand take about 50 ms.
const RANKED_MAX: i64 = 10_000;
/// Most of the time that putting in order may take: the newest can still be shown then.
const RANKED_WITHIN: Duration = Duration::from_millis(80);
/// A word that is in so many posts is not taken as the beginning of others.
const PREFIX_MATCHES_MAX: i64 = 50_000;

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// The best first: rare words weigh more than common ones, titles more than texts.
    Best,
}

/// Searches posts.
#[derive(Clone, Debug)]
pub struct SearchPosts {
    /// What was typed: words, "phrases", `from:handle`, `board:name` …
    pub text: String,
    /// In which order.
    pub order: Order,
    /// Go on before this post: the next page, newest first.
    pub before: Option<PostId>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits.
    pub hits: Vec<Hit>,
    /// There may be more behind the last one.
    pub more: bool,
    /// What to know about them: that they are in another order than was asked for, or not all.
    pub note: Option<String>,
}

impl Request for SearchPosts {
    type Reply = Found;
    type Access = Reads;
    const NAME: &'static str = "search posts";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Found> {
        cx.allow(&LookAround)?;
        let begin = Instant::now();
        let query = Query::parse(&self.text).map_err(Error::invalid)?;
        let clearance = cx.actor.clearance();
        let (since, until) = days(cx, &query).await?;
        refuse_common_beginnings(cx, &query).await?;
        let matching = matching(cx, &query, clearance).await?;
        // Whoever asks for somebody by name sees them, muted or not.
        let reader = cx.actor.id().filter(|_| !query.filters.iter().any(is_from));
        let (before, limit) = (self.before, PAGE);
        let filter = SearchFilter { matching: &matching, before, since, until, clearance, reader, limit };
        let mut note = None;
        if self.order == Order::Best {
            if search::count(cx.conn(), &matching, RANKED_MAX + 1).await? > RANKED_MAX {
                note = Some(too_many());
            } else {
                let best = search::best(cx.conn(), &filter, begin + RANKED_WITHIN).await?;
                if !best.cut {
                    return Ok(Found { hits: spoken(best.hits), more: false, note: None });
                }
                note = Some(too_many());
            }
        }
        let Hits { hits, cut } = search::newest(cx.conn(), &filter, begin + SEARCH_WITHIN).await?;
        if cut {
            note = Some(format!(
                "The newest {}: there is too much to go through. Another word, from: or board: narrows it.",
                hits.len()
            ));
        }
        let more = cut || i64::try_from(hits.len()).is_ok_and(|found| found == PAGE);
        Ok(Found { hits: spoken(hits), more, note })
    }
}

/// The hits with their snippets as one reads them.
fn spoken(mut hits: Vec<Hit>) -> Vec<Hit> {
    for hit in &mut hits {
        hit.snippet = unmarked(&hit.snippet);
    }
    hits
}

fn too_many() -> String {
    "Too many to put the best first: these are the newest. Another word, from: or board: narrows it."
        .to_owned()
}

/// From when and until when, in the zone of the one who asks.
async fn days(cx: &mut Cx<'_, Reads>, query: &Query) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    if query.before.is_none() && query.after.is_none() {
        return Ok((None, None));
    }
    let zone = match cx.actor.id() {
        Some(me) => Zone::parse(&members::name_and_zone(cx.conn(), me).await?.1).unwrap_or_default(),
        None => Zone::utc(),
    };
    let now = cx.now;
    let moment = |day: Option<query::Day>| day.and_then(|day| day.start(&zone, now));
    Ok((moment(query.after), moment(query.before)))
}

/// Looking for every word that begins like a common one goes through nearly everything.
async fn refuse_common_beginnings(cx: &mut Cx<'_, Reads>, query: &Query) -> Result<()> {
    for term in query.words.iter().chain(&query.without).filter(|term| term.begins) {
        let word = query::Term { begins: false, ..term.clone() };
        let found = search::count(cx.conn(), &word.expression(), PREFIX_MATCHES_MAX).await?;
        if found == PREFIX_MATCHES_MAX {
            return Err(Error::invalid(format!(
                "{}* is in nearly every post. Write another letter before the *.",
                term.text
            )));
        }
    }
    Ok(())
}

/// The search as an FTS5 expression.
async fn matching(cx: &mut Cx<'_, Reads>, query: &Query, clearance: Clearance) -> Result<String> {
    let mut all: Vec<String> = query.words.iter().map(query::Term::expression).collect();
    // A post has one author and one board: of several named ones each will do.
    for of_kind in [is_from as fn(&Filter) -> bool, is_board] {
        let mut any = Vec::new();
        for filter in query.filters.iter().filter(|filter| of_kind(filter)) {
            any.push(mark(cx, filter, clearance).await?.expression());
        }
        if !any.is_empty() {
            all.push(format!("({})", any.join(" OR ")));
        }
    }
    for filter in query.filters.iter().filter(|filter| !is_from(filter) && !is_board(filter)) {
        all.push(mark(cx, filter, clearance).await?.expression());
    }
    if all.is_empty() {
        all.push(Mark::Any.expression());
    }
    let mut none: Vec<String> = query.without.iter().map(query::Term::expression).collect();
    for filter in &query.not {
        none.push(mark(cx, filter, clearance).await?.expression());
    }
    let all = all.join(" AND ");
    Ok(if none.is_empty() { all } else { format!("({all}) NOT ({})", none.join(" OR ")) })
}

fn is_from(filter: &Filter) -> bool {
    matches!(filter, Filter::From(_))
}

fn is_board(filter: &Filter) -> bool {
    matches!(filter, Filter::Board(_))
}

/// What a filter names, if there is such a thing as far as the searcher may know.
async fn mark(cx: &mut Cx<'_, Reads>, filter: &Filter, clearance: Clearance) -> Result<Mark> {
    match filter {
        Filter::From(handle) => {
            let found = members::by_fold(cx.conn(), &handle.to_ascii_lowercase()).await?;
            let found =
                found.ok_or_else(|| Error::invalid(format!("There is no member called {handle}.")))?;
            Ok(Mark::Author(found.id))
        }
        Filter::Board(slug) => {
            let found = boards::by_slug(cx.conn(), slug)
                .await?
                .filter(|board| clearance.sees(board.see, board.circle));
            let found = found.ok_or_else(|| Error::invalid(format!("There is no board called {slug}.")))?;
            Ok(Mark::Board(found.id))
        }
        Filter::Tag(name) => {
            let found = tags::find(cx.conn(), clearance, name).await?.filter(|(_, known)| *known);
            let (id, _) = found.ok_or_else(|| Error::invalid(format!("There is no tag called {name}.")))?;
            Ok(Mark::Tag(id))
        }
        Filter::Has(content) => Ok(Mark::Has(*content)),
    }
}
