//! Appealing against what the staff did: to somebody else of the staff, or to a jury (M4).

use super::jury;
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::{ActId, MemberId};
use crate::domain::moderation::{AWAY_AFTER_S, JURORS};
use crate::domain::policy::{KeepDrafts, SeeOwnSanction};
use crate::domain::text::clean_body;
use crate::domain::time::Timestamp;
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::matters::{self, MatterRow};
use crate::store::{acts, drafts, juries};

/// How long after an act one may appeal (PRODUCT.md section 5: within 20 days).
pub const APPEAL_WITHIN_S: i64 = 20 * DAY_S;
/// Longest appeal, in characters (PRODUCT.md section 5).
pub const APPEAL_CHARS_MAX: usize = 2_000;

/// Whom an appeal goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealTo {
    /// Somebody of the staff who is no part of it.
    Staff,
    /// Regulars who are drawn.
    Jury,
}

/// Where an appeal lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealWith {
    /// With somebody of the staff who is no part of it.
    Staff,
    /// With so many regulars who were drawn.
    Jury(usize),
    /// Nobody is there but who decided: the sysop looks at it again, and the record says so.
    LastResort,
}

impl AppealWith {
    /// Where it lies, to the member who appeals.
    pub fn words(self) -> &'static str {
        match self {
            Self::Staff => "Your appeal is with somebody else than who decided. The answer comes to you.",
            Self::Jury(3..) => {
                "Your appeal is with three regulars who were drawn by lot. Each has a week; two who agree decide."
            }
            Self::Jury(2) => {
                "Only two regulars could be drawn for your appeal. Each has a week; a doubt counts for you."
            }
            Self::Jury(_) => "Only one regular could be drawn for your appeal. They have a week.",
            Self::LastResort => {
                "Nobody is here but who decided, so the sysop reads your appeal, and the mod log will say that nobody \
                 else was there. Once somebody else is, it goes to them."
            }
        }
    }

    pub(super) fn of(row: &MatterRow) -> Self {
        match (row.jury_at, row.last_resort_at) {
            (Some(_), _) => Self::Jury(usize::try_from(row.jurors).unwrap_or(0)),
            (None, Some(_)) => Self::LastResort,
            (None, None) => Self::Staff,
        }
    }
}

/// Asks whom an appeal could go to.
#[derive(Clone, Copy, Debug)]
pub struct AppealWays {
    /// The act.
    pub act: ActId,
}

/// Whom an appeal could go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The act.
    pub act: ActId,
    /// Somebody of the staff is free to look at it.
    pub staff: bool,
    /// How many regulars would be drawn.
    pub jury: usize,
}

impl Ways {
    /// What one can choose between; nothing to choose where there is one way.
    pub fn choices(&self) -> Vec<(AppealTo, String)> {
        let mut found = Vec::new();
        if self.staff {
            found.push((AppealTo::Staff, "Somebody of the staff who did not decide".to_owned()));
        }
        if self.jury > 0 {
            let words = match self.jury {
                1 => "A regular who is drawn by lot",
                2 => "Two regulars who are drawn by lot",
                _ => "A jury: three regulars who are drawn by lot",
            };
            found.push((AppealTo::Jury, words.to_owned()));
        }
        found
    }
}

impl Request for AppealWays {
    type Reply = Ways;
    type Access = Reads;
    const NAME: &'static str = "appeal ways";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Ways> {
        cx.allow(&SeeOwnSanction)?;
        let me = cx.me()?;
        own_act(cx, self.act, me).await?;
        let staff = juries::staff_is_free(cx.conn(), self.act).await?;
        let now = cx.now;
        let jury = match juries::may_be_shown(cx.conn(), self.act).await? {
            true => juries::free(cx.conn(), self.act, now, now.plus(-AWAY_AFTER_S)).await?.len().min(JURORS),
            false => 0,
        };
        Ok(Ways { act: self.act, staff, jury })
    }
}

/// Appeals against what the staff did to one: once for each act, within 20 days, in every standing. Says where the
/// appeal lies: where nobody of the staff is free, it goes to a jury by itself.
#[derive(Clone, Debug)]
pub struct AppealAct {
    /// The act.
    pub act: ActId,
    /// What one has to say, at most 2,000 characters.
    pub words: String,
    /// Whom it is to go to.
    pub to: AppealTo,
}

impl Request for AppealAct {
    type Reply = AppealWith;
    type Access = Writes;
    const NAME: &'static str = "appeal";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<AppealWith> {
        let grant = cx.allow(&SeeOwnSanction)?;
        let (me, now) = (cx.me()?, cx.now);
        let act = own_act(cx, self.act, me).await?;
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
        let Some(matter) = matters::insert_appeal(cx.conn(), &grant, me, act.id, &words, now).await? else {
            return Err(Error::conflict("You have appealed against this already; the answer comes to you."));
        };
        let keep = cx.allow(&KeepDrafts)?;
        drafts::remove(cx.conn(), &keep, me, &DraftTarget::of(Form::Appeal(act.id))).await?;
        jury::give(cx, matter, self.to).await?;
        cx.publish(DomainEvent::MattersChanged);
        let row = matters::get(cx.conn(), matter, None).await?.ok_or(Error::NotFound("matter"))?;
        Ok(AppealWith::of(&row))
    }
}

async fn own_act<A: Access>(cx: &mut Cx<'_, A>, act: ActId, me: MemberId) -> Result<acts::ActRow> {
    let act = acts::get(cx.conn(), act).await?.filter(|act| act.target_id == Some(me));
    act.ok_or(Error::NotFound("act"))
}

/// How an appeal against an act stands, for the member concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appeal {
    /// One may appeal, until then.
    Open(Timestamp),
    /// It waits, there.
    Waiting(AppealWith),
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
            None => Appeal::Waiting(AppealWith::of(&row)),
        });
    }
    let until = act.at.plus(APPEAL_WITHIN_S);
    let open = act.undone_at.is_none() && act.action.needs_rule() && cx.now <= until;
    Ok(if open { Appeal::Open(until) } else { Appeal::Closed })
}
