//! Reporting a thing to the staff (M1).

use crate::domain::ids::{CaseId, MemberId};
use crate::domain::moderation::{Reason, Thing};
use crate::domain::policy::{LookAround, Report};
use crate::service::charter::Rule;
use crate::service::moderation::{Target, check_rule, rules};
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::{cases, loose};

/// Reports that one member may make in a day: far above what happens, and a bound on what one can pour into the
/// queue.
const REPORTS_A_DAY_MAX: i64 = 20;

/// Lines that are kept with the report of one, before it and after it: what it answered and what it led to.
const LINES_AROUND: i64 = 4;

/// Asks for what a report form shows.
#[derive(Clone, Copy, Debug)]
pub struct ReportForm {
    /// What would be reported.
    pub thing: Thing,
}

/// What a report form shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSubject {
    /// What it is called: `post #3 in "Trains"`.
    pub label: String,
    /// Whose it is.
    pub author: String,
    /// Its text, which the report keeps.
    pub text: String,
    /// The charter's rules.
    pub rules: Vec<Rule>,
}

impl Request for ReportForm {
    type Reply = ReportSubject;
    type Access = Reads;
    const NAME: &'static str = "report form";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<ReportSubject> {
        cx.allow(&LookAround)?;
        let on = Target::load(cx, self.thing).await?;
        subject(cx, &on).await
    }
}

/// What a form about a thing shows.
pub(super) async fn subject<A: Access>(cx: &mut Cx<'_, A>, on: &Target) -> Result<ReportSubject> {
    cx.allow(&Report { author: on.author.id })?;
    check_there(on)?;
    let text = on.text(cx).await?;
    Ok(ReportSubject { label: on.label(), author: on.author.handle.clone(), text, rules: rules(cx).await? })
}

/// Reports a thing under a rule. All reports on one thing make one case until it is decided.
#[derive(Clone, Debug)]
pub struct ReportThing {
    /// What.
    pub thing: Thing,
    /// The rule of the charter that it breaks.
    pub rule_no: i64,
    /// What the reporter adds; may be empty.
    pub note: String,
}

/// It is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The case that the report is part of.
    pub case: CaseId,
    /// Nobody had reported it before.
    pub first: bool,
}

impl Request for ReportThing {
    type Reply = Reported;
    type Access = Writes;
    const NAME: &'static str = "report thing";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Reported> {
        cx.allow(&LookAround)?;
        let on = Target::load(cx, self.thing).await?;
        file(cx, &on, self.rule_no, &self.note).await
    }
}

/// Files a report of a thing.
pub(super) async fn file(cx: &mut Cx<'_, Writes>, on: &Target, rule_no: i64, note: &str) -> Result<Reported> {
    let grant = &cx.allow(&Report { author: on.author.id })?;
    check_there(on)?;
    let note = Reason::optional(note).map_err(|error| Error::invalid(error.to_string()))?;
    let note = note.as_str();
    let rule_no = check_rule(cx, true, rule_no).await?;
    let (me, now) = (cx.me()?, cx.now);
    check_rate(cx, me).await?;
    let open = cases::open_on(cx.conn(), on.thing, Some(me)).await?;
    let case = match &open {
        Some(case) => case.id,
        None => {
            let text = on.text(cx).await?;
            let board = on.loose.as_ref().and_then(|loose| loose.board_id);
            let case = cases::insert(cx.conn(), grant, on.thing, on.author.id, board, &text, now).await?;
            if let Thing::Line(line) = on.thing {
                loose::keep_around(cx.conn(), grant, case, line, LINES_AROUND).await?;
            }
            case
        }
    };
    if !cases::insert_report(cx.conn(), grant, case, me, rule_no, note, now).await? {
        return Err(Error::conflict("You have reported this already; the staff will look at it."));
    }
    cx.publish(DomainEvent::CaseChanged { case });
    Ok(Reported { case, first: open.is_none() })
}

fn check_there(on: &Target) -> Result<()> {
    if on.is_gone() {
        return Err(Error::conflict("It is no longer there, so there is nothing left to report."));
    }
    Ok(())
}

async fn check_rate(cx: &mut Cx<'_, Writes>, me: MemberId) -> Result<()> {
    let since = cx.now.plus(-DAY_S);
    if cases::reports_since(cx.conn(), me, since).await? < REPORTS_A_DAY_MAX {
        return Ok(());
    }
    let what =
        format!("{REPORTS_A_DAY_MAX} reports in a day are the most; the staff see those you have made.");
    Err(Error::too_soon(what, cx.now, cx.now.plus(DAY_S)))
}
