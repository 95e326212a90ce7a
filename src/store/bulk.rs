//! Filling a new file with a whole community at once: for `hob demo` and for benches. Rows go in by the dozen, no
//! transaction protects them and no key is checked, so this is only for a file that nobody uses yet; one that was
//! not finished is thrown away. The rules of the house do not apply here either: whoever fills makes rows as the use
//! cases would have left them, and tests compare.

use std::path::Path;

use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Sqlite, SqliteConnection};

use super::OpenError;
use crate::domain::board::{Audience, BoardKind};
use crate::domain::cohort::Weekday;
use crate::domain::ids::{BoardId, CohortId, MemberId, PostId, PostNo, TagId, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{Grant, MakeAccount};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;

/// What `PRAGMA application_id` says in a made-up community: "hobd". The header of the file itself keeps it, so that
/// copying or renaming the file does not lose it.
const DEMO_ID: i64 = 0x686f_6264;

/// Page cache while filling, in KiB (negative: KiB, not pages): the indices of a million posts fit.
const CACHE_KIB: &str = "-131072";

/// Bytes of new words that FTS5 collects in memory before it writes a segment; 64 times its own default, which would
/// write and merge a thousand small segments for a million posts.
const FTS_HASH_FILLING: i64 = 64 << 20;
/// FTS5's own default, put back afterwards.
const FTS_HASH_DEFAULT: i64 = 1 << 20;

/// A row that can be written many at a time.
pub trait BulkRow: Sync {
    /// The statement for one row.
    const ONE: &'static str;
    /// The statement for [`ROWS_AT_ONCE`] rows.
    const MANY: &'static str;

    /// Binds the row's columns in order.
    fn bind<'q>(&self, query: Query<'q, Sqlite, SqliteArguments>) -> Query<'q, Sqlite, SqliteArguments>;
}

/// Rows in one statement: a hop to the database costs more than a row.
pub const ROWS_AT_ONCE: usize = 64;

macro_rules! four {
    ($rows:expr) => {
        concat!($rows, ", ", $rows, ", ", $rows, ", ", $rows)
    };
}

/// A table's row with its two statements, from its columns.
macro_rules! bulk_row {
    ($(#[$doc:meta])* $name:ident in $table:literal { $first:ident: $first_type:ty, $($field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[allow(missing_docs)] // The columns are explained where the table is made, in migrations/.
        pub struct $name { pub $first: $first_type, $(pub $field: $type),+ }

        impl BulkRow for $name {
            const ONE: &'static str = bulk_row!(@sql $table, $first, [$($field)+], bulk_row!(@row $($field)+));
            const MANY: &'static str =
                bulk_row!(@sql $table, $first, [$($field)+], four!(four!(four!(bulk_row!(@row $($field)+)))));

            fn bind<'q>(&self, query: Query<'q, Sqlite, SqliteArguments>) -> Query<'q, Sqlite, SqliteArguments> {
                query.bind(self.$first.clone())$(.bind(self.$field.clone()))+
            }
        }
    };
    (@sql $table:literal, $first:ident, [$($field:ident)+], $rows:expr) => {
        concat!("INSERT INTO ", $table, " (", stringify!($first) $(, ", ", stringify!($field))+, ") VALUES ", $rows)
    };
    (@row $($field:ident)+) => { concat!("(?" $(, bulk_row!(@mark $field))+, ")") };
    (@mark $field:ident) => { ", ?" };
}

