//! The threads of a tag, from all boards that one sees: a filter, never a copy. Reading on from here stays in them.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::{PostId, TagId};
use crate::domain::moderation::Thing;
use crate::service::reading::NextUnreadOfTag;
use crate::service::tags::{
    DescribeTag, JoinTag, ListTagged, ReadTag, ShowTag, TagPage, TaggedList, TaggedSummary,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::screens::changes_counts;
use crate::ui::screens::members::Members;
use crate::ui::screens::thread::{Thread, WithinTag};
use crate::ui::widgets::{ListState, Prompt};

/// The question what the tag is for.
const DESCRIBE: u32 = 1;
/// Rows between the choice and the last loaded thread at which the next page is asked for.
const LOAD_AHEAD: usize = 20;

/// The screen of one tag.
pub struct Tag {
    tag: TagId,
    /// The tag, without its threads.
    head: Option<TaggedList>,
    /// What it is for and who is in it.
    page: Option<TagPage>,
    threads: Vec<TaggedSummary>,
    next: Option<PostId>,
    list: ListState,
    /// The first page is being read afresh.
    fresh: bool,
    /// The next unread thread is being looked for.
    reading_on: bool,
    loading: bool,
    /// Something happened while a page was on its way.
    stale: bool,
}

impl Tag {
    /// The threads of a tag.
    pub fn new(tag: TagId) -> Self {
        Self {
            tag,
            head: None,
            page: None,
            threads: Vec::new(),
            next: None,
            list: ListState::default(),
            fresh: false,
            reading_on: false,
            loading: false,
            stale: false,
        }
    }

    fn within(&self) -> Option<WithinTag> {
        self.head.as_ref().map(|head| WithinTag { tag: self.tag, name: head.name.clone() })
    }

    fn read_afresh(&mut self, cx: &mut Ui<'_>) {
        self.stale = self.loading;
        if !self.loading {
            self.fresh = true;
            self.load(None, cx);
        }
    }

    fn load(&mut self, after: Option<PostId>, cx: &mut Ui<'_>) {
        self.loading = true;
        cx.call(ListTagged { tag: self.tag, after });
    }

    /// What was done as to its people; gives back any other answer.
    fn people_answer(&mut self, answer: Answer, cx: &mut Ui<'_>) -> Option<Answer> {
        let answer = match answer.take::<ReadTag>() {
            Ok(Ok(page)) => {
                self.page = Some(page);
                return None;
            }
            Ok(Err(_)) => return None,
            Err(answer) => answer,
        };
        let (result, words) = match answer.take::<JoinTag>() {
            Ok(result) => {
                (result, if self.is(|page| page.joined) { "You have left it." } else { "You are in it now." })
            }
            Err(answer) => match answer.take::<ShowTag>() {
                Ok(result) => (result, "Your handle shows it so from now on."),
                Err(answer) => match answer.take::<DescribeTag>() {
                    Ok(result) => (result, "That is what it is for, now."),
                    Err(answer) => return Some(answer),
                },
            },
        };
        match result {
            Ok(()) => cx.good(words),
            Err(why) => cx.refuse(why),
        }
        cx.call(ReadTag { tag: self.tag });
        None
    }

    fn is(&self, what: impl Fn(&TagPage) -> bool) -> bool {
        self.page.as_ref().is_some_and(what)
    }

    fn people_command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(page) = &self.page else { return };
        match command {
            Command::JoinTag => cx.call(JoinTag { tag: self.tag, join: !page.joined }),
            Command::ShowTag => cx.call(ShowTag { tag: (!page.shown).then_some(self.tag) }),
            Command::TagPeople => {
                let members = Members::filtered(&format!("#{}", page.name));
                cx.effect(Effect::Push(Box::new(members)));
            }
            Command::DescribeTag if page.may_describe => {
                let question = format!("What is #{} for?", page.name);
                cx.effect(Effect::Push(Box::new(
                    Prompt::new(DESCRIBE, question, page.description.clone())
                        .kept(Form::Line(LineFor::Tag, self.tag.0)),
                )));
            }
            Command::Report => cx.open(Route::Report(Thing::Tag(self.tag))),
            Command::Moderate if cx.look.actor().is_staff() => cx.open(Route::Moderate(Thing::Tag(self.tag))),
            Command::Moderate => cx.refuse("That is for the staff. ! reports the tag to them."),
            Command::DescribeTag => cx.say("Its champion and the staff say what a tag is for."),
            _ => {}
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let Some(answer) = self.people_answer(answer, cx) else { return };
        let answer = match answer.take::<ListTagged>() {
            Ok(Ok(list)) => return self.came(list, cx),
            Ok(Err(why)) => {
                self.loading = false;
                cx.back();
                return cx.refuse(why);
            }
            Err(other) => other,
        };
        let Ok(result) = answer.take::<NextUnreadOfTag>() else { return };
        self.reading_on = false;
        match (result, self.within()) {
            (Ok(Some(next)), Some(within)) => {
                cx.effect(Effect::Push(Box::new(Thread::new(next.thread, None).within(within))));
            }
            (Ok(_), within) => {
                let name = within.map_or_else(String::new, |within| format!(" with #{}", within.name));
                cx.good(format!("You are caught up{name}."));
            }
            (Err(why), _) => cx.refuse(why),
        }
    }

    /// A page came. Read afresh, the list is its first page again, and the choice stays on the same thread.
    fn came(&mut self, mut list: TaggedList, cx: &mut Ui<'_>) {
        self.loading = false;
        let threads = std::mem::take(&mut list.threads);
        self.next = list.next;
        self.head = Some(list);
        if std::mem::take(&mut self.fresh) {
            let before = self.chosen().map(|chosen| chosen.thread.id);
            let same = |row: &TaggedSummary| before.map_or(row.thread.unread > 0, |id| row.thread.id == id);
            if let Some(row) = threads.iter().position(same) {
                self.list.choose(row);
            }
            self.threads = threads;
        } else {
            self.threads.extend(threads);
        }
        if std::mem::take(&mut self.stale) {
            self.read_afresh(cx);
        }
    }

    fn chosen(&self) -> Option<&TaggedSummary> {
        self.threads.get(self.list.chosen())
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, self.threads.len()) {
            let near_end = self.list.chosen() + LOAD_AHEAD >= self.threads.len();
            if let Some(after) = self.next.filter(|_| near_end && !self.loading) {
                self.load(Some(after), cx);
            }
            return;
        }
        match (command, self.chosen(), self.within()) {
            (Command::Open, Some(chosen), Some(within)) => {
                let thread = Thread::new(chosen.thread.id, None).within(within);
                cx.effect(Effect::Push(Box::new(thread)));
            }
            (Command::Next, ..) => {
                self.reading_on = true;
                let (skipped_threads, skipped_boards) = (Vec::new(), Vec::new());
                cx.call(NextUnreadOfTag { tag: self.tag, skipped_threads, skipped_boards });
            }
            (command, ..) => self.people_command(command, cx),
        }
    }
}

