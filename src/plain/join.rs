//! The steps of an account on its way in, and where it stands: the charter rule by rule, what brings one here, an
//! introduction; then the state of the application, the staff's questions, a sanction.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::ago;
use super::write::Keep;
use crate::domain::draft::{DraftTarget, Form};
use crate::domain::ids::QuestionId;
use crate::domain::member::Standing;
use crate::domain::question::{Asking, QuestionKind};
use crate::domain::time::absolute;
use crate::service::applications::{AnswerApplicationQuestion, ShowAtDoor};
use crate::service::joining::{
    ANSWER_FORM, AcceptRule, AnswerDoorQuestion, AnswerWhy, INTRODUCTION_FORM, Joining, JoiningState, Step,
    SubmitApplication, UseInvite, WHY_FORM, WriteIntroduction,
};
use crate::service::waitlist::WakeSeat;

static RULE: Menu = Menu {
    name: "rule",
    entries: &[
        entry(Act::Accept, "accept", "ay", "", "accept this rule and go on"),
        entry(Act::Again, "again", "", "", "the rule once more"),
        entry(Act::Charter, "charter", "", "", "the whole charter"),
        entry(Act::EnterInvite, "invite", "", "CODE", "enter the code of an invite"),
    ],
    main: usize::MAX,
    enter: None,
    numbered: true,
};

static PAUSE: Menu = Menu {
    name: "joining",
    entries: &[
        entry(Act::Accept, "go", "g", "", "go on with this step"),
        entry(Act::Charter, "charter", "", "", "the whole charter"),
        entry(Act::EnterInvite, "invite", "", "CODE", "enter the code of an invite"),
    ],
    main: usize::MAX,
    enter: Some(Act::Accept),
    numbered: true,
};

static STATUS: Menu = Menu {
    name: "status",
    entries: &[
        entry(Act::Again, "again", "a", "", "how things stand now"),
        entry(Act::Reply, "answer", "", "", "answer what the staff asked"),
        entry(Act::Charter, "charter", "", "", "the whole charter"),
        entry(Act::EnterInvite, "invite", "", "CODE", "enter the code of an invite"),
        entry(Act::ShowSelf, "hide", "", "", "hide from members that you wait, or show it again"),
    ],
    main: usize::MAX,
    enter: Some(Act::Again),
    numbered: true,
};

static SANCTIONED: Menu = Menu {
    name: "status",
    entries: &[
        entry(Act::Again, "again", "a", "", "how things stand now"),
        entry(Act::Appeal, "appeal", "", "", "appeal against what the staff did, within 20 days"),
        entry(Act::Mine, "mine", "", "", "what the staff did that concerned you, and what came of an appeal"),
        entry(Act::Charter, "charter", "", "", "the whole charter"),
    ],
    main: usize::MAX,
    enter: Some(Act::Again),
    numbered: true,
};

static ASLEEP: Menu = Menu {
    name: "asleep",
    entries: &[
        entry(Act::Wake, "wake", "w", "", "wake your seat and come in"),
        entry(Act::Charter, "charter", "", "", "the whole charter"),
    ],
    main: usize::MAX,
    enter: Some(Act::Wake),
    numbered: true,
};

impl Talk {
    pub(super) async fn account_door(&mut self) -> Talked<()> {
        loop {
            let joining = self.call(JoiningState).await?;
            let done = match joining.step {
                Step::Rule(no) => self.rule(&joining, no).await,
                Step::Why => self.why(&joining).await,
                Step::Asked(question) => self.door_question(&joining, question).await,
                Step::Introduction => self.introduction(&joining).await,
                Step::Inside => self.come_in().await,
                Step::Wake => self.wake(&joining).await,
                Step::Waiting | Step::Line | Step::Question | Step::Declined => self.status(&joining).await,
                Step::Suspended | Step::Removed => self.sanctioned(&joining).await,
            };
            self.recover(done).await?;
        }
    }

    async fn come_in(&mut self) -> Talked<()> {
        self.say("You are in. Welcome.").await?;
        self.refresh().await?;
        Err(Turn::Go(Place::Home))
    }

    /// A seat that sleeps: one word wakes it (D7).
    async fn wake(&mut self, joining: &Joining) -> Talked<()> {
        self.say(&format!(
            "Welcome back, {}. You were away for a long time, so your seat sleeps. Enter wakes it.",
            joining.handle
        ))
        .await?;
        match self.command("asleep", &ASLEEP).await? {
            Said::Act(Act::Wake, _) => {
                let joining = self.call(WakeSeat).await?;
                if joining.line.is_none() { self.come_in().await } else { Ok(()) }
            }
            Said::Act(Act::Charter, _) => self.charter().await,
            Said::Other(text) => self.not_understood(&text).await,
            _ => Ok(()),
        }
    }

