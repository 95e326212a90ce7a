//! SAFETY.md over real connections to the real program: who is let in as whom, and what a client may not do. The limits
//! of the transport have their own tests in `src/ssh/tests/`, where time can be paused.

use russh::keys::agent::AgentIdentity;
use russh::keys::{HashAlg, PrivateKey};

use crate::person::{Connection, Person, Proof, Terminal};
use crate::programs::openssh;
use crate::server::{Hob, both, run};

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

#[tokio::test(flavor = "multi_thread")]
async fn data_the_log_holds_no_secrets_at_any_level() {
    let mut hob = Hob::start_with_log("trace");
    hob.add_member_with_password("ana", "member", "an open fire");
    let log = hob.log();
    for password in ["an open fire", "a closed fire"] {
        let _ = Connection::login(&hob, "ana", Proof::Password(password)).await;
    }
    let said = hob.stop_and_read() + &log.text();
    assert!(log.text().contains("ana"), "the log tells who logged in:\n{}", log.text());
    assert!(!said.contains("open fire") && !said.contains("closed fire"), "{said}");
}
