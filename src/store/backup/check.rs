//! What a file must be before hob trusts it: a sound database of hob's, whose audit log hangs together, and which this
//! program can read.

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::BackupError;
use crate::domain::time::Timestamp;
use crate::store::audit::{self, NewAudit};

/// What a database holds, and whether it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The number of its last migration.
    pub schema: i64,
    /// The migrations of this program that it lacks: the next start brings it up to date.
    pub lacks: usize,
    /// Members, whatever became of them.
    pub members: i64,
    /// Posts.
    pub posts: i64,
    /// Rows of the audit log.
    pub audit_rows: i64,
    /// When something was done last that is on record; none for a new place.
    pub newest: Option<Timestamp>,
}

/// How closely to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Every page, and that the indexes fit the tables.
    Whole,
    /// Every page: for a database in use, in less than half the time.
    Quick,
}

/// The numbers of the migrations that a database has, and how many of this program's it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The last one it has; none for an empty file.
    pub last: Option<i64>,
    /// How many of this program's it lacks.
    pub lacks: usize,
    /// The first one that this program does not know: a newer hob made it.
    pub unknown: Option<i64>,
}

/// Reads which migrations a database has.
///
/// # Errors
/// When it cannot be read.
pub async fn schema(conn: &mut SqliteConnection) -> sqlx::Result<Schema> {
    let table: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_sqlx_migrations'",
    )
    .fetch_one(&mut *conn)
    .await?;
    let known: BTreeSet<i64> = crate::store::MIGRATOR.iter().map(|step| step.version).collect();
    let has: BTreeSet<i64> = if table == 0 {
        BTreeSet::new()
    } else {
        let versions: Vec<i64> =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(conn).await?;
        versions.into_iter().collect()
    };
    Ok(Schema {
        last: has.last().copied(),
        lacks: known.difference(&has).count(),
        unknown: has.difference(&known).next().copied(),
    })
}

/// Looks at a copy that nobody else uses.
///
/// # Errors
/// When it is damaged, no database of hob's, or of a newer hob.
pub async fn copy(path: &Path) -> Result<Survey, BackupError> {
    // Nothing is written beside it, so that it can lie where nothing may be written.
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
    let mut conn = options.connect().await?;
    let found = survey(&mut conn, Depth::Whole).await;
    conn.close().await?;
    found
}

/// Looks at a database that may be in use, without changing it.
///
/// # Errors
/// As [`copy`].
pub async fn live(path: &Path) -> Result<Survey, BackupError> {
    let options =
        SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(crate::store::BUSY_TIMEOUT);
    let mut conn = options.connect().await?;
    let found = survey(&mut conn, Depth::Quick).await;
    conn.close().await?;
    found
}

async fn survey(conn: &mut SqliteConnection, depth: Depth) -> Result<Survey, BackupError> {
    let check = match depth {
        Depth::Whole => "PRAGMA integrity_check(1)",
        Depth::Quick => "PRAGMA quick_check(1)",
    };
    let words: String = sqlx::query_scalar(check).fetch_one(&mut *conn).await?;
    if words != "ok" {
        return Err(BackupError::Unsound(words));
    }
    let schema = schema(conn).await?;
    let Some(last) = schema.last else {
        return Err(BackupError::Foreign);
    };
    if let Some(found) = schema.unknown {
        return Err(BackupError::Newer { found, known: known_schema() });
    }
    if let Some(row) = audit::first_broken(conn).await? {
        return Err(BackupError::Altered(row.0));
    }
    let (members, posts): (i64, i64) =
        sqlx::query_as("SELECT (SELECT count(*) FROM member), (SELECT count(*) FROM post)")
            .fetch_one(&mut *conn)
            .await?;
    let (audit_rows, newest): (i64, Option<Timestamp>) =
        sqlx::query_as("SELECT count(*), max(at) FROM audit").fetch_one(&mut *conn).await?;
    Ok(Survey { schema: last, lacks: schema.lacks, members, posts, audit_rows, newest })
}

/// The number of the last migration that this program knows.
pub fn known_schema() -> i64 {
    crate::store::MIGRATOR.iter().map(|step| step.version).max().unwrap_or(0)
}

/// Puts on record in a copy that it was taken back, before it takes its place.
///
/// # Errors
/// When it cannot be written.
pub async fn note_restored(path: &Path, now: Timestamp, from: &str) -> Result<(), BackupError> {
    let mut conn = SqliteConnectOptions::new().filename(path).connect().await?;
    let row = NewAudit {
        action: "place.restore",
        thing: "place",
        thing_id: 0,
        target: None,
        rule_no: None,
        reason: "",
        detail: from,
        public: false,
    };
    audit::append(&mut conn, None, now, row).await?;
    conn.close().await?;
    Ok(())
}
