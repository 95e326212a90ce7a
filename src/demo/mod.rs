//! A lively made-up community: for looking around in (`hob demo`), and for measuring on. The same seed makes the same
//! place, down to the words; only the clock moves it. What people say is in `words/`; how it becomes rows is `fill.rs`
//! and `marks.rs`; what the staff did about it goes through the door like any other act, in `scenes.rs`.

mod alumni;
mod boards;
mod cast;
mod compose;
mod dice;
mod fill;
mod labels;
mod marks;
mod plan;
mod scenes;
mod scripts;
mod talks;
mod words;

use std::path::Path;

use crate::domain::ids::BoardId;
use crate::domain::policy::{self, Actor, MakeAccount};
use crate::domain::time::Timestamp;
use crate::service::{self, Settings, passwords::Passwords};
use crate::store::OpenError;
use crate::store::bulk::Bulk;

/// What a made-up community is called.
pub const NAME: &str = "Kettle Lane";

/// The password of everybody in it.
pub const PASSWORD: &str = "demo";

/// How much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Members, at least 2: the first are the sysop and the moderator.
    pub members: usize,
    /// Boards, at least 1.
    pub boards: usize,
    /// Threads, at least 1.
    pub threads: usize,
    /// Posts, at least one a thread.
    pub posts: usize,
    /// The same seed makes the same community.
    pub seed: u64,
}

impl Default for Size {
    fn default() -> Self {
        Self { members: 60, boards: 12, threads: 120, posts: 1_500, seed: 1 }
    }
}

/// Why none could be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A number that cannot be.
    #[error("{0}")]
    Size(&'static str),
    /// The file cannot be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file cannot be written.
    #[error("the demo cannot be written: {0}")]
    Write(#[from] sqlx::Error),
    /// A use case refused.
    #[error("the demo cannot be made: {0}")]
    Refused(#[from] service::Error),
}

/// Makes a community in a new file, as it would stand at `now`.
///
/// # Errors
/// When the size cannot be, the file is there already, or it cannot be written.
pub async fn make(path: &Path, size: &Size, now: Timestamp, settings: &Settings) -> Result<(), Error> {
    check(size)?;
    let grant = policy::allow(&Actor::Host, &MakeAccount).map_err(service::Error::from)?;
    let password = Passwords::new(&settings.passwords).hash(PASSWORD.to_owned()).await?;
    let span = plan::span(size);
    let boards = boards::boards(size.boards);
    let people = cast::people(size.members, span, &mut dice::Dice::new(size.seed, 1));
    let mut composer = compose::Composer::new(size.seed);
    let plan = plan::Plan::new(size, &boards, &people, &mut composer);

    let mut bulk = Bulk::create(path, &grant).await?;
    let mut filler = fill::Filler::new(size, now, &plan, &boards, people, composer);
    filler.write_boards(&mut bulk, now.plus(-span)).await?;
    filler.write_posts(&mut bulk).await?;
    filler.write_members(&mut bulk, &password).await?;
    filler.write_followed(&mut bulk).await?;
    let tags = labels::write(&mut bulk, &plan, &filler, now).await?;
    alumni::write(&mut bulk, &plan, &boards, &filler, now, tags).await?;
    marks::write(&mut bulk, &plan, boards.len(), &filler.people, size.seed).await?;
    bulk.finish().await?;
    let slugs =
        (0..).zip(&boards).map(|(index, board)| (board.slug.as_str(), BoardId(fill::id_of(index)))).collect();
    scenes::play(path, settings, now, &filler.people, &filler.labels, &slugs).await
}

fn check(size: &Size) -> Result<(), Error> {
    let wrong = match size {
        Size { members: ..2, .. } => {
            "a demo has at least 2 members, the sysop and the moderator: --members 2 or more"
        }
        Size { members: 100_001.., .. } => "a demo has at most 100,000 members: ask for fewer with --members",
        Size { boards: 0, .. } | Size { threads: 0, .. } => "a demo has at least one board and one thread",
        Size { boards: 1_001.., .. } => "a demo has at most 1,000 boards: ask for fewer with --boards",
        Size { posts: 10_000_001.., .. } => "a demo has at most 10,000,000 posts: ask for fewer with --posts",
        _ if size.posts < size.threads => {
            "every thread has a post: ask for as many --posts as --threads, or more"
        }
        _ => return Ok(()),
    };
    Err(Error::Size(wrong))
}
