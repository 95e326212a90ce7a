//! The sysop's own questions: who writes them, what is asked of whom, and that an answer keeps what was asked (D4).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::QuestionId;
use crate::domain::invite::InviteCode;
use crate::domain::member::{Level, Role};
use crate::domain::policy::Denied;
use crate::domain::question::{AskedOf, QUESTIONS_MAX, QuestionKind};
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::applications::{ListApplications, ReadApplication};
use crate::service::joining::{
    AcceptRule, AnswerDoorQuestion, AnswerWhy, Joining, JoiningState, StartJoining, Step, SubmitApplication,
};
use crate::service::passwords::NewPassword;
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent, Error, Who};
use crate::store::tags;

/// A place that asks nothing of its own, and its sysop.
async fn place() -> (Place, Caller) {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let boss = place.member("boss", Level::Regular, Role::Sysop).await;
    for question in place.call(&boss, ListQuestions).await.unwrap() {
        place.call(&boss, RetireQuestion { id: question.id, retired: true }).await.unwrap();
    }
    (place, boss)
}

fn question(kind: QuestionKind, words: &str, choices: &[&str]) -> SaveQuestion {
    let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
    SaveQuestion { id: None, kind, words: words.to_owned(), required: true, of: AskedOf::All, choices }
}

/// Somebody who has accepted the rules.
async fn joining(place: &Place, handle: &str, invite: Option<InviteCode>) -> Caller {
    let mut session = Caller::GUEST;
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite };
    session.become_member(place.call(&session, start).await.unwrap().identity);
    for no in 1..=5 {
        place.call(&session, AcceptRule { version: 1, no }).await.unwrap();
    }
    session
}

async fn state(place: &Place, session: &Caller) -> Joining {
    place.call(session, JoiningState).await.unwrap()
}

/// Answers the question that is next.
async fn answer(place: &Place, who: &Caller, text: &str, chosen: &[i64]) -> crate::service::Result<Joining> {
    let state = state(place, who).await;
    let Step::Asked(question) = state.step else { panic!("{:?}", state.step) };
    let version = state.asked.iter().find(|asked| asked.question == question).unwrap().version;
    place
        .call(who, AnswerDoorQuestion { question, version, text: text.to_owned(), chosen: chosen.to_vec() })
        .await
}

#[tokio::test]
async fn d4_a_new_place_asks_two_optional_questions_once() {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let boss = place.member("boss", Level::Regular, Role::Sysop).await;
    let first = place.call(&boss, ListQuestions).await.unwrap();
    assert_eq!(first.len(), 2);
    assert!(first.iter().all(|question| !question.asking.required), "{first:?}");
    for question in &first {
        place.call(&boss, RetireQuestion { id: question.id, retired: true }).await.unwrap();
    }
    place.call(&Caller::host(), SetUp).await.unwrap();
    let left = place.call(&boss, ListQuestions).await.unwrap();
    assert!(left.len() == 2 && left.iter().all(|question| question.retired), "a start brings nothing back");
}

