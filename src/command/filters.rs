//! `filters`: the filters of the staff over what is written: list, add, try, switch, remove.

use serde_json::json;

use super::output::columns;
use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::ids::FilterId;
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::service::boards::ListBoards;
use crate::service::filters::{
    DRY_RUN_DAYS, DryRun, Filter, ListFilters, MakeFilter, RemoveFilter, SwitchFilter, TryFilter,
};

/// `filters [add ACTION WORDS -r RULE -m REASON [-b BOARD] [--pattern] [--all] | try|on|off|remove NUMBER]`
pub(super) async fn filters(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let Some(word) = desk.args.first() else {
        let filters = desk.call(ListFilters).await?;
        return Ok(listed(desk, &filters));
    };
    if word == "add" {
        return add(desk).await;
    }
    if !["try", "on", "off", "remove"].contains(&word.as_str()) {
        return Err(usage("filters", &format!("\"{word}\" is not among them.")));
    }
    let number = desk.args.first().and_then(|number| number.parse().ok());
    let filter = number.map(FilterId).ok_or_else(|| usage("filters", "Which? Their numbers stand first."))?;
    desk.args.no_more().map_err(|why| usage("filters", &why))?;
    match word.as_str() {
        "try" => {
            let run = desk.call(TryFilter { filter }).await?;
            return Ok(tried(desk, &run));
        }
        "remove" => {
            desk.call(RemoveFilter { filter }).await?;
            let left = desk.call(ListFilters).await?;
            return Ok(listed(desk, &left));
        }
        on => desk.call(SwitchFilter { filter, on: on == "on" }).await?,
    }
    let mut rows = desk.call(ListFilters).await?;
    rows.retain(|row| row.id == filter);
    Ok(listed(desk, &rows))
}

async fn add(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    let mut option = |flag: &str| desk.args.option(flag).map_err(|why| usage("filters", &why));
    let (rule, reason, board) = (option("-r")?, option("-m")?, option("-b")?);
    let is_words = !desk.args.flag("--pattern");
    let scope = if desk.args.flag("--all") { FilterScope::All } else { FilterScope::Newcomers };
    let action = desk.args.first().and_then(|word| word.parse::<FilterAction>().ok());
    let action = action.ok_or_else(|| usage("filters", "What happens: note, hold or refuse?"))?;
    let pattern = std::mem::take(&mut desk.args.rest).join(" ");
    let rule_no = rule.and_then(|rule| rule.parse().ok());
    let rule_no = rule_no.ok_or_else(|| usage("filters", "Under which rule? -r and its number."))?;
    let reason = reason.ok_or_else(|| usage("filters", "What does the author read? -m and the words."))?;
    let board = match board {
        None => None,
        Some(name) => {
            let boards = desk.call(ListBoards).await?.boards;
            let found = boards.into_iter().find(|board| board.slug == name).map(|board| board.id);
            Some(found.ok_or_else(|| usage("filters", &format!("There is no board \"{name}\".")))?)
        }
    };
    let filter = desk.call(MakeFilter { pattern, is_words, action, scope, board, reason, rule_no }).await?;
    let mut rows = desk.call(ListFilters).await?;
    rows.retain(|row| row.id == filter);
    Ok(listed(desk, &rows))
}

fn tried(desk: &Desk<'_, impl CommandIo>, run: &DryRun) -> Output {
    if desk.args.json {
        let found: Vec<_> = run
            .found
            .iter()
            .map(|found| {
                json!({
                    "post": format!("{}.{}", found.thread, found.no),
                    "title": found.title,
                    "author": found.author,
                    "written": found.at.0,
                    "excerpt": found.excerpt,
                })
            })
            .collect();
        return Output::json([json!({
            "looked_at": run.looked_at,
            "more": run.more,
            "met": run.count,
            "found": found,
        })]);
    }
    let more = if run.more { ", the newest there are" } else { "" };
    let (count, of) = (run.count, run.looked_at);
    let mut text = format!("In {DRY_RUN_DAYS} days it would have met {count} of {of} posts{more}.\n");
    for found in &run.found {
        text.push_str(&format!("{}.{} {}: {}\n", found.thread, found.no, found.author, found.excerpt));
    }
    Output::text(text)
}

fn listed(desk: &Desk<'_, impl CommandIo>, filters: &[Filter]) -> Output {
    if desk.args.json {
        return Output::json(filters.iter().map(|filter| {
            json!({
                "id": filter.id.0,
                "on": filter.enabled,
                "action": filter.action.as_str(),
                "pattern": filter.pattern,
                "words": filter.is_words,
                "whose": filter.scope.as_str(),
                "board": filter.board,
                "rule": filter.rule_no,
                "reason": filter.reason,
                "by": filter.by,
                "made": filter.made_at.0,
            })
        }));
    }
    if filters.is_empty() {
        return Output::text("No filters.");
    }
    let rows: Vec<Vec<String>> = filters
        .iter()
        .map(|filter| {
            let on = if filter.enabled { "on" } else { "off" };
            let place = filter.board.as_deref().unwrap_or("everywhere");
            vec![
                filter.id.to_string(),
                on.to_owned(),
                filter.action.to_string(),
                filter.scope.to_string(),
                place.to_owned(),
                filter.pattern.clone(),
                filter.reason.clone(),
            ]
        })
        .collect();
    Output::text(columns(&rows))
}
