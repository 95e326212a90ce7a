//! Moments, zones, and how both are said. No clock: the service has the only one, and hands moments down.

use std::fmt;
use std::sync::OnceLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
/// Seconds in a day.
pub const DAY_S: i64 = 24 * HOUR_S;
const WEEK_S: i64 = 7 * DAY_S;

/// From here on days are counted in weeks.
const DAYS_SHOWN_S: i64 = 14 * DAY_S;
/// From here on the month is named instead of counting weeks.
const WEEKS_SHOWN_S: i64 = 9 * WEEK_S;

/// Longest time zone name that is looked at. The longest real one has 32 bytes.
const ZONE_NAME_BYTES_MAX: usize = 64;

/// A moment in UTC seconds since 1970, as the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `seconds` later (earlier, if negative), at the end of time at the latest.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this moment; negative if it is the later one.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// For `jiff`, which knows the years -9999 to 9999 only.
    fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

/// A member's time zone: one of the names of the IANA database, which is built into the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Why a text is no time zone, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("No time zone has that name; write one such as Europe/Berlin, America/New_York or UTC.")]
pub struct ZoneError;

impl Zone {
    /// Coordinated Universal Time, for those who named no zone.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone of that name, in any case; spaces stand for underscores.
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        let name = name.trim();
        let plausible = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+' | b' ');
        if name.len() > ZONE_NAME_BYTES_MAX || !name.bytes().all(plausible) {
            return Err(ZoneError);
        }
        let zone = zones().get(&name.replace(' ', "_")).map_err(|_| ZoneError)?;
        if zone.is_unknown() { Err(ZoneError) } else { Ok(Self(zone)) }
    }

    /// The beginning of a day in it; none when there is no such day.
    pub fn start_of(&self, year: i16, month: i8, day: i8) -> Option<Timestamp> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        let start = date.to_zoned(self.0.clone()).ok()?;
        Some(Timestamp(start.timestamp().as_second()))
    }

    /// The beginning of the day in it on which a moment falls, `days` earlier.
    pub fn day_before(&self, now: Timestamp, days: u16) -> Option<Timestamp> {
        let today = now.to_jiff().to_zoned(self.0.clone()).date();
        let date = today.checked_sub(jiff::Span::new().days(i64::from(days))).ok()?;
        self.start_of(date.year(), date.month(), date.day())
    }

    /// When the day ends in which a moment lies; none at the end of time.
    pub fn day_end(&self, at: Timestamp) -> Option<Timestamp> {
        let next = at.to_jiff().to_zoned(self.0.clone()).date().tomorrow().ok()?;
        self.start_of(next.year(), next.month(), next.day())
    }

    /// Its name, as the IANA database spells it.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Names that contain `fragment`, in any case, spaces standing for underscores: at most `limit` of them, in order.
    pub fn matching(fragment: &str, limit: usize) -> Vec<String> {
        let fragment = fragment.trim().to_ascii_lowercase().replace(' ', "_");
        zones()
            .available()
            .map(|name| name.as_str().to_owned())
            .filter(|name| name.to_ascii_lowercase().contains(&fragment))
            .take(limit)
            .collect()
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The zones built into the program: never files of the host, so that the same moment reads the same everywhere.
fn zones() -> &'static TimeZoneDatabase {
    static ZONES: OnceLock<TimeZoneDatabase> = OnceLock::new();
    ZONES.get_or_init(TimeZoneDatabase::bundled)
}

/// How long ago `then` was, or how far ahead it is: `just now`, `5 min`, `3 h`, `yesterday`, `4 d`, `3 wk`,
/// `Mar 2025`; ahead `in 5 min`, `tomorrow`, `in 3 wk`. At most 9 columns.
pub fn relative(now: Timestamp, then: Timestamp) -> String {
    let ago = now.seconds_since(then);
    match ago.saturating_abs() {
        0..MINUTE_S => "just now".to_owned(),
        DAY_S..172_800 if ago > 0 => "yesterday".to_owned(),
        DAY_S..172_800 => "tomorrow".to_owned(),
        _ => ahead(ago, counted(ago.saturating_abs(), " ").unwrap_or_else(|| month(then)), "in "),
    }
}

/// The same in a sentence: `3 h ago`.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    let words = relative(now, then);
    let distance = now.seconds_since(then);
    let counted = distance >= MINUTE_S && counted(distance, " ").is_some_and(|counted| counted == words);
    if counted { format!("{words} ago") } else { words }
}

/// The same for narrow columns, at most 8: `now`, `5 min`, `3 h`, `1 d`, `3 wk`, `Mar 2025`; ahead `in 5min`, `in 3h`.
pub fn relative_short(now: Timestamp, then: Timestamp) -> String {
    let ago = now.seconds_since(then);
    if ago.saturating_abs() < MINUTE_S {
        return "now".to_owned();
    }
    let space = if ago < 0 { "" } else { " " };
    ahead(ago, counted(ago.saturating_abs(), space).unwrap_or_else(|| month(then)), "in ")
}

