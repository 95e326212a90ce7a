//! Home's page: which lines stand on it, in which order, and how many of each kind there is room for. A month away
//! still gives one page: what does not fit is counted.

use crate::domain::ids::{BoardId, CohortId, MemberId, NotificationId, ThreadId};
use crate::domain::text::wrap;
use crate::domain::time::{Timestamp, relative_short};
use crate::service::cases::{Queue, QueueKind};
use crate::service::home::{HereNow, HomeView, Person, UnreadThread};
use crate::service::notifications::{LeadsTo, Notification, spoken};
use crate::service::people::SeenLately;
use crate::service::wall::WallLine;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::screens::notifications::said;

/// Most replies, and most followed threads, in a window of 24 rows: the rest of it is for what else is new.
const PERSONAL_ROWS: usize = 3;
/// Least rows for what else is new.
const NEW_ROWS_MIN: usize = 3;

/// Where a line leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To what is for one; with its id, if it is kept by itself.
    ForMe(LeadsTo, Option<NotificationId>),
    /// To a thread's first unread post.
    Thread(ThreadId),
    /// To the boards.
    Boards,
    /// To a board.
    Board(BoardId),
    /// To a member.
    Member(MemberId),
    /// To the members.
    Members,
    /// To the wall.
    Wall,
    /// To a cohort.
    Cohort(CohortId),
    /// To the rooms.
    Rooms,
    /// To the queue.
    Queue,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// A heading, and how much of it is shown.
    Heading(String, String),
    /// A thread: how many are unread, its title, its board, who wrote last, when.
    Thread { unread: i64, title: String, board: String, author: String, ago: String },
    /// Something is for one: what happened, in which thread, when.
    ForMe { what: String, title: String, ago: String },
    /// In the column beside: a name and a word about it at the right.
    Beside { text: String, note: String },
    /// A label and names or numbers after it.
    Fact { label: &'static str, text: String },
    /// A hint.
    Hint(String),
    /// Nothing.
    Blank,
}

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: Words,
    pub(super) target: Option<Target>,
}

fn line(words: Words, target: Option<Target>) -> Line {
    Line { words, target }
}

/// The page for a window of `height` rows.
pub(super) fn page(view: &HomeView, queue: Option<&Queue>, look: &Look, height: usize) -> Vec<Line> {
    let facts = facts(view, queue, look);
    let mut lines = news(view, look, height, facts.len());
    // The blank line after the last section goes where the window is short of rows.
    if lines.len() + facts.len() > height {
        lines.pop_if(|last| last.words == Words::Blank);
    }
    lines.extend(facts);
    lines
}

/// What happened, in a window of `height` rows that has `taken` others to show.
pub(super) fn news(view: &HomeView, look: &Look, height: usize, taken: usize) -> Vec<Line> {
    let least = PERSONAL_ROWS.max(height / 6);
    let spare = |lines: &[Line]| height.saturating_sub(lines.len() + taken);
    let mut lines = sections(view, look, height, taken, (least, least));
    // What would only be counted takes the rows that nothing else needs: first what is for one, then what one follows.
    let personal = least + spare(&lines);
    if personal > least {
        lines = sections(view, look, height, taken, (personal, least));
        let followed = least + spare(&lines);
        lines = sections(view, look, height, taken, (personal, followed));
    }
    if lines.is_empty() { caught_up(look) } else { lines }
}

/// The sections, with so many rows for what is for one and for what one follows.
fn sections(
    view: &HomeView,
    look: &Look,
    height: usize,
    taken: usize,
    (personal, follows): (usize, usize),
) -> Vec<Line> {
    let mut lines = Vec::new();
    for_me(view, look, personal, &mut lines);
    followed(view, look, follows, &mut lines);
    // A heading and a line for those that do not fit.
    let taken = lines.len() + taken + 2;
    others(view, look, height.saturating_sub(taken).max(NEW_ROWS_MIN), &mut lines);
    lines
}

