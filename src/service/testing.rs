//! A small community for tests: a real database file in a temporary folder, a clock that stands still, people and
//! boards by name.

#![allow(clippy::unwrap_used)]

use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use tempfile::TempDir;

use super::passwords::Cost;
use super::{Answer, Call, Caller, Clock, DomainEvent, Request, Result, Service, Settings, Who};
use crate::domain::board::{Audience, BoardKind};
use crate::domain::ids::{BoardId, MemberId, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{self, Actor, ArrangeBoards, MakeAccount};
use crate::domain::time::Timestamp;
use crate::store::Store;
use crate::store::boards::{self, NewBoard};
use crate::store::members::{self, NewMember};
use crate::store::testing as states;

/// When tests take place: 2026-11-22 12:00:00 UTC.
pub(crate) const NOON: Timestamp = Timestamp(1_795_348_800);

/// The community.
pub(crate) struct Place {
    pub(crate) service: Arc<Service>,
    pub(crate) clock: Clock,
    pub(crate) events: tokio::sync::broadcast::Receiver<DomainEvent>,
    folder: TempDir,
}

impl Place {
    /// Lets the next step of the ladder be a suspension for a member, as `by` would have led there, so that one skips none.
    pub(crate) async fn up_the_ladder(&self, member: MemberId, by: MemberId) {
        states::up_the_ladder(self.service.store(), member, by, self.service.now()).await;
    }

    /// An empty community: no members, no boards.
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::over(tempfile::tempdir().unwrap(), change).await
    }

    /// A community that goes on from the file that another one's [`Self::file`] gave, at noon; nobody is logged in.
    pub(crate) async fn from_file(file: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hob.db"), file).unwrap();
        Self::over(folder, |_| {}).await
    }

    /// Everything there is with hostile strings in it, as one database file; and the columns that hold them.
    pub(crate) async fn poisoned(&self, strings: &[String]) -> (Vec<u8>, std::collections::BTreeSet<String>) {
        let copy = self.folder.path().join("poisoned.db");
        states::copy(&self.folder.path().join("hob.db"), &copy).await;
        let columns = crate::store::poison::poison(&copy, strings).await;
        (std::fs::read(copy).unwrap(), columns)
    }

    /// Everything there is, as one database file.
    pub(crate) async fn file(&self) -> Vec<u8> {
        let copy = self.folder.path().join("copy.db");
        states::copy(&self.folder.path().join("hob.db"), &copy).await;
        std::fs::read(copy).unwrap()
    }

    async fn over(folder: TempDir, change: impl FnOnce(&mut Settings)) -> Self {
        let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
        let clock = Clock::fixed(NOON);
        let mut settings = Settings {
            passwords: Cost { memory_kib: 64, passes: 1 },
            name: "Testhob".to_owned(),
            ..Settings::default()
        };
        change(&mut settings);
        let service = Service::new(store, clock.clone(), settings);
        let events = service.listen();
        Self { service, clock, events, folder }
    }

    /// An active member.
    pub(crate) async fn member(&self, handle: &str, level: Level, role: Role) -> Caller {
        self.account(handle, Standing::Active, level, role).await
    }

    /// A regular without a role: may write without a newcomer's limits.
    pub(crate) async fn regular(&self, handle: &str) -> Caller {
        self.member(handle, Level::Regular, Role::Member).await
    }

    /// A moderator.
    pub(crate) async fn moderator(&self, handle: &str) -> Caller {
        self.member(handle, Level::Regular, Role::Moderator).await
    }

    /// A sysop.
    pub(crate) async fn sysop(&self, handle: &str) -> Caller {
        self.member(handle, Level::Regular, Role::Sysop).await
    }

    /// An account in any standing.
    pub(crate) async fn account(&self, handle: &str, standing: Standing, level: Level, role: Role) -> Caller {
        let grant = policy::allow(&Actor::Host, &MakeAccount).unwrap();
        let mut write = self.service.store().begin_write().await.unwrap();
        let fold = handle.to_lowercase();
        let new = NewMember {
            handle,
            fold: &fold,
            skeleton: &fold,
            standing,
            level,
            role,
            password_hash: None,
            invited_by: None,
        };
        let id = members::insert(&mut write, &grant, self.service.now(), &new).await.unwrap();
        write.commit().await.unwrap();
        caller(id)
    }

    /// A board for all members.
    pub(crate) async fn board(&self, slug: &str) -> BoardId {
        self.board_for(slug, Audience::Members, Audience::Members).await
    }

    /// A board with its audiences.
    pub(crate) async fn board_for(&self, slug: &str, see: Audience, write: Audience) -> BoardId {
        let grant = policy::allow(&Actor::Host, &ArrangeBoards).unwrap();
        let mut conn = self.service.store().begin_write().await.unwrap();
        let new = NewBoard {
            slug,
            name: slug,
            purpose: "a board for tests",
            category: "",
            position: 1,
            kind: BoardKind::Talk,
            see,
            write,
            host: None,
        };
        let id = boards::insert(&mut conn, &grant, self.service.now(), &new).await.unwrap();
        conn.commit().await.unwrap();
        id
    }

    /// Locks a thread.
    pub(crate) async fn lock(&self, thread: ThreadId) {
        states::lock(self.service.store(), thread).await;
    }

    /// Gives a board another type.
    pub(crate) async fn set_kind(&self, board: BoardId, kind: BoardKind) {
        states::kind(self.service.store(), board, kind).await;
    }

    /// Makes a thread slow.
    pub(crate) async fn slow(&self, thread: ThreadId, slow_s: i64) {
        states::slow(self.service.store(), thread, slow_s).await;
    }

    /// Archives a board.
    pub(crate) async fn archive(&self, board: BoardId) {
        states::archive(self.service.store(), board).await;
    }

    /// Suspends a member for an hour.
    pub(crate) async fn suspend(&self, who: &Caller) {
        let Who::Member(member) = who.who else { panic!("only members are suspended") };
        states::suspend(self.service.store(), member, self.service.now().plus(3_600)).await;
    }

    /// Lets every write that needs room fail as on a full disk.
    pub(crate) async fn fill_disk(&self) {
        states::fill_disk(self.service.store()).await;
    }

    /// Asks through the door.
    pub(crate) async fn call<R: Request>(&self, caller: &Caller, request: R) -> Result<R::Reply> {
        self.service.call(caller, request).await
    }

    /// What was published since the last look.
    pub(crate) fn published(&mut self) -> Vec<DomainEvent> {
        std::iter::from_fn(|| self.events.try_recv().ok()).collect()
    }
}

