//! One's own choices. Enter goes to the next value; it holds at once, in all of one's sessions.

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::{fit, truncate};
use crate::service::members::{CHOICES, Choice, SetChoice};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// Width of the column with the names of the settings.
const LABEL_COLUMNS: usize = 22;

/// Places that the settings lead to, below the choices.
const PLACES: &[(&str, &str, Route)] = &[
    ("Your profile", "what others see of you", Route::EditProfile),
    ("Your keys and password", "what you log in with", Route::Keys),
];

/// The settings screen.
#[derive(Default)]
pub struct Settings {
    list: ListState,
}

impl Screen for Settings {
    fn route(&self) -> Route {
        Route::Settings
    }

    fn title(&self) -> String {
        "settings".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Settings, Scope::List]
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Answer(answer) => match answer.take::<SetChoice>() {
                Ok(Ok(())) => cx.effect(Effect::Refresh),
                Ok(Err(why)) => cx.refuse(why),
                Err(_) => {}
            },
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let theme = &look.theme;
        let len = CHOICES.len() + PLACES.len();
        let help_row = area.bottom().saturating_sub(1);
        let rows = Rect { height: area.height.saturating_sub(2), ..area };
        for (index, row) in self.list.visible(rows, len, 1) {
            let (label, value) = match CHOICES.get(index) {
                Some(choice) => (choice.label, words_of(choice, look)),
                None => {
                    let (label, what, _) = &PLACES[index - CHOICES.len()];
                    (*label, *what)
                }
            };
            let room = usize::from(row.width).saturating_sub(2);
            let label = fit(label, LABEL_COLUMNS.min(room), theme.signs.ellipsis);
            let (x, _) = buf.set_stringn(row.x + 2, row.y, label, room, theme.text);
            let room = usize::from(row.right().saturating_sub(x + 1));
            let style = if index < CHOICES.len() { theme.accent } else { theme.dim };
            buf.set_stringn(x + 1, row.y, truncate(value, room, theme.signs.ellipsis), room, style);
            self.list.draw_mark(index, row, buf, look);
        }
        if let Some(choice) = CHOICES.get(self.list.chosen()) {
            let room = usize::from(area.width).saturating_sub(2);
            let help = truncate(choice.help, room, theme.signs.ellipsis);
            buf.set_stringn(area.x + 2, help_row, help, room, theme.dim);
        }
        None
    }
}

impl Settings {
    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, CHOICES.len() + PLACES.len()) || command != Command::Open {
            return;
        }
        match CHOICES.get(self.list.chosen()) {
            Some(choice) => {
                let now = position_of(choice, cx.look);
                let (value, _) = choice.values[(now + 1) % choice.values.len()];
                cx.call(SetChoice { name: choice.name.to_owned(), value: value.to_owned() });
            }
            None => cx.open(PLACES[self.list.chosen() - CHOICES.len()].2.clone()),
        }
    }
}

fn position_of(choice: &Choice, look: &Look) -> usize {
    let value = look.me.choice(choice.name).unwrap_or_default();
    choice.values.iter().position(|(known, _)| *known == value).unwrap_or(0)
}

fn words_of(choice: &Choice, look: &Look) -> &'static str {
    choice.values[position_of(choice, look)].1
}
