//! Deciding a case: what is done, under which rule, why; the reporters learn the outcome.

use super::claim::{claim_standing, decided_refusal};
use super::load;
use crate::domain::ids::{ActId, CaseId};
use crate::domain::moderation::{ActKind, Deed, outcome};
use crate::domain::time::Timestamp;
use crate::service::moderation::{Act, Hand, Target, Why, dismiss, perform, permit};
use crate::service::{Cx, DomainEvent, Error, Request, Result, Writes, notifications};
use crate::store::cases;

/// Most deeds of one decision: one on the post, one on its thread, one on its author.
const DEEDS_MAX: usize = 3;

/// Decides a case. No deeds: nothing wrong was found. A standing claim of somebody else is respected.
#[derive(Clone, Debug)]
pub struct DecideCase {
    /// The case.
    pub case: CaseId,
    /// What is done, in this order; all of it or nothing.
    pub deeds: Vec<Deed>,
    /// The charter's rule, `NO_RULE` where none is needed.
    pub rule_no: i64,
    /// Why. With deeds everybody can read it; without, the reporters.
    pub reason: String,
}

/// It is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Undoing this act undoes the whole decision.
    pub act: ActId,
    /// Until when.
    pub undo_until: Timestamp,
    /// What the reporters are told.
    pub outcome: String,
}

impl Request for DecideCase {
    type Reply = Decided;
    type Access = Writes;
    const NAME: &'static str = "decide case";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Decided> {
        let (row, grant) = load(cx, self.case).await?;
        let (me, now) = (cx.me()?, cx.now);
        if let Some(refusal) = decided_refusal(&row) {
            return Err(refusal);
        }
        let claim_s = cx.settings().claim_s;
        if let Some(claim) = claim_standing(&row, now, claim_s).filter(|claim| claim.by != me) {
            return Err(claim.refusal(now));
        }
        check_deeds(&self.deeds)?;
        let kinds: Vec<ActKind> = match self.deeds.as_slice() {
            [] => vec![ActKind::Dismiss],
            deeds => deeds.iter().map(|deed| deed.kind()).collect(),
        };
        let why = Why::check(cx, &kinds, self.rule_no, &self.reason).await?;
        let on = Target::load(cx, row.thing()).await?;
        let told = outcome(&self.deeds, why.reason.as_str());
        if !cases::decide(cx.conn(), &grant, self.case, me, &told, now).await? {
            return Err(Error::conflict("Somebody else has decided this case just now."));
        }
        let act = Act { on: &on, why: &why, case: Some(self.case), title: "", hand: Hand::Own };
        // All are asked about before the first is done: a warning of this minute is no step that was heeded.
        let mut granted = Vec::new();
        for deed in &self.deeds {
            // The case itself was asked about already: who reported it does not get here.
            granted.push((*deed, permit(cx, &on, *deed, false).await?));
        }
        let mut last = None;
        for (deed, permit) in &granted {
            last = Some(perform(cx, act, *deed, permit).await?);
        }
        let last = match last {
            Some(act) => act,
            None => dismiss(cx, act, self.case).await?,
        };
        cx.publish(DomainEvent::CaseChanged { case: self.case });
        notifications::tell_reporters(cx, self.case).await?;
        Ok(Decided { act: last, undo_until: now.plus(cx.settings().undo_s), outcome: told })
    }
}

/// One deed on each part of the thing at most: removing and restoring at once is a slip.
fn check_deeds(deeds: &[Deed]) -> Result<()> {
    let twice = deeds.iter().enumerate().any(|(at, deed)| {
        deeds[..at]
            .iter()
            .any(|other| other.kind() == deed.kind() || other.kind().part() == deed.kind().part())
    });
    if twice || deeds.len() > DEEDS_MAX {
        return Err(Error::invalid("These do not go together: choose one thing to do for each part."));
    }
    Ok(())
}
