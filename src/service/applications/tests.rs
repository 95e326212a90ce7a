//! Applications and the staff: claim, ask, answer, decide; who sees which (D5).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::ApplicationId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::Denied;
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::invites::MakeInvite;
use crate::service::joining::{
    AcceptRule, AnswerWhy, JoiningState, StartJoining, Step, SubmitApplication, UseInvite, WriteIntroduction,
};
use crate::service::logs::{LogPage, ReadAuditLog, ReadModLog};
use crate::service::passwords::NewPassword;
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent, Error, Who};
use crate::store::audit::{self, Which};

const HOST: Caller = Caller::HOST;

async fn place() -> Place {
    let place = Place::new().await;
    place.call(&HOST, SetUp).await.unwrap();
    place
}

/// Somebody whose application waits.
async fn applicant(place: &Place, handle: &str) -> Caller {
    let mut session = Caller::GUEST;
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: None };
    session.become_member(place.call(&session, start).await.unwrap().identity);
    for no in 1..=5 {
        place.call(&session, AcceptRule { version: 1, no }).await.unwrap();
    }
    place.call(&session, AnswerWhy { text: "I like fires.".to_owned() }).await.unwrap();
    place.call(&session, WriteIntroduction { text: "Hello all.".to_owned() }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    session
}

async fn only_id(place: &Place, staff: &Caller) -> ApplicationId {
    let list = place.call(staff, ListApplications).await.unwrap();
    assert_eq!(list.len(), 1, "{list:?}");
    list[0].id
}

async fn standing(place: &Place, session: &Caller) -> Standing {
    place.call(session, JoiningState).await.unwrap().standing
}

fn decide(id: ApplicationId, approve: bool) -> DecideApplication {
    let answer = if approve { "" } else { "We are full of cats just now." };
    DecideApplication { id, approve, answer: answer.to_owned() }
}

