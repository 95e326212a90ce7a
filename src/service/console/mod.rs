//! The console (M8): everything that a sysop needs without a shell, in sections. Every act is on record in the audit log,
//! and where there is an inverse the answer holds it.

mod boards;
mod charter;
mod deed;
mod keeping;
mod live;
mod logbook;
mod now;
mod page;
mod people;
mod settings;

#[cfg(test)]
mod tests;

pub(in crate::service) use charter::changes as charter_changes;
pub use deed::Deed;
pub use keeping::{back_up, folder};
pub use live::{Desk, Open, Seat, TOLD_AT_MINUTES, count_down};
pub use logbook::Logbook;
pub use now::Door;
pub use page::{Offer, Page, Question, Row, Section};

pub(super) use settings::over;

use super::invites::fresh_code;
use super::passwords::NewPassword;
use super::{Caller, Cx, Error, Reads, Request, Result, Service, Writes};
use crate::domain::ids::MemberId;
use crate::domain::policy::{ArrangeBoards, EditCharter, MakeAccount, RunPlace, StandAtDoor};
use crate::store::audit::NewAudit;
use crate::store::backup::Backup;

/// Asks for a section of the console.
#[derive(Clone, Copy, Debug)]
pub struct ShowConsole {
    /// Which.
    pub section: Section,
}

impl Request for ShowConsole {
    type Reply = Page;
    type Access = Reads;
    const NAME: &'static str = "show console";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Page> {
        cx.allow(&RunPlace)?;
        match self.section {
            Section::Now => now::page(cx).await,
            Section::People => people::page(cx).await,
            Section::Boards => boards::page(cx).await,
            Section::Charter => charter::page(cx).await,
            Section::Settings => settings::page(cx).await,
            Section::Keeping => keeping::page(cx).await,
            Section::Log => Ok(logbook::page()),
        }
    }
}

/// Does something in the console.
#[derive(Debug)]
pub struct ConsoleAct {
    /// What.
    pub deed: Deed,
    /// About which row; empty for none.
    pub row: String,
    /// What was answered to the offer's questions that have an answer, in their order.
    pub answers: Vec<String>,
    /// What was prepared before the transaction.
    pub prepared: Prepared,
}

/// Slow work that was done before the transaction.
#[derive(Debug, Default)]
pub struct Prepared {
    password: Option<(NewPassword, String)>,
    backup: Option<Backup>,
}

/// It is done.
#[derive(Debug, Default)]
pub struct Done {
    /// What to say.
    pub words: String,
    /// Lines to show whole: a password, a difference, an old version.
    pub shows: Vec<String>,
    /// What takes it back.
    pub undo: Option<ConsoleAct>,
}

impl Done {
    fn new(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    fn shows(mut self, lines: Vec<String>) -> Self {
        self.shows = lines;
        self
    }

    fn undo(mut self, act: ConsoleAct) -> Self {
        self.undo = Some(act);
        self
    }
}

/// An act by its parts.
pub fn act<A: Into<String>>(deed: Deed, row: &str, answers: impl IntoIterator<Item = A>) -> ConsoleAct {
    let answers = answers.into_iter().map(Into::into).collect();
    ConsoleAct { deed, row: row.to_owned(), answers, prepared: Prepared::default() }
}

fn too_few() -> Error {
    Error::invalid("Something was left out. Do it once more, and answer each question.")
}

impl Request for ConsoleAct {
    type Reply = Done;
    type Access = Writes;
    const NAME: &'static str = "console act";

