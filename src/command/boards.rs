//! Commands about boards.

use std::collections::HashMap;

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::BoardId;
use crate::service::boards::ListBoards;
use crate::service::tags::LabelsOfBoards;

/// `boards`
pub(super) async fn boards(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("boards", &why))?;
    let list = desk.call(ListBoards).await?;
    let labels = desk.call(LabelsOfBoards).await?;
    if desk.args.json {
        return Ok(Output::json(list.boards.iter().map(|board| {
            let labels = labels.get(&board.id).cloned().unwrap_or_default();
            json!({
                "board": board.slug,
                "name": board.name,
                "purpose": board.purpose,
                "category": board.category,
                "type": board.kind.as_str(),
                "see": board.see.as_str(),
                "archived": board.archived,
                "choice": board.choice.as_str(),
                "unread_threads": board.unread_threads,
                "unread_posts": board.unread_posts,
                "tags": labels.tags,
                "solved_threads": labels.solved,
            })
        })));
    }
    if list.boards.is_empty() {
        return Ok(Output::text("There is no board here that is shown to you."));
    }
    let rows: Vec<Vec<String>> = list
        .boards
        .iter()
        .map(|board| {
            let unread =
                if board.unread_posts > 0 { format!("{} new", board.unread_posts) } else { String::new() };
            let labels = labels.get(&board.id).cloned().unwrap_or_default();
            let solved =
                if labels.solved > 0 { format!(" ({} solved)", labels.solved) } else { String::new() };
            let tags: String = labels.tags.iter().map(|tag| format!(" #{tag}")).collect();
            vec![board.slug.clone(), unread, format!("{}{solved}{tags}", board.purpose)]
        })
        .collect();
    Ok(Output::text(columns(&rows)))
}

/// The names of the boards in commands.
pub(super) type Slugs = HashMap<BoardId, String>;

/// The names of the boards that are shown to the caller.
pub(super) async fn slugs(desk: &mut Desk<'_, impl CommandIo>) -> Result<Slugs, Failure> {
    let list = desk.call(ListBoards).await?;
    Ok(list.boards.into_iter().map(|board| (board.id, board.slug)).collect())
}
