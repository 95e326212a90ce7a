//! Everybody who belongs here: filtered as one types, in five orders.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::fold;
use crate::service::members::{ListMembers, MemberSummary};
use crate::service::{Answer, DomainEvent};
use crate::ui::input::Input;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Field, ListState};

/// Longest filter, in characters.
const FILTER_CHARS_MAX: usize = 60;

/// The orders that `o` goes through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    #[default]
    Handle,
    Here,
    LastSeen,
    Joined,
    /// By the tag that stands by the handle; then who shows none, by the first that they are in.
    Tag,
}

impl Order {
    fn next(self) -> Self {
        match self {
            Self::Handle => Self::Here,
            Self::Here => Self::LastSeen,
            Self::LastSeen => Self::Joined,
            Self::Joined => Self::Tag,
            Self::Tag => Self::Handle,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Handle => "by handle",
            Self::Here => "who is here first",
            Self::LastSeen => "last here first",
            Self::Joined => "newest first",
            Self::Tag => "by tag",
        }
    }
}

/// The members screen.
pub struct Members {
    members: Option<Vec<MemberSummary>>,
    /// Indices into `members` that fit the filter, in order.
    shown: Vec<usize>,
    list: ListState,
    order: Order,
    filter: Field,
    filtering: bool,
}

impl Default for Members {
    fn default() -> Self {
        Self {
            members: None,
            shown: Vec::new(),
            list: ListState::default(),
            order: Order::default(),
            filter: Field::new(FILTER_CHARS_MAX),
            filtering: false,
        }
    }
}

impl Members {
    /// The list with a filter to begin with.
    pub fn filtered(filter: &str) -> Self {
        let filter = Field::new(FILTER_CHARS_MAX).with_text(filter);
        Self { filter, ..Self::default() }
    }
}

impl Screen for Members {
    fn route(&self) -> Route {
        Route::Members
    }

    fn title(&self) -> String {
        "members".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.filtering { &[Scope::Filter] } else { &[Scope::Members, Scope::List] }
    }

    fn is_typing(&self) -> bool {
        self.filtering
    }

    fn is_waiting(&self) -> bool {
        self.members.is_none()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ListMembers),
            Msg::Event(DomainEvent::MemberChanged { .. } | DomainEvent::PresenceChanged) => {
                cx.call(ListMembers)
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => self.type_filter(&input),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Members {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        match answer.take::<ListMembers>() {
            Ok(Ok(members)) => {
                let chosen = self.chosen().map(|member| member.id);
                self.members = Some(members);
                self.arrange();
                // The choice stays on the same person, wherever the row went.
                if let Some(row) = chosen.and_then(|id| self.row_of(id)) {
                    self.list.choose(row);
                }
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, self.shown.len()) {
            return;
        }
        match command {
            Command::Open => {
                if let Some(member) = self.chosen() {
                    cx.open(Route::Profile(member.id));
                }
            }
            Command::WriteTo => {
                if let Some(member) = self.chosen() {
                    cx.open(Route::MessagesWith(member.id));
                }
            }
            Command::Nudge => {
                if let Some(member) = self.chosen() {
                    cx.open(Route::Nudge(Some(member.id)));
                }
            }
            Command::Filter => self.filtering = true,
            Command::Accept => self.filtering = false,
            Command::Back => {
                self.filtering = false;
                self.filter.set_text("");
                self.arrange();
            }
            Command::Order => {
                self.order = self.order.next();
                self.list.choose(0);
                self.arrange();
            }
            _ => {}
        }
    }

    fn type_filter(&mut self, input: &Input) {
        if self.filter.input(input) == Typed::Changed {
            self.list.choose(0);
            self.arrange();
        }
    }

    fn arrange(&mut self) {
        let Some(members) = &self.members else { return };
        let filter = fold(self.filter.text().trim());
        self.shown = (0..members.len()).filter(|index| fits(&members[*index], &filter)).collect();
        let latest = |at: Option<crate::domain::time::Timestamp>| std::cmp::Reverse(at);
        match self.order {
            Order::Handle => {}
            Order::Here => self.shown.sort_by_key(|i| !members[*i].here),
            Order::LastSeen => {
                self.shown.sort_by_key(|i| (!members[*i].here, latest(members[*i].last_seen_at)))
            }
            Order::Joined => self.shown.sort_by_key(|i| latest(members[*i].joined_at)),
            Order::Tag => self.shown.sort_by_key(|i| {
                let (shown, first) = (&members[*i].shown_tag, members[*i].tags.first());
                (shown.is_none(), shown.as_ref(), first.is_none(), first)
            }),
        }
    }

    fn chosen(&self) -> Option<&MemberSummary> {
        let index = self.shown.get(self.list.chosen())?;
        self.members.as_ref()?.get(*index)
    }

    fn row_of(&self, member: crate::domain::ids::MemberId) -> Option<usize> {
        let members = self.members.as_ref()?;
        self.shown.iter().position(|index| members[*index].id == member)
    }
}

/// Whether a member fits what was typed: part of the handle, of what they can help with, a level or role, a `#tag` (or
/// `tag:tag`), or
/// "here now", "never met", "can help with" and what.
fn fits(member: &MemberSummary, filter: &str) -> bool {
    filter.is_empty()
        || fold(&member.handle).contains(filter)
        || fold(&member.can_help).contains(filter)
        || member.level.as_str().starts_with(filter)
        || (member.role != crate::domain::member::Role::Member && member.role.as_str().starts_with(filter))
        || (member.here && begins("here now", filter))
        || (!member.met && begins("never met", filter))
        || (!member.can_help.is_empty() && begins("can help with", filter))
        || filter.strip_prefix("can help with ").is_some_and(|what| fold(&member.can_help).contains(what))
        || filter
            .strip_prefix('#')
            .or(filter.strip_prefix("tag:"))
            .is_some_and(|tag| member.tags.iter().any(|known| known.starts_with(tag)))
        || (member.away.is_some() && "away".starts_with(filter))
}

/// Whether a filter of three letters or more is how these words begin.
fn begins(words: &str, filter: &str) -> bool {
    filter.len() >= 3 && words.starts_with(filter)
}
