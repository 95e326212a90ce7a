//! O, D8: a community from nothing, started, stopped and started again.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::person::{Connection, Proof};
use crate::server::{DEADLINE, Hob, both, new_key, run};

#[test]
fn o_serve_on_nothing_makes_a_community_and_says_how_to_get_in() {
    let hob = Hob::fresh();
    assert!(hob.fingerprint.starts_with("SHA256:"), "{}", hob.fingerprint);
    assert_eq!(hob.says("connect with: "), format!("ssh -p {} join@127.0.0.1", hob.address.port()));
    assert!(hob.says("one-time sysop code ").len() >= 16, "a code that nobody guesses");
    assert!(hob.data().join("hob.toml").is_file(), "a config to edit");
}

#[test]
fn o_nothing_in_the_data_folder_is_for_other_users_eyes() {
    let hob = Hob::start();
    for entry in fs::read_dir(hob.data()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let is_secret = !name.ends_with(".toml");
        assert!(!is_secret || mode & 0o077 == 0, "{name} has mode {mode:o}");
    }
    let mode = fs::metadata(hob.data()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode & 0o077, 0, "the folder has mode {mode:o}");
}

#[test]
fn o_the_second_start_just_serves() {
    let mut hob = Hob::fresh();
    let first = hob.fingerprint.clone();
    let said = hob.stop_and_read();
    assert!(said.contains("one-time sysop code"), "{said}");
    let mut hob = hob.again();
    assert_eq!(hob.fingerprint, first, "the host key stays");
    let said = hob.stop_and_read();
    assert!(!said.contains("one-time sysop code"), "a code is shown once:\n{said}");
}

#[test]
fn o_a_taken_port_and_a_served_folder_are_refused_with_the_reason() {
    let hob = Hob::start();
    let other = tempfile::tempdir().unwrap();
    let taken = hob.address.to_string();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_hob"));
    let output = run(serve.args(["serve", "--listen", &taken, "--data"]).arg(other.path().join("data")), b"");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains(&taken), "{}", both(&output));

    let output = hob.subcommand(&["serve", "--listen", "127.0.0.1:0"], "");
    assert!(!output.status.success(), "two servers on one folder within {DEADLINE:?}");
    assert!(!output.stderr.is_empty(), "{}", both(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_a_keys_file_makes_members() {
    let key = new_key();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    // The format of keys.example: an authorized_keys line with the handle and the role before it.
    let line = key.public_key().to_openssh().unwrap();
    let example = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/keys.example")).unwrap();
    assert!(example.contains("sysop"), "keys.example shows how a sysop is listed");
    fs::write(&path, format!("warden sysop {line}\n")).unwrap();
    let hob = Hob::fresh_with(&["--keys", path.to_str().unwrap()]);
    let connection = Connection::login(&hob, "warden", Proof::Key(&key)).await.unwrap();
    let output = connection.command("whoami", "").await;
    assert!(output.stdout.contains("warden") && output.stdout.contains("sysop"), "{output:?}");
}