/// Minutes to weeks, rounded down; nothing where the month is to be named.
fn counted(seconds: i64, space: &str) -> Option<String> {
    let (unit_s, unit) = match seconds {
        ..HOUR_S => (MINUTE_S, "min"),
        HOUR_S..DAY_S => (HOUR_S, "h"),
        DAY_S..DAYS_SHOWN_S => (DAY_S, "d"),
        DAYS_SHOWN_S..WEEKS_SHOWN_S => (WEEK_S, "wk"),
        _ => return None,
    };
    Some(format!("{}{space}{unit}", seconds / unit_s))
}

/// Puts `word` before what lies ahead; months need none.
fn ahead(ago: i64, text: String, word: &str) -> String {
    if ago < 0 && ago > -WEEKS_SHOWN_S { format!("{word}{text}") } else { text }
}

fn month(at: Timestamp) -> String {
    at.to_jiff().to_zoned(TimeZone::UTC).strftime("%b %Y").to_string()
}

/// The day on which somebody was here, as one says it: `today`, `yesterday`, `this week`, `this month`, `a while ago`,
/// by the calendar of `zone`. At most 11 columns.
pub fn day_words(now: Timestamp, then: Timestamp, zone: &Zone) -> &'static str {
    let day = |at: Timestamp| date(at, zone);
    if day(then) == day(now) {
        "today"
    } else if day(then) == day(now.plus(-DAY_S)) {
        "yesterday"
    } else {
        match now.seconds_since(then) {
            ..WEEK_S => "this week",
            WEEK_S..2_678_400 => "this month",
            _ => "a while ago",
        }
    }
}

/// When a member was last here, said so coarsely that nobody can be timed (P1): `here today`, `this week`,
/// `this month`, `a while ago`. At most 11 columns.
pub fn coarse(now: Timestamp, then: Timestamp) -> &'static str {
    match now.seconds_since(then) {
        ..DAY_S => "here today",
        DAY_S..WEEK_S => "this week",
        WEEK_S..2_678_400 => "this month",
        _ => "a while ago",
    }
}

/// Date and time of day in a zone: `2026-11-22 14:03`, always 16 columns for the years 0 to 9999.
pub fn absolute(at: Timestamp, zone: &Zone) -> String {
    in_zone(at, zone, "%Y-%m-%d %H:%M")
}

/// The date in a zone: `2026-11-22`.
pub fn date(at: Timestamp, zone: &Zone) -> String {
    in_zone(at, zone, "%Y-%m-%d")
}

/// The day in a zone, where one has just begun: `Monday 2026-11-23`.
pub fn weekday_and_date(at: Timestamp, zone: &Zone) -> String {
    in_zone(at, zone, "%A %Y-%m-%d")
}

/// The time of day in a zone: `14:03`.
pub fn time_of_day(at: Timestamp, zone: &Zone) -> String {
    in_zone(at, zone, "%H:%M")
}

fn in_zone(at: Timestamp, zone: &Zone, format: &str) -> String {
    at.to_jiff().to_zoned(zone.0.clone()).strftime(format).to_string()
}

/// A length of time in words, at most two units, rounded down: `45 seconds`, `1 hour 30 minutes`, `3 days`.
pub fn duration_words(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (large_s, large, small_s, small) = match seconds {
        ..MINUTE_S => return counted_words(seconds, "second"),
        MINUTE_S..HOUR_S => (MINUTE_S, "minute", 1, "second"),
        HOUR_S..DAY_S => (HOUR_S, "hour", MINUTE_S, "minute"),
        _ => (DAY_S, "day", HOUR_S, "hour"),
    };
    let rest = seconds % large_s / small_s;
    let words = counted_words(seconds / large_s, large);
    if rest == 0 { words } else { format!("{words} {}", counted_words(rest, small)) }
}

/// How long something still lasts, in words: from a minute up to the nearest minute (an hour later on), below it in
/// seconds and at least one. A second spent on the way does not turn `10 minutes` into `9 minutes 59 seconds`.
pub fn time_left(until: Timestamp, now: Timestamp) -> String {
    let seconds = until.seconds_since(now).max(1);
    let unit = match seconds {
        ..MINUTE_S => 1,
        MINUTE_S..DAY_S => MINUTE_S,
        _ => HOUR_S,
    };
    duration_words((seconds + unit / 2) / unit * unit)
}

