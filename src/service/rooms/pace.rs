//! How fast one may talk: far above what fingers do, and slower for newcomers.

use crate::domain::member::Level;
use crate::domain::time::Timestamp;
use crate::service::calm;
use crate::service::{Cx, Error, Result, Writes};
use crate::store::rooms;

/// Lines that anybody but staff may say within [`BURST_S`].
const BURST_LINES: i64 = 15;
/// Seconds in which they are counted.
const BURST_S: i64 = 20;
/// Lines that anybody but staff may say within [`BURST_S`] while the place is calm.
const CALM_LINES: i64 = 2;
/// Lines that a newcomer may say within [`NEWCOMER_S`].
const NEWCOMER_LINES: i64 = 6;
/// Seconds in which they are counted: a minute.
const NEWCOMER_S: i64 = 60;

/// Whether the actor may say a line now.
///
/// # Errors
/// The limit, and when it opens.
pub(super) async fn may_speak(cx: &mut Cx<'_, Writes>) -> Result<()> {
    if cx.actor.is_staff() {
        return Ok(());
    }
    let is_calm = calm::current(cx).await?.is_some();
    let (lines, seconds, what) = match cx.actor.level() {
        _ if is_calm => (CALM_LINES, BURST_S, "The place is calm: two lines in 20 seconds from each."),
        Level::Newcomer => (NEWCOMER_LINES, NEWCOMER_S, "Newcomers say up to 6 lines a minute."),
        _ => (BURST_LINES, BURST_S, "That was a lot at once."),
    };
    let (me, now) = (cx.me()?, cx.now);
    let said = rooms::said_since(cx.conn(), me, now.plus(-seconds), lines).await?;
    // A clock that was set back never makes it longer.
    let first = said.get(usize::try_from(lines - 1).unwrap_or(0)).map(|first: &Timestamp| (*first).min(now));
    match first {
        Some(first) => Err(Error::too_soon(what, now, first.plus(seconds))),
        None => Ok(()),
    }
}
