//! A case: what was reported, by whom, what it says now, what stands around it, what happened before; and the keys
//! that decide it.

mod decide;
mod matter;
mod view;

pub use matter::MatterScreen;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::ids::{BoardId, CaseId};
use crate::domain::moderation::{ActKind, Deed, Thing};
use crate::service::cases::{CaseFile, ClaimCase, ListQueue, OpenCase, ReleaseCase};
use crate::service::moderation::UndoAct;
use crate::service::watch::EvidenceAt;
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Pager, claim};

/// The dialogs that this screen opens.
const DONE: u32 = 1;
const TERM: u32 = 2;
const DEED: u32 = 3;

/// The case screen.
pub struct CaseScreen {
    case: CaseId,
    file: Option<CaseFile>,
    pager: Pager,
    /// The right side, where there is one.
    side: Pager,
    /// The keys scroll the right side.
    on_side: bool,
    /// The rows where the parts begin, as they were drawn last.
    parts: Vec<usize>,
    /// What a term is being chosen for.
    asking: Option<Deed>,
}

impl CaseScreen {
    /// A case to open.
    pub fn new(case: CaseId) -> Self {
        Self {
            case,
            file: None,
            pager: Pager::default(),
            side: Pager::default(),
            on_side: false,
            parts: Vec::new(),
            asking: None,
        }
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<OpenCase>() {
            Ok(Ok(file)) => {
                self.file = Some(file);
                return;
            }
            Ok(Err(why)) => {
                cx.refuse(why);
                return cx.back();
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<ListQueue>() {
            Ok(Ok(queue)) => match super::queue::next_after(&queue, &self.route(), cx.look) {
                Some(next) => return cx.effect(Effect::Replace(next)),
                None => return cx.say("Nothing else waits for you."),
            },
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let answer = match answer.take::<UndoAct>() {
            Ok(Ok(_)) => {
                cx.good("Undone: everything is as it was, and the case is open again.");
                return cx.call(OpenCase { case: self.case });
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let claimed = match answer.take::<ClaimCase>() {
            Ok(result) => result,
            Err(answer) => match answer.take::<ReleaseCase>() {
                Ok(result) => result,
                Err(_) => return,
            },
        };
        match claimed {
            Ok(()) => cx.call(OpenCase { case: self.case }),
            Err(why) => cx.refuse(why),
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        let scrolls = if self.on_side && cx.look.is_wide() { &mut self.side } else { &mut self.pager };
        if scrolls.command(command) {
            return;
        }
        let Some(file) = &self.file else { return };
        match command {
            Command::Claim => match claim::standing(file.claim.as_ref(), cx.look.now) {
                Some(held) if claim::is_mine(held, cx.look) => cx.call(ReleaseCase { case: self.case }),
                _ => cx.call(ClaimCase { case: self.case }),
            },
            Command::NextItem => cx.call(ListQueue),
            Command::NextPart if cx.look.is_wide() => self.on_side = !self.on_side,
            Command::NextPart => self.next_part(),
            Command::Undo => match file.undo {
                Some((act, until)) if until >= cx.look.now => cx.call(UndoAct { act }),
                _ => cx.refuse("There is no decision of yours here that could still be undone."),
            },
            Command::BanTheirs => cx.open(Route::Bans(Some(file.author_id))),
            Command::WatchThem => {
                let evidence = Some(EvidenceAt::Case(self.case));
                cx.open(Route::Watch(Some((file.author_id, evidence))));
            }
            Command::StaffNotes => cx.open(Route::StaffNotes(file.author_id)),
            Command::Open => self.open_thing(cx),
            other => self.decide(other, cx),
        }
    }

    fn open_thing(&self, cx: &mut Ui<'_>) {
        let Some(file) = &self.file else { return };
        if let Some(route) = leads(file) {
            cx.open(route);
        }
    }

    /// Scrolls to the next part; after the last one begins again.
    fn next_part(&mut self) {
        let here = self.pager.top();
        let next = self.parts.iter().copied().find(|row| *row > here);
        // Where the end is in sight already, the next part cannot come to the top.
        let next = next.filter(|_| self.pager.has_more()).unwrap_or(0);
        self.pager.go_to(next);
    }

    /// Whether this kind of act is among those that can be decided.
    fn may(&self, kind: ActKind) -> bool {
        self.file.as_ref().is_some_and(|file| file.deeds.iter().any(|possible| possible.deed.kind() == kind))
    }
}

impl Screen for CaseScreen {
    fn route(&self) -> Route {
        Route::Case(self.case)
    }

    fn title(&self) -> String {
        match &self.file {
            Some(file) => format!("case {}: {}", self.case, file.label),
            None => format!("case {}", self.case),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Case, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.file.is_none()
    }

    fn board(&self) -> Option<BoardId> {
        // Who handles what is nobody's business: the list of who is here shows no board.
        None
    }

    fn offers(&self, command: Command, look: &Look) -> bool {
        let open = self.file.as_ref().is_some_and(|file| file.decided.is_none());
        match command {
            Command::Claim | Command::NothingWrong | Command::AllDeeds => open,
            Command::Remove => self.removal().is_some() || self.may(ActKind::RemoveThread),
            Command::RemoveAndWarn => self.removal().is_some() && self.may(ActKind::Warn),
            Command::Fold => self.may(ActKind::CollapsePost),
            Command::Lock => self.may(ActKind::LockThread),
            Command::Restore => self.kind(ActKind::restores).is_some(),
            Command::Open => self.file.as_ref().is_some_and(|file| leads(file).is_some()),
            Command::Warn => self.may(ActKind::Warn),
            Command::Suspend => self.may(ActKind::Suspend),
            Command::Undo => {
                let undo = self.file.as_ref().and_then(|file| file.undo);
                undo.is_some_and(|(_, until)| until >= look.now)
            }
            _ => true,
        }
    }

    fn pager(&self) -> Option<&Pager> {
        (!self.on_side).then_some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => cx.call(OpenCase { case: self.case }),
            Msg::Event(event) if self.concerns(&event) => cx.call(OpenCase { case: self.case }),
            Msg::Dialog(DialogResult::Yes(DONE)) => cx.call(OpenCase { case: self.case }),
            Msg::Dialog(DialogResult::Choice(TERM, index)) => self.for_term(index, cx),
            Msg::Dialog(DialogResult::Choice(DEED, index)) => self.chosen(index, cx),
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look);
        None
    }
}

/// Where what was reported can be read as it stands. Staff do not read conversations, and an invite stands nowhere.
fn leads(file: &CaseFile) -> Option<Route> {
    match (file.place, file.thing) {
        (Some((_, thread, at)), _) => Some(Route::Thread { thread, at }),
        (None, Thing::Member(member)) => Some(Route::Profile(member)),
        (None, Thing::Line(_)) => file.room.map(Route::Room),
        (None, Thing::Wall(_)) => Some(Route::Wall),
        (None, Thing::Tag(tag)) => file.now_state.is_none().then_some(Route::Tag(tag)),
        (None, _) => None,
    }
}

impl CaseScreen {
    fn is_about(&self, thing: Thing) -> bool {
        self.file.as_ref().is_some_and(|file| file.thing == thing)
    }

    /// Whether an event can change what this screen shows.
    fn concerns(&self, event: &DomainEvent) -> bool {
        let thread = self.file.as_ref().and_then(|file| file.place).map(|(_, thread, _)| thread);
        match event {
            DomainEvent::CaseChanged { case } => *case == self.case,
            DomainEvent::LineChanged { line, .. } => self.is_about(Thing::Line(*line)),
            DomainEvent::TagChanged { tag } => self.is_about(Thing::Tag(*tag)),
            DomainEvent::WallChanged => {
                self.file.as_ref().is_some_and(|file| matches!(file.thing, Thing::Wall(_)))
            }
            DomainEvent::PostAdded { thread: changed, .. }
            | DomainEvent::PostChanged { thread: changed, .. }
            | DomainEvent::ThreadChanged { thread: changed, .. } => thread == Some(*changed),
            DomainEvent::MemberChanged { member } => {
                self.file.as_ref().is_some_and(|file| file.author_id == *member)
            }
            _ => false,
        }
    }
}
