//! Juries (M4): who is drawn, what they see, when it is decided, what becomes of it, and who is left where nobody is.

#![allow(clippy::unwrap_used)]

use super::scene::{Scene, id};
use super::*;
use crate::domain::ids::{ActId, MatterId};
use crate::domain::moderation::{ANSWER_WITHIN_S, AWAY_AFTER_S, Deed, Thing};
use crate::service::blocks::BlockMember;
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::moderation::{AboutMe, LookAtThing, Moderate, UndoAct};
use crate::service::notifications::{LeadsTo, ListNotifications};
use crate::service::upkeep::nightly;
use crate::service::{Caller, Error};
use crate::store::testing;

const MATTER: MatterId = MatterId(1);

/// The scene with so many regulars more than ann; all of them could be drawn.
async fn scene_with(regulars: usize) -> (Scene, Vec<Caller>) {
    let scene = Scene::new().await;
    let mut people = vec![scene.ann.clone()];
    for number in 0..regulars {
        people.push(scene.place.regular(&format!("r{number}")).await);
    }
    (scene, people)
}

async fn removed(scene: &Scene) -> ActId {
    scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap().act
}

async fn appeal(scene: &Scene, act: ActId, to: AppealTo) -> AppealWith {
    let words = "It was a quote.".to_owned();
    scene.call(&scene.bo, AppealAct { act, words, to }).await.unwrap()
}

/// Those whose notifications lead to the jury, and who can open it.
async fn drawn(scene: &Scene, people: &[Caller]) -> Vec<Caller> {
    let mut found = Vec::new();
    for who in people {
        let list = scene.call(who, ListNotifications).await.unwrap().rows;
        let told = list.iter().any(|row| row.unseen && row.leads_to == LeadsTo::Jury(MATTER));
        assert_eq!(told, scene.call(who, OpenJury { matter: MATTER }).await.is_ok(), "{:?}", who.who);
        assert!(list.iter().all(|row| row.who.is_none()), "nobody is named");
        if told {
            found.push(who.clone());
        }
    }
    found
}

fn vote(undo: bool, reason: &str) -> VoteOnAppeal {
    VoteOnAppeal { matter: MATTER, undo, reason: reason.to_owned() }
}

async fn stands(scene: &Scene) -> Appeal {
    let notices = scene.call(&scene.bo, AboutMe).await.unwrap().notices;
    notices.into_iter().find(|notice| notice.appeal != Appeal::Closed).unwrap().appeal
}

#[tokio::test]
async fn m4_three_regulars_are_drawn_two_decide_and_nobody_is_named() {
    let (scene, people) = scene_with(4).await;
    let act = removed(&scene).await;
    let ways = scene.call(&scene.bo, AppealWays { act }).await.unwrap();
    assert_eq!((ways.staff, ways.jury), (true, 3));
    assert_eq!(appeal(&scene, act, AppealTo::Jury).await, AppealWith::Jury(3));
    let jury = drawn(&scene, &people).await;
    assert_eq!(jury.len(), 3);
    // The staff has nothing to do with it while it waits.
    for staff in [&scene.mo, &scene.mia, &scene.sysop] {
        assert!(scene.call(staff, ListQueue).await.unwrap().items.is_empty());
        assert!(scene.call(staff, OpenMatter { matter: MATTER }).await.is_err());
        assert!(scene.call(staff, OpenJury { matter: MATTER }).await.is_err());
        let decide = DecideMatter { matter: MATTER, grant: true, reason: "Mine.".to_owned() };
        assert!(scene.call(staff, decide).await.is_err());
    }
    let file = scene.call(&jury[0], OpenJury { matter: MATTER }).await.unwrap();
    assert_eq!((file.words.as_str(), file.member.as_str()), ("It was a quote.", "bo"));
    assert_eq!(file.snapshot.as_deref(), Some("You are all fools."));
    assert_eq!(file.notice[0], "Your post #2 in \"Trains\" was removed.");
    assert!(file.rule.is_some_and(|rule| rule.no == 1));
    assert!(matches!(scene.call(&jury[0], vote(true, " ")).await, Err(Error::Invalid(_))), "a reason");
    scene.call(&jury[0], vote(false, "Rude is rude.")).await.unwrap();
    assert!(matches!(scene.call(&jury[0], vote(true, "No.")).await, Err(Error::Conflict(_))), "once");
    // Nobody sees how the others vote.
    let file = scene.call(&jury[1], OpenJury { matter: MATTER }).await.unwrap();
    assert!(file.mine.is_none() && file.ended.is_none());
    assert!(!format!("{file:?}").contains("Rude is rude"));
    scene.call(&jury[1], vote(true, "A quote.")).await.unwrap();
    assert!(matches!(stands(&scene).await, Appeal::Waiting(AppealWith::Jury(3))));
    scene.call(&jury[2], vote(true, "Quotes are fine.")).await.unwrap();
    let Appeal::Decided(true, why) = stands(&scene).await else { panic!("granted") };
    assert!(why.starts_with("This was decided by a jury of three regulars, 2 to 1: "), "{why}");
    assert!(why.contains("A quote.") && why.contains("Quotes are fine.") && !why.contains("Rude"), "{why}");
    // The post is back, through the same inverse.
    let menu = scene.call(&scene.mia, LookAtThing { thing: scene.thing() }).await.unwrap();
    assert!(menu.deeds.iter().any(|possible| possible.deed == Deed::RemovePost));
    let ended = scene.call(&jury[0], OpenJury { matter: MATTER }).await.unwrap().ended.unwrap();
    assert_eq!((ended.0, ended.1.len()), (true, 3));
    nobody_is_named(&scene, &jury).await;
}

