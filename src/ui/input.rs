//! What a terminal sent, after decoding: the only input that screens ever see.

/// One decoded piece of terminal input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key press.
    Key(KeyPress),
    /// Text that was pasted (bracketed paste), raw: it may hold control characters and must be cleaned.
    Paste(String),
}

/// A key with the modifiers that were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyPress {
    /// Which key.
    pub key: Key,
    /// Control was held.
    pub ctrl: bool,
    /// Alt (Meta, a leading ESC) was held.
    pub alt: bool,
    /// Shift was held; never set for `Key::Char`, whose character already says it.
    pub shift: bool,
}

impl KeyPress {
    /// The key alone, without modifiers.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// Control with a letter.
    pub const fn ctrl(letter: char) -> Self {
        Self { key: Key::Char(letter), ctrl: true, alt: false, shift: false }
    }
}

/// The keys that hob tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character as typed; with `ctrl` a lower-case letter.
    Char(char),
    /// Return (CR, or LF from clients that send that).
    Enter,
    /// Escape, alone.
    Esc,
    /// Backspace (DEL or Ctrl-H).
    Backspace,
    /// Forward delete.
    Delete,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Insert.
    Insert,
    /// A function key, 1 to 12.
    F(u8),
}
