//! The door, driven by keys against the real service: in with an invite, in by application, back after a dropped
//! line, and what those who stay outside see.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use super::*;
use crate::domain::board::Audience;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::{Deed, SuspendFor, Thing};
use crate::service::accounts::{MakeHostInvite, SetUp};
use crate::service::applications::{
    AskApplicant, ClaimApplication, DecideApplication, ListApplications, ListAtDoor, ReadApplication, Vouch,
};
use crate::service::boards::ListBoards;
use crate::service::invites::MakeInvite;
use crate::service::joining::{DoorView, Step};
use crate::service::login::PasswordCheck;
use crate::service::members::WhoAmI;
use crate::service::moderation::Moderate;
use crate::service::testing::{Blocking, caller};
use crate::service::writing::StartThread;
use crate::service::{Caller, ProvedKey, Who};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, presses};

const HOST: Caller = Caller::HOST;
const GUEST: Caller = Caller::GUEST;

/// A place as it is after its first start.
fn place() -> Rc<Blocking> {
    let live = Blocking::new();
    live.call(&HOST, SetUp).unwrap();
    live
}

fn code(live: &Blocking, role: Role) -> String {
    live.call(&HOST, MakeHostInvite { role, ttl_s: None }).unwrap().code.to_string()
}

fn keyed() -> Caller {
    let key = ProvedKey {
        fingerprint: "SHA256:0f3pzbUvJPe6Gh8j+DGMxv1clzu8w6hgBvdy672OYss".to_owned(),
        algorithm: "ssh-ed25519".to_owned(),
        public_key: "ssh-ed25519 AAAA".to_owned(),
    };
    Caller { key: Some(key), ..GUEST }
}

/// Comes back after a dropped line, with the password that everybody here has.
fn back_as(live: &Blocking, handle: &str) -> Caller {
    let peer = "192.0.2.1".parse().unwrap();
    match live.block(live.place.service.check_password(handle, "correct horse", peer)).unwrap() {
        PasswordCheck::Right(member) => caller(member),
        other => panic!("{handle} cannot come back: {other:?}"),
    }
}

/// Whether ada has rules left to accept.
fn in_the_rules(live: &Blocking) -> bool {
    matches!(live.call(&back_as(live, "ada"), JoiningState).unwrap().step, Step::Rule(_))
}

fn see(h: &mut Harness, words: &str) {
    let screen = h.screen();
    let flat = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(words), "{words:?} is not on the screen:\n{screen}");
}

/// An applicant who has done everything but send.
fn almost_applied(live: &Rc<Blocking>, handle: &str) -> Harness {
    let mut h = Harness::live(live, &GUEST);
    h.keys(&format!("a{handle}<Enter>correct horse<Enter>correct horse<Enter>"));
    h.keys("<Enter><Enter><Enter><Enter><Enter>I like fires.<^S><Enter><^S>Hello all.");
    see(&mut h, "Introduce yourself");
    h
}

#[test]
fn d3_from_an_invite_to_the_first_post_in_few_keys_and_without_a_key() {
    let live = place();
    let code = code(&live, Role::Member);
    // Everything that is not text of one's own: the code counts as text, it is pasted or copied.
    let steps = [
        "i",
        "<Enter>",
        "<Enter>",
        "<Enter>",
        "<Enter>",
        "<Enter><Enter><Enter><Enter><Enter><Enter>",
        "<^S>",
    ];
    let texts = [code.as_str(), "Ada", "correct horse", "correct horse", "", "Hello, I am Ada.", ""];
    let mut h = Harness::live(&live, &GUEST);
    for (step, text) in steps.iter().zip(texts) {
        h.keys(step).keys(text);
    }
    let pressed: usize = steps.iter().map(|step| presses(step).len()).sum();
    assert!(pressed <= 40, "{pressed} keystrokes besides text");
    see(&mut h, "Welcome in, Ada");
    let ada = back_as(&live, "ada");
    let list = live.call(&live.block(live.place.regular("max")), ListBoards).unwrap();
    let first_posts: i64 = list.boards.iter().map(|board| board.unread_posts).sum();
    assert_eq!(first_posts, 1, "{list:?}");
    assert!(live.call(&ada, WhoAmI).unwrap().actor.is_active());
}

