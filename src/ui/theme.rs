//! Colours and signs. Amber on whatever background the terminal has: nothing here sets a background, so it
//! works on light terminals too; the middle tones were chosen to be readable on both.

use ratatui::style::{Color, Modifier, Style};

use super::capabilities::{Capabilities, ColorDepth};

/// The styles of one terminal, by what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Running text.
    pub text: Style,
    /// Text that may be overlooked: times, hints, rules.
    pub dim: Style,
    /// What matters in a line.
    pub strong: Style,
    /// The place's own colour: titles, the chosen row's mark.
    pub accent: Style,
    /// The name of the screen.
    pub title: Style,
    /// Something unread.
    pub unread: Style,
    /// Success.
    pub good: Style,
    /// A warning.
    pub warn: Style,
    /// A refusal or an error.
    pub bad: Style,
    /// Quoted text.
    pub quote: Style,
    /// Code.
    pub code: Style,
    /// A link.
    pub link: Style,
    /// Selected text in an editor.
    pub selection: Style,
    /// The signs to draw with.
    pub signs: Signs,
}

/// Signs in Unicode or ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Whether these are ASCII.
    pub ascii: bool,
    /// Marks the chosen row.
    pub chosen: &'static str,
    /// Marks something unread.
    pub unread: &'static str,
    /// A horizontal rule's cell.
    pub rule: &'static str,
    /// A vertical rule's cell.
    pub bar: &'static str,
    /// Cut-off text.
    pub ellipsis: &'static str,
    /// Between two facts in a line.
    pub dot: &'static str,
    /// There is more above.
    pub more_up: &'static str,
    /// There is more below.
    pub more_down: &'static str,
    /// Done.
    pub check: &'static str,
    /// Somebody is here.
    pub here: &'static str,
}

const UNICODE: Signs = Signs {
    ascii: false,
    chosen: "▸",
    unread: "●",
    rule: "─",
    bar: "│",
    ellipsis: "…",
    dot: "·",
    more_up: "↑",
    more_down: "↓",
    check: "✓",
    here: "●",
};

const ASCII: Signs = Signs {
    ascii: true,
    chosen: ">",
    unread: "*",
    rule: "-",
    bar: "|",
    ellipsis: "~",
    dot: "-",
    more_up: "^",
    more_down: "v",
    check: "x",
    here: "*",
};

impl Theme {
    /// The default theme, for what a terminal can show.
    pub fn amber(capabilities: &Capabilities) -> Self {
        let signs = if capabilities.unicode { UNICODE } else { ASCII };
        let base = Style::new();
        let bold = base.add_modifier(Modifier::BOLD);
        let (amber, grey, green, orange, red, blue, sand) = match capabilities.colors {
            ColorDepth::Mono => return Self::mono(signs),
            ColorDepth::Ansi16 => (
                Color::Yellow,
                Color::DarkGray,
                Color::Green,
                Color::Yellow,
                Color::Red,
                Color::Cyan,
                Color::Yellow,
            ),
            ColorDepth::Ansi256 => (
                Color::Indexed(172),
                Color::Indexed(244),
                Color::Indexed(71),
                Color::Indexed(208),
                Color::Indexed(167),
                Color::Indexed(67),
                Color::Indexed(137),
            ),
            ColorDepth::True => (
                Color::Rgb(0xd0, 0x82, 0x1e),
                Color::Rgb(0x85, 0x80, 0x78),
                Color::Rgb(0x5f, 0xa0, 0x5a),
                Color::Rgb(0xe0, 0x7b, 0x20),
                Color::Rgb(0xcf, 0x5b, 0x4e),
                Color::Rgb(0x4f, 0x8a, 0xb8),
                Color::Rgb(0xa8, 0x83, 0x52),
            ),
        };
        Self {
            text: base,
            dim: base.fg(grey),
            strong: bold,
            accent: base.fg(amber),
            title: bold.fg(amber),
            unread: base.fg(amber),
            good: base.fg(green),
            warn: base.fg(orange),
            bad: bold.fg(red),
            quote: base.fg(sand),
            code: base.fg(blue),
            link: base.fg(blue).add_modifier(Modifier::UNDERLINED),
            selection: base.add_modifier(Modifier::REVERSED),
            signs,
        }
    }

    /// No colour at all: weight and signs carry the meaning.
    fn mono(signs: Signs) -> Self {
        let base = Style::new();
        let bold = base.add_modifier(Modifier::BOLD);
        Self {
            text: base,
            dim: base,
            strong: bold,
            accent: bold,
            title: bold,
            unread: bold,
            good: base,
            warn: bold,
            bad: bold,
            quote: base,
            code: base,
            link: base.add_modifier(Modifier::UNDERLINED),
            selection: base.add_modifier(Modifier::REVERSED),
            signs,
        }
    }
}