pub(super) fn heading(text: &str) -> Line {
    line(Words::Heading(text.to_owned(), String::new()), None)
}

/// A heading that says how many there are, where not all of them are shown.
fn counted_heading(text: &str, shown: usize, count: i64) -> Line {
    let note = match count {
        count if count <= i64::try_from(shown).unwrap_or(0) => String::new(),
        // Counted no further.
        100.. => format!("{shown} of more than 99"),
        _ => format!("{shown} of {count}"),
    };
    line(Words::Heading(text.to_owned(), note), None)
}

/// What is for one, oldest first as it is read: what the staff did and what people said.
fn for_me(view: &HomeView, look: &Look, rows: usize, lines: &mut Vec<Line>) {
    let mut all: Vec<Line> = Vec::new();
    let mut spoken = view.addressed.rows.iter().map(|post| spoken(post.clone(), true)).peekable();
    for other in &view.for_me {
        while let Some(earlier) = spoken.next_if(|spoken| spoken.at <= other.at) {
            all.push(for_me_line(&earlier, look.now));
        }
        all.push(for_me_line(other, look.now));
    }
    all.extend(spoken.map(|spoken| for_me_line(&spoken, look.now)));
    let others = i64::try_from(view.for_me.len()).unwrap_or(0);
    let shown = rows.min(all.len());
    if shown == 0 {
        return;
    }
    let mut heading = counted_heading("For you", shown, view.addressed.count + others);
    if let Words::Heading(_, note) = &mut heading.words
        && !note.is_empty()
        && let Some(key) = look.keys.name_of(Scope::Everywhere, Command::GoNotifications)
    {
        note.push_str(&format!("; {key} lists all"));
    }
    all.truncate(shown);
    lines.push(heading);
    lines.append(&mut all);
    lines.push(line(Words::Blank, None));
}

fn for_me_line(what: &Notification, now: Timestamp) -> Line {
    let (said, title) = said(what);
    let words = Words::ForMe { what: said, title: title.to_owned(), ago: relative_short(now, what.at) };
    line(words, Some(Target::ForMe(what.leads_to, what.id)))
}

fn followed(view: &HomeView, look: &Look, rows: usize, lines: &mut Vec<Line>) {
    let shown = rows.min(view.followed.rows.len());
    if shown == 0 {
        return;
    }
    lines.push(counted_heading("You follow", shown, view.followed.count));
    lines.extend(view.followed.rows[..shown].iter().map(|thread| thread_line(thread, look.now)));
    lines.push(line(Words::Blank, None));
}

fn others(view: &HomeView, look: &Look, rows: usize, lines: &mut Vec<Line>) {
    if view.others.is_empty() {
        return;
    }
    let above = !lines.is_empty();
    lines.push(heading(if above { "Also new" } else { "New" }));
    let shown = rows.min(view.others.len());
    lines.extend(view.others[..shown].iter().map(|thread| thread_line(thread, look.now)));
    let named = distinct_threads(view) + i64::try_from(shown).unwrap_or(0);
    let more = view.unread_threads - named;
    if more > 0 {
        let boards = view.boards.iter().filter(|board| board.unread_threads > 0).count();
        let places = if boards == 1 { "on one board".to_owned() } else { format!("on {boards} boards") };
        let threads = if more == 1 { "thread" } else { "threads" };
        lines.push(line(Words::Hint(format!("and {more} more {threads} {places}")), Some(Target::Boards)));
    }
    lines.push(line(Words::Blank, None));
}

/// How many threads stand in the sections above the others, each counted once.
fn distinct_threads(view: &HomeView) -> i64 {
    let mut ids: Vec<ThreadId> = view.addressed.rows.iter().map(|post| post.thread_id).collect();
    ids.extend(view.followed.rows.iter().map(|thread| thread.id));
    ids.sort_unstable();
    ids.dedup();
    let unseen = view.followed.count - i64::try_from(view.followed.rows.len()).unwrap_or(0);
    i64::try_from(ids.len()).unwrap_or(0) + unseen
}

