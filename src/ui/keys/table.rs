//! The table of keys. Every key is on every keyboard: letters, Space, Enter, Esc, arrows and Ctrl with a letter;
//! nothing is reachable only by Alt, a function key or the mouse.

use super::{Binding, Chord, Command, Scope};
use crate::ui::input::{Key, KeyPress};

const fn key(key: Key) -> Chord {
    Chord::Press(KeyPress::plain(key))
}

const fn char(letter: char) -> Chord {
    key(Key::Char(letter))
}

const fn ctrl(letter: char) -> Chord {
    Chord::Press(KeyPress::ctrl(letter))
}

const fn ctrl_key(key: Key) -> Chord {
    Chord::Press(KeyPress { ctrl: true, ..KeyPress::plain(key) })
}

const fn alt(letter: char) -> Chord {
    Chord::Press(KeyPress { alt: true, ..KeyPress::plain(Key::Char(letter)) })
}

const fn bind(
    scope: Scope,
    chords: &'static [Chord],
    command: Command,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { scope, chords, command, label, help }
}

use Command as C;
use Scope as S;

/// The table.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
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

    // Members.
    bind(S::Members, &[char('w')], C::WriteTo, "write", "Write to this member: a conversation of two"),
    bind(S::Members, &[char('n')], C::Nudge, "", "Nudge this member: one line, seen at once when they are here"),
    bind(S::Members, &[char('/'), char('f')], C::Filter, "filter", "Narrow the list: part of a handle, a level, a role, #tag, here now, never met, can help with bread"),
    bind(S::Members, &[char('o')], C::Order, "order", "Another order: handle, here, last here, newest"),
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

    // The keyboard.
    bind(S::KeyMap, &[key(Key::Enter), key(Key::Right)], C::Open, "change", "Give the command another key: press it next"),
    bind(S::KeyMap, &[char('x')], C::ResetKey, "reset", "The usual key for this command again"),
    bind(S::KeyMap, &[char('X')], C::ResetAllKeys, "", "The usual keys for everything again, after a question"),
    bind(S::KeyMap, &[char('/')], C::Filter, "filter", "Narrow the list: part of what a command does, a key"),

    bind(S::Profile, &[char('o')], C::OfferRole, "", "For staff: ask this member to be moderator, host of a board, champion of a tag"),
    bind(S::Profile, &[char('p')], C::SeePath, "path", "The way to the next level: your own; for staff, this member's"),
    bind(S::Profile, &[char('e')], C::EditProfile, "edit", "Edit your own profile"),

    // The door. Space belongs to it: there is nothing to read on to from here.
    bind(S::Door, &[char('a')], C::Apply, "apply", "Apply to join"),
    bind(S::Door, &[char('i')], C::EnterInvite, "invite", "Enter the code of an invite"),
    bind(S::Door, &[char('c'), char(' ')], C::ReadCharter, "charter", "Read the charter"),
    bind(S::Door, &[char('b')], C::LookAround, "boards", "Look at the boards that are open to guests"),
    bind(S::Door, &[char('l')], C::ComeBack, "members", "How members log in"),
    bind(S::DoorStatus, &[key(Key::Enter)], C::Open, "answer", "Answer what the staff asked"),
    bind(S::DoorStatus, &[char('a')], C::Appeal, "appeal", "Read what concerned you, and appeal within 20 days"),
    bind(S::DoorStatus, &[char('w')], C::WakeSeat, "wake", "Wake your seat, which sleeps because you were away for long; Enter does too"),
    bind(S::DoorStatus, &[char('b')], C::LookAround, "boards", "Look at the boards that are open to guests"),
    bind(S::DoorStatus, &[char('i')], C::EnterInvite, "invite", "Enter the code of an invite"),
    bind(S::DoorStatus, &[char('c')], C::ReadCharter, "charter", "Read the charter"),
    bind(S::DoorStatus, &[char('v')], C::ShowOneself, "shown", "Let members see your handle and introduction while you wait, or no longer"),
    bind(S::DoorStatus, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::DoorText, &[key(Key::Esc), key(Key::Left), key(Key::Enter)], C::Back, "back", "Back to where you were"),
    bind(S::DoorText, &[char('k')], C::LostKey, "lost key", "You are a member and lost your key: members vouch for you"),
    bind(S::DoorText, &[char('r')], C::RecoveryCode, "code", "Enter the one-time code that a sysop gave you"),
    bind(S::DoorText, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::DoorRule, &[key(Key::Enter)], C::Accept, "accept", "Accept this rule and go on; page down first where there is more of it"),
    bind(S::DoorRule, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "To the rule before"),
    bind(S::DoorRule, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::DoorChoice, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to the step before"),
    bind(S::DoorChoice, &[char(' ')], C::Down, "", "One down"),
    bind(S::DoorOne, &[char('s')], C::LeaveOut, "leave out", "Leave this question out"),
    bind(S::DoorMany, &[key(Key::Enter)], C::Accept, "go on", "Go on with what is chosen, or with nothing"),
    bind(S::DoorMany, &[char(' '), char('x')], C::Mark, "choose", "Choose this one, or no longer"),
    bind(S::DoorWrite, &[ctrl('s')], C::Send, "go on", "Keep it and go on"),
    bind(S::DoorWrite, &[key(Key::Esc)], C::Back, "back", "Back; what you typed is kept"),

    // Invites.
    bind(S::Invites, &[char('n')], C::MakeInvite, "new", "Make an invite for a friend"),
    bind(S::Everywhere, &[ctrl('t')], C::GoInviteTree, "tree", "Family tree: who invited whom"),
    bind(S::Invites, &[char('t')], C::GoInviteTree, "tree", "Who invited whom"),
    bind(S::Profile, &[char('i')], C::InviteBranch, "", "Invite branch: who came through this member"),
    bind(S::InviteTree, &[char('f')], C::FoldBranch, "fold", "Fold this branch, or open it"),
    bind(S::InviteTree, &[char('F')], C::FoldAll, "fold all", "Fold all branches, or open them"),
    bind(S::Invites, &[char('x')], C::RevokeInvite, "take back", "Take an invite back that nobody has used"),

    // One's own data, and leaving.
    bind(S::MyData, &[char('L')], C::LeaveHob, "leave for good", "Leave this place in one of three ways, with seven days to change your mind"),
    bind(S::MyData, &[char('s')], C::Stay, "stay", "Stay after all: nothing is changed"),
    bind(S::Leaving, &[char('s')], C::Stay, "stay", "Stay after all: nothing is changed"),
    bind(S::Leaving, &[key(Key::Enter), key(Key::Esc), key(Key::Left), char(' ')], C::Accept, "go on", "Go on for now; you still leave when the time comes"),
    // At the door, for members.
    bind(S::Everywhere, &[Chord::Go('x')], C::GoAtDoor, "at the door", "At the door: who waits to be let in; vouch for whom you know"),
    bind(S::AtDoor, &[char('v')], C::Vouch, "vouch", "Tell the staff in a line how you know this person"),
    bind(S::AtDoor, &[char('x')], C::TakeDown, "take back", "Take back what you said for this person"),

    // The questions at the door.
    bind(S::Everywhere, &[Chord::Go('e')], C::GoQuestions, "questions", "Questions at the door: what is asked of those who join (sysop)"),
    bind(S::Questions, &[key(Key::Enter), key(Key::Right)], C::Open, "change", "Change this question; who answered it keeps what was asked"),
    bind(S::Questions, &[char('n')], C::NewQuestion, "new", "Write a question, in words or with choices"),
    bind(S::Questions, &[char('x')], C::RetireQuestion, "take out", "Ask it no longer, or again; answers stay with their applications"),
    bind(S::Questions, &[char('-')], C::Earlier, "", "Ask it one place earlier"),
    bind(S::Questions, &[char('+')], C::Later, "", "Ask it one place later"),
    bind(S::QuestionForm, &[ctrl('s')], C::Send, "save", "Save the question as it stands"),
    bind(S::QuestionForm, &[ctrl('t')], C::SwitchKind, "kind", "Another kind: in words, one of the choices, any of them"),
    bind(S::QuestionForm, &[ctrl('r')], C::SwitchNeeded, "needed", "It must be answered, or may be left out"),
    bind(S::QuestionForm, &[ctrl('x')], C::SwitchCircle, "whom", "Ask everybody, or only those who apply without an invite"),

    // Boards.
    bind(S::Boards, &[char('m')], C::MuteBoard, "", "Mute the board, or subscribe again"),
    bind(S::Boards, &[char('c')], C::MarkBoardRead, "mark read", "Mark the whole board as read"),
    bind(S::Boards, &[char('u')], C::Undo, "undo", "Undo the last mark"),

    // What is for one.
    bind(S::Notifications, &[char('c')], C::ClearNotifications, "clear", "Nothing here is news any longer; posts stay unread"),
    bind(S::Notifications, &[char('u')], C::Undo, "undo", "Bring back what was cleared"),

    // Keys and password.
    bind(S::Keys, &[char('a')], C::AddKey, "add", "Add a key: paste the line of its .pub file"),
    bind(S::Keys, &[char('c')], C::AddOwnKey, "add yours", "Add the key that you came with"),
    bind(S::Keys, &[char('n')], C::RenameKey, "name", "Give the key another name"),
    bind(S::Keys, &[char('s')], C::ReplaceKey, "replace", "Replace the key: add a new one, and the old one goes once the new one has let you in"),
    bind(S::Keys, &[char('x')], C::RevokeKey, "revoke", "Revoke the key, after a question: it opens nothing from then on"),
    bind(S::Keys, &[char('p')], C::SetPassword, "password", "Set your password, or change it"),
    bind(S::Keys, &[char('r')], C::RemovePassword, "", "Remove your password, and come in by key only"),

    // Forms of several lines.
    bind(S::Form, &[key(Key::Enter)], C::Accept, "done", "To the next line; after the last one: done"),
    bind(S::Form, &[key(Key::Tab), key(Key::Down)], C::NextField, "", "To the next line"),
    bind(S::Form, &[key(Key::BackTab), key(Key::Up)], C::PreviousField, "", "To the line before"),
    bind(S::Form, &[key(Key::Esc)], C::Back, "back", "Back, and nothing is changed"),

    // The profile's form.
    bind(S::ProfileForm, &[ctrl('s')], C::Send, "save", "Save your profile"),
    bind(S::ProfileForm, &[key(Key::Esc)], C::Back, "leave", "Leave; what you typed is kept as a draft"),
    bind(S::ProfileForm, &[key(Key::Tab)], C::NextField, "next", "To the next line; a time zone that is begun is completed first"),
    bind(S::ProfileForm, &[key(Key::BackTab)], C::PreviousField, "", "To the line before"),
    bind(S::ProfileForm, &[ctrl('x')], C::DropDraft, "drop", "Drop what you typed and show the saved profile, after a question"),
    bind(S::ProfileForm, &[ctrl('o')], C::Help, "keys", "The keys that work here"),

    // The palette is typed into: only keys that type nothing.
    bind(S::Palette, &[key(Key::Enter)], C::Open, "go", "Go there, or do it"),
    bind(S::Palette, &[key(Key::Down), ctrl('n')], C::Down, "", "One down"),
    bind(S::Palette, &[key(Key::Up), ctrl('p')], C::Up, "", "One up"),
    bind(S::Palette, &[key(Key::PageDown)], C::PageDown, "", "A page down"),
    bind(S::Palette, &[key(Key::PageUp)], C::PageUp, "", "A page up"),
    bind(S::Palette, &[key(Key::Esc)], C::Back, "back", "Back to where you were"),

    // Threads.
    bind(S::Board, &[char('n')], C::NewThread, "new", "Start a thread"),
    bind(S::Board, &[char('c')], C::MarkThreadRead, "mark read", "Mark the thread as read"),
    bind(S::Board, &[char('C')], C::MarkBoardRead, "", "Mark the whole board as read"),
    bind(S::Board, &[char('f')], C::FollowThread, "", "Follow the thread, or no longer: it comes first when you read on"),
    bind(S::Board, &[char('m')], C::MuteThread, "", "Mute the thread, or no longer: it is not counted"),
    bind(S::Board, &[char('T')], C::SetTags, "", "Set the thread's tags: its author, the board's host, staff"),
    bind(S::Board, &[char('!')], C::Report, "", "Report this thread to the staff"),
    bind(S::Board, &[char('M')], C::Moderate, "", "For staff and hosts: what can be done about this thread"),
    bind(S::Board, &[char('E')], C::EditTemplate, "", "For staff and hosts: what new threads here begin with"),
    bind(S::Board, &[char('u')], C::Undo, "undo", "Undo the last of these"),

    bind(S::Thread, &[char(' ')], C::Next, "read on", "Read on: the rest of this, then the next thing you have not read"),
    bind(S::Thread, &[char('r')], C::Reply, "reply", "Answer this post"),
    bind(S::Thread, &[char('Q')], C::Quote, "quote", "Answer this post with a quote: all of a short one, the lines you choose of a longer one"),
    bind(S::Thread, &[char('t')], C::Thanks, "", "Thank its author, or take it back; only the two of you see it"),
    bind(S::Thread, &[char('s')], C::SkipThread, "skip", "Skip this thread for now; it stays unread"),
    bind(S::Thread, &[char('S')], C::SkipBoard, "", "Skip the rest of this board for now"),
    bind(S::Thread, &[char('u')], C::Undo, "undo", "Undo: come back to what you skipped, take back a mark or a deletion"),
    bind(S::Thread, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to where you jumped from, or to where you began to read"),
    bind(S::Thread, &[char('j'), key(Key::Down)], C::Down, "", "To the next post; through a long one"),
    bind(S::Thread, &[char('k'), key(Key::Up)], C::Up, "", "To the post before"),
    bind(S::Thread, &[key(Key::PageDown), ctrl('f')], C::PageDown, "", "A page down"),
    bind(S::Thread, &[key(Key::PageUp), ctrl('b')], C::PageUp, "", "A page up"),
    bind(S::Thread, &[key(Key::Home), char('<')], C::Top, "", "To the first post"),
    bind(S::Thread, &[key(Key::End), char('>')], C::Bottom, "", "To the last post"),
    bind(S::Thread, &[char('#')], C::JumpTo, "", "To a post by its number"),
    bind(S::Thread, &[char('p')], C::GoAnswered, "", "To the post that this one answers"),
    bind(S::Thread, &[char('@')], C::NextToMe, "", "To the next post that answers or mentions you"),
    bind(S::Thread, &[key(Key::Enter), key(Key::Right)], C::Open, "", "Open what is folded"),
    bind(S::Thread, &[char('o')], C::ShowAnswered, "", "Show what this post answers, in place"),
    bind(S::Thread, &[char('x')], C::Spoilers, "", "Show what spoilers hide"),
    bind(S::Thread, &[char('h')], C::History, "", "Show what an edited post said before"),
    bind(S::Thread, &[char('b')], C::KeepPost, "", "Keep this post in your reading list, or take it off"),
    bind(S::Thread, &[char('l')], C::OpenLink, "", "Show where a link of this post leads, whole, to be copied"),
    bind(S::Thread, &[char('T')], C::SetTags, "", "Set the thread's tags: its author, the board's host, staff"),
    bind(S::Thread, &[char('v')], C::Solve, "", "On a question board: this post solved it, or it is open again"),
    bind(S::Thread, &[char('K')], C::LookUp, "", "What words of the glossary in this post mean"),
    bind(S::Thread, &[char('a')], C::Author, "", "The author's profile"),
    bind(S::Thread, &[char('e')], C::EditPost, "", "Edit your own post"),
    bind(S::Thread, &[char('d')], C::DeletePost, "", "Delete your own post"),
    bind(S::Thread, &[char('c')], C::MarkThreadRead, "", "Mark the rest of the thread as read"),
    bind(S::Thread, &[char('U')], C::MarkUnread, "", "Mark as unread from this post on"),
    bind(S::Thread, &[char('f')], C::FollowThread, "", "Follow the thread, or no longer: it comes first when you read on"),
    bind(S::Thread, &[char('m')], C::MuteThread, "", "Mute the thread, or no longer: it is not counted"),

    // Tags and the reading list.
    bind(S::Tag, &[char('J')], C::JoinTag, "join", "Join the tag, or leave it: up to ten"),
    bind(S::Tag, &[char('p')], C::TagPeople, "people", "Who has joined it"),
    bind(S::Tag, &[char('H')], C::ShowTag, "", "Let it stand by your handle, or no longer"),
    bind(S::Tag, &[char('E')], C::DescribeTag, "", "For its champion and staff: say what it is for"),
    bind(S::Tag, &[char(' ')], C::Next, "read on", "Read on: what you have not read in these threads"),
    bind(S::Glossary, &[key(Key::Enter), key(Key::Right)], C::Open, "first use", "Read where it was said first"),
    bind(S::Glossary, &[char('/'), char('f')], C::Filter, "filter", "Narrow the list: part of a word, or of what it means"),
    bind(S::Glossary, &[char('n')], C::DefineTerm, "new", "Add a word; members do, from the level member on"),
    bind(S::Glossary, &[char('e')], C::ChangeTerm, "change", "Say better what it means; what it meant before is kept"),
    bind(S::Glossary, &[char('h')], C::History, "", "What it meant before"),
    bind(S::Glossary, &[char('x')], C::RemoveTerm, "", "For staff: take a word out, for a reason that stands in the mod log"),
    bind(S::TagField, &[key(Key::Enter)], C::Accept, "set", "Set these tags"),
    bind(S::TagField, &[key(Key::Tab)], C::CompleteTag, "complete", "Complete the tag that you are typing"),
    bind(S::TagField, &[key(Key::Esc)], C::Back, "back", "Back, and nothing is changed"),
    bind(S::ReadingList, &[char('x'), char('b')], C::KeepPost, "take off", "Take this post off the list"),
    bind(S::ReadingList, &[char('u')], C::Undo, "undo", "Put back what you took off last"),

    // Writing. Send and leave come first in the footer; what edits is in the help.
    bind(S::Compose, &[ctrl('s')], C::Send, "send", "Send it"),
    bind(S::Compose, &[key(Key::Esc)], C::Back, "leave", "Leave; the text is kept as a draft"),
    bind(S::Compose, &[ctrl('t')], C::TogglePreview, "preview", "See it as its readers will"),
    bind(S::Compose, &[ctrl('x')], C::DropDraft, "drop", "Drop the draft, after a question"),
    bind(S::Compose, &[ctrl('o')], C::Help, "keys", "The keys of the editor"),
    bind(S::Compose, &[key(Key::BackTab)], C::PreviousField, "", "To the title"),
    bind(S::ComposeTitle, &[ctrl('n')], C::Similar, "similar", "Open a thread with a similar title; your text waits"),
    bind(S::Preview, &[ctrl('t'), key(Key::Esc), key(Key::Left), char('q')], C::TogglePreview, "write on", "Go on writing"),
    bind(S::Preview, &[ctrl('s')], C::Send, "send", "Send it"),
    bind(S::Preview, &[char(' ')], C::PageDown, "", "A page down"),

    bind(S::QuotePart, &[key(Key::Enter)], C::Accept, "quote", "Quote what you chose; with nothing chosen, all of it"),
    bind(S::QuotePart, &[char(' '), char('x')], C::Mark, "this line", "Choose this line and go on, or choose it no longer"),
    bind(S::QuotePart, &[char('p')], C::MarkParagraph, "paragraph", "Choose this paragraph and go on, or choose it no longer"),
    bind(S::QuotePart, &[char('1')], C::Pick(1), "", "Choose one line from here"),
    bind(S::QuotePart, &[char('2')], C::Pick(2), "", "Choose two lines from here"),
    bind(S::QuotePart, &[char('3')], C::Pick(3), "", "Choose three lines from here"),
    bind(S::QuotePart, &[char('4')], C::Pick(4), "", "Choose four lines from here"),
    bind(S::QuotePart, &[char('5')], C::Pick(5), "", "Choose five lines from here"),
    bind(S::QuotePart, &[char('6')], C::Pick(6), "", "Choose six lines from here"),
    bind(S::QuotePart, &[char('7')], C::Pick(7), "", "Choose seven lines from here"),
    bind(S::QuotePart, &[char('8')], C::Pick(8), "", "Choose eight lines from here"),
    bind(S::QuotePart, &[char('9')], C::Pick(9), "", "Choose nine lines from here"),
    bind(S::QuotePart, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back to the post"),

    bind(S::Editor, &[key(Key::Left), ctrl('b')], C::Left, "", "One character to the left"),
    bind(S::Editor, &[key(Key::Right), ctrl('f')], C::Right, "", "One character to the right"),
    bind(S::Editor, &[key(Key::Up), ctrl('p')], C::Up, "", "One row up"),
    bind(S::Editor, &[key(Key::Down), ctrl('n')], C::Down, "", "One row down"),
    bind(S::Editor, &[ctrl_key(Key::Left), alt('b')], C::WordLeft, "", "To the beginning of the word"),
    bind(S::Editor, &[ctrl_key(Key::Right), alt('f')], C::WordRight, "", "To the end of the word"),
    bind(S::Editor, &[ctrl('a')], C::LineStart, "", "To the beginning of the line"),
    bind(S::Editor, &[ctrl('e')], C::LineEnd, "", "To the end of the line"),
    bind(S::Editor, &[key(Key::Home)], C::RowStart, "", "To the beginning of the row"),
    bind(S::Editor, &[key(Key::End)], C::RowEnd, "", "To the end of the row"),
    bind(S::Editor, &[ctrl_key(Key::Home), alt('<')], C::Top, "", "To the beginning of the text"),
    bind(S::Editor, &[ctrl_key(Key::End), alt('>')], C::Bottom, "", "To the end of the text"),
    bind(S::Editor, &[key(Key::PageUp)], C::PageUp, "", "A page up"),
    bind(S::Editor, &[key(Key::PageDown)], C::PageDown, "", "A page down"),
    bind(S::Editor, &[key(Key::Enter)], C::NewLine, "", "A new line"),
    bind(S::Editor, &[key(Key::Tab)], C::Indent, "", "Complete the handle after @, the tag after #; else spaces to the next tab stop"),
    bind(S::Editor, &[key(Key::Backspace)], C::DeleteBack, "", "Delete the character before the cursor"),
    bind(S::Editor, &[key(Key::Delete), ctrl('d')], C::DeleteForward, "", "Delete the character after the cursor"),
    bind(S::Editor, &[ctrl('g'), ctrl(' ')], C::Mark, "", "Begin to select, or end it; Shift with the arrows selects too"),
    bind(S::Editor, &[ctrl('c'), alt('w')], C::Copy, "", "Copy what is selected"),
    bind(S::Editor, &[ctrl('w')], C::Cut, "", "Cut what is selected, or the word before the cursor"),
    bind(S::Editor, &[ctrl('k')], C::CutToEnd, "", "Cut to the end of the line"),
    bind(S::Editor, &[ctrl('u')], C::CutToStart, "", "Cut to the beginning of the line"),
    bind(S::Editor, &[ctrl_key(Key::Delete), alt('d')], C::CutWord, "", "Cut the word after the cursor"),
    bind(S::Editor, &[ctrl('y'), ctrl('v')], C::Paste, "", "Paste what was copied or cut here"),
    bind(S::Editor, &[ctrl('z'), ctrl('_')], C::Undo, "", "Undo"),
    bind(S::Editor, &[ctrl('r')], C::Redo, "", "Do again what was undone"),

    // With vi's keys the editor reads them itself; here they stand for the help.
    bind(S::Vi, &[char('i'), char('a'), char('o')], C::Vi(1), "write", "Write before the cursor, behind it, on a new line; Esc ends that; I A O at the ends and above"),
    bind(S::Vi, &[char('h'), char('j'), char('k'), char('l')], C::Vi(2), "", "Move; w b e by words, 0 ^ $ in the line, gg G { } in the text; a number repeats"),
    bind(S::Vi, &[char('f'), char('t'), char(';')], C::Vi(3), "", "To a character in the line, or before it, and again; F T , backwards"),
    bind(S::Vi, &[char('d'), char('c'), char('y')], C::Vi(4), "", "Delete, change, copy: with a move (dw), by lines (dd), iw aw ip ap; D C Y, x X s S r ~ J"),
    bind(S::Vi, &[char('v'), char('V')], C::Vi(5), "", "Select by characters, by lines; then d c y p ~ J"),
    bind(S::Vi, &[char('p'), char('P')], C::Vi(6), "", "Paste behind the cursor, before it"),
    bind(S::Vi, &[char('u'), char('.')], C::Vi(7), "", "Undo (Ctrl-R does it again); the last change once more"),
    bind(S::Vi, &[char('/'), char('n')], C::Vi(8), "", "Search in the text, and on; ? and N backwards"),
    bind(S::Vi, &[char(':'), char('Z')], C::Vi(9), ":q leave", "Commands: :w keeps the draft, :wq or ZZ sends, :q leaves with the draft kept, :q! drops it"),

    // Drafts.
    bind(S::Drafts, &[key(Key::Enter), key(Key::Right)], C::Open, "write on", "Go on writing"),
    bind(S::Drafts, &[char('x')], C::DropDraft, "drop", "Drop the draft, after a question"),

    // Moderation.
    bind(S::Everywhere, &[Chord::Go('g')], C::GoLostKeys, "lost keys", "Lost keys: vouch for somebody you know who lost theirs, or stop what was asked about yours"),
    bind(S::LostKeys, &[char('v')], C::VouchRecovery, "vouch", "Vouch that it is this member indeed who asks: you know them, and you have spoken"),
    bind(S::LostKeys, &[char('x')], C::StopRecovery, "stop", "Stop it: it was not you, or the key is found"),
    bind(S::LostKeys, &[char('a')], C::HandOutCode, "code", "For a sysop: the one-time code, once two members have vouched"),
    bind(S::Everywhere, &[Chord::Go('q')], C::GoQueue, "queue", "Queue: what waits for the staff"),
    bind(S::Everywhere, &[Chord::Go('u')], C::GoWaiting, "", "Your posts that wait for a moderator, and those that came back"),
    bind(S::Everywhere, &[Chord::Go('f')], C::GoPrevention, "fences", "Fences for the staff: calm for some hours when many come at once, filters over words"),
    bind(S::Everywhere, &[Chord::Go('o')], C::GoModLog, "log", "Mod log: what the staff did, under which rule and why"),
    bind(S::Everywhere, &[Chord::Go('a')], C::GoAuditLog, "audit", "Audit log: everything the staff and the program did"),
    bind(S::Choose, &[key(Key::Enter), key(Key::Right)], C::Open, "choose", "Choose this one"),
    bind(S::Choose, &[key(Key::Esc), key(Key::Left)], C::Back, "back", "Back"),
    bind(S::Choose, &[char('1')], C::Pick(1), "", "The first"),
    bind(S::Choose, &[char('2')], C::Pick(2), "", "The second"),
    bind(S::Choose, &[char('3')], C::Pick(3), "", "The third"),
    bind(S::Choose, &[char('4')], C::Pick(4), "", "The fourth"),
    bind(S::Choose, &[char('5')], C::Pick(5), "", "The fifth"),
    bind(S::Choose, &[char('6')], C::Pick(6), "", "The sixth"),
    bind(S::Choose, &[char('7')], C::Pick(7), "", "The seventh"),
    bind(S::Choose, &[char('8')], C::Pick(8), "", "The eighth"),
    bind(S::Choose, &[char('9')], C::Pick(9), "", "The ninth"),

    bind(S::Queue, &[char('w')], C::OpenWaitlist, "waitlist", "Who is approved and waits for a seat, and why"),
    bind(S::Waitlist, &[char('a')], C::SeatNow, "let in", "For a sysop: let this person in now, past the line, with a reason that all members can read"),
    bind(S::Queue, &[char('c')], C::Claim, "claim", "Claim it for two hours, or give it back"),

    bind(S::Case, &[char('c')], C::Claim, "", "Claim it for two hours, or give it back"),
    bind(S::Case, &[char('o')], C::NothingWrong, "fine", "Decide: nothing wrong"),
    bind(S::Case, &[char('x')], C::Remove, "remove", "Decide: remove it"),
    bind(S::Case, &[char('b')], C::RemoveAndWarn, "remove+warn", "Decide: remove it and warn its author"),
    bind(S::Case, &[char('f')], C::Fold, "fold", "Decide: fold the post; readers open it with one key"),
    bind(S::Case, &[char('w')], C::Warn, "warn", "Decide: warn its author"),
    bind(S::Case, &[char('s')], C::Suspend, "suspend", "Decide: suspend its author"),
    bind(S::Case, &[char('a')], C::AllDeeds, "all", "Decide: everything that can be done, as a menu"),
    bind(S::Case, &[char('l')], C::Lock, "", "Decide: lock the thread"),
    bind(S::Case, &[char('r')], C::Restore, "", "Decide: bring back what was folded or removed"),
    bind(S::Case, &[char('u')], C::Undo, "undo", "Undo your decision, for ten minutes"),
    bind(S::Case, &[char('n')], C::NextItem, "next", "The next item of the queue"),
    bind(S::Case, &[key(Key::Tab)], C::NextPart, "", "To the next part: reports, text, around it, history"),
    bind(S::Case, &[key(Key::Enter), key(Key::Right)], C::Open, "", "Read it in its thread"),

    bind(S::Prevention, &[char('c')], C::Calm, "calm", "Begin a time of calm with a length and a reason, or end it"),
    bind(S::Prevention, &[char('f'), key(Key::Enter)], C::OpenFilters, "filters", "Filters: words or patterns, and what happens to a text that has them"),
    bind(S::Profile, &[char('N')], C::StaffNotes, "", "For staff: the notes about this member, which are part of their own export"),
    bind(S::Case, &[char('N')], C::StaffNotes, "", "The staff's notes about the member concerned"),
    bind(S::StaffNotes, &[char('n')], C::WriteNote, "new", "Write a note; the member reads it in their own export"),
    bind(S::StaffNotes, &[char('x')], C::TakeDown, "take out", "Take the note out; it stays as history"),
    bind(S::Filters, &[key(Key::Enter), key(Key::Right)], C::Open, "try", "What it would have met in the last 90 days"),
    bind(S::Filters, &[char('n')], C::MakeFilter, "new", "Make a filter; it is off until you switch it on"),
    bind(S::Filters, &[char('s')], C::SwitchFilter, "switch", "Switch it on, after you have seen what it would have met, or off"),
    bind(S::Filters, &[char('x')], C::RemoveFilter, "take out", "Take it out, after a question"),
    bind(S::Held, &[char('c')], C::Claim, "claim", "Claim it for two hours, or give it back"),
    bind(S::Held, &[char('a')], C::Approve, "publish", "Publish it: it gets its number and its time now"),
    bind(S::Held, &[char('d')], C::Decline, "give back", "Give it back to its author as a draft, with a kind word on why"),
    bind(S::Held, &[char('n')], C::NextItem, "next", "The next item of the queue"),
    bind(S::Held, &[char('p')], C::Author, "", "The profile of its author"),
    bind(S::Held, &[key(Key::Enter), key(Key::Right)], C::Open, "place", "Go to its thread or board"),
    bind(S::Waiting, &[char('e')], C::EditPost, "edit", "Take it back and change it; sent again, it waits again"),
    bind(S::Waiting, &[char('x')], C::TakeDown, "take back", "Take it back: it is a draft again"),
    bind(S::Waiting, &[key(Key::Enter), key(Key::Right)], C::Open, "place", "Go to its thread or board"),
    bind(S::Matter, &[char('a')], C::Approve, "grant", "Grant it: take the act back, or carry the removal out"),
    bind(S::Matter, &[char('d')], C::Decline, "refuse", "Refuse it, and say why"),
    bind(S::Matter, &[char('n')], C::NextItem, "next", "The next item of the queue"),
    bind(S::Matter, &[key(Key::Enter), key(Key::Right)], C::Open, "", "The profile of the member concerned"),

    bind(S::MyCases, &[char('a')], C::Appeal, "appeal", "Appeal against what the staff did, within 20 days"),

    bind(S::Application, &[char('c')], C::Claim, "claim", "Claim it for two hours, or give it back"),
    bind(S::Application, &[char('a')], C::Approve, "approve", "Let the applicant in"),
    bind(S::Application, &[char('d')], C::Decline, "decline", "Decline, with a kind word on why"),
    bind(S::Application, &[char('r')], C::AskBack, "ask", "Ask the applicant something"),
    bind(S::Application, &[char('n')], C::NextItem, "next", "The next item of the queue"),

    bind(S::Decide, &[key(Key::Enter)], C::Accept, "preview", "See what the member will see"),
    bind(S::Decide, &[key(Key::Up)], C::Up, "rule", "Another rule"),
    bind(S::Decide, &[key(Key::Down)], C::Down, "", "Another rule"),
    bind(S::Decide, &[key(Key::Esc)], C::Back, "back", "Back, nothing is done"),
    bind(S::Verdict, &[key(Key::Enter), char('y')], C::Yes, "do it", "Do it"),
    bind(S::Verdict, &[char(' ')], C::PageDown, "", "A page down"),
    bind(S::Verdict, &[key(Key::Esc), key(Key::Left), char('e'), char('n')], C::No, "edit", "Back to the reason"),

    bind(S::ModLog, &[char('m')], C::Mine, "mine", "What became of your reports, and what concerned you"),

    bind(S::Warning, &[key(Key::Enter), char('y')], C::Acknowledge, "I have read it", "Say that you have read it"),
    bind(S::Warning, &[key(Key::Esc), key(Key::Left), char(' ')], C::Back, "", "It stays until you say that you have read it"),

    bind(S::Thread, &[char('!')], C::Report, "", "Report this post to the staff"),
    bind(S::Thread, &[char('M')], C::Moderate, "", "For staff and hosts: what can be done about this post, its thread, its author"),
    bind(S::Profile, &[char('!')], C::Report, "", "Report this member to the staff"),
    bind(S::Profile, &[char('M')], C::Moderate, "", "For staff: what can be done about this member"),
];
