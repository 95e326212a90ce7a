//! The people of the made-up community: those with a name of their own in `words/people.txt`, and as many more as are
//! asked for.

use std::collections::HashSet;

use super::dice::Dice;
use super::words::COMMON;
use crate::domain::handle::Handle;
use crate::domain::member::{Level, Role};

/// Seconds in a day.
pub const DAY_S: i64 = 86_400;

/// A person. Ages are seconds before now.
#[derive(Clone, Debug)]
pub struct Person {
    /// The handle.
    pub handle: Handle,
    /// How well they are known.
    pub level: Level,
    /// What they are trusted with.
    pub role: Role,
    /// When they became a member.
    pub joined: i64,
    /// When they were last here; nothing is written by them after that.
    pub last_seen: i64,
    /// How much they write, from 1.
    pub weight: usize,
    /// Who invited them.
    pub invited_by: Option<usize>,
    /// Pronouns.
    pub pronouns: String,
    /// IANA time zone.
    pub zone: String,
    /// About themselves.
    pub about: String,
    /// "I can help with".
    pub can_help: String,
    /// "I am looking for".
    pub looking_for: String,
    /// One line.
    pub plan: String,
}

/// Time zones of the people without a name of their own.
const ZONES: &[&str] = &[
    "Europe/London",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Paris",
    "Europe/Warsaw",
    "America/New_York",
    "Asia/Tokyo",
    "Africa/Lagos",
    "Australia/Sydney",
    "UTC",
];

/// Those who have been here from the start and are here still: somebody can always answer.
pub const FOUNDERS: usize = 7;

/// `count` people for a community that is `span` seconds old; the first are the sysop and the moderator.
pub fn people(count: usize, span: i64, dice: &mut Dice) -> Vec<Person> {
    let mut people: Vec<Person> = named(span, dice).into_iter().take(count).collect();
    let mut taken: HashSet<String> = people.iter().map(|person| person.handle.skeleton()).collect();
    while people.len() < count {
        let handle = free_handle(people.len(), &mut taken, dice);
        people.push(somebody(handle, span, dice));
    }
    for index in FOUNDERS.min(count)..count {
        // Not the staff: whoever invited somebody stands aside when that somebody is reported.
        let inviter = 2 + dice.below(count - 2);
        let could = people[inviter].joined > people[index].joined && people[inviter].level == Level::Regular;
        people[index].invited_by = (could && dice.percent(85)).then_some(inviter);
    }
    people
}

fn named(span: i64, dice: &mut Dice) -> Vec<Person> {
    let blocks = include_str!("words/people.txt").split("\n@").skip(1);
    blocks.enumerate().map(|(index, block)| read_person(block, index, span, dice)).collect()
}

fn read_person(block: &str, index: usize, span: i64, dice: &mut Dice) -> Person {
    let mut lines = block.lines();
    let mut head = lines.next().unwrap_or_default().split_whitespace();
    let mut word = || head.next().unwrap_or_default();
    let (handle, level, zone) = (word(), word(), word());
    let mut person = Person {
        handle: Handle::parse_reserved_ok(handle).expect("a test reads every handle"),
        level: level.parse().unwrap_or(Level::Member),
        role: match handle {
            "sysop" => Role::Sysop,
            "moderator" => Role::Moderator,
            _ => Role::Member,
        },
        joined: span,
        last_seen: recently(index, dice),
        weight: 1,
        invited_by: None,
        pronouns: String::new(),
        zone: zone.to_owned(),
        about: String::new(),
        can_help: String::new(),
        looking_for: String::new(),
        plan: String::new(),
    };
    for (name, value) in lines.filter_map(|line| line.split_once(' ')) {
        let days = || value.parse::<i64>().unwrap_or(1);
        match name {
            // A place that is older than the story was founded earlier; who is new in it is new anywhere.
            "joined" if days() > 30 => person.joined = (days() * DAY_S).max(days() * (span / 182)),
            "joined" => person.joined = days() * DAY_S,
            "quiet" => person.last_seen = days() * DAY_S,
            "weight" => person.weight = value.parse().unwrap_or(1),
            "pronouns" => value.clone_into(&mut person.pronouns),
            "about" => value.clone_into(&mut person.about),
            "can" => value.clone_into(&mut person.can_help),
            "seeks" => value.clone_into(&mut person.looking_for),
            "plan" => value.clone_into(&mut person.plan),
            _ => {}
        }
    }
    person.last_seen = person.last_seen.min(person.joined / 2);
    person
}

