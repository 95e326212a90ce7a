//! What is for one: `notifications`.

use serde_json::{Value, json};

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::notification::NotificationKind;
use crate::domain::time::relative;
use crate::service::notifications::{LeadsTo, ListNotifications, Notification};

/// `notifications`: what is news first; printing marks nothing as seen.
pub(super) async fn notifications(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("notifications", &why))?;
    let list = desk.call(ListNotifications).await?;
    if desk.args.json {
        return Ok(Output::json(list.rows.iter().map(object)));
    }
    if list.rows.is_empty() {
        return Ok(Output::text("Nothing is for you yet: replies, mentions and messages will stand here."));
    }
    let rows: Vec<Vec<String>> = list
        .rows
        .iter()
        .map(|row| {
            let news = if row.unseen { "new" } else { "" };
            vec![news.to_owned(), place(row.leads_to), relative(desk.now, row.at), words(row)]
        })
        .collect();
    Ok(Output::text(columns(&rows)))
}

/// What happened, in one line.
fn words(row: &Notification) -> String {
    let who = row.who.as_deref().unwrap_or("the staff");
    let times = if row.times > 1 { format!(" ({} times)", row.times) } else { String::new() };
    let about = if row.about.is_empty() { String::new() } else { format!(": {}", row.about) };
    let did = match row.kind {
        NotificationKind::Reply => "answered you",
        NotificationKind::Mention => "mentioned you",
        NotificationKind::Message => "wrote to you",
        NotificationKind::Thanks => "thanked you",
        NotificationKind::DuesEnd => return "your dues end within two weeks".to_owned(),
        NotificationKind::DuesOver => {
            return "the dues of a member have ended, and their days of grace".to_owned();
        }
        NotificationKind::CohortInvited => "invites you to a cohort",
        NotificationKind::CohortBegins => return format!("your cohort begins{about}"),
        NotificationKind::CohortOff => return format!("a cohort does not come together{about}"),
        NotificationKind::CohortOver => return format!("your cohort is over{about}"),
        NotificationKind::NewBuddy => return format!("you have another buddy{about}"),
        NotificationKind::CheckpointSoon => return format!("a checkpoint opens tomorrow{about}"),
        NotificationKind::Checkpoint => return format!("a checkpoint is open{about}"),
        NotificationKind::Asked => "asks to keep what you said",
        NotificationKind::Jury => return "you are drawn for a jury: an appeal waits for you".to_owned(),
        NotificationKind::Moderation => return row.about.clone(),
        NotificationKind::Report => return format!("your report: {}", row.about),
        other => return format!("{who}: {other}{times}{about}"),
    };
    format!("{who} {did}{times}{about}")
}

/// Where it leads, as other commands take it.
fn place(leads_to: LeadsTo) -> String {
    match leads_to {
        LeadsTo::Post(thread, no) => format!("{thread}.{no}"),
        LeadsTo::Thread(thread) => thread.to_string(),
        LeadsTo::Conversation(id) => format!("m{id}"),
        // No command takes those.
        _ => String::new(),
    }
}

fn object(row: &Notification) -> Value {
    let (mut thread, mut no, mut conversation, mut room, mut member) = (None, None, None, None, None);
    match row.leads_to {
        LeadsTo::Post(in_thread, post) => (thread, no) = (Some(in_thread.0), Some(post.0)),
        LeadsTo::Thread(id) => thread = Some(id.0),
        LeadsTo::Conversation(id) => conversation = Some(id.0),
        LeadsTo::Room(id) => room = Some(id.0),
        LeadsTo::Member(id) => member = Some(id.0),
        _ => {}
    }
    json!({
        "kind": row.kind.as_str(),
        "new": row.unseen,
        "who": row.who,
        "about": row.about,
        "times": row.times,
        "at": row.at.0,
        "thread": thread,
        "no": no,
        "conversation": conversation,
        "room": room,
        "member": member,
    })
}
