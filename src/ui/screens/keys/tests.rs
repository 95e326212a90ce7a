//! The screen of keys, over a real community and by hand.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::service::accounts::KeyLine;
use crate::service::keys::{AddCallersKey, AddKey, KeyRing, ListKeys, OwnKey, PresentPassword, SetPassword};
use crate::service::members::WhoAmI;
use crate::service::passwords::NewPassword;
use crate::service::testing::{Blocking, NOON};
use crate::service::{Caller, Error, ProvedKey};
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::{Harness, me};
use crate::ui::route::Route;

const ED25519: &str = include_str!("../../../../tests/keys/ed25519.pub");
const ECDSA: &str = include_str!("../../../../tests/keys/ecdsa.pub");

fn key(line: &str) -> ProvedKey {
    let key = KeyLine::parse(line).unwrap();
    ProvedKey { fingerprint: key.fingerprint, algorithm: key.algorithm, public_key: key.public_key }
}

fn alice() -> (Rc<Blocking>, Caller) {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    live.call(&alice, SetPassword::to(NewPassword::parse("first words").unwrap(), None)).unwrap();
    (live, alice)
}

fn open(live: &Rc<Blocking>, who: &Caller) -> Harness {
    let mut h = Harness::live(live, who);
    h.keys("gs<End><Enter>");
    assert!(h.screen().contains("keys and password"), "{}", h.screen());
    h
}

/// A key that its owner has logged in with.
fn own(live: &Blocking, alice: &Caller, name: &str) {
    let with_key = Caller { key: Some(key(ED25519)), ..alice.clone() };
    live.call(&with_key, AddCallersKey { name: name.to_owned() }).unwrap();
}

#[test]
fn d2_a_key_is_pasted_named_and_revoked_in_session() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    assert!(h.screen().contains("a adds one"), "{}", h.screen());
    h.keys("a").paste(ED25519).keys("<Enter>laptop<Enter>");
    let screen = h.screen();
    assert!(screen.contains("laptop") && screen.contains(&key(ED25519).fingerprint), "{screen}");
    assert!(screen.contains("Added") && screen.contains("log in with it once, as alice"), "{screen}");

    h.keys("n<^U>old box<Enter>");
    assert!(h.screen().contains("old box") && !h.screen().contains("laptop"), "{}", h.screen());

    h.keys("x");
    assert!(h.screen().contains("Revoke old box?"), "{}", h.screen());
    h.keys("n");
    assert!(h.screen().contains("old box"));
    h.keys("xy");
    assert!(!h.screen().contains("old box"), "{}", h.screen());
    assert_eq!(live.call(&alice, ListKeys).unwrap().keys, []);
}

#[test]
fn a_line_that_is_no_key_is_refused_and_stays_to_be_mended() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    h.keys("assh-ed25519 AAAA<Enter>box<Enter>");
    let screen = h.screen();
    assert!(screen.contains("damaged") && screen.contains("ssh-ed25519 AAAA"), "{screen}");
    h.keys("<Up><^U>").paste(ED25519).keys("<Enter><Enter>");
    assert!(h.screen().contains("box"), "{}", h.screen());
    assert!(h.screen().contains("Added"));
}

#[test]
fn d2_the_key_that_one_came_with_takes_one_key_and_a_name() {
    let (live, alice) = alice();
    let with_key = Caller { key: Some(key(ECDSA)), ..alice.clone() };
    let mut h = open(&live, &with_key);
    assert!(h.screen().contains("c makes it yours") && h.screen().contains("c add yours"));
    h.keys("cphone<Enter>");
    let screen = h.screen();
    assert!(screen.contains("phone") && !screen.contains("makes it yours"), "{screen}");
    let without = open(&live, &alice).screen();
    assert!(!without.contains("add yours"), "{without}");
}

#[test]
fn d2_revoking_the_key_that_opened_the_session_says_so_and_it_ends() {
    let (live, alice) = alice();
    own(&live, &alice, "this one");
    let session = Caller { key: Some(key(ED25519)), by_key: true, ..alice.clone() };
    let mut h = open(&live, &session);
    assert!(h.screen().contains("opened this session"));
    assert!(h.keys("x").screen().contains("which ends at once"));
    h.keys("y");
    assert!(!live.call(&session, WhoAmI).unwrap().key_live, "session/run.rs ends it by this");
}

