//! `bans`: the ban list, for staff: look, try, add, lift.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::BanId;
use crate::domain::time::{Zone, absolute};
use crate::service::bans::{Ban, BanPreview, LiftBan, ListBans, MakeBan, PreviewBan};
use crate::service::settings::DAY_S;

/// `bans [try WHAT | add WHAT DAYS|always REASON… [--sure] | lift NUMBER]`
pub(super) async fn bans(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let sure = desk.args.flag("--sure");
    match desk.args.first().as_deref() {
        None => {
            let bans = desk.call(ListBans).await?;
            Ok(listed(desk, &bans))
        }
        Some("try") => {
            let what = desk.args.first().ok_or_else(|| usage("bans", "A key, an address or a network?"))?;
            desk.args.no_more().map_err(|why| usage("bans", &why))?;
            let preview = desk.call(PreviewBan { what }).await?;
            Ok(tried(desk, &preview))
        }
        Some("add") => add(desk, sure).await,
        Some("lift") => {
            let number = desk.args.first().and_then(|number| number.parse().ok());
            let ban = number.map(BanId).ok_or_else(|| usage("bans", "Which? bans lists their numbers."))?;
            desk.args.no_more().map_err(|why| usage("bans", &why))?;
            let lifted = desk.call(LiftBan { ban }).await?;
            if desk.args.json {
                return Ok(Output::json([json!({ "id": ban.0, "subject": lifted.what, "lifted": true })]));
            }
            Ok(Output::text(format!("{} is off the list.", lifted.what)))
        }
        Some(other) => Err(usage("bans", &format!("\"{other}\" is not among them."))),
    }
}

async fn add(desk: &mut Desk<'_, impl CommandIo>, sure: bool) -> Result<Output, Failure> {
    let what = desk.args.first().ok_or_else(|| usage("bans", "A key, an address or a network?"))?;
    let days = desk.args.first().ok_or_else(|| usage("bans", "For how many days? Or always."))?;
    let until = match days.as_str() {
        "always" => None,
        days => {
            let days: i64 = days.parse().map_err(|_| usage("bans", "For how many days? Or always."))?;
            Some(desk.service.now().plus(days.saturating_mul(DAY_S)))
        }
    };
    let reason = std::mem::take(&mut desk.args.rest).join(" ");
    if reason.is_empty() {
        return Err(usage("bans", "Why? Members read it in the log, and who is kept out reads it."));
    }
    let preview = desk.call(PreviewBan { what: what.clone() }).await?;
    if !sure && !preview.asks.is_empty() {
        return Err(usage("bans", &format!("{} If you mean it, add --sure.", preview.asks.join(" "))));
    }
    let ban = desk.call(MakeBan { what, reason, until, sure }).await?;
    let bans = desk.call(ListBans).await?;
    let made: Vec<Ban> = bans.into_iter().filter(|row| row.id == ban).collect();
    Ok(listed(desk, &made))
}

fn tried(desk: &Desk<'_, impl CommandIo>, preview: &BanPreview) -> Output {
    if desk.args.json {
        return Output::json([json!({
            "subject": preview.subject,
            "kind": preview.kind.as_str(),
            "sessions": preview.sessions,
            "members": preview.members,
            "asks": preview.asks,
            "banned_since": preview.since.map(|at| at.0),
        })]);
    }
    let already = if preview.since.is_some() { " It is on the list already." } else { "" };
    Output::text(format!("{}: {}{already}", preview.subject, preview.words()))
}

fn listed(desk: &Desk<'_, impl CommandIo>, bans: &[Ban]) -> Output {
    if desk.args.json {
        return Output::json(bans.iter().map(|ban| {
            json!({
                "id": ban.id.0,
                "kind": ban.kind.as_str(),
                "subject": ban.subject,
                "owner": ban.owner,
                "reason": ban.reason,
                "by": ban.by,
                "made": ban.made_at.0,
                "until": ban.until.map(|at| at.0),
            })
        }));
    }
    if bans.is_empty() {
        return Output::text("Nobody is banned.");
    }
    let rows: Vec<Vec<String>> = bans
        .iter()
        .map(|ban| {
            let until = ban.until.map_or_else(|| "no end".to_owned(), |at| absolute(at, &Zone::utc()));
            let owner = ban.owner.as_deref().map(|owner| format!(" ({owner})")).unwrap_or_default();
            vec![ban.id.to_string(), format!("{}{owner}", ban.subject), until, ban.reason.clone()]
        })
        .collect();
    Output::text(columns(&rows))
}
