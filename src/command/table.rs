//! The commands: their names, how they are written, what they do. `help` is made from this table.

use super::output::columns;
use super::{
    CommandIo, Desk, Failure, Output, bans, boards, calm, charter, cohorts, dues, export, filters, glossary,
    invites, messages, notes, notifications, people, queue, reading, report, roles, rooms, search, tags,
    watch, whois, writing,
};

/// A command, for `help`.
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// What stands behind the name.
    pub usage: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// What else there is to know; may be empty.
    pub more: &'static str,
}

const fn entry(name: &'static str, usage: &'static str, summary: &'static str, more: &'static str) -> Entry {
    Entry { name, usage, summary, more }
}

/// All commands.
pub const COMMANDS: &[Entry] = &[
    entry("help", "[COMMAND]", "what can be said here", ""),
    entry("whoami", "", "who you are here", ""),
    entry("boards", "", "the boards, with what you have not read", ""),
    entry(
        "unread",
        "",
        "threads with posts that you have not read",
        "Each line begins with the first unread post, as read and reply take it. Muted ones are left out.",
    ),
    entry(
        "read",
        "THREAD[.NO] [--mark]",
        "the posts of a thread: 12 all, 12.3 one, 12.3-7 or 12.3- several",
        "--mark marks what was printed as read; without it nothing is marked.",
    ),
    entry(
        "post",
        "BOARD -t TITLE < FILE",
        "start a thread with the text from standard input",
        "BOARD is the name that stands first in boards. At a terminal, Ctrl-D on a line of its own ends the text.",
    ),
    entry(
        "reply",
        "THREAD[.NO] < FILE",
        "answer a thread, or one post of it, with the text from standard input",
        "At a terminal, Ctrl-D on a line of its own ends the text. A draft in the editor is left alone.",
    ),
    entry(
        "message",
        "HANDLE… < FILE",
        "write to one to seven members, with the text from standard input",
        "With one member there is one conversation; with several a new one begins.",
    ),
    entry(
        "nudge",
        "HANDLE TEXT…",
        "one line to a member: seen at once when they are here, else a message",
        "",
    ),
    entry(
        "messages",
        "[NUMBER] [--mark]",
        "your conversations; with a number, what is new in one and what came before it",
        "--mark marks what was printed as read; without it nothing is marked.",
    ),
    entry(
        "notifications",
        "",
        "what is for you: replies, mentions, messages, thanks, what the staff did",
        "What is new comes first. Printing marks nothing as seen.",
    ),
    entry(
        "search",
        "WORDS… [--rank]",
        "posts with these words; from: board: tag: before: after: has: and -word narrow it",
        "--rank puts the best first instead of the newest.",
    ),
    entry(
        "tag",
        "THREAD [NAME… | --none] | join NAME | leave NAME | show [NAME]",
        "the tags of a thread; with names, set them. join and leave: be in a tag; show: let it stand by your handle",
        "The thread's author, the board's host and staff set them, at most five; regulars make new ones by using them.",
    ),
    entry(
        "charter",
        "[--version N]",
        "the charter and its rules, as they hold; with a number, as they held, and what that version changed",
        "",
    ),
    entry(
        "glossary",
        "[WORD…]",
        "the words of this place; with one, what it means and where it was said first",
        "",
    ),
    entry("tags", "", "what threads are about, with what you have not read", ""),
    entry("members", "[PART-OF-HANDLE | tag:NAME]", "everybody who belongs here, or is in a tag", ""),
    entry(
        "whois",
        "HANDLE",
        "a member's profile: plan, local time, what they can help with, threads",
        "finger HANDLE does the same.",
    ),
    entry(
        "path",
        "[HANDLE]",
        "your level, and what is still missing to the next",
        "With a handle, for staff: that member's.",
    ),
    entry("roles", "", "who does what here, until when, and what you are asked to take on", ""),
    entry(
        "role",
        "offer HANDLE DUTY [DAYS] | accept DUTY | decline DUTY | end DUTY [HANDLE REASON]",
        "offer a role, answer an offer, step down",
        "DUTY is moderator, host:BOARD or champion:TAG. Staff offer; end without a handle steps down.",
    ),
    entry("cohorts", "", "the cohorts: when they begin, who looks after them, whether you are in", ""),
    entry(
        "cohort",
        "NUMBER [join | leave | invite HANDLE]",
        "a cohort with its people and checkpoints; join it until it begins, leave it at any time",
        "NUMBER is the one that stands first in cohorts.",
    ),
    entry(
        "dues",
        "[off | on | all | HANDLE [DAY [NOTE…] | back]]",
        "until when your dues run, where any are kept; off lets you off, and only the sysop learns of it",
        "all and HANDLE are for the sysop: HANDLE 2027-02-01 records a term, HANDLE back takes the last one back.",
    ),
    entry("invites", "", "the invites that you made, and what became of them", ""),
    entry("tree", "[HANDLE]", "who invited whom; with a handle, who came through that member", ""),
    entry("who", "", "who is here now, and who is away", ""),
    entry("rooms", "", "the rooms, with what you have not seen and how many are in them", ""),
    entry(
        "say",
        "[ROOM] < FILE",
        "say the lines from standard input in a room; without a name, in the hall",
        "Each line that is not empty is one line in the room, at most 10 at once. At a terminal, Ctrl-D ends the text.",
    ),
    entry(
        "room",
        "[NAME]",
        "what was said in a room today; without a name, in the hall",
        "NAME is the name that stands first in rooms. Printing marks nothing as seen.",
    ),
    entry(
        "report",
        "WHAT [RULE [NOTE…]]",
        "report something to the staff; without a rule, what they would get and the rules",
        "WHAT is a thread (12), a post (12.3), a message (m5.7 is message 7 of conversation 5), a line of a room \
         (line:34, its number in room --json), a tag (#tea), an invite (invite:CODE) or a handle. Of a conversation the \
         staff get that message and nothing else.",
    ),
    entry(
        "export",
        "> FILE.tar",
        "everything that hob keeps about you, as a tar archive",
        "JSON Lines, and your posts as Markdown too. The same bytes as long as nothing changes.",
    ),
    entry(
        "calm",
        "[HOURS REASON… | --end]",
        "calm for some hours when many come at once (staff only); without anything, whether the place is calm",
        "Newcomers only read, links wait, rooms are slow, applications wait. It ends by itself; --end ends it before.",
    ),
    entry(
        "bans",
        "[try WHAT | add WHAT DAYS|always REASON… [--sure] | lift NUMBER]",
        "keys and addresses that open nothing here (staff only)",
        "WHAT is a fingerprint (SHA256:…), an address or a network (192.0.2.0/24); try says whom it would meet. Keys are \
         for moderators, addresses for the sysop.",
    ),
    entry(
        "filters",
        "[add ACTION WORDS… -r RULE -m REASON [-b BOARD] [--pattern] [--all] | try|on|off|remove NUMBER]",
        "filters over what is written (staff only)",
        "ACTION is note, hold or refuse; --pattern takes a regular expression, --all looks at everybody's texts and not only \
         at newcomers'. A new one is off; try says what it would have met in 90 days.",
    ),
    entry(
        "notes",
        "HANDLE [--all | add TEXT… | out NUMBER]",
        "what the staff note about a member (staff only)",
        "A note is part of the member's own export: write what you would say to them. --all lists what was taken out, too.",
    ),
    entry(
        "watch",
        "[add WHOM REASON… | renew WHOM | end WHOM]",
        "whom the staff look at with care for a while (staff only)",
        "WHOM is a handle, or a fingerprint (SHA256:…), an address or a network: whoever comes with that. It ends by itself \
         after 90 days, and is part of the member's own export. The queue marks what is new of theirs.",
    ),
    entry(
        "queue",
        "",
        "what waits for the staff (staff only)",
        "What you are part of yourself is not listed.",
    ),
];

