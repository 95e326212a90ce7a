//! Dues: `dues`.

use serde_json::{Value, json};

use super::output::columns;
use super::people::member_called;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::service::dues::{AskWaiver, CounterDues, Dues, DuesView, ListDues, ReadDues, RecordDues};
use crate::service::members::WhoAmI;

/// `dues [off | on | all | HANDLE [DAY [NOTE…] | back]]`
pub(super) async fn dues(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let rest = std::mem::take(&mut desk.args.rest);
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let me = desk.call(WhoAmI).await?.actor.id();
    let member = match words.as_slice() {
        ["all"] => {
            let all = desk.call(ListDues).await?;
            return Ok(match desk.args.json {
                true => Output::json(all.iter().map(object)),
                false => Output::text(columns(
                    &all.iter().map(|view| vec![view.handle.clone(), view.words()]).collect::<Vec<_>>(),
                )),
            });
        }
        [] | ["off" | "on"] => me.ok_or_else(|| usage("dues", "You are a guest here."))?,
        [handle, ..] => member_called(desk, handle).await?,
    };
    match words.as_slice() {
        [] | [_] if !matches!(words.first(), Some(&("off" | "on"))) => {}
        [switch] => desk.call(AskWaiver { ask: *switch == "off" }).await?,
        [_, "back"] => {
            let last = desk.call(ReadDues { member }).await?.last().map(|entry| entry.id);
            let entry = last.ok_or_else(|| usage("dues", "Nothing is recorded that could be taken back."))?;
            desk.call(CounterDues { member, entry, note: String::new() }).await?;
        }
        [_, until, note @ ..] => {
            desk.call(RecordDues { member, until: (*until).to_owned(), note: note.join(" ") }).await?;
        }
        [] => {}
    }
    let view = desk.call(ReadDues { member }).await?;
    if desk.args.json {
        return Ok(Output::json([object(&view)]));
    }
    let mut lines = vec![format!("{}: {}", view.handle, view.words())];
    lines.extend(view.entries.iter().map(|entry| entry.words()));
    Ok(Output::text(lines.join("\n")))
}

fn object(view: &DuesView) -> Value {
    let (state, at) = match view.dues {
        Dues::LetOff => ("let off", None),
        Dues::None => ("none", None),
        Dues::Run(end) => ("run", Some(end.0)),
        Dues::Grace(until) => ("grace", Some(until.0)),
        Dues::Over(since) => ("over", Some(since.0)),
    };
    let entries = view.entries.iter().map(|entry| {
        json!({
            "entry": entry.id.0,
            "until": entry.ends_at.0,
            "note": entry.note,
            "by": entry.by,
            "at": entry.at.0,
            "takes_back": entry.takes_back,
            "taken_back": entry.taken_back,
        })
    });
    json!({ "handle": view.handle, "state": state, "at": at, "entries": entries.collect::<Vec<_>>() })
}
