//! Juries (M4): regulars without a part in it are drawn by lot to look at an appeal. Each is asked by a notification, may
//! decline, and has a week; then another one is drawn. Nobody on it sees how the others vote before the end, and nobody
//! learns who was on it. Two equal votes decide, and the outcome is carried out like a decision of the staff.

use super::appeals::AppealTo;
use super::matters::{Outcome, conclude};
use crate::domain::ids::{MatterId, MemberId};
use crate::domain::moderation::{ANSWER_WITHIN_S, AWAY_AFTER_S, JuryCount, Reason, jury_words};
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy::{Actor, CallJury, Grant, KeepMarks, SitOnJury};
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::moderation::{Hand, notice_of, rules};
use crate::service::notifications::{notify, see_place};
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::acts;
use crate::store::juries::{self, JurorRow};
use crate::store::matters::{self, MatterRow};

/// Asks for an appeal that one was drawn for.
#[derive(Clone, Copy, Debug)]
pub struct OpenJury {
    /// Which.
    pub matter: MatterId,
}

/// An appeal, as its jury sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryFile {
    /// Which.
    pub matter: MatterId,
    /// Who appeals.
    pub member: String,
    /// When they did.
    pub asked_at: Timestamp,
    /// What they say.
    pub words: String,
    /// What was done, as the member read it.
    pub notice: Vec<String>,
    /// The rule that it stands on.
    pub rule: Option<Rule>,
    /// What it was about, as it was then.
    pub snapshot: Option<String>,
    /// How many sit on the jury.
    pub sitting: usize,
    /// Until when one can vote; none once one has, or it is over.
    pub until: Option<Timestamp>,
    /// One's own vote: whether it is taken back, and why.
    pub mine: Option<(bool, String)>,
    /// How it ended: whether it was taken back, and all votes with their reasons, without names.
    pub ended: Option<(bool, Vec<(bool, String)>)>,
}

impl JuryFile {
    /// What a juror is asked, and how many decide.
    pub fn asked_words(&self) -> &'static str {
        match self.sitting {
            0 | 1 => "You were drawn by lot to look at this again. Nobody else was free: your vote decides.",
            2 => {
                "You and another regular were drawn by lot to look at this again. A doubt counts for who appeals."
            }
            _ => {
                "You are one of three regulars who were drawn by lot to look at this again. Two who agree decide."
            }
        }
    }
}

impl Request for OpenJury {
    type Reply = JuryFile;
    type Access = Reads;
    const NAME: &'static str = "open jury";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<JuryFile> {
        let (row, jurors, me, _) = sit(cx, self.matter).await?;
        let act_id = row.act_id.ok_or(Error::NotFound("act"))?;
        let act = acts::get(cx.conn(), act_id).await?.ok_or(Error::NotFound("act"))?;
        let notice = notice_of(cx, &act).await?;
        let snapshot = juries::snapshot(cx.conn(), act_id).await?.flatten();
        let rule = rules(cx).await?.into_iter().find(|rule| rule.no == act.rule_no);
        let votes = || jurors.iter().filter_map(|juror| Some((juror.undo?, juror.reason.clone())));
        let until = me.asked_at.plus(ANSWER_WITHIN_S);
        Ok(JuryFile {
            matter: row.id,
            member: row.member,
            asked_at: row.asked_at,
            words: row.words,
            notice,
            rule,
            snapshot: snapshot.filter(|text| !text.trim().is_empty()),
            sitting: jurors.iter().filter(|juror| juror.left_at.is_none()).count(),
            until: (me.voted_at.is_none() && row.decided_at.is_none()).then_some(until),
            mine: me.undo.map(|undo| (undo, me.reason)),
            ended: row.granted.map(|granted| (granted, votes().collect())),
        })
    }
}

/// Votes on an appeal that one was drawn for. A vote stands once it is given.
#[derive(Clone, Debug)]
pub struct VoteOnAppeal {
    /// Which.
    pub matter: MatterId,
    /// Whether the act is to be taken back.
    pub undo: bool,
    /// Why. The member and, in the mod log, everybody reads it, without a name.
    pub reason: String,
}

impl Request for VoteOnAppeal {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "vote on appeal";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, _, _, grant) = sit(cx, self.matter).await?;
        let (me, now) = (cx.me()?, cx.now);
        refuse_ended(&row)?;
        let reason = Reason::required(&self.reason).map_err(|error| Error::invalid(error.to_string()))?;
        if !juries::vote(cx.conn(), &grant, row.id, me, self.undo, reason.as_str(), now).await? {
            return Err(Error::conflict("You have voted on this already. Thank you."));
        }
        let keep = cx.allow(&KeepMarks)?;
        see_place(cx, &keep, place(row.id)).await?;
        settle(cx, row.id).await?;
        cx.publish(DomainEvent::MattersChanged);
        Ok(())
    }
}

