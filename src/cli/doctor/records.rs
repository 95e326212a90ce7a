//! What is kept: the database, its backups, the room for both, and whether the clock fits what is on record.

use std::fs;
use std::path::PathBuf;

use super::Check;
use crate::cli::data_dir::DataDir;
use crate::domain::rotation;
use crate::domain::time::{Timestamp, Zone, absolute, duration_words};
use crate::service::Clock;
use crate::store::backup::{self, BackupError, Survey};

/// A backup should be younger than this: a night, and the longest that upkeep may come late, with room.
const BACKUP_AGE_S: i64 = 36 * 3_600;
/// How far the clock may be behind the newest thing on record.
const CLOCK_BEHIND_S: i64 = 120;
/// 1 January 2026: hob is not older, so a clock that is has not been set.
const CLOCK_LEAST: Timestamp = Timestamp(1_767_225_600);
/// Free room below which it is a problem, in KiB.
const ROOM_LEAST_KIB: u64 = 100 * 1_024;
/// A log this large is not moved into the database any more, in bytes.
const LOG_LARGE: u64 = 256 * 1_024 * 1_024;

pub(super) async fn all(data: &DataDir) -> Vec<Check> {
    let now = Clock::System.now();
    let survey = backup::live(&data.database()).await;
    vec![
        database(data, &survey),
        clock(now, survey.as_ref().ok()),
        room(data).await,
        backups(data, now).await,
    ]
}

fn database(data: &DataDir, survey: &Result<Survey, BackupError>) -> Check {
    let survey = match survey {
        Ok(survey) => survey,
        Err(cause @ BackupError::Newer { .. }) => {
            return Check::problem(
                "database",
                cause.to_string(),
                "install the hob that made it, or a newer one",
            );
        }
        Err(cause @ BackupError::Altered(_)) => {
            return Check::problem(
                "database",
                cause.to_string(),
                "find out who had the file; compare with a backup (hob audit verify)",
            );
        }
        Err(cause) => {
            return Check::problem(
                "database",
                cause.to_string(),
                format!("stop hob, keep {} as it is, and: hob restore FILE", data.database().display()),
            );
        }
    };
    let Survey { schema, lacks, members, posts, audit_rows, .. } = survey;
    let found = format!(
        "sound: step {schema} of its tables, {members} members, {posts} posts, {audit_rows} acts on record"
    );
    let log = fs::metadata(data.path().join("hob.db-wal")).map_or(0, |log| log.len());
    if *lacks > 0 {
        return Check::warning(
            "database",
            format!("{found}; {lacks} steps behind this hob"),
            "nothing: the next start brings it up to date, after a copy",
        );
    }
    if log > LOG_LARGE {
        return Check::warning(
            "database",
            format!("{found}; its log has {} MiB", log / 1_048_576),
            "restart hob in a quiet moment; that moves the log into the database",
        );
    }
    Check::ok("database", found)
}

pub(super) fn clock(now: Timestamp, survey: Option<&Survey>) -> Check {
    let shown = format!("{} UTC", absolute(now, &Zone::utc()));
    let set = "set the clock, and let it be kept (timedatectl set-ntp true)";
    if now < CLOCK_LEAST {
        return Check::problem("clock", format!("it says {shown}"), set);
    }
    match survey.and_then(|survey| survey.newest) {
        Some(newest) if newest.seconds_since(now) > CLOCK_BEHIND_S => Check::problem(
            "clock",
            format!(
                "it says {shown}, and something on record is {} later",
                duration_words(newest.seconds_since(now))
            ),
            set,
        ),
        _ => Check::ok("clock", shown),
    }
}

async fn room(data: &DataDir) -> Check {
    let size = |path: PathBuf| fs::metadata(path).map_or(0, |file| file.len()) / 1_024;
    let needed = size(data.database()) + size(data.path().join("hob.db-wal"));
    match backup::free_kib(data.database()).await {
        None => Check::warning("disk", "the free room cannot be found out", "df -h shows it"),
        Some(free) => room_for(free, needed),
    }
}

/// `needed`: the size of the database and its log, in KiB; a backup and an upgrade take as much again.
pub(super) fn room_for(free: u64, needed: u64) -> Check {
    let found = format!("{} MiB are free, the database has {} MiB", free / 1_024, needed / 1_024);
    let todo = "make room, or move old backups to another machine; hob goes on by itself when there is some";
    if free < ROOM_LEAST_KIB.max(needed) {
        Check::problem("disk", format!("{found}: not enough for the next backup"), todo)
    } else if free < 4 * needed {
        Check::warning("disk", found, todo)
    } else {
        Check::ok("disk", found)
    }
}

async fn backups(data: &DataDir, now: Timestamp) -> Check {
    let there = backup::list(&data.backups());
    let make = format!("hob backup --data {}", data.shown());
    let Some(newest) = there.last() else {
        return Check::warning("backups", "there is none yet; hob makes one every night while it runs", make);
    };
    if let Err(cause) = backup::copy(&data.backups().join(&newest.name)).await {
        return Check::problem("backups", format!("the newest, {}: {cause}", newest.name), make);
    }
    let age_s = rotation::made_at(&newest.name).map_or(0, |at| now.seconds_since(at));
    let found = format!("{}, the newest sound and {} old", there.len(), duration_words(age_s.max(60)));
    if age_s > BACKUP_AGE_S {
        let todo = format!("{make}; if hob runs every night, its log says why there is none");
        return Check::warning("backups", found, todo);
    }
    Check::ok("backups", found)
}
