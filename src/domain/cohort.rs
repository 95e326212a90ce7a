//! Cohorts (P5): when their checkpoints open, and who is whose buddy. Everything follows from what is kept: the same
//! days and the same seed give the same.

use super::ids::MemberId;
use super::time::{DAY_S, Timestamp, Zone};
use super::words::words;

/// Most weeks that a cohort runs: half a year.
pub const WEEKS_MAX: i64 = 26;
/// Fewest places: a buddy takes two.
pub const PLACES_MIN: i64 = 2;
/// Most places. More people than this are a board.
pub const PLACES_MAX: i64 = 60;
/// Most days ahead that a cohort may start.
pub const AHEAD_DAYS_MAX: i64 = 365;
/// Longest name, in characters: it is its board's name too.
pub const NAME_CHARS_MAX: usize = 40;
/// Longest purpose, in characters.
pub const PURPOSE_CHARS_MAX: usize = 200;
/// Longest text of a checkpoint, in characters.
pub const PROMPT_CHARS_MAX: usize = 1_000;
/// How long before a checkpoint its people are told, in seconds.
pub const TOLD_BEFORE_S: i64 = DAY_S;
/// What a checkpoint asks where nobody wrote anything else.
pub const STANDARD_PROMPT: &str = "What did you do since the last checkpoint, what was hard, and what comes next? One line \
                                   is enough. A week without one is fine too.";

const WEEK_S: i64 = 7 * DAY_S;
/// Drawings that are tried for one in which everybody has somebody.
const TRIES: u64 = 64;

words! {
    /// A day of the week.
    "day of the week" Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

impl Weekday {
    /// The day that a text names, at least with its first two letters.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        Self::ALL.iter().copied().find(|day| text.len() >= 2 && day.as_str().starts_with(&text))
    }

    /// The day on which a moment falls, in UTC.
    pub fn of(at: Timestamp) -> Self {
        // The first day of 1970 was a Thursday.
        let number = (at.0.div_euclid(DAY_S) + 3).rem_euclid(7);
        Self::ALL[usize::try_from(number).unwrap_or(0)]
    }
}

