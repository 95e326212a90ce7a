//! Colours and attributes as they are sent: brought down to what the terminal can show, so that two styles that look the
//! same there are the same. The theme already chooses by depth; this is the net below it.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::ui::capabilities::ColorDepth;

/// Attributes that show on a blank too.
const SHOWN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// One colour of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Paint {
    /// The terminal's own.
    #[default]
    Default,
    /// One of the palette; the first sixteen are the named ones.
    Index(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

impl Paint {
    /// The colour, or the nearest one that this depth has.
    pub(super) fn of(color: Color, depth: ColorDepth) -> Self {
        let paint = match color {
            Color::Reset => return Self::Default,
            Color::Black => Self::Index(0),
            Color::Red => Self::Index(1),
            Color::Green => Self::Index(2),
            Color::Yellow => Self::Index(3),
            Color::Blue => Self::Index(4),
            Color::Magenta => Self::Index(5),
            Color::Cyan => Self::Index(6),
            Color::Gray => Self::Index(7),
            Color::DarkGray => Self::Index(8),
            Color::LightRed => Self::Index(9),
            Color::LightGreen => Self::Index(10),
            Color::LightYellow => Self::Index(11),
            Color::LightBlue => Self::Index(12),
            Color::LightMagenta => Self::Index(13),
            Color::LightCyan => Self::Index(14),
            Color::White => Self::Index(15),
            Color::Indexed(index) => Self::Index(index),
            Color::Rgb(red, green, blue) => Self::Rgb(red, green, blue),
        };
        match (depth, paint) {
            (ColorDepth::Mono, _) => Self::Default,
            (ColorDepth::Ansi16, Self::Index(index @ 16..)) => Self::Index(nearest(palette(index), 0..=15)),
            (ColorDepth::Ansi16, Self::Rgb(red, green, blue)) => {
                Self::Index(nearest([red, green, blue], 0..=15))
            }
            (ColorDepth::Ansi256, Self::Rgb(red, green, blue)) => {
                Self::Index(nearest_in_cube([red, green, blue]))
            }
            _ => paint,
        }
    }
}

/// The colour that xterm gives a palette index unless its user chose another.
fn palette(index: u8) -> [u8; 3] {
    const NAMED: [[u8; 3]; 16] = [
        [0, 0, 0],
        [205, 0, 0],
        [0, 205, 0],
        [205, 205, 0],
        [0, 0, 238],
        [205, 0, 205],
        [0, 205, 205],
        [229, 229, 229],
        [127, 127, 127],
        [255, 0, 0],
        [0, 255, 0],
        [255, 255, 0],
        [92, 92, 255],
        [255, 0, 255],
        [0, 255, 255],
        [255, 255, 255],
    ];
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    match index {
        0..=15 => NAMED[usize::from(index)],
        16..=231 => {
            let cube = index - 16;
            [step(cube / 36), step(cube / 6 % 6), step(cube % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    // Weights of the three in brightness, roughly: green counts most.
    let weights = [3, 6, 1];
    (0..3).map(|part| weights[part] * u32::from(one[part].abs_diff(other[part])).pow(2)).sum()
}

fn nearest(color: [u8; 3], indices: impl Iterator<Item = u8>) -> u8 {
    indices.min_by_key(|&index| distance(color, palette(index))).unwrap_or_default()
}

/// The nearest of the 240 colours that no user changes: the one of the cube or the one of the greys.
fn nearest_in_cube(color: [u8; 3]) -> u8 {
    let level = |value: u8| match value {
        0..48 => 0,
        48..115 => 1,
        _ => (value - 35) / 40,
    };
    let cube = 16 + 36 * level(color[0]) + 6 * level(color[1]) + level(color[2]);
    let mean = color.iter().map(|&value| u32::from(value)).sum::<u32>() / 3;
    let grey = u8::try_from((mean.saturating_sub(3) / 10).min(23)).map_or(255, |step| 232 + step);
    nearest(color, [cube, grey].into_iter())
}

/// Whether a cell looks as if nothing had been drawn there.
pub(super) fn shows_nothing(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SHOWN_ON_BLANKS)
}

/// How a cell looks besides its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Colour of the text.
    pub(super) fg: Paint,
    /// Colour behind it.
    pub(super) bg: Paint,
    /// Bold, underlined and so on.
    pub(super) modifier: Modifier,
}

impl Style {
    /// The style of a cell on a terminal of this depth.
    pub(super) fn of(cell: &Cell, depth: ColorDepth) -> Self {
        Self { fg: Paint::of(cell.fg, depth), bg: Paint::of(cell.bg, depth), modifier: cell.modifier }
    }

    /// Whether a blank in this style shows nothing but its background.
    pub(super) fn is_undecorated(self) -> bool {
        !self.modifier.intersects(SHOWN_ON_BLANKS)
    }

    /// The style nearest to this one in which a blank on that background shows nothing else.
    pub(super) fn for_blank(self, bg: Paint) -> Self {
        Self { fg: self.fg, bg, modifier: self.modifier.difference(SHOWN_ON_BLANKS) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_down_to_the_depth() {
        use ColorDepth::*;
        let amber = Color::Rgb(255, 176, 0);
        assert_eq!(Paint::of(amber, True), Paint::Rgb(255, 176, 0));
        assert_eq!(Paint::of(amber, Ansi256), Paint::Index(214));
        assert_eq!(Paint::of(amber, Ansi16), Paint::Index(3));
        assert_eq!(Paint::of(amber, Mono), Paint::Default);
        assert_eq!(Paint::of(Color::Indexed(214), Ansi16), Paint::Index(3));
        assert_eq!(Paint::of(Color::Indexed(214), Ansi256), Paint::Index(214));
        assert_eq!(Paint::of(Color::LightRed, Ansi16), Paint::Index(9));
        assert_eq!(Paint::of(Color::LightRed, Mono), Paint::Default);
        assert_eq!(Paint::of(Color::Rgb(128, 128, 128), Ansi256), Paint::Index(244));
        assert_eq!(Paint::of(Color::Reset, True), Paint::Default);
    }

    #[test]
    fn every_palette_colour_is_its_own_nearest() {
        for index in 16..=255 {
            let found = nearest_in_cube(palette(index));
            assert_eq!(palette(found), palette(index), "{index} became {found}");
        }
    }
}
