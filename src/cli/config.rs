//! `hob.toml`: every setting with its default and what it means.

mod operation;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use operation::{Backups, Metrics};

use crate::domain::prevention::{FirstPosts, LevelLimits, Limits};
use crate::service::Settings;
use crate::service::bans::Network;
use crate::service::certificates::Authorities;
use crate::service::levels::LevelRules;
use crate::service::passwords::Cost;
use crate::service::settings::DAY_S;
use crate::ui::keys::Keymap;

/// The file as it is written for a new community. A test holds it to the defaults.
pub const TEMPLATE: &str = include_str!("hob.toml");

/// The file, read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `[community]`
    pub community: Community,
    /// `[server]`
    pub server: Server,
    /// `[backups]`
    pub backups: Backups,
    /// `[metrics]`
    pub metrics: Metrics,
    /// `[posting]`
    pub posting: Posting,
    /// `[moderation]`
    pub moderation: Moderation,
    /// `[levels]`
    pub levels: Levels,
    /// `[keys]`: by scope and command.
    pub keys: BTreeMap<String, BTreeMap<String, String>>,
    /// `[certificates]`
    pub certificates: Certificates,
    /// `[passwords]`
    pub passwords: Passwords,
}

/// Whose certificates are a pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Certificates {
    authorities: Vec<String>,
    revoked_serials: Vec<u64>,
    principals: BTreeMap<String, String>,
}

impl Certificates {
    fn parse(&self) -> std::result::Result<Authorities, String> {
        Authorities::parse(&self.authorities, &self.revoked_serials, &self.principals)
    }
}

/// What the place is called and who may come.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Community {
    name: String,
    tagline: String,
    applications_open: bool,
    invites_open_max: i64,
    invite_days: i64,
    members_max: i64,
    admit_per_week_min: i64,
    seat_sleeps_days: i64,
    backlog_days: i64,
    role_term_days: i64,
    dues: bool,
    dues_grace_days: i64,
}

/// Where it listens and how much it takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// Most connections at once.
    pub connections_max: usize,
    /// Most connections at once that have not logged in yet.
    pub unauthenticated_max: usize,
    /// Most connections at once from one address.
    pub connections_per_address_max: usize,
    /// Seconds in which a log-in must be done.
    pub login_grace_s: u64,
    /// Seconds after which a client that takes nothing any more is cut off.
    pub stall_s: u64,
    /// Minutes without a key after which a session of a guest or applicant ends; 0: never.
    pub guest_idle_minutes: i64,
    /// The same for members.
    pub member_idle_minutes: i64,
    /// What to log.
    pub log: String,
    /// As lines of JSON.
    pub log_json: bool,
}

/// Limits on posts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Posting {
    silent_edit_minutes: i64,
    undo_minutes: i64,
    newcomer_posts_a_day: i64,
    newcomer_threads_a_day: i64,
    newcomer_pause_s: i64,
    newcomer_links: i64,
    newcomer_mentions: i64,
    member_posts_a_day: i64,
    member_threads_a_day: i64,
    member_pause_s: i64,
    regular_posts_a_day: i64,
    regular_threads_a_day: i64,
    regular_pause_s: i64,
    same_text_days: i64,
}

/// How "no limit" is written: 0 means none at all.
const NO_LIMIT: i64 = -1;

/// A limit as it is written; a negative number is none.
fn limit(written: i64) -> Option<i64> {
    (written >= 0).then_some(written)
}

impl Posting {
    fn limits(&self) -> Limits {
        Limits {
            newcomer: LevelLimits {
                posts_a_day: limit(self.newcomer_posts_a_day),
                threads_a_day: limit(self.newcomer_threads_a_day),
                pause_s: limit(self.newcomer_pause_s),
                links: limit(self.newcomer_links),
                mentions: limit(self.newcomer_mentions),
            },
            member: LevelLimits {
                posts_a_day: limit(self.member_posts_a_day),
                threads_a_day: limit(self.member_threads_a_day),
                pause_s: limit(self.member_pause_s),
                ..LevelLimits::default()
            },
            regular: LevelLimits {
                posts_a_day: limit(self.regular_posts_a_day),
                threads_a_day: limit(self.regular_threads_a_day),
                pause_s: limit(self.regular_pause_s),
                ..LevelLimits::default()
            },
        }
    }
}

/// The queue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Moderation {
    claim_minutes: i64,
    hold_first_posts: String,
    never_banned: Vec<String>,
}

impl Moderation {
    /// The networks that are never banned.
    ///
    /// # Errors
    /// The entry that is none.
    fn never_banned(&self) -> Result<Vec<Network>> {
        let read = |text: &String| {
            Network::parse(text).map_err(|_| anyhow::anyhow!("\"{text}\" is no address and no network"))
        };
        self.never_banned.iter().map(read).collect()
    }
}

