//! Limits and same texts through the door (M6). The thresholds themselves are tested in `domain::prevention`.

#![allow(clippy::unwrap_used)]

use crate::domain::ids::PostNo;
use crate::domain::member::{Level, Role};
use crate::service::cases::scene::Scene;
use crate::service::cases::{ListQueue, QueueKind};
use crate::service::held::HandIn;
use crate::service::testing::Place;
use crate::service::writing::{EditPost, StartThread, WriteReply};
use crate::service::{Caller, Error};

/// Long enough to be compared.
const TEXT: &str = "Buy our wonderful garden gnomes, today!";

fn reply(scene: &Scene, body: &str) -> WriteReply {
    WriteReply { thread: scene.thread, reply_to: None, body: body.to_owned() }
}

async fn newcomer(scene: &Scene, handle: &str) -> Caller {
    scene.place.member(handle, Level::Newcomer, Role::Member).await
}

#[tokio::test]
async fn m6_a_newcomers_third_link_and_third_mention_are_refused_with_what_to_do() {
    let scene = Scene::new().await;
    let dan = newcomer(&scene, "dan").await;
    let links = "https://a.example https://b.example https://a.example";
    let refused = scene.call(&dan, reply(&scene, &format!("{links} https://c.example"))).await.unwrap_err();
    assert!(
        refused.to_string().contains("up to 2 links") && refused.to_string().contains("has 3"),
        "{refused}"
    );
    let refused = scene.call(&dan, reply(&scene, "@ann @bo @mo: tea?")).await.unwrap_err();
    assert!(refused.to_string().contains("up to 2 members"), "{refused}");
    let no = scene.call(&dan, reply(&scene, &format!("{links} @ann @bo"))).await.unwrap().no;
    // An edit is no way around it.
    let edit = |body: &str| EditPost { thread: scene.thread, no, body: body.to_owned() };
    let refused = scene.call(&dan, edit(&format!("{links} https://c.example"))).await.unwrap_err();
    assert!(refused.to_string().contains("up to 2 links"), "{refused}");
    scene.call(&dan, edit(&format!("{links}!"))).await.unwrap();
    scene.call(&scene.ann, reply(&scene, &format!("{links} https://c.example @bo @mo @mia"))).await.unwrap();
}

#[tokio::test]
async fn m6_a_refusal_says_the_exact_time_and_what_waits_counts() {
    let scene = Scene::new().await;
    let dan = newcomer(&scene, "dan").await;
    for n in 0..10 {
        scene.call(&dan, reply(&scene, &format!("Post {n}."))).await.unwrap();
        scene.place.clock.advance(60);
    }
    let refused = scene.call(&dan, reply(&scene, "More.")).await.unwrap_err().to_string();
    assert!(refused.contains("up to 10 posts") && refused.contains("from 2026-11-23 12:00 on"), "{refused}");
    let eve = crate::service::held::tests::newcomer(&scene.place, &scene.mo, "eve").await;
    let text = reply(&scene, "Hello.");
    scene.call(&eve, HandIn { text: text.clone(), keep_draft: false }).await.unwrap();
    let refused = scene.call(&eve, HandIn { text, keep_draft: false }).await.unwrap_err();
    assert!(matches!(refused, Error::TooSoon { wait_s: 30, .. }), "{refused}");
}

#[tokio::test]
async fn m6_the_same_text_twice_is_refused_for_a_week() {
    let scene = Scene::new().await;
    let mel = scene.place.member("mel", Level::Member, Role::Member).await;
    scene.call(&mel, reply(&scene, TEXT)).await.unwrap();
    let again = reply(&scene, &TEXT.to_uppercase());
    scene.place.clock.advance(86_400);
    for other in ["Something else in between.", "And something else again."] {
        scene.call(&mel, reply(&scene, other)).await.unwrap();
    }
    scene.place.clock.advance(6 * 86_400);
    let refused = scene.call(&mel, again.clone()).await.unwrap_err().to_string();
    assert!(refused.contains("already") && refused.contains("\"Trains\""), "{refused}");
    scene.place.clock.advance(1);
    assert_eq!(scene.call(&mel, again).await.unwrap().no, PostNo(6));
    for _ in 0..2 {
        scene.call(&scene.ann, reply(&scene, TEXT)).await.unwrap();
    }
}

#[tokio::test]
async fn m6_the_same_text_from_a_third_newcomer_waits_with_the_names_of_the_others() {
    let scene = Scene::new().await;
    for handle in ["dan", "eve"] {
        let who = newcomer(&scene, handle).await;
        scene.call(&who, reply(&scene, TEXT)).await.unwrap();
    }
    let fred = newcomer(&scene, "fred").await;
    let text = reply(&scene, TEXT);
    assert!(matches!(scene.call(&fred, text.clone()).await, Err(Error::MustWait(_))));
    scene.call(&fred, HandIn { text, keep_draft: false }).await.unwrap();
    let items = scene.call(&scene.mo, ListQueue).await.unwrap().items;
    let QueueKind::Held { held, .. } = items[0].kind else { panic!("{items:?}") };
    let held = scene.call(&scene.mo, crate::service::held::ReadHeld { held }).await.unwrap();
    assert_eq!(held.note, "dan, eve");
    // Who is known may quote it.
    scene.call(&scene.bo, reply(&scene, TEXT)).await.unwrap();
}

/// A limit on threads holds by itself, whatever was answered in between.
#[tokio::test]
async fn m6_a_limit_on_threads_holds_where_posts_have_none() {
    let place = Place::with(|settings| settings.limits.regular.threads_a_day = Some(2)).await;
    let ann = place.regular("ann").await;
    let board = place.board("general").await;
    let start = |title: &str| StartThread { board, title: title.to_owned(), body: "Hello.".to_owned() };
    for title in ["one", "two"] {
        let thread = place.call(&ann, start(title)).await.unwrap().thread;
        place.clock.advance(60);
        for n in 0..3 {
            let body = format!("And {title} {n}.");
            place.call(&ann, WriteReply { thread, reply_to: None, body }).await.unwrap();
            place.clock.advance(60);
        }
    }
    let refused = place.call(&ann, start("three")).await.unwrap_err().to_string();
    assert!(refused.contains("up to 2 threads"), "{refused}");
    place.clock.advance(24 * 3_600 - 480);
    place.call(&ann, start("three")).await.unwrap();
    assert!(place.call(&ann, start("four")).await.is_err());
}
