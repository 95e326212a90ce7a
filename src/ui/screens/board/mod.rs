//! The threads of a board: pinned first, then those written in last.

pub(in crate::ui::screens) mod row;
mod view;

#[cfg(test)]
mod pane_tests;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::board::{ThreadChoice, ThreadFacts};
use crate::domain::ids::{BoardId, ThreadId};
use crate::domain::moderation::Thing;
use crate::domain::policy;
use crate::service::reading::{
    BoardUndo, ChooseThread, MarkBoardRead, MarkThreadRead, ThreadUndo, UndoBoardRead, UndoThreadMark,
};
use crate::service::tags::SetTags;
use crate::service::threads::{
    At, ListThreads, OpenThread, ThreadCursor, ThreadList, ThreadSummary, ThreadView,
};
use crate::service::{Answer, DomainEvent};
use crate::ui::frame;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Hyperlink, Msg, Screen, Ui};
use crate::ui::screens::changes_counts;
use crate::ui::screens::tags::TagDialog;
use crate::ui::screens::thread::Thread;
use crate::ui::widgets::preview::PREVIEW;
use crate::ui::widgets::{ListState, Preview};

/// Rows between the choice and the last loaded thread at which the next page is asked for.
const LOAD_AHEAD: usize = 20;

/// A step that `u` takes back.
enum Undo {
    Board(BoardUndo),
    Thread(ThreadUndo),
    Choice(ThreadId, Option<ThreadChoice>),
    Tags(ThreadId, String),
}

/// The question for a thread's tags.
const TAGS: u32 = 1;

/// The screen of one board.
pub struct Board {
    board: BoardId,
    /// The board, without its threads.
    head: Option<ThreadList>,
    threads: Vec<ThreadSummary>,
    next: Option<ThreadCursor>,
    list: ListState,
    undo: Vec<Undo>,
    /// The thread whose tags are being typed.
    tagging: Option<ThreadId>,
    /// The pages that are being read afresh, and how many threads there were before: the list is swapped once it is as
    /// long as it was.
    fresh: Option<(Vec<ThreadSummary>, usize)>,
    /// A page is on its way.
    loading: bool,
    /// Something happened while it was: read afresh once more.
    stale: bool,
    /// The chosen thread beside the list: nothing in it is marked as read before one enters it.
    preview: Preview<(ThreadId, i64, i64)>,
    /// It only shows, beside its own list.
    is_preview: bool,
}

impl Board {
    /// The threads of a board.
    pub fn new(board: BoardId) -> Self {
        Self {
            board,
            head: None,
            threads: Vec::new(),
            next: None,
            list: ListState::default(),
            undo: Vec::new(),
            tagging: None,
            fresh: None,
            loading: false,
            stale: false,
            preview: Preview::default(),
            is_preview: false,
        }
    }

    /// A board as the boards show it beside them: no thread is chosen.
    pub fn preview(mut list: ThreadList) -> Self {
        let (board, threads) = (list.board, std::mem::take(&mut list.threads));
        Self { head: Some(list), threads, is_preview: true, ..Self::new(board) }
    }
}

impl Screen for Board {
    fn route(&self) -> Route {
        Route::Board(self.board)
    }

    fn title(&self) -> String {
        self.head.as_ref().map_or_else(String::new, |head| head.name.clone())
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Board, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.head.is_none()
    }

    fn status(&self, _look: &Look) -> String {
        self.head.as_ref().map_or_else(String::new, |head| head.purpose.clone())
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        match command {
            Command::Undo => !self.undo.is_empty(),
            Command::NewThread => self.may_start(look).is_ok(),
            Command::EditTemplate => self.may_tidy(look).is_ok(),
            Command::SetTags => self.may_tag(look).is_ok(),
            Command::MarkThreadRead | Command::FollowThread | Command::MuteThread => look.actor().is_active(),
            _ => true,
        }
    }

    fn board(&self) -> Option<BoardId> {
        Some(self.board)
    }

    fn is_list(&self) -> bool {
        true
    }

    fn stand_beside(&mut self, content: &Route) {
        if let Route::Thread { thread, .. } = content
            && let Some(row) = self.threads.iter().position(|row| row.id == *thread)
        {
            self.list.choose(row);
        }
    }

