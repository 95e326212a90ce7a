//! Who does what here, and what can be offered to somebody.

use super::{Duty, DutyKind, TermId};
use crate::domain::ids::{MemberId, TagId};
use crate::domain::policy::{self, Action, LookAround};
use crate::domain::time::Timestamp;
use crate::service::{Access, Cx, Reads, Request, Result};
use crate::store::roles::HolderRow;
use crate::store::{boards, roles, tags};

/// Lists who looks after what, with the terms; first what the caller is asked, and for staff what was asked of others.
#[derive(Clone, Copy, Debug)]
pub struct ListRoles;

/// How a role stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleState {
    /// It was offered.
    Offered {
        /// For how many days.
        days: i64,
        /// By whom; none for the host.
        by: Option<String>,
    },
    /// It is held.
    Held {
        /// Until when; none without a term.
        until: Option<Timestamp>,
    },
}

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleLine {
    /// The offer or term, where there is one.
    pub term: Option<TermId>,
    /// Who.
    pub member: MemberId,
    /// The handle.
    pub handle: String,
    /// What.
    pub duty: Duty,
    /// The same in words: `host of general`.
    pub words: String,
    /// How it stands.
    pub state: RoleState,
    /// It is the caller's.
    pub mine: bool,
    /// The caller may end it, or take the offer back.
    pub may_end: bool,
    /// The caller may offer it once more.
    pub may_renew: bool,
}

impl RoleLine {
    /// Whether it is an offer to the one who looks.
    pub fn is_asked_of_me(&self) -> bool {
        self.mine && matches!(self.state, RoleState::Offered { .. })
    }
}

impl Request for ListRoles {
    type Reply = Vec<RoleLine>;
    type Access = Reads;
    const NAME: &'static str = "list roles";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<RoleLine>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let to = (!cx.actor.is_staff()).then_some(me);
        let offers = roles::offers(cx.conn(), to).await?;
        let held = roles::holders(cx.conn()).await?;
        let tags = seen_tags(cx).await?;
        let mut lines: Vec<RoleLine> =
            offers.into_iter().chain(held).filter_map(|row| line(cx, row, me, &tags)).collect();
        // What one is asked comes first; the rest stays in its order.
        lines.sort_by_key(|line| !line.is_asked_of_me());
        Ok(lines)
    }
}

async fn seen_tags<A: Access>(cx: &mut Cx<'_, A>) -> Result<Vec<TagId>> {
    let clearance = cx.actor.clearance();
    Ok(tags::list(cx.conn(), clearance).await?.into_iter().map(|tag| tag.id).collect())
}

/// The line of a role, if the reader may know of what it is about.
fn line<A: Access>(cx: &Cx<'_, A>, row: HolderRow, me: MemberId, tags: &[TagId]) -> Option<RoleLine> {
    let duty = row.duty();
    let mine = row.member_id == me;
    let seen = match duty {
        Duty::Moderator => true,
        Duty::Host(_) => row.see.is_some_and(|see| cx.actor.clearance().sees(see, row.circle.unwrap_or(0))),
        Duty::Champion(tag) => mine || tags.contains(&tag),
    };
    if !seen {
        return None;
    }
    let kind = duty.kind();
    let may_renew = policy::OfferRole { kind, target: row.member_id }.decide(&cx.actor).is_ok();
    let state = match row.days {
        Some(days) => RoleState::Offered { days, by: row.offered_by },
        None => RoleState::Held { until: row.ends_at },
    };
    let may_end = match state {
        RoleState::Offered { .. } => may_renew,
        RoleState::Held { .. } => policy::EndRole { kind, holder: row.member_id }.decide(&cx.actor).is_ok(),
    };
    let may_renew = may_renew && matches!(state, RoleState::Held { .. });
    let words = duty.words(&row.of_name);
    let (term, member, handle) = (row.term_id, row.member_id, row.handle);
    Some(RoleLine { term, member, handle, duty, words, state, mine, may_end, may_renew })
}

/// Lists the roles that the caller may offer to a member, in words: moderator, host of each board, champion of each tag.
#[derive(Clone, Copy, Debug)]
pub struct ListDuties {
    /// Who is to be asked.
    pub member: MemberId,
}

impl Request for ListDuties {
    type Reply = Vec<(Duty, String)>;
    type Access = Reads;
    const NAME: &'static str = "list duties";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<(Duty, String)>> {
        cx.allow(&policy::OfferRole { kind: DutyKind::Host, target: self.member })?;
        let clearance = cx.actor.clearance();
        let mut duties = Vec::new();
        if cx.allow(&policy::OfferRole { kind: DutyKind::Moderator, target: self.member }).is_ok() {
            duties.push((Duty::Moderator, Duty::Moderator.words("")));
        }
        for board in boards::list(cx.conn(), clearance).await?.into_iter().filter(|board| !board.archived) {
            let duty = Duty::Host(board.id);
            duties.push((duty, duty.words(&board.name)));
        }
        for tag in tags::list(cx.conn(), clearance).await? {
            let duty = Duty::Champion(tag.id);
            duties.push((duty, duty.words(&tag.name)));
        }
        Ok(duties)
    }
}