async fn nobody_is_named(scene: &Scene, jury: &[Caller]) {
    let handles: Vec<String> = {
        let mut found = Vec::new();
        for who in jury {
            let member = id(who);
            found.push(
                scene.call(who, crate::service::members::ReadProfile { member }).await.unwrap().row.handle,
            );
        }
        found
    };
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap().entries;
    let audit = scene.call(&scene.mia, ReadAuditLog::default()).await.unwrap().entries;
    assert_eq!(
        log.iter().filter(|entry| entry.actor.as_deref() == Some("a jury of three regulars")).count(),
        2
    );
    let notices = scene.call(&scene.bo, AboutMe).await.unwrap();
    let matter = scene.call(&scene.mia, OpenMatter { matter: MATTER }).await.unwrap();
    assert_eq!(matter.decided.as_ref().unwrap().0, "a jury of three regulars");
    for text in [format!("{log:?}"), format!("{audit:?}"), format!("{notices:?}"), format!("{matter:?}")] {
        for handle in &handles {
            assert!(!text.contains(&format!("\"{handle}\"")), "{handle} in {text}");
        }
    }
    assert!(audit.iter().any(|entry| entry.detail.contains("jury=3")));
    let mut conn = scene.place.service.store().begin_read().await.unwrap();
    assert_eq!(crate::store::audit::first_broken(&mut conn).await.unwrap(), None);
}

#[tokio::test]
async fn m4_what_a_jury_did_is_not_undone() {
    let (scene, people) = scene_with(2).await;
    let act = removed(&scene).await;
    appeal(&scene, act, AppealTo::Jury).await;
    for who in &people[..2] {
        scene.call(who, vote(true, "Fine.")).await.unwrap();
    }
    let back = ActId(act.0 + 1);
    let undone = scene.call(&scene.sysop, UndoAct { act: back }).await;
    assert!(matches!(undone, Err(Error::Conflict(words)) if words.starts_with("A jury decided")));
    let late = scene.call(&people[2], vote(false, "Late.")).await;
    assert!(late.is_err(), "who is no longer needed is no longer asked");
}

#[tokio::test]
async fn m4_who_declines_and_who_does_not_answer_for_a_week_makes_room_for_another() {
    let (scene, people) = scene_with(5).await;
    let act = removed(&scene).await;
    nightly(&scene.place.service).await.unwrap();
    appeal(&scene, act, AppealTo::Jury).await;
    let first = drawn(&scene, &people).await;
    scene.call(&first[0], DeclineJury { matter: MATTER }).await.unwrap();
    let second = drawn(&scene, &people).await;
    assert_eq!(second.len(), 3);
    assert!(!second.iter().any(|who| id(who) == id(&first[0])), "not the same one again");
    assert!(scene.call(&first[0], vote(true, "Late.")).await.is_err());
    scene.call(&second[0], vote(false, "It is rude.")).await.unwrap();
    scene.place.clock.advance(ANSWER_WITHIN_S - 1);
    scene.call(&Caller::host(), KeepJuries).await.unwrap();
    for who in &second[1..] {
        assert!(scene.call(who, OpenJury { matter: MATTER }).await.is_ok(), "a second too early");
    }
    scene.place.clock.advance(1);
    nightly(&scene.place.service).await.unwrap();
    let third: Vec<Caller> = {
        let mut found = Vec::new();
        for who in &people {
            if scene.call(who, OpenJury { matter: MATTER }).await.is_ok() {
                found.push(who.clone());
            }
        }
        found
    };
    assert_eq!(third.len(), 3, "six regulars: one declined, two were late, one voted, two are new");
    assert!(second[1..].iter().all(|late| third.iter().all(|who| id(who) != id(late))));
    let new = third.iter().find(|who| id(who) != id(&second[0])).unwrap();
    scene.call(new, vote(false, "It stands.")).await.unwrap();
    assert!(matches!(stands(&scene).await, Appeal::Decided(false, _)));
    assert!(scene.call(&scene.ann, KeepJuries).await.is_err(), "for the host alone");
}

