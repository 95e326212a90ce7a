//! A section of the console: chooses a row, asks what the service wants to know, and says what came of it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::view;
use sha2::{Digest, Sha256};

use crate::domain::draft::{Form, LineFor};
use crate::service::console::{ConsoleAct, Done, Offer, Page, Question, Section, ShowConsole, act};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Choose, Confirm, ListState, Pager, Prompt};

/// The dialog that chooses what is to be done.
const WHAT: u32 = 1;
/// The dialogs that ask what has to be known.
const ASKED: u32 = 2;

/// What is being asked.
struct Asking {
    row: String,
    offer: Offer,
    /// The question that is open.
    at: usize,
    answers: Vec<String>,
}

/// A section.
pub struct ConsolePart {
    section: Section,
    pub(super) page: Option<Page>,
    pub(super) list: ListState,
    /// What the dialog that is open chooses from, and about which row.
    offered: Option<(String, Vec<Offer>)>,
    asking: Option<Asking>,
    undo: Option<ConsoleAct>,
    /// Lines that are shown whole, until Esc.
    pub(super) paper: Option<Vec<String>>,
    pub(super) pager: Pager,
}

impl ConsolePart {
    /// The screen of a section.
    pub fn new(section: Section) -> Self {
        Self {
            section,
            page: None,
            list: ListState::default(),
            offered: None,
            asking: None,
            undo: None,
            paper: None,
            pager: Pager::default(),
        }
    }
}

impl Screen for ConsolePart {
    fn route(&self) -> Route {
        Route::ConsolePart(self.section)
    }

    fn title(&self) -> String {
        format!("console: {}", self.section.title().to_lowercase())
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Console, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.page.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let chosen = self.page.as_ref().and_then(|page| page.rows.get(self.list.chosen()));
        match command {
            Command::Open => self.paper.is_none() && chosen.is_some_and(|row| !row.offers.is_empty()),
            Command::ConsoleNew => self.page.as_ref().is_some_and(|page| !page.offers.is_empty()),
            Command::Undo => self.undo.is_some(),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.read(cx),
            Msg::Event(event) if self.is_shown(&event) => self.read(cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Dialog(result) => self.answered(result, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

impl ConsolePart {
    fn read(&self, cx: &mut Ui<'_>) {
        cx.call(ShowConsole { section: self.section });
    }

    /// Whether an event can change what this section shows.
    fn is_shown(&self, event: &DomainEvent) -> bool {
        match event {
            DomainEvent::BansChanged
            | DomainEvent::PresenceChanged
            | DomainEvent::SessionEnds { .. }
            | DomainEvent::DoorChanged => self.section == Section::Now,
            DomainEvent::MemberChanged { .. } | DomainEvent::KeyRevoked { .. } => {
                self.section == Section::People
            }
            DomainEvent::PassesChanged => self.section == Section::Keeping,
            DomainEvent::BoardsChanged => self.section == Section::Boards,
            DomainEvent::CharterChanged => self.section == Section::Charter,
            _ => false,
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ShowConsole>() {
            Ok(Ok(page)) => return self.page = Some(page),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(other) => other,
        };
        match answer.take::<ConsoleAct>() {
            Ok(Ok(Done { words, shows, undo })) => {
                let hint = if undo.is_some() { " u takes it back." } else { "" };
                cx.good(format!("{words}{hint}"));
                self.undo = undo;
                if !shows.is_empty() {
                    self.paper = Some(shows);
                    self.pager = Pager::default();
                }
                // The name of the place may be another one now.
                cx.effect(Effect::Refresh);
                self.read(cx);
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.paper.is_some() {
            match command {
                Command::Back | Command::Open => self.paper = None,
                other => {
                    self.pager.command(other);
                }
            }
            return;
        }
        let Some(page) = &self.page else { return };
        if self.list.command(command, page.rows.len()) {
            return;
        }
        match command {
            Command::Open => {
                let Some(row) = page.rows.get(self.list.chosen()) else { return };
                let (id, offers) = (row.id.clone(), row.offers.clone());
                let question = row.label.clone();
                self.offer(id, offers, question, cx);
            }
            Command::ConsoleNew => {
                let offers = page.offers.clone();
                self.offer(String::new(), offers, self.section.title().to_owned(), cx);
            }
            Command::Undo => match self.undo.take() {
                Some(undo) => cx.call(undo),
                None => cx.say("There is nothing to undo here."),
            },
            Command::Back => cx.back(),
            _ => {}
        }
    }

    /// Chooses one of some offers; the only one is taken at once.
    fn offer(&mut self, row: String, mut offers: Vec<Offer>, question: String, cx: &mut Ui<'_>) {
        match offers.len() {
            0 => cx.say("There is nothing to do about it here."),
            1 => self.begin(row, offers.remove(0), cx),
            _ => {
                let names = offers.iter().map(|offer| offer.deed.name().to_owned()).collect();
                self.offered = Some((row, offers));
                cx.effect(Effect::Push(Box::new(Choose::new(WHAT, question, names))));
            }
        }
    }

    fn begin(&mut self, row: String, offer: Offer, cx: &mut Ui<'_>) {
        self.asking = Some(Asking { row, offer, at: 0, answers: Vec::new() });
        self.ask_on(cx);
    }

    /// Asks the next question, or does it when all are answered.
    fn ask_on(&mut self, cx: &mut Ui<'_>) {
        let Some(asking) = &self.asking else { return };
        let dialog: Box<dyn Screen> = match asking.offer.questions.get(asking.at) {
            Some(Question::Text { ask, now }) => {
                let form = Form::Line(LineFor::Console, number_of(&asking.row, ask));
                Box::new(Prompt::new(ASKED, ask.clone(), now.clone()).kept(form))
            }
            Some(Question::Choice { ask, answers }) => {
                let words = answers.iter().map(|(_, words)| words.clone()).collect();
                Box::new(Choose::new(ASKED, ask.clone(), words))
            }
            Some(Question::Sure(ask)) => Box::new(Confirm::new(ASKED, ask.clone())),
            None => {
                if let Some(Asking { row, offer, answers, .. }) = self.asking.take() {
                    cx.call(act(offer.deed, &row, answers));
                }
                return;
            }
        };
        cx.effect(Effect::Push(dialog));
    }

    fn answered(&mut self, result: DialogResult, cx: &mut Ui<'_>) {
        if let DialogResult::Choice(WHAT, index) = result {
            if let Some((row, mut offers)) = self.offered.take()
                && index < offers.len()
            {
                self.begin(row, offers.swap_remove(index), cx);
            }
            return;
        }
        let Some(asking) = &mut self.asking else { return };
        match (result, asking.offer.questions.get(asking.at)) {
            (DialogResult::Text(ASKED, text), _) => asking.answers.push(text),
            (DialogResult::Choice(ASKED, index), Some(Question::Choice { answers, .. })) => {
                let Some((value, _)) = answers.get(index) else { return };
                asking.answers.push(value.clone());
            }
            (DialogResult::Yes(ASKED), _) => {}
            _ => return,
        }
        asking.at += 1;
        self.ask_on(cx);
    }
}

/// A number that tells the questions of the console apart, for their drafts: the first bytes of a hash.
fn number_of(row: &str, ask: &str) -> i64 {
    let hash = Sha256::digest(format!("{row}\n{ask}"));
    hash.iter().take(7).fold(0, |number, byte| (number << 8) | i64::from(*byte))
}
