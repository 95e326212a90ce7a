//! `search`.

use serde_json::json;

use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::relative;
use crate::service::search::{HIT_END, HIT_START, Order, SearchPosts};

/// `search WORDS… [--rank]`
pub(super) async fn search(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let order = if desk.args.flag("--rank") { Order::Best } else { Order::Newest };
    if desk.args.rest.is_empty() {
        return Err(usage("search", "What shall be searched for?"));
    }
    // A word that had spaces was quoted in the shell: it is a phrase.
    let words: Vec<String> = desk.args.rest.iter().map(|word| phrase(word)).collect();
    let found = desk.call(SearchPosts { text: words.join(" "), order, before: None }).await?;
    let hits = found.hits;
    if let Some(note) = &found.note {
        desk.note(note).await;
    }
    let plain = |snippet: &str| snippet.replace([HIT_START, HIT_END], "").replace('\n', " ");
    if desk.args.json {
        return Ok(Output::json(hits.iter().map(|hit| {
            json!({
                "post": format!("{}.{}", hit.thread_id, hit.no),
                "thread": hit.thread_id.0,
                "no": hit.no.0,
                "board": hit.board,
                "title": hit.title,
                "author": hit.author,
                "created_at": hit.created_at.0,
                "snippet": plain(&hit.snippet),
            })
        })));
    }
    if hits.is_empty() {
        return Ok(Output::text("Nothing found."));
    }
    let mut text = String::new();
    for hit in &hits {
        text.push_str(&format!(
            "{}.{}  {} in {}, {}: {}\n    {}\n",
            hit.thread_id,
            hit.no,
            hit.author,
            hit.board,
            relative(desk.now, hit.created_at),
            hit.title,
            plain(&hit.snippet)
        ));
    }
    Ok(Output::text(text))
}

/// A word of the shell as the search reads it: one with spaces is a phrase, also behind a minus.
fn phrase(word: &str) -> String {
    let (not, text) = word.strip_prefix('-').map_or(("", word), |text| ("-", text));
    if text.contains(' ') && !text.contains('"') { format!("{not}\"{text}\"") } else { word.to_owned() }
}
