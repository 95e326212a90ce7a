//! Drawing of a case: one column that scrolls; from 120 columns the text stands left, reports and history right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::CaseScreen;
use crate::domain::member::{Role, Standing};
use crate::domain::moderation::Thing;
use crate::domain::post::PostState;
use crate::domain::text::truncate;
use crate::domain::time::{Zone, ago, date};
use crate::service::cases::{CaseFile, ContextPost, PastAct};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::{Pager, Rows, claim};

/// Columns of the right side, where there is one.
const SIDE_COLUMNS: u16 = 52;

/// What is said below a message.
const ATTACHED: &str = "Somebody who takes part in the conversation attached this message to the report. The staff \
                        read nothing else of it.";

pub(super) fn draw(screen: &mut CaseScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(file) = &screen.file else { return };
    let head = head(file, usize::from(area.width).saturating_sub(2), look);
    let rows = u16::try_from(head.len()).unwrap_or(0);
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    head.draw(0..head.len(), inside, buf);
    let body = Rect { y: inside.y + rows, height: inside.height.saturating_sub(rows), ..inside };
    if look.is_wide() {
        let side = Rect { x: body.right() - SIDE_COLUMNS, width: SIDE_COLUMNS, ..body };
        let main = Rect { width: (body.width - SIDE_COLUMNS - 3).min(TEXT_COLUMNS_MAX), ..body };
        let (text, parts) = texts(file, usize::from(main.width), look);
        let (mut right, _) = reports(file, usize::from(side.width), look);
        right.gap();
        right.append(history(file, usize::from(side.width), look));
        for y in side.top()..side.bottom() {
            buf.put(side.x - 2, y, look.theme.signs.bar, 1, look.theme.dim);
        }
        screen.parts = parts;
        scroll(&mut screen.side, &right, side, buf, look);
        scroll(&mut screen.pager, &text, main, buf, look);
        return;
    }
    let width = usize::from(body.width.min(TEXT_COLUMNS_MAX));
    let (mut all, mut parts) = reports(file, width, look);
    all.gap();
    let (text, text_parts) = texts(file, width, look);
    parts.extend(text_parts.into_iter().map(|row| row + all.len()));
    all.append(text);
    all.gap();
    parts.push(all.len());
    all.append(history(file, width, look));
    screen.parts = parts;
    scroll(&mut screen.pager, &all, body, buf, look);
}

