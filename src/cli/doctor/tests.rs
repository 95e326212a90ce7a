//! The doctor over places that are well and that are not.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::host::{most_open_files, port};
use super::records::{clock, room_for};
use super::*;
use crate::cli::serve;
use crate::domain::time::Timestamp;
use crate::store::backup::Survey;

/// The state of one check, and what is said to do.
fn of<'a>(checks: &'a [Check], name: &str) -> &'a Check {
    checks.iter().find(|check| check.check == name).unwrap_or_else(|| panic!("no {name} in {checks:?}"))
}

fn examined(dir: &Path) -> Vec<Check> {
    let data = DataDir::at(dir);
    examine(&data, data.served_by(), Some("127.0.0.1:0".parse().unwrap()))
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn o_a_new_place_is_well_but_for_its_first_backup() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    serve::init(&dir).unwrap();
    let checks = examined(&dir);
    for check in &checks {
        let wanted = if check.check == "backups" { State::Warning } else { State::Ok };
        // How much memory, room and files the machine has that runs this is its own affair.
        if !["memory", "disk", "open files"].contains(&check.check) {
            assert_eq!(check.state, wanted, "{check:?}");
        }
        assert_eq!(check.todo.is_empty(), check.state == State::Ok, "{check:?}");
    }
    assert!(of(&checks, "backups").todo.contains("hob backup"), "{checks:?}");
    let words = in_words(&checks);
    assert!(words.contains("ok    database    sound"), "{words}");
}

#[test]
fn o_what_is_wrong_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    serve::init(&dir).unwrap();
    set_mode(&dir, 0o755);
    set_mode(&dir.join("hob.db"), 0o644);
    set_mode(&dir.join("host_key"), 0o640);
    let template = fs::read_to_string(dir.join("hob.toml")).unwrap();
    fs::write(dir.join("hob.toml"), template.replace("login_grace_s", "login_grease_s")).unwrap();
    fs::create_dir(dir.join("backups")).unwrap();
    fs::write(dir.join("backups/hob-2026-11-22-03-30.db"), "torn").unwrap();

    let checks = examined(&dir);
    let wrong = |name: &str, what: &str, todo: &str| {
        let check = of(&checks, name);
        assert_eq!(check.state, State::Problem, "{check:?}");
        assert!(check.found.contains(what) && check.todo.contains(todo), "{check:?}");
    };
    wrong("folder", "mode 755", "chmod 700");
    wrong("rights", "hob.db", "chmod go=");
    wrong("host key", "chmod 600", "as it says");
    wrong("settings", "login_grease_s", "mend that line");
    let line = 1 + template.lines().position(|line| line.starts_with("login_grace_s")).unwrap();
    wrong("settings", &format!("line {line}"), "");
    wrong("backups", "hob-2026-11-22-03-30.db", "hob backup");

    fs::write(dir.join("hob.db"), vec![7; 9_000]).unwrap();
    let checks = examined(&dir);
    assert_eq!(of(&checks, "database").state, State::Problem, "{checks:?}");
    assert!(of(&checks, "database").todo.contains("hob restore"), "{checks:?}");
}

#[test]
fn o_a_folder_that_is_not_there_is_said_first() {
    let folder = tempfile::tempdir().unwrap();
    let checks = examined(&folder.path().join("nowhere"));
    assert_eq!(checks.len(), 2);
    assert!(checks.iter().all(|check| check.state == State::Problem), "{checks:?}");
    assert!(!folder.path().join("nowhere").exists(), "it only looks");
}

#[test]
fn o_a_database_that_cannot_be_written_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    serve::init(&dir).unwrap();
    fs::remove_file(dir.join("hob.db")).unwrap();
    // What nobody can write, whatever their rights: a folder in its place.
    fs::create_dir(dir.join("hob.db")).unwrap();
    let checks = examined(&dir);
    let check = of(&checks, "folder");
    assert_eq!(check.state, State::Problem, "{check:?}");
    assert!(check.found.contains("hob.db cannot be written") && check.todo.contains("mount"), "{check:?}");
}

#[test]
fn o_a_clock_that_is_behind_what_is_on_record_is_wrong() {
    let noon = Timestamp(1_795_348_800);
    let survey =
        Survey { schema: 1, lacks: 0, members: 1, posts: 0, audit_rows: 1, newest: Some(noon.plus(7_200)) };
    let behind = clock(noon, Some(&survey));
    assert_eq!(behind.state, State::Problem);
    assert!(behind.found.contains("2 hours later"), "{behind:?}");
    assert_eq!(clock(noon.plus(7_200), Some(&survey)).state, State::Ok);
    assert_eq!(clock(Timestamp(0), None).state, State::Problem);
}

#[test]
fn o_room_open_files_and_port_are_judged() {
    let mib = 1_024;
    assert_eq!(room_for(50 * mib, mib).state, State::Problem);
    assert_eq!(room_for(900 * mib, 1_000 * mib).state, State::Problem, "no room for a copy");
    assert_eq!(room_for(2_000 * mib, 1_000 * mib).state, State::Warning);
    assert_eq!(room_for(9_000 * mib, 1_000 * mib).state, State::Ok);

    let limits =
        "Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 4096   files\n";
    assert_eq!(most_open_files(limits), Some(1_024));
    assert_eq!(most_open_files("Max open files            unlimited  unlimited files\n"), Some(u64::MAX));
    assert_eq!(most_open_files(""), None);

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = taken.local_addr().unwrap();
    assert_eq!(port(at, Served::Nobody).state, State::Warning);
    std::thread::spawn(move || {
        use std::io::Write as _;
        let (mut socket, _) = taken.accept().unwrap();
        socket.write_all(b"220 mail\r\n").unwrap();
    });
    let other = port(at, Served::By(None));
    assert!(other.state == State::Problem && other.found.contains("220 mail"), "{other:?}");
}
