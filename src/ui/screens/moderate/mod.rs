//! What can be done about a thing, as a menu over the screen that shows it: by staff, by a board's host; reporting,
//! by everybody.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::decide::{Decide, Plan, Subject};
use crate::domain::draft::{Form, LineFor};
use crate::domain::ids::ActId;
use crate::domain::moderation::{Deed, NO_RULE, SlowFor, Span, Thing};
use crate::domain::time::time_left;
use crate::service::Answer;
use crate::service::moderation::{
    CutTo, LookAtThing, Moderate, PossibleDeed, PreviewCut, SplitThread, ThingFile, UndoAct,
};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Choose, Confirm, ListState, Prompt};

/// The dialogs that this one opens.
const TERM: u32 = 1;
const BOARD: u32 = 2;
const DONE: u32 = 3;
const PACE: u32 = 4;
const FROM_PIECE: u32 = 5;
const TO_PIECE: u32 = 6;
const TITLE: u32 = 7;
const THREAD: u32 = 8;
const CUT: u32 = 9;

/// One line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Undo(ActId, String),
    Deed(PossibleDeed),
    /// One that lasts for a term, which is asked for first.
    Term(PossibleDeed),
    Slow(PossibleDeed),
    Move,
    Redact,
    Split,
    Merge,
    Report,
}

/// The menu.
pub struct ModerateMenu {
    thing: Thing,
    file: Option<ThingFile>,
    entries: Vec<Entry>,
    list: ListState,
    /// What a term is being chosen for.
    asking: Option<Deed>,
    /// The first piece that is to be taken out.
    from_piece: usize,
    /// Where posts are to go, while what would happen is shown.
    cut: Option<CutTo>,
    busy: bool,
}

impl ModerateMenu {
    /// A menu for a thing.
    pub fn new(thing: Thing) -> Self {
        let (entries, list) = (Vec::new(), ListState::default());
        Self { thing, file: None, entries, list, asking: None, from_piece: 0, cut: None, busy: false }
    }

    /// What a line says.
    fn words(&self, entry: &Entry) -> String {
        let author = self.file.as_ref().map_or("", |file| file.author.as_str());
        match entry {
            Entry::Undo(_, words) => words.clone(),
            Entry::Deed(possible) | Entry::Term(possible) => possible.deed.kind().imperative_for(author),
            Entry::Slow(_) => "Slow the thread down".to_owned(),
            Entry::Move => "Move the thread to another board".to_owned(),
            Entry::Redact => "Take a part out of the post".to_owned(),
            Entry::Split => "Split the thread from this post on".to_owned(),
            Entry::Merge => "Merge the thread into another".to_owned(),
            Entry::Report => "Report it to the staff".to_owned(),
        }
    }