/// Declines to sit on a jury, without a reason: somebody else is drawn.
#[derive(Clone, Copy, Debug)]
pub struct DeclineJury {
    /// Which.
    pub matter: MatterId,
}

impl Request for DeclineJury {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "decline jury";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let (row, _, me, _) = sit(cx, self.matter).await?;
        refuse_ended(&row)?;
        if me.voted_at.is_some() {
            return Err(Error::conflict("You have voted on this already: your vote stands. Thank you."));
        }
        let member = cx.me()?;
        as_host(cx, async |cx| {
            let grant = cx.allow(&CallJury)?;
            let now = cx.now;
            juries::leave(cx.conn(), &grant, row.id, member, now).await?;
            settle_now(cx, row.id).await
        })
        .await?;
        cx.publish(DomainEvent::MarksChanged { member });
        cx.publish(DomainEvent::MattersChanged);
        Ok(())
    }
}

/// Looks after all appeals that wait: draws another juror for whoever did not answer within a week or can no longer sit,
/// and gives to a jury what nobody on the staff is free for. For the host alone, once a night.
#[derive(Clone, Copy, Debug)]
pub struct KeepJuries;

impl Request for KeepJuries {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "keep juries";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        cx.allow(&CallJury)?;
        for matter in matters_waiting(cx).await? {
            settle_now(cx, matter).await?;
        }
        Ok(())
    }
}

async fn matters_waiting(cx: &mut Cx<'_, Writes>) -> Result<Vec<MatterId>> {
    Ok(juries::open_appeals(cx.conn()).await?)
}

/// The appeal, everybody who was drawn for it, and oneself among them. Whoever was not drawn, or has left, hears that there
/// is no such thing.
async fn sit<A: Access>(
    cx: &mut Cx<'_, A>,
    matter: MatterId,
) -> Result<(MatterRow, Vec<JurorRow>, JurorRow, Grant<SitOnJury>)> {
    let missing = || Error::NotFound("jury");
    let (me, now) = (cx.actor.id(), cx.now);
    let row = matters::get(cx.conn(), matter, me).await?.ok_or_else(missing)?;
    let act = row.act_id.ok_or_else(missing)?;
    let jurors = juries::jurors(cx.conn(), matter, act, now).await?;
    let found = jurors.iter().find(|juror| Some(juror.member_id) == me && juror.left_at.is_none()).cloned();
    // Who has voted may look back at it, whatever happened since.
    let waits = |juror: &JurorRow| juror.voted_at.is_none() && row.decided_at.is_none();
    let part_of_it = found.as_ref().is_some_and(|juror| !juror.may_sit && waits(juror));
    let grant = cx.allow(&SitOnJury { drawn: found.is_some(), part_of_it }).map_err(|_| missing())?;
    Ok((row, jurors, found.ok_or_else(missing)?, grant))
}

fn refuse_ended(row: &MatterRow) -> Result<()> {
    match row.decided_at {
        Some(_) => {
            Err(Error::conflict("It is decided already: two of the jury agreed. Thank you for reading it."))
        }
        None => Ok(()),
    }
}

fn place(matter: MatterId) -> NotificationPlace {
    NotificationPlace::new(PlaceKind::Jury, matter.0)
}

/// Gives a new appeal to whomever it is for, or to whoever is there.
pub(super) async fn give(cx: &mut Cx<'_, Writes>, matter: MatterId, to: AppealTo) -> Result<()> {
    as_host(cx, async |cx| {
        if to == AppealTo::Jury {
            let grant = cx.allow(&CallJury)?;
            let now = cx.now;
            juries::set_jury(cx.conn(), &grant, matter, Some(now)).await?;
        }
        settle_now(cx, matter).await
    })
    .await
}

/// Looks where an appeal lies now, and decides it once the jury has.
pub(super) async fn settle(cx: &mut Cx<'_, Writes>, matter: MatterId) -> Result<()> {
    as_host(cx, async |cx| settle_now(cx, matter).await).await
}

