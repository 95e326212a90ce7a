//! The cohorts of the made-up place: one begins today, and its first checkpoint is answered already; of the one that is
//! over (`alumni.rs`) the tag says what it is for.

use super::*;
use crate::domain::cohort::Weekday;
use crate::service::cohorts::{
    CohortTexts, JoinCohort, ListCohorts, MakeCohort, ReadCohort, day, keep_cohorts,
};
use crate::service::tags::DescribeTag;
use crate::service::writing::WriteReply;

/// When it was made, and when the first checkpoint opened: after every post that was made up before, for posts are read in
/// the order in which they came.
const MADE: i64 = 12 * DAY_S;
const OPENED: i64 = 9 * MINUTE_S;

impl Stage<'_> {
    pub(super) async fn cohorts(&self) -> Result<(), Error> {
        for over in self.ask(MADE, "moderator", ListCohorts).await? {
            let page = self.ask(MADE, "moderator", ReadCohort { cohort: over.id }).await?;
            if let Some((tag, _)) = page.tag {
                let words = format!("Those who were in {}", over.name);
                self.ask(MADE, "moderator", DescribeTag { tag, words }).await?;
            }
        }
        let texts = CohortTexts {
            name: "Six weeks of rye".to_owned(),
            purpose: "A loaf a week, and an honest word on it".to_owned(),
            starts: day(self.now),
            weeks: "6".to_owned(),
            weekday: Weekday::of(self.now).as_str().to_owned(),
            places: "12".to_owned(),
            closed: true,
            ..CohortTexts::default()
        };
        let cohort = self.ask(MADE, "moderator", MakeCohort { texts }).await?;
        for (who, days) in ["wren", "rosa", "elio", "tomasz", "hanae", "kofi"].iter().zip(1..) {
            self.ask(MADE - days * DAY_S, who, JoinCohort { cohort, join: true }).await?;
        }
        self.at(OPENED);
        keep_cohorts(self.service).await?;
        let page = self.ask(OPENED, "moderator", ReadCohort { cohort }).await?;
        self.is_here("moderator").await;
        // Just after midnight it begins with the next night.
        let Some(thread) = page.checkpoints.iter().find_map(|checkpoint| checkpoint.thread) else {
            return Ok(());
        };
        for (minutes, who, words) in [
            (6, "rosa", "Mine could hold a door open. The taste is right."),
            (4, "elio", "I baked at Rosa's. She had the oven, I had the opinions."),
        ] {
            let reply = WriteReply { thread, reply_to: None, body: words.to_owned() };
            self.ask(minutes * MINUTE_S, who, reply).await?;
            self.is_here(who).await;
        }
        Ok(())
    }

    /// Notes a visit: whoever writes is here.
    async fn is_here(&self, who: &str) {
        let member = self.people.get(who).copied().unwrap_or(MemberId(1));
        self.service.note_visit(&Caller { who: Who::Member(member), ..Caller::GUEST }).await;
    }
}
