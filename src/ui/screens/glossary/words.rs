//! A word and what it means, as a dialog: over a thread after `K`, over the glossary for what it meant before.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::view::facts;
use crate::domain::time::ago;
use crate::service::glossary::{Meaning, TermView};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::put::Put;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::confirm::dialog_area;
use crate::ui::widgets::{Pager, Rows};

/// Columns of the dialog where there is room for them.
const COLUMNS: usize = 60;

/// The dialog.
pub struct Words {
    word: String,
    /// Paragraphs, and whether each is said aside.
    paragraphs: Vec<(String, bool)>,
    pager: Pager,
}

impl Words {
    /// What a word means.
    pub fn meaning(term: &TermView, look: &Look) -> Self {
        let mut paragraphs = vec![(term.meaning.clone(), false)];
        paragraphs.extend(facts(term, look).into_iter().map(|fact| (fact, true)));
        Self { word: term.word.clone(), paragraphs, pager: Pager::default() }
    }

    /// What a word meant before, the newest meaning first.
    pub fn history(term: &TermView, before: &[Meaning], look: &Look) -> Self {
        let mut paragraphs = Vec::new();
        for meaning in before.iter().rev() {
            paragraphs.push((format!("{}, {}:", meaning.author, ago(look.now, meaning.at)), true));
            paragraphs.push((meaning.meaning.clone(), false));
        }
        Self { word: format!("{}, before", term.word), paragraphs, pager: Pager::default() }
    }
}

impl Screen for Words {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        self.word.clone()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choose, Scope::Pager]
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        !matches!(command, Command::Open | Command::Pick(_))
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        let Msg::Command(command) = msg else { return };
        if !self.pager.command(command) && matches!(command, Command::Back | Command::Open) {
            cx.back();
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let theme = &look.theme;
        let columns = COLUMNS.min(usize::from(area.width.saturating_sub(8)).max(1));
        let mut rows = Rows::default();
        rows.push(self.word.clone(), theme.strong);
        for (text, aside) in &self.paragraphs {
            rows.push_wrapped(text, columns, 0, if *aside { theme.dim } else { theme.text });
        }
        let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
        let inner = dialog_area(area, buf, look, columns, wanted);
        let window = self.pager.window(inner.height, rows.len());
        rows.draw(window, inner, buf);
        if self.pager.has_more() {
            let (x, y) = (inner.right(), inner.bottom().saturating_sub(1));
            buf.put(x, y, theme.signs.more_down, 1, theme.accent);
        }
        None
    }
}
