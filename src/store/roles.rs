//! Roles: what was offered, what is held and until when, and who looks after what.

use sqlx::SqliteConnection;

use crate::domain::board::Audience;
use crate::domain::duty::{Duty, DutyKind};
use crate::domain::ids::{MemberId, TermId};
use crate::domain::policy::{Action, Grant};
use crate::domain::time::Timestamp;

/// An offer, or a term that runs.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TermRow {
    /// Its id.
    pub id: TermId,
    /// Whose.
    pub member_id: MemberId,
    duty: DutyKind,
    of_id: i64,
    /// Who offered it; none for the host.
    pub offered_by: Option<MemberId>,
    /// When.
    pub offered_at: Timestamp,
    /// How long the term is to be, in days.
    pub days: i64,
    /// When the offer was accepted; none while it is open.
    pub answered_at: Option<Timestamp>,
    /// When the term ends.
    pub ends_at: Option<Timestamp>,
}

impl TermRow {
    /// What it is about.
    pub fn duty(&self) -> Duty {
        Duty::new(self.duty, self.of_id)
    }
}

/// Somebody who looks after something, or is asked to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HolderRow {
    /// Who.
    pub member_id: MemberId,
    /// The handle.
    pub handle: String,
    duty: DutyKind,
    of_id: i64,
    /// The name of the board or tag; empty for moderators.
    pub of_name: String,
    /// Who sees the board, or the most open board with a thread of the tag: whether one may know of it.
    pub see: Option<Audience>,
    /// That board's circle.
    pub circle: Option<i64>,
    /// The term, where there is one.
    pub term_id: Option<TermId>,
    /// When the term ends.
    pub ends_at: Option<Timestamp>,
    /// For an offer: how long the term is to be.
    pub days: Option<i64>,
    /// For an offer: the handle of who made it.
    pub offered_by: Option<String>,
}

impl HolderRow {
    /// What it is about.
    pub fn duty(&self) -> Duty {
        Duty::new(self.duty, self.of_id)
    }
}

/// SQL: the offers and terms that have not ended, with one more condition.
macro_rules! terms {
    ($condition:literal) => {
        concat!(
            "SELECT id, member_id, duty, of_id, offered_by, offered_at, days, answered_at, ends_at
               FROM role_term WHERE ended_at IS NULL AND ",
            $condition
        )
    };
}

/// Whether there is such an account, and a person's: bots and imported ones are asked nothing.
///
/// # Errors
/// When it cannot be read.
pub async fn is_a_person(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM member WHERE id = ? AND origin = 'human')")
        .bind(member)
        .fetch_one(conn)
        .await
}

/// The name of what a duty is about, and who may see it; none when there is no such board or tag.
///
/// # Errors
/// When it cannot be read.
pub async fn name_of(conn: &mut SqliteConnection, duty: Duty) -> sqlx::Result<Option<(String, Audience)>> {
    match duty {
        Duty::Moderator => Ok(Some((String::new(), Audience::Members))),
        Duty::Host(board) => {
            sqlx::query_as("SELECT name, see FROM board WHERE id = ?").bind(board).fetch_optional(conn).await
        }
        Duty::Champion(tag) => {
            let name: Option<(String,)> =
                sqlx::query_as("SELECT name FROM tag WHERE id = ?").bind(tag).fetch_optional(conn).await?;
            Ok(name.map(|(name,)| (name, Audience::Members)))
        }
    }
}

/// Who holds a duty now: the host of a board, the champion of a tag.
///
/// # Errors
/// When it cannot be read.
pub async fn holds(conn: &mut SqliteConnection, member: MemberId, duty: Duty) -> sqlx::Result<bool> {
    let sql = match duty {
        Duty::Moderator => {
            "SELECT EXISTS (SELECT 1 FROM member WHERE id = ?1 AND role = 'moderator' AND ?2 = 0)"
        }
        Duty::Host(_) => "SELECT EXISTS (SELECT 1 FROM board WHERE host_id = ?1 AND id = ?2)",
        Duty::Champion(_) => "SELECT EXISTS (SELECT 1 FROM tag WHERE champion_id = ?1 AND id = ?2)",
    };
    sqlx::query_scalar(sql).bind(member).bind(duty.id()).fetch_one(conn).await
}