    async fn rule(&mut self, joining: &Joining, no: i64) -> Talked<()> {
        let Some(rule) = joining.charter.rule(no) else { return Ok(()) };
        let count = joining.charter.rules.len();
        self.say(&format!("\nRule {no} of {count}: {}.\n{}", rule.title, rule.body)).await?;
        let said_all = self.said_all();
        let said = self.command(&format!("rule {no} of {count}, accept?"), &RULE).await?;
        match said {
            // Nobody accepts what they have not met.
            Said::Act(Act::Accept, _) if said_all => {
                self.call(AcceptRule { version: joining.charter.version, no }).await.map(drop)
            }
            Said::Act(Act::Charter, _) => self.charter().await,
            Said::Act(Act::EnterInvite, code) => self.use_invite(&code).await,
            Said::Other(text) => self.not_understood(&text).await,
            _ => Ok(()),
        }
    }

    async fn why(&mut self, joining: &Joining) -> Talked<()> {
        self.say("\nWhat brings you here? A sentence or two, for the staff who read this.").await?;
        let start = joining.drafts.why.clone().unwrap_or_else(|| joining.why.clone());
        match self.write_form(&start, &form(WHY_FORM)).await? {
            Some(text) => self.call(AnswerWhy { text }).await.map(drop),
            None => self.pause().await,
        }
    }

    /// One of the sysop's own questions: in words as any other text, choices by their numbers.
    async fn door_question(&mut self, joining: &Joining, question: QuestionId) -> Talked<()> {
        let Some(asked) = joining.asked.iter().find(|asked| asked.question == question) else {
            return Ok(());
        };
        let (asking, version) = (&asked.asking, asked.version);
        self.say(&format!("\n{}", asking.words)).await?;
        let (text, chosen) = if asking.kind == QuestionKind::Text {
            self.say(if asking.required { "A sentence or two." } else { "You may send it empty." }).await?;
            let start = asked.draft.clone().unwrap_or_default();
            let keep = Keep::of(DraftTarget::of(Form::DoorQuestion(question)));
            match self.write_form(&start, &keep).await? {
                Some(text) => (text, Vec::new()),
                None => return self.pause().await,
            }
        } else {
            (String::new(), self.choose_numbers(asking).await?)
        };
        self.call(AnswerDoorQuestion { question, version, text, chosen }).await.map(drop)
    }

    /// What was chosen, by numbers with spaces or commas between them; an empty line chooses nothing.
    async fn choose_numbers(&mut self, asking: &Asking) -> Talked<Vec<i64>> {
        for (choice, no) in asking.choices.iter().zip(1..) {
            self.say(&format!("{no} {}", choice.words)).await?;
        }
        let prompt = match (asking.kind, asking.required) {
            (QuestionKind::One, true) => "number",
            (QuestionKind::One, false) => "number, or Enter for none",
            (_, true) => "numbers",
            (_, false) => "numbers, or Enter for none",
        };
        loop {
            let line = self.ask_any(prompt).await?;
            let words = line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
            let numbers: Result<Vec<i64>, _> = words.map(str::parse).collect();
            let answer = numbers.ok().map(|numbers| asking.answer("", &numbers));
            match answer {
                Some(Ok(answer)) => return Ok(answer.chosen),
                Some(Err(why)) => self.say(&why.to_string()).await?,
                None => self.say(&format!("Type numbers from 1 to {}.", asking.choices.len())).await?,
            }
        }
    }

    async fn introduction(&mut self, joining: &Joining) -> Talked<()> {
        let last = if joining.is_invited() { "and you are in" } else { "and your application is on its way" };
        self.say(&format!("\nIntroduce yourself: it becomes your first post once you are in. It may stay empty. Send it, {last}.")).await?;
        let start = joining.drafts.introduction.clone().unwrap_or_else(|| joining.introduction.clone());
        match self.write_form(&start, &form(INTRODUCTION_FORM)).await? {
            Some(text) => {
                self.call(WriteIntroduction { text }).await?;
                self.call(SubmitApplication).await?;
                Ok(())
            }
            None => self.pause().await,
        }
    }

    /// After a text was left: what is kept waits.
    async fn pause(&mut self) -> Talked<()> {
        match self.command("joining", &PAUSE).await? {
            Said::Act(Act::Charter, _) => self.charter().await,
            Said::Act(Act::EnterInvite, code) => self.use_invite(&code).await,
            Said::Other(text) => self.not_understood(&text).await,
            _ => Ok(()),
        }
    }

