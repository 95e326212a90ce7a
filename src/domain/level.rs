//! How a member's level grows (P4): one rule for the promotion and for the *path* screen. Facts and marks go in; the
//! level, and what is missing to the next, come out. Nothing here knows where the facts come from.

use super::member::Level;
use super::time::{DAY_S, Timestamp};

/// What a level asks for. The defaults are PRODUCT.md P4; a sysop may set others in `hob.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelRules {
    /// Member: days since one came.
    pub member_days: i64,
    /// Member: posts of others that one has read.
    pub member_read: i64,
    /// Member: posts that one has written.
    pub member_posts: i64,
    /// Member: replies that one got.
    pub member_replies: i64,
    /// Regular: days since one came.
    pub regular_days: i64,
    /// Regular: days on which one was here, of the last [`Self::regular_days`].
    pub regular_seen: i64,
    /// Regular: threads in which one has written.
    pub regular_threads: i64,
    /// Regular: people with whom one has exchanged replies, both ways.
    pub regular_people: i64,
    /// What keeps a level: so much of each mark, in percent.
    pub keep_percent: i64,
    /// How long the numbers must stay under that until the level is lost, in seconds.
    pub fall_s: i64,
}

impl Default for LevelRules {
    fn default() -> Self {
        Self {
            member_days: 3,
            member_read: 20,
            member_posts: 1,
            member_replies: 1,
            regular_days: 60,
            regular_seen: 15,
            regular_threads: 5,
            regular_people: 3,
            keep_percent: 90,
            fall_s: 14 * DAY_S,
        }
    }
}

/// What is known of one member. Counts may stop at their mark: more than enough is enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The charter was accepted whole, or there is none.
    pub charter: bool,
    /// Whole days since they became a member.
    pub days_here: i64,
    /// Posts of others that they have read.
    pub posts_read: i64,
    /// Posts that they have written and that are still shown.
    pub posts: i64,
    /// Replies of others to their posts.
    pub replies: i64,
    /// Days on which they were here, of the last [`LevelRules::regular_days`].
    pub days_seen: i64,
    /// Threads in which they have written.
    pub threads: i64,
    /// People with whom they have exchanged replies, both ways.
    pub people: i64,
}

/// One thing that a level asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The charter accepted.
    Charter,
    /// Days since one came.
    DaysHere,
    /// Posts read.
    PostsRead,
    /// Posts written.
    Posts,
    /// Replies received.
    Replies,
    /// Days on which one was here.
    DaysSeen,
    /// Threads in which one has written.
    Threads,
    /// People with whom one has exchanged replies.
    People,
}

impl Need {
    /// Its word in `--json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Charter => "charter",
            Self::DaysHere => "days_here",
            Self::PostsRead => "posts_read",
            Self::Posts => "posts",
            Self::Replies => "replies",
            Self::DaysSeen => "days_seen",
            Self::Threads => "threads",
            Self::People => "people",
        }
    }
}

/// A need with how far one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is asked for.
    pub need: Need,
    /// What there is; at most the mark.
    pub have: i64,
    /// How much is asked for.
    pub mark: i64,
}

impl Step {
    /// How much is still missing; 0 when it is done.
    pub fn missing(self) -> i64 {
        (self.mark - self.have).max(0)
    }

    /// Whether there is enough to keep a level that one has.
    fn keeps(self, percent: i64) -> bool {
        self.have.saturating_mul(100) >= self.mark.saturating_mul(percent)
    }
}

/// What a level asks for besides what the levels below it ask for, with how far one is. A newcomer needs nothing.
pub fn steps(level: Level, rules: &LevelRules, facts: &Facts) -> Vec<Step> {
    let step = |need, have: i64, mark: i64| Step { need, have: have.clamp(0, mark.max(0)), mark };
    match level {
        Level::Newcomer => Vec::new(),
        Level::Member => vec![
            step(Need::Charter, i64::from(facts.charter), 1),
            step(Need::DaysHere, facts.days_here, rules.member_days),
            step(Need::PostsRead, facts.posts_read, rules.member_read),
            step(Need::Posts, facts.posts, rules.member_posts),
            step(Need::Replies, facts.replies, rules.member_replies),
        ],
        Level::Regular => vec![
            step(Need::DaysHere, facts.days_here, rules.regular_days),
            step(Need::DaysSeen, facts.days_seen, rules.regular_seen),
            step(Need::Threads, facts.threads, rules.regular_threads),
            step(Need::People, facts.people, rules.regular_people),
        ],
    }
}

/// The level after this one; none after the last.
pub fn next_level(level: Level) -> Option<Level> {
    match level {
        Level::Newcomer => Some(Level::Member),
        Level::Member => Some(Level::Regular),
        Level::Regular => None,
    }
}

/// The highest level of which everything, and everything below it, passes.
fn highest(rules: &LevelRules, facts: &Facts, passes: impl Fn(Step) -> bool) -> Level {
    let mut reached = Level::Newcomer;
    while let Some(next) = next_level(reached) {
        if !steps(next, rules, facts).into_iter().all(&passes) {
            break;
        }
        reached = next;
    }
    reached
}

/// The level that the numbers earn by themselves.
pub fn earned(rules: &LevelRules, facts: &Facts) -> Level {
    highest(rules, facts, |step| step.missing() == 0)
}

/// A member's level, and since when the numbers lie under what keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The level.
    pub level: Level,
    /// Since when they lie under it; none when they do not.
    pub below_since: Option<Timestamp>,
}

/// What a level is from now on. It rises at once. It falls only when something it asks for lies under nine tenths of its
/// mark, and only after that has been so for two weeks: then to the highest level that the numbers keep, so that it
/// never rises again by the same numbers.
pub fn judge(rules: &LevelRules, facts: &Facts, held: Held, now: Timestamp) -> Held {
    let earned = earned(rules, facts);
    if earned > held.level {
        return Held { level: earned, below_since: None };
    }
    let kept = highest(rules, facts, |step| step.keeps(rules.keep_percent));
    if kept >= held.level {
        return Held { level: held.level, below_since: None };
    }
    // A clock that was set back must not lengthen the fall.
    let since = held.below_since.map_or(now, |since| since.min(now));
    if now.seconds_since(since) >= rules.fall_s {
        return Held { level: kept.max(earned), below_since: None };
    }
    Held { level: held.level, below_since: Some(since) }
}

#[cfg(test)]
#[path = "level_tests.rs"]
mod tests;
