//! The folder of a community: what lies in it, and that only one server uses it at a time.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// The file that a server holds.
const LOCK: &str = "lock";
/// How long a lock is waited for: somebody who only looks (`hob doctor`) holds it for less than a millisecond.
const LOCK_WAIT: Duration = Duration::from_millis(500);

/// Whether a server uses a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// None does.
    Nobody,
    /// One does; its process, if it said so.
    By(Option<u32>),
}

/// The folder.
pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// The folder at a path, whether it is there or not.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Makes the folder, readable by its owner only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(&self) -> Result<()> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.path);
        made.with_context(|| format!("the folder {} cannot be made", self.path.display()))
    }

    /// Whether a community is in it.
    pub fn holds_community(&self) -> bool {
        self.database().exists()
    }

    /// That a community is in it.
    ///
    /// # Errors
    /// When there is none, with the line that makes one.
    pub fn must_hold_community(&self) -> Result<()> {
        if self.holds_community() {
            return Ok(());
        }
        let dir = self.path.display();
        bail!("there is no community in {dir}. Make one with: hob init --data {dir}")
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.path.join("hob.db")
    }

    /// The host key.
    pub fn host_key(&self) -> PathBuf {
        self.path.join("host_key")
    }

    /// The config file.
    pub fn config(&self) -> PathBuf {
        self.path.join("hob.toml")
    }

    /// The folder of the backups.
    pub fn backups(&self) -> PathBuf {
        self.path.join("backups")
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder's name for messages.
    pub fn shown(&self) -> std::path::Display<'_> {
        self.path.display()
    }

    /// Takes the folder for one server; it is free again when the returned file is dropped or the process ends.
    ///
    /// # Errors
    /// When another server has it.
    pub fn lock(&self) -> Result<File> {
        let path = self.path.join(LOCK);
        let file = private_file(&path)?;
        match lock_soon(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another hob already serves {}. Stop it first, or name another folder with --data",
                    self.shown()
                )
            }
            Err(TryLockError::Error(cause)) => {
                return Err(cause).context(format!("{} cannot be locked", path.display()));
            }
        }
        // Whose limits to look at, for `hob doctor`. Without it the server runs as well.
        let _ = file.set_len(0).and_then(|()| (&file).write_all(std::process::id().to_string().as_bytes()));
        Ok(file)
    }

    /// Whether a server uses the folder just now, and its process.
    pub fn served_by(&self) -> Served {
        let Ok(mut file) = File::open(self.path.join(LOCK)) else { return Served::Nobody };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let read = file.read_to_string(&mut pid);
                Served::By(read.ok().and_then(|_| pid.trim().parse().ok()))
            }
            Ok(()) | Err(TryLockError::Error(_)) => Served::Nobody,
        }
    }

    /// Puts the database aside, with its log, into a new folder beside it; none when there is no database. Nothing is
    /// overwritten and nothing deleted.
    ///
    /// # Errors
    /// When something cannot be moved.
    pub fn put_database_aside(&self, minute: &str) -> Result<Option<PathBuf>> {
        let parts = ["hob.db", "hob.db-wal", "hob.db-shm"];
        if !parts.iter().any(|part| self.path.join(part).exists()) {
            return Ok(None);
        }
        let aside = (1..1_000)
            .map(|no| {
                self.path.join(if no == 1 {
                    format!("aside-{minute}")
                } else {
                    format!("aside-{minute}-{no}")
                })
            })
            .find(|path| !path.exists())
            .context("there are too many folders aside-… here; move some away")?;
        DirBuilder::new()
            .mode(0o700)
            .create(&aside)
            .with_context(|| format!("the folder {} cannot be made", aside.display()))?;
        for part in parts {
            let from = self.path.join(part);
            if from.exists() {
                fs::rename(&from, aside.join(part))
                    .with_context(|| format!("{} cannot be moved to {}", from.display(), aside.display()))?;
            }
        }
        Ok(Some(aside))
    }

    /// Makes sure that the database file, which SQLite would make readable to others, is private from its start.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create_database_file(&self) -> Result<()> {
        private_file(&self.database()).map(drop)
    }

    /// Makes an empty, private file for a database that is not whole yet, in place of one that was left over.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create_unfinished_database(&self) -> Result<PathBuf> {
        let path = self.path.join("hob.db.unfinished");
        for left_over in ["hob.db.unfinished", "hob.db.unfinished-wal", "hob.db.unfinished-shm"] {
            match fs::remove_file(self.path.join(left_over)) {
                Err(cause) if cause.kind() != ErrorKind::NotFound => {
                    return Err(cause).with_context(|| format!("{} cannot be removed", path.display()));
                }
                _ => {}
            }
        }
        private_file(&path)?;
        Ok(path)
    }

    /// Writes a file that must not be there yet; one that is there is left as it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_new(&self, path: &Path, text: &str) -> Result<()> {
        match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => std::io::Write::write_all(&mut file, text.as_bytes())
                .with_context(|| format!("{} cannot be written", path.display())),
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(cause) => Err(cause).with_context(|| format!("{} cannot be written", path.display())),
        }
    }
}

/// Locks a file now or within [`LOCK_WAIT`].
fn lock_soon(file: &File) -> std::result::Result<(), TryLockError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {}
        other => return other,
    }
    // The same open file, so the lock that the thread gets is ours. When it comes too late it goes with the file.
    let same = file.try_clone().map_err(TryLockError::Error)?;
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(same.lock()));
    match told.recv_timeout(LOCK_WAIT) {
        Ok(locked) => locked.map_err(TryLockError::Error),
        Err(_) => Err(TryLockError::WouldBlock),
    }
}

fn private_file(path: &Path) -> Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options.open(path).with_context(|| format!("{} cannot be opened{}", path.display(), for_whom(path)))
}

/// Who could open a file that we cannot, when that is why: words to stand behind what is wrong.
fn for_whom(path: &Path) -> String {
    let nearest =
        path.ancestors().find_map(|folder| fs::metadata(folder).ok().map(|data| (folder, data.uid())));
    match (fs::File::open(path).map_err(|cause| cause.kind()), nearest) {
        (Err(ErrorKind::PermissionDenied), Some((folder, owner))) => format!(
            ", because {} belongs to user {owner}: run hob as that owner, or give the folder to this user with chown -R",
            folder.display()
        ),
        _ => String::new(),
    }
}
