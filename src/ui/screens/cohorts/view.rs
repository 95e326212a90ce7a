//! Drawing of the cohorts: two rows each, the name and how it stands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Cohorts;
use crate::domain::policy::{Action, MakeCohort};
use crate::domain::text::truncate;
use crate::service::cohorts::{CohortSummary, Mine, Phase};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

const NONE: &str = "No cohort yet: a group that goes through something together for some weeks, with a board, buddies and \
                    a checkpoint a week.";

pub(super) fn draw(screen: &mut Cohorts, area: Rect, buf: &mut Buffer, look: &Look) {
    if !screen.cohorts.has_come() {
        return;
    }
    if screen.cohorts.rows().is_empty() {
        let next = match MakeCohort.decide(look.actor()) {
            Ok(()) => "n makes the first one.",
            Err(_) => "The staff make them: tell them what you would like to do together.",
        };
        return nothing::draw(&format!("{NONE} {next}"), area, buf, look);
    }
    screen.cohorts.draw(area, 2, buf, look, |cohort, row, buf| draw_row(cohort, row, buf, look));
}

fn draw_row(cohort: &CohortSummary, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let room = usize::from(row.width).saturating_sub(3);
    let over = matches!(cohort.phase, Phase::Over | Phase::CalledOff);
    let style = match (over, cohort.mine) {
        (true, _) => theme.dim,
        (false, Mine::Out) => theme.text,
        (false, _) => theme.strong,
    };
    let dot = format!(" {} ", theme.signs.dot);
    let head = if look.is_narrow() {
        cohort.name.clone()
    } else {
        format!("{}{dot}{}", cohort.name, cohort.purpose)
    };
    buf.put(row.x + 2, row.y, truncate(&head, room, theme.signs.ellipsis), room, style);
    if row.height < 2 {
        return;
    }
    // What concerns one comes first: it is what a narrow window has room for.
    let mut words = vec![cohort.phase_words()];
    words.extend(Some(cohort.mine_words().to_owned()).filter(|words| !words.is_empty()));
    words.push(cohort.people_words());
    words.push(format!("host {}", cohort.host));
    let room = room.saturating_sub(2);
    let words = words.join(&dot);
    buf.put(row.x + 4, row.y + 1, truncate(&words, room, theme.signs.ellipsis), room, theme.dim);
}
