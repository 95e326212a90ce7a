//! Who is named on home, and who is not.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::store::profiles;
use crate::store::shelf::Shelf;

const DAY_S: i64 = 86_400;

#[tokio::test]
async fn new_and_returning_people_are_named_newest_first() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    let bob = shelf.member("bob").await;
    shelf.member("carol").await;
    shelf.run(&format!("UPDATE member SET joined_at = 100 WHERE id = {alice}")).await;
    shelf.run(&format!("UPDATE member SET joined_at = 200 WHERE id = {bob}")).await;
    let names = joined(&mut shelf.conn, Timestamp(50), 9).await.unwrap();
    assert_eq!(names.iter().map(|person| person.handle.as_str()).collect::<Vec<_>>(), ["bob", "alice"]);
    assert_eq!(joined(&mut shelf.conn, Timestamp(50), 1).await.unwrap().len(), 1);
    let now = Timestamp(300);
    assert_eq!(active_handle(&mut shelf.conn, bob, now).await.unwrap().as_deref(), Some("bob"));
    for (standing, until, named) in
        [("applied", "NULL", false), ("suspended", "301", false), ("suspended", "300", true)]
    {
        let set =
            format!("UPDATE member SET standing = '{standing}', suspended_until = {until} WHERE id = {bob}");
        shelf.run(&set).await;
        let found = active_handle(&mut shelf.conn, bob, now).await.unwrap();
        assert_eq!(found.is_some(), named, "{standing} until {until}");
    }
}

#[tokio::test]
async fn coming_back_means_after_a_month_and_can_be_hidden() {
    let mut shelf = Shelf::new().await;
    let alice = shelf.member("alice").await;
    for day in [1, 20, 60, 61] {
        profiles::note_seen(&mut shelf.conn, alice, Timestamp(day * DAY_S)).await.unwrap();
        let back = returned(&mut shelf.conn, Timestamp(1), 9).await.unwrap();
        assert_eq!(back.len(), usize::from(day >= 60), "day {day}");
    }
    assert_eq!(returned(&mut shelf.conn, Timestamp(1), 9).await.unwrap()[0].at, Timestamp(60 * DAY_S));
    shelf.run(&format!("INSERT INTO setting VALUES ({alice}, 'hide_last_seen', 'yes')")).await;
    assert_eq!(returned(&mut shelf.conn, Timestamp(1), 9).await.unwrap(), []);
}
