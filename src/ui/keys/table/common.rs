//! What works everywhere, in lists, in texts that scroll, under questions and in fields.

use super::{bind, char, ctrl, key};
use crate::ui::input::Key;
use crate::ui::keys::{Binding, Chord, Command as C, Scope as S};

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = &[
    // Everywhere.
    bind(S::Everywhere, &[char(' ')], C::Next, "read on", "Read on: the next thing you have not read"),
    bind(S::Everywhere, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to where you were"),
    bind(S::Everywhere, &[char('?')], C::Help, "help", "What works here"),
    bind(S::Everywhere, &[char('/')], C::Search, "", "Search"),
    bind(S::Everywhere, &[char(':'), ctrl('p')], C::Palette, "", "Palette: find a board, a thread, a member, a tag, a room, a setting or a command by name"),
    bind(S::Everywhere, &[ctrl('l')], C::Redraw, "", "Draw the screen afresh"),
    bind(S::Everywhere, &[char('q')], C::Quit, "leave", "Leave"),
    bind(S::Everywhere, &[Chord::Go('h')], C::GoHome, "home", "Home"),
    bind(S::Everywhere, &[Chord::Go('b')], C::GoBoards, "boards", "Boards"),
    bind(S::Everywhere, &[Chord::Go('m')], C::GoMembers, "members", "Members"),
    bind(S::Everywhere, &[Chord::Go('y')], C::GoIncoming, "", "Answer the nudge that came in last"),
    bind(S::Everywhere, &[Chord::Go('j')], C::GoOtherSession, "", "To where your other session is, if you are here twice or its line broke"),
    bind(S::Everywhere, &[Chord::Go('k')], C::NudgeOnDuty, "", "Knock: nudge whoever is on duty; when no moderator is here it becomes a message"),
    bind(S::Everywhere, &[Chord::Go('s')], C::GoSettings, "settings", "Settings: your choices, profile and keys"),
    bind(S::Everywhere, &[Chord::Go('n')], C::GoNotifications, "for you", "For you: replies, mentions, messages, what the staff did"),
    bind(S::Everywhere, &[Chord::Go('d')], C::GoDrafts, "drafts", "Drafts: what you have not sent yet"),
    bind(S::Everywhere, &[Chord::Go('c')], C::GoMessages, "messages", "Messages: your conversations"),
    bind(S::Everywhere, &[Chord::Go('r')], C::GoRooms, "rooms", "Rooms: talk with who is here"),
    bind(S::Everywhere, &[Chord::Go('w')], C::GoWall, "wall", "Wall: a line from each who came by"),
    bind(S::Everywhere, &[Chord::Go('z')], C::Away, "", "Say that you are away, or back"),
    bind(S::Everywhere, &[Chord::Go('l')], C::GoReadingList, "reading list", "Reading list: the posts that you keep"),
    bind(S::Everywhere, &[Chord::Go('t')], C::GoTags, "tags", "Tags: threads by what they are about"),
    bind(S::Everywhere, &[Chord::Go('v')], C::GoRoles, "roles", "Roles: who does what here and until when, and what you are asked"),
    bind(S::Roles, &[char('a')], C::AcceptRole, "accept", "Accept the role that you are asked to take on"),
    bind(S::Roles, &[char('d')], C::DeclineRole, "decline", "Decline it; only the staff read that in their log"),
    bind(S::Roles, &[char('x')], C::EndRole, "step down", "Step down from your role; for staff: end this one, take this offer back"),
    bind(S::Roles, &[char('n')], C::RenewRole, "renew", "For staff: offer another term, which begins where this one ends"),
    bind(S::Roles, &[key(Key::Enter), key(Key::Right)], C::Open, "profile", "The member's profile"),
    bind(S::Everywhere, &[Chord::Go('C')], C::GoCohorts, "cohorts", "Cohorts: groups with a start and an end, a checkpoint every week and buddies"),
    bind(S::Everywhere, &[Chord::Go('D')], C::GoDues, "", "Dues: until when yours run, and being let off"),
    bind(S::Everywhere, &[Chord::Go('p')], C::GoPath, "path", "Path: your level, and what is still missing to the next"),
    bind(S::Everywhere, &[Chord::Go('g')], C::GoGlossary, "glossary", "Glossary: the words of this place, and what they mean"),
    bind(S::Everywhere, &[Chord::Go('i')], C::GoInvites, "invites", "Invites: bring a friend"),
    // Lists.
    bind(S::List, &[char('j'), key(Key::Down)], C::Down, "", "One down"),
    bind(S::List, &[char('k'), key(Key::Up)], C::Up, "", "One up"),
    bind(S::List, &[key(Key::PageDown), ctrl('f')], C::PageDown, "", "A page down"),
    bind(S::List, &[key(Key::PageUp), ctrl('b')], C::PageUp, "", "A page up"),
    bind(S::List, &[key(Key::Home), char('<')], C::Top, "", "To the first"),
    bind(S::List, &[key(Key::End), char('>')], C::Bottom, "", "To the last"),
    bind(S::List, &[key(Key::Enter), key(Key::Right)], C::Open, "open", "Open"),
    // Pagers.
    bind(S::Pager, &[char('j'), key(Key::Down)], C::Down, "", "One line down"),
    bind(S::Pager, &[char('k'), key(Key::Up)], C::Up, "", "One line up"),
    bind(S::Pager, &[key(Key::PageDown), ctrl('f')], C::PageDown, "", "A page down"),
    bind(S::Pager, &[key(Key::PageUp), ctrl('b')], C::PageUp, "", "A page up"),
    bind(S::Pager, &[key(Key::Home), char('<')], C::Top, "", "To the beginning"),
    bind(S::Pager, &[key(Key::End), char('>')], C::Bottom, "", "To the end"),
    // Questions.
    bind(S::Confirm, &[char('y'), key(Key::Enter)], C::Yes, "yes", "Yes"),
    bind(S::Confirm, &[char('n'), key(Key::Esc)], C::No, "no", "No"),
    // Fields.
    bind(S::Field, &[key(Key::Enter)], C::Accept, "done", "Done with this line"),
    bind(S::Field, &[key(Key::Tab)], C::NextField, "", "To the next field"),
    bind(S::Field, &[key(Key::BackTab)], C::PreviousField, "", "To the field before"),
    bind(S::Field, &[key(Key::Esc)], C::Back, "back", "Back; what you typed is kept"),
];
