//! Applications: one an account, filled step by step, and the questions that staff asked back.

use sqlx::SqliteConnection;

use crate::domain::ids::{ApplicationId, InviteId, MemberId};
use crate::domain::policy::{
    AnswerQuestion, DecideApplication, EnterInvite, GoOnJoining, Grant, StartJoining,
};
use crate::domain::time::Timestamp;

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ApplicationRow {
    /// Its id.
    pub id: ApplicationId,
    /// Whose.
    pub member_id: MemberId,
    /// The applicant's handle.
    pub handle: String,
    /// The invite that was entered.
    pub invite_id: Option<InviteId>,
    /// Who invited the applicant.
    pub inviter_id: Option<MemberId>,
    /// That member's handle.
    pub inviter: Option<String>,
    /// What brings the applicant here.
    pub why: String,
    /// What becomes the first post; empty when none was written.
    pub introduction: String,
    /// When the account was made.
    pub started_at: Timestamp,
    /// When it was sent; none while it is being written.
    pub submitted_at: Option<Timestamp>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom; none for an invite, which decides by itself.
    pub decided_by: Option<MemberId>,
    /// That member's handle.
    pub decider: Option<String>,
    /// Let in or declined.
    pub approved: Option<bool>,
    /// Whether members see the applicant's handle and introduction.
    pub shown: bool,
    /// The staff's words to the applicant.
    pub answer: String,
    /// Who looks at it.
    pub claimed_by: Option<MemberId>,
    /// That member's handle.
    pub claimer: Option<String>,
    /// Since when.
    pub claimed_at: Option<Timestamp>,
}

/// A question that staff asked back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuestionRow {
    /// Its number.
    pub id: i64,
    /// Who asked.
    pub asked_by: MemberId,
    /// That member's handle.
    pub asker: String,
    /// When.
    pub asked_at: Timestamp,
    /// What.
    pub question: String,
    /// The applicant's answer; empty while it is open.
    pub reply: String,
    /// When it was answered.
    pub replied_at: Option<Timestamp>,
}

/// All columns of [`ApplicationRow`]; what follows is the condition. A macro, because a query must be one literal.
macro_rules! select_applications {
    ($rest:literal) => {
        concat!(
            "SELECT application.id, application.member_id, applicant.handle, application.invite_id,
                    applicant.invited_by AS inviter_id, inviter.handle AS inviter,
                    application.why, application.introduction, application.started_at, application.submitted_at,
                    application.decided_at, application.decided_by, decider.handle AS decider,
                    application.approved, application.shown, application.answer, application.claimed_by,
                    claimer.handle AS claimer, application.claimed_at
               FROM application
               JOIN member AS applicant ON applicant.id = application.member_id
               LEFT JOIN member AS inviter ON inviter.id = applicant.invited_by
               LEFT JOIN member AS decider ON decider.id = application.decided_by
               LEFT JOIN member AS claimer ON claimer.id = application.claimed_by ",
            $rest
        )
    };
}

/// One application by id.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    application: ApplicationId,
) -> sqlx::Result<Option<ApplicationRow>> {
    sqlx::query_as(select_applications!("WHERE application.id = ?"))
        .bind(application)
        .fetch_optional(conn)
        .await
}

/// The application of an account; none for accounts that did not come through the door.
///
/// # Errors
/// When it cannot be read.
pub async fn of_member(
    conn: &mut SqliteConnection,
    member: MemberId,
) -> sqlx::Result<Option<ApplicationRow>> {
    sqlx::query_as(select_applications!("WHERE application.member_id = ?"))
        .bind(member)
        .fetch_optional(conn)
        .await
}

/// Applications that wait for a decision, the longest waiting first.
///
/// # Errors
/// When they cannot be read.
pub async fn waiting(conn: &mut SqliteConnection, limit: i64) -> sqlx::Result<Vec<ApplicationRow>> {
    sqlx::query_as(select_applications!(
        "WHERE application.decided_at IS NULL AND application.submitted_at IS NOT NULL
         ORDER BY application.submitted_at, application.id LIMIT ?"
    ))
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The questions of an application, oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn questions(
    conn: &mut SqliteConnection,
    application: ApplicationId,
) -> sqlx::Result<Vec<QuestionRow>> {
    sqlx::query_as(
        "SELECT question.id, question.asked_by, member.handle AS asker, question.asked_at, question.question,
                question.reply, question.replied_at
           FROM application_question AS question JOIN member ON member.id = question.asked_by
          WHERE question.application_id = ? ORDER BY question.id",
    )
    .bind(application)
    .fetch_all(conn)
    .await
}

/// How many accounts were started at the door since a time without an invite and without a pass.
///
/// # Errors
/// When they cannot be read.
pub async fn started_since(conn: &mut SqliteConnection, since: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM application
          WHERE started_at > ? AND invite_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM pass WHERE pass.member_id = application.member_id)",
    )
    .bind(since)
    .fetch_one(conn)
    .await
}

