//! What can be typed: the table of words, from which menus and the help are made, and how a line is understood.

use crate::domain::policy::Actor;

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Accept,
    AddKey,
    AddPerson,
    AddThisKey,
    Again,
    Apply,
    Approve,
    Ask,
    AtDoor,
    Audit,
    Author,
    Away,
    Back,
    Ban,
    Bans,
    Watch,
    Watched,
    Best,
    Block,
    Boards,
    Calm,
    Charter,
    Claim,
    Cohorts,
    Console,
    Decide,
    Decline,
    Delete,
    Drafts,
    Drop,
    Dues,
    Edit,
    EnterInvite,
    Filters,
    First,
    Follow,
    Forward,
    Glossary,
    Help,
    History,
    Home,
    Invites,
    Keep,
    Kept,
    Keys,
    Last,
    Leave,
    LeaveHob,
    Log,
    LostKey,
    LostKeys,
    Make,
    MarkRead,
    Members,
    Message,
    Messages,
    Mine,
    /// Appeal against what the staff did.
    Appeal,
    Moderate,
    More,
    Mute,
    MuteThread,
    MyData,
    NewThread,
    Newest,
    Next,
    NoPassword,
    Notifications,
    Notes,
    Nudge,
    Open,
    Parent,
    Password,
    Path,
    Post,
    Previous,
    Profile,
    Queue,
    Quit,
    Quote,
    RecoveryCode,
    Rename,
    Reply,
    Report,
    Revoke,
    Roles,
    Room,
    Rooms,
    Search,
    ShowSelf,
    Settings,
    Skip,
    SkipBoard,
    SeatNow,
    Solve,
    Spoilers,
    Stay,
    Tag,
    Tags,
    Template,
    Thanks,
    ToMe,
    Undo,
    Unfold,
    Unread,
    Waiting,
    Waitlist,
    Wake,
    Tree,
    Vouch,
    Wall,
    Who,
    Words,
}

/// A word of a menu.
pub(super) struct Entry {
    pub(super) act: Act,
    pub(super) word: &'static str,
    /// Single letters that mean it as well.
    pub(super) letters: &'static str,
    /// What may follow it: `NUMBER`, `WORDS`.
    pub(super) takes: &'static str,
    pub(super) help: &'static str,
}

/// The words of a place.
pub(super) struct Menu {
    /// The name of the place, for the help.
    pub(super) name: &'static str,
    pub(super) entries: &'static [Entry],
    /// How many of the entries the menu says; the help says all.
    pub(super) main: usize,
    /// What an empty line means.
    pub(super) enter: Option<Act>,
    /// Whether a number chooses one of the entries; otherwise it chooses from the list above the prompt.
    pub(super) numbered: bool,
}

pub(super) const fn entry(
    act: Act,
    word: &'static str,
    letters: &'static str,
    takes: &'static str,
    help: &'static str,
) -> Entry {
    Entry { act, word, letters, takes, help }
}

