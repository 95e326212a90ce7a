//! A member's path: the level, what is still missing to the next one, what that opens.

use super::settle;
use crate::domain::ids::MemberId;
use crate::domain::level::{Step, next_level, steps};
use crate::domain::member::{Level, Role};
use crate::domain::policy::SeePath;
use crate::domain::time::Timestamp;
use crate::service::{Cx, Error, Request, Result, Writes};
use crate::store::levels::{self, LevelChange};

/// Reads a member's path: one's own, or, as staff, anybody's. It brings the level up to date first, so that the path
/// never says that nothing is missing while the level is still the old one.
#[derive(Clone, Copy, Debug)]
pub struct ReadPath {
    /// Whose.
    pub member: MemberId,
}

/// A path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Whose.
    pub member: MemberId,
    /// The handle.
    pub handle: String,
    /// The level.
    pub level: Level,
    /// The role: staff have their level by it.
    pub role: Role,
    /// The next level, with what it asks for; none for regulars and staff.
    pub next: Option<(Level, Vec<Step>)>,
    /// What the level asks for that one has, as it stands.
    pub holds: Vec<Step>,
    /// The numbers lie under what keeps the level.
    pub falling: Option<Falling>,
    /// Every rise and fall, the newest first.
    pub history: Vec<LevelChange>,
}

/// A level that will be lost unless somebody takes part again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Falling {
    /// When it will be lost.
    pub at: Timestamp,
    /// What is missing to its marks.
    pub steps: Vec<Step>,
}

impl Request for ReadPath {
    type Reply = Path;
    type Access = Writes;
    const NAME: &'static str = "read path";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Path> {
        cx.allow(&SeePath { member: self.member })?;
        let (now, rules, member) = (cx.now, cx.settings().levels, self.member);
        if let Some(risen) = settle(cx.conn(), &rules, now, member).await? {
            risen.events().into_iter().for_each(|event| cx.publish(event));
        }
        let row = levels::held(cx.conn(), member).await?.ok_or(Error::NotFound("member"))?;
        let facts = levels::facts(cx.conn(), member, &rules, now).await?;
        let history = levels::history(cx.conn(), member).await?;
        let next = next_level(row.level).filter(|_| row.role == Role::Member);
        let upto = Level::ALL.iter().filter(|level| **level <= row.level);
        let missing = |steps: Vec<Step>| steps.into_iter().filter(|step| step.missing() > 0);
        let falling = row.below_since.map(|since| Falling {
            at: since.plus(rules.fall_s),
            steps: upto.flat_map(|level| missing(steps(*level, &rules, &facts))).collect(),
        });
        Ok(Path {
            member,
            handle: row.handle,
            level: row.level,
            role: row.role,
            next: next.map(|level| (level, steps(level, &rules, &facts))),
            holds: steps(row.level, &rules, &facts),
            falling,
            history,
        })
    }
}
