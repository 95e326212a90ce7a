//! W6 at a clock that stands still: what is taken along, and what remains of somebody who left.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::Read as _;

use super::*;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::PostNo;
use crate::domain::leaving::{FORMER_MEMBER, LeavingWay, WITHDRAWN_QUOTE, WITHDRAWN_TITLE};
use crate::domain::member::{Level, Role};
use crate::domain::moderation::Deed;
use crate::service::cases::scene::{Cast, id};
use crate::service::cases::{AppealAct, AppealTo, ListQueue, OpenCase, QueueKind};
use crate::service::conversations::{StartConversation, WriteMessage};
use crate::service::drafts::SaveDraft;
use crate::service::glossary::{ChangeTerm, DefineTerm, ListTerms};
use crate::service::joining::CheckHandle;
use crate::service::members::{ListMembers, WhoAmI};
use crate::service::posts::{From, ListPosts};
use crate::service::reading::KeepPost;
use crate::service::recovery::{AskRecovery, ListRecoveries};
use crate::service::settings::DAY_S;
use crate::service::testing::Place;
use crate::service::thanks::GiveThanks;
use crate::service::upkeep::nightly;
use crate::service::writing::{EditPost, WriteReply};
use crate::service::{Caller, Error};

/// The files of an archive by name.
fn unpack(tar: &[u8]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(tar).entries().unwrap() {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        files.insert(path.to_str().unwrap().to_owned(), text);
    }
    files
}

async fn say(place: &Place, who: &Caller, thread: crate::domain::ids::ThreadId, body: &str) -> PostNo {
    let reply = WriteReply { thread, reply_to: None, body: body.to_owned() };
    place.call(who, reply).await.unwrap().no
}

fn open_with(handle: &str, body: &str) -> StartConversation {
    StartConversation {
        to: vec![handle.to_owned()],
        title: String::new(),
        body: body.to_owned(),
        draft: None,
    }
}

/// Everything a member can leave behind, and private things of others beside it.
async fn lived_in() -> (Place, Cast) {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    let (ann, bo, thread) = (&cast.ann, &cast.bo, cast.thread);
    place.clock.advance(3_600);
    let body = "Trains, and a secret of bo's that ann may read.".to_owned();
    place.call(bo, EditPost { thread, no: PostNo(2), body }).await.unwrap();
    say(&place, ann, thread, "> Trains, and a secret of bo's that ann may read.\n\nOh!").await;
    place.call(ann, GiveThanks { thread, no: PostNo(2) }).await.unwrap();
    place.call(bo, KeepPost { thread, no: PostNo(1), keep: true }).await.unwrap();
    let draft = |words: &str| SaveDraft {
        target: DraftTarget::Board(cast.talk),
        title: "Later".to_owned(),
        body: words.to_owned(),
        reply_to: None,
    };
    place.call(bo, draft("bo-draft")).await.unwrap();
    place.call(ann, draft("ann-draft")).await.unwrap();
    let talk = open_with("ann", "bo-to-ann");
    let talk = place.call(bo, talk).await.unwrap().conversation;
    let answer = WriteMessage { conversation: talk, body: "ann-to-bo".to_owned() };
    place.call(ann, answer).await.unwrap();
    let other = open_with("mo", "ann-to-mo");
    place.call(ann, other).await.unwrap();
    place.call(ann, cast.report_it()).await.unwrap();
    (place, cast)
}

