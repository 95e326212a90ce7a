//! The same text again: by the same member, or by several newcomers.

use std::collections::BTreeSet;

use super::Hold;
use crate::domain::member::Level;
use crate::domain::prevention::{HoldWhy, SAME_FROM, gist};
use crate::domain::time::relative;
use crate::service::{Cx, Error, Result, Writes};
use crate::store::prevention;

/// Whether a text was posted already. Regulars may say a thing twice.
///
/// # Errors
/// When the actor has posted it already: where and when.
pub(super) async fn check(cx: &mut Cx<'_, Writes>, body: &str) -> Result<Option<Hold>> {
    let within_s = cx.settings().same_text_s;
    if within_s <= 0 || cx.actor.level() == Level::Regular {
        return Ok(None);
    }
    let Some(gist_of_this) = gist(body) else { return Ok(None) };
    let (me, now) = (cx.me()?, cx.now);
    let since = now.plus(-within_s);
    let same = |text: &str| gist(text).as_deref() == Some(gist_of_this.as_str());
    let own = prevention::own_texts(cx.conn(), me, since).await?;
    if let Some(before) = own.iter().find(|text| same(&text.body)) {
        return Err(Error::invalid(format!(
            "You have posted this text already, {} in \"{}\". Go on there, or say it in other words.",
            relative(now, before.created_at),
            before.title
        )));
    }
    if cx.actor.level() != Level::Newcomer {
        return Ok(None);
    }
    let others = prevention::newcomers_texts(cx.conn(), me, since).await?;
    let who: BTreeSet<String> =
        others.into_iter().filter(|(_, text)| same(text)).map(|(who, _)| who).collect();
    if who.len() + 1 < SAME_FROM {
        return Ok(None);
    }
    let note = who.into_iter().collect::<Vec<_>>().join(", ");
    Ok(Some(Hold { why: HoldWhy::Same, note }))
}
