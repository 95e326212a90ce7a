//! What is written when, before anything is: threads with their sizes, and every post's moment, oldest first.

use super::Size;
use super::boards::Board;
use super::cast::{DAY_S, Person};
use super::compose::{Composer, Subject};
use super::dice::Dice;
use super::scripts::{Script, scripts};

/// A small community is half a year old; a large one, three years.
const SPAN_SMALL_S: i64 = 182 * DAY_S;
const SPAN_LARGE_S: i64 = 1_092 * DAY_S;
/// From this many posts on a community is large.
const LARGE_POSTS: usize = 20_000;
/// The longest thread: what SPEED.md wants to open as fast as a short one.
const LONGEST_POSTS: usize = 5_000;
/// Nothing is younger than this, in seconds: the posts that the stories make (scenes/cohorts.rs) come after all of these.
const YOUNGEST_S: i64 = 900;

/// How old a community of this size is, in seconds.
pub fn span(size: &Size) -> i64 {
    if size.posts >= LARGE_POSTS { SPAN_LARGE_S } else { SPAN_SMALL_S }
}

/// A thread.
#[derive(Debug)]
pub struct Thread {
    /// Index of its board.
    pub board: usize,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// Index of its script, if it was written by hand.
    pub script: Option<usize>,
    /// Index of who starts it, if that must be somebody in particular.
    pub opener: Option<usize>,
    /// How many posts it has.
    pub posts: usize,
}

/// A post's moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds before now.
    pub age: i64,
    /// Index of its thread.
    pub thread: usize,
}

/// What is to be written.
#[derive(Debug)]
pub struct Plan {
    /// The threads.
    pub threads: Vec<Thread>,
    /// The posts, oldest first.
    pub moments: Vec<Moment>,
    /// The conversations that were written by hand.
    pub scripts: Vec<Script>,
}

impl Plan {
    /// Plans a community.
    pub fn new(size: &Size, boards: &[Board], people: &[Person], composer: &mut Composer) -> Self {
        let mut plan = Self { threads: Vec::new(), moments: Vec::new(), scripts: scripts() };
        plan.add_scripts(size, boards);
        let mut dice = Dice::new(size.seed, 4);
        plan.add_threads(size, boards, people, composer, &mut dice);
        plan.spread_posts(size, &mut dice);
        plan.set_times(size, people, &mut dice);
        // Stable, so that posts of a thread at the same second stay in order.
        plan.moments.sort_by(|a, b| b.age.cmp(&a.age).then(a.thread.cmp(&b.thread)));
        plan
    }

    /// Takes the conversations for which there is a board and room.
    fn add_scripts(&mut self, size: &Size, boards: &[Board]) {
        let mut posts = 0;
        for (index, script) in self.scripts.iter().enumerate() {
            let Some(board) = boards.iter().position(|board| board.slug == script.board) else { continue };
            // Each thread that follows needs a post, too.
            let threads_left = size.threads.saturating_sub(self.threads.len() + 1);
            // One thread at least is made up: it takes the posts that are left.
            if self.threads.len() + 1 >= size.threads
                || posts + script.posts.len() + threads_left > size.posts
            {
                continue;
            }
            posts += script.posts.len();
            let moments =
                script.posts.iter().map(|post| Moment { age: post.age, thread: self.threads.len() });
            self.moments.extend(moments);
            self.threads.push(Thread {
                board,
                title: script.title.to_owned(),
                subject: Subject::of_script(boards[board].topic),
                script: Some(index),
                opener: None,
                posts: script.posts.len(),
            });
        }
    }

    fn add_threads(
        &mut self,
        size: &Size,
        boards: &[Board],
        people: &[Person],
        composer: &mut Composer,
        dice: &mut Dice,
    ) {
        let open: Vec<usize> = (0..boards.len()).filter(|board| boards[*board].is_open()).collect();
        // Everybody says hello once, unless it was written by hand.
        let said: Vec<&str> = self
            .scripts
            .iter()
            .filter(|script| script.board == "introductions")
            .map(|s| s.posts[0].handle)
            .collect();
        let mut shy: Vec<usize> =
            (2..people.len()).filter(|index| !said.contains(&people[*index].handle.as_str())).collect();
        dice.shuffle(&mut shy);
        while self.threads.len() < size.threads {
            let mut board = if open.is_empty() { 0 } else { *dice.pick(&open) };
            let mut opener = None;
            if boards[board].slug == "introductions" {
                opener = shy.pop();
                if opener.is_none() && open.len() > 1 {
                    board = open[1 + dice.below(open.len() - 1)];
                }
            }
            let subject = composer.subject(if opener.is_some() { "hello" } else { boards[board].topic });
            let title = composer.title(subject, opener.map(|index| &people[index]));
            self.threads.push(Thread { board, title, subject, script: None, opener, posts: 1 });
        }
    }

