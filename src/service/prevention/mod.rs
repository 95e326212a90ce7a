//! What is looked at before a text is shown to others (M6): whether it has to wait for a moderator. The rules are
//! `domain::prevention`'s.

use crate::domain::member::Level;
use crate::domain::prevention::HoldWhy;
use crate::service::{Access, Cx, Error, Result};
use crate::store::held;

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
