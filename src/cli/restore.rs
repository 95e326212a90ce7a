//! `hob restore`: a backup takes the place of the database. The backup is copied and the copy checked before anything is
//! touched; what was there is put aside, never overwritten.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::config::TEMPLATE;
use super::data_dir::DataDir;
use super::serve::runtime;
use crate::domain::time::{Zone, absolute};
use crate::service::Clock;
use crate::store::backup::{self, BackupError, Survey};

/// Puts a backup in the place of the database of a folder, which is made if it is not there.
pub fn restore(file: &Path, dir: &Path) -> Result<()> {
    let data = DataDir::at(dir);
    let from = find(file, &data)?;
    data.create()?;
    let lock = data.lock().with_context(|| {
        format!("nothing was changed: {} can only be restored while no server runs on it", data.shown())
    })?;
    let copy = data.create_unfinished_database()?;
    let restored = runtime()?.block_on(put_in_place(&data, &from, &copy));
    if restored.is_err() {
        // Only half a copy: the backup itself is as it was.
        let _ = fs::remove_file(&copy);
    }
    let (survey, aside) = restored?;
    say(&data, &from, &survey, aside.as_deref());
    drop(lock);
    Ok(())
}

/// The backup: a path, or the name of one in the folder of the backups.
fn find(file: &Path, data: &DataDir) -> Result<PathBuf> {
    let named = data.backups().join(file);
    let from = if file.exists() || !named.exists() { file.to_owned() } else { named };
    if from.is_file() {
        let log = PathBuf::from(format!("{}-wal", from.display()));
        if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            bail!(
                "{} is a database that is in use or was not closed: part of it stands in {}. Make a backup of it with \
                 hob backup, and restore that",
                from.display(),
                log.display()
            );
        }
        return Ok(from);
    }
    let why = if from.exists() { "is no file" } else { "is not there" };
    let there = backup::list(&data.backups());
    let newest: Vec<&str> = there.iter().rev().take(3).map(|backup| backup.name.as_str()).collect();
    let hint = if newest.is_empty() {
        format!("There are no backups in {} either.", data.backups().display())
    } else {
        format!("The newest in {} are {}.", data.backups().display(), newest.join(", "))
    };
    bail!("{} {why}. {hint}", from.display())
}

async fn put_in_place(data: &DataDir, from: &Path, copy: &Path) -> Result<(Survey, Option<PathBuf>)> {
    // What is checked is what takes the place, whatever happens to the backup meanwhile.
    let mut source = File::open(from).with_context(|| format!("{} cannot be read", from.display()))?;
    let mut target = fs::OpenOptions::new().write(true).mode(0o600).open(copy)?;
    io::copy(&mut source, &mut target)
        .with_context(|| format!("{} cannot be copied to {}", from.display(), copy.display()))?;
    target.sync_all()?;
    drop(target);
    let survey = backup::copy(copy).await.map_err(|cause| refusal(from, cause))?;
    let now = Clock::System.now();
    let name = from.file_name().unwrap_or_default().to_string_lossy();
    backup::note_restored(copy, now, &name).await.map_err(|cause| refusal(from, cause))?;
    File::open(copy)?.sync_all()?;

    let minute = absolute(now, &Zone::utc()).replace([':', ' '], "-");
    let aside = data.put_database_aside(&minute)?;
    let database = data.database();
    fs::rename(copy, &database).with_context(|| match &aside {
        Some(aside) => {
            format!("{} cannot be put in place; what was there is in {}", copy.display(), aside.display())
        }
        None => format!("{} cannot be put in place", copy.display()),
    })?;
    data.write_new(&data.config(), TEMPLATE)?;
    File::open(data.path())?.sync_all()?;
    belong_to_the_owner(data, aside.as_deref())?;
    Ok((survey, aside))
}

fn refusal(from: &Path, cause: BackupError) -> anyhow::Error {
    let todo = match cause {
        BackupError::Newer { .. } => "Install the hob that made it, or a newer one, and restore it with that",
        _ => "Take an older backup",
    };
    anyhow::anyhow!("nothing was changed: {} cannot be restored: {cause}. {todo}", from.display())
}

/// Whoever restores as root must not leave files that the server cannot open.
fn belong_to_the_owner(data: &DataDir, aside: Option<&Path>) -> Result<()> {
    let folder = fs::metadata(data.path())?;
    let (uid, gid) = (folder.uid(), folder.gid());
    let made = [
        Some(data.database()),
        Some(data.config()),
        Some(data.path().join("lock")),
        aside.map(Path::to_owned),
    ];
    for path in made.into_iter().flatten() {
        if fs::metadata(&path).is_ok_and(|file| file.uid() != uid) {
            chown(&path, Some(uid), Some(gid))
                .with_context(|| format!("{} cannot be given to the folder's owner", path.display()))?;
        }
    }
    Ok(())
}