impl Screen for Tag {
    fn route(&self) -> Route {
        Route::Tag(self.tag)
    }

    fn title(&self) -> String {
        self.head.as_ref().map_or_else(String::new, |head| format!("#{}", head.name))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Tag, Scope::List]
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::ShowTag => self.is(|page| page.joined),
            Command::DescribeTag => self.is(|page| page.may_describe),
            Command::Moderate => look.actor().is_staff(),
            _ => true,
        }
    }

    fn is_waiting(&self) -> bool {
        self.head.is_none() || self.reading_on
    }

    fn is_blank(&self) -> bool {
        self.head.is_none()
    }

    fn is_list(&self) -> bool {
        true
    }

    fn stand_beside(&mut self, content: &Route) {
        if let Route::Thread { thread, .. } = content
            && let Some(row) = self.threads.iter().position(|row| row.thread.id == *thread)
        {
            self.list.choose(row);
        }
    }

    fn status(&self, _look: &Look) -> String {
        match self.head.as_ref().map(|head| head.count) {
            None => String::new(),
            Some(1) => "1 thread".to_owned(),
            Some(count) => format!("{count} threads"),
        }
    }

    fn label(&self, command: Command) -> Option<&'static str> {
        let joined = self.is(|page| page.joined);
        (command == Command::JoinTag && joined).then_some("leave it")
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => {
                self.read_afresh(cx);
                cx.call(ReadTag { tag: self.tag });
            }
            Msg::Event(DomainEvent::MemberChanged { .. } | DomainEvent::PresenceChanged) => {
                cx.call(ReadTag { tag: self.tag });
            }
            Msg::Dialog(DialogResult::Text(DESCRIBE, words)) => {
                cx.call(DescribeTag { tag: self.tag, words });
            }
            Msg::Event(event) if changes_counts(&event, cx.look) => self.read_afresh(cx),
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
