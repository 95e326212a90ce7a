//! Logging in: keys, passwords, the prompt, the door; and the tricks of SAFETY.md, Identity.

use russh::client::AuthResult;
use russh::keys::agent::AgentIdentity;
use russh::keys::ssh_encoding::Encode;
use russh::keys::{HashAlg, signature};
use russh::{MethodKind, MethodSet};

use super::super::auth::{Login, Verdict};
use super::*;

fn refused(result: &AuthResult) -> (MethodSet, bool) {
    match result {
        AuthResult::Failure { remaining_methods, partial_success } => {
            (remaining_methods.clone(), *partial_success)
        }
        AuthResult::Success => panic!("let in"),
    }
}

fn prompt(answer: Answer) -> (String, String, bool) {
    match answer {
        Answer::InfoRequest { instructions, prompts, .. } => {
            assert_eq!(prompts.len(), 1);
            (instructions, prompts[0].prompt.clone(), prompts[0].echo)
        }
        other => panic!("not asked: {other:?}"),
    }
}

async fn whoami(visitor: &Visitor) -> String {
    visitor.run("whoami", b"").await.0.trim().to_owned()
}

/// Offers `key`'s public half; signs with another key, or not at all.
struct Impostor<'a>(Option<&'a PrivateKey>);

impl russh::Signer for Impostor<'_> {
    type Error = russh::AgentAuthError;

    async fn auth_sign(
        &mut self,
        _: &AgentIdentity,
        _: Option<HashAlg>,
        mut to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, russh::AgentAuthError> {
        let Some(key) = self.0 else { return Err(russh::SendError {}.into()) };
        let signed: russh::keys::ssh_key::Signature = signature::Signer::try_sign(key, &to_sign).unwrap();
        signed.encode_prefixed(&mut to_sign).unwrap();
        Ok(to_sign)
    }
}

impl Visitor {
    /// A key offered with a false signature, or with none.
    async fn false_key(&mut self, user: &str, key: &PrivateKey, signer: Option<&PrivateKey>) -> bool {
        let offered = key.public_key().clone();
        let mut impostor = Impostor(signer);
        let tried = self.0.authenticate_publickey_with(user, offered, None, &mut impostor);
        soon(tried).await.is_ok_and(|result| result.success())
    }
}

#[tokio::test]
async fn d2_a_members_key_logs_in_under_any_name() {
    let server = Server::start(TestHouse::default()).await;
    let key = new_key();
    server.house.knows(&key, member(ANN));
    for user in ["ann", "bea", "join", "", "\x1b[2J", "nobody at all"] {
        let mut visitor = server.connect().await;
        assert!(visitor.key(user, &key).await.success(), "{user:?}");
        assert_eq!(whoami(&visitor).await, "ann, ssh-ed25519", "{user:?}");
    }
}

#[tokio::test]
async fn d2_each_kind_of_key_proves_itself() {
    use russh::keys::EcdsaCurve;
    for curve in [EcdsaCurve::NistP256, EcdsaCurve::NistP384, EcdsaCurve::NistP521] {
        let server = Server::start(TestHouse::default()).await;
        let key = PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ecdsa { curve }).unwrap();
        server.house.knows(&key, member(ANN));
        let mut visitor = server.connect().await;
        assert!(visitor.key("ann", &key).await.success(), "{curve:?}");
    }
}

#[tokio::test]
async fn d2_a_password_logs_in_under_its_own_handle_only() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let mut visitor = server.connect().await;
    let (methods, partial) = refused(&visitor.password("ann", "beapass").await);
    assert!(methods.contains(&MethodKind::Password) && !partial, "the next try must be possible");
    assert!(visitor.password("ann", "annpass").await.success());
    assert_eq!(whoami(&visitor).await, "ann, no key");
}

#[tokio::test]
async fn none_is_told_what_there_is() {
    let server = Server::start(TestHouse::default()).await;
    let mut visitor = server.connect().await;
    let (methods, _) = refused(&soon(visitor.0.authenticate_none("ann")).await.unwrap());
    assert_eq!(
        methods.to_vec(),
        [MethodKind::PublicKey, MethodKind::KeyboardInteractive, MethodKind::Password]
    );
}

