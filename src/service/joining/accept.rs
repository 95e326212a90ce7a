//! Accepting the charter, rule by rule.

use super::state::{self, Joining};
use crate::domain::policy::GoOnJoining;
use crate::service::{Cx, Error, Request, Result, Writes};
use crate::store::charter;

/// Accepts one rule of the charter that holds now.
#[derive(Clone, Copy, Debug)]
pub struct AcceptRule {
    /// The charter's version that was read.
    pub version: i64,
    /// The rule's number.
    pub no: i64,
}

impl Request for AcceptRule {
    type Reply = Joining;
    type Access = Writes;
    const NAME: &'static str = "accept rule";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Joining> {
        let grant = cx.allow(&GoOnJoining)?;
        let me = cx.me()?;
        let now = cx.now;
        let current = crate::service::charter::load(cx.conn()).await?;
        if current.version != self.version {
            return Err(Error::conflict(
                "The charter has just changed. Here are the rules as they stand now.",
            ));
        }
        if current.rule(self.no).is_none() {
            return Err(Error::NotFound("rule"));
        }
        charter::accept(cx.conn(), &grant, now, me, self.version, self.no).await?;
        state::load(cx).await
    }
}
