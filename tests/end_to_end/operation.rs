//! O: what whoever runs a hob does to it while people are there: restart it, give it new settings, look at it.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::process::Command;

use crate::person::{Connection, Person, Proof, say};
use crate::server::{DEADLINE, Hob, both, run};

/// What the server told the service manager next.
fn told(manager: &UnixDatagram) -> String {
    let mut bytes = [0; 256];
    let read = manager.recv(&mut bytes).expect("hob says how it is");
    String::from_utf8_lossy(&bytes[..read]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn o_a_restart_refuses_nobody_and_keeps_the_last_letter() {
    let folder = tempfile::tempdir().unwrap();
    let (socket, notify) = (TcpListener::bind("127.0.0.1:0").unwrap(), folder.path().join("notify"));
    let manager = UnixDatagram::bind(&notify).unwrap();
    manager.set_read_timeout(Some(DEADLINE)).unwrap();
    let mut hob = Hob::on_socket(folder, &socket, &notify);
    assert_eq!(hob.address, socket.local_addr().unwrap(), "it serves the socket that it was handed");
    assert_eq!(told(&manager), "READY=1");
    let (ana, ben) = (hob.add_member("ana", "member"), hob.add_member("ben", "sysop"));
    say(&hob, "ben", &ben, "post general -t Tea", "Who is for tea?").await;
    let mut writes = Person::enter(&hob, "ana", Proof::Key(&ana)).await;
    writes.sees("Tea").await;
    writes.keys("Space").await;
    writes.sees("Who is for tea?").await;
    writes.keys("r").await;
    writes.sees("send").await;
    writes.types("I was just saying").await;
    writes.sees("I was just saying").await;

    assert!(hob.stop().success());
    assert_eq!(told(&manager), "STOPPING=1");
    writes.wait_for_end().await;
    // Nobody serves now, and whoever comes is not refused: they wait for a moment.
    let waits = TcpStream::connect(socket.local_addr().unwrap()).unwrap();
    waits.set_nonblocking(true).unwrap();
    assert_eq!(waits.peek(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock, "nobody answers yet");
    waits.set_nonblocking(false).unwrap();
    waits.set_read_timeout(Some(DEADLINE)).unwrap();

    let hob = Hob::on_socket(hob.into_folder(), &socket, &notify);
    let mut line = String::new();
    BufReader::new(waits).read_line(&mut line).unwrap();
    assert!(line.starts_with("SSH-2.0-"), "the one who waited is served: {line:?}");
    assert_eq!(told(&manager), "READY=1");
    let mut back = Person::enter(&hob, "ana", Proof::Key(&ana)).await;
    back.sees("I was just saying").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn o_new_settings_hold_at_once_and_drop_nobody() {
    let hob = Hob::start_with_log("hob=info");
    let ana = hob.add_member("ana", "member");
    let mut here = Person::enter(&hob, "ana", Proof::Key(&ana)).await;
    here.sees("ana").await;
    let path = hob.data().join("hob.toml");
    let made = fs::read_to_string(&path).unwrap();
    fs::write(&path, made.replace("name = \"hob\"", "nome = \"Kettle Lane\"")).unwrap();
    hob.signal("HUP");
    hob.logs("hob.toml was not taken up, and everything stays as it was");
    let changed = made
        .replace("name = \"hob\"", "name = \"Kettle Lane\"")
        .replace("log = \"hob=info\"", "log = \"hob=debug\"")
        .replace("login_grace_s = 45", "login_grace_s = 30");
    fs::write(&path, changed).unwrap();
    hob.signal("HUP");
    hob.logs("these hold after a restart: [server] login_grace_s");
    let mut guest = Person::enter(&hob, "join", Proof::Answers(&[])).await;
    guest.sees("Kettle Lane").await;
    guest.vanishes();
    // Said at the new level only.
    hob.logs("connection closed");
    here.keys("?").await;
    here.sees("Esc").await;
    here.keys("Esc").await;
}

#[test]
fn o_the_doctor_looks_at_a_server_that_runs() {
    let hob = Hob::start();
    let at = hob.address.to_string();
    let said = hob.subcommand(&["doctor", "--json", "--listen", &at], "");
    let text = String::from_utf8(said.stdout.clone()).unwrap();
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["running"], true, "{text}");
    let of = |name: &str| {
        let checks = found["checks"].as_array().unwrap();
        checks
            .iter()
            .find(|check| check["check"] == name)
            .unwrap_or_else(|| panic!("no {name}: {text}"))
            .clone()
    };
    assert_eq!(of("port")["state"], "ok", "{text}");
    assert!(of("open files")["found"].as_str().unwrap().starts_with("the server"), "{text}");
    let ok = found["ok"] == true;
    assert_eq!(said.status.success(), ok, "{}", both(&said));

    let elsewhere = hob.subcommand(&["doctor", "--listen", "127.0.0.1:1"], "");
    assert_eq!(elsewhere.status.code(), Some(1), "{}", both(&elsewhere));
    assert!(String::from_utf8_lossy(&elsewhere.stdout).contains("nothing answers"), "{}", both(&elsewhere));

    let mut restore = Command::new(env!("CARGO_BIN_EXE_hob"));
    let made = hob.subcommand(&["backup"], "");
    assert!(made.status.success(), "{}", both(&made));
    let newest = fs::read_dir(hob.data().join("backups")).unwrap().next().unwrap().unwrap().path();
    let refused = run(restore.arg("restore").arg(newest).arg("--data").arg(hob.data()), b"");
    assert!(!refused.status.success(), "{}", both(&refused));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no server runs"), "{}", both(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn o_a_failed_log_in_is_a_line_that_fail2ban_reads() {
    for json in ["log_json = false", "log_json = true"] {
        let hob = Hob::start_with("log_json = false", json);
        hob.add_member_with_password("ana", "member", "an open fire");
        // A name cannot stand in for a line of the log.
        let forged = "x: wrong password peer=192.0.2.1";
        for user in ["ana", forged] {
            let refused = Connection::login(&hob, user, Proof::Password("a closed fire")).await;
            assert!(refused.is_err());
        }
        hob.sees_the_words("wrong password", 2);
        let log = hob.log().text();
        assert!(!log.contains("192.0.2.1"), "{log}");
        let file = hob.scratch().join("log");
        // fail2ban leaves a last line alone that is not ended yet.
        fs::write(&file, format!("{log}\n")).unwrap();
        let filter = concat!(env!("CARGO_MANIFEST_DIR"), "/dist/fail2ban/filter.conf");
        if Command::new("fail2ban-regex").arg("--version").output().is_err() {
            eprintln!("skipped: no fail2ban-regex");
            continue;
        }
        let read = run(Command::new("fail2ban-regex").arg(&file).arg(filter), b"");
        assert!(String::from_utf8_lossy(&read.stdout).contains("2 matched"), "{}", both(&read));
    }
}
