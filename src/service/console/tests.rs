//! M8 through the door: who may, what is refused, what is undone, what is on record.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::draft::DraftTarget;
use crate::domain::member::{Level, Role};
use crate::service::accounts::SetUp;
use crate::service::boards::ListBoards;
use crate::service::charter::{AcceptNewRuleOf, NewRules, ReadCharter};
use crate::service::drafts::SaveDraft;
use crate::service::joining::{SeeDoor, StartJoining};
use crate::service::members::WhoAmI;
use crate::service::testing::Place;
use crate::store::testing::picture;

const WRITTEN: &[&str] =
    &["place_setting", "board", "charter", "charter_rule", "member", "member_key", "audit"];

async fn sysop(place: &Place) -> Caller {
    place.member("sue", Level::Regular, Role::Sysop).await
}

async fn does(place: &Place, who: &Caller, deed: Deed, row: &str, answers: &[&str]) -> Result<Done> {
    place.call(who, act(deed, row, answers.iter().copied())).await
}

#[tokio::test]
async fn m8_nobody_but_a_sysop_sees_or_does_anything() {
    let mut place = Place::new().await;
    sysop(&place).await;
    place.board("general").await;
    let others = [place.moderator("mo").await, place.regular("ann").await, Caller::GUEST];
    let before = picture(place.service.store(), WRITTEN).await;
    place.published();
    for other in &others {
        for section in Section::ALL {
            assert!(matches!(place.call(other, ShowConsole { section }).await, Err(Error::Denied(_))));
        }
        for (deed, row, answers) in [
            (Deed::Broadcast, "", &["hello"][..]),
            (Deed::LockDoor, "door", &["staff", ""]),
            (Deed::AnnounceRestart, "restart", &["5", ""]),
            (Deed::AddMember, "", &["eve", "sysop"]),
            (Deed::SetRole, "2", &["sysop"]),
            (Deed::ResetPassword, "1", &[]),
            (Deed::MakeBoard, "", &["b", "B", "b", "talk", "members"]),
            (Deed::ArchiveBoard, "1", &[]),
            (Deed::EditPart, "purpose", &["Other"]),
            (Deed::ChangeSetting, "name", &["Other"]),
            (Deed::BackUp, "backup", &[]),
        ] {
            let refused = does(&place, other, deed, row, answers).await;
            assert!(matches!(refused, Err(Error::Denied(_))), "{deed:?}");
        }
    }
    assert_eq!(picture(place.service.store(), WRITTEN).await, before);
    assert!(place.published().is_empty());
    assert!(!folder(&place.service).exists(), "no backup was made before the policy was asked");
    assert_eq!(place.service.desk().door(), Door::Open);
}

#[tokio::test]
async fn m8_every_change_of_a_board_is_taken_back_whole() {
    let place = Place::new().await;
    let sue = sysop(&place).await;
    place.regular("ann").await;
    let board = place.board("general").await.to_string();
    let state = async || picture(place.service.store(), &["board"]).await;
    for (deed, answers) in [
        (Deed::RenameBoard, &["Garden"][..]),
        (Deed::DescribeBoard, &["What grows."]),
        (Deed::BoardCategory, &["Outside"]),
        (Deed::BoardPlace, &["7"]),
        (Deed::BoardType, &["question"]),
        (Deed::BoardSee, &["regulars"]),
        (Deed::BoardWrite, &["staff"]),
        (Deed::BoardHost, &["ann"]),
        (Deed::ArchiveBoard, &[]),
    ] {
        let before = state().await;
        let done = does(&place, &sue, deed, &board, answers).await.unwrap();
        assert_ne!(state().await, before, "{deed:?}");
        place.call(&sue, done.undo.expect("an inverse")).await.unwrap();
        assert_eq!(state().await, before, "{deed:?}");
    }
    let refused = does(&place, &sue, Deed::RenameBoard, &board, &[""]).await.unwrap_err().to_string();
    assert!(refused.contains("1 to 40") || refused.contains("up to 40"), "{refused}");
    assert!(does(&place, &sue, Deed::BoardWrite, &board, &["guests"]).await.is_err(), "guests never write");
    let twice = ["general", "Again", "again", "talk", "members"];
    assert!(does(&place, &sue, Deed::MakeBoard, "", &twice).await.is_err());
}

