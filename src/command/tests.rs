//! Commands against a real community, with streams in memory.

#![allow(clippy::unwrap_used)]

use std::io;

use serde_json::Value;

use super::*;
use crate::domain::board::Audience;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::ThreadId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::Thing;
use crate::domain::text::corpus::hostile;
use crate::domain::text::is_forbidden;
use crate::service::Who;
use crate::service::accounts::SetUp;
use crate::service::cases::ReportThing;
use crate::service::cohorts::{CohortTexts, MakeCohort, day};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::glossary::DefineTerm;
use crate::service::invites::MakeInvite;
use crate::service::members::{EditProfile, ProfileTexts};
use crate::service::testing::Place;
use crate::service::upkeep::index_all;

/// Streams in memory.
#[derive(Default)]
pub(super) struct Streams {
    pub(super) input: Vec<u8>,
    pub(super) out: String,
    pub(super) err: String,
}

impl CommandIo for Streams {
    async fn read_input(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        Ok((self.input.len() <= limit).then(|| std::mem::take(&mut self.input)))
    }

    async fn out(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.out.push_str(&String::from_utf8(bytes).unwrap());
        Ok(())
    }

    async fn err(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.err.push_str(&String::from_utf8(bytes).unwrap());
        Ok(())
    }
}

/// Runs a line with something on standard input.
pub(super) async fn say_with(place: &Place, who: &Caller, line: &str, input: &str) -> (u32, Streams) {
    let mut streams = Streams { input: input.as_bytes().to_vec(), ..Streams::default() };
    let status = run(&place.service, who.clone(), line, &mut streams).await;
    (status, streams)
}

/// Runs a line.
pub(super) async fn say(place: &Place, who: &Caller, line: &str) -> (u32, Streams) {
    say_with(place, who, line, "").await
}

/// The objects that a `--json` command printed.
pub(super) fn objects(streams: &Streams) -> Vec<Value> {
    streams.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn x1_help_names_every_command_and_each_one_is_understood() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let (status, streams) = say(&place, &alice, "help").await;
    assert_eq!(status, DONE);
    for entry in table::COMMANDS {
        assert!(streams.out.contains(entry.name), "{} is missing", entry.name);
        let (_, said) = say(&place, &alice, entry.name).await;
        assert!(!said.err.contains("There is no command"), "{} is a dead name", entry.name);
    }
}

#[tokio::test]
async fn x1_an_unknown_command_and_wrong_words_say_how_it_is_written() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let (status, streams) = say(&place, &alice, "frobnicate").await;
    assert_eq!((status, streams.out.as_str()), (USAGE, ""));
    assert!(streams.err.contains("frobnicate") && streams.err.contains("help"));
    let (status, streams) = say(&place, &alice, "who all").await;
    assert_eq!(status, USAGE);
    assert!(streams.err.contains("It is written: who"), "{}", streams.err);
}

#[tokio::test]
async fn x1_whoami_as_text_and_json() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let (_, streams) = say(&place, &alice, "whoami").await;
    assert_eq!(streams.out, "alice (active, regular, member)\n");
    let (_, streams) = say(&place, &alice, "whoami --json").await;
    let found = &objects(&streams)[0];
    assert_eq!((found["handle"].as_str(), found["v"].as_u64()), (Some("alice"), Some(1)));
}

#[tokio::test]
async fn x1_commands_ask_the_same_door_as_the_screens() {
    let place = Place::new().await;
    let guest = Caller::GUEST;
    let eve = place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    for who in [&guest, &eve] {
        let (status, streams) = say(&place, who, "members").await;
        assert_eq!((status, streams.out.as_str()), (REFUSED, ""));
        assert!(streams.err.contains("for members"), "{}", streams.err);
    }
}

