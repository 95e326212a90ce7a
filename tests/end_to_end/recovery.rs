//! D9: a lost key, over the real `ssh`, from the word at the door to the new key; and what must not lead anywhere.

use russh::keys::PrivateKey;
use sqlx::{Connection, SqliteConnection};

use crate::person::{Person, Proof, Terminal};
use crate::plain::{at_a_dumb_terminal, session};
use crate::programs::openssh;
use crate::server::{Hob, both, new_key, run};

/// One go of somebody at a dumb terminal.
fn goes(hob: &Hob, key: &PrivateKey, user: &str, lines: &[&str]) -> String {
    session(&mut at_a_dumb_terminal(hob, key, user), lines)
}

/// The code that the sysop reads from the screen.
fn code(printed: &str) -> String {
    let after =
        printed.split("good once and for a day: ").nth(1).unwrap_or_else(|| panic!("no code: {printed}"));
    after.split_whitespace().next().unwrap().to_owned()
}

fn whoami(hob: &Hob, key: &PrivateKey) -> String {
    let mut command = openssh(hob, key);
    both(&run(command.args(["-o", "PreferredAuthentications=publickey", "any@127.0.0.1", "whoami"]), b""))
}

#[tokio::test(flavor = "multi_thread")]
async fn d9_from_the_lost_key_to_the_new_one_and_everything_old_is_out() {
    let hob = Hob::start();
    hob.add_member_with_password("wren", "member", "the old words");
    let mut desk = Person::enter(&hob, "wren", Proof::Password("the old words")).await;
    let mut plain =
        Person::enter_on(&hob, "wren", Proof::Password("the old words"), Terminal::called("dumb", &[])).await;
    desk.sees("home").await;
    plain.sees("home>").await;
    let [ann, bo, eve] = ["ann", "bo", "eve"].map(|handle| hob.add_member(handle, "moderator"));
    let (new, boss) = (hob.add_member("new", "member"), hob.add_member("boss", "sysop"));
    let lost = new_key();

    // Nobody learns at the door whether there is such a member; the one concerned is told at once.
    let printed = goes(&hob, &lost, "join", &["lost nobody", "lost wren", "q"]);
    assert_eq!(printed.matches("If that is a member's handle").count(), 2, "{printed}");
    desk.sees("lost the key of your account").await;

    // Newcomers and the blocked do not count, nobody twice, and a sysop alone is not enough.
    goes(&hob, &eve, "eve", &["members", "wren", "block", "yes", "q"]);
    for (key, user) in [(&new, "new"), (&eve, "eve")] {
        let printed = goes(&hob, key, user, &["lost vouch wren", "lost", "q"]);
        assert!(printed.contains("0 of 2 vouch"), "{user}: {printed}");
    }
    let printed = goes(&hob, &ann, "ann", &["lost vouch wren", "lost vouch wren", "lost", "q"]);
    assert!(printed.contains("already") && printed.contains("1 of 2 vouch"), "{printed}");
    let printed = goes(&hob, &boss, "boss", &["lost vouch wren", "lost code wren", "q"]);
    assert!(!printed.contains("good once"), "{printed}");
    goes(&hob, &bo, "bo", &["lost vouch wren", "q"]);
    let first = code(&goes(&hob, &boss, "boss", &["lost code wren", "q"]));
    // Another one makes the first void; what is no such code, or another kind of code, opens nothing.
    let second = code(&goes(&hob, &boss, "boss", &["lost code wren", "q"]));
    let invite = hob.invite();
    for wrong in [&first, &invite] {
        let printed = goes(&hob, &lost, "join", &[&format!("code {wrong}"), "q"]);
        assert!(printed.contains("There is no such code"), "{printed}");
    }

    // In, with the new key alone.
    let printed = goes(&hob, &lost, "join", &[&format!("code {second}"), "1", "q"]);
    assert!(printed.contains("It is you, wren.") && printed.contains("Welcome back, wren."), "{printed}");
    desk.wait_for_end().await;
    assert!(desk.screen().contains("made anew"), "{}", desk.screen());
    plain.wait_for_end().await;
    assert!(plain.screen().contains("made anew"), "{}", plain.screen());
    assert!(whoami(&hob, &lost).contains("wren"));
    let mut old = crate::person::Connection::open(&hob).await;
    assert!(old.prove("wren", Proof::Password("the old words")).await.is_err());
    let printed = goes(&hob, &new_key(), "join", &[&format!("code {second}"), "q"]);
    assert!(printed.contains("There is no such code"), "good once: {printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn d9_an_old_code_is_refused_and_an_old_key_ends_with_its_session_unless_it_is_kept() {
    let hob = Hob::start();
    let old = hob.add_member("wren", "member");
    let [ann, bo] = ["ann", "bo"].map(|handle| hob.add_member(handle, "moderator"));
    let boss = hob.add_member("boss", "sysop");
    let a_code = || {
        goes(&hob, &new_key(), "join", &["lost wren", "q"]);
        for (key, user) in [(&ann, "ann"), (&bo, "bo")] {
            goes(&hob, key, user, &["lost vouch wren", "q"]);
        }
        code(&goes(&hob, &boss, "boss", &["lost code wren", "q"]))
    };
    // A day goes by.
    let late = a_code();
    let file = format!("sqlite://{}", hob.data().join("hob.db").display());
    let mut conn = SqliteConnection::connect(&file).await.unwrap();
    sqlx::query("UPDATE recovery SET code_expires_at = 1").execute(&mut conn).await.unwrap();
    let printed = goes(&hob, &new_key(), "join", &[&format!("code {late}"), "q"]);
    assert!(printed.contains("That code has expired"), "{printed}");
    conn.close().await.unwrap();

    // Kept, because it is safe at home.
    let kept = a_code();
    let second = new_key();
    let printed = goes(&hob, &second, "join", &[&format!("code {kept}"), "2", "1", "q"]);
    assert!(printed.contains("your old keys open"), "{printed}");
    assert!(whoami(&hob, &old).contains("wren") && whoami(&hob, &second).contains("wren"));

    // Revoked, which is what comes first.
    let mut thief = Person::enter(&hob, "wren", Proof::Key(&old)).await;
    thief.sees("home").await;
    let fresh = a_code();
    let third = new_key();
    goes(&hob, &third, "join", &[&format!("code {fresh}"), "1", "1", "q"]);
    thief.wait_for_end().await;
    assert!(thief.screen().contains("was revoked"), "{}", thief.screen());
    assert!(whoami(&hob, &third).contains("wren"));
    for gone in [&old, &second] {
        let said = whoami(&hob, gone);
        assert!(!said.contains("wren"), "{said}");
    }
}
