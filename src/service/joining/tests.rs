//! Coming in, step by step: what is kept, what is refused, and that nothing is asked twice (D3, D4).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::BoardId;
use crate::domain::invite::InviteCode;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{Actor, Denied};
use crate::domain::text::clean_body;
use crate::domain::text::corpus::hostile;
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::boards::{BoardList, ListBoards};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::invites::MakeInvite;
use crate::service::login::PasswordCheck;
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::settings::DAY_S;
use crate::service::testing::Place;
use crate::service::writing::StartThread;
use crate::service::{Caller, DomainEvent, Error, ProvedKey, Who};

const HOST: Caller = Caller::HOST;

fn guest() -> Caller {
    Caller::GUEST
}

fn key() -> ProvedKey {
    ProvedKey {
        fingerprint: "SHA256:abc".to_owned(),
        algorithm: "ssh-ed25519".to_owned(),
        public_key: "ssh-ed25519 AAAA".to_owned(),
    }
}

fn start(handle: &str, invite: Option<InviteCode>) -> StartJoining {
    let password = Some(NewPassword::parse("correct horse").unwrap());
    StartJoining { handle: handle.to_owned(), password, keep_key: false, invite }
}

/// A place as it is after its first start.
async fn place() -> Place {
    let place = Place::new().await;
    place.call(&HOST, SetUp).await.unwrap();
    place
}

/// A guest who took a handle, as the session goes on.
async fn joining(place: &Place, handle: &str, invite: Option<InviteCode>) -> Caller {
    let mut session = guest();
    let started = place.call(&session, start(handle, invite)).await.unwrap();
    session.become_member(started.identity);
    session
}

/// Comes back after a dropped line and asks what is next.
async fn next(place: &Place, session: &Caller) -> Step {
    place.call(session, JoiningState).await.unwrap().step
}

async fn accept_all(place: &Place, session: &Caller) {
    let charter = place.call(session, JoiningState).await.unwrap().charter;
    for rule in &charter.rules {
        assert_eq!(next(place, session).await, Step::Rule(rule.no));
        place.call(session, AcceptRule { version: charter.version, no: rule.no }).await.unwrap();
    }
}

/// Leaves out what a new place asks of its own; all of it may be.
async fn leave_out_questions(place: &Place, session: &Caller) {
    while let Step::Asked(question) = next(place, session).await {
        let state = place.call(session, JoiningState).await.unwrap();
        let version = state.asked.iter().find(|asked| asked.question == question).unwrap().version;
        let empty = AnswerDoorQuestion { question, version, text: String::new(), chosen: Vec::new() };
        place.call(session, empty).await.unwrap();
    }
}

/// A board of the first ones.
async fn board(place: &Place, slug: &str) -> BoardId {
    let mut read = place.service.store().begin_read().await.unwrap();
    crate::store::boards::by_slug(&mut read, slug).await.unwrap().unwrap().id
}

async fn host_code(place: &Place, role: Role) -> InviteCode {
    place.call(&HOST, MakeHostInvite { role, ttl_s: None }).await.unwrap().code
}

#[tokio::test]
async fn d4_every_step_is_kept_and_nothing_is_asked_twice() {
    let mut place = place().await;
    let session = joining(&place, "Ada", None).await;
    accept_all(&place, &session).await;
    assert_eq!(next(&place, &session).await, Step::Why);
    place.call(&session, AnswerWhy { text: "I like fires.\u{202e}".to_owned() }).await.unwrap();
    leave_out_questions(&place, &session).await;
    assert_eq!(next(&place, &session).await, Step::Introduction);
    place.call(&session, WriteIntroduction { text: "Hello, I am Ada.".to_owned() }).await.unwrap();
    let kept = place.call(&session, JoiningState).await.unwrap();
    assert!(kept.has_password && kept.keys == 0);
    assert_eq!((kept.handle.as_str(), kept.why.as_str()), ("Ada", "I like fires."));
    assert_eq!(kept.introduction, "Hello, I am Ada.");
    place.published();
    let sent = place.call(&session, SubmitApplication).await.unwrap();
    assert_eq!((sent.standing, sent.step), (Standing::Applied, Step::Waiting));
    assert!(sent.submitted_at.is_some());
    let events = place.published();
    assert!(events.contains(&DomainEvent::MemberChanged { member: sent.member }), "{events:?}");
    assert!(events.iter().any(|event| matches!(event, DomainEvent::ApplicationChanged { .. })), "{events:?}");
}