#[tokio::test]
async fn w6_the_archive_holds_what_is_ones_own_and_nothing_private_of_anybody_else() {
    let (place, cast) = lived_in().await;
    let archive = place.call(&cast.bo, ExportMine::default()).await.unwrap();
    let again = place.call(&cast.bo, ExportMine::default()).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "one at a time lies in memory");
    let tar = archive.tar.clone();
    drop(archive);
    assert_eq!(tar, place.call(&cast.bo, ExportMine::default()).await.unwrap().tar, "byte for byte");
    let files = unpack(&tar);
    let file = |name: &str| files[&format!("hob-bo/{name}")].as_str();
    assert!(
        file("posts.jsonl").contains("a secret of bo's")
            && file("posts.jsonl").contains("You are all fools.")
    );
    assert!(file("posts.md").contains("Trains, and a secret"), "{}", file("posts.md"));
    assert!(file("drafts.jsonl").contains("bo-draft") && file("bookmarks.jsonl").contains("\"number\":1"));
    assert!(file("messages.jsonl").contains("bo-to-ann") && file("messages.jsonl").contains("ann-to-bo"));
    assert!(file("thanks-received.jsonl").contains("\"by\":\"ann\""));
    assert!(file("profile.jsonl").contains("\"handle\":\"bo\""));
    for text in files.values().flat_map(|text| text.lines()).filter(|line| line.starts_with('{')) {
        serde_json::from_str::<serde_json::Value>(text).unwrap();
    }
    let all: String = files.values().cloned().collect();
    for private in ["ann-draft", "ann-to-mo", "rude", "argon2"] {
        assert!(!all.contains(private), "{private} is somebody else's");
    }
    let mine = unpack(&place.call(&cast.ann, ExportMine::default()).await.unwrap().tar);
    assert!(mine["hob-ann/reports.jsonl"].contains("rude"), "one's own report is one's own");
    assert!(
        matches!(place.call(&Caller::host(), ExportMine::default()).await, Err(Error::Denied(_))),
        "nobody else's way"
    );
}

#[tokio::test]
async fn w6_what_is_shown_counts_what_the_archive_holds() {
    let (place, cast) = lived_in().await;
    let files = unpack(&place.call(&cast.bo, ExportMine::default()).await.unwrap().tar);
    let data = place.call(&cast.bo, ShowMyData).await.unwrap();
    assert_eq!(data.kept.len(), WORDS.len());
    for (words, (_, count, _)) in WORDS.iter().zip(&data.kept) {
        assert_eq!(files[&format!("hob-bo/{}.jsonl", words.name)].lines().count(), *count, "{}", words.name);
    }
    let kept: Vec<&str> = crate::store::mine::FILES.iter().map(|file| file.name).collect();
    assert_eq!(
        kept,
        WORDS[1..].iter().map(|words| words.name).collect::<Vec<_>>(),
        "in one order, with words"
    );
}

async fn leaves(place: &Place, who: &Caller, handle: &str, way: LeavingWay) {
    nightly(&place.service).await.unwrap();
    place.call(who, AskToLeave { way, handle: handle.to_owned() }).await.unwrap();
    place.clock.advance(7 * DAY_S - 3_600);
    nightly(&place.service).await.unwrap();
    assert!(place.call(who, WhoAmI).await.unwrap().actor.is_active(), "there is still time");
    place.clock.advance(DAY_S);
    nightly(&place.service).await.unwrap();
    assert!(!place.call(who, WhoAmI).await.unwrap().actor.is_active());
}

async fn bodies(place: &Place, who: &Caller, cast: &Cast) -> Vec<(i64, String, String)> {
    let list = ListPosts { thread: cast.thread, from: From::No(PostNo(1)) };
    let page = place.call(who, list).await.unwrap();
    page.posts.into_iter().map(|post| (post.no.0, post.author, post.body)).collect()
}

#[tokio::test]
async fn w6_keep_leaves_everything_under_the_handle() {
    let (place, cast) = lived_in().await;
    let before = bodies(&place, &cast.ann, &cast).await;
    leaves(&place, &cast.bo, "BO", LeavingWay::Keep).await;
    assert_eq!(bodies(&place, &cast.ann, &cast).await, before);
    assert!(place.call(&cast.ann, ListMembers).await.unwrap().iter().all(|member| member.handle != "bo"));
    assert!(
        place
            .call(&cast.bo, ShowMyData)
            .await
            .unwrap()
            .kept
            .iter()
            .any(|(what, count, _)| { *what == "drafts" && *count == 0 })
    );
    assert!(place.call(&Caller::GUEST, CheckHandle { handle: "bo".to_owned() }).await.is_err());
}

