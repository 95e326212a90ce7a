//! Who invited whom: the invite tree, for all members to see (D6).

use std::collections::HashMap;

use crate::domain::ids::MemberId;
use crate::domain::policy::LookAround;
use crate::domain::time::Timestamp;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::invites::{self, TreeMember};

/// Asks who invited whom.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShowInviteTree {
    /// Only this member and whoever came through them; none for everybody.
    pub branch: Option<MemberId>,
}

/// A member in the tree, from above: everybody stands below whoever invited them, in the order of coming in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeRow {
    /// Who.
    pub member: MemberId,
    /// Their handle; none for who has left or was removed and keeps a place for those below.
    pub handle: Option<String>,
    /// How many stand above them.
    pub depth: usize,
    /// The handle of who invited them.
    pub invited_by: Option<String>,
    /// How many came through them, all branches together.
    pub below: usize,
    /// When they became a member.
    pub joined_at: Timestamp,
}

impl Request for ShowInviteTree {
    type Reply = Vec<TreeRow>;
    type Access = Reads;
    const NAME: &'static str = "show invite tree";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Vec<TreeRow>> {
        cx.allow(&LookAround)?;
        let members = invites::tree(cx.conn()).await?;
        Ok(rows(&members, self.branch))
    }
}

/// The tree from above, without recursion: a chain of invites may be long.
fn rows(members: &[TreeMember], branch: Option<MemberId>) -> Vec<TreeRow> {
    let known: HashMap<MemberId, &TreeMember> = members.iter().map(|member| (member.id, member)).collect();
    let mut invited: HashMap<MemberId, Vec<MemberId>> = HashMap::new();
    let mut roots = Vec::new();
    for member in members {
        match member.invited_by.filter(|by| known.contains_key(by)) {
            Some(by) => invited.entry(by).or_default().push(member.id),
            None => roots.push(member.id),
        }
    }
    if let Some(branch) = branch {
        roots = vec![branch];
    }
    let mut waiting: Vec<(MemberId, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    let mut rows: Vec<TreeRow> = Vec::new();
    while let Some((id, depth)) = waiting.pop() {
        let Some(member) = known.get(&id) else { continue };
        let by = member.invited_by.and_then(|by| known.get(&by));
        rows.push(TreeRow {
            member: id,
            handle: member.is_here.then(|| member.handle.clone()),
            depth,
            invited_by: by.filter(|by| by.is_here).map(|by| by.handle.clone()),
            below: 0,
            joined_at: member.joined_at,
        });
        // Each stands below one other only, so nobody is met twice.
        let below = invited.remove(&id).unwrap_or_default();
        waiting.extend(below.into_iter().rev().map(|below| (below, depth + 1)));
    }
    count_below(&mut rows);
    rows
}

/// Whoever follows deeper down stands below.
fn count_below(rows: &mut [TreeRow]) {
    let mut above: Vec<usize> = Vec::new();
    for index in 0..rows.len() {
        while above.last().is_some_and(|last| rows[*last].depth >= rows[index].depth) {
            above.pop();
        }
        for at in &above {
            rows[*at].below += 1;
        }
        above.push(index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: i64, by: Option<i64>, is_here: bool) -> TreeMember {
        TreeMember {
            id: MemberId(id),
            handle: format!("m{id}"),
            is_here,
            invited_by: by.map(MemberId),
            joined_at: Timestamp(id),
        }
    }

    #[test]
    fn d6_everybody_stands_once_below_whoever_invited_them() {
        let members = [
            member(1, None, true),
            member(2, Some(1), true),
            member(3, None, true),
            member(4, Some(2), false),
            member(5, Some(1), true),
            member(6, Some(4), true),
            member(7, Some(99), true),
        ];
        let rows = rows(&members, None);
        let seen: Vec<(i64, usize, usize)> =
            rows.iter().map(|row| (row.member.0, row.depth, row.below)).collect();
        assert_eq!(seen, [(1, 0, 4), (2, 1, 2), (4, 2, 1), (6, 3, 0), (5, 1, 0), (3, 0, 0), (7, 0, 0)]);
        assert_eq!(rows[2].handle, None, "who is gone keeps a place without a name");
        assert_eq!((rows[3].invited_by.as_deref(), rows[1].invited_by.as_deref()), (None, Some("m1")));
    }

    #[test]
    fn d6_a_branch_begins_with_its_member_and_a_chain_may_be_long() {
        let mut members = vec![member(1, None, true)];
        members.extend((2..=5_000).map(|id| member(id, Some(id - 1), true)));
        let all = rows(&members, None);
        assert_eq!((all.len(), all[4_999].depth), (5_000, 4_999));
        let branch = rows(&members, Some(MemberId(4_999)));
        assert_eq!(branch.len(), 2);
        assert_eq!((branch[0].depth, branch[0].below), (0, 1));
        assert!(rows(&members, Some(MemberId(9_999))).is_empty());
    }
}
