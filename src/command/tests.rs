//! Commands against a real community, with streams in memory.

#![allow(clippy::unwrap_used)]

use std::io;

use serde_json::Value;

use super::*;
use crate::domain::member::{Level, Role, Standing};
use crate::service::Who;
use crate::service::testing::Place;

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
    let guest = Caller { who: Who::Guest, key: None, by_key: false };
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