/// Runs the command that the arguments name.
pub(super) async fn run(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    match desk.args.name.as_str() {
        "" | "help" | "--help" | "-h" => help(desk),
        "whoami" => people::whoami(desk).await,
        "boards" => boards::boards(desk).await,
        "unread" => reading::unread(desk).await,
        "read" => reading::read(desk).await,
        "post" => writing::post(desk).await,
        "reply" => writing::reply(desk).await,
        "tags" => tags::tags(desk).await,
        "charter" => charter::charter(desk).await,
        "glossary" => glossary::glossary(desk).await,
        "tag" => tags::tag(desk).await,
        "members" => people::members(desk).await,
        "whois" | "finger" => whois::whois(desk).await,
        "path" => people::path(desk).await,
        "roles" => roles::roles(desk).await,
        "role" => roles::role(desk).await,
        "dues" => dues::dues(desk).await,
        "cohorts" => cohorts::cohorts(desk).await,
        "cohort" => cohorts::cohort(desk).await,
        "invites" => invites::invites(desk).await,
        "tree" => invites::tree(desk).await,
        "who" => people::who(desk).await,
        "messages" => messages::messages(desk).await,
        "message" => messages::message(desk).await,
        "nudge" => messages::nudge(desk).await,
        "notifications" => notifications::notifications(desk).await,
        "rooms" => rooms::rooms(desk).await,
        "room" => rooms::room(desk).await,
        "say" => rooms::say(desk).await,
        "search" => search::search(desk).await,
        "report" => report::report(desk).await,
        "export" => export::export(desk).await,
        "bans" => bans::bans(desk).await,
        "filters" => filters::filters(desk).await,
        "notes" => notes::notes(desk).await,
        "watch" => watch::watch(desk).await,
        "calm" => calm::calm(desk).await,
        "queue" => queue::queue(desk).await,
        other => Err(Failure::Usage(format!("There is no command \"{other}\". Say help for a list."))),
    }
}

/// How a command is written, for a refusal.
pub(super) fn usage(name: &str, why: &str) -> Failure {
    let entry = COMMANDS.iter().find(|entry| entry.name == name);
    let line = entry.map_or_else(String::new, |entry| format!("{} {}", entry.name, entry.usage));
    Failure::Usage(format!("{why}\nIt is written: {}", line.trim_end()))
}

fn help(desk: &Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    if let Some(name) = desk.args.rest.first() {
        let Some(entry) = COMMANDS.iter().find(|entry| entry.name == name) else {
            return Err(Failure::Usage(format!("There is no command \"{name}\". Say help for a list.")));
        };
        let line = format!("{} {}", entry.name, entry.usage);
        return Ok(Output::text(
            format!("{}\n  {}\n  {}", line.trim_end(), entry.summary, entry.more).trim_end(),
        ));
    }
    if desk.args.json {
        let objects = COMMANDS.iter().map(|entry| {
            serde_json::json!({ "command": entry.name, "usage": entry.usage, "summary": entry.summary })
        });
        return Ok(Output::json(objects));
    }
    let rows: Vec<Vec<String>> = COMMANDS
        .iter()
        .map(|entry| {
            let line = format!("  {} {}", entry.name, entry.usage);
            vec![line.trim_end().to_owned(), entry.summary.to_owned()]
        })
        .collect();
    let place = desk.service.settings().name.clone();
    Ok(Output::text(format!(
        "{place}: commands for scripts and for people who prefer them.\n\n{}\n\
         --json gives one JSON object a line. Without a command, ssh opens the screens.",
        columns(&rows)
    )))
}