fn say(data: &DataDir, from: &Path, survey: &Survey, aside: Option<&Path>) {
    let Survey { members, posts, audit_rows, newest, .. } = survey;
    let newest =
        newest.map_or_else(|| "nothing".to_owned(), |at| format!("{} UTC", absolute(at, &Zone::utc())));
    println!(
        "checked {}: {members} members, {posts} posts, {audit_rows} acts on record, the last {newest}",
        from.display()
    );
    if let Some(aside) = aside {
        println!("what was there is in {}; delete it once you are sure", aside.display());
    }
    println!("restored {}", data.database().display());
    println!("next:");
    if !data.host_key().exists() {
        println!(
            "  put the old host_key into {} (mode 0600), if you have it: with a new one every client warns",
            data.shown()
        );
    }
    if survey.lacks > 0 {
        println!("  nothing to do about its age: the next start brings it up to date, after a copy");
    }
    println!("  who left or was erased since is back: see \"What is forgotten\" in docs/sysops.md");
    println!("  hob doctor --data {0}\n  hob serve --data {0}", data.shown());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::cli::{backup as make, serve};
    use crate::store::Store;

    /// A community with one backup, and that backup's path.
    fn place() -> (tempfile::TempDir, DataDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::at(&folder.path().join("data"));
        serve::init(data.path()).unwrap();
        make::backup(data.path()).unwrap();
        let there = backup::list(&data.backups());
        let made = data.backups().join(&there[0].name);
        (folder, data, made)
    }

    fn asides(data: &DataDir) -> Vec<PathBuf> {
        let entries = fs::read_dir(data.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.to_string_lossy().contains("aside-")).collect()
    }

    fn refused(file: &Path, data: &DataDir) -> String {
        let before = fs::read(data.database()).unwrap();
        let words = format!("{:#}", restore(file, data.path()).unwrap_err());
        assert_eq!(fs::read(data.database()).unwrap(), before, "the database is as it was: {words}");
        assert!(asides(data).is_empty(), "{words}");
        assert!(!data.path().join("hob.db.unfinished").exists(), "{words}");
        words
    }

    #[test]
    fn o_a_backup_takes_the_place_and_what_was_there_is_kept_aside() {
        let (_folder, data, made) = place();
        let before = fs::read(data.database()).unwrap();
        // By its name alone, from wherever one stands.
        restore(Path::new(made.file_name().unwrap()), data.path()).unwrap();
        restore(&made, data.path()).unwrap();
        let mut aside = asides(&data);
        aside.sort();
        assert_eq!(aside.len(), 2, "the second one overwrote nothing");
        assert_eq!(fs::read(aside[0].join("hob.db")).unwrap(), before);
        assert_eq!(fs::metadata(data.database()).unwrap().permissions().mode() & 0o777, 0o600);
        runtime().unwrap().block_on(async {
            let survey = backup::live(&data.database()).await.unwrap();
            let in_backup = backup::copy(&made).await.unwrap();
            assert_eq!(survey.members, in_backup.members);
            assert_eq!(survey.audit_rows, in_backup.audit_rows + 1, "it is on record");
            Store::open(&data.database()).await.unwrap().close().await;
        });
    }

    #[test]
    fn o_on_an_empty_machine_there_is_a_community_afterwards() {
        let (folder, _, made) = place();
        let other = DataDir::at(&folder.path().join("new/machine"));
        restore(&made, other.path()).unwrap();
        assert!(other.holds_community() && other.config().exists());
        assert_eq!(fs::metadata(other.path()).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn o_what_is_damaged_newer_or_no_backup_changes_nothing() {
        let (folder, data, made) = place();
        let torn = folder.path().join("torn.db");
        let mut bytes = fs::read(&made).unwrap();
        let half = bytes.len() / 2;
        bytes.truncate(half);
        fs::write(&torn, &bytes).unwrap();
        let words = refused(&torn, &data);
        assert!(words.contains("nothing was changed") && words.contains("an older backup"), "{words}");
        fs::write(&torn, "a letter, not a database").unwrap();
        refused(&torn, &data);

        let words = refused(&folder.path().join("hob-of-nowhere.db"), &data);
        assert!(words.contains("is not there"), "{words}");
        assert!(words.contains(made.file_name().unwrap().to_str().unwrap()), "it names the newest: {words}");
        let words = refused(folder.path(), &data);
        assert!(words.contains("is no file"), "{words}");

        fs::write(format!("{}-wal", made.display()), "more").unwrap();
        let words = refused(&made, &data);
        assert!(words.contains("hob backup"), "{words}");
    }

    #[test]
    fn o_nothing_is_restored_under_a_running_server() {
        let (_folder, data, made) = place();
        let _server = data.lock().unwrap();
        let words = refused(&made, &data);
        assert!(words.contains("while no server runs") && words.contains("Stop it first"), "{words}");
    }
}
