//! A scene for tests of moderation: a charter, two moderators and a sysop, people who write and report, two boards.

#![allow(clippy::unwrap_used)]

use std::ops::Deref;
use std::rc::Rc;

use crate::domain::ids::{BoardId, CaseId, MemberId, PostId, ThreadId};
use crate::domain::member::{Level, Role};
use crate::domain::moderation::{Deed, Thing};
use crate::service::accounts::SetUp;
use crate::service::cases::{DecideCase, ReportThing, Reported};
use crate::service::joining::{AcceptRule, AnswerWhy, StartJoining, SubmitApplication, WriteIntroduction};
use crate::service::moderation::Moderate;
use crate::service::passwords::NewPassword;
use crate::service::testing::{Blocking, Place};
use crate::service::writing::{Posted, StartThread, WriteReply};
use crate::service::{Caller, Request, Result, Who};

/// Who and what there is.
pub(crate) struct Cast {
    pub(crate) sysop: Caller,
    pub(crate) mo: Caller,
    pub(crate) mia: Caller,
    pub(crate) bo: Caller,
    pub(crate) ann: Caller,
    pub(crate) talk: BoardId,
    pub(crate) attic: BoardId,
    pub(crate) thread: ThreadId,
    /// The second post of the thread, by bo.
    pub(crate) post: PostId,
}

impl Cast {
    /// bo has answered ann's thread "Trains" on the board talk.
    pub(crate) async fn on(place: &Place) -> Self {
        set_up(place).await;
        let sysop = place.member("sue", Level::Regular, Role::Sysop).await;
        let mo = place.moderator("mo").await;
        let mia = place.moderator("mia").await;
        let bo = place.regular("bo").await;
        let ann = place.regular("ann").await;
        let talk = place.board("talk").await;
        let attic = place.board("attic").await;
        let start =
            StartThread { board: talk, title: "Trains".to_owned(), body: "Who likes trains?".to_owned() };
        let thread = place.call(&ann, start).await.unwrap().thread;
        let post = write(place, &bo, thread, "You are all fools.").await.post;
        Self { sysop, mo, mia, bo, ann, talk, attic, thread, post }
    }

    /// The same in a community that tests of screens can use.
    pub(crate) fn live() -> (Rc<Blocking>, Self) {
        let live = Blocking::new();
        let cast = live.block(Self::on(&live.place));
        (live, cast)
    }

    /// The reported post.
    pub(crate) fn thing(&self) -> Thing {
        Thing::Post(self.post)
    }

    /// A report of bo's post under rule 1.
    pub(crate) fn report_it(&self) -> ReportThing {
        ReportThing { thing: self.thing(), rule_no: 1, note: "rude".to_owned() }
    }

    /// Decides a case under rule 1.
    pub(crate) fn decide(&self, case: CaseId, deeds: &[Deed]) -> DecideCase {
        DecideCase { case, deeds: deeds.to_vec(), rule_no: 1, reason: "It calls people fools.".to_owned() }
    }

    /// Lets the next step of the ladder be a suspension for bo, so that it skips none.
    pub(crate) async fn up_the_ladder(&self, place: &Place) {
        place.up_the_ladder(id(&self.bo), id(&self.mia)).await;
    }

    /// Acts on bo's post without a case, under rule 1.
    pub(crate) fn moderate(&self, deed: Deed) -> Moderate {
        Moderate { thing: self.thing(), deed, rule_no: 1, reason: "It calls people fools.".to_owned() }
    }
}

/// A community with its cast.
pub(crate) struct Scene {
    pub(crate) place: Place,
    cast: Cast,
}

impl Deref for Scene {
    type Target = Cast;

    fn deref(&self) -> &Cast {
        &self.cast
    }
}

impl Scene {
    /// A new one.
    pub(crate) async fn new() -> Self {
        let place = Place::new().await;
        let cast = Cast::on(&place).await;
        Self { place, cast }
    }

    pub(crate) async fn call<R: Request>(&self, caller: &Caller, request: R) -> Result<R::Reply> {
        self.place.call(caller, request).await
    }

    /// Reports bo's post under rule 1.
    pub(crate) async fn report(&self, by: &Caller) -> Result<Reported> {
        self.call(by, self.report_it()).await
    }
}

/// Publishes the first charter, as a new community does.
async fn set_up(place: &Place) {
    let host = Caller::host();
    place.call(&host, SetUp).await.unwrap();
}

/// Writes a post.
pub(crate) async fn write(place: &Place, by: &Caller, thread: ThreadId, body: &str) -> Posted {
    place.call(by, WriteReply { thread, reply_to: None, body: body.to_owned() }).await.unwrap()
}

/// A caller's account.
pub(crate) fn id(caller: &Caller) -> MemberId {
    match caller.who {
        Who::Member(id) => id,
        Who::Guest | Who::Host => panic!("no account"),
    }
}

/// Somebody whose application waits.
pub(crate) async fn apply(place: &Place, handle: &str) -> Caller {
    let mut session = Caller::GUEST;
    let password = Some(NewPassword::parse("correct horse").unwrap());
    let start = StartJoining { handle: handle.to_owned(), password, keep_key: false, invite: None };
    session.become_member(place.call(&session, start).await.unwrap().identity);
    for no in 1..=5 {
        place.call(&session, AcceptRule { version: 1, no }).await.unwrap();
    }
    place.call(&session, AnswerWhy { text: "I like fires.".to_owned() }).await.unwrap();
    place.call(&session, WriteIntroduction { text: "Hello all.".to_owned() }).await.unwrap();
    place.call(&session, SubmitApplication).await.unwrap();
    session
}
