//! SAFETY.md, Data: what breaks under the program. For the person a clear word and their text kept, for the sysop a line
//! with what to do, and the service comes back by itself when the cause goes. Every fault is one that anybody can make:
//! limits of the process instead of a full disk, another program's lock, bytes written over.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use russh::keys::PrivateKey;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _, Executor, SqliteConnection};

use crate::person::{Person, Proof, say};
use crate::server::{Hob, both, run};

/// Under this limit no write to a file goes beyond its first bytes, as on a full disk; the shell keeps the system from
/// ending the program for it (SIGXFSZ).
const FULL: &str = "trap '' XFSZ";

/// Lets the server's files grow to so many bytes, or without bound.
fn let_files_grow(hob: &Hob, bytes: &str) {
    let limit = format!("--fsize={bytes}:unlimited");
    let output = run(Command::new("prlimit").args(["--pid", &hob.pid().to_string(), &limit]), b"");
    assert!(output.status.success(), "prlimit (util-linux): {}", both(&output));
}

/// Another program's connection to the server's database.
async fn other_program(hob: &Hob) -> SqliteConnection {
    SqliteConnectOptions::new().filename(hob.data().join("hob.db")).connect().await.unwrap()
}

/// In a reply with a sentence typed, and kept as a draft.
async fn writing(hob: &Hob, key: &PrivateKey) -> Person {
    let ben = hob.add_member("ben", "sysop");
    say(hob, "ben", &ben, "post general -t Tea", "Who is for tea?").await;
    let mut ana = Person::enter(hob, "ana", Proof::Key(key)).await;
    ana.sees("Tea").await;
    ana.keys("Space").await;
    ana.sees("Who is for tea?").await;
    ana.keys("r").await;
    ana.sees("reply: Tea").await;
    ana.types("With milk, please.").await;
    ana.sees("draft kept").await;
    ana
}

#[tokio::test(flavor = "multi_thread")]
async fn data_disk_full_keeps_the_text_tells_the_sysop_and_goes_on_by_itself() {
    let hob = Hob::start_under(FULL, &[]);
    let key = hob.add_member("ana", "member");
    let mut ana = writing(&hob, &key).await;
    let_files_grow(&hob, "512");
    ana.types(" And a scone.").await;
    ana.keys("C-s").await;
    ana.sees("The server could not").await;
    let screen = ana.screen();
    assert!(screen.contains("With milk, please. And a scone."), "the text stays on the screen:\n{screen}");
    hob.logs("the database failed");
    hob.logs("free some space");
    // Reading goes on meanwhile, also for whoever comes in only now.
    assert!(say(&hob, "ana", &key, "read 1", "").await.contains("Who is for tea?"));
    let_files_grow(&hob, "unlimited");
    ana.keys("C-s").await;
    ana.sees("Posted").await;
    let thread = say(&hob, "ana", &key, "read 1", "").await;
    assert!(thread.contains("With milk, please. And a scone."), "{thread}");
    assert_eq!(thread.matches("With milk").count(), 1, "posted once:\n{thread}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_a_locked_database_is_told_and_waited_for() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = writing(&hob, &key).await;
    let mut other = other_program(&hob).await;
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    ana.keys("C-s").await;
    ana.sees("The server could not").await;
    assert!(ana.screen().contains("With milk, please."), "{}", ana.screen());
    hob.logs("other program");
    other.execute("ROLLBACK").await.unwrap();
    ana.keys("C-s").await;
    ana.sees("Posted").await;
    assert!(say(&hob, "ana", &key, "read 1", "").await.contains("With milk, please."));
}

/// Writes over part of a file.
fn write_over(path: &Path, at: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
}

/// Starts the server on a community and expects it to give up; what it says.
fn refuses_to_serve(mut command: Command, data: &Path) -> String {
    let output: Output = run(command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data), b"");
    assert!(!output.status.success(), "{}", both(&output));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn hob_command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hob"))
}

#[tokio::test(flavor = "multi_thread")]
async fn data_a_damaged_database_says_so_and_what_to_do() {
    let mut hob = Hob::start();
    let key = hob.add_member("ana", "member");
    say(&hob, "ana", &key, "post general -t Tea", "Who is for tea?").await;
    let mut other = other_program(&hob).await;
    let page: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut other).await.unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'post' AND type = 'table'";
    let root: i64 = sqlx::query_scalar(root).fetch_one(&mut other).await.unwrap();
    other.close().await.unwrap();
    hob.stop();
    // Whatever still lay in the log would be read instead of the page that is damaged here.
    let mut other = other_program(&hob).await;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    let database = hob.data().join("hob.db");
    let sound = fs::read(&database).unwrap();

    // One page: what lies on it cannot be read, and everything else goes on.
    write_over(&database, ((root - 1) * page).unsigned_abs(), &vec![0xff; page.unsigned_abs() as usize]);
    let mut hob = hob.again();
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("The server could not").await;
    hob.logs("damaged");
    hob.logs("backup");
    assert!(say(&hob, "ana", &key, "members", "").await.contains("ana"));
    ana.keys("q").await;
    ana.wait_for_end().await;
    hob.stop();

    // Its head: it is no database any more.
    write_over(&database, 0, b"this was a database once");
    let said = refuses_to_serve(hob_command(), &hob.data());
    assert!(said.contains("hob.db") && said.contains("backup"), "{said}");

    // What a backup would put back is served as before.
    fs::write(&database, sound).unwrap();
    let hob = hob.again();
    assert!(say(&hob, "ana", &key, "read 1", "").await.contains("Who is for tea?"));
}

/// A command as somebody who does not own the folder: another user where we are root, else the files are closed to us.
fn as_a_stranger(data: &Path) -> Command {
    let is_root = run(Command::new("id").arg("-u"), b"").stdout.starts_with(b"0");
    if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(env!("CARGO_BIN_EXE_hob"));
        return command;
    }
    for file in ["hob.db", "lock"] {
        fs::set_permissions(data.join(file), fs::Permissions::from_mode(0o000)).unwrap();
    }
    hob_command()
}

#[test]
fn data_a_folder_of_another_owner_is_refused_with_what_to_do() {
    let mut hob = Hob::start();
    hob.stop();
    // The folder above belongs to the test alone, too.
    fs::set_permissions(hob.scratch(), fs::Permissions::from_mode(0o755)).unwrap();
    let said = refuses_to_serve(as_a_stranger(&hob.data()), &hob.data());
    assert!(said.contains("owner") || said.contains("belongs"), "{said}");
    assert!(said.contains(&hob.data().display().to_string()), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_a_read_only_database_is_read_and_says_why_nothing_is_written() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = writing(&hob, &key).await;
    // What another program can do to all who write: the schema is still read, and no write is let through.
    let mut other = other_program(&hob).await;
    other
        .execute("CREATE TRIGGER shut BEFORE INSERT ON post BEGIN SELECT RAISE(ABORT, 'shut'); END")
        .await
        .unwrap();
    ana.keys("C-s").await;
    ana.sees("The server could not").await;
    assert!(ana.screen().contains("With milk, please."), "{}", ana.screen());
    other.execute("DROP TRIGGER shut").await.unwrap();
    ana.keys("C-s").await;
    ana.sees("Posted").await;
}