#[test]
fn d4_every_step_waits_for_the_one_who_comes_back() {
    let live = place();
    let mut h = Harness::live(&live, &GUEST);
    h.keys("aada<Enter>correct horse<Enter>correct horse<Enter>");
    see(&mut h, "Rule 1 of 5");
    for rule in 1..=5 {
        // The line drops; a new session finds the same step.
        let mut h = Harness::live(&live, &back_as(&live, "ada"));
        see(&mut h, &format!("step {} of 11 Rule {rule} of 5", rule + 2));
        h.keys("<Enter>");
    }
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "What brings you here?");
    h.keys("I like fi").ring(KEEP);
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "I like fi");
    h.keys("res.<^S>");
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "step 9 of 11 What would you like to find here?");
    h.keys("4 x");
    see(&mut h, "1 [ ] people to talk with");
    see(&mut h, "4 [x] quiet company");
    h.keys("1<Enter>");
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "step 10 of 11 Do you know anybody here?");
    h.keys("wre").ring(KEEP);
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "wre");
    h.keys("n<^S>");
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "step 11 of 11 Introduce yourself");
    h.keys("Hello").ring(KEEP);
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "Hello");
    h.keys(" all.<^S>");
    let mut h = Harness::live(&live, &back_as(&live, "ada"));
    see(&mut h, "Your application is with the staff.");
    let mia = live.block(live.place.moderator("mia"));
    let sent = &live.call(&mia, ListApplications).unwrap()[0];
    assert_eq!((sent.why.as_str(), sent.introduction.as_str()), ("I like fires.", "Hello all."));
    let answers: Vec<String> = sent.answers.iter().map(|answered| answered.words()).collect();
    assert_eq!(answers, ["people to talk with, quiet company", "wren"]);
}

#[test]
fn one_goes_back_and_forth_without_losing_a_word() {
    let live = place();
    let mut h = almost_applied(&live, "ada");
    h.keys("<Esc>");
    see(&mut h, "Do you know anybody here");
    h.keys("Max.<Esc>2<Esc>");
    see(&mut h, "I like fires.");
    h.keys(" And cats.<Esc>");
    see(&mut h, "Rule 5 of 5: Keep it lawful, and let the moderators help");
    see(&mut h, "accepted");
    h.keys("<Esc>");
    see(&mut h, "Rule 4 of 5");
    // Forward again: what was accepted is not asked, what was typed is there.
    h.keys("<Enter><Enter>");
    see(&mut h, "I like fires. And cats.");
    h.keys("<^S>");
    see(&mut h, "2 [x] help with what I am learning");
    h.keys("<Enter>");
    see(&mut h, "Max.");
    h.keys("<^S>");
    see(&mut h, "Hello all.");
    h.keys("<^S>");
    see(&mut h, "Thank you, ada.");
    let mia = live.block(live.place.moderator("mia"));
    assert_eq!(live.call(&mia, ListApplications).unwrap()[0].why, "I like fires. And cats.");
}

#[test]
fn d5_an_applicant_sees_every_turn_live_and_goes_home_when_let_in() {
    let live = place();
    let mia = live.block(live.place.moderator("mia"));
    let mut h = almost_applied(&live, "ada");
    h.keys("<^S>");
    see(&mut h, "Sent just now");
    let id = live.call(&mia, ListApplications).unwrap()[0].id;
    live.call(&mia, ClaimApplication { id }).unwrap();
    h.keys("");
    h.event(DomainEvent::PresenceChanged);
    see(&mut h, "Somebody is reading it just now.");
    live.call(&mia, AskApplicant { id, question: "Which fires?".to_owned() }).unwrap();
    h.event(DomainEvent::PresenceChanged);
    see(&mut h, "mia asks, just now: Which fires?");
    h.keys("Small o<Esc>");
    see(&mut h, "You were asked something");
    h.keys("<Enter>nes.<^S>");
    see(&mut h, "You answered: Small ones.");
    assert_eq!(live.call(&mia, ReadApplication { id }).unwrap().questions[0].reply, "Small ones.");
    live.call(&mia, DecideApplication { id, approve: true, answer: String::new() }).unwrap();
    h.event(DomainEvent::PresenceChanged);
    see(&mut h, "Testhob · home");
    see(&mut h, "Welcome in, ada: you are a member now.");
}

