//! Texts that wait for a moderator before others see them.

use crate::domain::words::words;

words! {
    /// Why a text waits for a moderator.
    "reason to hold" HoldWhy {
        /// It is the first post of somebody whom nobody here has invited.
        First = "first",
        /// A filter of the staff asks for it.
        Filter = "filter",
        /// The same text came from several newcomers.
        Same = "same",
        /// It has links, and the place is in calm mode.
        Links = "links",
    }
}

impl HoldWhy {
    /// What the author is told, as a sentence.
    pub fn to_author(self) -> &'static str {
        match self {
            Self::First => "A moderator reads your first post before the others do.",
            Self::Filter => "A moderator reads this post before the others do: some of its words ask for it.",
            Self::Same => "A moderator reads this post before the others do: others have sent the same text.",
            Self::Links => {
                "The place is calm just now: a moderator reads posts with links before the others do."
            }
        }
    }

    /// What the staff are told, in a few words.
    pub fn to_staff(self) -> &'static str {
        match self {
            Self::First => "first post",
            Self::Filter => "filter",
            Self::Same => "same text",
            Self::Links => "links in calm",
        }
    }
}

words! {
    /// How a held text stands.
    "state of a held post" HeldState {
        /// It waits.
        Waiting = "waiting",
        /// It became a post.
        Published = "published",
        /// It went back to its author as a draft.
        Declined = "declined",
        /// Its author took it back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Whose first posts wait for a moderator.
    "whose first posts wait" FirstPosts {
        /// Nobody's.
        Nobody = "nobody",
        /// Those of newcomers who came without an inviter.
        Uninvited = "uninvited",
        /// Those of all newcomers.
        Newcomers = "newcomers",
    }
}

impl FirstPosts {
    /// Whether a newcomer's first post waits.
    pub fn holds(self, uninvited: bool) -> bool {
        match self {
            Self::Nobody => false,
            Self::Uninvited => uninvited,
            Self::Newcomers => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// M6, PRODUCT.md section 5.
    #[test]
    fn m6_first_posts_wait_as_the_place_says() {
        let held = |first: FirstPosts| [first.holds(true), first.holds(false)];
        assert_eq!(held(FirstPosts::Nobody), [false, false]);
        assert_eq!(held(FirstPosts::Uninvited), [true, false]);
        assert_eq!(held(FirstPosts::Newcomers), [true, true]);
    }
}