pub(super) fn scroll(pager: &mut Pager, rows: &Rows, area: Rect, buf: &mut Buffer, look: &Look) {
    let window = pager.window(area.height, rows.len());
    rows.draw(window, area, buf);
    if pager.has_more() && area.height > 0 {
        let x = area.right();
        buf.put(x, area.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
    }
}

/// Who, what and where it stands: what is always in sight.
fn head(file: &CaseFile, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    let line = |text: String| truncate(&text, width, theme.signs.ellipsis).into_owned();
    rows.push_wrapped(&who(file, look), width, 0, theme.text);
    match &file.decided {
        Some((by, at, outcome)) => {
            let text = format!("decided by {by} {}: {outcome}", ago(look.now, *at));
            rows.push(line(text), theme.good);
        }
        None => {
            let style = if claim::standing(file.claim.as_ref(), look.now).is_some() {
                theme.accent
            } else {
                theme.dim
            };
            rows.push(line(claim::long(file.claim.as_ref(), look)), style);
        }
    }
    if look.rows > 12 {
        rows.push("", theme.dim);
    }
    rows
}

fn who(file: &CaseFile, look: &Look) -> String {
    let rank = match file.role {
        Role::Member => file.level.as_str(),
        role => role.as_str(),
    };
    let standing = match file.standing {
        Standing::Active => String::new(),
        other => format!(", {other}"),
    };
    let zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let since = file.joined_at.map(|at| format!(", here since {}", date(at, &zone))).unwrap_or_default();
    let board =
        if file.board.is_empty() || look.is_narrow() { String::new() } else { format!(" in {}", file.board) };
    if look.is_narrow() {
        return format!("by {}, {rank}{standing}", file.author);
    }
    format!("{}{board} by {}, {rank}{standing}{since}", file.label, file.author)
}

fn reports(file: &CaseFile, width: usize, look: &Look) -> (Rows, Vec<usize>) {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push(format!("Reported {}", times(file.reports.len())), theme.accent);
    for report in &file.reports {
        let rule = file.rules.iter().find(|rule| rule.no == report.rule_no);
        let rule = rule.map_or_else(String::new, |rule| format!(", rule {}: {}", rule.no, rule.title));
        let text = format!("{} {}{rule}", report.reporter, ago(look.now, report.at));
        rows.push_wrapped(&text, width, 2, theme.text);
        if !report.note.is_empty() {
            rows.push_wrapped(&report.note, width, 4, theme.quote);
        }
    }
    (rows, vec![0])
}

fn times(count: usize) -> String {
    match count {
        1 => "by one member".to_owned(),
        count => format!("by {count} members"),
    }
}

/// Staff notes that stand in a case; the rest is one key away.
const NOTES_SHOWN: usize = 3;

/// What was reported, what it says now, what stands around it; and the rows where these begin.
fn texts(file: &CaseFile, width: usize, look: &Look) -> (Rows, Vec<usize>) {
    let theme = &look.theme;
    let mut rows = Rows::default();
    let mut parts = vec![0];
    let state = match file.state {
        Some(PostState::Collapsed) => ", folded now",
        Some(PostState::Removed) => ", removed now",
        Some(PostState::Deleted) => ", deleted by its author",
        Some(PostState::Shown) | None => "",
    };
    let state = file.now_state.map_or_else(|| state.to_owned(), |state| format!(", {state}"));
    rows.push(format!("What was reported{state}"), theme.accent);
    // As it was typed, not as it would be painted: a spoiler or a link must not hide what it says here.
    rows.push_wrapped(&file.snapshot, width, 2, theme.text);
    if matches!(file.thing, Thing::Message(_)) {
        rows.gap();
        rows.push_wrapped(ATTACHED, width, 0, theme.dim);
    }
    if let Some(now) = &file.changed_to {
        rows.gap();
        rows.push("What it says now", theme.accent);
        rows.push_wrapped(now, width, 2, theme.text);
    }
    if !file.lines.is_empty() {
        rows.gap();
        parts.push(rows.len());
        rows.push("Around it", theme.accent);
        for line in &file.lines {
            let style = if line.is_it { theme.strong } else { theme.dim };
            let words = format!("{} {}: {}", ago(look.now, line.at), line.author, line.text);
            rows.push_wrapped(&words, width, 2, style);
        }
    }
    if !file.context.is_empty() {
        rows.gap();
        parts.push(rows.len());
        rows.push("Around it", theme.accent);
        for post in &file.context {
            context_post(post, width, &mut rows, look);
        }
    }
    (rows, parts)
}

fn context_post(post: &ContextPost, width: usize, rows: &mut Rows, look: &Look) {
    let theme = &look.theme;
    let words = match post.state {
        PostState::Removed => "removed by the staff",
        PostState::Deleted => "deleted by its author",
        PostState::Collapsed => "folded",
        PostState::Shown => "",
    };
    rows.push_parts(vec![
        (format!("  #{} {}", post.no, post.author), theme.strong),
        (format!("  {}  {words}", ago(look.now, post.at)), theme.dim),
    ]);
    rows.push_wrapped(&post.body, width, 4, theme.dim);
}

fn history(file: &CaseFile, width: usize, look: &Look) -> Rows {
    let mut rows = history_rows(&file.author, &file.history, width, look);
    if file.decided.is_none() {
        let (kind, term) = (file.next.kind(), file.next.term());
        let term = if term.is_empty() { String::new() } else { format!(", {term}") };
        let next = format!("Next on the ladder: {}{term}", kind.imperative_for(&file.author));
        rows.push_wrapped(&next, width, 2, look.theme.accent);
    }
    if !file.marks.is_empty() {
        rows.gap();
    }
    for mark in &file.marks {
        rows.push_wrapped(mark, width, 2, look.theme.warn);
    }
    if !file.notes.is_empty() {
        rows.gap();
        rows.push(format!("Staff notes about {}", file.author), look.theme.accent);
    }
    for note in file.notes.iter().take(NOTES_SHOWN) {
        rows.push_wrapped(
            &format!("{}, {}:", note.author, ago(look.now, note.written_at)),
            width,
            2,
            look.theme.dim,
        );
        rows.push_wrapped(&note.body, width, 4, look.theme.text);
    }
    if let Some(more) = file.notes.len().checked_sub(NOTES_SHOWN + 1) {
        rows.push_wrapped(&format!("{} more: N lists all.", more + 1), width, 2, look.theme.dim);
    }
    rows
}

/// What concerned a member before.
pub(super) fn history_rows(author: &str, history: &[PastAct], width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push(format!("What concerned {author} before"), theme.accent);
    if history.is_empty() {
        rows.push("  nothing", theme.dim);
    }
    for act in history {
        let style = if act.undone || act.faded { theme.dim } else { theme.text };
        rows.push_wrapped(&past(act, look), width, 2, style);
        if !act.reason.is_empty() {
            rows.push_wrapped(&act.reason, width, 4, theme.dim);
        }
    }
    rows
}

fn past(act: &PastAct, look: &Look) -> String {
    let thing = match act.kind.object() {
        Some(crate::domain::moderation::ThingKind::Member) | None => String::new(),
        Some(kind) => format!("{} ", kind.one()),
    };
    let term = act.term.map(|term| format!(", {term}")).unwrap_or_default();
    let rule = if act.rule_no > 0 { format!(", rule {}", act.rule_no) } else { String::new() };
    let ended = match (act.undone, act.faded) {
        (true, _) => ", undone",
        (_, true) => ", faded",
        _ => "",
    };
    format!("{}: {thing}{}{term}{rule} by {}{ended}", ago(look.now, act.at), act.kind.done(), act.by)
}
