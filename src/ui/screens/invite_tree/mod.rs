//! Who invited whom, as a tree whose branches fold (D6).

mod view;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::MemberId;
use crate::service::invites::{ShowInviteTree, TreeRow};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{Msg, Screen, Ui};
use crate::ui::widgets::ListState;

/// The screen.
pub struct InviteTree {
    branch: Option<MemberId>,
    rows: Option<Vec<TreeRow>>,
    folded: BTreeSet<MemberId>,
    list: ListState,
}

impl InviteTree {
    /// Everybody, or one member with whoever came through them.
    pub fn new(branch: Option<MemberId>) -> Self {
        Self { branch, rows: None, folded: BTreeSet::new(), list: ListState::default() }
    }

    /// The rows that no folded branch hides.
    fn visible(&self) -> Vec<&TreeRow> {
        let mut hidden_below = None;
        let rows = self.rows.as_deref().unwrap_or_default().iter();
        rows.filter(|row| {
            if hidden_below.is_some_and(|depth| row.depth > depth) {
                return false;
            }
            hidden_below = self.folded.contains(&row.member).then_some(row.depth);
            true
        })
        .collect()
    }

    fn chosen(&self) -> Option<&TreeRow> {
        self.visible().get(self.list.chosen()).copied()
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        match answer.take::<ShowInviteTree>() {
            Ok(Ok(rows)) => {
                let chosen = self.chosen().map(|row| row.member);
                // One comes to oneself first: from there one sees where one stands.
                let first = self.rows.is_none().then(|| cx.look.actor().id()).flatten();
                self.rows = Some(rows);
                self.choose(chosen.or(first));
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                cx.back();
            }
            Err(_) => {}
        }
    }

    fn choose(&mut self, member: Option<MemberId>) {
        self.list.stay_at(self.visible().iter().position(|row| Some(row.member) == member));
    }

    fn fold(&mut self) {
        let Some((member, below)) = self.chosen().map(|row| (row.member, row.below)) else { return };
        if below > 0 && !self.folded.remove(&member) {
            self.folded.insert(member);
        }
    }

    /// Folds all branches, or opens all when one is folded.
    fn fold_all(&mut self) {
        let chosen = self.chosen().map(|row| row.member);
        if self.folded.is_empty() {
            let rows = self.rows.iter().flatten();
            self.folded = rows.filter(|row| row.below > 0).map(|row| row.member).collect();
        } else {
            self.folded.clear();
        }
        self.choose(chosen);
    }
}

impl Screen for InviteTree {
    fn route(&self) -> Route {
        Route::InviteTree(self.branch)
    }

    fn title(&self) -> String {
        if self.branch.is_some() { "invite branch".to_owned() } else { "invite tree".to_owned() }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::InviteTree, Scope::List]
    }

    fn is_waiting(&self) -> bool {
        self.rows.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        match command {
            Command::Open => self.chosen().is_some_and(|row| row.handle.is_some()),
            Command::FoldBranch => self.chosen().is_some_and(|row| row.below > 0),
            _ => true,
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(ShowInviteTree { branch: self.branch }),
            // Somebody came in, or left.
            Msg::Event(DomainEvent::MemberChanged { .. }) => cx.call(ShowInviteTree { branch: self.branch }),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(Command::FoldBranch) => self.fold(),
            Msg::Command(Command::FoldAll) => self.fold_all(),
            Msg::Command(Command::Open) => {
                if let Some(row) = self.chosen().filter(|row| row.handle.is_some()) {
                    cx.open(Route::Profile(row.member));
                }
            }
            Msg::Command(command) => {
                let len = self.visible().len();
                self.list.command(command, len);
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}
