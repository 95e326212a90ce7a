//! Two cohorts of the made-up place: one that is in its second week, and one that is over.

use super::*;
use crate::domain::cohort::Weekday;
use crate::domain::ids::{CohortId, PostId};
use crate::service::cohorts::{CohortTexts, JoinCohort, MakeCohort, ReadCohort, day, keep_cohorts};
use crate::service::reading::MarkBoardRead;
use crate::service::writing::WriteReply;

/// Who answered a checkpoint, how long after it opened, and what.
type Answers<'a> = &'a [(&'a str, &'a str)];

impl Stage<'_> {
    pub(super) async fn cohorts(&self) -> Result<(), Error> {
        self.over().await?;
        self.running().await
    }

    /// Makes one that begins so many days before now, with a checkpoint on the same day of each week.
    async fn gather(
        &self,
        begins: i64,
        (name, purpose, weeks): (&str, &str, &str),
        people: &[&str],
    ) -> Result<CohortId, Error> {
        let first = self.now.plus(-begins * DAY_S);
        let texts = CohortTexts {
            name: name.to_owned(),
            purpose: purpose.to_owned(),
            starts: day(first),
            weeks: weeks.to_owned(),
            weekday: Weekday::of(first).as_str().to_owned(),
            places: "12".to_owned(),
            closed: true,
            ..CohortTexts::default()
        };
        let made = (begins + 12) * DAY_S;
        let cohort = self.ask(made, "moderator", MakeCohort { texts }).await?;
        for (who, days) in people.iter().zip((1..10).cycle()) {
            self.ask(made - days * DAY_S, who, JoinCohort { cohort, join: true }).await?;
        }
        Ok(cohort)
    }

    /// The night so many days before now, and what was answered to the checkpoint that it opened.
    async fn night(&self, days: i64, cohort: CohortId, answers: Answers<'_>) -> Result<(), Error> {
        self.at(days * DAY_S - HOUR_S);
        keep_cohorts(self.service).await?;
        let page = self.ask(days * DAY_S - HOUR_S, "moderator", ReadCohort { cohort }).await?;
        let open = page.checkpoints.iter().rev().find_map(|checkpoint| checkpoint.thread);
        for ((who, words), hours) in answers.iter().zip((6..).step_by(5)) {
            if let Some(thread) = open {
                let reply = WriteReply { thread, reply_to: None, body: (*words).to_owned() };
                self.ask(days * DAY_S - hours * HOUR_S, who, reply).await?;
            }
        }
        Ok(())
    }

    async fn running(&self) -> Result<(), Error> {
        let what = ("Six weeks of rye", "A loaf a week, and an honest word on it", "6");
        let cohort = self.gather(10, what, &["wren", "rosa", "elio", "tomasz", "hanae", "kofi"]).await?;
        let first: Answers<'_> = &[
            ("rosa", "Mine could hold a door open. The taste is right."),
            ("wren", "First loaf from the new starter: sour, dense, eaten by noon."),
            ("elio", "I baked at Rosa's. She had the oven, I had the opinions."),
        ];
        self.night(10, cohort, first).await?;
        let second: Answers<'_> = &[(
            "tomasz",
            "Measured the oven: 40 degrees less than it says. That explains everything but the salt.",
        )];
        self.night(3, cohort, second).await
    }

    async fn over(&self) -> Result<(), Error> {
        let people = ["zdenka", "theo", "ines", "paz", "kofi"];
        let what = ("Four weeks of mending", "One broken thing a week, mended or understood", "4");
        let cohort = self.gather(70, what, &people).await?;
        let weeks: [(i64, Answers<'_>); 5] = [
            (70, &[("zdenka", "The kettle's lid. A rivet, and patience."), ("paz", "A zip. It zips.")]),
            (63, &[("kofi", "Understood, not mended: the radio hums because it is lonely.")]),
            (56, &[("ines", "A chair. Theo sat on it. It holds."), ("theo", "I sat with care.")]),
            (49, &[("zdenka", "Nothing broke this week, and I missed it.")]),
            (42, &[]),
        ];
        for (days, answers) in weeks {
            self.night(days, cohort, answers).await?;
        }
        let page = self.ask(40 * DAY_S, "moderator", ReadCohort { cohort }).await?;
        let Some((board, _)) = page.board else { return Ok(()) };
        for who in people.iter().chain(&["moderator", "sysop"]) {
            self.ask(40 * DAY_S, who, MarkBoardRead { board, upto: PostId(i64::MAX) }).await?;
        }
        Ok(())
    }
}
