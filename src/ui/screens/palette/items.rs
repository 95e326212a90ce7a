//! What the palette finds: things with a name, and where each one leads.

use crate::domain::ids::{BoardId, MemberId, ThreadId};
use crate::domain::text::fold;
use crate::service::members::CHOICES;
use crate::service::search::Goal as Remembered;
use crate::ui::keys::{Binding, Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screens::settings::PLACES;

/// What something is, in the order in which kinds stand while nothing is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Anything that one went to from here lately.
    Recent,
    Board,
    Command,
    Thread,
    Member,
    Tag,
    Setting,
}

impl Kind {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Recent => "lately",
            Self::Board => "boards",
            Self::Command => "commands",
            Self::Thread => "threads",
            Self::Member => "members",
            Self::Tag => "tags",
            Self::Setting => "settings",
        }
    }
}

/// Where something leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    Board(BoardId),
    Member(MemberId),
    Thread(ThreadId),
    Command(Command),
    Place(Route),
}

impl Goal {
    /// What is remembered of it.
    pub(super) fn remembered(&self, name: &str) -> Remembered {
        match self {
            Self::Board(id) => Remembered::Board(*id),
            Self::Member(id) => Remembered::Member(*id),
            Self::Thread(id) => Remembered::Thread(*id),
            Self::Command(command) => Remembered::Named(format!("command {}", command.name())),
            Self::Place(_) => Remembered::Named(format!("setting {name}")),
        }
    }
}

/// Something that can be found.
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) goal: Goal,
    pub(super) name: String,
    /// What stands at the right: a key, a board.
    pub(super) hint: String,
    /// What is compared with what was typed.
    folded: String,
}

impl AsRef<str> for Item {
    fn as_ref(&self) -> &str {
        &self.folded
    }
}

impl Item {
    pub(super) fn new(kind: Kind, goal: Goal, name: String, hint: String) -> Self {
        let folded = fold(&name);
        Self { kind, goal, name, hint, folded }
    }

    pub(super) fn command(binding: &'static Binding, look: &Look) -> Self {
        let key = look.keys.chords(binding).first().map_or_else(String::new, |chord| chord.name());
        let mut item = Self::new(Kind::Command, Goal::Command(binding.command), binding.help.to_owned(), key);
        // The footer's word for it is a name too.
        item.folded = format!("{} {}", item.folded, fold(binding.label));
        item
    }

    /// One's own choices, and the places that the settings lead to.
    pub(super) fn settings() -> impl Iterator<Item = Self> {
        let choices = CHOICES.iter().map(|choice| {
            let goal = Goal::Place(Route::Settings);
            Self::new(Kind::Setting, goal, choice.label.to_owned(), choice.help.to_owned())
        });
        let places = PLACES.iter().map(|place| {
            let goal = Goal::Place(place.route.clone());
            Self::new(Kind::Setting, goal, place.label.to_owned(), place.what.to_owned())
        });
        choices.chain(places)
    }
}

/// Whether a command is one that somebody looks for by name: moving, typing and answering are not.
pub(super) fn is_worth_a_name(binding: &Binding) -> bool {
    use Command as C;
    let hands = [
        Scope::List,
        Scope::Pager,
        Scope::Field,
        Scope::Form,
        Scope::Filter,
        Scope::Editor,
        Scope::Confirm,
        Scope::Choose,
    ];
    let moves = matches!(binding.command, C::Up | C::Down | C::PageUp | C::PageDown | C::Top | C::Bottom);
    !moves && !hands.contains(&binding.scope) && !matches!(binding.command, C::Palette | C::Back)
}