#[tokio::test]
async fn d3_an_invite_leads_straight_in_with_a_password_alone() {
    let place = place().await;
    let ruth = place.regular("ruth").await;
    let code = place.call(&ruth, MakeInvite { note: "hello".to_owned() }).await.unwrap().code;
    let session = joining(&place, "ada", Some(code)).await;
    let state = place.call(&session, JoiningState).await.unwrap();
    assert_eq!(state.invited.as_ref().unwrap().by.as_deref(), Some("ruth"));
    accept_all(&place, &session).await;
    // Nobody asks an invited friend what brings them here.
    leave_out_questions(&place, &session).await;
    assert_eq!(next(&place, &session).await, Step::Introduction);
    let inside = place.call(&session, SubmitApplication).await.unwrap();
    assert_eq!((inside.standing, inside.step), (Standing::Active, Step::Inside));
    let me = place.call(&session, WhoAmI).await.unwrap();
    assert!(matches!(me.actor, Actor::Account { level: Level::Newcomer, role: Role::Member, .. }));
}

#[tokio::test]
async fn d8_a_sysops_code_makes_a_sysop_and_nobody_else_is_one() {
    let place = place().await;
    let code = host_code(&place, Role::Sysop).await;
    let first = joining(&place, "ada", None).await;
    accept_all(&place, &first).await;
    let session = joining(&place, "grace", Some(code)).await;
    accept_all(&place, &session).await;
    assert!(!place.call(&session, WhoAmI).await.unwrap().actor.is_sysop(), "not before the last step");
    place.call(&session, SubmitApplication).await.unwrap();
    assert!(place.call(&session, WhoAmI).await.unwrap().actor.is_sysop());
    assert!(!place.call(&first, WhoAmI).await.unwrap().actor.is_active());
}

