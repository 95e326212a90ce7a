//! Calm through the door (M6).

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::RoomId;
use crate::domain::member::{Level, Role};
use crate::domain::room::LineKind;
use crate::service::Caller;
use crate::service::applications::{DecideApplication, ListApplications};
use crate::service::cases::scene::{Scene, apply};
use crate::service::held::HandIn;
use crate::service::logs::ReadModLog;
use crate::service::members::WhoAmI;
use crate::service::rooms::Say;
use crate::service::wall::WriteOnWall;
use crate::service::writing::WriteReply;

fn begin(hours: i64) -> BeginCalm {
    BeginCalm { hours, reason: "Many come at once.".to_owned() }
}

fn reply(scene: &Scene, body: &str) -> WriteReply {
    WriteReply { thread: scene.thread, reply_to: None, body: body.to_owned() }
}

#[tokio::test]
async fn m6_in_calm_newcomers_only_read_and_everybody_knows_until_when() {
    let mut scene = Scene::new().await;
    let dan = scene.place.member("dan", Level::Newcomer, Role::Member).await;
    scene.place.published();
    scene.call(&scene.mo, begin(4)).await.unwrap();
    assert_eq!(scene.place.published(), [DomainEvent::CalmChanged]);
    let refused = scene.call(&dan, reply(&scene, "Hello.")).await.unwrap_err().to_string();
    assert!(refused.contains("calm") && refused.contains("kept"), "{refused}");
    assert!(scene.call(&dan, WriteOnWall { text: "Hello.".to_owned() }).await.is_err());
    for who in [&dan, &scene.ann, &Caller::GUEST] {
        let calm = scene.call(who, WhoAmI).await.unwrap().calm.unwrap();
        assert_eq!(
            (calm.reason.as_str(), calm.until),
            ("Many come at once.", scene.place.service.now().plus(4 * 3_600))
        );
    }
    scene.call(&scene.ann, reply(&scene, "We go on.")).await.unwrap();
    // It ends by itself.
    scene.place.clock.advance(4 * 3_600 - 1);
    assert!(scene.call(&dan, reply(&scene, "Hello.")).await.is_err());
    scene.place.clock.advance(1);
    scene.call(&dan, reply(&scene, "Hello.")).await.unwrap();
    assert_eq!(scene.call(&dan, ShowCalm).await.unwrap(), None);
}

#[tokio::test]
async fn m6_in_calm_links_wait_rooms_are_slow_and_nobody_is_let_in() {
    let scene = Scene::new().await;
    let mel = scene.place.member("mel", Level::Member, Role::Member).await;
    let eve = apply(&scene.place, "eve").await;
    scene.call(&scene.sysop, begin(1)).await.unwrap();
    let linked = reply(&scene, "See https://ships.example");
    assert!(matches!(scene.call(&mel, linked.clone()).await, Err(Error::MustWait(_))));
    scene.call(&mel, HandIn { text: linked.clone(), keep_draft: false }).await.unwrap();
    scene.call(&mel, reply(&scene, "No link.")).await.unwrap();
    scene.call(&scene.ann, linked).await.unwrap();
    let say =
        |text: &str| Say { room: RoomId(1), kind: LineKind::Says, text: text.to_owned(), from_field: false };
    for text in ["One.", "Two."] {
        scene.call(&scene.ann, say(text)).await.unwrap();
    }
    let refused = scene.call(&scene.ann, say("Three.")).await.unwrap_err();
    assert!(matches!(refused, Error::TooSoon { wait_s: 20, .. }), "{refused}");
    scene.call(&scene.mo, say("Staff go on.")).await.unwrap();
    // Applications are still taken.
    apply(&scene.place, "fay").await;
    let list = scene.call(&scene.mo, ListApplications).await.unwrap();
    let id = list.iter().find(|application| application.handle == "eve").unwrap().id;
    let decide = DecideApplication { id, approve: true, answer: String::new() };
    scene.call(&scene.mo, decide).await.unwrap();
    assert!(!scene.call(&eve, WhoAmI).await.unwrap().actor.is_active(), "approved, and waits in the line");
    scene.call(&scene.mia, EndCalm).await.unwrap();
    assert!(scene.call(&eve, WhoAmI).await.unwrap().actor.is_active());
}

#[tokio::test]
async fn m6_calm_is_the_staffs_with_a_length_and_a_reason_and_on_record() {
    let scene = Scene::new().await;
    assert!(matches!(scene.call(&scene.ann, begin(1)).await, Err(Error::Denied(_))));
    for hours in [0, CALM_HOURS_MAX + 1] {
        assert!(matches!(scene.call(&scene.mo, begin(hours)).await, Err(Error::Invalid(_))), "{hours}");
    }
    let without = BeginCalm { hours: 1, reason: " ".to_owned() };
    assert!(matches!(scene.call(&scene.mo, without).await, Err(Error::Invalid(_))));
    scene.call(&scene.mo, begin(CALM_HOURS_MAX)).await.unwrap();
    let twice = scene.call(&scene.mia, begin(1)).await.unwrap_err().to_string();
    assert!(twice.contains("mo began it"), "{twice}");
    assert!(matches!(scene.call(&scene.ann, EndCalm).await, Err(Error::Denied(_))));
    scene.call(&scene.mia, EndCalm).await.unwrap();
    assert!(matches!(scene.call(&scene.mo, EndCalm).await, Err(Error::Conflict(_))));
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    let lines: Vec<(&str, Option<&str>)> =
        log.entries.iter().map(|entry| (entry.action.as_str(), entry.actor.as_deref())).collect();
    assert_eq!(lines[..2], [("calm.end", Some("mia")), ("calm.begin", Some("mo"))]);
    assert_eq!(log.entries[1].reason, "Many come at once.");
}
