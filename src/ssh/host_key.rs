//! The server's own key: made on the first start, read afterwards, never readable by anybody else.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use russh::keys::ssh_key::LineEnding;
use russh::keys::{Algorithm, HashAlg, PrivateKey};

/// The rights of the file: the owner alone.
const MODE: u32 = 0o600;

/// Why there is no host key. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum HostKeyError {
    /// Others can read the key, so it may no longer be secret.
    #[error(
        "the host key {} can be read by other accounts (mode {mode:o}); \
         if nobody used that, run: chmod 600 {}", path.display(), path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is no key that hob can use.
    #[error(
        "the host key {} is not an Ed25519 key in OpenSSH format without a passphrase ({why}); \
         put the right file back, or move it away and hob makes a new one (clients will warn about the change)",
        path.display()
    )]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The file could not be read or written.
    #[error("the host key {} cannot be {what}: {source}; check the folder, its owner and the disk", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        what: &'static str,
        /// The system's word.
        source: io::Error,
    },
}

/// Reads the host key, or makes one if there is no file.
///
/// # Errors
/// See [`HostKeyError`]. A file that is there but wrong is never replaced: clients would take that for an attack.
pub fn load_or_create(path: &Path) -> Result<PrivateKey, HostKeyError> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => load(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path),
        Err(source) => Err(HostKeyError::Io { path: path.to_owned(), what: "read", source }),
    }
}

/// The key's fingerprint, `SHA256:…` as clients show it.
pub fn fingerprint(key: &PrivateKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

fn load(path: &Path) -> Result<PrivateKey, HostKeyError> {
    let failed = |source| HostKeyError::Io { path: path.to_owned(), what: "read", source };
    let unusable = |why: String| HostKeyError::Unusable { path: path.to_owned(), why };
    let mode = std::fs::metadata(path).map_err(failed)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(HostKeyError::Exposed { path: path.to_owned(), mode });
    }
    let text = std::fs::read(path).map_err(failed)?;
    let key = PrivateKey::from_openssh(&text).map_err(|error| unusable(error.to_string()))?;
    if key.is_encrypted() {
        return Err(unusable("it has a passphrase".to_owned()));
    }
    if key.algorithm() != Algorithm::Ed25519 {
        return Err(unusable(format!("it is {}", key.algorithm())));
    }
    Ok(key)
}

fn create(path: &Path) -> Result<PrivateKey, HostKeyError> {
    let failed = |source| HostKeyError::Io { path: path.to_owned(), what: "written", source };
    let made = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519)
        .and_then(|key| key.to_openssh(LineEnding::LF).map(|text| (key, text)));
    let (key, text) = made.map_err(|error| failed(io::Error::other(error)))?;
    write_atomically(path, text.as_bytes()).map_err(failed)?;
    Ok(key)
}

/// Writes beside the file, then renames: a crash leaves either no key or a whole one.
fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = folder.join(name);
    let written = (|| {
        // A left-over of a crashed start with the same process id may be in the way; nothing else has this name.
        let _ = std::fs::remove_file(&beside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        File::open(folder)?.sync_all()
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