/// What can be typed everywhere. A word of a place comes before a word of this table.
#[rustfmt::skip]
pub(super) const EVERYWHERE: &[Entry] = &[
    entry(Act::Next, "next", "n", "", "read on: the next post that you have not read"),
    entry(Act::Home, "home", "", "", "what happened since you were here"),
    entry(Act::Boards, "boards", "", "", "the boards"),
    entry(Act::Open, "open", "o", "WHAT", "open a board by its name, a thread by its number (12), or a post (12.3)"),
    entry(Act::Messages, "messages", "", "", "your conversations"),
    entry(Act::Rooms, "rooms", "", "", "talk with whoever is there"),
    entry(Act::Nudge, "nudge", "", "HANDLE WORDS", "one line to somebody who is here, or to the moderators"),
    entry(Act::Notifications, "notifications", "", "", "what is for you, and where it is"),
    entry(Act::Wall, "wall", "", "", "a line from each who came by"),
    entry(Act::Kept, "kept", "", "", "the posts that you keep"),
    entry(Act::Tags, "tags", "", "", "the tags and their threads"),
    entry(Act::Glossary, "glossary", "", "", "the words of this place, and what they mean"),
    entry(Act::Away, "away", "", "WHY", "say that you are away; away back: that you are not"),
    entry(Act::Search, "search", "", "WORDS", "search; from:handle and board:name narrow it"),
    entry(Act::Members, "members", "", "PART", "the members; with a part of a handle, only those"),
    entry(Act::Who, "who", "", "", "who is here now"),
    entry(Act::Profile, "profile", "", "HANDLE", "a member's profile; without a handle, your own"),
    entry(Act::Dues, "dues", "", "off", "where dues are kept: until when yours run; dues off lets you off"),
    entry(Act::Cohorts, "cohorts", "", "", "groups with a start and an end, a checkpoint every week and buddies"),
    entry(Act::Roles, "roles", "", "", "who does what here, and what you are asked to take on"),
    entry(Act::Path, "path", "", "HANDLE", "what is missing to the next level: for you; for staff, for anybody"),
    entry(Act::Drafts, "drafts", "", "", "what you have not sent yet"),
    entry(Act::Waiting, "waiting", "", "", "your posts that wait for a moderator, and those that came back"),
    entry(Act::Settings, "settings", "", "", "your choices"),
    entry(Act::Keys, "keys", "", "", "your keys and your password"),
    entry(Act::MyData, "data", "", "", "what is kept about you, taking it along, and leaving for good"),
    entry(Act::Invites, "invites", "", "", "bring a friend"),
    entry(Act::Tree, "tree", "", "HANDLE", "who invited whom; with a handle, who came through that member"),
    entry(Act::AtDoor, "door", "", "", "who waits at the door"),
    entry(Act::Vouch, "vouch", "", "HANDLE WORDS", "tell the staff how you know somebody at the door"),
    entry(Act::Charter, "charter", "", "VERSION", "the charter and its rules, as they hold or held, and what changed"),
    entry(Act::Log, "log", "", "", "mod log: what the staff did, under which rule and why"),
    entry(Act::Mine, "mine", "", "", "what became of your reports, and what concerned you"),
    entry(Act::LostKeys, "lost", "", "vouch HANDLE", "who lost their key; vouch for one you know, or stop what was asked about yours"),
    entry(Act::Queue, "queue", "", "", "for staff: what waits for you"),
    entry(Act::Filters, "filters", "", "", "for staff: words or patterns, and what happens to a text that has them"),
    entry(Act::Watched, "watched", "", "", "for staff: whom to look at with care for a while"),
    entry(Act::Bans, "bans", "", "", "for staff: keys and addresses that open nothing here"),
    entry(Act::Calm, "calm", "", "", "for staff: calm for some hours when many come at once, or its end"),
    entry(Act::Console, "console", "", "", "for the sysop: run the place"),
    entry(Act::Audit, "audit", "", "", "for staff: the audit log"),
    entry(Act::Undo, "undo", "u", "", "take back the last mark, skip, deletion or decision"),
    entry(Act::Back, "back", "b", "", "back to where you were"),
    entry(Act::Help, "help", "h?", "", "what can be typed here"),
    entry(Act::Quit, "quit", "q", "", "leave"),
];

/// Words that mean the same as one of the table, for habit's sake.
const ALSO: &[(&str, Act)] =
    &[("leave", Act::Quit), ("exit", Act::Quit), ("bye", Act::Quit), ("modlog", Act::Log)];

/// Whether something is there for this actor: courtesy, the service decides.
pub(super) fn is_for(act: Act, actor: &Actor) -> bool {
    match act {
        Act::Queue | Act::Calm | Act::Bans | Act::Watched | Act::Filters | Act::Audit => actor.is_staff(),
        Act::Console => actor.is_sysop(),
        Act::Boards | Act::Open | Act::Charter | Act::Back | Act::Help | Act::Quit => true,
        _ => actor.is_active() || !EVERYWHERE.iter().any(|entry| entry.act == act),
    }
}

/// What a line said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A word of a table, and what followed it.
    Act(Act, String),
    /// The thing with this number, from 1, of the list above.
    Pick(usize),
    /// Something else.
    Other(String),
}

