//! The folder of a community: what lies in it, and that only one server uses it at a time.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

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

    /// The folder's name for messages.
    pub fn shown(&self) -> std::path::Display<'_> {
        self.path.display()
    }

    /// Takes the folder for one server; it is free again when the returned file is dropped or the process ends.
    ///
    /// # Errors
    /// When another server has it.
    pub fn lock(&self) -> Result<File> {
        let path = self.path.join("lock");
        let file = private_file(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another hob already serves {}. Stop it first, or name another folder with --data",
                    self.shown()
                )
            }
            Err(TryLockError::Error(cause)) => {
                Err(cause).context(format!("{} cannot be locked", path.display()))
            }
        }
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

fn private_file(path: &Path) -> Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options.open(path).with_context(|| format!("{} cannot be opened", path.display()))
}
