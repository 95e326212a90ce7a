//! The queue: everything that waits for the staff, in one list (M2).

use super::claim::{Claim, claim_standing};
use crate::domain::ids::{ApplicationId, CaseId, HeldId, MatterId, MemberId};
use crate::domain::moderation::{MatterKind, Priority, Thing};
use crate::domain::policy::{self, SeeQueue};
use crate::domain::time::Timestamp;
use crate::service::applications::{Application, ListApplications};
use crate::service::held::held_claim;
use crate::service::moderation::label;
use crate::service::waitlist::{self, WaitlistSummary};
use crate::service::watch;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::cases::{self, CaseRow};
use crate::store::held::{self, HeldRow};

/// Most cases that are listed: more are far more than a staff of volunteers can see.
const ITEMS_MAX: i64 = 500;

/// Asks for the queue: by priority, then age. What the actor is part of is not in it.
#[derive(Clone, Copy, Debug)]
pub struct ListQueue;

/// The queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// What waits, the most urgent first.
    pub items: Vec<QueueItem>,
    /// Who is approved and waits for a seat (D7).
    pub line: WaitlistSummary,
}

/// One thing that waits for the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// What it is.
    pub kind: QueueKind,
    /// What it is called: `post #3 in "Trains"`; `application` for one.
    pub label: String,
    /// The board's name; empty when it is on none.
    pub board: String,
    /// Whose thing was reported, or who applies.
    pub who: String,
    /// How many people reported it; 0 for an application.
    pub reporters: i64,
    /// The rule that most of them name; 0 for an application.
    pub rule_no: i64,
    /// Since when it waits.
    pub since: Timestamp,
    /// How urgent it is.
    pub priority: Priority,
    /// Who has claimed it.
    pub claim: Option<Claim>,
    /// How many members vouch for an applicant; 0 for a case.
    pub vouches: usize,
    /// It is the applicant's turn: a question to them is open.
    pub asked: bool,
    /// Its person is on the watch list, or has something in common with somebody who had to go (M6).
    pub watched: bool,
}

/// What kind of thing waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueKind {
    /// A case.
    Case {
        /// Which.
        case: CaseId,
        /// What was reported.
        thing: Thing,
    },
    /// A post that waits to be published.
    Held {
        /// Which.
        held: HeldId,
        /// Who wrote it.
        member: MemberId,
    },
    /// An appeal, or a removal that needs a second pair of eyes.
    Matter {
        /// Which.
        matter: MatterId,
        /// What it is.
        kind: MatterKind,
    },
    /// An application.
    Application {
        /// Which.
        application: ApplicationId,
        /// The applicant.
        member: MemberId,
    },
}

impl Request for ListQueue {
    type Reply = Queue;
    type Access = Reads;
    const NAME: &'static str = "list queue";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Queue> {
        cx.allow(&SeeQueue)?;
        let me = cx.actor.id();
        let (now, claim_s) = (cx.now, cx.settings().claim_s);
        let cases = cases::open(cx.conn(), me, ITEMS_MAX).await?;
        // Those that the actor may not handle are left out there.
        let applications = ListApplications.run(cx).await?;
        let marked = watch::marked(cx).await?;
        let mut items: Vec<QueueItem> = Vec::new();
        for case in cases {
            if policy::allow(&cx.actor, &case.facts()).is_ok() {
                let watched = marked.contains(&case.author_id);
                items.push(QueueItem { watched, ..case_item(case, now, claim_s) });
            }
        }
        for held in held::waiting(cx.conn(), me, ITEMS_MAX).await? {
            if policy::allow(&cx.actor, &held.facts()).is_ok() {
                let watched = marked.contains(&held.author_id);
                items.push(QueueItem { watched, ..held_item(held, now, claim_s) });
            }
        }
        items.extend(super::matters::waiting(cx).await?);
        items.extend(applications.into_iter().map(|application| {
            let watched = marked.contains(&application.member);
            QueueItem { watched, ..application_item(application, now, claim_s) }
        }));
        // What waits for the applicant's answer comes last; the sort is stable, so that ties stay in order.
        items.sort_by_key(|item| (item.asked, item.priority.order(item.since, now)));
        let line = waitlist::summary(cx).await?;
        Ok(Queue { items, line })
    }
}

fn case_item(case: CaseRow, now: Timestamp, claim_s: i64) -> QueueItem {
    let age_s = now.seconds_since(case.opened_at);
    let claim = claim_standing(&case, now, claim_s);
    let post_no = case.post_no.map(|no| no.0);
    QueueItem {
        kind: QueueKind::Case { case: case.id, thing: case.thing() },
        label: label(case.thing, post_no, case.title.as_deref(), &case.author),
        board: case.board.unwrap_or_default(),
        who: case.author,
        reporters: case.reporters,
        rule_no: case.rule_no,
        since: case.opened_at,
        priority: Priority::of_case(usize::try_from(case.reporters).unwrap_or(0), age_s),
        claim,
        vouches: 0,
        asked: false,
        watched: false,
    }
}

fn held_item(held: HeldRow, now: Timestamp, claim_s: i64) -> QueueItem {
    let what = if held.thread_id.is_some() { "post for" } else { "thread" };
    QueueItem {
        kind: QueueKind::Held { held: held.id, member: held.author_id },
        label: format!("{what} \"{}\" ({})", held.title, held.why.to_staff()),
        claim: held_claim(&held, now, claim_s),
        priority: Priority::of_held(now.seconds_since(held.held_at)),
        since: held.held_at,
        board: held.board,
        who: held.author,
        reporters: 0,
        rule_no: 0,
        vouches: 0,
        asked: false,
        watched: false,
    }
}

fn application_item(application: Application, now: Timestamp, claim_s: i64) -> QueueItem {
    let vouches = application.vouches.len();
    let asked = application.waits_for_applicant();
    let claim = application.claim.map(|claim| Claim {
        by: claim.by,
        handle: claim.handle,
        since: claim.at,
        until: claim.at.plus(claim_s),
    });
    QueueItem {
        kind: QueueKind::Application { application: application.id, member: application.member },
        label: "application".to_owned(),
        board: String::new(),
        who: application.handle,
        reporters: 0,
        rule_no: 0,
        since: application.submitted_at,
        priority: Priority::of_application(now.seconds_since(application.submitted_at)),
        claim,
        vouches,
        asked,
        watched: false,
    }
}
