//! Cohorts through the door (P5), at a clock that a test moves from night to night.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{BoardId, PostNo, ThreadId};
use crate::domain::member::{Level, Role};
use crate::domain::policy::Denied;
use crate::domain::room::LineKind;
use crate::domain::time::{DAY_S, Timestamp};
use crate::service::blocks::BlockMember;
use crate::service::boards::ListBoards;
use crate::service::notifications::{LeadsTo, ListNotifications};
use crate::service::roles::{Duty, OfferRole};
use crate::service::rooms::{ArrangeRoom, Say};
use crate::service::search::{Order, SearchPosts};
use crate::service::tags::{JoinTag, ReadTag};
use crate::service::testing::Place;
use crate::service::threads::{FindThreads, ListThreads};
use crate::service::upkeep::nightly;
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, Who};
use crate::store::testing::picture;

fn id(caller: &Caller) -> MemberId {
    let Who::Member(member) = caller.who else { panic!("a member") };
    member
}

/// Tests begin on 2026-11-22, a Sunday, at noon; the cohort runs for three weeks from Tuesday the 24th.
fn texts() -> CohortTexts {
    CohortTexts {
        name: "Three weeks of bread".to_owned(),
        purpose: "A loaf a week".to_owned(),
        starts: "2026-11-24".to_owned(),
        weeks: "3".to_owned(),
        weekday: "thu".to_owned(),
        places: "6".to_owned(),
        ..CohortTexts::default()
    }
}

/// Everything that keeping cohorts writes.
const TABLES: &[&str] = &[
    "cohort",
    "cohort_member",
    "cohort_checkpoint",
    "board",
    "thread",
    "post",
    "notification",
    "tag",
    "member_tag",
    "audit",
];

struct Scene {
    place: Place,
    mo: Caller,
    people: Vec<Caller>,
    out: Caller,
    cohort: CohortId,
}

impl Scene {
    /// Five are in it: mo, who made it, and four others; one member is not.
    async fn with(texts: CohortTexts) -> Self {
        let place = Place::new().await;
        nightly(&place.service).await.unwrap();
        let mo = place.moderator("mo").await;
        let cohort = place.call(&mo, MakeCohort { texts }).await.unwrap();
        let mut people = Vec::new();
        for handle in ["ann", "bo", "cleo", "dee"] {
            let caller = place.member(handle, Level::Newcomer, Role::Member).await;
            place.call(&caller, super::JoinCohort { cohort, join: true }).await.unwrap();
            people.push(caller);
        }
        let out = place.regular("otto").await;
        Self { place, mo, people, out, cohort }
    }

    /// Goes to noon of a day of November (or on into December), a night at a time.
    async fn nights_until(&self, day: i64) {
        let noon = |day: i64| Timestamp(crate::service::testing::NOON.0 + (day - 22) * DAY_S);
        while self.place.clock.now() < noon(day) {
            self.place.clock.advance(DAY_S);
            nightly(&self.place.service).await.unwrap();
        }
    }

    async fn page(&self, who: &Caller) -> CohortPage {
        self.place.call(who, ReadCohort { cohort: self.cohort }).await.unwrap()
    }

    async fn told(&self, who: &Caller, kind: NotificationKind) -> Vec<LeadsTo> {
        let rows = self.place.call(who, ListNotifications).await.unwrap().rows;
        rows.iter().filter(|row| row.kind == kind).map(|row| row.leads_to).collect()
    }
}

