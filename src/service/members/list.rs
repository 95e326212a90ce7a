//! Everybody who belongs here.

use std::collections::{HashMap, HashSet};

use crate::domain::ids::{BoardId, MemberId, TagId};
use crate::domain::member::{Level, Role};
use crate::domain::policy::LookAround;
use crate::domain::time::Timestamp;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::{boards, contacts, profiles, tag_people};

/// Lists all members by handle, and who of them is here now.
#[derive(Clone, Copy, Debug)]
pub struct ListMembers;

/// A member in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberSummary {
    /// The member.
    pub id: MemberId,
    /// The handle.
    pub handle: String,
    /// The level.
    pub level: Level,
    /// The role.
    pub role: Role,
    /// When they became a member.
    pub joined_at: Option<Timestamp>,
    /// When they were last here; shown coarsely, and none when they hide it.
    pub last_seen_at: Option<Timestamp>,
    /// Who invited them.
    pub invited_by: Option<String>,
    /// "I can help with".
    pub can_help: String,
    /// The tags they have joined, of those that the caller may know of.
    pub tags: Vec<String>,
    /// The one of them that stands by the handle.
    pub shown_tag: Option<String>,
    /// The caller has met them: a reply either way, or a conversation of both. True for oneself.
    pub met: bool,
    /// Here now.
    pub here: bool,
    /// The board they have open, if the one who asks may see that board.
    pub board: Option<String>,
    /// Here, but away, with their word on why if they left one.
    pub away: Option<String>,
}

impl Request for ListMembers {
    type Reply = Vec<MemberSummary>;
    type Access = Reads;
    const NAME: &'static str = "list members";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<MemberSummary>> {
        cx.allow(&LookAround)?;
        let now = cx.now;
        let rows = profiles::list(cx.conn(), now).await?;
        let mut here = cx.presence().members();
        // Between whom a mute or a block stands, one is never here for the other (P7).
        let apart = match cx.actor.id() {
            Some(me) => contacts::apart(cx.conn(), me).await?,
            None => Vec::new(),
        };
        here.retain(|here| !apart.contains(&here.member));
        let clearance = cx.actor.clearance();
        let boards = boards::list(cx.conn(), clearance).await?;
        let name_of =
            |id: BoardId| boards.iter().find(|board| board.id == id).map(|board| board.name.clone());
        let known = tag_people::known(cx.conn(), clearance).await?;
        let tag_name = |tag: TagId| known.iter().find(|(id, _)| *id == tag).map(|(_, name)| name.clone());
        let mut joined: HashMap<MemberId, Vec<String>> = HashMap::new();
        for (member, tag) in tag_people::joined(cx.conn(), None).await? {
            joined.entry(member).or_default().extend(tag_name(tag));
        }
        let mut shown: HashMap<MemberId, String> = HashMap::new();
        for (member, tag) in tag_people::shown(cx.conn(), None).await? {
            shown.extend(tag_name(tag).map(|name| (member, name)));
        }
        let mut met: HashSet<MemberId> = HashSet::new();
        if let Some(me) = cx.actor.id() {
            met.extend(tag_people::met(cx.conn(), me).await?);
            met.insert(me);
        }
        let members = rows
            .into_iter()
            .map(|row| {
                let present = here.iter().find(|here| here.member == row.id);
                MemberSummary {
                    id: row.id,
                    handle: row.handle,
                    level: row.level,
                    role: row.role,
                    joined_at: row.joined_at,
                    last_seen_at: row.last_seen_at.filter(|_| !apart.contains(&row.id)),
                    invited_by: row.invited_by,
                    can_help: row.can_help,
                    tags: joined.remove(&row.id).unwrap_or_default(),
                    shown_tag: shown.remove(&row.id),
                    met: met.contains(&row.id),
                    here: present.is_some(),
                    away: present.and_then(|here| here.away_at(now)),
                    board: present.and_then(|here| here.board).and_then(name_of),
                }
            })
            .collect();
        Ok(members)
    }
}
