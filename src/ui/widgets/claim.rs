//! How a claim on a case or an application is said.

use crate::domain::time::{Timestamp, time_left};
use crate::service::cases::Claim;
use crate::ui::look::Look;

/// The claim that still holds: one that is over makes no event, so it is asked at each drawing.
pub fn standing(claim: Option<&Claim>, now: Timestamp) -> Option<&Claim> {
    claim.filter(|claim| claim.until > now)
}

/// Whether the claim is the looking member's own.
pub fn is_mine(claim: &Claim, look: &Look) -> bool {
    look.actor().id() == Some(claim.by)
}

/// Who has it, for a column: `you`, `mo`.
pub fn short(claim: Option<&Claim>, look: &Look) -> String {
    match standing(claim, look.now) {
        Some(claim) if is_mine(claim, look) => "you".to_owned(),
        Some(claim) => claim.handle.clone(),
        None => String::new(),
    }
}

/// Who has it and for how long: `claimed by mo, 1 hour 20 minutes left`.
pub fn long(claim: Option<&Claim>, look: &Look) -> String {
    let Some(claim) = standing(claim, look.now) else { return "not claimed, c claims it".to_owned() };
    let who = if is_mine(claim, look) { "you" } else { claim.handle.as_str() };
    let left = time_left(claim.until, look.now);
    format!("claimed by {who}, {left} left")
}