#[tokio::test]
async fn p5_a_cohort_begins_checks_in_every_week_and_becomes_an_archive_and_a_tag() {
    let s = Scene::with(texts()).await;
    let (ann, bo) = (&s.people[0], &s.people[1]);
    let page = s.page(ann).await;
    assert_eq!((page.summary.phase, page.summary.people, page.summary.mine), (Phase::Gathering, 5, Mine::In));
    assert_eq!(
        page.checkpoints.iter().map(|row| day(row.opens_at)).collect::<Vec<_>>(),
        ["2026-11-26", "2026-12-03", "2026-12-10"]
    );
    s.nights_until(24).await;
    let page = s.page(ann).await;
    assert_eq!(page.summary.phase, Phase::Running(1));
    assert_eq!(s.told(ann, NotificationKind::CohortBegins).await, [LeadsTo::Cohort(s.cohort)]);
    let mut groups = Vec::new();
    for who in s.people.iter().chain([&s.mo]) {
        groups.push(s.page(who).await.buddies.len());
    }
    groups.sort_unstable();
    assert_eq!(groups, [1, 1, 2, 2, 2], "a pair and a group of three");
    assert!(s.page(&s.out).await.buddies.is_empty());
    s.nights_until(25).await;
    assert_eq!(s.told(ann, NotificationKind::CheckpointSoon).await, [LeadsTo::Cohort(s.cohort)]);
    assert!(s.told(&s.out, NotificationKind::CheckpointSoon).await.is_empty());
    s.nights_until(26).await;
    let thread = s.page(ann).await.checkpoints[0].thread.unwrap();
    assert_eq!(s.told(ann, NotificationKind::Checkpoint).await, [LeadsTo::Thread(thread)]);
    let body = "A round one.".to_owned();
    s.place.call(ann, WriteReply { thread, reply_to: None, body }).await.unwrap();
    let seen = s.page(bo).await.checkpoints.remove(0);
    assert_eq!((seen.answered, seen.mine), (vec!["ann".to_owned()], false));
    let outside = s.page(&s.out).await;
    assert!(!outside.sees_answers && outside.checkpoints.iter().all(|row| row.answered.is_empty()));
    s.nights_until(22 + 24).await;
    let page = s.page(bo).await;
    assert_eq!(page.summary.phase, Phase::Over);
    assert!(page.checkpoints.iter().all(|row| row.open));
    assert_eq!(s.told(bo, NotificationKind::CohortOver).await, [LeadsTo::Cohort(s.cohort)]);
    let (board, _) = page.board.unwrap();
    let (tag, name) = page.tag.unwrap();
    assert_eq!(name, "alumni-three-weeks-of-br");
    let threads = s.place.call(bo, ListThreads { board, after: None }).await.unwrap().threads;
    let titles: Vec<&str> = threads.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(
        titles,
        ["Three weeks of bread is over", "Week 3: checkpoint", "Week 2: checkpoint", "Week 1: checkpoint"]
    );
    let write = StartThread { board, title: "More".to_owned(), body: "More.".to_owned() };
    let refused = s.place.call(bo, write).await.unwrap_err();
    assert!(matches!(refused, Error::Denied(Denied::Archived)), "{refused}");
    assert_eq!(s.place.call(bo, ReadTag { tag }).await.unwrap().people.len(), 5);
    let refused = s.place.call(&s.out, JoinTag { tag, join: true }).await.unwrap_err();
    assert!(refused.to_string().contains("those who were in"), "{refused}");
}

/// P5: each thing once: however often a night is tried, and also after an outage over two checkpoints.
#[tokio::test]
async fn p5_what_an_outage_delayed_is_done_once_and_in_order() {
    let s = Scene::with(texts()).await;
    s.place.clock.advance(12 * DAY_S);
    nightly(&s.place.service).await.unwrap();
    let page = s.page(&s.people[0]).await;
    assert_eq!(page.summary.phase, Phase::Running(2));
    assert_eq!(page.checkpoints.iter().map(|row| row.open).collect::<Vec<_>>(), [true, true, false]);
    assert!(page.checkpoints[0].thread < page.checkpoints[1].thread);
    assert!(
        s.told(&s.people[0], NotificationKind::CheckpointSoon).await.is_empty(),
        "not of what is open already"
    );
    let before = picture(s.place.service.store(), TABLES).await;
    keep_cohorts(&s.place.service).await.unwrap();
    assert!(!nightly(&s.place.service).await.unwrap());
    assert_eq!(picture(s.place.service.store(), TABLES).await, before);
    s.place.clock.advance(60 * DAY_S);
    nightly(&s.place.service).await.unwrap();
    let page = s.page(&s.people[0]).await;
    assert_eq!(page.summary.phase, Phase::Over);
    assert!(!page.checkpoints[2].open, "nothing is opened in an archive");
    let before = picture(s.place.service.store(), TABLES).await;
    keep_cohorts(&s.place.service).await.unwrap();
    assert_eq!(picture(s.place.service.store(), TABLES).await, before);
}