#[tokio::test]
async fn x1_boards_lists_what_is_unread() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    place.board("general").await;
    let (_, streams) = say(&place, &alice, "boards --json").await;
    let found = &objects(&streams)[0];
    assert_eq!((found["board"].as_str(), found["unread_posts"].as_i64()), (Some("general"), Some(0)));
    let (status, streams) = say(&place, &alice, "boards").await;
    assert_eq!(status, DONE);
    assert!(streams.out.starts_with("general"), "{}", streams.out);
}

#[tokio::test]
async fn x1_who_is_about_open_screens() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let (_, streams) = say(&place, &alice, "who").await;
    assert!(streams.out.contains("Nobody"));
    let Who::Member(id) = alice.who else { panic!("a member") };
    place.service.presence().enter(id, place.service.now());
    let (_, streams) = say(&place, &alice, "who --json").await;
    assert_eq!(objects(&streams)[0]["handle"], "alice");
}

/// A community in which every command has something to say: alice may read what bob wrote, and mo has a case.
struct Evening {
    place: Place,
    alice: Caller,
    bob: Caller,
    mo: Caller,
}

async fn evening() -> Evening {
    let place = Place::with(|settings| settings.dues = true).await;
    place.call(&Caller::host(), SetUp).await.unwrap();
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let mo = place.moderator("mo").await;
    place.call(&mo, MakeInvite { note: "for a friend".to_owned() }).await.unwrap();
    place.board("tea").await;
    let (status, said) = say_with(&place, &bob, "post tea -t 'At four'", "First words.").await;
    assert_eq!((status, said.out.as_str()), (DONE, "Posted as 1.1 in tea.\n"), "{}", said.err);
    for words in ["Second words.", "Third\n\nwords."] {
        let (status, said) = say_with(&place, &bob, "reply 1.1 --json", words).await;
        assert_eq!(status, DONE, "{}", said.err);
    }
    let thing = Thing::Thread(ThreadId(1));
    place.call(&alice, ReportThing { thing, rule_no: 1, note: "hm".to_owned() }).await.unwrap();
    let Who::Member(id) = bob.who else { panic!("a member") };
    place.service.presence().enter(id, place.service.now());
    Evening { place, alice, bob, mo }
}

#[tokio::test]
async fn x1_unread_names_the_first_unread_post_of_each_thread_and_read_prints_it() {
    let Evening { place, alice, bob, .. } = evening().await;
    let (_, said) = say(&place, &alice, "unread").await;
    assert_eq!(said.out, "tea\n  1.1  3 new  bob, just now  At four\n");
    let (_, said) = say(&place, &bob, "unread").await;
    assert_eq!(said.out, "You are caught up.\n");

    let (status, said) = say(&place, &alice, "read 1.2").await;
    let expected = "At four\ntea, 3 posts\n\n1.2  bob, 2026-11-22 12:00, to 1 by bob\n\n    Second words.\n";
    assert_eq!((status, said.out.as_str()), (DONE, expected));
    let (_, said) = say(&place, &alice, "read 1.2- --json").await;
    let found = objects(&said);
    assert_eq!(found.iter().map(|post| post["post"].as_str().unwrap()).collect::<Vec<_>>(), ["1.2", "1.3"]);
    assert_eq!((found[1]["body"].as_str(), found[1]["answers"].as_i64()), (Some("Third\n\nwords."), Some(1)));
    assert_eq!((found[1]["board"].as_str(), found[1]["read"].as_bool()), (Some("tea"), Some(false)));
    let (_, said) = say(&place, &alice, "unread --json").await;
    assert_eq!(objects(&said)[0]["unread"], 3, "printing alone marks nothing");
}

