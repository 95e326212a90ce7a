//! Members who leave (W6): what they chose, and carrying it out. What remains for others stays whole: post numbers,
//! threads, answers; what nobody else needs is gone.
//!
//! In a batch every statement must use the parameters ?1 to ?k without a gap (see `store::writing`).

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, MemberId, PostId, ThreadId};
use crate::domain::leaving::{FORMER_MEMBER, LeavingWay, WITHDRAWN_TITLE};
use crate::domain::policy::{CarryOut, Grant, LeaveHob};
use crate::domain::time::Timestamp;
use crate::store::writing::{queue_indexed, requeue};

/// What a member who is leaving has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LeavingRow {
    /// Who.
    pub member_id: MemberId,
    /// How.
    pub way: LeavingWay,
    /// When they asked.
    pub asked_at: Timestamp,
    /// When it is carried out.
    pub due_at: Timestamp,
}

/// What a member has chosen, while there is time to change their mind.
///
/// # Errors
/// When it cannot be read.
pub async fn of(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Option<LeavingRow>> {
    sqlx::query_as(
        "SELECT member_id, way, asked_at, due_at FROM leaving WHERE member_id = ? AND done_at IS NULL",
    )
    .bind(member)
    .fetch_optional(conn)
    .await
}

/// Those whose week is over.
///
/// # Errors
/// When they cannot be read.
pub async fn due(conn: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<Vec<LeavingRow>> {
    sqlx::query_as(
        "SELECT member_id, way, asked_at, due_at FROM leaving WHERE done_at IS NULL AND due_at <= ?
          ORDER BY due_at, member_id",
    )
    .bind(now)
    .fetch_all(conn)
    .await
}

/// Notes that a member is leaving; another choice takes the place of the first, and its week.
///
/// # Errors
/// When it cannot be written.
pub async fn ask(
    conn: &mut SqliteConnection,
    _grant: &Grant<LeaveHob>,
    row: &LeavingRow,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO leaving (member_id, way, asked_at, due_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (member_id) DO UPDATE
            SET way = excluded.way, asked_at = excluded.asked_at, due_at = excluded.due_at, done_at = NULL",
    )
    .bind(row.member_id)
    .bind(row.way)
    .bind(row.asked_at)
    .bind(row.due_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// A member stays after all. False when they were not leaving.
///
/// # Errors
/// When it cannot be written.
pub async fn stay(
    conn: &mut SqliteConnection,
    _grant: &Grant<LeaveHob>,
    member: MemberId,
) -> sqlx::Result<bool> {
    let gone = sqlx::query("DELETE FROM leaving WHERE member_id = ? AND done_at IS NULL")
        .bind(member)
        .execute(conn)
        .await?;
    Ok(gone.rows_affected() > 0)
}

/// Whether there is an active sysop besides this member.
///
/// # Errors
/// When it cannot be read.
pub async fn other_sysop(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM member WHERE role = 'sysop' AND standing = 'active' AND id <> ?)",
    )
    .bind(member)
    .fetch_one(conn)
    .await
}

/// What ends with an account (`?1`) at a time (`?2`), whatever the way of leaving.
const END_ACCOUNT: &str = "UPDATE member SET standing = 'removed', role = 'member', password_hash = NULL, suspended_until = NULL,
            last_seen_at = NULL, returned_at = NULL, asleep_at = NULL, shown_tag = NULL, home_seen_at = 0, zone = 'UTC' WHERE id = ?1;
     DELETE FROM login_failure WHERE subject = (SELECT 'handle:' || handle_fold FROM member WHERE id = ?1);
     DELETE FROM setting WHERE member_id = ?1;
     DELETE FROM member_key WHERE member_id = ?1;
     DELETE FROM draft WHERE member_id = ?1;
     DELETE FROM read_thread WHERE member_id = ?1;
     DELETE FROM read_board WHERE member_id = ?1;
     DELETE FROM board_choice WHERE member_id = ?1;
     DELETE FROM thread_choice WHERE member_id = ?1;
     DELETE FROM bookmark WHERE member_id = ?1;
     DELETE FROM note_met WHERE member_id = ?1;
     UPDATE role_term SET ended_at = ?2, ended_how = CASE WHEN answered_at IS NULL THEN 'declined' ELSE 'stepped down' END
      WHERE member_id = ?1 AND ended_at IS NULL;
     UPDATE tag SET champion_id = NULL WHERE champion_id = ?1;
     DELETE FROM cohort_member WHERE member_id = ?1
        AND EXISTS (SELECT 1 FROM cohort WHERE id = cohort_member.cohort_id AND started_at IS NULL);
     UPDATE cohort_member SET left_at = ?2, pair = NULL WHERE member_id = ?1 AND left_at IS NULL;
     DELETE FROM dues_waiver WHERE member_id = ?1;
     DELETE FROM dues_told WHERE member_id = ?1;
     DELETE FROM vouch WHERE member_id = ?1;
     DELETE FROM pass WHERE member_id = ?1;
     DELETE FROM recovery_vouch WHERE member_id = ?1;
     DELETE FROM member_mute WHERE member_id = ?1;
     UPDATE held_post SET title = '', body = '', note = '' WHERE author_id = ?1;
     UPDATE held_post SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = ?1 AND state = 'waiting';
     DELETE FROM waitlist WHERE member_id = ?1;
     DELETE FROM seat_news WHERE member_id = ?1;
     DELETE FROM curb WHERE member_id = ?1;
     DELETE FROM member_tag WHERE member_id = ?1;
     DELETE FROM tag_taken_member WHERE member_id = ?1;
     DELETE FROM application_choice
      WHERE application_id IN (SELECT id FROM application WHERE member_id = ?1);
     DELETE FROM application_answer
      WHERE application_id IN (SELECT id FROM application WHERE member_id = ?1);
     DELETE FROM member_day WHERE member_id = ?1;
     DELETE FROM progress WHERE member_id = ?1;
     DELETE FROM recent WHERE member_id = ?1;
     DELETE FROM room_mark WHERE member_id = ?1;
     DELETE FROM room_ignore WHERE member_id = ?1;
     DELETE FROM left_off WHERE member_id = ?1;
     DELETE FROM seen_from WHERE member_id = ?1;
     DELETE FROM notification WHERE member_id = ?1;
     DELETE FROM post_address WHERE member_id = ?1;
     UPDATE board SET host_id = NULL WHERE host_id = ?1;
     UPDATE mod_case SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = ?1 AND decided_at IS NULL;
     UPDATE application SET claimed_by = NULL, claimed_at = NULL WHERE claimed_by = ?1 AND decided_at IS NULL;
     UPDATE application SET why = '', introduction = '' WHERE member_id = ?1;
     UPDATE application_question SET reply = ''
      WHERE application_id IN (SELECT id FROM application WHERE member_id = ?1);
     UPDATE invite SET note = '' WHERE created_by = ?1;
     UPDATE recovery SET closed_at = ?2, code_hash = NULL WHERE member_id = ?1 AND closed_at IS NULL;
     UPDATE matter SET decided_at = ?2, granted = 0, answer = 'They left.'
      WHERE member_id = ?1 AND decided_at IS NULL;
     UPDATE participant SET left_at = ?2 WHERE member_id = ?1 AND left_at IS NULL;
     UPDATE held_post SET state = 'withdrawn', decided_at = ?2 WHERE author_id = ?1 AND state = 'waiting';
     UPDATE invite SET revoked_at = ?2 WHERE created_by = ?1 AND used_at IS NULL AND revoked_at IS NULL;
     UPDATE leaving SET done_at = ?2 WHERE member_id = ?1";

/// Ends the account: nobody logs in with it any more, its role and hosting end, it takes part in no conversation, and
/// what only its member needed is gone (keys, password, choices, drafts, marks, reading list, notifications …). The
/// same for every way of leaving.
///
/// # Errors
/// When it cannot be written.
pub async fn end_account(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(END_ACCOUNT).bind(member).bind(now).execute(conn).await?;
    Ok(())
}

/// Takes the name off an account and empties its profile. The handle goes to nobody else: a hash of its skeleton stays.
///
/// # Errors
/// When it cannot be written.
pub async fn forget_name(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    let skeleton: String = sqlx::query_scalar("SELECT handle_skeleton FROM member WHERE id = ?")
        .bind(member)
        .fetch_one(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO handle_kept (skeleton_hash, kept_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(skeleton_hash(&skeleton))
        .bind(now)
        .execute(&mut *conn)
        .await?;
    // A handle has no space in it, so these meet no other's.
    let fold = format!("{FORMER_MEMBER} {member}");
    sqlx::query(
        "UPDATE member SET handle = ?2, handle_fold = ?3, handle_skeleton = ?3, pronouns = '', about = '',
                can_help = '', looking_for = '', plan = '' WHERE id = ?1",
    )
    .bind(member)
    .bind(FORMER_MEMBER)
    .bind(fold)
    .execute(conn)
    .await?;
    Ok(())
}

/// What a handle that nobody gets again is known by.
pub(in crate::store) fn skeleton_hash(skeleton: &str) -> String {
    Sha256::digest(skeleton.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A post whose text is to go, or that may quote such a text.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TextRow {
    /// The post.
    pub id: PostId,
    /// Its board.
    pub board_id: BoardId,
    /// Its thread.
    pub thread_id: ThreadId,
    /// Its text.
    pub body: String,
}

/// The texts of a member's posts, with what they said before, thread by thread.
///
/// # Errors
/// When they cannot be read.
pub async fn texts_of(conn: &mut SqliteConnection, member: MemberId) -> sqlx::Result<Vec<TextRow>> {
    sqlx::query_as(
        "SELECT post.id, thread.board_id, post.thread_id, post.body
           FROM post JOIN thread ON thread.id = post.thread_id WHERE post.author_id = ?1
         UNION ALL
         SELECT post.id, thread.board_id, post.thread_id, post_revision.body
           FROM post JOIN thread ON thread.id = post.thread_id
           JOIN post_revision ON post_revision.post_id = post.id WHERE post.author_id = ?1
          ORDER BY 3, 1",
    )
    .bind(member)
    .fetch_all(conn)
    .await
}

/// The posts of others in a thread that quote something.
///
/// # Errors
/// When they cannot be read.
pub async fn quoting(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<Vec<TextRow>> {
    sqlx::query_as(
        "SELECT post.id, thread.board_id, post.thread_id, post.body
           FROM post JOIN thread ON thread.id = post.thread_id
          WHERE post.thread_id = ? AND post.author_id <> ?
            AND (post.body LIKE '>%' OR instr(post.body, char(10) || '>'))
          ORDER BY post.no",
    )
    .bind(thread)
    .bind(member)
    .fetch_all(conn)
    .await
}

/// Gives a post that quoted withdrawn text its text without the quote. What it said before goes, as the quote stands in
/// it too.
///
/// # Errors
/// When it cannot be written.
pub async fn unquote(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    post: PostId,
    body: &str,
) -> sqlx::Result<()> {
    requeue(conn, post).await?;
    sqlx::query("UPDATE post SET body = ?2 WHERE id = ?1; DELETE FROM post_revision WHERE post_id = ?1")
        .bind(post)
        .bind(body)
        .execute(conn)
        .await?;
    Ok(())
}

/// Withdraws what a member wrote: posts become tombstones without a text, messages and lines lose theirs, thanks are
/// taken back, and threads in which nobody else wrote lose their title.
///
/// # Errors
/// When it cannot be written.
pub async fn withdraw(
    conn: &mut SqliteConnection,
    _grant: &Grant<CarryOut>,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(concat!(
        queue_indexed!("SELECT id FROM post WHERE author_id = ?1"),
        ";
         DELETE FROM post_revision WHERE post_id IN (SELECT id FROM post WHERE author_id = ?1);
         DELETE FROM held_post WHERE author_id = ?1;
         UPDATE redaction SET body = NULL, after = NULL WHERE post_id IN (SELECT id FROM post WHERE author_id = ?1);
         DELETE FROM wall_line WHERE author_id = ?1;
         DELETE FROM glossary_meaning WHERE written_by = ?1;
         DELETE FROM room_line WHERE author_id = ?1;
         DELETE FROM thanks WHERE giver_id = ?1;
         UPDATE report SET note = '' WHERE reporter_id = ?1;
         UPDATE matter SET words = '' WHERE kind = 'appeal' AND asked_by = ?1;
         UPDATE mod_case SET snapshot = '' WHERE author_id = ?1 AND decided_at IS NOT NULL;
         DELETE FROM case_line WHERE author_id = ?1
                 AND case_id IN (SELECT id FROM mod_case WHERE decided_at IS NOT NULL);
         UPDATE post SET body = '', state = 'deleted', deleted_from = NULL, deleted_at = ?2 WHERE author_id = ?1;
         UPDATE message SET body = '', deleted_at = ?2 WHERE author_id = ?1 AND kind IN ('message', 'nudge');
         UPDATE thread SET title = ?3
          WHERE author_id = ?1 AND ?2 IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM post WHERE post.thread_id = thread.id AND post.author_id <> ?1)"
    ))
    .bind(member)
    .bind(now)
    .bind(WITHDRAWN_TITLE)
    .execute(&mut *conn)
    .await?;
    withdraw_meanings(conn, member, now).await
}

/// Takes back what a member said that words mean: what another said before holds again, and a word that nobody else
/// explained goes.
async fn withdraw_meanings(
    conn: &mut SqliteConnection,
    member: MemberId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE glossary_term AS term
            SET (meaning, changed_by, changed_at) =
                (SELECT old.meaning, old.written_by, old.written_at FROM glossary_meaning AS old
                  WHERE old.term_id = term.id ORDER BY old.id DESC LIMIT 1)
          WHERE changed_by = ?1 AND EXISTS (SELECT 1 FROM glossary_meaning AS old WHERE old.term_id = term.id);
         DELETE FROM glossary_meaning WHERE EXISTS (
             SELECT 1 FROM glossary_term AS term
              WHERE term.id = term_id AND term.meaning = glossary_meaning.meaning
                AND term.changed_by = written_by AND term.changed_at = written_at);
         UPDATE glossary_term SET meaning = '', removed_at = coalesce(removed_at, ?2) WHERE changed_by = ?1",
    )
    .bind(member)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}
