//! `invites`: one's own; `tree`: who invited whom.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::relative;
use crate::service::invites::{InviteState, InviteView, ListInvites, ShowInviteTree, TreeRow};
use crate::service::members::ListMembers;

/// `invites`
pub(super) async fn invites(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("invites", &why))?;
    let mine = desk.call(ListInvites).await?;
    if desk.args.json {
        return Ok(Output::json(mine.invites.iter().map(|invite| {
            let (state, used_by) = state_of(invite);
            json!({
                "invite": invite.id.0,
                "state": state,
                "note": invite.note,
                "made_at": invite.created_at.0,
                "ends_at": invite.expires_at.0,
                "used_by": used_by,
            })
        })));
    }
    if mine.invites.is_empty() {
        return Ok(Output::text("You have made no invites. In the screens g i makes one."));
    }
    let rows: Vec<Vec<String>> = mine
        .invites
        .iter()
        .map(|invite| {
            let (state, used_by) = state_of(invite);
            let state = match (state, used_by) {
                ("open", _) => format!("open, ends {}", relative(desk.now, invite.expires_at)),
                (state, Some(handle)) => format!("{state} by {handle}"),
                (state, None) => state.to_owned(),
            };
            vec![invite.id.to_string(), state, invite.note.clone()]
        })
        .collect();
    Ok(Output::text(columns(&rows)))
}

fn state_of(invite: &InviteView) -> (&'static str, Option<&str>) {
    match &invite.state {
        InviteState::Open => ("open", None),
        InviteState::Used { handle, .. } => ("used", Some(handle)),
        InviteState::Revoked(_) => ("taken back", None),
        InviteState::Expired => ("expired", None),
    }
}

/// `tree [HANDLE]`
pub(super) async fn tree(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let branch = match desk.args.first() {
        None => None,
        Some(handle) => {
            let members = desk.call(ListMembers).await?;
            let found =
                members.into_iter().find(|member| member.handle.to_lowercase() == handle.to_lowercase());
            let found =
                found.ok_or_else(|| usage("tree", &format!("There is no member called {handle}.")))?;
            Some(found.id)
        }
    };
    desk.args.no_more().map_err(|why| usage("tree", &why))?;
    let rows = desk.call(ShowInviteTree { branch }).await?;
    if desk.args.json {
        return Ok(Output::json(rows.iter().map(|row| {
            json!({
                "handle": row.handle,
                "depth": row.depth,
                "invited_by": row.invited_by,
                "brought": row.below,
                "joined_at": row.joined_at.0,
            })
        })));
    }
    let lines: Vec<String> = rows.iter().map(line).collect();
    Ok(Output::text(lines.join("\n")))
}

fn line(row: &TreeRow) -> String {
    let name = row.handle.as_deref().unwrap_or("(former member)");
    let brought = if row.below > 0 { format!("  brought {}", row.below) } else { String::new() };
    format!("{}{name}{brought}", "  ".repeat(row.depth.min(20)))
}
