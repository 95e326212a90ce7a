//! How much each level may write (PRODUCT.md section 5). One engine for threads and posts: the numbers are the place's,
//! the rules are here, and nothing here knows where a text comes from.

use crate::domain::member::Level;
use crate::domain::time::{Timestamp, duration_words};

/// Seconds in which posts and threads are counted: a day.
pub const WINDOW_S: i64 = 24 * 60 * 60;

/// What one level may write. None: no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelLimits {
    /// Posts in 24 hours.
    pub posts_a_day: Option<i64>,
    /// New threads in 24 hours.
    pub threads_a_day: Option<i64>,
    /// Seconds between two posts.
    pub pause_s: Option<i64>,
    /// Links in one post.
    pub links: Option<i64>,
    /// Members that one post may mention.
    pub mentions: Option<i64>,
}

/// What every level may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Newcomers.
    pub newcomer: LevelLimits,
    /// Members.
    pub member: LevelLimits,
    /// Regulars.
    pub regular: LevelLimits,
}

impl Default for Limits {
    /// PRODUCT.md section 5. For members a bound on loops, far above a lively evening; for regulars none.
    fn default() -> Self {
        Self {
            newcomer: LevelLimits {
                posts_a_day: Some(10),
                threads_a_day: Some(3),
                pause_s: Some(30),
                links: Some(2),
                mentions: Some(2),
            },
            member: LevelLimits { posts_a_day: Some(100), threads_a_day: Some(20), ..LevelLimits::default() },
            regular: LevelLimits::default(),
        }
    }
}

/// What is about to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// It starts a thread.
    pub starts_thread: bool,
    /// Links in it, each address once.
    pub links: usize,
    /// Members that it mentions, each once.
    pub mentions: usize,
}

/// What was written before: when, and whether it started a thread. The newest comes first.
pub type Recent = [(Timestamp, bool)];

/// Why something cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A limit that opens by itself.
    Until {
        /// The limit, as a sentence.
        what: String,
        /// When it opens.
        open: Timestamp,
    },
    /// The text has to change.
    Change(String),
}

impl Limits {
    /// What this level may write.
    pub fn of(&self, level: Level) -> &LevelLimits {
        match level {
            Level::Newcomer => &self.newcomer,
            Level::Member => &self.member,
            Level::Regular => &self.regular,
        }
    }

    /// Whether somebody of this level may write this now. What has to change in the text is said before what has to be
    /// waited for: it can be done meanwhile.
    ///
    /// # Errors
    /// The first limit that it meets.
    pub fn check(
        &self,
        level: Level,
        attempt: Attempt,
        recent: &Recent,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.check_text(level, attempt)?;
        let (limits, whose) = (self.of(level), plural(level));
        if let (Some(pause_s), Some((last, _))) = (limits.pause_s, recent.first()) {
            let what = || format!("{whose} pause {} between two posts.", duration_words(pause_s));
            wait_after(*last, pause_s, now, what)?;
        }
        let today: Vec<(Timestamp, bool)> =
            recent.iter().copied().filter(|(at, _)| now.seconds_since(*at) < WINDOW_S).collect();
        let posts: Vec<Timestamp> = today.iter().map(|(at, _)| *at).collect();
        at_most(&posts, limits.posts_a_day, now, |most| {
            format!("{whose} write up to {most} posts in 24 hours; that grows with taking part.")
        })?;
        if attempt.starts_thread {
            let threads: Vec<Timestamp> =
                today.iter().filter(|(_, first)| *first).map(|(at, _)| *at).collect();
            at_most(&threads, limits.threads_a_day, now, |most| {
                format!("{whose} start up to {most} threads in 24 hours; answers are still open to you.")
            })?;
        }
        Ok(())
    }

    /// Whether the text itself is within the limits: also for a text that is only changed.
    ///
    /// # Errors
    /// What has to change.
    pub fn check_text(&self, level: Level, attempt: Attempt) -> Result<(), Refusal> {
        let (limits, whose) = (self.of(level), plural(level));
        let over = |has: usize, most: Option<i64>| {
            most.filter(|most| i64::try_from(has).unwrap_or(i64::MAX) > *most)
        };
        if let Some(most) = over(attempt.links, limits.links) {
            let has = attempt.links;
            return Err(Refusal::Change(format!(
                "{whose} put up to {most} links into a post; this one has {has}. Take some out: they can go into a later post."
            )));
        }
        if let Some(most) = over(attempt.mentions, limits.mentions) {
            let has = attempt.mentions;
            return Err(Refusal::Change(format!(
                "{whose} mention up to {most} members in a post; this one names {has}. Leave out the @ of some."
            )));
        }
        Ok(())
    }
}

fn plural(level: Level) -> &'static str {
    match level {
        Level::Newcomer => "Newcomers",
        Level::Member => "Members",
        Level::Regular => "Regulars",
    }
}