#[tokio::test]
async fn d4_an_answered_question_that_is_changed_still_shows_what_was_asked() {
    let (place, boss) = place().await;
    let id =
        place.call(&boss, question(QuestionKind::One, "Tea or coffee?", &["tea", "coffee"])).await.unwrap();
    let ada = joining(&place, "ada", None).await;
    place.call(&ada, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
    let after = answer(&place, &ada, "", &[2]).await.unwrap();
    assert_eq!(after.step, Step::Introduction);
    let changed = SaveQuestion {
        id: Some(id),
        ..question(QuestionKind::Many, "What do you drink?", &["water", "milk"])
    };
    place.call(&boss, changed).await.unwrap();
    // Not asked again, and shown to the applicant and to the staff as it was.
    let kept = state(&place, &ada).await;
    assert_eq!((kept.step, kept.asked[0].asking.words.as_str()), (Step::Introduction, "Tea or coffee?"));
    place.call(&ada, SubmitApplication).await.unwrap();
    place.call(&boss, RetireQuestion { id, retired: true }).await.unwrap();
    let sent = place.call(&boss, ListApplications).await.unwrap()[0].id;
    let answers = place.call(&boss, ReadApplication { id: sent }).await.unwrap().answers;
    assert_eq!((answers[0].asking.words.as_str(), answers[0].words().as_str()), ("Tea or coffee?", "coffee"));
}

#[tokio::test]
async fn d4_who_read_the_old_words_is_shown_the_new_ones_before_answering() {
    let (place, boss) = place().await;
    let id = place.call(&boss, question(QuestionKind::Text, "Why tea?", &[])).await.unwrap();
    let ada = joining(&place, "ada", None).await;
    place.call(&ada, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
    let read = state(&place, &ada).await.asked[0].version;
    place
        .call(&boss, SaveQuestion { id: Some(id), ..question(QuestionKind::Text, "Why coffee?", &[]) })
        .await
        .unwrap();
    let late =
        AnswerDoorQuestion { question: id, version: read, text: "Warm.".to_owned(), chosen: Vec::new() };
    assert!(matches!(place.call(&ada, late).await, Err(Error::Conflict(_))));
    assert_eq!(state(&place, &ada).await.asked[0].asking.words, "Why coffee?");
    assert!(matches!(answer(&place, &ada, " ", &[]).await, Err(Error::Invalid(_))));
    let missing = place.call(&ada, SubmitApplication).await.unwrap_err().to_string();
    assert!(missing.contains("Why coffee?"), "{missing}");
    answer(&place, &ada, "Warm.", &[]).await.unwrap();
    place.call(&ada, SubmitApplication).await.unwrap();
}

#[tokio::test]
async fn d4_choices_join_tags_once_one_is_a_member() {
    let (place, boss) = place().await;
    let ask = question(
        QuestionKind::Many,
        "What do you like?",
        &["bread #baking", "ovens #baking", "tea #tea", "rest"],
    );
    place.call(&boss, ask).await.unwrap();
    let code =
        place.call(&Caller::host(), MakeHostInvite { role: Role::Member, ttl_s: None }).await.unwrap().code;
    let ada = joining(&place, "ada", Some(code)).await;
    let Who::Member(member) = ada.who else { panic!("{ada:?}") };
    answer(&place, &ada, "", &[1, 2, 3, 4]).await.unwrap();
    let mut read = place.service.store().begin_read().await.unwrap();
    assert!(tags::joined_by(&mut read, member).await.unwrap().is_empty(), "not before");
    drop(read);
    place.call(&ada, SubmitApplication).await.unwrap();
    let mut read = place.service.store().begin_read().await.unwrap();
    assert_eq!(tags::joined_by(&mut read, member).await.unwrap(), ["baking", "tea"]);
}

#[tokio::test]
async fn d4_who_has_an_invite_is_not_asked_what_is_for_applicants() {
    let (place, boss) = place().await;
    let text = question(QuestionKind::Text, "Who sent you?", &[]);
    place.call(&boss, SaveQuestion { of: AskedOf::Applicants, ..text }).await.unwrap();
    let code =
        place.call(&Caller::host(), MakeHostInvite { role: Role::Member, ttl_s: None }).await.unwrap().code;
    let ada = joining(&place, "ada", Some(code)).await;
    assert_eq!(state(&place, &ada).await.step, Step::Introduction);
    let bob = joining(&place, "bob", None).await;
    place.call(&bob, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
    assert!(matches!(state(&place, &bob).await.step, Step::Asked(_)));
}

#[tokio::test]
async fn d4_the_sysop_orders_questions_and_takes_them_out_and_nobody_else_does() {
    let (mut place, boss) = place().await;
    let one = place.call(&boss, question(QuestionKind::Text, "One?", &[])).await.unwrap();
    let two = place.call(&boss, question(QuestionKind::Text, "Two?", &[])).await.unwrap();
    place.published();
    place.call(&boss, MoveQuestion { id: two, earlier: true }).await.unwrap();
    assert_eq!(place.published(), [DomainEvent::QuestionsChanged]);
    let order = |list: &[DoorQuestion]| -> Vec<QuestionId> {
        list.iter().filter(|question| !question.retired).map(|question| question.id).collect()
    };
    assert_eq!(order(&place.call(&boss, ListQuestions).await.unwrap()), [two, one]);
    place.call(&boss, MoveQuestion { id: two, earlier: true }).await.unwrap();
    place.call(&boss, MoveQuestion { id: two, earlier: false }).await.unwrap();
    assert_eq!(order(&place.call(&boss, ListQuestions).await.unwrap()), [one, two]);
    place.call(&boss, RetireQuestion { id: one, retired: true }).await.unwrap();
    let ada = joining(&place, "ada", None).await;
    place.call(&ada, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
    assert_eq!(state(&place, &ada).await.step, Step::Asked(two));
    place.call(&boss, RetireQuestion { id: one, retired: false }).await.unwrap();
    assert_eq!(state(&place, &ada).await.step, Step::Asked(one));

    let mia = place.moderator("mia").await;
    for who in [&mia, &ada, &Caller::GUEST] {
        assert!(place.call(who, ListQuestions).await.is_err());
        let refused = place.call(who, question(QuestionKind::Text, "Mine?", &[])).await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    }
    let refused = place.call(&mia, RetireQuestion { id: one, retired: true }).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::SysopOnly))));
}

#[tokio::test]
async fn d4_there_is_an_end_to_questions_and_the_same_words_are_no_new_version() {
    let (place, boss) = place().await;
    for no in 0..QUESTIONS_MAX {
        place.call(&boss, question(QuestionKind::Text, &format!("No. {no}?"), &[])).await.unwrap();
    }
    let refused = place.call(&boss, question(QuestionKind::Text, "More?", &[])).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    let first = place.call(&boss, ListQuestions).await.unwrap()[0].clone();
    let again = SaveQuestion { id: Some(first.id), ..question(QuestionKind::Text, &first.asking.words, &[]) };
    place.call(&boss, again).await.unwrap();
    assert_eq!(place.call(&boss, ListQuestions).await.unwrap()[0].version, first.version);
}
