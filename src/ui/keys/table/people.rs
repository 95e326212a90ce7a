//! Members and the keyboard screen.

use super::{bind, char, ctrl, key};
use crate::ui::input::Key;
use crate::ui::keys::{Binding, Command as C, Scope as S};

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = &[
    // Members.
    bind(S::Members, &[char('w')], C::WriteTo, "write", "Write to this member: a conversation of two"),
    bind(S::Members, &[char('n')], C::Nudge, "", "Nudge this member: one line, seen at once when they are here"),
    bind(S::Members, &[char('/'), char('f')], C::Filter, "filter", "Narrow the list: part of a handle, a level, a role, #tag, here now, never met, can help with bread"),
    bind(S::Members, &[char('o')], C::Order, "order", "Another order: handle, here, last here, newest, tag"),
    bind(S::Filter, &[key(Key::Enter)], C::Accept, "choose", "Keep the filter and choose from what it left"),
    bind(S::Filter, &[key(Key::Esc)], C::Back, "all", "Everything again"),
    bind(S::Filter, &[key(Key::Down)], C::Down, "", "One down"),
    bind(S::Filter, &[key(Key::Up)], C::Up, "", "One up"),
    bind(S::Filter, &[key(Key::PageDown)], C::PageDown, "", "A page down"),
    bind(S::Filter, &[key(Key::PageUp)], C::PageUp, "", "A page up"),
    bind(S::Search, &[char('/')], C::Search, "words", "Change the words that are searched for"),
    bind(S::SearchField, &[key(Key::Enter)], C::Accept, "search", "Search, or take the search that is chosen below"),
    bind(S::SearchField, &[key(Key::Down), ctrl('n')], C::Down, "", "Down to your last searches"),
    bind(S::SearchField, &[key(Key::Up), ctrl('p')], C::Up, "", "Up again"),
    bind(S::SearchField, &[key(Key::Esc)], C::Back, "back", "Back to what was found, or to where you were"),
    bind(S::Search, &[char('o')], C::Ranked, "order", "Another order: the newest first, or the best first"),
    bind(S::Help, &[char('/')], C::Filter, "filter", "Narrow the help by typing"),

    // Dues.
    bind(S::Dues, &[char('W')], C::AskWaiver, "let off", "Be let off, or no longer: no reason is asked, and only the sysop can see it"),
    bind(S::Dues, &[char('r')], C::RecordDues, "record", "For the sysop: until when this member's dues run"),
    bind(S::Dues, &[char('x')], C::CounterDues, "take back", "For the sysop: take back what was recorded last, by an entry of its own"),
    bind(S::Dues, &[key(Key::Enter), key(Key::Right)], C::Open, "entries", "For the sysop: what was recorded for this member"),

    // Cohorts.
    bind(S::Cohorts, &[char('n')], C::NewCohort, "new", "For staff: make a cohort with its board"),
    bind(S::Cohorts, &[char('J')], C::JoinCohort, "join", "Join the cohort, or leave it"),
    bind(S::Cohorts, &[key(Key::Enter), key(Key::Right)], C::Open, "open", "The cohort: its board, buddies, checkpoints, people"),
    bind(S::Cohort, &[char('J')], C::JoinCohort, "join", "Join the cohort until it begins; leave it at any time"),
    bind(S::Cohort, &[char('i')], C::InviteToCohort, "", "For whoever looks after it: invite a member"),
    bind(S::Cohort, &[char('e')], C::EditCheckpoint, "", "For whoever looks after it: what this checkpoint asks"),
    bind(S::Cohort, &[char('x')], C::CallOffCohort, "", "For whoever looks after it: call it off before it begins"),
    bind(S::Cohort, &[key(Key::Enter), key(Key::Right)], C::Open, "open", "Open what is chosen: the board, a checkpoint, a member"),
    bind(S::CohortForm, &[ctrl('s')], C::Send, "make", "Make the cohort and its board"),
    bind(S::CohortForm, &[key(Key::Esc)], C::Back, "leave", "Leave; what you typed is kept as a draft"),
    bind(S::CohortForm, &[ctrl('t')], C::SwitchCircle, "seen by", "Its board is for its people only, or for all members"),
    bind(S::CohortForm, &[ctrl('o')], C::Help, "", "What works here"),

    // The keyboard.
    bind(S::KeyMap, &[key(Key::Enter), key(Key::Right)], C::Open, "change", "Give the command another key: press it next"),
    bind(S::KeyMap, &[char('x')], C::ResetKey, "reset", "The usual key for this command again"),
    bind(S::KeyMap, &[char('X')], C::ResetAllKeys, "", "The usual keys for everything again, after a question"),
    bind(S::KeyMap, &[char('/')], C::Filter, "filter", "Narrow the list: part of what a command does, a key"),
    bind(S::Profile, &[char('o')], C::OfferRole, "", "For staff: ask this member to be moderator, host of a board, champion of a tag"),
    bind(S::Profile, &[char('p')], C::SeePath, "path", "The way to the next level: your own; for staff, this member's"),
    bind(S::Profile, &[char('e')], C::EditProfile, "edit", "Edit your own profile"),
];