/// What a session listens to.
pub(crate) type Events = tokio::sync::broadcast::Receiver<DomainEvent>;

/// A community for tests that cannot await, such as those of screens.
pub(crate) struct Blocking {
    pub(crate) place: Place,
    runtime: tokio::runtime::Runtime,
}

impl Blocking {
    /// An empty community.
    pub(crate) fn new() -> Rc<Self> {
        Self::with(|_| {})
    }

    /// The same with other settings.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Rc<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let place = runtime.block_on(Place::with(change));
        Rc::new(Self { place, runtime })
    }

    /// A community that goes on from another one's file.
    pub(crate) fn from_file(file: &[u8]) -> Rc<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let place = runtime.block_on(Place::from_file(file));
        Rc::new(Self { place, runtime })
    }

    /// Waits for something: `live.block(live.place.regular("alice"))`.
    pub(crate) fn block<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// Asks through the door.
    pub(crate) fn call<R: Request>(&self, caller: &Caller, request: R) -> Result<R::Reply> {
        self.block(self.place.call(caller, request))
    }

    /// Takes a screen's request through the door.
    pub(crate) fn answer(&self, caller: &Caller, call: Call) -> Answer {
        self.block(call.run(Arc::clone(&self.place.service), caller.clone()))
    }
}

/// A caller that logged in with a password.
pub(crate) fn caller(member: MemberId) -> Caller {
    Caller { who: Who::Member(member), ..Caller::GUEST }
}

#[tokio::test]
async fn a_member_sees_the_boards_that_are_for_members() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let general = place.board("general").await;
    place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let list = place.call(&alice, super::boards::ListBoards).await.unwrap();
    assert_eq!(list.boards.iter().map(|board| board.id).collect::<Vec<_>>(), [general]);
}