#[test]
fn d5_an_applicant_hides_from_members_and_is_shown_again() {
    let live = place();
    let ruth = live.block(live.place.regular("ruth"));
    let mut h = almost_applied(&live, "ada");
    h.keys("<^S>");
    see(&mut h, "Members see your handle and your introduction meanwhile");
    h.keys("v");
    see(&mut h, "Only the staff see that you are here.");
    assert!(live.call(&ruth, ListAtDoor).unwrap().is_empty());
    h.keys("v");
    see(&mut h, "Members see your handle");
    let id = live.call(&ruth, ListAtDoor).unwrap()[0].id;
    live.call(&ruth, Vouch { id, words: "We sang.".to_owned() }).unwrap();
    h.wake();
    see(&mut h, "A member vouches for you.");
}

#[test]
fn a_declined_applicant_reads_the_staffs_words() {
    let live = place();
    let mia = live.block(live.place.moderator("mia"));
    let mut h = almost_applied(&live, "ada");
    h.keys("<^S>");
    let id = live.call(&mia, ListApplications).unwrap()[0].id;
    let answer = "We are full of cats.".to_owned();
    live.call(&mia, DecideApplication { id, approve: false, answer }).unwrap();
    h.event(DomainEvent::PresenceChanged);
    see(&mut h, "ada, your application was declined.");
    see(&mut h, "We are full of cats.");
    h.keys("i");
    see(&mut h, "declined");
    h.keys("q");
    assert!(h.left);
}

#[test]
fn an_applicant_who_gets_an_invite_is_in_at_once() {
    let live = place();
    let code = code(&live, Role::Member);
    let mut h = almost_applied(&live, "ada");
    h.keys("<^S>i").keys("0000-0000-0000-0000<Enter>");
    see(&mut h, "There is no invite with that code.");
    h.keys("<^U>").keys(&code).keys("<Enter>");
    see(&mut h, "Welcome in, ada");
}

#[test]
fn somebody_suspended_sees_until_when_and_nothing_else() {
    let live = place();
    let ruth = live.block(live.place.account("ruth", Standing::Suspended, Level::Regular, Role::Member));
    let mut h = Harness::live(&live, &ruth);
    see(&mut h, "ruth, your membership is suspended.");
    h.keys("igbgh<Space>/");
    see(&mut h, "ruth, your membership is suspended.");
    h.keys("c");
    see(&mut h, "The charter");
    h.keys("<Esc>q");
    assert!(h.left);
    let gone = live.block(live.place.account("gone", Standing::Removed, Level::Regular, Role::Member));
    see(&mut Harness::live(&live, &gone), "gone, your membership is no longer open.");
}

#[test]
fn a_suspension_leads_to_the_door_at_once_and_its_end_leads_home() {
    let live = place();
    let (mia, ruth) = (live.block(live.place.moderator("mia")), live.block(live.place.regular("ruth")));
    let mut h = Harness::live(&live, &ruth);
    see(&mut h, "Testhob · home");
    let Who::Member(id) = ruth.who else { panic!("{ruth:?}") };
    let reason = "Twice over the line in one evening.".to_owned();
    let suspend =
        Moderate { thing: Thing::Member(id), deed: Deed::Suspend(SuspendFor::Hours24), rule_no: 1, reason };
    let Who::Member(by) = mia.who else { panic!("{mia:?}") };
    live.block(live.place.up_the_ladder(id, by));
    live.call(&mia, suspend).unwrap();
    h.event(DomainEvent::PresenceChanged);
    see(&mut h, "ruth, your membership is suspended. Until 2026-11-23 12:00 UTC");
    see(&mut h, "Be kind, and be straight");
    see(&mut h, "Twice over the line in one evening.");
    live.place.clock.advance(24 * 60 * 60);
    h.ring(SUSPENSION_OVER);
    see(&mut h, "Testhob · home");
    see(&mut h, "Welcome back, ruth.");
}

