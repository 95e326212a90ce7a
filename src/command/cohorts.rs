//! Cohorts: `cohorts` and `cohort`.

use serde_json::{Value, json};

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::CohortId;
use crate::service::cohorts::{
    CohortPage, CohortSummary, InviteToCohort, JoinCohort, ListCohorts, Mine, Phase, ReadCohort, day,
};

fn object(cohort: &CohortSummary) -> Value {
    let (state, week) = match cohort.phase {
        Phase::Gathering => ("gathering", None),
        Phase::Running(week) => ("running", Some(week)),
        Phase::Over => ("over", None),
        Phase::CalledOff => ("called off", None),
    };
    let mine = match cohort.mine {
        Mine::In => "in",
        Mine::Invited => "invited",
        Mine::Out => "out",
    };
    json!({
        "cohort": cohort.id.0,
        "name": cohort.name,
        "purpose": cohort.purpose,
        "state": state,
        "week": week,
        "weeks": cohort.weeks,
        "starts": cohort.starts_at.0,
        "ends": cohort.ends_at.0,
        "weekday": cohort.weekday.as_str(),
        "people": cohort.people,
        "places": cohort.places,
        "host": cohort.host,
        "mine": mine,
    })
}

/// `cohorts`
pub(super) async fn cohorts(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    desk.args.no_more().map_err(|why| usage("cohorts", &why))?;
    let list = desk.call(ListCohorts).await?;
    if desk.args.json {
        return Ok(Output::json(list.iter().map(object)));
    }
    if list.is_empty() {
        return Ok(Output::text("No cohort yet. The staff make them, on the screen that g C opens."));
    }
    let row = |cohort: &CohortSummary| {
        let number = cohort.id.to_string();
        let mine = cohort.mine_words().to_owned();
        vec![number, cohort.name.clone(), cohort.phase_words(), cohort.people_words(), mine]
    };
    Ok(Output::text(columns(&list.iter().map(row).collect::<Vec<_>>())))
}

/// `cohort NUMBER [join | leave | invite HANDLE]`
pub(super) async fn cohort(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let rest = std::mem::take(&mut desk.args.rest);
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let Some((number, words)) = words.split_first() else {
        return Err(usage("cohort", "Which one? cohorts lists them."));
    };
    let wrong = || usage("cohort", &format!("\"{number}\" is no number of a cohort. cohorts lists them."));
    let cohort = CohortId(number.parse().map_err(|_| wrong())?);
    match words {
        [] => {}
        ["join"] => desk.call(JoinCohort { cohort, join: true }).await?,
        ["leave"] => desk.call(JoinCohort { cohort, join: false }).await?,
        ["invite", handle] => {
            let handle = (*handle).to_owned();
            desk.call(InviteToCohort { cohort, handle }).await?;
        }
        _ => return Err(usage("cohort", "After the number comes join, leave or invite HANDLE, or nothing.")),
    }
    let page = desk.call(ReadCohort { cohort }).await?;
    Ok(if desk.args.json { json_of(&page) } else { text_of(&page) })
}

fn names(people: &[(crate::domain::ids::MemberId, String)]) -> Vec<&str> {
    people.iter().map(|(_, handle)| handle.as_str()).collect()
}

fn json_of(page: &CohortPage) -> Output {
    let mut object = object(&page.summary);
    let checkpoints = page.checkpoints.iter().map(|checkpoint| {
        let answered = page.sees_answers.then_some(&checkpoint.answered);
        json!({
            "week": checkpoint.week,
            "opens": checkpoint.opens_at.0,
            "thread": checkpoint.thread.map(|thread| thread.0),
            "answered": answered,
        })
    });
    let more = json!({
        "board": page.board.as_ref().map(|(board, _)| board.0),
        "closed": page.closed,
        "tag": page.tag.as_ref().map(|(_, name)| name),
        "buddies": names(&page.buddies),
        "members": names(&page.people),
        "checkpoints": checkpoints.collect::<Vec<_>>(),
    });
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    Output::json([object])
}

fn text_of(page: &CohortPage) -> Output {
    let summary = &page.summary;
    let mut lines = vec![
        format!("{}: {}", summary.name, summary.purpose),
        format!("{}, {}, host {}", summary.phase_words(), summary.people_words(), summary.host),
        summary.calendar_words(),
    ];
    lines.extend(Some(summary.mine_words().to_owned()).filter(|words| !words.is_empty()));
    lines.extend(page.tag.as_ref().map(|(_, name)| format!("tag: #{name}")));
    if !page.buddies.is_empty() {
        lines.push(format!("buddies: {}", names(&page.buddies).join(", ")));
    }
    lines.push(format!("people: {}", names(&page.people).join(", ")));
    for checkpoint in &page.checkpoints {
        let thread = checkpoint.thread.map_or_else(String::new, |thread| format!(", thread {thread}"));
        let answered = checkpoint.answered.join(", ");
        let answered = if answered.is_empty() { String::new() } else { format!(": {answered}") };
        lines.push(format!("week {}, {}{thread}{answered}", checkpoint.week, day(checkpoint.opens_at)));
    }
    Output::text(lines.join("\n"))
}
