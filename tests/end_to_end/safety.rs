//! SAFETY.md over real connections to the real program: who is let in as whom, and what a client may not do. The limits
//! of the transport have their own tests in `src/ssh/tests/`, where time can be paused.

use std::time::{Duration, Instant};

use russh::keys::agent::AgentIdentity;
use russh::keys::{HashAlg, PrivateKey};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor, SqliteConnection};

use crate::person::{Connection, Person, Proof, Terminal, say};
use crate::programs::openssh;
use crate::server::{Hob, both, new_key, run};

/// Offers a key and then does not sign with it.
struct NeverSigns;

impl russh::Signer for NeverSigns {
    type Error = russh::AgentAuthError;

    async fn auth_sign(
        &mut self,
        _key: &AgentIdentity,
        _hash: Option<HashAlg>,
        _to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, Self::Error> {
        Err(russh::SendError {}.into())
    }
}

async fn offer_unsigned(connection: &mut Connection, user: &str, victim: &PrivateKey) {
    let (key, mut signer) = (victim.public_key().clone(), NeverSigns);
    let offered = connection.handle().authenticate_publickey_with(user, key, None, &mut signer);
    assert!(offered.await.is_err(), "the server must ask for a signature before it lets anybody in");
}

#[tokio::test(flavor = "multi_thread")]
async fn identity_an_offered_key_that_is_not_signed_chooses_nobody() {
    let hob = Hob::start();
    let victim = hob.add_member("victim", "sysop");
    let own = hob.add_member("mallory", "member");
    hob.add_member_with_password("mallet", "member", "a soft hammer");
    let ways = [
        ("victim", "mallory", Proof::Key(&own)),
        ("mallory", "victim", Proof::Key(&own)),
        ("victim", "mallet", Proof::Password("a soft hammer")),
        ("mallet", "mallet", Proof::Answers(&["a soft hammer"])),
    ];
    for (offering_as, user, proof) in ways {
        let mut connection = Connection::open(&hob).await;
        offer_unsigned(&mut connection, offering_as, &victim).await;
        connection.prove(user, proof).await.unwrap();
        let output = connection.command("whoami", "").await;
        assert!(output.stdout.starts_with("mall"), "offered as {offering_as}, then {user}: {output:?}");
    }
    // Nothing proved at all: a guest, or nobody.
    let mut connection = Connection::open(&hob).await;
    offer_unsigned(&mut connection, "victim", &victim).await;
    if connection.prove("join", Proof::Answers(&[])).await.is_ok() {
        let output = connection.command("whoami", "").await;
        assert!(!output.stdout.contains("victim"), "{output:?}");
    }
}

/// What a running session and a new command are told after a statement that no event announces: what is read at login
/// *and* at every action cannot be out of date.
async fn bites_at_the_next_key(statement: &'static str, told: &str) {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("home").await;
    database(&hob).await.execute(statement).await.unwrap();
    ana.keys("g m").await;
    ana.wait_until(&format!("{told:?} after {statement}"), |screen| screen.contains(told)).await;
    assert!(!ana.screen().contains("members (1)"), "{}", ana.screen());
    let connection = Connection::login(&hob, "ana", Proof::Key(&key)).await;
    if let Ok(connection) = connection {
        let output = connection.command("members", "").await;
        assert_ne!(output.status, Some(0), "{statement}: {output:?}");
    }
}

async fn database(hob: &Hob) -> SqliteConnection {
    SqliteConnectOptions::new().filename(hob.data().join("hob.db")).connect().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn identity_a_removal_bites_at_the_next_key_of_a_running_session() {
    bites_at_the_next_key(
        "UPDATE member SET standing = 'removed' WHERE handle = 'ana'",
        "no longer a member",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identity_a_revoked_key_bites_at_the_next_key_of_a_running_session() {
    bites_at_the_next_key("UPDATE member_key SET revoked_at = 1", "key").await;
}

/// Failures are counted per account, survive a restart and fail closed; a known key is never locked out.
#[tokio::test(flavor = "multi_thread")]
async fn identity_wrong_passwords_close_the_password_over_a_restart_and_never_the_key() {
    let mut hob = Hob::start();
    hob.add_member_with_password("ana", "member", "an open fire");
    let key = hob.add_member("ben", "member");
    for _ in 0..3 {
        let mut guessing = Connection::open(&hob).await;
        for _ in 0..4 {
            assert_eq!(guessing.tries("ana", "a closed fire").await, Some(false));
        }
    }
    hob.kill();
    let hob = hob.again();
    let right = Connection::login(&hob, "ana", Proof::Password("an open fire")).await;
    assert!(right.is_err(), "the account rests, also after a restart");
    // The whole address rests after thirty, and a key still opens.
    for _ in 0..5 {
        let mut guessing = Connection::open(&hob).await;
        for _ in 0..4 {
            assert_eq!(guessing.tries("zoe", "a closed fire").await, Some(false));
        }
    }
    let connection = Connection::login(&hob, "ben", Proof::Key(&key)).await.unwrap();
    assert!(connection.command("whoami", "").await.stdout.contains("ben"));
}

/// The shortest of three answers to a wrong password.
async fn shortest(hob: &Hob, user: &str) -> Duration {
    let mut connection = Connection::open(hob).await;
    let mut shortest = Duration::MAX;
    for _ in 0..3 {
        let began = Instant::now();
        assert_eq!(connection.tries(user, "a closed fire").await, Some(false));
        shortest = shortest.min(began.elapsed());
    }
    shortest
}

/// A hash that takes long makes the difference plain: without it an answer would come in a fiftieth of the time.
#[tokio::test(flavor = "multi_thread")]
async fn identity_unknown_handles_and_those_without_a_password_take_as_long_as_a_wrong_password() {
    let hob = Hob::start_under("", &[("passes = 2", "passes = 40")]);
    hob.add_member_with_password("ana", "member", "an open fire");
    hob.add_member("ben", "member");
    let wrong = shortest(&hob, "ana").await;
    for nobody in ["zoe", "ben", "no such handle, and far too long for one: 0123456789012345678901234567890"]
    {
        let took = shortest(&hob, nobody).await;
        assert!(took * 2 > wrong, "{nobody}: {took:?}, a wrong password {wrong:?}");
    }
}

/// The first to connect is a guest like any other; nobody becomes sysop by being early.
#[tokio::test(flavor = "multi_thread")]
async fn identity_the_first_to_connect_is_a_guest() {
    let hob = Hob::fresh();
    for user in ["root", "sysop", "admin", "hob"] {
        let mut connection = Connection::open(&hob).await;
        let stranger = new_key();
        if connection.prove(user, Proof::Key(&stranger)).await.is_err() {
            connection.prove("join", Proof::Answers(&[])).await.unwrap();
        }
        let output = connection.command("whoami --json", "").await;
        assert!(output.stdout.contains("\"guest\":true"), "{user}: {output:?}");
    }
    let sysops = "SELECT count(*) FROM member WHERE role <> 'member'";
    let count: i64 = sqlx::query_scalar(sysops).fetch_one(&mut database(&hob).await).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_windows_of_any_size_are_drawn_and_survived() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter_on(&hob, "ana", Proof::Key(&key), Terminal::default()).await;
    ana.sees("home").await;
    for (columns, rows) in [(u32::MAX, u32::MAX), (0, 0), (u32::MAX, 1), (1, u32::MAX), (65_536, 65_536)] {
        ana.claims_size(columns, rows).await;
    }
    ana.resize(80, 24).await;
    ana.keys("?").await;
    ana.sees("· help").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn transport_forwarding_and_second_terminals_are_refused_without_ending_the_session() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    ana.sees("home").await;
    let handle = ana.handle();
    assert!(handle.tcpip_forward("127.0.0.1", 0).await.is_err(), "-R");
    assert!(handle.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1).await.is_err(), "-L");
    assert!(handle.channel_open_x11("127.0.0.1", 1).await.is_err(), "x11");
    assert!(handle.channel_open_session().await.is_err(), "a second session on one connection");
    ana.keys("?").await;
    ana.sees("· help").await;
}

#[test]
fn transport_ssh_with_compression_wished_for_works_without() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let output = run(openssh(&hob, &key).args(["-C", "ana@127.0.0.1", "whoami"]), b"");
    assert!(output.status.success(), "{}", both(&output));
}

#[test]
fn transport_old_algorithms_find_nobody_to_talk_to() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let old: [&[&str]; 4] = [
        &["KexAlgorithms=diffie-hellman-group14-sha256"],
        &["Ciphers=aes256-cbc"],
        // A MAC is only agreed on where the cipher has none of its own.
        &["Ciphers=aes256-ctr", "MACs=hmac-sha1"],
        &["HostKeyAlgorithms=ssh-rsa"],
    ];
    for options in old {
        let mut ssh = openssh(&hob, &key);
        for option in options {
            ssh.args(["-o", option]);
        }
        let output = run(ssh.args(["ana@127.0.0.1", "whoami"]), b"");
        assert_eq!(output.status.code(), Some(255), "{options:?}: {}", both(&output));
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(why.contains("no matching"), "{options:?}: {why}");
    }
}

/// Message text, drafts, posts, passwords and codes, at the highest level there is.
#[tokio::test(flavor = "multi_thread")]
async fn data_the_log_holds_no_secrets_at_any_level() {
    let mut hob = Hob::start_with_log("trace");
    let key = hob.add_member("ben", "sysop");
    hob.add_member_with_password("ana", "member", "an open fire");
    let code = hob.invite();
    let log = hob.log();
    for password in ["an open fire", "a closed fire"] {
        let _ = Connection::login(&hob, "ana", Proof::Password(password)).await;
    }
    // A password where the name belongs, refused and as a guest.
    let _ = Connection::login(&hob, "a-lost-fire", Proof::Password("a-cold-fire")).await;
    drop(Connection::login(&hob, "a-found-fire", Proof::Answers(&[""])).await);
    let mut guest = Person::enter(&hob, "join", Proof::Answers(&[])).await;
    guest.sees("I have an invite").await;
    guest.keys("i").await;
    guest.types(&format!("{code}\n")).await;
    guest.sees("andle").await;
    say(&hob, "ben", &key, "message ana", "meet me at the wooden bridge").await;
    say(&hob, "ben", &key, "post general -t Kettles", "which kettle sings").await;
    say(&hob, "ben", &key, "search copperpot", "").await;
    let cleo = hob.add_member("cleo", "member");
    say(&hob, "cleo", &cleo, "post general -t Teapots", "a teapot of clay").await;
    let mut ben = Person::enter(&hob, "ben", Proof::Key(&key)).await;
    ben.sees("Teapots").await;
    ben.keys("Space").await;
    ben.sees("a teapot of clay").await;
    ben.keys("r").await;
    ben.sees("reply: Teapots").await;
    ben.types("half a sentence of mine").await;
    ben.sees("draft kept").await;
    let said = hob.stop_and_read() + &log.text();
    assert!(log.text().contains("ana"), "the log tells who logged in:\n{}", log.text());
    let private = new_secrets(&key);
    let secrets = [
        "open fire",
        "closed fire",
        "lost-fire",
        "found-fire",
        "cold-fire",
        "$argon2",
        "wooden bridge",
        "kettle sings",
        "copperpot",
        "half a sentence",
        "teapot of clay",
        &code,
    ];
    for secret in secrets.into_iter().chain(private.iter().map(String::as_str)) {
        assert!(!said.contains(secret), "{secret:?} is in the log:\n{said}");
    }
}

/// Parts of a key that no log has any use for: the whole of it as it stands in an authorized_keys file.
fn new_secrets(key: &PrivateKey) -> Vec<String> {
    let line = key.public_key().to_openssh().unwrap();
    line.split(' ').filter(|word| word.len() > 40).map(str::to_owned).collect()
}

/// Passwords and codes are kept as hashes only: no file of the folder has one of them in it.
#[tokio::test(flavor = "multi_thread")]
async fn data_secrets_lie_nowhere_but_as_hashes() {
    let mut hob = Hob::start();
    hob.add_member_with_password("ana", "member", "an open fire");
    let code = hob.invite();
    let _ = Connection::login(&hob, "ana", Proof::Password("an open fire")).await;
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hob.kill();
    for entry in std::fs::read_dir(hob.data()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for secret in ["an open fire", &code, &bare] {
            let found = bytes.windows(secret.len()).any(|part| part.eq_ignore_ascii_case(secret.as_bytes()));
            assert!(!found, "{secret:?} stands in {}", path.display());
        }
    }
}
