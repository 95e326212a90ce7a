//! Drawing of a profile: one fact a line, the label in a column of its own where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ProfileScreen;
use crate::domain::member::Role;
use crate::domain::text::{truncate, wrap};
use crate::domain::time::{Zone, coarse, date, time_of_day};
use crate::service::keys::OwnKey;
use crate::service::members::{Profile, ProfileThread};
use crate::service::thanks::Got;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;

/// Width of the column of labels.
const LABEL_COLUMNS: usize = 13;

/// Thanks that one's own profile lists.
const THANKS_SHOWN: usize = 5;

struct Line {
    label: &'static str,
    text: String,
    style: Style,
}

pub(super) fn draw(screen: &mut ProfileScreen, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(profile) = &screen.profile else { return };
    let width = usize::from(area.width.min(TEXT_COLUMNS_MAX)).saturating_sub(2);
    let labels = if look.is_narrow() { 0 } else { LABEL_COLUMNS };
    let own = (screen.keys.as_slice(), screen.thanks.as_slice(), screen.dues.as_str());
    let lines = lines(profile, own, look, width.saturating_sub(labels).max(10), labels == 0);
    let window = screen.pager.window(area.height, lines.len());
    for (index, y) in window.zip(area.y..) {
        let line = &lines[index];
        buf.put(area.x + 1, y, line.label, labels, look.theme.dim);
        let x = area.x + 1 + u16::try_from(labels).unwrap_or(0);
        let room = usize::from(area.right().saturating_sub(x));
        let text = truncate(&line.text, room, look.theme.signs.ellipsis);
        buf.put(x, y, text, room, line.style);
    }
    if screen.pager.has_more() {
        let x = area.right().saturating_sub(2);
        buf.put(x, area.bottom() - 1, look.theme.signs.more_down, 1, look.theme.accent);
    }
}

fn lines(
    profile: &Profile,
    (keys, thanks, dues): (&[OwnKey], &[Got], &str),
    look: &Look,
    width: usize,
    narrow: bool,
) -> Vec<Line> {
    let theme = &look.theme;
    let row = &profile.row;
    let mut lines = Vec::new();
    let mut fact = |label: &'static str, text: &str, style: Style| {
        if text.is_empty() {
            return;
        }
        if narrow && !label.is_empty() {
            lines.push(Line { label: "", text: label.to_owned(), style: theme.dim });
        }
        for (index, piece) in text.lines().flat_map(|line| wrap(line, width)).enumerate() {
            lines.push(Line { label: if index == 0 { label } else { "" }, text: piece.to_owned(), style });
        }
    };
    fact("", &headline(profile), theme.strong);
    fact("blocked", if profile.blocked { "by you: no contact either way" } else { "" }, theme.warn);
    fact(
        "muted",
        if profile.muted { "by you: their posts are folded, and nothing of theirs is for you" } else { "" },
        theme.warn,
    );
    fact("plan", &row.plan, theme.accent);
    let tags: Vec<String> = profile.tags.iter().map(|tag| format!("#{tag}")).collect();
    fact("tags", &tags.join(" "), theme.text);
    fact("about", &row.about, theme.text);
    fact("can help", &row.can_help, theme.text);
    fact("looking for", &row.looking_for, theme.text);
    let away = match profile.away.as_deref() {
        Some("") => "here, but away".to_owned(),
        Some(why) => format!("here, but away: {why}"),
        None => "here now".to_owned(),
    };
    let here = match (profile.here, row.last_seen_at) {
        (true, _) => away.as_str(),
        (false, Some(at)) => coarse(look.now, at),
        (false, None) => "",
    };
    fact("last here", here, if profile.here { theme.good } else { theme.text });
    if let Ok(zone) = Zone::parse(&row.zone) {
        fact("local time", &format!("{}, {}", time_of_day(profile.now, &zone), row.zone), theme.text);
    }
    let own_zone = Zone::parse(&look.me.zone).unwrap_or_else(|_| Zone::utc());
    let since = row.joined_at.map_or_else(String::new, |at| date(at, &own_zone));
    let by = row.invited_by.as_deref().map_or_else(String::new, |by| format!(", invited by {by}"));
    fact("member since", &format!("{since}{by}"), theme.text);
    fact("invited", &profile.invited.join(", "), theme.text);
    fact("staff notes", &staff_notes(profile), theme.text);
    let dues =
        if dues.is_empty() { String::new() } else { format!("{dues} (only you and the sysop see this)") };
    fact("dues", &dues, theme.text);
    fact("thanks", &thanks_words(thanks), theme.good);
    let titles = |threads: &[ProfileThread]| {
        let title = |thread: &ProfileThread| format!("{} ({})", thread.title, thread.board);
        threads.iter().map(title).collect::<Vec<_>>().join("\n")
    };
    fact("you both", &titles(&profile.shared), theme.text);
    fact("threads", &titles(&profile.threads), theme.text);
    let keys: Vec<String> = keys.iter().map(|key| format!("{} {}", key.fingerprint, key.name)).collect();
    fact("your keys", &keys.join("\n"), theme.text);
    lines
}

/// Who it is: handle, shown tag, role or level, pronouns.
fn headline(profile: &Profile) -> String {
    let row = &profile.row;
    let role = match row.role {
        Role::Member => row.level.as_str(),
        role => role.as_str(),
    };
    let pronouns = if row.pronouns.is_empty() { String::new() } else { format!("  {}", row.pronouns) };
    let tag = profile.shown_tag.as_deref().map_or_else(String::new, |tag| format!(" #{tag}"));
    format!("{}{tag}  {role}{pronouns}", row.handle)
}

/// How many notes the staff keep, for the staff.
fn staff_notes(profile: &Profile) -> String {
    match profile.staff_notes {
        Some(0) => "none (N writes one)".to_owned(),
        Some(count) => format!("{count} (N reads them)"),
        None => String::new(),
    }
}

/// The last thanks that one got, one a line.
fn thanks_words(thanks: &[Got]) -> String {
    let words = |got: &Got| format!("{} for {} in {}", got.giver, got.no, got.title);
    let mut lines: Vec<String> = thanks.iter().take(THANKS_SHOWN).map(words).collect();
    if thanks.len() > THANKS_SHOWN {
        lines.push("and some earlier; only you see this".to_owned());
    } else if let Some(last) = lines.last_mut() {
        last.push_str(" (only you see this)");
    }
    lines.join("\n")
}