#[test]
fn a_guest_looks_at_the_boards_that_are_for_guests_and_comes_back() {
    let live = place();
    let mut h = Harness::live(&live, &GUEST);
    assert!(!h.screen().contains("look around"), "there is nothing to look at yet");
    let window = live.block(live.place.board_for("window", Audience::Guests, Audience::Members));
    let max = live.block(live.place.regular("max"));
    let (title, body) = ("What we are up to".to_owned(), "We keep a fire.".to_owned());
    live.call(&max, StartThread { board: window, title, body }).unwrap();
    let mut h = Harness::live(&live, &GUEST);
    h.keys("b");
    let screen = h.screen();
    assert!(screen.contains("window") && !screen.contains("General"), "{screen}");
    h.keys("<Enter><Enter>");
    see(&mut h, "We keep a fire.");
    h.keys("<Esc><Esc><Esc>");
    see(&mut h, "look around");
}

#[test]
fn d2_a_guest_with_a_key_may_use_it_alone_with_a_password_or_not_at_all() {
    for (choice, has_password, keys) in [("<Enter>", false, 1), ("j<Enter>", true, 0), ("jj<Enter>", true, 1)]
    {
        let live = place();
        let mut h = Harness::live(&live, &keyed());
        h.keys("aada<Enter>");
        see(&mut h, "this key: SHA256:0f3pzbUvJPe6Gh8j+DGMxv1clzu8w6hgBvdy672OYss");
        h.keys(choice);
        if has_password {
            h.keys("correct horse<Enter>correct horse<Enter>");
        }
        see(&mut h, "Rule 1 of 5");
        let by_key =
            live.block(live.place.service.member_for_key(keyed().key.as_ref().unwrap(), "anybody")).unwrap();
        assert_eq!(by_key.is_some(), keys == 1);
        let ada = by_key.map_or_else(|| back_as(&live, "ada"), caller);
        let state = live.call(&ada, JoiningState).unwrap();
        assert_eq!((state.has_password, state.keys), (has_password, keys));
    }
}

#[test]
fn every_refusal_stands_on_the_page_and_the_text_stays() {
    let live = place();
    Harness::live(&live, &GUEST).keys("amodern<Enter>correct horse<Enter>correct horse<Enter>");
    let mut h = Harness::live(&live, &GUEST);
    h.keys("arnodern<Enter>");
    see(&mut h, "rnodern is taken, or looks too much like a handle that is.");
    h.keys("x");
    assert!(!h.screen().contains("taken"), "a key takes the refusal away");
    h.keys("<Enter>short<Enter>");
    see(&mut h, "A password has at least 8 characters, and this one has 5.");
    h.keys("<^U>correct horse<Enter>correct house<Enter>");
    see(&mut h, "The two were not the same.");
    h.keys("correct horse<Enter><Esc>");
    see(&mut h, "Choose a password");
    h.keys("<Esc>");
    see(&mut h, "handle rnodernx");
    h.keys("<Esc>");
    see(&mut h, "apply to join");
}

#[test]
fn a_password_is_never_on_the_screen() {
    let live = place();
    let mut h = Harness::live(&live, &GUEST);
    h.keys("aada<Enter>correct horse");
    let screen = h.screen();
    assert!(screen.contains("•••••••••••••") && !screen.contains("horse"), "{screen}");
}

#[test]
fn keys_typed_ahead_of_a_slow_server_go_where_they_belong() {
    let live = place();
    let seen = live.call(&GUEST, SeeDoor).unwrap();
    let me = live.call(&GUEST, WhoAmI).unwrap();
    let mut h = Harness::new(me);
    h.keys("aada<Enter>correct horse");
    h.answer::<SeeDoor>(|_| Ok(seen));
    // The handle waits for its answer, and the password waits behind it.
    assert_eq!(h.waiting(), ["check handle"]);
    h.answer::<CheckHandle>(|asked| Ok(crate::domain::handle::Handle::parse(&asked.handle)?));
    see(&mut h, "password •••••••••••••");
}

