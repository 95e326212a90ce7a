//! Who may do what: the one place that decides.
//!
//! An action is a struct that carries the facts its rule needs; [`allow`] asks the rule and returns a [`Grant`],
//! which nothing else can make and which every store function that writes demands. `matrix.rs` snapshots every
//! action for every kind of actor, so that no rule changes unseen.

mod cohorts;
mod door;
mod dues;
mod glossary;
mod leaving;
mod live;
mod moderation;
mod people;
mod prevention;
mod reading;
mod recovery;
mod roles;
mod tagging;
mod talking;
mod waitlist;
mod writing;

#[cfg(test)]
mod matrix;

use std::marker::PhantomData;

pub use cohorts::*;
pub use door::*;
pub use dues::*;
pub use glossary::*;
pub use leaving::*;
pub use live::*;
pub use moderation::*;
pub use people::*;
pub use prevention::*;
pub use reading::*;
pub use recovery::*;
pub use roles::*;
pub use tagging::*;
pub use talking::*;
pub use waitlist::*;
pub use writing::*;

use super::board::Audience;
use super::ids::MemberId;
use super::member::{Level, Role, Standing};
use super::moderation::Curbs;

/// Who asks, with everything the rules look at, read afresh at each act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without an account.
    Guest,
    /// Somebody with an account, in whatever standing.
    Account {
        /// The account.
        id: MemberId,
        /// Where it stands.
        standing: Standing,
        /// How well it is known.
        level: Level,
        /// What it is trusted with.
        role: Role,
        /// What was taken from it for now.
        curbs: Curbs,
        /// The circles that it belongs to.
        circles: Circles,
    },
    /// A person with a shell on the host, or hob itself.
    Host,
}

impl Actor {
    /// The account's id, if there is an account.
    pub fn id(&self) -> Option<MemberId> {
        match self {
            Self::Account { id, .. } => Some(*id),
            Self::Guest | Self::Host => None,
        }
    }

    /// Whether this is an active member (or the host).
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Host | Self::Account { standing: Standing::Active, .. })
    }

    /// Whether this is active staff: a moderator, a sysop or the host.
    pub fn is_staff(&self) -> bool {
        self.is_active() && self.role() >= Role::Moderator
    }

    /// Whether this is an active sysop or the host.
    pub fn is_sysop(&self) -> bool {
        self.is_active() && self.role() == Role::Sysop
    }

    /// The role; guests have the least and the host the most.
    pub fn role(&self) -> Role {
        match self {
            Self::Guest => Role::Member,
            Self::Account { role, .. } => *role,
            Self::Host => Role::Sysop,
        }
    }

    /// What was taken from this actor for now.
    pub fn curbs(&self) -> Curbs {
        match self {
            Self::Guest | Self::Host => Curbs::NONE,
            Self::Account { curbs, .. } => *curbs,
        }
    }

    /// The level; guests have the least and the host the most.
    pub fn level(&self) -> Level {
        match self {
            Self::Guest => Level::Newcomer,
            Self::Account { level, .. } => *level,
            Self::Host => Level::Regular,
        }
    }

    /// The boards this actor may see, as a filter for lists.
    pub fn clearance(&self) -> Clearance {
        let circles = match self {
            Self::Account { circles, .. } => *circles,
            Self::Guest | Self::Host => Circles::NONE,
        };
        match self {
            // The staff look after every board: a report from a circle has to be read by somebody.
            _ if self.is_sysop() => Clearance(Audience::Sysops, Circles::ALL),
            _ if self.is_staff() => Clearance(Audience::Staff, Circles::ALL),
            _ if self.is_active() && self.level() == Level::Regular => Clearance(Audience::Regulars, circles),
            _ if self.is_active() => Clearance(Audience::Members, circles),
            _ => Clearance(Audience::Guests, Circles::NONE),
        }
    }
}

/// The first circle whose board everybody sees whom its audience names, and in which only its own people write. Those below
/// are seen by their own people alone. A board that was made for one never becomes the other: no setting leads there.
pub const OPEN_CIRCLES_FROM: i64 = 50;
/// The last circle.
pub const CIRCLES_MAX: i64 = 59;

/// Circles (P5): boards of the people of one cohort have a number from 1 to 59; a set of such numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circles(i64);

impl Circles {
    /// None.
    pub const NONE: Self = Self(0);
    /// All that there can be.
    pub const ALL: Self = Self((1 << 59) - 1);

