//! What can change while hob runs. It is kept in the database and goes before hob.toml; taken back, hob.toml holds
//! again. The file is never written: its comments are the sysop's own.

use super::page::{Offer, Page, Row, Section, choice, text};
use super::{Deed, Done};
use crate::domain::policy::{Grant, RunPlace};
use crate::domain::text::clean_line;
use crate::service::settings::DAY_S;
use crate::service::{Access, Cx, Error, Result, Settings, Writes};
use crate::store::place;

/// A setting that can change.
pub struct Changeable {
    /// Its name in hob.toml.
    pub name: &'static str,
    label: &'static str,
    help: &'static str,
    kind: Kind,
}

/// What it holds.
enum Kind {
    /// A line of text of at most so many characters.
    Line { most: usize, of: fn(&mut Settings) -> &mut String },
    /// Yes or no.
    YesNo { of: fn(&mut Settings) -> &mut bool },
    /// A whole number between bounds; the setting holds it times `unit`.
    Number { least: i64, most: i64, unit: i64, of: fn(&mut Settings) -> &mut i64 },
}

const fn number(
    name: &'static str,
    label: &'static str,
    help: &'static str,
    bounds: (i64, i64, i64),
    of: fn(&mut Settings) -> &mut i64,
) -> Changeable {
    let (least, most, unit) = bounds;
    Changeable { name, label, help, kind: Kind::Number { least, most, unit, of } }
}

/// All of them.
#[rustfmt::skip]
pub const CHANGEABLE: &[Changeable] = &[
    Changeable { name: "name", label: "Name", help: "The name, in the header of every screen.",
        kind: Kind::Line { most: 40, of: |s| &mut s.name } },
    Changeable { name: "tagline", label: "Tagline", help: "One line under the name at the door.",
        kind: Kind::Line { most: 80, of: |s| &mut s.tagline } },
    Changeable { name: "applications_open", label: "Applications", help: "Whether people may apply without an invite.",
        kind: Kind::YesNo { of: |s| &mut s.applications_open } },
    number("members_max", "Seats", "The member cap: how many seats there are. A place where people know each other stays small.",
        (2, 100_000, 1), |s| &mut s.members_max),
    number("admit_per_week_min", "Admitted a week", "How many may come in a week in any case, however few newcomers were absorbed.",
        (1, 1_000, 1), |s| &mut s.admit_per_week_min),
    Changeable { name: "dues", label: "Dues", help: "Whether dues are kept: a ledger without payments.",
        kind: Kind::YesNo { of: |s| &mut s.dues } },
    number("dues_grace_days", "Days of grace", "Days after the end of somebody's dues before the sysop is told.",
        (0, 365, DAY_S), |s| &mut s.dues_grace_s),
    number("seat_sleeps_days", "Days to a sleeping seat", "After so many days of absence a member's seat sleeps, and one key wakes it.",
        (7, 3_650, DAY_S), |s| &mut s.seat_sleeps_after_s),
    number("invites_open_max", "Open invites", "How many open invites a member may have at once.",
        (0, 50, 1), |s| &mut s.invites_open_max),
    number("invite_days", "Days of an invite", "How many days an invite is good for.",
        (1, 90, DAY_S), |s| &mut s.invite_ttl_s),
    number("backlog_days", "Days of backlog", "For a new member everything older than so many days counts as read.",
        (0, 365, DAY_S), |s| &mut s.new_member_backlog_s),
    number("silent_edit_minutes", "Silent minutes", "Minutes in which an edit leaves no trace.",
        (0, 120, 60), |s| &mut s.silent_edit_s),
    number("undo_minutes", "Minutes to undo", "Minutes in which an act can be undone.",
        (1, 120, 60), |s| &mut s.undo_s),
    number("claim_minutes", "Minutes of a claim", "Minutes for which a claim on a case or an application holds.",
        (5, 1_440, 60), |s| &mut s.claim_s),
    number("newcomer_posts_a_day", "Newcomer's posts", "Posts that a newcomer may write in 24 hours.",
        (1, 200, 1), |s| s.limits.newcomer.posts_a_day.get_or_insert(0)),
    number("newcomer_threads_a_day", "Newcomer's threads", "Threads that a newcomer may start in 24 hours.",
        (0, 50, 1), |s| s.limits.newcomer.threads_a_day.get_or_insert(0)),
    number("newcomer_pause_s", "Newcomer's pause", "Seconds between two posts of a newcomer.",
        (0, 3_600, 1), |s| s.limits.newcomer.pause_s.get_or_insert(0)),
];

impl Changeable {
    /// What it is now.
    fn value(&self, settings: &Settings) -> String {
        let mut settings = settings.clone();
        match self.kind {
            Kind::Line { of, .. } => of(&mut settings).clone(),
            Kind::YesNo { of } => if *of(&mut settings) { "yes" } else { "no" }.to_owned(),
            Kind::Number { unit, of, .. } => (*of(&mut settings) / unit).to_string(),
        }
    }