bulk_row! {
    /// An account.
    MemberRow in "member" {
        id: MemberId, handle: String, handle_fold: String, handle_skeleton: String, standing: Standing, level: Level,
        role: Role, password_hash: String, created_at: Timestamp, joined_at: Timestamp, last_seen_at: Timestamp,
        home_seen_at: Timestamp, invited_by: Option<MemberId>, pronouns: String, zone: String, about: String,
        can_help: String, looking_for: String, plan: String,
    }
}
bulk_row! {
    /// A board.
    BoardRow in "board" {
        id: BoardId, slug: String, name: String, purpose: String, category: String, position: i64, kind: BoardKind,
        template: &'static str, see: Audience, write: Audience, host_id: Option<MemberId>, archived: bool, created_at: Timestamp,
    }
}
bulk_row! {
    /// A thread with its counters as its posts leave them.
    ThreadRow in "thread" {
        id: ThreadId, board_id: BoardId, title: String, author_id: MemberId, created_at: Timestamp, post_count: i64,
        last_post_id: PostId, last_author_id: MemberId, last_at: Timestamp, pinned: bool, locked: bool, slow_s: i64,
        solved: bool, solved_no: Option<PostNo>,
    }
}
bulk_row! {
    /// A post. Ids must grow with time, and numbers run from 1 in each thread.
    PostRow in "post" {
        id: PostId, thread_id: ThreadId, no: PostNo, author_id: MemberId, reply_to_no: Option<PostNo>, body: String,
        created_at: Timestamp, edited_at: Option<Timestamp>, state: PostState, deleted_at: Option<Timestamp>,
    }
}
bulk_row! {
    /// What a post said before an edit.
    RevisionRow in "post_revision" { post_id: PostId, body: String, written_at: Timestamp }
}
bulk_row! {
    /// Whom a post speaks to: `reply` or `mention`.
    AddressRow in "post_address" { member_id: MemberId, post_id: PostId, kind: &'static str }
}
bulk_row! {
    /// A tag.
    TagRow in "tag" { id: TagId, name: String, made_by: MemberId, made_at: Timestamp }
}
bulk_row! {
    /// A tag that a member has joined.
    MemberTagRow in "member_tag" { member_id: MemberId, tag_id: TagId, joined_at: Timestamp }
}
bulk_row! {
    /// A cohort that is over.
    CohortRow in "cohort" {
        id: CohortId, name: String, purpose: String, host_id: MemberId, board_id: BoardId, tag_id: TagId, places: i64,
        weekday: Weekday, starts_at: Timestamp, ends_at: Timestamp, seed: i64, made_at: Timestamp, started_at: Timestamp,
        ended_at: Timestamp,
    }
}
bulk_row! {
    /// Somebody who was in a cohort.
    CohortMemberRow in "cohort_member" { cohort_id: CohortId, member_id: MemberId, joined_at: Timestamp, pair: i64 }
}
bulk_row! {
    /// A checkpoint that was open.
    CheckpointRow in "cohort_checkpoint" { cohort_id: CohortId, week: i64, opens_at: Timestamp, thread_id: ThreadId }
}
bulk_row! {
    /// A tag of a thread.
    ThreadTagRow in "thread_tag" { thread_id: ThreadId, tag_id: TagId }
}
bulk_row! {
    /// A post in a member's reading list.
    BookmarkRow in "bookmark" { member_id: MemberId, post_id: PostId, kept_at: Timestamp }
}
bulk_row! {
    /// How far a member has read a thread.
    MarkRow in "read_thread" { member_id: MemberId, thread_id: ThreadId, last_no: i64 }
}
bulk_row! {
    /// Up to where a member has read a board.
    FloorRow in "read_board" { member_id: MemberId, board_id: BoardId, upto_post: PostId }
}
bulk_row! {
    /// A followed or muted thread.
    ThreadChoiceRow in "thread_choice" { member_id: MemberId, thread_id: ThreadId, choice: &'static str }
}
bulk_row! {
    /// A subscribed or muted board.
    BoardChoiceRow in "board_choice" { member_id: MemberId, board_id: BoardId, choice: &'static str }
}
bulk_row! {
    /// A member's choice in the settings.
    SettingRow in "setting" { member_id: MemberId, name: &'static str, value: &'static str }
}

/// A new file that is being filled.
pub struct Bulk {
    conn: SqliteConnection,
    /// The statements that make the indices put off until the end.
    indices: Vec<String>,
}

impl Bulk {
    /// Makes the file with its schema. The grant is that of the host's own tools.
    ///
    /// # Errors
    /// When the file cannot be made, or is there and has a schema already.
    pub async fn create(path: &Path, _grant: &Grant<MakeAccount>) -> Result<Self, OpenError> {
        let mut conn = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .locking_mode(SqliteLockingMode::Exclusive)
            .foreign_keys(false)
            .pragma("cache_size", CACHE_KIB)
            .connect()
            .await?;
        super::MIGRATOR.run(&mut conn).await?;
        // An index made at the end is sorted once instead of being searched at every row. Those that hold a UNIQUE
        // have no statement of their own and stay.
        let put_off: Vec<(String, String)> = sqlx::query_as(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
                AND tbl_name IN ('post', 'thread', 'post_revision')",
        )
        .fetch_all(&mut conn)
        .await?;
        for (name, _) in &put_off {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP INDEX {name}"))).execute(&mut conn).await?;
        }
        sqlx::raw_sql("BEGIN").execute(&mut conn).await?;
        Ok(Self { conn, indices: put_off.into_iter().map(|(_, sql)| sql).collect() })
    }

    /// Writes rows.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn insert<R: BulkRow>(&mut self, rows: &[R]) -> sqlx::Result<()> {
        let mut many = rows.chunks_exact(ROWS_AT_ONCE);
        for chunk in many.by_ref() {
            let query = chunk.iter().fold(sqlx::query(R::MANY), |query, row| row.bind(query));
            query.execute(&mut self.conn).await?;
        }
        for row in many.remainder() {
            row.bind(sqlx::query(R::ONE)).execute(&mut self.conn).await?;
        }
        Ok(())
    }

    /// Makes the indices, for searching too, says in the file that it is a made-up community, and closes it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn finish(mut self) -> sqlx::Result<()> {
        for sql in std::mem::take(&mut self.indices) {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.conn).await?;
        }
        // The threads were written after their posts.
        sqlx::query(
            "UPDATE thread SET first_post_id = (SELECT id FROM post WHERE post.thread_id = thread.id AND post.no = 1)",
        )
        .execute(&mut self.conn)
        .await?;
        super::reading::settle_everybody(&mut self.conn).await?;
        self.set_fts("hashsize", FTS_HASH_FILLING).await?;
        for sql in [
            "INSERT INTO post_mark (post_id, marks)
             SELECT now.id, now.marks FROM post CROSS JOIN post_mark_now AS now ON now.id = post.id
              WHERE post.state IN ('shown', 'collapsed') ORDER BY post.id",
            "INSERT INTO post_fts (rowid, title, body, marks)
             SELECT text.id, text.title, text.body, text.marks
               FROM post_mark CROSS JOIN post_text AS text ON text.id = post_mark.post_id ORDER BY post_mark.post_id",
        ] {
            sqlx::query(sql).execute(&mut self.conn).await?;
        }
        self.set_fts("hashsize", FTS_HASH_DEFAULT).await?;
        // What the levels rest on, as people who came by would have left it.
        for sql in [
            "INSERT INTO progress (member_id, posts_read)
             SELECT member.id, max(CASE WHEN level = 'newcomer' THEN 0 ELSE 20 END, coalesce(sum(last_no), 0))
               FROM member LEFT JOIN read_thread ON read_thread.member_id = member.id GROUP BY member.id",
            "WITH RECURSIVE back (days) AS (SELECT 0 UNION ALL SELECT days + 3 FROM back WHERE days < 57)
             INSERT INTO member_day (member_id, day)
             SELECT id, (last_seen_at - 86400 * days) / 86400 FROM member CROSS JOIN back
              WHERE joined_at <= last_seen_at - 86400 * days",
        ] {
            sqlx::query(sql).execute(&mut self.conn).await?;
        }
        sqlx::raw_sql("COMMIT").execute(&mut self.conn).await?;
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA application_id = {DEMO_ID}")))
            .execute(&mut self.conn)
            .await?;
        // Everything was written without waiting for the disk: this once, wait.
        sqlx::raw_sql("PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE")
            .execute(&mut self.conn)
            .await?;
        self.conn.close().await
    }

    async fn set_fts(&mut self, name: &str, value: i64) -> sqlx::Result<()> {
        sqlx::query("INSERT INTO post_fts (post_fts, rank) VALUES (?, ?)")
            .bind(name)
            .bind(value)
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }
}