/// P5, P7: buddies are never people between whom a block stands, also when it comes later; who leaves is replaced.
#[tokio::test]
async fn p5_buddies_respect_blocks_and_are_drawn_again_when_one_leaves() {
    let s = Scene::with(texts()).await;
    let everybody: Vec<&Caller> = s.people.iter().chain([&s.mo]).collect();
    // ann is kept apart from all but dee, who blocked nobody.
    for other in [&s.people[1], &s.people[2], &s.mo] {
        s.place.call(&s.people[0], BlockMember { member: id(other), blocked: true }).await.unwrap();
    }
    s.nights_until(24).await;
    let dee = &s.people[3];
    assert_eq!(s.page(&s.people[0]).await.buddies, [(id(dee), "dee".to_owned())]);
    s.place.call(dee, super::JoinCohort { cohort: s.cohort, join: false }).await.unwrap();
    assert!(s.page(&s.people[0]).await.buddies.is_empty(), "rather nobody than somebody blocked");
    for who in everybody.iter().filter(|who| id(who) != id(dee) && id(who) != id(&s.people[0])) {
        assert_eq!(s.page(who).await.buddies.len(), 2);
    }
    let back = s.place.call(dee, super::JoinCohort { cohort: s.cohort, join: true }).await.unwrap_err();
    assert!(back.to_string().contains("has begun"), "{back}");
    // A block that comes later is noticed in the next night, by nobody in particular.
    let (bo, cleo) = (&s.people[1], &s.people[2]);
    s.place.call(bo, BlockMember { member: id(cleo), blocked: true }).await.unwrap();
    s.nights_until(25).await;
    for (who, other) in [(bo, cleo), (cleo, bo)] {
        assert!(s.page(who).await.buddies.iter().all(|(buddy, _)| *buddy != id(other)));
    }
    assert_eq!(s.page(&s.mo).await.buddies.len(), 1, "one of the two stays with mo");
}

#[tokio::test]
async fn p5_places_run_out_and_people_are_invited_by_whoever_looks_after_it() {
    let s = Scene::with(CohortTexts { places: "5".to_owned(), ..texts() }).await;
    let full = s.place.call(&s.out, super::JoinCohort { cohort: s.cohort, join: true }).await.unwrap_err();
    assert!(full.to_string().contains("All 5 places are taken"), "{full}");
    let invite = |handle: &str| InviteToCohort { cohort: s.cohort, handle: handle.to_owned() };
    let refused = s.place.call(&s.people[0], invite("otto")).await.unwrap_err();
    assert!(matches!(refused, Error::Denied(Denied::CohortHostOnly)), "{refused}");
    s.place.call(&s.mo, invite("@Otto")).await.unwrap();
    s.place.call(&s.mo, invite("otto")).await.unwrap();
    assert_eq!(s.told(&s.out, NotificationKind::CohortInvited).await, [LeadsTo::Cohort(s.cohort)]);
    assert_eq!(s.page(&s.mo).await.invited, ["otto"]);
    assert!(s.page(&s.people[0]).await.invited.is_empty());
    s.place.call(&s.people[0], super::JoinCohort { cohort: s.cohort, join: false }).await.unwrap();
    s.place.call(&s.out, super::JoinCohort { cohort: s.cohort, join: true }).await.unwrap();
    assert_eq!(s.page(&s.out).await.summary.mine, Mine::In);
}

