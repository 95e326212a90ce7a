//! A sysop's word past the line.

use super::admit::sit_down;
use crate::domain::ids::MemberId;
use crate::domain::policy;
use crate::domain::text::clean_line;
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::waitlist::{self, Way};

/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;

/// Gives somebody in the line a seat at once, past those before them, the cap and the governor. It takes a reason,
/// which stands in the mod log for all members to read, and counts as one of the week.
#[derive(Clone, Debug)]
pub struct SeatNow {
    /// Who.
    pub member: MemberId,
    /// Why.
    pub reason: String,
}

impl Request for SeatNow {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "seat now";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&policy::SeatNow)?;
        let reason = clean_line(&self.reason);
        if reason.is_empty() {
            return Err(Error::invalid("Say why: all members read it in the mod log."));
        }
        let chars = reason.chars().count();
        if chars > REASON_CHARS_MAX {
            let words = format!("The reason has {chars} characters; {REASON_CHARS_MAX} is the most.");
            return Err(Error::invalid(words));
        }
        let line = waitlist::line(cx.conn()).await?;
        let row = line.into_iter().find(|row| row.member_id == self.member);
        let row = row.ok_or_else(|| Error::conflict("They are not in the line any more."))?;
        let (before, _) = super::seats(cx).await?;
        let grant = cx.allow(&policy::MoveLine)?;
        sit_down(cx, &grant, &row, Way::Sysop).await?;
        cx.publish(DomainEvent::WaitlistChanged);
        let after = before.after(row.turn);
        cx.audit(NewAudit {
            action: "seat.override",
            thing: "member",
            thing_id: self.member.0,
            target: Some(self.member),
            rule_no: None,
            reason: &reason,
            detail: &format!(
                "{} of {} seats, {} of {} in seven days",
                after.taken,
                after.cap,
                after.admitted,
                after.weekly()
            ),
            public: true,
        })
        .await
    }
}