    /// The set whose numbers are these bits: number 1 is the lowest.
    pub fn from_bits(bits: i64) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// Those whose boards everybody sees.
    const OPEN: Self = Self(Self::ALL.0 & !((1 << (OPEN_CIRCLES_FROM - 1)) - 1));

    /// Whether a number is in it. 0 stands for no circle, and is in every set.
    fn has(self, circle: i64) -> bool {
        match circle {
            0 => true,
            1..=CIRCLES_MAX => self.0 >> (circle - 1) & 1 == 1,
            _ => false,
        }
    }
}

/// The innermost audience an actor belongs to, and their circles. Audiences nest, so a list is filtered by
/// `see_rank <= rank`; a board with a circle has to be in one's own as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clearance(Audience, Circles);

impl Clearance {
    /// That of whoever belongs to an audience and to no circle.
    pub fn of(audience: Audience) -> Self {
        Self(audience, Circles::NONE)
    }

    /// Whether something for this audience may be seen.
    pub fn covers(self, audience: Audience) -> bool {
        audience <= self.0
    }

    /// Whether a board for this audience and of this circle may be seen.
    pub fn sees(self, audience: Audience, circle: i64) -> bool {
        self.covers(audience) && Circles(self.1.0 | Circles::OPEN.0).has(circle)
    }

    /// Whether whoever sees a board of this circle is one of its people, or there is no circle.
    pub fn belongs(self, circle: i64) -> bool {
        self.1.has(circle)
    }

    /// What the store filters boards with: the audience's place in the lowest three bits, for `board.see_rank`, then one
    /// bit for each circle from 0, which everybody has, as they have those that are open to all. In SQL, for a rank of `?1`:
    /// `board.see_rank <= (?1 & 7) AND (?1 >> (3 + board.circle)) & 1`.
    pub fn rank(self) -> i64 {
        self.0 as i64 | (1 | (self.1.0 | Circles::OPEN.0) << 1) << 3
    }
}

/// Why the policy says no, in words for the person who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Guests and people still on their way in.
    #[error("This is for members. Apply at the door, or wait for the answer to your application.")]
    MembersOnly,
    /// Approved, and in the line.
    #[error("You are approved and in the line for a seat. The door says your place in it.")]
    InLine,
    /// The seat sleeps.
    #[error("Your seat sleeps because you were away for long. Connect with a terminal: one key wakes it.")]
    SeatAsleep,
    /// Not enough members have vouched.
    #[error("Two members besides you have to vouch first: g m and then K lists it.")]
    VouchesMissing,
    /// It is about another sysop.
    #[error(
        "A sysop's role, password and keys are their own. They change them themselves, or somebody with a shell on the host \
         does: hob member role, hob member password."
    )]
    OtherSysop,
    /// Nothing sleeps here.
    #[error("Your seat is awake: there is nothing to wake.")]
    Awake,
    /// The account is suspended.
    #[error("Your membership is suspended. The door says until when, and why.")]
    Suspended,
    /// The account was removed.
    #[error("This account is no longer a member here.")]
    NoLongerMember,
    /// A cool-down: reading only.
    #[error("You can read here and not write for now. Your text is kept; g n says until when and why.")]
    OnlyReads,
    /// The place is calm for a while, and newcomers read.
    #[error("The place is calm for now: newcomers read, and write again when it is over. Your text is kept.")]
    Calm,
    /// The right to invite was taken.
    #[error("You can make no invites for now; g n says why.")]
    NoInvites,
    /// The right to send messages was taken.
    #[error("You can send no messages for now; g n says why. Your text is kept.")]
    NoMessages,
    /// Only staff.
    #[error("This is for moderators.")]
    StaffOnly,
    /// Only sysops.
    #[error("This is for the sysop.")]
    SysopOnly,
    /// It cannot be seen; the same words as for a thing that is not there.
    #[error("There is no such thing here, or it is not shown to you.")]
    NotVisible,
    /// The board is for others to write in.
    #[error("You can read this board; writing in it is for others.")]
    ReadOnlyBoard,
    /// The board is for the people of a cohort to write in.
    #[error("Everybody may read this board; its cohort writes in it. g C shows which cohorts take people.")]
    CohortBoard,
    /// The board is archived.
    #[error("This board is archived: it can be read, but nothing is added.")]
    Archived,
    /// The thread is locked.
    #[error("This thread is locked. Your text is kept as a draft.")]
    Locked,
    /// The thing belongs to somebody else.
    #[error("Only the author can do that.")]
    NotYours,
    /// The post is a tombstone.
    #[error("That post is no longer there.")]
    Gone,
    /// Newcomers cannot do this yet.
    #[error("Newcomers cannot do this yet. It comes with taking part.")]
    NotYet,
    /// New tags are made by those who know the place.
    #[error("Regulars make new tags. Choose one that is there (g t lists them), or ask a regular.")]
    RegularsOnly,
    /// The tag is somebody else's to look after.
    #[error("This is for the tag's champion. Its page says who that is.")]
    ChampionOnly,
    /// The cohort is somebody else's to look after.
    #[error("This is for whoever looks after the cohort. Its page says who that is.")]
    CohortHostOnly,
    /// Nothing was asked there.
    #[error("Only threads on question boards are solved.")]
    NoQuestion,
    /// Newcomers answer, they do not open conversations.
    #[error(
        "Newcomers answer messages, and begin only with moderators who are here. The rest comes with taking part."
    )]
    AnswersOnly,
    /// A choice or a block; the words are the same, so that they tell neither.
    #[error("This member cannot be reached this way. A reply in a thread is open to all.")]
    NotReachable,
    /// Everybody else has left the conversation.
    #[error("Nobody else is in this conversation any more. Begin a new one.")]
    NobodyThere,
    /// The silent minutes are over.
    #[error("The time for changing this message is over. Write another one.")]
    EditOver,
    /// A second member of the staff has to look at it.
    #[error("This needs a second pair of eyes: somebody else of the staff looks at it in the queue.")]
    NeedsSecond,
    /// Nobody handles a case they are part of.
    #[error("You are part of this case, so somebody else handles it.")]
    PartOfIt,
    /// Nobody reports or sanctions themselves.
    #[error("That is your own.")]
    OwnThing,
    /// Staff of the same or a higher role.
    #[error("That member is staff of the same or a higher role: ask a sysop.")]
    HigherRole,
    /// The undo window is over.
    #[error("The time for undoing this is over.")]
    TooLate,
    /// A step of joining that is not open to this account.
    #[error("There is nothing to apply for: this account is already decided.")]
    NotJoining,
}

