//! The made-up community as a whole: the same seed makes the same one, and everything in it is as the use cases would
//! have left it.

#![allow(clippy::unwrap_used)]

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use hob::demo::{self, Size};
use hob::domain::ids::MemberId;
use hob::domain::text::clean_body;
use hob::domain::time::Timestamp;
use hob::service::boards::ListBoards;
use hob::service::cases::ListQueue;
use hob::service::cohorts::{ListCohorts, Phase};
use hob::service::login::PasswordCheck;
use hob::service::passwords::Cost;
use hob::service::search::{Order, SearchPosts};
use hob::service::{Caller, Clock, Service, Settings, Who, upkeep};
use hob::store::{Store, audit, bulk};
use sha2::{Digest, Sha256};
use sqlx::{Connection, Row, SqliteConnection};

/// 2026-11-22 12:00:00 UTC.
const NOON: Timestamp = Timestamp(1_795_348_800);

fn settings() -> Settings {
    Settings { passwords: Cost { memory_kib: 64, passes: 1 }, ..Settings::default() }
}

async fn make(path: &Path, size: Size) -> SqliteConnection {
    demo::make(path, &size, NOON, &settings()).await.unwrap();
    SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap()
}

async fn open(path: &Path) -> Arc<Service> {
    Service::new(Store::open(path).await.unwrap(), Clock::fixed(NOON), settings())
}

fn member(id: i64) -> Caller {
    Caller { who: Who::Member(MemberId(id)), ..Caller::GUEST }
}

/// Everything that people made, and nothing that is random by design (salts, codes).
fn search(text: &str) -> SearchPosts {
    SearchPosts { text: text.to_owned(), order: Order::Newest, before: None }
}

