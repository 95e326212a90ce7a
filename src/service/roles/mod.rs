//! Roles (P4): moderator, host of a board, champion of a tag. They are offered, accepted or declined, held for a term,
//! and end: by the term, by stepping down, or by whoever may offer them. Every change is in the mod log.

mod answer;
mod end;
mod list;
mod offer;
mod terms;

#[cfg(test)]
mod tests;

pub use answer::AnswerOffer;
pub use end::{EndRole, TakeBackOffer};
pub use list::{ListDuties, ListRoles, RoleLine, RoleState};
pub use offer::OfferRole;
pub use terms::keep_terms;

pub use crate::domain::duty::{Duty, DutyKind};
pub use crate::domain::ids::TermId;

use crate::domain::board::Audience;
use crate::domain::ids::MemberId;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{Action, Grant};
use crate::service::{Cx, DomainEvent, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::notifications::{self, NewNotification};

/// What a change is called in the logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Offered,
    TakenBack,
    Accepted,
    Declined,
    Ended,
}

impl Change {
    fn action(self) -> &'static str {
        match self {
            Self::Offered => "role.offer",
            Self::TakenBack => "role.take-back",
            Self::Accepted => "role.accept",
            Self::Declined => "role.decline",
            Self::Ended => "role.end",
        }
    }

    /// Who looks after what is for everybody to see. Who was asked and said no is not.
    fn is_public(self) -> bool {
        matches!(self, Self::Accepted | Self::Ended)
    }
}

/// Writes a change into the log. A board that not all members see is not named there.
async fn record(
    cx: &mut Cx<'_, Writes>,
    change: Change,
    (member, duty): (MemberId, Duty),
    (name, see): (&str, Audience),
    more: &str,
) -> Result<()> {
    let hidden = see > Audience::Members;
    let words = if hidden { format!("{} of a board", duty.kind()) } else { duty.words(name) };
    let reason = if more.is_empty() { words } else { format!("{words}, {more}") };
    cx.audit(NewAudit {
        action: change.action(),
        thing: duty.kind().as_str(),
        thing_id: duty.id(),
        target: Some(member),
        rule_no: None,
        reason: &reason,
        detail: "",
        public: change.is_public(),
    })
    .await
}

/// Tells a member about a role.
async fn tell<A: Action>(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<A>,
    member: MemberId,
    kind: NotificationKind,
    term: TermId,
) -> Result<()> {
    let place = NotificationPlace::new(PlaceKind::Roles, term.0);
    let news = NewNotification { member, kind, place, actor: grant.by(), at: cx.now };
    notifications::put(cx.conn(), grant, &news).await?;
    cx.publish(DomainEvent::Notified { member });
    Ok(())
}

/// Says who changed, and what looks different by it.
fn publish(cx: &mut Cx<'_, Writes>, member: MemberId, duty: Duty) {
    cx.publish(DomainEvent::MemberChanged { member });
    if let Duty::Host(_) = duty {
        cx.publish(DomainEvent::BoardsChanged);
    }
}
