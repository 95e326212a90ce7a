//! What every screen looks at: who one is, the time, the theme, the window.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::capabilities::{Capabilities, ColorDepth};
use super::frame;
use super::keys::Keymap;
use super::theme::Theme;
use crate::domain::policy::Actor;
use crate::domain::time::Timestamp;
use crate::service::members::{KEYS_CHOICE, Me};

/// Columns from which list and content may stand side by side (PRODUCT.md section 3).
pub const WIDE_COLUMNS: u16 = 120;
/// Columns below which one thing is shown at a time and short forms are used.
pub const NARROW_COLUMNS: u16 = 60;
/// Widest running text, in columns: longer lines are tiring to read.
pub const TEXT_COLUMNS_MAX: u16 = 92;

/// Who looks, when, and with what.
#[derive(Clone, Debug)]
pub struct Look {
    /// Who one is.
    pub me: Me,
    /// The time of the last input or event; it stands while the session is idle.
    pub now: Timestamp,
    /// Styles and signs.
    pub theme: Theme,
    /// The keys, as the place and the member have changed them.
    pub keys: Arc<Keymap>,
    /// What the terminal can do.
    pub capabilities: Capabilities,
    /// The window's columns.
    pub columns: u16,
    /// The window's rows.
    pub rows: u16,
    /// How much is for one that one has not seen: the number in the header.
    pub for_me: i64,
    /// The screen that is told something just now stands beside a list.
    pub beside: bool,
}

impl Look {
    /// What a terminal shows to a member, after the member's own choices.
    pub fn new(me: Me, terminal: &Capabilities, columns: u16, rows: u16, now: Timestamp) -> Self {
        let mut capabilities = *terminal;
        match me.choice("colors") {
            Some("mono") => capabilities.colors = ColorDepth::Mono,
            Some("16") => capabilities.colors = ColorDepth::Ansi16,
            Some("256") => capabilities.colors = ColorDepth::Ansi256,
            Some("true") => capabilities.colors = ColorDepth::True,
            _ => {}
        }
        match me.choice("links") {
            Some("yes") => capabilities.hyperlinks = true,
            Some("no") => capabilities.hyperlinks = false,
            _ => {}
        }
        match me.choice("signs") {
            Some("ascii") => capabilities.unicode = false,
            Some("unicode") => capabilities.unicode = true,
            _ => {}
        }
        let theme = Theme::amber(&capabilities);
        let keys = Keymap::new(me.choice(KEYS_CHOICE).unwrap_or_default(), &me.place_keys);
        Self { me, now, theme, keys: Arc::new(keys), capabilities, columns, rows, for_me: 0, beside: false }
    }

    /// What the policy sees of the one who looks.
    pub fn actor(&self) -> &Actor {
        &self.me.actor
    }

    /// The part of the window that the screen has which is told something just now.
    pub fn area(&self) -> Rect {
        let inner = frame::inner(Rect::new(0, 0, self.columns, self.rows));
        if self.beside { frame::panes(inner).1 } else { inner }
    }

    /// Whether there is room for one thing only.
    pub fn is_narrow(&self) -> bool {
        self.columns < NARROW_COLUMNS
    }

    /// Whether list and content may stand side by side.
    pub fn is_wide(&self) -> bool {
        self.columns >= WIDE_COLUMNS
    }
}
