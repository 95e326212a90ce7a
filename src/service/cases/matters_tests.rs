//! Appeals, and the second pair of eyes (M4).

#![allow(clippy::unwrap_used)]

use super::scene::{Scene, id};
use super::*;
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::{ActId, MatterId};
use crate::domain::member::Standing;
use crate::domain::moderation::{Deed, SuspendFor, Thing};
use crate::domain::policy::Denied;
use crate::service::blocks::BlockMember;
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::logs::ReadModLog;
use crate::service::moderation::{AboutMe, LookAtThing, MySanction, UndoAct};
use crate::service::{Caller, Error};
use crate::store::testing;

async fn act(scene: &Scene, deed: Deed) -> ActId {
    scene.call(&scene.mo, scene.moderate(deed)).await.unwrap().act
}

fn appeal(act: ActId) -> AppealAct {
    AppealAct { act, words: "It was a quote.".to_owned(), to: AppealTo::Staff }
}

async fn waiting(scene: &Scene, who: &Caller) -> Vec<MatterId> {
    let items = scene.call(who, ListQueue).await.unwrap().items;
    let matter = |item: &QueueItem| match item.kind {
        QueueKind::Matter { matter, .. } => Some(matter),
        _ => None,
    };
    items.iter().filter_map(matter).collect()
}

fn decide(matter: MatterId, grant: bool) -> DecideMatter {
    DecideMatter { matter, grant, reason: "We looked at it again.".to_owned() }
}

#[tokio::test]
async fn m4_an_appeal_goes_to_somebody_else_and_the_inverse_is_carried_out() {
    let scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let suspended = act(&scene, Deed::Suspend(SuspendFor::Hours720)).await;
    let target = DraftTarget::of(Form::Appeal(suspended));
    let draft =
        SaveDraft { target: target.clone(), title: String::new(), body: "It".to_owned(), reply_to: None };
    // Suspended as they are.
    scene.call(&scene.bo, draft).await.unwrap();
    assert!(scene.call(&scene.bo, MySanction).await.unwrap().is_some());
    scene.call(&scene.bo, appeal(suspended)).await.unwrap();
    assert_eq!(scene.call(&scene.bo, LoadDraft { target }).await.unwrap(), None);
    assert!(matches!(scene.call(&scene.bo, appeal(suspended)).await, Err(Error::Conflict(_))), "once");
    assert!(waiting(&scene, &scene.mo).await.is_empty(), "not whoever decided");
    let matter = waiting(&scene, &scene.mia).await[0];
    for hidden in [
        scene.call(&scene.mo, OpenMatter { matter }).await.err(),
        scene.call(&scene.mo, decide(matter, false)).await.err(),
    ] {
        assert!(matches!(hidden, Some(Error::NotFound("matter"))), "{hidden:?}");
    }
    let file = scene.call(&scene.mia, OpenMatter { matter }).await.unwrap();
    assert_eq!((file.words.as_str(), file.asker.as_str()), ("It was a quote.", "bo"));
    assert_eq!(file.notice[0], "Your membership is suspended for 30 days.");
    scene.call(&scene.mia, decide(matter, true)).await.unwrap();
    assert_eq!(scene.call(&scene.bo, MySanction).await.unwrap(), None);
    let notices = scene.call(&scene.bo, AboutMe).await.unwrap().notices;
    let told = notices.iter().find(|notice| notice.act == suspended).unwrap();
    assert_eq!(told.appeal, Appeal::Decided(true, "We looked at it again.".to_owned()));
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap().entries;
    assert!(
        log.iter().any(|entry| entry.action == "appeal.granted" && entry.actor.as_deref() == Some("mia"))
    );
    let late = scene.call(&scene.sysop, decide(matter, false)).await;
    assert!(matches!(late, Err(Error::Conflict(words)) if words.starts_with("mia")));
}

