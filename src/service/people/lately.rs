//! Who was here lately (L6): so that a place with three visitors a day feels lived in.

use crate::domain::ids::MemberId;
use crate::domain::policy::LookAround;
use crate::domain::time::{Zone, day_words};
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, Reads, Request, Result};
use crate::store::{contacts, members, people};

/// Names that are given (PRODUCT.md L6).
const NAMES: usize = 8;
/// How far back somebody counts as having been here lately, in seconds: a month.
const LATELY_S: i64 = 31 * DAY_S;
/// Visits that are read: those who are here now are left out of them.
const READ_MAX: i64 = 40;

/// Asks who was here lately: at most 8 members, the last visitor first. Left out are the one who asks, those who are
/// here now (they stand elsewhere), and those who hide when they were here or are invisible.
#[derive(Clone, Copy, Debug)]
pub struct HereLately;

/// Somebody who was here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenLately {
    /// Who.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// When, never more exactly than the day: `today`, `yesterday`, `this week`, `this month`; by the calendar of the
    /// one who asks.
    pub when: &'static str,
}

impl Request for HereLately {
    type Reply = Vec<SeenLately>;
    type Access = Reads;
    const NAME: &'static str = "here lately";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<SeenLately>> {
        cx.allow(&LookAround)?;
        let me = cx.me()?;
        let apart = contacts::apart(cx.conn(), me).await?;
        lately(cx, &apart).await
    }
}

/// The answer of [`HereLately`], for other requests that show it too; `apart` are those who are kept from the one who
/// asks.
///
/// # Errors
/// For people at the door, and when it cannot be read.
pub(in crate::service) async fn lately<A: Access>(
    cx: &mut Cx<'_, A>,
    apart: &[MemberId],
) -> Result<Vec<SeenLately>> {
    cx.allow(&LookAround)?;
    let (me, now) = (cx.me()?, cx.now);
    let (_, zone) = members::name_and_zone(cx.conn(), me).await?;
    let zone = Zone::parse(&zone).unwrap_or_else(|_| Zone::utc());
    let seen = people::lately(cx.conn(), me, now.plus(-LATELY_S), READ_MAX).await?;
    let away =
        seen.into_iter().filter(|person| !cx.presence().is_here(person.id) && !apart.contains(&person.id));
    Ok(away
        .take(NAMES)
        .map(|person| SeenLately {
            member: person.id,
            handle: person.handle,
            when: day_words(now, person.at, &zone),
        })
        .collect())
}
