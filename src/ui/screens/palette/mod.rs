//! The palette: any board, room, conversation, member, thread, tag, command or setting by a part of its name. Enter goes there, or
//! does it on the screen below.

mod items;
mod rank;
mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::items::{Goal, Item, Kind, is_worth_a_name};
use self::rank::rank;
use crate::domain::text::fold;
use crate::service::Answer;
use crate::service::boards::ListBoards;
use crate::service::conversations::ListConversations;
use crate::service::members::ListMembers;
use crate::service::rooms::ListRooms;
use crate::service::search::{Goal as Remembered, KeepGoal, RecentGoal, RecentGoals};
use crate::service::tags::ListTags;
use crate::service::threads::FindThreads;
use crate::ui::input::Input;
use crate::ui::keys::{Binding, Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Field, ListState};

/// Longest text that is looked for, in characters.
const TYPED_CHARS_MAX: usize = 100;
/// Rows of one kind, once something is typed: the other kinds must stay in sight.
const SHOWN_OF_A_KIND: usize = 8;
/// The same while nothing is typed: a few of each kind on the first page say what can be found.
const OFFERED_OF_A_KIND: usize = 3;
/// Threads that are kept while one types on; past that the oldest answers make way.
const THREADS_KEPT: usize = 1_000;

/// The palette.
pub struct Palette {
    field: Field,
    items: Vec<Item>,
    /// Indices into `items` that fit, kind by kind.
    shown: Vec<usize>,
    /// How many of them, at the beginning, are there because one went to them lately.
    lately: usize,
    list: ListState,
    /// Where one went from here lately, the newest first.
    recent: Vec<Remembered>,
    recent_known: bool,
    boards_known: bool,
    members_known: bool,
    /// Threads are being looked for.
    looking: bool,
    /// Something else was typed since.
    stale: bool,
}

