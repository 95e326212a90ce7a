//! X1: filters, staff notes and the ban list over commands.
#![allow(clippy::unwrap_used)]

use super::tests::{objects, say};
use super::*;
use crate::service::cases::scene::Scene;

#[tokio::test]
async fn x1_a_filter_is_made_tried_switched_and_removed() {
    let scene = Scene::new().await;
    let (place, mo) = (&scene.place, &scene.mo);
    assert_eq!(say(place, mo, "filters").await.1.out, "No filters.\n");
    let (status, said) = say(place, mo, "filters add hold fools fool").await;
    assert_eq!(status, USAGE);
    assert!(said.err.contains("Under which rule?") && said.err.contains("filters [add"), "{}", said.err);
    let made = "filters add hold fool fools -r 1 -m 'Nobody is a fool.' -b talk --all --json";
    let made = &objects(&say(place, mo, made).await.1)[0];
    assert_eq!((made["on"].as_bool(), made["whose"].as_str()), (Some(false), Some("all")));
    assert_eq!((made["action"].as_str(), made["board"].as_str()), (Some("hold"), Some("talk")));
    let run = &objects(&say(place, mo, "filters try 1 --json").await.1)[0];
    assert_eq!((run["met"].as_i64(), run["found"][0]["author"].as_str()), (Some(1), Some("bo")));
    let text = say(place, mo, "filters try 1").await.1.out;
    assert!(text.starts_with("In 90 days it would have met 1 of 2 posts."), "{text}");
    assert!(say(place, mo, "filters on 1").await.1.out.contains("on  hold"));
    assert!(say(place, mo, "filters off 1").await.1.out.contains("off  hold"));
    assert_eq!(say(place, mo, "filters remove 1").await.1.out, "No filters.\n");
    let (status, said) = say(place, &scene.ann, "filters").await;
    assert!(status == REFUSED && said.err.contains("This is for moderators"), "{}", said.err);
}

#[tokio::test]
async fn x1_staff_notes_are_listed_written_and_taken_out() {
    let scene = Scene::new().await;
    let (place, mo) = (&scene.place, &scene.mo);
    assert_eq!(say(place, mo, "notes bo").await.1.out, "No notes about bo.\n");
    let (_, said) = say(place, mo, "notes bo add Spoke with bo, who was kind about it.").await;
    assert!(said.out.contains("bo reads it in their own export"), "{}", said.out);
    let text = say(place, &scene.mia, "notes bo").await.1.out;
    assert_eq!(text, "1 2026-11-22 12:00 mo\n  Spoke with bo, who was kind about it.\n");
    let (status, said) = say(place, mo, "notes ann out 1").await;
    assert!(status == USAGE && said.err.contains("no note 1 about ann"), "{}", said.err);
    say(place, &scene.mia, "notes bo out 1").await;
    assert_eq!(say(place, mo, "notes bo").await.1.out, "No notes about bo.\n");
    let gone = &objects(&say(place, mo, "notes bo --all --json").await.1)[0];
    assert_eq!((gone["taken_out_by"].as_str(), gone["by"].as_str()), (Some("mia"), Some("mo")));
    let (status, _) = say(place, &scene.bo, "notes bo").await;
    assert_eq!(status, REFUSED, "about oneself: in one's export");
    assert_eq!(say(place, mo, "notes mo").await.0, REFUSED);
}

#[tokio::test]
async fn x1_a_ban_is_tried_made_and_lifted() {
    let scene = Scene::new().await;
    let (place, sue) = (&scene.place, &scene.sysop);
    assert_eq!(say(place, sue, "bans").await.1.out, "Nobody is banned.\n");
    let text = say(place, sue, "bans try 192.0.2.9/24").await.1.out;
    assert_eq!(text, "192.0.2.0/24: Nobody came from there in the last 30 days. No session ends.\n");
    let made = &objects(&say(place, sue, "bans add 192.0.2.9/24 2 A flood. --json").await.1)[0];
    assert_eq!((made["subject"].as_str(), made["reason"].as_str()), (Some("192.0.2.0/24"), Some("A flood.")));
    assert_eq!(made["until"].as_i64(), Some(crate::service::testing::NOON.0 + 2 * 86_400));
    let (status, said) = say(place, sue, "bans add 127.0.0.1 always Why").await;
    assert!(status == USAGE && said.err.contains("add --sure"), "{}", said.err);
    let (status, said) = say(place, &scene.mo, "bans lift 1").await;
    assert!(status == REFUSED && said.err.contains("for the sysop"), "{}", said.err);
    assert_eq!(say(place, sue, "bans lift 1").await.1.out, "192.0.2.0/24 is off the list.\n");
    assert_eq!(say(place, &scene.ann, "bans").await.0, REFUSED);
}

#[tokio::test]
async fn x1_somebody_is_watched_renewed_and_no_longer() {
    let scene = Scene::new().await;
    let (place, mo) = (&scene.place, &scene.mo);
    assert_eq!(say(place, mo, "watch").await.1.out, "Nobody is watched.\n");
    assert_eq!(say(place, mo, "watch add bo").await.0, USAGE);
    let text = say(place, mo, "watch add bo Rude again.").await.1.out;
    assert_eq!(text, "bo  until 2027-02-20  Rude again.\n");
    place.clock.advance(86_400);
    let row = &objects(&say(place, mo, "watch renew bo --json").await.1)[0];
    assert_eq!(row["until"].as_i64(), Some(crate::service::testing::NOON.0 + 91 * 86_400));
    assert_eq!(say(place, mo, "watch end bo").await.1.out, "Nobody is watched.\n");
    assert_eq!(say(place, &scene.ann, "watch").await.0, REFUSED);
}
