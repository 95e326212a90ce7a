//! The line, for the staff.

use crate::domain::ids::{ApplicationId, MemberId};
use crate::domain::policy::SeeLine;
use crate::domain::time::Timestamp;
use crate::domain::waitlist::{Hold, Seats, Turn};
use crate::service::{Cx, Reads, Request, Result};
use crate::store::waitlist;

/// Asks who waits for a seat, and why. For staff.
#[derive(Clone, Copy, Debug)]
pub struct ListWaitlist;

/// The line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waitlist {
    /// What holds it.
    pub summary: WaitlistSummary,
    /// Who waits, whoever is next first.
    pub waiters: Vec<Waiter>,
}

/// How many wait, and what for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitlistSummary {
    /// How many.
    pub waiting: usize,
    /// The seats.
    pub seats: Seats,
    /// What holds the first one.
    pub hold: Option<Hold>,
    /// When the governor lets the next one in.
    pub next_at: Option<Timestamp>,
}

impl WaitlistSummary {
    /// How many the governor or the cap holds, and why, in one line; nothing when nobody waits.
    pub fn words(&self) -> Option<String> {
        let people = match self.waiting {
            0 => return None,
            1 => "1 person".to_owned(),
            n => format!("{n} people"),
        };
        let Seats { cap, taken, admitted, .. } = self.seats;
        Some(match self.hold {
            Some(Hold::Full) => format!("The cap holds {people}: {taken} of {cap} seats are taken."),
            Some(Hold::Governor) => format!(
                "The growth governor holds {people}: {admitted} of {} came in within seven days.",
                self.seats.weekly()
            ),
            None => format!("{people} wait for a seat; the line is about to move."),
        })
    }
}

/// Somebody who waits for a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Who.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// Whose turn comes before whose.
    pub turn: Turn,
    /// Since when.
    pub since: Timestamp,
    /// Their application; none for a member who comes back and never applied.
    pub application: Option<ApplicationId>,
    /// The handle of who invited them.
    pub inviter: Option<String>,
}

impl Request for ListWaitlist {
    type Reply = Waitlist;
    type Access = Reads;
    const NAME: &'static str = "list waitlist";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Waitlist> {
        cx.allow(&SeeLine)?;
        let summary = super::summary(cx).await?;
        let rows = waitlist::line(cx.conn()).await?;
        let waiters = rows
            .into_iter()
            .map(|row| Waiter {
                member: row.member_id,
                handle: row.handle,
                turn: row.turn,
                since: row.since,
                application: row.application_id,
                inviter: row.inviter,
            })
            .collect();
        Ok(Waitlist { summary, waiters })
    }
}
