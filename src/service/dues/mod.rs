//! Dues (P6): a ledger without payments, where a place wants one. Off unless the sysop turns it on. The sysop records until
//! when whose dues run; a member sees their own and can ask, with one key and no reason, to be let off, which nobody but
//! the sysop learns. When the days of grace are over the sysop is told, and nothing else happens.

#[cfg(test)]
mod tests;

pub use crate::domain::dues::Dues;
pub use crate::domain::ids::DuesId;

use crate::domain::cohort::read_day;
use crate::domain::dues::{AHEAD_DAYS_MAX, NOTE_CHARS_MAX, TOLD_BEFORE_S, stand};
use crate::domain::ids::MemberId;
use crate::domain::notification::{NotificationKind, NotificationPlace, PlaceKind};
use crate::domain::policy;
use crate::domain::text::clean_line;
use crate::domain::time::{DAY_S, Timestamp, Zone, date};
use crate::service::notifications::notify;
use crate::service::{Access, Caller, Cx, DomainEvent, Error, Reads, Request, Result, Service, Writes};
use crate::store::dues::{self, DuesRow, EntryRow};

/// How a member's dues stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuesView {
    /// Who.
    pub member: MemberId,
    /// The handle.
    pub handle: String,
    /// How they stand.
    pub dues: Dues,
    /// What was recorded, the newest first.
    pub entries: Vec<DuesEntry>,
}

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuesEntry {
    /// Its id.
    pub id: DuesId,
    /// Until when: the first day that it no longer covers.
    pub ends_at: Timestamp,
    /// A word on it.
    pub note: String,
    /// Who recorded it; none for the host.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// It takes another one back.
    pub takes_back: bool,
    /// It was taken back.
    pub taken_back: bool,
}

/// A day of the ledger, which keeps days of UTC.
pub fn day(at: Timestamp) -> String {
    date(at, &Zone::utc())
}

impl DuesView {
    /// How they stand, in words.
    pub fn words(&self) -> String {
        match self.dues {
            Dues::LetOff => "let off".to_owned(),
            Dues::None => "nothing is recorded".to_owned(),
            Dues::Run(end) => format!("run until {}", day(end)),
            Dues::Grace(until) => format!("have ended; days of grace until {}", day(until)),
            Dues::Over(since) => format!("have ended; the days of grace too, on {}", day(since)),
        }
    }

    /// The entry that counts, if there is one.
    pub fn last(&self) -> Option<&DuesEntry> {
        self.entries.iter().find(|entry| !entry.takes_back && !entry.taken_back)
    }
}

impl DuesEntry {
    /// In a line.
    pub fn words(&self) -> String {
        let by = self.by.as_deref().unwrap_or("the host");
        let what = if self.takes_back { "taken back:" } else { "recorded:" };
        let note = if self.note.is_empty() { String::new() } else { format!(" ({})", self.note) };
        let gone = if self.taken_back { ", which was taken back" } else { "" };
        format!("{}, {what} until {} by {by}{note}{gone}", day(self.at), day(self.ends_at))
    }
}

fn on<A: Access>(cx: &Cx<'_, A>) -> Result<()> {
    match cx.settings().dues {
        true => Ok(()),
        false => {
            Err(Error::conflict("No dues are kept here. The sysop's console turns them on, under settings."))
        }
    }
}

async fn view<A: Access>(cx: &mut Cx<'_, A>, row: DuesRow) -> Result<DuesView> {
    let (now, grace_s) = (cx.now, cx.settings().dues_grace_s);
    let entry = |row: EntryRow| DuesEntry {
        id: row.id,
        ends_at: row.ends_at,
        note: row.note,
        by: row.by,
        at: row.at,
        takes_back: row.counters.is_some(),
        taken_back: row.countered,
    };
    let entries = dues::entries(cx.conn(), row.member_id).await?.into_iter().map(entry).collect();
    let dues = stand(now, row.ends_at, grace_s, row.let_off);
    Ok(DuesView { member: row.member_id, handle: row.handle, dues, entries })
}

/// Reads how a member's dues stand: one's own, or for the sysop anybody's.
#[derive(Clone, Copy, Debug)]
pub struct ReadDues {
    /// Whose.
    pub member: MemberId,
}

impl Request for ReadDues {
    type Reply = DuesView;
    type Access = Reads;
    const NAME: &'static str = "read dues";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<DuesView> {
        cx.allow(&policy::SeeDues { member: self.member })?;
        on(cx)?;
        let row = dues::list(cx.conn(), Some(self.member)).await?.pop().ok_or(Error::NotFound("member"))?;
        view(cx, row).await
    }
}

/// Lists how everybody's dues stand: those whose grace is over first, then by handle.
#[derive(Clone, Copy, Debug)]
pub struct ListDues;

impl Request for ListDues {
    type Reply = Vec<DuesView>;
    type Access = Reads;
    const NAME: &'static str = "list dues";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<DuesView>> {
        cx.allow(&policy::KeepDues)?;
        on(cx)?;
        let mut views = Vec::new();
        for row in dues::list(cx.conn(), None).await? {
            views.push(view(cx, row).await?);
        }
        views.sort_by_key(|view| match view.dues {
            Dues::Over(_) => 0,
            Dues::Grace(_) => 1,
            Dues::None | Dues::Run(_) | Dues::LetOff => 2,
        });
        Ok(views)
    }
}

