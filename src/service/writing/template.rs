//! What a new thread on a board begins with: set by its host, the moderators and the sysops, offered to everybody.

use super::unseen;
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::BoardId;
use crate::domain::policy::{KeepDrafts, TidyBoard};
use crate::domain::text::clean_body;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::writing::template;
use crate::store::{boards, drafts};

/// Longest template, in bytes: a frame for a text, not the text.
pub const TEMPLATE_LEN_MAX: usize = 8 * 1024;

/// Gives a board another template; an empty one is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetTemplate {
    /// The board.
    pub board: BoardId,
    /// The template.
    pub body: String,
}

impl Request for SetTemplate {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "set template";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let row = boards::get(cx.conn(), self.board).await?.ok_or(Error::NotFound("board"))?;
        let grant = cx.allow(&TidyBoard { board: row.facts() }).map_err(unseen("board"))?;
        let body = clean_body(&self.body);
        if body.len() > TEMPLATE_LEN_MAX {
            return Err(Error::invalid(format!(
                "A template has {TEMPLATE_LEN_MAX} bytes at most, and this one {}. Shorten it.",
                body.len()
            )));
        }
        template::set(cx.conn(), &grant, self.board, &body).await?;
        if let Ok(me) = cx.me() {
            let keep = cx.allow(&KeepDrafts)?;
            drafts::remove(cx.conn(), &keep, me, &DraftTarget::of(Form::Template(self.board))).await?;
        }
        cx.audit(NewAudit {
            action: "board.template",
            thing: "board",
            thing_id: self.board.0,
            target: None,
            rule_no: None,
            reason: "",
            detail: "",
            public: false,
        })
        .await?;
        cx.publish(DomainEvent::BoardsChanged);
        Ok(())
    }
}
