//! What there is: all cohorts, and one with its people, checkpoints and answers.

use super::{CohortId, Weekday, find, groups_of};
use crate::domain::ids::{BoardId, MemberId, TagId, ThreadId};
use crate::domain::policy::{self, Action, LookAround, SeeBoard};
use crate::domain::time::{DAY_S, Timestamp};
use crate::service::{Access, Cx, Reads, Request, Result};
use crate::store::cohort_checkpoints;
use crate::store::cohorts::{self, CohortRow, PersonRow};
use crate::store::{boards, roles};

/// Lists all cohorts: those that one is in or invited to, those that begin or run, those that are over.
#[derive(Clone, Copy, Debug)]
pub struct ListCohorts;

/// Where a cohort stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It begins later: members join.
    Gathering,
    /// It runs, in this week, from 1.
    Running(i64),
    /// It is over.
    Over,
    /// It was called off before it began.
    CalledOff,
}

/// What the one who asks has to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mine {
    /// In it.
    In,
    /// Invited.
    Invited,
    /// Neither.
    Out,
}

/// A cohort in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortSummary {
    /// Its id.
    pub id: CohortId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Where it stands.
    pub phase: Phase,
    /// Its first day.
    pub starts_at: Timestamp,
    /// When it is over: the first day after it.
    pub ends_at: Timestamp,
    /// How many weeks it has.
    pub weeks: i64,
    /// The day of its checkpoints.
    pub weekday: Weekday,
    /// How many are in it.
    pub people: i64,
    /// How many can be.
    pub places: i64,
    /// Who looks after it.
    pub host: String,
    /// What one has to do with it.
    pub mine: Mine,
}

impl CohortSummary {
    fn new(row: &CohortRow, mine: Mine, now: Timestamp) -> Self {
        let weeks = row.ends_at.seconds_since(row.starts_at) / (7 * DAY_S);
        let week = (now.seconds_since(row.starts_at).div_euclid(7 * DAY_S) + 1).clamp(1, weeks.max(1));
        let phase = match row {
            CohortRow { called_off_at: Some(_), .. } => Phase::CalledOff,
            CohortRow { ended_at: Some(_), .. } => Phase::Over,
            CohortRow { started_at: Some(_), .. } => Phase::Running(week),
            _ => Phase::Gathering,
        };
        Self {
            id: row.id,
            name: row.name.clone(),
            purpose: row.purpose.clone(),
            phase,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            weeks,
            weekday: row.weekday,
            people: row.people,
            places: row.places,
            host: row.host.clone(),
            mine,
        }
    }

    /// Whether the one who asked could join it now.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.phase == Phase::Gathering
            && now < self.starts_at
            && self.mine != Mine::In
            && self.people < self.places
    }
}

/// What a member has to do with each cohort.
pub(super) async fn mine_of<A: Access>(cx: &mut Cx<'_, A>) -> Result<Vec<(CohortId, bool)>> {
    Ok(match cx.actor.id() {
        Some(me) => cohorts::of_member(cx.conn(), me).await?,
        None => Vec::new(),
    })
}

pub(super) fn mine(list: &[(CohortId, bool)], cohort: CohortId) -> Mine {
    match list.iter().find(|(id, _)| *id == cohort) {
        Some((_, true)) => Mine::In,
        Some((_, false)) => Mine::Invited,
        None => Mine::Out,
    }
}

impl Request for ListCohorts {
    type Reply = Vec<CohortSummary>;
    type Access = Reads;
    const NAME: &'static str = "list cohorts";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<CohortSummary>> {
        cx.allow(&LookAround)?;
        let (of_me, now) = (mine_of(cx).await?, cx.now);
        let rows = cohorts::list(cx.conn()).await?;
        let mut list: Vec<CohortSummary> =
            rows.iter().map(|row| CohortSummary::new(row, mine(&of_me, row.id), now)).collect();
        let over = |line: &CohortSummary| matches!(line.phase, Phase::Over | Phase::CalledOff);
        list.sort_by_key(|line| (over(line), line.mine == Mine::Out));
        Ok(list)
    }
}

/// Reads one cohort.
#[derive(Clone, Copy, Debug)]
pub struct ReadCohort {
    /// Which.
    pub cohort: CohortId,
}

