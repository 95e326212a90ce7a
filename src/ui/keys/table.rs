//! The table of keys. Every key is on every keyboard: letters, Space, Enter, Esc, arrows and Ctrl with a letter;
//! nothing is reachable only by Alt, a function key or the mouse.

use super::{Binding, Chord};
use crate::ui::input::{Key, KeyPress};

/// Where a binding holds. A screen names its scopes, the most particular first; `Everywhere` always comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// Wherever a row is chosen from a list.
    List,
    /// Wherever text scrolls.
    Pager,
    /// In a question with a yes and a no.
    Confirm,
    /// In a field or editor; only keys that type nothing.
    Field,
    /// The boards screen.
    Boards,
    /// The members screen.
    Members,
    /// While a filter is being typed.
    Filter,
    /// A member's profile.
    Profile,
    /// The search screen.
    Search,
    /// The settings.
    Settings,
}

/// What a key can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    // Everywhere.
    /// Show the next unread thing.
    Next,
    /// Go back to where one was.
    Back,
    /// Leave hob.
    Quit,
    /// Show what works here.
    Help,
    /// Open the palette.
    Palette,
    /// Search.
    Search,
    /// Draw the screen afresh.
    Redraw,
    /// Go to home.
    GoHome,
    /// Go to the boards.
    GoBoards,
    /// Go to the members.
    GoMembers,
    /// Go to one's settings.
    GoSettings,
    /// Go to one's drafts.
    GoDrafts,

    // Lists and pagers.
    /// One up.
    Up,
    /// One down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// Open what is chosen.
    Open,

    // Questions and fields.
    /// Yes.
    Yes,
    /// No.
    No,
    /// Done with this field or form.
    Accept,
    /// To the next field.
    NextField,
    /// To the field before.
    PreviousField,

    // Members.
    /// Narrow the list by typing.
    Filter,
    /// Another order.
    Order,
    /// Edit one's profile.
    EditProfile,

    // Boards.
    /// Mute the board, or subscribe again.
    MuteBoard,
    /// Mark the whole board as read.
    MarkBoardRead,
    /// Undo the last thing that can be undone.
    Undo,
}

const fn key(key: Key) -> Chord {
    Chord::Press(KeyPress::plain(key))
}

const fn char(letter: char) -> Chord {
    key(Key::Char(letter))
}

const fn ctrl(letter: char) -> Chord {
    Chord::Press(KeyPress::ctrl(letter))
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
    bind(S::Everywhere, &[char(':'), ctrl('p')], C::Palette, "", "Palette: find a board, a thread, a member or a command by name"),
    bind(S::Everywhere, &[ctrl('l')], C::Redraw, "", "Draw the screen afresh"),
    bind(S::Everywhere, &[char('q')], C::Quit, "leave", "Leave"),
    bind(S::Everywhere, &[Chord::Go('h')], C::GoHome, "home", "Home"),
    bind(S::Everywhere, &[Chord::Go('b')], C::GoBoards, "boards", "Boards"),
    bind(S::Everywhere, &[Chord::Go('m')], C::GoMembers, "members", "Members"),
    bind(S::Everywhere, &[Chord::Go('s')], C::GoSettings, "settings", "Settings: your choices, profile and keys"),
    bind(S::Everywhere, &[Chord::Go('d')], C::GoDrafts, "", "Drafts: what you have not sent yet"),

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

    // Members.
    bind(S::Members, &[char('/'), char('f')], C::Filter, "filter", "Narrow the list: part of a handle, a level, a role, what they help with, here"),
    bind(S::Members, &[char('o')], C::Order, "order", "Another order: handle, here, last here, newest"),
    bind(S::Filter, &[key(Key::Enter)], C::Accept, "choose", "Keep the filter and choose from the list"),
    bind(S::Filter, &[key(Key::Esc)], C::Back, "all", "Everybody again"),

    bind(S::Profile, &[char('e')], C::EditProfile, "edit", "Edit your own profile"),

    // Boards.
    bind(S::Boards, &[char('m')], C::MuteBoard, "mute", "Mute the board, or subscribe again"),
    bind(S::Boards, &[char('c')], C::MarkBoardRead, "mark read", "Mark the whole board as read"),
    bind(S::Boards, &[char('u')], C::Undo, "undo", "Undo the last mark"),
];
