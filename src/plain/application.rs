//! An application, as staff read it.

use super::post::body;
use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use crate::domain::draft::{ApplicationText, DraftTarget, Form};
use crate::domain::ids::ApplicationId;
use crate::service::applications::{
    Application, AskApplicant, ClaimApplication, DECLINES, DecideApplication, ReadApplication,
    ReleaseApplication,
};
use crate::service::cases::QueueKind;
use crate::service::watch::EvidenceAt;

static MENU: Menu = Menu {
    name: "application",
    entries: &[
        entry(Act::Claim, "claim", "c", "", "claim it, for two hours as a rule, or give it back"),
        entry(Act::Approve, "approve", "", "", "let the applicant in"),
        entry(Act::Decline, "decline", "", "", "decline, with a kind word on why"),
        entry(Act::Ask, "ask", "", "", "ask the applicant something"),
        entry(Act::Next, "next", "n", "", "the next thing of the queue"),
        entry(Act::Again, "again", "a", "", "the application once more, as it is now"),
        entry(Act::Watch, "watch", "", "", "watch them for 90 days, with this as evidence"),
        entry(Act::Ban, "ban", "", "", "ban one of their keys, or for the sysop an address"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: true,
};

impl Talk {
    pub(super) async fn application(&mut self, id: ApplicationId) -> Talked<()> {
        let mut application = self.call(ReadApplication { id }).await?;
        if self.arrives() {
            self.say_application(&application).await?;
        }
        loop {
            let said = self.command("application", &MENU).await?;
            let done = match said {
                Said::Act(act, _) => self.application_act(act, &mut application).await,
                Said::Pick(_) => Ok(()),
                Said::Other(text) => self.not_understood(&text).await,
            };
            self.recover(done).await?;
        }
    }

    async fn application_act(&mut self, act: Act, application: &mut Application) -> Talked<()> {
        let id = application.id;
        let handle = application.handle.clone();
        match act {
            Act::Watch => {
                return self.watch_member(application.member, Some(EvidenceAt::Application(id))).await;
            }
            Act::Ban => return self.ban_of(application.member).await,
            Act::Claim => {
                let mine =
                    application.claim.as_ref().is_some_and(|claim| Some(claim.by) == self.me.actor.id());
                if mine {
                    self.call(ReleaseApplication { id }).await?;
                    self.say("Given back to the others.").await?;
                } else {
                    self.call(ClaimApplication { id }).await?;
                    self.say_claimed().await?;
                }
            }
            Act::Approve | Act::Decline => {
                let approve = act == Act::Approve;
                let text = if approve { ApplicationText::Welcome } else { ApplicationText::Decline };
                let form = Form::Application(text, id);
                let answer = match approve {
                    true => self.ask_kept(&format!("a word to {handle}, or Enter for none"), form).await?,
                    false => self.kind_words(&handle, form).await?,
                };
                let question =
                    if approve { format!("Let {handle} in?") } else { format!("Decline {handle}?") };
                if !self.confirm(&question).await? {
                    return Err(Turn::Cancelled);
                }
                self.call(DecideApplication { id, approve, answer }).await?;
                self.drop_kept(form).await?;
                self.say(&if approve {
                    format!("{handle} is in.")
                } else {
                    format!("{handle} is declined.")
                })
                .await?;
            }
            Act::Ask => {
                let form = Form::Application(ApplicationText::Ask, id);
                let question = self.ask_kept_words(&format!("question to {handle}"), form).await?;
                self.call(AskApplicant { id, question }).await?;
                self.drop_kept(form).await?;
                self.say(&format!("Asked. {handle} answers at the door.")).await?;
            }
            Act::Next => {
                let kind = QueueKind::Application { application: id, member: application.member };
                return self.next_item(kind).await;
            }
            _ => return Err(Turn::Instead(Place::Application(id))),
        }
        *application = self.call(ReadApplication { id }).await?;
        Ok(())
    }

    /// The words of a decline: one's own, or a template that is taken as it stands or said otherwise.
    async fn kind_words(&mut self, handle: &str, form: Form) -> Talked<String> {
        // What was begun is gone on with.
        if self.kept_line(&DraftTarget::of(form)).await?.is_some() {
            return self.ask_kept_words(&format!("a kind word to {handle} on why"), form).await;
        }
        let options: Vec<String> = DECLINES.iter().map(|template| template.name.to_owned()).collect();
        let chosen = self.choose("Which words to begin with?", &options).await?;
        let text = DECLINES.get(chosen).map_or("", |template| template.text);
        if text.is_empty() {
            return self.ask_kept_words(&format!("a kind word to {handle} on why"), form).await;
        }
        // A template is a draft from the start: it is there again after a dropped line, changed or not.
        self.keep_line(&DraftTarget::of(form), text).await?;
        self.ask_kept_words("your own words", form).await
    }

    async fn say_application(&mut self, application: &Application) -> Talked<()> {
        let now = self.now();
        let Application {
            handle,
            inviter,
            why,
            answers,
            vouches,
            introduction,
            submitted_at,
            questions,
            claim,
            decision,
            ..
        } = application;
        self.say(&format!("Application of {handle}, sent {}.", ago(now, *submitted_at))).await?;
        if let Some(inviter) = inviter {
            self.say(&format!("Invited by {inviter}.")).await?;
        }
        if let Some(claim) = claim {
            self.say(&format!("Claimed by {} {}.", claim.handle, ago(now, claim.at))).await?;
        }
        for mark in &application.marks {
            self.say(mark).await?;
        }
        for vouched in vouches {
            self.say(&format!("{} vouches, {}: {}", vouched.handle, ago(now, vouched.at), vouched.words))
                .await?;
        }
        self.say("\nWhat brings them here:\n").await?;
        self.say(if why.is_empty() { "(nothing was written)" } else { why }).await?;
        for answered in answers {
            self.say(&format!("\nAsked: {}", answered.asking.words)).await?;
            let words = answered.words();
            self.say(if words.is_empty() { "(left out)" } else { &words }).await?;
        }
        if !introduction.is_empty() {
            self.say("\nTheir introduction:\n").await?;
            self.say(&body(introduction, true)).await?;
        }
        for question in questions {
            self.say(&format!(
                "\n{} asked {}: {}",
                question.asker,
                ago(now, question.asked_at),
                question.text
            ))
            .await?;
            match question.is_open() {
                true => self.say("Not answered yet.").await?,
                false => self.say(&format!("The answer: {}", question.reply)).await?,
            }
        }
        if let Some(decision) = decision {
            let how = if decision.approved { "Let in" } else { "Declined" };
            let by = decision.by.as_deref().unwrap_or("an invite");
            self.say(&format!("\n{how} by {by} {}. {}", ago(now, decision.at), decision.answer)).await?;
        }
        self.say("").await
    }
}
