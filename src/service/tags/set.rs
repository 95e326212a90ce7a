//! Setting a thread's tags.

use crate::domain::ids::{TagId, ThreadId};
use crate::domain::policy::{CurateTag, Grant, MakeTag, TagThread};
use crate::domain::tag::TagName;
use crate::service::threads::see;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::boards::BoardRow;
use crate::store::threads::ThreadRow;
use crate::store::{tags, threads};

/// Gives a thread these tags and no others. A name that nobody used yet becomes a tag, if the actor may make one.
#[derive(Clone, Debug)]
pub struct SetTags {
    /// The thread.
    pub thread: ThreadId,
    /// The names, with spaces or commas between them, with or without `#`; empty for none.
    pub tags: String,
}

/// They are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagsSet {
    /// The tags there were before, as [`SetTags`] takes them: what an undo sets.
    pub before: String,
    /// The tags there are now, by name.
    pub now: Vec<String>,
}

impl Request for SetTags {
    type Reply = TagsSet;
    type Access = Writes;
    const NAME: &'static str = "set tags";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<TagsSet> {
        let (thread, board) = see(cx, self.thread).await?;
        let permit = cx.allow(&TagThread { board: board.facts(), thread: thread.facts() });
        let names = TagName::parse_all(&self.tags).map_err(|why| Error::invalid(why.to_string()))?;
        let before: Vec<String> = thread.tag_names();
        let mut ids = Vec::with_capacity(names.len());
        for name in &names {
            ids.push(find_or_make(cx, name, &before).await?);
        }
        match permit {
            Ok(grant) => tags::set(cx.conn(), &grant, thread.id, &ids).await?,
            Err(why) => {
                let changed =
                    names.iter().map(TagName::as_str).filter(|name| !before.iter().any(|old| old == name));
                let gone = before
                    .iter()
                    .map(String::as_str)
                    .filter(|old| names.iter().all(|name| name.as_str() != *old));
                let changed: Vec<&str> = changed.chain(gone).collect();
                let grant = curate(cx, &board, &thread, &changed).await?.ok_or(why)?;
                tags::set(cx.conn(), &grant, thread.id, &ids).await?;
            }
        }
        cx.publish(DomainEvent::ThreadChanged { board: board.id, thread: thread.id });
        let now = threads::get(cx.conn(), thread.id).await?.map(|row| row.tag_names()).unwrap_or_default();
        Ok(TagsSet { before: thread.tags, now })
    }
}

/// The leave of a champion to change nothing but tags of their own; none for anybody else.
async fn curate(
    cx: &mut Cx<'_, Writes>,
    board: &BoardRow,
    thread: &ThreadRow,
    changed: &[&str],
) -> Result<Option<Grant<CurateTag>>> {
    let mut leave = None;
    for name in changed {
        let champion = tags::champion_of(cx.conn(), name).await?;
        let action = CurateTag { champion, board: board.facts(), thread: thread.facts() };
        match cx.allow(&action) {
            Ok(grant) => leave = Some(grant),
            Err(_) => return Ok(None),
        }
    }
    Ok(leave)
}

/// The tag of this name. One that only threads have which the actor does not see counts as not there, so that a name
/// tells nothing of them; those that the thread has already may stay whoever sets the others.
async fn find_or_make(cx: &mut Cx<'_, Writes>, name: &TagName, before: &[String]) -> Result<TagId> {
    if tags::is_taken_away(cx.conn(), name.as_str()).await? {
        return Err(Error::conflict(format!(
            "The staff took the tag #{} away; the mod log says why. Choose another word.",
            name.as_str()
        )));
    }
    let clearance = cx.actor.clearance();
    let found = tags::find(cx.conn(), clearance, name.as_str()).await?;
    let known = before.iter().any(|before| before == name.as_str());
    match found {
        Some((id, seen)) if seen || known => return Ok(id),
        _ => {}
    }
    let grant = cx.allow(&MakeTag)?;
    match found {
        Some((id, _)) => Ok(id),
        None => {
            let (by, now) = (cx.me()?, cx.now);
            Ok(tags::insert(cx.conn(), &grant, by, now, name.as_str()).await?)
        }
    }
}
