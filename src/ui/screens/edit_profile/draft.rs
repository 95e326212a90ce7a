//! How the form stands in its draft: one line each, then the text. It is read by people too, in the list of drafts.

use crate::service::members::ProfileTexts;

const LABELS: [&str; 5] = ["pronouns", "time zone", "plan", "can help", "looking for"];

/// The draft of these texts.
pub(super) fn write(texts: &ProfileTexts) -> String {
    let lines = [&texts.pronouns, &texts.zone, &texts.plan, &texts.can_help, &texts.looking_for];
    let mut draft = String::new();
    for (label, text) in LABELS.iter().zip(lines) {
        draft.push_str(&format!("{label}: {text}\n"));
    }
    draft.push('\n');
    draft.push_str(&texts.about);
    draft
}

/// The texts of a draft; none when it is not one of the form's.
pub(super) fn read(draft: &str) -> Option<ProfileTexts> {
    let mut rest = draft;
    let lines = LABELS.map(|label| {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        // The space after a colon at the end of a line is trimmed when a draft is kept.
        let text = line.strip_prefix(label)?.strip_prefix(':')?;
        rest = after;
        Some(text.trim().to_owned())
    });
    let [pronouns, zone, plan, can_help, looking_for] = lines;
    Some(ProfileTexts {
        pronouns: pronouns?,
        zone: zone?,
        plan: plan?,
        can_help: can_help?,
        looking_for: looking_for?,
        about: rest.strip_prefix('\n').unwrap_or(rest).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w2_a_draft_reads_as_it_was_written_and_nothing_else_does() {
        let texts = ProfileTexts {
            zone: "Europe/Berlin".to_owned(),
            plan: "tea: at four".to_owned(),
            about: "First.\n\nplan: none".to_owned(),
            ..ProfileTexts::default()
        };
        // What keeping a draft does to it.
        let kept = crate::domain::text::clean_body(&write(&texts));
        assert_eq!(read(&kept), Some(texts));
        let bare = ProfileTexts { zone: "UTC".to_owned(), ..ProfileTexts::default() };
        assert_eq!(read(&crate::domain::text::clean_body(&write(&bare))), Some(bare));
        assert_eq!(read("a draft of something else"), None);
    }
}
