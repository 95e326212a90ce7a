//! The lines of a cohort's page, and where each leads.

use crate::domain::ids::{BoardId, MemberId, TagId};
use crate::service::cohorts::{CheckpointView, CohortPage, Mine, Phase, day};

/// Where a line leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To its board.
    Board(BoardId),
    /// To its tag.
    Tag(TagId),
    /// To a member.
    Member(MemberId),
    /// To the checkpoint of this week.
    Checkpoint(i64),
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Heading,
    Plain,
    Dim,
    Good,
}

/// A line, before it is wrapped.
pub(super) struct Row {
    pub(super) text: String,
    pub(super) tone: Tone,
    pub(super) target: Option<Target>,
}

fn row(text: impl Into<String>, tone: Tone, target: Option<Target>) -> Row {
    Row { text: text.into(), tone, target }
}

/// The page.
pub(super) fn rows(page: &CohortPage) -> Vec<Row> {
    let summary = &page.summary;
    let mut rows = vec![
        row(&summary.purpose, Tone::Plain, None),
        row(
            format!("{}; {}; host {}", summary.phase_words(), summary.people_words(), summary.host),
            Tone::Dim,
            None,
        ),
        row(summary.calendar_words(), Tone::Dim, None),
    ];
    let mine = summary.mine_words();
    if !mine.is_empty() {
        rows.push(row(mine, Tone::Good, None));
    }
    let seen = page.seen_words();
    match &page.board {
        Some((board, name)) => {
            rows.push(row(format!("board: {name} ({seen})"), Tone::Plain, Some(Target::Board(*board))))
        }
        None => rows.push(row(format!("a board of its own: {seen}"), Tone::Dim, None)),
    }
    if let Some((tag, name)) = &page.tag {
        rows.push(row(format!("those who were in it: #{name}"), Tone::Plain, Some(Target::Tag(*tag))));
    }
    buddies(page, &mut rows);
    rows.push(row("Checkpoints", Tone::Heading, None));
    rows.extend(page.checkpoints.iter().map(|checkpoint| of_checkpoint(checkpoint, page)));
    rows.push(row("People", Tone::Heading, None));
    if page.people.is_empty() {
        rows.push(row("nobody yet: J joins", Tone::Dim, None));
    }
    rows.extend(page.people.iter().map(|(id, handle)| row(handle, Tone::Plain, Some(Target::Member(*id)))));
    if !page.invited.is_empty() {
        rows.push(row(format!("invited: {}", page.invited.join(", ")), Tone::Dim, None));
    }
    rows
}

fn buddies(page: &CohortPage, rows: &mut Vec<Row>) {
    let running = matches!(page.summary.phase, Phase::Running(_));
    if page.summary.mine != Mine::In || page.summary.phase == Phase::CalledOff {
        return;
    }
    let several = page.buddies.len() > 1;
    rows.push(row(if several { "Your buddies" } else { "Your buddy" }, Tone::Heading, None));
    for (id, handle) in &page.buddies {
        rows.push(row(handle, Tone::Plain, Some(Target::Member(*id))));
    }
    if page.buddies.is_empty() {
        let words = match running {
            true => "nobody just now; the others are in the board with you",
            false => "drawn when it begins: two and two, three where it comes out odd",
        };
        rows.push(row(words, Tone::Dim, None));
    }
}

fn of_checkpoint(checkpoint: &CheckpointView, page: &CohortPage) -> Row {
    let CheckpointView { week, opens_at, answered, .. } = checkpoint;
    let names = answered.join(", ");
    let words = match (checkpoint.open, page.sees_answers) {
        (false, _) if page.may_tend && !checkpoint.prompt.is_empty() => {
            format!("asks: {}", checkpoint.prompt)
        }
        (false, _) => String::new(),
        (true, true) if !answered.is_empty() => format!("answered by {names}"),
        // In the archive nothing waits for an answer.
        (true, _) if page.summary.phase == Phase::Over => String::new(),
        (true, _) => "open".to_owned(),
    };
    let tone = match (checkpoint.open, checkpoint.mine) {
        (true, true) => Tone::Good,
        (true, false) => Tone::Plain,
        (false, _) => Tone::Dim,
    };
    let text = format!("week {week}, {}  {words}", day(*opens_at));
    row(text.trim_end(), tone, Some(Target::Checkpoint(*week)))
}

/// Where the lines lead that can be chosen, in order.
pub(super) fn targets(page: &CohortPage) -> Vec<Target> {
    rows(page).into_iter().filter_map(|row| row.target).collect()
}