/// P5: a board for its own people is known to nobody else by any way: list, thread, search, tag. The staff read it.
#[tokio::test]
async fn p5_a_closed_board_is_seen_by_its_people_alone() {
    let s = Scene::with(CohortTexts { closed: true, ..texts() }).await;
    let second = CohortTexts { closed: true, name: "Soup".to_owned(), ..texts() };
    let other = s.place.call(&s.mo, MakeCohort { texts: second }).await.unwrap();
    s.place.call(&s.out, super::JoinCohort { cohort: other, join: true }).await.unwrap();
    let (board, _) = s.page(&s.people[0]).await.board.unwrap();
    let sees = async |who: &Caller| {
        let boards = s.place.call(who, ListBoards).await.unwrap().boards;
        boards.iter().map(|board| board.id).collect::<Vec<BoardId>>().contains(&board)
    };
    assert!(sees(&s.people[0]).await && sees(&s.mo).await && !sees(&s.out).await);
    assert!(s.page(&s.out).await.board.is_none());
    let (title, body) = ("Crust".to_owned(), "A zebra loaf.".to_owned());
    let thread: ThreadId =
        s.place.call(&s.people[1], StartThread { board, title, body }).await.unwrap().thread;
    let body = "Mine is flat, @otto.".to_owned();
    s.place.call(&s.people[0], WriteReply { thread, reply_to: Some(PostNo(1)), body }).await.unwrap();
    crate::service::upkeep::index_all(&s.place.service).await.unwrap();
    let found = async |who: &Caller| {
        let search = SearchPosts { text: "zebra".to_owned(), order: Order::Newest, before: None };
        s.place.call(who, search).await.unwrap().hits.len()
    };
    assert_eq!((found(&s.people[2]).await, found(&s.out).await, found(&s.mo).await), (1, 0, 1));
    let list = ListThreads { board, after: None };
    assert!(matches!(s.place.call(&s.out, list).await, Err(Error::NotFound("board"))));
    let post = WriteReply { thread, reply_to: None, body: "Hello?".to_owned() };
    assert!(matches!(s.place.call(&s.out, post).await, Err(Error::NotFound("thread"))));
    let threads = s.place.call(&s.out, FindThreads { text: "Crust".to_owned() }).await.unwrap();
    assert!(threads.is_empty());
    let rows = s.place.call(&s.out, ListNotifications).await.unwrap().rows;
    assert!(rows.iter().all(|row| row.kind != NotificationKind::Mention), "{rows:?}");
    // Its room names its people, and one of them may look after it; nobody else does either.
    let opener = s.place.moderator("opener").await;
    let room = s.place.call(&opener, ArrangeRoom { board, open: true }).await.unwrap();
    let (kind, text) = (LineKind::Says, "Are you here, @dee and @otto?".to_owned());
    s.place.call(&s.people[0], Say { room, kind, text, from_field: false }).await.unwrap();
    assert_eq!(s.told(&s.people[3], NotificationKind::Mention).await, [LeadsTo::Room(room)]);
    assert_eq!(s.told(&s.out, NotificationKind::Mention).await, []);
    let ask = |who: &Caller| {
        let Who::Member(member) = who.who else { panic!("a member") };
        OfferRole { member, duty: Duty::Host(board), days: None }
    };
    let refused = s.place.call(&s.mo, ask(&s.out)).await.unwrap_err().to_string();
    assert!(refused.contains("not shown to them"), "{refused}");
    let grown = s.place.regular("gus").await;
    s.place.call(&grown, super::JoinCohort { cohort: s.cohort, join: true }).await.unwrap();
    s.place.call(&s.mo, ask(&grown)).await.unwrap();
    // Who leaves sees it no more.
    s.place.call(&s.people[2], super::JoinCohort { cohort: s.cohort, join: false }).await.unwrap();
    assert!(!sees(&s.people[2]).await);
}

/// P5: a cohort's board that all members see is its people's to write in, until it is an archive for everybody.
#[tokio::test]
async fn p5_an_open_board_is_read_by_all_and_written_in_by_its_people_alone() {
    let s = Scene::with(texts()).await;
    let page = s.page(&s.out).await;
    assert_eq!((page.closed, page.own), (false, true));
    let (board, _) = page.board.unwrap();
    let start = || StartThread { board, title: "Crust".to_owned(), body: "Mine is flat.".to_owned() };
    let thread = s.place.call(&s.people[0], start()).await.unwrap().thread;
    let before = picture(s.place.service.store(), TABLES).await;
    let reply = |body: &str| WriteReply { thread, reply_to: None, body: body.to_owned() };
    for refused in [
        s.place.call(&s.out, start()).await.unwrap_err(),
        s.place.call(&s.out, reply("Hello?")).await.unwrap_err(),
    ] {
        assert!(matches!(refused, Error::Denied(Denied::CohortBoard)), "{refused}");
    }
    assert_eq!(picture(s.place.service.store(), TABLES).await, before);
    // Read and found it is, by everybody.
    let list = ListThreads { board, after: None };
    assert_eq!(s.place.call(&s.out, list).await.unwrap().threads.len(), 1);
    crate::service::upkeep::index_all(&s.place.service).await.unwrap();
    let search = SearchPosts { text: "flat".to_owned(), order: Order::Newest, before: None };
    assert_eq!(s.place.call(&s.out, search).await.unwrap().hits.len(), 1);
    // The staff write there, its people do, and whoever leaves reads on like everybody.
    let sue = s.place.member("sue", Level::Regular, Role::Sysop).await;
    s.place.call(&sue, reply("More water.")).await.unwrap();
    s.place.call(&s.people[1], reply("Less salt.")).await.unwrap();
    s.place.call(&s.people[1], super::JoinCohort { cohort: s.cohort, join: false }).await.unwrap();
    let left = s.place.call(&s.people[1], reply("Or more.")).await.unwrap_err();
    assert!(matches!(left, Error::Denied(Denied::CohortBoard)), "{left}");
    // Two of them have boards of their own: neither writes in the other's.
    let second = CohortTexts { name: "Soup".to_owned(), ..texts() };
    let other = s.place.call(&s.mo, MakeCohort { texts: second }).await.unwrap();
    s.place.call(&s.out, super::JoinCohort { cohort: other, join: true }).await.unwrap();
    assert!(s.place.call(&s.out, reply("Now?")).await.is_err());
    // Called off, its number is free again for the next one.
    s.place.call(&s.mo, CallOffCohort { cohort: other }).await.unwrap();
    for number in 0..12 {
        let texts = CohortTexts { name: format!("Salt {number}"), ..texts() };
        let cohort = s.place.call(&s.mo, MakeCohort { texts }).await.unwrap();
        let page = s.place.call(&s.mo, ReadCohort { cohort }).await.unwrap();
        assert_eq!(
            page.own,
            number < 9,
            "ten at once have a board of their own; in the others all members write"
        );
    }
}

