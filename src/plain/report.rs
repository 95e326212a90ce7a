//! Reporting a thing to the staff.

use super::post::body;
use super::talk::Talk;
use super::turn::{Talked, Turn};
use crate::domain::draft::Form;
use crate::domain::moderation::{NO_RULE, Thing};
use crate::service::cases::{ReportForm, ReportThing};

impl Talk {
    pub(super) async fn report(&mut self, thing: Thing) -> Talked<()> {
        let subject = self.call(ReportForm { thing }).await?;
        self.say(&format!("You report {} by {}, which says:\n", subject.label, subject.author)).await?;
        self.say(&body(&subject.text, false)).await?;
        self.say("").await?;
        if matches!(thing, Thing::Message(_)) {
            let words = "It goes to the staff with your report. They read nothing else of the conversation.";
            self.say(words).await?;
        }
        let rule_no =
            if subject.rules.is_empty() { NO_RULE } else { self.choose_rule(&subject.rules).await?.no };
        let note = self.ask_kept("a note for the staff, or Enter for none", Form::Report(thing)).await?;
        if !self.confirm("Send the report?").await? {
            return Err(Turn::Cancelled);
        }
        let reported = self.call(ReportThing { thing, rule_no, note }).await?;
        self.drop_kept(Form::Report(thing)).await?;
        self.say(if reported.first {
            "Reported. The staff will look at it; mine tells what became of it."
        } else {
            "Reported. Others reported it too; mine tells what became of it."
        })
        .await?;
        Err(Turn::Return)
    }
}
