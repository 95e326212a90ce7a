//! A thread: its posts by number, what is unread in it, and reading on from it to the next.
//!
//! `posts.rs` holds the loaded posts and lays them out, `place.rs` moves the window, `walk.rs` marks what was shown
//! and reads on, `acts.rs` does what keys ask about a post, `view.rs` draws. Reading on swaps the thread in place, so
//! that Esc leads back to where reading began.

mod acts;
mod labels;
mod place;
mod posts;
mod view;
mod walk;
mod words;

#[cfg(test)]
mod label_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod thanks_tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::acts::Undo;
use self::place::{Place, Sheet, Spot};
use self::posts::{Paper, Posts};
pub use self::walk::WithinTag;
use self::walk::{Marks, Walk};
use crate::domain::board::ThreadChoice;
use crate::domain::ids::{BoardId, PostId, PostNo, ThreadId};
use crate::service::glossary::TermView;
use crate::service::posts::{From, ListPosts, PostPage};
use crate::service::reading::NextUnread;
use crate::service::threads::{At, Begin, OpenThread, ThreadHead, ThreadView};
use crate::service::{Answer, DomainEvent, Error};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::{Look, TEXT_COLUMNS_MAX};
use crate::ui::route::Route;
use crate::ui::screen::{Hyperlink, Msg, Screen, Ui};

/// Columns before the text: the mark of the chosen post, the sign of an unread one.
const INDENT: u16 = 2;
/// Posts between the window and the end of what is loaded at which more is asked for.
const LOAD_AHEAD: i64 = 12;

/// What it waits for before keys go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    /// Nothing.
    Nothing,
    /// A thread, or another place in this one.
    Opening,
    /// The next unread thread.
    Next,
    /// More posts, after which this command is tried again.
    More(Command),
}

/// The thread screen.
pub struct Thread {
    thread: ThreadId,
    /// Where to open it; none: at the first unread post.
    at: Option<PostNo>,
    head: Option<ThreadHead>,
    posts: Posts,
    place: Place,
    /// The first post that was unread when the thread was opened: those from it on have a sign.
    new_from: PostNo,
    /// The last post there was when the thread was opened: later ones came in while it was being read.
    last_at_open: PostNo,
    marks: Marks,
    walk: Walk,
    undo: Vec<Undo>,
    /// Where one jumped from, to go back to.
    jumped_from: Vec<Place>,
    pending: Pending,
    /// A page was turned that has not been seen yet.
    unseen: bool,
    /// Which windows are on their way.
    loading: Vec<From>,
    /// The post whose older texts were asked for.
    history_of: Option<PostNo>,
    /// The post that is being deleted.
    deleting: Option<PostNo>,
    /// The posts that are seen, as they were drawn last.
    seen: (PostNo, PostNo),
    /// It only shows, beside its list.
    is_preview: bool,
    /// The links in them.
    hyperlinks: Vec<Hyperlink>,
    /// The post that is being put on the reading list, or taken off.
    keeping: Option<PostNo>,
    /// What was said of the question is being taken back.
    solving_back: bool,
    /// The addresses that one chooses from.
    links: Vec<String>,
    /// The words of the glossary that one chooses from.
    words: Vec<TermView>,
}

impl Thread {
    /// A thread, at a post or at the first unread one.
    pub fn new(thread: ThreadId, at: Option<PostNo>) -> Self {
        let first = PostNo(1);
        Self {
            thread,
            at,
            head: None,
            posts: Posts::default(),
            place: Place { top: Spot::head(first), chosen: first },
            new_from: PostNo(i64::MAX),
            last_at_open: PostNo(i64::MAX),
            marks: Marks::default(),
            walk: Walk::default(),
            undo: Vec::new(),
            jumped_from: Vec::new(),
            pending: Pending::Nothing,
            unseen: false,
            loading: Vec::new(),
            history_of: None,
            deleting: None,
            seen: (first, first),
            is_preview: false,
            hyperlinks: Vec::new(),
            keeping: None,
            solving_back: false,
            links: Vec::new(),
            words: Vec::new(),
        }
    }

    /// A thread as its list shows it beside itself: no post is chosen, and nothing is ever marked, for it is told
    /// nothing.
    pub fn preview(view: ThreadView, area: Rect, look: &Look) -> Self {
        let mut preview = Self::new(view.head.id, None);
        preview.is_preview = true;
        preview.place_in(view, area, look);
        preview
    }

    /// A thread that is met on the way through what is unread.
    pub fn reading_on(thread: ThreadId, walk: NextUnread) -> Self {
        Self { walk: Walk::passing(walk), ..Self::new(thread, None) }
    }

    /// The same, and reading on stays among the threads of a tag.
    #[must_use]
    pub fn within(mut self, tag: WithinTag) -> Self {
        self.walk.within = Some(tag);
        self
    }
}

impl Screen for Thread {
    fn route(&self) -> Route {
        let at = if self.head.is_some() { Some(self.place.chosen) } else { self.at };
        Route::Thread { thread: self.thread, at }
    }

