//! Reading: `unread` and `read`.

use serde_json::{Value, json};

use super::boards::slugs;
use super::output::columns;
use super::refs::PostRange;
use super::table::usage;
use super::tags::after_title;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::PostNo;
use crate::domain::post::{PostState, TEXT_FORGOTTEN};
use crate::domain::time::{Zone, absolute, relative};
use crate::service::Error;
use crate::service::home::UnreadThread;
use crate::service::members::WhoAmI;
use crate::service::posts::{From, ListPosts, PostView};
use crate::service::reading::{ListUnread, MarkRead, UNREAD_LISTED_MAX};
use crate::service::tags::LabelsOf;
use crate::service::threads::ThreadHead;

/// How far the text of a post stands in: so no post can show lines that look like another's.
const INDENT: &str = "    ";

/// `unread`
pub(super) async fn unread(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("unread", &why))?;
    let threads = desk.call(ListUnread).await?;
    if threads.len() >= UNREAD_LISTED_MAX {
        desk.note(&format!("There is more: only the first {UNREAD_LISTED_MAX} threads are listed.")).await;
    }
    let labels = desk.call(LabelsOf { threads: threads.iter().map(|thread| thread.id).collect() }).await?;
    let labels_of = |thread: &UnreadThread| labels.get(&thread.id).cloned().unwrap_or_default();
    if desk.args.json {
        let slugs = slugs(desk).await?;
        return Ok(Output::json(threads.iter().map(|thread| {
            let labels = labels_of(thread);
            json!({
                "post": format!("{}.{}", thread.id, thread.first_no),
                "thread": thread.id.0,
                "no": thread.first_no.0,
                "unread": thread.unread,
                "board": slugs.get(&thread.board_id),
                "title": thread.title,
                "last_at": thread.last_at.0,
                "last_author": thread.last_author,
                "tags": labels.tags,
                "solved": labels.solved,
            })
        })));
    }
    if threads.is_empty() {
        return Ok(Output::text("You are caught up."));
    }
    let mut text = String::new();
    for board in threads.chunk_by(|one, other| one.board_id == other.board_id) {
        let rows: Vec<Vec<String>> = board
            .iter()
            .map(|thread| {
                let labels = labels_of(thread);
                vec![
                    format!("  {}.{}", thread.id, thread.first_no),
                    format!("{} new", thread.unread),
                    format!("{}, {}", thread.last_author, relative(desk.now, thread.last_at)),
                    format!("{}{}", thread.title, after_title(&labels.tags, labels.solved)),
                ]
            })
            .collect();
        text.push_str(&format!("{}\n{}", board[0].board, columns(&rows)));
    }
    Ok(Output::text(text))
}

/// `read THREAD[.NO | .FROM-TO] [--mark]`: printed as it is read, a window at a time, so that a thread of any length
/// costs the server no more than one.
pub(super) async fn read(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let mark = desk.args.flag("--mark");
    let Some(word) = desk.args.first() else { return Err(usage("read", "Which thread?")) };
    desk.args.no_more().map_err(|why| usage("read", &why))?;
    let range = PostRange::parse(&word).map_err(|why| usage("read", &why))?;
    let printer = Printer::new(desk).await?;
    let mut next = range.from;
    let mut shown = None;
    loop {
        let page = desk.call(ListPosts { thread: range.thread, from: From::No(next) }).await?;
        let first = shown.is_none();
        if first && mark {
            may_mark(&range, &page.head)?;
        }
        let posts: Vec<&PostView> = page.posts.iter().filter(|post| range.contains(post.no)).collect();
        let Some(last) = posts.last() else {
            if first {
                return Err(Error::NotFound("post").into());
            }
            break;
        };
        desk.print(printer.page(&page.head, &posts, first, desk.args.json)).await?;
        (shown, next) = (Some(last.no), PostNo(last.no.0 + 1));
        if !range.contains(next) || next > page.head.last {
            break;
        }
    }
    if let (true, Some(upto)) = (mark, shown) {
        desk.call(MarkRead { thread: range.thread, upto }).await?;
    }
    Ok(Output::nothing())
}

