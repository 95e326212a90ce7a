//! Writing on the wall, and taking lines off it.

use super::read::this_visit;
use crate::domain::ids::WallId;
use crate::domain::policy::{self, LookAround};
use crate::domain::room::{WALL_CHARS_MAX, line};
use crate::service::filters;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::wall::{self, WallRow};

/// Writes a line on the wall. A second one in the same visit takes the place of the first.
#[derive(Clone, Debug)]
pub struct WriteOnWall {
    /// The line, at most 120 characters.
    pub text: String,
}

impl Request for WriteOnWall {
    type Reply = WallId;
    type Access = Writes;
    const NAME: &'static str = "write on wall";

    fn filtered_text(&self) -> Option<String> {
        line(&self.text, WALL_CHARS_MAX).ok()
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<WallId> {
        let grant = cx.allow(&policy::WriteOnWall)?;
        let (me, now) = (cx.me()?, cx.now);
        let text = line(&self.text, WALL_CHARS_MAX).map_err(|why| Error::invalid(why.to_string()))?;
        filters::check_words(cx, None, &text).await?;
        if let Some(before) = this_visit(cx, me).await? {
            wall::delete(cx.conn(), &grant, before).await?;
        }
        let id = wall::insert(cx.conn(), &grant, me, &text, now).await?;
        cx.publish(DomainEvent::WallChanged);
        Ok(id)
    }
}

/// Takes one's own line off the wall.
#[derive(Clone, Copy, Debug)]
pub struct TakeOffWall {
    /// Which.
    pub line: WallId,
}

impl Request for TakeOffWall {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "take off wall";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let row = find(cx, self.line).await?;
        let grant = cx.allow(&policy::TakeOffWall { author: row.author_id })?;
        wall::delete(cx.conn(), &grant, row.id).await?;
        cx.publish(DomainEvent::WallChanged);
        Ok(())
    }
}

async fn find(cx: &mut Cx<'_, Writes>, line: WallId) -> Result<WallRow> {
    cx.allow(&LookAround)?;
    wall::get(cx.conn(), line).await?.ok_or(Error::NotFound("line"))
}