fn thread_line(thread: &UnreadThread, now: Timestamp) -> Line {
    let words = Words::Thread {
        unread: thread.unread,
        title: thread.title.clone(),
        board: thread.board.clone(),
        author: thread.last_author.clone(),
        ago: relative_short(now, thread.last_at),
    };
    line(words, Some(Target::Thread(thread.id)))
}

/// What stands below the news: work that waits, the boards in one line, people.
fn facts(view: &HomeView, queue: Option<&Queue>, look: &Look) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut fact = |label, text: String, target| {
        if !text.is_empty() {
            lines.push(line(Words::Fact { label, text }, Some(target)));
        }
    };
    fact("Waiting", queue.map_or_else(String::new, waiting), Target::Queue);
    for coming in &view.coming {
        fact("Coming up", coming.words(), Target::Cohort(coming.cohort));
    }
    let unread = view.boards.iter().filter(|board| board.unread_posts > 0);
    let boards: Vec<String> = unread.map(|board| format!("{} {}", board.name, board.unread_posts)).collect();
    fact("Unread", boards.join(", "), Target::Boards);
    fact("New here", people(&view.joined, look), Target::Members);
    fact("Back again", people(&view.returned, look), Target::Members);
    fact("Here now", here(&view.company.here), Target::Members);
    fact("Lately", lately(&view.company.lately), Target::Members);
    fact("In rooms", rooms(view), Target::Rooms);
    fact("Wall", view.wall.as_ref().map_or_else(String::new, wall), Target::Wall);
    lines
}

