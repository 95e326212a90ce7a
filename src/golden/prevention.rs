//! What happens before scenes of prevention, on the copy that is looked at.

use super::community::Community;
use super::words;
use crate::domain::ids::PostNo;
use crate::domain::prevention::{FilterAction, FilterScope};
use crate::service::Caller;
use crate::service::applications::DecideApplication;
use crate::service::bans::MakeBan;
use crate::service::calm::BeginCalm;
use crate::service::filters::{MakeFilter, SwitchFilter};
use crate::service::held::{DecideHeld, HandIn};
use crate::service::testing::Blocking;
use crate::service::writing::{StartThread, WriteReply};

/// fay is let in; her first answer waits, and a thread of hers came back.
pub(super) fn held(c: &Community, live: &Blocking) {
    let (mo, fay) = (c.person("mo"), c.person("fay"));
    let decide = DecideApplication { id: c.application, approve: true, answer: String::new() };
    live.place.clock.advance(-600);
    live.call(&mo, decide).unwrap();
    live.place.clock.advance(240);
    let reply =
        WriteReply { thread: c.kettle, reply_to: Some(PostNo(1)), body: words::LONG_ANSWER.to_owned() };
    live.call(&fay, HandIn { text: reply, keep_draft: false }).unwrap();
    live.place.clock.advance(60);
    let (title, body) = ("Which tea for a cold?".to_owned(), "Mine is ginger.".to_owned());
    let start = StartThread { board: c.general, title, body };
    let held = live.call(&fay, HandIn { text: start, keep_draft: false }).unwrap().held;
    let reason = "This is asked every winter: search for cold, and tell us what you found.".to_owned();
    live.call(&mo, DecideHeld { held, publish: false, reason }).unwrap();
}

/// The place is calm since half an hour.
pub(super) fn calm(c: &Community, live: &Blocking) {
    live.place.clock.advance(-1_800);
    let reason = "Many come at once, with one text.".to_owned();
    live.call(&c.person("mo"), BeginCalm { hours: 4, reason }).unwrap();
    live.place.clock.advance(1_800);
}

/// Two filters, one of them on.
pub(super) fn filters(c: &Community, live: &Blocking) {
    live.place.clock.advance(-3_600);
    let mo = c.person("mo");
    let make = |pattern: &str, action, reason: &str| MakeFilter {
        pattern: pattern.to_owned(),
        is_words: true,
        action,
        scope: FilterScope::All,
        board: None,
        reason: reason.to_owned(),
        rule_no: 1,
    };
    let filter =
        live.call(&mo, make("kettle kettles", FilterAction::Note, "The kettle has its own thread.")).unwrap();
    live.call(&mo, SwitchFilter { filter, on: true }).unwrap();
    live.call(&mo, make("fool fools", FilterAction::Hold, "Nobody here is a fool.")).unwrap();
    live.place.clock.advance(3_600);
}

/// Two bans, made an hour ago; somebody came from near one of them.
pub(super) fn bans(c: &Community, live: &Blocking) {
    live.place.clock.advance(-3_600);
    let sue = c.person("sue");
    let make = |what: String, reason: &str, days: Option<i64>| MakeBan {
        what,
        reason: reason.to_owned(),
        until: days.map(|days| live.place.service.now().plus(days * 86_400)),
        sure: true,
    };
    let key = format!("SHA256:{}", "8fKd0Qz".repeat(7).chars().take(43).collect::<String>());
    live.call(&sue, make(key, "Lent to a spammer, who writes from many places.", None)).unwrap();
    live.call(&sue, make("2001:db8:7::/48".to_owned(), "A flood of gnomes.", Some(7))).unwrap();
    live.place.clock.advance(3_600);
    let near = Caller { network: "192.0.2.7".parse().ok(), ..c.person("gus") };
    live.block(live.place.service.note_visit(&near));
}