/// Begins an account's application.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<StartJoining>,
    now: Timestamp,
    member: MemberId,
) -> sqlx::Result<ApplicationId> {
    sqlx::query_scalar("INSERT INTO application (member_id, started_at) VALUES (?, ?) RETURNING id")
        .bind(member)
        .bind(now)
        .fetch_one(conn)
        .await
}

/// Notes the invite that an applicant entered, and who gave it.
///
/// # Errors
/// When it cannot be written.
pub async fn set_invite(
    conn: &mut SqliteConnection,
    _grant: &Grant<EnterInvite>,
    member: MemberId,
    invite: InviteId,
    inviter: Option<MemberId>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET invite_id = ? WHERE member_id = ?")
        .bind(invite)
        .bind(member)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE member SET invited_by = ? WHERE id = ?")
        .bind(inviter)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets what brings the applicant here.
///
/// # Errors
/// When it cannot be written.
pub async fn set_why(
    conn: &mut SqliteConnection,
    _grant: &Grant<GoOnJoining>,
    member: MemberId,
    now: Timestamp,
    why: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET why = ?, stepped_at = ? WHERE member_id = ?")
        .bind(why)
        .bind(now)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets the introduction.
///
/// # Errors
/// When it cannot be written.
pub async fn set_introduction(
    conn: &mut SqliteConnection,
    _grant: &Grant<GoOnJoining>,
    member: MemberId,
    now: Timestamp,
    introduction: &str,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET introduction = ?, stepped_at = ? WHERE member_id = ?")
        .bind(introduction)
        .bind(now)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sends an application to the queue.
///
/// # Errors
/// When it cannot be written.
pub async fn submit(
    conn: &mut SqliteConnection,
    _grant: &Grant<GoOnJoining>,
    now: Timestamp,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET submitted_at = ? WHERE member_id = ?")
        .bind(now)
        .bind(member)
        .execute(conn)
        .await?;
    Ok(())
}

/// Settles an application by an invite: nobody decides, the invite did.
///
/// # Errors
/// When it cannot be written.
pub async fn settle_by_invite(
    conn: &mut SqliteConnection,
    _grant: &Grant<EnterInvite>,
    now: Timestamp,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE application SET submitted_at = coalesce(submitted_at, ?1), decided_at = ?1, approved = 1
          WHERE member_id = ?2",
    )
    .bind(now)
    .bind(member)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes who looks at an application, or that nobody does.
///
/// # Errors
/// When it cannot be written.
pub async fn claim(
    conn: &mut SqliteConnection,
    _grant: &Grant<DecideApplication>,
    application: ApplicationId,
    claim: Option<(MemberId, Timestamp)>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE application SET claimed_by = ?, claimed_at = ? WHERE id = ?")
        .bind(claim.map(|(by, _)| by))
        .bind(claim.map(|(_, at)| at))
        .bind(application)
        .execute(conn)
        .await?;
    Ok(())
}

/// Decides an application. False when somebody else decided it before: nothing was written then.
///
/// # Errors
/// When it cannot be written.
pub async fn decide(
    conn: &mut SqliteConnection,
    grant: &Grant<DecideApplication>,
    now: Timestamp,
    application: ApplicationId,
    approved: bool,
    answer: &str,
) -> sqlx::Result<bool> {
    let decided = sqlx::query(
        "UPDATE application SET decided_at = ?, decided_by = ?, approved = ?, answer = ?, claimed_by = NULL,
                claimed_at = NULL
          WHERE id = ? AND decided_at IS NULL",
    )
    .bind(now)
    .bind(grant.by())
    .bind(approved)
    .bind(answer)
    .bind(application)
    .execute(conn)
    .await?;
    Ok(decided.rows_affected() == 1)
}

/// Asks the applicant something.
///
/// # Errors
/// When it cannot be written.
pub async fn ask(
    conn: &mut SqliteConnection,
    _grant: &Grant<DecideApplication>,
    now: Timestamp,
    application: ApplicationId,
    by: MemberId,
    question: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO application_question (application_id, asked_by, asked_at, question) VALUES (?, ?, ?, ?)",
    )
    .bind(application)
    .bind(by)
    .bind(now)
    .bind(question)
    .execute(conn)
    .await?;
    Ok(())
}

/// Answers a question that is open. False when it is not.
///
/// # Errors
/// When it cannot be written.
pub async fn reply(
    conn: &mut SqliteConnection,
    _grant: &Grant<AnswerQuestion>,
    now: Timestamp,
    question: i64,
    reply: &str,
) -> sqlx::Result<bool> {
    let replied = sqlx::query(
        "UPDATE application_question SET reply = ?, replied_at = ? WHERE id = ? AND replied_at IS NULL",
    )
    .bind(reply)
    .bind(now)
    .bind(question)
    .execute(conn)
    .await?;
    Ok(replied.rows_affected() == 1)
}