/// A mark says that everything before it is read too, so there must be nothing unread before what is printed.
fn may_mark(range: &PostRange, head: &ThreadHead) -> Result<(), Failure> {
    let unread = PostNo(head.read_to.0 + 1);
    if range.from <= unread {
        return Ok(());
    }
    let thread = range.thread;
    Err(Error::conflict(format!(
        "{thread}.{unread} is not read yet, and what is marked as read has no gaps: read {thread}.{unread}-{} --mark",
        range.to.map_or_else(String::new, |to| to.to_string())
    ))
    .into())
}

/// What the printing of posts needs.
struct Printer {
    zone: Zone,
    slugs: super::boards::Slugs,
}

impl Printer {
    async fn new(desk: &mut Desk<'_, impl CommandIo>) -> Result<Self, Failure> {
        let me = desk.call(WhoAmI).await?;
        let zone = Zone::parse(&me.zone).unwrap_or_else(|_| Zone::utc());
        Ok(Self { zone, slugs: slugs(desk).await? })
    }

    fn page(&self, head: &ThreadHead, posts: &[&PostView], first: bool, json: bool) -> Output {
        if json {
            return Output::json(posts.iter().map(|post| self.object(head, post)));
        }
        let mut text = String::new();
        if first {
            let solved = head.solution.map_or_else(String::new, |solution| {
                solution.by.map_or(", solved".to_owned(), |no| format!(", solved by {no}"))
            });
            let tags = after_title(&head.tags, false);
            text.push_str(&format!(
                "{}{tags}\n{}, {} posts{solved}\n",
                head.title, head.board_name, head.last
            ));
        }
        for post in posts {
            text.push_str(&self.text(head, post));
        }
        Output::text(text)
    }

    fn object(&self, head: &ThreadHead, post: &PostView) -> Value {
        json!({
            "post": format!("{}.{}", head.id, post.no),
            "thread": head.id.0,
            "no": post.no.0,
            "board": self.slugs.get(&head.board),
            "title": head.title,
            "author": post.author,
            "level": post.level.as_str(),
            "role": post.role.as_str(),
            "created_at": post.created_at.0,
            "edited_at": post.edited_at.map(|at| at.0),
            "state": post.state.as_str(),
            "origin": post.origin.as_str(),
            "answers": post.answers.as_ref().map(|answers| answers.no.0),
            "to_me": post.to_me,
            "read": post.no <= head.read_to,
            "body": post.body,
            "tags": head.tags,
            "solved": head.solution.is_some(),
            "solution": head.solution.is_some_and(|solution| solution.by == Some(post.no)),
        })
    }

    fn text(&self, head: &ThreadHead, post: &PostView) -> String {
        let mut line =
            format!("\n{}.{}  {}, {}", head.id, post.no, post.author, absolute(post.created_at, &self.zone));
        if post.edited_at.is_some() {
            line.push_str(", edited");
        }
        if let Some(answers) = &post.answers {
            line.push_str(&format!(", to {} by {}", answers.no, answers.author));
        }
        line.push_str("\n\n");
        let body = match post.state {
            PostState::Removed if post.is_elsewhere() => "(In another thread now.)",
            PostState::Removed => "(Removed by the moderators.)",
            PostState::Deleted => "(Deleted by its author.)",
            PostState::Collapsed => {
                line.push_str(&format!("{INDENT}(Folded by the moderators.)\n\n"));
                &post.body
            }
            PostState::Shown if post.muted => "(Folded: you mute or block its author.)",
            PostState::Shown if post.body.is_empty() => TEXT_FORGOTTEN,
            PostState::Shown => &post.body,
        };
        for body_line in body.lines() {
            if !body_line.is_empty() {
                line.push_str(INDENT);
            }
            line.push_str(body_line);
            line.push('\n');
        }
        line
    }
}
