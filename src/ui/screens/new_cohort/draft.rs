//! How the form stands in its draft: a line for each of its lines, and who sees the board. People read it too, in the list
//! of drafts.

use super::LABELS;
use crate::ui::widgets::Form;

const SEEN: &str = "seen by";

/// The draft of a form.
pub(super) fn write(lines: &Form, closed: bool) -> String {
    let mut draft: String =
        LABELS.iter().enumerate().map(|(index, label)| format!("{label}: {}\n", lines.text(index))).collect();
    draft.push_str(&format!("{SEEN}: {}", if closed { "its people" } else { "all members" }));
    draft
}

/// Puts a draft into the form; gives whether the board is for its people, and none when it is no draft of this form.
pub(super) fn read(draft: &str, lines: &mut Form) -> Option<bool> {
    let mut texts = Vec::new();
    let mut rest = draft.lines();
    for label in LABELS {
        // The space after a colon at the end of a line is trimmed when a draft is kept.
        texts.push(rest.next()?.strip_prefix(label)?.strip_prefix(':')?.trim());
    }
    let closed = rest.next()?.strip_prefix(SEEN)?.ends_with("its people");
    for (index, text) in texts.into_iter().enumerate() {
        lines.set_text(index, text);
    }
    Some(closed)
}
