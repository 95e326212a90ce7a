//! One's path to the next level, said line by line.

use super::talk::Talk;
use super::turn::Talked;
use super::words::ago;
use crate::domain::member::Role;
use crate::service::levels::{ReadPath, opens, step_line};

impl Talk {
    /// The path of whoever is named; one's own otherwise.
    pub(super) async fn path(&mut self, handle: &str) -> Talked<()> {
        let member = match handle {
            "" => self.me.actor.id(),
            handle => self.member_called(handle).await?,
        };
        let Some(member) = member else {
            return self.say(&format!("There is no member called {handle}. members lists them.")).await;
        };
        let path = self.call(ReadPath { member }).await?;
        if path.role != Role::Member {
            let words = "whoever looks after the place has a level by that";
            return self.say(&format!("{}: {}; {words}.", path.handle, path.role)).await;
        }
        self.say(&format!("{}: {}.", path.handle, path.level)).await?;
        if let Some(falling) = &path.falling {
            let when = ago(self.now(), falling.at);
            self.say(&format!("The level falls {when}, unless this comes back.")).await?;
            for step in &falling.steps {
                self.say(&format!("{}.", step_line(*step))).await?;
            }
        }
        let Some((level, steps)) = &path.next else {
            return self.say("There is no further level. Thank you for being here.").await;
        };
        self.say(&format!("To be a {level}:")).await?;
        for step in steps {
            self.say(&format!("{}.", step_line(*step))).await?;
        }
        self.say(&format!("It opens {}.", opens(*level))).await
    }
}
