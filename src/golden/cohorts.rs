//! What happens before scenes of cohorts, on the copy that is looked at.

use super::community::Community;
use crate::domain::ids::CohortId;
use crate::domain::time::DAY_S;
use crate::service::cohorts::{
    CohortTexts, InviteToCohort, JoinCohort, MakeCohort, ReadCohort, SetCheckpoint, day, keep_cohorts,
};
use crate::service::testing::Blocking;
use crate::service::writing::WriteReply;

/// The one that runs, and the one that begins later.
pub(super) const RUNNING: CohortId = CohortId(1);
pub(super) const LATER: CohortId = CohortId(2);

/// One that runs for its second week, with answers, and one that begins in ten days.
pub(super) fn two(c: &Community, live: &Blocking) {
    let (mo, wren) = (c.person("mo"), c.person("wren"));
    let texts = |name: &str, purpose: &str, in_days: i64| CohortTexts {
        name: name.to_owned(),
        purpose: purpose.to_owned(),
        starts: day(live.place.service.now().plus(in_days * DAY_S)),
        weeks: "6".to_owned(),
        weekday: "thursday".to_owned(),
        places: "8".to_owned(),
        closed: true,
        ..CohortTexts::default()
    };
    live.place.clock.advance(-20 * DAY_S);
    live.call(&mo, MakeCohort { texts: texts("Six weeks of bread", "A loaf a week, and a word on it", 8) })
        .unwrap();
    for who in ["wren", "ash", "juniper", "ida"] {
        live.call(&c.person(who), JoinCohort { cohort: RUNNING, join: true }).unwrap();
    }
    for days in [9, 6] {
        live.place.clock.advance(days * DAY_S);
        live.block(keep_cohorts(&live.place.service)).unwrap();
    }
    let page = live.call(&wren, ReadCohort { cohort: RUNNING }).unwrap();
    let thread = page.checkpoints[0].thread.unwrap();
    for (who, words) in [("wren", "Rye, and flat."), ("ash", "Flat too. We call it a plate.")] {
        let reply = WriteReply { thread, reply_to: None, body: words.to_owned() };
        live.call(&c.person(who), reply).unwrap();
    }
    let later = texts("A winter of letters", "Paper, stamps, and somebody who answers", 15);
    live.call(&mo, MakeCohort { texts: CohortTexts { closed: false, ..later } }).unwrap();
    live.call(&mo, InviteToCohort { cohort: LATER, handle: "wren".to_owned() }).unwrap();
    let prompt = "Whom did you write to, and who has answered?".to_owned();
    live.call(&mo, SetCheckpoint { cohort: LATER, week: 1, prompt }).unwrap();
    live.place.clock.advance(5 * DAY_S);
}
