//! Appeals and juries (M4), line by line: a suspended member appeals from the door, regulars are drawn, vote or decline,
//! and the staff decide what is theirs. What broke off is there again (W2).

use super::harness::{Person, session};
use crate::domain::ids::MatterId;
use crate::domain::moderation::{Deed, SuspendFor};
use crate::service::Caller;
use crate::service::cases::scene::{Cast, Scene};
use crate::service::cases::{Appeal, AppealAct, AppealTo, AppealWith, OpenJury};
use crate::service::drafts::ListDrafts;
use crate::service::moderation::AboutMe;
use crate::service::testing::Place;

const MATTER: MatterId = MatterId(1);

/// What was printed with its line breaks as spaces.
fn words(transcript: &str) -> String {
    transcript.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// bo's post was removed, and bo appeals to a jury: ann and so many more could be drawn.
async fn appealed(more: usize) -> (Scene, Vec<Caller>) {
    let scene = Scene::new().await;
    let mut people = vec![scene.ann.clone()];
    for number in 0..more {
        people.push(scene.place.regular(&format!("r{number}")).await);
    }
    let act = scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap().act;
    let appeal = AppealAct { act, words: "It was a quote.".to_owned(), to: AppealTo::Jury };
    scene.call(&scene.bo, appeal).await.unwrap();
    (scene, people)
}

async fn drafts(place: &Place, who: &Caller) -> Vec<String> {
    place.call(who, ListDrafts).await.unwrap().into_iter().map(|draft| draft.excerpt).collect()
}

/// M4, W2: whoever is suspended reads why in plain mode too, and appeals; what was half written is there again.
#[tokio::test]
async fn m4_a_suspended_member_reads_why_and_appeals_from_the_door() {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    cast.up_the_ladder(&place).await;
    place.call(&cast.mo, cast.moderate(Deed::Suspend(SuspendFor::Hours24))).await.unwrap();
    let mut bo = Person::sits_down(&place, &cast.bo).await;
    // The newest of what was done, and somebody of the staff.
    for (prompt, line) in [("door", "appeal"), ("number", "1"), ("number", "1")] {
        bo.at(prompt, line).await;
    }
    bo.is_asked("what was not right, 2000 characters at most").await;
    bo.types("That was a");
    bo.reads("That was a").await;
    let begun = bo.vanishes().await;
    assert!(begun.contains("is suspended") && begun.contains("appeal leads to somebody else"), "{begun}");
    assert!(waiting(&place, &cast.bo).await.is_empty(), "nothing was sent");

    let again = session(&place, &cast.bo, &["appeal", "1", "1", "", "mine", "q"]).await;
    let again = words(&again);
    assert!(again.contains("Kept from before: That was a what was not right"), "{again}");
    assert!(again.contains("Your appeal is with somebody else than who decided."), "{again}");
    assert_eq!(waiting(&place, &cast.bo).await, [AppealWith::Staff]);

    // It waits with who did not decide, and the answer is read at the door.
    let mo = session(&place, &cast.mo, &["queue", "q"]).await;
    assert!(!mo.contains("To look at again"), "not with who decided: {mo}");
    let mut mia = Person::sits_down(&place, &cast.mia).await;
    for (prompt, line) in [("home", "queue"), ("queue", "1"), ("number", "1")] {
        mia.at(prompt, line).await;
    }
    mia.is_asked("why").await;
    mia.types("It was a joke");
    mia.reads("It was a joke").await;
    mia.vanishes().await;
    assert_eq!(drafts(&place, &cast.mia).await, ["It was a joke"], "W2: the reason of a decision is kept");
    let mia = session(&place, &cast.mia, &["queue", "1", "1", "", "q"]).await;
    assert!(
        words(&mia).contains("Kept from before: It was a joke why; an empty line takes what is kept"),
        "{mia}"
    );
    assert!(mia.contains("Decided. The member is told"), "{mia}");
    assert!(drafts(&place, &cast.mia).await.is_empty(), "it is done with");
    let back = session(&place, &cast.bo, &["log", "mine", "q"]).await;
    assert!(words(&back).contains("It was a joke"), "{back}");
    assert!(!back.contains("bo, your membership is suspended"), "the act was taken back: {back}");
}

/// With whom one's appeals wait.
async fn waiting(place: &Place, who: &Caller) -> Vec<AppealWith> {
    let notices = place.call(who, AboutMe).await.unwrap().notices;
    let with = |notice: crate::service::moderation::OwnNotice| match notice.appeal {
        Appeal::Waiting(with) => Some(with),
        _ => None,
    };
    notices.into_iter().filter_map(with).collect()
}

/// M4, X2: the whole conversation of a juror, as it stands on the paper.
#[tokio::test]
async fn m4_x2_a_juror_reads_the_appeal_and_votes() {
    let (scene, _) = appealed(1).await;
    let lines = [
        "notifications", // it waits for one there
        "1",
        "4", // later
        "1",
        "2",
        "", // no reason, no vote
        "1",
        "1",
        "A saying is not an insult.",
        "1", // what was said is shown, and nothing is asked any more
        "q",
    ];
    let transcript = session(&scene.place, &scene.ann, &lines).await;
    insta::assert_snapshot!("a_juror_votes", transcript);
    let file = scene.call(&scene.ann, OpenJury { matter: MATTER }).await.unwrap();
    assert_eq!(file.mine, Some((true, "A saying is not an insult.".to_owned())));
}

/// M4, W2: a juror's reason that breaks off is there again, from the list of drafts too; another declines.
#[tokio::test]
async fn m4_w2_a_jurors_reason_that_breaks_off_is_kept_and_another_declines() {
    let (scene, people) = appealed(3).await;
    let mut jury = Vec::new();
    for who in &people {
        if scene.call(who, OpenJury { matter: MATTER }).await.is_ok() {
            jury.push(who.clone());
        }
    }
    assert_eq!((jury.len(), people.len()), (3, 4));
    let mut first = Person::sits_down(&scene.place, &jury[0]).await;
    for (prompt, line) in [("home", "notifications"), ("notifications", "1"), ("number", "let")] {
        first.at(prompt, line).await;
    }
    first.is_asked("why; it is read without your name").await;
    first.types("Rude is");
    first.reads("Rude is").await;
    first.vanishes().await;
    assert_eq!(drafts(&scene.place, &jury[0]).await, ["Rude is"]);
    let again = session(&scene.place, &jury[0], &["drafts", "1", "2", "", "q"]).await;
    assert!(words(&again).contains("Kept from before: Rude is"), "{again}");
    assert!(again.contains("Thank you. Your vote is kept."), "{again}");
    assert!(drafts(&scene.place, &jury[0]).await.is_empty());

    let declined = session(&scene.place, &jury[1], &["notifications", "1", "3", "q"]).await;
    assert!(declined.contains("That is fine: somebody else is asked."), "{declined}");
    assert!(scene.call(&jury[1], OpenJury { matter: MATTER }).await.is_err());
    for who in people.iter().filter(|who| who.who != jury[1].who) {
        assert!(scene.call(who, OpenJury { matter: MATTER }).await.is_ok(), "the fourth is drawn instead");
    }
}