#[tokio::test]
async fn p5_what_cannot_be_is_refused_with_words_and_writes_nothing() {
    let s = Scene::with(texts()).await;
    let before = picture(s.place.service.store(), TABLES).await;
    let refused = s.place.call(&s.out, MakeCohort { texts: texts() }).await.unwrap_err();
    assert!(matches!(refused, Error::Denied(Denied::StaffOnly)), "{refused}");
    for (wrong, words) in [
        (CohortTexts { name: String::new(), ..texts() }, "The name"),
        (CohortTexts { starts: "24 November".to_owned(), ..texts() }, "year-month-day"),
        (CohortTexts { starts: "2026-11-22".to_owned(), ..texts() }, "tomorrow at the earliest"),
        (CohortTexts { starts: "2028-01-01".to_owned(), ..texts() }, "within a year"),
        (CohortTexts { weeks: "27".to_owned(), ..texts() }, "from 1 to 26"),
        (CohortTexts { weekday: "someday".to_owned(), ..texts() }, "day of the week"),
        (CohortTexts { places: "1".to_owned(), ..texts() }, "from 2 to 60"),
        (CohortTexts { host: "nobody".to_owned(), ..texts() }, "no member called nobody"),
        (CohortTexts { prompt: "x".repeat(1_001), ..texts() }, "at most 1000"),
    ] {
        let why = s.place.call(&s.mo, MakeCohort { texts: wrong }).await.unwrap_err();
        assert!(why.to_string().contains(words), "{why}");
    }
    assert_eq!(picture(s.place.service.store(), TABLES).await, before);
}

/// P5: one that nobody joins does not begin; one can be called off; what a checkpoint asks is its host's to say.
#[tokio::test]
async fn p5_a_lonely_cohort_is_called_off_and_a_checkpoint_asks_what_its_host_wrote() {
    let s = Scene::with(texts()).await;
    let lonely = CohortTexts { name: "Soup".to_owned(), host: "ann".to_owned(), ..texts() };
    let lonely = s.place.call(&s.mo, MakeCohort { texts: lonely }).await.unwrap();
    assert_eq!(s.told(&s.people[0], NotificationKind::CohortInvited).await, [LeadsTo::Cohort(lonely)]);
    let off = CohortTexts { name: "Salt".to_owned(), ..texts() };
    let off = s.place.call(&s.mo, MakeCohort { texts: off }).await.unwrap();
    s.place.call(&s.people[1], super::JoinCohort { cohort: off, join: true }).await.unwrap();
    s.place.call(&s.mo, CallOffCohort { cohort: off }).await.unwrap();
    assert_eq!(s.told(&s.people[1], NotificationKind::CohortOff).await, [LeadsTo::Cohort(off)]);
    let ask = |week, prompt: &str| SetCheckpoint { cohort: s.cohort, week, prompt: prompt.to_owned() };
    s.place.call(&s.mo, ask(1, "Show the crumb.")).await.unwrap();
    assert!(s.place.call(&s.people[0], ask(1, "Mine.")).await.is_err());
    s.nights_until(26).await;
    let list = s.place.call(&s.mo, ListCohorts).await.unwrap();
    let phases: Vec<Phase> = list.iter().map(|cohort| cohort.phase).collect();
    assert_eq!(phases, [Phase::Running(1), Phase::CalledOff, Phase::CalledOff]);
    let thread = s.page(&s.mo).await.checkpoints[0].thread.unwrap();
    let posts =
        crate::service::posts::ListPosts { thread, from: crate::service::posts::From::Only(PostNo(1)) };
    assert_eq!(s.place.call(&s.people[0], posts).await.unwrap().posts[0].body, "Show the crumb.");
    assert!(s.place.call(&s.mo, ask(1, "Too late.")).await.is_err());
}
