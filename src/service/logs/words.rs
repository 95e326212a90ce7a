//! What an entry of a log says, in one sentence: the same on the screen and in plain mode.

use super::LogEntry;
use crate::domain::moderation::ThingKind;

impl LogEntry {
    /// Who did what to which thing of whom, where; without a full stop.
    pub fn sentence(&self) -> String {
        let actor = self.actor.as_deref().unwrap_or("the host");
        let Some(kind) = self.kind else { return self.besides_acts(actor) };
        let whose = match (kind.object(), &self.target) {
            (Some(ThingKind::Member), _) | (_, None) => String::new(),
            (_, Some(target)) => format!(" by {target}"),
        };
        let board = if self.board.is_empty() { String::new() } else { format!(" in {}", self.board) };
        let undid = if self.is_undo { "undid: " } else { "" };
        let what = self.what.strip_prefix("member ").unwrap_or(&self.what);
        format!("{actor} {undid}{} {what}{whose}{board}", kind.verb())
    }

    /// What is no act on a thing.
    fn besides_acts(&self, actor: &str) -> String {
        let of = self.target.as_deref().unwrap_or("a newcomer");
        match self.action.as_str() {
            "appeal.granted" => format!("{actor} granted an appeal of {of}'s"),
            "appeal.refused" => format!("{actor} looked at an appeal of {of}'s: it stands"),
            "appeal.reopened" => format!("{actor} opened an appeal of {of}'s again"),
            "application.approve" => format!("{actor} said yes to the application of {of}"),
            // Who was declined is not named.
            "application.decline" => format!("{actor} said no to an application"),
            "ban.lift" => format!("{actor} took a key or an address off the ban list"),
            "ban.make" => format!("{actor} put a key or an address on the ban list"),
            "calm.begin" => format!("{actor} began a time of calm"),
            "calm.end" => format!("{actor} ended the calm"),
            "charter.publish" => format!("{actor} published another version of the charter"),
            "glossary.remove" => format!("{actor} took a word out of the glossary"),
            "held.publish" => format!("{actor} published a post of {of}'s that waited"),
            "held.return" => format!("{actor} gave a post of {of}'s that waited back as a draft"),
            "role.accept" => format!("{of} took on a role"),
            "role.decline" => format!("{of} declined a role"),
            "role.end" => format!("a role of {of}'s ended"),
            "role.offer" => format!("{actor} offered {of} a role"),
            "role.take-back" => format!("{actor} took back an offer to {of}"),
            "seat.override" => format!("{actor} gave {of} a seat out of turn"),
            other => {
                let target = self.target.as_deref().map(|target| format!(" ({target})")).unwrap_or_default();
                format!("{actor}: {}{target}", other.replace('.', " "))
            }
        }
    }
}
