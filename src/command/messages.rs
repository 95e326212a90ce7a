//! Conversations and nudges: `messages`, `message` and `nudge`. The text of a message comes from standard input.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::ConversationId;
use crate::domain::markup;
use crate::domain::time::relative;
use crate::service::conversations::{
    ConversationSummary, ConversationView, ListConversations, MarkMessagesRead, ReadConversation,
    StartConversation,
};
use crate::service::nudges::{NudgeTo, SendNudge};
use crate::service::writing::WrittenElsewhere;

/// Characters of a last line that the list prints.
const LAST_CHARS: usize = 60;

/// `messages [NUMBER] [--mark]`
pub(super) async fn messages(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let mark = desk.args.flag("--mark");
    let number = desk.args.first();
    desk.args.no_more().map_err(|why| usage("messages", &why))?;
    let Some(number) = number else {
        let list = desk.call(ListConversations).await?;
        return Ok(listed(desk, &list));
    };
    let Ok(id) = number.parse::<i64>() else {
        return Err(usage("messages", "A conversation is named by its number, as messages lists it."));
    };
    let conversation = ConversationId(id);
    let view = desk.call(ReadConversation { conversation }).await?;
    if mark && let Some(last) = view.messages.last() {
        desk.call(MarkMessagesRead { conversation, upto: last.no }).await?;
    }
    Ok(read(desk, &view))
}

/// `message HANDLE... < FILE`
pub(super) async fn message(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let to = std::mem::take(&mut desk.args.rest);
    if to.is_empty() {
        return Err(usage("message", "To whom?"));
    }
    let body = desk.input().await?;
    let request = StartConversation { to, title: String::new(), body, draft: None };
    let sent = desk.call(WrittenElsewhere(request)).await?;
    if desk.args.json {
        return Ok(Output::json([json!({ "conversation": sent.conversation.0, "no": sent.no.0 })]));
    }
    Ok(Output::text(format!("Sent: message {} of conversation {}.", sent.no, sent.conversation)))
}

/// `nudge HANDLE TEXT…`
pub(super) async fn nudge(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let words = std::mem::take(&mut desk.args.rest);
    let Some((handle, text)) = words.split_first().filter(|(_, text)| !text.is_empty()) else {
        return Err(usage("nudge", "Whom, and with which line?"));
    };
    let request = SendNudge { to: NudgeTo::Handle(handle.clone()), text: text.join(" ") };
    let nudged = desk.call(request).await?;
    if desk.args.json {
        return Ok(Output::json([json!({
            "conversation": nudged.conversation.0,
            "seen_by": nudged.seen_by,
            "left_for": nudged.left_for,
        })]));
    }
    Ok(Output::text(match nudged.seen_by.is_empty() {
        false => format!("{} can see it now.", nudged.seen_by.join(", ")),
        true => format!("Not here just now: {} will find it as a message.", nudged.left_for.join(", ")),
    }))
}

fn listed(desk: &Desk<'_, impl CommandIo>, list: &[ConversationSummary]) -> Output {
    if desk.args.json {
        return Output::json(list.iter().map(|row| {
            json!({
                "conversation": row.id.0,
                "title": row.title,
                "people": row.people,
                "unread": row.unread,
                "muted": row.muted,
                "last": row.last,
                "last_at": row.last_at.map(|at| at.0),
            })
        }));
    }
    if list.is_empty() {
        return Output::text("No conversations yet. message HANDLE begins one.");
    }
    let now = desk.now;
    let rows: Vec<Vec<String>> = list
        .iter()
        .map(|row| {
            let unread = match row.unread {
                _ if row.muted => "muted".to_owned(),
                0 => String::new(),
                more => format!("{more} new"),
            };
            let when = row.last_at.map_or_else(String::new, |at| relative(now, at));
            vec![row.id.to_string(), row.name(), unread, when, markup::plain(&row.last, LAST_CHARS)]
        })
        .collect();
    Output::text(columns(&rows))
}

fn read(desk: &Desk<'_, impl CommandIo>, view: &ConversationView) -> Output {
    if desk.args.json {
        return Output::json(view.messages.iter().map(|message| {
            json!({
                "conversation": view.head.id.0,
                "no": message.no.0,
                "author": message.author,
                "kind": message.kind.as_str(),
                "created_at": message.at.0,
                "body": message.body,
                "removed": message.removed,
            })
        }));
    }
    let now = desk.now;
    let mut text = String::new();
    for message in &view.messages {
        let said = match (&message.body, message.kind.is_said()) {
            (None, _) if message.removed => "(removed by the staff)".to_owned(),
            (None, _) => "(deleted)".to_owned(),
            (Some(body), true) => body.clone(),
            (Some(body), false) => format!("({} {body})", message.kind),
        };
        text.push_str(&format!(
            "{} {}, {}:\n{said}\n\n",
            message.no,
            message.author,
            relative(now, message.at)
        ));
    }
    Output::text(text.trim_end())
}
