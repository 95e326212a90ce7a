//! Blocks through the door (P7).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::service::cases::scene::id;
use crate::service::testing::Place;

#[tokio::test]
async fn a_list_of_blocks_is_its_owners_alone() {
    let mut place = Place::new().await;
    let (ann, bo) = (place.regular("ann").await, place.regular("bo").await);
    let sysop =
        place.member("sue", crate::domain::member::Level::Regular, crate::domain::member::Role::Sysop).await;
    let block = BlockMember { member: id(&bo), blocked: true };
    place.call(&ann, block).await.unwrap();
    place.call(&ann, block).await.unwrap();
    assert_eq!(
        place.published(),
        [DomainEvent::MemberChanged { member: id(&ann) }; 2],
        "only the owner hears of it"
    );
    let list = place.call(&ann, ListBlocks).await.unwrap();
    assert_eq!(list.iter().map(|row| row.handle.as_str()).collect::<Vec<_>>(), ["bo"]);
    for other in [&bo, &sysop] {
        assert!(place.call(other, ListBlocks).await.unwrap().is_empty());
    }
    place.call(&ann, BlockMember { member: id(&bo), blocked: false }).await.unwrap();
    assert!(place.call(&ann, ListBlocks).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_blocks_themselves_or_nobody() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    assert!(place.call(&ann, BlockMember { member: id(&ann), blocked: true }).await.is_err());
    assert!(place.call(&ann, BlockMember { member: MemberId(99), blocked: true }).await.is_err());
    assert!(place.call(&ann, ListBlocks).await.unwrap().is_empty());
}
