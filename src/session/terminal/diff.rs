//! What changed between two frames, row by row and cell by cell, as calls to the writer.

use super::ansi::Writer;
use super::glyph::Glyph;
use super::packed;
use super::paint::Paint;

/// Bytes of "erase to the end of the line": more blanks than that are erased, not written.
const ERASE_BYTES: usize = 3;

/// Sends what differs between packed rows. Both have as many rows; `old` is what the terminal shows.
pub(super) fn draw(writer: &mut Writer, old: &[&str], new: &[&str], columns: u16) {
    let mut glyphs: Vec<Glyph<'_>> = Vec::new();
    for (y, (old, new)) in (0..).zip(old.iter().zip(new)) {
        if old == new {
            continue;
        }
        glyphs.clear();
        packed::unpack(old, columns, &mut glyphs);
        packed::unpack(new, columns, &mut glyphs);
        let (old, new) = glyphs.split_at(usize::from(columns));
        draw_row(writer, y, old, new);
    }
}

fn draw_row(writer: &mut Writer, y: u16, old: &[Glyph<'_>], new: &[Glyph<'_>]) {
    let (tail, tail_bg) = tail(new, writer.capabilities().background_erase);
    // Columns before this one are drawn again whatever was there: a glyph may have spilled over them.
    let mut spilled = 0;
    let mut at = 0;
    while let Some(glyph) = new.get(at) {
        let width = usize::from(glyph.width.max(1));
        let stays = at >= spilled && glyph.looks_like(&old[at]);
        if stays || glyph.is_covered() {
            at += width;
            continue;
        }
        let x = column(at);
        writer.move_to(x, y, new);
        if at >= tail {
            let changed = (at..new.len()).rev().find(|&x| x < spilled || !new[x].looks_like(&old[x]));
            if changed.is_some_and(|last| last - at >= ERASE_BYTES) {
                writer.erase_to_end(tail_bg);
                return;
            }
        }
        if needs_clean_ground(glyph, &old[at..at + width]) {
            writer.put_blanks(glyph.style.bg, glyph.width);
            writer.move_to(x, y, &[]);
        }
        writer.put(glyph);
        if glyph.is_doubtful() {
            spilled = spilled.max(at + usize::from(glyph.reach()));
        }
        at += width;
    }
}

/// Where the blanks on one background begin that end the row and may be erased, and that background.
fn tail(row: &[Glyph<'_>], background_erase: bool) -> (usize, Paint) {
    let bg = row.last().map_or(Paint::Default, |last| last.style.bg);
    if bg != Paint::Default && !background_erase {
        return (row.len(), bg);
    }
    let blank = |glyph: &Glyph<'_>| glyph.is_empty() && glyph.style.bg == bg;
    (row.iter().rposition(|glyph| !blank(glyph)).map_or(0, |last| last + 1), bg)
}

/// Whether a terminal that gives the glyph fewer columns than the layout would leave something of the old row beside it.
fn needs_clean_ground(glyph: &Glyph<'_>, old: &[Glyph<'_>]) -> bool {
    let clean = |cell: &Glyph<'_>| cell.is_empty() && cell.style.bg == glyph.style.bg;
    glyph.is_doubtful() && glyph.width > 1 && !old.iter().skip(1).all(clean)
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
