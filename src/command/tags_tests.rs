//! X1, R2: tags and solved over commands.
#![allow(clippy::unwrap_used)]

use super::tests::{objects, say, say_with};
use super::*;
use crate::domain::board::BoardKind;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::member::{Level, Role};
use crate::service::tags::{Solution, SolveThread};
use crate::service::testing::Place;

#[tokio::test]
async fn x1_tags_and_solved_are_set_and_shown_as_text_and_json() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let carol = place.member("carol", Level::Member, Role::Member).await;
    let help = place.board("help").await;
    place.set_kind(help, BoardKind::Question).await;
    say_with(&place, &bob, "post help -t Why?", "why").await;
    say_with(&place, &bob, "reply 1", "because").await;
    assert_eq!(say(&place, &bob, "tag 1").await.1.out, "No tags.\n");
    let (status, said) = say(&place, &bob, "tag 1 Tea cake").await;
    assert_eq!((status, said.out.as_str()), (DONE, "#cake #tea\n"));
    let (status, said) = say(&place, &carol, "tag 1 tea").await;
    assert!(status != DONE && said.err.contains("Only the author"), "{}", said.err);
    let (status, said) = say(&place, &bob, "tag 1 --none tea").await;
    assert!(status != DONE && said.err.contains("tag THREAD"), "{}", said.err);
    let by = Some(PostNo(2));
    let solve = SolveThread { thread: ThreadId(1), solution: Some(Solution { by }) };
    place.call(&bob, solve).await.unwrap();

    assert!(say(&place, &alice, "boards").await.1.out.contains("(1 solved) #cake #tea"));
    let board = &objects(&say(&place, &alice, "boards --json").await.1)[0];
    assert_eq!(
        (board["tags"].to_string().as_str(), &board["solved_threads"]),
        (r#"["cake","tea"]"#, &1.into())
    );
    assert!(say(&place, &alice, "unread").await.1.out.contains("Why? #cake #tea, solved"));
    let thread = &objects(&say(&place, &alice, "unread --json").await.1)[0];
    assert_eq!((thread["tags"][0].as_str(), thread["solved"].as_bool()), (Some("cake"), Some(true)));
    let text = say(&place, &alice, "read 1").await.1.out;
    assert!(text.starts_with("Why? #cake #tea\nhelp, 2 posts, solved by 2\n"), "{text}");
    let posts = objects(&say(&place, &alice, "read 1 --json").await.1);
    assert_eq!(
        posts.iter().map(|post| post["solution"].as_bool()).collect::<Vec<_>>(),
        [Some(false), Some(true)]
    );
    let out = say(&place, &alice, "tags").await.1.out;
    assert_eq!(
        out.lines().next().unwrap().split_whitespace().collect::<Vec<_>>(),
        ["#cake", "1", "threads", "2", "new"]
    );
    let tags = objects(&say(&place, &alice, "tags --json").await.1);
    assert_eq!((tags[1]["tag"].as_str(), tags[1]["unread_posts"].as_i64()), (Some("tea"), Some(2)));
    assert_eq!(say(&place, &bob, "tag 1 --none").await.1.out, "No tags.\n");
    assert!(say(&place, &alice, "tags").await.1.out.contains("has a tag yet"));
}

/// P3: members join and leave tags by command, show one by their handle, and find each other by them.
#[tokio::test]
async fn p3_tags_are_joined_left_and_shown_by_command() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    place.board("general").await;
    say_with(&place, &bob, "post general -t Tea", "Who wants some?").await;
    say(&place, &bob, "tag 1 tea").await;
    let (status, said) = say(&place, &alice, "tag join '#Tea'").await;
    assert_eq!((status, said.out.as_str()), (DONE, "You are in #tea now.\n"), "{}", said.err);
    let (_, said) = say(&place, &alice, "tag show tea").await;
    assert_eq!(said.out, "#tea stands by your handle now.\n", "{}", said.err);
    for part in ["tag:tea", "'#tea'"] {
        let out = say(&place, &bob, &format!("members {part}")).await.1.out;
        assert!(out.contains("alice") && !out.contains("bob"), "{part}: {out}");
    }
    let member = &objects(&say(&place, &bob, "members alice --json").await.1)[0];
    assert_eq!(member["tags"].to_string(), r#"["tea"]"#);
    let (_, said) = say(&place, &alice, "tag leave tea --json").await;
    assert_eq!(objects(&said)[0]["done"], "leave");
    assert!(!say(&place, &bob, "members tag:tea").await.1.out.contains("alice"));
    for (line, words) in [
        ("tag join nothing", "There is no tag #nothing. tags lists them."),
        ("tag join", "Which tag?"),
        ("tag show tea", "Join the tag first"),
    ] {
        let (status, said) = say(&place, &alice, line).await;
        assert!(status != DONE && said.err.contains(words), "{line}: {}", said.err);
    }
}