#[tokio::test]
async fn w6_former_takes_the_name_off_and_nobody_gets_it_again() {
    let (place, cast) = lived_in().await;
    leaves(&place, &cast.bo, "bo", LeavingWay::Former).await;
    let posts = bodies(&place, &cast.ann, &cast).await;
    assert_eq!(posts[1].1, FORMER_MEMBER);
    assert!(posts[1].2.contains("a secret of bo's"), "the text stays: {posts:?}");
    for handle in ["bo", "b0"] {
        let taken = place.call(&Caller::GUEST, CheckHandle { handle: handle.to_owned() }).await;
        assert!(taken.is_err(), "{handle} is free");
    }
}

/// W6, M1: what somebody reported who left is looked at all the same, without their name and words where those go.
#[tokio::test]
async fn w6_a_report_of_somebody_who_left_stays_until_it_is_decided() {
    for (way, name) in [
        (LeavingWay::Keep, "ann"),
        (LeavingWay::Former, FORMER_MEMBER),
        (LeavingWay::Withdraw, FORMER_MEMBER),
    ] {
        let (place, cast) = lived_in().await;
        leaves(&place, &cast.ann, "ann", way).await;
        let queue = place.call(&cast.mia, ListQueue).await.unwrap();
        let case = queue.items.iter().find_map(|item| match item.kind {
            QueueKind::Case { case, .. } => Some(case),
            _ => None,
        });
        let file = place.call(&cast.mia, OpenCase { case: case.unwrap() }).await.unwrap();
        assert_eq!(file.reports[0].reporter, name, "{way:?}");
        assert_eq!(file.reports[0].note.is_empty(), way == LeavingWay::Withdraw, "{way:?}");
    }
}

#[tokio::test]
async fn w6_withdraw_leaves_tombstones_and_quotes_that_say_so() {
    let (place, cast) = lived_in().await;
    // What an open report is about stays until it is decided.
    crate::store::testing::decide_all(place.service.store()).await;
    leaves(&place, &cast.bo, "bo", LeavingWay::Withdraw).await;
    let posts = bodies(&place, &cast.ann, &cast).await;
    let numbers: Vec<i64> = posts.iter().map(|(no, ..)| *no).collect();
    assert_eq!(numbers, [1, 2, 3], "numbers stay");
    assert_eq!(posts[1].2, "");
    assert_eq!(posts[2].2, format!("{WITHDRAWN_QUOTE}\n\nOh!"));
    let file = place.file().await;
    let holds = |words: &str| file.windows(words.len()).any(|window| window == words.as_bytes());
    for words in ["a secret of bo's", "bo-to-ann", "bo-draft"] {
        assert!(!holds(words), "{words} is still in the file");
    }
    assert!(holds("ann-to-bo"), "the others' words stay");
}

#[tokio::test]
async fn w6_a_thread_without_others_loses_its_title() {
    let place = Place::new().await;
    let cast = Cast::on(&place).await;
    let start = crate::service::writing::StartThread {
        board: cast.talk,
        title: "Only bo".to_owned(),
        body: "Alone here.".to_owned(),
    };
    let alone = place.call(&cast.bo, start).await.unwrap().thread;
    leaves(&place, &cast.bo, "bo", LeavingWay::Withdraw).await;
    let list = ListPosts { thread: alone, from: From::No(PostNo(1)) };
    assert_eq!(place.call(&cast.ann, list).await.unwrap().head.title, WITHDRAWN_TITLE);
    let list = ListPosts { thread: cast.thread, from: From::No(PostNo(1)) };
    assert_eq!(place.call(&cast.ann, list).await.unwrap().head.title, "Trains", "others' thread");
}

