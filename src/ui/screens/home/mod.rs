//! Home: what happened since one was here, who is here, what waits. One page; Space walks it to its end.
//!
//! `lines.rs` makes the page out of what happened, `view.rs` draws it.

mod lines;
mod view;

#[cfg(test)]
mod tests;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::lines::{Line, Target};
use crate::service::cases::{ListQueue, Queue};
use crate::service::home::{HomeView, ShowCompany, ShowHome};
use crate::service::notifications::SeeNotification;
use crate::service::{Answer, DomainEvent};
use crate::ui::frame;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Msg, Screen, Ui};
use crate::ui::screens::changes_counts;
use crate::ui::screens::notifications::route;
use crate::ui::widgets::Sections;

/// How long changes gather before home is read again: it shows the whole place, where something always happens.
const GATHER: Duration = Duration::from_millis(300);
const GATHERED: u32 = 1;

/// The page: one column, and in a wide window another beside it.
#[derive(Default)]
struct Page {
    main: Vec<Line>,
    beside: Vec<Line>,
}

/// The home screen.
#[derive(Default)]
pub struct Home {
    view: Option<HomeView>,
    /// What waits for the staff; none for everybody else.
    queue: Option<Queue>,
    sections: Sections,
    /// Changes are gathering.
    gathering: bool,
}

impl Screen for Home {
    fn route(&self) -> Route {
        Route::Home
    }

    fn title(&self) -> String {
        "home".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Home, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.view.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        match self.view.as_ref().map_or((0, 0), |view| (view.unread_posts, view.unread_threads)) {
            (0, _) => String::new(),
            (1, _) => "1 unread post".to_owned(),
            (posts, 1) => format!("{posts} unread posts in one thread"),
            (posts, threads) => format!("{posts} unread posts in {threads} threads"),
        }
    }

    /// Nothing lies below home to go back to.
    fn offers(&self, command: Command, _look: &Look) -> bool {
        command != Command::Back
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => read(cx),
            // It gathered on its way already, and is a small part of the page.
            Msg::Event(DomainEvent::PresenceChanged) if self.view.is_some() => cx.call(ShowCompany),
            Msg::Event(event) if self.concerns(&event, cx.look) && !self.gathering => {
                self.gathering = true;
                cx.effect(Effect::Timer(GATHERED, GATHER));
            }
            Msg::Timer(GATHERED) => {
                self.gathering = false;
                read(cx);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

fn read(cx: &mut Ui<'_>) {
    cx.call(ShowHome);
    if cx.look.actor().is_staff() {
        cx.call(ListQueue);
    }
}

impl Home {
    fn concerns(&self, event: &DomainEvent, look: &Look) -> bool {
        match event {
            DomainEvent::MemberChanged { .. } | DomainEvent::WallChanged => true,
            DomainEvent::Notified { member } => Some(*member) == look.actor().id(),
            DomainEvent::CaseChanged { .. }
            | DomainEvent::HeldChanged { .. }
            | DomainEvent::MattersChanged
            | DomainEvent::ApplicationChanged { .. } => look.actor().is_staff(),
            other => changes_counts(other, look),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ShowHome>() {
            Ok(Ok(view)) => return self.change(cx.look, |home| home.view = Some(view)),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<ShowCompany>() {
            Ok(Ok(company)) => {
                return self.change(cx.look, |home| {
                    if let Some(view) = &mut home.view {
                        view.company = company;
                    }
                });
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        if let Ok(Ok(queue)) = answer.take::<ListQueue>() {
            self.queue = Some(queue);
        }
    }

    /// Changes what is shown. The choice stays on the same thing, wherever its line goes.
    fn change(&mut self, look: &Look, change: impl FnOnce(&mut Self)) {
        let before = self.target(look);
        change(self);
        if let Some(item) = before.and_then(|target| self.item_of(&target, look)) {
            self.sections.choose(item);
        }
    }

    /// The page as this window shows it.
    fn page(&self, look: &Look) -> Page {
        let area = frame::inner(Rect::new(0, 0, look.columns, look.rows));
        let height = usize::from(area.height);
        let Some(view) = &self.view else { return Page::default() };
        let queue = self.queue.as_ref();
        if look.is_wide() {
            let width = usize::from(view::BESIDE_COLUMNS);
            let beside = lines::beside(view, queue, look, width, height);
            return Page { main: lines::news(view, look, height, 0), beside };
        }
        Page { main: lines::page(view, queue, look, height), beside: Vec::new() }
    }

    fn targets(&self, look: &Look) -> Vec<Target> {
        let Page { main, beside } = self.page(look);
        main.into_iter().chain(beside).filter_map(|line| line.target).collect()
    }

    fn target(&self, look: &Look) -> Option<Target> {
        self.targets(look).into_iter().nth(self.sections.chosen())
    }

    fn item_of(&self, target: &Target, look: &Look) -> Option<usize> {
        self.targets(look).iter().position(|other| other == target)
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let targets = self.targets(cx.look);
        if self.sections.command(command, targets.len()) {
            return;
        }
        if command == Command::GoWall {
            return cx.open(Route::Wall);
        }
        if let (Command::Open, Some(target)) = (command, targets.get(self.sections.chosen())) {
            open(target, cx);
        }
    }
}

fn open(target: &Target, cx: &mut Ui<'_>) {
    let route = match *target {
        Target::ForMe(leads_to, id) => {
            if let Some(id) = id {
                cx.call(SeeNotification(id));
            }
            route(leads_to)
        }
        Target::Thread(thread) => Some(Route::Thread { thread, at: None }),
        Target::Boards => Some(Route::Boards),
        Target::Board(board) => Some(Route::Board(board)),
        Target::Members => Some(Route::Members),
        Target::Member(member) => Some(Route::Profile(member)),
        Target::Wall => Some(Route::Wall),
        Target::Cohort(cohort) => Some(Route::Cohort(cohort)),
        Target::Rooms => Some(Route::Rooms),
        Target::Queue => Some(Route::Queue),
    };
    if let Some(route) = route {
        cx.open(route);
    }
}
