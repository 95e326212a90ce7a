//! Commands about people.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::member::Role;
use crate::domain::policy::Actor;
use crate::domain::time::coarse;
use crate::service::levels::{ReadPath, opens, step_line};
use crate::service::members::{ListMembers, MemberSummary, WhoAmI};

/// `whoami`
pub(super) async fn whoami(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("whoami", &why))?;
    let me = desk.call(WhoAmI).await?;
    let Actor::Account { standing, level, role, .. } = me.actor else {
        if desk.args.json {
            return Ok(Output::json([json!({ "guest": true })]));
        }
        return Ok(Output::text("You are a guest here. ssh join@… opens the door."));
    };
    if desk.args.json {
        return Ok(Output::json([json!({
            "guest": false,
            "handle": me.handle,
            "standing": standing.as_str(),
            "level": level.as_str(),
            "role": role.as_str(),
            "zone": me.zone,
        })]));
    }
    Ok(Output::text(format!("{} ({standing}, {level}, {role})", me.handle)))
}

/// `members [PART | tag:NAME]`
pub(super) async fn members(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let part =
        if desk.args.rest.is_empty() { String::new() } else { desk.args.rest.remove(0).to_lowercase() };
    desk.args.no_more().map_err(|why| usage("members", &why))?;
    let mut list = desk.call(ListMembers).await?;
    let tag = part.strip_prefix("tag:").or(part.strip_prefix('#'));
    list.retain(|member| match tag {
        Some(tag) => member.tags.iter().any(|known| known == tag),
        None => member.handle.to_lowercase().contains(&part),
    });
    Ok(people(desk, &list))
}

/// `who`
pub(super) async fn who(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("who", &why))?;
    let mut list = desk.call(ListMembers).await?;
    list.retain(|member| member.here);
    if list.is_empty() && !desk.args.json {
        return Ok(Output::text("Nobody has a screen open just now."));
    }
    Ok(people(desk, &list))
}

/// `path [HANDLE]`
pub(super) async fn path(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let member = match desk.args.rest.is_empty() {
        true => desk.call(WhoAmI).await?.actor.id(),
        false => {
            let handle = desk.args.rest.remove(0);
            Some(member_called(desk, &handle).await?)
        }
    };
    desk.args.no_more().map_err(|why| usage("path", &why))?;
    let Some(member) = member else { return Ok(Output::text("You are a guest here. Members have a path.")) };
    let path = desk.call(ReadPath { member }).await?;
    if desk.args.json {
        let steps = path.next.iter().flat_map(|(_, steps)| steps).map(|step| {
            json!({ "need": step.need.as_str(), "have": step.have, "mark": step.mark, "missing": step.missing() })
        });
        return Ok(Output::json([json!({
            "handle": path.handle,
            "level": path.level.as_str(),
            "role": path.role.as_str(),
            "next": path.next.as_ref().map(|(level, _)| level.as_str()),
            "steps": steps.collect::<Vec<_>>(),
            "falls_at": path.falling.as_ref().map(|falling| falling.at.0),
        })]));
    }
    let mut text = format!("{}: {}", path.handle, path.level);
    if let Some((level, steps)) = &path.next {
        text.push_str(&format!("\nto be a {level}:"));
        steps.iter().for_each(|step| text.push_str(&format!("\n  {}", step_line(*step))));
        text.push_str(&format!("\nit opens {}", opens(*level)));
    }
    Ok(Output::text(text))
}

/// The member with a handle.
pub(super) async fn member_called(
    desk: &mut Desk<'_, impl CommandIo>,
    handle: &str,
) -> Result<crate::domain::ids::MemberId, Failure> {
    let wanted = handle.trim_start_matches('@').to_lowercase();
    let list = desk.call(ListMembers).await?;
    let found = list.iter().find(|member| member.handle.to_lowercase() == wanted);
    found
        .map(|member| member.id)
        .ok_or_else(|| Failure::Usage(format!("There is no member called \"{handle}\". members lists them.")))
}

fn people(desk: &Desk<'_, impl CommandIo>, list: &[MemberSummary]) -> Output {
    if desk.args.json {
        return Output::json(list.iter().map(|member| {
            json!({
                "handle": member.handle,
                "level": member.level.as_str(),
                "role": member.role.as_str(),
                "joined_at": member.joined_at.map(|at| at.0),
                "last_seen": member.last_seen_at.map(|at| coarse(desk.now, at)),
                "invited_by": member.invited_by,
                "can_help": member.can_help,
                "tags": member.tags,
                "here": member.here,
                "board": member.board,
                "away": member.away,
            })
        }));
    }
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|member| {
            let standing = match member.role {
                Role::Member => member.level.as_str(),
                role => role.as_str(),
            };
            let seen = match (&member.board, member.here, member.last_seen_at) {
                _ if member.away.as_deref() == Some("") => "away".to_owned(),
                _ if member.away.is_some() => {
                    format!("away: {}", member.away.as_deref().unwrap_or_default())
                }
                (Some(board), true, _) => format!("in {board}"),
                (None, true, _) => "here now".to_owned(),
                (_, false, Some(at)) => coarse(desk.now, at).to_owned(),
                (_, false, None) => String::new(),
            };
            vec![member.handle.clone(), standing.to_owned(), seen, member.can_help.clone()]
        })
        .collect();
    Output::text(columns(&rows))
}