#[tokio::test]
async fn d3_the_names_of_the_door_ask_nothing() {
    let server = Server::start(TestHouse::with_passwords()).await;
    for user in ["join", "guest", "new", "hob", "JOIN", "Guest"] {
        let mut visitor = server.connect().await;
        assert!(matches!(visitor.interactive(user).await, Answer::Success), "{user}");
        assert_eq!(whoami(&visitor).await, "guest, no key");
    }
    let mut visitor = server.connect().await;
    assert!(visitor.password("join", "whatever").await.success());
    let mut visitor = server.connect().await;
    assert!(visitor.key("join", &new_key()).await.success());
    assert_eq!(whoami(&visitor).await, "guest, ssh-ed25519", "and the key is theirs to register");
}

#[tokio::test]
async fn d3_anybody_becomes_a_guest_by_pressing_enter() {
    let server = Server::start(TestHouse::with_passwords()).await;
    for user in ["nobody", "ann"] {
        let mut visitor = server.connect().await;
        let (instructions, line, echo) = prompt(visitor.interactive(user).await);
        assert_eq!(
            instructions,
            format!("Password for {user}. New here? Press Enter alone to visit as a guest.\n")
        );
        assert_eq!((line.as_str(), echo), ("Password: ", false));
        assert!(matches!(visitor.answer("").await, Answer::Success));
        assert_eq!(whoami(&visitor).await, "guest, no key");
    }
}

#[tokio::test]
async fn d3_three_wrong_passwords_lead_to_the_door_for_known_and_unknown_names() {
    let server = Server::start(TestHouse::with_passwords()).await;
    for user in ["ann", "nobody"] {
        let mut visitor = server.connect().await;
        prompt(visitor.interactive(user).await);
        for _ in 0..2 {
            let (instructions, ..) = prompt(visitor.answer("wrong").await);
            assert!(instructions.starts_with("That did not match. Password for "), "{instructions}");
        }
        assert!(matches!(visitor.answer("wrong").await, Answer::Success));
        let mut line = visitor.shell().await;
        line.shows(&format!("The password for {user} did not match, so you are here as a guest.")).await;
        line.shows("[guest, no key").await;
    }
    assert_eq!(server.house.checks.load(Ordering::SeqCst), 6, "unknown names are checked like known ones");
}

#[tokio::test]
async fn d3_the_right_password_at_the_prompt_logs_in() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let mut visitor = server.connect().await;
    prompt(visitor.interactive("ann").await);
    prompt(visitor.answer("wrong").await);
    assert!(matches!(visitor.answer("annpass").await, Answer::Success));
    assert_eq!(whoami(&visitor).await, "ann, no key");
}

#[tokio::test]
async fn too_many_failures_are_told_and_lead_to_the_door() {
    let server = Server::start(TestHouse { locked_out: true, ..TestHouse::with_passwords() }).await;
    let mut visitor = server.connect().await;
    prompt(visitor.interactive("ann").await);
    assert!(matches!(visitor.answer("annpass").await, Answer::Success));
    let (out, err, _) = visitor.run("whoami", b"").await;
    assert_eq!(out, "guest, no key\n");
    assert!(err.starts_with("There were too many wrong passwords lately"), "{err}");
    let mut visitor = server.connect().await;
    refused(&visitor.password("ann", "annpass").await);
}

#[tokio::test]
async fn passwords_on_one_connection_are_counted_under_every_name() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let mut visitor = server.connect().await;
    for round in 0..6 {
        refused(&visitor.password(if round % 2 == 0 { "ann" } else { "bea" }, "wrong").await);
    }
    let seventh = soon(visitor.0.authenticate_password("ann", "annpass")).await;
    assert!(!seventh.is_ok_and(|result| result.success()));
    assert_eq!(server.house.checks.load(Ordering::SeqCst), 6);
}

#[tokio::test]
async fn d9_an_unknown_key_goes_on_to_the_prompt_and_is_carried_along() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let mut visitor = server.connect().await;
    let (first, second) = (new_key(), PrivateKey::random(&mut russh::keys::key::safe_rng(), P256).unwrap());
    let (methods, partial) = refused(&visitor.key("ann", &first).await);
    assert!(
        partial && methods.contains(&MethodKind::PublicKey),
        "the client's next key may be the known one"
    );
    assert!(refused(&visitor.key("ann", &second).await).1);
    let (_, partial) = refused(&visitor.key("ann", &first).await);
    assert!(!partial, "a key that was tried is spent");
    prompt(visitor.interactive("ann").await);
    assert!(matches!(visitor.answer("annpass").await, Answer::Success));
    assert_eq!(whoami(&visitor).await, "ann, ssh-ed25519", "the first key, to be linked");
}

