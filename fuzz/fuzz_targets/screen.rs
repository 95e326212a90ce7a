//! The drawing end: whatever text reaches a cell, also uncleaned, a frame holds only our own sequences.
#![no_main]

use hob::session::terminal::Terminal;
use hob::ui::capabilities::{Capabilities, ColorDepth};
use hob::ui::screen::Hyperlink;
use hob_fuzz::{assert_own_sequences, text, two_texts};
use libfuzzer_sys::fuzz_target;
use ratatui::style::Style;

fuzz_target!(|bytes: &[u8]| {
    let (first, second) = two_texts(bytes);
    for capabilities in [
        Capabilities::COMMON,
        Capabilities { colors: ColorDepth::True, hyperlinks: true, ..Capabilities::COMMON },
        Capabilities { unicode: false, modern: false, osc: false, ..Capabilities::COMMON },
    ] {
        let mut terminal = Terminal::new(capabilities, 24, 6);
        for words in [&first, &second, &text(bytes)] {
            let frame = terminal.draw_linked(|area, buffer, links| {
                for y in 0..area.height {
                    buffer.set_stringn(y % 5, y, words, 30, Style::default());
                }
                // What no view does: text straight into a cell, and an unchecked address.
                buffer[(3, 4)].set_symbol(words);
                links.push(Hyperlink { x: 2, y: 1, columns: 4, address: words.clone() });
                None
            });
            assert_own_sequences(&frame);
        }
    }
});
