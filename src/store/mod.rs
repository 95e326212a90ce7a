//! The only SQL: one file per table family, with its row types and tests.
//!
//! Functions take a connection that the service opened: a write transaction from the one writer, or a read
//! transaction from a read-only connection. Those that write also take the policy's `Grant`. What a person
//! should be told is not decided here: errors are `sqlx::Error`.

mod types;

pub mod abandoned;
pub mod accounts;
pub mod acts;
pub mod applications;
pub mod audit;
pub mod backup;
pub mod bans;
pub mod before;
pub mod boards;
pub mod bulk;
pub mod calm;
pub mod cases;
pub mod charter;
pub mod cohort_checkpoints;
pub mod cohorts;
pub mod contacts;
pub mod conversations;
pub mod curbs;
pub mod cuts;
pub mod drafts;
pub mod dues;
pub mod filters;
pub mod glossary;
pub mod held;
pub mod invites;
pub mod juries;
pub mod keys;
pub mod leaving;
pub mod left_off;
pub mod levels;
pub mod logins;
pub mod loose;
pub mod matters;
pub mod members;
pub mod messages;
pub mod mine;
pub mod moderated;
#[cfg(test)]
mod moderation_tests;
pub mod notifications;
pub mod passes;
pub mod people;
pub mod place;
#[cfg(test)]
pub(crate) mod poison;
pub mod posts;
pub mod prevention;
pub mod profiles;
pub mod questions;
pub mod reading;
pub mod recent;
pub mod recovery;
pub mod redactions;
#[cfg(test)]
pub(crate) mod retained;
pub mod retention;
pub mod roles;
pub mod rooms;
pub mod search;
#[cfg(test)]
pub(crate) mod shelf;
pub mod staff_notes;
pub mod tag_people;
pub mod tags;
#[cfg(test)]
pub(crate) mod testing;
pub mod thanks;
pub mod threads;
pub mod trouble;
pub mod upkeep;
pub mod vouches;
pub mod waitlist;
pub mod wall;
pub mod watch;
pub mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite, SqliteConnection, SqlitePool, Transaction};

use trouble::Trouble;

/// How many read-only connections there are: reads take well under a millisecond, and each costs its cache.
const READERS: u32 = 4;
/// How long a statement waits for a lock before it fails: longer than any write of ours takes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Page cache of each connection, in KiB (negative: KiB, not pages). More changed no latency and cost memory.
const CACHE_KIB: &str = "-2000";

/// The schema, one step after another.
static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The database file: one writer, a few readers.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    options: SqliteConnectOptions,
    path: PathBuf,
    queue: Arc<Queue>,
}

/// Who waits for the one writer, counted for whoever runs the place.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: AtomicU64,
    writes: AtomicU64,
    waited_us: AtomicU64,
}

impl Queue {
    /// How many wait now, how many writes began, and how long they waited in all, in microseconds.
    pub fn state(&self) -> (u64, u64, u64) {
        let [waiting, writes, waited_us] =
            [&self.waiting, &self.writes, &self.waited_us].map(|number| number.load(Ordering::Relaxed));
        (waiting, writes, waited_us)
    }
}

/// Somebody who waits for the writer; gone however the wait ends.
struct Waits<'a>(&'a AtomicU64);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened or is not a sound database.
    #[error("the database cannot be opened: {0}")]
    Open(#[from] sqlx::Error),
    /// A newer hob made it.
    #[error(
        "the database was made by a newer hob (step {found} of its tables; this one knows {known}): install that one"
    )]
    Newer {
        /// The first migration that is not known.
        found: i64,
        /// The last one that is.
        known: i64,
    },
    /// It must be brought up to date, and the copy that is made first failed.
    #[error(
        "the database has to be brought up to date, and the copy that comes first failed: {0}. Nothing was changed; \
         make room for it, then start again"
    )]
    NoCopy(backup::BackupError),
    /// The migrations cannot be brought to this version's.
    #[error("the database does not fit this version of hob: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Store {
    /// Opens the database, creates it if it is not there, and brings its schema up to date; what is there is copied
    /// first, into the folder of the backups.
    ///
    /// # Errors
    /// When the file cannot be opened or written, was made by a newer hob, or cannot be copied.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged post is on disk, also after a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .pragma("cache_size", CACHE_KIB)
            .pragma("trusted_schema", "OFF");
        // Checkpoints run from a connection of their own (`checkpoint`): inside a member's write they cost 30 ms.
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .connect_with(options.clone().pragma("wal_autocheckpoint", "0"))
            .await?;
        let mut conn = writer.acquire().await?;
        let schema = backup::schema(&mut conn).await?;
        if let Some(found) = schema.unknown {
            return Err(OpenError::Newer { found, known: backup::known_schema() });
        }
        if let Some(last) = schema.last
            && schema.lacks > 0
        {
            let copy = backup::before_upgrade(&mut conn, path, last).await.map_err(OpenError::NoCopy)?;
            tracing::info!(steps = schema.lacks, copy = %copy.display(), "the database is brought up to date");
        }
        drop(conn);
        MIGRATOR.run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(READERS)
            // The line to a file does not break: asking whether it holds would cost every request a way to another thread.
            .test_before_acquire(false)
            .connect_with(options.clone().read_only(true).create_if_missing(false))
            .await?;
        Ok(Self { writer, readers, options, path: path.to_owned(), queue: Arc::default() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a write: takes the write lock at once, so that no statement in it can fail as busy.
    ///
    /// # Errors
    /// When the lock is not to be had in time or the file cannot be written.
    pub async fn begin_write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        let begun = Instant::now();
        self.queue.waiting.fetch_add(1, Ordering::Relaxed);
        let waits = Waits(&self.queue.waiting);
        let transaction = begin(&self.writer, "BEGIN IMMEDIATE").await;
        drop(waits);
        self.queue.writes.fetch_add(1, Ordering::Relaxed);
        let waited_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.queue.waited_us.fetch_add(waited_us, Ordering::Relaxed);
        transaction
    }

    /// Who waits to write.
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Begins a read: one consistent picture, on a connection that cannot write.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn begin_read(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        // In words of our own: `begin` would put a savepoint into what a broken connection takes for its transaction.
        begin(&self.readers, "BEGIN").await
    }

    /// A connection of its own for checkpoints: they must not queue behind members' writes.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn connect_for_upkeep(&self) -> sqlx::Result<SqliteConnection> {
        self.options.connect().await
    }

    /// Closes all connections, which also checkpoints the log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Begins a transaction on a connection that can.
///
/// When a disk is full or fails, SQLite ends the transaction by itself, the roll-back that follows fails for want of one,
/// and the connection counts it as open for ever after: the one writer would refuse every later write until a restart.
/// So whatever cannot begin, other than for somebody else's lock, gives way to a new connection.
async fn begin(pool: &SqlitePool, statement: &'static str) -> sqlx::Result<Transaction<'static, Sqlite>> {
    // Any of the pool's connections may be the broken one.
    for _ in 0..=READERS {
        match pool.begin_with(statement).await {
            Err(why) if !matches!(why, sqlx::Error::PoolTimedOut) && Trouble::of(&why) != Trouble::Locked => {
                tracing::warn!(%why, "a connection to the database is made anew");
                // That it cannot even be closed in order changes nothing: it is no longer in the pool.
                let _ = pool.acquire().await?.close().await;
            }
            begun => return begun,
        }
    }
    pool.begin_with(statement).await
}