    fn title(&self) -> String {
        let Some(head) = &self.head else { return String::new() };
        let state = match head.facts {
            facts if facts.removed => ", removed",
            facts if facts.locked => ", locked",
            _ => "",
        };
        format!("{} ({}{state})", head.title, head.board_name)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Thread]
    }

    fn is_waiting(&self) -> bool {
        self.head.is_none() || self.pending != Pending::Nothing
    }

    fn is_blank(&self) -> bool {
        self.head.is_none()
    }

    fn is_unseen(&self) -> bool {
        self.unseen
    }

    fn status(&self, look: &Look) -> String {
        self.status_words(look.theme.signs.dot)
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        self.may(command, look)
    }

    fn board(&self) -> Option<BoardId> {
        self.head.as_ref().map(|head| head.board)
    }

    fn is_content(&self) -> bool {
        true
    }

    fn hyperlinks(&self) -> &[Hyperlink] {
        &self.hyperlinks
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                let at = self.at.map_or(At::FirstUnread, At::Post);
                self.open(self.thread, at, cx);
            }
            Msg::Returned | Msg::Resync => self.read_afresh(cx),
            Msg::Event(event) => self.event(event, cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(result) => self.dialog(&result, cx),
            Msg::Shown => self.shown(cx),
            Msg::Input(_) | Msg::Timer(_) => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl Thread {
    /// The posts as this window shows them.
    fn sheet(&mut self, look: &Look) -> (Sheet<'_>, &mut Place) {
        self.sheet_in(look.area(), look)
    }

    /// The same for some part of the window.
    fn sheet_in(&mut self, area: Rect, look: &Look) -> (Sheet<'_>, &mut Place) {
        let area = self.text_area(area);
        let width = area.width.saturating_sub(INDENT + 1).min(TEXT_COLUMNS_MAX);
        let paper = Paper { width, narrow: look.is_narrow(), ascii: look.theme.signs.ascii };
        let height = usize::from(area.height);
        (Sheet { posts: &mut self.posts, paper, height }, &mut self.place)
    }

    fn open(&mut self, thread: ThreadId, at: At, cx: &mut Ui<'_>) {
        self.pending = Pending::Opening;
        cx.call(OpenThread { thread, at });
    }

    fn load(&mut self, from: From, cx: &mut Ui<'_>) {
        if !self.loading.contains(&from) {
            self.loading.push(from);
            cx.call(ListPosts { thread: self.thread, from });
        }
    }

    /// Something may have changed while it was covered: the posts from the window on are read again.
    fn read_afresh(&mut self, cx: &mut Ui<'_>) {
        if self.head.is_some() {
            self.load(From::No(self.place.top.no), cx);
        }
    }

    fn event(&mut self, event: DomainEvent, cx: &mut Ui<'_>) {
        match event {
            DomainEvent::PostAdded { thread, .. } if thread == self.thread => {
                let loaded = self.posts.range().map_or(PostNo(0), |(_, last)| last);
                let at_end = self.head.as_ref().is_some_and(|head| loaded == head.last);
                // In the middle of a long thread it only counts: its text is loaded when one comes near.
                let chosen = self.place.chosen;
                self.load(if at_end { From::No(PostNo(loaded.0 + 1)) } else { From::Only(chosen) }, cx);
            }
            DomainEvent::PostChanged { thread, post, .. } if thread == self.thread => {
                self.reload(post, cx);
            }
            DomainEvent::HeldChanged { thread: Some(thread), author, .. }
                if thread == self.thread && cx.look.actor().id() == Some(author) =>
            {
                self.load(From::Only(self.place.chosen), cx);
            }
            DomainEvent::ThanksChanged { thread, post, author, giver } if thread == self.thread => {
                let concerns = |member| cx.look.actor().id() == Some(member);
                if concerns(author) || concerns(giver) {
                    self.reload(post, cx);
                }
            }
            DomainEvent::ThreadChanged { thread, .. } if thread == self.thread => self.read_afresh(cx),
            // A tag went from threads, or came back to them: perhaps this one.
            DomainEvent::TagChanged { .. } => self.read_afresh(cx),
            _ => {}
        }
    }

    /// Reads one post again, if it is loaded.
    fn reload(&mut self, post: PostId, cx: &mut Ui<'_>) {
        let changed = self.posts.iter().find(|loaded| loaded.view.id == post);
        if let Some(no) = changed.map(|loaded| loaded.view.no) {
            self.load(From::Only(no), cx);
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<OpenThread>() {
            Ok(Ok(view)) => return self.opened(view, cx),
            Ok(Err(why)) => return self.failed_to_open(&why, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<ListPosts>() {
            Ok(Ok(page)) => return self.came(page, cx),
            Ok(Err(why)) => return self.failed_to_load(&why, cx),
            Err(other) => other,
        };
        let Err(answer) = self.walk_answer(answer, cx) else { return };
        let Err(answer) = self.words_answer(answer, cx) else { return };
        self.act_answer(answer, cx);
    }

    /// A thread came: this one at last, the next one, or another place in this one.
    fn opened(&mut self, view: ThreadView, cx: &mut Ui<'_>) {
        self.pending = Pending::Nothing;
        self.loading.clear();
        self.place_in(view, cx.look.area(), cx.look);
        self.unseen = true;
        self.moved(cx);
    }

    /// Takes in a thread, or another place in this one, and goes there.
    fn place_in(&mut self, view: ThreadView, area: Rect, look: &Look) {
        let ThreadView { head, begin, posts } = view;
        let another = self.head.as_ref().is_none_or(|known| known.id != head.id);
        if another {
            self.thread = head.id;
            self.posts.clear();
            self.marks.begin(head.read_to);
            // A guest has read nothing and marks nothing: no sign would say anything.
            let reads = look.actor().is_active();
            self.new_from = PostNo(if reads { head.read_to.0 + 1 } else { i64::MAX });
            self.last_at_open = head.last;
            self.jumped_from.clear();
        }
        self.posts.merge(posts);
        self.posts.set_held(head.last, &head.held);
        self.head = Some(head);
        match begin {
            Begin::Top(no) => self.place = Place { top: Spot::head(no), chosen: no },
            Begin::End => {
                let (mut sheet, place) = self.sheet_in(area, look);
                place.top = sheet.end_top();
                place.chosen = sheet.posts.range().map_or(PostNo(1), |(_, last)| last);
            }
        }
    }

    fn failed_to_open(&mut self, why: &Error, cx: &mut Ui<'_>) {
        self.pending = Pending::Nothing;
        if self.head.is_none() {
            cx.back();
        }
        cx.refuse(why);
    }

    /// More posts came, or the same ones again.
    fn came(&mut self, page: PostPage, cx: &mut Ui<'_>) {
        let PostPage { head, from, posts } = page;
        if head.id != self.thread {
            return;
        }
        self.loading.retain(|waiting| *waiting != from);
        let grew = self.head.as_ref().map_or(PostNo(0), |known| known.last);
        let mine = posts.iter().rev().find(|post| Some(post.author_id) == cx.look.actor().id());
        let mine = mine.map(|post| post.no).filter(|no| *no > grew);
        self.fill_answered(&from, &posts);
        if self.marks.out_of_date {
            self.marks.begin(head.read_to);
        }
        match from {
            From::Only(no) if !self.posts.has(no) => {}
            _ => self.posts.merge(posts),
        }
        self.posts.set_held(head.last, &head.held);
        self.head = Some(head);
        if let Pending::More(command) = self.pending {
            self.pending = Pending::Nothing;
            self.command(command, cx);
        }
        // What one has just written oneself is what one wants to see.
        if let Some(no) = mine.filter(|no| self.posts.has(*no)) {
            let (mut sheet, place) = self.sheet(cx.look);
            place.chosen = no;
            if !sheet.ended(place.top).contains(&no) {
                place.top = sheet.end_top().max(place.top).min(Spot::head(no));
            }
        }
        self.moved(cx);
    }

    fn failed_to_load(&mut self, why: &Error, cx: &mut Ui<'_>) {
        self.loading.clear();
        self.pending = Pending::Nothing;
        if matches!(why, Error::NotFound("thread") | Error::Denied(_)) {
            cx.back();
        }
        cx.refuse(why);
    }

    /// After every move: the place fits, what is far is forgotten, what is near is asked for.
    fn moved(&mut self, cx: &mut Ui<'_>) {
        let (mut sheet, place) = self.sheet(cx.look);
        sheet.fit(place);
        let no = self.place.top.no;
        self.posts.forget_far_from(no);
        let (Some((first, last)), Some(head)) = (self.posts.range(), &self.head) else { return };
        let end = head.last;
        if first.0 > 1 && no.0 - first.0 < LOAD_AHEAD {
            self.load(From::Before(first), cx);
        }
        if last < end && last.0 - self.place.chosen.0.max(no.0) < LOAD_AHEAD {
            self.load(From::No(PostNo(last.0 + 1)), cx);
        }
    }

    /// Which posts are seen and what came in below them.
    fn status_words(&self, dot: &str) -> String {
        let Some(head) = &self.head else { return String::new() };
        let (first, last) = self.seen;
        let range = if first == last { first.to_string() } else { format!("{first}-{last}") };
        let mut words = format!("{range} of {}", head.last);
        let choice = match head.choice {
            Some(ThreadChoice::Followed) => Some("followed"),
            Some(ThreadChoice::Muted) => Some("muted"),
            None => None,
        };
        let came = head.last.0 - last.0.max(self.last_at_open.0);
        let came = (came > 0).then(|| format!("{came} new below"));
        for fact in choice.map(str::to_owned).into_iter().chain(came) {
            words.push_str(&format!(" {dot} {fact}"));
        }
        words
    }
}
