//! Keeping lines as a thread, with consent (L2).
#![allow(clippy::unwrap_used)]

use super::tests::{THE_HALL, count, id, say};
use super::*;
use crate::domain::board::Audience;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::service::accounts::SetUp;
use crate::service::filters::{MakeFilter, SwitchFilter};
use crate::service::held::MyHeld;
use crate::service::notifications::{LeadsTo, ListNotifications, NotificationKind};
use crate::service::posts::{From, ListPosts};
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent, Result, upkeep};
use crate::store::testing as states;

struct Kitchen {
    place: Place,
    board: BoardId,
    alice: Caller,
    bob: Caller,
    carol: Caller,
}

impl Kitchen {
    /// Three people have talked about soup in the hall.
    async fn new() -> Self {
        let place = Place::new().await;
        let (alice, bob, carol) =
            (place.regular("alice").await, place.regular("bob").await, place.regular("carol").await);
        let board = place.board("kitchen").await;
        for (who, text) in
            [(&alice, "Soup?"), (&bob, "With @carol's bread."), (&carol, "Rye."), (&bob, "Yes.")]
        {
            say(&place, who, THE_HALL, text).await.unwrap();
        }
        Self { place, board, alice, bob, carol }
    }

    async fn propose(&self, who: &Caller, lines: i64) -> Result<Proposed> {
        let (board, title) = (Some(self.board), "Soup for ten".to_owned());
        self.place.call(who, ProposeKeep { room: THE_HALL, lines, board, title }).await
    }

    async fn answer(&self, who: &Caller, proposed: &Proposed, agrees: bool) -> Result<()> {
        self.place.call(who, AnswerKeep { keep: proposed.keep, agrees }).await
    }

    async fn asks(&self, who: &Caller) -> Vec<KeepAsk> {
        self.place.call(who, OpenRoom { room: THE_HALL }).await.unwrap().asks
    }

    async fn upkeep(&self) {
        upkeep::live_once(&self.place.service).await.unwrap();
    }

    /// The text of the one thread's first post.
    async fn kept(&self) -> Option<String> {
        if states::posts(self.place.service.store()).await == 0 {
            return None;
        }
        let list = ListPosts { thread: ThreadId(1), from: From::No(PostNo(1)) };
        let page = self.place.call(&self.carol, list).await.unwrap();
        assert_eq!((page.head.title.as_str(), page.posts[0].author.as_str()), ("Soup for ten", "alice"));
        Some(page.posts[0].body.clone())
    }
}

#[tokio::test]
async fn everybody_quoted_is_asked_and_those_who_agree_are_kept() {
    let mut kitchen = Kitchen::new().await;
    kitchen.place.published();
    let proposed = kitchen.propose(&kitchen.alice, 4).await.unwrap();
    assert_eq!((proposed.lines, proposed.asked, proposed.board.as_str()), (4, 2, "kitchen"));
    assert!(kitchen.place.published().contains(&DomainEvent::RoomChanged { room: THE_HALL }));
    assert!(kitchen.asks(&kitchen.alice).await.is_empty(), "whoever proposes agrees");
    let told = kitchen.place.call(&kitchen.bob, ListNotifications).await.unwrap().rows.remove(0);
    assert_eq!((told.kind, told.leads_to), (NotificationKind::Asked, LeadsTo::Room(THE_HALL)));
    let ask = kitchen.asks(&kitchen.bob).await.remove(0);
    assert_eq!((ask.lines, ask.title.as_str(), ask.proposer.as_str()), (2, "Soup for ten", "alice"));
    kitchen.answer(&kitchen.bob, &proposed, true).await.unwrap();
    kitchen.upkeep().await;
    assert_eq!(kitchen.kept().await, None, "not while carol has not answered");
    kitchen.answer(&kitchen.carol, &proposed, false).await.unwrap();
    kitchen.upkeep().await;
    let kept = kitchen.kept().await.unwrap();
    assert!(kept.ends_with("> **alice**: Soup?\n> **bob**: With @carol's bread.\n> **bob**: Yes."), "{kept}");
    assert!(!kept.contains("Rye"), "{kept}");
    assert!(kitchen.answer(&kitchen.carol, &proposed, true).await.is_err(), "the time for it is over");
    // The consent stays on record.
    let answers = states::keep_answers(kitchen.place.service.store()).await;
    assert_eq!(answers, (2, 3));
}

#[tokio::test]
async fn who_says_nothing_within_a_day_is_left_out_and_the_lines_wait_so_long() {
    let kitchen = Kitchen::new().await;
    kitchen.place.clock.advance(20 * 3_600);
    let proposed = kitchen.propose(&kitchen.alice, 4).await.unwrap();
    kitchen.answer(&kitchen.bob, &proposed, true).await.unwrap();
    kitchen.place.clock.advance(86_399);
    kitchen.upkeep().await;
    assert_eq!((kitchen.kept().await, count(&kitchen.place).await), (None, 4));
    assert_eq!(kitchen.asks(&kitchen.carol).await.len(), 1);
    kitchen.place.clock.advance(1);
    assert!(kitchen.asks(&kitchen.carol).await.is_empty());
    assert!(kitchen.answer(&kitchen.carol, &proposed, true).await.is_err());
    kitchen.upkeep().await;
    let kept = kitchen.kept().await.unwrap();
    assert!(kept.contains("bob") && !kept.contains("Rye"), "{kept}");
    assert_eq!(count(&kitchen.place).await, 0, "the lines have had their day");
}

