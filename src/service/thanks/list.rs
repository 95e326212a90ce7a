//! The thanks that one got.

use crate::domain::policy::KeepMarks;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::thanks;

pub use crate::store::thanks::ThanksRow as Got;

/// Most thanks that one list shows.
const LISTED_MAX: i64 = 100;

/// Lists the thanks that the caller got, the newest first. Nobody else can ask for them.
#[derive(Clone, Copy, Debug)]
pub struct ListThanks;

impl Request for ListThanks {
    type Reply = Vec<Got>;
    type Access = Reads;
    const NAME: &'static str = "list thanks";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Got>> {
        cx.allow(&KeepMarks)?;
        let (me, clearance) = (cx.me()?, cx.actor.clearance());
        Ok(thanks::got(cx.conn(), me, clearance, LISTED_MAX).await?)
    }
}
