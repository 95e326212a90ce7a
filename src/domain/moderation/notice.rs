//! What people read after an act: the member concerned, and those who reported. One place, so that the preview a
//! moderator sees is, word for word, what the member will see.

use super::{ActKind, Deed};

/// What the member concerned is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice<'a> {
    /// What was done.
    pub kind: ActKind,
    /// For how long, in words, if it is a suspension: `3 days`.
    pub term: &'a str,
    /// What it was done to or about, from the member's side: `your post #3 in "Trains"`; empty for the member.
    pub what: &'a str,
    /// The rule's number and title.
    pub rule: Option<(i64, &'a str)>,
    /// The reason, as it was written.
    pub reason: &'a str,
}

impl Notice<'_> {
    /// The notice, in paragraphs.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut paragraphs = vec![self.opening()];
        if let Some((no, title)) = self.rule {
            paragraphs.push(format!("Rule {no}: {title}"));
        }
        if !self.reason.is_empty() {
            paragraphs.push(self.reason.to_owned());
        }
        if let Some(next) = self.what_next() {
            paragraphs.push(next.to_owned());
        }
        paragraphs
    }

    fn opening(&self) -> String {
        let about = if self.what.is_empty() { String::new() } else { format!(", about {}", self.what) };
        match self.kind {
            ActKind::Warn => format!("This is a warning{about}."),
            ActKind::Suspend if self.term.starts_with("until") => {
                format!("Your membership is suspended {}{about}.", self.term)
            }
            ActKind::Suspend => format!("Your membership is suspended for {}{about}.", self.term),
            ActKind::RedactPost if !self.what.is_empty() => format!("A part of {} was taken out.", self.what),
            ActKind::UnredactPost if !self.what.is_empty() => {
                format!("What was taken out of {} is back.", self.what)
            }
            ActKind::Lift => "Your membership is no longer suspended.".to_owned(),
            ActKind::Nudge => format!("A word from the staff{about}."),
            ActKind::ReadOnly => format!("You can read here and not write for {}.", self.term),
            ActKind::MayWrite => "You can write here again.".to_owned(),
            ActKind::TakeInvites => "You can make no invites for now.".to_owned(),
            ActKind::GiveInvites => "You can make invites again.".to_owned(),
            ActKind::TakeMessages => "You can send no messages for now, except to the staff.".to_owned(),
            ActKind::GiveMessages => "You can send messages again.".to_owned(),
            ActKind::RemoveMember => "You are no longer a member here.".to_owned(),
            ActKind::Readmit => "You are a member here again.".to_owned(),
            ActKind::Dismiss => "A report was looked at: nothing wrong was found.".to_owned(),
            kind => {
                let what = if self.what.is_empty() { "Something of yours" } else { self.what };
                let mut letters = what.chars();
                let first =
                    letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
                format!("{first}{} was {}.", letters.as_str(), kind.done())
            }
        }
    }

    fn what_next(&self) -> Option<&'static str> {
        match self.kind {
            ActKind::Warn => Some("Nothing else follows from it now. It fades after 180 days."),
            ActKind::Nudge => {
                Some("It is meant kindly and nothing follows from it. No log shows it to others.")
            }
            ActKind::ReadOnly => Some("Your drafts are kept, and you can go on writing them."),
            ActKind::TakeInvites | ActKind::TakeMessages => Some("It lasts until the staff give it back."),
            ActKind::RemoveMember => Some("You can still log in and read this; your drafts are kept."),
            ActKind::Suspend => Some("Until then you can log in and read this; your drafts are kept."),
            ActKind::CollapsePost => Some("Readers open it with one key."),
            ActKind::RedactPost => {
                Some("The rest of it stands. The moderators keep what it said for 90 days.")
            }
            ActKind::LockThread => Some("It can be read, but nothing is added."),
            ActKind::RemoveTag => {
                Some("It stands on no thread and by no handle now, and nobody makes it anew.")
            }
            ActKind::EndInvite => {
                Some("Its code opens the door no more. Your other invites count as before.")
            }
            ActKind::RemoveMessage => {
                Some("Somebody who takes part reported it. The staff read nothing else of the conversation.")
            }
            _ => None,
        }
    }
}

/// What the reporters of a thing are told, in one sentence or two. It never names a person.
pub fn outcome(deeds: &[Deed], reason: &str) -> String {
    let mut done: Vec<String> = Vec::new();
    for deed in deeds {
        let kind = deed.kind();
        done.push(match kind {
            // A kind word is between the staff and the member.
            ActKind::Nudge => "the staff has spoken with its author".to_owned(),
            ActKind::Lift => "the suspension was lifted".to_owned(),
            kind if kind.object() == Some(super::ThingKind::Member) => {
                format!("its author was {}", kind.done())
            }
            ActKind::RedactPost => "a part of the post was taken out".to_owned(),
            kind if kind.object() == Some(super::ThingKind::Post) => format!("the post was {}", kind.done()),
            ActKind::RemoveMessage | ActKind::RestoreMessage => format!("the message was {}", kind.done()),
            kind if kind.part() == super::Part::Presence => {
                let what = match kind.object() {
                    Some(super::ThingKind::Tag) => "tag",
                    Some(super::ThingKind::Invite) => "invite",
                    _ => "line",
                };
                format!("the {what} was {}", kind.done())
            }
            _ => format!("the thread was {}", kind.done()),
        });
    }
    let sentence = match done.as_slice() {
        [] => "It was looked at, and nothing against the rules was found.".to_owned(),
        all => format!("It was looked at: {}.", all.join(", ")),
    };
    // A dismissal's reason is for the reporters; an act's reason stands in the mod log.
    if deeds.is_empty() && !reason.is_empty() { format!("{sentence} {reason}") } else { sentence }
}

#[cfg(test)]
mod tests {
    use super::super::SuspendFor;
    use super::*;

    #[test]
    fn a_notice_says_what_rule_and_why() {
        let notice = Notice {
            kind: ActKind::RemovePost,
            term: "",
            what: "your post #3 in \"Trains\"",
            rule: Some((2, "Be kind")),
            reason: "It called a member names.",
        };
        assert_eq!(
            notice.paragraphs(),
            ["Your post #3 in \"Trains\" was removed.", "Rule 2: Be kind", "It called a member names."]
        );
        let suspended = Notice { kind: ActKind::Suspend, term: "7 days", what: "", ..notice };
        assert_eq!(suspended.paragraphs()[0], "Your membership is suspended for 7 days.");
        let open = Notice { term: SuspendFor::UntilLifted.as_str(), ..suspended };
        assert_eq!(open.paragraphs()[0], "Your membership is suspended until it is lifted.");
        let warned = Notice { kind: ActKind::Warn, ..notice };
        assert_eq!(warned.paragraphs()[0], "This is a warning, about your post #3 in \"Trains\".");
    }

    #[test]
    fn reporters_learn_the_outcome_and_no_names() {
        assert_eq!(
            outcome(&[Deed::RemovePost, Deed::Warn], "secret"),
            "It was looked at: the post was removed, its author was warned."
        );
        assert_eq!(
            outcome(&[], "It is a quote."),
            "It was looked at, and nothing against the rules was found. It is a quote."
        );
    }
}
