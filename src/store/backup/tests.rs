//! Backups: sound, private, rotated; what is none is told apart.

#![allow(clippy::unwrap_used)]

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use super::*;
use crate::store::OpenError;
use crate::store::audit::{self, NewAudit};

/// 22 November 2026, 12:00 UTC.
const NOON: Timestamp = Timestamp(1_795_348_800);

async fn record(store: &Store, action: &str) {
    let mut write = store.begin_write().await.unwrap();
    let row = NewAudit {
        action,
        thing: "place",
        thing_id: 0,
        target: None,
        rule_no: None,
        reason: "",
        detail: "",
        public: false,
    };
    audit::append(&mut write, None, NOON, row).await.unwrap();
    write.commit().await.unwrap();
}

async fn run(path: &Path, sql: &'static str) {
    let mut conn = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

#[tokio::test]
async fn m8_a_backup_is_sound_private_and_the_oldest_make_way() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let store = Store::open(&place.path().join("hob.db")).await.unwrap();
    record(&store, "place.made").await;
    let mut names = Vec::new();
    for minute in 0..5 {
        let made = make(&store, NOON.plus(minute * 60), Rotation::default()).await.unwrap();
        names.push(made.name);
    }
    let there: Vec<String> = list(&folder(&store)).into_iter().map(|backup| backup.name).collect();
    assert_eq!(there, names[2..]);
    assert_eq!(there[0], "hob-2026-11-22-12-02.db");
    let newest = folder(&store).join(&there[2]);
    assert_eq!(fs::metadata(&newest).unwrap().permissions().mode() & 0o777, 0o600);
    let survey = copy(&newest).await.unwrap();
    assert_eq!((survey.schema, survey.lacks, survey.audit_rows), (known_schema(), 0, 1));
    assert_eq!(survey.newest, Some(NOON));
    assert_eq!(live(store.path()).await.unwrap(), survey, "the copy says what the database says");
    assert!(Store::open(&newest).await.is_ok(), "it can be served from");
    let state = state(&store).await;
    assert!(state.database > 0 && state.backups.len() == 3, "{state:?}");
}

#[tokio::test]
async fn m8_a_copy_that_is_not_sound_is_no_backup() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("hob-torn.db");
    fs::write(&path, b"SQLite format 3\0 and then nothing").unwrap();
    assert!(copy(&path).await.is_err());
    let store = Store::open(&place.path().join("hob.db")).await.unwrap();
    fs::write(place.path().join("backups"), b"a file in the way").unwrap();
    assert!(make(&store, Timestamp(0), Rotation::default()).await.is_err());
}

#[tokio::test]
async fn o_what_is_altered_newer_or_foreign_is_told_apart() {
    let place = tempfile::tempdir().unwrap();
    let store = Store::open(&place.path().join("hob.db")).await.unwrap();
    record(&store, "place.made").await;
    record(&store, "place.backup").await;
    let made = make(&store, NOON, Rotation::default()).await.unwrap();
    let path = folder(&store).join(made.name);

    run(&path, "DROP TRIGGER audit_no_update; UPDATE audit SET action = 'nothing' WHERE id = 1").await;
    assert!(matches!(copy(&path).await, Err(BackupError::Altered(1))));
    run(&path, "INSERT INTO _sqlx_migrations VALUES (9999, 'of tomorrow', 0, 1, x'00', 0)").await;
    let newer = copy(&path).await.unwrap_err();
    assert!(matches!(newer, BackupError::Newer { found: 9999, .. }), "{newer}");
    assert!(newer.to_string().contains("newer hob"), "{newer}");
    let opened = Store::open(&path).await.err().unwrap();
    assert!(matches!(opened, OpenError::Newer { found: 9999, .. }), "{opened}");

    let other = place.path().join("other.db");
    fs::write(&other, b"").unwrap();
    run(&other, "CREATE TABLE cookies (id INTEGER)").await;
    assert!(matches!(copy(&other).await, Err(BackupError::Foreign)));
}

#[tokio::test]
async fn o_the_tables_are_copied_before_they_are_brought_up_to_date() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("hob.db");
    let store = Store::open(&path).await.unwrap();
    assert!(!folder(&store).exists(), "a new place has nothing to lose");
    store.close().await;
    // As a hob of before its last migration left it: an index is what that step may make once more.
    run(&path, "DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)")
        .await;
    let older = live(&path).await.unwrap();
    assert_eq!(older.lacks, 1);
    // Whether this step can be made twice is its own affair; the copy comes first in any case.
    let _ = Store::open(&path).await;
    let saved = folder_beside(&path).join(format!("before-upgrade-{:04}.db", older.schema));
    assert_eq!(copy(&saved).await.unwrap().schema, older.schema);
}

/// Whoever went back to an old backup upgrades from a lower step than the copies of before: the new one stays.
#[tokio::test]
async fn o_the_copy_before_an_upgrade_is_not_let_go_when_it_is_made() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("hob.db");
    let store = Store::open(&path).await.unwrap();
    let mut conn = store.connect_for_upkeep().await.unwrap();
    for schema in [30, 33, 35, 36] {
        before_upgrade(&mut conn, &path, schema).await.unwrap();
    }
    let made = before_upgrade(&mut conn, &path, 20).await.unwrap();
    assert!(made.exists());
    let there = list_named(&folder_beside(&path), |name| name.starts_with("before-upgrade-"));
    let names: Vec<&str> = there.iter().map(|copy| copy.name.as_str()).collect();
    assert_eq!(names, ["before-upgrade-0020.db", "before-upgrade-0035.db", "before-upgrade-0036.db"]);
}
