//! Reporting words to the staff (M1).

use super::find;
use crate::domain::moderation::{Reason, Thing};
use crate::domain::policy::Report;
use crate::domain::room::Spoken;
use crate::service::cases::{ReportSubject, Reported, file};
use crate::service::moderation::{Target, rules};
use crate::service::{Cx, Error, Reads, Request, Result, Writes};

/// Asks for what the forms show that report words or take them down.
#[derive(Clone, Copy, Debug)]
pub struct WordsForm {
    /// Which.
    pub words: Spoken,
}

impl Request for WordsForm {
    type Reply = ReportSubject;
    type Access = Reads;
    const NAME: &'static str = "words form";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ReportSubject> {
        let found = find(cx, self.words).await?;
        cx.allow(&Report { author: found.author })?;
        let label = format!("a line {}", found.place);
        Ok(ReportSubject { label, author: found.handle, text: found.text, rules: rules(cx).await? })
    }
}

/// Reports words under a rule: a report on the member who said them, with what they said.
#[derive(Clone, Debug)]
pub struct ReportWords {
    /// Which.
    pub words: Spoken,
    /// The rule of the charter that they break.
    pub rule_no: i64,
    /// What the reporter adds; may be empty.
    pub note: String,
}

impl Request for ReportWords {
    type Reply = Reported;
    type Access = Writes;
    const NAME: &'static str = "report words";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Reported> {
        let found = find(cx, self.words).await?;
        let grant = cx.allow(&Report { author: found.author })?;
        let on = Target::load(cx, Thing::Member(found.author)).await?;
        let note = Reason::optional(&self.note).map_err(|error| Error::invalid(error.to_string()))?;
        let mut words = format!("{} wrote {}: \"{}\"", found.handle, found.place, found.text);
        if !note.as_str().is_empty() {
            words = format!("{}. {words}", note.as_str().trim_end_matches('.'));
        }
        file(cx, &grant, &on, self.rule_no, &words).await
    }
}
