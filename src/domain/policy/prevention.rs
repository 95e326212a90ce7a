//! Rules for prevention: what waits for a moderator, filters, calm, bans, staff notes.

use super::{Action, Actor, Denied, SeeBoard, active, staff, sysop};
use crate::domain::board::BoardFacts;
use crate::domain::ids::MemberId;
use crate::domain::member::Role;
use crate::domain::prevention::BanKind;

/// Read and decide a post that waits. Nobody decides their own, nor that of somebody whom they brought here or with whom
/// they have no contact, and it is on a board that they see.
#[derive(Clone, Copy)]
pub struct HandleHeld {
    /// Who wrote it.
    pub author: MemberId,
    /// Who invited the author.
    pub inviter: Option<MemberId>,
    /// One of the two has blocked the other.
    pub blocked: bool,
    /// The board that it is for.
    pub board: BoardFacts,
}

impl Action for HandleHeld {
    const NAME: &'static str = "handle held post";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        SeeBoard { board: self.board }.decide(actor)?;
        if actor.id() == Some(self.author) {
            return Err(Denied::PartOfIt);
        }
        let invited = actor.id().is_some() && actor.id() == self.inviter;
        if invited || self.blocked { Err(Denied::PartOfIt) } else { Ok(()) }
    }
}

/// Take back a post of one's own that waits. Open in every standing: the words are theirs (W6).
pub struct TakeBackHeld {
    /// Who wrote it.
    pub author: MemberId,
}

impl Action for TakeBackHeld {
    const NAME: &'static str = "take back held post";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if actor.id().is_none() {
            return active(actor).and(Err(Denied::NotYours));
        }
        if actor.id() == Some(self.author) { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// Begin and end a time of calm.
pub struct KeepCalm;

impl Action for KeepCalm {
    const NAME: &'static str = "keep calm";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// See, make, switch and take out filters over what is written.
pub struct KeepFilters;

impl Action for KeepFilters {
    const NAME: &'static str = "keep filters";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// See what is on the ban list.
pub struct SeeBans;

impl Action for SeeBans {
    const NAME: &'static str = "see bans";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// Put a key or a network on the ban list, or take it off. Where members come from is the sysop's business alone (M8);
/// a key is any moderator's, unless its owner has the same or a higher role.
pub struct KeepBan {
    /// What it is about.
    pub kind: BanKind,
    /// Whose key it is, and their role; none for a network and a key that is nobody's.
    pub owner: Option<(MemberId, Role)>,
}

impl Action for KeepBan {
    const NAME: &'static str = "keep ban";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if self.kind == BanKind::Network {
            return sysop(actor);
        }
        staff(actor)?;
        match self.owner {
            Some((owner, _)) if actor.id() == Some(owner) => Err(Denied::OwnThing),
            Some((_, role)) if role != Role::Member && actor.role() <= role && *actor != Actor::Host => {
                Err(Denied::HigherRole)
            }
            _ => Ok(()),
        }
    }
}

/// Put a member or applicant on the watch list, renew and end it, and see what is marked of theirs: the staff, and nobody
/// about themselves (M7).
pub struct KeepWatch {
    /// About whom.
    pub member: MemberId,
}

impl Action for KeepWatch {
    const NAME: &'static str = "keep watch";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if actor.id() == Some(self.member) { Err(Denied::OwnThing) } else { Ok(()) }
    }
}

/// Renew and end a watch that one sees: the staff.
pub struct ChangeWatch;

impl Action for ChangeWatch {
    const NAME: &'static str = "change watch";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)
    }
}

/// See, write and take out staff notes about a member: the staff, and nobody about themselves (M7).
pub struct KeepStaffNotes {
    /// About whom.
    pub member: MemberId,
}

impl Action for KeepStaffNotes {
    const NAME: &'static str = "keep staff notes";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if actor.id() == Some(self.member) { Err(Denied::OwnThing) } else { Ok(()) }
    }
}
