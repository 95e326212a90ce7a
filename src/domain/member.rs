//! What a member is: standing, level, role.

use super::words::words;

words! {
    /// Where an account stands with the community.
    "standing" Standing {
        /// On the way through the door: handle taken, not yet applied.
        Joining = "joining",
        /// Applied and waiting for the staff's decision.
        Applied = "applied",
        /// Approved, and in the line for a seat (D7). Never stored: `applied` with a place on the waitlist.
        Waiting = "waiting",
        /// A member.
        Active = "active",
        /// A member who was away so long that the seat sleeps (D7). Never stored: `active` with a time in `asleep_at`.
        Asleep = "asleep",
        /// The application was declined.
        Declined = "declined",
        /// May log in and read why, nothing else, until the suspension ends.
        Suspended = "suspended",
        /// Removed or left.
        Removed = "removed",
    }
}

words! {
    /// How well a member is known here. It grows by taking part (P4).
    "level" Level {
        /// New here.
        Newcomer = "newcomer",
        /// Has taken part.
        Member = "member",
        /// Knows people and is known.
        Regular = "regular",
    }
}

words! {
    /// What a member is trusted with. Offered and accepted, never automatic.
    "role" Role {
        /// No duties.
        Member = "member",
        /// Looks after the queue.
        Moderator = "moderator",
        /// Runs the place.
        Sysop = "sysop",
    }
}

words! {
    /// Where an account or a post came from; only `human` counts in any figure about people.
    "origin" Origin {
        /// Written here by a person.
        Human = "human",
        /// Brought from elsewhere by an import.
        Import = "import",
        /// Written by a labelled bot account.
        Bot = "bot",
        /// Written by hob itself.
        Machine = "machine",
    }
}
