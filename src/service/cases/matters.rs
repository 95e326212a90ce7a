//! What waits for somebody else than whoever began it: appeals, and removals that need a second pair of eyes (M4).

use super::claim::Claim;
use super::open::{PastAct, history_of};
use super::queue::{QueueItem, QueueKind};
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::{ActId, MatterId, MemberId};
use crate::domain::moderation::{ActKind, Deed, MatterKind, NO_RULE, Priority, Reason, Thing, inverse};
use crate::domain::policy::{self, AskForEyes, Grant, HandleMatter, KeepDrafts, SeeOwnSanction, SeeQueue};
use crate::domain::text::clean_body;
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::moderation::{Act, Target, Why, idle, notice_of, perform, permit_seconded, rules};
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::audit::NewAudit;
use crate::store::matters::{self, MatterRow, NewRemoval};
use crate::store::{acts, drafts};

/// How long after an act one may appeal (PRODUCT.md section 5: within 20 days).
pub const APPEAL_WITHIN_S: i64 = 20 * DAY_S;
/// Longest appeal, in characters (PRODUCT.md section 5).
pub const APPEAL_CHARS_MAX: usize = 2_000;
/// Most matters that are listed.
const ITEMS_MAX: i64 = 500;

/// Appeals against what the staff did to one: once for each act, within 20 days, in every standing.
#[derive(Clone, Debug)]
pub struct AppealAct {
    /// The act.
    pub act: ActId,
    /// What one has to say, at most 2,000 characters.
    pub words: String,
}

impl Request for AppealAct {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "appeal";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&SeeOwnSanction)?;
        let (me, now) = (cx.me()?, cx.now);
        let act = acts::get(cx.conn(), self.act).await?.filter(|act| act.target_id == Some(me));
        let act = act.ok_or(Error::NotFound("act"))?;
        if act.undone_at.is_some() || !act.action.needs_rule() {
            return Err(Error::conflict("There is nothing in it to appeal against."));
        }
        if now.seconds_since(act.at) > APPEAL_WITHIN_S {
            return Err(Error::conflict(
                "An appeal is open for 20 days. Write to a moderator if something has changed since.",
            ));
        }
        let words = clean_body(&self.words);
        match words.chars().count() {
            0 => return Err(Error::invalid("Say what was not right about it, in your own words.")),
            1..=APPEAL_CHARS_MAX => {}
            long => {
                let words = format!("That is {long} characters long; {APPEAL_CHARS_MAX} is the most.");
                return Err(Error::invalid(words));
            }
        }
        if !matters::insert_appeal(cx.conn(), &grant, me, act.id, &words, now).await? {
            return Err(Error::conflict("You have appealed against this already; the answer comes to you."));
        }
        let keep = cx.allow(&KeepDrafts)?;
        drafts::remove(cx.conn(), &keep, me, &DraftTarget::of(Form::Appeal(act.id))).await?;
        cx.publish(DomainEvent::MattersChanged);
        Ok(())
    }
}

/// Asks for a second pair of eyes on the removal of a member: somebody else of the staff carries it out or does not.
#[derive(Clone, Debug)]
pub struct AskForRemoval {
    /// Who would be removed, or something of theirs.
    pub thing: Thing,
    /// Under which rule.
    pub rule_no: i64,
    /// Why.
    pub reason: String,
}

impl Request for AskForRemoval {
    type Reply = MatterId;
    type Access = Writes;
    const NAME: &'static str = "ask for removal";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MatterId> {
        let on = Target::load(cx, self.thing).await?;
        // As if it were seconded: everything else must be in order before anybody is asked.
        permit_seconded(cx, &on, Deed::RemoveMember).await?;
        if let Some(why) = idle(&on, Deed::RemoveMember, cx.now) {
            return Err(Error::conflict(why));
        }
        let grant = cx.allow(&AskForEyes)?;
        let why = Why::check(cx, &[ActKind::RemoveMember], self.rule_no, &self.reason).await?;
        let (by, at) = (cx.me()?, cx.now);
        let new =
            NewRemoval { member: on.author.id, by, rule_no: why.rule_no, reason: why.reason.as_str(), at };
        let Some(matter) = matters::insert_removal(cx.conn(), &grant, new).await? else {
            return Err(Error::conflict("That waits for a second pair of eyes already."));
        };
        cx.publish(DomainEvent::MattersChanged);
        Ok(matter)
    }
}

