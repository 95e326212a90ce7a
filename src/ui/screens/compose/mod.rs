//! The composer: a new thread, a post, or another text for one's own post. What is written is kept as a draft a second
//! behind the fingers; nothing that happens takes it away but sending it or dropping it (W2).

mod begin;
mod complete;
mod keep;
mod send;
mod similar;
mod vi_keys;
mod view;

#[cfg(test)]
mod aids_tests;
#[cfg(test)]
mod hands_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vi_tests;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::keep::save_later;
use self::similar::Alike;
use self::view::{Laid, Preview};
use crate::domain::draft::DRAFT_LEN_MAX;
use crate::domain::handle::HANDLE_CHARS_MAX;
use crate::domain::ids::{BoardId, PostNo};
use crate::domain::post::TITLE_CHARS_MAX;
use crate::domain::text::display_width;
use crate::service::drafts::{DropDraft, SaveDraft};
use crate::service::filters::NotesOf;
use crate::service::tags::CompleteTag;
use crate::service::writing::{CompleteHandle, PrepareWriting, Prepared, SimilarThreads};
use crate::service::{Answer, DomainEvent};
use crate::ui::input::{Input, Key};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Msg, Notice, Screen, Tone, Ui};
use crate::ui::widgets::editor::Took;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::saver::Saver;
use crate::ui::widgets::{Editor, Field, Vi};

/// Longest line of handles, in characters: seven of the longest, with their signs.
const TO_CHARS_MAX: usize = 7 * (HANDLE_CHARS_MAX + 2);

/// The timer that saves the draft.
const SAVE: u32 = 1;
/// The timer that gives up a save that is never answered.
const GIVE_UP: u32 = 2;
/// When that is: three times as long as the database may keep a write waiting.
const GIVE_UP_AFTER: Duration = Duration::from_secs(15);

/// The question whether to drop the draft.
const DROP: u32 = 1;
/// The question whether to leave without the draft.
const LEAVE: u32 = 2;

/// What the composer is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    /// Waits for what it will show.
    Loading,
    /// Could not load it: nothing can be written, lest a draft be overwritten that is there.
    Failed(String),
    Writing,
    /// Waits for the last save, then for the answer to what was sent.
    Sending,
    /// Waits for the last save, then leaves.
    Leaving,
    /// Waits for the last save, then for the draft to be dropped.
    Dropping,
}

/// The composer.
pub struct Compose {
    target: ComposeTarget,
    phase: Phase,
    about: Prepared,
    /// What is answered, laid out.
    answered: Laid,
    /// The post that is answered.
    answers: Option<PostNo>,
    /// The part of it that was chosen to begin with as a quote.
    part: Option<String>,
    title: Field,
    editor: Editor,
    /// The keys go to the title.
    on_title: bool,
    preview: Option<Preview>,
    /// The keys are those of vi.
    vi: Option<Vi>,
    saver: Saver,
    /// The text before anything was written: a quote, or the post as it stands.
    untouched: String,
    /// Words that are too long for the line of notices.
    said: Option<Notice>,
    /// What is to be thought of before sending (W5): words only.
    notes: Vec<String>,
    /// What the staff's filters say beside it.
    filtered: Vec<String>,
    /// Threads with a title like this one.
    similar: Alike,
    /// Posts that others have written in the thread meanwhile.
    newer: usize,
}

impl Screen for Compose {
    fn route(&self) -> Route {
        Route::Compose(self.target)
    }

