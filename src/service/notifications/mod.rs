//! What is for one member (L4): replies and mentions in posts, messages, thanks, what the staff did, what became of
//! reports. Each is kept once: replies and mentions with their posts, acts and reports with moderation; the rest in a
//! small table that [`notify()`] writes to. [`ListNotifications`] puts them together.

mod clear;
mod count;
mod list;
mod notify;

#[cfg(test)]
mod tests;

pub use clear::{ClearNotifications, ClearUndo, SeeNotification, UndoClear};
pub use count::CountNotifications;
pub use list::{LeadsTo, ListNotifications, Notification, NotificationList, spoken};
pub use notify::{notify, see_place, tell_addressed, tell_reporters, withdraw};

pub(in crate::service) use count::count_for;
pub(in crate::service) use list::others_unseen;

pub use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
