//! The sysop's console (M8): its sections, and in each the rows with what can be done about them. What is asked, and what
//! becomes of it, the service says; this asks it.

mod part;
mod view;

#[cfg(test)]
mod tasks_tests;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use part::ConsolePart;

use crate::service::console::Section;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// Places elsewhere that a sysop looks for here.
const PLACES: &[(&str, &str, Route)] = &[
    ("Queue", "applications, cases, held posts", Route::Queue),
    ("Line", "who is approved and waits for a seat", Route::Waitlist),
    ("At the door", "who waits to be let in, as members see it", Route::AtDoor),
    ("Questions", "what is asked at the door", Route::Questions),
    ("Lost keys", "who vouches; the one-time code", Route::LostKeys),
    ("Invite tree", "who came through whom", Route::InviteTree(None)),
    ("Roles", "moderators, hosts, champions, their terms", Route::Roles),
    ("Prevention", "calm for some hours, what holds posts back", Route::Prevention),
    ("Filters", "words and patterns, with a dry run", Route::Filters),
    ("Bans", "keys, addresses and networks that stay out", Route::Bans(None)),
    ("Members", "profiles: staff notes (N), acts (M), roles (o)", Route::Members),
    ("Glossary", "the place's own words", Route::Glossary),
    ("Mod log", "what members see of the staff's acts", Route::ModLog),
    ("Audit log", "everything that staff and hob did", Route::AuditLog),
];

/// The list of sections.
#[derive(Default)]
pub struct Console {
    list: ListState,
}

impl Screen for Console {
    fn route(&self) -> Route {
        Route::Console
    }

    fn title(&self) -> String {
        "console".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        let Msg::Command(command) = msg else { return };
        if self.list.command(command, Section::ALL.len() + PLACES.len()) || command != Command::Open {
            return;
        }
        let chosen = self.list.chosen();
        match Section::ALL.get(chosen) {
            Some(section) => cx.open(Route::ConsolePart(*section)),
            None => {
                if let Some((_, _, route)) = PLACES.get(chosen - Section::ALL.len()) {
                    cx.open(route.clone());
                }
            }
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        let area = Rect { width: area.width.min(TEXT_COLUMNS_MAX), ..area };
        let sections = Section::ALL.iter().map(|section| (section.title(), section.what()));
        let rows: Vec<(&str, &str)> =
            sections.chain(PLACES.iter().map(|(name, what, _)| (*name, *what))).collect();
        for (index, row) in self.list.visible(area, rows.len(), 1) {
            let (name, what) = rows[index];
            view::draw_row(name, what, row, buf, look);
            self.list.draw_mark(index, row, buf, look);
        }
        None
    }
}
