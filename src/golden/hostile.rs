//! SAFETY.md, Terminal: the corpus of hostile strings in every field of every screen, every command and every file. What
//! people write is cleaned when it is stored; here it stands uncleaned in every column of the database, as an older
//! version, another program or a fault might have left it, and nothing but our own sequences comes out all the same.

use std::collections::BTreeSet;
use std::io::{self, Read as _};

use super::community::Community;
use super::scenes::{self, Scene};
use crate::command::{CommandIo, run};
use crate::domain::text::corpus::hostile;
use crate::domain::text::is_forbidden;
use crate::service::testing::Blocking;
use crate::session::terminal::Terminal;
use crate::ui::capabilities::{Capabilities, ColorDepth};
use crate::ui::harness::Harness;

/// A copy of the community, poisoned; its file, and which columns are.
fn poisoned(community: &Community) -> (Vec<u8>, BTreeSet<String>) {
    let live = Blocking::from_file(community.file());
    live.block(live.place.poisoned(&hostile()))
}

/// What is wrong with bytes to a terminal: anything but our own sequences, the moves between them, and clean text.
fn wrong(bytes: &[u8]) -> Option<String> {
    let Ok(mut rest) = std::str::from_utf8(bytes) else { return Some("not UTF-8".to_owned()) };
    let is_move = |c: char| matches!(c, '\n' | '\r' | '\u{8}');
    while let Some(at) = rest.find(|c| !is_move(c) && is_forbidden(c)) {
        let from = &rest[at..];
        let length = own_sequence(from);
        if length == 0 {
            return Some(format!("{:?}", from.chars().take(60).collect::<String>()));
        }
        rest = &from[length..];
    }
    None
}

/// The length of the sequence of ours that a text begins with; 0 for any other.
fn own_sequence(text: &str) -> usize {
    let Some(body) = text.strip_prefix("\u{1b}") else { return 0 };
    if let Some(parameters) = body.strip_prefix('[') {
        let end = parameters.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        let is_ours = end.starts_with(['m', 'H', 'J', 'K', 'A', 'B', 'C', 'D', 'G', 'L', 'M', 'r']);
        let cursor = ["?25l", "?25h"].iter().any(|mode| parameters.starts_with(mode));
        return match (is_ours, cursor) {
            _ if parameters.starts_with("3J") => 0,
            (true, _) => text.len() - end.len() + 1,
            (_, true) => 6,
            _ => 0,
        };
    }
    let Some(address) = body.strip_prefix("]8;;") else { return 0 };
    let end = address.find("\u{1b}\\").unwrap_or(0);
    let is_clean = address[..end].bytes().all(|byte| byte.is_ascii_graphic());
    if is_clean { 5 + end + 2 } else { 0 }
}

/// Every frame of a scene, on one kind of terminal.
fn frames(community: &Community, file: &[u8], scene: &Scene, capabilities: Capabilities) -> Vec<u8> {
    let stage = community.stage_of(file, scene.who);
    (scene.before)(community, &stage.live);
    let mut session = Harness::live_at(&stage.live, &stage.caller, capabilities, 80, 24);
    let mut terminal = Terminal::new(capabilities, 80, 24);
    let mut sent = Vec::new();
    let mut draw = |session: &mut Harness| {
        let app = &mut session.app;
        sent.extend(terminal.draw_linked(|area, buf, links| {
            let cursor = app.draw(area, buf);
            links.extend_from_slice(app.hyperlinks());
            cursor
        }));
        session.app.shown();
        session.wake();
    };
    draw(&mut session);
    if scene.opened {
        session.open(&scene.place);
    }
    session.keys(scene.keys);
    draw(&mut session);
    session.keys("<PgDn>");
    draw(&mut session);
    sent
}

