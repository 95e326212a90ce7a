//! `calm`: whether the place is calm; for staff, begin and end it.

use serde_json::json;

use super::table::usage;
use super::{CommandIo, Desk, Failure, Output};
use crate::domain::time::{Zone, absolute};
use crate::service::calm::{BeginCalm, Calm, EndCalm, ShowCalm};

/// `calm [HOURS REASON… | --end]`
pub(super) async fn calm(desk: &mut Desk<'_, impl CommandIo>) -> Result<Output, Failure> {
    if desk.args.flag("--end") {
        desk.args.no_more().map_err(|why| usage("calm", &why))?;
        desk.call(EndCalm).await?;
        return Ok(said(desk, None));
    }
    let Some(hours) = desk.args.first() else {
        let calm = desk.call(ShowCalm).await?;
        return Ok(said(desk, calm.as_ref()));
    };
    let hours = hours.parse().map_err(|_| usage("calm", "For how many hours?"))?;
    let reason = std::mem::take(&mut desk.args.rest).join(" ");
    if reason.is_empty() {
        return Err(usage("calm", "Why? Everybody reads it."));
    }
    let calm = desk.call(BeginCalm { hours, reason }).await?;
    Ok(said(desk, Some(&calm)))
}

fn said(desk: &Desk<'_, impl CommandIo>, calm: Option<&Calm>) -> Output {
    if desk.args.json {
        return Output::json([json!({
            "calm": calm.is_some(),
            "until": calm.map(|calm| calm.until.0),
            "reason": calm.map(|calm| &calm.reason),
            "by": calm.and_then(|calm| calm.by.as_ref()),
        })]);
    }
    match calm {
        None => Output::text("The place is not calm: everybody writes as usual."),
        Some(calm) => {
            let until = absolute(calm.until, &Zone::utc());
            Output::text(format!("The place is calm until {until} UTC: {}", calm.reason))
        }
    }
}
