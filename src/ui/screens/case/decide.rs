//! From a key to a decision: which deeds it stands for, and the form that asks for rule and reason.

use super::{CaseScreen, DONE, TERM};
use crate::domain::moderation::{ActKind, Deed, SuspendFor};
use crate::service::cases::ClaimCase;
use crate::service::moderation::PossibleDeed;
use crate::ui::keys::Command;
use crate::ui::screen::{Effect, Ui};
use crate::ui::screens::decide::{Decide, Plan, Subject};
use crate::ui::widgets::{Choose, claim};

impl CaseScreen {
    pub(super) fn decide(&mut self, command: Command, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        let kinds: &[ActKind] = match command {
            Command::NothingWrong => &[],
            Command::Remove if self.may(ActKind::RemovePost) => &[ActKind::RemovePost],
            Command::Remove if self.may(ActKind::RemoveMessage) => &[ActKind::RemoveMessage],
            Command::Remove => &[ActKind::RemoveThread],
            Command::RemoveAndWarn if self.may(ActKind::RemoveMessage) => {
                &[ActKind::RemoveMessage, ActKind::Warn]
            }
            Command::RemoveAndWarn => &[ActKind::RemovePost, ActKind::Warn],
            Command::Fold => &[ActKind::CollapsePost],
            Command::Lock => &[ActKind::LockThread],
            Command::Restore if self.may(ActKind::RestoreMessage) => &[ActKind::RestoreMessage],
            Command::Restore => &[ActKind::RestorePost],
            Command::Warn => &[ActKind::Warn],
            Command::Suspend => &[ActKind::Suspend],
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
        if kinds == [ActKind::Suspend] {
            let terms = SuspendFor::ALL.iter().map(|term| term.as_str().to_owned()).collect();
            let question = format!("Suspend {} for how long?", file.author);
            return cx.effect(Effect::Push(Box::new(Choose::new(TERM, question, terms))));
        }
        self.ask(title(kinds, &file.author), found, cx);
    }

    pub(super) fn suspend_for(&mut self, index: usize, cx: &mut Ui<'_>) {
        let (Some(term), Some(file)) = (SuspendFor::ALL.get(index).copied(), &self.file) else { return };
        let title = format!("Suspend {}, {term}", file.author);
        self.ask(title, vec![PossibleDeed { deed: Deed::Suspend(term), about: String::new() }], cx);
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
        };
        cx.effect(Effect::Push(Box::new(Decide::new(DONE, plan))));
    }
}

fn title(kinds: &[ActKind], author: &str) -> String {
    let mut words = Vec::new();
    for kind in kinds {
        words.push(match kind {
            ActKind::Warn if words.is_empty() => format!("Warn {author}"),
            ActKind::Warn => format!("warn {author}"),
            kind => kind.imperative().to_owned(),
        });
    }
    if words.is_empty() { "Nothing wrong".to_owned() } else { words.join(" and ") }
}
