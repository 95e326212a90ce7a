//! The composer: a new thread, a post, or another text for one's own post. What is written is kept as a draft a second
//! behind the fingers; nothing that happens takes it away but sending it or dropping it (W2).

mod complete;
mod saver;
mod send;
mod view;

#[cfg(test)]
mod tests;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::saver::Saver;
use self::view::{Laid, Preview};
use crate::domain::draft::DRAFT_LEN_MAX;
use crate::domain::ids::{BoardId, PostNo};
use crate::domain::markup;
use crate::domain::post::TITLE_CHARS_MAX;
use crate::domain::text::display_width;
use crate::domain::time::relative;
use crate::service::drafts::{Draft, DropDraft, SaveDraft};
use crate::service::writing::{CompleteHandle, PrepareWriting, Prepared};
use crate::service::{Answer, DomainEvent, Result};
use crate::ui::input::{Input, Key};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::{ComposeTarget, Route};
use crate::ui::screen::{DialogResult, Effect, Msg, Notice, Screen, Tone, Ui};
use crate::ui::widgets::editor::Took;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Confirm, Editor, Field};

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
    title: Field,
    editor: Editor,
    /// The keys go to the title.
    on_title: bool,
    preview: Option<Preview>,
    saver: Saver,
    /// The text before anything was written: a quote, or the post as it stands.
    untouched: String,
    /// Words that are too long for the line of notices.
    said: Option<Notice>,
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
            ComposeTarget::Edit { no, .. } => format!("edit {no}: {thread}"),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        match (&self.phase, &self.preview) {
            (Phase::Failed(_), _) => &[],
            (_, Some(_)) => &[Scope::Preview, Scope::Pager],
            _ if self.on_title => &[Scope::Compose, Scope::Field],
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
            Command::Accept => false,
            _ => true,
        }
    }

    fn board(&self) -> Option<BoardId> {
        match self.target {
            ComposeTarget::NewThread(board) => Some(board),
            ComposeTarget::Reply { .. } | ComposeTarget::Edit { .. } => None,
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
            ComposeTarget::NewThread(_) | ComposeTarget::Edit { .. } => None,
        };
        Self {
            target,
            phase: Phase::Loading,
            about: Prepared::default(),
            answered: Laid::default(),
            answers,
            title: Field::new(TITLE_CHARS_MAX),
            editor: Editor::new(DRAFT_LEN_MAX),
            on_title: matches!(target, ComposeTarget::NewThread(_)),
            preview: None,
            saver: Saver::default(),
            untouched: String::new(),
            said: None,
            newer: 0,
        }
    }

    fn has_title(&self) -> bool {
        matches!(self.target, ComposeTarget::NewThread(_))
    }

    /// A key came. While an answer is waited for none does; so if one comes, that answer will not.
    fn hears(&mut self, cx: &mut Ui<'_>) {
        self.said = None;
        if self.is_waiting() {
            let wait = self.saver.failed();
            self.phase = Phase::Writing;
            save_later(wait, cx);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Send => self.send(cx),
            Command::Back => self.leave(cx),
            Command::TogglePreview => self.toggle_preview(cx),
            Command::DropDraft => self.ask_to_drop(cx),
            Command::Help => cx.effect(Effect::Push(super::help(self.title(), self.scopes()))),
            Command::PreviousField => self.on_title = self.has_title(),
            Command::NextField | Command::Accept => self.on_title = false,
            _ if self.preview.is_some() => {
                if let Some(preview) = &mut self.preview {
                    preview.pager.command(command);
                }
            }
            Command::Indent if self.asks_for_handle(cx) => {}
            // Above the first row stands the title.
            Command::Up if self.has_title() && self.editor.is_at_top() => self.on_title = true,
            _ => {
                let took = self.editor.command(command);
                self.took(took, cx);
            }
        }
    }

    fn input(&mut self, input: &Input, cx: &mut Ui<'_>) {
        match input {
            Input::Key(press) if self.on_title && press.key == Key::Down => self.on_title = false,
            _ if self.on_title => match self.title.input(input) {
                Typed::Changed => self.changed(cx),
                Typed::Full => {
                    let words =
                        format!("A title has at most {TITLE_CHARS_MAX} characters; nothing was put in.");
                    self.tell(Tone::Bad, words, cx);
                }
                Typed::Moved | Typed::Nothing => {}
            },
            _ => {
                let took = self.editor.input(input);
                self.took(took, cx);
            }
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

    fn changed(&mut self, cx: &mut Ui<'_>) {
        let wait = self.saver.changed();
        save_later(wait, cx);
    }

    fn is_untouched(&self) -> bool {
        self.title.text().trim().is_empty() && self.editor.text() == self.untouched
    }

    fn rings(&mut self, cx: &mut Ui<'_>) {
        if self.saver.rings() && self.phase == Phase::Writing {
            self.save(cx);
        }
    }

    /// Keeps the text as the draft; an untouched one is no draft.
    fn save(&mut self, cx: &mut Ui<'_>) {
        let exists = !self.is_untouched();
        self.saver.starts(exists);
        let text = |text: &str| if exists { text.to_owned() } else { String::new() };
        cx.call(SaveDraft {
            target: self.target.draft(),
            title: text(self.title.text()),
            body: text(self.editor.text()),
            reply_to: self.answers,
        });
        cx.effect(Effect::Timer(GIVE_UP, GIVE_UP_AFTER));
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
        let answer = match answer.take::<DropDraft>() {
            Ok(result) => return self.dropped(result, cx),
            Err(other) => other,
        };
        let answer = match answer.take::<CompleteHandle>() {
            Ok(result) => return self.completes(result, cx),
            Err(other) => other,
        };
        self.sent(answer, cx);
    }

    fn prepared(&mut self, result: Result<Prepared>, cx: &mut Ui<'_>) {
        let mut prepared = match result {
            Ok(prepared) => prepared,
            Err(why) => {
                self.phase = Phase::Failed(why.to_string());
                return;
            }
        };
        self.phase = Phase::Writing;
        let draft = prepared.draft.take();
        self.about = prepared;
        let quote = self.quote();
        let start = if quote.is_empty() { self.about.text.clone() } else { quote.clone() };
        self.editor.set_text(&start);
        self.untouched = self.editor.text().to_owned();
        let refusal = self.about.refusal.clone();
        if let Some(draft) = draft {
            let words = welcome_back(&draft, cx.look);
            self.take_up(draft, &quote, cx);
            self.tell(Tone::Plain, words, cx);
        }
        if let Some(words) = refusal {
            self.tell(Tone::Bad, words, cx);
        }
        self.on_title = self.has_title() && self.title.is_empty();
    }

    /// The quote to begin with; empty when none was asked for.
    fn quote(&self) -> String {
        let asked = matches!(self.target, ComposeTarget::Reply { quote: true, .. });
        let body = self.about.answers.as_ref().and_then(|answered| answered.body.as_deref());
        body.filter(|_| asked).map_or_else(String::new, |body| markup::quote(body, None))
    }

    /// Goes on with a draft; a quote that was asked for now is added to it.
    fn take_up(&mut self, draft: Draft, quote: &str, cx: &mut Ui<'_>) {
        let Draft { title, mut body, reply_to, .. } = draft;
        self.saver = Saver::opened(true);
        self.answers = self.answers.or(reply_to);
        self.title.set_text(&title);
        let adds = !quote.is_empty() && !body.contains(quote.trim_end());
        // The line below a quote must be free, or what is typed there is quoted too.
        if adds || body.lines().next_back().is_some_and(|line| line.starts_with('>')) {
            body.push_str("\n\n");
        }
        if adds {
            body.push_str(quote);
        }
        self.editor.set_text(&body);
        if adds {
            self.changed(cx);
        }
    }

    fn saved(&mut self, result: Result<()>, cx: &mut Ui<'_>) {
        let failure = result.err().map(|why| why.to_string());
        let wait = if failure.is_some() { self.saver.failed() } else { self.saver.done() };
        save_later(wait, cx);
        match (self.phase.clone(), failure) {
            (Phase::Sending, _) => self.go(cx),
            (Phase::Dropping, _) => self.drop_draft(cx),
            (Phase::Leaving, None) => self.leave(cx),
            (Phase::Leaving, Some(why)) => {
                self.phase = Phase::Writing;
                self.tell(Tone::Bad, format!("The draft is not kept yet. {why}"), cx);
            }
            (_, Some(why)) => self.tell(Tone::Bad, format!("The draft is not kept yet. {why}"), cx),
            (_, None) => {}
        }
    }

    fn leave(&mut self, cx: &mut Ui<'_>) {
        if self.editor.deselect() {
            return;
        }
        if self.saver.is_kept() || (self.is_untouched() && !self.saver.exists()) {
            if self.saver.exists() {
                cx.say("Kept as a draft. g d lists what you have not sent.");
            }
            cx.back();
        } else if self.saver.is_under_way() {
            self.phase = Phase::Leaving;
        } else if self.saver.has_failed() && self.phase == Phase::Writing {
            let question = "The draft could not be kept. Leave and lose it?";
            cx.effect(Effect::Push(Box::new(Confirm::new(LEAVE, question))));
        } else {
            self.phase = Phase::Leaving;
            self.save(cx);
        }
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

    fn ask_to_drop(&mut self, cx: &mut Ui<'_>) {
        if self.is_untouched() && !self.saver.exists() {
            return cx.back();
        }
        let question = "Drop this draft? Its text is gone then.";
        cx.effect(Effect::Push(Box::new(Confirm::new(DROP, question))));
    }

    fn drop_draft(&mut self, cx: &mut Ui<'_>) {
        self.phase = Phase::Dropping;
        if !self.saver.is_under_way() {
            cx.call(DropDraft { target: self.target.draft() });
        }
    }

    fn dropped(&mut self, result: Result<bool>, cx: &mut Ui<'_>) {
        match result {
            Ok(_) => {
                cx.say("The draft is gone.");
                cx.back();
            }
            Err(why) => {
                self.phase = Phase::Writing;
                self.tell(Tone::Bad, why.to_string(), cx);
            }
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

fn save_later(wait: Option<Duration>, cx: &mut Ui<'_>) {
    if let Some(wait) = wait {
        cx.effect(Effect::Timer(SAVE, wait));
    }
}

/// What is said when a draft comes back.
fn welcome_back(draft: &Draft, look: &Look) -> String {
    let since = match relative(look.now, draft.saved_at).as_str() {
        "just now" => String::new(),
        "yesterday" => " from yesterday".to_owned(),
        month if month.ends_with(|c: char| c.is_ascii_digit()) => format!(" from {month}"),
        span => format!(" from {span} ago"),
    };
    format!("Your draft{since} is back; ^X drops it.")
}
