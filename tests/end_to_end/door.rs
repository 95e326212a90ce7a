//! D2, D3, D4: coming in over a real connection, with and without a key, and coming back after every dropped line.

use std::time::Instant;

use crate::person::{Connection, Person, Proof, Terminal};
use crate::server::{Hob, new_key};

const PASSWORD: &str = "an open fire";

/// Most keys from an invite to the first post besides text, and most seconds (PRODUCT.md, D3).
const KEYS_MAX: usize = 40;
const SECONDS_MAX: u64 = 90;

/// A guest without any key.
async fn guest(hob: &Hob) -> Person {
    let mut person = Person::enter(hob, "join", Proof::Answers(&[])).await;
    person.sees("I have an invite").await;
    person
}

/// Comes back as somebody who began to join.
async fn back(hob: &Hob, handle: &str) -> Person {
    Person::enter(hob, handle, Proof::Answers(&[PASSWORD])).await
}

/// D3 on a terminal of one size: the whole way by keys that are counted, and text that is not.
async fn from_an_invite_to_the_first_post(columns: u16, rows: u16) {
    let hob = Hob::start();
    let ana = hob.add_member("ana", "member");
    let code = hob.invite();
    let begun = Instant::now();
    let terminal = Terminal::sized(columns, rows);
    let mut ben = Person::enter_on(&hob, "join", Proof::Answers(&[]), terminal).await;
    ben.sees("I have an invite").await;
    ben.keys("i").await;
    ben.types(&code).await;
    ben.keys("Enter").await;
    ben.types("ben").await;
    ben.keys("Enter").await;
    ben.types(PASSWORD).await;
    ben.keys("Enter").await;
    ben.types(PASSWORD).await;
    ben.keys("Enter").await;
    ben.sees("Rule 1 of 5").await;
    // A rule that is longer than the window is paged through before it is accepted.
    while !ben.screen().contains("What would you") {
        let before = ben.screen();
        ben.keys("Enter").await;
        ben.wait_until("the next page", |screen| screen != before).await;
    }
    ben.keys("Enter").await;
    ben.sees("Introduce yourself").await;
    ben.types("Hello, I am Ben.").await;
    ben.keys("C-s").await;
    ben.sees("Welcome in, ben").await;
    assert!(ben.keys_pressed <= KEYS_MAX, "{} keys at {columns}x{rows}", ben.keys_pressed);
    assert!(begun.elapsed().as_secs() < SECONDS_MAX);
    let other = Connection::login(&hob, "ana", Proof::Key(&ana)).await.unwrap();
    let unread = other.command("unread", "").await.stdout.to_lowercase();
    assert!(unread.contains("introductions"), "{unread}");
}

#[tokio::test(flavor = "multi_thread")]
async fn d3_from_an_invite_to_the_first_post_without_a_key() {
    from_an_invite_to_the_first_post(80, 24).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d3_from_an_invite_to_the_first_post_on_the_smallest_window() {
    from_an_invite_to_the_first_post(40, 12).await;
}

/// D3: whoever has neither key nor password, whatever name they come under, meets the door.
#[tokio::test(flavor = "multi_thread")]
async fn d3_nobody_meets_a_bare_refusal() {
    let hob = Hob::start();
    hob.add_member("ana", "member");
    for name in ["join", "nobody", "ana", "root"] {
        let mut guest = Person::enter(&hob, name, Proof::Answers(&[""])).await;
        guest.sees("read the charter").await;
        guest.keys("c").await;
        guest.sees("The charter").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d4_a_line_dropped_at_every_step_and_a_killed_server_lose_nothing() {
    let mut hob = Hob::start();
    let mut ada = guest(&hob).await;
    ada.keys("a").await;
    ada.types(&format!("Ada\n{PASSWORD}\n{PASSWORD}\n")).await;
    ada.sees("Rule 1 of 5").await;
    ada.vanishes();
    for rule in 1..=5 {
        let mut ada = back(&hob, "ada").await;
        ada.sees(&format!("Rule {rule} of 5")).await;
        ada.keys("Enter").await;
        let next =
            if rule < 5 { format!("Rule {} of 5", rule + 1) } else { "What brings you here?".to_owned() };
        ada.sees(&next).await;
        ada.vanishes();
    }
    hob.kill();
    let hob = hob.again();
    let mut ada = back(&hob, "Ada").await;
    ada.sees("What brings you here?").await;
    ada.types("I like fires.").await;
    ada.keys("C-s").await;
    ada.sees("What would you like to find here?").await;
    ada.vanishes();
    let mut ada = back(&hob, "ada").await;
    ada.sees("What would you like to find here?").await;
    ada.types("14").await;
    ada.keys("Enter").await;
    ada.sees("Do you know anybody here").await;
    ada.vanishes();
    let mut ada = back(&hob, "ada").await;
    ada.sees("Do you know anybody here").await;
    ada.types("Wren.").await;
    ada.keys("C-s").await;
    ada.sees("Introduce yourself").await;
    ada.vanishes();
    let mut ada = back(&hob, "ada").await;
    ada.sees("Introduce yourself").await;
    ada.keys("C-s").await;
    ada.sees("Your application is with the staff.").await;
    ada.vanishes();
    back(&hob, "ada").await.sees("Your application is with the staff.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d2_the_key_that_a_guest_came_with_opens_the_account_under_any_name() {
    let hob = Hob::start();
    let key = new_key();
    let mut guest = Person::enter(&hob, "join", Proof::Key(&key)).await;
    guest.sees("apply to join").await;
    guest.keys("a").await;
    guest.types("Ada\n").await;
    guest.sees("this key: SHA256:").await;
    guest.keys("Enter").await;
    guest.sees("Rule 1 of 5").await;
    guest.vanishes();
    for name in ["join", "whoever"] {
        Person::enter(&hob, name, Proof::Key(&key)).await.sees("Rule 1 of 5").await;
    }
    // The application is not a membership: commands are for members.
    let connection = Connection::login(&hob, "ada", Proof::Key(&key)).await.unwrap();
    let output = connection.command("members", "").await;
    assert_ne!(output.status, Some(0), "{output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w2_what_was_typed_just_before_the_line_dropped_is_kept() {
    let hob = Hob::start();
    let mut ada = guest(&hob).await;
    ada.keys("a").await;
    ada.types(&format!("Ada\n{PASSWORD}\n{PASSWORD}\n")).await;
    ada.sees("Rule 1 of 5").await;
    ada.keys("Enter Enter Enter Enter Enter").await;
    ada.sees("What brings you here?").await;
    ada.types("I like fires and ket").await;
    ada.sees("ket").await;
    ada.vanishes();
    hob.sees_the_end_of(1);
    back(&hob, "ada").await.sees("I like fires and ket").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d6_a_code_is_good_once_and_a_wrong_one_says_so() {
    let hob = Hob::start();
    let code = hob.invite();
    let mut ada = guest(&hob).await;
    ada.keys("i").await;
    ada.types(&format!("{code}\nAda\n{PASSWORD}\n{PASSWORD}\n")).await;
    ada.sees("Rule 1 of 5").await;
    let mut bob = guest(&hob).await;
    bob.keys("i").await;
    bob.types("0000-0000-0000-0000\n").await;
    bob.sees("no invite with that code").await;
    bob.keys("C-u").await;
    bob.types(&format!("{code}\n")).await;
    bob.sees("used").await;
}
