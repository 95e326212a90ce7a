//! What staff do to posts, threads and members, how it is undone, and what the member concerned sees of it.
//! Deciding a case is `service/cases`; it acts through `act::perform` too, so that there is one way to do each.

mod act;
mod change;
mod curbed;
mod idle;
mod look_at;
mod loose;
mod moderate;
mod notice;
mod preview_cut;
mod standing;
mod target;
mod undo;

#[cfg(test)]
mod curb_tests;
#[cfg(test)]
mod cut_tests;
#[cfg(test)]
mod tests;

pub use look_at::{LookAtThing, MoveTo, PossibleDeed, ThingFile, Undoable};
pub use moderate::{Moderate, Moderated, SplitThread};
pub use notice::{AboutMe, AboutMeList, CountWaiting, OwnNotice, Waiting};
pub use preview_cut::{CutPreview, CutTo, PreviewCut};
pub use standing::{AcknowledgeWarning, MySanction, MyWarnings, Sanction, Warning};
pub use undo::{UndoAct, Undone};

pub(super) use act::{
    ALONE, Act, Hand, JURY, UNNAMED, Why, check_rule, dismiss, perform, permit, permit_seconded,
};
pub(super) use curbed::explain;
pub(super) use idle::idle;
pub(super) use loose::LooseState;
pub(super) use notice::{about, notice_of};
pub(super) use target::{Target, label, rules};