    /// Puts a value in; the words say what is wrong with one that cannot be.
    fn put(&self, settings: &mut Settings, value: &str) -> std::result::Result<(), String> {
        match self.kind {
            Kind::Line { most, of } => {
                let line = clean_line(value);
                let chars = line.chars().count();
                if chars == 0 || chars > most {
                    return Err(format!("{} has 1 to {most} characters, and this has {chars}.", self.label));
                }
                *of(settings) = line;
            }
            Kind::YesNo { of } => match value {
                "yes" => *of(settings) = true,
                "no" => *of(settings) = false,
                _ => return Err(format!("{} is yes or no.", self.label)),
            },
            Kind::Number { least, most, unit, of } => {
                let number: Option<i64> = value.trim().parse().ok();
                let Some(number) = number.filter(|number| (least..=most).contains(number)) else {
                    return Err(format!("{} is a whole number from {least} to {most}.", self.label));
                };
                *of(settings) = number * unit;
            }
        }
        Ok(())
    }

    fn offer(&self, value: String) -> Offer {
        let ask = match self.kind {
            Kind::Line { .. } => format!("{}:", self.label),
            Kind::YesNo { .. } => self.help.to_owned(),
            Kind::Number { least, most, .. } => format!("{}, {least} to {most}:", self.label),
        };
        let question = match self.kind {
            Kind::YesNo { .. } => choice(ask, super::page::words(["yes", "no"])),
            _ => text(ask, value),
        };
        Offer::new(Deed::ChangeSetting, vec![question])
    }
}

/// The settings with what was set in the session over those of the file. What can no longer be used is passed over.
pub(in crate::service) fn over(file: &Settings, set: &[(String, String)]) -> Settings {
    let mut settings = file.clone();
    for (name, value) in set {
        if let Some(changeable) = CHANGEABLE.iter().find(|changeable| changeable.name == name)
            && let Err(why) = changeable.put(&mut settings, value)
        {
            tracing::warn!(name, why, "a setting of the session cannot be used; hob.toml holds");
        }
    }
    settings
}

pub(super) async fn page<A: Access>(cx: &mut Cx<'_, A>) -> Result<Page> {
    let set = place::all(cx.conn()).await?;
    let now = cx.settings();
    let rows = CHANGEABLE
        .iter()
        .map(|changeable| {
            let value = changeable.value(&now);
            let is_set = set.iter().any(|(name, _)| name == changeable.name);
            let mark = if is_set { "set here" } else { "as in hob.toml" };
            let row = Row::new(changeable.name, changeable.label, format!("{value}  ({mark})"))
                .help(changeable.help)
                .offer(changeable.offer(value));
            if is_set { row.offer(Offer::new(Deed::UsualSetting, Vec::new())) } else { row }
        })
        .collect();
    Ok(Page { section: Section::Settings, rows, offers: Vec::new() })
}

/// Sets a value, or gives it back to hob.toml.
pub(super) async fn change(
    cx: &mut Cx<'_, Writes>,
    grant: &Grant<RunPlace>,
    name: &str,
    value: Option<&str>,
) -> Result<Done> {
    let changeable = CHANGEABLE.iter().find(|known| known.name == name).ok_or(Error::NotFound("setting"))?;
    let before = place::all(cx.conn()).await?.into_iter().find(|(known, _)| known == name);
    if let Some(value) = value {
        changeable.put(&mut cx.settings().as_ref().clone(), value).map_err(Error::invalid)?;
    }
    let now = cx.now;
    place::set(cx.conn(), grant, now, name, value).await?;
    let detail = match value {
        Some(value) => format!("{name} = {}", clean_line(value)),
        None => format!("{name} as in hob.toml"),
    };
    super::note(cx, "place.setting", 0, &detail).await?;
    cx.take_up_settings().await?;
    let undo = match before {
        Some((_, value)) => super::act(Deed::ChangeSetting, name, [value]),
        None => super::act::<&str>(Deed::UsualSetting, name, []),
    };
    let shown = changeable.value(&cx.settings());
    Ok(Done::new(format!("{}: {shown}, from now on.", changeable.label)).undo(undo))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn m8_every_setting_takes_its_bounds_and_nothing_beyond_them() {
        for changeable in CHANGEABLE {
            let mut settings = Settings::default();
            let usual = changeable.value(&settings);
            changeable.put(&mut settings, &usual).unwrap();
            assert_eq!(settings, Settings::default(), "{}", changeable.name);
            let (good, bad): (Vec<String>, Vec<String>) = match changeable.kind {
                Kind::Line { most, .. } => {
                    (vec!["x".repeat(most)], vec![String::new(), "x".repeat(most + 1)])
                }
                Kind::YesNo { .. } => (vec!["yes".into(), "no".into()], vec!["maybe".into()]),
                Kind::Number { least, most, .. } => (
                    vec![least.to_string(), most.to_string()],
                    vec![(least - 1).to_string(), (most + 1).to_string(), "many".into()],
                ),
            };
            for value in good {
                changeable.put(&mut settings, &value).unwrap();
                assert_eq!(changeable.value(&settings), value, "{}", changeable.name);
            }
            let before = settings.clone();
            for value in bad {
                assert!(changeable.put(&mut settings, &value).is_err(), "{}: {value}", changeable.name);
                assert_eq!(settings, before, "{}: a refusal changes nothing", changeable.name);
            }
        }
    }
}
