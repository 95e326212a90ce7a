//! What hob keeps about a member, for that member alone: seen, counted, taken along; and leaving (W6).

mod archive;
mod carry_out;
mod export;
mod leave;
mod show;
mod turns;

#[cfg(test)]
mod tests;

pub use carry_out::CarryOutLeaving;
pub use export::{Archive, ExportMine};
pub use leave::{AskToLeave, Leaving, Stay};
pub use show::{MyData, ShowMyData};
pub(in crate::service) use turns::Turns;

/// A file of the archive in words: what is in it, and for how long hob keeps that.
pub(in crate::service) struct Words {
    /// The file's name, without an ending.
    name: &'static str,
    /// What is in it.
    what: &'static str,
    /// For how long it is kept.
    kept: &'static str,
}

const fn words(name: &'static str, what: &'static str, kept: &'static str) -> Words {
    Words { name, what, kept }
}

/// The words for every file, in the order of the archive; posts first.
const WORDS: &[Words] = &[
    words("posts", "posts you wrote, with their history", "until withdrawn; deleted text 90 days"),
    words("profile", "your account and profile", "while you are a member"),
    words("settings", "your choices", "while you are a member"),
    words("keys", "your keys, revoked ones too", "while you are a member"),
    words("pass", "the certificate that you came in with", "while it is good"),
    words("drafts", "drafts", "until you send or drop them"),
    words("messages", "lines of your conversations", "until their author deletes them"),
    words("room-lines", "what you said in rooms", "24 hours, unless kept as a thread"),
    words("wall", "your lines on the wall", "30 days"),
    words("thanks-given", "thanks you gave", "until you take them back"),
    words("thanks-received", "thanks you got", "until they are taken back"),
    words("bookmarks", "posts on your reading list", "until you take them off"),
    words("reports", "reports you made", "365 days after the decision"),
    words("staff-acts", "what the staff did that concerned you", "for good: it is in the mod log"),
    words("waited", "posts that a moderator read first", "90 days after the decision"),
    words("staff-notes", "notes of the staff about you", "for good, with what was taken out"),
    words("addresses", "addresses you came from lately", "30 days"),
    words("watched", "when the staff had you on the watch list, and why", "for good"),
    words("appeals", "appeals you made", "for good"),
    words("juries", "juries you were drawn for", "for good"),
    words("application", "your application", "while you are a member"),
    words("glossary", "what you wrote in the glossary", "for good, unless you withdraw it"),
    words("roles", "roles that you were offered and had", "for good"),
    words("cohorts", "cohorts that you were invited to or in", "for good"),
    words(
        "dues",
        "what was recorded of your dues, and being let off",
        "the ledger for good, the rest until you leave",
    ),
    words("seat", "your seat, and waiting for it", "while you are a member"),
    words("door-answers", "what you answered at the door", "while you are a member"),
    words("tags", "tags you joined", "while you are a member"),
    words("vouches", "what you said for applicants", "while you are a member"),
    words("charter", "rules you accepted", "for good"),
    words("levels", "how your level changed", "for good"),
    words("days", "days on which you were here", "as long as a rule of levels asks"),
    words("invites", "invites you made", "for good: they are the invite tree"),
    words("reading", "what you have read, follow and mute", "while you are a member"),
    words("notifications", "what was for you", "90 days after you saw it"),
    words("searches", "your last searches and jumps", "the newest few"),
    words("blocked", "members you blocked", "until you take it back"),
    words("muted", "members you muted", "until you take it back"),
    words("places", "where your sessions were left", "24 hours"),
];
