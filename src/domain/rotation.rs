//! Which backups stay: the last of each of the newest days, the last of each of the newest weeks, and the newest few in
//! any case. Names carry the moment, so that a folder can be judged by its names alone.

use jiff::civil::{Date, DateTime};

use super::time::{Timestamp, Zone, absolute};

/// How a backup's name begins.
const BEFORE: &str = "hob-";
/// How it ends.
const AFTER: &str = ".db";
/// The newest backups that stay whatever their day: one that was just made by hand must not go with the next one.
const NEWEST: usize = 3;

/// How many backups are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Days of which the last backup is kept.
    pub daily: usize,
    /// Weeks (Monday to Sunday) of which the last backup is kept.
    pub weekly: usize,
}

impl Default for Rotation {
    /// Seven days to notice what went wrong yesterday, four weeks for what nobody noticed.
    fn default() -> Self {
        Self { daily: 7, weekly: 4 }
    }
}

/// The name of a backup made at a moment: it sorts by time. Two in one minute have one name.
pub fn name(at: Timestamp) -> String {
    format!("{BEFORE}{}{AFTER}", absolute(at, &Zone::utc()).replace([':', ' '], "-"))
}

/// When a backup of this name was made, to the minute; none for a file that is no backup of the rotation.
pub fn made_at(name: &str) -> Option<Timestamp> {
    let minute = moment(name)?;
    Some(Timestamp(minute.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second()))
}

fn moment(name: &str) -> Option<DateTime> {
    let written = name.strip_prefix(BEFORE)?.strip_suffix(AFTER)?;
    DateTime::strptime("%Y-%m-%d-%H-%M", written).ok()
}

impl Rotation {
    /// The names among these that may go, in the order of `names`, which is oldest first. What is no backup's name is
    /// never among them.
    pub fn lets_go<'a>(&self, names: &[&'a str]) -> Vec<&'a str> {
        let dated: Vec<(&str, Date)> =
            names.iter().filter_map(|name| Some((*name, moment(name)?.date()))).collect();
        let week = |date: Date| {
            let week = date.iso_week_date();
            (week.year(), week.week())
        };
        let mut kept: Vec<&str> = dated.iter().rev().take(NEWEST).map(|(name, _)| *name).collect();
        kept.extend(last_of_each(&dated, self.daily.max(1), |date| date));
        kept.extend(last_of_each(&dated, self.weekly, week));
        dated.iter().map(|(name, _)| *name).filter(|name| !kept.contains(name)).collect()
    }
}

/// The last name of each of the newest `count` spans of time.
fn last_of_each<'a, S: PartialEq>(
    dated: &[(&'a str, Date)],
    count: usize,
    span: impl Fn(Date) -> S,
) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut before = None;
    for (name, date) in dated.iter().rev() {
        if kept.len() >= count {
            break;
        }
        let this = span(*date);
        if before.as_ref() != Some(&this) {
            kept.push(*name);
            before = Some(this);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_S: i64 = 86_400;
    /// Monday, 2 November 2026, 03:30 UTC.
    const MONDAY: i64 = 1_793_590_200;

    /// What is in the folder after a backup a night for so many nights, each one followed by the rotation.
    fn nights(count: i64, rotation: Rotation) -> Vec<String> {
        let mut there: Vec<String> = Vec::new();
        for night in 0..count {
            there.push(name(Timestamp(MONDAY + night * DAY_S)));
            let names: Vec<&str> = there.iter().map(String::as_str).collect();
            let gone: Vec<String> = rotation.lets_go(&names).into_iter().map(str::to_owned).collect();
            there.retain(|name| !gone.contains(name));
        }
        there
    }

    #[test]
    fn o_a_week_of_days_and_a_month_of_weeks_stay() {
        let there = nights(42, Rotation::default());
        // The last night is Sunday, 13 December: its week's days, and the Sundays of the three weeks before.
        let days: Vec<&str> = there.iter().map(|name| &name[4..14]).collect();
        let sundays = ["2026-11-22", "2026-11-29", "2026-12-06"];
        let week = [
            "2026-12-07",
            "2026-12-08",
            "2026-12-09",
            "2026-12-10",
            "2026-12-11",
            "2026-12-12",
            "2026-12-13",
        ];
        assert_eq!(days, [&sundays[..], &week[..]].concat());
        assert_eq!(nights(42, Rotation { daily: 1, weekly: 0 }).len(), NEWEST);
        assert_eq!(nights(3, Rotation::default()).len(), 3, "nothing goes before there is enough");
    }

    #[test]
    fn o_several_on_one_day_leave_the_last_and_other_files_are_never_named() {
        let made: Vec<String> = (0..6).map(|hour| name(Timestamp(MONDAY + hour * 3_600))).collect();
        let mut names: Vec<&str> = made.iter().map(String::as_str).collect();
        names.push("hob-notes.db");
        names.push("before-upgrade-0003.db");
        assert_eq!(Rotation::default().lets_go(&names), names[..3]);
    }

    #[test]
    fn o_a_name_says_when() {
        assert_eq!(name(Timestamp(MONDAY)), "hob-2026-11-02-03-30.db");
        assert_eq!(made_at("hob-2026-11-02-03-30.db"), Some(Timestamp(MONDAY)));
        for other in ["hob-2026-11-02-03-30.db.unfinished", "hob-2026-13-02-03-30.db", "hob.db", ""] {
            assert_eq!(made_at(other), None, "{other}");
        }
    }
}