/// Refuses until `pause_s` seconds have passed since `last`. A clock that was set back never makes it longer.
fn wait_after(
    last: Timestamp,
    pause_s: i64,
    now: Timestamp,
    what: impl Fn() -> String,
) -> Result<(), Refusal> {
    let passed = now.seconds_since(last).max(0);
    if passed < pause_s {
        return Err(Refusal::Until { what: what(), open: now.plus(pause_s - passed) });
    }
    Ok(())
}

/// Refuses when there were as many as there may be in the last 24 hours; the newest come first.
fn at_most(
    newest_first: &[Timestamp],
    most: Option<i64>,
    now: Timestamp,
    what: impl Fn(i64) -> String,
) -> Result<(), Refusal> {
    let Some(most) = most else { return Ok(()) };
    let full = usize::try_from(most).unwrap_or(0);
    if newest_first.len() < full {
        return Ok(());
    }
    // With a limit of nothing there is nothing that could grow old: it opens with the next level.
    let oldest = full.checked_sub(1).and_then(|last| newest_first.get(last)).copied().unwrap_or(now);
    wait_after(oldest, WINDOW_S, now, || what(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);
    const POST: Attempt = Attempt { starts_thread: false, links: 0, mentions: 0 };
    const THREAD: Attempt = Attempt { starts_thread: true, ..POST };

    fn check(level: Level, attempt: Attempt, recent: &Recent) -> Result<(), Refusal> {
        Limits::default().check(level, attempt, recent, NOW)
    }

    /// So many posts, the newest `first_s` seconds ago, each a minute before the next.
    fn wrote(count: i64, first_s: i64, threads: bool) -> Vec<(Timestamp, bool)> {
        (0..count).map(|n| (NOW.plus(-first_s - 60 * n), threads)).collect()
    }

    fn opens(refused: Result<(), Refusal>) -> Option<i64> {
        match refused {
            Err(Refusal::Until { open, .. }) => Some(open.seconds_since(NOW)),
            _ => None,
        }
    }

    /// PRODUCT.md section 5, at each exact threshold.
    #[test]
    fn m6_a_newcomer_pauses_thirty_seconds() {
        assert_eq!(opens(check(Level::Newcomer, POST, &wrote(1, 29, false))), Some(1));
        assert_eq!(check(Level::Newcomer, POST, &wrote(1, 30, false)), Ok(()));
        assert_eq!(opens(check(Level::Newcomer, POST, &wrote(1, -500, false))), Some(30), "a clock set back");
    }

    #[test]
    fn m6_a_newcomer_writes_ten_posts_and_three_threads_a_day() {
        assert_eq!(check(Level::Newcomer, POST, &wrote(9, 60, false)), Ok(()));
        // The tenth before now was 600 s ago.
        assert_eq!(opens(check(Level::Newcomer, POST, &wrote(10, 60, false))), Some(WINDOW_S - 600));
        assert_eq!(opens(check(Level::Newcomer, POST, &wrote(10, WINDOW_S - 541, false))), Some(1));
        assert_eq!(check(Level::Newcomer, POST, &wrote(10, WINDOW_S - 540, false)), Ok(()));
        assert_eq!(check(Level::Newcomer, THREAD, &wrote(2, 60, true)), Ok(()));
        assert_eq!(opens(check(Level::Newcomer, THREAD, &wrote(3, 60, true))), Some(WINDOW_S - 180));
        assert_eq!(check(Level::Newcomer, POST, &wrote(3, 60, true)), Ok(()), "answers stay open");
    }

    #[test]
    fn m6_a_newcomers_post_has_two_links_and_two_mentions() {
        for (attempt, word) in
            [(Attempt { links: 3, ..POST }, "links"), (Attempt { mentions: 3, ..POST }, "members")]
        {
            let refused = check(Level::Newcomer, attempt, &[]);
            assert!(matches!(&refused, Err(Refusal::Change(words)) if words.contains(word)), "{refused:?}");
            assert_eq!(check(Level::Member, attempt, &[]), Ok(()));
        }
        assert_eq!(check(Level::Newcomer, Attempt { links: 2, mentions: 2, ..POST }, &[]), Ok(()));
    }

    #[test]
    fn m6_members_have_room_and_regulars_no_limit() {
        assert_eq!(check(Level::Member, POST, &wrote(99, 0, false)), Ok(()));
        assert!(opens(check(Level::Member, POST, &wrote(100, 0, false))).is_some());
        assert_eq!(check(Level::Member, THREAD, &wrote(19, 0, true)), Ok(()));
        assert!(opens(check(Level::Member, THREAD, &wrote(20, 0, true))).is_some());
        assert_eq!(check(Level::Regular, THREAD, &wrote(500, 0, true)), Ok(()));
    }

    #[test]
    fn a_limit_of_nothing_opens_with_the_next_level() {
        let mut limits = Limits::default();
        limits.newcomer.posts_a_day = Some(0);
        let refused = limits.check(Level::Newcomer, POST, &[], NOW);
        assert_eq!(opens(refused), Some(WINDOW_S));
    }
}
