//! Posts of a thread, a window at a time.

use crate::domain::ids::{MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::{Level, Origin, Role};
use crate::domain::post::{PostFacts, PostState};
use crate::domain::time::Timestamp;
use crate::service::threads::{ThreadHead, head, see};
use crate::service::{Access, Cx, Error, Reads, Request, Result};
use crate::store::posts::{self, PostRow, Window};
use crate::store::{cuts, tag_people};

/// Posts of a window, upwards from a number: some screens of short ones.
const AFTER: i64 = 40;
/// Posts of a window before a number: a screen to scroll back to.
const BEFORE: i64 = 15;
/// Bytes of text in a window: a thread of the longest posts must open as fast as one of short ones, and each reader
/// holds a window in memory.
const WINDOW_BYTES_MAX: usize = 48 * 1024;

/// Which posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// From this number on.
    No(PostNo),
    /// Those before this number.
    Before(PostNo),
    /// This one alone; none if it is not there.
    Only(PostNo),
}

/// Reads more posts of a thread that is open, or the same ones again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPosts {
    /// The thread.
    pub thread: ThreadId,
    /// Which of its posts.
    pub from: From,
}

/// Posts of a thread, in order and without gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPage {
    /// The thread as it is now.
    pub head: ThreadHead,
    /// What was asked for.
    pub from: From,
    /// The posts; none past the ends.
    pub posts: Vec<PostView>,
}

/// What a post answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// The number of that post.
    pub no: PostNo,
    /// Its author's handle.
    pub author: String,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostView {
    /// Its id.
    pub id: PostId,
    /// Its number in the thread.
    pub no: PostNo,
    /// Who wrote it.
    pub author_id: MemberId,
    /// The author's handle.
    pub author: String,
    /// The author's level.
    pub level: Level,
    /// The author's role.
    pub role: Role,
    /// The tag that the author lets stand by their handle, if the reader may know of it (P3); members alone read it.
    pub tag: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// When it was last changed after the silent minutes.
    pub edited_at: Option<Timestamp>,
    /// How it is shown.
    pub state: PostState,
    /// Where it came from.
    pub origin: Origin,
    /// What it answers.
    pub answers: Option<Answers>,
    /// It answers or mentions the reader.
    pub to_me: bool,
    /// The reader muted or blocked its author: it is folded for them, and one key opens it (P7).
    pub muted: bool,
    /// The reader keeps it in their reading list.
    pub kept: bool,
    /// The reader gave thanks for it.
    pub thanked: bool,
    /// Who gave thanks for it: for its author alone, nobody else learns of them (W4).
    pub thanked_by: Vec<String>,
    /// The text; empty for a tombstone.
    pub body: String,
}

impl PostView {
    /// Whether it is only the place of a post that is in another thread now; its number leads there.
    pub fn is_elsewhere(&self) -> bool {
        self.state == PostState::Removed && self.origin == Origin::Machine
    }

    /// What the policy needs.
    pub fn facts(&self) -> PostFacts {
        PostFacts { author: self.author_id, state: self.state }
    }
}

impl Request for ListPosts {
    type Reply = PostPage;
    type Access = Reads;
    const NAME: &'static str = "list posts";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<PostPage> {
        let (thread, board) = match see(cx, self.thread).await {
            Err(Error::NotFound(what)) => return Err(led_on(cx, self, what).await?),
            found => found?,
        };
        let head = head(cx, thread, board).await?;
        let posts = match self.from {
            From::No(no) => after(cx, self.thread, no).await?,
            From::Before(no) => before(cx, self.thread, no).await?,
            From::Only(no) => {
                let mut found = window(cx, self.thread, Window::From(no), 1).await?;
                found.retain(|post| post.no == no);
                found
            }
        };
        Ok(PostPage { head, from: self.from, posts })
    }
}

/// The refusal for a thread that is not there: one that was merged into another says which, to those who see that one.
async fn led_on(cx: &mut Cx<'_, Reads>, asked: ListPosts, what: &'static str) -> Result<Error> {
    let (From::No(no) | From::Before(no) | From::Only(no)) = asked.from;
    let missing = Error::NotFound(what);
    let Some(now) = cuts::lead(cx.conn(), asked.thread, no).await? else { return Ok(missing) };
    if see(cx, now.thread_id).await.is_err() {
        return Ok(missing);
    }
    Ok(Error::conflict(format!(
        "That thread is part of another one now: it is {}.{}.",
        now.thread_id, now.no
    )))
}

/// A window from a number on. The caller has asked the policy.
pub(in crate::service) async fn after<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
    no: PostNo,
) -> Result<Vec<PostView>> {
    window(cx, thread, Window::From(no), AFTER).await
}

/// One post, if the actor may see it.
///
/// # Errors
/// When it is not there, or not for them.
pub(in crate::service) async fn one<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
    no: PostNo,
) -> Result<PostView> {
    see(cx, thread).await?;
    let found = window(cx, thread, Window::From(no), 1).await?.into_iter().find(|post| post.no == no);
    found.ok_or(Error::NotFound("post"))
}

/// A window before a number. The caller has asked the policy.
pub(in crate::service) async fn before<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
    no: PostNo,
) -> Result<Vec<PostView>> {
    window(cx, thread, Window::Before(no), BEFORE).await
}

async fn window<A: Access>(
    cx: &mut Cx<'_, A>,
    thread: ThreadId,
    window: Window,
    count: i64,
) -> Result<Vec<PostView>> {
    let me = cx.actor.id();
    let rows = posts::window(cx.conn(), me, thread, window, count, WINDOW_BYTES_MAX).await?;
    let tags = if me.is_some() { tags_of(cx, &rows).await? } else { Vec::new() };
    let tag = |author: MemberId| tags.iter().find(|(id, _)| *id == author).map(|(_, name)| name.clone());
    Ok(rows.into_iter().map(|row| view(tag(row.author_id), row)).collect())
}

/// The tags that the authors of posts let stand by their handles.
async fn tags_of<A: Access>(cx: &mut Cx<'_, A>, rows: &[PostRow]) -> Result<Vec<(MemberId, String)>> {
    let mut authors: Vec<MemberId> = rows.iter().map(|row| row.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let clearance = cx.actor.clearance();
    Ok(tag_people::shown_by(cx.conn(), clearance, &authors).await?)
}

fn view(tag: Option<String>, row: PostRow) -> PostView {
    let thanked_by = row.thanked_by.unwrap_or_default();
    let answers = row.reply_to_no.zip(row.reply_to_author).map(|(no, author)| Answers { no, author });
    PostView {
        id: row.id,
        no: row.no,
        author_id: row.author_id,
        author: row.author,
        level: row.level,
        role: row.role,
        tag,
        created_at: row.created_at,
        edited_at: row.edited_at,
        state: row.state,
        origin: row.origin,
        answers,
        to_me: row.to_reader,
        muted: row.muted,
        kept: row.kept,
        thanked: row.thanked,
        thanked_by: thanked_by.split_whitespace().map(str::to_owned).collect(),
        body: row.body,
    }
}
