//! The list of one's drafts.

use crate::domain::draft::DraftTarget;
use crate::domain::policy::KeepDrafts;
use crate::domain::time::Timestamp;
use crate::service::conversations::prepare;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::drafts;

/// Lists the caller's drafts, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListDrafts;

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSummary {
    /// What for.
    pub target: DraftTarget,
    /// Its own title; empty where there is none.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// When it was kept last.
    pub saved_at: Timestamp,
    /// The title of the thread, or the name of the conversation, that it belongs to, if that is shown to the caller.
    pub thread: Option<String>,
    /// The name of the board it belongs to, if that is shown to the caller.
    pub board: Option<String>,
}

impl Request for ListDrafts {
    type Reply = Vec<DraftSummary>;
    type Access = Reads;
    const NAME: &'static str = "list drafts";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<DraftSummary>> {
        cx.allow(&KeepDrafts)?;
        let me = cx.me()?;
        let (clearance, staff) = (cx.actor.clearance(), cx.actor.is_staff());
        let rows = drafts::list(cx.conn(), me, clearance, staff).await?;
        // A target that this version does not know was written by a newer one: its draft waits for that.
        let known = rows.into_iter().filter_map(|row| {
            let target = row.target.parse().ok()?;
            let drafts::DraftListRow { title, excerpt, saved_at, thread, board, .. } = row;
            Some(DraftSummary { target, title, excerpt, saved_at, thread, board })
        });
        let mut known: Vec<DraftSummary> = known.collect();
        for draft in &mut known {
            if let DraftTarget::Message(id) | DraftTarget::EditMessage(id, _) = draft.target {
                draft.thread = prepare::known_name(cx, id).await?;
            }
        }
        Ok(known)
    }
}