    fn title(&self) -> String {
        let Prepared { board, thread, .. } = &self.about;
        match self.target {
            ComposeTarget::NewThread(_) if board.is_empty() => "new thread".to_owned(),
            ComposeTarget::NewThread(_) => format!("new thread on {board}"),
            ComposeTarget::Reply { .. } if thread.is_empty() => "reply".to_owned(),
            ComposeTarget::Reply { .. } => format!("reply: {thread}"),
            ComposeTarget::Template(_) => format!("what new threads on {board} begin with"),
            ComposeTarget::Checkpoint(_, week) => format!("what checkpoint {week} of {board} asks"),
            ComposeTarget::Edit { no, .. } => format!("edit {no}: {thread}"),
            ComposeTarget::Message(_) if thread.is_empty() => "message".to_owned(),
            ComposeTarget::Message(_) => format!("message: {thread}"),
            ComposeTarget::EditMessage(..) => "edit a message".to_owned(),
            ComposeTarget::MessageTo(_) | ComposeTarget::NewConversation => "new message".to_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        match (&self.phase, &self.preview) {
            (Phase::Failed(_), _) => &[],
            (_, Some(_)) => &[Scope::Preview, Scope::Pager],
            _ if self.on_title => &[Scope::Compose, Scope::ComposeTitle, Scope::Field],
            _ if self.vi.as_ref().is_some_and(|vi| !vi.inserts()) => &[Scope::Compose, Scope::Vi],
            _ => &[Scope::Compose, Scope::Editor],
        }
    }

    fn is_typing(&self) -> bool {
        self.preview.is_none() && !matches!(self.phase, Phase::Failed(_))
    }

    fn is_waiting(&self) -> bool {
        !matches!(self.phase, Phase::Writing | Phase::Failed(_))
    }

    fn is_blank(&self) -> bool {
        self.phase == Phase::Loading
    }

    fn status(&self, look: &Look) -> String {
        view::status(self, look)
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::DropDraft => self.saver.exists(),
            Command::Similar => self.similar.any(),
            Command::Accept => false,
            Command::Back => self.vi.is_none() || self.preview.is_some(),
            _ => true,
        }
    }