/// An act that the policy knows: a struct with the facts that its rule needs.
pub trait Action {
    /// The act's name, as it stands in the policy's snapshot.
    const NAME: &'static str;

    /// The rule.
    ///
    /// # Errors
    /// The reason for a no.
    fn decide(&self, actor: &Actor) -> Result<(), Denied>;
}

/// Proof that the policy said yes to one action. Only [`allow`] makes one.
#[derive(Debug)]
pub struct Grant<A: Action> {
    by: Option<MemberId>,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Grant<A> {
    /// The account that was granted the act; `None` for the host.
    pub fn by(&self) -> Option<MemberId> {
        self.by
    }
}

/// Asks the rule of an action.
///
/// # Errors
/// The reason for a no.
pub fn allow<A: Action>(actor: &Actor, action: &A) -> Result<Grant<A>, Denied> {
    action.decide(actor)?;
    Ok(Grant { by: actor.id(), action: PhantomData })
}

/// Yes for active members and the host; otherwise the reason that fits the standing.
fn active(actor: &Actor) -> Result<(), Denied> {
    match actor {
        Actor::Host | Actor::Account { standing: Standing::Active, .. } => Ok(()),
        Actor::Account { standing: Standing::Suspended, .. } => Err(Denied::Suspended),
        Actor::Account { standing: Standing::Waiting, .. } => Err(Denied::InLine),
        Actor::Account { standing: Standing::Asleep, .. } => Err(Denied::SeatAsleep),
        Actor::Account { standing: Standing::Removed, .. } => Err(Denied::NoLongerMember),
        Actor::Guest | Actor::Account { .. } => Err(Denied::MembersOnly),
    }
}

/// Yes for those who are active and may write.
fn writes(actor: &Actor) -> Result<(), Denied> {
    active(actor)?;
    match actor.curbs() {
        curbs if curbs.read_only => Err(Denied::OnlyReads),
        curbs if curbs.calm && !actor.is_staff() => Err(Denied::Calm),
        _ => Ok(()),
    }
}

/// Yes for active staff and the host.
fn staff(actor: &Actor) -> Result<(), Denied> {
    active(actor)?;
    if actor.is_staff() { Ok(()) } else { Err(Denied::StaffOnly) }
}

/// Yes for active sysops and the host.
fn sysop(actor: &Actor) -> Result<(), Denied> {
    active(actor)?;
    if actor.is_sysop() { Ok(()) } else { Err(Denied::SysopOnly) }
}
