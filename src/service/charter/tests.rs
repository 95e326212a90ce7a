//! The versions of the charter, as members read them.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::member::{Level, Role};
use crate::service::accounts::SetUp;
use crate::service::console::{Deed, act};
use crate::service::testing::Place;
use crate::service::{Caller, Error};

#[tokio::test]
async fn members_read_what_held_before_and_what_changed_and_guests_do_not() {
    let place = Place::new().await;
    place.call(&Caller::HOST, SetUp).await.unwrap();
    let boss = place.member("boss", Level::Regular, Role::Sysop).await;
    let ann = place.regular("ann").await;
    let first = place.call(&ann, ReadCharterVersion { version: None }).await.unwrap();
    assert_eq!((first.charter.version, first.holds(), first.older()), (1, true, None));
    assert!(first.changes.is_empty(), "nothing was before it");
    place.clock.advance(60);
    place.call(&boss, act(Deed::EditRule, "2", ["Be kind", "To everybody."])).await.unwrap();
    place.call(&boss, act::<&str>(Deed::PublishCharter, "charter", [])).await.unwrap();
    let second = place.call(&ann, ReadCharterVersion { version: None }).await.unwrap();
    assert_eq!((second.charter.version, second.older(), second.newer()), (2, Some(1), None));
    assert!(second.published_at > first.published_at);
    assert!(second.changes.contains(&"+ Rule 2, Be kind: To everybody.".to_owned()), "{:?}", second.changes);
    assert!(second.changes.iter().any(|line| line.starts_with("- Rule 2, ")), "{:?}", second.changes);
    let old = place.call(&ann, ReadCharterVersion { version: Some(1) }).await.unwrap();
    assert_eq!((old.holds(), old.newer()), (false, Some(2)));
    assert_eq!(old.charter, first.charter);
    let none = place.call(&ann, ReadCharterVersion { version: Some(9) }).await;
    assert!(matches!(none, Err(Error::NotFound(_))), "{none:?}");
    assert!(place.call(&Caller::GUEST, ReadCharterVersion { version: Some(1) }).await.is_err());
}