#[tokio::test]
async fn an_invite_may_come_after_the_application() {
    let place = place().await;
    let session = joining(&place, "ada", None).await;
    accept_all(&place, &session).await;
    place.call(&session, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    let code = host_code(&place, Role::Member).await;
    let state = place.call(&session, UseInvite { code: code.clone() }).await.unwrap();
    assert_eq!(state.standing, Standing::Active);
    let again = place.call(&session, UseInvite { code }).await;
    assert!(matches!(again, Err(Error::Denied(Denied::NotJoining))));
}

#[tokio::test]
async fn no_step_can_be_left_out() {
    let place = place().await;
    let session = joining(&place, "ada", None).await;
    let refused = place.call(&session, SubmitApplication).await.unwrap_err().to_string();
    assert!(refused.contains("Rule 1"), "{refused}");
    accept_all(&place, &session).await;
    let refused = place.call(&session, SubmitApplication).await.unwrap_err().to_string();
    assert!(refused.contains("what brings you"), "{refused}");
    assert!(place.call(&session, AnswerWhy { text: " \u{200b} ".to_owned() }).await.is_err());
    assert!(place.call(&session, AnswerWhy { text: "x".repeat(WHY_CHARS_MAX + 1) }).await.is_err());
    assert!(place.call(&session, AcceptRule { version: 1, no: 9 }).await.is_err());
    assert!(matches!(place.call(&session, AcceptRule { version: 2, no: 1 }).await, Err(Error::Conflict(_))));
    assert_eq!(next(&place, &session).await, Step::Why);
    place.call(&session, AnswerWhy { text: "Because.".to_owned() }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    assert!(matches!(
        place.call(&session, WriteIntroduction { text: "later".to_owned() }).await,
        Err(Error::Denied(Denied::NotJoining))
    ));
}

#[tokio::test]
async fn handles_that_are_taken_reserved_or_look_alike_are_refused_and_nothing_is_written() {
    let place = place().await;
    joining(&place, "modern", None).await;
    for handle in
        ["modern", "MODERN", "rnodern", "m0dern", "mo-dern", "sysop", "Adm1n", "a", "ada lovelace", "ädä"]
    {
        let checked = place.call(&guest(), CheckHandle { handle: handle.to_owned() }).await;
        assert!(checked.is_err(), "{handle}");
        let started = place.call(&guest(), start(handle, None)).await;
        assert_eq!(started.unwrap_err().to_string(), checked.unwrap_err().to_string());
    }
    assert_eq!(
        place.call(&guest(), CheckHandle { handle: " Ada ".to_owned() }).await.unwrap().as_str(),
        "Ada"
    );
    // The account is where the wrong tries left it: nowhere.
    joining(&place, "ada", None).await;
}

#[tokio::test]
async fn a_way_to_come_back_is_needed_and_is_a_password_or_the_proved_key() {
    let place = place().await;
    let none = StartJoining { handle: "ada".to_owned(), password: None, keep_key: true, invite: None };
    assert!(place.call(&guest(), none).await.is_err());

    let mut session = Caller { key: Some(key()), ..Caller::GUEST };
    let by_key = StartJoining { handle: "ada".to_owned(), password: None, keep_key: true, invite: None };
    let started = place.call(&session, by_key).await.unwrap();
    session.become_member(started.identity);
    assert!(session.by_key, "revoking that key must end this session");
    let Who::Member(ada) = session.who else { panic!("{session:?}") };
    assert_eq!(place.service.member_for_key(&key(), "anybody").await.unwrap(), Some(ada));

    // The key is ada's now: nobody else can bring it along.
    let late = Caller { key: Some(key()), ..Caller::GUEST };
    let by_key = StartJoining { handle: "grace".to_owned(), password: None, keep_key: true, invite: None };
    assert!(matches!(place.call(&late, by_key).await, Err(Error::Conflict(_))));
    assert!(place.call(&guest(), CheckHandle { handle: "grace".to_owned() }).await.is_ok());

    // A key that was not wanted is not kept.
    let keyed = Caller {
        who: Who::Guest,
        key: Some(ProvedKey { fingerprint: "SHA256:x".into(), ..key() }),
        ..Caller::GUEST
    };
    place.call(&keyed, start("grace", None)).await.unwrap();
    assert_eq!(place.service.member_for_key(keyed.key.as_ref().unwrap(), "anybody").await.unwrap(), None);
    let peer = "192.0.2.1".parse().unwrap();
    let check = place.service.check_password("Grace", "correct horse", peer).await.unwrap();
    assert!(matches!(check, PasswordCheck::Right(_)));
}

#[tokio::test]
async fn a_guest_sees_the_door_and_the_key_they_brought() {
    let place = place().await;
    place.board_for("window", Audience::Guests, Audience::Members).await;
    let seen = place.call(&guest(), SeeDoor).await.unwrap();
    assert_eq!((seen.place.as_str(), seen.boards, seen.key.as_deref()), ("Testhob", 1, None));
    assert!(seen.applications_open && seen.charter.rules.len() == 5);
    let keyed = Caller { key: Some(key()), ..guest() };
    assert_eq!(place.call(&keyed, SeeDoor).await.unwrap().key.as_deref(), Some("SHA256:abc"));
}

#[tokio::test]
async fn a_member_cannot_start_a_second_account() {
    let place = place().await;
    let ruth = place.regular("ruth").await;
    assert!(matches!(place.call(&ruth, start("ada", None)).await, Err(Error::Denied(Denied::NotJoining))));
    let session = joining(&place, "ada", None).await;
    assert!(matches!(place.call(&session, start("eve", None)).await, Err(Error::Denied(Denied::NotJoining))));
    assert!(place.call(&guest(), CheckHandle { handle: "eve".to_owned() }).await.is_ok());
}

#[tokio::test]
async fn a_bad_code_leaves_no_account_behind() {
    let place = place().await;
    let forged = InviteCode::parse("0000-0000-0000-0000").unwrap();
    assert!(place.call(&guest(), start("ada", Some(forged.clone()))).await.is_err());
    assert!(place.call(&guest(), CheckHandle { handle: "ada".to_owned() }).await.is_ok());
    let session = joining(&place, "ada", None).await;
    assert!(place.call(&session, UseInvite { code: forged }).await.is_err());
    let code = host_code(&place, Role::Member).await;
    place.call(&session, UseInvite { code }).await.unwrap();
    let second = host_code(&place, Role::Sysop).await;
    let refused = place.call(&session, UseInvite { code: second.clone() }).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
    // The second code is still good for somebody else.
    joining(&place, "grace", Some(second)).await;
}

#[tokio::test]
async fn a_flood_at_the_door_is_bounded_and_friends_still_come_in() {
    let place = place().await;
    let code = host_code(&place, Role::Member).await;
    let mut refused = None;
    for number in 0..100 {
        // Handles by which no two look alike.
        let handle: String =
            format!("n{number:03}").replace('0', "a").replace('1', "c").replace('5', "d").replace('8', "e");
        place.clock.advance(1);
        if let Err(error) = place.call(&guest(), start(&handle, None)).await {
            refused = Some((number, error));
            break;
        }
    }
    let (number, error) = refused.unwrap();
    assert!(number == 60 && matches!(error, Error::TooSoon { .. }), "{number}: {error}");
    joining(&place, "friend", Some(code)).await;
    place.clock.advance(60 * 60);
    joining(&place, "later", None).await;
}

#[tokio::test]
async fn whoever_waits_outside_may_do_nothing_inside() {
    let place = place().await;
    place.regular("ruth").await;
    let session = joining(&place, "ada", None).await;
    assert!(matches!(
        place.call(&session, MakeInvite { note: String::new() }).await,
        Err(Error::Denied(Denied::MembersOnly))
    ));
    assert!(place.call(&guest(), JoiningState).await.is_err());
    assert!(place.call(&HOST, JoiningState).await.is_err());
}

#[tokio::test]
async fn somebody_suspended_sees_until_when_and_nothing_to_do() {
    let place = place().await;
    let ruth = place.account("ruth", Standing::Suspended, Level::Regular, Role::Member).await;
    let state = place.call(&ruth, JoiningState).await.unwrap();
    assert_eq!((state.step, state.standing), (Step::Suspended, Standing::Suspended));
    let gone = place.account("gone", Standing::Removed, Level::Regular, Role::Member).await;
    assert_eq!(next(&place, &gone).await, Step::Removed);
    assert_eq!(next(&place, &place.regular("max").await).await, Step::Inside);
}

#[tokio::test]
async fn hostile_words_are_clean_once_they_are_kept() {
    let place = place().await;
    let session = joining(&place, "ada", None).await;
    for text in hostile() {
        let _ = place.call(&guest(), start(&text, None)).await;
        let _ = place.call(&session, AnswerWhy { text: text.clone() }).await;
        let state = place.call(&session, WriteIntroduction { text: text.clone() }).await.unwrap();
        assert_eq!(clean_body(&state.why), state.why, "{text:?}");
        assert_eq!(clean_body(&state.introduction), state.introduction, "{text:?}");
        place.clock.advance(5);
    }
}

#[tokio::test]
async fn a_new_member_begins_two_weeks_back() {
    let place = place().await;
    let max = place.regular("max").await;
    let general = board(&place, "general").await;
    let thread =
        |title: &str| StartThread { board: general, title: title.to_owned(), body: "Tea?".to_owned() };
    place.call(&max, thread("old")).await.unwrap();
    place.clock.advance(14 * DAY_S + 1);
    place.call(&max, thread("young")).await.unwrap();
    let session = joining(&place, "ada", Some(host_code(&place, Role::Member).await)).await;
    accept_all(&place, &session).await;
    place.call(&session, SubmitApplication).await.unwrap();
    let list = place.call(&session, ListBoards).await.unwrap();
    assert_eq!(list.unread_posts(), 1);
}

#[tokio::test]
async fn an_introduction_becomes_the_first_post_and_is_news_to_everybody_else() {
    let mut place = place().await;
    let max = place.regular("max").await;
    let session = joining(&place, "Ada", Some(host_code(&place, Role::Member).await)).await;
    accept_all(&place, &session).await;
    let text = "Hello, I am Ada. @max told me.".to_owned();
    place.call(&session, WriteIntroduction { text }).await.unwrap();
    place.published();
    let state = place.call(&session, SubmitApplication).await.unwrap();
    let introductions = board(&place, "introductions").await;
    let events = place.published();
    let added = events.iter().find_map(|event| match event {
        DomainEvent::PostAdded { board, author, thread, .. } => Some((*board, *author, *thread)),
        _ => None,
    });
    let (to, by, _) = added.unwrap();
    assert_eq!((to, by), (introductions, state.member));
    let unread = |list: BoardList| list.boards.iter().find(|b| b.id == introductions).unwrap().unread_posts;
    assert_eq!(unread(place.call(&max, ListBoards).await.unwrap()), 1);
    assert_eq!(unread(place.call(&session, ListBoards).await.unwrap()), 0);
}

#[tokio::test]
async fn an_introduction_that_cannot_be_posted_is_kept_as_a_draft() {
    let place = Place::new().await;
    let staff_only = place.board_for("introductions", Audience::Members, Audience::Staff).await;
    let session = joining(&place, "ada", Some(host_code(&place, Role::Member).await)).await;
    place.call(&session, WriteIntroduction { text: "Hello.".to_owned() }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    let draft = place.call(&session, LoadDraft { target: DraftTarget::Board(staff_only) }).await.unwrap();
    assert_eq!(draft.unwrap().body, "Hello.");
}

#[tokio::test]
async fn w2_half_an_answer_is_there_after_a_dropped_line() {
    let place = place().await;
    let session = joining(&place, "ada", None).await;
    accept_all(&place, &session).await;
    let half = SaveDraft {
        target: DraftTarget::Form(WHY_FORM.to_owned()),
        title: String::new(),
        body: "I like fi".to_owned(),
        reply_to: None,
    };
    place.call(&session, half).await.unwrap();
    let state = place.call(&session, JoiningState).await.unwrap();
    assert_eq!((state.step, state.drafts.why.as_deref()), (Step::Why, Some("I like fi")));
    let state = place.call(&session, AnswerWhy { text: "I like fires.".to_owned() }).await.unwrap();
    assert_eq!(state.drafts, DoorDrafts::default());
    assert!(matches!(state.step, Step::Asked(_)), "{:?}", state.step);
    let dropped = place.call(&session, LoadDraft { target: DraftTarget::Form(WHY_FORM.to_owned()) }).await;
    assert_eq!(dropped.unwrap(), None);
}
