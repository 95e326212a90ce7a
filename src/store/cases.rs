//! Reports and the cases they make: all reports on one thing, until it is decided.

mod own;

pub use own::*;

use sqlx::SqliteConnection;

use crate::domain::board::{Audience, BoardFacts};
use crate::domain::ids::{BoardId, CaseId, MemberId, PostNo, ThreadId};
use crate::domain::moderation::{Thing, ThingKind};
use crate::domain::policy::{Grant, HandleCase, Report, UndoAct};
use crate::domain::time::Timestamp;

/// A case, with what its line in the queue says and what the policy looks at.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CaseRow {
    /// Its id.
    pub id: CaseId,
    /// What kind of thing was reported.
    pub thing: ThingKind,
    /// Which.
    pub thing_id: i64,
    /// Whose it is.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// Who invited them, if somebody else on the staff is free to judge.
    pub inviter_id: Option<MemberId>,
    /// The thing's text when it was first reported.
    pub snapshot: String,
    /// When it was first reported.
    pub opened_at: Timestamp,
    /// Who claimed it; the claim may be over.
    pub claimed_by: Option<MemberId>,
    /// Their handle.
    pub claimer: Option<String>,
    /// When it was claimed.
    pub claimed_at: Option<Timestamp>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// Who decided it.
    pub decided_by: Option<MemberId>,
    /// Their handle.
    pub decider: Option<String>,
    /// What the reporters are told.
    pub outcome: String,
    /// How many people reported it.
    pub reporters: i64,
    /// Whether the member who looks is one of them.
    pub reported_it: bool,
    /// Whether that member takes, or took, part in the conversation, if it is about a message; came with the invite;
    /// looks after the tag.
    pub takes_part: bool,
    /// The rule that most reports name.
    pub rule_no: i64,
    /// The reported post's number, if it is a post.
    pub post_no: Option<PostNo>,
    /// The thread it is, or is in.
    pub thread_id: Option<ThreadId>,
    /// That thread's title; a tag's name.
    pub title: Option<String>,
    /// The board it is on.
    pub board_id: Option<BoardId>,
    /// That board's name.
    pub board: Option<String>,
    see: Option<Audience>,
    write: Option<Audience>,
    archived: Option<bool>,
    host_id: Option<MemberId>,
    circle: Option<i64>,
}

impl CaseRow {
    /// What was reported.
    pub fn thing(&self) -> Thing {
        Thing::new(self.thing, self.thing_id)
    }

    /// What the policy asks about whoever wants to handle it; the row must have been read for that member.
    pub fn facts(&self) -> HandleCase {
        let board = self.see.zip(self.write).map(|(see, write)| BoardFacts {
            see,
            write,
            archived: self.archived.unwrap_or(false),
            host: self.host_id,
            circle: self.circle.unwrap_or(0),
        });
        HandleCase {
            author: self.author_id,
            reported_it: self.reported_it,
            inviter: self.inviter_id,
            takes_part: self.takes_part,
            board,
        }
    }
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// Who reported.
    pub reporter_id: MemberId,
    /// Their handle.
    pub reporter: String,
    /// The rule that they say was broken.
    pub rule_no: i64,
    /// What they add.
    pub note: String,
    /// When.
    pub created_at: Timestamp,
}

