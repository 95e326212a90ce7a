//! From a key to a decision: which deeds it stands for, and the form that asks for rule and reason.

use super::{CaseScreen, DEED, DONE, TERM};
use crate::domain::moderation::ActKind;
use crate::service::cases::ClaimCase;
use crate::service::moderation::PossibleDeed;
use crate::ui::keys::Command;
use crate::ui::screen::{Effect, Ui};
use crate::ui::screens::decide::{Decide, Plan, Subject};
use crate::ui::widgets::{Choose, claim};

impl CaseScreen {
    /// What takes away the one thing that was reported, if it can be.
    pub(super) fn removal(&self) -> Option<ActKind> {
        self.kind(ActKind::removes)
    }

    /// The first kind of act that is possible and of which this is true.
    pub(super) fn kind(&self, is: fn(ActKind) -> bool) -> Option<ActKind> {
        let deeds = self.file.as_ref()?.deeds.iter();
        deeds.map(|possible| possible.deed.kind()).find(|kind| is(*kind))
    }

    pub(super) fn decide(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        let kinds: &[ActKind] = match command {
            Command::NothingWrong => &[],
            Command::Remove => &[self.removal().unwrap_or(ActKind::RemoveThread)],
            Command::RemoveAndWarn => &[self.removal().unwrap_or(ActKind::RemovePost), ActKind::Warn],
            Command::Fold => &[ActKind::CollapsePost],
            Command::Lock => &[ActKind::LockThread],
            Command::Restore => &[self.kind(ActKind::restores).unwrap_or(ActKind::RestorePost)],
            Command::Warn => &[ActKind::Warn],
            Command::Suspend => &[ActKind::Suspend],
            Command::AllDeeds => &[],
            _ => return,
        };
        if let Some((by, ..)) = &file.decided {
            return cx.refuse(format!("{by} has decided this case."));
        }
        let held = claim::standing(file.claim.as_ref(), cx.look.now);
        if let Some(held) = held.filter(|held| !claim::is_mine(held, cx.look)) {
            return cx.refuse(format!("{} has claimed this case.", held.handle));
        }
        let found: Vec<PossibleDeed> = kinds
            .iter()
            .filter_map(|kind| file.deeds.iter().find(|possible| possible.deed.kind() == *kind))
            .cloned()
            .collect();
        if found.len() < kinds.len() {
            return cx.refuse("That would change nothing here, or is not for you to do.");
        }
        if held.is_none() {
            // Others see at once that somebody is at it.
            cx.call(ClaimCase { case: self.case });
        }
        if command == Command::AllDeeds {
            let words = file.deeds.iter().map(|possible| possible.deed.kind().imperative_for(&file.author));
            let question = "What is to be done?";
            return cx.effect(Effect::Push(Box::new(Choose::new(DEED, question, words.collect()))));
        }
        self.go_on(found, cx);
    }

    /// Something was chosen from the menu of everything.
    pub(super) fn chosen(&mut self, index: usize, cx: &mut Ui<'_>) {
        let Some(possible) = self.file.as_ref().and_then(|file| file.deeds.get(index)).cloned() else {
            return;
        };
        self.go_on(vec![possible], cx);
    }

    /// Asks for the term of what has one, then for rule and reason.
    fn go_on(&mut self, found: Vec<PossibleDeed>, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        if let [possible] = found.as_slice()
            && possible.deed.kind().has_term()
        {
            self.asking = Some(possible.deed);
            let terms = possible.deed.terms().iter().map(|term| term.as_str().to_owned()).collect();
            let question = possible.deed.kind().how_long(&file.author);
            return cx.effect(Effect::Push(Box::new(Choose::new(TERM, question, terms))));
        }
        let kinds: Vec<ActKind> = found.iter().map(|possible| possible.deed.kind()).collect();
        self.ask(title(&kinds, &file.author), found, cx);
    }

    pub(super) fn for_term(&mut self, index: usize, cx: &mut Ui<'_>) {
        let (Some(asked), Some(file)) = (self.asking, &self.file) else { return };
        let Some(term) = asked.terms().get(index).copied() else { return };
        let title = format!("{}, {term}", asked.kind().imperative_for(&file.author));
        self.ask(title, vec![PossibleDeed { deed: asked.with_term(term), about: String::new() }], cx);
    }

    fn ask(&self, title: String, deeds: Vec<PossibleDeed>, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        let plan = Plan {
            title,
            subject: Subject::Case(self.case),
            deeds,
            rules: file.rules.clone(),
            rule_no: Some(file.rule_no),
            member: file.author.clone(),
            thing: file.thing,
        };
        cx.effect(Effect::Push(Box::new(Decide::new(DONE, plan))));
    }
}

fn title(kinds: &[ActKind], author: &str) -> String {
    let mut words = Vec::new();
    for kind in kinds {
        words.push(match kind {
            ActKind::Warn if !words.is_empty() => format!("warn {author}"),
            kind => kind.imperative_for(author),
        });
    }
    if words.is_empty() { "Nothing wrong".to_owned() } else { words.join(" and ") }
}