/// A cohort with everything that the one who asks may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortPage {
    /// In short.
    pub summary: CohortSummary,
    /// Who looks after it.
    pub host: MemberId,
    /// Its board, where one sees that.
    pub board: Option<(BoardId, String)>,
    /// Its board is for its own people.
    pub closed: bool,
    /// Its own people alone write in it, and the staff.
    pub own: bool,
    /// The tag of those who were in it, once it is over.
    pub tag: Option<(TagId, String)>,
    /// One's buddies, by handle.
    pub buddies: Vec<(MemberId, String)>,
    /// Who is in it, by handle.
    pub people: Vec<(MemberId, String)>,
    /// Who is invited and has not answered: for whoever looks after it.
    pub invited: Vec<String>,
    /// Its checkpoints, in order.
    pub checkpoints: Vec<CheckpointView>,
    /// The caller is told who answered what.
    pub sees_answers: bool,
    /// The caller may invite, write what checkpoints ask, call it off.
    pub may_tend: bool,
}

/// A checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointView {
    /// Which week, from 1.
    pub week: i64,
    /// When it opens.
    pub opens_at: Timestamp,
    /// What it asks; empty for the standard text. For whoever looks after the cohort; else empty.
    pub prompt: String,
    /// Its thread, once it is open, where one sees that.
    pub thread: Option<ThreadId>,
    /// Whether it is open.
    pub open: bool,
    /// The handles of those who answered; empty for those who are not in the cohort.
    pub answered: Vec<String>,
    /// The caller is among them.
    pub mine: bool,
}

impl Request for ReadCohort {
    type Reply = CohortPage;
    type Access = Reads;
    const NAME: &'static str = "read cohort";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<CohortPage> {
        cx.allow(&LookAround)?;
        let row = find(cx, self.cohort).await?;
        let (of_me, now) = (mine_of(cx).await?, cx.now);
        let summary = CohortSummary::new(&row, mine(&of_me, row.id), now);
        let may_tend = policy::TendCohort { host: row.host_id }.decide(&cx.actor).is_ok();
        let sees_answers = summary.mine == Mine::In || cx.actor.id() == Some(row.host_id);
        let board = boards::get(cx.conn(), row.board_id).await?;
        let facts = board.as_ref().map(|board| board.facts());
        let closed = facts.is_some_and(|board| board.is_closed());
        let own = facts.is_some_and(|board| board.circle > 0);
        let board = board.filter(|board| SeeBoard { board: board.facts() }.decide(&cx.actor).is_ok());
        let people = cohorts::people(cx.conn(), row.id).await?;
        let checkpoints = checkpoints(cx, &row, &people, (sees_answers, may_tend, board.is_some())).await?;
        let tag = match row.tag_id {
            Some(tag) => roles::name_of(cx.conn(), roles_tag(tag)).await?.map(|(name, _)| (tag, name)),
            None => None,
        };
        let groups = groups_of(&people);
        let me = cx.actor.id();
        let group =
            groups.into_iter().find(|group| me.is_some_and(|me| group.contains(&me))).unwrap_or_default();
        let named = |of: &dyn Fn(&PersonRow) -> bool| -> Vec<(MemberId, String)> {
            people
                .iter()
                .filter(|person| of(person))
                .map(|person| (person.member_id, person.handle.clone()))
                .collect()
        };
        let invited = if may_tend { named(&|person| !person.joined) } else { Vec::new() };
        Ok(CohortPage {
            host: row.host_id,
            board: board.map(|board| (board.id, board.name)),
            closed,
            own,
            tag,
            buddies: named(&|person| group.contains(&person.member_id) && Some(person.member_id) != me),
            people: named(&|person| person.joined),
            invited: invited.into_iter().map(|(_, handle)| handle).collect(),
            checkpoints,
            sees_answers,
            may_tend,
            summary,
        })
    }
}

fn roles_tag(tag: TagId) -> crate::domain::duty::Duty {
    crate::domain::duty::Duty::Champion(tag)
}

async fn checkpoints(
    cx: &mut Cx<'_, Reads>,
    row: &CohortRow,
    people: &[PersonRow],
    (sees_answers, may_tend, sees_board): (bool, bool, bool),
) -> Result<Vec<CheckpointView>> {
    let me = cx.actor.id();
    let answers =
        if sees_answers { cohort_checkpoints::answers(cx.conn(), row.id).await? } else { Vec::new() };
    let list = cohort_checkpoints::list(cx.conn(), row.id).await?;
    let view = |checkpoint: cohort_checkpoints::CheckpointRow| {
        let by = |person: &&PersonRow| answers.contains(&(checkpoint.week, person.member_id));
        CheckpointView {
            week: checkpoint.week,
            opens_at: checkpoint.opens_at,
            prompt: if may_tend { checkpoint.prompt } else { String::new() },
            thread: checkpoint.thread_id.filter(|_| sees_board),
            open: checkpoint.thread_id.is_some(),
            answered: people.iter().filter(by).map(|person| person.handle.clone()).collect(),
            mine: me.is_some_and(|me| answers.contains(&(checkpoint.week, me))),
        }
    };
    Ok(list.into_iter().map(view).collect())
}
