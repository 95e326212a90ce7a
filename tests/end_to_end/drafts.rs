//! W2 and point 6 of issue 3: no word is lost, whatever is killed, and one comes back to the same place. (`door.rs` has the same for somebody who is still joining.)

use russh::keys::PrivateKey;

use crate::person::{Person, Proof, say};
use crate::server::Hob;

/// In the middle of a sentence, with the draft kept.
async fn in_the_middle(hob: &Hob, key: &PrivateKey) -> Person {
    let mut ana = Person::enter(hob, "ana", Proof::Key(key)).await;
    ana.sees("Tea").await;
    ana.keys("Space").await;
    ana.sees("Who is for tea?").await;
    ana.keys("r").await;
    ana.sees("send").await;
    ana.types("In the middle of a \u{1f375} and a 茶").await;
    ana.sees("In the middle of a").await;
    ana
}

/// Comes back to the same thread and text without a key; it can be ended and sent.
async fn finds_it_and_sends(hob: &Hob, key: &PrivateKey) {
    let mut ana = Person::enter(hob, "ana", Proof::Key(key)).await;
    ana.sees("In the middle of a").await;
    ana.sees("reply: Tea").await;
    ana.types(" sentence.").await;
    ana.keys("C-s").await;
    ana.sees("Posted").await;
    let thread = say(hob, "ana", key, "read 1", "").await;
    assert!(thread.contains("In the middle of a \u{1f375} and a 茶 sentence."), "{thread}");
}

async fn with_a_thread() -> (Hob, PrivateKey) {
    let hob = Hob::start();
    let (ana, ben) = (hob.add_member("ana", "member"), hob.add_member("ben", "sysop"));
    say(&hob, "ben", &ben, "post general -t Tea", "Who is for tea?").await;
    (hob, ana)
}

#[tokio::test(flavor = "multi_thread")]
async fn w2_a_killed_client_finds_its_sentence() {
    let (hob, key) = with_a_thread().await;
    in_the_middle(&hob, &key).await.vanishes();
    // The connection of `with_a_thread` was the first to end.
    hob.sees_the_end_of(2);
    finds_it_and_sends(&hob, &key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w2_a_killed_server_has_kept_the_sentence() {
    let (mut hob, key) = with_a_thread().await;
    let mut ana = in_the_middle(&hob, &key).await;
    ana.sees("draft kept").await;
    hob.logs("kept where a session is");
    hob.kill();
    finds_it_and_sends(&hob.again(), &key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn w2_a_stopped_server_has_kept_the_last_letter() {
    let (mut hob, key) = with_a_thread().await;
    let _ana = in_the_middle(&hob, &key).await;
    assert!(hob.stop().success());
    finds_it_and_sends(&hob.again(), &key).await;
}
