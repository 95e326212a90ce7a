//! What is kept, counted.

use super::WORDS;
use super::leave::Leaving;
use crate::domain::policy::TakeOwnData;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::{leaving, members, mine};

/// Asks what hob keeps about the caller.
#[derive(Clone, Copy, Debug)]
pub struct ShowMyData;

/// What it keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyData {
    /// The caller's handle.
    pub handle: String,
    /// Each kind of thing: what it is, how many there are, for how long they are kept.
    pub kept: Vec<(&'static str, usize, &'static str)>,
    /// The caller is leaving.
    pub leaving: Option<Leaving>,
}

impl Request for ShowMyData {
    type Reply = MyData;
    type Access = Reads;
    const NAME: &'static str = "show my data";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<MyData> {
        let me = cx.me()?;
        let grant = cx.allow(&TakeOwnData { member: me })?;
        let sees = cx.actor.clearance();
        let mut kept = Vec::with_capacity(WORDS.len());
        for words in WORDS {
            let count = match mine::FILES.iter().find(|file| file.name == words.name) {
                Some(file) => mine::rows(cx.conn(), &grant, file, me, sees).await?.len(),
                None => usize::try_from(mine::count_posts(cx.conn(), &grant, me).await?).unwrap_or(0),
            };
            kept.push((words.what, count, words.kept));
        }
        let (handle, _) = members::name_and_zone(cx.conn(), me).await?;
        let leaving = leaving::of(cx.conn(), me).await?.map(Leaving::from);
        Ok(MyData { handle, kept, leaving })
    }
}
