//! `watch`: whom the staff watch, for staff: list, add, renew, end.

use serde_json::json;

use super::output::columns;
use super::people::member_called;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::{Zone, date};
use crate::service::watch::{EndWatch, ListWatched, RenewWatch, WatchMember, WatchSubject, Watched};

/// `watch [add WHOM REASON… | renew WHOM | end WHOM]`; whom: a handle, a fingerprint, an address or a network
pub(super) async fn watch(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let Some(word) = desk.args.first() else {
        let watched = desk.call(ListWatched).await?;
        return Ok(listed(desk, &watched));
    };
    let handle = desk.args.first().ok_or_else(|| usage("watch", "Whom?"))?;
    match word.as_str() {
        "add" => {
            let reason = std::mem::take(&mut desk.args.rest).join(" ");
            if reason.is_empty() {
                return Err(usage("watch", "Why? It is part of their own export."));
            }
            // No handle has any of these.
            if handle.contains([':', '.', '/']) {
                desk.call(WatchSubject { what: handle, reason }).await?;
            } else {
                let member = member_called(desk, &handle).await?;
                desk.call(WatchMember { member, reason, evidence: None }).await?;
            }
        }
        "renew" | "end" => {
            desk.args.no_more().map_err(|why| usage("watch", &why))?;
            let watched = desk.call(ListWatched).await?;
            let found = watched.iter().find(|row| row.name().eq_ignore_ascii_case(&handle));
            let watch = found.map(|row| row.watch.id);
            let watch = watch.ok_or_else(|| usage("watch", &format!("{handle} is not watched.")))?;
            if word == "renew" {
                desk.call(RenewWatch { watch }).await?;
            } else {
                desk.call(EndWatch { watch }).await?;
            }
        }
        other => return Err(usage("watch", &format!("\"{other}\" is not among them."))),
    }
    let watched = desk.call(ListWatched).await?;
    Ok(listed(desk, &watched))
}

fn listed(desk: &Desk<'_, impl CommandIo>, watched: &[Watched]) -> Output {
    if desk.args.json {
        return Output::json(watched.iter().map(|row| {
            let evidence: Vec<_> = row
                .evidence
                .iter()
                .map(|evidence| {
                    json!({
                        "what": evidence.label,
                        "text": evidence.body,
                        "by": evidence.by,
                        "added": evidence.added_at.0,
                    })
                })
                .collect();
            let came: Vec<_> =
                row.came.iter().map(|came| json!({ "handle": came.handle, "at": came.at.0 })).collect();
            json!({
                "handle": row.watch.handle,
                "subject": row.watch.subject,
                "came": came,
                "reason": row.watch.reason,
                "by": row.watch.by,
                "began": row.watch.made_at.0,
                "until": row.watch.until.0,
                "evidence": evidence,
            })
        }));
    }
    if watched.is_empty() {
        return Output::text("Nobody is watched.");
    }
    let row = |row: &Watched| {
        let until = date(row.watch.until, &Zone::utc());
        vec![row.name().to_owned(), format!("until {until}"), row.watch.reason.clone()]
    };
    Output::text(columns(&watched.iter().map(row).collect::<Vec<_>>()))
}