#[tokio::test]
async fn m8_who_sees_a_new_board_is_what_was_said() {
    let place = Place::new().await;
    let (sue, ann) = (sysop(&place).await, place.regular("ann").await);
    for (slug, see) in [("attic", "staff"), ("porch", "guests")] {
        does(&place, &sue, Deed::MakeBoard, "", &[slug, "Name", "For it", "talk", see]).await.unwrap();
    }
    let sees = async |who: &Caller| {
        let list = place.call(who, ListBoards).await.unwrap();
        list.boards.into_iter().map(|board| board.slug).collect::<Vec<_>>()
    };
    assert_eq!(sees(&sue).await, ["attic", "porch"]);
    assert_eq!(sees(&ann).await, ["porch"]);
    assert_eq!(sees(&Caller::GUEST).await, ["porch"]);
    assert!(Audience::Guests < Audience::Staff);
}

#[tokio::test]
async fn m8_a_setting_holds_at_once_and_after_a_restart_until_it_is_given_back() {
    let place = Place::new().await;
    let sue = sysop(&place).await;
    let done = does(&place, &sue, Deed::ChangeSetting, "name", &["Hearth"]).await.unwrap();
    assert_eq!(place.service.settings().name, "Hearth");
    let again = Place::from_file(&place.file().await).await;
    assert_eq!(again.service.settings().name, "Testhob", "hob.toml, before it is taken up");
    again.service.take_up().await.unwrap();
    assert_eq!(again.service.settings().name, "Hearth");
    place.call(&sue, done.undo.unwrap()).await.unwrap();
    assert_eq!(place.service.settings().name, "Testhob");
    for (name, bad) in [("undo_minutes", "0"), ("name", ""), ("applications_open", "maybe"), ("rank", "1")] {
        assert!(does(&place, &sue, Deed::ChangeSetting, name, &[bad]).await.is_err(), "{name}");
    }
    assert_eq!(place.service.settings().undo_s, Settings::default().undo_s);
}

use crate::service::Settings;

#[tokio::test]
async fn m8_a_shut_door_holds_for_every_way_in_and_keeps_the_last_words() {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let (sue, mo, ann) = (sysop(&place).await, place.moderator("mo").await, place.regular("ann").await);
    let done = does(&place, &sue, Deed::LockDoor, "door", &["staff", "A new disk."]).await.unwrap();
    let refused = place.call(&ann, ListBoards).await.unwrap_err();
    assert!(matches!(&refused, Error::Shut(words) if words.contains("A new disk.")), "{refused}");
    assert!(place.call(&Caller::GUEST, SeeDoor).await.is_err());
    assert!(place.call(&ann, WhoAmI).await.unwrap().shut.is_some());
    let draft = SaveDraft {
        target: DraftTarget::NewConversation,
        title: String::new(),
        body: "half a sen".to_owned(),
        reply_to: None,
    };
    place.call(&ann, draft).await.unwrap();
    place.call(&mo, ListBoards).await.unwrap();
    place.call(&sue, done.undo.unwrap()).await.unwrap();
    place.call(&ann, ListBoards).await.unwrap();

    does(&place, &sue, Deed::LockDoor, "door", &["closed", "Come back in May."]).await.unwrap();
    place.call(&ann, ListBoards).await.unwrap();
    let door = place.call(&Caller::GUEST, SeeDoor).await.unwrap();
    assert!(!door.applications_open && door.tagline.contains("Come back in May."));
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: "eve".to_owned(), password, keep_key: false, invite: None };
    assert!(matches!(place.call(&Caller::GUEST, start).await, Err(Error::Shut(_))));
}

