//! Copies of the database, made while it is in use, and checked.

use std::fs::{self, DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::domain::time::{Timestamp, Zone, absolute};
use crate::store::Store;

/// A backup that was made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its file's name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Bytes of the database.
    pub database: u64,
    /// Bytes of its log.
    pub wal: u64,
    /// KiB that are free where it lies, if that can be found out.
    pub free_kib: Option<u64>,
    /// The backups there are, oldest first.
    pub backups: Vec<Backup>,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// The database.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    /// The copy was made, and is not sound.
    #[error("the copy is not sound: {0}")]
    Unsound(String),
}

/// The folder of the backups: beside the database.
pub fn folder(store: &Store) -> PathBuf {
    store.path().parent().unwrap_or(Path::new(".")).join("backups")
}

/// Makes a backup, checks it, and keeps the newest `kept`.
///
/// # Errors
/// When it cannot be made or is not sound; then nothing is left of it, and the older ones stay.
pub async fn make(store: &Store, now: Timestamp, kept: usize) -> Result<Backup, BackupError> {
    let folder = folder(store);
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    // 2026-11-22 03:30 as a name that sorts; a second one in the same minute takes its place.
    let minute = absolute(now, &Zone::utc()).replace([':', ' '], "-");
    let name = format!("hob-{minute}.db");
    let unfinished = folder.join(format!("{name}.unfinished"));
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    // Private from its first byte: SQLite fills an empty file that is there.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    let made = async {
        let mut conn = store.connect_for_upkeep().await?;
        let target = unfinished.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(target).execute(&mut conn).await?;
        conn.close().await?;
        check(&unfinished).await
    };
    if let Err(why) = made.await {
        // What is not whole must not be taken for a backup; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&unfinished);
        return Err(why);
    }
    fs::File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, folder.join(&name))?;
    let bytes = fs::metadata(folder.join(&name))?.len();
    let there = list(&folder);
    for old in &there[..there.len().saturating_sub(kept.max(1))] {
        fs::remove_file(folder.join(&old.name))?;
    }
    Ok(Backup { name, bytes })
}

/// That a copy is a sound database of hob's.
async fn check(path: &Path) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut conn = options.connect().await?;
    let words: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut conn).await?;
    let members: i64 = sqlx::query_scalar("SELECT count(*) FROM member").fetch_one(&mut conn).await?;
    conn.close().await?;
    if words != "ok" || members < 0 {
        return Err(BackupError::Unsound(words));
    }
    Ok(())
}

/// The backups in a folder, oldest first.
fn list(folder: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let backup = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let ours = name.starts_with("hob-") && name.ends_with(".db");
        ours.then(|| Backup { bytes: entry.metadata().map_or(0, |data| data.len()), name })
    };
    let mut backups: Vec<Backup> = entries.filter_map(backup).collect();
    backups.sort_by(|a, b| a.name.cmp(&b.name));
    backups
}

/// How much there is of everything.
pub async fn state(store: &Store) -> State {
    let path = store.path().to_owned();
    let length = |path: PathBuf| fs::metadata(path).map_or(0, |data| data.len());
    let wal = PathBuf::from(format!("{}-wal", path.display()));
    let folder = folder(store);
    State {
        database: length(path.clone()),
        wal: length(wal),
        free_kib: free_kib(path).await,
        backups: list(&folder),
    }
}

/// KiB that are free on the disk of a file, as `df` says: the standard library has no word for it.
async fn free_kib(path: PathBuf) -> Option<u64> {
    let folder = path.parent()?.to_owned();
    let ask = move || std::process::Command::new("df").arg("-Pk").arg(folder).output();
    let said = tokio::task::spawn_blocking(ask).await.ok()?.ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn m8_a_backup_is_sound_private_and_the_oldest_make_way() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = tempfile::tempdir().unwrap();
        let store = Store::open(&place.path().join("hob.db")).await.unwrap();
        let mut names = Vec::new();
        for minute in 0..5 {
            let made = make(&store, Timestamp(1_795_348_800 + minute * 60), 3).await.unwrap();
            names.push(made.name);
        }
        let there: Vec<String> = list(&folder(&store)).into_iter().map(|backup| backup.name).collect();
        assert_eq!(there, names[2..]);
        assert_eq!(there[0], "hob-2026-11-22-12-02.db");
        let newest = folder(&store).join(&there[2]);
        assert_eq!(fs::metadata(&newest).unwrap().permissions().mode() & 0o777, 0o600);
        check(&newest).await.unwrap();
        assert!(Store::open(&newest).await.is_ok(), "it can be served from");
        let state = state(&store).await;
        assert!(state.database > 0 && state.backups.len() == 3, "{state:?}");
    }

    #[tokio::test]
    async fn m8_a_copy_that_is_not_sound_is_no_backup() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("hob-torn.db");
        fs::write(&path, b"SQLite format 3\0 and then nothing").unwrap();
        assert!(check(&path).await.is_err());
        let store = Store::open(&place.path().join("hob.db")).await.unwrap();
        fs::write(place.path().join("backups"), b"a file in the way").unwrap();
        assert!(make(&store, Timestamp(0), 3).await.is_err());
    }
}
