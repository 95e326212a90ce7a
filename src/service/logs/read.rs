//! Reading the logs, page by page, the newest first.

use crate::domain::ids::{AuditId, MemberId, PostNo, ThreadId};
use crate::domain::moderation::{ActKind, Thing, ThingKind, jury_words};
use crate::domain::policy::{Clearance, LookAround, SeeAuditLog};
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::moderation::{ALONE, JURY, UNNAMED, label, rules};
use crate::service::{Access, Cx, Reads, Request, Result};
use crate::store::audit::{self, EntryRow, Which};

/// Entries of one page.
const PAGE: i64 = 50;

/// The word in the log for an act that was undone; its detail says which, as `of=…`.
const UNDO: &str = "undo";

/// Asks for a page of the mod log: rule, reason and actor of every act. Open to all members (M5).
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadModLog {
    /// Entries before this one; none for the newest.
    pub before: Option<AuditId>,
    /// Only what concerned the caller.
    pub about_me: bool,
}

/// Asks for a page of the audit log: everything that staff and the machine did. Rows about a case that the actor is
/// part of are left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadAuditLog {
    /// Entries before this one; none for the newest.
    pub before: Option<AuditId>,
}

/// A page of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// The entries, the newest first.
    pub entries: Vec<LogEntry>,
    /// What to ask for the next page with; none when this is the last one.
    pub next: Option<AuditId>,
}

/// One line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who did it; none for the host or the program itself.
    pub actor: Option<String>,
    /// What was done, if it was an act of moderation.
    pub kind: Option<ActKind>,
    /// It undid such an act.
    pub is_undo: bool,
    /// The word in the log: `post.remove`.
    pub action: String,
    /// What it was done to: `post #3 in "Trains"`, as far as the reader may know.
    pub what: String,
    /// The board's name, if the reader may see it.
    pub board: String,
    /// Where it can be read, if it can.
    pub place: Option<LogPlace>,
    /// The line, tag or invite that it was done to, for staff: what can be done about it now.
    pub loose: Option<Thing>,
    /// The member concerned; none when nobody is, or when the log leaves the name out.
    pub target: Option<String>,
    /// The rule.
    pub rule: Option<Rule>,
    /// Why.
    pub reason: String,
    /// A second pair of eyes should have looked at it, and nobody else was there.
    pub alone: bool,
    /// What else staff see; empty for members.
    pub detail: String,
}

/// A place that a log entry leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogPlace {
    /// The thread.
    pub thread: ThreadId,
    /// The post in it.
    pub post: Option<PostNo>,
}

impl Request for ReadModLog {
    type Reply = LogPage;
    type Access = Reads;
    const NAME: &'static str = "read mod log";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<LogPage> {
        cx.allow(&LookAround)?;
        let which = match (self.about_me, cx.actor.id()) {
            (true, Some(me)) => Which::PublicAbout(me),
            _ => Which::Public,
        };
        page(cx, which, self.before, false).await
    }
}

impl Request for ReadAuditLog {
    type Reply = LogPage;
    type Access = Reads;
    const NAME: &'static str = "read audit log";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<LogPage> {
        cx.allow(&SeeAuditLog)?;
        let reader = cx.actor.id();
        page(cx, Which::All { reader }, self.before, true).await
    }
}

async fn page<A: Access>(
    cx: &mut Cx<'_, A>,
    which: Which,
    before: Option<AuditId>,
    staff: bool,
) -> Result<LogPage> {
    // One more than is shown tells whether there is another page.
    let mut rows = audit::entries(cx.conn(), which, before, PAGE + 1).await?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| row.audit.id);
    let rules = rules(cx).await?;
    let clearance = cx.actor.clearance();
    let me = cx.actor.id();
    let entries = rows.into_iter().map(|row| entry(row, &rules, clearance, me, staff)).collect();
    Ok(LogPage { entries, next })
}

fn entry(row: EntryRow, rules: &[Rule], clearance: Clearance, me: Option<MemberId>, staff: bool) -> LogEntry {
    let EntryRow { audit, actor, target, title, post_no, thread_id, board, see, circle, removed } = row;
    let is_undo = audit.action == UNDO;
    let of = audit.detail.split(' ').find_map(|word| word.strip_prefix("of="));
    let kind = if is_undo { of.and_then(|of| of.parse().ok()) } else { audit.action.parse().ok() };
    let concerns_me = me.is_some() && audit.target_id == me;
    let unnamed = !staff && !concerns_me && audit.detail.split(' ').any(|word| word == UNNAMED);
    let shown = see.zip(circle).is_some_and(|(see, circle)| clearance.sees(see, circle))
        && (staff || removed != Some(true));
    let thing: Option<ThingKind> = audit.thing.parse().ok();
    let named = shown && !unnamed;
    let loose = thing.filter(|kind| kind.is_loose()).map(|kind| Thing::new(kind, audit.thing_id));
    let what = match thing {
        Some(ThingKind::Member) if unnamed => "a newcomer".to_owned(),
        Some(ThingKind::Member) => label(ThingKind::Member, None, None, target.as_deref().unwrap_or("?")),
        Some(kind) if named => label(kind, post_no.map(|no| no.0), title.as_deref(), ""),
        Some(kind) => kind.one().to_owned(),
        None => format!("{} {}", audit.thing, audit.thing_id),
    };
    let place = thread_id.filter(|_| named).map(|thread| LogPlace { thread, post: post_no });
    let words = || audit.detail.split(' ');
    let jury = words().find_map(|word| word.strip_prefix(JURY)?.parse::<usize>().ok());
    let alone = words().any(|word| word == ALONE);
    LogEntry {
        id: audit.id,
        at: audit.at,
        actor: jury.map(|people| jury_words(people).to_owned()).or(actor),
        alone,
        kind,
        is_undo,
        what,
        board: board.filter(|_| shown).unwrap_or_default(),
        place,
        loose: loose.filter(|_| staff),
        target: target.filter(|_| !unnamed),
        rule: audit.rule_no.map(|no| {
            // A rule of an older charter keeps its number only.
            let known = rules.iter().find(|rule| rule.no == no).cloned();
            known.unwrap_or(Rule { no, title: String::new(), body: String::new() })
        }),
        reason: audit.reason,
        detail: if staff { audit.detail } else { String::new() },
        action: audit.action,
    }
}
