//! A member's profile: reading anybody's, editing one's own.

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{MemberId, TagId};
use crate::domain::policy::{self, KeepDrafts, LookAround};
use crate::domain::text::{clean_body, clean_line};
use crate::domain::time::{Timestamp, Zone};
use crate::service::filters;
use crate::service::{Cx, DomainEvent, Error, Reads, Request, Result, Writes};
use crate::store::profiles::{self, ProfileRow, ProfileTexts, ProfileThread};
use crate::store::{contacts, drafts, people, staff_notes, tag_people};

/// Longest one-line text in a profile, in characters.
pub const LINE_CHARS_MAX: usize = 160;
/// Longest text about oneself, in characters.
pub const ABOUT_CHARS_MAX: usize = 4_000;
/// Threads shown in a profile.
const THREADS_SHOWN: i64 = 10;
/// Shared threads shown in a profile.
const SHARED_SHOWN: i64 = 5;

/// Reads a member's profile.
#[derive(Clone, Copy, Debug)]
pub struct ReadProfile {
    /// Whose.
    pub member: MemberId,
}

/// A profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What they say of themselves, and since when they are here.
    pub row: ProfileRow,
    /// Here now.
    pub here: bool,
    /// The one who asks has blocked them. Whether they have blocked the one who asks is not told.
    pub blocked: bool,
    /// The one who asks has muted them.
    pub muted: bool,
    /// Here, but away, with their word on why if they left one.
    pub away: Option<String>,
    /// Whom they invited.
    pub invited: Vec<String>,
    /// The newest threads they started.
    pub threads: Vec<ProfileThread>,
    /// The threads in which both they and the caller have written, the newest first; none on one's own.
    pub shared: Vec<ProfileThread>,
    /// The tags they have joined, of those that the caller may know of.
    pub tags: Vec<String>,
    /// The one of them that stands by the handle.
    pub shown_tag: Option<String>,
    /// How many notes of the staff there are, for the staff.
    pub staff_notes: Option<i64>,
    /// The time of reading, for the local time in their zone.
    pub now: Timestamp,
}

impl Request for ReadProfile {
    type Reply = Profile;
    type Access = Reads;
    const NAME: &'static str = "read profile";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Profile> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let mut row = profiles::get(cx.conn(), self.member).await?.ok_or(Error::NotFound("member"))?;
        let invited = profiles::invited(cx.conn(), self.member).await?;
        let (mut blocked, mut muted, mut apart) = (false, false, false);
        if let Some(me) = cx.actor.id() {
            blocked = contacts::has_blocked(cx.conn(), me, self.member).await?;
            muted = contacts::has_muted(cx.conn(), me, self.member).await?;
            apart = contacts::is_apart(cx.conn(), me, self.member).await?;
        }
        row.last_seen_at = row.last_seen_at.filter(|_| !apart);
        let threads = profiles::threads(cx.conn(), self.member, clearance, THREADS_SHOWN).await?;
        let shared = match cx.actor.id().filter(|me| *me != self.member) {
            Some(me) => profiles::shared(cx.conn(), (me, self.member), clearance, SHARED_SHOWN).await?,
            None => Vec::new(),
        };
        let known = tag_people::known(cx.conn(), clearance).await?;
        let names = |of: Vec<(MemberId, TagId)>| {
            let joined = |id: TagId| of.iter().any(|(_, tag)| *tag == id);
            known.iter().filter(|(id, _)| joined(*id)).map(|(_, name)| name.clone()).collect::<Vec<_>>()
        };
        let tags = names(tag_people::joined(cx.conn(), Some(self.member)).await?);
        let shown_tag = names(tag_people::shown(cx.conn(), Some(self.member)).await?).pop();
        let now = cx.now;
        let here = !apart
            && cx.presence().is_here(self.member)
            && people::active_handle(cx.conn(), self.member, now).await?.is_some();
        let present =
            cx.presence().members().into_iter().find(|present| here && present.member == self.member);
        let away = present.and_then(|present| present.away_at(now));
        let staff_notes = match cx.allow(&policy::KeepStaffNotes { member: self.member }) {
            Ok(_) => Some(staff_notes::count(cx.conn(), self.member).await?),
            Err(_) => None,
        };
        Ok(Profile {
            staff_notes,
            row,
            here,
            away,
            blocked,
            muted,
            invited,
            threads,
            shared,
            tags,
            shown_tag,
            now,
        })
    }
}

/// Under which draft the form keeps what is not saved yet.
pub fn profile_draft() -> DraftTarget {
    DraftTarget::Form("profile".to_owned())
}

/// Changes one's own profile: all its texts at once, as the form shows them. The form's draft is dropped.
#[derive(Clone, Debug)]
pub struct EditProfile {
    /// The texts as typed.
    pub texts: ProfileTexts,
}

impl Request for EditProfile {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "edit profile";

    fn filtered_text(&self) -> Option<String> {
        Some(said(&checked(&self.texts).ok()?))
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let me = cx.me()?;
        let grant = cx.allow(&policy::EditProfile { member: me })?;
        let texts = checked(&self.texts)?;
        filters::check_words(cx, None, &said(&texts)).await?;
        profiles::update(cx.conn(), &grant, me, &texts).await?;
        let keep = cx.allow(&KeepDrafts)?;
        drafts::remove(cx.conn(), &keep, me, &profile_draft()).await?;
        cx.publish(DomainEvent::MemberChanged { member: me });
        Ok(())
    }
}

fn checked(typed: &ProfileTexts) -> Result<ProfileTexts> {
    let zone = Zone::parse(typed.zone.trim()).map_err(|why| Error::invalid(why.to_string()))?;
    Ok(ProfileTexts {
        pronouns: line("Pronouns", &typed.pronouns)?,
        zone: zone.name().to_owned(),
        about: about(&typed.about)?,
        can_help: line("“I can help with”", &typed.can_help)?,
        looking_for: line("“I am looking for”", &typed.looking_for)?,
        plan: line("The plan line", &typed.plan)?,
    })
}

/// All that it says, for the filters.
fn said(texts: &ProfileTexts) -> String {
    [&texts.pronouns, &texts.about, &texts.can_help, &texts.looking_for, &texts.plan]
        .map(String::as_str)
        .join("\n")
}

fn line(what: &str, text: &str) -> Result<String> {
    let line = clean_line(text);
    let chars = line.chars().count();
    if chars > LINE_CHARS_MAX {
        return Err(Error::invalid(format!("{what}: {chars} characters; {LINE_CHARS_MAX} is the most.")));
    }
    Ok(line)
}

fn about(text: &str) -> Result<String> {
    let about = clean_body(text);
    let chars = about.chars().count();
    if chars > ABOUT_CHARS_MAX {
        return Err(Error::invalid(format!("About you: {chars} characters; {ABOUT_CHARS_MAX} is the most.")));
    }
    Ok(about)
}
