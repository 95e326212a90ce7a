//! The search finds what was written, forgets what was changed, shows nothing that the searcher may not see, and
//! explains what it does not understand.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::ids::{BoardId, MemberId, ThreadId};
use crate::service::testing::Place;
use crate::service::upkeep::index_all;
use crate::service::writing::StartThread;
use crate::service::{Caller, Error, Who};

async fn thread(place: &Place, board: BoardId, author: &Caller, title: &str, body: &str) -> ThreadId {
    let request = StartThread { board, title: title.to_owned(), body: body.to_owned() };
    let posted = place.call(author, request).await.unwrap();
    index_all(&place.service).await.unwrap();
    posted.thread
}

fn search(text: &str) -> SearchPosts {
    SearchPosts { text: text.to_owned(), order: Order::Newest, before: None }
}

async fn found(place: &Place, who: &Caller, text: &str) -> Vec<ThreadId> {
    let found = place.call(who, search(text)).await;
    found.unwrap_or_else(|why| panic!("{text}: {why}")).hits.iter().map(|hit| hit.thread_id).collect()
}

async fn refusal(place: &Place, who: &Caller, text: &str) -> String {
    place.call(who, search(text)).await.unwrap_err().to_string()
}

#[tokio::test]
async fn r7_every_word_that_a_search_knows() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let (general, library) = (place.board("general").await, place.board("library").await);
    let tea =
        thread(&place, general, &alice, "Tea", "The kettle is on the warm shelf, see https://example.org")
            .await;
    let pots =
        thread(&place, library, &bob, "Kettles", "A shelf, warm as toast. KETTLE!\n\n```\nboil()\n```").await;
    for (text, expected) in [
        ("kettle", vec![pots, tea]),
        ("KETTLE shelf", vec![pots, tea]),
        ("\"warm shelf\"", vec![tea]),
        ("kettle from:BOB", vec![pots]),
        ("from:@alice", vec![tea]),
        ("from:alice from:bob", vec![pots, tea]),
        ("board:general", vec![tea]),
        ("board:general from:bob", vec![]),
        ("kettle -toast", vec![tea]),
        ("kettle -\"warm shelf\"", vec![pots]),
        ("-kettles", vec![tea]),
        ("-from:bob", vec![tea]),
        ("ket* shel*", vec![pots, tea]),
        ("toas*", vec![pots]),
        ("has:link", vec![tea]),
        ("has:code kettle", vec![pots]),
        ("kettle -has:code", vec![tea]),
        ("has:quote", vec![]),
        ("after:today", vec![pots, tea]),
        ("before:today", vec![]),
        ("kettle after:7d before:2027", vec![pots, tea]),
        ("teapot", vec![]),
    ] {
        assert_eq!(found(&place, &alice, text).await, expected, "{text}");
    }
}

#[tokio::test]
async fn r7_a_tag_is_found_as_far_as_one_may_know_of_it() {
    let place = Place::new().await;
    let (alice, max) = (place.regular("alice").await, place.moderator("max").await);
    let general = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let tea = thread(&place, general, &alice, "Tea", "words").await;
    let plans = thread(&place, staff, &max, "Plans", "words").await;
    let tag = |thread, tags: &str| crate::service::tags::SetTags { thread, tags: tags.to_owned() };
    place.call(&alice, tag(tea, "brewing")).await.unwrap();
    place.call(&max, tag(plans, "secrets")).await.unwrap();
    index_all(&place.service).await.unwrap();
    assert_eq!(found(&place, &alice, "tag:Brewing").await, [tea]);
    assert_eq!(found(&place, &max, "tag:#secrets").await, [plans]);
    assert!(refusal(&place, &alice, "tag:secrets").await.contains("no tag called secrets"));
    assert!(refusal(&place, &max, "tag:nothing").await.contains("no tag called nothing"));
}

#[tokio::test]
async fn r7_what_a_searcher_may_not_see_is_not_found() {
    let place = Place::new().await;
    let (alice, max) = (place.regular("alice").await, place.moderator("max").await);
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let secret = thread(&place, staff, &max, "Plans", "The kettle is broken.").await;
    for text in ["kettle", "from:max", "-tea", "ket*", "after:today", "kettle -board:nothing"] {
        if !text.contains("nothing") {
            assert_eq!(found(&place, &max, text).await, [secret], "{text}");
            assert_eq!(found(&place, &alice, text).await, [], "{text}");
        }
        let best = SearchPosts { order: Order::Best, ..search(text) };
        assert!(place.call(&alice, best).await.map(|found| found.hits).unwrap_or_default().is_empty());
    }
    for text in ["board:staff", "kettle -board:staff"] {
        assert!(refusal(&place, &alice, text).await.contains("no board called staff"));
    }
    let guest = Caller::GUEST;
    assert!(matches!(place.call(&guest, search("kettle")).await, Err(Error::Denied(_))));
}