/// Asks for a matter.
#[derive(Clone, Copy, Debug)]
pub struct OpenMatter {
    /// Which.
    pub matter: MatterId,
}

/// A matter, ready to be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterFile {
    /// Which.
    pub matter: MatterId,
    /// What it is.
    pub kind: MatterKind,
    /// Whom it concerns.
    pub member: String,
    /// Their account.
    pub member_id: MemberId,
    /// Who began it.
    pub asker: String,
    /// When.
    pub asked_at: Timestamp,
    /// The appeal, or the reason of the removal.
    pub words: String,
    /// What was done, as the member read it; empty for a removal.
    pub notice: Vec<String>,
    /// The rule of the removal.
    pub rule: Option<Rule>,
    /// What staff did before that concerned the member, the newest first.
    pub history: Vec<PastAct>,
    /// By whom it was decided, when, whether it was granted, and why.
    pub decided: Option<(String, Timestamp, bool, String)>,
}

impl Request for OpenMatter {
    type Reply = MatterFile;
    type Access = Reads;
    const NAME: &'static str = "open matter";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<MatterFile> {
        let (row, _) = load(cx, self.matter).await?;
        let notice = match row.act_id {
            Some(act) => {
                let act = acts::get(cx.conn(), act).await?.ok_or(Error::NotFound("act"))?;
                notice_of(cx, &act).await?
            }
            None => Vec::new(),
        };
        // The notice of an act says its rule.
        let rules = if notice.is_empty() { rules(cx).await? } else { Vec::new() };
        let history = history_of(cx, row.member_id).await?;
        let decided = row.decider.zip(row.decided_at);
        Ok(MatterFile {
            matter: row.id,
            kind: row.kind,
            member: row.member,
            member_id: row.member_id,
            asker: row.asker,
            asked_at: row.asked_at,
            words: row.words,
            notice,
            rule: rules.into_iter().find(|rule| rule.no == row.rule_no),
            history,
            decided: decided.map(|(by, at)| (by, at, row.granted.unwrap_or(false), row.answer)),
        })
    }
}

/// Decides a matter: the appeal is granted and the act taken back, the removal carried out; or not.
#[derive(Clone, Debug)]
pub struct DecideMatter {
    /// Which.
    pub matter: MatterId,
    /// Whether what was asked for is done.
    pub grant: bool,
    /// Why. The member reads it, after an appeal.
    pub reason: String,
}

/// It is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatterDecided {
    /// The removal, or what took the act back: it can be undone.
    pub act: Option<ActId>,
}

impl Request for DecideMatter {
    type Reply = MatterDecided;
    type Access = Writes;
    const NAME: &'static str = "decide matter";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MatterDecided> {
        let (row, grant) = load(cx, self.matter).await?;
        let (me, now) = (cx.me()?, cx.now);
        if let Some(by) = &row.decider {
            return Err(Error::conflict(format!("{by} has decided this already. {}", row.answer)));
        }
        let reason = Reason::required(&self.reason).map_err(|error| Error::invalid(error.to_string()))?;
        if !matters::decide(cx.conn(), &grant, row.id, me, self.grant, reason.as_str(), now).await? {
            return Err(Error::conflict("Somebody else has decided this just now."));
        }
        let act = match row.kind {
            MatterKind::Removal if self.grant => Some(remove(cx, &row).await?),
            MatterKind::Removal => None,
            MatterKind::Appeal => {
                let act = if self.grant { take_back(cx, &grant, &row, &reason).await? } else { None };
                log(cx, &row, self.grant, reason.as_str()).await?;
                cx.publish(DomainEvent::Notified { member: row.member_id });
                act
            }
        };
        cx.publish(DomainEvent::MattersChanged);
        cx.publish(DomainEvent::MemberChanged { member: row.member_id });
        Ok(MatterDecided { act })
    }
}

/// Carries a removal out, in the words of whoever asked for it.
async fn remove(cx: &mut Cx<'_, Writes>, row: &MatterRow) -> Result<ActId> {
    let on = Target::load(cx, Thing::Member(row.member_id)).await?;
    let permit = permit_seconded(cx, &on, Deed::RemoveMember).await?;
    let why = Why::check(cx, &[ActKind::RemoveMember], row.rule_no, &row.words).await?;
    let act = Act { on: &on, why: &why, case: None, title: "" };
    perform(cx, act, Deed::RemoveMember, &permit).await
}