/// Offers a role.
///
/// # Errors
/// When it cannot be written; a second offer of the same breaks a constraint.
pub async fn offer<A: Action>(
    conn: &mut SqliteConnection,
    grant: &Grant<A>,
    member: MemberId,
    duty: Duty,
    days: i64,
    now: Timestamp,
) -> sqlx::Result<TermId> {
    sqlx::query_scalar(
        "INSERT INTO role_term (member_id, duty, of_id, offered_by, offered_at, days) VALUES (?, ?, ?, ?, ?, ?)
         RETURNING id",
    )
    .bind(member)
    .bind(duty.kind())
    .bind(duty.id())
    .bind(grant.by())
    .bind(now)
    .bind(days)
    .fetch_one(conn)
    .await
}

/// An offer or a term that has not ended.
///
/// # Errors
/// When it cannot be read.
pub async fn term(conn: &mut SqliteConnection, term: TermId) -> sqlx::Result<Option<TermRow>> {
    sqlx::query_as(terms!("id = ?")).bind(term).fetch_optional(conn).await
}

/// A member's term in a duty, or, with `open`, the offer of one that waits for an answer.
///
/// # Errors
/// When it cannot be read.
pub async fn term_of(
    conn: &mut SqliteConnection,
    member: MemberId,
    duty: Duty,
    open: bool,
) -> sqlx::Result<Option<TermRow>> {
    sqlx::query_as(terms!("member_id = ? AND duty = ? AND of_id = ? AND (answered_at IS NULL) = ?"))
        .bind(member)
        .bind(duty.kind())
        .bind(duty.id())
        .bind(open)
        .fetch_optional(conn)
        .await
}

/// The terms that end before a time; only those whose members were not told yet.
///
/// # Errors
/// When they cannot be read.
pub async fn ending(
    conn: &mut SqliteConnection,
    before: Timestamp,
    untold: bool,
) -> sqlx::Result<Vec<TermRow>> {
    sqlx::query_as(terms!("ends_at <= ? AND (told_at IS NULL OR NOT ?) ORDER BY id"))
        .bind(before)
        .bind(untold)
        .fetch_all(conn)
        .await
}

/// Begins a term: the member has accepted.
///
/// # Errors
/// When it cannot be written.
pub async fn begin<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    term: TermId,
    now: Timestamp,
    ends_at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE role_term SET answered_at = ?, ends_at = ? WHERE id = ?")
        .bind(now)
        .bind(ends_at)
        .bind(term)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a term or an offer.
///
/// # Errors
/// When it cannot be written.
pub async fn end<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    term: TermId,
    how: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE role_term SET ended_at = ?, ended_how = ? WHERE id = ?")
        .bind(now)
        .bind(how)
        .bind(term)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that a member was told that a term ends soon.
///
/// # Errors
/// When it cannot be written.
pub async fn note_told<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    term: TermId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE role_term SET told_at = ? WHERE id = ?").bind(now).bind(term).execute(conn).await?;
    Ok(())
}

/// Gives a member a duty, in place of whoever had it. Sysops stay what they are. Gives who had it before.
///
/// # Errors
/// When it cannot be written.
pub async fn give<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    member: MemberId,
    duty: Duty,
) -> sqlx::Result<Option<MemberId>> {
    let (ask, sql) = match duty {
        Duty::Moderator => {
            let sql = "UPDATE member SET role = 'moderator' WHERE id = ? AND role = 'member'";
            sqlx::query(sql).bind(member).execute(conn).await?;
            return Ok(None);
        }
        Duty::Host(_) => {
            ("SELECT host_id FROM board WHERE id = ?", "UPDATE board SET host_id = ? WHERE id = ?")
        }
        Duty::Champion(_) => {
            ("SELECT champion_id FROM tag WHERE id = ?", "UPDATE tag SET champion_id = ? WHERE id = ?")
        }
    };
    let before: Option<MemberId> = sqlx::query_scalar(ask).bind(duty.id()).fetch_one(&mut *conn).await?;
    sqlx::query(sql).bind(member).bind(duty.id()).execute(conn).await?;
    Ok(before.filter(|before| *before != member))
}

