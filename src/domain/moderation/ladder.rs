//! The ladder: what follows on what, from a kind word to removal. The screen that decides proposes the next step.

use super::{ActKind, Deed, SuspendFor};
use crate::domain::time::Timestamp;

/// After this long a word or a warning no longer counts (PRODUCT.md section 5: warnings fade after 180 days).
pub const WARNING_FADES_S: i64 = 180 * 24 * 60 * 60;

/// The steps, the mildest first.
pub const LADDER: [Deed; 8] = [
    Deed::Nudge,
    Deed::Warn,
    Deed::ReadOnly(SuspendFor::Hours24),
    Deed::ReadOnly(SuspendFor::Hours72),
    Deed::ReadOnly(SuspendFor::Hours168),
    Deed::ReadOnly(SuspendFor::Hours720),
    Deed::Suspend(SuspendFor::UntilLifted),
    Deed::RemoveMember,
];

/// Something that was done to a member before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// What.
    pub kind: ActKind,
    /// For how long, if it had a term.
    pub term: Option<SuspendFor>,
    /// When.
    pub at: Timestamp,
    /// It was undone, or overturned.
    pub undone: bool,
}

impl Past {
    /// Whether it no longer counts at `now`.
    pub fn faded(self, now: Timestamp) -> bool {
        self.kind.is_word() && now.seconds_since(self.at) > WARNING_FADES_S
    }

    /// Where it stands on the ladder; none for what is no step of it.
    fn step(self) -> Option<usize> {
        step(self.kind, self.term)
    }
}

/// Where an act stands on the ladder; none for what is no step of it.
fn step(kind: ActKind, term: Option<SuspendFor>) -> Option<usize> {
    match kind {
        // Whatever its length, the next step after a suspension is removal.
        ActKind::Suspend => Some(6),
        kind => LADDER.iter().position(|deed| {
            deed.kind() == kind
                && deed.terms().first().is_none_or(|_| Some(deed.term()) == term.map(SuspendFor::as_str))
        }),
    }
}

/// Where the ladder goes on for somebody with this history.
fn next_index(history: &[Past], now: Timestamp) -> usize {
    let counts = |past: &&Past| !past.undone && !past.faded(now);
    let highest = history.iter().filter(counts).filter_map(|past| past.step()).max();
    highest.map_or(0, |step| step + 1).min(LADDER.len() - 1)
}

/// Whether a deed skips a step that this history does not have, so that a second pair of eyes has to look (M4). The kind
/// word is no sanction: it may be left out.
pub fn skips(history: &[Past], deed: Deed, now: Timestamp) -> bool {
    /// The warning, the first sanction.
    const FIRST: usize = 1;
    let term = deed.terms().iter().copied().find(|term| term.as_str() == deed.term());
    step(deed.kind(), term).is_some_and(|step| step > next_index(history, now).max(FIRST))
}

/// The step that comes next for somebody with this history: the one after the highest that still counts.
pub fn next_step(history: &[Past], now: Timestamp) -> Deed {
    LADDER[next_index(history, now)]
}

