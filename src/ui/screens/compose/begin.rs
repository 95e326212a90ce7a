//! How a composer begins: with a draft that waits, a quote, the post as it stands, or nothing.

use super::{Compose, Phase};
use crate::domain::markup;
use crate::domain::time::relative;
use crate::service::Result;
use crate::service::drafts::Draft;
use crate::service::writing::{MeetNotes, Prepared};
use crate::ui::look::Look;
use crate::ui::route::ComposeTarget;
use crate::ui::screen::{Tone, Ui};
use crate::ui::widgets::saver::Saver;

impl Compose {
    pub(super) fn prepared(&mut self, result: Result<Prepared>, cx: &mut Ui<'_>) {
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
        let start = if quote.is_empty() { self.beginning() } else { quote.clone() };
        self.editor.set_text(&start);
        if self.has_title() {
            self.editor.go_to_gap();
        }
        self.untouched = self.editor.text().to_owned();
        if !self.about.to.is_empty() {
            self.title.set_text(&self.about.to);
        }
        self.meet_notes(cx);
        self.notes.extend(self.about.waits.map(str::to_owned));
        let refusal = self.about.refusal.clone();
        if let Some(draft) = draft {
            let words = welcome_back(&draft, cx.look);
            self.take_up(draft, &quote, cx);
            self.tell(Tone::Plain, words, cx);
        }
        if let Some(words) = refusal {
            self.tell(Tone::Bad, words, cx);
        }
        self.choose_keys(cx.look);
        self.on_title = self.has_title() && self.title.is_empty();
    }

    /// The text to begin with where nothing is quoted. A template has room below it.
    fn beginning(&self) -> String {
        let text = &self.about.text;
        let room = if self.has_title() && !text.is_empty() { "\n\n" } else { "" };
        format!("{text}{room}")
    }

    /// Shows the notes that came, and says so: they do not come again for this text (W5).
    fn meet_notes(&mut self, cx: &mut Ui<'_>) {
        let came = std::mem::take(&mut self.about.notes);
        if came.is_empty() {
            return;
        }
        let met = came.iter().map(|note| (note.note, note.about.clone())).collect();
        self.notes = came.into_iter().map(|note| note.words).collect();
        cx.call(MeetNotes { notes: met });
    }

    /// The quote to begin with; empty when none was asked for.
    pub(super) fn quote(&self) -> String {
        if let Some(part) = &self.part {
            return markup::quote(part, None);
        }
        let asked = matches!(self.target, ComposeTarget::Reply { quote: true, .. });
        let body = self.about.answers.as_ref().and_then(|answered| answered.body.as_deref());
        body.filter(|_| asked).map_or_else(String::new, |body| markup::quote(body, None))
    }

    /// Goes on with a draft; a quote that was asked for now is added to it.
    pub(super) fn take_up(&mut self, draft: Draft, quote: &str, cx: &mut Ui<'_>) {
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
