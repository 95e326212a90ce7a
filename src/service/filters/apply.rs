//! What the filters say about a text.

use super::look::Looked;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::BoardId;
use crate::domain::policy::KeepDrafts;
use crate::domain::prevention::{FilterAction, HoldWhy};
use crate::service::prevention::Hold;
use crate::service::{Access, Cx, Error, Reads, Request, Result, Writes};
use crate::store::filters::{self, FilterRow};
use crate::store::writing;

/// Those that find something in a text of the actor's. Staff are not looked at.
async fn finding<A: Access>(
    cx: &mut Cx<'_, A>,
    board: Option<BoardId>,
    text: &str,
) -> Result<Vec<FilterRow>> {
    if cx.actor.is_staff() {
        return Ok(Vec::new());
    }
    let level = cx.actor.level();
    let mut found = filters::enabled(cx.conn(), board).await?;
    let looked = cx.looked.as_ref();
    found.retain(|filter| filter.scope.covers(level) && Looked::finds(looked, filter, text));
    Ok(found)
}

fn refusal(filter: &FilterRow) -> Error {
    Error::invalid(format!(
        "{} (rule {} of the charter).",
        filter.reason.trim_end_matches('.'),
        filter.rule_no
    ))
}

/// Whether a post may be published, or has to wait.
///
/// # Errors
/// The reason of a filter that refuses it.
pub(in crate::service) async fn check_post(
    cx: &mut Cx<'_, Writes>,
    board: BoardId,
    text: &str,
) -> Result<Option<Hold>> {
    let found = finding(cx, Some(board), text).await?;
    if let Some(filter) = found.iter().find(|filter| filter.action == FilterAction::Refuse) {
        return Err(refusal(filter));
    }
    let held = found.into_iter().find(|filter| filter.action == FilterAction::Hold);
    Ok(held.map(|filter| Hold {
        why: HoldWhy::Filter,
        note: format!("{} (rule {})", filter.reason, filter.rule_no),
    }))
}

/// Whether other words may be said: an edit, a line, a profile. There nothing can wait, so that what would be held is
/// refused.
///
/// # Errors
/// The reason of the filter.
pub(in crate::service) async fn check_words(
    cx: &mut Cx<'_, Writes>,
    board: Option<BoardId>,
    text: &str,
) -> Result<()> {
    let found = finding(cx, board, text).await?;
    match found.iter().find(|filter| filter.action != FilterAction::Note) {
        Some(filter) => Err(refusal(filter)),
        None => Ok(()),
    }
}

/// Asks what the filters would say about a text that is being written, for its author: the words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotesOf {
    /// What is written.
    pub target: DraftTarget,
    /// The text, with its title.
    pub text: String,
}

impl Request for NotesOf {
    type Reply = Vec<String>;
    type Access = Reads;
    const NAME: &'static str = "notes of filters";

    fn filtered_text(&self) -> Option<String> {
        Some(self.text.clone())
    }

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<String>> {
        cx.allow(&KeepDrafts)?;
        let board = match self.target {
            DraftTarget::Board(board) => Some(board),
            DraftTarget::Reply(thread) | DraftTarget::Edit(thread, _) => {
                writing::thread(cx.conn(), thread, None).await?.map(|found| found.board_id)
            }
            _ => None,
        };
        let found = finding(cx, board, &self.text).await?;
        let notes = found.into_iter().filter(|filter| filter.action == FilterAction::Note);
        Ok(notes.map(|filter| format!("{} (rule {})", filter.reason, filter.rule_no)).collect())
    }
}

/// Whether there are notes at all that a text of the actor's may meet on this board.
pub(in crate::service) async fn has_notes<A: Access>(
    cx: &mut Cx<'_, A>,
    board: Option<BoardId>,
) -> Result<bool> {
    if cx.actor.is_staff() {
        return Ok(false);
    }
    let level = cx.actor.level();
    let found = filters::enabled(cx.conn(), board).await?;
    Ok(found.iter().any(|filter| filter.action == FilterAction::Note && filter.scope.covers(level)))
}