#[tokio::test]
async fn one_may_change_ones_mind_and_take_a_line_back_until_it_is_settled() {
    let kitchen = Kitchen::new().await;
    let proposed = kitchen.propose(&kitchen.alice, 4).await.unwrap();
    kitchen.answer(&kitchen.bob, &proposed, true).await.unwrap();
    kitchen.answer(&kitchen.bob, &proposed, false).await.unwrap();
    kitchen.answer(&kitchen.carol, &proposed, true).await.unwrap();
    kitchen.place.call(&kitchen.carol, DeleteLine { line: LineId(3) }).await.unwrap();
    kitchen.upkeep().await;
    let kept = kitchen.kept().await.unwrap();
    assert!(kept.contains("Soup?") && !kept.contains("bob") && !kept.contains("carol"), "{kept}");
}

#[tokio::test]
async fn nobody_answers_for_others_and_one_proposal_stands_at_a_time() {
    let kitchen = Kitchen::new().await;
    let dave = kitchen.place.regular("dave").await;
    let proposed = kitchen.propose(&kitchen.alice, 2).await.unwrap();
    assert!(kitchen.answer(&dave, &proposed, true).await.is_err());
    assert!(kitchen.place.call(&dave, SettleKeep { keep: proposed.keep }).await.is_err());
    assert!(kitchen.place.call(&kitchen.alice, SettleKeep { keep: proposed.keep }).await.is_err(), "not yet");
    assert!(kitchen.propose(&kitchen.bob, 4).await.is_err());
    assert!(kitchen.asks(&dave).await.is_empty());
}

/// Nothing gets out of a room to those who cannot be in it, nor onto a board that is not for the one who proposes it.
#[tokio::test]
async fn what_is_said_on_a_board_stays_on_it() {
    let kitchen = Kitchen::new().await;
    let moderator = kitchen.place.moderator("mod").await;
    let staff = kitchen.place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let room = kitchen.place.call(&moderator, ArrangeRoom { board: staff, open: true }).await.unwrap();
    say(&kitchen.place, &moderator, room, "Between us.").await.unwrap();
    let keep = |room, board| ProposeKeep { room, lines: 1, board, title: "Kept".to_owned() };
    assert!(kitchen.place.call(&moderator, keep(room, Some(kitchen.board))).await.is_err());
    let proposed = kitchen.place.call(&moderator, keep(room, None)).await.unwrap();
    assert_eq!((proposed.board.as_str(), proposed.asked), ("staff", 0));
    assert!(kitchen.place.call(&kitchen.alice, keep(THE_HALL, Some(staff))).await.is_err());
    assert!(kitchen.place.call(&kitchen.alice, keep(THE_HALL, None)).await.is_err());
    let mut empty = keep(THE_HALL, Some(kitchen.board));
    empty.title = String::new();
    assert!(kitchen.place.call(&kitchen.alice, empty).await.is_err());
}

#[tokio::test]
async fn where_the_proposer_may_not_start_a_thread_any_more_nothing_is_kept() {
    let kitchen = Kitchen::new().await;
    let proposed = kitchen.propose(&kitchen.alice, 4).await.unwrap();
    kitchen.answer(&kitchen.bob, &proposed, true).await.unwrap();
    kitchen.answer(&kitchen.carol, &proposed, true).await.unwrap();
    kitchen.place.suspend(&kitchen.alice).await;
    kitchen.upkeep().await;
    assert_eq!(kitchen.kept().await, None);
    assert_eq!(states::keeps_settled(kitchen.place.service.store()).await, 1);
    assert_ne!(id(&kitchen.alice), id(&kitchen.bob));
}

/// What its proposer would have to hand in is handed in, and the room is free for the next proposal.
#[tokio::test]
async fn l2_what_a_moderator_reads_first_waits_and_holds_no_room_up() {
    let kitchen = Kitchen::new().await;
    let mo = kitchen.place.moderator("mo").await;
    let filter = MakeFilter {
        pattern: "soup".to_owned(),
        is_words: true,
        action: FilterAction::Hold,
        scope: FilterScope::All,
        board: None,
        reason: "Soup is dear.".to_owned(),
        rule_no: 1,
    };
    kitchen.place.call(&Caller::host(), SetUp).await.unwrap();
    let filter = kitchen.place.call(&mo, filter).await.unwrap();
    kitchen.place.call(&mo, SwitchFilter { filter, on: true }).await.unwrap();
    let proposed = kitchen.propose(&kitchen.alice, 4).await.unwrap();
    for who in [&kitchen.bob, &kitchen.carol] {
        kitchen.answer(who, &proposed, true).await.unwrap();
    }
    kitchen.upkeep().await;
    assert_eq!(states::posts(kitchen.place.service.store()).await, 0);
    let waits = kitchen.place.call(&kitchen.alice, MyHeld).await.unwrap();
    assert_eq!(waits.iter().map(|held| held.title.as_str()).collect::<Vec<_>>(), ["Soup for ten"]);
    kitchen.propose(&kitchen.bob, 4).await.unwrap();
}
