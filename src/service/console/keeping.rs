//! Disk, database and backups. A backup is made while members write, by SQLite itself (`VACUUM INTO`), and is opened and
//! checked before the older ones make way.

use std::path::PathBuf;

use super::page::{Offer, Page, Row, Section};
use super::{Deed, Done};
use crate::domain::rotation;
use crate::domain::time::ago;
use crate::service::certificates::Authorities;
use crate::service::{Access, Cx, Error, Result, Service};
use crate::store::backup::{self, Backup};

/// Makes a backup beside the database, checks it, and lets those go that the rotation lets go.
///
/// # Errors
/// When it cannot be written or is not sound; then it is thrown away, and the older ones stay.
pub async fn back_up(service: &Service) -> Result<Backup> {
    let now = service.now();
    match backup::make(service.store(), now, service.settings().backups).await {
        Ok(made) => {
            service.desk().note_backup(format!("{} ({}), checked", made.name, size(made.bytes)));
            Ok(made)
        }
        Err(cause) => {
            tracing::error!(%cause, "the backup failed");
            service.desk().note_backup(format!("failed: {cause}"));
            Err(Error::conflict(format!("The backup failed: {cause}. The older ones are still there.")))
        }
    }
}

pub(super) async fn page<A: Access>(cx: &mut Cx<'_, A>) -> Result<Page> {
    let state = backup::state(cx.store()).await;
    let backups = state.backups.len();
    let (now, rotation) = (cx.now, cx.settings().backups);
    let newest = match state.backups.last() {
        Some(last) => {
            let age =
                rotation::made_at(&last.name).map_or_else(String::new, |at| format!(", {}", ago(now, at)));
            format!("{} ({}{age})", last.name, size(last.bytes))
        }
        None => "none yet: make one now".to_owned(),
    };
    let tried = cx.desk().last_backup().unwrap_or_else(|| "not since hob started".to_owned());
    let free = state.free_kib.map_or_else(|| "unknown".to_owned(), |kib| size(kib * 1_024));
    let mut rows = vec![
        Row::new("database", "Database", size(state.database)).help("hob.db, everything that people wrote."),
        Row::new("wal", "Write-ahead log", size(state.wal))
            .help("hob.db-wal: what is not yet moved into the database. It is emptied in quiet moments."),
        Row::new("disk", "Free on its disk", free),
        Row::new("backup", "Newest backup", newest)
            .help(format!(
                "In the folder backups beside the database, one a night: the last of {} days and of {} weeks are kept. \
                 To go back to one, stop hob and say: hob restore FILE.",
                rotation.daily, rotation.weekly
            ))
            .offer(Offer::new(Deed::BackUp, Vec::new())),
        Row::new(
            "backups",
            "Backups",
            format!("{backups}, {}", size(state.backups.iter().map(|b| b.bytes).sum())),
        ),
        Row::new("tried", "Last tried", tried),
        Row::new("host-key", "Host key", cx.desk().host_key())
            .help("Its fingerprint, for people to compare."),
        Row::new("version", "hob", env!("CARGO_PKG_VERSION")),
    ];
    rows.extend(passes(&cx.settings().authorities));
    Ok(Page { section: Section::Keeping, rows, offers: Vec::new() })
}

/// Whose certificates are a pass, as it holds now (D10). The file alone says it: whoever could add one here could make
/// themselves anybody.
fn passes(authorities: &Authorities) -> Vec<Row> {
    const HELP: &str =
        "Listed under [certificates] in hob.toml; systemctl reload hob (SIGHUP) takes up what it says.";
    if authorities.is_empty() {
        return vec![Row::new("authorities", "Certificates", "no authority is listed").help(HELP)];
    }
    let mut rows: Vec<Row> = authorities
        .listed()
        .map(|(name, fingerprint)| {
            Row::new(fingerprint, "Authority", format!("{name} {fingerprint}")).help(HELP)
        })
        .collect();
    let numbers: Vec<String> = authorities.revoked().map(|number| number.to_string()).collect();
    let value = if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") };
    rows.push(Row::new("serials", "Revoked serials", value).help(HELP));
    let mapped: Vec<String> = authorities.principals().map(|(from, to)| format!("{from} is {to}")).collect();
    if !mapped.is_empty() {
        rows.push(Row::new("principals", "Principals", mapped.join(", ")).help(HELP));
    }
    rows
}

pub(super) fn done(made: &Backup) -> Done {
    Done::new(format!("Backup {} made and checked: {}.", made.name, size(made.bytes)))
}

/// The folder for backups of a service's database.
pub fn folder(service: &Service) -> PathBuf {
    backup::folder(service.store())
}

/// A size in words.
fn size(bytes: u64) -> String {
    const KIB: u64 = 1_024;
    match bytes {
        0..KIB => format!("{bytes} bytes"),
        KIB..1_048_576 => format!("{} KiB", bytes / KIB),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
