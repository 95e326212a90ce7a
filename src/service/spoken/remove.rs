//! Staff take words down.

use super::find;
use crate::domain::moderation::{ActKind, NO_RULE};
use crate::domain::policy::ModerateContent;
use crate::domain::room::Spoken;
use crate::service::moderation::{UNNAMED, Why, is_unnamed, reported_it, stands_aside};
use crate::service::rooms::find_line;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::{rooms, wall};

/// Takes somebody's words down, under a rule and with a reason that stand in the mod log.
#[derive(Clone, Debug)]
pub struct RemoveWords {
    /// Which.
    pub words: Spoken,
    /// The rule of the charter.
    pub rule_no: i64,
    /// Why.
    pub reason: String,
}

impl Request for RemoveWords {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "remove words";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let author = find(cx, self.words).await?.author;
        let reported_it = reported_it(cx, author).await?;
        let inviter = stands_aside(cx, author).await?;
        let grant = cx.allow(&ModerateContent { author, reported_it, inviter, takes_part: false })?;
        // The same rule and reason as for taking down a post.
        let why = Why::check(cx, &[ActKind::RemovePost], self.rule_no, &self.reason).await?;
        let (action, thing, thing_id, event) = match self.words {
            Spoken::Wall(line) => {
                wall::delete(cx.conn(), &grant, line).await?;
                ("wall.remove", "wall line", line.0, DomainEvent::WallChanged)
            }
            Spoken::Line(line) => {
                let (_, room) = find_line(cx, line).await?;
                rooms::remove(cx.conn(), &grant, line).await?;
                ("room.remove", "room line", line.0, DomainEvent::LineChanged { room: room.id, line })
            }
        };
        let detail = if is_unnamed(cx, author).await? { UNNAMED } else { "" };
        cx.audit(NewAudit {
            action,
            thing,
            thing_id,
            target: Some(author),
            rule_no: (why.rule_no != NO_RULE).then_some(why.rule_no),
            reason: why.reason.as_str(),
            detail,
            public: true,
        })
        .await?;
        cx.publish(event);
        Ok(())
    }
}
