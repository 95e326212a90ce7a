//! What a split or a merge would do, before it is done (M3).

use super::act::permit;
use super::change::check_no_places;
use super::target::Target;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::moderation::{Deed, Thing};
use crate::domain::post::Title;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::{cuts, moderated};

/// Where posts are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CutTo {
    /// Into a thread of their own with this title: those from the chosen post on.
    New(String),
    /// To the end of another thread: all of them.
    EndOf(ThreadId),
}

/// Asks what a split or a merge would do. What would be refused is refused here already.
#[derive(Clone, Debug)]
pub struct PreviewCut {
    /// The post that a new thread begins with, or anything of the thread that goes whole.
    pub thing: Thing,
    /// Where the posts are to go.
    pub to: CutTo,
}

/// What would go where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutPreview {
    /// The thread that they leave.
    pub from: String,
    /// How many posts go.
    pub posts: i64,
    /// How many people wrote them.
    pub people: i64,
    /// The number of the first, and of the last.
    pub numbers: (PostNo, PostNo),
    /// The title of the thread that they go to.
    pub to: String,
    /// The first number that they get there.
    pub begins: PostNo,
    /// The thread goes whole, and is hidden.
    pub whole: bool,
}

impl CutPreview {
    /// In words, with the question.
    pub fn words(&self) -> String {
        let posts = if self.posts == 1 { "1 post".to_owned() } else { format!("{} posts", self.posts) };
        let people =
            if self.people == 1 { "1 member".to_owned() } else { format!("{} members", self.people) };
        let (first, last) = self.numbers;
        let end = PostNo(self.begins.0 + last.0 - first.0);
        let what = if self.whole { "All of" } else { "From" };
        let left = if self.whole { ", which is hidden" } else { "" };
        format!(
            "{what} \"{}\": {posts} by {people}, #{first} to #{last}, become #{} to #{end} of \"{}\"{left}. Old numbers \
             lead on, and what was read stays read. Do it?",
            self.from, self.begins, self.to
        )
    }
}

impl Request for PreviewCut {
    type Reply = CutPreview;
    type Access = Reads;
    const NAME: &'static str = "preview cut";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<CutPreview> {
        let on = Target::load(cx, self.thing).await?;
        let deed = match self.to {
            CutTo::New(_) => Deed::SplitThread,
            CutTo::EndOf(to) => Deed::MergeThread(to),
        };
        permit(cx, &on, deed, false).await?;
        if let Some(why) = super::idle(&on, deed, cx.now) {
            return Err(Error::conflict(why));
        }
        let thread = on.thread()?;
        let (from, whole) = (thread.title.clone(), matches!(self.to, CutTo::EndOf(_)));
        let first = if whole { PostNo(1) } else { on.post()?.no };
        check_no_places(cx, thread.id, first).await?;
        let (to, begins) = match self.to {
            CutTo::New(title) => (Title::parse(&title)?.as_str().to_owned(), PostNo(1)),
            CutTo::EndOf(to) => {
                let missing = || Error::NotFound("thread");
                let found = moderated::thread(cx.conn(), to).await?.ok_or_else(missing)?;
                let same_board = found.board_id == thread.board_id && !found.removed && found.id != thread.id;
                let end = cuts::extent(cx.conn(), to, PostNo(1)).await?.last;
                (Some(found.title).filter(|_| same_board).ok_or_else(missing)?, PostNo(end.0 + 1))
            }
        };
        let extent = cuts::extent(cx.conn(), thread.id, first).await?;
        let numbers = (first, extent.last);
        Ok(CutPreview { from, posts: extent.posts, people: extent.people, numbers, to, begins, whole })
    }
}
