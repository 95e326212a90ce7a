//! How fast one may write: a newcomer's limits and a thread's slow mode. Each refusal says when it opens again;
//! the text stays with the writer.

use crate::domain::ids::ThreadId;
use crate::domain::member::Level;
use crate::domain::policy::Actor;
use crate::domain::time::{Timestamp, duration_words};
use crate::service::settings::DAY_S;
use crate::service::{Cx, Error, Result, Writes};
use crate::store::writing;

/// Whether the actor may write a post in this thread now. Staff are not slowed down.
///
/// # Errors
/// The limit, and when it opens.
pub(super) async fn may_write(cx: &mut Cx<'_, Writes>, thread: ThreadId, slow_s: i64) -> Result<()> {
    if slow_s > 0 && !cx.actor.is_staff() {
        let (me, now) = (cx.me()?, cx.now);
        if let Some(last) = writing::last_in_thread(cx.conn(), me, thread).await? {
            let words =
                || format!("This thread is slow: one post every {} from each.", duration_words(slow_s));
            wait_after(last, slow_s, now, words)?;
        }
    }
    newcomer(cx, false).await
}

/// Whether the actor may start a thread now.
///
/// # Errors
/// The limit, and when it opens.
pub(super) async fn may_start_thread(cx: &mut Cx<'_, Writes>) -> Result<()> {
    newcomer(cx, true).await
}

async fn newcomer(cx: &mut Cx<'_, Writes>, starts_thread: bool) -> Result<()> {
    if !is_limited(&cx.actor) {
        return Ok(());
    }
    let (me, now, settings) = (cx.me()?, cx.now, cx.settings());
    let posts_max = settings.newcomer_posts_a_day;
    // The limit on posts is met first, so that many rows hold all threads of the day too.
    let recent = writing::recent(cx.conn(), me, posts_max.max(1)).await?;
    if let Some((last, _)) = recent.first() {
        let pause_s = settings.newcomer_pause_s;
        wait_after(*last, pause_s, now, || {
            format!("Newcomers pause {} between two posts.", duration_words(pause_s))
        })?;
    }
    let today: Vec<(Timestamp, bool)> =
        recent.into_iter().filter(|(at, _)| now.seconds_since(*at) < DAY_S).collect();
    let posts: Vec<Timestamp> = today.iter().map(|(at, _)| *at).collect();
    let words =
        || format!("Newcomers write up to {posts_max} posts in 24 hours; that grows with taking part.");
    at_most(&posts, posts_max, now, words)?;
    if starts_thread {
        let threads_max = settings.newcomer_threads_a_day;
        let threads: Vec<Timestamp> = today.iter().filter(|(_, first)| *first).map(|(at, _)| *at).collect();
        let words = || {
            format!("Newcomers start up to {threads_max} threads in 24 hours; answers are still open to you.")
        };
        at_most(&threads, threads_max, now, words)?;
    }
    Ok(())
}

fn is_limited(actor: &Actor) -> bool {
    actor.level() == Level::Newcomer && !actor.is_staff()
}

/// Refuses until `pause_s` seconds have passed since `last`. A clock that was set back never makes it longer.
fn wait_after(last: Timestamp, pause_s: i64, now: Timestamp, what: impl Fn() -> String) -> Result<()> {
    let passed = now.seconds_since(last).max(0);
    if passed < pause_s {
        return Err(Error::TooSoon { what: what(), wait_s: pause_s - passed });
    }
    Ok(())
}

/// Refuses when there were `max` in the last 24 hours; the newest come first.
fn at_most(newest_first: &[Timestamp], max: i64, now: Timestamp, what: impl Fn() -> String) -> Result<()> {
    let full = usize::try_from(max).unwrap_or(0);
    if newest_first.len() < full {
        return Ok(());
    }
    // With a limit of nothing there is nothing that could grow old: it opens with the next level.
    let oldest = full.checked_sub(1).and_then(|last| newest_first.get(last)).copied().unwrap_or(now);
    wait_after(oldest, DAY_S, now, what)
}
