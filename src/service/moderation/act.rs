//! One act: the policy's yes, the change, the row that its undo needs, the row of the public log, the news.

use super::change::{change, finish};
use super::target::{Target, rules};
use crate::domain::ids::{ActId, BoardId, CaseId, MemberId, ThreadId};
use crate::domain::member::Level;
use crate::domain::moderation::{ActKind, Deed, NO_RULE, Past, Reason, SuspendFor, ThingKind, skips};
use crate::domain::policy::{self, Grant, ModerateContent, MoveThread, Sanction, TidyBoard};
use crate::service::conversations::tell_changed;
use crate::service::{Access, Cx, DomainEvent, Error, Result, Writes};
use crate::store::acts::{self, ActRow, NewAct};
use crate::store::audit::NewAudit;
use crate::store::before::Before;
use crate::store::boards::{self, BoardRow};
use crate::store::{matters, moderated};

/// In the detail of an audit row: the member concerned is not named in the mod log.
pub(in crate::service) const UNNAMED: &str = "unnamed";
/// In the detail of an audit row: a second pair of eyes should have looked, and nobody else was there.
pub(in crate::service) const ALONE: &str = "alone";
/// In the detail of an audit row, before a number: so many regulars decided it as a jury.
pub(in crate::service) const JURY: &str = "jury=";

/// Acts that the ladder looks back at: more than anybody collects.
const LADDER_LOOKS_AT: i64 = 200;

/// The rule and the reason of an act, checked.
pub(in crate::service) struct Why {
    /// The rule's number, `NO_RULE` for none.
    pub rule_no: i64,
    /// The reason, in the actor's words.
    pub reason: Reason,
}

impl Why {
    /// Checks a rule and a reason against what these acts need.
    pub async fn check(
        cx: &mut Cx<'_, Writes>,
        kinds: &[ActKind],
        rule_no: i64,
        reason: &str,
    ) -> Result<Self> {
        let reason = if kinds.iter().any(|kind| kind.needs_reason()) {
            Reason::required(reason)
        } else {
            Reason::optional(reason)
        };
        let reason = reason.map_err(|error| Error::invalid(error.to_string()))?;
        let rule_no = check_rule(cx, kinds.iter().any(|kind| kind.needs_rule()), rule_no).await?;
        Ok(Self { rule_no, reason })
    }
}

/// The rule's number if the charter has it. A place without a charter yet has no rule to name.
pub(in crate::service) async fn check_rule<A: Access>(
    cx: &mut Cx<'_, A>,
    needed: bool,
    rule_no: i64,
) -> Result<i64> {
    let rules = rules(cx).await?;
    match rules.iter().any(|rule| rule.no == rule_no) {
        true => Ok(rule_no),
        false if rules.is_empty() => Ok(NO_RULE),
        false if rule_no == NO_RULE && !needed => Ok(NO_RULE),
        false => Err(Error::invalid(format!(
            "Name one of the rules of the charter, 1 to {}.",
            rules.last().map_or(1, |rule| rule.no)
        ))),
    }
}

/// By whose hand something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::service) enum Hand {
    /// The actor's.
    Own,
    /// The actor's, though somebody else should have looked at it: nobody else was there. The record says so.
    Alone,
    /// A jury's, of so many people. They are named nowhere; the act is written down for whose appeal it was.
    Jury {
        /// Whose appeal it was.
        of: MemberId,
        /// How many regulars.
        people: usize,
    },
}

impl Hand {
    /// What the logs keep of it.
    pub fn detail(self) -> Option<String> {
        match self {
            Self::Own => None,
            Self::Alone => Some(ALONE.to_owned()),
            Self::Jury { people, .. } => Some(format!("{JURY}{people}")),
        }
    }
}

/// What an act is part of.
#[derive(Clone, Copy)]
pub(in crate::service) struct Act<'a> {
    /// What it is done to.
    pub on: &'a Target,
    /// Under which rule and why.
    pub why: &'a Why,
    /// The case it decides.
    pub case: Option<CaseId>,
    /// The title of a thread that is split off; empty otherwise.
    pub title: &'a str,
    /// By whose hand.
    pub hand: Hand,
}