async fn digest(conn: &mut SqliteConnection) -> String {
    let mut hasher = Sha256::new();
    for table in [
        "SELECT id, handle, standing, level, role, joined_at, last_seen_at, invited_by, zone, about, plan FROM member",
        "SELECT * FROM board ORDER BY id",
        "SELECT * FROM thread ORDER BY id",
        "SELECT * FROM post ORDER BY id",
        "SELECT * FROM post_revision ORDER BY id",
        "SELECT * FROM post_address ORDER BY member_id, post_id",
        "SELECT * FROM read_thread ORDER BY member_id, thread_id",
        "SELECT * FROM read_board ORDER BY member_id, board_id",
        "SELECT * FROM thread_choice ORDER BY member_id, thread_id",
        "SELECT * FROM draft ORDER BY member_id, target",
        "SELECT * FROM mod_case ORDER BY id",
        "SELECT * FROM report ORDER BY id",
        "SELECT id, hash FROM audit ORDER BY id",
        "SELECT member_id, why, introduction, submitted_at FROM application ORDER BY id",
    ] {
        for row in sqlx::query(table).fetch_all(&mut *conn).await.unwrap() {
            for column in 0..row.len() {
                let value = row.try_get_unchecked::<Option<String>, _>(column).unwrap();
                hasher.update(value.unwrap_or_default());
                hasher.update([0]);
            }
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn number(conn: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(conn).await.unwrap()
}

/// The posts that were asked for: those of the cohort that runs come on top.
async fn posts_of(conn: &mut SqliteConnection) -> i64 {
    let asked_for = "SELECT count(*) FROM post JOIN thread ON thread.id = thread_id
                      WHERE board_id NOT IN (SELECT board_id FROM cohort WHERE ended_at IS NULL)";
    number(conn, asked_for).await
}

/// Who came in through the door since, each with a thread to introduce themselves beside what was asked for.
const BY_THE_DOOR: i64 = 2;

#[tokio::test]
async fn the_same_seed_makes_the_same_community_and_another_seed_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut digests = Vec::new();
    for (name, seed) in [("a", 1), ("b", 1), ("c", 2)] {
        let mut conn = make(&folder.path().join(name), Size { seed, ..Size::default() }).await;
        digests.push(digest(&mut conn).await);
    }
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}

/// P5: a cohort that is over, as the nights would have left it: an archive, a tag of its people, checkpoints in order.
#[tokio::test]
async fn p5_a_cohort_is_over_and_its_people_have_a_tag() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hob.db");
    let mut conn = make(&path, Size::default()).await;
    let right = "SELECT count(*) FROM cohort JOIN board ON board.id = board_id JOIN tag ON tag.id = tag_id
                  WHERE ended_at IS NOT NULL AND board.archived = 1 AND tag.name LIKE 'alumni-%'
                    AND starts_at % 86400 = 0 AND (ends_at - starts_at) % 604800 = 0
                    AND started_at >= starts_at AND ended_at >= ends_at
                    AND (SELECT count(*) FROM cohort_member WHERE cohort_id = cohort.id) = 6
                    AND (SELECT count(*) FROM member_tag WHERE member_tag.tag_id = cohort.tag_id) = 6";
    assert_eq!(number(&mut conn, right).await, 1);
    let opened = "SELECT count(*) FROM cohort_checkpoint AS point JOIN cohort ON cohort.id = cohort_id
                  JOIN thread ON thread.id = thread_id
                 WHERE ended_at IS NOT NULL AND thread.board_id = cohort.board_id
                   AND thread.created_at BETWEEN opens_at AND opens_at + 86400
                   AND thread.title = 'Week ' || week || ': checkpoint'";
    assert_eq!(number(&mut conn, opened).await, 4);
    conn.close().await.unwrap();
    let place = open(&path).await;
    let list = place.call(&member(3), ListCohorts).await.unwrap();
    let phases: Vec<Phase> = list.iter().map(|cohort| cohort.phase).collect();
    assert_eq!(phases, [Phase::Running(1), Phase::Over]);
}

#[tokio::test]
async fn counters_ids_and_times_fit_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut conn = make(&folder.path().join("hob.db"), Size::default()).await;
    assert_eq!(posts_of(&mut conn).await, 1_500 + BY_THE_DOOR);
    let threads = "SELECT count(*) FROM thread WHERE board_id NOT IN (SELECT board_id FROM cohort WHERE ended_at IS NULL)";
    assert_eq!(number(&mut conn, threads).await, 120 + BY_THE_DOOR);
    for (what, broken) in [
        (
            "thread counters",
            "SELECT count(*) FROM thread WHERE (post_count, last_post_id, last_author_id, last_at, author_id, created_at) IS NOT
                (SELECT max(post.no), max(post.id), last.author_id, last.created_at, first.author_id, first.created_at
                   FROM post, post AS first, post AS last
                  WHERE post.thread_id = thread.id AND first.thread_id = thread.id AND first.no = 1
                    AND last.id = (SELECT max(id) FROM post WHERE thread_id = thread.id))",
        ),
        ("gaps in numbers", "SELECT count(*) FROM (SELECT 1 FROM post GROUP BY thread_id HAVING count(*) <> max(no))"),
        (
            "ids against time",
            "SELECT count(*) FROM post AS a JOIN post AS b ON b.id = a.id + 1 WHERE b.created_at < a.created_at",
        ),
        (
            "posts by those who were not here",
            "SELECT count(*) FROM post JOIN member ON member.id = author_id
              WHERE post.created_at < joined_at OR post.created_at > last_seen_at",
        ),
        ("answers to later posts", "SELECT count(*) FROM post WHERE reply_to_no >= no"),
        ("things of tomorrow", "SELECT count(*) FROM post WHERE created_at >= 1795348800 OR edited_at >= 1795348800"),
        (
            "marks past the end",
            "SELECT count(*) FROM read_thread JOIN thread ON thread.id = thread_id WHERE last_no > post_count OR last_no < 1",
        ),
        ("posts to oneself", "SELECT count(*) FROM post_address JOIN post ON post.id = post_id WHERE member_id = author_id"),
        ("keys that point nowhere", "SELECT count(*) FROM pragma_foreign_key_check"),
        (
            "indices that are missing",
            "SELECT 2 - count(*) FROM sqlite_schema WHERE name IN ('post_author', 'thread_list')",
        ),
    ] {
        assert_eq!(number(&mut conn, broken).await, 0, "{what}");
    }
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut conn).await.unwrap();
    assert_eq!(sound, "ok");
    let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM post").fetch_all(&mut conn).await.unwrap();
    assert!(bodies.iter().all(|body| clean_body(body) == *body), "every text is as the place would keep it");
}

