//! Where somebody stands on the way in, and what comes next. Worked out afresh from what is stored, so that it is
//! the same after a dropped line.

use super::draft::{DoorDrafts, load_draft, load_drafts};
use crate::domain::draft::Form;
use crate::domain::ids::{ApplicationId, MemberId, QuestionId};
use crate::domain::member::{Role, Standing};
use crate::domain::policy::SeeOwnApplication;
use crate::domain::question::{AskedOf, Asking, DoorAnswer};
use crate::domain::time::Timestamp;
use crate::service::applications::Question;
use crate::service::charter::{self, Charter};
use crate::service::questions::{self, DoorQuestion};
use crate::service::waitlist::{self, InLine};
use crate::service::{Access, Cx, Error, Reads, Request, Result};
use crate::store::charter as charter_store;
use crate::store::{accounts, applications, invites, keys, members, passes, vouches};

/// Asks where the caller stands on the way in.
#[derive(Clone, Copy, Debug)]
pub struct JoiningState;

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The account.
    pub member: MemberId,
    /// Its handle.
    pub handle: String,
    /// Whether it can be opened with a password.
    pub has_password: bool,
    /// How many keys open it.
    pub keys: usize,
    /// Its standing.
    pub standing: Standing,
    /// What comes next.
    pub step: Step,
    /// The charter that holds now.
    pub charter: Charter,
    /// The numbers of its rules that were accepted.
    pub accepted: Vec<i64>,
    /// The invite that was entered.
    pub invited: Option<Invited>,
    /// The authority whose certificate is the pass by which one came (D10).
    pub pass: Option<String>,
    /// What brings the applicant here; empty until answered.
    pub why: String,
    /// The introduction; empty when none was written.
    pub introduction: String,
    /// The sysop's own questions, in order; those that were answered in the words in which they were answered.
    pub asked: Vec<Asked>,
    /// What is half written and not sent yet.
    pub drafts: DoorDrafts,
    /// When the application was sent.
    pub submitted_at: Option<Timestamp>,
    /// Whether somebody of the staff looks at it just now.
    pub in_hand: bool,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// The staff's words with the decision.
    pub answer: String,
    /// What staff asked back, oldest first.
    pub questions: Vec<Question>,
    /// The place in the line for a seat (D7).
    pub line: Option<InLine>,
    /// Whether members see the handle and the introduction while the application waits.
    pub shown: bool,
    /// How many members vouch for the applicant. What they say is for the staff.
    pub vouches: usize,
}

impl Joining {
    /// Somebody stands for the applicant already, a friend or an authority: there is nothing for staff to decide.
    pub fn is_invited(&self) -> bool {
        self.invited.is_some() || self.pass.is_some()
    }
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Read and accept this rule.
    Rule(i64),
    /// Say what brings one here.
    Why,
    /// Answer this one of the sysop's own questions, or leave it out.
    Asked(QuestionId),
    /// Introduce oneself, or not, and send.
    Introduction,
    /// Nothing: staff decide.
    Waiting,
    /// Answer what staff asked.
    Question,
    /// Nothing: approved, and in the line for a seat.
    Line,
    /// Wake the seat, which sleeps.
    Wake,
    /// Nothing: it was declined.
    Declined,
    /// Nothing: suspended.
    Suspended,
    /// Nothing: removed.
    Removed,
    /// Come in.
    Inside,
}

/// One of the sysop's own questions, for somebody on the way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub question: QuestionId,
    /// The version that is asked, or that was answered.
    pub version: i64,
    /// What is asked.
    pub asking: Asking,
    /// The answer; none as long as it was not even left out.
    pub answer: Option<DoorAnswer>,
    /// What is half written and not sent yet.
    pub draft: Option<String>,
}

/// An invite that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The handle of who made it; none when it was made on the host.
    pub by: Option<String>,
    /// What it makes of the applicant.
    pub role: Role,
    /// A word to the friend.
    pub note: String,
}

impl Request for JoiningState {
    type Reply = Joining;
    type Access = Reads;
    const NAME: &'static str = "joining state";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Joining> {
        load(cx).await
    }
}

