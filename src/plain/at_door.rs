//! Who is at the door, said line by line, and a line for the staff from whoever knows them.

use super::talk::Talk;
use super::turn::Talked;
use super::words::ago;
use crate::domain::draft::{Form, LineFor};
use crate::service::applications::{ListAtDoor, Vouch};

impl Talk {
    /// Everybody who waits and agreed to be shown.
    pub(super) async fn at_door(&mut self) -> Talked<()> {
        let people = self.call(ListAtDoor).await?;
        if people.is_empty() {
            return self.say("Nobody waits at the door just now, or nobody who wishes to be shown.").await;
        }
        let now = self.now();
        for one in people {
            self.say(&format!("{}, since {}.", one.handle, ago(now, one.since))).await?;
            if !one.introduction.is_empty() {
                self.say(&one.introduction).await?;
            }
            if let Some(mine) = &one.mine {
                self.say(&format!("You told the staff: {mine}")).await?;
            }
        }
        self.say("If you know somebody: vouch HANDLE, and how you know them. The staff read it.").await
    }

    /// `vouch HANDLE WORDS`.
    pub(super) async fn vouch(&mut self, rest: &str) -> Talked<()> {
        let (handle, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let handle = handle.trim_start_matches('@').to_lowercase();
        let people = self.call(ListAtDoor).await?;
        let Some(one) = people.into_iter().find(|one| one.handle.to_lowercase() == handle) else {
            return self.say("Nobody with that handle is at the door. door lists who is.").await;
        };
        let (id, ask) = (one.id, format!("how you know {}", one.handle));
        match words.trim() {
            "" => {
                let form = Form::Line(LineFor::Vouch, id.0);
                self.send_kept(&ask, form, |words| Vouch { id, words }).await?
            }
            words => self.call(Vouch { id, words: words.to_owned() }).await?,
        };
        self.say("The staff read it when they decide. Thank you.").await
    }
}