    fn board(&self) -> Option<BoardId> {
        match self.target {
            ComposeTarget::NewThread(board) | ComposeTarget::Template(board) => Some(board),
            _ => None,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(PrepareWriting { target: self.target.draft(), answers: self.answers }),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => {
                self.hears(cx);
                self.command(command, cx);
            }
            Msg::Input(input) => {
                self.hears(cx);
                self.input(&input, cx);
            }
            Msg::Timer(SAVE) => self.rings(cx),
            Msg::Timer(GIVE_UP) if self.saver.is_under_way() => {
                let wait = self.saver.failed();
                save_later(wait, cx);
            }
            Msg::Timer(similar::LOOK) => self.look_for_similar(cx),
            Msg::Dialog(DialogResult::Choice(similar::WHICH, index)) => self.open_similar(index, cx),
            Msg::Dialog(DialogResult::Yes(DROP)) => self.drop_draft(cx),
            Msg::Dialog(DialogResult::Yes(LEAVE)) => cx.back(),
            Msg::Event(event) => self.event(&event, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl Compose {
    /// A composer for a text.
    pub fn new(target: ComposeTarget) -> Self {
        let answers = match target {
            ComposeTarget::Reply { to, .. } => to,
            _ => None,
        };
        Self {
            target,
            phase: Phase::Loading,
            about: Prepared::default(),
            answered: Laid::default(),
            answers,
            part: None,
            title: Field::new(if target.is_addressed() { TO_CHARS_MAX } else { TITLE_CHARS_MAX }),
            editor: Editor::new(DRAFT_LEN_MAX),
            on_title: matches!(target, ComposeTarget::NewThread(_)) || target.is_addressed(),
            preview: None,
            vi: None,
            saver: Saver::default(),
            untouched: String::new(),
            said: None,
            notes: Vec::new(),
            filtered: Vec::new(),
            similar: Alike::default(),
            newer: 0,
        }
    }

    /// The same, beginning with a part of the answered post as a quote.
    pub fn quoting(target: ComposeTarget, part: String) -> Self {
        Self { part: Some(part), ..Self::new(target) }
    }

    fn has_title(&self) -> bool {
        matches!(self.target, ComposeTarget::NewThread(_)) || self.target.is_addressed()
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Send => self.send(cx),
            Command::Back if self.vi.is_some() && self.preview.is_none() => self.escape(cx),
            Command::Back => self.leave(cx),
            Command::TogglePreview => self.toggle_preview(cx),
            Command::DropDraft => self.ask_to_drop(cx),
            Command::Help => cx.effect(Effect::Push(super::help_for(self.title(), self, cx.look))),
            Command::PreviousField => self.on_title = self.has_title(),
            Command::NextField if self.target.is_addressed() => self.completes_addressee(cx),
            Command::NextField | Command::Accept => self.on_title = false,
            Command::Similar => self.choose_similar(cx),
            _ if self.preview.is_some() => {
                if let Some(preview) = &mut self.preview {
                    preview.pager.command(command);
                }
            }
            Command::Indent if self.asks_to_complete(cx) => {}
            // Above the first row stands the title.
            Command::Up if self.has_title() && self.editor.is_at_top() => self.on_title = true,
            _ => match &mut self.vi {
                Some(vi) => {
                    let did = vi.command(command, &mut self.editor);
                    self.did(did, cx);
                }
                None => {
                    let took = self.editor.command(command);
                    self.took(took, cx);
                }
            },
        }
    }

    fn input(&mut self, input: &Input, cx: &mut Ui<'_>) {
        match input {
            Input::Key(press) if self.on_title && press.key == Key::Down => self.on_title = false,
            _ if self.on_title => match self.title.input(input) {
                Typed::Changed => {
                    self.changed(cx);
                    self.titled(cx);
                }
                Typed::Full => {
                    let (what, most) = match self.target.is_addressed() {
                        true => ("This line", TO_CHARS_MAX),
                        false => ("A title", TITLE_CHARS_MAX),
                    };
                    let words = format!("{what} has at most {most} characters; nothing was put in.");
                    self.tell(Tone::Bad, words, cx);
                }
                Typed::Moved | Typed::Nothing => {}
            },
            _ => match &mut self.vi {
                Some(vi) => {
                    let did = vi.input(input, &mut self.editor);
                    self.did(did, cx);
                }
                None => {
                    let took = self.editor.input(input);
                    self.took(took, cx);
                }
            },
        }
    }

    fn took(&mut self, took: Took, cx: &mut Ui<'_>) {
        match took {
            Took::Changed => self.changed(cx),
            Took::Full { over } => {
                let words = format!("Nothing was put in: it is {over} bytes more than can be kept here.");
                self.tell(Tone::Bad, words, cx);
            }
            Took::Moved | Took::Nothing => {}
        }
    }

    fn is_untouched(&self) -> bool {
        self.title.text().trim() == self.about.to && self.editor.text() == self.untouched
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<PrepareWriting>() {
            Ok(result) => return self.prepared(result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<SaveDraft>() {
            Ok(result) => return self.saved(result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<NotesOf>() {
            Ok(result) => return self.noted(result.unwrap_or_default()),
            Err(other) => other,
        };
        let answer = match answer.take::<DropDraft>() {
            Ok(result) => return self.dropped(result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<CompleteHandle>() {
            Ok(result) => return self.completes('@', result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<CompleteTag>() {
            Ok(result) => return self.completes('#', result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<SimilarThreads>() {
            Ok(result) => return self.found_similar(result),
            Err(other) => other,
        };
        self.sent(answer, cx);
    }

    fn toggle_preview(&mut self, cx: &mut Ui<'_>) {
        self.preview = match self.preview {
            Some(_) => None,
            None => Some(Preview::default()),
        };
        // From here keys lead away: what is written must be kept by then.
        if self.saver.is_due() {
            self.save(cx);
        }
    }

    fn event(&mut self, event: &DomainEvent, cx: &Ui<'_>) {
        if let (DomainEvent::PostAdded { thread, author, .. }, ComposeTarget::Reply { thread: mine, .. }) =
            (event, self.target)
            && *thread == mine
            && cx.look.actor().id() != Some(*author)
        {
            self.newer += 1;
        }
    }

    /// Says something: in the line of notices where it fits, else on as many rows as it takes.
    fn tell(&mut self, tone: Tone, text: String, cx: &mut Ui<'_>) {
        let notice = Notice { tone, text };
        if display_width(&notice.text) + 2 <= usize::from(cx.look.columns) {
            self.said = None;
            cx.effect(Effect::Notice(notice));
        } else {
            self.said = Some(notice);
        }
    }
}
