//! The form for one's own profile. What is typed is kept as a draft until it is saved, so no way out loses it.

mod draft;
mod view;

#[cfg(test)]
mod tests;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::time::Zone;
use crate::service::Answer;
use crate::service::drafts::{DropDraft, LoadDraft, SaveDraft};
use crate::service::members::{EditProfile, LINE_CHARS_MAX, ProfileTexts, ReadProfile, profile_draft};
use crate::ui::input::Input;
use crate::ui::keys::{Command, Scope};
use crate::ui::look::Look;
use crate::ui::route::Route;
use crate::ui::screen::{DialogResult, Effect, Msg, Screen, Ui};
use crate::ui::widgets::editor::Took;
use crate::ui::widgets::field::Typed;
use crate::ui::widgets::form::Went;
use crate::ui::widgets::{Confirm, Editor, Field, Form};

/// Longest text about oneself that the editor takes, in bytes: four for each character that is saved, so that it is
/// the request that says how many characters are too many.
const ABOUT_LEN_MAX: usize = 4 * crate::service::members::ABOUT_CHARS_MAX;
/// How long after a key the draft is kept (W2: at most 2 s behind the fingers).
const KEEP_AFTER: Duration = Duration::from_millis(1_500);
/// The timer for that.
const KEEP: u32 = 1;
/// The question whether what was typed is to be dropped.
const DROP: u32 = 1;
/// Time zones that are suggested.
const ZONES_SHOWN: usize = 6;
/// The line of the time zone in the form.
const ZONE: usize = 1;

/// The form.
pub struct EditProfileForm {
    form: Form,
    about: Editor,
    /// The text about oneself is typed into, not a line of the form.
    in_about: bool,
    /// What is saved; none until it is loaded.
    saved: Option<ProfileTexts>,
    draft_known: bool,
    /// What the draft holds, as far as it is known.
    kept: Option<ProfileTexts>,
    /// A timer for keeping the draft runs.
    timer: bool,
    /// The draft is on its way.
    keeping: bool,
    /// Save as soon as the draft has arrived: it must not come after.
    save_next: bool,
    /// Leave as soon as the draft has arrived.
    leaving: bool,
    /// The draft could not be kept: the next try to leave does.
    failed: bool,
}

impl Default for EditProfileForm {
    fn default() -> Self {
        let line = |label| (label, Field::new(LINE_CHARS_MAX));
        let labels = ["pronouns", "time zone", "plan", "can help", "looking for"];
        Self {
            form: Form::new(labels.map(line).to_vec()),
            about: Editor::new(ABOUT_LEN_MAX),
            in_about: false,
            saved: None,
            draft_known: false,
            kept: None,
            timer: false,
            keeping: false,
            save_next: false,
            leaving: false,
            failed: false,
        }
    }
}

impl Screen for EditProfileForm {
    fn route(&self) -> Route {
        Route::EditProfile
    }