/// Whether the mod log leaves the member's name out: a newcomer, concerned for the first time (M5).
pub(in crate::service) async fn is_unnamed(cx: &mut Cx<'_, Writes>, member: MemberId) -> Result<bool> {
    let now = cx.now;
    let Some(found) = moderated::member(cx.conn(), member).await? else { return Ok(false) };
    Ok(found.level == Level::Newcomer && !acts::concerned_before(cx.conn(), member, now).await?)
}

/// The policy's yes to one deed.
pub(in crate::service) enum Permit {
    /// To a post or thread.
    Content(Grant<ModerateContent>),
    /// To the order of a board.
    Tidy(Grant<TidyBoard>),
    /// To another board.
    Move(Grant<MoveThread>, BoardRow),
    /// To a member; alone, where a second pair of eyes should have looked and nobody else is there.
    Sanction(Grant<Sanction>, bool),
}

/// Asks the policy about a deed. `reported_it`: the actor has an open report on the author.
pub(in crate::service) async fn permit<A: Access>(
    cx: &mut Cx<'_, A>,
    on: &Target,
    deed: Deed,
    reported_it: bool,
) -> Result<Permit> {
    let needs_eyes = deed == Deed::RemoveMember || skips_a_step(cx, on, deed).await?;
    let needs_second = needs_eyes && has_second(cx, on, deed).await?;
    Ok(match permit_as(cx, on, deed, reported_it, needs_second).await? {
        Permit::Sanction(grant, _) => Permit::Sanction(grant, needs_eyes),
        other => other,
    })
}

/// Whether a deed skips a step of the ladder.
async fn skips_a_step<A: Access>(cx: &mut Cx<'_, A>, on: &Target, deed: Deed) -> Result<bool> {
    if deed.terms().is_empty() {
        return Ok(false);
    }
    let (member, now) = (on.author.id, cx.now);
    let acts = acts::about(cx.conn(), member, LADDER_LOOKS_AT).await?;
    let history: Vec<Past> = acts.iter().map(past).collect();
    Ok(skips(&history, deed, now))
}

/// What the ladder looks at in an act.
fn past(act: &ActRow) -> Past {
    let term = SuspendFor::from_hours(act.param).filter(|_| act.action.has_term());
    Past { kind: act.action, term, at: act.at, undone: act.undone_at.is_some() }
}

/// The same for what somebody else of the staff began: it has its second pair of eyes.
pub(in crate::service) async fn permit_seconded<A: Access>(
    cx: &mut Cx<'_, A>,
    on: &Target,
    deed: Deed,
) -> Result<Permit> {
    let reported = reported_it(cx, on.author.id).await?;
    permit_as(cx, on, deed, reported, false).await
}

/// Whether somebody else is free to look: where nobody is, one acts alone. Nobody but a sysop removes somebody alone.
async fn has_second<A: Access>(cx: &mut Cx<'_, A>, on: &Target, deed: Deed) -> Result<bool> {
    let Some(me) = cx.actor.id() else { return Ok(false) };
    let must = deed == Deed::RemoveMember && !cx.actor.is_sysop();
    Ok(must || matters::free_eyes(cx.conn(), me, on.author.id).await? > 0)
}

/// Asks the policy about taking away or bringing back what is somebody's.
async fn permit_content<A: Access>(
    cx: &mut Cx<'_, A>,
    author: MemberId,
    reported_it: bool,
    takes_part: bool,
) -> Result<Permit> {
    let inviter = stands_aside(cx, author).await?;
    Ok(Permit::Content(cx.allow(&ModerateContent { author, reported_it, inviter, takes_part })?))
}