/// Where the caller stands, in the transaction at hand.
pub(in crate::service) async fn load<A: Access>(cx: &mut Cx<'_, A>) -> Result<Joining> {
    cx.allow(&SeeOwnApplication)?;
    let me = cx.me()?;
    let now = cx.now;
    let claim_s = cx.settings().claim_s;
    let account = members::account(cx.conn(), me, now).await?.ok_or(Error::NotFound("account"))?;
    let has_password = accounts::has_password(cx.conn(), me).await?;
    let keys = keys::of_member(cx.conn(), me).await?.len();
    let charter = charter::load(cx.conn()).await?;
    let accepted = charter_store::accepted(cx.conn(), me, charter.version).await?;
    let mut joining = Joining {
        member: me,
        handle: account.handle,
        has_password,
        keys,
        standing: account.standing,
        step: Step::Inside,
        charter,
        accepted,
        invited: None,
        pass: None,
        why: String::new(),
        introduction: String::new(),
        asked: Vec::new(),
        drafts: DoorDrafts::default(),
        submitted_at: None,
        in_hand: false,
        decided_at: None,
        answer: String::new(),
        questions: Vec::new(),
        line: None,
        shown: true,
        vouches: 0,
    };
    if matches!(joining.standing, Standing::Waiting | Standing::Asleep) {
        joining.line = waitlist::in_line(cx, me).await?;
    }
    if let Some(row) = applications::of_member(cx.conn(), me).await? {
        if let Some(invite) = row.invite_id {
            let invite = invites::get(cx.conn(), invite).await?;
            joining.invited =
                invite.map(|row| Invited { by: row.created_by_handle, role: row.role, note: row.note });
        }
        joining.pass = passes::of_member(cx.conn(), me).await?.map(|pass| pass.authority);
        joining.questions =
            applications::questions(cx.conn(), row.id).await?.into_iter().map(Into::into).collect();
        if joining.standing == Standing::Joining {
            joining.asked = load_asked(cx, row.id, joining.is_invited()).await?;
        }
        joining.in_hand = row.claimed_at.is_some_and(|at| at.plus(claim_s) > now);
        joining.vouches = vouches::of(cx.conn(), row.id).await?.len();
        joining.shown = row.shown;
        joining.why = row.why;
        joining.introduction = row.introduction;
        joining.submitted_at = row.submitted_at;
        joining.decided_at = row.decided_at;
        joining.answer = row.answer;
    }
    joining.step = next_step(&joining);
    if matches!(joining.standing, Standing::Joining | Standing::Applied) {
        joining.drafts = load_drafts(cx, me).await?;
        for asked in &mut joining.asked {
            asked.draft = load_draft(cx, me, &Form::DoorQuestion(asked.question).to_string()).await?;
        }
    }
    Ok(joining)
}

/// The questions for somebody who is joining: as they stand now, and where they were answered as they stood then.
async fn load_asked<A: Access>(
    cx: &mut Cx<'_, A>,
    application: ApplicationId,
    invited: bool,
) -> Result<Vec<Asked>> {
    let mut answered = questions::answered(cx, application).await?;
    let mut list = Vec::new();
    for question in questions::current(cx).await?.into_iter().filter(|question| !question.retired) {
        let done = answered.iter().position(|answered| answered.id == question.id);
        if let Some(done) = done.map(|at| answered.swap_remove(at)) {
            let (version, asking) = (done.version, done.asking);
            list.push(Asked {
                question: question.id,
                version,
                asking,
                answer: Some(done.answer),
                draft: None,
            });
        } else if !(invited && question.asking.of == AskedOf::Applicants) {
            let DoorQuestion { id, version, asking, .. } = question;
            list.push(Asked { question: id, version, asking, answer: None, draft: None });
        }
    }
    Ok(list)
}

fn next_step(joining: &Joining) -> Step {
    match joining.standing {
        Standing::Joining => next_of_joining(joining),
        Standing::Applied if joining.questions.iter().any(|question| question.is_open()) => Step::Question,
        Standing::Applied => Step::Waiting,
        Standing::Waiting => Step::Line,
        Standing::Asleep if joining.line.is_some() => Step::Line,
        Standing::Asleep => Step::Wake,
        Standing::Active => Step::Inside,
        Standing::Declined => Step::Declined,
        Standing::Suspended => Step::Suspended,
        Standing::Removed => Step::Removed,
    }
}

fn next_of_joining(joining: &Joining) -> Step {
    let open = joining.charter.rules.iter().find(|rule| !joining.accepted.contains(&rule.no));
    match open {
        Some(rule) => Step::Rule(rule.no),
        None if !joining.is_invited() && joining.why.is_empty() => Step::Why,
        None => match joining.asked.iter().find(|asked| asked.answer.is_none()) {
            Some(asked) => Step::Asked(asked.question),
            None => Step::Introduction,
        },
    }
}
