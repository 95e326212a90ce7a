//! D1, D2, D3: who gets in with what, over real connections.

use russh::MethodKind;

use crate::person::{Connection, Proof};
use crate::server::{Hob, new_key};

/// The handle that `whoami` reports on a connection.
async fn who(connection: &Connection) -> String {
    let output = connection.command("whoami", "").await;
    assert_eq!(output.status, Some(0), "{output:?}");
    output.stdout
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_a_registered_key_gets_in_under_any_user_name() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    for user in ["ana", "git", "root", "join", "nobody-of-that-name"] {
        let connection = Connection::login(&hob, user, Proof::Key(&key)).await.unwrap();
        assert!(who(&connection).await.contains("ana"), "as {user}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_a_password_gets_in_under_its_own_handle_only() {
    let hob = Hob::start();
    hob.add_member_with_password("ana", "member", "an open fire");
    hob.add_member_with_password("ben", "member", "another kettle");
    for proof in [Proof::Password("an open fire"), Proof::Answers(&["an open fire"])] {
        let connection = Connection::login(&hob, "ana", proof).await.unwrap();
        assert!(who(&connection).await.contains("ana"));
    }
    let refused = Connection::login(&hob, "ben", Proof::Password("an open fire")).await;
    assert!(refused.is_err(), "ana's password under ben's handle");
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_after_a_wrong_password_the_right_one_still_gets_in() {
    let hob = Hob::start();
    hob.add_member_with_password("ana", "member", "an open fire");
    let mut connection = Connection::open(&hob).await;
    let refused = connection.prove("ana", Proof::Password("a closed fire")).await.unwrap_err();
    assert!(refused.methods.contains(&MethodKind::Password), "{refused:?}");
    connection.prove("ana", Proof::Password("an open fire")).await.unwrap();
    assert!(who(&connection).await.contains("ana"));
}

#[tokio::test(flavor = "multi_thread")]
async fn safety_unknown_handle_and_wrong_password_are_told_apart_by_nothing() {
    let hob = Hob::start();
    hob.add_member_with_password("ana", "member", "an open fire");
    let wrong = Connection::login(&hob, "ana", Proof::Password("a closed fire")).await.err().unwrap();
    let unknown = Connection::login(&hob, "zoe", Proof::Password("a closed fire")).await.err().unwrap();
    assert_eq!(wrong.methods, unknown.methods);
}

#[tokio::test(flavor = "multi_thread")]
async fn d3_an_unknown_key_leads_to_the_door_and_to_nobody() {
    let hob = Hob::start();
    hob.add_member("ana", "member");
    let stranger = new_key();
    let mut connection = Connection::open(&hob).await;
    if connection.prove("ana", Proof::Key(&stranger)).await.is_err() {
        connection.prove("join", Proof::Answers(&[])).await.unwrap();
    }
    let output = connection.command("whoami", "").await;
    assert!(!output.stdout.contains("ana"), "{output:?}");
}
