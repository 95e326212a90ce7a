//! What is kept for a time only is there until its time is over, and gone the night after: at a fixed clock, one row for
//! each rule.
#![allow(clippy::unwrap_used)]

use super::retention::RULES;
use super::*;
use crate::service::testing::Place;
use crate::store::testing::{picture, run};

/// For each rule a state of long ago, made at time 0 of the clock, and the tables in which it shows.
struct Kept {
    what: &'static str,
    days: i64,
    made: &'static str,
    tables: &'static [&'static str],
}

/// Noon of the tests is 1795348800; rows are written as of then.
const TABLE: &[Kept] = &[
    Kept {
        what: "addresses of wrong passwords",
        days: 30,
        made: "INSERT INTO login_failure (subject, count, first_at, last_at)
               VALUES ('address:192.0.2.1', 3, 1795348800, 1795348800)",
        tables: &["login_failure"],
    },
    Kept {
        what: "text of removed and deleted posts",
        days: 90,
        made: "UPDATE post SET state = 'deleted', deleted_at = 1795348800 WHERE no = 2;
               UPDATE post SET state = 'removed' WHERE no = 3;
               INSERT INTO mod_act (actor_id, action, thing, thing_id, rule_no, reason, before, at)
               SELECT author_id, 'post.remove', 'post', id, 1, 'r', '{}', 1795348800 FROM post WHERE no = 3",
        tables: &["post"],
    },
    Kept {
        what: "what was taken out of posts",
        days: 90,
        made: "INSERT INTO mod_act (id, actor_id, action, thing, thing_id, rule_no, reason, before, at)
               SELECT 1, author_id, 'post.redact', 'post', id, 1, 'r', '{}', 1795348800 FROM post WHERE no = 3;
               INSERT INTO redaction (act_id, post_id, takes, body, after, at)
               SELECT 1, id, 1, 'a note', 'x', 1795348800 FROM post WHERE no = 3",
        tables: &["redaction"],
    },
    Kept {
        what: "posts that waited",
        days: 90,
        made: "INSERT INTO held_post (author_id, board_id, thread_id, body, why, held_at, state, decided_at)
               SELECT author_id, (SELECT min(id) FROM board), thread_id, 'words', 'first', 1795340000, 'declined',
                      1795348800 FROM post WHERE no = 1",
        tables: &["held_post"],
    },
    Kept {
        what: "closed reports",
        days: 365,
        made: "INSERT INTO mod_case (id, thing, thing_id, author_id, snapshot, opened_at, decided_at)
               SELECT 1, 'post', id, author_id, 'what it said', 1795340000, 1795348800 FROM post WHERE no = 1;
               INSERT INTO report (case_id, reporter_id, rule_no, note, created_at)
               SELECT 1, author_id, 1, 'a note', 1795340000 FROM post WHERE no = 1",
        tables: &["mod_case", "report"],
    },
    Kept {
        what: "seen notifications",
        days: 90,
        made: "INSERT INTO notification (member_id, kind, place, place_id, at, seen_at)
               SELECT author_id, 'reply', 'post', id, 1795348800, 1795348800 FROM post WHERE no = 1",
        tables: &["notification"],
    },
    Kept {
        what: "places where sessions were left",
        days: 1,
        made: "INSERT INTO left_off (member_id, places, saved_at)
               SELECT author_id, '[]', 1795348800 FROM post WHERE no = 1",
        tables: &["left_off"],
    },
];

#[tokio::test]
async fn what_is_kept_for_a_time_goes_when_it_is_over_and_not_before() {
    let told: Vec<(&str, i64)> = RULES.iter().map(|rule| (rule.what, rule.kept_s)).collect();
    let tried: Vec<(&str, i64)> = TABLE.iter().map(|row| (row.what, row.days * DAY_S)).collect();
    assert_eq!(told, tried, "every rule has a row here, with PRODUCT.md's time");
    for row in TABLE {
        let place = Place::new().await;
        let ann = place.regular("ann").await;
        let board = place.board("general").await;
        let (title, body) = ("One".to_owned(), "first".to_owned());
        let start = crate::service::writing::StartThread { board, title, body };
        let thread = place.call(&ann, start).await.unwrap().thread;
        for body in ["second", "third", "fourth"] {
            let reply = crate::service::writing::WriteReply { thread, reply_to: None, body: body.to_owned() };
            place.call(&ann, reply).await.unwrap();
        }
        run(place.service.store(), row.made).await;
        nightly(&place.service).await.unwrap();
        let before = picture(place.service.store(), row.tables).await;
        place.clock.advance(row.days * DAY_S - 1);
        nightly(&place.service).await.unwrap();
        assert_eq!(picture(place.service.store(), row.tables).await, before, "{}: too early", row.what);
        place.clock.advance(DAY_S);
        assert!(nightly(&place.service).await.unwrap());
        let after = picture(place.service.store(), row.tables).await;
        assert_ne!(after, before, "{}: still there", row.what);
        let all = after.join("\n");
        for gone in ["192.0.2.1", "'second'", "'third'", "what it said", "a note"] {
            assert!(!all.contains(gone) || !row.made_or_there(gone), "{}: {gone} in {all}", row.what);
        }
        assert!(row.tables != ["post"] || all.contains("'fourth'"), "what is shown stays");
    }
}

impl Kept {
    /// Whether such words are this row's to forget.
    fn made_or_there(&self, words: &str) -> bool {
        self.tables.contains(&"post") || self.made.contains(words)
    }
}

#[tokio::test]
async fn what_an_open_case_is_about_waits_for_its_decision() {
    let place = Place::new().await;
    let ann = place.regular("ann").await;
    let board = place.board("general").await;
    let (title, body) = ("One".to_owned(), "first".to_owned());
    place.call(&ann, crate::service::writing::StartThread { board, title, body }).await.unwrap();
    run(
        place.service.store(),
        "UPDATE post SET state = 'deleted', deleted_at = 1795348800;
         INSERT INTO mod_case (id, thing, thing_id, author_id, snapshot, opened_at)
         SELECT 1, 'post', id, author_id, 'what it said', 1795340000 FROM post",
    )
    .await;
    nightly(&place.service).await.unwrap();
    place.clock.advance(200 * DAY_S);
    nightly(&place.service).await.unwrap();
    assert!(picture(place.service.store(), &["post"]).await[0].contains("'first'"));
    run(place.service.store(), "UPDATE mod_case SET decided_at = opened_at").await;
    place.clock.advance(DAY_S);
    nightly(&place.service).await.unwrap();
    assert!(!picture(place.service.store(), &["post"]).await[0].contains("'first'"));
}