/// The columns of a [`CaseRow`] for the member `?1`, and what follows in a statement.
macro_rules! select_cases {
    ($rest:literal) => {
        concat!(
            "SELECT mod_case.id, mod_case.thing, mod_case.thing_id, mod_case.author_id, author.handle AS author,
                    (SELECT inviter_id FROM case_aside WHERE case_id = mod_case.id) AS inviter_id, mod_case.snapshot, mod_case.opened_at,
                    mod_case.claimed_by, claimer.handle AS claimer, mod_case.claimed_at,
                    mod_case.decided_at, mod_case.decided_by, decider.handle AS decider, mod_case.outcome,
                    (SELECT count(*) FROM report WHERE case_id = mod_case.id) AS reporters,
                    EXISTS (SELECT 1 FROM report WHERE case_id = mod_case.id AND reporter_id = ?1) AS reported_it,
                    (EXISTS (SELECT 1 FROM message JOIN participant ON participant.conversation_id = message.conversation_id
                              WHERE mod_case.thing = 'message' AND message.id = mod_case.thing_id
                                AND participant.member_id = ?1)
                     -- Nor does who came with an invite judge of it, nor a tag's champion of the tag.
                     OR EXISTS (SELECT 1 FROM invite WHERE mod_case.thing = 'invite'
                                 AND invite.id = mod_case.thing_id AND invite.used_by = ?1)
                     OR EXISTS (SELECT 1 FROM tag WHERE mod_case.thing = 'tag' AND tag.id = mod_case.thing_id
                                 AND tag.champion_id = ?1 AND tag.made_by <> ?1)
                     -- Whoever stands near the author leaves it to somebody who is free, if there is one.
                     OR (EXISTS (SELECT 1 FROM stands_near AS near
                                  WHERE near.member_id = mod_case.author_id AND near.other_id = ?1)
                         AND EXISTS (SELECT 1 FROM member AS other
                                      WHERE other.role <> 'member' AND other.standing = 'active'
                                        AND other.id <> mod_case.author_id
                                        AND other.id NOT IN (SELECT reporter_id FROM report WHERE case_id = mod_case.id)
                                        AND other.id NOT IN (SELECT near.other_id FROM stands_near AS near
                                                              WHERE near.member_id = mod_case.author_id)))) AS takes_part,
                    (SELECT rule_no FROM report WHERE case_id = mod_case.id
                      GROUP BY rule_no ORDER BY count(*) DESC, min(id) LIMIT 1) AS rule_no,
                    post.no AS post_no, thread.id AS thread_id,
                    coalesce(thread.title, '#' || (SELECT name FROM tag
                                                    WHERE mod_case.thing = 'tag' AND tag.id = mod_case.thing_id)) AS title,
                    board.id AS board_id, board.name AS board, board.see, board.write, board.archived, board.host_id,
                    board.circle
               FROM mod_case
               JOIN member AS author ON author.id = mod_case.author_id
               LEFT JOIN member AS claimer ON claimer.id = mod_case.claimed_by
               LEFT JOIN member AS decider ON decider.id = mod_case.decided_by
               LEFT JOIN post ON mod_case.thing = 'post' AND post.id = mod_case.thing_id
               LEFT JOIN thread ON thread.id =
                   CASE mod_case.thing WHEN 'post' THEN post.thread_id WHEN 'thread' THEN mod_case.thing_id END
               LEFT JOIN board ON board.id = coalesce(thread.board_id, mod_case.board_id) ",
            $rest
        )
    };
}

/// One case, as the member `me` stands to it; none for the host.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    case: CaseId,
    me: Option<MemberId>,
) -> sqlx::Result<Option<CaseRow>> {
    sqlx::query_as(select_cases!("WHERE mod_case.id = ?2")).bind(me).bind(case).fetch_optional(conn).await
}

/// The open case on a thing, as the member `me` stands to it.
///
/// # Errors
/// When it cannot be read.
pub async fn open_on(
    conn: &mut SqliteConnection,
    thing: Thing,
    me: Option<MemberId>,
) -> sqlx::Result<Option<CaseRow>> {
    sqlx::query_as(select_cases!(
        "WHERE mod_case.thing = ?2 AND mod_case.thing_id = ?3 AND decided_at IS NULL"
    ))
    .bind(me)
    .bind(thing.kind())
    .bind(thing.id())
    .fetch_optional(conn)
    .await
}

/// The newest case on a thing, decided or not, as the member `me` stands to it.
///
/// # Errors
/// When it cannot be read.
pub async fn last_on(
    conn: &mut SqliteConnection,
    thing: Thing,
    me: Option<MemberId>,
) -> sqlx::Result<Option<CaseRow>> {
    sqlx::query_as(select_cases!(
        "WHERE mod_case.thing = ?2 AND mod_case.thing_id = ?3 ORDER BY mod_case.id DESC LIMIT 1"
    ))
    .bind(me)
    .bind(thing.kind())
    .bind(thing.id())
    .fetch_optional(conn)
    .await
}

