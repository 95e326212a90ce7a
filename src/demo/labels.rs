//! What is said about threads besides their posts, and what people keep of them: tags, reading lists.

use super::fill::{Filler, id_of};
use super::plan::Plan;
use crate::domain::ids::{MemberId, PostId, TagId, ThreadId};
use crate::domain::time::Timestamp;
use crate::store::bulk::{BookmarkRow, Bulk, TagRow, ThreadTagRow};

/// Tags of threads that nobody wrote by hand.
const COMMON: [&str; 8] =
    ["beginners", "weather", "swap", "photos", "how-to", "weekend", "old-things", "questions"];
/// One thread in so many of those has any.
const ONE_TAGGED_IN: usize = 4;
/// Labelled posts that one person in so many keeps.
const ONE_KEEPS_IN: usize = 5;

/// Writes them, once the posts are there; says how many tags there are.
///
/// # Errors
/// When the file cannot be written.
pub async fn write(bulk: &mut Bulk, plan: &Plan, filler: &Filler<'_>, now: Timestamp) -> sqlx::Result<usize> {
    let (mut tags, mut of_threads): (Vec<TagRow>, Vec<ThreadTagRow>) = (Vec::new(), Vec::new());
    for (index, thread) in plan.threads.iter().enumerate() {
        let names: Vec<&str> = match thread.script {
            Some(script) => plan.scripts[script].tags.clone(),
            None if index.is_multiple_of(ONE_TAGGED_IN) => vec![COMMON[index / ONE_TAGGED_IN % COMMON.len()]],
            None => Vec::new(),
        };
        let live = &filler.live[index];
        for name in names {
            let known = tags.iter().find(|tag| tag.name == name).map(|tag| tag.id);
            let tag_id = known.unwrap_or_else(|| {
                let id = TagId(id_of(tags.len()));
                let made_by = MemberId(id_of(live.opener));
                tags.push(TagRow { id, name: name.to_owned(), made_by, made_at: now.plus(-live.last_age) });
                id
            });
            of_threads.push(ThreadTagRow { thread_id: ThreadId(id_of(index)), tag_id });
        }
    }
    bulk.insert(&tags).await?;
    bulk.insert(&of_threads).await?;
    bulk.insert(&kept(filler, now)).await?;
    Ok(tags.len())
}

/// Who keeps which of the posts that are worth it: those that the stories name, and the last post of a few threads.
fn kept(filler: &Filler<'_>, now: Timestamp) -> Vec<BookmarkRow> {
    let named = filler.labels.iter().map(|label| label.post);
    let last = filler.live.iter().map(|live| PostId(live.last)).step_by(9).take(12);
    let posts: Vec<PostId> = named.chain(last).collect();
    let mut rows = Vec::new();
    for person in 0..filler.people.len() {
        for (index, post_id) in posts.iter().enumerate() {
            let twice = posts[..index].contains(post_id);
            if !twice && (person + index * 3).is_multiple_of(ONE_KEEPS_IN) {
                let member_id = MemberId(id_of(person));
                let kept_at = now.plus(-3_600 * id_of(index));
                rows.push(BookmarkRow { member_id, post_id: *post_id, kept_at });
            }
        }
    }
    rows
}