/// The inverse of a sanction, which an appeal that is granted carries out; none where there is nothing to take back
/// but the act itself.
pub fn inverse(kind: ActKind) -> Option<Deed> {
    Some(match kind {
        ActKind::CollapsePost | ActKind::RemovePost => Deed::RestorePost,
        ActKind::RedactPost => Deed::UnredactPost,
        ActKind::RemoveMessage => Deed::RestoreMessage,
        ActKind::RemoveLine => Deed::RestoreLine,
        ActKind::RemoveWall => Deed::RestoreWall,
        ActKind::RemoveTag => Deed::RestoreTag,
        ActKind::EndInvite => Deed::RenewInvite,
        ActKind::LockThread => Deed::UnlockThread,
        ActKind::RemoveThread => Deed::RestoreThread,
        ActKind::ReadOnly => Deed::MayWrite,
        ActKind::TakeInvites => Deed::GiveInvites,
        ActKind::TakeMessages => Deed::GiveMessages,
        ActKind::Suspend => Deed::Lift,
        ActKind::RemoveMember => Deed::Readmit,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(kind: ActKind, term: Option<SuspendFor>, at: i64) -> Past {
        Past { kind, term, at: Timestamp(at), undone: false }
    }

    #[test]
    fn each_step_follows_on_the_one_before_and_removal_is_the_last() {
        let now = Timestamp(1_000_000);
        let mut history = Vec::new();
        for (step, deed) in LADDER.iter().enumerate() {
            assert_eq!(next_step(&history, now), *deed, "step {step}");
            let term = deed.terms().iter().copied().find(|term| term.as_str() == deed.term());
            history.push(past(deed.kind(), term, 999_000));
        }
        assert_eq!(next_step(&history, now), Deed::RemoveMember);
        assert_eq!(
            next_step(&[past(ActKind::Suspend, Some(SuspendFor::Hours24), 0)], now),
            Deed::RemoveMember
        );
    }

    #[test]
    fn m4_what_is_not_the_next_step_skips_one_but_for_the_kind_word() {
        let now = Timestamp(1_000_000);
        let skipping = |history: &[Past]| -> Vec<usize> {
            (0..LADDER.len()).filter(|step| skips(history, LADDER[*step], now)).collect()
        };
        assert_eq!(skipping(&[]), [2, 3, 4, 5, 6, 7]);
        let warned = past(ActKind::Warn, None, 999_000);
        assert_eq!(skipping(&[warned]), [3, 4, 5, 6, 7]);
        let day = past(ActKind::ReadOnly, Some(SuspendFor::Hours24), 999_000);
        assert_eq!(skipping(&[warned, day]), [4, 5, 6, 7]);
        let month = past(ActKind::ReadOnly, Some(SuspendFor::Hours720), 999_000);
        assert_eq!(skipping(&[month]), [7]);
        for term in SuspendFor::ALL {
            assert!(
                skips(&[warned], Deed::Suspend(*term), now) && !skips(&[month], Deed::Suspend(*term), now)
            );
        }
        assert_eq!(skipping(&[past(ActKind::Suspend, None, 999_000)]), [0_usize; 0]);
        assert_eq!(
            skipping(&[Past { undone: true, ..month }]),
            [2, 3, 4, 5, 6, 7],
            "what was undone never counts"
        );
        assert!(!skips(&[], Deed::TakeInvites, now) && !skips(&[], Deed::RemovePost, now));
    }

    #[test]
    fn m4_warnings_fade_after_180_days_to_the_second_and_what_was_undone_never_counts() {
        let warned = past(ActKind::Warn, None, 0);
        let day = Deed::ReadOnly(SuspendFor::Hours24);
        assert_eq!(next_step(&[warned], Timestamp(WARNING_FADES_S)), day);
        assert_eq!(next_step(&[warned], Timestamp(WARNING_FADES_S + 1)), Deed::Nudge);
        assert_eq!(next_step(&[Past { undone: true, ..warned }], Timestamp(1)), Deed::Nudge);
        let removed = past(ActKind::RemovePost, None, 0);
        assert_eq!(next_step(&[removed], Timestamp(1)), Deed::Nudge, "a post is not a person");
        let only_reads = past(ActKind::ReadOnly, Some(SuspendFor::Hours72), 0);
        let week = Deed::ReadOnly(SuspendFor::Hours168);
        assert_eq!(next_step(&[only_reads, warned], Timestamp(WARNING_FADES_S * 2)), week);
    }

    #[test]
    fn what_needs_a_rule_has_an_inverse_and_only_a_warning_has_nothing_to_take_back() {
        for kind in ActKind::ALL.iter().filter(|kind| kind.needs_rule() && **kind != ActKind::Warn) {
            assert!(inverse(*kind).is_some(), "{kind}");
        }
        assert_eq!(inverse(ActKind::Warn), None);
    }
}
