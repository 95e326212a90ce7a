//! What is said to somebody who is refused because of a curb: until when, under which rule, and what to do next.

use super::target::rules;
use crate::domain::moderation::{ActKind, Curb, Thing};
use crate::domain::policy::Denied;
use crate::domain::time::{Zone, absolute};
use crate::service::cases::{Appeal, appeal_state};
use crate::service::{Cx, Reads, Result};
use crate::store::{acts, curbs, members};

/// The whole refusal, for the member who was refused; none where the curb is already over.
pub(in crate::service) async fn explain(cx: &mut Cx<'_, Reads>, denied: Denied) -> Result<Option<String>> {
    let (curb, kind, opening, kept) = match denied {
        Denied::OnlyReads => {
            (Curb::ReadOnly, ActKind::ReadOnly, "You can read here and not write", " Your text is kept.")
        }
        Denied::NoInvites => (Curb::NoInvites, ActKind::TakeInvites, "You can make no invites", ""),
        Denied::NoMessages => {
            (Curb::NoMessages, ActKind::TakeMessages, "You can send no messages", " Your text is kept.")
        }
        _ => return Ok(None),
    };
    let (me, now) = (cx.me()?, cx.now);
    let Some(term) = curbs::get(cx.conn(), me, curb).await?.filter(|term| term.stands(now)) else {
        return Ok(None);
    };
    let (_, zone) = members::name_and_zone(cx.conn(), me).await?;
    let zone = Zone::parse(&zone).unwrap_or_else(|_| Zone::utc());
    let until = match term.until {
        Some(until) => format!("until {}", absolute(until, &zone)),
        None => "until the staff give it back".to_owned(),
    };
    let act = acts::latest(cx.conn(), Thing::Member(me), kind).await?;
    let rule_no = act.as_ref().map_or(0, |act| act.rule_no);
    let appeal = match &act {
        Some(act) => appeal_state(cx, act).await?,
        None => Appeal::Closed,
    };
    // Where one reads why is where one appeals.
    let next = match appeal {
        Appeal::Open(_) => "g o, then m shows why, and a there appeals.",
        Appeal::Waiting(_) => "Your appeal waits: g o, then m.",
        Appeal::Decided(..) | Appeal::Closed => "g o, then m shows why.",
    };
    let rule = rules(cx).await?.into_iter().find(|rule| rule.no == rule_no);
    let rule = rule.map_or_else(String::new, |rule| format!(" (rule {}, {})", rule.no, rule.title));
    Ok(Some(format!("{opening} {until}{rule}.{kept} {next}")))
}
