//! What is wrong when the database fails, and where what people wrote is: from SQLite's codes to a few words of ours. What
//! to say about it, and to whom, is the service's business.

use sqlx::migrate::MigrateError;

use super::OpenError;

/// What is wrong, by SQLite's primary result codes (sqlite.org/rescode.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 13: no room.
    Full,
    /// 10: the disk does not do what it is asked.
    Disk,
    /// 8: the file or its file system cannot be written.
    ReadOnly,
    /// 5 and 6: somebody else has the file for longer than hob waits.
    Locked,
    /// 11 and 26: the bytes are no sound database.
    Damaged,
    /// 14 and 23: the file cannot be opened.
    Closed,
    /// The database was made by another version of hob.
    OtherVersion,
    /// Anything else.
    Other,
}

impl Trouble {
    /// What a failed statement met.
    pub fn of(error: &sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        // The lower eight bits are the primary code of an extended one.
        match code.and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff) {
            Some(13) => Self::Full,
            Some(10) => Self::Disk,
            Some(8) => Self::ReadOnly,
            Some(5 | 6) => Self::Locked,
            Some(11 | 26) => Self::Damaged,
            Some(14 | 23) => Self::Closed,
            _ => Self::Other,
        }
    }

    /// What the opening of a database met.
    pub fn at_opening(error: &OpenError) -> Self {
        match error {
            OpenError::Open(cause)
            | OpenError::Migrate(MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _)) => {
                Self::of(cause)
            }
            OpenError::NoCopy(_) => Self::Disk,
            OpenError::Newer { .. } | OpenError::Migrate(_) => Self::OtherVersion,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::Store;

    /// Errors as SQLite itself makes them.
    #[tokio::test]
    async fn data_full_read_only_and_damaged_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
        let mut write = store.begin_write().await.unwrap();
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *write).await.unwrap();
        let bound = format!("PRAGMA max_page_count = {pages}");
        sqlx::query(sqlx::AssertSqlSafe(bound)).execute(&mut *write).await.unwrap();
        let big = "INSERT INTO login_failure (subject, count, first_at, last_at)
                   VALUES (hex(zeroblob(9000000)), 1, 1, 1)";
        let full = sqlx::query(big).execute(&mut *write).await.unwrap_err();
        assert_eq!(Trouble::of(&full), Trouble::Full, "{full}");
        drop(write);
        // SQLite has ended that transaction by itself. Whoever comes next writes, once there is room: here on a
        // connection without the bound.
        let mut write = store.begin_write().await.unwrap();
        sqlx::query(big).execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        let mut read = store.begin_read().await.unwrap();
        let shut = sqlx::query("DELETE FROM setting").execute(&mut *read).await.unwrap_err();
        assert_eq!(Trouble::of(&shut), Trouble::ReadOnly, "{shut}");
        let torn = folder.path().join("torn.db");
        std::fs::write(&torn, b"this was a database once, and it is one no more: ".repeat(90)).unwrap();
        let why = Store::open(&torn).await.err().unwrap();
        assert_eq!(Trouble::at_opening(&why), Trouble::Damaged, "{why}");
        assert_eq!(Trouble::of(&sqlx::Error::PoolTimedOut), Trouble::Other);
    }
}
