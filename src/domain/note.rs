//! Notes that a composer shows beside a text, and the exact thresholds at which it does (W5). They are words for
//! thought, never a refusal.

use super::words::words;

/// The first posts of a member that come with a friendly line.
pub const FIRST_POSTS: i64 = 2;
/// Seconds after which a thread counts as quiet: 180 days.
pub const QUIET_S: i64 = 180 * 24 * 60 * 60;
/// The turn in a row that comes with a note.
pub const TURNS: i64 = 3;
/// Share of a thread, in percent, above which it is mostly one person's.
pub const SHARE_PERCENT: i64 = 40;
/// Posts from which a thread is long enough for a share of it to say something: in a talk of two, half is fair.
pub const SHARE_POSTS_MIN: i64 = 10;
/// Newest posts of a thread that the share is counted in: of a longer one the early years say little, and counting
/// stays quick.
pub const SHARE_POSTS_COUNTED: i64 = 1_000;

words! {
    /// A note in the composer.
    "note" Note {
        /// One's first posts here.
        First = "first",
        /// Nobody has written in the thread for long.
        Quiet = "quiet",
        /// The last posts of the thread are one's own too.
        Turns = "turns",
        /// Much of the thread is one's own.
        Share = "share",
    }
}

/// What the notes look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Posts that the member has written anywhere; more than [`FIRST_POSTS`] need not be counted.
    pub written: i64,
    /// The thread that is answered; none for a new one.
    pub thread: Option<ThreadScene>,
}

/// What the notes look at in a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThreadScene {
    /// Seconds since the last post.
    pub quiet_s: i64,
    /// Posts at its end that the member has written, without anybody's between; more than [`TURNS`] need not be
    /// counted.
    pub last_mine: i64,
    /// Posts, at most [`SHARE_POSTS_COUNTED`].
    pub posts: i64,
    /// How many of those the member has written.
    pub mine: i64,
}

impl Scene {
    /// The notes that apply to what the member is about to write.
    pub fn notes(&self) -> Vec<Note> {
        let thread = self.thread.unwrap_or_default();
        let applies = |note: &Note| match note {
            Note::First => self.written < FIRST_POSTS,
            Note::Quiet => thread.quiet_s >= QUIET_S,
            // With the one that is being written.
            Note::Turns => thread.last_mine + 1 >= TURNS,
            Note::Share => {
                thread.posts >= SHARE_POSTS_MIN && thread.mine * 100 > thread.posts * SHARE_PERCENT
            }
        };
        Note::ALL.iter().copied().filter(applies).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(thread: ThreadScene) -> Vec<Note> {
        Scene { written: FIRST_POSTS, thread: Some(thread) }.notes()
    }

    /// W5: each at its exact threshold, and nothing just before it.
    #[test]
    fn each_note_has_its_exact_threshold() {
        let new = |written| Scene { written, thread: None }.notes();
        assert_eq!((new(0), new(1), new(2)), (vec![Note::First], vec![Note::First], vec![]));
        let thread = ThreadScene::default();
        assert_eq!(at(ThreadScene { quiet_s: QUIET_S - 1, ..thread }), []);
        assert_eq!(at(ThreadScene { quiet_s: QUIET_S, ..thread }), [Note::Quiet]);
        assert_eq!(at(ThreadScene { last_mine: 1, ..thread }), []);
        assert_eq!(at(ThreadScene { last_mine: 2, ..thread }), [Note::Turns], "the third in a row");
        assert_eq!(at(ThreadScene { posts: 10, mine: 4, ..thread }), [], "40 % is not over 40 %");
        assert_eq!(at(ThreadScene { posts: 1_000, mine: 401, ..thread }), [Note::Share]);
        assert_eq!(at(ThreadScene { posts: 10, mine: 5, ..thread }), [Note::Share]);
        assert_eq!(at(ThreadScene { posts: 9, mine: 9, ..thread }), [], "too short to say anything");
    }
}
