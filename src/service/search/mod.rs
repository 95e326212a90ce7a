//! What can be asked of the search.

mod query;

pub use query::{QUERY_CHARS_MAX, Query};

use crate::domain::ids::PostId;
use crate::domain::policy::LookAround;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::search::{self, SearchFilter};
use crate::store::{boards, members};

pub use crate::store::search::{HIT_END, HIT_START, Hit};

/// Most hits on one page.
pub const PAGE: i64 = 50;

/// Searches posts, newest first.
#[derive(Clone, Debug)]
pub struct SearchPosts {
    /// What was typed: words, "phrases", `from:handle`, `board:name`.
    pub text: String,
    /// Go on before this post: the next page.
    pub before: Option<PostId>,
}

impl Request for SearchPosts {
    type Reply = Vec<Hit>;
    type Access = Reads;
    const NAME: &'static str = "search posts";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Hit>> {
        cx.allow(&LookAround)?;
        let query = Query::parse(&self.text).map_err(Error::invalid)?;
        let clearance = cx.actor.clearance();
        let author = match &query.from {
            Some(handle) => {
                let found = members::by_fold(cx.conn(), &handle.to_ascii_lowercase()).await?;
                Some(found.ok_or_else(|| Error::invalid(format!("There is no member called {handle}.")))?.id)
            }
            None => None,
        };
        let board = match &query.board {
            Some(slug) => {
                let found =
                    boards::by_slug(cx.conn(), slug).await?.filter(|board| clearance.covers(board.see));
                Some(found.ok_or_else(|| Error::invalid(format!("There is no board called {slug}.")))?.id)
            }
            None => None,
        };
        let matching = query.matching();
        let filter = SearchFilter { matching: matching.as_deref(), author, board, before: self.before };
        Ok(search::newest_first(cx.conn(), &filter, clearance, PAGE).await?)
    }
}
