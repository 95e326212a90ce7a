//! M8: what the console does reaches the sessions that it is about, and their terminals are left as they were.

use super::*;
use crate::service::console::{Deed, act};

async fn sysop(place: &Place) -> Caller {
    place.sysop("sue").await
}

#[tokio::test]
async fn m8_a_session_that_the_sysop_ends_hears_why_and_keeps_its_draft() {
    let (place, alice) = place_with_alice().await;
    let sue = sysop(&place).await;
    let mut person = writing(&place, &alice).await;
    person.send(b"half a sen");
    person.sees("half a sen").await;
    let sessions = place.service.desk().sessions();
    assert_eq!(sessions.len(), 1);
    let (id, open) = &sessions[0];
    assert!(open.peer.is_some() && open.terminal.contains("80x24"), "{open:?}");
    assert!(open.shows.contains("new thread") || !open.shows.is_empty(), "{open:?}");
    place.call(&sue, act(Deed::EndSession, &id.0.to_string(), ["Come back with a key."])).await.unwrap();
    let text = written(&place, &alice, person).await;
    assert!(text.ends_with("half a sen"), "{text}");
    assert!(place.service.desk().sessions().is_empty());
}

#[tokio::test]
async fn m8_when_only_staff_may_be_here_everybody_else_leaves_and_is_told_why() {
    let (place, alice) = place_with_alice().await;
    let sue = sysop(&place).await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("home").await;
    let mut staff = Person::log_in(&place, &sue);
    staff.sees("home").await;
    place.call(&sue, act(Deed::LockDoor, "door", ["staff", "A new disk."])).await.unwrap();
    let (said, _) = person.ends().await;
    assert!(said.contains("Only the staff can be here just now. A new disk."), "{said}");
    let (said, _) = Person::log_in(&place, &alice).ends().await;
    assert!(said.contains("A new disk."), "{said}");
    staff.send(b"gb");
    staff.sees("boards").await;
    staff.send(b"q");
    staff.ends().await;
}

#[tokio::test]
async fn m8_a_word_to_all_shows_above_the_footer() {
    let (place, alice) = place_with_alice().await;
    let sue = sysop(&place).await;
    let mut person = Person::log_in(&place, &alice);
    person.sees("home").await;
    place.call(&sue, act(Deed::Broadcast, "", ["Tea at six"])).await.unwrap();
    person.sees("sue to all: Tea at six").await;
}