/// Whether this file is a made-up community.
///
/// # Errors
/// When it cannot be read.
pub async fn is_demo(conn: &mut SqliteConnection) -> sqlx::Result<bool> {
    let id: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(conn).await?;
    Ok(id == DEMO_ID)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::policy::{self, Actor};
    use crate::store::Store;

    #[tokio::test]
    async fn every_row_arrives_and_the_file_says_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hob.db");
        let grant = policy::allow(&Actor::Host, &MakeAccount).unwrap();
        let mut bulk = Bulk::create(&path, &grant).await.unwrap();
        let count = i64::try_from(2 * ROWS_AT_ONCE + 5).unwrap();
        let rows: Vec<MarkRow> = (1..=count)
            .map(|id| MarkRow { member_id: MemberId(1), thread_id: ThreadId(id), last_no: id * 2 })
            .collect();
        bulk.insert(&rows).await.unwrap();
        let indices = bulk.indices.len();
        bulk.finish().await.unwrap();

        let store = Store::open(&path).await.unwrap();
        let mut read = store.begin_read().await.unwrap();
        let found: (i64, i64) =
            sqlx::query_as("SELECT count(*), sum(last_no) FROM read_thread WHERE member_id = 1")
                .fetch_one(&mut *read)
                .await
                .unwrap();
        assert_eq!(found, (count, count * (count + 1)));
        let there: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
                AND tbl_name IN ('post', 'thread', 'post_revision')",
        )
        .fetch_one(&mut *read)
        .await
        .unwrap();
        assert_eq!(usize::try_from(there).unwrap(), indices);
        assert!(indices > 3 && is_demo(&mut read).await.unwrap());

        let real = Store::open(&folder.path().join("real.db")).await.unwrap();
        assert!(!is_demo(&mut real.begin_read().await.unwrap()).await.unwrap());
    }
}
