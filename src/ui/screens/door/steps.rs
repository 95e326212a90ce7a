//! The steps of an account on its way in: the charter rule by rule, what brings one here, an introduction. Each is
//! sent when it is done, and its answer says where one stands.

use super::pages::Page;
use super::{Asked, Door, questions};
use crate::domain::text::clean_body;
use crate::service::applications::{AnswerApplicationQuestion, ShowAtDoor};
use crate::service::joining::{AcceptRule, AnswerWhy, Joining, Step, SubmitApplication, WriteIntroduction};
use crate::service::{Error, Result};
use crate::ui::keys::Command;
use crate::ui::route::Route;
use crate::ui::screen::{Effect, Ui};

impl Door {
    /// The page for the step that is next.
    pub(super) fn next_page(joining: &Joining) -> Page {
        match joining.step {
            Step::Rule(no) => {
                Page::Rule(joining.charter.rules.iter().position(|rule| rule.no == no).unwrap_or(0))
            }
            Step::Why => Page::Why,
            Step::Asked(id) => questions::page_with(joining, id),
            Step::Introduction => Page::Introduction,
            Step::Question => Page::Question,
            _ => Page::Status,
        }
    }

    /// Where this page is among the steps, and how many there are: taking a handle and a way back were two.
    pub(super) fn progress(&self) -> Option<(usize, usize)> {
        let (rules, asked) = match &self.joining {
            Some(joining) => (joining.charter.rules.len(), !joining.is_invited()),
            None => (self.seen.charter.rules.len(), !self.comes_invited()),
        };
        let own = self.asked_words().len();
        let total = 2 + rules + usize::from(asked) + own + 1;
        let at = match self.page {
            Page::Handle => 1,
            Page::Secret | Page::Password | Page::PasswordAgain => 2,
            Page::Rule(index) => 3 + index,
            Page::Why => 3 + rules,
            Page::AskText(index) | Page::AskOne(index) | Page::AskMany(index) => {
                3 + rules + usize::from(asked) + index
            }
            Page::Introduction => total,
            _ => return None,
        };
        Some((at, total))
    }

    /// What the editor of a page begins with: what was typed last, or what was sent.
    pub(super) fn text_of(&self, page: Page) -> String {
        let Some(joining) = &self.joining else { return String::new() };
        let (draft, sent) = match page {
            Page::Why => (&joining.drafts.why, joining.why.as_str()),
            Page::AskText(index) => {
                let Some(asked) = joining.asked.get(index) else { return String::new() };
                (&asked.draft, asked.answer.as_ref().map_or("", |answer| answer.text.as_str()))
            }
            Page::Introduction => (&joining.drafts.introduction, joining.introduction.as_str()),
            _ => (&joining.drafts.answer, ""),
        };
        draft.clone().unwrap_or_else(|| sent.to_owned())
    }

    pub(super) fn command_of_account(&mut self, command: Command, cx: &mut Ui<'_>) {
        match (self.page, command) {
            (Page::Rule(index), Command::Accept) => self.accept_rule(index, cx),
            (Page::Why, Command::Send) => self.send_why(cx),
            (Page::Introduction, Command::Send) => self.send_introduction(cx),
            (Page::Question, Command::Send) => self.send_answer(cx),
            (Page::Status, Command::EnterInvite) if self.may_enter_invite() => self.go(Page::Invite),
            (Page::Status, Command::ShowOneself) if self.is_applied() => {
                let shown = self.joining.as_ref().is_some_and(|joining| joining.shown);
                cx.call(ShowAtDoor { shown: !shown });
            }
            (Page::Status, Command::Appeal) if self.sanction.is_some() => cx.open(Route::MyCases),
            (Page::Status, Command::Open) if self.is_asked() => self.go(Page::Question),
            (Page::Status, Command::Open | Command::WakeSeat) if self.may_wake() => self.wake(cx),
            (Page::Invite, Command::Accept) => self.accept_field(cx),
            (_, Command::Back) => self.account_back(cx),
            (page, _) if page.asked().is_some() => self.command_of_question(command, cx),
            _ => {}
        }
    }

    fn account_back(&mut self, cx: &mut Ui<'_>) {
        self.keep(cx);
        self.put_aside();
        let rules = self.joining.as_ref().map_or(0, |joining| joining.charter.rules.len());
        let asked = self.joining.as_ref().is_some_and(|joining| !joining.is_invited());
        let own = self.joining.as_ref().map_or(0, |joining| joining.asked.len());
        // The question before this page, if there is one.
        let before = self.page.asked().or((self.page == Page::Introduction).then_some(own));
        match (self.page, before.and_then(|index| index.checked_sub(1)), &self.joining) {
            (_, Some(index), Some(joining)) => return self.go(questions::page_of(joining, index)),
            (page, ..) if before.is_some() && page != Page::Why && asked => return self.go(Page::Why),
            _ => {}
        }
        match self.page {
            Page::Rule(index) if index > 0 => self.go(Page::Rule(index - 1)),
            page if (page == Page::Why || before.is_some()) && rules > 0 => self.go(Page::Rule(rules - 1)),
            Page::Invite | Page::Question => self.go(Page::Status),
            _ => {}
        }
    }

