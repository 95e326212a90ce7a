//! L1, L5, M1, M2, D5: several people at once, each in a session of their own, who see what the others do.

use crate::person::{Connection, Person, Proof, say};
use crate::server::Hob;

/// What a post by somebody else does to the screens that are open, without a key.
#[tokio::test(flavor = "multi_thread")]
async fn l5_two_people_see_each_others_posts_as_they_come() {
    let hob = Hob::start();
    let [ana_key, ben_key] = ["ana", "ben"].map(|handle| hob.add_member(handle, "member"));
    let cat_key = hob.add_member("cat", "sysop");
    say(&hob, "cat", &cat_key, "post general -t Tea", "Who is for tea?").await;
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    let mut ben = Person::enter(&hob, "ben", Proof::Key(&ben_key)).await;
    for person in [&mut ana, &mut ben] {
        person.sees("Tea").await;
        person.keys("Space").await;
        person.sees("Who is for tea?").await;
    }

    ana.keys("r").await;
    ana.sees("send").await;
    ana.types("Me, please.").await;
    ana.keys("C-s").await;
    ben.sees("Me, please.").await;
    ben.sees("Who is for tea?").await;
    ben.keys("r").await;
    ben.sees("send").await;
    ben.types("The kettle is on.").await;
    ben.keys("C-s").await;
    ana.sees("The kettle is on.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l1_home_shows_who_is_here_now() {
    let hob = Hob::start();
    let (ana_key, ben_key) = (hob.add_member("ana", "member"), hob.add_member("ben", "member"));
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    ana.sees("home").await;
    let mut ben = Person::enter(&hob, "ben", Proof::Key(&ben_key)).await;
    ben.sees("home").await;
    let here = |screen: &str| screen.lines().any(|line| line.contains("Here now") && line.contains("ben"));
    ana.wait_until("ben among those who are here now", here).await;
    ben.vanishes();
    ana.wait_until("ben gone from those who are here now", |screen| !here(screen)).await;
}

/// L2: what one says in the hall the other sees without a key; what was typed survives a dropped line (W2).
#[tokio::test(flavor = "multi_thread")]
async fn l2_two_people_talk_in_the_hall_and_a_dropped_line_loses_no_word() {
    let hob = Hob::start();
    let (ana_key, ben_key) = (hob.add_member("ana", "member"), hob.add_member("ben", "member"));
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    let mut ben = Person::enter(&hob, "ben", Proof::Key(&ben_key)).await;
    for person in [&mut ana, &mut ben] {
        person.sees("home").await;
        person.keys("g r").await;
        person.sees("hall (room)").await;
    }
    ana.sees("here: ben").await;
    ana.types("Who is for tea?\n").await;
    ben.sees("ana: Who is for tea?").await;
    ben.types("/me puts the kettle on\n").await;
    ana.sees("* ben puts the kettle on").await;
    ana.keys("Up").await;
    ana.sees("edit> Who is for tea?").await;
    ana.keys("C-u").await;
    ana.types("Who is for cake?\n").await;
    ben.sees("ana: Who is for cake? (edited)").await;
    ben.no_longer_sees("Who is for tea?").await;

    ben.types("Half a sent").await;
    ben.sees("> Half a sent").await;
    ben.vanishes();
    ana.sees("you are alone here").await;
    // He is brought back to the room, and what he typed is there.
    let mut ben = Person::enter(&hob, "ben", Proof::Key(&ben_key)).await;
    ben.sees("> Half a sent").await;
    ben.types("ence.\n").await;
    ana.sees("ben: Half a sentence.").await;
    let said = say(&hob, "ana", &ana_key, "room", "").await;
    assert!(said.contains("ben: Half a sentence."), "{said}");
}

/// L3, L5: two people talk in a conversation; a line shows in the other's open screen without a key.
#[tokio::test(flavor = "multi_thread")]
async fn l3_l5_two_people_talk_in_a_conversation() {
    let hob = Hob::start();
    // Newcomers answer; to begin is for those who are known, or on the staff.
    let (ana_key, ben_key) = (hob.add_member("ana", "moderator"), hob.add_member("ben", "member"));
    say(&hob, "ana", &ana_key, "message ben", "Are you for tea?").await;
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    let mut ben = Person::enter(&hob, "ben", Proof::Key(&ben_key)).await;
    for person in [&mut ana, &mut ben] {
        person.sees("home").await;
        person.keys("g c").await;
        person.sees("Are you for tea?").await;
        person.keys("Enter").await;
        person.sees("Are you for tea?").await;
    }
    ben.keys("r").await;
    ben.sees("send").await;
    ben.types("Always, with milk.").await;
    let since = std::time::Instant::now();
    ben.keys("C-s").await;
    ana.sees("Always, with milk.").await;
    // For whoever measures: a test asserts no speed.
    eprintln!("L5: the message was shown after {:?}", since.elapsed());
    ana.keys("r").await;
    ana.sees("send").await;
    ana.types("The kettle is on.").await;
    ana.keys("C-s").await;
    ben.sees("The kettle is on.").await;
    ben.sees("Always, with milk.").await;
}

/// L2: a line reaches everybody who is in the room, each by one small read of their own.
#[tokio::test(flavor = "multi_thread")]
async fn l2_a_line_reaches_fifty_sessions() {
    let hob = Hob::start();
    let key = hob.add_member("ana", "member");
    let mut people = Vec::new();
    for _ in 0..50 {
        let mut person = Person::enter(&hob, "ana", Proof::Key(&key)).await;
        person.keys("g r").await;
        people.push(person);
    }
    for person in &mut people {
        person.sees("hall (room)").await;
    }
    let ben_key = hob.add_member("ben", "member");
    say(&hob, "ben", &ben_key, "say", "The kettle is on.").await;
    let since = std::time::Instant::now();
    let waiting = people.into_iter().map(|mut person| {
        tokio::spawn(async move {
            person.sees("ben: The kettle is on.").await;
            since.elapsed()
        })
    });
    let mut took = Vec::new();
    for one in waiting.collect::<Vec<_>>() {
        took.push(one.await.unwrap());
    }
    assert_eq!(took.len(), 50);
    took.sort();
    // For whoever measures: a test asserts no speed.
    eprintln!("after the command had ended: median {:?}, p95 {:?}", took[25], took[47]);
}

/// The whole job of issue 2: somebody applies, is let in, writes; another reports it, a moderator deals with it.
#[tokio::test(flavor = "multi_thread")]
async fn an_evening_from_the_application_to_the_decision() {
    let hob = Hob::start();
    let (ana_key, mo_key) = (hob.add_member("ana", "member"), hob.add_member("mo", "moderator"));
    let mut mo = Person::enter(&hob, "mo", Proof::Key(&mo_key)).await;
    mo.sees("home").await;
    mo.keys("g q").await;
    mo.sees("queue").await;

    let mut zoe = Person::enter(&hob, "join", Proof::Answers(&[])).await;
    zoe.sees("apply to join").await;
    zoe.keys("a").await;
    zoe.types("zoe\nan open fire\nan open fire\n").await;
    zoe.sees("Rule 1 of 5").await;
    zoe.keys("Enter Enter Enter Enter Enter").await;
    zoe.sees("What brings you here?").await;
    zoe.types("I like fires.").await;
    zoe.keys("C-s").await;
    zoe.sees("What would you like to find here?").await;
    zoe.keys("Enter").await;
    zoe.sees("Do you know anybody here").await;
    zoe.keys("C-s").await;
    zoe.sees("Introduce yourself").await;
    zoe.types("Hello all, I am Zoe.").await;
    zoe.keys("C-s").await;
    zoe.sees("Your application is with the staff.").await;

    // D5: it arrives in the open queue; the applicant is in at the moderator's yes, without a key.
    mo.sees("zoe").await;
    mo.keys("Enter").await;
    mo.sees("I like fires.").await;
    mo.keys("a").await;
    mo.sees("A word of welcome?").await;
    mo.keys("Enter").await;
    zoe.sees("Welcome in, zoe").await;

    // The introduction is the first post; ana meets it and finds fault with it.
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    ana.sees("zoe").await;
    ana.keys("Space").await;
    ana.sees("Hello all, I am Zoe.").await;
    ana.keys("!").await;
    ana.sees("Which rule").await;
    ana.keys("2").await;
    ana.types("An unkind word.\n").await;
    ana.sees("Reported.").await;

    // M2: the case shows in the moderator's session; four keys and a reason decide it.
    mo.keys("g q").await;
    mo.sees("by zoe").await;
    let before = mo.keys_pressed;
    mo.keys("Enter").await;
    mo.sees("Hello all, I am Zoe.").await;
    mo.keys("x").await;
    mo.types("It calls people fools.").await;
    mo.keys("Enter").await;
    mo.sees("will read").await;
    mo.keys("Enter").await;
    mo.sees("decided by mo").await;
    assert!(mo.keys_pressed - before <= 4, "{} keys", mo.keys_pressed - before);

    // L5: it is gone from the reader's open screen.
    ana.no_longer_sees("Hello all, I am Zoe.").await;
    let connection = Connection::login(&hob, "zoe", Proof::Password("an open fire")).await.unwrap();
    let thread = connection.command("read 1", "").await;
    assert!(!thread.stdout.contains("Hello all, I am Zoe."), "{thread:?}");
}

/// D5: two of the staff decide at the same moment, in two sessions: one wins, the other is told who it was.
#[tokio::test(flavor = "multi_thread")]
async fn d5_of_two_moderators_who_decide_at_once_one_wins_and_the_other_is_told() {
    let hob = Hob::start();
    let (mo_key, sue_key) = (hob.add_member("mo", "moderator"), hob.add_member("sue", "moderator"));
    let ana_key = hob.add_member("ana", "moderator");
    let mut zoe = Person::enter(&hob, "join", Proof::Answers(&[])).await;
    zoe.sees("apply to join").await;
    zoe.keys("a").await;
    zoe.types("zoe\nan open fire\nan open fire\n").await;
    zoe.sees("Rule 1 of 5").await;
    zoe.keys("Enter Enter Enter Enter Enter").await;
    zoe.types("@ana knows me.").await;
    zoe.keys("C-s Enter C-s C-s").await;
    zoe.sees("Your application is with the staff.").await;

    // Whom she named hears of it, says how they know her, and stands aside.
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    ana.keys("g n").await;
    ana.sees("zoe, at the door, says that you know them").await;
    ana.keys("Enter").await;
    ana.sees("Who waits to be let in").await;
    ana.keys("v").await;
    ana.types("We share a garden.\n").await;
    ana.sees("you vouch").await;
    zoe.sees("A member vouches for you.").await;

    let mut staff = Vec::new();
    for (handle, key) in [("mo", &mo_key), ("sue", &sue_key)] {
        let mut one = Person::enter(&hob, handle, Proof::Key(key)).await;
        one.keys("g q").await;
        one.sees("zoe").await;
        one.keys("Enter").await;
        one.sees("We share a garden.").await;
        one.keys("a").await;
        one.sees("A word of welcome?").await;
        staff.push(one);
    }
    let (mut sue, mut mo) = (staff.pop().unwrap(), staff.pop().unwrap());
    tokio::join!(mo.keys("Enter"), sue.keys("Enter"));
    zoe.sees("Welcome in, zoe").await;
    mo.sees("let in by").await;
    sue.sees("let in by").await;
    let (won, told) = if mo.screen().contains("let in by mo") { ("mo", &mut sue) } else { ("sue", &mut mo) };
    told.sees(&format!("{won} decided this")).await;
}
