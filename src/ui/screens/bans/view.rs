//! Drawing of the ban list: the list, and below it the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Bans;
use crate::domain::prevention::BanKind;
use crate::domain::time::{Zone, absolute, ago, relative};
use crate::service::bans::Ban;
use crate::ui::look::Look;
use crate::ui::widgets::{Rows, nothing};

/// What is said where there is none.
const NOTHING: &str = "Nobody is banned. n asks for a key's fingerprint, an address or a network, shows whom it would \
                       meet, and asks for how long and why. X on a member's page does the same for theirs.";

pub(super) fn draw(screen: &mut Bans, area: Rect, buf: &mut Buffer, look: &Look) {
    if !screen.bans.has_come() {
        return;
    }
    let theme = &look.theme;
    if screen.bans.rows().is_empty() {
        return nothing::draw(NOTHING, area, buf, look);
    }
    let line = |ban: &Ban| (line(ban, look), theme.text);
    screen.bans.draw_over(area, buf, look, line, |ban, width| rows(ban, width, look));
}

/// The end stands before the fingerprint, which may be cut.
fn line(ban: &Ban, look: &Look) -> String {
    let owner = ban.owner.as_deref().map(|owner| format!(" ({owner})")).unwrap_or_default();
    let end = match ban.until {
        Some(until) => relative(look.now, until),
        None => "no end".to_owned(),
    };
    let kind = match ban.kind {
        BanKind::Key => "key",
        BanKind::Network => "net",
    };
    format!("{kind}{owner}, {end}: {}", ban.subject)
}

fn rows(ban: &Ban, width: usize, look: &Look) -> Rows {
    let theme = &look.theme;
    let mut rows = Rows::default();
    rows.push_wrapped(&ban.subject, width, 0, theme.strong);
    if let Some(owner) = &ban.owner {
        rows.push_wrapped(&format!("A key of {owner}."), width, 0, theme.text);
    }
    rows.push_wrapped(&ban.reason, width, 0, theme.text);
    let by = ban.by.as_deref().unwrap_or("the host");
    let end = match ban.until {
        Some(until) => {
            let zone = Zone::parse(&look.me.zone).unwrap_or_default();
            format!("it ends on {}", absolute(until, &zone))
        }
        None => "it holds until it is lifted".to_owned(),
    };
    let text = format!("{by} made it {}; {end}. x takes it off.", ago(look.now, ban.made_at));
    rows.push_wrapped(&text, width, 0, theme.dim);
    rows
}