    /// What is in the editor is the draft of its page, wherever one goes from here.
    fn put_aside(&mut self) {
        self.put_marks_aside();
        let Some(joining) = &mut self.joining else { return };
        let draft = match self.page {
            Page::AskText(index) => match joining.asked.get_mut(index) {
                Some(asked) => &mut asked.draft,
                None => return,
            },
            Page::Why => &mut joining.drafts.why,
            Page::Introduction => &mut joining.drafts.introduction,
            Page::Question => &mut joining.drafts.answer,
            _ => return,
        };
        *draft = Some(self.editor.text().to_owned());
    }

    fn accept_rule(&mut self, index: usize, cx: &mut Ui<'_>) {
        let Some(joining) = &self.joining else { return };
        let Some(rule) = joining.charter.rules.get(index) else { return };
        if joining.accepted.contains(&rule.no) {
            return self.go_on_from(self.page);
        }
        // Nobody accepts what they have not seen.
        if self.pager.has_more() {
            self.pager.command(Command::PageDown);
            return;
        }
        self.waiting = true;
        cx.call(AcceptRule { version: joining.charter.version, no: rule.no });
    }

    fn send_why(&mut self, cx: &mut Ui<'_>) {
        let text = clean_body(self.editor.text());
        if self.joining.as_ref().is_some_and(|joining| joining.why == text && !text.is_empty()) {
            return self.go_on_from(Page::Why);
        }
        self.waiting = true;
        cx.call(AnswerWhy { text });
    }

    fn send_introduction(&mut self, cx: &mut Ui<'_>) {
        self.waiting = true;
        cx.call(WriteIntroduction { text: self.editor.text().to_owned() });
    }

    fn send_answer(&mut self, cx: &mut Ui<'_>) {
        self.waiting = true;
        cx.call(AnswerApplicationQuestion { text: self.editor.text().to_owned() });
    }

    /// The page after this one.
    fn go_on_from(&mut self, page: Page) {
        let Some(joining) = &self.joining else { return };
        let next = match page {
            Page::Rule(index) if index + 1 < joining.charter.rules.len() => Page::Rule(index + 1),
            Page::Rule(_) if !joining.is_invited() => Page::Why,
            Page::Rule(_) | Page::Why => questions::page_of(joining, 0),
            Page::AskText(index) | Page::AskOne(index) | Page::AskMany(index) => {
                questions::page_of(joining, index + 1)
            }
            _ => Self::next_page(joining),
        };
        self.go(next);
    }

    /// An answer that says where one stands.
    pub(super) fn stands(&mut self, asked: Asked, result: Result<Joining>, cx: &mut Ui<'_>) {
        match result {
            Ok(joining) if asked == Asked::State => self.state_read(joining, cx),
            Ok(joining) => {
                self.joining = Some(joining);
                self.step_done(asked, cx);
            }
            Err(why) => {
                self.waiting = false;
                // The charter has changed, or another session of one's own was faster: begin where one stands now.
                if matches!(why, Error::Conflict(_))
                    && matches!(asked, Asked::Rule | Asked::Question | Asked::Submit)
                {
                    self.page = Page::Loading;
                    cx.call(crate::service::joining::JoiningState);
                    cx.refuse(why);
                } else {
                    self.refuse(why);
                }
            }
        }
    }

    fn step_done(&mut self, asked: Asked, cx: &mut Ui<'_>) {
        self.waiting = false;
        self.kept = self.editor.revision();
        match asked {
            Asked::Introduction => {
                self.waiting = true;
                cx.call(SubmitApplication);
            }
            Asked::Submit => {
                self.go(Page::Status);
                // An invited one is a member now: the session goes home once it knows.
                cx.effect(Effect::Refresh);
            }
            Asked::Invite => {
                drop(self.entry.code.take());
                cx.good("The invite is yours.");
                self.go_on_from(Page::Invite);
                cx.effect(Effect::Refresh);
            }
            Asked::Question => {
                self.aside.clear();
                self.go_on_from(self.page);
            }
            Asked::Wake => self.woken(cx),
            Asked::Rule | Asked::Why | Asked::State => self.go_on_from(self.page),
        }
    }

    /// Where one stands was read: at the beginning, after a dropped line, or because something happened.
    fn state_read(&mut self, joining: Joining, cx: &mut Ui<'_>) {
        let next = Self::next_page(&joining);
        let had = self.joining.replace(joining);
        let fresh = had.is_none() || self.page == Page::Loading;
        // News about the application turn the page; a page that one went back to stays.
        let news = self.page.is_status() && had.is_some_and(|had| Self::next_page(&had) != next);
        if fresh || news {
            self.go(next);
            self.waiting = false;
        }
        if next == Page::Status {
            self.await_end_of_suspension(cx);
        }
    }
}
