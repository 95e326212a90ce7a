//! Drawing of the list of drafts: what each is for and when it was kept, and below how it begins.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Drafts;
use crate::domain::draft::{ApplicationText, DraftTarget, Form, LineFor};
use crate::domain::markup;
use crate::domain::moderation::{Thing, ThingKind};
use crate::domain::text::{display_width, truncate};
use crate::domain::time::relative_short;
use crate::service::drafts::DraftSummary;
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::put::Put;
use crate::ui::widgets::nothing;

/// Rows of one draft.
const ROWS: u16 = 2;
/// A conversation that one left.
const GONE: &str = "a conversation that you are not in";
/// Columns for when a draft was kept.
const TIME_COLUMNS: u16 = 8;

pub(super) fn draw(screen: &mut Drafts, area: Rect, buf: &mut Buffer, look: &Look) {
    let Some(drafts) = &screen.drafts else { return };
    if drafts.is_empty() {
        let words = "Nothing unfinished. What you write is kept here until you send it.";
        return nothing::draw(words, area, buf, look);
    }
    let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX + TIME_COLUMNS), ..area };
    for (index, row) in screen.list.visible(area, drafts.len(), ROWS) {
        draw_draft(&drafts[index], row, buf, look);
        screen.list.draw_mark(index, row, buf, look);
    }
}

fn draw_draft(draft: &DraftSummary, row: Rect, buf: &mut Buffer, look: &Look) {
    let theme = &look.theme;
    let (x, right) = (row.x + 2, row.right());
    let when = relative_short(look.now, draft.saved_at);
    let at = right.saturating_sub(u16::try_from(display_width(&when)).unwrap_or(TIME_COLUMNS));
    buf.put(at, row.y, &when, usize::from(TIME_COLUMNS), theme.dim);
    let room = usize::from(at.saturating_sub(x + 1));
    buf.put(x, row.y, truncate(&what(draft), room, theme.signs.ellipsis), room, theme.strong);
    let room = usize::from(right - x);
    let excerpt = markup::plain(&draft.excerpt, room);
    let excerpt = truncate(&excerpt, room, theme.signs.ellipsis);
    buf.put(x, row.y + 1, excerpt, room, theme.dim);
}

/// What a draft is for, in words. What its author may not see any more has no name.
fn what(draft: &DraftSummary) -> String {
    let thread = draft.thread.as_deref().unwrap_or("a thread that is not shown to you");
    let board = draft.board.as_deref().unwrap_or("a board that is not shown to you");
    match &draft.target {
        DraftTarget::Board(_) if draft.title.is_empty() => format!("New thread on {board}"),
        DraftTarget::Board(_) => format!("New thread on {board}: {}", draft.title),
        DraftTarget::Reply(_) => format!("Reply in {thread}"),
        DraftTarget::Edit(_, no) => format!("Edit of {no} in {thread}"),
        DraftTarget::Room(_) => "Line in a room".to_owned(),
        DraftTarget::Message(_) => format!("Message to {}", draft.thread.as_deref().unwrap_or(GONE)),
        DraftTarget::EditMessage(..) => {
            format!("Another text for a message to {}", draft.thread.as_deref().unwrap_or(GONE))
        }
        DraftTarget::MessageTo(_) | DraftTarget::NewConversation if draft.title.is_empty() => {
            "New message".to_owned()
        }
        DraftTarget::MessageTo(_) | DraftTarget::NewConversation => format!("New message to {}", draft.title),
        DraftTarget::Form(name) => draft.target.form().map_or_else(|| format!("Form: {name}"), form),
    }
}

/// What a form's text is, in words.
fn form(form: Form) -> String {
    let of = |thing: Thing| thing.kind().one();
    match form {
        Form::Cohort => "A new cohort".to_owned(),
        Form::Checkpoint(_, week) => format!("What checkpoint {week} of a cohort asks"),
        Form::Profile => "Your profile".to_owned(),
        Form::Joining(_) | Form::DoorQuestion(_) => "On your way in".to_owned(),
        Form::Question(_) => "A question at the door".to_owned(),
        Form::Template(_) => "What new threads on a board begin with".to_owned(),
        Form::Report(thing) => format!("Report of {}", of(thing)),
        Form::Jury(_) => "Your word on an appeal, as one of its jury".to_owned(),
        Form::Appeal(_) => "Appeal against what the staff did".to_owned(),
        Form::Case(case) => format!("Reason in case {case}"),
        Form::Act(thing) => format!("Reason for what is done about {}", of(thing)),
        Form::Application(ApplicationText::Welcome, id) => format!("Welcome to application {id}"),
        Form::Application(ApplicationText::Decline, id) => format!("Decline of application {id}"),
        Form::Application(ApplicationText::Ask, id) => format!("Question to application {id}"),
        Form::StaffNote(_) => "A staff note about a member".to_owned(),
        Form::Held(_) => "Why a post that waits goes back".to_owned(),
        Form::Line(what, _) => line(what).to_owned(),
        Form::InviteReport => format!("Report of {}", ThingKind::Invite.one()),
    }
}

/// What a single line is, in words.
fn line(what: LineFor) -> &'static str {
    match what {
        LineFor::Wall => "Line for the wall",
        LineFor::Away => "Why you are away",
        LineFor::Invite => "Word to a friend whom you invite",
        LineFor::Nudge => "Nudge",
        LineFor::Tag => "What a tag is for",
        LineFor::NewTerm | LineFor::Term => "What a word means here",
        LineFor::TermOut => "Why a word leaves the glossary",
        LineFor::Vouch => "How you know somebody at the door",
        LineFor::RoleEnd => "Why a role ends",
        LineFor::LetIn => "Why somebody comes in past the line",
        LineFor::Calm => "Why the place is calm",
        LineFor::Filter => "What the author of a filtered text reads",
        LineFor::Conversation => "Title of a conversation",
        LineFor::Split => "Title of a thread that is split off",
        LineFor::Console => "Answer on the console",
    }
}
