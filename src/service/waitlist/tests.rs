//! Seats, the line for them, and the growth governor (D7).

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::domain::ids::MemberId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::Denied;
use crate::domain::waitlist::{Hold, Turn, WEEK_S};
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::applications::{DecideApplication, ListApplications};
use crate::service::boards::ListBoards;
use crate::service::charter::ReadCharter;
use crate::service::invites::MakeInvite;
use crate::service::joining::{
    AcceptRule, AnswerWhy, Joining, JoiningState, StartJoining, Step, SubmitApplication, UseInvite,
};
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::settings::DAY_S;
use crate::service::testing::{NOON, Place};
use crate::service::upkeep::{move_line, nightly};
use crate::service::{Caller, DomainEvent, Error, Who};
use crate::store::testing as states;

/// A place as it is after its first start, with a moderator who decides.
async fn place(cap: i64) -> (Place, Caller) {
    let place = Place::with(|settings| settings.members_max = cap).await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let mia = place.moderator("mia").await;
    (place, mia)
}

fn id(who: &Caller) -> MemberId {
    let Who::Member(member) = who.who else { panic!("{who:?} has no account") };
    member
}

/// Somebody who has accepted every rule.
async fn joining(place: &Place, handle: &str) -> Caller {
    let mut session = Caller::GUEST;
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: None };
    session.become_member(place.call(&session, start).await.unwrap().identity);
    for no in 1..=5 {
        place.call(&session, AcceptRule { version: 1, no }).await.unwrap();
    }
    session
}