const P256: Algorithm = Algorithm::Ecdsa { curve: russh::keys::EcdsaCurve::NistP256 };

#[tokio::test]
async fn d2_a_known_key_after_unknown_ones_logs_in() {
    let server = Server::start(TestHouse::default()).await;
    let known = new_key();
    server.house.knows(&known, member(BEA));
    let mut visitor = server.connect().await;
    for _ in 0..8 {
        assert!(refused(&visitor.key("bea", &new_key()).await).1);
    }
    assert!(visitor.key("bea", &known).await.success());
    assert_eq!(whoami(&visitor).await, "bea, ssh-ed25519");
}

#[tokio::test]
async fn an_offered_key_is_never_an_identity() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let (victim, attacker) = (new_key(), new_key());
    server.house.knows(&victim, member(ANN));

    // The victim's key with the attacker's signature.
    let mut visitor = server.connect().await;
    assert!(!visitor.false_key("ann", &victim, Some(&attacker)).await);

    // Then a key, a password, the prompt: a guest, whose key is the attacker's own.
    assert!(!visitor.false_key("ann", &victim, None).await);
    assert!(refused(&visitor.key("ann", &attacker).await).1);
    refused(&visitor.password("ann", "guess").await);
    prompt(visitor.interactive("ann").await);
    assert!(matches!(visitor.answer("").await, Answer::Success));
    assert_eq!(whoami(&visitor).await, "guest, ssh-ed25519");

    // Under the door's names an offered key is not even a guest's.
    let mut visitor = server.connect().await;
    assert!(!visitor.false_key("join", &victim, None).await);
    assert!(matches!(visitor.interactive("join").await, Answer::Success));
    assert_eq!(whoami(&visitor).await, "guest, no key");
}

#[tokio::test]
async fn what_was_gathered_under_one_name_is_not_anothers() {
    let server = Server::start(TestHouse::with_passwords()).await;
    // A key proved under one name is not carried to another.
    let mut visitor = server.connect().await;
    assert!(refused(&visitor.key("ann", &new_key()).await).1);
    prompt(visitor.interactive("bea").await);
    assert!(matches!(visitor.answer("").await, Answer::Success));
    assert_eq!(whoami(&visitor).await, "guest, no key");
}

/// What russh's client cannot send: requests in any order, against the rules themselves.
#[tokio::test]
async fn no_order_of_requests_mixes_two_names() {
    let house = Arc::new(TestHouse::with_passwords());
    let login = || Login::new(Arc::clone(&house), "192.0.2.1".parse().unwrap());
    let asked = |verdict| matches!(verdict, Verdict::Ask(_));

    // A prompt for one name does not take the answer of another, nor an answer after any other request.
    let mut one = login();
    assert!(asked(one.interactive("ann")));
    assert_eq!(one.answered("bea", Some("beapass")).await, Verdict::Refuse);
    assert_eq!(one.answered("ann", Some("annpass")).await, Verdict::Refuse, "the prompt is spent");
    assert!(asked(one.interactive("ann")));
    assert_eq!(one.none("ann"), Verdict::Refuse);
    assert_eq!(one.answered("ann", Some("annpass")).await, Verdict::Refuse);
    assert_eq!(one.answered("ann", None).await, Verdict::Refuse);

    // Starting again does not give more tries.
    let mut one = login();
    for _ in 0..2 {
        assert!(asked(one.interactive("ann")));
        assert!(asked(one.answered("ann", Some("wrong")).await));
    }
    assert!(asked(one.interactive("bea")), "another name");
    let Verdict::Enter(entry) = one.answered("bea", Some("wrong")).await else { panic!("a fourth try") };
    assert_eq!((entry.caller.who, entry.caller.key), (Who::Guest, None));

    // Nothing is free: even questions are counted.
    let mut one = login();
    let asks = (0..1_000).take_while(|_| one.none("ann") != Verdict::HangUp).count();
    assert!(asks < 100, "{asks}");
    assert_eq!(one.password("ann", "annpass").await, Verdict::HangUp);
}

