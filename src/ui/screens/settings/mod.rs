//! One's own choices. Enter goes to the next value, or opens the field; it holds at once, in all of one's sessions.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::service::members::{CHOICES, Choice, Kind, Section, SetChoice};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Prompt, Sections};

/// A place that the settings lead to, below the choices of its section.
pub(super) struct Place {
    section: Section,
    pub(super) label: &'static str,
    pub(super) what: &'static str,
    pub(super) route: Route,
}

/// Those places.
pub(super) static PLACES: &[Place] = &[
    Place {
        section: Section::Privacy,
        label: "Your data",
        what: "what is kept about you, taking it along, leaving",
        route: Route::MyData,
    },
    Place {
        section: Section::Privacy,
        label: "Muted and blocked",
        what: "whom you do not see, and with whom you have no contact",
        route: Route::Blocks,
    },
    Place {
        section: Section::Privacy,
        label: "Your profile",
        what: "what others see of you",
        route: Route::EditProfile,
    },
    Place {
        section: Section::Keys,
        label: "Your keyboard",
        what: "which key does what",
        route: Route::KeyMap,
    },
    Place {
        section: Section::Keys,
        label: "Your keys and password",
        what: "what you log in with",
        route: Route::Keys,
    },
];

/// What can be chosen or opened.
enum Item {
    Choice(&'static Choice),
    Place(&'static Place),
}

/// A line of the screen.
enum Line {
    Heading(&'static str),
    Item(Item),
    Blank,
}

/// Everything, section by section; a section without anything has no heading.
fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for section in Section::ALL {
        let choices = CHOICES.iter().filter(|choice| choice.section == section).map(Item::Choice);
        let places = PLACES.iter().filter(|place| place.section == section).map(Item::Place);
        let mut items = choices.chain(places).map(Line::Item).peekable();
        if items.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.push(Line::Heading(section.title()));
        lines.extend(items);
    }
    lines
}

fn items() -> Vec<Item> {
    let item = |line| match line {
        Line::Item(item) => Some(item),
        Line::Heading(_) | Line::Blank => None,
    };
    lines().into_iter().filter_map(item).collect()
}

/// The settings screen.
#[derive(Default)]
pub struct Settings {
    list: Sections,
    /// What is being typed into a field.
    asked: Option<&'static Choice>,
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
            Msg::Dialog(DialogResult::Text(_, text)) => {
                if let Some(choice) = self.asked.take() {
                    choose(choice, text, cx);
                }
            }
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Settings {
    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let items = items();
        if self.list.command(command, items.len()) || command != Command::Open {
            return;
        }
        match items.get(self.list.chosen()) {
            Some(Item::Choice(choice)) => self.change(choice, cx),
            Some(Item::Place(place)) => cx.open(place.route.clone()),
            None => {}
        }
    }

    fn change(&mut self, choice: &'static Choice, cx: &mut Ui<'_>) {
        let now = cx.look.me.chosen(choice);
        match choice.kind {
            Kind::OneOf(_) => choose(choice, choice.after(now).to_owned(), cx),
            Kind::Text { ask, .. } => {
                let prompt = Prompt::new(0, ask, now);
                self.asked = Some(choice);
                cx.effect(Effect::Push(Box::new(prompt)));
            }
        }
    }
}

fn choose(choice: &Choice, value: String, cx: &mut Ui<'_>) {
    cx.call(SetChoice { name: choice.name.to_owned(), value });
}
