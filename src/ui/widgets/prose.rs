//! Painting text that people wrote: lines of `domain::markup` into cells, in the theme's styles. What the roles mean
//! is said there; what they look like, here and nowhere else.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::domain::markup::{Line, Options, Role};
use crate::ui::look::Look;
use crate::ui::put::Put;

/// How texts are laid out for this terminal, with their spoilers open or not.
pub fn options(look: &Look, spoilers_open: bool) -> Options {
    Options { ascii: look.theme.signs.ascii, spoilers_open }
}

/// The style of a role. Colour by what it is, weight by how it is said; both hold at once.
pub fn style(role: Role, look: &Look) -> Style {
    let theme = &look.theme;
    let base = match role {
        _ if role.link > 0 && !role.dim => theme.link,
        _ if role.code => theme.code,
        _ if role.mention || role.heading > 0 => theme.accent,
        _ if role.dim || role.rule || role.bullet => theme.dim,
        _ if role.quote > 0 => theme.quote,
        _ => theme.text,
    };
    let strong = role.strong || (1..=2).contains(&role.heading);
    let base = if strong { base.add_modifier(Modifier::BOLD) } else { base };
    if role.emphasis { base.add_modifier(Modifier::ITALIC) } else { base }
}

/// Paints a line from `(x, y)` on, at most `width` columns of it. Gives the column after it.
pub fn paint(line: &Line, x: u16, y: u16, width: u16, buf: &mut Buffer, look: &Look) -> u16 {
    let end = x.saturating_add(width);
    let mut at = x;
    for span in line {
        let room = usize::from(end.saturating_sub(at));
        (at, _) = buf.put(at, y, &span.text, room, style(span.role, look));
    }
    at
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::domain::markup::render;
    use crate::domain::time::Timestamp;
    use crate::ui::capabilities::{Capabilities, ColorDepth};
    use crate::ui::harness::{me, text_of};

    #[test]
    fn r6_roles_have_their_styles_and_stay_in_their_columns() {
        let look = Look::new(me("alice"), &Capabilities::COMMON, 80, 24, Timestamp(0));
        let rendered =
            render("**strong** `code` [a link](http://a.example) 日本語", 30, options(&look, false));
        let mut buf = Buffer::empty(Rect::new(0, 0, 40, 1));
        let end = paint(&rendered.lines[0], 2, 0, 20, &mut buf, &look);
        assert!(end <= 22, "{end}");
        assert!(text_of(&buf).starts_with("  strong code a link"), "{}", text_of(&buf));
        assert!(buf[(2, 0)].style().add_modifier.contains(Modifier::BOLD));
        assert_eq!(buf[(9, 0)].style().fg, look.theme.code.fg);
        assert!(buf[(14, 0)].style().add_modifier.contains(Modifier::UNDERLINED));
    }

    #[test]
    fn without_colours_weight_still_tells() {
        let mono = Capabilities { colors: ColorDepth::Mono, ..Capabilities::COMMON };
        let look = Look::new(me("alice"), &mono, 80, 24, Timestamp(0));
        let strong = style(Role { strong: true, ..Role::default() }, &look);
        assert!(strong.add_modifier.contains(Modifier::BOLD) && strong.fg.is_none());
        let emphasis = style(Role { emphasis: true, ..Role::default() }, &look);
        assert!(emphasis.add_modifier.contains(Modifier::ITALIC));
    }
}