#[tokio::test]
async fn m4_with_two_a_doubt_counts_for_the_member_and_one_decides_alone() {
    for (regulars, votes, granted, words) in [
        (1, &[true, false][..], true, "a jury of two regulars, 1 to 1"),
        (0, &[false][..], false, "a regular who was drawn: "),
    ] {
        let (scene, people) = scene_with(regulars).await;
        let act = removed(&scene).await;
        assert_eq!(appeal(&scene, act, AppealTo::Jury).await, AppealWith::Jury(regulars + 1));
        for (who, undo) in people.iter().zip(votes) {
            assert!(matches!(stands(&scene).await, Appeal::Waiting(_)));
            scene.call(who, vote(*undo, "So.")).await.unwrap();
        }
        let Appeal::Decided(outcome, why) = stands(&scene).await else { panic!("decided") };
        assert!(outcome == granted && why.contains(words), "{why}");
    }
}

/// The door must not be shut on a place with one moderator: it goes to a jury by itself.
#[tokio::test]
async fn m4_where_one_person_is_staff_an_appeal_goes_to_a_jury_by_itself() {
    let (scene, people) = scene_with(3).await;
    let act = removed(&scene).await;
    let store = scene.place.service.store();
    testing::dismiss_staff_but(store, id(&scene.mo)).await;
    let ways = scene.call(&scene.bo, AppealWays { act }).await.unwrap();
    assert!(!ways.staff && ways.choices().len() == 1);
    assert_eq!(appeal(&scene, act, AppealTo::Staff).await, AppealWith::Jury(3));
    let both = [people, vec![scene.mia.clone(), scene.sysop.clone()]].concat();
    assert_eq!(drawn(&scene, &both).await.len(), 3);
}

/// An appeal that waits for the staff when its last free person goes is found in the night.
#[tokio::test]
async fn m4_the_night_gives_to_a_jury_what_nobody_on_the_staff_can_look_at_any_more() {
    let (scene, people) = scene_with(3).await;
    let act = removed(&scene).await;
    assert_eq!(appeal(&scene, act, AppealTo::Staff).await, AppealWith::Staff);
    testing::dismiss_staff_but(scene.place.service.store(), id(&scene.mo)).await;
    nightly(&scene.place.service).await.unwrap();
    scene.place.clock.advance(86_400);
    nightly(&scene.place.service).await.unwrap();
    assert_eq!(stands(&scene).await, Appeal::Waiting(AppealWith::Jury(3)));
    let both = [people, vec![scene.mia.clone(), scene.sysop.clone()]].concat();
    assert_eq!(drawn(&scene, &both).await.len(), 3);
}

/// One sysop, one member: the sysop looks at it again, and everybody can read that nobody else was there.
#[tokio::test]
async fn m4_where_nobody_is_left_the_sysop_looks_at_it_and_the_record_says_so() {
    let scene = Scene::new().await;
    let act = scene.call(&scene.sysop, scene.moderate(Deed::RemovePost)).await.unwrap().act;
    let store = scene.place.service.store();
    testing::dismiss_staff_but(store, id(&scene.sysop)).await;
    for who in [&scene.mo, &scene.mia, &scene.ann] {
        testing::suspend(store, id(who), scene.place.service.now().plus(86_400)).await;
    }
    assert_eq!(appeal(&scene, act, AppealTo::Jury).await, AppealWith::LastResort);
    let file = scene.call(&scene.sysop, OpenMatter { matter: MATTER }).await.unwrap();
    assert!(file.alone);
    assert_eq!(scene.call(&scene.sysop, ListQueue).await.unwrap().items.len(), 1);
    let decide = DecideMatter { matter: MATTER, grant: true, reason: "I was wrong.".to_owned() };
    scene.call(&scene.sysop, decide).await.unwrap();
    let Appeal::Decided(true, why) = stands(&scene).await else { panic!("granted") };
    assert_eq!(why, "Nobody else was here to look at it. I was wrong.");
    let log = scene.call(&scene.bo, ReadModLog::default()).await.unwrap().entries;
    assert!(log.iter().any(|entry| entry.action == "appeal.granted" && entry.alone));
}