    fn load(&mut self, file: ThingFile, cx: &mut Ui<'_>) {
        let mut entries = Vec::new();
        if let Some(undo) = &file.undoable {
            let left = time_left(undo.until, cx.look.now);
            entries.push(Entry::Undo(undo.act, format!("Undo: {} ({left} left)", undo.kind.done())));
        }
        for possible in &file.deeds {
            entries.push(match possible.deed {
                Deed::Suspend(_) | Deed::ReadOnly(_) => Entry::Term(possible.clone()),
                Deed::SplitThread => Entry::Split,
                Deed::SlowThread(_) => Entry::Slow(possible.clone()),
                _ => Entry::Deed(possible.clone()),
            });
        }
        if !file.pieces.is_empty() {
            entries.push(Entry::Redact);
        }
        if !file.moves.is_empty() {
            entries.push(Entry::Move);
        }
        if !file.merges.is_empty() {
            entries.push(Entry::Merge);
        }
        if file.may_report {
            entries.push(Entry::Report);
        }
        if entries.is_empty() {
            cx.say("There is nothing that you can do about this one.");
            cx.back();
        }
        self.entries = entries;
        self.file = Some(file);
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        self.busy = false;
        let answer = match answer.take::<LookAtThing>() {
            Ok(Ok(file)) => return self.load(file, cx),
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<UndoAct>() {
            Ok(Ok(_)) => {
                cx.good("Undone: everything is as it was before.");
                return cx.back();
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<PreviewCut>() {
            Ok(Ok(preview)) => {
                return cx.effect(Effect::Push(Box::new(Confirm::new(CUT, preview.words()))));
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<SplitThread>() {
            Ok(Ok(_)) => {
                cx.good("Split. The same menu undoes it for ten minutes.");
                return cx.back();
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        match answer.take::<Moderate>() {
            Ok(Ok(_)) => {
                cx.good("Done. The same menu undoes it for ten minutes.");
                cx.back();
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    fn run(&mut self, index: usize, cx: &mut Ui<'_>) {
        let (Some(entry), Some(file)) = (self.entries.get(index), &self.file) else { return };
        match entry {
            Entry::Undo(act, _) => {
                self.busy = true;
                cx.call(UndoAct { act: *act });
            }
            Entry::Report => cx.effect(Effect::Replace(Route::Report(self.thing))),
            Entry::Term(possible) => {
                self.asking = Some(possible.deed);
                let terms = possible.deed.terms().iter().map(|term| term.as_str().to_owned()).collect();
                let question = possible.deed.kind().how_long(&file.author);
                cx.effect(Effect::Push(Box::new(Choose::new(TERM, question, terms))));
            }
            Entry::Slow(_) => {
                let paces = SlowFor::ALL.iter().map(|pace| pace.as_str().to_owned()).collect();
                let question = "Slow the thread down to what?";
                cx.effect(Effect::Push(Box::new(Choose::new(PACE, question, paces))));
            }
            Entry::Move => {
                let boards = file.moves.iter().map(|to| to.name.clone()).collect();
                cx.effect(Effect::Push(Box::new(Choose::new(BOARD, "Move the thread where?", boards))));
            }
            Entry::Redact => {
                let pieces = file.pieces.iter().map(|(_, words)| words.clone()).collect();
                cx.effect(Effect::Push(Box::new(Choose::new(FROM_PIECE, "Take out from where on?", pieces))));
            }
            Entry::Split => {
                let question = "The title of the new thread?";
                cx.effect(Effect::Push(Box::new(
                    Prompt::new(TITLE, question, "").kept(Form::Line(LineFor::Split, self.thing.id())),
                )));
            }
            Entry::Merge => {
                let titles = file.merges.iter().map(|(_, title)| title.clone()).collect();
                let question = "Its posts become the end of which thread?";
                cx.effect(Effect::Push(Box::new(Choose::new(THREAD, question, titles))));
            }
            Entry::Deed(possible) => self.begin(possible.clone(), self.words(entry), cx),
        }
    }

    /// Asks for rule and reason; what only keeps a board tidy is done at once, for it can be undone.
    fn begin(&mut self, possible: PossibleDeed, title: String, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        if matches!(possible.deed, Deed::PinThread | Deed::UnpinThread | Deed::UnslowThread) {
            self.busy = true;
            let (thing, deed) = (self.thing, possible.deed);
            return cx.call(Moderate { thing, deed, rule_no: NO_RULE, reason: String::new() });
        }
        let plan = Plan {
            title,
            subject: Subject::Thing(self.thing),
            deeds: vec![possible],
            rules: file.rules.clone(),
            rule_no: None,
            member: file.author.clone(),
            thing: self.thing,
        };
        cx.effect(Effect::Push(Box::new(Decide::new(DONE, plan))));
    }

    /// Shows what would go where before it goes.
    fn preview(&mut self, to: CutTo, cx: &mut Ui<'_>) {
        self.busy = true;
        self.cut = Some(to.clone());
        cx.call(PreviewCut { thing: self.thing, to });
    }

    fn do_cut(&mut self, cx: &mut Ui<'_>) {
        match (self.cut.take(), self.thing) {
            (Some(CutTo::New(title)), Thing::Post(post)) => {
                self.busy = true;
                cx.call(SplitThread { post, title });
            }
            (Some(CutTo::EndOf(to)), thing) => {
                self.busy = true;
                let deed = Deed::MergeThread(to);
                cx.call(Moderate { thing, deed, rule_no: NO_RULE, reason: String::new() });
            }
            _ => {}
        }
    }

    fn dialog(&mut self, result: &DialogResult, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        match result {
            DialogResult::Yes(DONE) => cx.back(),
            DialogResult::Choice(TERM, index) => {
                let Some(asked) = self.asking else { return };
                let Some(term) = asked.terms().get(*index).copied() else { return };
                let title = format!("{}, {term}", asked.kind().imperative_for(&file.author));
                self.begin(PossibleDeed { deed: asked.with_term(term), about: String::new() }, title, cx);
            }
            DialogResult::Choice(PACE, index) => {
                let Some(pace) = SlowFor::ALL.get(*index).copied() else { return };
                let possible =
                    PossibleDeed { deed: Deed::SlowThread(pace), about: format!("your {}", file.label) };
                self.begin(possible, format!("Slow down: {pace}"), cx);
            }
            DialogResult::Choice(FROM_PIECE, index) => {
                self.from_piece = *index;
                let pieces = file.pieces.iter().skip(*index).map(|(_, words)| words.clone()).collect();
                cx.effect(Effect::Push(Box::new(Choose::new(TO_PIECE, "And up to where?", pieces))));
            }
            DialogResult::Choice(TO_PIECE, index) => {
                let first = file.pieces.get(self.from_piece);
                let Some((first, last)) = first.zip(file.pieces.get(self.from_piece + index)) else { return };
                let deed = Deed::RedactPost(Span { from: first.0.from, to: last.0.to });
                let possible = PossibleDeed { deed, about: format!("your {}", file.label) };
                self.begin(possible, deed.kind().imperative().to_owned(), cx);
            }
            DialogResult::Text(TITLE, title) => self.preview(CutTo::New(title.clone()), cx),
            DialogResult::Choice(THREAD, index) => {
                let Some((to, _)) = file.merges.get(*index) else { return };
                self.preview(CutTo::EndOf(*to), cx);
            }
            DialogResult::Yes(CUT) => self.do_cut(cx),
            DialogResult::Choice(BOARD, index) => {
                let Some(to) = file.moves.get(*index) else { return };
                let title = format!("Move to {}", to.name);
                let about = format!("your {}", file.label);
                self.begin(PossibleDeed { deed: Deed::MoveThread(to.board), about }, title, cx);
            }
            _ => {}
        }
    }
}

impl Screen for ModerateMenu {
    fn route(&self) -> Route {
        Route::Nowhere
    }

    fn title(&self) -> String {
        "what to do".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choose, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.file.is_none() || self.busy
    }

    fn is_blank(&self) -> bool {
        self.file.is_none()
    }

    fn is_dialog(&self) -> bool {
        true
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => cx.call(LookAtThing { thing: self.thing }),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Dialog(result) => self.dialog(&result, cx),
            Msg::Command(Command::Open) => self.run(self.list.chosen(), cx),
            Msg::Command(Command::Pick(digit)) => self.run(usize::from(digit).saturating_sub(1), cx),
            Msg::Command(Command::Back) => cx.back(),
            Msg::Command(command) => {
                self.list.command(command, self.entries.len());
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
