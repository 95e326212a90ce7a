//! Boards, what is for one, keys and passwords, forms and the palette.

use super::{bind, char, ctrl, key};
use crate::ui::input::Key;
use crate::ui::keys::{Binding, Command as C, Scope as S};

#[rustfmt::skip]
pub(super) const BINDINGS: &[Binding] = &[
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
];
