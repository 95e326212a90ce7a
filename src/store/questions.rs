//! The sysop's own questions at the door, in versions, and what applicants answered.

use sqlx::SqliteConnection;

use crate::domain::ids::{ApplicationId, QuestionId};
use crate::domain::policy::{EditQuestions, GoOnJoining, Grant};
use crate::domain::question::{AskedOf, Asking, DoorAnswer, QuestionKind};
use crate::domain::time::Timestamp;

/// A question in one of its versions, without its choices.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuestionRow {
    /// The question.
    pub id: QuestionId,
    /// The version's number, across all questions.
    pub version: i64,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub words: String,
    /// Whether it must be answered.
    pub required: bool,
    /// Whom it is for.
    pub asked_of: AskedOf,
    /// Since when it is no longer asked.
    pub retired_at: Option<Timestamp>,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ChoiceRow {
    /// What it says.
    pub words: String,
    /// The name of the tag that it joins; empty for none.
    pub tag: String,
}

/// An answer, without what was chosen.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// The question.
    pub question_id: QuestionId,
    /// The version that was answered.
    pub version_id: i64,
    /// In words; empty for choices.
    pub body: String,
}

/// All columns of [`QuestionRow`] of a question's newest version; what follows is the condition.
macro_rules! select_questions {
    ($rest:literal) => {
        concat!(
            "SELECT question.id, version.id AS version, version.kind, version.words, version.required,
                    version.asked_of, question.retired_at
               FROM door_question AS question
               JOIN door_question_version AS version ON version.question_id = question.id ",
            $rest
        )
    };
}

/// All questions as they stand now, in the order in which they are asked; those that are no longer asked at the end.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection) -> sqlx::Result<Vec<QuestionRow>> {
    sqlx::query_as(select_questions!(
        "WHERE version.id = (SELECT max(id) FROM door_question_version WHERE question_id = question.id)
         ORDER BY question.retired_at IS NOT NULL, question.position, question.id"
    ))
    .fetch_all(conn)
    .await
}

/// One question in one version.
///
/// # Errors
/// When it cannot be read.
pub async fn version(conn: &mut SqliteConnection, version: i64) -> sqlx::Result<Option<QuestionRow>> {
    sqlx::query_as(select_questions!("WHERE version.id = ?")).bind(version).fetch_optional(conn).await
}

/// What can be chosen in a version, in order.
///
/// # Errors
/// When it cannot be read.
pub async fn choices(conn: &mut SqliteConnection, version: i64) -> sqlx::Result<Vec<ChoiceRow>> {
    sqlx::query_as("SELECT words, tag FROM door_question_choice WHERE version_id = ? ORDER BY no")
        .bind(version)
        .fetch_all(conn)
        .await
}

/// The answers of an application, in the order of their questions.
///
/// # Errors
/// When they cannot be read.
pub async fn answers(
    conn: &mut SqliteConnection,
    application: ApplicationId,
) -> sqlx::Result<Vec<AnswerRow>> {
    sqlx::query_as(
        "SELECT answer.question_id, answer.version_id, answer.body
           FROM application_answer AS answer JOIN door_question AS question ON question.id = answer.question_id
          WHERE answer.application_id = ? ORDER BY question.position, question.id",
    )
    .bind(application)
    .fetch_all(conn)
    .await
}

/// The numbers of what was chosen in an answer, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn chosen(
    conn: &mut SqliteConnection,
    application: ApplicationId,
    question: QuestionId,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT no FROM application_choice WHERE application_id = ? AND question_id = ? ORDER BY no",
    )
    .bind(application)
    .bind(question)
    .fetch_all(conn)
    .await
}

/// Adds a question at the end, without a version: [`add_version`] follows in the same transaction.
///
/// # Errors
/// When it cannot be written.
pub async fn insert(conn: &mut SqliteConnection, _grant: &Grant<EditQuestions>) -> sqlx::Result<QuestionId> {
    sqlx::query_scalar(
        "INSERT INTO door_question (position) SELECT coalesce(max(position), 0) + 1 FROM door_question
         RETURNING id",
    )
    .fetch_one(conn)
    .await
}

/// Gives a question another version.
///
/// # Errors
/// When it cannot be written.
pub async fn add_version(
    conn: &mut SqliteConnection,
    grant: &Grant<EditQuestions>,
    now: Timestamp,
    question: QuestionId,
    asking: &Asking,
) -> sqlx::Result<i64> {
    let version: i64 = sqlx::query_scalar(
        "INSERT INTO door_question_version (question_id, kind, words, required, asked_of, made_by, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(question)
    .bind(asking.kind)
    .bind(&asking.words)
    .bind(asking.required)
    .bind(asking.of)
    .bind(grant.by())
    .bind(now)
    .fetch_one(&mut *conn)
    .await?;
    for (choice, no) in asking.choices.iter().zip(1_i64..) {
        sqlx::query("INSERT INTO door_question_choice (version_id, no, words, tag) VALUES (?, ?, ?, ?)")
            .bind(version)
            .bind(no)
            .bind(&choice.words)
            .bind(choice.tag.as_ref().map_or("", |tag| tag.as_str()))
            .execute(&mut *conn)
            .await?;
    }
    Ok(version)
}

/// Puts the questions in the order in which they are named.
///
/// # Errors
/// When it cannot be written.
pub async fn set_order(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditQuestions>,
    order: &[QuestionId],
) -> sqlx::Result<()> {
    for (question, position) in order.iter().zip(1_i64..) {
        sqlx::query("UPDATE door_question SET position = ? WHERE id = ?")
            .bind(position)
            .bind(question)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// No longer asks a question, or asks it again.
///
/// # Errors
/// When it cannot be written.
pub async fn set_retired(
    conn: &mut SqliteConnection,
    _grant: &Grant<EditQuestions>,
    question: QuestionId,
    since: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE door_question SET retired_at = ? WHERE id = ?")
        .bind(since)
        .bind(question)
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps an answer in place of the one before.
///
/// # Errors
/// When it cannot be written.
pub async fn save_answer(
    conn: &mut SqliteConnection,
    _grant: &Grant<GoOnJoining>,
    now: Timestamp,
    application: ApplicationId,
    question: (QuestionId, i64),
    answer: &DoorAnswer,
) -> sqlx::Result<()> {
    let (question, version) = question;
    sqlx::query("DELETE FROM application_choice WHERE application_id = ? AND question_id = ?")
        .bind(application)
        .bind(question)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "INSERT INTO application_answer (application_id, question_id, version_id, body, answered_at)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (application_id, question_id) DO UPDATE
            SET version_id = excluded.version_id, body = excluded.body, answered_at = excluded.answered_at",
    )
    .bind(application)
    .bind(question)
    .bind(version)
    .bind(&answer.text)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    for no in &answer.chosen {
        sqlx::query("INSERT INTO application_choice (application_id, question_id, no) VALUES (?, ?, ?)")
            .bind(application)
            .bind(question)
            .bind(no)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