#[tokio::test]
async fn hostile_names_are_shown_clean() {
    let server = Server::start(TestHouse::default()).await;
    let mut visitor = server.connect().await;
    let (instructions, ..) =
        prompt(visitor.interactive(&format!("\x1b]0;x\x07{}", "y".repeat(50_000))).await);
    assert_eq!(
        instructions,
        format!(
            "Password for ?]0;x?{}.... New here? Press Enter alone to visit as a guest.\n",
            "y".repeat(26)
        )
    );
}

#[tokio::test]
async fn x2_the_name_plain_is_asked_whose_it_is_and_a_wrong_answer_is_nobody() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let mut visitor = server.connect().await;
    let (_, line, echo) = prompt(visitor.interactive("plain").await);
    assert_eq!((line.as_str(), echo), ("Handle: ", true));
    let (_, line, echo) = prompt(visitor.answer("ann").await);
    assert_eq!((line.as_str(), echo), ("Password: ", false));
    // The password of another, and a handle that is nobody's, are answered in the same way.
    for (handle, password) in [("ann", "beapass"), ("nobody", "annpass")] {
        let (words, line, _) = prompt(visitor.answer(password).await);
        assert!(words.contains("did not match") && line == "Handle: ", "{handle}: {words}");
        let (_, line, _) = prompt(visitor.answer("bea").await);
        assert_eq!(line, "Password: ");
    }
    assert!(matches!(visitor.answer("beapass").await, Answer::Success));
    assert_eq!(whoami(&visitor).await, "bea, no key");
}

#[tokio::test]
async fn x2_a_handle_that_was_answered_is_forgotten_with_the_user_name() {
    let house = Arc::new(TestHouse::with_passwords());
    let mut login = Login::new(house, "192.0.2.1".parse().unwrap());
    let asked = |verdict| matches!(verdict, Verdict::Ask(_));
    assert!(asked(login.interactive("plain")));
    assert!(asked(login.answered("plain", Some("ann")).await));
    assert_eq!(login.answered("bea", Some("annpass")).await, Verdict::Refuse);
    assert_eq!(login.answered("plain", Some("annpass")).await, Verdict::Refuse, "the prompt is spent");
    assert!(asked(login.interactive("plain")));
    assert!(asked(login.answered("plain", Some("ann")).await));
    assert!(asked(login.interactive("plain")), "begun anew: whose it is has to be said again");
    assert!(
        asked(login.answered("plain", Some("annpass")).await),
        "taken for a handle, and asked for its password"
    );
    assert_eq!(login.failures(), 0);
}

#[tokio::test]
async fn x2_under_the_name_plain_a_known_key_is_its_owner_and_nobody_is_a_guest() {
    let house = TestHouse::with_passwords();
    let key = new_key();
    house.knows(&key, member(ANN));
    let server = Server::start(house).await;
    let mut visitor = server.connect().await;
    assert!(visitor.key("plain", &key).await.success());
    let mut line = visitor.shell().await;
    line.shows("[ann, ssh-ed25519 xterm-256color 80x24 [] , plain]").await;
    let mut guest = server.connect().await;
    prompt(guest.interactive("plain").await);
    assert!(matches!(guest.answer("").await, Answer::Success));
    assert_eq!(whoami(&guest).await, "guest, no key");
}

#[tokio::test]
async fn m6_a_banned_key_is_a_guest_with_that_key_in_hand_whoever_it_belongs_to() {
    let server = Server::start(TestHouse::with_passwords()).await;
    let key = new_key();
    server.house.knows(&key, member(ANN));
    server.house.banned_keys.lock().unwrap().push(super::super::host_key::fingerprint(&key));
    for user in ["ann", "plain", "join"] {
        let mut visitor = server.connect().await;
        assert!(visitor.key(user, &key).await.success(), "{user}");
        assert_eq!(whoami(&visitor).await, "guest, ssh-ed25519", "{user}");
    }
    // After another key that is nobody's: the banned one is still what counts.
    let mut visitor = server.connect().await;
    let (_, partial) = refused(&visitor.key("ann", &new_key()).await);
    assert!(partial);
    assert!(visitor.key("ann", &key).await.success());
    assert_eq!(whoami(&visitor).await, "guest, ssh-ed25519");
    // Who offers it without its signature is nobody, and learns nothing.
    let mut visitor = server.connect().await;
    assert!(!visitor.false_key("ann", &key, None).await);
}
