//! Making a cohort with its board, and calling it off.

use super::checkpoint::prompt;
use super::{CohortId, find, record, tell};
use crate::domain::board::{Audience, BoardKind};
use crate::domain::cohort::{
    AHEAD_DAYS_MAX, NAME_CHARS_MAX, PLACES_MAX, PLACES_MIN, PURPOSE_CHARS_MAX, WEEKS_MAX, Weekday,
    checkpoints, ends_at, read_day,
};
use crate::domain::ids::{BoardId, MemberId};
use crate::domain::member::Standing;
use crate::domain::notification::NotificationKind;
use crate::domain::policy::{self, CIRCLES_MAX, Grant, OPEN_CIRCLES_FROM};
use crate::domain::text::clean_line;
use crate::domain::time::{DAY_S, Timestamp};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes};
use crate::store::boards::{self, NewBoard};
use crate::store::cohorts::{self, NewCohort};
use crate::store::members;

/// The heading that the boards of cohorts stand under.
const CATEGORY: &str = "Cohorts";
/// Longest part of the board's name in commands that comes from the cohort's name.
const SLUG_CHARS: usize = 18;
/// Boards for their own people only, over all time: as many as a reader's rank has room for beside the open ones.
const CLOSED_MAX: i64 = OPEN_CIRCLES_FROM - 1;

/// What a cohort is to be, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CohortTexts {
    /// Its name; its board has the same.
    pub name: String,
    /// What it is for, in a line.
    pub purpose: String,
    /// The first day: `2026-12-01`.
    pub starts: String,
    /// For how many weeks.
    pub weeks: String,
    /// The day of the checkpoints.
    pub weekday: String,
    /// How many can be in it.
    pub places: String,
    /// Whoever looks after it, by handle; empty for oneself.
    pub host: String,
    /// What the checkpoints ask; empty for the standard text.
    pub prompt: String,
    /// Only its people (and the staff) see its board.
    pub closed: bool,
}

/// The same, understood.
struct Ready {
    name: String,
    purpose: String,
    starts_at: Timestamp,
    weeks: i64,
    weekday: Weekday,
    places: i64,
    prompt: String,
}

fn number(text: &str, least: i64, most: i64, what: &str) -> Result<i64> {
    let number = text.trim().parse().unwrap_or(least - 1);
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(Error::invalid(format!("{what}: write a number from {least} to {most}.")))
}

impl CohortTexts {
    fn ready(&self, now: Timestamp) -> Result<Ready> {
        let (name, purpose) = (clean_line(&self.name), clean_line(&self.purpose));
        for (text, most, what) in
            [(&name, NAME_CHARS_MAX, "The name"), (&purpose, PURPOSE_CHARS_MAX, "What it is for")]
        {
            if text.is_empty() || text.chars().count() > most {
                return Err(Error::invalid(format!("{what}: write 1 to {most} characters.")));
            }
        }
        let starts_at = read_day(&self.starts)
            .ok_or_else(|| Error::invalid("The first day is written as year-month-day: 2026-12-01."))?;
        if starts_at <= now || starts_at > now.plus(AHEAD_DAYS_MAX * DAY_S) {
            return Err(Error::invalid(
                "The first day is tomorrow at the earliest, so that people can join, and within a year.",
            ));
        }
        let weekday = Weekday::read(&self.weekday)
            .ok_or_else(|| Error::invalid("The day of the checkpoints is a day of the week: monday."))?;
        Ok(Ready {
            name,
            purpose,
            starts_at,
            weeks: number(&self.weeks, 1, WEEKS_MAX, "How many weeks")?,
            weekday,
            places: number(&self.places, PLACES_MIN, PLACES_MAX, "How many places")?,
            prompt: prompt(&self.prompt)?,
        })
    }
}

/// Makes a cohort and its board. Whoever makes it is in it; somebody else who is to look after it is invited.
#[derive(Clone, Debug)]
pub struct MakeCohort {
    /// What it is to be.
    pub texts: CohortTexts,
}

