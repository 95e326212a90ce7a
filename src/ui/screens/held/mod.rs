//! A post that waits, as the staff see it: read, claim, publish, or give back with a kind word.

mod view;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::HeldId;
use crate::service::cases::ListQueue;
use crate::service::drafts::DropDraft;
use crate::service::held::{ClaimHeld, DecideHeld, Held, ReadHeld, ReleaseHeld};
use crate::service::{Answer, DomainEvent};
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::{Pager, Prompt, claim};

/// The question for the words that it goes back with.
const RETURN: u32 = 1;

/// The screen.
pub struct HeldScreen {
    id: HeldId,
    held: Option<Held>,
    pager: Pager,
    busy: bool,
}

impl HeldScreen {
    /// A held post to open.
    pub fn new(id: HeldId) -> Self {
        Self { id, held: None, pager: Pager::default(), busy: false }
    }

    fn load(&self, cx: &mut Ui<'_>) {
        cx.call(ReadHeld { held: self.id });
    }

    fn decide(&mut self, publish: bool, reason: String, cx: &mut Ui<'_>) {
        self.busy = true;
        cx.call(DecideHeld { held: self.id, publish, reason });
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadHeld>() {
            Ok(Ok(held)) => return self.held = Some(held),
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
        let answer = match answer.take::<DropDraft>() {
            Ok(_) => return,
            Err(answer) => answer,
        };
        self.busy = false;
        let answer = match answer.take::<DecideHeld>() {
            Ok(Ok(())) => {
                cx.call(DropDraft { target: DraftTarget::of(Form::Held(self.id)) });
                cx.good("Decided. The author is told.");
                return self.load(cx);
            }
            Ok(Err(why)) => return cx.refuse(why),
            Err(answer) => answer,
        };
        let refused = match answer.take::<ClaimHeld>() {
            Ok(result) => result.err(),
            Err(answer) => answer.take::<ReleaseHeld>().ok().and_then(Result::err),
        };
        match refused {
            Some(why) => cx.refuse(why),
            None => self.load(cx),
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        if self.pager.command(command) {
            return;
        }
        let Some(held) = &self.held else { return };
        let standing = claim::standing(held.claim.as_ref(), cx.look.now);
        let mine = standing.is_some_and(|claim| claim::is_mine(claim, cx.look));
        match command {
            Command::NextItem => cx.call(ListQueue),
            Command::Author => cx.open(Route::Profile(held.author_id)),
            Command::Open => cx.open(match held.thread {
                Some(thread) => Route::Thread { thread, at: held.reply_to },
                None => Route::Board(held.board),
            }),
            _ if held.decided.is_some() => cx.say("It waits no longer."),
            Command::Claim if mine => cx.call(ReleaseHeld { held: self.id }),
            Command::Claim => cx.call(ClaimHeld { held: self.id }),
            Command::Approve => self.decide(true, String::new(), cx),
            Command::Decline => {
                let question = format!("Give it back. Why, kindly? {} reads it.", held.author);
                let prompt = Prompt::new(RETURN, question, "").kept(Form::Held(self.id));
                cx.effect(Effect::Push(Box::new(prompt)));
            }
            _ => {}
        }
    }
}

impl Screen for HeldScreen {
    fn route(&self) -> Route {
        Route::Held(self.id)
    }

    fn title(&self) -> String {
        let author = self.held.as_ref().map(|held| held.author.as_str());
        format!("post of {} that waits", author.unwrap_or("somebody"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Held, Scope::Pager]
    }

    fn is_waiting(&self) -> bool {
        self.held.is_none() || self.busy
    }

    fn is_blank(&self) -> bool {
        self.held.is_none()
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        let open = self.held.as_ref().is_some_and(|held| held.decided.is_none());
        open || !matches!(command, Command::Claim | Command::Approve | Command::Decline)
    }

    fn pager(&self) -> Option<&Pager> {
        Some(&self.pager)
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start | Msg::Returned | Msg::Resync => self.load(cx),
            Msg::Event(DomainEvent::HeldChanged { held, .. }) if held == self.id => self.load(cx),
            Msg::Dialog(DialogResult::Text(RETURN, reason)) if reason.is_empty() => {
                cx.refuse("Giving it back needs a kind word on why.");
            }
            Msg::Dialog(DialogResult::Text(RETURN, reason)) => self.decide(false, reason, cx),
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