/// Lets the program itself do something inside a member's request: nobody's name is on it then.
async fn as_host<T>(
    cx: &mut Cx<'_, Writes>,
    work: impl AsyncFnOnce(&mut Cx<'_, Writes>) -> Result<T>,
) -> Result<T> {
    let actor = std::mem::replace(&mut cx.actor, Actor::Host);
    let done = work(cx).await;
    cx.actor = actor;
    done
}

async fn settle_now(cx: &mut Cx<'_, Writes>, matter: MatterId) -> Result<()> {
    let grant = cx.allow(&CallJury)?;
    let now = cx.now;
    let Some(row) = matters::get(cx.conn(), matter, None).await? else { return Ok(()) };
    let (Some(act), None) = (row.act_id, row.decided_at) else { return Ok(()) };
    let staff = juries::staff_is_free(cx.conn(), act).await?;
    let shown = juries::may_be_shown(cx.conn(), act).await?;
    if shown && (row.jury_at.is_some() || !staff) {
        let count = fill(cx, &grant, &row).await?;
        if let Some(granted) = count.verdict() {
            return end(cx, &row, count, granted).await;
        }
        if count.sitting() > 0 {
            juries::set_jury(cx.conn(), &grant, matter, Some(row.jury_at.unwrap_or(now))).await?;
            juries::set_last_resort(cx.conn(), &grant, matter, None).await?;
            return Ok(());
        }
    }
    // No regular can be had: it is the staff's, or nobody's but the sysop's.
    juries::set_jury(cx.conn(), &grant, matter, None).await?;
    let last_resort = (!staff).then_some(row.last_resort_at.unwrap_or(now));
    juries::set_last_resort(cx.conn(), &grant, matter, last_resort).await?;
    if row.jury_at.is_some() || row.last_resort_at != last_resort {
        cx.publish(DomainEvent::MattersChanged);
    }
    Ok(())
}

/// Lets those leave who did not answer in time or can no longer sit, and draws others for the empty seats.
async fn fill(cx: &mut Cx<'_, Writes>, grant: &Grant<CallJury>, row: &MatterRow) -> Result<JuryCount> {
    let (now, act) = (cx.now, row.act_id.ok_or(Error::NotFound("act"))?);
    let mut count = JuryCount::default();
    for juror in juries::jurors(cx.conn(), row.id, act, now).await? {
        let late = now.seconds_since(juror.asked_at) >= ANSWER_WITHIN_S;
        match (juror.left_at, juror.undo) {
            (Some(_), _) => {}
            (None, Some(true)) => count.undo += 1,
            (None, Some(false)) => count.keep += 1,
            (None, None) if late || !juror.may_sit => {
                juries::leave(cx.conn(), grant, row.id, juror.member_id, now).await?;
                cx.publish(DomainEvent::MarksChanged { member: juror.member_id });
            }
            (None, None) => count.waiting += 1,
        }
    }
    let mut free = juries::free(cx.conn(), act, now, now.plus(-AWAY_AFTER_S)).await?;
    cx.lots().shuffle(&mut free)?;
    // By lot among those who sit on fewest other juries: nobody is asked all the time.
    free.sort_by_key(|(_, sits)| *sits);
    count.free = free.len();
    if count.verdict().is_none() {
        for (member, _) in free.into_iter().take(count.missing()) {
            ask(cx, grant, row.id, member).await?;
            count.waiting += 1;
            count.free -= 1;
        }
    }
    Ok(count)
}

async fn ask(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<CallJury>,
    matter: MatterId,
    member: MemberId,
) -> Result<()> {
    let now = cx.now;
    juries::draw(cx.conn(), grant, matter, member, now).await?;
    notify(cx, grant, member, NotificationKind::Jury, place(matter)).await
}

/// The jury has decided.
async fn end(cx: &mut Cx<'_, Writes>, row: &MatterRow, count: JuryCount, granted: bool) -> Result<()> {
    let (now, act) = (cx.now, row.act_id.ok_or(Error::NotFound("act"))?);
    let jurors = juries::jurors(cx.conn(), row.id, act, now).await?;
    let agree = |juror: &&JurorRow| juror.undo == Some(granted);
    let reasons: Vec<&str> = jurors.iter().filter(agree).map(|juror| juror.reason.as_str()).collect();
    let reasons = reasons.join(" / ");
    let grant = cx.allow(&row.facts())?;
    let call = CallJury;
    let leaves = cx.allow(&call)?;
    // Whoever is not needed any more is not asked any more.
    for juror in jurors.iter().filter(|juror| juror.voted_at.is_none() && juror.left_at.is_none()) {
        juries::leave(cx.conn(), &leaves, row.id, juror.member_id, now).await?;
        cx.publish(DomainEvent::MarksChanged { member: juror.member_id });
    }
    let people = count.sitting();
    let (more, fewer) = if granted { (count.undo, count.keep) } else { (count.keep, count.undo) };
    let votes = if people > 1 { format!(", {more} to {fewer}") } else { String::new() };
    let answer = format!("This was decided by {}{votes}: {reasons}", jury_words(people));
    let hand = Hand::Jury { of: row.member_id, people };
    conclude(cx, row, &grant, Outcome { granted, answer: &answer, reason: &reasons, hand }).await?;
    Ok(())
}
