//! An application as staff see it, and the checks that every act on one begins with.

use crate::domain::ids::{ApplicationId, MemberId};
use crate::domain::policy::{self, Grant};
use crate::domain::text::clean_body;
use crate::domain::time::{Timestamp, ago};
use crate::service::questions::AnsweredQuestion;
use crate::service::{Access, Cx, Error, Result};
use crate::store::applications::{self, ApplicationRow, QuestionRow};
use crate::store::vouches::{self, VouchRow};

use super::WORDS_CHARS_MAX;

/// An application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// The applicant's account.
    pub member: MemberId,
    /// The applicant's handle.
    pub handle: String,
    /// Who invited the applicant.
    pub inviter: Option<String>,
    /// What brings the applicant here.
    pub why: String,
    /// What becomes the first post; empty when none was written.
    pub introduction: String,
    /// The answers to the sysop's own questions, with what was asked.
    pub answers: Vec<AnsweredQuestion>,
    /// What members say for the applicant, oldest first.
    pub vouches: Vec<Vouched>,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// What staff asked back, oldest first.
    pub questions: Vec<Question>,
    /// Who looks at it, while the claim holds.
    pub claim: Option<Claim>,
    /// How it was decided.
    pub decision: Option<Decision>,
    /// That the applicant is watched and why, or has something in common with somebody who had to go (M6): where the
    /// staff read one application.
    pub marks: Vec<String>,
}

impl Application {
    /// Whether it waits for the applicant, who was asked something.
    pub fn waits_for_applicant(&self) -> bool {
        self.decision.is_none() && self.questions.iter().any(Question::is_open)
    }
}

/// What a member says for an applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// The member's handle.
    pub handle: String,
    /// How they know the applicant.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// A question that staff asked back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its number.
    pub id: i64,
    /// The handle of who asked.
    pub asker: String,
    /// When.
    pub asked_at: Timestamp,
    /// What.
    pub text: String,
    /// The applicant's answer.
    pub reply: String,
    /// When it was answered; none while it is open.
    pub replied_at: Option<Timestamp>,
}

impl Question {
    /// Whether it waits for its answer.
    pub fn is_open(&self) -> bool {
        self.replied_at.is_none()
    }
}

/// Somebody's claim on an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who.
    pub by: MemberId,
    /// Their handle.
    pub handle: String,
    /// Since when.
    pub at: Timestamp,
}

/// How an application was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Let in or declined.
    pub approved: bool,
    /// The handle of who decided; none when an invite did.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The words to the applicant.
    pub answer: String,
}

impl From<QuestionRow> for Question {
    fn from(row: QuestionRow) -> Self {
        Self {
            id: row.id,
            asker: row.asker,
            asked_at: row.asked_at,
            text: row.question,
            reply: row.reply,
            replied_at: row.replied_at,
        }
    }
}

/// The claim on an application, if it still holds.
fn live_claim(row: &ApplicationRow, now: Timestamp, claim_s: i64) -> Option<Claim> {
    let (Some(by), Some(at)) = (row.claimed_by, row.claimed_at) else { return None };
    let handle = row.claimer.clone().unwrap_or_default();
    (at.plus(claim_s) > now).then_some(Claim { by, handle, at })
}

pub(super) async fn view<A: Access>(cx: &mut Cx<'_, A>, row: ApplicationRow) -> Result<Application> {
    let claim = live_claim(&row, cx.now, cx.settings().claim_s);
    let questions = applications::questions(cx.conn(), row.id).await?;
    let answers = crate::service::questions::answered(cx, row.id).await?;
    let vouches = vouches::of(cx.conn(), row.id).await?;
    let vouched = |row: VouchRow| Vouched { handle: row.handle, words: row.words, at: row.at };
    let decision = row.decided_at.map(|at| Decision {
        approved: row.approved.unwrap_or_default(),
        by: row.decider,
        at,
        answer: row.answer,
    });
    Ok(Application {
        id: row.id,
        member: row.member_id,
        handle: row.handle,
        inviter: row.inviter,
        why: row.why,
        introduction: row.introduction,
        answers,
        vouches: vouches.into_iter().map(vouched).collect(),
        submitted_at: row.submitted_at.unwrap_or(row.started_at),
        questions: questions.into_iter().map(Into::into).collect(),
        claim,
        decision,
        marks: Vec::new(),
    })
}

/// What the policy asks about a row.
pub(super) async fn rule_of<A: Access>(
    cx: &mut Cx<'_, A>,
    row: &ApplicationRow,
) -> Result<policy::DecideApplication> {
    let vouched = match cx.actor.id() {
        Some(me) => vouches::has(cx.conn(), row.id, me).await?,
        None => false,
    };
    Ok(policy::DecideApplication { applicant: row.member_id, inviter: row.inviter_id, vouched })
}

/// An application that the actor may handle, with the grant.
pub(super) async fn find<A: Access>(
    cx: &mut Cx<'_, A>,
    id: ApplicationId,
) -> Result<(ApplicationRow, Grant<policy::DecideApplication>)> {
    // Staff first: nobody else learns which numbers exist.
    cx.allow(&policy::SeeQueue)?;
    let row = applications::get(cx.conn(), id).await?;
    let row = row.filter(|row| row.submitted_at.is_some()).ok_or(Error::NotFound("application"))?;
    let rule = rule_of(cx, &row).await?;
    let grant = cx.allow(&rule)?;
    Ok((row, grant))
}

/// Refuses what comes too late: the application is decided, or in somebody else's hands.
pub(super) fn refuse_if_taken<A: Access>(cx: &Cx<'_, A>, row: &ApplicationRow) -> Result<()> {
    if let Some(at) = row.decided_at {
        let who = row.decider.as_deref().unwrap_or("An invite");
        let how = if row.approved == Some(true) { "let in" } else { "declined" };
        let when = ago(cx.now, at);
        return Err(Error::conflict(match row.decider {
            Some(_) => format!("{who} decided this {when}: {} was {how}.", row.handle),
            None => format!("{} came in with an invite {when}.", row.handle),
        }));
    }
    match live_claim(row, cx.now, cx.settings().claim_s) {
        Some(claim) if Some(claim.by) != cx.actor.id() => Err(Error::conflict(format!(
            "{} took this application {} and still has it.",
            claim.handle,
            ago(cx.now, claim.at)
        ))),
        _ => Ok(()),
    }
}

/// Words to an applicant or from one, cleaned.
pub(super) fn words(text: &str, what: &str) -> Result<String> {
    let text = clean_body(text);
    let chars = text.chars().count();
    if chars > WORDS_CHARS_MAX {
        return Err(Error::invalid(format!("{what} has {chars} characters; {WORDS_CHARS_MAX} is the most.")));
    }
    Ok(text)
}
