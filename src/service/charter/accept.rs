//! The rules of a newer charter that a member has not accepted yet: asked for one by one at the next log-in. A rule that
//! stands as it stood in a version that they accepted is not asked for again.

use super::read::Rule;
use crate::domain::policy::AcceptNewRule;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::charter;

/// Asks for the rules that wait for the caller, in order.
#[derive(Clone, Copy, Debug)]
pub struct NewRules;

/// The rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesToAccept {
    /// The version that they are of.
    pub version: i64,
    /// Those that are new to the caller.
    pub rules: Vec<Rule>,
}

impl Request for NewRules {
    type Reply = RulesToAccept;
    type Access = Reads;
    const NAME: &'static str = "new rules";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<RulesToAccept> {
        cx.allow(&AcceptNewRule)?;
        let me = cx.me()?;
        let Some(current) = charter::current(cx.conn()).await? else { return Ok(RulesToAccept::default()) };
        let rules = charter::unaccepted(cx.conn(), me).await?;
        let rules = rules.into_iter().map(|rule| Rule { no: rule.no, title: rule.title, body: rule.body });
        Ok(RulesToAccept { version: current.version, rules: rules.collect() })
    }
}

/// Accepts a rule of the charter that holds.
#[derive(Clone, Copy, Debug)]
pub struct AcceptNewRuleOf {
    /// The version that was shown.
    pub version: i64,
    /// The rule's number in it.
    pub no: i64,
}

impl Request for AcceptNewRuleOf {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "accept new rule";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&AcceptNewRule)?;
        let (me, now) = (cx.me()?, cx.now);
        let current = charter::current(cx.conn()).await?;
        if current.is_none_or(|current| current.version != self.version) {
            return Err(Error::conflict("The charter has changed again. Read the rule as it is now."));
        }
        charter::accept(cx.conn(), &grant, now, me, self.version, self.no).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}
