//! Dues through the door (P6), at a clock that a test moves.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::policy::Denied;
use crate::service::Who;
use crate::service::logs::ReadModLog;
use crate::service::members::{ListMembers, ReadProfile};
use crate::service::notifications::ListNotifications;
use crate::service::testing::Place;
use crate::store::testing::picture;

fn id(caller: &Caller) -> MemberId {
    let Who::Member(member) = caller.who else { panic!("a member") };
    member
}

struct Scene {
    place: Place,
    sue: Caller,
    mo: Caller,
    ann: Caller,
}

/// Dues are kept, with 30 days of grace. Tests begin on 2026-11-22.
async fn scene() -> Scene {
    let place = Place::with(|settings| settings.dues = true).await;
    let (sue, mo, ann) = (place.sysop("sue").await, place.moderator("mo").await, place.regular("ann").await);
    Scene { place, sue, mo, ann }
}

impl Scene {
    async fn record(&self, until: &str) -> DuesId {
        let (member, note) = (id(&self.ann), "by hand".to_owned());
        self.place.call(&self.sue, RecordDues { member, until: until.to_owned(), note }).await.unwrap()
    }

    async fn own(&self) -> DuesView {
        self.place.call(&self.ann, ReadDues { member: id(&self.ann) }).await.unwrap()
    }

    async fn told(&self, who: &Caller) -> Vec<NotificationKind> {
        self.place.call(who, ListNotifications).await.unwrap().rows.iter().map(|row| row.kind).collect()
    }

    async fn days(&self, days: i64) {
        self.place.clock.advance(days * DAY_S);
        tell_dues(&self.place.service).await.unwrap();
        tell_dues(&self.place.service).await.unwrap();
    }
}

#[tokio::test]
async fn p6_a_term_is_recorded_corrected_by_a_counter_entry_and_only_told() {
    let s = scene().await;
    assert_eq!(s.own().await.dues, Dues::None);
    s.record("2026-12-20").await;
    let wrong = s.record("2028-12-20").await;
    let counter = CounterDues { member: id(&s.ann), entry: wrong, note: "a slip".to_owned() };
    s.place.call(&s.sue, counter.clone()).await.unwrap();
    assert!(s.place.call(&s.sue, counter).await.is_err(), "once");
    let own = s.own().await;
    assert_eq!(own.words(), "run until 2026-12-20");
    assert_eq!(own.entries.len(), 3, "everything stays");
    assert_eq!(own.entries[0].words(), "2026-11-22, taken back: until 2028-12-20 by sue (a slip)");
    s.days(10).await;
    assert!(s.told(&s.ann).await.is_empty());
    s.days(5).await;
    assert_eq!(s.told(&s.ann).await, [NotificationKind::DuesEnd], "once, two weeks before");
    s.days(20).await;
    assert_eq!(s.own().await.words(), "have ended; days of grace until 2027-01-19");
    assert!(s.told(&s.sue).await.is_empty());
    s.days(30).await;
    assert_eq!(s.own().await.dues, Dues::Over(read_day("2027-01-19").unwrap()));
    assert_eq!(s.told(&s.sue).await, [NotificationKind::DuesOver], "a word to the sysop, once");
    assert!(s.told(&s.mo).await.is_empty());
    let members = s.place.call(&s.mo, ListMembers).await.unwrap();
    assert!(members.iter().any(|member| member.handle == "ann"), "nothing else follows");
}

/// P6: a waiver is between the member and the sysop: nothing that anybody else can ask for differs by it.
#[tokio::test]
async fn p6_a_waiver_is_seen_by_the_sysop_alone() {
    let mut s = scene().await;
    s.record("2026-12-01").await;
    let seen = async |s: &Scene, who: &Caller| {
        let mut all = format!("{:?}", s.place.call(who, ListMembers).await);
        all.push_str(&format!("{:?}", s.place.call(who, ReadProfile { member: id(&s.ann) }).await));
        all.push_str(&format!("{:?}", s.place.call(who, ReadModLog::default()).await));
        all.push_str(&format!("{:?}", s.place.call(who, ListNotifications).await));
        all.push_str(&format!("{:?}", s.place.call(who, ReadDues { member: id(&s.ann) }).await.unwrap_err()));
        all.push_str(&format!("{:?}", s.place.call(who, ListDues).await.unwrap_err()));
        all
    };
    let before = seen(&s, &s.mo).await;
    let audit = picture(s.place.service.store(), &["audit"]).await;
    let _ = s.place.published();
    s.place.call(&s.ann, AskWaiver { ask: true }).await.unwrap();
    assert_eq!(s.place.published(), [DomainEvent::DuesChanged { member: id(&s.ann) }]);
    assert_eq!(seen(&s, &s.mo).await, before);
    assert_eq!(picture(s.place.service.store(), &["audit"]).await, audit);
    let list = s.place.call(&s.sue, ListDues).await.unwrap();
    assert_eq!(list.iter().find(|view| view.handle == "ann").unwrap().dues, Dues::LetOff);
    s.days(60).await;
    assert!(s.told(&s.ann).await.is_empty() && s.told(&s.sue).await.is_empty(), "nothing is due");
    s.place.call(&s.ann, AskWaiver { ask: false }).await.unwrap();
    assert!(matches!(s.own().await.dues, Dues::Over(_)));
}

#[tokio::test]
async fn p6_only_the_sysop_records_and_where_dues_are_off_nothing_is_there() {
    let s = scene().await;
    let record =
        |until: &str| RecordDues { member: id(&s.ann), until: until.to_owned(), note: String::new() };
    for who in [&s.mo, &s.ann] {
        let refused = s.place.call(who, record("2026-12-01")).await.unwrap_err();
        assert!(matches!(refused, Error::Denied(Denied::SysopOnly)), "{refused}");
    }
    for until in ["soon", "2026-02-30", "2099-01-01"] {
        assert!(matches!(s.place.call(&s.sue, record(until)).await, Err(Error::Invalid(_))), "{until}");
    }
    assert!(s.own().await.entries.is_empty());
    let off = Place::new().await;
    let sue = off.sysop("sue").await;
    let why = off.call(&sue, ReadDues { member: id(&sue) }).await.unwrap_err();
    assert!(why.to_string().contains("No dues are kept here."), "{why}");
    assert!(off.call(&sue, AskWaiver { ask: true }).await.is_err());
    tell_dues(&off.service).await.unwrap();
}
