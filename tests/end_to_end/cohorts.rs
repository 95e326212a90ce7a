//! P5: a cohort over real connections, from the form to the archive. Its calendar is moved in the database between two runs
//! of the server, as weeks would move it; the first look after the start does what a night does.

use sqlx::{Connection, SqliteConnection};

use crate::person::{Person, Proof, say};
use crate::server::Hob;

/// Lets so many days go by for the cohort, over a restart, and a night begin. Who was here comes back afterwards.
async fn days_pass(mut hob: Hob, days: i64) -> Hob {
    assert!(hob.stop().success());
    let file = format!("sqlite://{}", hob.data().join("hob.db").display());
    let mut conn = SqliteConnection::connect(&file).await.unwrap();
    for change in [
        "UPDATE cohort SET starts_at = starts_at - ?1 * 86400, ends_at = ends_at - ?1 * 86400",
        "UPDATE cohort_checkpoint SET opens_at = opens_at - ?1 * 86400",
        // Two days ago at least: whatever the hour, a night lies between.
        "UPDATE upkeep SET ran_at = ran_at - (2 + ?1) * 86400 WHERE task = 'nightly'",
    ] {
        let changed = sqlx::query(change).bind(days).execute(&mut conn).await.unwrap();
        assert!(changed.rows_affected() > 0, "{change}");
    }
    conn.close().await.unwrap();
    hob.again()
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_a_cohort_is_made_joined_met_and_put_away_by_two_people() {
    let hob = Hob::start();
    let (mo_key, ana_key) = (hob.add_member("mo", "moderator"), hob.add_member("ana", "member"));
    let bea_key = hob.add_member("bea", "member");
    let mut mo = Person::enter(&hob, "mo", Proof::Key(&mo_key)).await;
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;

    // A member looks at the list while the moderator makes one; it comes to the open screen, and she joins.
    ana.keys("g C").await;
    ana.sees("No cohort yet").await;
    mo.keys("g C n").await;
    mo.sees("checkpoints").await;
    mo.types("Sourdough\nA loaf a week\n").await;
    mo.keys("C-s").await;
    mo.sees("The cohort is there").await;
    ana.sees("Sourdough").await;
    ana.keys("Enter").await;
    ana.sees("A loaf a week").await;
    ana.keys("J").await;
    ana.sees("you are in it").await;
    mo.sees("ana").await;

    // It begins: buddies are drawn and the first checkpoint is open, for its people and for nobody else.
    let hob = days_pass(hob, 24).await;
    let mut mo = Person::enter(&hob, "mo", Proof::Key(&mo_key)).await;
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    ana.keys("g n").await;
    ana.sees("Your cohort begins").await;
    ana.keys("g C Enter").await;
    ana.sees("Your buddy").await;
    let page = say(&hob, "ana", &ana_key, "cohort 1", "").await;
    assert!(page.contains("buddies: mo") && page.contains("week 1, "), "{page}");
    let thread = page
        .split("thread ")
        .nth(1)
        .and_then(|rest| rest.split(['\n', ':']).next())
        .unwrap()
        .trim()
        .to_owned();
    say(&hob, "ana", &ana_key, &format!("reply {thread}.1"), "Mine is round.").await;
    mo.keys("g C Enter").await;
    mo.sees("answered by ana").await;
    let outside = say(&hob, "bea", &bea_key, "cohort 1", "").await;
    assert!(outside.contains("Sourdough") && !outside.contains("Mine is round"), "{outside}");
    let boards = say(&hob, "bea", &bea_key, "boards", "").await;
    assert!(!boards.contains("Sourdough"), "its board is for its people only: {boards}");

    // It is over: the board is an archive that can be read, and those who were in it have a tag.
    let hob = days_pass(hob, 90).await;
    let mut ana = Person::enter(&hob, "ana", Proof::Key(&ana_key)).await;
    ana.keys("g n").await;
    ana.sees("Your cohort is over").await;
    ana.keys("g C Enter").await;
    ana.sees("#alumni-sourdough").await;
    let read = say(&hob, "ana", &ana_key, &format!("read {thread}"), "").await;
    assert!(read.contains("Mine is round."), "{read}");
    let connection = crate::person::Connection::login(&hob, "ana", Proof::Key(&ana_key)).await.unwrap();
    let late = connection.command(&format!("reply {thread}.1"), "One more.").await;
    assert_ne!(late.status, Some(0), "nothing is added to an archive: {late:?}");
    let audit = hob.subcommand(&["audit", "verify"], "");
    assert!(audit.status.success());
}
