//! The members, and who is here.

use super::table::{Act, Menu, Said, entry};
use super::talk::Talk;
use super::turn::{Place, Talked, Turn};
use super::words::count;
use crate::domain::member::Role;
use crate::domain::time::{Timestamp, coarse};
use crate::service::members::{ListMembers, MemberSummary};

static MENU: Menu = Menu {
    name: "members",
    entries: &[entry(Act::Again, "again", "a", "", "the list once more, as it is now")],
    main: usize::MAX,
    enter: Some(Act::Next),
    numbered: false,
};

impl Talk {
    pub(super) async fn members(&mut self, here: bool, part: &str) -> Talked<()> {
        let part = part.to_lowercase();
        let mut list = self.call(ListMembers).await?;
        list.retain(|member| (!here || member.here) && member.handle.to_lowercase().contains(&part));
        let number = count(i64::try_from(list.len()).unwrap_or(i64::MAX), "member");
        match (list.is_empty(), here) {
            (true, true) => self.say("Nobody has a session open just now.").await?,
            (true, false) => self.say("Nobody's handle has that in it.").await?,
            (false, true) => self.say(&format!("{number} here now. Type a number or a handle.")).await?,
            (false, false) => self.say(&format!("{number}. Type a number or a handle.")).await?,
        }
        let now = self.now();
        for (member, number) in list.iter().zip(1..) {
            self.say(&format!("{number} {}", member_line(member, now))).await?;
        }
        let names: Vec<String> = list.iter().map(|member| member.handle.clone()).collect();
        loop {
            let said = self.command("members", &MENU).await?;
            if let Said::Act(Act::Again, _) = said {
                return Err(Turn::Instead(Place::Members { here, part }));
            }
            if let Some(index) = self.picked(&said, &names).await? {
                return Err(Turn::Open(Place::Profile(list[index].id)));
            }
        }
    }
}

fn member_line(member: &MemberSummary, now: Timestamp) -> String {
    let rank = match member.role {
        Role::Member => member.level.as_str(),
        role => role.as_str(),
    };
    let mut line = format!("{}, {rank}", member.handle);
    match (&member.board, member.here, member.last_seen_at) {
        (Some(board), true, _) => line.push_str(&format!(", here now in {board}")),
        (None, true, _) => line.push_str(", here now"),
        (_, false, Some(at)) => line.push_str(&format!(", {}", coarse(now, at))),
        (_, false, None) => {}
    }
    if !member.can_help.is_empty() {
        line.push_str(&format!(", can help with {}", member.can_help));
    }
    line + "."
}