#[tokio::test]
async fn r4_only_what_was_printed_is_marked_as_read() {
    let Evening { place, alice, .. } = evening().await;
    let (status, said) = say(&place, &alice, "read 1.3 --mark").await;
    assert_eq!((status, said.out.as_str()), (REFUSED, ""), "posts before it were never shown");
    assert!(said.err.contains("read 1.1-3 --mark"), "{}", said.err);
    let (status, _) = say(&place, &alice, "read 1.1-2 --mark").await;
    assert_eq!(status, DONE);
    let (_, said) = say(&place, &alice, "unread --json").await;
    let found = objects(&said);
    assert_eq!((found[0]["post"].as_str(), found[0]["unread"].as_i64()), (Some("1.3"), Some(1)));
    let (status, _) = say(&place, &alice, "read --mark 1").await;
    assert_eq!(status, DONE);
    assert_eq!(say(&place, &alice, "unread --json").await.1.out, "");
}

#[tokio::test]
async fn x1_a_long_thread_is_printed_whole() {
    let Evening { place, alice, bob, .. } = evening().await;
    for n in 4..=130 {
        place.clock.advance(1);
        say_with(&place, &bob, "reply 1", &format!("Words, number {n}.")).await;
    }
    let (_, said) = say(&place, &alice, "read 1 --json --mark").await;
    let numbers: Vec<i64> = objects(&said).iter().map(|post| post["no"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=130).collect::<Vec<_>>());
    let (_, said) = say(&place, &alice, "read 1.40-99").await;
    assert!(said.out.contains("number 40.") && said.out.contains("number 99."));
    assert!(!said.out.contains("number 39.") && !said.out.contains("number 100."));
}

#[tokio::test]
async fn x1_posts_that_are_not_there_or_not_shown_are_refused_alike() {
    let Evening { place, alice, mo, .. } = evening().await;
    place.board_for("backroom", Audience::Staff, Audience::Staff).await;
    let (_, said) = say_with(&place, &mo, "post backroom -t Secret --json", "Hush.").await;
    let secret = objects(&said)[0]["thread"].as_i64().unwrap();
    for (line, input) in [
        (format!("read {secret}"), ""),
        ("read 99".to_owned(), ""),
        (format!("reply {secret}.1"), "Aha."),
        ("reply 99".to_owned(), "Aha."),
    ] {
        let (status, said) = say_with(&place, &alice, &line, input).await;
        assert_eq!((status, said.out.as_str()), (REFUSED, ""), "{line}");
        assert_eq!(said.err, "hob: There is no such thread here, or it is not shown to you.\n", "{line}");
    }
    for (line, words) in [
        ("read 1.9", "no such post"),
        ("reply 1.9", "no such post"),
        ("post backroom -t Aha", "no such board"),
    ] {
        let (status, said) = say_with(&place, &alice, line, "Aha.").await;
        assert_eq!(status, REFUSED, "{line}");
        assert!(said.err.contains(words), "{line}: {}", said.err);
    }
}

#[tokio::test]
async fn x1_a_text_that_cannot_be_posted_is_refused_with_the_reason() {
    let Evening { place, alice, .. } = evening().await;
    let long = "x".repeat(70 * 1024);
    for (line, input, status, words) in [
        ("post tea", "Words.", USAGE, "-t"),
        ("post -t Title", "Words.", USAGE, "board"),
        ("post tea -t Title more", "Words.", USAGE, "more"),
        ("post tea -t ' '", "Words.", REFUSED, "title"),
        ("post tea -t Title", " \n", REFUSED, "no text"),
        ("reply 1", long.as_str(), REFUSED, "bytes long"),
        ("reply one", "Words.", USAGE, "12.3"),
        ("reply", "Words.", USAGE, "reply THREAD"),
        ("read 1.3-2", "", USAGE, "12.3"),
    ] {
        let (got, said) = say_with(&place, &alice, line, input).await;
        assert_eq!((got, said.out.as_str()), (status, ""), "{line}");
        assert!(said.err.starts_with("hob: ") && said.err.contains(words), "{line}: {}", said.err);
    }
    let mut streams = Streams { input: vec![0xff, 0xfe], ..Streams::default() };
    assert_eq!(run(&place.service, alice.clone(), "reply 1", &mut streams).await, REFUSED);
    assert!(streams.err.contains("UTF-8"));
    let (_, said) = say(&place, &alice, "read 1 --json").await;
    assert_eq!(objects(&said).len(), 3, "nothing was written");
}