#[tokio::test]
async fn r7_the_best_come_first_when_asked_for_and_rare_words_weigh_more() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let general = place.board("general").await;
    let titled = thread(&place, general, &alice, "The kettle", "Look here.").await;
    let passing =
        thread(&place, general, &alice, "Kitchen", &format!("A kettle. {}", "Other words. ".repeat(40)))
            .await;
    let best = SearchPosts { order: Order::Best, ..search("kettle") };
    let order = place.call(&alice, best).await.unwrap();
    assert_eq!(order.hits.iter().map(|hit| hit.thread_id).collect::<Vec<_>>(), [titled, passing]);
    assert_eq!((order.more, order.note), (false, None));
    assert_eq!(found(&place, &alice, "kettle").await, [passing, titled]);
}

#[tokio::test]
async fn r7_what_is_not_understood_is_explained() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    for (text, why) in [
        ("colour:red", "There is no \"colour:\" here"),
        ("from:nobody", "There is no member called nobody"),
        ("board:nowhere", "There is no board called nowhere"),
        ("has:sense", "has: knows link, code, quote and image"),
        ("before:soon", "before: needs a day"),
        ("", "Type a word"),
        ("to*", "3 letters"),
    ] {
        let refused = refusal(&place, &alice, text).await;
        assert!(refused.contains(why), "{text}: {refused}");
    }
}

#[tokio::test]
async fn r7_the_snippet_marks_the_hit() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let general = place.board("general").await;
    thread(&place, general, &alice, "Tea", "Put the kettle on.").await;
    let found = place.call(&alice, search("KETTLE")).await.unwrap();
    assert_eq!(found.hits[0].snippet, format!("Put the {HIT_START}kettle{HIT_END} on."));
    assert_eq!(found.hits[0].title, "Tea");
}

#[tokio::test]
async fn ones_last_searches_and_goals_are_ones_own_and_ten() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    for at in 0..12 {
        place.call(&alice, KeepSearch { text: format!("kettle{at}") }).await.unwrap();
    }
    place.call(&alice, KeepSearch { text: "kettle5".to_owned() }).await.unwrap();
    let recent = place.call(&alice, RecentSearches).await.unwrap();
    assert_eq!(recent.len(), 10);
    assert_eq!(recent[..3], ["kettle5", "kettle11", "kettle10"]);
    assert_eq!(place.call(&bob, RecentSearches).await.unwrap(), [""; 0]);
    assert!(place.call(&alice, KeepSearch { text: "colour:red".to_owned() }).await.is_err());
    assert!(place.call(&Caller::GUEST, KeepSearch { text: "tea".to_owned() }).await.is_err());
    assert!(place.call(&Caller::GUEST, RecentSearches).await.is_err());

    let general = place.board("general").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let max = place.moderator("max").await;
    let tea = thread(&place, general, &alice, "Tea", "words").await;
    let plans = thread(&place, staff, &max, "Plans", "words").await;
    let Who::Member(MemberId(bob_id)) = bob.who else { panic!("bob is a member") };
    for goal in [
        Goal::Thread(tea),
        Goal::Thread(plans),
        Goal::Board(general),
        Goal::Member(MemberId(bob_id)),
        Goal::Named("command reply".to_owned()),
    ] {
        place.call(&alice, KeepGoal { goal }).await.unwrap();
    }
    let goals = place.call(&alice, RecentGoals).await.unwrap();
    let titles: Vec<Option<&str>> =
        goals.iter().map(|goal| goal.thread.as_ref().map(|thread| thread.title.as_str())).collect();
    // What she may not see is not offered, not even by its name.
    assert_eq!(titles, [None, None, None, Some("Tea")]);
    assert_eq!(goals[0].goal, Goal::Named("command reply".to_owned()));
    assert_eq!(place.call(&bob, RecentGoals).await.unwrap(), []);
    assert!(place.call(&alice, KeepGoal { goal: Goal::Named("x".repeat(90)) }).await.is_err());
}