/// Takes back what was appealed against: by its inverse, where that still changes something.
async fn take_back(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<HandleMatter>,
    row: &MatterRow,
    reason: &Reason,
) -> Result<Option<ActId>> {
    let appealed = row.act_id.ok_or(Error::NotFound("act"))?;
    let act = acts::get(cx.conn(), appealed).await?.ok_or(Error::NotFound("act"))?;
    let now = cx.now;
    let mut done = None;
    if let Some(deed) = inverse(act.action) {
        let on = Target::load(cx, act.thing()).await?;
        if idle(&on, deed, now).is_none() {
            let permit = permit_seconded(cx, &on, deed).await?;
            let why = Why { rule_no: NO_RULE, reason: reason.clone() };
            let back = Act { on: &on, why: &why, case: None, title: "" };
            done = Some(perform(cx, back, deed, &permit).await?);
        }
    }
    matters::overturn(cx.conn(), grant, appealed, now).await?;
    Ok(done)
}

/// The outcome of an appeal stands in the mod log (M5).
async fn log(cx: &mut Cx<'_, Writes>, row: &MatterRow, granted: bool, reason: &str) -> Result<()> {
    let appealed = match row.act_id {
        Some(act) => acts::get(cx.conn(), act).await?.map(|act| act.action),
        None => None,
    };
    cx.audit(NewAudit {
        action: if granted { "appeal.granted" } else { "appeal.refused" },
        thing: "member",
        thing_id: row.member_id.0,
        target: Some(row.member_id),
        rule_no: (row.rule_no != NO_RULE).then_some(row.rule_no),
        reason,
        detail: &appealed.map(|kind| format!("of={kind}")).unwrap_or_default(),
        public: true,
    })
    .await
}

/// A matter that the actor may decide. For one they are part of the words are those of one that is not there.
async fn load<A: Access>(cx: &mut Cx<'_, A>, matter: MatterId) -> Result<(MatterRow, Grant<HandleMatter>)> {
    cx.allow(&SeeQueue)?;
    let me = cx.actor.id();
    let missing = || Error::NotFound("matter");
    let row = matters::get(cx.conn(), matter, me).await?.ok_or_else(missing)?;
    let grant = cx.allow(&HandleMatter { part_of_it: row.part_of_it }).map_err(|_| missing())?;
    Ok((row, grant))
}

/// What waits, for the queue; what the actor is part of is left out.
pub(super) async fn waiting(cx: &mut Cx<'_, Reads>) -> Result<Vec<QueueItem>> {
    let (me, now) = (cx.actor.id(), cx.now);
    let rows = matters::waiting(cx.conn(), me, ITEMS_MAX).await?;
    let mine =
        |row: &MatterRow| policy::allow(&cx.actor, &HandleMatter { part_of_it: row.part_of_it }).is_ok();
    Ok(rows.into_iter().filter(mine).map(|row| item(row, now)).collect())
}

fn item(row: MatterRow, now: Timestamp) -> QueueItem {
    QueueItem {
        kind: QueueKind::Matter { matter: row.id, kind: row.kind },
        label: row.kind.label().to_owned(),
        board: String::new(),
        who: row.member,
        reporters: 0,
        rule_no: row.rule_no,
        since: row.asked_at,
        priority: Priority::of_case(1, now.seconds_since(row.asked_at)),
        vouches: 0,
        claim: None::<Claim>,
        asked: false,
    }
}

/// How an appeal against an act stands, for the member concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appeal {
    /// One may appeal, until then.
    Open(Timestamp),
    /// Somebody else than who decided looks at it.
    Waiting,
    /// Whether it was granted, and why.
    Decided(bool, String),
    /// There is nothing to appeal against, or it is too late.
    Closed,
}

/// How an appeal against an act stands.
pub(in crate::service) async fn appeal_state<A: Access>(
    cx: &mut Cx<'_, A>,
    act: &acts::ActRow,
) -> Result<Appeal> {
    if let Some(row) = matters::appeal_of(cx.conn(), act.id).await? {
        return Ok(match row.granted {
            Some(granted) => Appeal::Decided(granted, row.answer),
            None => Appeal::Waiting,
        });
    }
    let until = act.at.plus(APPEAL_WITHIN_S);
    let open = act.undone_at.is_none() && act.action.needs_rule() && cx.now <= until;
    Ok(if open { Appeal::Open(until) } else { Appeal::Closed })
}