#[tokio::test]
async fn w6_one_key_stays_and_a_slip_of_the_hand_does_nothing() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    nightly(&place.service).await.unwrap();
    let ask = |handle: &str| AskToLeave { way: LeavingWay::Withdraw, handle: handle.to_owned() };
    let refused = place.call(&ann, ask("an")).await.unwrap_err().to_string();
    assert!(refused.contains("Type ann to leave"), "{refused}");
    assert!(place.call(&ann, Stay).await.is_err());
    place.call(&ann, ask("ann")).await.unwrap();
    assert!(place.call(&ann, WhoAmI).await.unwrap().leaving.is_some());
    place.call(&ann, Stay).await.unwrap();
    place.clock.advance(9 * DAY_S);
    assert!(nightly(&place.service).await.unwrap());
    assert!(place.call(&ann, WhoAmI).await.unwrap().actor.is_active());
    let member = id(&ann);
    assert!(place.call(&Caller::host(), CarryOutLeaving { member }).await.is_err(), "not behind their back");
}

#[tokio::test]
async fn w6_the_only_sysop_stays() {
    let place = Place::new().await;
    let sue = place.member("sue", Level::Regular, Role::Sysop).await;
    let ask = AskToLeave { way: LeavingWay::Keep, handle: "sue".to_owned() };
    let refused = place.call(&sue, ask.clone()).await.unwrap_err().to_string();
    assert!(refused.contains("only sysop"), "{refused}");
    place.member("sid", Level::Regular, Role::Sysop).await;
    place.call(&sue, ask).await.unwrap();
}

/// P8, D9, M4: what else hangs on somebody who leaves.
#[tokio::test]
async fn w6_words_of_the_glossary_follow_the_choice_and_what_waits_is_closed() {
    for way in [LeavingWay::Former, LeavingWay::Withdraw] {
        let (place, cast) = lived_in().await;
        let say_what = |word: &str, meaning: &str| DefineTerm {
            word: word.to_owned(),
            meaning: meaning.to_owned(),
            first: None,
        };
        place.call(&cast.bo, say_what("kettle", "bo-on-kettles")).await.unwrap();
        let term = place.call(&cast.ann, say_what("hob", "ann-on-hobs")).await.unwrap();
        place.clock.advance(60);
        place.call(&cast.bo, ChangeTerm { term, meaning: "bo-on-hobs".to_owned() }).await.unwrap();
        place.call(&Caller::GUEST, AskRecovery { handle: "bo".to_owned() }).await.unwrap();
        let suspend = cast.moderate(Deed::Warn);
        let act = place.call(&cast.mo, suspend).await.unwrap().act;
        place
            .call(&cast.bo, AppealAct { act, words: "bo-appeals".to_owned(), to: AppealTo::Staff })
            .await
            .unwrap();
        assert_eq!(place.call(&cast.ann, ListRecoveries).await.unwrap().len(), 1);
        leaves(&place, &cast.bo, "bo", way).await;
        let terms = place.call(&cast.ann, ListTerms).await.unwrap();
        let said: Vec<(&str, &str, &str)> = terms
            .iter()
            .map(|term| (term.word.as_str(), term.meaning.as_str(), term.changed_by.as_str()))
            .collect();
        match way {
            LeavingWay::Withdraw => assert_eq!(said, [("hob", "ann-on-hobs", "ann")]),
            _ => assert_eq!(
                said,
                [("hob", "bo-on-hobs", FORMER_MEMBER), ("kettle", "bo-on-kettles", FORMER_MEMBER)]
            ),
        }
        assert!(place.call(&cast.ann, ListRecoveries).await.unwrap().is_empty());
        let queue = place.call(&cast.sysop, ListQueue).await.unwrap();
        assert!(
            !queue.items.iter().any(|item| matches!(item.kind, QueueKind::Matter { .. })),
            "an appeal by nobody waits for nobody"
        );
    }
}
