//! D2: one's own keys, added and revoked in session, over real connections.

use crate::person::{Connection, Person, Proof};
use crate::server::{Hob, new_key};

/// From home to the screen of keys.
async fn to_the_keys(person: &mut Person) {
    person.sees("ana").await;
    person.keys("g s").await;
    person.sees("settings").await;
    person.keys("End").await;
    person.sees("Your keys and password").await;
    person.keys("Enter").await;
    person.sees("keys and password").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_a_key_added_in_session_logs_in_and_a_revoked_one_ends_its_session_and_fails_at_once() {
    let hob = Hob::start();
    let first = hob.add_member("ana", "member");
    let second = new_key();
    let mut desk = Person::enter(&hob, "ana", Proof::Key(&first)).await;
    to_the_keys(&mut desk).await;
    desk.sees("opened this session").await;
    desk.keys("a").await;
    desk.sees("Paste the line").await;
    desk.pastes(&format!("{} a comment", second.public_key().to_openssh().unwrap().trim())).await;
    desk.keys("Enter").await;
    desk.types("laptop\n").await;
    desk.sees("Added").await;

    // Pasted is not proved: under another name it opens nothing, and once under its own name, it opens any.
    let mut early = Connection::open(&hob).await;
    assert!(early.prove("anybody", Proof::Key(&second)).await.is_err(), "asked for a password");
    drop(Person::enter(&hob, "ana", Proof::Key(&second)).await);
    let mut laptop = Person::enter(&hob, "anybody", Proof::Key(&second)).await;
    laptop.sees("ana").await;
    desk.keys("End x").await;
    desk.sees("Revoke laptop?").await;
    desk.keys("y").await;
    laptop.wait_for_end().await;
    assert!(laptop.screen().contains("was revoked"), "{}", laptop.screen());
    let mut again = Connection::open(&hob).await;
    if again.prove("ana", Proof::Key(&second)).await.is_err() {
        again.prove("join", Proof::Answers(&[])).await.unwrap();
    }
    let output = again.command("whoami", "").await;
    assert!(!output.stdout.contains("ana"), "{output:?}");

    // The session of the other key goes on, and the last way in stays.
    desk.sees("Revoked").await;
    desk.keys("x").await;
    desk.sees("ends at once").await;
    desk.keys("y").await;
    desk.sees("only way in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_set_in_session_logs_in() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&key)).await;
    to_the_keys(&mut ana).await;
    ana.keys("p").await;
    ana.sees("a few words do well").await;
    ana.types("an open fire\nan open fire\n").await;
    ana.sees("your password from now on").await;
    let raw = String::from_utf8_lossy(&ana.raw()).into_owned();
    assert!(!raw.contains("an open fire"), "a password is never sent back");
    let connection = Connection::login(&hob, "ana", Proof::Password("an open fire")).await.unwrap();
    assert!(connection.command("whoami", "").await.stdout.contains("ana"));
}

/// D2: two sessions that one password opened; one changes it.
#[tokio::test(flavor = "multi_thread")]
async fn d2_a_changed_password_ends_the_other_session_that_it_opened_and_keeps_this_one() {
    let hob = Hob::start();
    hob.add_member_with_password("ana", "member", "the old words");
    let mut thief = Person::enter(&hob, "ana", Proof::Password("the old words")).await;
    thief.sees("home").await;
    let mut ana = Person::enter(&hob, "ana", Proof::Password("the old words")).await;
    to_the_keys(&mut ana).await;
    ana.keys("p").await;
    ana.sees("a few words do well").await;
    ana.types("the old words\n").await;
    ana.types("an open fire\nan open fire\n").await;
    ana.sees("your password from now on").await;
    thief.wait_for_end().await;
    assert!(thief.screen().contains("password was changed"), "{}", thief.screen());
    ana.keys("g h").await;
    ana.sees("home").await;
    let mut old = Connection::open(&hob).await;
    assert!(old.prove("ana", Proof::Password("the old words")).await.is_err());
}