/// Records until when a member's dues run.
#[derive(Clone, Debug)]
pub struct RecordDues {
    /// Whose.
    pub member: MemberId,
    /// The first day that they no longer cover, as it is typed: `2027-02-01`.
    pub until: String,
    /// A word on it; may be empty. The member reads it.
    pub note: String,
}

impl Request for RecordDues {
    type Reply = DuesId;
    type Access = Writes;
    const NAME: &'static str = "record dues";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<DuesId> {
        let grant = cx.allow(&policy::KeepDues)?;
        on(cx)?;
        let now = cx.now;
        dues::list(cx.conn(), Some(self.member)).await?.pop().ok_or(Error::NotFound("member"))?;
        let until = read_day(&self.until)
            .ok_or_else(|| Error::invalid("The day is written as year-month-day: 2027-02-01."))?;
        if until > now.plus(AHEAD_DAYS_MAX * DAY_S) {
            return Err(Error::invalid("That is more than ten years ahead. Write an earlier day."));
        }
        let note = clean_line(&self.note);
        if note.chars().count() > NOTE_CHARS_MAX {
            return Err(Error::invalid(format!("The note has at most {NOTE_CHARS_MAX} characters.")));
        }
        let id = dues::record(cx.conn(), &grant, now, (self.member, until), &note, None).await?;
        cx.publish(DomainEvent::DuesChanged { member: self.member });
        Ok(id)
    }
}

/// Takes an entry back by another one; both stay. What was recorded before it counts again.
#[derive(Clone, Debug)]
pub struct CounterDues {
    /// Whose.
    pub member: MemberId,
    /// Which entry.
    pub entry: DuesId,
    /// Why; may be empty. The member reads it.
    pub note: String,
}

impl Request for CounterDues {
    type Reply = DuesId;
    type Access = Writes;
    const NAME: &'static str = "counter dues";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<DuesId> {
        let grant = cx.allow(&policy::KeepDues)?;
        on(cx)?;
        let now = cx.now;
        let entries = dues::entries(cx.conn(), self.member).await?;
        let entry = entries.iter().find(|entry| entry.id == self.entry).ok_or(Error::NotFound("entry"))?;
        if entry.counters.is_some() || entry.countered {
            return Err(Error::conflict("That is taken back already. Record what holds now."));
        }
        let note = clean_line(&self.note);
        if note.chars().count() > NOTE_CHARS_MAX {
            return Err(Error::invalid(format!("The note has at most {NOTE_CHARS_MAX} characters.")));
        }
        let what = (self.member, entry.ends_at);
        let id = dues::record(cx.conn(), &grant, now, what, &note, Some(self.entry)).await?;
        cx.publish(DomainEvent::DuesChanged { member: self.member });
        Ok(id)
    }
}

/// Asks to be let off, or no longer. It holds at once; no reason is asked, and only the sysop learns of it.
#[derive(Clone, Copy, Debug)]
pub struct AskWaiver {
    /// Ask; else take it back.
    pub ask: bool,
}

impl Request for AskWaiver {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "ask waiver";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::AskWaiver)?;
        on(cx)?;
        let (me, now) = (cx.me()?, cx.now);
        dues::ask_waiver(cx.conn(), &grant, now, self.ask).await?;
        cx.publish(DomainEvent::DuesChanged { member: me });
        Ok(())
    }
}

/// Tells whose dues end soon, and the sysops whose grace is over: each once for a term.
struct TellDues;

impl Request for TellDues {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "tell dues";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&policy::TellDues)?;
        let (now, settings) = (cx.now, cx.settings());
        if !settings.dues {
            return Ok(());
        }
        for row in dues::list(cx.conn(), None).await? {
            let Some(end) = row.ends_at.filter(|_| !row.let_off) else { continue };
            let (member, term) = (row.member_id, (row.member_id, end));
            let over = now >= end.plus(settings.dues_grace_s);
            if !over
                && now.plus(TOLD_BEFORE_S) >= end
                && dues::note_told(cx.conn(), &grant, now, term, "ends").await?
            {
                let place = NotificationPlace::new(PlaceKind::Dues, 0);
                notify(cx, &grant, member, NotificationKind::DuesEnd, place).await?;
            }
            if over && dues::note_told(cx.conn(), &grant, now, term, "over").await? {
                for sysop in dues::sysops(cx.conn()).await? {
                    let place = NotificationPlace::new(PlaceKind::Dues, member.0);
                    notify(cx, &grant, sysop, NotificationKind::DuesOver, place).await?;
                }
            }
        }
        Ok(())
    }
}

/// Tells what is to be told about dues, where any are kept.
///
/// # Errors
/// When the database fails; nothing is told then.
pub async fn tell_dues(service: &Service) -> Result<()> {
    service.call(&Caller::host(), TellDues).await
}
