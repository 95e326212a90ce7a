//! What can be done about a thing: by staff, by a board's host; reporting, by everybody.

use super::decide::{Plan, Subject};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use crate::domain::ids::ActId;
use crate::domain::moderation::{Deed, NO_RULE, Span, Thing};
use crate::domain::time::time_left;
use crate::service::moderation::{
    CutTo, LookAtThing, Moderate, PossibleDeed, PreviewCut, SplitThread, ThingFile, UndoAct,
};

/// One thing that can be done.
enum Choice {
    Undo(ActId),
    Deed(PossibleDeed),
    Move,
    Redact,
    Merge,
    Report,
}

impl Talk {
    pub(super) async fn moderate(&mut self, thing: Thing) -> Talked<()> {
        let file = self.call(LookAtThing { thing }).await?;
        let (choices, words) = self.choices(&file);
        if choices.is_empty() {
            self.say("There is nothing that you can do about this one.").await?;
            return Err(Turn::Return);
        }
        let index =
            self.choose(&format!("{}, by {}. What is to be done?", file.label, file.author), &words).await?;
        let Some(choice) = choices.into_iter().nth(index) else { return Err(Turn::Cancelled) };
        match choice {
            Choice::Report => return Err(Turn::Instead(Place::Report(thing))),
            Choice::Undo(act) => {
                self.call(UndoAct { act }).await?;
                self.say("Undone: everything is as it was before.").await?;
            }
            Choice::Move => {
                let boards: Vec<String> = file.moves.iter().map(|to| to.name.clone()).collect();
                let to = self.choose("Move the thread where?", &boards).await?;
                let Some(to) = file.moves.get(to) else { return Err(Turn::Cancelled) };
                let about = format!("your {}", file.label);
                let possible = PossibleDeed { deed: Deed::MoveThread(to.board), about };
                self.decide(plan(&file, possible)).await?;
            }
            Choice::Redact => {
                let words: Vec<String> = file.pieces.iter().map(|(_, words)| words.clone()).collect();
                let first = self.choose("Take out from where on?", &words).await?;
                let last = first + self.choose("And up to where?", &words[first..]).await?;
                let (Some(from), Some(to)) = (file.pieces.get(first), file.pieces.get(last)) else {
                    return Err(Turn::Cancelled);
                };
                let deed = Deed::RedactPost(Span { from: from.0.from, to: to.0.to });
                self.decide(plan(&file, PossibleDeed { deed, about: format!("your {}", file.label) }))
                    .await?;
            }
            Choice::Merge => {
                let titles: Vec<String> = file.merges.iter().map(|(_, title)| title.clone()).collect();
                let to = self.choose("Its posts become the end of which thread?", &titles).await?;
                let Some((to, _)) = file.merges.get(to) else { return Err(Turn::Cancelled) };
                let deed = Deed::MergeThread(*to);
                self.confirm_cut(thing, CutTo::EndOf(*to)).await?;
                let done =
                    self.call(Moderate { thing, deed, rule_no: NO_RULE, reason: String::new() }).await?;
                self.done(done.act, done.undo_until).await?;
            }
            Choice::Deed(possible) => self.do_deed(&file, possible).await?,
        }
        Err(Turn::Return)
    }

    fn choices(&self, file: &ThingFile) -> (Vec<Choice>, Vec<String>) {
        let (mut choices, mut words) = (Vec::new(), Vec::new());
        let mut add = |choice, word: String| {
            choices.push(choice);
            words.push(word);
        };
        if let Some(undo) = &file.undoable {
            let left = time_left(undo.until, self.now());
            add(Choice::Undo(undo.act), format!("Undo: {}, {left} left", undo.kind.done()));
        }
        for possible in &file.deeds {
            let word = possible.deed.kind().imperative_for(&file.author);
            add(Choice::Deed(possible.clone()), word);
        }
        if !file.pieces.is_empty() {
            add(Choice::Redact, "Take a part out of the post".to_owned());
        }
        if !file.merges.is_empty() {
            add(Choice::Merge, "Merge the thread into another".to_owned());
        }
        if !file.moves.is_empty() {
            add(Choice::Move, "Move the thread to another board".to_owned());
        }
        if file.may_report {
            add(Choice::Report, "Report it to the staff".to_owned());
        }
        (choices, words)
    }

    async fn do_deed(&mut self, file: &ThingFile, possible: PossibleDeed) -> Talked<()> {
        match possible.deed {
            // What only keeps a board tidy is done at once, for it can be undone.
            Deed::PinThread | Deed::UnpinThread | Deed::UnslowThread => {
                let (thing, deed) = (file.thing, possible.deed);
                let done =
                    self.call(Moderate { thing, deed, rule_no: NO_RULE, reason: String::new() }).await?;
                self.done(done.act, done.undo_until).await
            }
            Deed::SplitThread => {
                let Thing::Post(post) = file.thing else { return Err(Turn::Cancelled) };
                let title = self.ask("title of the new thread").await?;
                self.confirm_cut(file.thing, CutTo::New(title.clone())).await?;
                let done = self.call(SplitThread { post, title }).await?;
                self.done(done.act, done.undo_until).await
            }
            deed if deed.kind().has_term() => {
                let deed = self.choose_term(deed, &file.author).await?;
                self.decide(plan(file, PossibleDeed { deed, about: possible.about })).await
            }
            _ => self.decide(plan(file, possible)).await,
        }
    }

    /// Says what would go where, and asks.
    async fn confirm_cut(&mut self, thing: Thing, to: CutTo) -> Talked<()> {
        let words = self.call(PreviewCut { thing, to }).await?.words();
        if self.confirm(&words).await? { Ok(()) } else { Err(Turn::Cancelled) }
    }

    /// For how long something is done.
    pub(super) async fn choose_term(&mut self, deed: Deed, member: &str) -> Talked<Deed> {
        let terms: Vec<String> = deed.terms().iter().map(|term| term.as_str().to_owned()).collect();
        let index = self.choose(&deed.kind().how_long(member), &terms).await?;
        deed.terms().get(index).map(|term| deed.with_term(*term)).ok_or(Turn::Cancelled)
    }
}

fn plan(file: &ThingFile, possible: PossibleDeed) -> Plan {
    Plan {
        subject: Subject::Thing(file.thing),
        deeds: vec![possible],
        rules: file.rules.clone(),
        member: file.author.clone(),
        thing: file.thing,
    }
}
