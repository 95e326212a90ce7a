//! M6: the ban list, with OpenSSH from several addresses of this machine.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;

use russh::keys::{HashAlg, PrivateKey};

use crate::person::{Connection, Person, Proof, say};
use crate::programs::openssh;
use crate::server::{DEADLINE, Hob, both, run};

fn fingerprint(key: &PrivateKey) -> String {
    key.public_key().fingerprint(HashAlg::Sha256).to_string()
}

/// `ssh -b ADDRESS ana@… COMMAND`: whether it got in, and all that it printed.
fn from(hob: &Hob, key: &PrivateKey, address: &str, command: &str) -> (bool, String) {
    let output = run(openssh(hob, key).args(["-b", address, "ana@127.0.0.1", command]), b"");
    (output.status.success(), both(&output))
}

/// A session without a terminal, from an address: what it prints is read line by line.
fn opened(hob: &Hob, key: &PrivateKey, address: &str) -> (Child, mpsc::Receiver<String>) {
    let mut command = openssh(hob, key);
    command.args(["-T", "-b", address, "ana@127.0.0.1"]);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = piped.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (tell, heard) = mpsc::channel();
    thread::spawn(move || {
        let mut first = String::new();
        while first.trim().is_empty() && out.read_line(&mut first).is_ok_and(|read| read > 0) {}
        let _ = tell.send(first);
        let mut rest = String::new();
        let _ = out.read_to_string(&mut rest);
        let _ = tell.send(rest);
    });
    (child, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_an_address_is_banned_at_the_door_and_its_sessions_end_at_once() {
    let hob = Hob::start();
    let (key, sue) = (hob.add_member("ana", "member"), hob.add_member("sue", "sysop"));
    let sysop = |line: &'static str| say(&hob, "sue", &sue, line, "");
    let (mut child, heard) = opened(&hob, &key, "127.0.0.2");
    assert!(!heard.recv_timeout(DEADLINE).unwrap().is_empty(), "the session talks");
    let seen = sysop("bans try 127.0.0.2").await;
    assert!(seen.contains("1 session ends."), "{seen}");
    let made = sysop("bans add 127.0.0.2 1 'A flood of gnomes.' --sure").await;
    assert!(made.contains("127.0.0.2") && made.contains("A flood of gnomes."), "{made}");
    let rest = heard.recv_timeout(DEADLINE).unwrap();
    assert!(
        rest.contains("Nobody can be here from your address") && rest.contains("A flood of gnomes"),
        "{rest}"
    );
    assert!(child.wait().is_ok());
    let (let_in, words) = from(&hob, &key, "127.0.0.2", "whoami");
    assert!(!let_in && !words.contains("ana\n"), "{words}");
    hob.logs("the address is on the ban list");
    let (let_in, words) = from(&hob, &key, "127.0.0.3", "whoami");
    assert!(let_in, "the neighbour comes in: {words}");
    // It holds over a restart, and is lifted by its number.
    let mut hob = hob;
    hob.stop();
    let hob = hob.again();
    assert!(!from(&hob, &key, "127.0.0.2", "whoami").0);
    let seen = say(&hob, "sue", &sue, "bans try 127.0.0.2/31", "").await;
    assert!(seen.contains("1 member came from there in the last 30 days: ana."), "{seen}");
    let lifted = say(&hob, "sue", &sue, "bans lift 1", "").await;
    assert!(lifted.contains("off the list"), "{lifted}");
    let (let_in, words) = from(&hob, &key, "127.0.0.2", "whoami");
    assert!(let_in, "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_a_banned_key_is_told_at_the_door_and_leads_to_nobody() {
    let hob = Hob::start();
    let (key, mo) = (hob.add_member("ana", "member"), hob.add_member("mo", "moderator"));
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("ana").await;
    let made =
        say(&hob, "mo", &mo, &format!("bans add {} always Lent to a spammer.", fingerprint(&key)), "").await;
    assert!(made.contains("(ana)"), "{made}");
    ana.wait_for_end().await;
    let raw = String::from_utf8_lossy(&ana.raw()).into_owned();
    assert!(raw.contains("This key opens nothing here for now: Lent to a spammer."), "{raw}");
    for user in ["ana", "join"] {
        let connection = Connection::login(&hob, user, Proof::Key(&key)).await.unwrap();
        let said = connection.command("boards", "").await;
        assert_ne!(said.status, Some(0), "{said:?}");
        assert!(said.stderr.contains("This key opens nothing here"), "{said:?}");
        let mut guest = Person::enter(&hob, user, Proof::Key(&key)).await;
        guest.wait_for_end().await;
        let raw = String::from_utf8_lossy(&guest.raw()).into_owned();
        assert!(raw.contains("Lent to a spammer") && !raw.contains("Apply"), "{raw}");
    }
    say(&hob, "mo", &mo, "bans lift 1", "").await;
    assert!(say(&hob, "ana", &key, "whoami", "").await.contains("ana"));
}

/// M6: whoever is locked out by a ban lifts it on the machine, while the server runs.
#[tokio::test(flavor = "multi_thread")]
async fn m6_a_ban_by_which_one_is_locked_out_is_lifted_on_the_machine() {
    let hob = Hob::start();
    let (ana, sue) = (hob.add_member("ana", "member"), hob.add_member("sue", "sysop"));
    let none = hob.subcommand(&["bans", "list"], "");
    assert!(both(&none).contains("Nothing is banned."), "{}", both(&none));
    say(&hob, "sue", &sue, "bans add 127.0.0.2 always 'A slip of the hand.' --sure", "").await;
    assert!(!from(&hob, &ana, "127.0.0.2", "whoami").0);
    let listed = both(&hob.subcommand(&["bans", "list"], ""));
    assert!(listed.contains("1  127.0.0.2  no end  by sue: A slip of the hand."), "{listed}");
    let lifted = both(&hob.subcommand(&["bans", "lift", "1"], ""));
    assert!(lifted.contains("127.0.0.2 is off the list"), "{lifted}");
    hob.signal("HUP");
    hob.logs("hob.toml was read anew and holds");
    let (let_in, words) = from(&hob, &ana, "127.0.0.2", "whoami");
    assert!(let_in, "{words}");
    let again = hob.subcommand(&["bans", "lift", "1"], "");
    assert!(!again.status.success() && both(&again).contains("off the list already"), "{}", both(&again));
    let audit = hob.subcommand(&["audit", "verify"], "");
    assert!(audit.status.success(), "{}", both(&audit));
}
