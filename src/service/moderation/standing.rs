//! What a member sees of the sanctions and warnings they are under.

use super::notice::notice_of;
use super::target::rules;
use crate::domain::ids::ActId;
use crate::domain::member::Standing;
use crate::domain::moderation::{ActKind, Thing};
use crate::domain::policy::{Actor, SeeOwnSanction};
use crate::domain::time::Timestamp;
use crate::service::charter::Rule;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::acts;
use crate::store::moderated;

/// Asks which sanction the caller is under, if any: for the door.
#[derive(Clone, Copy, Debug)]
pub struct MySanction;

/// A sanction that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// The account's standing: suspended, or removed.
    pub kind: Standing,
    /// When it ends by itself; none when it does not.
    pub until: Option<Timestamp>,
    /// The rule that it stands on.
    pub rule: Option<Rule>,
    /// Why, in the staff's words; empty when nobody wrote a reason down.
    pub reason: String,
    /// The whole notice in paragraphs, word for word as the staff saw it before they decided.
    pub notice: Vec<String>,
}

impl Request for MySanction {
    type Reply = Option<Sanction>;
    type Access = Reads;
    const NAME: &'static str = "my sanction";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<Sanction>> {
        cx.allow(&SeeOwnSanction)?;
        let Actor::Account { id, standing: kind @ (Standing::Suspended | Standing::Removed), .. } = cx.actor
        else {
            return Ok(None);
        };
        let until = moderated::member(cx.conn(), id).await?.and_then(|member| member.suspended_until);
        let until = until.filter(|_| kind == Standing::Suspended);
        let cause = if kind == Standing::Removed { ActKind::RemoveMember } else { ActKind::Suspend };
        let Some(act) = acts::latest(cx.conn(), Thing::Member(id), cause).await? else {
            return Ok(Some(Sanction { kind, until, rule: None, reason: String::new(), notice: Vec::new() }));
        };
        let rule = rules(cx).await?.into_iter().find(|rule| rule.no == act.rule_no);
        let notice = notice_of(cx, &act).await?;
        Ok(Some(Sanction { kind, until, rule, reason: act.reason, notice }))
    }
}

/// Asks which warnings the caller has not acknowledged yet.
#[derive(Clone, Copy, Debug)]
pub struct MyWarnings;

/// A warning that waits for its member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The act, to acknowledge it by.
    pub act: ActId,
    /// When it was given.
    pub at: Timestamp,
    /// The whole notice in paragraphs.
    pub notice: Vec<String>,
}

impl Request for MyWarnings {
    type Reply = Vec<Warning>;
    type Access = Reads;
    const NAME: &'static str = "my warnings";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<Warning>> {
        cx.allow(&SeeOwnSanction)?;
        let me = cx.me()?;
        let mut warnings = Vec::new();
        for act in acts::warnings_waiting(cx.conn(), me).await? {
            warnings.push(Warning { act: act.id, at: act.at, notice: notice_of(cx, &act).await? });
        }
        Ok(warnings)
    }
}

/// Says that one has read a warning.
#[derive(Clone, Copy, Debug)]
pub struct AcknowledgeWarning {
    /// The act that it came from.
    pub act: ActId,
}

impl Request for AcknowledgeWarning {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "acknowledge warning";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&SeeOwnSanction)?;
        let (me, now) = (cx.me()?, cx.now);
        if !acts::acknowledge(cx.conn(), &grant, self.act, me, now).await? {
            return Err(Error::NotFound("warning"));
        }
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
