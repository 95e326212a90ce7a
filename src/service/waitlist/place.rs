//! Where somebody stands in the line, and what holds it.

use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;
use crate::domain::waitlist::{ABSORBED_WITHIN_S, Hold, Seats, Turn, WEEK_S};
use crate::service::{Access, Cx, Result};
use crate::store::waitlist;

use super::WaitlistSummary;

/// One's own place in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InLine {
    /// The place: 1 is next.
    pub place: usize,
    /// How many wait in all.
    pub waiting: usize,
    /// Whose turn comes before whose.
    pub turn: Turn,
    /// What holds the line.
    pub hold: Option<Hold>,
    /// The member cap.
    pub cap: i64,
    /// How many come in within a week.
    pub weekly: i64,
    /// When the governor lets the next one in.
    pub next_at: Option<Timestamp>,
}

impl InLine {
    /// The place, in a sentence.
    pub fn place_words(&self) -> String {
        match (self.place, self.waiting) {
            (1, 1) => "You are next, and the only one in the line for a seat.".to_owned(),
            (1, waiting) => format!("You are next of {waiting} in the line for a seat."),
            (place, waiting) => format!("You are number {place} of {waiting} in the line for a seat."),
        }
    }

    /// What holds the line, and who goes first, in a sentence or two.
    pub fn hold_words(&self) -> String {
        let why = match self.hold {
            Some(Hold::Full) => format!(
                "This place has {} seats, so that people can know each other, and all are taken; whoever is first has \
                 the next that comes free.",
                self.cap
            ),
            Some(Hold::Governor) => format!(
                "This place grows slowly, {} people within seven days just now, so that each of them is met.",
                self.weekly
            ),
            None => "The line is about to move.".to_owned(),
        };
        format!("{why} Whoever was invited goes first; then it is first in, first out.")
    }
}

/// The seats as they are now, and when those came in whom the governor counts.
pub(in crate::service) async fn seats<A: Access>(cx: &mut Cx<'_, A>) -> Result<(Seats, Vec<Timestamp>)> {
    let now = cx.now;
    let (cap, week_min) = (cx.settings().members_max, cx.settings().admit_per_week_min);
    let taken = waitlist::taken(cx.conn()).await?;
    let came = waitlist::admitted_since(cx.conn(), now.plus(-WEEK_S)).await?;
    let absorbed = waitlist::absorbed_since(cx.conn(), now.plus(-ABSORBED_WITHIN_S)).await?;
    let admitted = i64::try_from(came.len()).unwrap_or(i64::MAX);
    Ok((Seats { cap, taken, admitted, absorbed, week_min }, came))
}

/// When the governor lets the next one in: once enough of those who came have come more than a week ago. None when it
/// holds nobody, or will hold everybody.
fn next_at(seats: &Seats, came: &[Timestamp]) -> Option<Timestamp> {
    let over = usize::try_from(seats.admitted - seats.weekly()).ok()?;
    came.get(over).map(|at| at.plus(WEEK_S))
}

/// What holds the line, for those who see it.
pub(in crate::service) async fn summary<A: Access>(cx: &mut Cx<'_, A>) -> Result<WaitlistSummary> {
    let line = waitlist::line(cx.conn()).await?;
    let (seats, came) = seats(cx).await?;
    let hold = line.first().and_then(|row| seats.hold(row.turn));
    Ok(WaitlistSummary {
        waiting: line.len(),
        seats,
        hold,
        next_at: next_at(&seats, &came).filter(|_| hold == Some(Hold::Governor)),
    })
}

/// A member's own place in the line; none for one who is not in it.
pub(in crate::service) async fn in_line<A: Access>(
    cx: &mut Cx<'_, A>,
    member: MemberId,
) -> Result<Option<InLine>> {
    let line = waitlist::line(cx.conn()).await?;
    let Some(ahead) = line.iter().position(|row| row.member_id == member) else { return Ok(None) };
    let summary = summary(cx).await?;
    Ok(Some(InLine {
        place: ahead + 1,
        waiting: line.len(),
        turn: line[ahead].turn,
        hold: summary.hold,
        cap: summary.seats.cap,
        weekly: summary.seats.weekly(),
        next_at: summary.next_at,
    }))
}