#[test]
fn a_place_that_takes_no_applications_says_so() {
    let me = place().call(&GUEST, WhoAmI).unwrap();
    let mut h = Harness::new(me);
    h.answer::<SeeDoor>(|_| Ok(DoorView { place: "Testhob".to_owned(), ..DoorView::default() }));
    assert!(!h.screen().contains("apply"), "{}", h.screen());
    h.keys("a");
    see(&mut h, "takes no applications just now");
}

#[test]
fn a_guest_cannot_walk_past_the_door() {
    let live = place();
    let mut h = Harness::live(&live, &GUEST);
    h.keys("gbghgmgqgs/:<Space><Esc>");
    see(&mut h, "Testhob · welcome");
    h.keys("<Enter>");
    see(&mut h, "Choose a handle");
}

#[test]
fn an_invite_names_its_giver_and_a_hostile_note_stays_harmless() {
    let live = place();
    let ruth = live.block(live.place.regular("ruth"));
    let note = "\u{1b}]0;boo\u{7}hi \u{202e}there".to_owned();
    let code = live.call(&ruth, MakeInvite { note }).unwrap().code;
    let mut h = Harness::live(&live, &GUEST);
    h.keys("i").paste(&format!("\r\n {code} \u{1b}[31m\n")).keys("<Enter>");
    see(&mut h, "You are invited by ruth. \"hi there\"");
}

#[test]
fn an_application_can_be_sent_from_every_size_and_terminal() {
    let ascii = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (terminal, columns, rows) in [
        (Capabilities::COMMON, 40, 12),
        (ascii, 40, 12),
        (ascii, 80, 24),
        (Capabilities::COMMON, 160, 50),
        (ascii, 20, 5),
    ] {
        let live = place();
        let mut h = Harness::live_at(&live, &GUEST, terminal, columns, rows);
        h.keys("aada<Enter>correct horse<Enter>correct horse<Enter>");
        // A rule that is longer than the window is paged through before it is accepted.
        for _ in 0..400 {
            let screen = h.screen();
            assert!(terminal.unicode || screen.is_ascii(), "{screen}");
            if !in_the_rules(&live) {
                break;
            }
            h.keys("<Enter>");
        }
        h.keys("I like fires.<^S>1");
        assert!(terminal.unicode || h.screen().is_ascii());
        h.keys("<Enter><^S>");
        assert!(terminal.unicode || h.screen().is_ascii());
        h.keys("<^S>");
        assert!(terminal.unicode || h.screen().is_ascii());
        let state = live.call(&back_as(&live, "ada"), JoiningState).unwrap();
        assert_eq!(state.standing, Standing::Applied, "{columns}x{rows}");
    }
}

/// The pages at the three sizes.
#[test]
fn the_pages_as_they_look() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let live = place();
        live.block(live.place.board_for("window", Audience::Guests, Audience::Members));
        let mut h = Harness::live_at(&live, &keyed(), Capabilities::COMMON, columns, rows);
        let mut shown = String::new();
        let pages = [
            "",
            "c",
            "<Esc>l",
            "<Esc>i",
            "<Esc>a",
            "Ada<Enter>",
            "jj<Enter>",
            "correct horse<Enter>",
            "correct horse<Enter>",
            "<Enter>",
        ];
        for keys in pages {
            h.keys(keys);
            shown.push_str(&format!("==== {keys}\n{}\n", h.screen()));
        }
        while in_the_rules(&live) {
            h.keys("<Enter>").screen();
        }
        for keys in ["I like fires.", "<^S>2", "<Enter>Wren.", "<^S>Hello all.", "<^S>"] {
            h.keys(keys);
            shown.push_str(&format!("==== {keys}\n{}\n", h.screen()));
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("door_{columns}x{rows}"), shown);
        });
    }
}
