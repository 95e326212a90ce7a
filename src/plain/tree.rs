//! The invite tree, said line by line.

use super::talk::Talk;
use super::turn::Talked;
use crate::service::invites::ShowInviteTree;

impl Talk {
    /// Who invited whom; with a handle, who came through that member.
    pub(super) async fn tree(&mut self, handle: &str) -> Talked<()> {
        let branch = match handle {
            "" => None,
            handle => match self.member_called(handle).await? {
                Some(member) => Some(member),
                None => {
                    let words = format!("There is no member called {handle}. members lists them.");
                    return self.say(&words).await;
                }
            },
        };
        for row in self.call(ShowInviteTree { branch }).await? {
            let name = row.handle.as_deref().unwrap_or("a former member");
            let by = row.invited_by.as_deref().map_or_else(String::new, |by| format!(", invited by {by}"));
            let brought = if row.below > 0 { format!(", brought {}", row.below) } else { String::new() };
            self.say(&format!("{name}{by}{brought}.")).await?;
        }
        Ok(())
    }
}