fn somebody(handle: Handle, span: i64, dice: &mut Dice) -> Person {
    let joined = dice.between(5 * DAY_S, span.max(6 * DAY_S));
    let level = match joined / DAY_S {
        ..14 => Level::Newcomer,
        14..60 => Level::Member,
        _ if dice.percent(60) => Level::Regular,
        _ => Level::Member,
    };
    let mut sometimes = |list: &str, chance: usize| {
        if dice.percent(chance) { (*dice.pick(COMMON.list(list))).to_owned() } else { String::new() }
    };
    let (about, can_help) = (sometimes("abouts", 90), sometimes("cans", 75));
    let (looking_for, plan) = (sometimes("seeks", 70), sometimes("plans", 45));
    Person {
        handle,
        level,
        role: Role::Member,
        joined,
        last_seen: recently(FOUNDERS, dice).min(joined - DAY_S / 2),
        weight: 1 + dice.below(3),
        invited_by: None,
        pronouns: (*dice.pick(&["", "", "she/her", "he/him", "they/them"])).to_owned(),
        zone: (*dice.pick(ZONES)).to_owned(),
        about,
        can_help,
        looking_for,
        plan,
    }
}

/// When somebody was last here: two in five within a day, some not for weeks. Founders were here today.
fn recently(index: usize, dice: &mut Dice) -> i64 {
    let hours = match dice.below(10) {
        _ if index < FOUNDERS => dice.between(1, 10),
        0..4 => dice.between(1, 24),
        4..7 => dice.between(24, 7 * 24),
        7..9 => dice.between(7 * 24, 35 * 24),
        _ => dice.between(35 * 24, 90 * 24),
    };
    hours * 3_600 + dice.between(0, 3_600)
}

/// A handle that nobody has: a name, or a name and a thing, then with a number.
fn free_handle(index: usize, taken: &mut HashSet<String>, dice: &mut Dice) -> Handle {
    let (names, nouns) = (COMMON.list("names"), COMMON.list("nouns"));
    for attempt in 0.. {
        let name = dice.pick(names);
        let text = match attempt {
            0..4 if index < 150 => (*name).to_owned(),
            0..20 => format!("{name}-{}", dice.pick(nouns)),
            _ => format!("{name}-{}", dice.between(20, 1_000_000)),
        };
        if let Ok(handle) = Handle::parse(&text)
            && taken.insert(handle.skeleton())
        {
            return handle;
        }
    }
    unreachable!("there are more numbers than people")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::{clean_body, clean_line};
    use crate::domain::time::Zone;

    #[test]
    fn two_thousand_people_and_no_two_alike() {
        let people = people(2_000, 182 * DAY_S, &mut Dice::new(1, 1));
        let skeletons: HashSet<String> = people.iter().map(|person| person.handle.skeleton()).collect();
        assert_eq!(skeletons.len(), 2_000);
        assert_eq!((people[0].handle.as_str(), people[0].role), ("sysop", Role::Sysop));
        assert_eq!((people[1].handle.as_str(), people[1].role), ("moderator", Role::Moderator));
        assert_eq!(people.iter().filter(|person| person.role != Role::Member).count(), 2);
    }

    #[test]
    fn what_people_say_of_themselves_is_as_the_place_would_keep_it() {
        for person in people(100, 182 * DAY_S, &mut Dice::new(1, 1)) {
            let handle = person.handle.to_string();
            assert!(Zone::parse(&person.zone).is_ok(), "{handle}: {}", person.zone);
            assert_eq!(clean_body(&person.about), person.about, "{handle}");
            for line in [&person.plan, &person.can_help, &person.looking_for, &person.pronouns] {
                assert_eq!(&clean_line(line), line, "{handle}");
            }
            assert!(person.last_seen < person.joined, "{handle}");
            assert!(person.weight > 0 && person.joined > 0, "{handle}");
        }
    }
}