#[test]
fn the_last_way_in_is_kept_and_the_refusal_says_what_to_do() {
    let (live, alice) = alice();
    own(&live, &alice, "only");
    live.call(&alice, SetPassword::remove(Some(PresentPassword::new("first words")))).unwrap();
    let mut h = open(&live, &alice);
    let screen = h.keys("xy").screen();
    assert!(screen.contains("only way in") && screen.contains("only"), "{screen}");
    assert_eq!(live.call(&alice, ListKeys).unwrap().keys.len(), 1);
}

#[test]
fn a_password_is_changed_with_the_present_one_and_never_shown() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    h.keys("pfirst words<Enter>second words<Enter>second wards<Enter>");
    let screen = h.screen();
    assert!(screen.contains("differ"), "{screen}");
    assert!(!screen.contains("words<") && !screen.contains("second w"), "{screen}");
    h.keys("<^U>second words<Enter>");
    assert!(h.screen().contains("your password from now on"), "{}", h.screen());
    h.keys("pwrong<Enter>third words<Enter>third words<Enter>");
    assert!(h.screen().contains("not your present password"), "{}", h.screen());
    h.keys("<Esc>");
    assert!(!h.screen().contains("present "), "{}", h.screen());
    h.keys("pshort<Enter>x<Enter>x<Enter>");
    assert!(h.screen().contains("at least 8"), "{}", h.screen());
}

#[test]
fn a_password_is_removed_only_when_a_key_is_left() {
    let (live, alice) = alice();
    let mut h = open(&live, &alice);
    h.keys("r");
    assert!(!h.screen().contains("Without a password"), "no key is left to come in with");
    own(&live, &alice, "laptop");
    h.keys("<^L>rfirst words<Enter>");
    let screen = h.screen();
    assert!(screen.contains("password is gone") && screen.contains("no password is set"), "{screen}");
    assert!(!live.call(&alice, ListKeys).unwrap().has_password);
}

#[test]
fn what_is_sent_is_sent_once() {
    let mut h = Harness::member("alice");
    h.forget().keys("gs<End><Enter>");
    h.answer::<ListKeys>(|_| {
        Ok(KeyRing { keys: Vec::new(), has_password: true, asks_password: true, came_with: None })
    });
    h.keys("assh-rsa A<Enter>a<Enter><Enter>");
    assert_eq!(h.waiting(), ["add key"]);
    h.answer::<AddKey>(|_| Err(Error::conflict("You have this key already.")));
    assert!(h.screen().contains("already"));
    h.keys("<Enter>");
    assert_eq!(h.waiting(), ["add key"]);
}

#[test]
fn it_fits_forty_columns_and_plain_ascii() {
    let plain = Capabilities { colors: ColorDepth::Mono, unicode: false, ..Capabilities::COMMON };
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(me("alice"), plain, columns, rows);
        h.forget();
        h.app.open(&Route::Keys);
        h.keys("");
        let fingerprint = key(ED25519).fingerprint;
        h.keys("j").answer::<ListKeys>(|_| {
            let key = OwnKey {
                proved: true,
                id: crate::domain::ids::KeyId(1),
                fingerprint: fingerprint.clone(),
                algorithm: "ssh-ed25519".to_owned(),
                name: "laptop".to_owned(),
                added_at: NOON.plus(-86_400),
                last_used_at: Some(NOON.plus(-300)),
                opened_this: false,
            };
            Ok(KeyRing { keys: vec![key], has_password: true, asks_password: true, came_with: None })
        });
        let screen = h.screen();
        assert!(screen.is_ascii(), "{screen}");
        let together: String = screen.split_whitespace().collect();
        assert!(together.contains(&fingerprint), "a fingerprint is there whole:\n{screen}");
        assert!(screen.contains("used 5 min"), "{screen}");
        let asked = h.keys("x").screen();
        assert!(asked.contains("Revoke laptop?") && asked.contains("sessions end."), "{asked}");
        h.keys("n");
        let form = h.keys("psecret words").screen();
        assert!(form.contains("present") && form.contains("again") && form.contains("*****"), "{form}");
        assert!(h.cursor.is_some());
        assert!(h.waiting().is_empty(), "looking changed nothing");
    }
}
