//! Copies of the database, made while it is in use, and checked.

mod check;

use std::fs::{self, DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use sqlx::{Connection, SqliteConnection};

pub use check::{Depth, Schema, Survey, copy, known_schema, live, note_restored, schema};

use crate::domain::rotation::{self, Rotation};
use crate::domain::time::Timestamp;
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
    #[error("it is damaged: {0}")]
    Unsound(String),
    /// A sound database, but none of hob's.
    #[error("it is no database of hob's")]
    Foreign,
    /// A newer hob made it.
    #[error("it was made by a newer hob (step {found} of its tables; this one knows {known})")]
    Newer {
        /// The first migration that is not known.
        found: i64,
        /// The last one that is.
        known: i64,
    },
    /// Its audit log does not hang together.
    #[error("its audit log was altered: row {0} does not follow from the rows before it")]
    Altered(i64),
}

/// The folder of the backups: beside the database.
pub fn folder(store: &Store) -> PathBuf {
    folder_beside(store.path())
}

/// The folder of the backups of a database.
pub fn folder_beside(database: &Path) -> PathBuf {
    database.parent().unwrap_or(Path::new(".")).join("backups")
}

/// Copies made before the tables were brought up to date that are kept.
const BEFORE_UPGRADES_KEPT: usize = 3;

/// Copies a database whose tables are about to be changed, and checks the copy. It has a name of its own, so that the
/// nightly ones do not push it out; a second try at the same step takes the place of the first. Returns its file.
///
/// # Errors
/// When it cannot be made or is not sound.
pub async fn before_upgrade(
    conn: &mut SqliteConnection,
    database: &Path,
    schema: i64,
) -> Result<PathBuf, BackupError> {
    let folder = folder_beside(database);
    let name = format!("before-upgrade-{schema:04}.db");
    let made = write(conn, &folder, &name).await?;
    // Whoever went back to an old backup upgrades from a lower step than the copies that are there.
    let others = list_named(&folder, |other| {
        other.starts_with("before-upgrade-") && other.ends_with(".db") && other != name
    });
    for old in &others[..(others.len() + 1).saturating_sub(BEFORE_UPGRADES_KEPT)] {
        fs::remove_file(folder.join(&old.name))?;
    }
    Ok(made)
}

/// Makes a backup, checks it, and lets go what the rotation lets go.
///
/// # Errors
/// When it cannot be made or is not sound; then nothing is left of it, and the older ones stay.
pub async fn make(store: &Store, now: Timestamp, rotation: Rotation) -> Result<Backup, BackupError> {
    let folder = folder(store);
    let name = rotation::name(now);
    let mut conn = store.connect_for_upkeep().await?;
    let written = write(&mut conn, &folder, &name).await;
    conn.close().await?;
    let bytes = fs::metadata(written?)?.len();
    let there = list(&folder);
    let names: Vec<&str> = there.iter().map(|backup| backup.name.as_str()).collect();
    for old in rotation.lets_go(&names) {
        fs::remove_file(folder.join(old))?;
    }
    Ok(Backup { name, bytes })
}

/// Writes a checked copy under a name; one of the same name makes way for it.
async fn write(conn: &mut SqliteConnection, folder: &Path, name: &str) -> Result<PathBuf, BackupError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let unfinished = folder.join(format!("{name}.unfinished"));
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    // Private from its first byte: SQLite fills an empty file that is there.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    let made = async {
        let target = unfinished.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(target).execute(conn).await?;
        copy(&unfinished).await
    };
    if let Err(why) = made.await {
        // What is not whole must not be taken for a backup; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&unfinished);
        return Err(why);
    }
    fs::File::open(&unfinished)?.sync_all()?;
    let path = folder.join(name);
    fs::rename(&unfinished, &path)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(path)
}

/// The backups in a folder, oldest first.
pub fn list(folder: &Path) -> Vec<Backup> {
    list_named(folder, |name| rotation::made_at(name).is_some())
}

fn list_named(folder: &Path, ours: impl Fn(&str) -> bool) -> Vec<Backup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let backup = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        ours(&name).then(|| Backup { bytes: entry.metadata().map_or(0, |data| data.len()), name })
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
pub async fn free_kib(path: PathBuf) -> Option<u64> {
    let folder = path.parent()?.to_owned();
    let ask = move || std::process::Command::new("df").arg("-Pk").arg(folder).output();
    let said = tokio::task::spawn_blocking(ask).await.ok()?.ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests;
