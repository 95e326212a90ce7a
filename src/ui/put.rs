//! Text into cells.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::domain::text::plain_start;

/// Writes text into a buffer, as [`Buffer::set_stringn`] does, and quicker: that one looks for the clusters of characters
/// in all of it, which was half of what a key cost; nearly all that stands on a screen is plain.
pub trait Put {
    /// Writes one row of text from a cell on, over at most `room` columns and not past the edge. What is wider is cut
    /// between two clusters. Gives the cell behind it.
    fn put(&mut self, x: u16, y: u16, text: impl AsRef<str>, room: usize, style: Style) -> (u16, u16);
}

impl Put for Buffer {
    fn put(&mut self, x: u16, y: u16, text: impl AsRef<str>, room: usize, style: Style) -> (u16, u16) {
        let text = text.as_ref();
        let room = room.min(usize::from(self.area.right().saturating_sub(x)));
        let plain = plain_start(text);
        let mut at = x;
        for byte in text.bytes().take(plain.min(room)) {
            self[(at, y)].set_char(char::from(byte)).set_style(style);
            at += 1;
        }
        if plain >= room || plain == text.len() {
            return (at, y);
        }
        self.set_stringn(at, y, &text[plain..], room - plain, style)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    use super::*;
    use crate::domain::text::corpus::hostile;

    /// Both ways to write it, on ground that is not empty, so that what is left alone can be told.
    fn both(x: u16, text: &str, room: usize) -> [(Buffer, (u16, u16)); 2] {
        let mut ground = Buffer::empty(Rect::new(0, 0, 24, 2));
        ground.set_style(ground.area, Style::new().bg(Color::Blue));
        let (mut quick, mut stock) = (ground.clone(), ground);
        let style = Style::new().fg(Color::Red).bold();
        let ends = [quick.put(x, 1, text, room, style), stock.set_stringn(x, 1, text, room, style)];
        [(quick, ends[0]), (stock, ends[1])]
    }

    #[test]
    fn hostile_text_is_written_as_the_renderer_writes_it() {
        for text in hostile() {
            for room in [0, 1, 2, 7, 24, 90] {
                let [quick, stock] = both(3, &text, room);
                assert_eq!(quick, stock, "{text:?} in {room}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_the_renderer_writes_it(
            text in "([ -~]|\\PC|[\u{300}\u{200d}\u{fe0f}\u{1f469}\u{ff9e}e日\t]){0,30}", x in 0_u16..24, room in 0_usize..30
        ) {
            let [quick, stock] = both(x, &text, room);
            prop_assert_eq!(quick, stock);
        }
    }
}