    async fn prepare(&mut self, service: &Service, caller: &Caller) -> Result<()> {
        if !matches!(self.deed, Deed::AddMember | Deed::ResetPassword | Deed::BackUp) {
            return Ok(());
        }
        // These cost something: only for those who may.
        let cx = Cx::<Reads>::begin(service, caller, service.now()).await?;
        cx.allow(&RunPlace)?;
        drop(cx);
        if self.deed == Deed::BackUp {
            self.prepared.backup = Some(back_up(service).await?);
            return Ok(());
        }
        let shown = fresh_code()?.to_string();
        let mut password = NewPassword::parse(&shown)?;
        password.hash(&service.passwords).await?;
        self.prepared.password = Some((password, shown));
        Ok(())
    }

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<Done> {
        let grant = cx.allow(&RunPlace)?;
        let answer = |at: usize| self.answers.get(at).map(String::as_str).ok_or_else(too_few);
        let row = self.row.as_str();
        match self.deed {
            Deed::EndSession => now::end(cx, row, answer(0)?).await,
            Deed::BanAddress => now::ban(cx, row, answer(0)?, answer(1)?).await,
            Deed::Broadcast => now::broadcast(cx, answer(0)?).await,
            Deed::LockDoor => now::lock(cx, &grant, answer(0)?, answer(1)?).await,
            Deed::AnnounceRestart => now::restart(cx, Some((answer(0)?, answer(1)?))).await,
            Deed::CallOffRestart => now::restart(cx, None).await,
            Deed::AddMember => {
                let (handle, role) = (answer(0)?.to_owned(), answer(1)?.to_owned());
                let (password, shown) = self.prepared.password.ok_or_else(too_few)?;
                people::add(cx, &handle, &role, password, &shown).await
            }
            Deed::SetRole => {
                let grant = cx.allow(&MakeAccount)?;
                people::set_role(cx, &grant, row, answer(0)?).await
            }
            Deed::ResetPassword => {
                let (password, shown) = self.prepared.password.as_ref().ok_or_else(too_few)?;
                people::reset_password(cx, row, password, shown).await
            }
            Deed::RevokeKey => people::revoke_key(cx, row, answer(0)?).await,
            Deed::MakeBoard => {
                let grant = cx.allow(&ArrangeBoards)?;
                boards::make(cx, &grant, &self.answers).await
            }
            Deed::ArchiveBoard | Deed::ReopenBoard => {
                let grant = cx.allow(&ArrangeBoards)?;
                boards::change(cx, &grant, self.deed, row, "").await
            }
            Deed::RenameBoard
            | Deed::DescribeBoard
            | Deed::BoardCategory
            | Deed::BoardPlace
            | Deed::BoardType
            | Deed::BoardSee
            | Deed::BoardWrite
            | Deed::BoardHost => {
                let grant = cx.allow(&ArrangeBoards)?;
                boards::change(cx, &grant, self.deed, row, answer(0)?).await
            }
            Deed::EditPart | Deed::EditRule | Deed::AddRule | Deed::DropRule => {
                charter::edit(cx, &grant, self.deed, row, &self.answers).await
            }
            Deed::ShowDifference => charter::difference(cx).await,
            Deed::PublishCharter => {
                let edit = cx.allow(&EditCharter)?;
                charter::publish(cx, &grant, &edit).await
            }
            Deed::DropDraft => charter::set_draft(cx, &grant, None).await,
            Deed::BringBackDraft => charter::set_draft(cx, &grant, Some(answer(0)?)).await,
            Deed::ReadVersion => charter::read(cx, answer(0)?).await,
            Deed::ChangeSetting => settings::change(cx, &grant, row, Some(answer(0)?)).await,
            Deed::UsualSetting => settings::change(cx, &grant, row, None).await,
            Deed::BackUp => {
                let made = self.prepared.backup.ok_or_else(too_few)?;
                note(cx, "place.backup", 0, &made.name).await?;
                Ok(keeping::done(&made))
            }
        }
    }
}

/// Asks for a word to all, by the number that its event told. Everybody who is connected may read it.
#[derive(Clone, Copy, Debug)]
pub struct ReadAnnouncement {
    /// Its number.
    pub announcement: i64,
}

impl Request for ReadAnnouncement {
    type Reply = Option<String>;
    type Access = Reads;
    const NAME: &'static str = "read announcement";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Option<String>> {
        cx.allow(&StandAtDoor)?;
        Ok(cx.desk().announced(self.announcement))
    }
}

/// Puts an act on record.
async fn note(cx: &mut Cx<'_, Writes>, action: &str, thing_id: i64, detail: &str) -> Result<()> {
    record(cx, action, thing_id, None, detail).await
}

/// Puts an act on record that is about a member.
async fn note_about(cx: &mut Cx<'_, Writes>, action: &str, member: MemberId, detail: &str) -> Result<()> {
    record(cx, action, member.0, Some(member), detail).await
}

async fn record(
    cx: &mut Cx<'_, Writes>,
    action: &str,
    thing_id: i64,
    target: Option<MemberId>,
    detail: &str,
) -> Result<()> {
    let thing = if target.is_some() { "member" } else { "place" };
    let row = NewAudit { action, thing, thing_id, target, rule_no: None, reason: "", detail, public: false };
    cx.audit(row).await
}

impl Service {
    /// Takes up what was set in the session: settings over those of hob.toml, the door. At the start, and after a change.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn take_up(&self) -> sqlx::Result<()> {
        let mut read = self.store.begin_read().await?;
        let set = crate::store::place::all(&mut read).await?;
        drop(read);
        self.set_over(&set);
        self.desk.set_door(Door::read(&set));
        self.take_up_bans().await
    }
}

impl Cx<'_, Writes> {
    /// The same for the settings within a request that changed one: they hold at once.
    async fn take_up_settings(&mut self) -> Result<()> {
        let set = crate::store::place::all(self.conn()).await?;
        self.service().set_over(&set);
        Ok(())
    }
}
