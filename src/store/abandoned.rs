//! Accounts that somebody began at the door and never finished.

use sqlx::SqliteConnection;

use crate::domain::ids::MemberId;
use crate::domain::time::Timestamp;

/// Accounts still on their way in whose last step was taken at or before a time: the account itself, a rule, an answer,
/// a text, a draft.
///
/// # Errors
/// When they cannot be read.
pub async fn list(conn: &mut SqliteConnection, before: Timestamp) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT member.id
           FROM member LEFT JOIN application ON application.member_id = member.id
          WHERE member.standing = 'joining' AND member.created_at <= ?1 AND application.submitted_at IS NULL
            AND coalesce(application.stepped_at, 0) <= ?1
            AND NOT EXISTS (SELECT 1 FROM charter_acceptance WHERE member_id = member.id AND at > ?1)
            AND NOT EXISTS (SELECT 1 FROM application_answer
                             WHERE application_id = application.id AND answered_at > ?1)
            AND NOT EXISTS (SELECT 1 FROM draft WHERE member_id = member.id AND saved_at > ?1)
          ORDER BY member.id",
    )
    .bind(before)
    .fetch_all(conn)
    .await
}

/// What such an account can have left behind, in an order that keeps the references whole. An invite that it entered is
/// open again until its own time is over.
const STATEMENTS: &[&str] = &[
    "DELETE FROM application_choice WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM application_answer WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM vouch WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM application_question WHERE application_id IN (SELECT id FROM application WHERE member_id = ?)",
    "DELETE FROM application WHERE member_id = ?",
    "UPDATE invite SET used_by = NULL, used_at = NULL WHERE used_by = ?",
    "DELETE FROM charter_acceptance WHERE member_id = ?",
    "DELETE FROM draft WHERE member_id = ?",
    "DELETE FROM left_off WHERE member_id = ?",
    "DELETE FROM setting WHERE member_id = ?",
    "DELETE FROM notification WHERE member_id = ?",
    "DELETE FROM member_key WHERE member_id = ?",
    "DELETE FROM member_day WHERE member_id = ?",
    "DELETE FROM seen_from WHERE member_id = ?",
    "DELETE FROM pass WHERE member_id = ?",
    "DELETE FROM member WHERE id = ? AND standing = 'joining'",
];

/// Forgets one of them, and frees its handle.
///
/// # Errors
/// When it cannot be written, or when something else still names the account; then nothing is to be kept of this.
pub async fn forget(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<()> {
    for statement in STATEMENTS {
        sqlx::query(*statement).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::store::Store;
    use crate::store::testing::{rows_of, run};

    #[tokio::test]
    async fn d10_nothing_is_left_of_one_who_came_with_a_pass_from_somewhere() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
        run(
            &store,
            "INSERT INTO member (id, handle, handle_fold, handle_skeleton, standing, level, role, created_at)
             VALUES (7, 'ada', 'ada', 'ada', 'joining', 'newcomer', 'member', 10)",
        )
        .await;
        run(
            &store,
            "INSERT INTO seen_from (member_id, network, first_at, last_at) VALUES (7, '192.0.2.1', 10, 10)",
        )
        .await;
        run(
            &store,
            "INSERT INTO pass (member_id, authority, key_id, serial, fingerprint, used_at) VALUES (7, 'a', 'b', '1', 'c', 10)",
        )
        .await;
        let mut read = store.begin_read().await.unwrap();
        let due = list(&mut read, Timestamp(10)).await.unwrap();
        drop(read);
        assert_eq!(due, [MemberId(7)]);
        let mut write = store.begin_write().await.unwrap();
        forget(&mut write, MemberId(7)).await.unwrap();
        write.commit().await.unwrap();
        let left = "SELECT 'member' FROM member UNION ALL SELECT 'seen' FROM seen_from UNION ALL SELECT 'pass' FROM pass";
        assert_eq!(rows_of(&store, left).await, [""; 0]);
    }
}
