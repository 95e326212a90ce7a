//! What waits for somebody else of the staff than whoever began it: appeals, and what needs a second pair of eyes (M4).

use super::claim::Claim;
use super::open::{PastAct, history_of};
use super::queue::{QueueItem, QueueKind};
use crate::domain::ids::{ActId, MatterId, MemberId};
use crate::domain::moderation::{Deed, MatterKind, NO_RULE, Priority, Reason, Thing, inverse, jury_words};
use crate::domain::policy::{self, Actor, AskForEyes, Grant, HandleMatter, SeeQueue};
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::moderation::{Act, Hand, Target, Why, idle, notice_of, perform, permit_seconded, rules};
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::acts;
use crate::store::audit::NewAudit;
use crate::store::matters::{self, MatterRow, NewEyes};

/// Most matters that are listed.
const ITEMS_MAX: i64 = 500;

/// Asks for a second pair of eyes on the removal of a member, or on what skips a step of the ladder: somebody else of the
/// staff carries it out or does not.
#[derive(Clone, Debug)]
pub struct AskForSecond {
    /// The member, or something of theirs.
    pub thing: Thing,
    /// What would be done.
    pub deed: Deed,
    /// Under which rule.
    pub rule_no: i64,
    /// Why.
    pub reason: String,
}

impl Request for AskForSecond {
    type Reply = MatterId;
    type Access = Writes;
    const NAME: &'static str = "ask for second";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<MatterId> {
        let on = Target::load(cx, self.thing).await?;
        if !self.deed.may_need_eyes() {
            return Err(Error::invalid("That needs no second pair of eyes."));
        }
        // As if it were seconded: everything else must be in order before anybody is asked.
        permit_seconded(cx, &on, self.deed).await?;
        if let Some(why) = idle(&on, self.deed, cx.now) {
            return Err(Error::conflict(why));
        }
        let grant = cx.allow(&AskForEyes)?;
        let why = Why::check(cx, &[self.deed.kind()], self.rule_no, &self.reason).await?;
        let (by, at) = (cx.me()?, cx.now);
        let (member, deed, rule_no) = (on.author.id, self.deed, why.rule_no);
        let new = NewEyes { member, deed, by, rule_no, reason: why.reason.as_str(), at };
        let Some(matter) = matters::insert_eyes(cx.conn(), &grant, new).await? else {
            return Err(Error::conflict("Something about them waits for a second pair of eyes already."));
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

/// A matter, ready to be decided by the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterFile {
    /// Which.
    pub matter: MatterId,
    /// What it is.
    pub kind: MatterKind,
    /// What would be done with a second pair of eyes.
    pub deed: Option<Deed>,
    /// Nobody else is there to look at it: the actor is part of it, and the record says so.
    pub alone: bool,
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

impl MatterFile {
    /// What it is about, in a few words: `mo would remove bo`.
    pub fn opening(&self) -> String {
        let (asker, member) = (&self.asker, &self.member);
        match self.deed {
            None => format!("{member} appeals"),
            Some(Deed::RemoveMember) => format!("{asker} would remove {member}"),
            Some(Deed::ReadOnly(term)) => {
                format!("{asker} would let {member} only read for {term}, and skip a step")
            }
            Some(deed) => format!("{asker} would suspend {member}, {}, and skip a step", deed.term()),
        }
    }
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
        let deed = row.deed();
        let jury = jury_words(usize::try_from(row.jurors).unwrap_or(0));
        let decided = row.decided_at.map(|at| (row.decider.unwrap_or_else(|| jury.to_owned()), at));
        Ok(MatterFile {
            matter: row.id,
            kind: row.kind,
            deed,
            alone: row.part_of_it,
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
        if row.decided_at.is_some() {
            let by = row.decider.as_deref().unwrap_or("A jury");
            return Err(Error::conflict(format!("{by} has decided this already. {}", row.answer)));
        }
        let reason = Reason::required(&self.reason).map_err(|error| Error::invalid(error.to_string()))?;
        // Where nobody else is there at all, the sysop looks at it, and everybody can read that it was so.
        let (hand, note) = if row.part_of_it { (Hand::Alone, ALONE) } else { (Hand::Own, "") };
        let answer = format!("{note}{}", reason.as_str());
        let outcome = Outcome { granted: self.grant, answer: &answer, reason: &answer, hand };
        Ok(MatterDecided { act: conclude(cx, &row, &grant, outcome).await? })
    }
}

/// What stands before the answer where nobody else could look at an appeal.
const ALONE: &str = "Nobody else was here to look at it. ";

/// How a matter ends.
#[derive(Clone, Copy)]
pub(super) struct Outcome<'a> {
    /// What was asked for is done.
    pub granted: bool,
    /// Why, to the member.
    pub answer: &'a str,
    /// Why, in the mod log.
    pub reason: &'a str,
    /// Who decided it.
    pub hand: Hand,
}

/// Decides a matter and carries the outcome out: one way for the staff and for juries.
pub(super) async fn conclude(
    cx: &mut Cx<'_, Writes>,
    row: &MatterRow,
    grant: &Grant<HandleMatter>,
    outcome: Outcome<'_>,
) -> Result<Option<ActId>> {
    let (by, now) = (cx.actor.id(), cx.now);
    if !matters::decide(cx.conn(), grant, row.id, by, outcome.granted, outcome.answer, now).await? {
        return Err(Error::conflict("Somebody else has decided this just now."));
    }
    let act = match row.kind {
        MatterKind::Removal | MatterKind::Step if outcome.granted => Some(carry_out(cx, row).await?),
        MatterKind::Removal | MatterKind::Step => None,
        MatterKind::Appeal => {
            let act = if outcome.granted { take_back(cx, grant, row, outcome.hand).await? } else { None };
            log(cx, row, outcome).await?;
            cx.publish(DomainEvent::Notified { member: row.member_id });
            act
        }
    };
    if let Some(act) = act {
        matters::set_done(cx.conn(), grant, row.id, act).await?;
    }
    cx.publish(DomainEvent::MattersChanged);
    cx.publish(DomainEvent::MemberChanged { member: row.member_id });
    Ok(act)
}

/// Does what was asked for, in the words of whoever asked.
async fn carry_out(cx: &mut Cx<'_, Writes>, row: &MatterRow) -> Result<ActId> {
    let deed = row.deed().ok_or(Error::NotFound("matter"))?;
    let on = Target::load(cx, Thing::Member(row.member_id)).await?;
    let permit = permit_seconded(cx, &on, deed).await?;
    let why = Why::check(cx, &[deed.kind()], row.rule_no, &row.words).await?;
    let act = Act { on: &on, why: &why, case: None, title: "", hand: Hand::Own };
    perform(cx, act, deed, &permit).await
}

/// Takes back what was appealed against: by its inverse, where that still changes something.
async fn take_back(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<HandleMatter>,
    row: &MatterRow,
    hand: Hand,
) -> Result<Option<ActId>> {
    let appealed = row.act_id.ok_or(Error::NotFound("act"))?;
    let act = acts::get(cx.conn(), appealed).await?.ok_or(Error::NotFound("act"))?;
    let now = cx.now;
    let mut done = None;
    if let Some(deed) = inverse(act.action) {
        let on = Target::load(cx, act.thing()).await?;
        if idle(&on, deed, now).is_none() {
            let actor = cx.actor;
            if hand == Hand::Alone {
                // Nobody else is there, so having a part in it cannot be in the way.
                cx.actor = Actor::Host;
            }
            let permit = permit_seconded(cx, &on, deed).await;
            cx.actor = actor;
            let permit = permit?;
            let reason =
                Reason::required("The appeal was granted.").map_err(|why| Error::invalid(why.to_string()))?;
            let why = Why { rule_no: NO_RULE, reason };
            let back = Act { on: &on, why: &why, case: None, title: "", hand };
            done = Some(perform(cx, back, deed, &permit).await?);
        }
    }
    matters::overturn(cx.conn(), grant, appealed, now).await?;
    Ok(done)
}

/// The outcome of an appeal stands in the mod log (M5). A jury is named by its number alone.
async fn log(cx: &mut Cx<'_, Writes>, row: &MatterRow, outcome: Outcome<'_>) -> Result<()> {
    let appealed = match row.act_id {
        Some(act) => acts::get(cx.conn(), act).await?.map(|act| act.action),
        None => None,
    };
    let of = appealed.map(|kind| format!("of={kind}"));
    let detail: Vec<String> = of.into_iter().chain(outcome.hand.detail()).collect();
    cx.audit(NewAudit {
        action: if outcome.granted { "appeal.granted" } else { "appeal.refused" },
        thing: "member",
        thing_id: row.member_id.0,
        target: Some(row.member_id),
        rule_no: (row.rule_no != NO_RULE).then_some(row.rule_no),
        reason: outcome.reason,
        detail: &detail.join(" "),
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
    let grant = cx.allow(&row.facts()).map_err(|_| missing())?;
    Ok((row, grant))
}

/// What waits, for the queue; what the actor is part of is left out.
pub(super) async fn waiting(cx: &mut Cx<'_, Reads>) -> Result<Vec<QueueItem>> {
    let (me, now) = (cx.actor.id(), cx.now);
    let rows = matters::waiting(cx.conn(), me, ITEMS_MAX).await?;
    let mine = |row: &MatterRow| policy::allow(&cx.actor, &row.facts()).is_ok();
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
        watched: false,
    }
}