fn waiting(queue: &Queue) -> String {
    let open = queue.items.iter().filter(|item| !item.asked);
    let (mut cases, mut held, mut applications) = (0, 0, 0);
    for item in open {
        match item.kind {
            QueueKind::Case { .. } | QueueKind::Matter { .. } => cases += 1,
            QueueKind::Held { .. } => held += 1,
            QueueKind::Application { .. } => applications += 1,
        }
    }
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        more => Some(format!("{more} {many}")),
    };
    let parts = [
        counted(cases, "case", "cases"),
        counted(held, "post", "posts"),
        counted(applications, "application", "applications"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn people(people: &[Person], look: &Look) -> String {
    let names: Vec<String> =
        people.iter().map(|p| format!("{} ({})", p.handle, relative_short(look.now, p.at))).collect();
    names.join(", ")
}

fn here(here: &[HereNow]) -> String {
    let names: Vec<String> = here
        .iter()
        .map(|here| match where_is(here) {
            place if place.is_empty() => here.handle.clone(),
            place => format!("{} ({place})", here.handle),
        })
        .collect();
    names.join(", ")
}

/// Where somebody is: a board that one sees too, or away.
fn where_is(here: &HereNow) -> String {
    match &here.board {
        _ if here.away.is_some() => "away".to_owned(),
        Some((_, board)) => board.clone(),
        None => String::new(),
    }
}

/// Who was here lately: each day once, before its names.
fn lately(lately: &[SeenLately]) -> String {
    let days = lately.chunk_by(|one, other| one.when == other.when).map(|day| {
        let names: Vec<&str> = day.iter().map(|seen| seen.handle.as_str()).collect();
        format!("{} ({})", names.join(", "), day[0].when)
    });
    days.collect::<Vec<_>>().join(", ")
}

/// Rooms where something was said that one has not seen: `hall 3, Kitchen 12`.
fn rooms(view: &HomeView) -> String {
    let rooms: Vec<String> = view.rooms.iter().map(|(_, name, unread)| format!("{name} {unread}")).collect();
    rooms.join(", ")
}

fn wall(line: &WallLine) -> String {
    format!("{}: {}", line.author, line.text)
}

/// What to do when nothing is new.
fn caught_up(look: &Look) -> Vec<Line> {
    let hint = |command: Command, text: &str| {
        let key = look.keys.name_of(Scope::Everywhere, command).unwrap_or_default();
        line(Words::Hint(format!("{key:<4} {text}")), None)
    };
    vec![
        heading("You are caught up."),
        hint(Command::GoBoards, "the boards: look around, start a thread"),
        hint(Command::GoMembers, "the members: who belongs here"),
        hint(Command::Search, "search what was said"),
        hint(Command::Help, "what else works here"),
        line(Words::Blank, None),
    ]
}

/// The column beside the news in a wide window, `width` columns and `height` rows: who is here, who is new, the boards.
pub(super) fn beside(
    view: &HomeView,
    queue: Option<&Queue>,
    look: &Look,
    width: usize,
    height: usize,
) -> Vec<Line> {
    let one = |text: &str, note: String, target: Target| {
        line(Words::Beside { text: text.to_owned(), note }, Some(target))
    };
    let mut sections: Vec<(&str, Vec<Line>)> = Vec::new();
    let waits = queue.map_or_else(String::new, waiting);
    if !waits.is_empty() {
        sections.push(("Waiting", vec![one(&waits, String::new(), Target::Queue)]));
    }
    let coming = view.coming.iter();
    let coming = coming.map(|coming| one(&coming.words(), String::new(), Target::Cohort(coming.cohort)));
    sections.push(("Coming up", coming.collect()));
    let here =
        view.company.here.iter().map(|here| one(&here.handle, where_is(here), Target::Member(here.member)));
    sections.push(("Here now", here.collect()));
    let lately = view
        .company
        .lately
        .iter()
        .map(|seen| one(&seen.handle, seen.when.to_string(), Target::Member(seen.member)));
    sections.push(("Here lately", lately.collect()));
    let person =
        |person: &Person| one(&person.handle, relative_short(look.now, person.at), Target::Member(person.id));
    sections.push(("New here", view.joined.iter().map(person).collect()));
    sections.push(("Back again", view.returned.iter().map(person).collect()));
    let unread = view.boards.iter().filter(|board| board.unread_posts > 0);
    let boards =
        unread.map(|board| one(&board.name, board.unread_posts.to_string(), Target::Board(board.id)));
    sections.push(("Unread", boards.collect()));
    let rooms = view.rooms.iter();
    sections.push((
        "Said in rooms",
        rooms.map(|(_, name, unread)| one(name, unread.to_string(), Target::Rooms)).collect(),
    ));
    if let Some(words) = &view.wall {
        let text = wall(words);
        let mut rows = wrap(&text, width.saturating_sub(3).max(1)).into_iter();
        let mut lines: Vec<Line> =
            rows.next().map(|row| one(row, String::new(), Target::Wall)).into_iter().collect();
        lines.extend(rows.map(|row| line(Words::Beside { text: row.to_owned(), note: String::new() }, None)));
        sections.push(("On the wall", lines));
    }
    stack(sections, height)
}

/// The sections one under the other; where they are too long for the window the longest give up rows.
fn stack(mut sections: Vec<(&str, Vec<Line>)>, height: usize) -> Vec<Line> {
    sections.retain(|(_, lines)| !lines.is_empty());
    let rows =
        |sections: &[(&str, Vec<Line>)]| sections.iter().map(|(_, lines)| lines.len() + 2).sum::<usize>();
    while rows(&sections) > height + 1 {
        let Some((_, longest)) = sections.iter_mut().max_by_key(|(_, lines)| lines.len()) else { break };
        if longest.len() <= 2 {
            break;
        }
        longest.pop();
    }
    let mut all = Vec::new();
    for (title, mut lines) in sections {
        if !all.is_empty() {
            all.push(line(Words::Blank, None));
        }
        all.push(heading(title));
        all.append(&mut lines);
    }
    all
}