#[tokio::test]
async fn d5_of_two_who_decide_at_once_one_wins_and_the_other_is_told() {
    let mut place = place().await;
    let (mia, moe) = (place.moderator("mia").await, place.moderator("moe").await);
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    place.published();
    let (first, second) =
        tokio::join!(place.call(&mia, decide(id, true)), place.call(&moe, decide(id, false)));
    let (winner, loser) = if first.is_ok() { ("mia", second) } else { ("moe", first) };
    let Err(Error::Conflict(words)) = loser else { panic!("{loser:?}") };
    assert!(words.contains(winner), "{words}");
    let expected = if winner == "mia" { Standing::Active } else { Standing::Declined };
    assert_eq!(standing(&place, &ada).await, expected);
    let Who::Member(member) = ada.who else { panic!("{ada:?}") };
    let events = place.published();
    assert!(events.contains(&DomainEvent::MemberChanged { member }));
    assert!(events.contains(&DomainEvent::ApplicationChanged { application: id, member }));
    assert!(place.call(&mia, ListApplications).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_approved_applicant_is_in_and_a_declined_one_reads_why() {
    let place = place().await;
    let mia = place.moderator("mia").await;
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    place.call(&mia, decide(id, true)).await.unwrap();
    assert_eq!(place.call(&ada, JoiningState).await.unwrap().step, Step::Inside);

    let bob = applicant(&place, "bob").await;
    let id = only_id(&place, &mia).await;
    let wordless = DecideApplication { id, approve: false, answer: " \u{200b}".to_owned() };
    assert!(matches!(place.call(&mia, wordless).await, Err(Error::Invalid(_))));
    place.call(&mia, decide(id, false)).await.unwrap();
    let state = place.call(&bob, JoiningState).await.unwrap();
    assert_eq!((state.step, state.answer.as_str()), (Step::Declined, "We are full of cats just now."));
    // No invite overrules a decision.
    let code = place.call(&HOST, MakeHostInvite { role: Role::Member, ttl_s: None }).await.unwrap().code;
    assert!(place.call(&bob, UseInvite { code }).await.is_err());
    let decision = place.call(&mia, ReadApplication { id }).await.unwrap().decision.unwrap();
    assert_eq!((decision.approved, decision.by.as_deref()), (false, Some("mia")));
}

#[tokio::test]
async fn both_decisions_are_in_the_mod_log_without_the_words_to_the_applicant() {
    let place = place().await;
    let mia = place.moderator("mia").await;
    applicant(&place, "ada").await;
    place.call(&mia, decide(only_id(&place, &mia).await, true)).await.unwrap();
    applicant(&place, "bob").await;
    place.call(&mia, decide(only_id(&place, &mia).await, false)).await.unwrap();
    let mut read = place.service.store().begin_read().await.unwrap();
    let rows = audit::entries(&mut read, Which::Public, None, 10).await.unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row.audit.action.as_str()).collect();
    assert_eq!(actions, ["application.decline", "application.approve"]);
    assert!(!format!("{rows:?}").contains("cats"));
    drop(read);
    let carol = place.regular("carol").await;
    let shown = |page: LogPage| page.entries.into_iter().map(|entry| entry.target).collect::<Vec<_>>();
    let log = ReadModLog::default();
    let seen = shown(place.call(&carol, log).await.unwrap());
    assert_eq!(seen, [None, Some("ada".to_owned())], "who was declined is not named to members");
    let staff = ReadAuditLog::default();
    let seen = shown(place.call(&mia, staff).await.unwrap());
    assert_eq!(seen[0].as_deref(), Some("bob"));
}

#[tokio::test]
async fn a_claim_keeps_others_off_until_it_is_given_back_or_over() {
    let place = place().await;
    let (mia, moe) = (place.moderator("mia").await, place.moderator("moe").await);
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    let claimed = place.call(&mia, ClaimApplication { id }).await.unwrap();
    assert_eq!(claimed.claim.unwrap().handle, "mia");
    assert!(place.call(&ada, JoiningState).await.unwrap().in_hand);
    place.call(&mia, ClaimApplication { id }).await.unwrap();
    for refused in [
        place.call(&moe, ClaimApplication { id }).await.map(|_| ()),
        place.call(&moe, decide(id, true)).await,
        place.call(&moe, AskApplicant { id, question: "Why?".to_owned() }).await,
        place.call(&moe, ReleaseApplication { id }).await,
    ] {
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
    place.call(&mia, ReleaseApplication { id }).await.unwrap();
    place.call(&moe, ClaimApplication { id }).await.unwrap();
    place.clock.advance(2 * 60 * 60);
    assert_eq!(place.call(&mia, ListApplications).await.unwrap()[0].claim, None);
    place.call(&mia, decide(id, true)).await.unwrap();
}

#[tokio::test]
async fn a_question_goes_to_the_applicant_and_the_answer_comes_back() {
    let mut place = place().await;
    let mia = place.moderator("mia").await;
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    assert!(place.call(&mia, AskApplicant { id, question: " ".to_owned() }).await.is_err());
    place.call(&mia, AskApplicant { id, question: "Which fires?".to_owned() }).await.unwrap();
    let again = place.call(&mia, AskApplicant { id, question: "And cats?".to_owned() }).await;
    assert!(matches!(again, Err(Error::Conflict(_))));
    assert!(place.call(&mia, ListApplications).await.unwrap()[0].waits_for_applicant());
    let state = place.call(&ada, JoiningState).await.unwrap();
    assert_eq!((state.step, state.questions[0].text.as_str()), (Step::Question, "Which fires?"));
    place.published();
    let answer = |text: &str| AnswerApplicationQuestion { text: text.to_owned() };
    assert!(place.call(&ada, answer("")).await.is_err());
    place.call(&ada, answer("Small ones.\u{1b}[31m")).await.unwrap();
    assert!(matches!(place.published()[..], [DomainEvent::ApplicationChanged { .. }]));
    assert!(matches!(place.call(&ada, answer("More.")).await, Err(Error::Conflict(_))));
    assert_eq!(place.call(&ada, JoiningState).await.unwrap().step, Step::Waiting);
    // A second question does not lose the first answer.
    place.call(&mia, AskApplicant { id, question: "And cats?".to_owned() }).await.unwrap();
    let seen = place.call(&mia, ReadApplication { id }).await.unwrap();
    assert_eq!(seen.questions[0].reply, "Small ones.");
    assert_eq!(seen.questions.len(), 2);
    assert_eq!((seen.why.as_str(), seen.introduction.as_str()), ("I like fires.", "Hello all."));
}

#[tokio::test]
async fn members_see_no_applications_and_the_inviter_stands_aside() {
    let place = place().await;
    let (mia, moe, ruth) =
        (place.moderator("mia").await, place.moderator("moe").await, place.regular("ruth").await);
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    for nosy in [&ruth, &ada] {
        assert!(place.call(nosy, ListApplications).await.is_err());
        assert!(place.call(nosy, ReadApplication { id }).await.is_err());
        assert!(place.call(nosy, decide(id, true)).await.is_err());
    }
    // An application that mia's invite brought is moe's to see.
    let code = place.call(&mia, MakeInvite { note: String::new() }).await.unwrap().code;
    let mut write = place.service.store().begin_write().await.unwrap();
    let Who::Member(member) = ada.who else { panic!("{ada:?}") };
    let account = crate::domain::policy::Actor::Account {
        id: member,
        standing: Standing::Applied,
        level: Level::Newcomer,
        role: Role::Member,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    };
    let grant = crate::domain::policy::allow(&account, &crate::domain::policy::EnterInvite).unwrap();
    let hash = crate::service::invites::hash_of(&code);
    let invite = crate::store::invites::by_hash(&mut write, &hash).await.unwrap().unwrap();
    crate::store::applications::set_invite(&mut write, &grant, member, invite.id, invite.created_by)
        .await
        .unwrap();
    write.commit().await.unwrap();
    assert!(place.call(&mia, ListApplications).await.unwrap().is_empty());
    assert!(matches!(place.call(&mia, decide(id, true)).await, Err(Error::Denied(Denied::PartOfIt))));
    assert_eq!(only_id(&place, &moe).await, id);
}

#[tokio::test]
async fn an_unsent_application_is_nobodys_business() {
    let place = place().await;
    let mia = place.moderator("mia").await;
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: "ada".to_owned(), password, keep_key: false, invite: None };
    let guest = Caller::GUEST;
    place.call(&guest, start).await.unwrap();
    assert!(place.call(&mia, ListApplications).await.unwrap().is_empty());
    assert!(matches!(
        place.call(&mia, ReadApplication { id: ApplicationId(1) }).await,
        Err(Error::NotFound(_))
    ));
}

fn vouch(id: ApplicationId) -> Vouch {
    Vouch { id, words: "We mended a boat.\u{202e}".to_owned() }
}

#[tokio::test]
async fn d5_members_see_handle_and_introduction_and_say_a_line_for_the_staff() {
    let mut place = place().await;
    let (mia, ruth) = (place.moderator("mia").await, place.regular("ruth").await);
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    let seen = place.call(&ruth, ListAtDoor).await.unwrap();
    assert_eq!((seen[0].handle.as_str(), seen[0].introduction.as_str()), ("ada", "Hello all."));
    assert_eq!((seen[0].vouches, seen[0].mine.clone()), (0, None));
    place.published();
    place.call(&ruth, vouch(id)).await.unwrap();
    let Who::Member(staff) = mia.who else { panic!("{mia:?}") };
    let events = place.published();
    assert!(events.contains(&DomainEvent::Notified { member: staff }), "{events:?}");
    assert!(events.iter().any(|event| matches!(event, DomainEvent::ApplicationChanged { .. })), "{events:?}");
    let read = place.call(&mia, ReadApplication { id }).await.unwrap().vouches;
    assert_eq!((read[0].handle.as_str(), read[0].words.as_str()), ("ruth", "We mended a boat."));
    assert_eq!(place.call(&ada, JoiningState).await.unwrap().vouches, 1);
    // Said again it is said otherwise, not twice; the staff are not told again.
    place.call(&ruth, Vouch { id, words: "And a net.".to_owned() }).await.unwrap();
    assert!(!place.published().contains(&DomainEvent::Notified { member: staff }));
    assert_eq!(place.call(&ruth, ListAtDoor).await.unwrap()[0].mine.as_deref(), Some("And a net."));
    place.call(&ruth, TakeBackVouch { id }).await.unwrap();
    assert!(matches!(place.call(&ruth, TakeBackVouch { id }).await, Err(Error::Conflict(_))));
    assert!(place.call(&mia, ReadApplication { id }).await.unwrap().vouches.is_empty());
    for words in ["", "\u{200b}", &"x".repeat(VOUCH_CHARS_MAX + 1)] {
        assert!(place.call(&ruth, Vouch { id, words: (*words).to_owned() }).await.is_err());
    }
}

#[tokio::test]
async fn d5_who_wishes_not_to_be_shown_is_not_and_newcomers_and_strangers_vouch_for_nobody() {
    let place = place().await;
    let (mia, ruth) = (place.moderator("mia").await, place.regular("ruth").await);
    let ada = applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    let newcomer = place.member("newc", Level::Newcomer, Role::Member).await;
    assert_eq!(place.call(&newcomer, ListAtDoor).await.unwrap().len(), 1);
    assert!(matches!(place.call(&newcomer, vouch(id)).await, Err(Error::Denied(Denied::NotYet))));
    for outside in [&ada, &Caller::GUEST] {
        assert!(place.call(outside, ListAtDoor).await.is_err());
        assert!(place.call(outside, vouch(id)).await.is_err());
    }
    assert!(place.call(&ruth, ShowAtDoor { shown: false }).await.is_err());
    place.call(&ada, ShowAtDoor { shown: false }).await.unwrap();
    assert!(place.call(&ruth, ListAtDoor).await.unwrap().is_empty());
    assert!(matches!(place.call(&ruth, vouch(id)).await, Err(Error::Conflict(_))));
    // The staff see the application all the same.
    assert_eq!(only_id(&place, &mia).await, id);
    place.call(&ada, ShowAtDoor { shown: true }).await.unwrap();
    place.call(&ruth, vouch(id)).await.unwrap();
    place.call(&mia, decide(id, true)).await.unwrap();
    assert!(place.call(&ruth, ListAtDoor).await.unwrap().is_empty());
    assert!(matches!(place.call(&ruth, vouch(id)).await, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn d5_m4_who_vouches_does_not_decide_until_it_is_taken_back() {
    let place = place().await;
    let (mia, moe) = (place.moderator("mia").await, place.moderator("moe").await);
    applicant(&place, "ada").await;
    let id = only_id(&place, &mia).await;
    place.call(&mia, vouch(id)).await.unwrap();
    assert!(place.call(&mia, ListApplications).await.unwrap().is_empty());
    for refused in [place.call(&mia, decide(id, true)).await, place.call(&mia, decide(id, false)).await] {
        assert!(matches!(refused, Err(Error::Denied(Denied::PartOfIt))), "{refused:?}");
    }
    assert_eq!(only_id(&place, &moe).await, id);
    place.call(&mia, TakeBackVouch { id }).await.unwrap();
    place.call(&mia, decide(id, true)).await.unwrap();
}

#[tokio::test]
async fn d5_l4_whom_an_applicant_names_hears_of_it_unless_the_applicant_is_hidden() {
    let mut place = place().await;
    let ruth = place.regular("ruth").await;
    let Who::Member(named) = ruth.who else { panic!("{ruth:?}") };
    for (handle, shown) in [("ada", true), ("bob", false)] {
        let mut session = Caller::GUEST;
        let password = Some(NewPassword::parse("correct horse").unwrap());
        let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: None };
        session.become_member(place.call(&session, start).await.unwrap().identity);
        for no in 1..=5 {
            place.call(&session, AcceptRule { version: 1, no }).await.unwrap();
        }
        place.call(&session, AnswerWhy { text: "@ruth and @nobody told me.".to_owned() }).await.unwrap();
        place.call(&session, ShowAtDoor { shown }).await.unwrap();
        place.published();
        place.call(&session, SubmitApplication).await.unwrap();
        let told = place.published().contains(&DomainEvent::Notified { member: named });
        assert_eq!(told, shown, "{handle}");
    }
}
