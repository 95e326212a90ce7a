//! Saying under which rule and why, and hearing what the member concerned will read before anything is done.

use super::talk::Talk;
use super::turn::{Talked, Turn, Undo};
use crate::domain::draft::Form;
use crate::domain::ids::{ActId, CaseId};
use crate::domain::moderation::{Deed, NO_RULE, Notice, Reason, Thing, outcome};
use crate::domain::policy::Denied;
use crate::domain::time::{Timestamp, time_left};
use crate::service::Error;
use crate::service::cases::{AskForSecond, DecideCase};
use crate::service::charter::Rule;
use crate::service::moderation::{Moderate, PossibleDeed};

/// What is decided about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Case(CaseId),
    Thing(Thing),
}

/// What is about to be done.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) subject: Subject,
    /// The deeds; none: nothing wrong.
    pub(super) deeds: Vec<PossibleDeed>,
    pub(super) rules: Vec<Rule>,
    /// The member concerned.
    pub(super) member: String,
    /// What it is about.
    pub(super) thing: Thing,
}

impl Plan {
    fn needs_rule(&self) -> bool {
        !self.rules.is_empty() && self.deeds.iter().any(|possible| possible.deed.kind().needs_rule())
    }

    /// Under what its reason is kept until it is done.
    fn form(&self) -> Form {
        match self.subject {
            Subject::Case(case) => Form::Case(case),
            Subject::Thing(thing) => Form::Act(thing),
        }
    }

    fn needs_reason(&self) -> bool {
        self.deeds.iter().any(|possible| possible.deed.kind().needs_reason())
    }

    /// What people will read.
    fn preview(&self, rule: Option<&Rule>, reason: &str) -> String {
        if self.deeds.is_empty() {
            return format!("Those who reported it will read:\n\n{}", outcome(&[], reason));
        }
        let mut text = format!("{} will read:\n", self.member);
        for possible in &self.deeds {
            let term = possible.deed.term();
            let notice = Notice {
                kind: possible.deed.kind(),
                term,
                what: &possible.about,
                rule: rule.map(|rule| (rule.no, rule.title.as_str())),
                reason,
            };
            text.push_str(&format!("\n{}\n", notice.paragraphs().join("\n")));
        }
        text
    }
}

impl Talk {
    /// Asks for rule and reason, says the preview, and does it.
    pub(super) async fn decide(&mut self, plan: Plan) -> Talked<()> {
        let rule = if plan.needs_rule() { Some(self.choose_rule(&plan.rules).await?) } else { None };
        let mut reason = self.ask_reason(&plan).await?;
        loop {
            self.say(&plan.preview(rule.as_ref(), &reason)).await?;
            let answer = self.ask("1 do it, 2 another reason, 3 leave it").await?;
            match answer.to_lowercase().as_str() {
                "1" | "do" | "do it" | "y" | "yes" => break,
                "2" | "another" | "another reason" | "reason" => reason = self.ask_reason(&plan).await?,
                _ => return Err(Turn::Cancelled),
            }
        }
        let form = plan.form();
        let rule_no = rule.map_or(NO_RULE, |rule| rule.no);
        let deeds: Vec<Deed> = plan.deeds.iter().map(|possible| possible.deed).collect();
        let done = match (plan.subject, deeds.as_slice()) {
            (Subject::Thing(thing), [deed]) => {
                let request = Moderate { thing, deed: *deed, rule_no, reason: reason.clone() };
                self.call(request).await.map(|done| (done.act, done.undo_until))
            }
            (Subject::Case(case), _) => {
                let request = DecideCase { case, deeds: deeds.clone(), rule_no, reason: reason.clone() };
                self.call(request).await.map(|done| (done.act, done.undo_until))
            }
            // Without a case there is one deed at a time.
            (Subject::Thing(_), _) => return Err(Turn::Cancelled),
        };
        let (act, until) = match done {
            Err(Turn::Refused(Error::Denied(Denied::NeedsSecond))) => {
                return self.ask_for_second(&plan, rule_no, reason).await;
            }
            done => done?,
        };
        self.drop_kept(form).await?;
        self.done(act, until).await
    }

    /// Removing somebody, or skipping a step, needs a second pair of eyes, unless nobody else is free.
    async fn ask_for_second(&mut self, plan: &Plan, rule_no: i64, reason: String) -> Talked<()> {
        let mut deeds = plan.deeds.iter().map(|possible| possible.deed);
        let deed = deeds.rfind(|deed| deed.may_need_eyes()).ok_or(Turn::Cancelled)?;
        self.call(AskForSecond { thing: plan.thing, deed, rule_no, reason }).await?;
        self.drop_kept(plan.form()).await?;
        self.say("It waits in the queue for a second pair of eyes. A case about it stays open for the rest.")
            .await
    }

    /// It is done; for a while it can be undone.
    pub(super) async fn done(&mut self, act: ActId, until: Timestamp) -> Talked<()> {
        self.remember(Undo::Act(act));
        let left = time_left(until, self.now());
        self.say(&format!("Done. undo takes it back for {left}.")).await
    }

    /// One of the charter's rules.
    pub(super) async fn choose_rule(&mut self, rules: &[Rule]) -> Talked<Rule> {
        self.say("Under which rule?").await?;
        for rule in rules {
            self.say(&format!("{} {}", rule.no, rule.title)).await?;
        }
        loop {
            let answer = self.ask("rule").await?;
            let no = super::table::number(&answer).and_then(|no| i64::try_from(no).ok());
            match rules.iter().find(|rule| Some(rule.no) == no) {
                Some(rule) => return Ok(rule.clone()),
                None => self.say("Type the number of a rule, or an empty line for none of them.").await?,
            }
        }
    }

    async fn ask_reason(&mut self, plan: &Plan) -> Talked<String> {
        loop {
            let text = self.ask_kept("reason, which the member reads", plan.form()).await?;
            let checked = if plan.needs_reason() { Reason::required(&text) } else { Reason::optional(&text) };
            match checked {
                Ok(reason) => return Ok(reason.as_str().to_owned()),
                Err(why) => self.say(&format!("{why} Ctrl-C leaves it.")).await?,
            }
        }
    }
}