/// Once somebody else is there, the sysop has no part in it any more.
#[tokio::test]
async fn m4_the_last_resort_ends_when_somebody_else_is_there() {
    let scene = Scene::new().await;
    let act = scene.call(&scene.sysop, scene.moderate(Deed::RemovePost)).await.unwrap().act;
    let store = scene.place.service.store();
    testing::dismiss_staff_but(store, id(&scene.sysop)).await;
    let later = scene.place.service.now().plus(86_400);
    for who in [&scene.mo, &scene.mia, &scene.ann] {
        testing::suspend(store, id(who), later).await;
    }
    appeal(&scene, act, AppealTo::Staff).await;
    let max = scene.place.moderator("max").await;
    scene.call(&Caller::host(), KeepJuries).await.unwrap();
    assert!(scene.call(&scene.sysop, OpenMatter { matter: MATTER }).await.is_err());
    assert!(!scene.call(&max, OpenMatter { matter: MATTER }).await.unwrap().alone);
}

/// Reporter, inviter, invited, blocked either way, muted, curbed, away, newcomer, staff: nobody of them is drawn.
#[tokio::test]
async fn m4_nobody_near_the_member_is_drawn() {
    let (scene, people) = scene_with(6).await;
    let store = scene.place.service.store();
    scene.report(&people[0]).await.unwrap();
    testing::invite(store, id(&scene.bo), id(&people[1])).await;
    testing::invite(store, id(&people[2]), id(&scene.bo)).await;
    scene.call(&scene.bo, BlockMember { member: id(&people[3]), blocked: true }).await.unwrap();
    scene.call(&people[4], BlockMember { member: id(&scene.bo), blocked: true }).await.unwrap();
    let curbed = Moderate { thing: Thing::Member(id(&people[5])), ..scene.moderate(Deed::TakeInvites) };
    scene.call(&scene.mo, curbed).await.unwrap();
    scene.place.clock.advance(AWAY_AFTER_S + 1);
    let here = scene.place.regular("here").await;
    for who in &people[..6] {
        scene.place.service.note_visit(who).await;
    }
    let act = scene.call(&scene.mo, scene.moderate(Deed::Warn)).await.unwrap().act;
    // people[6] was not seen for more than 30 days.
    assert_eq!(scene.call(&scene.bo, AppealWays { act }).await.unwrap().jury, 1);
    assert_eq!(appeal(&scene, act, AppealTo::Jury).await, AppealWith::Jury(1));
    assert!(scene.call(&here, OpenJury { matter: MATTER }).await.is_ok());
    // Whoever becomes part of it while they sit on it sees it no more, and cannot vote.
    scene.call(&here, BlockMember { member: id(&scene.bo), blocked: true }).await.unwrap();
    assert!(scene.call(&here, OpenJury { matter: MATTER }).await.is_err());
    assert!(scene.call(&here, vote(false, "Hm.")).await.is_err());
    scene.call(&Caller::host(), KeepJuries).await.unwrap();
    assert_eq!(stands(&scene).await, Appeal::Waiting(AppealWith::Staff));
    assert!(scene.call(&scene.mia, OpenMatter { matter: MATTER }).await.is_ok());
}

/// M4 and item "a granted appeal is honest": undoing what a granted appeal did opens the appeal again, as it was.
#[tokio::test]
async fn m4_undoing_what_a_granted_appeal_did_opens_the_appeal_again() {
    let scene = Scene::new().await;
    let act = removed(&scene).await;
    appeal(&scene, act, AppealTo::Staff).await;
    let decide = || DecideMatter { matter: MATTER, grant: true, reason: "A quote.".to_owned() };
    let back = scene.call(&scene.mia, decide()).await.unwrap().act.unwrap();
    assert!(matches!(stands(&scene).await, Appeal::Decided(true, _)));
    scene.call(&scene.mia, UndoAct { act: back }).await.unwrap();
    assert_eq!(stands(&scene).await, Appeal::Waiting(AppealWith::Staff));
    let notices = scene.call(&scene.bo, AboutMe).await.unwrap().notices;
    assert!(notices.iter().any(|notice| notice.act == act), "the act counts again");
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap().entries;
    assert!(log.iter().any(|entry| entry.action == "appeal.reopened"));
    assert_eq!(scene.call(&scene.mia, ListQueue).await.unwrap().items.len(), 1);
    scene.call(&scene.mia, decide()).await.unwrap();
    assert!(matches!(stands(&scene).await, Appeal::Decided(true, _)));
}
