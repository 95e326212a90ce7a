//! M8 in plain mode: the console as printed lines.

use super::harness::{Person, session};
use crate::domain::member::{Level, Role};
use crate::service::Caller;
use crate::service::accounts::SetUp;
use crate::service::boards::ListBoards;
use crate::service::console::{Deed, act};
use crate::service::members::WhoAmI;
use crate::service::testing::Place;

#[tokio::test]
async fn x2_the_sysop_makes_a_board_and_takes_it_back() {
    let place = Place::new().await;
    let sue = place.member("sue", Level::Regular, Role::Sysop).await;
    let lines = [
        "console",
        "3",
        "new",
        "attic",
        "The attic",
        "Old things",
        "1",
        "2",
        "undo",
        "b",
        "5",
        "1",
        "Hearth",
        "q",
    ];
    let transcript = session(&place, &sue, &lines).await;
    assert!(transcript.contains("The attic is there now."), "{transcript}");
    let boards = place.call(&sue, ListBoards).await.unwrap().boards;
    assert_eq!((boards[0].slug.as_str(), boards[0].archived), ("attic", true), "{transcript}");
    assert!(transcript.contains("Name: Hearth, from now on."), "{transcript}");
}

#[tokio::test]
async fn x2_a_new_rule_is_accepted_and_a_word_to_all_is_told() {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let (sue, ann) = (place.member("sue", Level::Regular, Role::Sysop).await, place.regular("ann").await);
    place.clock.advance(60);
    let none = Vec::<String>::new;
    place.call(&sue, act(Deed::AddRule, "", ["Share the tea", "There is enough."])).await.unwrap();
    place.call(&sue, act(Deed::PublishCharter, "charter", none())).await.unwrap();
    let transcript = session(&place, &ann, &["accept"; 12]).await;
    assert!(transcript.contains("Rule 6, Share the tea: There is enough."), "{transcript}");
    assert!(!place.call(&ann, WhoAmI).await.unwrap().new_rules, "{transcript}");

    let mut person = Person::sits_down(&place, &ann).await;
    person.is_asked("home").await;
    place.call(&sue, act(Deed::Broadcast, "", ["Tea at six"])).await.unwrap();
    person.types("who\r");
    person.reads("sue to all: Tea at six").await;
    let id = place.service.desk().sessions()[0].0;
    place.call(&sue, act(Deed::EndSession, &id.0.to_string(), ["Good night."])).await.unwrap();
    assert!(person.ended().await.contains("The sysop ended this session. Good night."));
}
