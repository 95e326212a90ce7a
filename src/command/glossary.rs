//! The place's own words: `glossary [WORD]`.

use serde_json::{Value, json};

use super::output::columns;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::relative;
use crate::service::glossary::{ListTerms, ReadTerm, TermView};

/// `glossary [WORD…]`: all words, or what one means.
pub(super) async fn glossary(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let word = std::mem::take(&mut desk.args.rest).join(" ");
    if word.is_empty() {
        let terms = desk.call(ListTerms).await?;
        if desk.args.json {
            return Ok(Output::json(terms.iter().map(object)));
        }
        if terms.is_empty() {
            return Ok(Output::text("No words yet. Members add them in the glossary (g g)."));
        }
        let rows: Vec<Vec<String>> = terms.into_iter().map(|term| vec![term.word, term.meaning]).collect();
        return Ok(Output::text(columns(&rows)));
    }
    let term = desk.call(ReadTerm { word }).await?;
    if desk.args.json {
        return Ok(Output::json([object(&term)]));
    }
    let mut text = format!("{}: {}", term.word, term.meaning);
    if let Some((thread, no, title)) = &term.first {
        text.push_str(&format!("\nFirst said in \"{title}\": read {thread}.{no}"));
    }
    text.push_str(&format!("\nAdded by {}, {}.", term.author, relative(desk.now, term.created_at)));
    Ok(Output::text(text))
}

fn object(term: &TermView) -> Value {
    json!({
        "word": term.word,
        "meaning": term.meaning,
        "first_use": term.first.as_ref().map(|(thread, no, _)| format!("{thread}.{no}")),
        "author": term.author,
        "created_at": term.created_at.0,
        "changed_by": term.changed_by,
        "changed_at": term.changed_at.0,
    })
}