async fn permit_as<A: Access>(
    cx: &mut Cx<'_, A>,
    on: &Target,
    deed: Deed,
    reported_it: bool,
    needs_second: bool,
) -> Result<Permit> {
    Ok(match deed {
        Deed::CollapsePost
        | Deed::RemovePost
        | Deed::RestorePost
        | Deed::RedactPost(_)
        | Deed::UnredactPost => permit_content(cx, on.post()?.author_id, reported_it, false).await?,
        Deed::RemoveThread | Deed::RestoreThread => {
            permit_content(cx, on.thread()?.author_id, reported_it, false).await?
        }
        Deed::RemoveMessage | Deed::RestoreMessage => {
            let message = on.message()?;
            permit_content(cx, message.author_id, reported_it, message.takes_part).await?
        }
        Deed::RemoveLine
        | Deed::RestoreLine
        | Deed::RemoveWall
        | Deed::RestoreWall
        | Deed::RemoveTag
        | Deed::RestoreTag
        | Deed::EndInvite
        | Deed::RenewInvite => {
            let loose = on.loose(deed.kind().object().unwrap_or(on.thing.kind()))?;
            permit_content(cx, loose.author_id, reported_it, loose.takes_part).await?
        }
        Deed::LockThread
        | Deed::UnlockThread
        | Deed::PinThread
        | Deed::UnpinThread
        | Deed::SlowThread(_)
        | Deed::UnslowThread
        | Deed::SplitThread
        | Deed::MergeThread(_) => Permit::Tidy(cx.allow(&TidyBoard { board: on.board()?.facts() })?),
        Deed::MoveThread(to) => {
            let to = boards::get(cx.conn(), to).await?.ok_or(Error::NotFound("board"))?;
            let from = on.board()?.facts();
            Permit::Move(cx.allow(&MoveThread { from, to: to.facts() })?, to)
        }
        Deed::Nudge
        | Deed::Warn
        | Deed::ReadOnly(_)
        | Deed::MayWrite
        | Deed::TakeInvites
        | Deed::GiveInvites
        | Deed::TakeMessages
        | Deed::GiveMessages
        | Deed::Suspend(_)
        | Deed::Lift
        | Deed::RemoveMember
        | Deed::Readmit => {
            let (target, target_role) = (on.author.id, on.author.role);
            let inviter = stands_aside(cx, target).await?;
            let action = policy::Sanction { target, target_role, reported_it, inviter, needs_second };
            Permit::Sanction(cx.allow(&action)?, false)
        }
    })
}

/// Does one deed with everything that belongs to it.
pub(in crate::service) async fn perform(
    cx: &mut Cx<'_, Writes>,
    act: Act<'_>,
    deed: Deed,
    permit: &Permit,
) -> Result<ActId> {
    let alone = act.hand == Hand::Own && matches!(permit, Permit::Sanction(_, true));
    let act = if alone { Act { hand: Hand::Alone, ..act } } else { act };
    let (actor, jury) = match act.hand {
        Hand::Own | Hand::Alone => (cx.me()?, 0),
        Hand::Jury { of, people } => (of, i64::try_from(people).unwrap_or(1).max(1)),
    };
    let kind = deed.kind();
    let object = kind.object().unwrap_or(act.on.thing.kind());
    let (before, param) = change(cx, act, deed, permit).await?;
    let target = if kind.concerns_author() { Some(act.on.owner(object)?) } else { None };
    let new = NewAct {
        case: act.case,
        actor,
        kind,
        thing: act.on.object(object)?,
        target,
        rule_no: act.why.rule_no,
        reason: act.why.reason.as_str(),
        param,
        before,
        jury,
        at: cx.now,
    };
    let id = acts::insert(cx.conn(), &new).await?;
    finish(cx, act.on, deed, permit, id, param).await?;
    if kind.waits_for_answer() {
        acts::insert_warning(cx.conn(), id, act.on.author.id).await?;
    }
    let unnamed = match target {
        Some(member) => is_unnamed(cx, member).await?,
        None => false,
    };
    log(cx, &new, &detail(deed, act, unnamed)).await?;
    for event in news(act.on, deed, param)? {
        cx.publish(event);
    }
    if object == ThingKind::Message {
        tell_changed(cx, act.on.message()?.conversation_id).await?;
    }
    if let Some(member) = target.filter(|member| *member != actor) {
        cx.publish(DomainEvent::Notified { member });
    }
    Ok(id)
}

