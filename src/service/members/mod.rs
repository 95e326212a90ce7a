//! What can be asked about members.

mod keyboard;
mod list;
mod profile;
mod settings;
mod whoami;

#[cfg(test)]
mod tests;

pub use keyboard::{KEYS_CHOICE, SetKeys};
pub use list::{ListMembers, MemberSummary};
pub use profile::{ABOUT_CHARS_MAX, EditProfile, LINE_CHARS_MAX, Profile, ReadProfile, profile_draft};
pub use settings::{CHOICES, Choice, Kind, Section, SetChoice, ZONE};
pub use whoami::{Me, WhoAmI};

pub use crate::store::profiles::{ProfileTexts, ProfileThread};
