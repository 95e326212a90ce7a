//! Carrying out what somebody who left has chosen, once their week is over: the nightly upkeep asks for it, as the host.

use std::collections::{BTreeMap, HashSet};

use crate::domain::ids::MemberId;
use crate::domain::leaving::{LeavingWay, quotable_lines, withdraw_quotes};
use crate::domain::policy::{CarryOut, Grant};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::leaving::{self, LeavingRow, TextRow};

/// Carries out a member's leaving.
#[derive(Clone, Copy, Debug)]
pub struct CarryOutLeaving {
    /// Who.
    pub member: MemberId,
}

impl Request for CarryOutLeaving {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "carry out leaving";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&CarryOut)?;
        let (member, now) = (self.member, cx.now);
        // They may have changed their mind since the list was read.
        let row = leaving::of(cx.conn(), member).await?.filter(|row| row.due_at <= now);
        let Some(LeavingRow { way, .. }) = row else {
            return Err(Error::conflict("This member is not leaving, or not yet."));
        };
        leaving::end_account(cx.conn(), &grant, member, now).await?;
        if way == LeavingWay::Withdraw {
            withdraw(cx, &grant, member).await?;
        }
        if way != LeavingWay::Keep {
            leaving::forget_name(cx.conn(), &grant, member, now).await?;
        }
        cx.audit(NewAudit {
            action: "member.leave",
            thing: "member",
            thing_id: member.0,
            target: Some(member),
            rule_no: None,
            reason: "",
            detail: way.as_str(),
            public: false,
        })
        .await?;
        cx.publish(DomainEvent::MemberChanged { member });
        cx.publish(DomainEvent::BoardsChanged);
        cx.publish(DomainEvent::WallChanged);
        cx.publish(DomainEvent::GlossaryChanged);
        cx.publish(DomainEvent::RecoveriesChanged);
        cx.publish(DomainEvent::MattersChanged);
        Ok(())
    }
}

/// Takes a member's words away, and out of quotes of them in the same threads.
async fn withdraw(cx: &mut Cx<'_, Writes>, grant: &Grant<CarryOut>, member: MemberId) -> Result<()> {
    let now = cx.now;
    let texts = leaving::texts_of(cx.conn(), member).await?;
    leaving::withdraw(cx.conn(), grant, member, now).await?;
    let mut threads: BTreeMap<_, Vec<&TextRow>> = BTreeMap::new();
    for text in &texts {
        threads.entry(text.thread_id).or_default().push(text);
    }
    for (thread, texts) in threads {
        let gone: HashSet<&str> = texts.iter().flat_map(|text| quotable_lines(&text.body)).collect();
        for other in leaving::quoting(cx.conn(), thread, member).await? {
            if let Some(body) = withdraw_quotes(&other.body, &gone) {
                leaving::unquote(cx.conn(), grant, other.id, &body).await?;
                cx.publish(other.changed());
            }
        }
        for text in texts {
            cx.publish(text.changed());
        }
    }
    Ok(())
}

impl TextRow {
    fn changed(&self) -> DomainEvent {
        DomainEvent::PostChanged { board: self.board_id, thread: self.thread_id, post: self.id }
    }
}
