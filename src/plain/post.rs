//! A post in words.

use super::words::{ago, sentences};
use crate::domain::ids::PostNo;
use crate::domain::markup::{Document, Spoken};
use crate::domain::member::{Level, Origin, Role};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;
use crate::service::posts::PostView;
use crate::service::threads::ThreadHead;

/// The line above a post: `Post 3 of 12, unread, by wren, 5 minutes ago, answers post 2 by bo.`
pub(super) fn post_head(post: &PostView, head: &ThreadHead, now: Timestamp, unread: bool) -> String {
    let mut line = format!("Post {} of {}", post.no, head.last);
    if unread {
        line.push_str(", unread");
    }
    line.push_str(&format!(", by {}", post.author));
    match (post.role, post.level) {
        (Role::Member, Level::Newcomer) => line.push_str(", newcomer"),
        (Role::Member, _) => {}
        (role, _) => line.push_str(&format!(", {role}")),
    }
    line.push_str(&format!(", {}", ago(now, post.created_at)));
    if let Some(answers) = &post.answers {
        line.push_str(&format!(", answers post {} by {}", answers.no, answers.author));
    }
    if post.to_me {
        line.push_str(", to you");
    }
    if post.edited_at.is_some() {
        line.push_str(", edited");
    }
    if post.thanked {
        line.push_str(", you thanked for it");
    }
    if !post.thanked_by.is_empty() {
        line.push_str(&format!(", thanked by {}", super::words::list(&post.thanked_by)));
    }
    if post.kept {
        line.push_str(", kept");
    }
    if head.solution.and_then(|solution| solution.by) == Some(post.no) {
        line.push_str(", the answer");
    }
    match post.origin {
        Origin::Human => {}
        origin => line.push_str(&format!(", from: {origin}")),
    }
    line.push('.');
    line
}

/// What is said instead of a post's text when that is not shown.
pub(super) fn instead_of_text(state: PostState) -> Option<&'static str> {
    match state {
        PostState::Shown => None,
        PostState::Collapsed => Some("Folded by the moderators; unfold shows it."),
        PostState::Removed => Some("Removed by the moderators."),
        PostState::Deleted => Some("Deleted by its author."),
    }
}

/// A text as it is said, with a word on its links and spoilers.
pub(super) fn body(text: &str, spoilers_open: bool) -> String {
    let Spoken { lines, links, hides } = Document::parse(text).spoken(spoilers_open);
    let mut said = lines.join("\n");
    if hides && !spoilers_open {
        said.push_str("\nSomething is hidden; spoilers shows it.");
    }
    for (link, number) in links.iter().zip(1..) {
        said.push_str(&format!("\nLink {number}: {link}"));
    }
    said
}

/// The line above a thread.
pub(super) fn thread_head(head: &ThreadHead) -> String {
    let title = sentences(std::slice::from_ref(&head.title));
    let mut line = format!("{title} Thread {} in {}", head.id, head.board_name);
    let unread = (head.last.0 - head.read_to.0).max(0);
    line.push_str(&format!(", {}", super::words::count(head.last.0, "post")));
    if unread > 0 {
        line.push_str(&format!(", {unread} unread"));
    }
    for (holds, word) in [
        (head.pinned, "pinned"),
        (head.facts.locked, "locked"),
        (head.facts.removed, "removed"),
        (head.slow_s > 0, "slow"),
        (head.solution.is_some(), "solved"),
        (head.choice == Some(crate::domain::board::ThreadChoice::Followed), "followed"),
        (head.choice == Some(crate::domain::board::ThreadChoice::Muted), "muted"),
    ] {
        if holds {
            line.push_str(&format!(", {word}"));
        }
    }
    if !head.tags.is_empty() {
        line.push_str(&format!(", tagged {}", super::words::list(&head.tags)));
    }
    line.push('.');
    if let Some(trail) = &head.trail {
        let from = trail.from.as_deref().unwrap_or("another board");
        line.push_str(&format!(" Moved here from {from}."));
    }
    line
}

/// Whether a post counts as unread.
pub(super) fn is_unread(no: PostNo, head: &ThreadHead) -> bool {
    no > head.read_to
}
