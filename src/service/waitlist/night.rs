//! What the program itself does about seats: once a night, and when something happened that may have made room.

use super::admit_waiting;
use crate::domain::policy::LetSeatsSleep;
use crate::service::{Cx, DomainEvent, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::waitlist;

/// Lets the seats sleep of those who were away for long, then moves the line. For the host alone.
#[derive(Clone, Copy, Debug)]
pub struct KeepSeats;

impl Request for KeepSeats {
    type Reply = usize;
    type Access = Writes;
    const NAME: &'static str = "keep seats";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<usize> {
        let grant = cx.allow(&LetSeatsSleep)?;
        let (now, after_s) = (cx.now, cx.settings().seat_sleeps_after_s);
        for member in waitlist::let_sleep(cx.conn(), &grant, now, now.plus(-after_s)).await? {
            cx.audit(NewAudit {
                action: "seat.sleep",
                thing: "member",
                thing_id: member.0,
                target: Some(member),
                rule_no: None,
                reason: "",
                detail: "",
                // Who is away is nobody's business.
                public: false,
            })
            .await?;
            cx.publish(DomainEvent::MemberChanged { member });
        }
        admit_waiting(cx).await
    }
}

/// Moves the line, and says how many sat down. Anybody may ask: the line decides.
#[derive(Clone, Copy, Debug)]
pub struct MoveLine;

impl Request for MoveLine {
    type Reply = usize;
    type Access = Writes;
    const NAME: &'static str = "move line";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<usize> {
        admit_waiting(cx).await
    }
}
