//! What is looked at before a text is shown to others (M6): the limits of a level, a text that was posted already, whether
//! it has to wait for a moderator. The rules are `domain::prevention`'s. Staff are not held up.

mod same;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::domain::ids::BoardId;
use crate::domain::markup;
use crate::domain::member::Level;
use crate::domain::prevention::{Attempt, HoldWhy, Refusal, WINDOW_S};
use crate::domain::time::{Zone, absolute};
use crate::service::calm;
use crate::service::filters;
use crate::service::writing::mentions;
use crate::service::{Access, Cx, Error, Result, Writes};
use crate::store::{held, members, prevention};

/// Waits shorter than this are said as a span only, in seconds.
const SAID_AS_SPAN_S: i64 = 120;

/// A text has to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub why: HoldWhy,
    /// More on that, for the staff.
    pub note: String,
}

impl Hold {
    /// What an attempt to publish it is answered with.
    pub(in crate::service) fn refusal(&self) -> Error {
        Error::MustWait(self.why.to_author().to_owned())
    }
}

/// A post as filters look at it.
pub(in crate::service) fn whole(title: Option<&str>, body: &str) -> String {
    title.map_or_else(|| body.to_owned(), |title| format!("{title}\n{body}"))
}

/// Whether the actor may post this text now, and whether it has to wait for a moderator.
///
/// # Errors
/// What has to change in it, or when it may be posted.
pub(in crate::service) async fn check(
    cx: &mut Cx<'_, Writes>,
    board: BoardId,
    title: Option<&str>,
    body: &str,
) -> Result<Option<Hold>> {
    let starts_thread = title.is_some();
    if cx.actor.is_staff() {
        return Ok(None);
    }
    let (me, now, level) = (cx.me()?, cx.now, cx.actor.level());
    let limits = cx.settings().limits;
    let (posts, threads) = (limits.of(level).posts_a_day, limits.of(level).threads_a_day);
    let recent = if posts.is_none() && threads.is_some() {
        prevention::recent_since(cx.conn(), me, now.plus(-WINDOW_S)).await?
    } else {
        // As many rows as the limit on posts asks for hold all threads of the day too.
        prevention::recent(cx.conn(), me, posts.unwrap_or(1).max(1)).await?
    };
    if let Err(refusal) = limits.check(level, attempt(body, starts_thread), &recent, now) {
        return Err(said(cx, refusal).await?);
    }
    if let Some(hold) = filters::check_post(cx, board, &whole(title, body)).await? {
        return Ok(Some(hold));
    }
    if let Some(hold) = same::check(cx, body).await? {
        return Ok(Some(hold));
    }
    let links = level != Level::Regular && attempt(body, starts_thread).links > 0;
    if links && calm::current(cx).await?.is_some() {
        return Ok(Some(Hold { why: HoldWhy::Links, note: String::new() }));
    }
    waits_anyway(cx).await
}

/// Whether the actor may give a text of their own another one: it must not have more links or mentions than it may,
/// unless the one before had as many.
///
/// # Errors
/// What has to change in it.
pub(in crate::service) async fn check_edit(
    cx: &mut Cx<'_, Writes>,
    board: BoardId,
    before: &str,
    body: &str,
) -> Result<()> {
    filters::check_words(cx, Some(board), body).await?;
    let (old, new) = (attempt(before, false), attempt(body, false));
    let grows = new.links > old.links || new.mentions > old.mentions;
    if cx.actor.is_staff() || !grows {
        return Ok(());
    }
    let level = cx.actor.level();
    match cx.settings().limits.check_text(level, new) {
        Err(refusal) => Err(said(cx, refusal).await?),
        Ok(()) => Ok(()),
    }
}

fn attempt(body: &str, starts_thread: bool) -> Attempt {
    let options = markup::Options { ascii: true, spoilers_open: true };
    let links: BTreeSet<String> =
        markup::render(body, markup::WIDTH_MIN, options).links.into_iter().collect();
    let named: BTreeSet<String> = mentions(body).into_iter().collect();
    Attempt { starts_thread, links: links.len(), mentions: named.len() }
}

/// A refusal with the exact time at which it opens, by the member's clock.
async fn said(cx: &mut Cx<'_, Writes>, refusal: Refusal) -> Result<Error> {
    match refusal {
        Refusal::Change(words) => Ok(Error::invalid(words)),
        Refusal::Until { what, open } if open.seconds_since(cx.now) < SAID_AS_SPAN_S => {
            Ok(Error::too_soon(what, cx.now, open))
        }
        Refusal::Until { what, open } => {
            let me = cx.me()?;
            let (_, zone) = members::name_and_zone(cx.conn(), me).await?;
            let zone = Zone::parse(&zone).unwrap_or_default();
            let what = format!("{what} The next one: from {} on.", absolute(open, &zone));
            Ok(Error::too_soon(what, cx.now, open))
        }
    }
}

/// Whether what the actor writes next has to wait whatever it says.
///
/// # Errors
/// When it cannot be read.
pub(in crate::service) async fn waits_anyway<A: Access>(cx: &mut Cx<'_, A>) -> Result<Option<Hold>> {
    if cx.actor.level() != Level::Newcomer || cx.actor.is_staff() {
        return Ok(None);
    }
    let Some(me) = cx.actor.id() else { return Ok(None) };
    let first_posts = cx.settings().hold_first_posts;
    let uninvited = held::is_uninvited(cx.conn(), me).await?;
    if first_posts.holds(uninvited) && held::is_first_post(cx.conn(), me).await? {
        return Ok(Some(Hold { why: HoldWhy::First, note: String::new() }));
    }
    Ok(None)
}
