//! Rooms: `rooms`, `room` and `say`.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::room::{Entered, LineKind};
use crate::domain::time::{Zone, time_of_day};
use crate::service::Error;
use crate::service::members::WhoAmI;
use crate::service::rooms::{HALL, LineView, ListRooms, OpenRoom, RoomSummary, Say};

/// Lines that one `say` says at most: each is a line of its own, and a script that says more is a flood.
const LINES_MAX: usize = 10;

/// `rooms`
pub(super) async fn rooms(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("rooms", &why))?;
    let rooms = desk.call(ListRooms).await?;
    if desk.args.json {
        return Ok(Output::json(rooms.iter().map(
            |room| json!({ "room": room.slug, "name": room.name, "unread": room.unread, "here": room.here }),
        )));
    }
    let counted =
        |count: usize, word: &str| if count == 0 { String::new() } else { format!("{count} {word}") };
    let rows: Vec<Vec<String>> = rooms
        .iter()
        .map(|room| {
            let unread = counted(usize::try_from(room.unread).unwrap_or(0), "new");
            vec![room.slug.clone(), unread, counted(room.here, "here"), room.name.clone()]
        })
        .collect();
    Ok(Output::text(columns(&rows)))
}

/// `room [NAME]`: printing marks nothing as seen, because a script may print what nobody looks at.
pub(super) async fn room(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let name = desk.args.first();
    desk.args.no_more().map_err(|why| usage("room", &why))?;
    let summary = find(desk, name).await?;
    let view = desk.call(OpenRoom { room: summary.id }).await?;
    if desk.args.json {
        return Ok(Output::json(view.lines.iter().map(|line| {
            json!({
                "line": line.id.0,
                "room": summary.slug,
                "author": line.author,
                "kind": line.kind.as_str(),
                "said_at": line.at.0,
                "edited": line.edited,
                "removed": line.removed,
                "mine": line.mine,
                "read": line.mine || line.id <= view.read_to,
                "body": line.text,
            })
        })));
    }
    let me = desk.call(WhoAmI).await?;
    let zone = Zone::parse(&me.zone).unwrap_or_else(|_| Zone::utc());
    let text: String = view.lines.iter().map(|line| words(line, &zone)).collect();
    if text.is_empty() {
        return Ok(Output::text("Nobody has said anything today."));
    }
    Ok(Output::text(text))
}

fn words(line: &LineView, zone: &Zone) -> String {
    let time = time_of_day(line.at, zone);
    let edited = if line.edited { " (edited)" } else { "" };
    match line.kind {
        _ if line.removed => format!("{time} {}: (Taken down by the moderators.)\n", line.author),
        LineKind::Does => format!("{time} * {} {}{edited}\n", line.author, line.text),
        LineKind::Says => format!("{time} {}: {}{edited}\n", line.author, line.text),
    }
}

/// `say [ROOM] < FILE`: every line of the input that is not empty is a line in the room. `/me` works as in the field,
/// other commands do not: a script that says "/delete" means those words.
pub(super) async fn say(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let name = desk.args.first();
    desk.args.no_more().map_err(|why| usage("say", &why))?;
    // Before the text is asked for: nobody types a line for a room that is not there.
    let room = find(desk, name).await?;
    let input = desk.input().await?;
    let lines: Vec<&str> = input.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() > LINES_MAX {
        let words = format!("That is {} lines; {LINES_MAX} at once are the most.", lines.len());
        return Err(Error::invalid(words).into());
    }
    let mut ids = Vec::new();
    for line in &lines {
        let (kind, text) = match Entered::parse(line) {
            Entered::Line(kind, text) => (kind, text),
            _ => (LineKind::Says, (*line).to_owned()),
        };
        ids.push(desk.call(Say { room: room.id, kind, text, from_field: false }).await?);
    }
    if ids.is_empty() {
        return Err(Error::invalid("There is no text yet. Write something first.").into());
    }
    if desk.args.json {
        return Ok(Output::json(ids.iter().map(|id| json!({ "line": id.0, "room": room.slug }))));
    }
    Ok(Output::text(format!("Said in {}.", room.name)))
}

async fn find(desk: &mut Desk<'_, impl CommandIo>, name: Option<String>) -> Result<RoomSummary, Failure> {
    let name = name.unwrap_or_else(|| HALL.to_owned());
    let rooms = desk.call(ListRooms).await?;
    let found = rooms.into_iter().find(|room| room.slug.eq_ignore_ascii_case(&name));
    Ok(found.ok_or(Error::NotFound("room"))?)
}
