//! Rooms, home, the wall and conversations.

use super::{bind, char, ctrl, key};
use crate::ui::input::Key;
use crate::ui::keys::{Binding, Command as C, Scope as S};

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = &[
    // Rooms.
    bind(S::Room, &[key(Key::Enter)], C::Accept, "say", "Say the line; on an empty one, go down to the end"),
    bind(S::Room, &[key(Key::Esc)], C::Back, "back", "Back to where you were; what you typed is kept"),
    bind(S::Room, &[key(Key::Tab)], C::ChooseLine, "lines", "Complete the handle after @; else choose a line: answer, edit, delete, report it"),
    bind(S::Room, &[ctrl('o')], C::Help, "keys", "What can be entered here, such as /me and /keep"),
    bind(S::Room, &[key(Key::PageUp), ctrl('p')], C::PageUp, "up", "What was said before"),
    bind(S::Room, &[key(Key::PageDown), ctrl('n')], C::PageDown, "", "Down again"),
    bind(S::Room, &[key(Key::Up)], C::Up, "", "On an empty line: edit your last line; Space reads on from there"),
    bind(S::RoomLines, &[key(Key::Enter), key(Key::Right)], C::Open, "answer", "Answer who said it"),
    bind(S::RoomLines, &[char('e')], C::EditPost, "edit", "Edit your own line"),
    bind(S::RoomLines, &[char('d')], C::DeletePost, "delete", "Delete your own line"),
    bind(S::RoomLines, &[char('a')], C::Author, "", "The profile of who said it"),
    bind(S::RoomLines, &[char('i')], C::IgnoreAuthor, "", "Hide the lines of who said it from you; nobody is told"),
    bind(S::RoomLines, &[char('!')], C::Report, "", "Report this line to the staff"),
    bind(S::RoomLines, &[char('x')], C::TakeDown, "take down", "For staff: take the line down, with a reason"),
    bind(S::RoomLines, &[key(Key::Esc), key(Key::Tab), key(Key::Left)], C::Back, "type", "Go on typing"),
    bind(S::Board, &[char('R')], C::BoardRoom, "", "The board's room for live talk; its host or staff can open one"),
    // Home and the wall.
    bind(S::Home, &[char('w')], C::GoWall, "wall", "The wall: a line from each who came by"),
    bind(S::Wall, &[char('w'), char('n')], C::WriteOnWall, "write", "Write a line on the wall, one a visit"),
    bind(S::Wall, &[char('x')], C::TakeDown, "take down", "Take your own line down; for staff: take a line down"),
    bind(S::Wall, &[char('!')], C::Report, "", "Report this line to the staff"),
    bind(S::Wall, &[key(Key::Enter), key(Key::Right)], C::Open, "author", "The profile of who wrote it"),
    // Conversations.
    bind(S::Messages, &[char('n')], C::NewMessage, "new", "Begin a conversation with one to seven others"),
    bind(S::Messages, &[char('m')], C::MuteConversation, "mute", "Mute the conversation, or no longer: it is listed, but not counted"),
    bind(S::Conversation, &[char(' ')], C::Next, "read on", "Read on: the rest of this, then the next thing you have not read"),
    bind(S::Conversation, &[char('r')], C::Reply, "write", "Write here, in the editor that posts are written in"),
    bind(S::Conversation, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to where you were"),
    bind(S::Conversation, &[char('s')], C::SkipThread, "", "Skip this conversation for now; it stays unread"),
    bind(S::Conversation, &[char('j'), key(Key::Down)], C::Down, "", "To the next message; through a long one"),
    bind(S::Conversation, &[char('k'), key(Key::Up)], C::Up, "", "To the message before"),
    bind(S::Conversation, &[key(Key::PageDown), ctrl('f')], C::PageDown, "", "A page down"),
    bind(S::Conversation, &[key(Key::PageUp), ctrl('b')], C::PageUp, "", "A page up"),
    bind(S::Conversation, &[key(Key::Home), char('<')], C::Top, "", "To the first message that is loaded; PgUp goes on from there"),
    bind(S::Conversation, &[key(Key::End), char('>')], C::Bottom, "", "To the last message"),
    bind(S::Conversation, &[char('e')], C::EditPost, "", "Edit your own message, for fifteen minutes"),
    bind(S::Conversation, &[char('d')], C::DeletePost, "", "Delete your own message: its words are gone, its place stays"),
    bind(S::Conversation, &[char('x')], C::Spoilers, "", "Show what spoilers hide"),
    bind(S::Conversation, &[char('a')], C::Author, "", "The author's profile"),
    bind(S::Conversation, &[char('p')], C::AddPerson, "", "Add a member: they see what is said from then on, and all are told"),
    bind(S::Conversation, &[char('t')], C::RenameConversation, "title", "Give it a title that all who are in it see"),
    bind(S::Conversation, &[char('m')], C::MuteConversation, "mute", "Mute it, or no longer: it is listed, but not counted"),
    bind(S::Conversation, &[char('!')], C::Report, "", "Report this message to the staff: it goes to them, nothing else of the conversation does"),
    bind(S::Conversation, &[char('L')], C::LeaveConversation, "", "Leave it, after a question"),
    bind(S::Blocks, &[char('B'), char('x')], C::BlockMember, "take back", "No longer mute or block this member"),
    bind(S::Profile, &[char('w')], C::WriteTo, "write", "Write to this member: a conversation of two"),
    bind(S::Profile, &[char('n')], C::Nudge, "nudge", "Nudge this member: one line, seen at once when they are here"),
    bind(S::Profile, &[char('B')], C::BlockMember, "", "Block this member, or no longer: no contact either way; they are not told"),
    bind(S::Profile, &[char('m')], C::MuteMember, "", "Mute this member, or no longer: you do not see what they do; they are not told"),
    bind(S::Thread, &[char('w')], C::WriteTo, "", "Write to the author of this post: a conversation of two"),
];
