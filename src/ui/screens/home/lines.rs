//! Home's page: which lines stand on it, in which order, and how many of each kind there is room for. A month away
//! still gives one page: what does not fit is counted.

use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::time::{Timestamp, relative_short};
use crate::service::cases::{Queue, QueueKind};
use crate::service::home::{Addressed, HereNow, HomeView, Person, UnreadThread};
use crate::service::people::SeenLately;
use crate::service::wall::WallLine;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;

/// Most replies, and most followed threads, in a window of 24 rows: the rest of it is for what else is new.
const PERSONAL_ROWS: usize = 3;
/// Least rows for what else is new.
const NEW_ROWS_MIN: usize = 3;

/// Where a line leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a post.
    Post(ThreadId, PostNo),
    /// To a thread's first unread post.
    Thread(ThreadId),
    /// To the boards.
    Boards,
    /// To the members.
    Members,
    /// To the wall.
    Wall,
    /// To the queue.
    Queue,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// A heading.
    Heading(String),
    /// A thread: how many are unread, its title, its board, who wrote last, when.
    Thread { unread: i64, title: String, board: String, author: String, ago: String },
    /// Somebody spoke to one: what happened, in which thread, when.
    Spoke { what: String, title: String, ago: String },
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
    let mut lines = Vec::new();
    let personal = PERSONAL_ROWS.max(height / 6);
    addressed(view, look, personal, &mut lines);
    followed(view, look, personal, &mut lines);
    // A heading and a line for those that do not fit.
    let taken = lines.len() + facts.len() + 2;
    others(view, look, height.saturating_sub(taken).max(NEW_ROWS_MIN), &mut lines);
    if lines.is_empty() {
        lines = caught_up(look);
    }
    // The blank line after the last section goes where the window is short of rows.
    if lines.len() + facts.len() > height {
        lines.pop_if(|last| last.words == Words::Blank);
    }
    lines.extend(facts);
    lines
}

fn heading(text: String) -> Line {
    line(Words::Heading(text), None)
}

/// A heading that says how many there are, where not all of them are shown.
fn counted_heading(text: &str, shown: usize, count: i64) -> Line {
    match count {
        count if count <= i64::try_from(shown).unwrap_or(0) => heading(text.to_owned()),
        // Counted no further.
        100.. => heading(format!("{text} ({shown} of more than 99)")),
        _ => heading(format!("{text} ({shown} of {count})")),
    }
}

fn addressed(view: &HomeView, look: &Look, rows: usize, lines: &mut Vec<Line>) {
    let shown = rows.min(view.addressed.rows.len());
    if shown == 0 {
        return;
    }
    lines.push(counted_heading("To you", shown, view.addressed.count));
    for post in &view.addressed.rows[..shown] {
        lines.push(line(spoke(post, look.now), Some(Target::Post(post.thread_id, post.no))));
    }
    lines.push(line(Words::Blank, None));
}

fn spoke(post: &Addressed, now: Timestamp) -> Words {
    let what = if post.mention { "mentioned you in" } else { "answered you in" };
    Words::Spoke {
        what: format!("{} {what}", post.author),
        title: post.title.clone(),
        ago: relative_short(now, post.created_at),
    }
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
    lines.push(heading(if above { "Other news" } else { "News" }.to_owned()));
    let shown = rows.min(view.others.len());
    lines.extend(view.others[..shown].iter().map(|thread| thread_line(thread, look.now)));
    let named = distinct_threads(view) + i64::try_from(shown).unwrap_or(0);
    let more = view.unread_threads - named;
    if more > 0 {
        let boards = view.boards.iter().filter(|board| board.unread_threads > 0).count();
        let places = if boards == 1 { "on one board".to_owned() } else { format!("on {boards} boards") };
        lines.push(line(Words::Hint(format!("and {more} more threads {places}")), Some(Target::Boards)));
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
    let unread = view.boards.iter().filter(|board| board.unread_posts > 0);
    let boards: Vec<String> = unread.map(|board| format!("{} {}", board.name, board.unread_posts)).collect();
    fact("Unread", boards.join(", "), Target::Boards);
    fact("New here", people(&view.joined, look), Target::Members);
    fact("Back again", people(&view.returned, look), Target::Members);
    fact("Here now", here(&view.here), Target::Members);
    fact("Lately", lately(&view.lately), Target::Members);
    fact("Wall", view.wall.as_ref().map_or_else(String::new, wall), Target::Wall);
    lines
}

fn waiting(queue: &Queue) -> String {
    let open = queue.items.iter().filter(|item| !item.asked);
    let (cases, applications): (Vec<_>, Vec<_>) =
        open.partition(|item| matches!(item.kind, QueueKind::Case { .. }));
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        more => Some(format!("{more} {many}")),
    };
    let parts =
        [counted(cases.len(), "case", "cases"), counted(applications.len(), "application", "applications")];
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
        .map(|h| match &h.board {
            _ if h.away.is_some() => format!("{} (away)", h.handle),
            Some((_, board)) => format!("{} ({board})", h.handle),
            None => h.handle.clone(),
        })
        .collect();
    names.join(", ")
}

/// Who was here lately: each day once, before its names.
fn lately(lately: &[SeenLately]) -> String {
    let days = lately.chunk_by(|one, other| one.when == other.when).map(|day| {
        let names: Vec<&str> = day.iter().map(|seen| seen.handle.as_str()).collect();
        format!("{} ({})", names.join(", "), day[0].when)
    });
    days.collect::<Vec<_>>().join(", ")
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
        heading("You are caught up.".to_owned()),
        hint(Command::GoBoards, "the boards: look around, start a thread"),
        hint(Command::GoMembers, "the members: who belongs here"),
        hint(Command::Search, "search what was said"),
        hint(Command::Help, "what else works here"),
        line(Words::Blank, None),
    ]
}