/// Writes down that a report was looked at and nothing had to be done. Only staff see that.
pub(in crate::service) async fn dismiss(
    cx: &mut Cx<'_, Writes>,
    act: Act<'_>,
    case: CaseId,
) -> Result<ActId> {
    let new = NewAct {
        case: Some(case),
        actor: cx.me()?,
        kind: ActKind::Dismiss,
        thing: act.on.thing,
        target: None,
        rule_no: act.why.rule_no,
        reason: act.why.reason.as_str(),
        param: None,
        before: Before::Nothing,
        jury: 0,
        at: cx.now,
    };
    let id = acts::insert(cx.conn(), &new).await?;
    cx.audit(NewAudit {
        action: ActKind::Dismiss.as_str(),
        thing: "case",
        thing_id: case.0,
        target: None,
        rule_no: (act.why.rule_no != NO_RULE).then_some(act.why.rule_no),
        reason: act.why.reason.as_str(),
        detail: "",
        public: false,
    })
    .await?;
    Ok(id)
}

async fn log(cx: &mut Cx<'_, Writes>, new: &NewAct<'_>, detail: &str) -> Result<()> {
    cx.audit(NewAudit {
        action: new.kind.as_str(),
        thing: new.thing.kind().as_str(),
        thing_id: new.thing.id(),
        target: new.target,
        rule_no: (new.rule_no != NO_RULE).then_some(new.rule_no),
        reason: new.reason,
        detail,
        public: new.kind.is_public(),
    })
    .await
}

/// What staff see besides, as `name=value` words.
fn detail(deed: Deed, act: Act<'_>, unnamed: bool) -> String {
    let on = act.on;
    let mut words = Vec::new();
    match deed {
        Deed::Suspend(term) | Deed::ReadOnly(term) => {
            words.push(term.hours().map_or("hours=open".to_owned(), |hours| format!("hours={hours}")));
        }
        Deed::SlowThread(pace) => words.push(format!("seconds={}", pace.seconds())),
        Deed::MoveThread(to) => {
            words.push(format!("from={}", on.board_id().map_or(0, |board| board.0)));
            words.push(format!("to={to}"));
        }
        _ => {}
    }
    if let Some(case) = act.case {
        words.push(format!("case={case}"));
    }
    words.extend(act.hand.detail());
    if unnamed {
        words.push(UNNAMED.to_owned());
    }
    words.join(" ")
}

/// What everybody who is connected is told, ids only.
fn news(on: &Target, deed: Deed, param: Option<i64>) -> Result<Vec<DomainEvent>> {
    let changed = |board: BoardId| -> Result<DomainEvent> {
        Ok(DomainEvent::ThreadChanged { board, thread: on.thread()?.id })
    };
    Ok(match deed.kind().object() {
        Some(ThingKind::Post) => {
            let post = on.post()?;
            vec![DomainEvent::PostChanged { board: on.board()?.id, thread: post.thread_id, post: post.id }]
        }
        Some(ThingKind::Member) => vec![DomainEvent::MemberChanged { member: on.author.id }],
        Some(ThingKind::Thread) => match deed {
            // Both boards: one loses the thread from its list, the other gets it.
            Deed::MoveThread(to) => vec![changed(on.board()?.id)?, changed(to)?],
            Deed::SplitThread | Deed::MergeThread(_) => {
                let board = on.board()?.id;
                let other = param.map(|id| DomainEvent::ThreadChanged { board, thread: ThreadId(id) });
                [changed(board)?].into_iter().chain(other).collect()
            }
            _ => vec![changed(on.board()?.id)?],
        },
        Some(ThingKind::Line | ThingKind::Wall | ThingKind::Tag | ThingKind::Invite) => {
            vec![on.loose(on.thing.kind())?.news(on.thing)]
        }
        // Those who take part are told one by one.
        Some(ThingKind::Message) | None => Vec::new(),
    })
}

/// Who invited a member and so leaves judging them to somebody else on the staff; nobody where nobody else is free.
pub(in crate::service) async fn stands_aside<A: Access>(
    cx: &mut Cx<'_, A>,
    author: MemberId,
) -> Result<Option<MemberId>> {
    Ok(moderated::inviter_aside(cx.conn(), author).await?)
}

/// Whether the actor has an open report on this thing or on anything of its author's: then somebody else judges.
pub(in crate::service) async fn reported_it<A: Access>(cx: &mut Cx<'_, A>, author: MemberId) -> Result<bool> {
    match cx.actor.id() {
        Some(me) => Ok(crate::store::cases::has_open_report(cx.conn(), me, author).await?),
        None => Ok(false),
    }
}