impl Palette {
    /// A palette with these commands of the screen below.
    pub fn new(commands: &[&'static Binding], look: &Look) -> Self {
        let commands = commands.iter().filter(|binding| is_worth_a_name(binding));
        let commands = commands.map(|binding| Item::command(binding, look));
        let mut palette = Self {
            field: Field::new(TYPED_CHARS_MAX),
            items: commands.chain(Item::settings()).collect(),
            shown: Vec::new(),
            lately: 0,
            list: ListState::default(),
            recent: Vec::new(),
            recent_known: false,
            boards_known: false,
            members_known: false,
            looking: false,
            stale: false,
        };
        palette.arrange();
        palette
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match items::named(answer) {
            Ok((kind, items)) => {
                self.boards_known |= kind == Kind::Board;
                self.members_known |= kind == Kind::Member;
                self.items.extend(items);
                return self.arrange();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<RecentGoals>() {
            Ok(reply) => return self.remember(reply.unwrap_or_default()),
            Err(answer) => answer,
        };
        if let Ok(reply) = answer.take::<FindThreads>() {
            self.looking = false;
            for thread in reply.unwrap_or_default() {
                self.keep(Item::new(Kind::Thread, Goal::Thread(thread.id), thread.title, thread.board));
            }
            if std::mem::take(&mut self.stale) {
                self.look_for_threads(cx);
            }
            self.arrange();
        }
    }

    fn remember(&mut self, goals: Vec<RecentGoal>) {
        self.recent_known = true;
        for RecentGoal { goal, thread } in goals {
            if let Some(thread) = thread {
                self.keep(Item::new(Kind::Thread, Goal::Thread(thread.id), thread.title, thread.board));
            }
            self.recent.push(goal);
        }
        self.arrange();
    }

    /// The items that one went to lately, as far as they are here.
    fn lately(&self) -> Vec<usize> {
        let find = |goal: &Remembered| self.items.iter().position(|item| item.remembered() == *goal);
        self.recent.iter().filter_map(find).collect()
    }

    /// Keeps a thread that was found, once.
    fn keep(&mut self, thread: Item) {
        if self.items.iter().any(|item| item.goal == thread.goal) {
            return;
        }
        if self.items.iter().filter(|item| item.kind == Kind::Thread).count() >= THREADS_KEPT
            && let Some(oldest) = self.items.iter().position(|item| item.kind == Kind::Thread)
        {
            self.items.remove(oldest);
        }
        self.items.push(thread);
    }

    fn look_for_threads(&mut self, cx: &mut Ui<'_>) {
        // One question at a time: what is typed meanwhile is asked when the answer is there.
        if self.looking {
            self.stale = true;
            return;
        }
        self.looking = true;
        cx.call(FindThreads { text: self.field.text().to_owned() });
    }

    /// Puts together what fits, the kind with the best name first. The choice stays on its row's thing, unless it
    /// stands on the first row: that is where the best one belongs.
    fn arrange(&mut self) {
        let chosen = (self.list.chosen() > 0).then(|| self.chosen().map(|item| item.goal.clone())).flatten();
        let typed = fold(self.field.text());
        let empty = typed.trim().is_empty();
        let all = || (0..self.items.len()).map(|index| (index, 0)).collect();
        let found: Vec<(usize, usize)> = if empty { all() } else { rank(&self.items, &typed) };
        let mut kinds: Vec<Kind> = Vec::new();
        for (index, _) in &found {
            if !kinds.contains(&self.items[*index].kind) {
                kinds.push(self.items[*index].kind);
            }
        }
        if empty {
            kinds.sort();
        }
        let most = |kind: Kind| match kind {
            // The whole of them, where they come last.
            Kind::Command | Kind::Setting if empty => usize::MAX,
            _ if empty => OFFERED_OF_A_KIND,
            _ => SHOWN_OF_A_KIND,
        };
        self.shown = if empty { self.lately() } else { Vec::new() };
        self.lately = self.shown.len();
        for kind in kinds {
            let of_kind =
                found.iter().map(|(index, _)| *index).filter(|index| self.items[*index].kind == kind);
            let lately = self.shown[..self.lately].to_vec();
            self.shown.extend(of_kind.filter(|index| !lately.contains(index)).take(most(kind)));
        }
        let row = chosen.and_then(|goal| self.shown.iter().position(|index| self.items[*index].goal == goal));
        self.list.choose(row.unwrap_or(0));
    }

    fn type_name(&mut self, input: &Input, cx: &mut Ui<'_>) {
        if self.field.input(input) == Typed::Changed {
            self.list.choose(0);
            self.arrange();
            self.look_for_threads(cx);
        }
    }

    fn chosen(&self) -> Option<&Item> {
        self.items.get(*self.shown.get(self.list.chosen())?)
    }

    fn go(&self, cx: &mut Ui<'_>) {
        let Some(item) = self.chosen() else { return };
        cx.call(KeepGoal { goal: item.remembered() });
        cx.effect(match &item.goal {
            Goal::Board(board) => Effect::Replace(Route::Board(*board)),
            Goal::Member(member) => Effect::Replace(Route::Profile(*member)),
            Goal::Thread(thread) => Effect::Replace(Route::Thread { thread: *thread, at: None }),
            Goal::Command(command) => Effect::Run(*command),
            Goal::Place(route) => Effect::Replace(route.clone()),
        });
    }
}

impl Screen for Palette {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "find".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Palette]
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_waiting(&self) -> bool {
        !self.boards_known || !self.members_known || !self.recent_known
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        command != Command::Open || !self.shown.is_empty()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                cx.call(RecentGoals);
                cx.call(ListBoards);
                cx.call(ListMembers);
                cx.call(ListTags);
                cx.call(ListRooms);
                cx.call(ListConversations);
                self.look_for_threads(cx);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::Open) => self.go(cx),
            Msg::Command(Command::Back) => cx.back(),
            Msg::Command(command) => {
                self.list.command(command, self.shown.len());
            }
            Msg::Input(input) => self.type_name(&input, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        Some(view::draw(self, area, buf, look))
    }
}
