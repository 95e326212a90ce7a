//! The folder: whose it is, who can read it, the settings, the server's key.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;

use super::Check;
use crate::cli::config::Config;
use crate::cli::data_dir::DataDir;
use crate::ssh::host_key as key;

/// The user that runs this, from the owner of its own process.
fn me() -> Option<u32> {
    fs::metadata("/proc/self").ok().map(|process| process.uid())
}

pub(super) fn folder(data: &DataDir) -> Check {
    let shown = data.shown();
    let folder = match fs::metadata(data.path()) {
        Ok(folder) => folder,
        Err(cause) => {
            return Check::problem(
                "folder",
                format!("{shown}: {cause}"),
                format!("name the right one with --data, or make a community: hob init --data {shown}"),
            );
        }
    };
    if !folder.is_dir() {
        return Check::problem("folder", format!("{shown} is no folder"), "name the right one with --data");
    }
    let mode = folder.permissions().mode() & 0o777;
    let owner = folder.uid();
    match me() {
        Some(me) if me != owner && me != 0 => Check::problem(
            "folder",
            format!("{shown} belongs to user {owner}, and this runs as {me}"),
            format!("run hob as that user (id -nu {owner} names it), or: chown -R {me} {shown}"),
        ),
        _ if mode & 0o077 != 0 => Check::problem(
            "folder",
            format!("{shown} is open to other accounts (mode {mode:o})"),
            format!("chmod 700 {shown}"),
        ),
        _ => match kept_from_writing(data) {
            Some(cause) => Check::problem(
                "folder",
                format!("{} cannot be written: {cause}", data.database().display()),
                "make it and its file system writable (ls -l, mount, dmesg); a running hob goes on by itself",
            ),
            None => Check::ok("folder", format!("{shown}, mode {mode:o}, user {owner}")),
        },
    }
}

/// Why the database cannot be written, if it is there and cannot: a disk that the system has set to read-only, most of all.
/// Opening it changes nothing.
fn kept_from_writing(data: &DataDir) -> Option<io::Error> {
    let opened = fs::OpenOptions::new().write(true).open(data.database());
    opened.err().filter(|cause| cause.kind() != io::ErrorKind::NotFound)
}

/// What holds what people wrote, or a secret.
fn private(data: &DataDir) -> Vec<PathBuf> {
    let in_folder = ["hob.db", "hob.db-wal", "hob.db-shm", "host_key", "hob.toml", "lock", "backups"];
    let mut paths: Vec<PathBuf> = in_folder.iter().map(|name| data.path().join(name)).collect();
    let backups = fs::read_dir(data.backups()).into_iter().flatten().flatten();
    paths.extend(backups.map(|entry| entry.path()));
    paths.retain(|path| path.exists());
    paths
}

pub(super) fn rights(data: &DataDir) -> Check {
    let owner = fs::metadata(data.path()).map(|folder| folder.uid()).ok();
    let (mut foreign, mut open) = (Vec::new(), Vec::new());
    let looked_at = private(data);
    for path in &looked_at {
        let Ok(file) = fs::metadata(path) else { continue };
        let shown = path.display().to_string();
        if owner.is_some_and(|owner| owner != file.uid()) {
            foreign.push(shown.clone());
        }
        if file.permissions().mode() & 0o077 != 0 {
            open.push(shown);
        }
    }
    if let (Some(owner), false) = (owner, foreign.is_empty()) {
        return Check::problem(
            "rights",
            format!("of another user than the folder's: {}", foreign.join(", ")),
            format!("chown {owner} {}", foreign.join(" ")),
        );
    }
    if !open.is_empty() {
        return Check::problem(
            "rights",
            format!("other accounts can read {}", open.join(", ")),
            format!("chmod go= {}", open.join(" ")),
        );
    }
    Check::ok("rights", format!("{} files, for their owner alone", looked_at.len()))
}

pub(super) fn config(data: &DataDir) -> (Check, Option<Config>) {
    let path = data.config();
    match Config::read(&path) {
        Ok(config) if path.exists() => (Check::ok("settings", path.display().to_string()), Some(config)),
        Ok(config) => {
            let check = Check::warning(
                "settings",
                format!("{} is not there: every setting has its default", path.display()),
                format!("hob restore and hob init write one; or copy your own into {}", data.shown()),
            );
            (check, Some(config))
        }
        Err(cause) => {
            let check = Check::problem(
                "settings",
                format!("{cause:#}"),
                "mend that line; a server that runs keeps what it read before",
            );
            (check, None)
        }
    }
}

pub(super) fn host_key(data: &DataDir) -> Check {
    let path = data.host_key();
    if !path.exists() {
        return Check::warning(
            "host key",
            format!("{} is not there", path.display()),
            "put the old one back if you have it; otherwise the next start makes one, and every client warns once",
        );
    }
    // It is there, so it is read and none is made.
    match key::load_or_create(&path) {
        Ok(read) => Check::ok("host key", key::fingerprint(&read)),
        Err(cause) => Check::problem("host key", cause.to_string(), "as it says"),
    }
}