#[test]
fn terminal_the_hostile_corpus_in_every_field_of_every_screen_sends_nothing_but_our_own() {
    let community = Community::get();
    let (file, columns) = poisoned(community);
    for column in
        ["post.body", "thread.title", "member.about", "member.handle", "audit.reason", "room_line.body"]
    {
        assert!(columns.contains(column), "{column} is not among {columns:?}");
    }
    let rich = Capabilities { colors: ColorDepth::True, hyperlinks: true, ..Capabilities::COMMON };
    let ascii = Capabilities { unicode: false, ..Capabilities::COMMON };
    let mut found = Vec::new();
    for scene in scenes::all(community) {
        for (look, capabilities) in [("rich", rich), ("ascii", ascii)] {
            let sent = frames(community, &file, &scene, capabilities);
            assert!(sent.len() > 100, "{} showed nothing", scene.name);
            let not_ascii = (look == "ascii" && !sent.is_ascii()).then(|| "more than ASCII".to_owned());
            found.extend(wrong(&sent).or(not_ascii).map(|what| (scene.name, look, what)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The streams of a command.
#[derive(Default)]
struct Streams {
    out: Vec<u8>,
    err: Vec<u8>,
}

impl CommandIo for Streams {
    async fn read_input(&mut self, _limit: usize) -> io::Result<Option<Vec<u8>>> {
        Ok(Some(hostile().concat().into_bytes()))
    }

    async fn out(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.out.extend(bytes);
        Ok(())
    }

    async fn err(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.err.extend(bytes);
        Ok(())
    }
}

/// A line for every command, and lines with hostile words in every place of theirs.
const LINES: &[&str] = &[
    "help",
    "whoami",
    "boards",
    "unread",
    "read 1",
    "read 2 --mark",
    "post general -t HOSTILE",
    "reply 1",
    "message wren",
    "nudge wren HOSTILE",
    "messages",
    "messages 1",
    "notifications",
    "search kettle",
    "search HOSTILE",
    "tag 1",
    "tag 1 HOSTILE",
    "charter",
    "charter --version HOSTILE",
    "glossary",
    "glossary HOSTILE",
    "tags",
    "members",
    "members HOSTILE",
    "whois wren",
    "whois HOSTILE",
    "path",
    "path wren",
    "roles",
    "role offer HOSTILE moderator",
    "cohorts",
    "cohort 1 invite HOSTILE",
    "cohort HOSTILE",
    "dues",
    "dues HOSTILE",
    "dues all",
    "invites",
    "tree",
    "tree wren",
    "who",
    "rooms",
    "say hall",
    "room",
    "room hall",
    "report 1.1 1 HOSTILE",
    "calm",
    "bans",
    "bans try HOSTILE",
    "bans add SHA256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 HOSTILE",
    "filters",
    "notes gus",
    "notes wren add HOSTILE",
    "watch",
    "watch add gus HOSTILE",
    "queue",
    "HOSTILE",
    "help HOSTILE",
];

#[test]
fn terminal_the_hostile_corpus_in_every_command_prints_nothing_but_text() {
    let community = Community::get();
    let (file, _) = poisoned(community);
    for entry in crate::command::names() {
        let is_tried = LINES.iter().any(|line| line.split(' ').next() == Some(entry)) || entry == "export";
        assert!(is_tried, "no line tries {entry}");
    }
    let words = hostile();
    let mut found = Vec::new();
    for who in ["sue", "wren", "guest"] {
        let stage = community.stage_of(&file, who);
        for (n, line) in LINES.iter().enumerate() {
            for json in ["", " --json"] {
                let hostile =
                    shlex::try_quote(&words[n % words.len()].replace('\0', "")).unwrap().into_owned();
                let line = line.replace("HOSTILE", &hostile) + json;
                let mut io = Streams::default();
                stage.live.block(run(&stage.live.place.service, stage.caller.clone(), &line, &mut io));
                for said in [io.out, io.err] {
                    let text = String::from_utf8(said).unwrap();
                    let bad = text.chars().find(|&c| c != '\n' && is_forbidden(c));
                    found.extend(bad.map(|c| (who, line.clone(), c, text)));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn terminal_the_hostile_corpus_in_an_archive_of_ones_own_is_text_in_files_of_plain_names() {
    let community = Community::get();
    let (file, _) = poisoned(community);
    let stage = community.stage_of(&file, "wren");
    let mut io = Streams::default();
    stage.live.block(run(&stage.live.place.service, stage.caller.clone(), "export", &mut io));
    let mut archive = tar::Archive::new(io.out.as_slice());
    let mut files = 0;
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = String::from_utf8(entry.path_bytes().into_owned()).unwrap();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        assert!(name.chars().all(is_plain), "{name:?}");
        assert!(!name.starts_with('/') && !name.split('/').any(|part| part == ".."), "{name:?}");
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let bad = text.chars().find(|&c| c != '\n' && is_forbidden(c));
        assert_eq!(bad, None, "in {name}: {text:?}");
        files += 1;
    }
    assert!(files > 3, "{files} files");
}
