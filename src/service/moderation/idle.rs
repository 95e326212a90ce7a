//! Whether a deed would change anything.

use super::change::{rewritten, until};
use super::loose::LooseState;
use super::target::Target;
use crate::domain::member::Standing;
use crate::domain::moderation::{Deed, Part, SuspendFor};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;
use crate::store::curbs::CurbTerm;

/// Why a deed would change nothing, if it would not.
pub(in crate::service) fn idle(on: &Target, deed: Deed, now: Timestamp) -> Option<String> {
    let post = on.post.as_ref().map(|post| post.state);
    let thread = on.thread.as_ref();
    let standing = on.author.standing_at(now);
    let handle = &on.author.handle;
    if let Some(why) = idle_curb(on, deed, now)
        .or_else(|| idle_message(on, deed))
        .or_else(|| idle_loose(on, deed))
        .or_else(|| idle_place(on, deed))
    {
        return Some(why);
    }
    let why = match deed {
        Deed::CollapsePost if post == Some(PostState::Collapsed) => "This post is folded already.",
        Deed::CollapsePost | Deed::RemovePost if post == Some(PostState::Removed) => {
            "This post is removed already."
        }
        Deed::CollapsePost | Deed::RemovePost if post == Some(PostState::Deleted) => {
            "Its author deleted this post."
        }
        Deed::RestorePost if post == Some(PostState::Shown) => "This post is shown as it was written.",
        Deed::RestorePost if post == Some(PostState::Deleted) => {
            "Its author deleted this post: only they can bring it back."
        }
        Deed::RedactPost(_) if post.is_some_and(PostState::is_tombstone) => "Of this post there is no text.",
        Deed::RedactPost(_) if rewritten(on, deed).is_none() => {
            "Choose a part of the post that has text, and not all of it."
        }
        Deed::UnredactPost if rewritten(on, deed).is_none() => {
            "Nothing is taken out of this post, or it has changed since."
        }
        Deed::SplitThread if on.post.as_ref().is_none_or(|post| post.no.0 < 2) => {
            "Choose the post that the new thread begins with: not the first one."
        }
        Deed::SplitThread if post == Some(PostState::Removed) => "Choose a post that is shown.",
        Deed::LockThread if thread.is_some_and(|thread| thread.locked) => "This thread is locked already.",
        Deed::UnlockThread if thread.is_some_and(|thread| !thread.locked) => "This thread is open already.",
        Deed::PinThread if thread.is_some_and(|thread| thread.pinned) => "This thread is pinned already.",
        Deed::UnpinThread if thread.is_some_and(|thread| !thread.pinned) => "This thread is not pinned.",
        Deed::SlowThread(pace) if thread.is_some_and(|thread| thread.slow_s == pace.seconds()) => {
            "This thread is as slow as that already."
        }
        Deed::UnslowThread if thread.is_some_and(|thread| thread.slow_s == 0) => "This thread is not slow.",
        Deed::MoveThread(to) if thread.is_some_and(|thread| thread.board_id == to) => {
            "This thread is on that board already."
        }
        Deed::RemoveThread if thread.is_some_and(|thread| thread.removed) => {
            "This thread is removed already."
        }
        Deed::RestoreThread if thread.is_some_and(|thread| !thread.removed) => {
            "This thread is shown already."
        }
        Deed::Lift if standing != Standing::Suspended => return Some(format!("{handle} is not suspended.")),
        Deed::Suspend(term) if standing == Standing::Suspended && !is_longer(on, term, now) => {
            return Some(format!(
                "{handle} is suspended for as long as that already. To shorten it, lift the suspension first."
            ));
        }
        Deed::Readmit if standing != Standing::Removed => return Some(format!("{handle} is a member.")),
        Deed::Nudge | Deed::Warn | Deed::Suspend(_) | Deed::RemoveMember
            if !matches!(standing, Standing::Active | Standing::Suspended) =>
        {
            return Some(format!("{handle} is no longer a member."));
        }
        _ => return None,
    };
    Some(why.to_owned())
}

/// The same for what is left behind where posts went to another thread: there is nothing to show again.
fn idle_place(on: &Target, deed: Deed) -> Option<String> {
    let title = on.part_of.as_ref()?;
    match deed {
        Deed::RestorePost => Some(format!("This post is part of \"{title}\" now: act on it there.")),
        Deed::RestoreThread if on.post.is_none() => Some(format!(
            "This thread is part of \"{title}\" now. To have it for itself again, split it from there."
        )),
        _ => None,
    }
}

/// The same for messages.
fn idle_message(on: &Target, deed: Deed) -> Option<String> {
    let why = match deed {
        Deed::RemoveMessage if on.message.as_ref().is_some_and(|message| message.removed_at.is_some()) => {
            "This message is removed already."
        }
        Deed::RemoveMessage | Deed::RestoreMessage
            if on.message.as_ref().is_some_and(|message| message.deleted) =>
        {
            "Its author deleted this message: the words are gone."
        }
        Deed::RestoreMessage if on.message.as_ref().is_some_and(|message| message.removed_at.is_none()) => {
            "This message is shown as it was written."
        }
        _ => return None,
    };
    Some(why.to_owned())
}

/// The same for lines, tags and invites.
fn idle_loose(on: &Target, deed: Deed) -> Option<String> {
    let (kind, object) = (deed.kind(), deed.kind().object()?);
    if kind.part() != Part::Presence {
        return None;
    }
    let state = on.loose(object).ok()?.state;
    let what = object.noun();
    match (state, kind.removes()) {
        (LooseState::There, true) | (LooseState::Gone, false) => None,
        (LooseState::There, false) => Some(format!("This {what} is there as it was.")),
        (LooseState::Gone, true) => Some(format!("This {what} is {} already.", kind.done())),
        (LooseState::Used, _) => Some("Somebody came with this invite: nothing is left of it.".to_owned()),
        (LooseState::Over, _) => Some(format!("This {what} is no longer there.")),
    }
}

/// Whether a suspension that begins now would end later than the one that is in force.
fn is_longer(on: &Target, term: SuspendFor, now: Timestamp) -> bool {
    match (until(now, term), on.author.suspended_until) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(new), Some(old)) => new > old,
    }
}

/// The same for what is taken from a member and given back.
fn idle_curb(on: &Target, deed: Deed, now: Timestamp) -> Option<String> {
    let (curb, takes) = deed.kind().curb()?;
    let handle = &on.author.handle;
    if takes && !matches!(on.author.standing_at(now), Standing::Active | Standing::Suspended) {
        return Some(format!("{handle} is no longer a member."));
    }
    let under = on.curb(curb).filter(|term| term.stands(now));
    match (takes, under) {
        (false, None) => Some(format!("{handle} is not under that.")),
        (true, Some(CurbTerm { until: Some(old) })) => {
            let new = deed_until(deed, now);
            let longer = new.is_none_or(|new| new > old);
            (!longer).then(|| {
                format!(
                    "{handle} only reads for as long as that already. To shorten it, let them write first."
                )
            })
        }
        (true, Some(_)) => Some(format!("{handle} is under that already.")),
        _ => None,
    }
}

/// When a deed that is done now is over; none: not by itself.
pub(super) fn deed_until(deed: Deed, now: Timestamp) -> Option<Timestamp> {
    match deed {
        Deed::Suspend(term) | Deed::ReadOnly(term) => until(now, term),
        _ => None,
    }
}
