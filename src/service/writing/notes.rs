//! The notes of the composer (W5): which apply, in what words, and that each comes once.

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{MemberId, ThreadId};
use crate::domain::note::{FIRST_POSTS, Note, Scene, ThreadScene};
use crate::domain::policy::KeepDrafts;
use crate::domain::time::duration_words;
use crate::service::{Cx, Reads, Request, Result, Writes};
use crate::store::writing::notes;

/// A note that applies and that the member has not met for this text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteWords {
    /// Which.
    pub note: Note,
    /// What it is about, as it is remembered.
    pub about: String,
    /// What it says.
    pub words: String,
}

/// The notes for a new thread, or for a post in a thread.
pub(super) async fn notes_for(
    cx: &mut Cx<'_, Reads>,
    me: MemberId,
    target: &DraftTarget,
    thread: Option<ThreadId>,
) -> Result<Vec<NoteWords>> {
    let written = notes::written(cx.conn(), me, FIRST_POSTS).await?;
    let thread = match thread {
        Some(thread) => Some(scene_of(cx, me, thread).await?),
        None => None,
    };
    let mut found = Vec::new();
    for note in (Scene { written, thread }).notes() {
        let about = match note {
            Note::First => format!("post:{}", written + 1),
            Note::Quiet | Note::Turns | Note::Share => target.to_string(),
        };
        if !notes::met(cx.conn(), me, note, &about).await? {
            let silent_s = cx.settings().silent_edit_s;
            let words = words(note, written, &thread.unwrap_or_default(), silent_s);
            found.push(NoteWords { note, about, words });
        }
    }
    Ok(found)
}

async fn scene_of(cx: &mut Cx<'_, Reads>, me: MemberId, thread: ThreadId) -> Result<ThreadScene> {
    let now = cx.now;
    let row = notes::scene(cx.conn(), me, thread).await?;
    let quiet_s = row.last_at.map_or(0, |at| now.seconds_since(at));
    Ok(ThreadScene { quiet_s, last_mine: row.last_mine, posts: row.posts, mine: row.mine })
}

fn words(note: Note, written: i64, thread: &ThreadScene, silent_edit_s: i64) -> String {
    match note {
        Note::First if written == 0 => format!(
            "Your first post here: welcome. Write as you would speak at a table; for {} you can change it without a \
             trace.",
            duration_words(silent_edit_s)
        ),
        Note::First => {
            "Your second post here. Who answers, answers a person: a word about you helps.".to_owned()
        }
        Note::Quiet => format!(
            "Nobody has written here for {}. Say what has changed since, or start a thread of your own.",
            duration_words(thread.quiet_s)
        ),
        Note::Turns => {
            "The last posts here are yours too. Leave others a turn, or add to your last one with e."
                .to_owned()
        }
        Note::Share => "Much of this thread is yours already. Perhaps ask the others something?".to_owned(),
    }
}

/// Says that notes were shown: they do not come again for the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetNotes {
    /// Which, each with what it is about.
    pub notes: Vec<(Note, String)>,
}

impl Request for MeetNotes {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "meet notes";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&KeepDrafts)?;
        let (me, now) = (cx.me()?, cx.now);
        for (note, about) in self.notes.iter().take(Note::ALL.len()) {
            // Only what this hob itself gives out is remembered.
            let known = about.parse::<DraftTarget>().is_ok() || about.starts_with("post:");
            if known && about.len() <= ABOUT_LEN_MAX {
                notes::meet(cx.conn(), &grant, now, me, *note, about).await?;
            }
        }
        Ok(())
    }
}

/// Longest name of what a note is about, in bytes: `reply:` and the largest number.
const ABOUT_LEN_MAX: usize = 30;