    fn title(&self) -> String {
        "your profile".to_owned()
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.in_about { &[Scope::ProfileForm, Scope::Editor] } else { &[Scope::ProfileForm, Scope::Form] }
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn is_waiting(&self) -> bool {
        self.saved.is_none() || !self.draft_known || self.leaving
    }

    fn offers(&self, command: Command, _look: &Look) -> bool {
        command != Command::DropDraft || self.is_unsaved()
    }

    fn status(&self, _look: &Look) -> String {
        if self.in_about {
            return "What you would like others to know. The same small Markdown as in posts.".to_owned();
        }
        match self.form.at() {
            0 => "How others speak of you: she/her, er, they/them …".to_owned(),
            ZONE => self.zone_words(),
            2 => "One line: what you are up to these days.".to_owned(),
            3 => "What others may ask you about. The members list finds you by it.".to_owned(),
            _ => "What you would like help with, or company in.".to_owned(),
        }
    }

    fn update(&mut self, msg: Msg, cx: &mut Ui<'_>) {
        match msg {
            Msg::Start => {
                let Some(member) = cx.look.actor().id() else { return cx.back() };
                cx.call(ReadProfile { member });
                cx.call(LoadDraft { target: profile_draft() });
            }
            Msg::Answer(answer) => self.answer(answer, cx),
            Msg::Command(command) => self.command(command, cx),
            Msg::Input(input) => self.input(&input, cx),
            Msg::Timer(KEEP) => {
                self.timer = false;
                self.keep(cx);
            }
            Msg::Dialog(DialogResult::Yes(DROP)) => {
                if let Some(saved) = self.saved.clone() {
                    self.show(&saved);
                    self.keep(cx);
                }
            }
            _ => {}
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look) -> Option<Position> {
        view::draw(self, area, buf, look)
    }
}

impl EditProfileForm {
    /// What stands in the form.
    fn texts(&self) -> ProfileTexts {
        let line = |index| self.form.text(index).to_owned();
        ProfileTexts {
            pronouns: line(0),
            zone: line(ZONE),
            plan: line(2),
            can_help: line(3),
            looking_for: line(4),
            about: self.about.text().to_owned(),
        }
    }

    fn show(&mut self, texts: &ProfileTexts) {
        let lines = [&texts.pronouns, &texts.zone, &texts.plan, &texts.can_help, &texts.looking_for];
        for (index, text) in lines.into_iter().enumerate() {
            self.form.set_text(index, text);
        }
        self.about.set_text(&texts.about);
    }

    fn is_unsaved(&self) -> bool {
        self.saved.as_ref().is_some_and(|saved| *saved != self.texts())
    }

    fn answer(&mut self, answer: Answer, cx: &mut Ui<'_>) {
        let answer = match answer.take::<ReadProfile>() {
            Ok(Ok(profile)) => {
                let row = profile.row;
                self.saved = Some(ProfileTexts {
                    pronouns: row.pronouns,
                    zone: row.zone,
                    about: row.about,
                    can_help: row.can_help,
                    looking_for: row.looking_for,
                    plan: row.plan,
                });
                return self.begin(cx);
            }
            Ok(Err(why)) => {
                cx.back();
                return cx.refuse(why);
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<LoadDraft>() {
            Ok(reply) => {
                self.draft_known = true;
                self.kept = reply.ok().flatten().and_then(|draft| draft::read(&draft.body));
                return self.begin(cx);
            }
            Err(answer) => answer,
        };
        let answer = match answer.take::<SaveDraft>() {
            Ok(reply) => return self.was_kept(reply.map(|()| true), cx),
            Err(answer) => answer,
        };
        let answer = match answer.take::<DropDraft>() {
            Ok(reply) => return self.was_kept(reply, cx),
            Err(answer) => answer,
        };
        match answer.take::<EditProfile>() {
            Ok(Ok(())) => {
                // The header and all times follow the new zone.
                cx.effect(Effect::Refresh);
                cx.back();
                cx.good("Saved: this is what others see of you.");
            }
            Ok(Err(why)) => cx.refuse(why),
            Err(_) => {}
        }
    }

    /// Shows what there is, once both the profile and the draft are known.
    fn begin(&mut self, cx: &mut Ui<'_>) {
        if self.is_waiting() {
            return;
        }
        let Some(texts) = self.kept.clone().or_else(|| self.saved.clone()) else { return };
        self.show(&texts);
        if self.kept.is_some() && self.is_unsaved() {
            cx.say("What you typed last time is here again. ^S saves it, ^X drops it.");
        }
    }

    fn was_kept(&mut self, reply: crate::service::Result<bool>, cx: &mut Ui<'_>) {
        self.keeping = false;
        let leaving = std::mem::take(&mut self.leaving);
        self.failed = reply.is_err();
        match reply {
            Err(why) => {
                // It is tried again with the next key, or when leaving.
                self.kept = None;
                let way = if leaving { " Esc again leaves without it." } else { "" };
                cx.refuse(format!("{why}{way}"));
            }
            Ok(_) if leaving => return self.leave(cx),
            Ok(_) => {}
        }
        if std::mem::take(&mut self.save_next) {
            cx.call(EditProfile { texts: self.texts() });
        }
    }

    /// Keeps what is typed as a draft, or drops the draft when there is nothing in it that is not saved.
    fn keep(&mut self, cx: &mut Ui<'_>) {
        if self.keeping {
            return self.keep_soon(cx);
        }
        let texts = self.texts();
        if self.is_unsaved() && self.kept.as_ref() != Some(&texts) {
            self.keeping = true;
            let body = draft::write(&texts);
            cx.call(SaveDraft { target: profile_draft(), title: String::new(), body, reply_to: None });
            self.kept = Some(texts);
        } else if !self.is_unsaved() && self.kept.take().is_some() {
            self.keeping = true;
            cx.call(DropDraft { target: profile_draft() });
        }
    }

    /// Leaves once what is typed is kept; after a failure the second try leaves without.
    fn leave(&mut self, cx: &mut Ui<'_>) {
        let failed = self.failed;
        if !failed {
            self.keep(cx);
        }
        if self.keeping && !failed {
            self.leaving = true;
            return;
        }
        let unsaved = self.is_unsaved() && !failed;
        cx.back();
        if unsaved {
            cx.say("What you typed is kept as a draft.");
        }
    }

    fn keep_soon(&mut self, cx: &mut Ui<'_>) {
        if !std::mem::replace(&mut self.timer, true) {
            cx.effect(Effect::Timer(KEEP, KEEP_AFTER));
        }
    }

    fn input(&mut self, input: &Input, cx: &mut Ui<'_>) {
        let (changed, full) = if self.in_about {
            let took = self.about.input(input);
            (took == Took::Changed, matches!(took, Took::Full { .. }))
        } else {
            let typed = self.form.input(input);
            (typed == Typed::Changed, typed == Typed::Full)
        };
        if full {
            cx.refuse("There is no room for all of that here. Nothing was put in.");
        }
        if changed {
            self.keep_soon(cx);
        }
    }

    fn command(&mut self, command: Command, cx: &mut Ui<'_>) {
        match command {
            Command::Send if self.keeping => self.save_next = true,
            Command::Send => cx.call(EditProfile { texts: self.texts() }),
            Command::Back => self.leave(cx),
            Command::DropDraft if self.is_unsaved() => {
                let question = "Drop what you typed, and show your saved profile?";
                cx.effect(Effect::Push(Box::new(Confirm::new(DROP, question))));
            }
            Command::Help => cx.effect(Effect::Push(super::help(self.title(), self.scopes()))),
            Command::NextField => self.next(cx),
            Command::PreviousField if self.in_about => self.in_about = false,
            // Up leads out of the text where it cannot lead up in it.
            Command::Up if self.in_about && self.about.is_at_top() => self.in_about = false,
            _ if self.in_about => {
                if self.about.command(command) == Took::Changed {
                    self.keep_soon(cx);
                }
            }
            _ => self.in_about = self.form.command(command) == Went::Done,
        }
    }

    /// To the next line, from the last one into the text, from there to the first. A time zone that is begun is
    /// completed first.
    fn next(&mut self, cx: &mut Ui<'_>) {
        let last = self.form.len() - 1;
        if self.in_about {
            self.in_about = false;
            self.form.go_to(0);
        } else if self.form.at() == ZONE && self.complete_zone() {
            self.keep_soon(cx);
        } else if self.form.at() == last {
            self.in_about = true;
        } else {
            self.form.go_to(self.form.at() + 1);
        }
    }

    /// True when the zone is another one now.
    fn complete_zone(&mut self) -> bool {
        let typed = self.form.text(ZONE).to_owned();
        if typed.trim().is_empty() || Zone::parse(&typed).is_ok_and(|zone| zone.name() == typed) {
            return false;
        }
        let found = Zone::parse(&typed).map(|zone| zone.name().to_owned()).ok();
        let Some(name) = found.or_else(|| Zone::matching(&typed, 1).pop()) else { return false };
        self.form.set_text(ZONE, &name);
        true
    }

    fn zone_words(&self) -> String {
        let typed = self.form.text(ZONE);
        if let Ok(zone) = Zone::parse(typed) {
            return format!("{}: all times on your screens are shown in it.", zone.name());
        }
        let found = Zone::matching(typed, ZONES_SHOWN);
        if found.is_empty() {
            return "Write the nearest large city, such as Berlin or New York.".to_owned();
        }
        format!("Tab: {}", found.join(", "))
    }
}
