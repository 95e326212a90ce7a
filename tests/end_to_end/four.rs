//! D5, M2, M6, L4: several people in sessions of their own, each with a part: from an application to the first reply, and
//! two moderators on one case.

use std::time::Instant;

use sqlx::{Connection, SqliteConnection};

use crate::person::{Person, Proof, say};
use crate::server::Hob;

/// Makes these members known ones, as weeks of taking part would.
pub async fn known(hob: &Hob, handles: &[&str]) {
    let file = format!("sqlite://{}", hob.data().join("hob.db").display());
    let mut conn = SqliteConnection::connect(&file).await.unwrap();
    for handle in handles {
        sqlx::query("UPDATE member SET level = 'regular' WHERE handle_fold = ?")
            .bind(handle)
            .execute(&mut conn)
            .await
            .unwrap();
    }
    conn.close().await.unwrap();
}

/// The applicant, without a key, names whom she knows.
async fn applies(hob: &Hob) -> Person {
    let mut zoe = Person::enter(hob, "join", Proof::Answers(&[])).await;
    zoe.sees("apply to join").await;
    zoe.keys("a").await;
    zoe.types("zoe\nan open fire\nan open fire\n").await;
    zoe.sees("Rule 1 of 5").await;
    zoe.keys("Enter Enter Enter Enter Enter").await;
    zoe.types("@ana knows me.").await;
    zoe.keys("C-s Enter C-s C-s").await;
    zoe.sees("Your application is with the staff.").await;
    zoe
}

/// The moderator asks back; it comes to the applicant's open page, and the answer to the moderator's, who lets her in.
async fn is_asked_and_let_in(mo: &mut Person, zoe: &mut Person) {
    mo.sees("zoe").await;
    mo.keys("Enter").await;
    mo.sees("We share a garden.").await;
    mo.keys("r").await;
    mo.sees("What do you want to ask zoe?").await;
    mo.types("What do you grow?\n").await;
    zoe.sees("What do you grow?").await;
    zoe.types("Beans, mostly.").await;
    zoe.keys("C-s").await;
    zoe.sees("Your answer is with the staff.").await;
    mo.sees("Beans, mostly.").await;
    mo.keys("a").await;
    mo.sees("A word of welcome?").await;
    mo.keys("Enter").await;
    zoe.sees("Welcome in, zoe").await;
}

/// An applicant, a member who vouches, a moderator who asks back and publishes, a member who replies.
#[tokio::test(flavor = "multi_thread")]
async fn d5_four_people_from_the_application_to_the_first_reply() {
    let hob = Hob::start();
    let [ana_key, bea_key] = ["ana", "bea"].map(|handle| hob.add_member(handle, "member"));
    let mo_key = hob.add_member("mo", "moderator");
    known(&hob, &["ana", "bea"]).await;
    say(&hob, "bea", &bea_key, "post general -t Tea", "Who is for tea?").await;
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    let mut bea = Person::enter(&hob, "bea", Proof::Key(&bea_key)).await;
    let mut mo = Person::enter(&hob, "mo", Proof::Key(&mo_key)).await;
    mo.keys("g q").await;
    mo.sees("queue").await;

    let mut zoe = applies(&hob).await;

    // The voucher hears of it and says how she knows her.
    ana.sees("home").await;
    ana.keys("g n").await;
    ana.sees("zoe, at the door, says that you know them").await;
    ana.keys("Enter").await;
    ana.sees("Who waits to be let in").await;
    ana.keys("v").await;
    ana.types("We share a garden.\n").await;
    ana.sees("you vouch").await;
    zoe.sees("A member vouches for you.").await;

    is_asked_and_let_in(&mut mo, &mut zoe).await;

    // Nobody invited her: her first post waits, and she is told.
    bea.sees("home").await;
    bea.keys("g b").await;
    zoe.keys("Space").await;
    zoe.sees("Who is for tea?").await;
    zoe.keys("r").await;
    zoe.sees("send").await;
    zoe.types("Me, with milk.").await;
    zoe.keys("C-s").await;
    zoe.sees("a moderator reads it first").await;
    let read = say(&hob, "bea", &bea_key, "read 1", "").await;
    assert!(!read.contains("with milk"), "not yet: {read}");

    // The moderator publishes it; the author hears of it, and everybody reads it.
    mo.keys("g q").await;
    mo.sees("Tea").await;
    mo.keys("Enter").await;
    mo.sees("Me, with milk.").await;
    mo.keys("a").await;
    zoe.keys("g n").await;
    zoe.sees("Your post is published").await;
    bea.keys("Space").await;
    bea.sees("Me, with milk.").await;

    // The reply, and the notification that leads to it.
    let reply = say(&hob, "bea", &bea_key, "reply 1.2", "Milk it is, welcome!").await;
    assert!(reply.contains("1.3"), "{reply}");
    zoe.sees("bea answered you").await;
    zoe.keys("Enter").await;
    zoe.sees("Milk it is, welcome!").await;
    bea.sees("Milk it is, welcome!").await;
}

/// M2: a claim shows in the other's open queue without a key; of two who decide one case at once one wins, the other is
/// told who it was.
#[tokio::test(flavor = "multi_thread")]
async fn m2_of_two_moderators_on_one_case_one_wins_and_the_other_is_told() {
    let hob = Hob::start();
    let [ann_key, bo_key] = ["ann", "bo"].map(|handle| hob.add_member(handle, "member"));
    let [mo_key, sue_key] = ["mo", "sue"].map(|handle| hob.add_member(handle, "moderator"));
    say(&hob, "bo", &bo_key, "post general -t Trains", "You are all fools.").await;
    say(&hob, "ann", &ann_key, "report 1.1 1 rude", "").await;
    let mut mo = Person::enter(&hob, "mo", Proof::Key(&mo_key)).await;
    let mut sue = Person::enter(&hob, "sue", Proof::Key(&sue_key)).await;
    for one in [&mut mo, &mut sue] {
        one.keys("g q").await;
        one.sees("by bo").await;
    }
    mo.keys("Enter").await;
    mo.sees("You are all fools.").await;
    let claimed = |screen: &str| screen.lines().any(|line| line.contains("by bo") && line.contains("mo"));
    let since = Instant::now();
    mo.keys("c").await;
    sue.wait_until("the claim in the other's queue", claimed).await;
    // For whoever measures: a test asserts no speed.
    eprintln!("M2: the claim was shown after {:?}", since.elapsed());
    // What is claimed is not decided by another, and given back it is free.
    sue.keys("Enter").await;
    sue.sees("You are all fools.").await;
    mo.keys("c").await;
    sue.no_longer_sees("claimed by mo").await;
    for one in [&mut mo, &mut sue] {
        one.keys("x").await;
        one.types("It calls people fools.").await;
        one.keys("Enter").await;
        one.sees("will read").await;
    }
    tokio::join!(mo.keys("Enter"), sue.keys("Enter"));
    let over = |screen: &str| screen.contains("decided by") || screen.contains("has decided this case");
    mo.wait_until("the decision", over).await;
    sue.wait_until("the decision", over).await;
    let (won, told) = if mo.screen().contains("decided by mo") { ("mo", &mut sue) } else { ("sue", &mut mo) };
    // Whoever begins to decide claims it, so the other is told of the claim if they send before the decision is on disk.
    let words = [format!("{won} has decided this case already"), format!("{won} has claimed this case")];
    told.wait_until("who was first", |screen| words.iter().any(|words| screen.contains(words))).await;
    let log = say(&hob, "mo", &mo_key, "read 1", "").await;
    assert!(!log.contains("fools"), "it is removed, once: {log}");
}
