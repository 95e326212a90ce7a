//! A question with a yes and a no, as a dialog over the screen that asks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::{display_width, wrap};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};

/// The dialog. Answered with yes it returns [`DialogResult::Yes`] with its tag.
pub struct Confirm {
    tag: u32,
    question: String,
}

impl Confirm {
    /// A question; `tag` tells its opener which one was answered.
    pub fn new(tag: u32, question: impl Into<String>) -> Self {
        Self { tag, question: question.into() }
    }
}

impl Screen for Confirm {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        String::new()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Confirm]
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Command(Command::Yes) => cx.effect(Effect::Return(DialogResult::Yes(self.tag))),
            Msg::Command(Command::No) => cx.back(),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let width = usize::from(area.width).saturating_sub(4);
        let lines = wrap(&self.question, display_width(&self.question).min(width).max(1));
        let columns = lines.iter().map(|line| display_width(line)).max().unwrap_or(0);
        let inner = dialog_area(area, buf, look, columns, u16::try_from(lines.len()).unwrap_or(1));
        for (line, y) in lines.iter().zip(inner.top()..inner.bottom()) {
            buf.put(inner.x, y, line, usize::from(inner.width), look.theme.strong);
        }
        None
    }
}

/// Clears a box in the middle of `area`, draws its border and returns what is inside.
pub fn dialog_area(area: Rect, buf: &mut Buffer, look: &Look, columns: usize, rows: u16) -> Rect {
    let columns = u16::try_from(columns).unwrap_or(u16::MAX).clamp(20, area.width.saturating_sub(4).max(20));
    let width = (columns + 4).min(area.width);
    let height = (rows + 2).min(area.height);
    let x = area.x + (area.width - width) / 2;
    let y = area.y + (area.height - height) / 3;
    let outer = Rect { x, y, width, height };
    let signs = &look.theme.signs;
    for row in outer.top()..outer.bottom() {
        for column in outer.left()..outer.right() {
            buf[(column, row)].reset();
        }
    }
    let (corners, side) =
        if signs.ascii { (["+", "+", "+", "+"], "|") } else { (["╭", "╮", "╰", "╯"], "│") };
    let style = look.theme.accent;
    for column in outer.left()..outer.right() {
        buf[(column, outer.top())].set_symbol(signs.rule).set_style(style);
        buf[(column, outer.bottom() - 1)].set_symbol(signs.rule).set_style(style);
    }
    for row in outer.top()..outer.bottom() {
        buf[(outer.left(), row)].set_symbol(side).set_style(style);
        buf[(outer.right() - 1, row)].set_symbol(side).set_style(style);
    }
    let points = [
        (outer.left(), outer.top()),
        (outer.right() - 1, outer.top()),
        (outer.left(), outer.bottom() - 1),
        (outer.right() - 1, outer.bottom() - 1),
    ];
    for (point, corner) in points.into_iter().zip(corners) {
        buf[point].set_symbol(corner);
    }
    Rect { x: x + 2, y: y + 1, width: width.saturating_sub(4), height: height.saturating_sub(2) }
}