    async fn use_invite(&mut self, code: &str) -> Talked<()> {
        let code = self.invite_code(code).await?;
        self.call(UseInvite { code }).await?;
        self.say("The invite is yours.").await
    }

    async fn status(&mut self, joining: &Joining) -> Talked<()> {
        self.say_status(joining).await?;
        match self.command("at the door", &STATUS).await? {
            Said::Act(Act::Reply, _) if joining.step == Step::Question => self.answer_question(joining).await,
            Said::Act(Act::Reply, _) => self.say("You are asked nothing just now.").await,
            Said::Act(Act::ShowSelf, _) => self.call(ShowAtDoor { shown: !joining.shown }).await,
            Said::Act(Act::Charter, _) => self.charter().await,
            Said::Act(Act::EnterInvite, code) => self.use_invite(&code).await,
            Said::Other(text) => self.not_understood(&text).await,
            // A suspension may be over, an application decided.
            _ => self.refresh().await,
        }
    }

    /// Whoever is suspended or removed: why, until when, and the way to an appeal (M4).
    async fn sanctioned(&mut self, joining: &Joining) -> Talked<()> {
        self.say_status(joining).await?;
        match self.command("at the door", &SANCTIONED).await? {
            Said::Act(Act::Appeal, _) => self.appeal().await,
            Said::Act(Act::Mine, _) => self.concerning_me().await,
            Said::Act(Act::Charter, _) => self.charter().await,
            Said::Other(text) => self.not_understood(&text).await,
            // A suspension may be over.
            _ => self.refresh().await,
        }
    }

    async fn answer_question(&mut self, joining: &Joining) -> Talked<()> {
        let start = joining.drafts.answer.clone().unwrap_or_default();
        match self.write_form(&start, &form(ANSWER_FORM)).await? {
            Some(text) => {
                self.call(AnswerApplicationQuestion { text }).await?;
                self.say("Your answer is with the staff.").await
            }
            None => Ok(()),
        }
    }

    /// The place in the line for a seat (D7).
    async fn say_line(&mut self, joining: &Joining) -> Talked<()> {
        let handle = &joining.handle;
        self.say(&match joining.standing {
            Standing::Asleep => format!("Welcome back, {handle}. The next seat that comes free is for you."),
            _ => format!("You are approved, {handle}. Welcome soon."),
        })
        .await?;
        if !joining.answer.is_empty() {
            self.say(&format!("The staff write: {}", joining.answer)).await?;
        }
        if let Some(line) = &joining.line {
            self.say(&line.place_words()).await?;
            self.say(&line.hold_words()).await?;
            if let Some(at) = line.next_at {
                let (now, zone) = (self.now(), self.zone());
                let when = absolute(at, &zone);
                self.say(&format!("The next seat opens {when} {}, {}.", zone.name(), ago(now, at))).await?;
            }
        }
        self.say("You may leave: your place is kept, and your next login says that you are in.").await
    }

    async fn say_status(&mut self, joining: &Joining) -> Talked<()> {
        let now = self.now();
        let handle = &joining.handle;
        match joining.standing {
            Standing::Suspended | Standing::Removed => return self.say_sanction(handle).await,
            Standing::Declined => {
                self.say(&format!("{handle}, your application was declined.")).await?;
                if !joining.answer.is_empty() {
                    self.say(&format!("The staff write: {}", joining.answer)).await?;
                }
                return self.say("This says nothing about you as a person: a small place cannot fit everybody. Thank you for knocking.").await;
            }
            Standing::Waiting | Standing::Asleep => return self.say_line(joining).await,
            _ => {}
        }
        let sent = joining.submitted_at.map_or_else(String::new, |at| format!(", sent {}", ago(now, at)));
        self.say(&format!("Thank you, {handle}. Your application is with the staff{sent}.")).await?;
        if joining.in_hand {
            self.say("Somebody is reading it just now.").await?;
        }
        for asked in &joining.questions {
            self.say(&format!("{} asked: {}", asked.asker, asked.text)).await?;
            match asked.is_open() {
                true => self.say("answer answers it.").await?,
                false => self.say(&format!("You answered: {}", asked.reply)).await?,
            }
        }
        match joining.vouches {
            0 => {}
            1 => self.say("A member vouches for you.").await?,
            many => self.say(&format!("{many} members vouch for you.")).await?,
        }
        self.say(if joining.shown {
            "Members see your handle and introduction meanwhile. hide hides both."
        } else {
            "Only the staff see that you are here. hide shows members your handle and introduction again."
        })
        .await?;
        self.say("People read every application themselves, so it can take a day or two. You may leave: nothing is lost.").await
    }
}

fn form(name: &str) -> Keep {
    Keep::of(DraftTarget::Form(name.to_owned()))
}
