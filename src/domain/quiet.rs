//! Quiet hours: a part of the day, in a member's own zone, in which nothing rings (L4).

use std::fmt;

use super::time::{Timestamp, Zone, time_of_day};

/// Minutes in a day.
const DAY_MIN: u16 = 24 * 60;

/// From one time of day up to another, over midnight if the second one is the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Minutes since midnight at which they begin.
    from: u16,
    /// Minutes since midnight at which they are over.
    to: u16,
}

/// Why a text names no quiet hours, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Write two times of day such as 22:00-07:00, or nothing for no quiet hours.")]
pub struct QuietHoursError;

impl QuietHours {
    /// Reads `22:00-07:00`, `22-7`, `9:30 - 10`.
    ///
    /// # Errors
    /// When these are not two different times of day.
    pub fn parse(text: &str) -> Result<Self, QuietHoursError> {
        let (from, to) = text.split_once(['-', '–']).ok_or(QuietHoursError)?;
        let (from, to) = (minutes(from)?, minutes(to)? % DAY_MIN);
        if from == to || from == DAY_MIN { Err(QuietHoursError) } else { Ok(Self { from, to }) }
    }

    /// Whether a moment lies in them, in a zone.
    pub fn contain(self, at: Timestamp, zone: &Zone) -> bool {
        let Ok(now) = minutes(&time_of_day(at, zone)) else { return false };
        if self.from < self.to {
            (self.from..self.to).contains(&now)
        } else {
            now >= self.from || now < self.to
        }
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

/// Minutes since midnight of `7`, `07:00`, `24:00`.
fn minutes(text: &str) -> Result<u16, QuietHoursError> {
    let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "00"));
    let number = |digits: &str, chars: std::ops::RangeInclusive<usize>| {
        let plain = chars.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse::<u16>().map_err(|_| QuietHoursError) } else { Err(QuietHoursError) }
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    let all = hour * 60 + minute;
    if minute < 60 && all <= DAY_MIN { Ok(all) } else { Err(QuietHoursError) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// 2026-11-22 00:00:00 UTC.
    const MIDNIGHT: Timestamp = Timestamp(1_795_305_600);

    #[test]
    fn l4_quiet_hours_are_read_as_people_write_them() {
        for (text, read) in [
            ("22:00-07:00", "22:00-07:00"),
            ("22-7", "22:00-07:00"),
            (" 9:30 – 10 ", "09:30-10:00"),
            ("20:00-24:00", "20:00-00:00"),
            ("0-6", "00:00-06:00"),
        ] {
            assert_eq!(QuietHours::parse(text).unwrap().to_string(), read, "{text}");
        }
        for text in [
            "",
            "22",
            "22-22",
            "25-3",
            "22:60-7",
            "22:0-7",
            "a-b",
            "-1-3",
            "24-3",
            "22:00-07:00-08:00",
            "1e1-2",
        ] {
            assert_eq!(QuietHours::parse(text), Err(QuietHoursError), "{text}");
        }
    }

    #[test]
    fn l4_they_hold_over_midnight_and_in_the_members_zone() {
        let night = QuietHours::parse("22-7").unwrap();
        let noon = QuietHours::parse("12-13").unwrap();
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let at = |hour: i64, minute: i64| MIDNIGHT.plus(hour * 3_600 + minute * 60);
        for (hour, minute, quiet) in
            [(21, 59, false), (22, 0, true), (3, 0, true), (6, 59, true), (7, 0, false)]
        {
            assert_eq!(night.contain(at(hour, minute), &Zone::utc()), quiet, "{hour}:{minute}");
        }
        // An hour ahead of UTC in winter.
        assert!(night.contain(at(21, 0), &berlin) && !night.contain(at(6, 0), &berlin));
        assert!(noon.contain(at(12, 30), &Zone::utc()) && !noon.contain(at(13, 0), &Zone::utc()));
    }
}
