//! What the palette finds: things with a name, and where each one leads.

use crate::domain::ids::{BoardId, MemberId, ThreadId};
use crate::domain::text::fold;
use crate::service::Answer;
use crate::service::boards::{BoardSummary, ListBoards};
use crate::service::conversations::{ConversationSummary, ListConversations};
use crate::service::members::{CHOICES, ListMembers, MemberSummary};
use crate::service::rooms::{ListRooms, RoomSummary};
use crate::service::search::Goal as Remembered;
use crate::service::tags::{ListTags, TagSummary};
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
    Thread,
    Member,
    Conversation,
    Room,
    Tag,
    Command,
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
            // As their screen is called: the column is narrow.
            Self::Conversation => "messages",
            Self::Room => "rooms",
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

    /// What is remembered of it when one goes there.
    pub(super) fn remembered(&self) -> Remembered {
        match &self.goal {
            Goal::Board(id) => Remembered::Board(*id),
            Goal::Member(id) => Remembered::Member(*id),
            Goal::Thread(id) => Remembered::Thread(*id),
            Goal::Command(command) => Remembered::Named(format!("command {}", command.name())),
            Goal::Place(_) => Remembered::Named(format!("{} {}", self.kind.words(), self.name)),
        }
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
            let mut item = Self::new(Kind::Setting, goal, place.label.to_owned(), place.what.to_owned());
            if place.route == Route::MyData {
                // The name that its own screen has.
                item.folded.push_str(" my data");
            }
            item
        });
        choices.chain(places)
    }
}

/// The things of a kind that an answer lists by name.
pub(super) fn named(answer: Answer) -> Result<(Kind, Vec<Item>), Answer> {
    let answer = match answer.take::<ListBoards>() {
        Ok(reply) => {
            let boards = reply.map(|list| list.boards).unwrap_or_default().into_iter();
            let item = |board: BoardSummary| {
                let mut item = Item::new(Kind::Board, Goal::Board(board.id), board.name, board.purpose);
                // Its name in commands is a name too.
                item.folded = format!("{} {}", item.folded, fold(&board.slug));
                item
            };
            return Ok((Kind::Board, boards.map(item).collect()));
        }
        Err(answer) => answer,
    };
    let answer = match answer.take::<ListMembers>() {
        Ok(reply) => {
            let item = |member: MemberSummary| {
                let hint = if member.here { "here" } else { "" };
                Item::new(Kind::Member, Goal::Member(member.id), member.handle, hint.to_owned())
            };
            return Ok((Kind::Member, reply.unwrap_or_default().into_iter().map(item).collect()));
        }
        Err(answer) => answer,
    };
    let answer = match answer.take::<ListRooms>() {
        Ok(reply) => {
            let item = |room: RoomSummary| {
                let hint = if room.here > 0 { format!("{} here", room.here) } else { String::new() };
                Item::new(Kind::Room, Goal::Place(Route::Room(room.id)), room.name, hint)
            };
            return Ok((Kind::Room, reply.unwrap_or_default().into_iter().map(item).collect()));
        }
        Err(answer) => answer,
    };
    let answer = match answer.take::<ListConversations>() {
        Ok(reply) => {
            let item = |row: ConversationSummary| {
                let hint = if row.unread > 0 { format!("{} unread", row.unread) } else { String::new() };
                let mut item =
                    Item::new(Kind::Conversation, Goal::Place(Route::Conversation(row.id)), row.name(), hint);
                // One with a title is found by its people too.
                item.folded = format!("{} {}", item.folded, fold(&row.people.join(" ")));
                item
            };
            let items = reply.unwrap_or_default().into_iter().map(item).collect();
            return Ok((Kind::Conversation, items));
        }
        Err(answer) => answer,
    };
    let reply = answer.take::<ListTags>()?;
    let item = |tag: TagSummary| {
        let hint = if tag.threads == 1 { "1 thread".to_owned() } else { format!("{} threads", tag.threads) };
        Item::new(Kind::Tag, Goal::Place(Route::Tag(tag.id)), format!("#{}", tag.name), hint)
    };
    Ok((Kind::Tag, reply.unwrap_or_default().into_iter().map(item).collect()))
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
