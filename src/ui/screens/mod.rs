//! The screens, one folder each: `mod.rs` (state and update), `view.rs` (drawing), `tests.rs`. The only register
//! is [`open`].

mod boards;
mod compose;
mod door;
mod drafts;
mod help;
mod home;
mod read_on;

use super::keys::Command;
use super::route::Route;
use super::screen::Screen;

/// Makes the screen for a place.
pub fn open(route: &Route) -> Box<dyn Screen> {
    match route {
        Route::Door => Box::new(door::Door::default()),
        Route::Home => Box::new(home::Home::default()),
        Route::Boards | Route::Board(_) | Route::Thread { .. } => Box::new(boards::Boards::default()),
        Route::Compose(target) => Box::new(compose::Compose::new(*target)),
        Route::Drafts => Box::new(drafts::Drafts::default()),
        Route::Help | Route::Nowhere => Box::new(help::Help::default()),
    }
}

/// The screen that looks for the next unread thing and makes way for it.
pub fn read_on() -> Box<dyn Screen> {
    Box::new(read_on::ReadOn::default())
}

/// The place that a command goes to, if it goes to a place.
pub fn place_of(command: Command) -> Option<Route> {
    match command {
        Command::GoHome => Some(Route::Home),
        Command::GoBoards => Some(Route::Boards),
        Command::GoDrafts => Some(Route::Drafts),
        Command::Help => Some(Route::Help),
        _ => None,
    }
}
