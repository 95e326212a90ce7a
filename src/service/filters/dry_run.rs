//! What a filter would have found in the last 90 days.

use std::time::{Duration, Instant};

use crate::domain::ids::{FilterId, PostNo, ThreadId};
use crate::domain::markup;
use crate::domain::policy::KeepFilters;
use crate::domain::prevention::{FilterScope, Matcher};
use crate::domain::time::Timestamp;
use crate::service::settings::DAY_S;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::filters::{self, PastPost};

/// Days that a dry run looks back.
pub const DRY_RUN_DAYS: i64 = 90;
/// Posts that are read at once.
const PAGE: i64 = 500;
/// Most posts that are looked at: a dry run is an answer, not a task.
const POSTS_MAX: usize = 20_000;
/// Longest that a dry run looks: after that it says what it found so far.
const TIME_MAX: Duration = Duration::from_secs(5);
/// Most finds that are shown.
const SHOWN_MAX: usize = 20;
/// Characters of a find that are shown.
const EXCERPT_CHARS: usize = 200;

/// Tries a filter over what was posted in the last 90 days, as far as the caller sees it. Nothing happens to the posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryFilter {
    /// Which.
    pub filter: FilterId,
}

/// What it would have found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    /// Posts that it looked at.
    pub looked_at: usize,
    /// There were more, which it did not look at.
    pub more: bool,
    /// How many it would have found.
    pub count: usize,
    /// The newest of them.
    pub found: Vec<Found>,
}

/// A post that it would have found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its thread.
    pub thread: ThreadId,
    /// Its number.
    pub no: PostNo,
    /// The thread's title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The beginning of its text.
    pub excerpt: String,
}

/// Which posts of a page it finds, as far as it comes in the time that is left. Off the threads that serve everybody: a
/// dear pattern takes seconds over long posts.
async fn look_through(
    matcher: Matcher,
    page: Vec<PastPost>,
    began: Instant,
) -> Result<Vec<(PastPost, bool)>> {
    let look = move || {
        let fits = |post: PastPost| {
            let title = if post.no == PostNo(1) { post.title.as_str() } else { "" };
            let found = matcher.finds(&format!("{title}\n{}", post.body));
            (post, found)
        };
        page.into_iter().take_while(|_| began.elapsed() < TIME_MAX).map(fits).collect()
    };
    let looking = tokio::task::spawn_blocking(look).await;
    looking.map_err(|_| Error::conflict("That could not be tried just now. Try it once more."))
}

impl Request for TryFilter {
    type Reply = DryRun;
    type Access = Reads;
    const NAME: &'static str = "try filter";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<DryRun> {
        cx.allow(&KeepFilters)?;
        let filter = filters::get(cx.conn(), self.filter).await?.ok_or(Error::NotFound("filter"))?;
        let matcher =
            Matcher::new(&filter.pattern, filter.is_words).map_err(|why| Error::invalid(why.to_string()))?;
        let newcomers = filter.scope == FilterScope::Newcomers;
        let (clearance, since) = (cx.actor.clearance(), cx.now.plus(-DRY_RUN_DAYS * DAY_S));
        let (mut run, began) = (DryRun::default(), Instant::now());
        let mut before = i64::MAX;
        loop {
            let page =
                filters::past_posts(cx.conn(), clearance, filter.board_id, newcomers, before, PAGE).await?;
            let Some(last) = page.last() else { return Ok(run) };
            before = last.id;
            for (post, fits) in look_through(matcher.clone(), page, began).await? {
                if post.created_at < since {
                    return Ok(run);
                }
                if run.looked_at >= POSTS_MAX {
                    run.more = true;
                    return Ok(run);
                }
                run.looked_at += 1;
                if fits {
                    run.count += 1;
                    if run.found.len() < SHOWN_MAX {
                        run.found.push(Found {
                            thread: post.thread_id,
                            no: post.no,
                            title: post.title,
                            author: post.author,
                            at: post.created_at,
                            excerpt: markup::plain(&post.body, EXCERPT_CHARS),
                        });
                    }
                }
            }
            if began.elapsed() >= TIME_MAX {
                run.more = true;
                return Ok(run);
            }
        }
    }
}