#[tokio::test]
async fn w2_a_reply_by_command_leaves_the_draft_in_the_editor_alone() {
    let Evening { place, alice, .. } = evening().await;
    let target = DraftTarget::Reply(ThreadId(1));
    let (title, body) = (String::new(), "half a sent".to_owned());
    let keep = SaveDraft { target: target.clone(), title, body, reply_to: None };
    place.call(&alice, keep).await.unwrap();
    assert_eq!(say_with(&place, &alice, "reply 1", "Piped.").await.0, DONE);
    let draft = place.call(&alice, LoadDraft { target }).await.unwrap().unwrap();
    assert_eq!(draft.body, "half a sent");
}

#[tokio::test]
async fn m2_the_queue_is_for_staff() {
    let Evening { place, alice, mo, .. } = evening().await;
    let (status, said) = say(&place, &alice, "queue").await;
    assert_eq!((status, said.out.as_str()), (REFUSED, ""));
    assert!(said.err.contains("moderators"), "{}", said.err);
    let (status, said) = say(&place, &mo, "queue").await;
    assert_eq!((status, said.err.as_str()), (DONE, ""));
    assert!(said.out.starts_with("case 1  soon"), "{}", said.out);
    let (_, said) = say(&place, &mo, "queue --json").await;
    let found = &objects(&said)[0];
    assert_eq!((found["kind"].as_str(), found["who"].as_str()), (Some("case"), Some("bob")));
    assert_eq!((found["thing"].as_str(), found["thing_id"].as_i64()), (Some("thread"), Some(1)));
}

/// Every command of the table as a script calls it, with what it reads.
const EVERY_COMMAND: &[(&str, &str)] = &[
    ("help", ""),
    ("whoami", ""),
    ("boards", ""),
    ("unread", ""),
    ("read 1", ""),
    ("post tea -t Title", "Words."),
    ("reply 1.1", "Words."),
    ("message alice", "Words."),
    ("nudge alice words", ""),
    ("messages", ""),
    ("notifications", ""),
    ("search words", ""),
    ("tag 1 tea", ""),
    ("charter", ""),
    ("glossary", ""),
    ("tags", ""),
    ("members", ""),
    ("whois alice", ""),
    ("path", ""),
    ("roles", ""),
    ("role offer alice host:tea", ""),
    ("cohorts", ""),
    ("cohort 1 invite alice", ""),
    ("dues", ""),
    ("invites", ""),
    ("tree", ""),
    ("who", ""),
    ("rooms", ""),
    ("say", "Words."),
    ("room", ""),
    ("report alice 1", ""),
    ("calm", ""),
    ("bans add SHA256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 Why.", ""),
    ("filters add note words -r 1 -m Kindly.", ""),
    ("notes alice add Words.", ""),
    ("watch add alice Why.", ""),
    ("queue", ""),
];

/// The fields that docs/commands.md names for a command.
fn documented(name: &str) -> Vec<String> {
    let docs = include_str!("../../docs/commands.md");
    let section = docs.split("\n## ").find(|section| section.starts_with(&format!("`{name}`")));
    let section = section.unwrap_or_else(|| panic!("docs/commands.md has no section for {name}"));
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(field, _)| field.to_owned()).collect()
}

