//! What a sysop can set. Every default is PRODUCT.md section 5; `hob.toml` is written from these.

use std::time::Duration;

use tokio::time::Instant;

use super::bans::Network;
use super::certificates::Authorities;
use super::passwords::Cost;
use crate::domain::level::LevelRules;
use crate::domain::prevention::{FirstPosts, Limits};
use crate::domain::rotation::Rotation;

/// The settings of one community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The community's name.
    pub name: String,
    /// One line under the name at the door.
    pub tagline: String,
    /// Whether people may apply without an invite.
    pub applications_open: bool,
    /// Seconds in which an edit leaves no trace.
    pub silent_edit_s: i64,
    /// Seconds in which an act can be undone.
    pub undo_s: i64,
    /// How long a claim on a case or application holds, in seconds.
    pub claim_s: i64,
    /// What each level may write.
    pub limits: Limits,
    /// For how long the same text is not to be posted again, in seconds; 0: it may be.
    pub same_text_s: i64,
    /// Whose first posts wait for a moderator.
    pub hold_first_posts: FirstPosts,
    /// Networks that are never banned, such as a proxy's (M6).
    pub never_banned: Vec<Network>,
    /// Invites a member may have open at once.
    pub invites_open_max: i64,
    /// How long an invite is good for, in seconds.
    pub invite_ttl_s: i64,
    /// How many seats there are: the member cap (D7).
    pub members_max: i64,
    /// How many may come in a week even when nobody was absorbed lately (D7).
    pub admit_per_week_min: i64,
    /// Seconds of absence after which a member's seat sleeps (D7).
    pub seat_sleeps_after_s: i64,
    /// For a new member everything older than this counts as read, in seconds.
    pub new_member_backlog_s: i64,
    /// How long a term in a role usually is, in seconds.
    pub role_term_s: i64,
    /// Whether dues are kept.
    pub dues: bool,
    /// Days of grace after dues have ended, in seconds.
    pub dues_grace_s: i64,
    /// What the levels ask for.
    pub levels: LevelRules,
    /// The keys that are other than usual here, as lines of `scope.command key`.
    pub keys: String,
    /// Which backups stay.
    pub backups: Rotation,
    /// After how many seconds without a key a session ends of somebody who is no active member, who may hold a place that
    /// the next applicant needs; 0: never.
    pub guest_idle_s: i64,
    /// The same for members.
    pub member_idle_s: i64,
    /// Whose certificates are a pass (D10).
    pub authorities: Authorities,
    /// The Argon2id cost of passwords.
    pub passwords: Cost,
}

impl Settings {
    /// When a session ends in which something was typed last at a time and nothing more comes; none: never.
    pub fn idle_at(&self, typed_at: Instant, active_member: bool) -> Option<Instant> {
        let seconds = if active_member { self.member_idle_s } else { self.guest_idle_s };
        let seconds = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)?;
        typed_at.checked_add(Duration::from_secs(seconds))
    }
}

/// Seconds in a day.
pub const DAY_S: i64 = 24 * 60 * 60;

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "hob".to_owned(),
            tagline: "a small place by the fire".to_owned(),
            applications_open: true,
            silent_edit_s: 15 * 60,
            undo_s: 10 * 60,
            claim_s: 2 * 60 * 60,
            limits: Limits::default(),
            same_text_s: 7 * DAY_S,
            hold_first_posts: FirstPosts::Uninvited,
            never_banned: Vec::new(),
            invites_open_max: 3,
            invite_ttl_s: 14 * DAY_S,
            members_max: 150,
            admit_per_week_min: 2,
            seat_sleeps_after_s: 90 * DAY_S,
            new_member_backlog_s: 14 * DAY_S,
            role_term_s: 180 * DAY_S,
            dues: false,
            dues_grace_s: 30 * DAY_S,
            levels: LevelRules::default(),
            keys: String::new(),
            backups: Rotation::default(),
            guest_idle_s: 30 * 60,
            member_idle_s: 0,
            authorities: Authorities::default(),
            passwords: Cost::default(),
        }
    }
}