/// What levels ask for (P4).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Levels {
    member_days: i64,
    member_read: i64,
    member_posts: i64,
    member_replies: i64,
    regular_days: i64,
    regular_seen: i64,
    regular_threads: i64,
    regular_people: i64,
    keep_percent: i64,
    fall_days: i64,
}

/// The cost of a password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Passwords {
    memory_kib: u32,
    passes: u32,
}

impl Config {
    /// Reads the file; one that is not there gives the defaults.
    ///
    /// # Errors
    /// When it cannot be read or has an entry that hob does not know, with its line.
    pub fn read(path: &Path) -> Result<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(cause) => return Err(cause).with_context(|| format!("{} cannot be read", path.display())),
        };
        Self::parse(&text).with_context(|| format!("{} cannot be used", path.display()))
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// When it has an entry that hob does not know, with its line, or one that cannot be used.
    pub fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text)?;
        if let Err(why) = config.moderation.hold_first_posts.parse::<FirstPosts>() {
            anyhow::bail!("[moderation] hold_first_posts: {why}; choose nobody, uninvited or newcomers");
        }
        config.moderation.never_banned().context("[moderation] never_banned")?;
        Keymap::check_place(&config.keys()).context("[keys]")?;
        config.certificates.parse().map_err(anyhow::Error::msg).context("[certificates]")?;
        Ok(config)
    }

    /// The changed keys as lines of `scope.command key`.
    fn keys(&self) -> String {
        let mut lines = String::new();
        for (scope, commands) in &self.keys {
            for (command, key) in commands {
                let _ = writeln!(lines, "{scope}.{command} {key}");
            }
        }
        lines
    }

    /// What the service needs of it.
    pub fn settings(&self) -> Settings {
        Settings {
            name: crate::domain::text::clean_line(&self.community.name),
            tagline: crate::domain::text::clean_line(&self.community.tagline),
            applications_open: self.community.applications_open,
            silent_edit_s: self.posting.silent_edit_minutes.saturating_mul(60),
            undo_s: self.posting.undo_minutes.saturating_mul(60),
            claim_s: self.moderation.claim_minutes.saturating_mul(60),
            limits: self.posting.limits(),
            same_text_s: self.posting.same_text_days.saturating_mul(DAY_S),
            // Checked when the file was read.
            hold_first_posts: self.moderation.hold_first_posts.parse().unwrap_or(FirstPosts::Uninvited),
            // The same.
            never_banned: self.moderation.never_banned().unwrap_or_default(),
            invites_open_max: self.community.invites_open_max,
            invite_ttl_s: self.community.invite_days.saturating_mul(DAY_S),
            members_max: self.community.members_max,
            admit_per_week_min: self.community.admit_per_week_min,
            seat_sleeps_after_s: self.community.seat_sleeps_days.saturating_mul(DAY_S),
            new_member_backlog_s: self.community.backlog_days.saturating_mul(DAY_S),
            role_term_s: self.community.role_term_days.clamp(1, 730).saturating_mul(DAY_S),
            dues: self.community.dues,
            dues_grace_s: self.community.dues_grace_days.clamp(0, 365) * DAY_S,
            levels: self.levels.rules(),
            guest_idle_s: self.server.guest_idle_minutes.saturating_mul(60),
            member_idle_s: self.server.member_idle_minutes.saturating_mul(60),
            backups: self.backups.rotation(),
            // Read once already, when the file was: here it cannot fail.
            authorities: self.certificates.parse().unwrap_or_default(),
            keys: self.keys(),
            passwords: Cost { memory_kib: self.passwords.memory_kib, passes: self.passwords.passes },
        }
    }
}

impl Default for Community {
    fn default() -> Self {
        let defaults = Settings::default();
        Self {
            name: defaults.name,
            tagline: defaults.tagline,
            applications_open: defaults.applications_open,
            invites_open_max: defaults.invites_open_max,
            invite_days: defaults.invite_ttl_s / DAY_S,
            members_max: defaults.members_max,
            admit_per_week_min: defaults.admit_per_week_min,
            seat_sleeps_days: defaults.seat_sleeps_after_s / DAY_S,
            backlog_days: defaults.new_member_backlog_s / DAY_S,
            role_term_days: defaults.role_term_s / DAY_S,
            dues: defaults.dues,
            dues_grace_days: defaults.dues_grace_s / DAY_S,
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 2222)),
            connections_max: 1_200,
            unauthenticated_max: 100,
            connections_per_address_max: 200,
            login_grace_s: 45,
            stall_s: 30,
            guest_idle_minutes: Settings::default().guest_idle_s / 60,
            member_idle_minutes: Settings::default().member_idle_s / 60,
            log: "info".to_owned(),
            log_json: false,
        }
    }
}