#[tokio::test]
async fn there_is_something_true_to_show_on_every_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hob.db");
    let mut conn = make(&path, Size::default()).await;
    for (what, least, sql) in [
        ("pinned threads", 2, "SELECT count(*) FROM thread WHERE pinned"),
        ("locked threads", 2, "SELECT count(*) FROM thread WHERE locked"),
        ("edited posts", 10, "SELECT count(*) FROM post WHERE edited_at IS NOT NULL"),
        ("histories", 10, "SELECT count(DISTINCT post_id) FROM post_revision"),
        ("tombstones by authors", 3, "SELECT count(*) FROM post WHERE state = 'deleted'"),
        ("tombstones by staff", 2, "SELECT count(*) FROM post WHERE state = 'removed'"),
        ("folded posts", 1, "SELECT count(*) FROM post WHERE state = 'collapsed'"),
        ("archived boards", 1, "SELECT count(*) FROM board WHERE archived"),
        ("staff boards", 1, "SELECT count(*) FROM board WHERE see = 'staff'"),
        ("open cases", 3, "SELECT count(*) FROM mod_case WHERE decided_at IS NULL"),
        ("waiting applications", 3, "SELECT count(*) FROM member WHERE standing = 'applied'"),
        ("newcomers", 4, "SELECT count(*) FROM member WHERE level = 'newcomer' AND standing = 'active'"),
        ("open invites", 4, "SELECT count(*) FROM invite WHERE used_by IS NULL AND expires_at > 1795348800"),
        ("drafts", 4, "SELECT count(*) FROM draft"),
        ("public acts", 8, "SELECT count(*) FROM audit WHERE public"),
        ("moved threads", 1, "SELECT count(*) FROM thread_trail"),
        ("posts of the last day", 20, "SELECT count(*) FROM post WHERE created_at > 1795348800 - 86400"),
        ("posts with other letters", 10, "SELECT count(*) FROM post WHERE body GLOB '*[一-龠ぁ-んא-תا-ي]*'"),
        ("posts with code", 10, "SELECT count(*) FROM post WHERE body LIKE '%```%'"),
        ("mentions", 20, "SELECT count(*) FROM post_address WHERE kind = 'mention'"),
    ] {
        let found = number(&mut conn, sql).await;
        assert!(found >= least, "{what}: {found}");
    }
    let service = open(&path).await;
    upkeep::index_all(&service).await.unwrap();
    for id in 1..=60 {
        let Ok(list) = service.call(&member(id), ListBoards).await else { continue };
        assert!(list.unread_posts() > 0, "member {id} has read everything");
    }
    assert_eq!(service.call(&member(2), ListQueue).await.unwrap().items.len(), 8);
    let found = service.call(&member(3), search("ducks from:ilse")).await.unwrap();
    assert!(!found.hits.is_empty());
    let removed = service.call(&member(3), search("GROWMAX")).await.unwrap();
    assert!(removed.hits.iter().all(|hit| hit.author != "grumbold"), "what was removed is not found");
    let mut read = service.store().begin_read().await.unwrap();
    assert_eq!(audit::first_broken(&mut read).await.unwrap(), None);
    assert!(bulk::is_demo(&mut read).await.unwrap());
}

#[tokio::test]
async fn everybody_has_the_same_password() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hob.db");
    demo::make(&path, &Size::default(), NOON, &settings()).await.unwrap();
    let service = open(&path).await;
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    for (handle, id) in [("sysop", 1), ("moderator", 2), ("wren", 3)] {
        assert_eq!(
            service.check_password(handle, demo::PASSWORD, here).await.unwrap(),
            PasswordCheck::Right(MemberId(id))
        );
    }
    assert_eq!(service.check_password("wren", "Demo", here).await.unwrap(), PasswordCheck::Wrong);
}

#[tokio::test]
async fn small_and_odd_sizes_are_made_too_and_impossible_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, members, boards, threads, posts) in [
        ("least", 2, 1, 1, 1),
        ("few", 5, 3, 10, 50),
        ("one-board", 60, 1, 40, 200),
        ("wide", 100, 40, 200, 300),
        ("talk", 10, 2, 2, 900),
    ] {
        let mut conn =
            make(&folder.path().join(name), Size { members, boards, threads, posts, seed: 3 }).await;
        let made = posts_of(&mut conn).await;
        assert_eq!(made, i64::try_from(posts).unwrap() + BY_THE_DOOR, "{name}");
        assert_eq!(number(&mut conn, "SELECT count(*) FROM pragma_foreign_key_check").await, 0, "{name}");
    }
    for size in [
        Size { members: 1, ..Size::default() },
        Size { boards: 0, ..Size::default() },
        Size { threads: 0, ..Size::default() },
        Size { threads: 10, posts: 9, ..Size::default() },
    ] {
        let path = folder.path().join("never");
        assert!(
            matches!(demo::make(&path, &size, NOON, &settings()).await, Err(demo::Error::Size(_))),
            "{size:?}"
        );
        assert!(!path.exists(), "nothing is left over");
    }
}