fn counted_words(count: i64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::text::corpus::hostile;

    /// 2026-11-22 14:03:20 UTC.
    const NOW: Timestamp = Timestamp(1_795_356_200);

    #[test]
    fn m3_what_is_left_is_told_in_whole_minutes() {
        for (seconds, words) in [
            (600, "10 minutes"),
            (599, "10 minutes"),
            (569, "9 minutes"),
            (60, "1 minute"),
            (59, "59 seconds"),
            (0, "1 second"),
            (2 * HOUR_S - 1, "2 hours"),
            (3 * DAY_S - 5, "3 days"),
        ] {
            assert_eq!(time_left(NOW.plus(seconds), NOW), words, "{seconds}");
        }
    }

    #[test]
    fn r5_relative_times() {
        for (ago, long, short) in [
            (0, "just now", "now"),
            (59, "just now", "now"),
            (60, "1 min", "1 min"),
            (59 * 60 + 59, "59 min", "59 min"),
            (HOUR_S, "1 h", "1 h"),
            (DAY_S - 1, "23 h", "23 h"),
            (DAY_S, "yesterday", "1 d"),
            (2 * DAY_S, "2 d", "2 d"),
            (14 * DAY_S - 1, "13 d", "13 d"),
            (14 * DAY_S, "2 wk", "2 wk"),
            (63 * DAY_S - 1, "8 wk", "8 wk"),
            (63 * DAY_S, "Sep 2026", "Sep 2026"),
            (620 * DAY_S, "Mar 2025", "Mar 2025"),
            (-30, "just now", "now"),
            (-5 * 60, "in 5 min", "in 5min"),
            (-DAY_S, "tomorrow", "in 1d"),
            (-10 * WEEK_S, "Jan 2027", "Jan 2027"),
        ] {
            assert_eq!(relative(NOW, NOW.plus(-ago)), long, "{ago}");
            assert_eq!(relative_short(NOW, NOW.plus(-ago)), short, "{ago}");
        }
    }

    #[test]
    fn p1_last_here_is_coarse() {
        for (ago, words) in [
            (0, "here today"),
            (-5, "here today"),
            (DAY_S, "this week"),
            (WEEK_S, "this month"),
            (30 * DAY_S, "this month"),
            (31 * DAY_S, "a while ago"),
        ] {
            assert_eq!(coarse(NOW, NOW.plus(-ago)), words, "{ago}");
        }
    }

    #[test]
    fn r5_absolute_times_are_in_the_members_zone() {
        let berlin = Zone::parse("europe/berlin").unwrap();
        let kolkata = Zone::parse("Asia/Kolkata").unwrap();
        assert_eq!(absolute(NOW, &Zone::utc()), "2026-11-22 14:03");
        assert_eq!(absolute(NOW, &berlin), "2026-11-22 15:03");
        assert_eq!(absolute(NOW, &kolkata), "2026-11-22 19:33");
        assert_eq!(absolute(NOW.plus(-150 * DAY_S), &berlin), "2026-06-25 16:03", "summer time");
        assert_eq!(date(NOW.plus(10 * HOUR_S), &berlin), "2026-11-23");
        assert_eq!(time_of_day(NOW, &kolkata), "19:33");
    }

    #[test]
    fn p2_zones_are_checked_by_name() {
        assert_eq!(Zone::parse(" america/new york ").unwrap().name(), "America/New_York");
        assert_eq!(Zone::parse("utc").unwrap(), Zone::utc());
        assert_eq!(Zone::utc().to_string(), "UTC");
        for bad in
            ["", "Berlin", "Europe/Atlantis", "../../etc/passwd", "CET-1CEST", "Etc/Unknown", "\u{1b}[31m"]
        {
            assert_eq!(Zone::parse(bad), Err(ZoneError), "{bad:?}");
        }
        assert!(hostile().iter().all(|text| Zone::parse(text).is_err()));
        assert_eq!(Zone::matching("new york", 3), ["America/New_York"]);
        assert_eq!(Zone::matching("", 5).len(), 5);
    }

    #[test]
    fn lengths_of_time_in_words() {
        for (seconds, words) in [
            (-1, "0 seconds"),
            (1, "1 second"),
            (45, "45 seconds"),
            (600, "10 minutes"),
            (61, "1 minute 1 second"),
            (5_400, "1 hour 30 minutes"),
            (72 * HOUR_S, "3 days"),
            (90_060, "1 day 1 hour"),
        ] {
            assert_eq!(duration_words(seconds), words);
        }
    }

    proptest! {
        #[test]
        fn no_moment_panics_and_columns_hold(now in any::<i64>(), then in any::<i64>()) {
            let (now, then) = (Timestamp(now), Timestamp(then));
            prop_assert!(relative(now, then).len() <= 10);
            prop_assert!(!absolute(then, &Zone::utc()).is_empty());
            prop_assert!(!coarse(now, then).is_empty() && !duration_words(then.0).is_empty());
        }

        #[test]
        fn in_our_age_columns_are_as_documented(then in 0_i64..16_000_000_000) {
            let then = Timestamp(then);
            prop_assert!(relative(NOW, then).len() <= 9);
            prop_assert!(relative_short(NOW, then).len() <= 8);
            prop_assert_eq!(absolute(then, &Zone::utc()).len(), 16);
        }

        #[test]
        fn near_moments_keep_to_their_columns(ago in -6_000_000_i64..6_000_000) {
            prop_assert!(relative(NOW, NOW.plus(ago)).len() <= 9);
            prop_assert!(relative_short(NOW, NOW.plus(ago)).len() <= 8);
        }
    }
}