async fn approved(place: &Place, mia: &Caller, handle: &str) -> Caller {
    let session = joining(place, handle).await;
    place.call(&session, AnswerWhy { text: "I like fires.".to_owned() }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    let applications = place.call(mia, ListApplications).await.unwrap();
    let application = applications.iter().find(|one| one.handle == handle).unwrap().id;
    let decision = DecideApplication { id: application, approve: true, answer: String::new() };
    place.call(mia, decision).await.unwrap();
    session
}

/// Somebody with an invite of a member's.
async fn invited(place: &Place, by: &Caller, handle: &str) -> Caller {
    let session = joining(place, handle).await;
    let code = place.call(by, MakeInvite { note: String::new() }).await.unwrap().code;
    place.call(&session, UseInvite { code }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    session
}

async fn state(place: &Place, who: &Caller) -> Joining {
    place.call(who, JoiningState).await.unwrap()
}

async fn line(place: &Place, mia: &Caller) -> Vec<String> {
    let line = place.call(mia, ListWaitlist).await.unwrap();
    line.waiters.into_iter().map(|waiter| waiter.handle).collect()
}

/// D7's check: 40 applicants in a week are never over the limit, first in first out, invited first.
#[tokio::test]
async fn d7_forty_applicants_in_a_week_come_in_two_a_week_invited_first_then_in_order() {
    let (place, mia) = place(150).await;
    let friends = [place.regular("ann").await, place.regular("bo").await];
    let mut came: Vec<(Caller, String)> = Vec::new();
    // Forty within six days; every eighth of them invited.
    for number in 0..40 {
        let handle = format!("guest{number:02}");
        let session = if number % 8 == 7 {
            invited(&place, &friends[number / 8 % 2], &handle).await
        } else {
            approved(&place, &mia, &handle).await
        };
        came.push((session, handle));
        place.clock.advance(6 * DAY_S / 40);
    }
    let invited_ones = |handle: &str| handle[5..].parse::<usize>().unwrap() % 8 == 7;
    let mut expected: Vec<String> = came[2..].iter().map(|(_, handle)| handle.clone()).collect();
    expected.sort_by_key(|handle| !invited_ones(handle));
    assert_eq!(line(&place, &mia).await, expected, "the first two were in at once");
    let eighth = state(&place, &came[7].0).await;
    assert_eq!(
        (eighth.standing, eighth.step, eighth.line.unwrap().place),
        (Standing::Waiting, Step::Line, 1)
    );
    // From night to night the line moves by itself; never more than two in any seven days.
    let mut seated = vec![(NOON.0, came[0].1.clone()), (NOON.0 + 6 * DAY_S / 40, came[1].1.clone())];
    nightly(&place.service).await.unwrap();
    for _day in 0..200 {
        let before = line(&place, &mia).await;
        place.clock.advance(DAY_S);
        nightly(&place.service).await.unwrap();
        let after = line(&place, &mia).await;
        let now = place.service.now().0;
        seated.extend(before[..before.len() - after.len()].iter().map(|handle| (now, handle.clone())));
        assert_eq!(after, before[before.len() - after.len()..], "only the front of the line moves");
    }
    assert_eq!(seated[2..].iter().map(|(_, handle)| handle.clone()).collect::<Vec<_>>(), expected);
    for window in seated.windows(3) {
        assert!(window[2].0 - window[0].0 >= WEEK_S, "three within a week: {window:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// D7 over random orders and times of arrival.
    #[test]
    fn d7_in_any_order_of_arrival_nobody_is_passed_and_no_week_is_overfull(
        arrivals in proptest::collection::vec((any::<bool>(), 0_i64..80), 1..10), cap in 4_i64..10,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(random_arrivals(arrivals, cap));
    }
}

async fn random_arrivals(arrivals: Vec<(bool, i64)>, cap: i64) {
    let (place, mia) = place(cap).await;
    let ann = place.regular("ann").await;
    // Who came, in order: the session and the turn; and when each was seen inside.
    let mut people: Vec<(Caller, Turn)> = Vec::new();
    let mut inside: Vec<Option<i64>> = Vec::new();
    let steps = arrivals.len() + 20;
    let mut arrivals = arrivals.into_iter();
    for step in 0..steps {
        let hours = match arrivals.next() {
            Some((with_invite, hours)) => {
                let handle = format!("guest{step}");
                // A member may have three invites open; a used one is not.
                let (session, turn) = match with_invite {
                    true => (invited(&place, &ann, &handle).await, Turn::Invited),
                    false => (approved(&place, &mia, &handle).await, Turn::Applicant),
                };
                people.push((session, turn));
                inside.push(None);
                hours
            }
            None => 40,
        };
        for wait in [0, hours] {
            place.clock.advance(wait * 3_600);
            move_line(&place.service).await.unwrap();
            let now = place.service.now().0;
            let mut fresh = Vec::new();
            for (at, (session, _)) in people.iter().enumerate() {
                if inside[at].is_none() && state(&place, session).await.standing == Standing::Active {
                    fresh.push(at);
                }
            }
            for at in &fresh {
                inside[*at] = Some(now);
            }
            for at in fresh {
                let turn = (people[at].1, at);
                let passed = |other: usize| inside[other].is_none() && (people[other].1, other) < turn;
                assert!(!(0..people.len()).any(passed), "{at} passed somebody: {inside:?}");
            }
            let week = inside.iter().flatten().filter(|at| now - **at < WEEK_S).count();
            assert!(week <= 2, "{week} in a week: {inside:?}");
            // mia and ann have seats too.
            assert!(2 + inside.iter().flatten().count() as i64 <= cap.max(2), "over the cap: {inside:?}");
        }
    }
    let room = usize::try_from(cap - 2).unwrap().min(people.len());
    assert_eq!(inside.iter().flatten().count(), room, "all seats are filled in the end");
}

#[tokio::test]
async fn d7_what_newcomers_are_absorbed_widens_the_week() {
    let (place, mia) = place(150).await;
    let mut people = Vec::new();
    for number in 0..6 {
        people.push(approved(&place, &mia, &format!("guest{number}")).await);
    }
    assert_eq!(line(&place, &mia).await.len(), 4);
    for grown in &people[..2] {
        states::grow(place.service.store(), id(grown), place.service.now()).await;
    }
    // Two absorbed allow no more than the two of every week; a third allows one more at once.
    move_line(&place.service).await.unwrap();
    assert_eq!(line(&place, &mia).await.len(), 4);
    place.clock.advance(WEEK_S);
    move_line(&place.service).await.unwrap();
    assert_eq!(line(&place, &mia).await, ["guest4", "guest5"]);
    states::grow(place.service.store(), id(&people[2]), place.service.now()).await;
    move_line(&place.service).await.unwrap();
    assert_eq!(line(&place, &mia).await, ["guest5"]);
    let summary = place.call(&mia, ListWaitlist).await.unwrap().summary;
    assert_eq!((summary.seats.absorbed, summary.seats.weekly(), summary.hold), (3, 3, Some(Hold::Governor)));
    let words = summary.words().unwrap();
    assert!(words.contains("The growth governor holds 1 person: 3 of 3"), "{words}");
    assert_eq!(summary.next_at, Some(NOON.plus(2 * WEEK_S)));
}

#[tokio::test]
async fn d7_at_the_cap_the_next_free_seat_goes_to_the_first_in_the_line() {
    let (mut place, mia) = place(3).await;
    let old = place.regular("old").await;
    let ada = approved(&place, &mia, "ada").await;
    assert_eq!(state(&place, &ada).await.step, Step::Inside, "there was a third seat");
    let bob = approved(&place, &mia, "bob").await;
    let cat = approved(&place, &mia, "cat").await;
    let seen = state(&place, &cat).await.line.unwrap();
    assert_eq!((seen.place, seen.waiting, seen.hold, seen.cap), (2, 2, Some(Hold::Full), 3));
    // Somebody who waits can read the charter and what guests see, and nothing else.
    place.call(&cat, ReadCharter).await.unwrap();
    assert!(place.call(&cat, ListBoards).await.unwrap().boards.is_empty());
    assert!(matches!(place.call(&cat, ListWaitlist).await, Err(Error::Denied(Denied::InLine))));
    place.published();
    // A member leaves: the line moves by itself, and those who stay in it are told.
    states::remove(place.service.store(), id(&old)).await;
    move_line(&place.service).await.unwrap();
    assert_eq!(state(&place, &bob).await.step, Step::Inside);
    assert_eq!(state(&place, &cat).await.line.unwrap().place, 1);
    let events = place.published();
    assert!(events.contains(&DomainEvent::MemberChanged { member: id(&bob) }), "{events:?}");
    assert!(events.contains(&DomainEvent::WaitlistChanged));
    // bob was away meanwhile: the next login says it, once.
    assert_eq!(place.call(&bob, WhoAmI).await.unwrap().seated, Some(Turn::Applicant));
    assert!(place.call(&bob, WhoAmI).await.unwrap().welcome().unwrap().contains("You are in, bob"));
    place.service.note_visit(&bob).await;
    assert_eq!(place.call(&bob, WhoAmI).await.unwrap().seated, None);
}

#[tokio::test]
async fn d7_a_code_from_the_host_is_not_held_and_a_members_is() {
    let (place, mia) = place(2).await;
    place.regular("old").await;
    let friend = invited(&place, &mia, "friend").await;
    assert_eq!(state(&place, &friend).await.standing, Standing::Waiting);
    let code = |role| MakeHostInvite { role, ttl_s: None };
    let made = place.call(&Caller::host(), code(Role::Sysop)).await.unwrap();
    let boss = joining(&place, "boss").await;
    place.call(&boss, UseInvite { code: made.code }).await.unwrap();
    place.call(&boss, SubmitApplication).await.unwrap();
    assert!(place.call(&boss, WhoAmI).await.unwrap().actor.is_sysop());
    // It opens the way for one who waits already, too; one who applied goes before the others with a friend's.
    let ada = approved(&place, &mia, "ada").await;
    let bob = approved(&place, &mia, "bob").await;
    let from_mia = place.call(&mia, MakeInvite { note: String::new() }).await.unwrap().code;
    place.call(&bob, UseInvite { code: from_mia }).await.unwrap();
    assert_eq!(line(&place, &mia).await, ["friend", "bob", "ada"]);
    let made = place.call(&Caller::host(), code(Role::Member)).await.unwrap();
    place.call(&ada, UseInvite { code: made.code }).await.unwrap();
    assert_eq!(state(&place, &ada).await.step, Step::Inside);
    assert_eq!(line(&place, &mia).await, ["friend", "bob"]);
}

#[tokio::test]
async fn d7_a_sysop_lets_somebody_in_past_the_line_on_record() {
    let (place, mia) = place(1).await;
    let boss = place.member("boss", Level::Regular, Role::Sysop).await;
    let (ada, bob) = (approved(&place, &mia, "ada").await, approved(&place, &mia, "bob").await);
    let now = |reason: &str| SeatNow { member: id(&bob), reason: reason.to_owned() };
    assert!(matches!(place.call(&mia, now("A friend.")).await, Err(Error::Denied(Denied::SysopOnly))));
    assert!(matches!(place.call(&boss, now(" \u{200b}")).await, Err(Error::Invalid(_))));
    assert_eq!(line(&place, &mia).await, ["ada", "bob"]);
    place.call(&boss, now("She brings\u{1b}[31m the projector.")).await.unwrap();
    assert_eq!(state(&place, &bob).await.step, Step::Inside);
    assert_eq!(state(&place, &ada).await.line.unwrap().place, 1);
    assert!(matches!(place.call(&boss, now("Again.")).await, Err(Error::Conflict(_))));
    // It is on record for everybody, and one of the week.
    let log = place.call(&bob, ReadModLog::default()).await.unwrap();
    let entry = log.entries.iter().find(|entry| entry.action == "seat.override").unwrap();
    assert_eq!((entry.actor.as_deref(), entry.target.as_deref()), (Some("boss"), Some("bob")));
    assert!(entry.reason.contains("the projector.") && !entry.reason.contains('\u{1b}'), "{}", entry.reason);
    assert_eq!(place.call(&mia, ListWaitlist).await.unwrap().summary.seats.admitted, 1);
    let audit = place.call(&mia, ReadAuditLog::default()).await.unwrap();
    let detail = &audit.entries.iter().find(|entry| entry.action == "seat.override").unwrap().detail;
    assert_eq!(detail, "3 of 1 seats, 1 of 2 in seven days");
}

#[tokio::test]
async fn d7_ninety_days_away_put_a_seat_to_sleep_and_one_key_wakes_it() {
    let (place, mia) = place(150).await;
    let (old, here) = (place.regular("old").await, place.regular("here").await);
    for who in [&old, &here, &mia] {
        place.service.note_visit(who).await;
    }
    nightly(&place.service).await.unwrap();
    place.clock.advance(89 * DAY_S);
    place.service.note_visit(&here).await;
    nightly(&place.service).await.unwrap();
    assert!(place.call(&old, WhoAmI).await.unwrap().actor.is_active());
    place.clock.advance(DAY_S + 1);
    nightly(&place.service).await.unwrap();
    assert!(place.call(&here, WhoAmI).await.unwrap().actor.is_active());
    assert!(place.call(&mia, WhoAmI).await.unwrap().actor.is_active(), "staff keep their seats");
    assert_eq!(state(&place, &old).await.step, Step::Wake);
    assert!(matches!(place.call(&old, ReadModLog::default()).await, Err(Error::Denied(Denied::SeatAsleep))));
    assert!(matches!(place.call(&here, WakeSeat).await, Err(Error::Denied(Denied::Awake))));
    // Looking in does not wake it; the key does.
    place.service.note_visit(&old).await;
    assert_eq!(state(&place, &old).await.step, Step::Wake);
    assert_eq!(place.call(&old, WakeSeat).await.unwrap().step, Step::Inside);
    assert!(place.call(&old, WhoAmI).await.unwrap().actor.is_active());
    nightly(&place.service).await.unwrap();
    assert!(place.call(&old, WhoAmI).await.unwrap().actor.is_active());
    let public = place.call(&here, ReadModLog::default()).await.unwrap();
    assert!(
        public.entries.iter().all(|entry| entry.action != "seat.sleep"),
        "who is away is nobody's business"
    );
}

#[tokio::test]
async fn d7_in_a_full_place_one_who_is_back_stands_at_the_head_of_the_line() {
    let (place, mia) = place(3).await;
    let (old, other) = (place.regular("old").await, place.regular("other").await);
    nightly(&place.service).await.unwrap();
    place.clock.advance(91 * DAY_S);
    place.service.note_visit(&other).await;
    nightly(&place.service).await.unwrap();
    // Somebody else has the seat meanwhile, and a third one waits.
    let ada = approved(&place, &mia, "ada").await;
    assert_eq!(state(&place, &ada).await.step, Step::Inside);
    let bob = approved(&place, &mia, "bob").await;
    assert_eq!(state(&place, &bob).await.line.unwrap().place, 1);
    let back = place.call(&old, WakeSeat).await.unwrap();
    assert_eq!((back.standing, back.step), (Standing::Asleep, Step::Line));
    let seen = back.line.unwrap();
    assert_eq!((seen.place, seen.waiting, seen.turn, seen.hold), (1, 2, Turn::Returning, Some(Hold::Full)));
    assert_eq!(line(&place, &mia).await, ["old", "bob"]);
    // Asking twice changes nothing.
    assert_eq!(place.call(&old, WakeSeat).await.unwrap().line.unwrap().place, 1);
    states::remove(place.service.store(), id(&other)).await;
    move_line(&place.service).await.unwrap();
    assert_eq!(
        place.call(&old, WhoAmI).await.unwrap().welcome().unwrap(),
        "Welcome back, old: your seat is awake again."
    );
    assert_eq!(line(&place, &mia).await, ["bob"]);
}

#[tokio::test]
async fn d7_the_line_and_its_moves_are_for_staff_and_the_program() {
    let (place, mia) = place(150).await;
    let ann = place.regular("ann").await;
    for nosy in [&ann, &Caller::GUEST] {
        assert!(place.call(nosy, ListWaitlist).await.is_err());
        assert!(place.call(nosy, SeatNow { member: id(&mia), reason: "me".to_owned() }).await.is_err());
        assert!(place.call(nosy, KeepSeats).await.is_err());
    }
    assert!(place.call(&mia, KeepSeats).await.is_err());
    // Whoever asks, the line decides: nobody waits, nobody moves.
    assert_eq!(place.call(&Caller::GUEST, MoveLine).await.unwrap(), 0);
    assert_eq!(place.call(&mia, ListWaitlist).await.unwrap().summary.words(), None);
}
