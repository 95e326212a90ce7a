//! The charter, as it holds or held: `charter [--version N]`.

use serde_json::json;

use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::{Zone, date};
use crate::service::charter::ReadCharterVersion;

/// `charter [--version N]`
pub(super) async fn charter(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let version = desk.args.option("--version").map_err(|why| usage("charter", &why))?;
    desk.args.no_more().map_err(|why| usage("charter", &why))?;
    let version = version.map(|typed| typed.parse()).transpose();
    let version = version.map_err(|_| usage("charter", "A version is a number."))?;
    let shown = desk.call(ReadCharterVersion { version }).await?;
    let charter = &shown.charter;
    if desk.args.json {
        let rules = charter.rules.iter();
        return Ok(Output::json([json!({
            "version": charter.version,
            "published_at": shown.published_at.0,
            "holds": shown.holds(),
            "purpose": charter.purpose,
            "audience": charter.audience,
            "gives": charter.gives,
            "gets": charter.gets,
            "rules": rules
                .map(|rule| json!({ "no": rule.no, "title": rule.title, "body": rule.body }))
                .collect::<Vec<_>>(),
            "changes": shown.changes,
            "versions": shown.versions.iter()
                .map(|(version, at)| json!({ "version": version, "published_at": at.0 }))
                .collect::<Vec<_>>(),
        })]));
    }
    let state = if shown.holds() { "it holds now" } else { "it no longer holds" };
    let day = |at| date(at, &Zone::utc());
    let mut text = format!("Version {}, since {}; {state}.", charter.version, day(shown.published_at));
    if !shown.changes.is_empty() {
        text.push_str("\n\nWhat it changed:");
    }
    for line in &shown.changes {
        text.push_str(&format!("\n{line}"));
    }
    for (head, body) in charter.paragraphs() {
        text.push_str(&format!("\n\n{head}\n{body}"));
    }
    let others: Vec<String> = shown
        .versions
        .iter()
        .filter(|(version, _)| *version != charter.version)
        .map(|(version, at)| format!("{version} ({})", day(*at)))
        .collect();
    if !others.is_empty() {
        text.push_str(&format!("\n\nOther versions, with --version: {}", others.join(", ")));
    }
    Ok(Output::text(text))
}
