//! Finding the handle that somebody begins to write.

use crate::domain::policy::LookAround;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::writing;

/// Handles that are offered at most: what fits a row.
const OFFERED_MAX: i64 = 8;

/// Asks whose handle begins like this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompleteHandle {
    /// What was written so far, without the `@`.
    pub prefix: String,
}

impl Request for CompleteHandle {
    /// Handles of active members in order; a few at most.
    type Reply = Vec<String>;
    type Access = Reads;
    const NAME: &'static str = "complete handle";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<String>> {
        cx.allow(&LookAround)?;
        let prefix = self.prefix.to_ascii_lowercase();
        Ok(writing::handles_from(cx.conn(), &prefix, OFFERED_MAX).await?)
    }
}
