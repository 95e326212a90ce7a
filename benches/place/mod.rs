//! A made-up community to measure on, made once for each size and kept in `target/`.

// Each bench uses some of this, and none all of it.
#![allow(dead_code, clippy::unwrap_used)]

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hob::demo::{self, Size};
use hob::domain::ids::MemberId;
use hob::service::{Caller, Clock, Request, Service, Settings, Who};
use hob::store::Store;
use hob::ui::app::{App, Order};
use hob::ui::capabilities::Capabilities;
use hob::ui::route::Route;

/// Posts of the community, if `HOB_BENCH_POSTS` does not say otherwise.
const POSTS_DEFAULT: usize = 10_000;

/// An open community.
pub struct Place {
    pub service: Arc<Service>,
    pub runtime: tokio::runtime::Runtime,
    pub path: PathBuf,
    pub size: Size,
}

impl Place {
    /// The community of the size that the environment asks for: SPEED.md's 2,000 members, 30 boards and 50 posts a
    /// thread, whatever the number of posts.
    pub fn open() -> Self {
        let posts = std::env::var("HOB_BENCH_POSTS").ok().and_then(|posts| posts.parse().ok());
        let posts: usize = posts.unwrap_or(POSTS_DEFAULT);
        Self::of(Size { members: 2_000, boards: 30, threads: posts.div_ceil(50), posts, seed: 1 })
    }

    /// A community of this size.
    pub fn of(size: Size) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("places");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{}-{}.db", size.members, size.posts));
        let store = match runtime.block_on(Store::open(&path)) {
            // Whatever has no members yet, or another schema, is made anew.
            Ok(store) if runtime.block_on(holds_members(&store)) => store,
            _ => runtime.block_on(make(&path, &size)),
        };
        let service = Service::new(store, Clock::System, Settings::default());
        Self { service, runtime, path, size }
    }

    /// The same in a copy, to write in.
    pub fn scratch(self) -> Self {
        let path = self.path.with_extension("scratch.db");
        self.runtime.block_on(self.service.store().close());
        remove(&path);
        std::fs::copy(&self.path, &path).unwrap();
        // What waits for a disk later is measured, not the copy.
        std::fs::File::open(&path).unwrap().sync_all().unwrap();
        let store = self.runtime.block_on(Store::open(&path)).unwrap();
        let service = Service::new(store, Clock::System, Settings::default());
        Self { service, path, ..self }
    }

    /// Waits for something.
    pub fn block<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// Asks through the door.
    pub fn call<R: Request>(&self, caller: &Caller, request: R) -> R::Reply {
        self.block(self.service.call(caller, request)).unwrap()
    }

    /// A session's screens, with a place open in it and every request answered.
    pub fn app(&self, caller: &Caller, columns: u16, rows: u16, route: &Route) -> App {
        let me = self.call(caller, hob::service::members::WhoAmI);
        let mut app = App::new(me, Capabilities::COMMON, columns, rows, self.service.now());
        app.open(route);
        self.settle(&mut app, caller);
        app
    }

    /// Runs what the screens ask for until they ask for nothing more.
    pub fn settle(&self, app: &mut App, caller: &Caller) {
        loop {
            let orders = app.take_orders();
            if orders.is_empty() {
                return;
            }
            for order in orders {
                if let Order::Call(screen, call) = order {
                    let answer = self.block(call.run(Arc::clone(&self.service), caller.clone()));
                    app.answer(screen, answer);
                }
            }
        }
    }
}

async fn holds_members(store: &Store) -> bool {
    let mut read = store.begin_read().await.unwrap();
    let sysop = hob::store::members::by_fold(&mut read, "sysop").await;
    sysop.is_ok_and(|sysop| sysop.is_some())
}

async fn make(path: &Path, size: &Size) -> Store {
    remove(path);
    demo::make(path, size, Clock::System.now(), &Settings::default()).await.unwrap();
    Store::open(path).await.unwrap()
}

fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name);
    }
}

/// A member who logged in with a password. The first two are the sysop and the moderator; wren is the third.
pub fn member(id: i64) -> Caller {
    Caller { who: Who::Member(MemberId(id)), ..Caller::GUEST }
}