#[tokio::test]
async fn m8_members_are_asked_for_the_rules_that_changed_and_for_no_other() {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let sue = sysop(&place).await;
    let (ann, before) = (place.regular("ann").await, place.call(&Caller::GUEST, ReadCharter).await.unwrap());
    for rule in &before.rules {
        place.call(&ann, AcceptNewRuleOf { version: 1, no: rule.no }).await.unwrap();
    }
    place.clock.advance(60);
    does(&place, &sue, Deed::EditRule, "2", &["Another title", "Another text."]).await.unwrap();
    does(&place, &sue, Deed::AddRule, "", &["One more", "With a text."]).await.unwrap();
    assert!(!place.call(&ann, WhoAmI).await.unwrap().new_rules, "a draft asks nobody");
    let shown = does(&place, &sue, Deed::ShowDifference, "charter", &[]).await.unwrap().shows;
    let signs: Vec<char> = shown.iter().map(|line| line.chars().next().unwrap()).collect();
    assert_eq!(signs, ['-', '+', '+'], "{shown:?}");
    does(&place, &sue, Deed::PublishCharter, "charter", &[]).await.unwrap();
    assert!(place.call(&ann, WhoAmI).await.unwrap().new_rules);
    let new = place.call(&ann, NewRules).await.unwrap();
    let numbers: Vec<i64> = new.rules.iter().map(|rule| rule.no).collect();
    let last = i64::try_from(before.rules.len()).unwrap() + 1;
    assert_eq!((new.version, numbers), (2, vec![2, last]));
    for no in [2, last] {
        place.call(&ann, AcceptNewRuleOf { version: 2, no }).await.unwrap();
    }
    assert!(!place.call(&ann, WhoAmI).await.unwrap().new_rules);
    assert!(place.call(&ann, AcceptNewRuleOf { version: 1, no: 1 }).await.is_err(), "an old version");
    let old = does(&place, &sue, Deed::ReadVersion, "charter", &["1"]).await.unwrap().shows;
    assert!(old.iter().any(|line| line.contains(&before.rules[1].title)), "{old:?}");
    assert!(does(&place, &sue, Deed::PublishCharter, "charter", &[]).await.is_err(), "nothing to publish");
    place.clock.advance(60);
    let late = place.regular("late").await;
    assert!(!place.call(&late, WhoAmI).await.unwrap().new_rules, "who came later accepted it at the door");
}

#[tokio::test]
async fn m8_there_is_always_a_sysop_and_a_password_is_shown_once() {
    let place = Place::new().await;
    let sue = sysop(&place).await;
    let me = sue.clone();
    let id = match me.who {
        crate::service::Who::Member(id) => id.to_string(),
        _ => unreachable!(),
    };
    let refused = does(&place, &sue, Deed::SetRole, &id, &["member"]).await.unwrap_err().to_string();
    assert!(refused.contains("only sysop"), "{refused}");
    let done = does(&place, &sue, Deed::AddMember, "", &["eve", "moderator"]).await.unwrap();
    let shown = done.shows.join("\n");
    let code = shown.split("safe way: ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let check = place.service.check_password("eve", &code, "192.0.2.1".parse().unwrap()).await.unwrap();
    assert!(matches!(check, crate::service::login::PasswordCheck::Right(_)));
    let rows = picture(place.service.store(), &["audit", "member"]).await.join("\n");
    assert!(!rows.contains(&code), "it is kept as a hash only");
}

#[tokio::test]
async fn m8_everything_is_on_record() {
    let place = Place::new().await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let sue = sysop(&place).await;
    let seat = Seat::take(&place.service, &sue, None, "xterm 80x24".to_owned());
    let session = seat.id().0.to_string();
    for (deed, row, answers, action) in [
        (Deed::Broadcast, "", &["Tea is ready"][..], "place.broadcast"),
        (Deed::LockDoor, "door", &["closed", ""], "place.door"),
        (Deed::AnnounceRestart, "restart", &["5", ""], "place.restart"),
        (Deed::AddMember, "", &["eve", "member"], "member.add"),
        (Deed::MakeBoard, "", &["attic", "Attic", "Old things", "talk", "members"], "board.make"),
        (Deed::EndSession, &session, &["Good night"], "session.end"),
        (Deed::ChangeSetting, "undo_minutes", &["20"], "place.setting"),
        (Deed::BackUp, "backup", &[], "place.backup"),
    ] {
        does(&place, &sue, deed, row, answers).await.unwrap();
        let audit = picture(place.service.store(), &["audit"]).await.join("\n");
        assert!(audit.contains(action), "{deed:?} is not on record");
    }
    assert!(place.service.desk().ending(seat.id()).unwrap().contains("Good night"));
    let keeping = place.call(&sue, ShowConsole { section: Section::Keeping }).await.unwrap();
    assert!(keeping.rows.iter().any(|row| row.id == "backups" && row.value.starts_with('1')), "{keeping:?}");
}
