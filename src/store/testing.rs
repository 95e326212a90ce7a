//! States that tests need and that take other people's acts to reach.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::domain::ids::{BoardId, MemberId, ThreadId};
use crate::domain::time::Timestamp;
use crate::store::Store;

/// Decides every open case.
pub(crate) async fn decide_all(store: &Store) {
    run(store, "UPDATE mod_case SET decided_at = opened_at").await;
}

/// Runs statements in one transaction.
pub(crate) async fn run(store: &Store, sql: &'static str) {
    let mut conn = store.begin_write().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut *conn).await.unwrap();
    conn.commit().await.unwrap();
}

/// Copies a database, with what is still in its log, into one file.
pub(crate) async fn copy(from: &Path, to: &Path) {
    let mut conn = SqliteConnectOptions::new().filename(from).connect().await.unwrap();
    sqlx::query("VACUUM INTO ?").bind(to.to_str().unwrap()).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

/// The first row that a query finds.
pub(crate) async fn row<T>(store: &Store, sql: &'static str) -> T
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let mut conn = store.begin_read().await.unwrap();
    sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap()
}

/// How many posts there are.
pub(crate) async fn posts(store: &Store) -> i64 {
    row::<(i64,)>(store, "SELECT count(*) FROM post").await.0
}

/// How many lines are kept of all rooms.
pub(crate) async fn room_lines(store: &Store) -> i64 {
    row::<(i64,)>(store, "SELECT count(*) FROM room_line").await.0
}

/// How many agreed to have their lines kept, and how many answered at all.
pub(crate) async fn keep_answers(store: &Store) -> (i64, i64) {
    row(store, "SELECT sum(agrees), count(answered_at) FROM room_keep_answer").await
}

/// How many proposals to keep lines are settled.
pub(crate) async fn keeps_settled(store: &Store) -> i64 {
    row::<(i64,)>(store, "SELECT count(settled_at) FROM room_keep").await.0
}

/// Whom posts speak to, and how.
pub(crate) async fn addressed(store: &Store) -> Vec<(MemberId, String)> {
    let mut conn = store.begin_read().await.unwrap();
    let sql = "SELECT member_id, kind FROM post_address ORDER BY post_id, member_id";
    sqlx::query_as(sql).fetch_all(&mut *conn).await.unwrap()
}

/// When a post was edited last, and what it said before.
pub(crate) async fn last_edit(store: &Store) -> (Timestamp, String) {
    let sql = "SELECT post.edited_at, post_revision.body
                 FROM post_revision JOIN post ON post.id = post_revision.post_id ORDER BY post_revision.id DESC";
    row(store, sql).await
}

async fn set(store: &Store, sql: &'static str, value: i64, id: i64) {
    let mut conn = store.begin_write().await.unwrap();
    sqlx::query(sql).bind(value).bind(id).execute(&mut *conn).await.unwrap();
    conn.commit().await.unwrap();
}

/// Locks a thread.
pub(crate) async fn lock(store: &Store, thread: ThreadId) {
    set(store, "UPDATE thread SET locked = ? WHERE id = ?", 1, thread.0).await;
}

/// Removes a thread.
pub(crate) async fn remove_thread(store: &Store, thread: ThreadId) {
    set(store, "UPDATE thread SET removed = ? WHERE id = ?", 1, thread.0).await;
}

/// Makes a thread slow.
pub(crate) async fn slow(store: &Store, thread: ThreadId, slow_s: i64) {
    set(store, "UPDATE thread SET slow_s = ? WHERE id = ?", slow_s, thread.0).await;
}

/// Archives a board.
pub(crate) async fn archive(store: &Store, board: BoardId) {
    set(store, "UPDATE board SET archived = ? WHERE id = ?", 1, board.0).await;
}

/// Suspends a member.
pub(crate) async fn suspend(store: &Store, member: MemberId, until: Timestamp) {
    let sql = "UPDATE member SET standing = 'suspended', suspended_until = ? WHERE id = ?";
    set(store, sql, until.0, member.0).await;
}

/// Removes a member.
pub(crate) async fn remove(store: &Store, member: MemberId) {
    let sql = "UPDATE member SET standing = 'removed', suspended_until = NULLIF(?, 0) WHERE id = ?";
    set(store, sql, 0, member.0).await;
}

/// Lets a newcomer grow to the level member.
pub(crate) async fn grow(store: &Store, member: MemberId, now: Timestamp) {
    set(store, "UPDATE member SET level = iif(? = 0, 'member', level) WHERE id = ?", 0, member.0).await;
    let sql =
        "INSERT INTO level_change (at, member_id, from_level, to_level) VALUES (?, ?, 'newcomer', 'member')";
    set(store, sql, now.0, member.0).await;
}

/// Lets every write fail as on a full disk, until the next start: no page may be added to the file.
pub(crate) async fn fill_disk(store: &Store) {
    let mut conn = store.begin_write().await.unwrap();
    let (pages,): (i64,) = sqlx::query_as("PRAGMA page_count").fetch_one(&mut *conn).await.unwrap();
    let sql = format!("PRAGMA max_page_count = {pages}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *conn).await.unwrap();
    conn.commit().await.unwrap();
}

/// Lets no wrong password be written down, as on a full disk.
pub(crate) async fn refuse_login_failures(store: &Store) {
    run(store, "CREATE TRIGGER full BEFORE INSERT ON login_failure BEGIN SELECT RAISE(ABORT, 'full'); END")
        .await;
}

/// Leaves one member of the staff.
pub(crate) async fn dismiss_staff_but(store: &Store, member: MemberId) {
    set(store, "UPDATE member SET role = 'member' WHERE ? = 0 AND id <> ?", 0, member.0).await;
}

/// Notes that a member only read for 30 days, a year ago: the next step of the ladder is a suspension.
pub(crate) async fn up_the_ladder(store: &Store, member: MemberId, by: MemberId, now: Timestamp) {
    let mut conn = store.begin_write().await.unwrap();
    sqlx::query(
        "INSERT INTO mod_act (actor_id, action, thing, thing_id, target_id, rule_no, reason, param, before, at, told_at)
         VALUES (?1, 'member.readonly', 'member', ?2, ?2, 1, 'Long ago.', 720, '{}', ?3, ?3)",
    )
    .bind(by)
    .bind(member)
    .bind(now.0 - 365 * 86_400)
    .execute(&mut *conn)
    .await
    .unwrap();
    conn.commit().await.unwrap();
}

/// Notes who invited a member.
pub(crate) async fn invite(store: &Store, member: MemberId, inviter: MemberId) {
    set(store, "UPDATE member SET invited_by = ? WHERE id = ?", inviter.0, member.0).await;
}

/// Makes a member the host of a board.
pub(crate) async fn make_host(store: &Store, board: BoardId, host: MemberId) {
    set(store, "UPDATE board SET host_id = ? WHERE id = ?", host.0, board.0).await;
}

/// Every row of some tables as text, to see whether anything in them changed.
pub(crate) async fn picture(store: &Store, tables: &[&str]) -> Vec<String> {
    let mut conn = store.begin_read().await.unwrap();
    let mut rows = Vec::new();
    for table in tables {
        let columns: Vec<(String,)> = sqlx::query_as("SELECT name FROM pragma_table_info(?)")
            .bind(table)
            .fetch_all(&mut *conn)
            .await
            .unwrap();
        assert!(!columns.is_empty(), "no table {table}");
        let quoted: Vec<String> = columns.iter().map(|(name,)| format!("quote({name})")).collect();
        let sql = format!("SELECT '{table}: ' || {} FROM {table} ORDER BY 1", quoted.join(" || ', ' || "));
        let found: Vec<(String,)> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *conn).await.unwrap();
        rows.extend(found.into_iter().map(|(row,)| row));
    }
    rows
}

/// What the search index holds and should not (`+`), and what it lacks (`-`): words with their column and post, beside an
/// index that is made anew. Nothing may wait for the index.
pub(crate) async fn index_faults(store: &Store) -> Vec<String> {
    let mut conn = store.begin_write().await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 0);
         CREATE VIRTUAL TABLE temp.right_fts USING fts5 (
             title, body, marks, tokenize = 'unicode61 remove_diacritics 2');
         INSERT INTO temp.right_fts (rowid, title, body, marks)
              SELECT text.id, text.title, text.body, now.marks
                FROM post JOIN post_text AS text ON text.id = post.id JOIN post_mark_now AS now ON now.id = post.id
               WHERE post.state IN ('shown', 'collapsed');
         CREATE VIRTUAL TABLE temp.right_words USING fts5vocab ('temp', 'right_fts', 'instance');
         CREATE VIRTUAL TABLE temp.held_words USING fts5vocab ('main', 'post_fts', 'instance')",
    )
    .execute(&mut *conn)
    .await
    .unwrap();
    let waiting: i64 =
        sqlx::query_scalar("SELECT count(*) FROM search_queue").fetch_one(&mut *conn).await.unwrap();
    assert_eq!(waiting, 0, "posts wait for the index");
    // The tables go with the transaction.
    sqlx::query_scalar(
        "SELECT '+' || term || ' ' || col || ' ' || doc FROM
             (SELECT term, col, doc FROM held_words EXCEPT SELECT term, col, doc FROM right_words)
         UNION ALL
         SELECT '-' || term || ' ' || col || ' ' || doc FROM
             (SELECT term, col, doc FROM right_words EXCEPT SELECT term, col, doc FROM held_words)
         UNION ALL
         SELECT '+ ' || id FROM post_fts_docsize WHERE id NOT IN (SELECT post_id FROM post_mark)
         UNION ALL
         SELECT '- ' || post_id FROM post_mark WHERE post_id NOT IN (SELECT id FROM post_fts_docsize)",
    )
    .fetch_all(&mut *conn)
    .await
    .unwrap()
}

/// Gives a board another type.
pub(crate) async fn kind(store: &Store, board: BoardId, kind: crate::domain::board::BoardKind) {
    let mut conn = store.begin_write().await.unwrap();
    let query = sqlx::query("UPDATE board SET kind = ? WHERE id = ?").bind(kind).bind(board);
    query.execute(&mut *conn).await.unwrap();
    conn.commit().await.unwrap();
}

/// A column of every row that a query finds.
pub(crate) async fn rows_of(store: &Store, sql: &'static str) -> Vec<String> {
    let mut conn = store.begin_read().await.unwrap();
    sqlx::query_scalar(sql).fetch_all(&mut *conn).await.unwrap()
}
