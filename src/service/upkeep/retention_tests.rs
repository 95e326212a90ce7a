//! What is kept for a time only is there until its time is over, and gone the night after: at a fixed clock, one row for
//! each rule.
#![allow(clippy::unwrap_used)]

use super::retention::RULES;
use super::*;
use crate::service::testing::Place;
use crate::store::retained::{DELETED_WITH_AN_OPEN_CASE, TABLE};
use crate::store::testing::{decide_all, picture, run};

#[tokio::test]
async fn what_is_kept_for_a_time_goes_when_it_is_over_and_not_before() {
    let told: Vec<(&str, i64)> = RULES.iter().map(|rule| (rule.what, rule.kept_s)).collect();
    let tried: Vec<(&str, i64)> = TABLE.iter().map(|row| (row.what, row.days * DAY_S)).collect();
    assert_eq!(told, tried, "every rule has a row here, with PRODUCT.md's time");
    for row in TABLE {
        let place = Place::new().await;
        let ann = place.regular("ann").await;
        let board = place.board("general").await;
        let (title, body) = ("One".to_owned(), "first".to_owned());
        let start = crate::service::writing::StartThread { board, title, body };
        let thread = place.call(&ann, start).await.unwrap().thread;
        for body in ["second", "third", "fourth"] {
            let reply = crate::service::writing::WriteReply { thread, reply_to: None, body: body.to_owned() };
            place.call(&ann, reply).await.unwrap();
        }
        run(place.service.store(), row.made).await;
        nightly(&place.service).await.unwrap();
        let before = picture(place.service.store(), row.tables).await;
        place.clock.advance(row.days * DAY_S - 1);
        nightly(&place.service).await.unwrap();
        assert_eq!(picture(place.service.store(), row.tables).await, before, "{}: too early", row.what);
        place.clock.advance(DAY_S);
        assert!(nightly(&place.service).await.unwrap());
        let after = picture(place.service.store(), row.tables).await;
        assert_ne!(after, before, "{}: still there", row.what);
        let all = after.join("\n");
        for gone in ["192.0.2.1", "'second'", "'third'", "what it said", "a note"] {
            assert!(!all.contains(gone) || !row.made_or_there(gone), "{}: {gone} in {all}", row.what);
        }
        assert!(row.tables != ["post"] || all.contains("'fourth'"), "what is shown stays");
    }
}

#[tokio::test]
async fn what_an_open_case_is_about_waits_for_its_decision() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    let board = place.board("general").await;
    let (title, body) = ("One".to_owned(), "first".to_owned());
    place.call(&ann, crate::service::writing::StartThread { board, title, body }).await.unwrap();
    run(place.service.store(), DELETED_WITH_AN_OPEN_CASE).await;
    nightly(&place.service).await.unwrap();
    place.clock.advance(200 * DAY_S);
    nightly(&place.service).await.unwrap();
    assert!(picture(place.service.store(), &["post"]).await[0].contains("'first'"));
    decide_all(place.service.store()).await;
    place.clock.advance(DAY_S);
    nightly(&place.service).await.unwrap();
    assert!(!picture(place.service.store(), &["post"]).await[0].contains("'first'"));
}
