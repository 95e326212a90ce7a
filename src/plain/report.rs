//! Reporting a thing to the staff.

use super::post::body;
use super::talk::Talk;
use super::turn::{Talked, Turn};
use crate::domain::draft::Form;
use crate::domain::invite::InviteCode;
use crate::domain::moderation::{NO_RULE, Thing};
use crate::service::cases::{
    InviteReportForm, ReportForm, ReportInvite, ReportSubject, ReportThing, Reported,
};

impl Talk {
    pub(super) async fn report(&mut self, thing: Thing) -> Talked<()> {
        let subject = self.call(ReportForm { thing }).await?;
        let words = match thing {
            Thing::Message(_) => {
                "It goes to the staff with your report. They read nothing else of the conversation."
            }
            Thing::Line(_) => {
                "It goes to the staff with your report, with a few lines that were said around it."
            }
            _ => "",
        };
        let (rule_no, note) = self.about_report(&subject, words, Form::Report(thing)).await?;
        let reported = self.call(ReportThing { thing, rule_no, note }).await?;
        self.reported(reported, Form::Report(thing)).await
    }

    /// An invite, by its code: nothing else is the leave to name one.
    pub(super) async fn report_invite(&mut self, code: &str) -> Talked<()> {
        let code = match code {
            "" => self.ask("the code that you saw where it does not belong").await?,
            code => code.to_owned(),
        };
        let code = match InviteCode::parse(&code) {
            Ok(code) => code,
            Err(why) => return self.say(&why.to_string()).await,
        };
        let subject = self.call(InviteReportForm { code: code.clone() }).await?;
        let words = "The staff do not get the code. Say in the note where you saw it.";
        let (rule_no, note) = self.about_report(&subject, words, Form::InviteReport).await?;
        let reported = self.call(ReportInvite { code, rule_no, note }).await?;
        self.reported(reported, Form::InviteReport).await
    }

    /// What is reported, under which rule, with which note.
    async fn about_report(
        &mut self,
        subject: &ReportSubject,
        words: &str,
        form: Form,
    ) -> Talked<(i64, String)> {
        self.say(&format!("You report {} by {}, which says:\n", subject.label, subject.author)).await?;
        self.say(&body(&subject.text, false)).await?;
        self.say("").await?;
        if !words.is_empty() {
            self.say(words).await?;
        }
        let rule_no =
            if subject.rules.is_empty() { NO_RULE } else { self.choose_rule(&subject.rules).await?.no };
        let note = self.ask_kept("a note for the staff, or Enter for none", form).await?;
        if !self.confirm("Send the report?").await? {
            return Err(Turn::Cancelled);
        }
        Ok((rule_no, note))
    }

    async fn reported(&mut self, reported: Reported, form: Form) -> Talked<()> {
        self.drop_kept(form).await?;
        self.say(if reported.first {
            "Reported. The staff will look at it; mine tells what became of it."
        } else {
            "Reported. Others reported it too; mine tells what became of it."
        })
        .await?;
        Err(Turn::Return)
    }
}