#[tokio::test]
async fn x1_every_field_of_every_command_is_documented_and_there() {
    let Evening { place, alice, mo, .. } = evening().await;
    say_with(&place, &alice, "reply 1.1", "Look, @mo").await;
    let word = DefineTerm { word: "hob".to_owned(), meaning: "A shelf.".to_owned(), first: None };
    place.call(&mo, word).await.unwrap();
    let texts = CohortTexts {
        name: "Bread".to_owned(),
        purpose: "A loaf a week.".to_owned(),
        starts: day(place.service.now().plus(7 * 86_400)),
        weeks: "2".to_owned(),
        weekday: "monday".to_owned(),
        places: "6".to_owned(),
        ..CohortTexts::default()
    };
    place.call(&mo, MakeCohort { texts }).await.unwrap();
    let named: Vec<&str> = EVERY_COMMAND.iter().map(|(line, _)| line.split(' ').next().unwrap()).collect();
    // An archive has files and not fields; service/mine says what is in it.
    let with_fields = table::COMMANDS.iter().map(|entry| entry.name).filter(|name| *name != "export");
    assert_eq!(named, with_fields.collect::<Vec<_>>());
    // Indexing for the search happens in the background; here it is done now.
    index_all(&place.service).await.unwrap();
    for (line, input) in EVERY_COMMAND {
        let (status, said) = say_with(&place, &mo, &format!("{line} --json"), input).await;
        assert_eq!((status, said.err.as_str()), (DONE, ""), "{line}");
        let name = line.split(' ').next().unwrap();
        let mut expected = documented(if name == "who" { "members" } else { name });
        expected.push("v".to_owned());
        expected.sort();
        let found = objects(&said);
        assert!(!found.is_empty(), "{line} said nothing");
        for object in found {
            let fields: Vec<&String> = object.as_object().unwrap().keys().collect();
            assert_eq!(fields, expected.iter().collect::<Vec<_>>(), "{line}");
        }
    }
}

#[tokio::test]
async fn nothing_but_text_comes_out_of_any_command_whatever_people_wrote() {
    let Evening { place, alice, bob, mo } = evening().await;
    for text in hostile() {
        place.clock.advance(60);
        let quoted = shlex::try_quote(&text).ok();
        if let Some(title) = quoted {
            // Some are refused, which must be said in clean words too.
            let (_, said) = say_with(&place, &bob, &format!("post tea -t {title}"), &text).await;
            assert_clean(&said.err, &text);
            for line in [format!("search {title}"), format!("members {title}"), title.to_string()] {
                let (_, said) = say(&place, &alice, &line).await;
                assert_clean(&said.out, &text);
                assert_clean(&said.err, &text);
            }
        }
        say_with(&place, &bob, "reply 1.1", &text).await;
        let thing = Thing::Thread(ThreadId(1));
        let _ = place.call(&alice, ReportThing { thing, rule_no: 1, note: text.clone() }).await;
        let texts =
            ProfileTexts { can_help: text.clone(), zone: "UTC".to_owned(), ..ProfileTexts::default() };
        let _ = place.call(&bob, EditProfile { texts }).await;
        for line in ["members", "who"] {
            let (_, said) = say(&place, &alice, line).await;
            assert_clean(&said.out, &text);
        }
    }
    index_all(&place.service).await.unwrap();
    let (_, said) = say(&place, &alice, "unread --json").await;
    let threads: Vec<i64> = objects(&said).iter().map(|thread| thread["thread"].as_i64().unwrap()).collect();
    assert!(threads.len() > 20, "{} threads", threads.len());
    let reads = threads.iter().map(|thread| format!("read {thread}"));
    let others = ["unread", "queue", "search words"].map(str::to_owned);
    for line in reads.chain(others) {
        for line in [line.clone(), format!("{line} --json")] {
            place.clock.advance(1);
            let (status, said) = say(&place, &mo, &line).await;
            assert_eq!(status, DONE, "{line}: {}", said.err);
            assert_clean(&said.out, &line);
        }
    }
}

fn assert_clean(printed: &str, of: &str) {
    let forbidden = printed.chars().find(|c| *c != '\n' && is_forbidden(*c));
    assert_eq!(forbidden, None, "{of:?} came out as {printed:?}");
}