/// The beginning of the day that a text names as `2026-11-30`, in UTC.
pub fn read_day(text: &str) -> Option<Timestamp> {
    let mut parts = text.trim().splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Zone::utc().start_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// When a cohort that starts then and runs so many weeks is over.
pub fn ends_at(starts_at: Timestamp, weeks: i64) -> Timestamp {
    starts_at.plus(weeks * WEEK_S)
}

/// When its checkpoints open: one in each week, on that weekday.
pub fn checkpoints(starts_at: Timestamp, weeks: i64, weekday: Weekday) -> Vec<Timestamp> {
    let place = |day: Weekday| Weekday::ALL.iter().position(|known| *known == day).unwrap_or(0);
    let days = (7 + place(weekday) - place(Weekday::of(starts_at))) % 7;
    let first = starts_at.plus(i64::try_from(days).unwrap_or(0) * DAY_S);
    (0..weeks).map(|week| first.plus(week * WEEK_S)).collect()
}

/// Buddies: two, or three where the people do not come out even.
pub type Buddies = Vec<Vec<MemberId>>;

/// Draws buddies: the same people and seed give the same. Nobody gets somebody from whom they are kept `apart`; who
/// cannot have anybody is in no group.
pub fn draw(people: &[MemberId], apart: impl Fn(MemberId, MemberId) -> bool, seed: u64) -> Buddies {
    let mut sorted = people.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let wanted = if sorted.len() < 2 { 0 } else { sorted.len() };
    let mut best = Vec::new();
    for attempt in 0..TRIES {
        let mut order = sorted.clone();
        shuffle(&mut order, seed.wrapping_add(attempt));
        let groups = pair_up(&order, &apart);
        let placed = |groups: &Buddies| groups.iter().map(Vec::len).sum::<usize>();
        if best.is_empty() || placed(&groups) > placed(&best) {
            best = groups;
        }
        if placed(&best) == wanted {
            break;
        }
    }
    best
}

/// Draws again for those who have nobody any more, and leaves everybody else who they have. Where one person is over, a
/// group of three gives one of its people, else a group of two takes them in.
pub fn redraw(
    groups: &Buddies,
    people: &[MemberId],
    apart: impl Fn(MemberId, MemberId) -> bool,
    seed: u64,
) -> Buddies {
    let whole = |group: &Vec<MemberId>| {
        let clash = group.iter().any(|one| group.iter().any(|other| one != other && apart(*one, *other)));
        group.len() >= 2 && !clash
    };
    let staying = groups
        .iter()
        .map(|group| group.iter().copied().filter(|member| people.contains(member)).collect::<Vec<_>>());
    let mut kept: Buddies = staying.filter(whole).collect();
    let has = |groups: &Buddies, member: &MemberId| groups.iter().any(|group| group.contains(member));
    let pool: Vec<MemberId> = people.iter().copied().filter(|member| !has(&kept, member)).collect();
    kept.extend(draw(&pool, &apart, seed));
    for member in pool {
        if !has(&kept, &member) {
            take_in(&mut kept, member, &apart);
        }
    }
    kept
}

/// Finds a place for one who is over.
fn take_in(groups: &mut Buddies, member: MemberId, apart: &impl Fn(MemberId, MemberId) -> bool) {
    let friendly = |other: &MemberId| !apart(member, *other);
    let three = groups.iter_mut().find(|group| group.len() == 3 && group.iter().any(friendly));
    if let Some(group) = three
        && let Some(at) = group.iter().position(friendly)
    {
        let other = group.remove(at);
        groups.push(vec![other, member]);
    } else if let Some(group) = groups.iter_mut().find(|group| group.len() == 2 && group.iter().all(friendly))
    {
        group.push(member);
    }
}

/// Pairs in the order of the list, and takes in who is over.
fn pair_up(order: &[MemberId], apart: &impl Fn(MemberId, MemberId) -> bool) -> Buddies {
    let mut open = order.to_vec();
    let (mut groups, mut over) = (Buddies::new(), Vec::new());
    while !open.is_empty() {
        let one = open.remove(0);
        match open.iter().position(|other| !apart(one, *other)) {
            Some(at) => groups.push(vec![one, open.remove(at)]),
            None => over.push(one),
        }
    }
    for member in over {
        let friendly = |other: &MemberId| !apart(member, *other);
        if let Some(group) = groups.iter_mut().find(|group| group.len() == 2 && group.iter().all(friendly)) {
            group.push(member);
        }
    }
    groups
}

/// An order that follows from the seed alone (Fisher and Yates, over splitmix64).
fn shuffle(list: &mut [MemberId], seed: u64) {
    let mut state = seed;
    for last in (1..list.len()).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        let range = u64::try_from(last + 1).unwrap_or(1);
        list.swap(last, usize::try_from(word % range).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn ids(count: i64) -> Vec<MemberId> {
        (1..=count).map(MemberId).collect()
    }

    #[test]
    fn p5_a_checkpoint_opens_in_each_week_on_its_weekday() {
        let start = read_day("2026-11-25").unwrap();
        assert_eq!((Weekday::of(start), Weekday::of(start.plus(-1))), (Weekday::Wednesday, Weekday::Tuesday));
        let days = checkpoints(start, 3, Weekday::Monday);
        assert_eq!(days[0], read_day("2026-11-30").unwrap());
        assert_eq!((days.len(), days[2]), (3, read_day("2026-12-14").unwrap()));
        assert!(days[2] < ends_at(start, 3));
        assert_eq!(
            checkpoints(start, 1, Weekday::Wednesday),
            [start],
            "on the first day, if that is the day"
        );
        assert_eq!(
            (Weekday::read("Tu"), Weekday::read("t"), Weekday::read("")),
            (Some(Weekday::Tuesday), None, None)
        );
        assert_eq!(read_day("2026-02-30"), None);
    }

    proptest! {
        /// P5: nobody twice, nobody with somebody they are apart from, and nobody alone who need not be.
        #[test]
        fn p5_buddies_are_two_or_three_who_are_not_apart(
            count in 0_i64..30, seed: u64, pairs in proptest::collection::vec((1_i64..30, 1_i64..30), 0..12),
        ) {
            let people = ids(count);
            let apart = |one: MemberId, other: MemberId| {
                pairs.contains(&(one.0, other.0)) || pairs.contains(&(other.0, one.0))
            };
            let groups = draw(&people, apart, seed);
            prop_assert_eq!(&groups, &draw(&people, apart, seed), "the same again");
            let mut all: Vec<MemberId> = groups.concat();
            let placed = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), placed);
            for group in &groups {
                prop_assert!(matches!(group.len(), 2 | 3));
                for one in group {
                    prop_assert!(!group.iter().any(|other| one != other && apart(*one, *other)));
                }
            }
            let free = draw(&people, |_, _| false, seed);
            prop_assert_eq!(free.concat().len(), if count < 2 { 0 } else { people.len() });
            prop_assert_eq!(free.iter().filter(|group| group.len() == 3).count(), usize::from(count > 2 && count % 2 == 1));
        }

        /// P5: when one leaves, those whose buddies are still there keep them, and nobody is left alone.
        #[test]
        fn p5_a_redraw_touches_no_more_than_it_has_to(count in 3_i64..25, seed: u64, leaves in 1_i64..25) {
            let before = draw(&ids(count), |_, _| false, seed);
            let staying: Vec<MemberId> = ids(count).into_iter().filter(|member| member.0 != leaves).collect();
            let after = redraw(&before, &staying, |_, _| false, seed);
            prop_assert_eq!(after.concat().len(), staying.len());
            let moved = staying.iter().filter(|member| {
                let of = |groups: &Buddies| groups.iter().find(|group| group.contains(member)).cloned().unwrap();
                of(&before).into_iter().filter(|other| other.0 != leaves).collect::<Vec<_>>() != of(&after)
            });
            prop_assert!(moved.count() <= 4, "one who is alone, and the group that gives or takes one");
        }
    }

    #[test]
    fn p5_a_block_between_the_only_two_leaves_both_without_and_a_third_joins_them_up_as_far_as_it_goes() {
        let apart = |one: MemberId, other: MemberId| one.0 + other.0 == 3;
        assert!(draw(&ids(2), apart, 1).is_empty());
        let three = draw(&ids(3), apart, 1);
        assert_eq!((three.len(), three[0].len()), (1, 2));
        assert!(three[0].contains(&MemberId(3)));
    }
}
