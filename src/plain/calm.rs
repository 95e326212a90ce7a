//! Calm, for the staff: begun with a length and a reason, ended before its time.

use super::talk::Talk;
use super::turn::{Talked, Turn};
use crate::domain::draft::{Form, LineFor};
use crate::domain::time::absolute;
use crate::service::calm::{BeginCalm, CALM_HOURS_MAX, EndCalm, ShowCalm};

impl Talk {
    pub(super) async fn calm(&mut self) -> Talked<()> {
        if let Some(calm) = self.call(ShowCalm).await? {
            let by = calm.by.as_deref().unwrap_or("the host");
            let until = absolute(calm.until, &self.zone());
            self.say(&format!("The place is calm until {until}; {by} began it: {}", calm.reason)).await?;
            if !self.confirm("End it now?").await? {
                return Err(Turn::Cancelled);
            }
            self.call(EndCalm).await?;
            return self.say("The calm is over.").await;
        }
        let hours = self.ask(&format!("calm for how many hours, 1 to {CALM_HOURS_MAX}")).await?;
        let Ok(hours) = hours.trim().parse() else { return self.say("That is not a number.").await };
        let form = Form::Line(LineFor::Calm, 0);
        let calm =
            self.send_kept("why; everybody reads it", form, |reason| BeginCalm { hours, reason }).await?;
        let until = absolute(calm.until, &self.zone());
        self.say(&format!("The place is calm until {until}. It ends by itself; calm ends it before.")).await
    }
}
