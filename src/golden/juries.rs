//! What happens before scenes of juries, on the copy that is looked at.

use super::community::Community;
use crate::domain::ids::MatterId;
use crate::service::cases::{Appeal, AppealAct, AppealTo, VoteOnAppeal};
use crate::service::moderation::AboutMe;
use crate::service::testing::Blocking;

/// The appeal that gus makes, after rex's.
pub(super) const GUS_APPEALS: MatterId = MatterId(2);

/// gus appeals against the removal of his post: wren, old-tom and tsukimi are the only regulars without a part in it.
pub(super) fn called(c: &Community, live: &Blocking) {
    live.place.clock.advance(-7_200);
    let gus = c.person("gus");
    let notices = live.call(&gus, AboutMe).unwrap().notices;
    let removed = notices.iter().rfind(|notice| matches!(notice.appeal, Appeal::Open(_))).unwrap().act;
    let words = "I meant nobody here: it is what my grandfather said whenever he missed the ship, and everybody \
                 laughed. I would put it into other words now, and keep the trains.";
    live.call(&gus, AppealAct { act: removed, words: words.to_owned(), to: AppealTo::Jury }).unwrap();
    live.place.clock.advance(7_200);
}

/// The same, decided by two of the three.
pub(super) fn decided(c: &Community, live: &Blocking) {
    called(c, live);
    for (who, reason) in
        [("wren", "A saying is not an insult."), ("tsukimi", "He says that he would write it otherwise.")]
    {
        let vote = VoteOnAppeal { matter: GUS_APPEALS, undo: true, reason: reason.to_owned() };
        live.call(&c.person(who), vote).unwrap();
    }
}