/// Takes a duty from a member who has it.
///
/// # Errors
/// When it cannot be written.
pub async fn take<A: Action>(
    conn: &mut SqliteConnection,
    _grant: &Grant<A>,
    member: MemberId,
    duty: Duty,
) -> sqlx::Result<()> {
    let sql = match duty {
        Duty::Moderator => {
            "UPDATE member SET role = 'member' WHERE id = ?1 AND role = 'moderator' AND ?2 = 0"
        }
        Duty::Host(_) => "UPDATE board SET host_id = NULL WHERE host_id = ?1 AND id = ?2",
        Duty::Champion(_) => "UPDATE tag SET champion_id = NULL WHERE champion_id = ?1 AND id = ?2",
    };
    sqlx::query(sql).bind(member).bind(duty.id()).execute(conn).await?;
    Ok(())
}

/// Who looks after what: moderators, then hosts by board, then champions by tag.
///
/// # Errors
/// When it cannot be read.
pub async fn holders(conn: &mut SqliteConnection) -> sqlx::Result<Vec<HolderRow>> {
    sqlx::query_as(
        "SELECT held.*, term.id AS term_id, term.ends_at, NULL AS days, NULL AS offered_by
           FROM (SELECT id AS member_id, handle, 'moderator' AS duty, 0 AS of_id, '' AS of_name, NULL AS see, NULL AS circle, 1 AS sort,
                        handle_fold AS name
                   FROM member WHERE role = 'moderator' AND standing = 'active'
                 UNION ALL
                 SELECT member.id, member.handle, 'host', board.id, board.name, board.see, board.circle, 2, board.position
                   FROM board JOIN member ON member.id = board.host_id WHERE board.archived = 0 AND member.standing = 'active'
                 UNION ALL
                 SELECT member.id, member.handle, 'champion', tag.id, tag.name, NULL, NULL, 3, tag.name
                   FROM tag JOIN member ON member.id = tag.champion_id
                  WHERE member.standing = 'active') AS held
           LEFT JOIN role_term AS term
                  ON term.member_id = held.member_id AND term.duty = held.duty AND term.of_id = held.of_id
                 AND term.answered_at IS NOT NULL AND term.ended_at IS NULL
          ORDER BY held.sort, held.name",
    )
    .fetch_all(conn)
    .await
}

/// The offers that wait for an answer: those to one member, or all.
///
/// # Errors
/// When they cannot be read.
pub async fn offers(conn: &mut SqliteConnection, to: Option<MemberId>) -> sqlx::Result<Vec<HolderRow>> {
    sqlx::query_as(
        "SELECT term.member_id, member.handle, term.duty, term.of_id,
                coalesce(board.name, tag.name, '') AS of_name, board.see, board.circle,
                term.id AS term_id, NULL AS ends_at, term.days, by.handle AS offered_by
           FROM role_term AS term
           JOIN member ON member.id = term.member_id
           LEFT JOIN member AS by ON by.id = term.offered_by
           LEFT JOIN board ON term.duty = 'host' AND board.id = term.of_id
           LEFT JOIN tag ON term.duty = 'champion' AND tag.id = term.of_id
          WHERE term.answered_at IS NULL AND term.ended_at IS NULL AND (?1 IS NULL OR term.member_id = ?1)
          ORDER BY term.id",
    )
    .bind(to)
    .fetch_all(conn)
    .await
}
