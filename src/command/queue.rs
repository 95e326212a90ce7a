//! `queue`: what waits for the staff.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::moderation::Priority;
use crate::domain::time::relative;
use crate::service::cases::{ListQueue, QueueItem, QueueKind};

/// `queue`
pub(super) async fn queue(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("queue", &why))?;
    let items = desk.call(ListQueue).await?.items;
    if desk.args.json {
        return Ok(Output::json(items.iter().map(object)));
    }
    if items.is_empty() {
        return Ok(Output::text("Nothing waits."));
    }
    let rows: Vec<Vec<String>> = items.iter().map(|item| row(desk, item)).collect();
    Ok(Output::text(columns(&rows)))
}

fn object(item: &QueueItem) -> serde_json::Value {
    let (kind, id, thing, thing_id) = match item.kind {
        QueueKind::Case { case, thing } => ("case", case.0, thing.kind().as_str(), thing.id()),
        QueueKind::Held { held, member } => ("held", held.0, "member", member.0),
        QueueKind::Matter { matter, kind } => (kind.as_str(), matter.0, "member", 0),
        QueueKind::Application { application, member } => ("application", application.0, "member", member.0),
    };
    json!({
        "kind": kind,
        "id": id,
        "thing": thing,
        "thing_id": thing_id,
        "label": item.label,
        "board": (!item.board.is_empty()).then_some(&item.board),
        "who": item.who,
        "reporters": item.reporters,
        "rule": (item.rule_no > 0).then_some(item.rule_no),
        "since": item.since.0,
        "priority": priority(item.priority),
        "claimed_by": item.claim.as_ref().map(|claim| &claim.handle),
        "claimed_until": item.claim.as_ref().map(|claim| claim.until.0),
        "vouches": item.vouches,
        "waits_for_applicant": item.asked,
        "watched": item.watched,
    })
}

fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::First => "first",
        Priority::Soon => "soon",
        Priority::InTurn => "in turn",
    }
}

fn row(desk: &Desk<'_, impl CommandIo>, item: &QueueItem) -> Vec<String> {
    let name = match item.kind {
        QueueKind::Case { case, .. } => format!("case {case}"),
        QueueKind::Held { held, .. } => format!("held {held}"),
        QueueKind::Matter { matter, kind } => format!("{kind} {matter}"),
        QueueKind::Application { application, .. } => format!("application {application}"),
    };
    let mut about = match item.kind {
        QueueKind::Case { .. } => format!("{} by {}, rule {}", item.label, item.who, item.rule_no),
        QueueKind::Held { .. } => format!("{} by {}", item.label, item.who),
        QueueKind::Matter { .. } => format!("{} {}", item.label, item.who),
        QueueKind::Application { .. } => item.who.clone(),
    };
    if item.reporters > 1 {
        about.push_str(&format!(", {} reports", item.reporters));
    }
    if item.vouches > 0 {
        about.push_str(&format!(", {} vouch{}", item.vouches, if item.vouches == 1 { "es" } else { "" }));
    }
    if item.watched {
        about.push_str(", watched");
    }
    if item.asked {
        about.push_str(", waits for the answer");
    }
    if let Some(claim) = &item.claim {
        about.push_str(&format!(", claimed by {}", claim.handle));
    }
    vec![name, priority(item.priority).to_owned(), relative(desk.now, item.since), about]
}