impl Request for MakeCohort {
    type Reply = CohortId;
    type Access = Writes;
    const NAME: &'static str = "make cohort";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<CohortId> {
        let grant = cx.allow(&policy::MakeCohort)?;
        let now = cx.now;
        let ready = self.texts.ready(now)?;
        let host = host(cx, &self.texts.host).await?;
        let board = make_board(cx, &grant, &ready, host, self.texts.closed).await?;
        let Ready { name, purpose, starts_at, weeks, weekday, places, prompt } = ready;
        let new = NewCohort {
            name: &name,
            purpose: &purpose,
            host,
            board,
            places,
            weekday,
            starts_at,
            ends_at: ends_at(starts_at, weeks),
            // No secret: it only has to differ from one cohort to the next.
            seed: now.0 ^ (board.0 << 32),
        };
        let days = checkpoints(starts_at, weeks, weekday);
        let id = cohorts::insert(cx.conn(), &grant, now, &new, &days, &prompt).await?;
        if cx.actor.id() == Some(host) {
            let join = cx.allow(&policy::JoinCohort)?;
            cohorts::join(cx.conn(), &join, now, id).await?;
        } else {
            let tend = cx.allow(&policy::TendCohort { host })?;
            cohorts::invite(cx.conn(), &tend, now, id, host).await?;
            tell(cx, &tend, host, NotificationKind::CohortInvited, id).await?;
        }
        record(cx, "cohort.make", id, &format!("{name}, {weeks} weeks, {places} places")).await?;
        cx.publish(DomainEvent::BoardsChanged);
        cx.publish(DomainEvent::MemberChanged { member: host });
        Ok(id)
    }
}

/// Whoever is to look after it.
async fn host(cx: &mut Cx<'_, Writes>, handle: &str) -> Result<MemberId> {
    let handle = handle.trim().trim_start_matches('@').to_lowercase();
    if handle.is_empty() {
        return cx.me();
    }
    let account = members::by_fold(cx.conn(), &handle).await?;
    match account {
        Some(account) if account.standing == Standing::Active => Ok(account.id),
        _ => Err(Error::invalid(format!("There is no member called {handle} who could look after it."))),
    }
}

/// The board of a cohort, at the end of the order.
async fn make_board(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<policy::MakeCohort>,
    ready: &Ready,
    host: MemberId,
    closed: bool,
) -> Result<BoardId> {
    let (now, slug) = (cx.now, free_slug(cx, &ready.name).await?);
    let new = NewBoard {
        slug: &slug,
        name: &ready.name,
        purpose: &ready.purpose,
        category: CATEGORY,
        position: boards::last_position(cx.conn()).await? + 1,
        kind: BoardKind::Talk,
        see: Audience::Members,
        write: Audience::Members,
        host: Some(host),
    };
    let board = boards::insert(cx.conn(), grant, now, &new).await?;
    // Where more open cohorts run at once than have a number, all members write in the last ones.
    let numbers = if closed { (1, CLOSED_MAX) } else { (OPEN_CIRCLES_FROM, CIRCLES_MAX) };
    if !boards::give_circle(cx.conn(), grant, board, numbers).await? && closed {
        return Err(Error::invalid(format!(
            "{CLOSED_MAX} boards are for their own people only, which is the most. Make this one open to all members."
        )));
    }
    Ok(board)
}

/// A name in commands that no board has: from the letters of the cohort's name.
async fn free_slug(cx: &mut Cx<'_, Writes>, name: &str) -> Result<String> {
    let base = slug(name);
    for number in 1.. {
        let slug = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        if boards::by_slug(cx.conn(), &slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Ok(base)
}

/// Small letters, digits and single hyphens, beginning with a letter.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(SLUG_CHARS);
    let slug = slug.trim_matches('-');
    let fits = slug.len() >= 2 && slug.starts_with(|letter: char| letter.is_ascii_lowercase());
    if fits { slug.to_owned() } else { format!("cohort-{slug}").trim_end_matches('-').to_owned() }
}

/// Calls a cohort off before it begins. Its board is archived; who was in it or invited is told.
#[derive(Clone, Copy, Debug)]
pub struct CallOffCohort {
    /// Which.
    pub cohort: CohortId,
}

impl Request for CallOffCohort {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "call off cohort";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let cohort = find(cx, self.cohort).await?;
        let grant = cx.allow(&policy::TendCohort { host: cohort.host_id })?;
        if cohort.started_at.is_some() || cohort.called_off_at.is_some() {
            return Err(Error::conflict("It has begun, or is called off: it goes on as it is."));
        }
        super::over::call_off(cx, &grant, &cohort).await
    }
}
