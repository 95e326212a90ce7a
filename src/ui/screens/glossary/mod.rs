//! The place's own words (P8): filtered as one types, with the meaning of the chosen one below. `words.rs` is the dialog
//! that `K` opens over a thread.

mod view;
mod words;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub use words::Words;

use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::WordId;
use crate::domain::policy::{self, Action};
use crate::domain::text::fold;
use crate::service::glossary::{ChangeTerm, DefineTerm, ListTerms, RemoveTerm, TermHistory, TermView};
use crate::service::{Answer, DomainEvent};
use crate::ui::input::Input;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::{Field, ListState, Prompt};

/// Longest filter, in characters.
const FILTER_CHARS_MAX: usize = 60;

/// The question which word to add.
const WORD: u32 = 1;
/// The question what the new word means.
const MEANING: u32 = 2;
/// The question what the chosen word means.
const CHANGE: u32 = 3;
/// The question why the chosen word is taken out.
const REMOVE: u32 = 4;

/// What stands above the line for a meaning.
const MEANS: &str = "What does it mean here? A sentence or two.";

/// The glossary.
pub struct Glossary {
    terms: Option<Vec<TermView>>,
    /// Indices into `terms` that fit the filter.
    shown: Vec<usize>,
    list: ListState,
    filter: Field,
    filtering: bool,
    /// The word that is being added.
    adding: String,
    /// The word that a question is about: the list may change while it is asked.
    about: Option<WordId>,
}

impl Default for Glossary {
    fn default() -> Self {
        Self {
            terms: None,
            shown: Vec::new(),
            list: ListState::default(),
            filter: Field::new(FILTER_CHARS_MAX),
            filtering: false,
            adding: String::new(),
            about: None,
        }
    }
}

impl Screen for Glossary {
    fn route(&self) -> Route {
        Route::Glossary
    }

    fn title(&self) -> String {
        "glossary".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.filtering { &[Scope::Filter] } else { &[Scope::Glossary, Scope::List] }
    }

    fn is_typing(&self) -> bool {
        self.filtering
    }

    fn is_waiting(&self) -> bool {
        self.terms.is_none()
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let chosen = self.chosen();
        match command {
            Command::Open => chosen.is_some_and(|term| term.first.is_some()),
            Command::DefineTerm => may_define(look),
            Command::ChangeTerm => chosen.is_some() && may_define(look),
            Command::RemoveTerm => chosen.is_some() && look.actor().is_staff(),
            Command::History | Command::Filter => chosen.is_some(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync | Msg::Event(DomainEvent::GlossaryChanged) => {
                cx.call(ListTerms);
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(result) => self.dialog(&result, cx),
            Msg::Input(input) => self.type_filter(&input),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

/// Whether one may add words, as far as the screen knows.
fn may_define(look: &Look) -> bool {
    policy::DefineTerm.decide(look.actor()).is_ok()
}

impl Glossary {
    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ListTerms>() {
            Ok(Ok(terms)) => return self.came(terms),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<DefineTerm>() {
            Ok(Ok(term)) => {
                self.about = Some(term);
                return cx.good("It is in the glossary now.");
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<ChangeTerm>() {
            Ok(Ok(())) => return cx.good("Changed; h shows what it meant before."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        let answer = match answer.take::<RemoveTerm>() {
            Ok(Ok(())) => return cx.good("Taken out; the mod log says why."),
            Ok(Err(why)) => return cx.refuse(why),
            Err(other) => other,
        };
        match answer.take::<TermHistory>() {
            Ok(Ok(before)) if before.is_empty() => cx.say("It has always meant that."),
            Ok(Ok(before)) => {
                if let Some(term) = self.chosen() {
                    cx.effect(Effect::Push(Box::new(Words::history(term, &before, cx.look))));
                }
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    /// The choice stays on its word, or goes to the one that was just added.
    fn came(&mut self, terms: Vec<TermView>) {
        let wanted = self.about.take().or_else(|| self.chosen().map(|term| term.id));
        self.terms = Some(terms);
        self.arrange();
        let terms = self.terms.as_deref().unwrap_or_default();
        if let Some(row) = self.shown.iter().position(|index| Some(terms[*index].id) == wanted) {
            self.list.choose(row);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.list.command(command, self.shown.len()) {
            return;
        }
        match command {
            Command::Filter => self.filtering = true,
            Command::Accept => self.filtering = false,
            Command::Back => {
                self.filtering = false;
                self.filter.set_text("");
                self.arrange();
            }
            Command::DefineTerm => {
                let typed = self.filter.text().trim().to_owned();
                // Who looked for a word that is not there means that one.
                let word = if self.shown.is_empty() { typed } else { String::new() };
                cx.effect(Effect::Push(Box::new(Prompt::new(WORD, "Which word or phrase?", word))));
            }
            other => self.act(other, cx),
        }
    }

    fn act(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(term) = self.chosen() else { return };
        let id = term.id;
        match command {
            Command::Open => match &term.first {
                Some((thread, no, _)) => cx.open(Route::Thread { thread: *thread, at: Some(*no) }),
                None => cx.say("Nobody knows where it was said first."),
            },
            Command::History => cx.call(TermHistory { term: id }),
            Command::ChangeTerm => {
                let ask =
                    Prompt::new(CHANGE, MEANS, term.meaning.clone()).kept(Form::Line(LineFor::Term, id.0));
                self.about = Some(id);
                cx.effect(Effect::Push(Box::new(ask)));
            }
            Command::RemoveTerm => {
                let question = format!("Take out {}? Why: everybody reads it in the mod log.", term.word);
                self.about = Some(id);
                cx.effect(Effect::Push(Box::new(
                    Prompt::new(REMOVE, question, "").kept(Form::Line(LineFor::TermOut, id.0)),
                )));
            }
            _ => {}
        }
    }

    fn dialog(&mut self, result: &DialogResult, cx: &mut Ui<'_>) {
        match (result, self.about) {
            (DialogResult::Text(WORD, word), _) if !word.is_empty() => {
                self.adding.clone_from(word);
                let question = format!("{word}: what does it mean here? A sentence or two.");
                cx.effect(Effect::Push(Box::new(
                    Prompt::new(MEANING, question, "").kept(Form::Line(LineFor::NewTerm, 0)),
                )));
            }
            (DialogResult::Text(MEANING, meaning), _) if !meaning.is_empty() => {
                let word = std::mem::take(&mut self.adding);
                cx.call(DefineTerm { word, meaning: meaning.clone(), first: None });
            }
            (DialogResult::Text(CHANGE, meaning), Some(term)) => {
                cx.call(ChangeTerm { term, meaning: meaning.clone() });
            }
            (DialogResult::Text(REMOVE, reason), Some(term)) => {
                cx.call(RemoveTerm { term, reason: reason.clone() });
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
        let terms = self.terms.as_deref().unwrap_or_default();
        let filter = fold(self.filter.text().trim());
        let fits =
            |term: &TermView| fold(&term.word).contains(&filter) || fold(&term.meaning).contains(&filter);
        let mut shown: Vec<usize> = (0..terms.len()).filter(|index| fits(&terms[*index])).collect();
        // Words that begin so come before those that only say it.
        shown.sort_by_key(|index| !fold(&terms[*index].word).starts_with(&filter));
        self.shown = shown;
    }

    fn chosen(&self) -> Option<&TermView> {
        let index = self.shown.get(self.list.chosen())?;
        self.terms.as_ref()?.get(*index)
    }
}