/// All open cases, the oldest first, as the member `me` stands to each. The caller asks the policy about each.
///
/// # Errors
/// When they cannot be read.
pub async fn open(
    conn: &mut SqliteConnection,
    me: Option<MemberId>,
    limit: i64,
) -> sqlx::Result<Vec<CaseRow>> {
    sqlx::query_as(select_cases!("WHERE decided_at IS NULL ORDER BY opened_at, mod_case.id LIMIT ?2"))
        .bind(me)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// Opens a case. `board`: that of the room which a line was said in.
///
/// # Errors
/// When it cannot be written; a second open case on one thing breaks a constraint.
pub async fn insert(
    conn: &mut SqliteConnection,
    _grant: &Grant<Report>,
    thing: Thing,
    author: MemberId,
    board: Option<BoardId>,
    snapshot: &str,
    now: Timestamp,
) -> sqlx::Result<CaseId> {
    sqlx::query_scalar(
        "INSERT INTO mod_case (thing, thing_id, author_id, board_id, snapshot, opened_at) VALUES (?, ?, ?, ?, ?, ?)
         RETURNING id",
    )
    .bind(thing.kind())
    .bind(thing.id())
    .bind(author)
    .bind(board)
    .bind(snapshot)
    .bind(now)
    .fetch_one(conn)
    .await
}

/// Adds a report to a case. False when this member has reported it already.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_report(
    conn: &mut SqliteConnection,
    _grant: &Grant<Report>,
    case: CaseId,
    reporter: MemberId,
    rule_no: i64,
    note: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO report (case_id, reporter_id, rule_no, note, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (case_id, reporter_id) DO NOTHING",
    )
    .bind(case)
    .bind(reporter)
    .bind(rule_no)
    .bind(note)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many reports a member made since a time.
///
/// # Errors
/// When they cannot be counted.
pub async fn reports_since(
    conn: &mut SqliteConnection,
    reporter: MemberId,
    since: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM report WHERE reporter_id = ? AND created_at > ?")
        .bind(reporter)
        .bind(since)
        .fetch_one(conn)
        .await
}

/// Whether a member has a report in an open case on anything of an author's.
///
/// # Errors
/// When it cannot be read.
pub async fn has_open_report(
    conn: &mut SqliteConnection,
    reporter: MemberId,
    author: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM report JOIN mod_case ON mod_case.id = report.case_id
                         WHERE report.reporter_id = ? AND mod_case.author_id = ? AND mod_case.decided_at IS NULL)",
    )
    .bind(reporter)
    .bind(author)
    .fetch_one(conn)
    .await
}

/// The reports of a case, the first one first.
///
/// # Errors
/// When they cannot be read.
pub async fn reports(conn: &mut SqliteConnection, case: CaseId) -> sqlx::Result<Vec<ReportRow>> {
    sqlx::query_as(
        "SELECT reporter_id, member.handle AS reporter, rule_no, note, report.created_at
           FROM report JOIN member ON member.id = reporter_id WHERE case_id = ? ORDER BY report.id",
    )
    .bind(case)
    .fetch_all(conn)
    .await
}

/// Claims an open case, unless somebody else's claim from after `expired` stands. False when it does.
///
/// # Errors
/// When it cannot be written.
pub async fn claim(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleCase>,
    case: CaseId,
    by: MemberId,
    now: Timestamp,
    expired: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE mod_case SET claimed_by = ?2, claimed_at = ?3
          WHERE id = ?1 AND decided_at IS NULL
            AND (claimed_by IS NULL OR claimed_by = ?2 OR claimed_at <= ?4)",
    )
    .bind(case)
    .bind(by)
    .bind(now)
    .bind(expired)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives an own claim back. False when there was none.
///
/// # Errors
/// When it cannot be written.
pub async fn release(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleCase>,
    case: CaseId,
    by: MemberId,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE mod_case SET claimed_by = NULL, claimed_at = NULL
          WHERE id = ? AND claimed_by = ? AND decided_at IS NULL",
    )
    .bind(case)
    .bind(by)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Decides an open case. False when somebody else was faster.
///
/// # Errors
/// When it cannot be written.
pub async fn decide(
    conn: &mut SqliteConnection,
    _grant: &Grant<HandleCase>,
    case: CaseId,
    by: MemberId,
    outcome: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE mod_case SET decided_at = ?, decided_by = ?, outcome = ?, claimed_by = NULL, claimed_at = NULL
          WHERE id = ? AND decided_at IS NULL",
    )
    .bind(now)
    .bind(by)
    .bind(outcome)
    .bind(case)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Opens a decided case again, because its decision is undone; the reporters wait for an outcome again. Nothing
/// happens when the same thing has another open case by now.
///
/// # Errors
/// When it cannot be written.
pub async fn reopen(conn: &mut SqliteConnection, _grant: &Grant<UndoAct>, case: CaseId) -> sqlx::Result<()> {
    let reopened = sqlx::query(
        "UPDATE mod_case SET decided_at = NULL, decided_by = NULL, outcome = ''
          WHERE id = ?1 AND NOT EXISTS (
                SELECT 1 FROM mod_case AS other
                 WHERE other.thing = mod_case.thing AND other.thing_id = mod_case.thing_id
                   AND other.decided_at IS NULL)",
    )
    .bind(case)
    .execute(&mut *conn)
    .await?;
    if reopened.rows_affected() > 0 {
        sqlx::query("UPDATE report SET told_at = NULL WHERE case_id = ?").bind(case).execute(conn).await?;
    }
    Ok(())
}