    fn hyperlinks(&self) -> &[Hyperlink] {
        self.preview.hyperlinks()
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.read_afresh(cx),
            Msg::Event(event) if changes_counts(&event, cx.look) => self.read_afresh(cx),
            Msg::Event(DomainEvent::HeldChanged { board, author, .. })
                if board == self.board && cx.look.actor().id() == Some(author) =>
            {
                self.read_afresh(cx);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Shown => {
                let wish = self.chosen().map(|chosen| (chosen.id, chosen.posts, chosen.unread));
                self.preview.wish(wish, cx);
            }
            Msg::Timer(PREVIEW) => match self.chosen().map(|chosen| chosen.id) {
                Some(thread) => cx.call(OpenThread { thread, at: At::FirstUnread }),
                None => self.preview.show(None),
            },
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(DialogResult::Text(TAGS, before)) => {
                if let Some(thread) = self.tagging.take() {
                    self.undo.push(Undo::Tags(thread, before));
                    cx.good("The tags are set. u takes it back.");
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Board {
    fn chosen(&self) -> Option<&ThreadSummary> {
        self.threads.get(self.list.chosen())
    }

    fn may_start(&self, look: &Look) -> Result<(), policy::Denied> {
        let Some(head) = &self.head else { return Err(policy::Denied::NotVisible) };
        policy::allow(look.actor(), &policy::StartThread { board: head.facts }).map(drop)
    }

    fn may_tidy(&self, look: &Look) -> Result<(), policy::Denied> {
        let Some(head) = &self.head else { return Err(policy::Denied::NotVisible) };
        policy::allow(look.actor(), &policy::TidyBoard { board: head.facts }).map(drop)
    }

    /// Whether the chosen thread's tags may be set: courtesy, it is asked again behind the door.
    fn may_tag(&self, look: &Look) -> Result<(), policy::Denied> {
        // A thread that was moved away is tagged where it is.
        let (Some(head), Some(chosen)) = (&self.head, self.chosen().filter(|row| row.moved.is_none())) else {
            return Err(policy::Denied::NotVisible);
        };
        let thread = ThreadFacts { locked: chosen.locked, removed: chosen.removed, author: chosen.author_id };
        policy::allow(look.actor(), &policy::TagThread { board: head.facts, thread }).map(drop)
    }

    fn read_afresh(&mut self, cx: &mut Ui<'_>) {
        self.stale = self.loading;
        if !self.loading {
            self.fresh = Some((Vec::new(), self.threads.len()));
            self.load(None, cx);
        }
    }

    fn load(&mut self, after: Option<ThreadCursor>, cx: &mut Ui<'_>) {
        self.loading = true;
        cx.call(ListThreads { board: self.board, after });
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<OpenThread>() {
            Ok(Ok(view)) => return self.previewed(view, cx),
            // A thread that is gone by now leaves the list as well.
            Ok(Err(_)) => return,
            Err(other) => other,
        };
        let answer = match answer.take::<ListThreads>() {
            Ok(Ok(list)) => return self.came(list, cx),
            Ok(Err(why)) => {
                self.loading = false;
                self.fresh = None;
                // The board is gone, or was never there: there is nothing to stand on.
                cx.back();
                return cx.refuse(why);
            }
            Err(other) => other,
        };
        let answer = match answer.take::<MarkThreadRead>() {
            Ok(Ok(before)) => return self.undo.push(Undo::Thread(before)),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<MarkBoardRead>() {
            Ok(Ok(before)) => {
                self.undo.push(Undo::Board(before));
                return cx.good("The board is marked as read. u takes it back.");
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let failed = match answer.take::<UndoThreadMark>() {
            Ok(result) => result.err(),
            Err(other) => match other.take::<UndoBoardRead>() {
                Ok(result) => result.err(),
                Err(other) => match other.take::<SetTags>() {
                    Ok(result) => result.err(),
                    Err(other) => other.take::<ChooseThread>().ok().and_then(Result::err),
                },
            },
        };
        if let Some(why) = failed {
            cx.refuse(why);
        }
    }

    /// The thread to be shown beside the list came, if it is still the chosen one.
    fn previewed(&mut self, view: ThreadView, cx: &mut Ui<'_>) {
        if self.chosen().is_some_and(|chosen| chosen.id == view.head.id) {
            let area = frame::panes(cx.look.area()).1;
            self.preview.show(Some(Box::new(Thread::preview(view, area, cx.look))));
        }
    }

    /// A page came: the next one, or one of those that are read afresh.
    fn came(&mut self, mut list: ThreadList, cx: &mut Ui<'_>) {
        self.loading = false;
        let came = std::mem::take(&mut list.threads);
        let next = list.next;
        self.head = Some(list);
        match self.fresh.take() {
            Some((mut threads, before)) => {
                threads.extend(came);
                if let Some(after) = next.filter(|_| threads.len() < before) {
                    self.fresh = Some((threads, before));
                    return self.load(Some(after), cx);
                }
                self.swap(threads);
            }
            None => self.threads.extend(came),
        }
        self.next = next;
        if std::mem::take(&mut self.stale) {
            self.read_afresh(cx);
        }
    }

    /// The choice stays on the same thread, wherever it went; at first it is the first unread one.
    fn swap(&mut self, threads: Vec<ThreadSummary>) {
        let before = self.chosen().map(|thread| thread.id);
        self.threads = threads;
        let same = |thread: &ThreadSummary| match before {
            Some(id) => thread.id == id,
            None => thread.unread > 0,
        };
        if let Some(row) = self.threads.iter().position(same) {
            self.list.choose(row);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, self.threads.len()) {
            let near_end = self.list.chosen() + LOAD_AHEAD >= self.threads.len();
            if let Some(after) = self.next.filter(|_| near_end && !self.loading) {
                self.load(Some(after), cx);
            }
            return;
        }
        match command {
            Command::Undo => self.undo_last(cx),
            Command::BoardRoom => cx.open(Route::RoomOf(self.board)),
            Command::NewThread => match self.may_start(cx.look) {
                Ok(()) => cx.open(Route::Compose(ComposeTarget::NewThread(self.board))),
                Err(why) => cx.refuse(why),
            },
            Command::EditTemplate => match self.may_tidy(cx.look) {
                Ok(()) => cx.open(Route::Compose(ComposeTarget::Template(self.board))),
                Err(_) => cx.say("The board's host and the staff set what new threads here begin with."),
            },
            Command::MarkBoardRead => {
                if let Some(head) = &self.head {
                    cx.call(MarkBoardRead { board: self.board, upto: head.newest });
                }
            }
            other => self.thread_command(other, cx),
        }
    }

    /// Commands about the chosen thread.
    fn thread_command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(chosen) = self.chosen() else { return };
        let (thread, before) = (chosen.id, chosen.choice);
        let wanted = match command {
            Command::Open => return cx.open(Route::Thread { thread, at: None }),
            Command::Report => return cx.open(Route::Report(Thing::Thread(thread))),
            Command::Moderate => return cx.open(Route::Moderate(Thing::Thread(thread))),
            Command::SetTags => {
                if let Err(why) = self.may_tag(cx.look) {
                    return cx.refuse(why);
                }
                let dialog = TagDialog::new(TAGS, thread, &chosen.tags);
                self.tagging = Some(thread);
                return cx.effect(Effect::Push(Box::new(dialog)));
            }
            Command::MarkThreadRead => {
                let upto = crate::domain::ids::PostNo(chosen.posts);
                return cx.call(MarkThreadRead { thread, upto });
            }
            Command::FollowThread => ThreadChoice::Followed,
            Command::MuteThread => ThreadChoice::Muted,
            _ => return,
        };
        let choice = if before == Some(wanted) { None } else { Some(wanted) };
        self.undo.push(Undo::Choice(thread, before));
        cx.call(ChooseThread { thread, choice });
    }

    fn undo_last(&mut self, cx: &mut Ui<'_>) {
        match self.undo.pop() {
            Some(Undo::Board(before)) => cx.call(UndoBoardRead(before)),
            Some(Undo::Thread(before)) => cx.call(UndoThreadMark(before)),
            Some(Undo::Tags(thread, tags)) => cx.call(SetTags { thread, tags }),
            Some(Undo::Choice(thread, choice)) => cx.call(ChooseThread { thread, choice }),
            None => return cx.say("There is nothing to undo."),
        }
        cx.good("Taken back.");
    }
}