/// Understands a line in a place: its number, its word, or the word's beginning.
///
/// # Errors
/// The words that it may mean, when it may mean several.
pub(super) fn understand(line: &str, menu: &Menu, actor: &Actor) -> Result<Said, Vec<&'static str>> {
    let line = line.trim();
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim().to_owned();
    if first.is_empty() {
        return Ok(menu.enter.map_or(Said::Other(String::new()), |act| Said::Act(act, rest)));
    }
    if let Some(number) = number(first) {
        if !menu.numbered {
            return Ok(Said::Pick(number));
        }
        let entry = menu.entries.get(number.wrapping_sub(1));
        return Ok(entry.map_or(Said::Other(line.to_owned()), |entry| Said::Act(entry.act, rest)));
    }
    let word = first.to_lowercase();
    let known = || {
        let everywhere = EVERYWHERE.iter().filter(|entry| is_for(entry.act, actor));
        menu.entries.iter().chain(everywhere)
    };
    let exact =
        known().find(|entry| entry.word == word).or_else(|| known().find(|entry| is_letter(entry, &word)));
    if let Some(entry) = exact {
        return Ok(Said::Act(entry.act, rest));
    }
    if let Some((_, act)) = ALSO.iter().find(|(also, _)| *also == word) {
        return Ok(Said::Act(*act, rest));
    }
    let mut begun: Vec<&Entry> = known().filter(|entry| entry.word.starts_with(&word)).collect();
    begun.dedup_by_key(|entry| entry.act);
    match begun.as_slice() {
        [] => Ok(Said::Other(line.to_owned())),
        [one] => Ok(Said::Act(one.act, rest)),
        several if several.iter().all(|entry| entry.act == several[0].act) => {
            Ok(Said::Act(several[0].act, rest))
        }
        several => Err(several.iter().map(|entry| entry.word).collect()),
    }
}

fn is_letter(entry: &Entry, word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| entry.letters.contains(letter)) && letters.next().is_none()
}

/// A number as it is typed to choose something; signs of a list around it do no harm: `3`, `#3`, `3.`
pub(super) fn number(text: &str) -> Option<usize> {
    let digits = text.trim_start_matches('#').trim_end_matches(['.', ')', ',']);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// The menu in one line: `1 reply, 2 quote, h help, q leave`.
pub(super) fn menu_line(menu: &Menu, actor: &Actor) -> String {
    let mut words: Vec<String> = Vec::new();
    for (entry, number) in menu.entries.iter().zip(1..).take(menu.main) {
        let letter = entry.letters.chars().next();
        words.push(match (menu.numbered, letter) {
            (true, _) => format!("{number} {}", entry.word),
            (false, Some(letter)) => format!("{letter} {}", entry.word),
            (false, None) => entry.word.to_owned(),
        });
    }
    for (act, words_of) in
        [(Act::Next, "n next unread"), (Act::Back, "b back"), (Act::Help, "h help"), (Act::Quit, "q leave")]
    {
        if is_for(act, actor) && !menu.entries.iter().any(|entry| entry.act == act) {
            words.push(words_of.to_owned());
        }
    }
    words.join(", ")
}

/// The help of a place: its own words, then those that are known everywhere.
pub(super) fn help(menu: &Menu, actor: &Actor) -> String {
    let mut text = format!("What can be typed here ({}). A word's beginning is enough.\n", menu.name);
    if menu.numbered {
        text.push_str("A number stands for the word with that number.\n");
    } else {
        text.push_str("A number opens what has that number in the list.\n");
    }
    if let Some(entry) = menu.enter.and_then(|act| find(menu, act)) {
        text.push_str(&format!("An empty line means {}.\n", entry.word));
    }
    for (entry, number) in menu.entries.iter().zip(1..) {
        text.push_str(&help_line(entry, menu.numbered.then_some(number)));
    }
    text.push_str("Everywhere:\n");
    let shadowed =
        |entry: &&Entry| !menu.entries.iter().any(|own| own.act == entry.act || own.word == entry.word);
    for entry in EVERYWHERE.iter().filter(|entry| is_for(entry.act, actor)).filter(shadowed) {
        text.push_str(&help_line(entry, None));
    }
    text.push_str("Ctrl-C cancels what is being asked; Ctrl-D leaves.");
    text
}

fn find(menu: &Menu, act: Act) -> Option<&'static Entry> {
    menu.entries.iter().chain(EVERYWHERE).find(|entry| entry.act == act)
}

fn help_line(entry: &Entry, number: Option<usize>) -> String {
    let mut line = number.map_or_else(String::new, |number| format!("{number} "));
    line.push_str(entry.word);
    if !entry.takes.is_empty() {
        line.push_str(&format!(" {}", entry.takes));
    }
    let letters: Vec<String> = entry.letters.chars().map(String::from).collect();
    if !letters.is_empty() {
        line.push_str(&format!(", or {}", letters.join(" or ")));
    }
    format!("{line}: {}.\n", entry.help)
}