    /// Gives every made-up thread its number of posts: many short ones, few long ones, and one that is very long.
    fn spread_posts(&mut self, size: &Size, dice: &mut Dice) {
        let made_up: Vec<usize> =
            (0..self.threads.len()).filter(|thread| self.threads[*thread].script.is_none()).collect();
        let written: usize = self.threads.iter().map(|thread| thread.posts).sum();
        let mut left = size.posts.saturating_sub(written);
        let talkative: Vec<usize> =
            made_up.iter().copied().filter(|thread| self.threads[*thread].opener.is_none()).collect();
        let patient = if talkative.is_empty() { &made_up } else { &talkative };
        let Some(&longest) = patient.first() else { return };
        let long = (left / 12).min(LONGEST_POSTS - 1);
        self.threads[longest].posts += long;
        left -= long;
        let weights: Vec<f64> = made_up.iter().map(|_| (dice.fraction() + 0.03).powf(-0.7) - 0.9).collect();
        let sum: f64 = weights.iter().sum();
        let shares: Vec<usize> = weights.iter().map(|weight| share(left, *weight / sum)).collect();
        for (thread, posts) in made_up.iter().zip(&shares) {
            // A hello has no hundred answers.
            let most = if self.threads[*thread].opener.is_some() { 9 } else { LONGEST_POSTS };
            let posts = (*posts).min(most);
            self.threads[*thread].posts += posts;
            left -= posts;
        }
        for thread in patient.iter().cycle().take(left) {
            self.threads[*thread].posts += 1;
        }
    }

    fn set_times(&mut self, size: &Size, people: &[Person], dice: &mut Dice) {
        let span = span(size);
        // In a small place the last weeks are the liveliest; a large one has always been as it is.
        let bent = if size.posts >= LARGE_POSTS { 1.0 } else { 1.6 };
        for (index, thread) in self.threads.iter().enumerate().filter(|(_, thread)| thread.script.is_none()) {
            let birth = match thread.opener {
                Some(person) => people[person].joined - dice.between(600, 7_200),
                None => scaled(span, 0.95 * dice.fraction().powf(bent)) + 2 * YOUNGEST_S,
            };
            // Nobody writes a hundred posts in a quarter of an hour: six a day, where the place is old enough.
            let posts = i64::try_from(thread.posts).unwrap_or(i64::MAX);
            let birth = if thread.opener.is_none() {
                birth.max((posts * DAY_S / 6).min(span / 10 * 9))
            } else {
                birth
            };
            let room = birth - YOUNGEST_S;
            let evergreen = thread.posts > 100 || (thread.opener.is_none() && dice.percent(12));
            let days = dice.between(1, 6) + i64::try_from(thread.posts / 6).unwrap_or(0);
            let life = if evergreen { room } else { room.min(days * DAY_S) };
            self.moments.push(Moment { age: birth, thread: index });
            for _ in 1..thread.posts {
                let through = dice.fraction();
                // Most answers come soon, unless it is one of those threads that never end.
                let through = if evergreen { through } else { through * through };
                self.moments.push(Moment { age: birth - 1 - scaled(life - 1, through), thread: index });
            }
        }
    }
}

/// A part of a number of posts.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn share(posts: usize, part: f64) -> usize {
    (posts as f64 * part.clamp(0.0, 1.0)) as usize
}

/// A part of a length of time.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn scaled(seconds: i64, part: f64) -> i64 {
    (seconds as f64 * part) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::boards::boards;
    use crate::demo::cast::people;

    fn plan(size: Size) -> Plan {
        let people = people(size.members, span(&size), &mut Dice::new(size.seed, 1));
        Plan::new(&size, &boards(size.boards), &people, &mut Composer::new(size.seed))
    }

    #[test]
    fn there_is_exactly_as_much_as_was_asked_for() {
        for (members, boards, threads, posts) in [
            (60, 11, 120, 1_500),
            (2, 1, 1, 1),
            (5, 3, 10, 50),
            (3, 2, 40, 40),
            (300, 30, 2_000, 30_000),
            (60, 1, 40, 200),
            (60, 11, 29, 900),
        ] {
            let plan = plan(Size { members, boards, threads, posts, seed: 5 });
            assert_eq!((plan.threads.len(), plan.moments.len()), (threads, posts), "{members} members");
            let mut counts = vec![0; threads];
            for moment in &plan.moments {
                counts[moment.thread] += 1;
                assert!(moment.age >= 60, "{moment:?} has not happened yet");
            }
            assert!(plan.threads.iter().zip(&counts).all(|(thread, count)| thread.posts == *count));
            assert!(plan.moments.is_sorted_by(|a, b| a.age >= b.age));
        }
    }

    #[test]
    fn a_large_one_has_a_very_long_thread() {
        let plan = plan(Size { members: 300, boards: 30, threads: 2_000, posts: 70_000, seed: 1 });
        let longest = plan.threads.iter().map(|thread| thread.posts).max();
        assert!(longest.is_some_and(|posts| (4_500..6_000).contains(&posts)), "{longest:?}");
    }
}
