//! Tags: `tags` and `tag`.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::{PostNo, ThreadId};
use crate::service::posts::{From, ListPosts};
use crate::service::tags::{JoinTag, ListTags, SetTags, ShowTag};

/// `tags`
pub(super) async fn tags(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("tags", &why))?;
    let tags = desk.call(ListTags).await?;
    if desk.args.json {
        return Ok(Output::json(tags.iter().map(|tag| {
            json!({
                "tag": tag.name,
                "threads": tag.threads,
                "unread_threads": tag.unread_threads,
                "unread_posts": tag.unread_posts,
            })
        })));
    }
    if tags.is_empty() {
        return Ok(Output::text("No thread that is shown to you has a tag yet."));
    }
    let rows: Vec<Vec<String>> = tags
        .iter()
        .map(|tag| {
            let unread =
                if tag.unread_posts > 0 { format!("{} new", tag.unread_posts) } else { String::new() };
            vec![format!("#{}", tag.name), format!("{} threads", tag.threads), unread]
        })
        .collect();
    Ok(Output::text(columns(&rows)))
}

/// `tag join NAME`, `tag leave NAME`, `tag show [NAME]`: being in a tag, and which stands by one's handle.
async fn own(desk: &mut Desk<'_, impl CommandIo>, what: &str) -> Result<Output, Failure> {
    let name = desk.args.first().map(|name| name.trim_start_matches('#').to_lowercase());
    desk.args.no_more().map_err(|why| usage("tag", &why))?;
    let Some(name) = name else {
        if what != "show" {
            return Err(usage("tag", "Which tag?"));
        }
        desk.call(ShowTag { tag: None }).await?;
        return Ok(said(desk, what, None, "No tag stands by your handle now."));
    };
    let known = desk.call(ListTags).await?.into_iter().find(|tag| tag.name == name);
    let Some(tag) = known.map(|tag| tag.id) else {
        return Err(Failure::Usage(format!("There is no tag #{name}. tags lists them.")));
    };
    let words = match what {
        "join" => {
            desk.call(JoinTag { tag, join: true }).await?;
            format!("You are in #{name} now.")
        }
        "leave" => {
            desk.call(JoinTag { tag, join: false }).await?;
            format!("You are in #{name} no longer.")
        }
        _ => {
            desk.call(ShowTag { tag: Some(tag) }).await?;
            format!("#{name} stands by your handle now.")
        }
    };
    Ok(said(desk, what, Some(&name), &words))
}

fn said(desk: &Desk<'_, impl CommandIo>, what: &str, tag: Option<&str>, words: &str) -> Output {
    match desk.args.json {
        true => Output::json([json!({ "done": what, "tag": tag })]),
        false => Output::text(words),
    }
}

/// `tag THREAD [NAME…]`: without names it says which there are.
pub(super) async fn tag(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let none = desk.args.flag("--none");
    let Some(word) = desk.args.first() else { return Err(usage("tag", "Which thread?")) };
    if matches!(word.as_str(), "join" | "leave" | "show") && !none {
        return own(desk, &word).await;
    }
    let wrong = || usage("tag", &format!("\"{word}\" is no thread, such as 12."));
    let thread = ThreadId(word.parse().map_err(|_| wrong())?);
    let names = std::mem::take(&mut desk.args.rest);
    if none && !names.is_empty() {
        return Err(usage("tag", "Either names or --none."));
    }
    let now = if none || !names.is_empty() {
        desk.call(SetTags { thread, tags: names.join(" ") }).await?.now
    } else {
        desk.call(ListPosts { thread, from: From::Only(PostNo(1)) }).await?.head.tags
    };
    if desk.args.json {
        return Ok(Output::json([json!({ "thread": thread.0, "tags": now })]));
    }
    let words: Vec<String> = now.iter().map(|name| format!("#{name}")).collect();
    Ok(Output::text(if words.is_empty() { "No tags.".to_owned() } else { words.join(" ") }))
}

/// What stands after a thread's title in a list: ` #tea #cake, solved`.
pub(super) fn after_title(tags: &[String], solved: bool) -> String {
    let mut words: String = tags.iter().map(|tag| format!(" #{tag}")).collect();
    if solved {
        words.push_str(", solved");
    }
    words
}
