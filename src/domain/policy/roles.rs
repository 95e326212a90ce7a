//! Rules for roles (P4): offered, accepted, for a term, never automatic; and for what a champion does on their tag.

use super::{Action, Actor, Denied, SeeThread, active, staff, sysop};
use crate::domain::board::{BoardFacts, ThreadFacts};
use crate::domain::duty::DutyKind;
use crate::domain::ids::MemberId;

/// Offer a member a role, renew its term, or take an offer back. Moderators are the sysop's to ask; hosts and champions
/// any of the staff's, but nobody asks themselves.
pub struct OfferRole {
    /// What kind of duty.
    pub kind: DutyKind,
    /// Who is asked.
    pub target: MemberId,
}

impl Action for OfferRole {
    const NAME: &'static str = "offer role";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        staff(actor)?;
        if self.kind == DutyKind::Moderator {
            sysop(actor)?;
        }
        if actor.id() == Some(self.target) && !actor.is_sysop() { Err(Denied::OwnThing) } else { Ok(()) }
    }
}

/// Accept or decline an offer.
pub struct AnswerOffer {
    /// Who was asked.
    pub target: MemberId,
}

impl Action for AnswerOffer {
    const NAME: &'static str = "answer offer";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.target) { Ok(()) } else { Err(Denied::NotYours) }
    }
}

/// End a role before its term: one's own at any time, somebody else's if one may offer it.
pub struct EndRole {
    /// What kind of duty.
    pub kind: DutyKind,
    /// Who holds it.
    pub holder: MemberId,
}

impl Action for EndRole {
    const NAME: &'static str = "end role";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if actor.id() == Some(self.holder) {
            return Ok(());
        }
        OfferRole { kind: self.kind, target: self.holder }.decide(actor)
    }
}

/// End the roles whose term is over, and say which will be soon: the program's own work.
pub struct KeepTerms;

impl Action for KeepTerms {
    const NAME: &'static str = "keep terms";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        if matches!(actor, Actor::Host) { Ok(()) } else { Err(Denied::SysopOnly) }
    }
}

/// Say what a tag is for: its champion, staff.
pub struct DescribeTag {
    /// Who its champion is.
    pub champion: Option<MemberId>,
}

impl Action for DescribeTag {
    const NAME: &'static str = "describe tag";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        if leads(actor, self.champion) || actor.is_staff() { Ok(()) } else { Err(Denied::ChampionOnly) }
    }
}

/// Put one's own tag on a thread that one sees, or take it off: its champion. Whoever may set all of a thread's tags
/// needs no such leave.
pub struct CurateTag {
    /// Who its champion is.
    pub champion: Option<MemberId>,
    /// The board.
    pub board: BoardFacts,
    /// The thread.
    pub thread: ThreadFacts,
}

impl Action for CurateTag {
    const NAME: &'static str = "curate tag";

    fn decide(&self, actor: &Actor) -> Result<(), Denied> {
        active(actor)?;
        SeeThread { board: self.board, thread: self.thread }.decide(actor)?;
        if leads(actor, self.champion) { Ok(()) } else { Err(Denied::ChampionOnly) }
    }
}

fn leads(actor: &Actor, champion: Option<MemberId>) -> bool {
    actor.id().is_some() && actor.id() == champion
}
