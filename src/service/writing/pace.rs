//! A thread's slow mode. The refusal says when it opens again; the text stays with the writer. What a level may write is
//! `service::prevention`'s.

use crate::domain::ids::ThreadId;
use crate::domain::time::duration_words;
use crate::service::{Cx, Error, Result, Writes};
use crate::store::prevention;

/// Whether the actor may write a post in this thread now. Staff are not slowed down.
///
/// # Errors
/// The limit, and when it opens.
pub(super) async fn may_write(cx: &mut Cx<'_, Writes>, thread: ThreadId, slow_s: i64) -> Result<()> {
    if slow_s <= 0 || cx.actor.is_staff() {
        return Ok(());
    }
    let (me, now) = (cx.me()?, cx.now);
    let since = now.plus(-slow_s);
    let Some(last) = prevention::last_in_thread(cx.conn(), me, thread, since).await? else { return Ok(()) };
    // A clock that was set back never makes it longer.
    let passed = now.seconds_since(last).max(0);
    if passed < slow_s {
        let what = format!("This thread is slow: one post every {} from each.", duration_words(slow_s));
        return Err(Error::TooSoon { what, wait_s: slow_s - passed });
    }
    Ok(())
}
