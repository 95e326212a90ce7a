//! Commands about roles.

use serde_json::json;

use super::output::columns;
use super::people::member_called;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::{Zone, date};
use crate::service::boards::ListBoards;
use crate::service::roles::{
    AnswerOffer, Duty, EndRole, ListRoles, OfferRole, RoleLine, RoleState, TakeBackOffer,
};
use crate::service::tags::ListTags;

/// The boards and tags by which duties are named.
struct Names {
    boards: Vec<(crate::domain::ids::BoardId, String)>,
    tags: Vec<(crate::domain::ids::TagId, String)>,
}

impl Names {
    async fn read(desk: &mut Desk<'_, impl CommandIo>) -> Result<Self, Failure> {
        let boards = desk.call(ListBoards).await?.boards;
        let tags = desk.call(ListTags).await?;
        Ok(Self {
            boards: boards.into_iter().map(|board| (board.id, board.slug)).collect(),
            tags: tags.into_iter().map(|tag| (tag.id, tag.name)).collect(),
        })
    }

    /// `host:general`
    fn write(&self, duty: Duty) -> String {
        let name = match duty {
            Duty::Moderator => return "moderator".to_owned(),
            Duty::Host(board) => self.boards.iter().find(|(id, _)| *id == board).map(|(_, name)| name),
            Duty::Champion(tag) => self.tags.iter().find(|(id, _)| *id == tag).map(|(_, name)| name),
        };
        format!("{}:{}", duty.kind(), name.map_or("?", String::as_str))
    }

    fn read_duty(&self, text: &str) -> Result<Duty, Failure> {
        let found = match text.split_once(':') {
            None if text == "moderator" => Some(Duty::Moderator),
            Some(("host", name)) => {
                self.boards.iter().find(|(_, slug)| slug == name).map(|(id, _)| Duty::Host(*id))
            }
            Some(("champion", name)) => {
                let name = name.trim_start_matches('#');
                self.tags.iter().find(|(_, known)| known == name).map(|(id, _)| Duty::Champion(*id))
            }
            _ => None,
        };
        found.ok_or_else(|| {
            usage("role", &format!("\"{text}\" is no duty here: moderator, host:BOARD or champion:TAG."))
        })
    }
}

/// `roles`
pub(super) async fn roles(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("roles", &why))?;
    let lines = desk.call(ListRoles).await?;
    let names = Names::read(desk).await?;
    if desk.args.json {
        return Ok(Output::json(lines.iter().map(|line| {
            let (state, until, days, by) = match &line.state {
                RoleState::Held { until } => ("held", until.map(|at| at.0), None, None),
                RoleState::Offered { days, by } => ("offered", None, Some(*days), by.clone()),
            };
            json!({
                "handle": line.handle,
                "duty": names.write(line.duty),
                "state": state,
                "until": until,
                "days": days,
                "offered_by": by,
                "mine": line.mine,
            })
        })));
    }
    if lines.is_empty() {
        return Ok(Output::text("Nobody has a role yet. The sysop offers them, on a profile with o."));
    }
    let row = |line: &RoleLine| {
        let state = match &line.state {
            RoleState::Held { until: Some(at) } => format!("until {}", date(*at, &Zone::utc())),
            RoleState::Held { until: None } => String::new(),
            RoleState::Offered { days, .. } => format!("offered, for {days} days"),
        };
        vec![line.handle.clone(), names.write(line.duty), state]
    };
    Ok(Output::text(columns(&lines.iter().map(row).collect::<Vec<_>>())))
}

/// `role offer|accept|decline|end …`
pub(super) async fn role(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let rest = std::mem::take(&mut desk.args.rest);
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let names = Names::read(desk).await?;
    match words.as_slice() {
        ["offer", handle, duty] => offer(desk, &names, handle, duty, None).await,
        ["offer", handle, duty, days] => {
            let days =
                days.parse().map_err(|_| usage("role", &format!("\"{days}\" is no number of days.")))?;
            offer(desk, &names, handle, duty, Some(days)).await
        }
        [answer @ ("accept" | "decline"), duty] => {
            let duty = names.read_duty(duty)?;
            let lines = desk.call(ListRoles).await?;
            let asked = lines.iter().find(|line| line.is_asked_of_me() && line.duty == duty);
            let Some((asked, term)) = asked.and_then(|line| Some((line, line.term?))) else {
                return Err(Failure::Usage(
                    "You are not asked that. roles lists what you are asked.".to_owned(),
                ));
            };
            let accept = *answer == "accept";
            desk.call(AnswerOffer { term, accept }).await?;
            Ok(done(desk, &names, &asked.handle, duty, if accept { "accepted" } else { "declined" }))
        }
        ["end", duty] => {
            let duty = names.read_duty(duty)?;
            let me = desk.call(crate::service::members::WhoAmI).await?;
            if let Some(member) = me.actor.id() {
                desk.call(EndRole { member, duty, reason: String::new() }).await?;
            }
            Ok(done(desk, &names, &me.handle, duty, "ended"))
        }
        ["end", duty, handle, reason @ ..] => {
            let duty = names.read_duty(duty)?;
            let member = member_called(desk, handle).await?;
            let lines = desk.call(ListRoles).await?;
            let of = |line: &&RoleLine| line.member == member && line.duty == duty;
            let offered =
                lines.iter().filter(of).find(|line| matches!(line.state, RoleState::Offered { .. }));
            if let Some(term) = offered.and_then(|line| line.term) {
                desk.call(TakeBackOffer { term }).await?;
                return Ok(done(desk, &names, handle, duty, "taken back"));
            }
            desk.call(EndRole { member, duty, reason: reason.join(" ") }).await?;
            Ok(done(desk, &names, handle, duty, "ended"))
        }
        _ => Err(usage("role", "Say offer, accept, decline or end, and which role.")),
    }
}

async fn offer(
    desk: &mut Desk<'_, impl CommandIo>,
    names: &Names,
    handle: &str,
    duty: &str,
    days: Option<i64>,
) -> Result<Output, Failure> {
    let duty = names.read_duty(duty)?;
    let member = member_called(desk, handle).await?;
    desk.call(OfferRole { member, duty, days }).await?;
    Ok(done(desk, names, handle, duty, "offered"))
}

fn done(desk: &Desk<'_, impl CommandIo>, names: &Names, handle: &str, duty: Duty, done: &str) -> Output {
    let duty = names.write(duty);
    match desk.args.json {
        true => Output::json([json!({ "handle": handle, "duty": duty, "done": done })]),
        false => Output::text(format!("{duty}: {done} ({handle})")),
    }
}
