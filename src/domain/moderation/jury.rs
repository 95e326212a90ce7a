//! Juries: regulars who are drawn to look at an appeal (PRODUCT.md M4: "to somebody else, or to three drawn regulars").

/// How many regulars are drawn.
pub const JURORS: usize = 3;

/// How many of them have to agree.
const AGREE: usize = 2;

/// How long a juror has to answer before another one is drawn, in seconds: a week.
pub const ANSWER_WITHIN_S: i64 = 7 * 24 * 60 * 60;

/// Who was not here for so long is away and not drawn, in seconds: 30 days.
pub const AWAY_AFTER_S: i64 = 30 * 24 * 60 * 60;

/// How a jury stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JuryCount {
    /// Votes for taking the act back.
    pub undo: usize,
    /// Votes for letting it stand.
    pub keep: usize,
    /// Who has not answered yet.
    pub waiting: usize,
    /// Others who could still be drawn.
    pub free: usize,
}

impl JuryCount {
    /// How many sit on it, those who have voted among them.
    pub fn sitting(self) -> usize {
        self.undo + self.keep + self.waiting
    }

    /// How many seats are empty.
    pub fn missing(self) -> usize {
        JURORS.saturating_sub(self.sitting())
    }

    /// The outcome, once there is one: whether the act is taken back. Two equal votes decide. Where no more people can be
    /// had, the votes that there are decide, and a doubt counts for the member who appeals.
    pub fn verdict(self) -> Option<bool> {
        if self.undo >= AGREE || self.keep >= AGREE {
            return Some(self.undo >= AGREE);
        }
        let all = self.waiting == 0 && (self.free == 0 || self.missing() == 0);
        (all && self.undo + self.keep > 0).then_some(self.undo >= self.keep)
    }
}

/// What a jury of so many is called, in logs and answers. Nobody is named.
pub fn jury_words(people: usize) -> &'static str {
    match people {
        0 | 1 => "a regular who was drawn",
        2 => "a jury of two regulars",
        _ => "a jury of three regulars",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(undo: usize, keep: usize, waiting: usize, free: usize) -> JuryCount {
        JuryCount { undo, keep, waiting, free }
    }

    #[test]
    fn m4_two_equal_votes_decide() {
        assert_eq!(count(2, 0, 1, 9).verdict(), Some(true));
        assert_eq!(count(0, 2, 1, 9).verdict(), Some(false));
        assert_eq!(count(2, 1, 0, 0).verdict(), Some(true));
        assert_eq!(count(1, 2, 0, 0).verdict(), Some(false));
        for open in [count(0, 0, 3, 0), count(1, 0, 2, 0), count(1, 1, 1, 0), count(1, 1, 0, 4)] {
            assert_eq!(open.verdict(), None, "{open:?}");
        }
    }

    #[test]
    fn m4_where_nobody_else_can_be_had_the_votes_there_are_decide_and_a_doubt_counts_for_the_member() {
        assert_eq!(count(1, 0, 0, 0).verdict(), Some(true));
        assert_eq!(count(0, 1, 0, 0).verdict(), Some(false));
        assert_eq!(count(1, 1, 0, 0).verdict(), Some(true));
        assert_eq!(count(0, 0, 0, 0).verdict(), None, "nobody is no jury");
        assert_eq!(count(0, 1, 0, 1).verdict(), None, "another one is drawn first");
    }

    #[test]
    fn seats_are_filled_up_to_three() {
        assert_eq!((count(1, 0, 1, 5).missing(), count(1, 1, 1, 5).missing()), (1, 0));
        assert_eq!(jury_words(count(1, 1, 1, 5).sitting()), "a jury of three regulars");
    }
}