impl Default for Posting {
    fn default() -> Self {
        let defaults = Settings::default();
        let Limits { newcomer, member, regular } = defaults.limits;
        let written = |limit: Option<i64>| limit.unwrap_or(NO_LIMIT);
        Self {
            silent_edit_minutes: defaults.silent_edit_s / 60,
            undo_minutes: defaults.undo_s / 60,
            newcomer_posts_a_day: written(newcomer.posts_a_day),
            newcomer_threads_a_day: written(newcomer.threads_a_day),
            newcomer_pause_s: written(newcomer.pause_s),
            newcomer_links: written(newcomer.links),
            newcomer_mentions: written(newcomer.mentions),
            member_posts_a_day: written(member.posts_a_day),
            member_threads_a_day: written(member.threads_a_day),
            member_pause_s: written(member.pause_s),
            regular_posts_a_day: written(regular.posts_a_day),
            regular_threads_a_day: written(regular.threads_a_day),
            regular_pause_s: written(regular.pause_s),
            same_text_days: defaults.same_text_s / DAY_S,
        }
    }
}

impl Levels {
    /// As the rule takes them. A number below nothing asks for nothing, and no level asks for more to keep it than to
    /// reach it.
    fn rules(&self) -> LevelRules {
        let least = |number: i64| number.max(0);
        LevelRules {
            member_days: least(self.member_days),
            member_read: least(self.member_read),
            member_posts: least(self.member_posts),
            member_replies: least(self.member_replies),
            regular_days: least(self.regular_days),
            regular_seen: least(self.regular_seen),
            regular_threads: least(self.regular_threads),
            regular_people: least(self.regular_people),
            keep_percent: self.keep_percent.clamp(0, 100),
            fall_s: least(self.fall_days).saturating_mul(DAY_S),
        }
    }
}

impl Default for Levels {
    fn default() -> Self {
        let defaults = LevelRules::default();
        Self {
            member_days: defaults.member_days,
            member_read: defaults.member_read,
            member_posts: defaults.member_posts,
            member_replies: defaults.member_replies,
            regular_days: defaults.regular_days,
            regular_seen: defaults.regular_seen,
            regular_threads: defaults.regular_threads,
            regular_people: defaults.regular_people,
            keep_percent: defaults.keep_percent,
            fall_days: defaults.fall_s / DAY_S,
        }
    }
}

impl Default for Moderation {
    fn default() -> Self {
        let defaults = Settings::default();
        Self {
            claim_minutes: defaults.claim_s / 60,
            hold_first_posts: defaults.hold_first_posts.to_string(),
            never_banned: Vec::new(),
        }
    }
}

impl Default for Passwords {
    fn default() -> Self {
        let Cost { memory_kib, passes } = Cost::default();
        Self { memory_kib, passes }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_template_says_every_default() {
        let read: Config = toml::from_str(TEMPLATE).unwrap();
        assert_eq!(read, Config::default());
        assert_eq!(read.settings(), Settings::default());
    }

    #[test]
    fn the_template_leaves_no_setting_out() {
        // With every line gone that sets something, what is left out would still read as its default; so each
        // section is compared by the number of its fields.
        let table: toml::Table = toml::from_str(TEMPLATE).unwrap();
        let count = |section: &str| table[section].as_table().unwrap().len();
        assert_eq!(
            ["community", "server", "backups", "metrics", "posting", "moderation", "passwords"].map(count),
            [12, 10, 2, 1, 14, 3, 2]
        );
        assert_eq!(count("levels"), 10);
        assert_eq!(count("certificates"), 3);
        assert_eq!(count("keys"), 0, "no key is changed until the sysop does");
    }

    #[test]
    fn keys_of_the_place_are_read_and_one_that_is_taken_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hob.toml");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            Config::read(&path)
        };
        let config = read("[keys]\nthread.reply = \"=\"\nlist.down = \"^Y\"\n").unwrap();
        assert_eq!(config.settings().keys, "list.down ^Y\nthread.reply =\n");
        let refused = format!("{:#}", read("[keys]\nthread.reply = \"e\"\n").unwrap_err());
        assert!(refused.contains("e is taken: \"Edit your own post\""), "{refused}");
        let refused = format!("{:#}", read("[keys]\nthread.answer = \"=\"\n").unwrap_err());
        assert!(refused.contains("no command \"thread.answer\""), "{refused}");
        let refused = format!("{:#}", read("[keys]\nthread.reply = \"why\"\n").unwrap_err());
        assert!(refused.contains("\"why\" is no key"), "{refused}");
    }

    #[test]
    fn an_unknown_entry_is_named() {
        let error =
            toml::from_str::<Config>("[server]\nlisten = \"127.0.0.1:1\"\nlissten = 3\n").unwrap_err();
        assert!(error.to_string().contains("lissten"), "{error}");
    }
}