#[tokio::test]
async fn m4_an_appeal_is_open_for_20_days_to_the_one_concerned_and_for_2000_characters() {
    let scene = Scene::new().await;
    let warned = act(&scene, Deed::Warn).await;
    let other = scene.call(&scene.ann, appeal(warned)).await;
    assert!(matches!(other, Err(Error::NotFound("act"))), "{other:?}");
    for words in [String::new(), "x".repeat(APPEAL_CHARS_MAX + 1)] {
        let refused = scene.call(&scene.bo, AppealAct { act: warned, words, to: AppealTo::Staff }).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
    let mut kind = scene.moderate(Deed::Nudge);
    kind.rule_no = 0;
    let nudged = scene.call(&scene.mo, kind).await.unwrap().act;
    assert!(matches!(scene.call(&scene.bo, appeal(nudged)).await, Err(Error::Conflict(_))), "no sanction");
    scene.place.clock.advance(20 * 24 * 60 * 60);
    scene
        .call(&scene.bo, AppealAct { act: warned, words: "x".repeat(APPEAL_CHARS_MAX), to: AppealTo::Staff })
        .await
        .unwrap();
    let folded = act(&scene, Deed::CollapsePost).await;
    scene.place.clock.advance(20 * 24 * 60 * 60 + 1);
    let late = scene.call(&scene.bo, appeal(folded)).await;
    assert!(matches!(late, Err(Error::Conflict(words)) if words.contains("20 days")));
    // Refused: the warning stands, and bo reads why.
    let matter = waiting(&scene, &scene.mia).await[0];
    scene.call(&scene.mia, decide(matter, false)).await.unwrap();
    let notices = scene.call(&scene.bo, AboutMe).await.unwrap().notices;
    let told = notices.iter().find(|notice| notice.act == warned).unwrap();
    assert!(matches!(told.appeal, Appeal::Decided(false, _)));
}

#[tokio::test]
async fn m4_a_removal_needs_a_second_pair_of_eyes() {
    let scene = Scene::new().await;
    let menu = scene.call(&scene.mo, LookAtThing { thing: scene.thing() }).await.unwrap();
    assert!(menu.deeds.iter().any(|possible| possible.deed == Deed::RemoveMember));
    for staff in [&scene.mo, &scene.sysop] {
        let alone = scene.call(staff, scene.moderate(Deed::RemoveMember)).await;
        assert!(matches!(alone, Err(Error::Denied(Denied::NeedsSecond))), "{alone:?}");
    }
    let ask = || AskForSecond {
        deed: Deed::RemoveMember,
        thing: scene.thing(),
        rule_no: 1,
        reason: "Enough.".to_owned(),
    };
    let matter = scene.call(&scene.mo, ask()).await.unwrap();
    assert!(matches!(scene.call(&scene.mia, ask()).await, Err(Error::Conflict(_))), "it waits already");
    assert!(waiting(&scene, &scene.mo).await.is_empty(), "not one's own");
    assert_eq!(waiting(&scene, &scene.mia).await, [matter]);
    let done = scene.call(&scene.mia, decide(matter, true)).await.unwrap().act.unwrap();
    let told = scene.call(&scene.bo, MySanction).await.unwrap().unwrap();
    assert_eq!((told.kind, told.reason.as_str()), (Standing::Removed, "Enough."));
    // Undone: it waits again.
    scene.call(&scene.mia, UndoAct { act: done }).await.unwrap();
    assert_eq!(scene.call(&scene.bo, MySanction).await.unwrap(), None);
    assert_eq!(waiting(&scene, &scene.mia).await, [matter]);
    scene.call(&scene.sysop, decide(matter, false)).await.unwrap();
    assert_eq!(scene.call(&scene.bo, MySanction).await.unwrap(), None);
}

fn ask(scene: &Scene, deed: Deed) -> AskForSecond {
    AskForSecond { thing: scene.thing(), deed, rule_no: 1, reason: "Enough.".to_owned() }
}

/// M4: what is not the next step of the ladder waits for somebody else of the staff.
#[tokio::test]
async fn m4_skipping_a_step_needs_a_second_pair_of_eyes() {
    let scene = Scene::new().await;
    let (day, week) = (Deed::ReadOnly(SuspendFor::Hours24), Deed::ReadOnly(SuspendFor::Hours168));
    for deed in [day, week, Deed::Suspend(SuspendFor::Hours24)] {
        let alone = scene.call(&scene.mo, scene.moderate(deed)).await;
        assert!(matches!(alone, Err(Error::Denied(Denied::NeedsSecond))), "{deed:?} {alone:?}");
    }
    // A warning of this minute is no step that was heeded.
    let case = scene.report(&scene.ann).await.unwrap().case;
    let both = scene.call(&scene.mo, scene.decide(case, &[Deed::Warn, day])).await;
    assert!(matches!(both, Err(Error::Denied(Denied::NeedsSecond))), "{both:?}");
    act(&scene, Deed::Warn).await;
    act(&scene, day).await;
    assert!(scene.call(&scene.mo, ask(&scene, Deed::Warn)).await.is_err(), "a warning needs nobody else");
    let matter = scene.call(&scene.mo, ask(&scene, week)).await.unwrap();
    assert!(waiting(&scene, &scene.mo).await.is_empty(), "not one's own");
    let file = scene.call(&scene.mia, OpenMatter { matter }).await.unwrap();
    assert_eq!(file.opening(), "mo would let bo only read for 7 days, and skip a step");
    let done = scene.call(&scene.mia, decide(matter, true)).await.unwrap().act.unwrap();
    let notices = scene.call(&scene.bo, AboutMe).await.unwrap().notices;
    assert_eq!(notices[0].paragraphs[0], "You can read here and not write for 7 days.");
    // Neither of the two looks at the appeal against it.
    scene.call(&scene.bo, appeal(done)).await.unwrap();
    assert!(waiting(&scene, &scene.mo).await.is_empty() && waiting(&scene, &scene.mia).await.is_empty());
    let appealed = waiting(&scene, &scene.sysop).await;
    assert_eq!(appealed.len(), 1);
    // Undone, it waits for the second pair of eyes again.
    scene.call(&scene.mia, UndoAct { act: done }).await.unwrap();
    assert!(waiting(&scene, &scene.mia).await.contains(&matter));
}

/// Where one person is staff they act at once: the record says that they were alone, and a jury can look at it at once.
#[tokio::test]
async fn m4_who_is_alone_on_the_staff_skips_a_step_alone_and_the_record_says_so() {
    let scene = Scene::new().await;
    testing::dismiss_staff_but(scene.place.service.store(), id(&scene.mo)).await;
    let done = act(&scene, Deed::Suspend(SuspendFor::Hours24)).await;
    act(&scene, Deed::RemovePost).await;
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap().entries;
    let alone: Vec<bool> = log.iter().map(|entry| entry.alone).collect();
    assert_eq!(alone, [false, true]);
    let ways = scene.call(&scene.bo, AppealWays { act: done }).await.unwrap();
    assert!(!ways.staff && ways.jury == 3, "ann, mia and sue");
    let lies = scene.call(&scene.bo, appeal(done)).await.unwrap();
    assert_eq!(lies, AppealWith::Jury(3));
}

/// A small generator with a seed: the same graphs each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// M4's AC: over random graphs of who reported, invited and blocked whom, nobody on the staff sees, let alone decides, an
/// appeal that they are part of, and somebody who is no part of it does.
#[tokio::test]
async fn m4_nobody_sees_an_appeal_they_are_part_of_over_random_graphs() {
    let mut dice = Dice(7);
    for _ in 0..12 {
        let scene = Scene::new().await;
        let store = scene.place.service.store();
        let mut staff = vec![scene.mo.clone(), scene.mia.clone(), scene.sysop.clone()];
        for name in ["max", "may", "moe"] {
            staff.push(scene.place.moderator(name).await);
        }
        let inviter = dice.roll(7);
        let mut part = vec![id(&scene.bo)];
        let decider = usize::try_from(dice.roll(3)).unwrap();
        let mut soft = Vec::new();
        let done = scene.call(&staff[decider], scene.moderate(Deed::Warn)).await.unwrap().act;
        part.push(id(&staff[decider]));
        if let Some(who) = staff.get(usize::try_from(inviter).unwrap()) {
            testing::invite(store, id(&scene.bo), id(who)).await;
            soft.push(id(who));
        }
        for who in &staff {
            if dice.roll(4) == 0 {
                let report =
                    ReportThing { thing: Thing::Member(id(&scene.bo)), rule_no: 1, note: String::new() };
                scene.call(who, report).await.unwrap();
                part.push(id(who));
            }
            if dice.roll(4) == 0 {
                let (by, whom) = if dice.roll(2) == 0 { (who, &scene.bo) } else { (&scene.bo, who) };
                scene.call(by, BlockMember { member: id(whom), blocked: true }).await.unwrap();
                soft.push(id(who));
            }
        }
        scene.call(&scene.bo, appeal(done)).await.unwrap();
        let clear = staff.iter().any(|who| !part.contains(&id(who)) && !soft.contains(&id(who)));
        for who in &staff {
            let hard = part.contains(&id(who));
            let may = !hard && (!clear || !soft.contains(&id(who)));
            assert_eq!(waiting(&scene, who).await.len(), usize::from(may), "{:?}", who.who);
            let matter = MatterId(1);
            assert_eq!(scene.call(who, OpenMatter { matter }).await.is_ok(), may);
            if !may {
                assert!(scene.call(who, decide(matter, true)).await.is_err());
            }
        }
    }
}

/// M4: a block between the two, in either direction, keeps a case from a member of the staff, as long as somebody else is
/// free: nobody gets out of reach by blocking everybody.
#[tokio::test]
async fn m4_a_block_keeps_a_case_from_one_of_the_staff_while_others_are_free() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let sees = async |who: &Caller| scene.call(who, OpenCase { case }).await.is_ok();
    let block = |whom: &Caller| BlockMember { member: id(whom), blocked: true };
    assert!(sees(&scene.mo).await);
    scene.call(&scene.bo, block(&scene.mo)).await.unwrap();
    scene.call(&scene.mia, block(&scene.bo)).await.unwrap();
    for who in [&scene.mo, &scene.mia] {
        assert!(!sees(who).await && scene.call(who, ListQueue).await.unwrap().items.is_empty());
        assert!(scene.call(who, scene.decide(case, &[])).await.is_err());
    }
    assert!(sees(&scene.sysop).await);
    scene.call(&scene.bo, block(&scene.sysop)).await.unwrap();
    assert!(sees(&scene.sysop).await && sees(&scene.mo).await);
}
