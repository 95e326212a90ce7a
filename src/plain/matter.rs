//! Appeals: making one, deciding one, sitting on the jury of one; and the second pair of eyes.

use super::talk::Talk;
use super::turn::{Talked, Turn};
use super::words::{ago, sentences};
use crate::domain::draft::Form;
use crate::domain::ids::MatterId;
use crate::domain::moderation::Thing;
use crate::domain::time::time_left;
use crate::service::cases::{
    APPEAL_CHARS_MAX, Appeal, AppealAct, AppealTo, AppealWays, DecideMatter, DeclineJury, JuryFile, OpenJury,
    OpenMatter, VoteOnAppeal,
};
use crate::service::moderation::AboutMe;

impl Talk {
    /// Says a matter and asks for its decision.
    pub(super) async fn matter(&mut self, matter: MatterId) -> Talked<()> {
        let file = self.call(OpenMatter { matter }).await?;
        let asked = ago(self.now(), file.asked_at);
        if file.alone && file.decided.is_none() {
            let words = "You are part of this, and nobody else is here to look at it. The mod log says so.";
            self.say(words).await?;
        }
        self.say(&format!("{}, {asked}:", file.opening())).await?;
        self.say(&file.words).await?;
        if let Some(rule) = &file.rule {
            self.say(&format!("Rule {}: {}", rule.no, rule.title)).await?;
        }
        if !file.notice.is_empty() {
            self.say(&format!("What was done, as the member read it: {}", sentences(&file.notice))).await?;
        }
        if let Some((by, at, granted, answer)) = &file.decided {
            let how = if *granted { "granted" } else { "refused" };
            self.say(&format!("It was {how} by {by} {}. {answer}", ago(self.now(), *at))).await?;
            return Err(Turn::Return);
        }
        let answers = ["Grant it".to_owned(), "Refuse it".to_owned()];
        let grant = self.choose("What is to be done?", &answers).await? == 0;
        // The same draft as on the screen: what was begun there is gone on with here.
        let form = Form::Act(Thing::Member(file.member_id));
        self.send_kept("why", form, |reason| DecideMatter { matter, grant, reason }).await?;
        self.say("Decided. The member is told, and the mod log says it.").await?;
        Err(Turn::Return)
    }

    /// Appeals against something that the staff did.
    pub(super) async fn appeal(&mut self) -> Talked<()> {
        let notices = self.call(AboutMe).await?.notices;
        let open: Vec<_> =
            notices.into_iter().filter(|notice| matches!(notice.appeal, Appeal::Open(_))).collect();
        if open.is_empty() {
            return self.say("There is nothing that you could appeal against.").await;
        }
        let words: Vec<String> = open.iter().map(|notice| sentences(&notice.paragraphs)).collect();
        let index = self.choose("Appeal against what?", &words).await?;
        let Some(notice) = open.get(index) else { return Err(Turn::Cancelled) };
        let act = notice.act;
        let choices = self.call(AppealWays { act }).await?.choices();
        let to = match choices.as_slice() {
            [] => AppealTo::Staff,
            [(only, _)] => *only,
            more => {
                let words: Vec<String> = more.iter().map(|(_, words)| words.clone()).collect();
                let index = self.choose("Who is to look at it?", &words).await?;
                more.get(index).ok_or(Turn::Cancelled)?.0
            }
        };
        let ask = format!("what was not right, {APPEAL_CHARS_MAX} characters at most");
        let with = self.send_kept(&ask, Form::Appeal(act), |words| AppealAct { act, words, to }).await?;
        self.say(with.words()).await
    }

    /// An appeal that one was drawn for: says it, and asks for a vote.
    pub(super) async fn jury(&mut self, matter: MatterId) -> Talked<()> {
        let file = self.call(OpenJury { matter }).await?;
        self.say_jury(&file).await?;
        let Some(until) = file.until else { return Ok(()) };
        self.say(file.asked_words()).await?;
        let left = time_left(until, self.now());
        self.say(&format!("You have {left}; then somebody else is drawn. You are named nowhere.")).await?;
        let answers = [
            "Take it back".to_owned(),
            "Let it stand".to_owned(),
            "Decline: somebody else is drawn".to_owned(),
            "Later".to_owned(),
        ];
        let choice = self.choose("What do you say?", &answers).await?;
        match choice {
            0 | 1 => {
                let form = Form::Jury(matter);
                let reason = self.ask_kept_words("why; it is read without your name", form).await?;
                self.call(VoteOnAppeal { matter, undo: choice == 0, reason }).await?;
                self.drop_kept(form).await?;
                self.say("Thank you. Your vote is kept.").await
            }
            2 => {
                self.call(DeclineJury { matter }).await?;
                self.say("That is fine: somebody else is asked.").await
            }
            _ => Ok(()),
        }
    }

    async fn say_jury(&mut self, file: &JuryFile) -> Talked<()> {
        let vote = |undo: bool| if undo { "take it back" } else { "let it stand" };
        if let Some((granted, votes)) = &file.ended {
            let how = if *granted { "It was taken back." } else { "It stands." };
            self.say(&format!("{how} Thank you for looking at it.")).await?;
            for (undo, reason) in votes {
                self.say(&format!("{}: {reason}", vote(*undo))).await?;
            }
        } else if let Some((undo, reason)) = &file.mine {
            let words = format!(
                "Your vote: {}. {reason} The others' votes are said when it is decided.",
                vote(*undo)
            );
            self.say(&words).await?;
        }
        let asked = ago(self.now(), file.asked_at);
        self.say(&format!("{} appeals, {asked}:", file.member)).await?;
        self.say(&file.words).await?;
        self.say(&format!("What was done, as the member read it: {}", sentences(&file.notice))).await?;
        if let Some(snapshot) = &file.snapshot {
            self.say("What it was about, as it was then:").await?;
            self.say(snapshot).await?;
        }
        match &file.rule {
            Some(rule) => self.say(&format!("Rule {}: {}. {}", rule.no, rule.title, rule.body)).await,
            None => Ok(()),
        }
    }
}
