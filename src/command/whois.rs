//! A member's profile as text and as an object: what `finger` was.

use serde_json::json;

use super::output::columns;
use super::people::member_called;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::{Zone, coarse, date, time_of_day};
use crate::service::members::{Profile, ProfileThread, ReadProfile};

/// `whois HANDLE`, `finger HANDLE`
pub(super) async fn whois(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    if desk.args.rest.is_empty() {
        return Err(usage("whois", "Whose profile? Say a handle; members lists them."));
    }
    let handle = desk.args.rest.remove(0);
    desk.args.no_more().map_err(|why| usage("whois", &why))?;
    let member = member_called(desk, &handle).await?;
    let profile = desk.call(ReadProfile { member }).await?;
    Ok(if desk.args.json { object(&profile) } else { text(&profile) })
}

fn local_time(profile: &Profile) -> String {
    let zone = Zone::parse(&profile.row.zone).unwrap_or_else(|_| Zone::utc());
    time_of_day(profile.now, &zone)
}

fn object(profile: &Profile) -> Output {
    let row = &profile.row;
    let threads = |threads: &[ProfileThread]| {
        let thread = |thread: &ProfileThread| json!({ "thread": thread.id.0, "title": thread.title, "board": thread.board });
        threads.iter().map(thread).collect::<Vec<_>>()
    };
    Output::json([json!({
        "handle": row.handle,
        "level": row.level.as_str(),
        "role": row.role.as_str(),
        "pronouns": row.pronouns,
        "zone": row.zone,
        "local_time": local_time(profile),
        "here": profile.here,
        "away": profile.away,
        "last_seen": row.last_seen_at.map(|at| coarse(profile.now, at)),
        "joined_at": row.joined_at.map(|at| at.0),
        "invited_by": row.invited_by,
        "invited": profile.invited,
        "plan": row.plan,
        "about": row.about,
        "can_help": row.can_help,
        "looking_for": row.looking_for,
        "tags": profile.tags,
        "shown_tag": profile.shown_tag,
        "threads": threads(&profile.threads),
        "shared": threads(&profile.shared),
    })])
}

fn text(profile: &Profile) -> Output {
    let row = &profile.row;
    let here = match (&profile.away, profile.here, row.last_seen_at) {
        (Some(why), ..) if why.is_empty() => "here, but away".to_owned(),
        (Some(why), ..) => format!("here, but away: {why}"),
        (None, true, _) => "here now".to_owned(),
        (None, false, Some(at)) => coarse(profile.now, at).to_owned(),
        (None, false, None) => String::new(),
    };
    let since = row.joined_at.map_or_else(String::new, |at| date(at, &Zone::utc()));
    let by = row.invited_by.as_deref().map_or_else(String::new, |by| format!(", invited by {by}"));
    let tags: Vec<String> = profile.tags.iter().map(|tag| format!("#{tag}")).collect();
    let facts = [
        ("handle", row.handle.clone()),
        ("pronouns", row.pronouns.clone()),
        ("standing", format!("{}, {}", row.level, row.role)),
        ("last here", here),
        ("local time", format!("{}, {}", local_time(profile), row.zone)),
        ("member since", format!("{since}{by}")),
        ("invited", profile.invited.join(", ")),
        ("tags", tags.join(" ")),
        ("can help", row.can_help.clone()),
        ("looking for", row.looking_for.clone()),
        ("plan", row.plan.clone()),
    ];
    let known = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    let mut rows: Vec<Vec<String>> = known.map(|(label, fact)| vec![label.to_owned(), fact]).collect();
    for (label, threads) in [("you both", &profile.shared), ("thread", &profile.threads)] {
        for thread in threads {
            let words = format!("{} {} ({})", thread.id, thread.title, thread.board);
            rows.push(vec![label.to_owned(), words]);
        }
    }
    let mut out = columns(&rows);
    if !row.about.is_empty() {
        out.push_str(&format!("\n\n{}", row.about));
    }
    Output::text(out)
}
