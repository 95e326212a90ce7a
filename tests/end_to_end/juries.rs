//! M4: an appeal and its jury in sessions of their own: the member who appeals, regulars who are drawn by lot, one of them
//! at a dumb terminal; one declines and another is drawn. The outcome comes to open screens, and nobody is named.

use russh::keys::PrivateKey;
use serde_json::Value;

use crate::four::known;
use crate::person::{Person, Proof, say};
use crate::plain::{at_a_dumb_terminal, session};
use crate::server::Hob;

const REGULARS: [&str; 4] = ["cy", "dee", "eli", "fay"];

/// Somebody who could be drawn.
struct Regular {
    handle: &'static str,
    key: PrivateKey,
}

/// The same words with single spaces between them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether one of a member's notifications asks them to sit on a jury.
async fn is_drawn(hob: &Hob, regular: &Regular) -> bool {
    let printed = say(hob, regular.handle, &regular.key, "notifications --json", "").await;
    let mut rows = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.any(|row| row["kind"] == "jury" && row["new"] == true)
}

/// The moderator removes what was reported.
async fn removes(mo: &mut Person) {
    mo.keys("g q").await;
    mo.sees("by bo").await;
    mo.keys("Enter").await;
    mo.sees("You are all fools.").await;
    mo.keys("x").await;
    mo.types("It calls people fools.").await;
    mo.keys("Enter").await;
    mo.sees("will read").await;
    mo.keys("Enter").await;
    mo.sees("decided by mo").await;
}

/// The member reads of it and appeals to a jury.
async fn appeals(bo: &mut Person) {
    bo.keys("g n").await;
    bo.sees("was removed").await;
    bo.keys("Enter").await;
    bo.sees("What the staff did that concerned you").await;
    bo.keys("a").await;
    bo.sees("Who is to look at it?").await;
    bo.keys("2").await;
    bo.sees("What was not right about it?").await;
    bo.types("It was a quote from the film.\n").await;
    bo.sees("three regulars who were drawn by lot").await;
}

/// A juror finds the appeal among the notifications and opens it.
async fn opens(hob: &Hob, regular: &Regular) -> Person {
    let mut juror = Person::enter(hob, regular.handle, Proof::Key(&regular.key)).await;
    juror.sees("home").await;
    juror.keys("g n").await;
    juror.sees("You are drawn for a jury").await;
    juror.keys("Enter").await;
    juror.sees("jury: appeal of bo").await;
    juror.sees("It was a quote from the film.").await;
    juror.sees("You are all fools.").await;
    juror
}

#[tokio::test(flavor = "multi_thread")]
async fn m4_an_appeal_goes_to_a_jury_one_declines_two_decide_and_the_post_is_back() {
    let hob = Hob::start();
    let [ann_key, bo_key] = ["ann", "bo"].map(|handle| hob.add_member(handle, "member"));
    let [mo_key, _] = ["mo", "sue"].map(|handle| hob.add_member(handle, "moderator"));
    let regulars = REGULARS.map(|handle| Regular { handle, key: hob.add_member(handle, "member") });
    known(&hob, &REGULARS).await;
    say(&hob, "bo", &bo_key, "post general -t Trains", "You are all fools.").await;
    say(&hob, "ann", &ann_key, "report 1.1 1 rude", "").await;
    let mut mo = Person::enter(&hob, "mo", Proof::Key(&mo_key)).await;
    removes(&mut mo).await;
    let mut bo = Person::enter(&hob, "bo", Proof::Key(&bo_key)).await;
    appeals(&mut bo).await;
    // The staff have nothing to do with it.
    let queue = say(&hob, "mo", &mo_key, "queue --json", "").await;
    assert!(!queue.contains("appeal"), "{queue}");

    let mut jury = Vec::new();
    let mut others = Vec::new();
    for regular in &regulars {
        if is_drawn(&hob, regular).await { jury.push(regular) } else { others.push(regular) }
    }
    assert_eq!((jury.len(), others.len()), (3, 1), "three of the four");

    // One declines, at a dumb terminal; the fourth is drawn.
    let lines = ["notifications", "1", "3", "q"];
    let printed = one_line(&session(&mut at_a_dumb_terminal(&hob, &jury[0].key, jury[0].handle), &lines));
    assert!(printed.contains("bo appeals, ") && printed.contains("You are named nowhere."), "{printed}");
    assert!(printed.contains("That is fine: somebody else is asked."), "{printed}");
    assert!(is_drawn(&hob, others[0]).await, "another one is asked");

    // Two vote, one at the screen and one at a dumb terminal; the third reads it at that moment.
    let mut third = opens(&hob, others[0]).await;
    let mut first = opens(&hob, jury[1]).await;
    first.keys("a").await;
    first.sees("Why is it to be taken back?").await;
    first.types("A quote is not an insult.\n").await;
    first.sees("Thank you. Your vote is kept").await;
    assert!(
        !third.screen().contains("A quote is not an insult."),
        "nobody sees the others' votes before the end"
    );
    let lines = ["notifications", "1", "1", "The film says it.", "q"];
    let printed = session(&mut at_a_dumb_terminal(&hob, &jury[2].key, jury[2].handle), &lines);
    assert!(printed.contains("Thank you. Your vote is kept."), "{printed}");

    // It is decided: it leaves the third one's screen, comes to the first one's and to bo's, and the post is back.
    third.no_longer_sees("jury: appeal of bo").await;
    first.sees("It was taken back. Thank you for looking at it.").await;
    first.sees("The film says it.").await;
    bo.wait_until("the outcome", |screen| one_line(screen).contains("a jury of three regulars, 2 to 0"))
        .await;
    let read = say(&hob, "bo", &bo_key, "read 1", "").await;
    assert!(read.contains("You are all fools."), "{read}");

    // Everybody reads the outcome in the mod log; nobody is named there or to bo.
    bo.keys("g o").await;
    bo.sees("a jury of three regulars").await;
    for regular in &regulars {
        let named = bo.screen().split_whitespace().any(|word| word == regular.handle);
        assert!(!named, "{} is named:\n{}", regular.handle, bo.screen());
    }
}
