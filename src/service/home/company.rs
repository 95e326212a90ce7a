//! Who is about: the part of home that changes whenever somebody comes, moves or goes. It is read on its own then, for
//! on a lively evening that is every second, for everybody whose home is open.

use crate::domain::ids::{BoardId, MemberId};
use crate::domain::policy::LookAround;
use crate::domain::time::Timestamp;
use crate::service::people::{self, SeenLately};
use crate::service::{Cx, Reads, Request, Result};
use crate::store::people::active_handles;
use crate::store::{boards, contacts};

/// Asks who is here and who was lately, as home shows it.
#[derive(Clone, Copy, Debug)]
pub struct ShowCompany;

/// Who is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Who is here now, oneself left out, in order of arrival.
    pub here: Vec<HereNow>,
    /// Who was here lately and is not now, as [`crate::service::people::HereLately`] gives it: at most 8.
    pub lately: Vec<SeenLately>,
}

/// Somebody who is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HereNow {
    /// Who.
    pub member: MemberId,
    /// Their handle.
    pub handle: String,
    /// The board that they have open, if the one who asks sees it too.
    pub board: Option<(BoardId, String)>,
    /// Since when.
    pub since: Timestamp,
    /// Here, but away, with their word on why if they left one.
    pub away: Option<String>,
}

impl Request for ShowCompany {
    type Reply = Company;
    type Access = Reads;
    const NAME: &'static str = "show company";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Company> {
        cx.allow(&LookAround)?;
        let clearance = cx.actor.clearance();
        let seen = boards::list(cx.conn(), clearance).await?;
        company(cx, seen.into_iter().map(|board| (board.id, board.name))).await
    }
}

/// Who is about, for one who sees these boards. Where somebody is, is said only of those.
///
/// # Errors
/// For people at the door, and when it cannot be read.
pub(super) async fn company(
    cx: &mut Cx<'_, Reads>,
    seen: impl IntoIterator<Item = (BoardId, String)>,
) -> Result<Company> {
    let (me, now) = (cx.me()?, cx.now);
    let apart = contacts::apart(cx.conn(), me).await?;
    let mut present = cx.presence().members();
    present.retain(|here| here.member != me && !apart.contains(&here.member));
    let ids: Vec<MemberId> = present.iter().map(|here| here.member).collect();
    let named = if ids.is_empty() { Vec::new() } else { active_handles(cx.conn(), &ids, now).await? };
    let boards: Vec<(BoardId, String)> = seen.into_iter().collect();
    let here = present.into_iter().filter_map(|here| {
        let (member, handle) = named.iter().find(|(id, _)| *id == here.member).cloned()?;
        let board = boards.iter().find(|(id, _)| Some(*id) == here.board).cloned();
        let away = here.away_at(now);
        Some(HereNow { member, handle, board, since: here.since, away })
    });
    Ok(Company { here: here.collect(), lately: people::lately(cx, &apart).await? })
}
