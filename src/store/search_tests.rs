//! The index holds what it should, every way of searching finds what a plain look at the posts finds, and the time is
//! bounded.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::policy::Actor;
use crate::store::Store;
use crate::store::testing::{index_faults, run as sql};

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

fn filter(matching: &str) -> SearchFilter<'_> {
    let clearance = Actor::Host.clearance();
    SearchFilter { matching, before: None, since: None, until: None, clearance, reader: None, limit: 100 }
}

async fn find(place: &Place, filter: &SearchFilter<'_>) -> Vec<i64> {
    let mut conn = place.store.begin_read().await.unwrap();
    let found = newest(&mut conn, filter, soon()).await.unwrap();
    assert!(!found.cut);
    found.hits.into_iter().map(|hit| hit.post_id.0).collect()
}

async fn index(place: &Place) {
    let mut write = place.store.begin_write().await.unwrap();
    while index_waiting(&mut write, 10).await.unwrap() > 0 {}
    write.commit().await.unwrap();
}

/// A database in a folder of its own.
struct Place {
    store: Store,
    _folder: tempfile::TempDir,
}

/// 40 posts by four people in eight threads on two boards, every third with a kettle in it, an hour apart.
async fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
    let place = Place { store, _folder: folder };
    sql(
        &place.store,
        "INSERT INTO member (id, handle, handle_fold, handle_skeleton, standing, created_at)
              VALUES (1, 'ann', 'ann', 'ann', 'active', 0), (2, 'ben', 'ben', 'ben', 'active', 0),
                     (3, 'cem', 'cem', 'cem', 'active', 0), (4, 'dan', 'dan', 'dan', 'active', 0);
         INSERT INTO board (id, slug, name, purpose, position, created_at)
              VALUES (1, 'one', 'one', '', 1, 0), (2, 'two', 'two', '', 2, 0);
         INSERT INTO thread (id, board_id, title, author_id, created_at, last_author_id, last_at, post_count)
              WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 8)
              SELECT i, 1 + i % 2, 'Thread ' || i, 1, 0, 1, 0, 5 FROM n;
         INSERT INTO tag (id, name, made_by, made_at) VALUES (5, 'tea', 1, 0);
         INSERT INTO thread_tag (thread_id, tag_id) VALUES (3, 5), (4, 5);
         INSERT INTO post (id, thread_id, no, author_id, created_at, body)
              WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 39)
              SELECT i + 1, 1 + i % 8, 1 + i / 8, 1 + i / 3 % 4, i * 3600,
                     CASE WHEN i % 3 = 0 THEN 'a kettle' ELSE 'a pan' END
                     || CASE WHEN i % 5 = 0 THEN ' of `copper`' ELSE '' END FROM n;
         INSERT INTO search_queue (post_id) SELECT id FROM post",
    )
    .await;
    index(&place).await;
    place
}

#[tokio::test]
async fn r7_words_and_filters_find_what_a_plain_look_finds() {
    let place = place().await;
    let kettle = "\"kettle\"".to_owned();
    let (ben, one, tea) = (Mark::Author(MemberId(2)), Mark::Board(BoardId(1)), Mark::Tag(TagId(5)));
    let parts = [
        (kettle, "body LIKE '%kettle%'"),
        (ben.expression(), "post.author_id = 2"),
        (one.expression(), "board_id = 1"),
        (tea.expression(), "EXISTS (SELECT 1 FROM thread_tag WHERE thread_id = thread.id)"),
        (Mark::Has(Content::Code).expression(), "body LIKE '%`%'"),
    ];
    let mut compared = 0;
    for chosen in 1..1_u32 << parts.len() {
        for (since, until) in [(None, None), (Some(10), None), (None, Some(30)), (Some(5), Some(20))] {
            let of = parts.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1).map(|(_, part)| part);
            let matching: Vec<&str> = of.clone().map(|(expression, _)| expression.as_str()).collect();
            let wanted: Vec<&str> = of.map(|(_, sql)| *sql).collect();
            let moment = |hours: Option<i64>| hours.map(|hours| Timestamp(hours * 3_600));
            let matching = matching.join(" AND ");
            let mut filter = filter(&matching);
            (filter.since, filter.until) = (moment(since), moment(until));
            let query = format!(
                "SELECT post.id FROM post JOIN thread ON thread.id = thread_id
                  WHERE {} AND post.created_at >= {} AND post.created_at < {} ORDER BY post.id DESC",
                wanted.join(" AND "),
                since.unwrap_or(0) * 3_600,
                until.unwrap_or(1_000) * 3_600,
            );
            let mut conn = place.store.begin_read().await.unwrap();
            let expected: Vec<i64> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_all(&mut *conn).await.unwrap();
            drop(conn);
            assert_eq!(find(&place, &filter).await, expected, "{filter:?}");
            compared += usize::from(!expected.is_empty());
        }
    }
    assert!(compared > 20, "{compared}");
}

#[tokio::test]
async fn r7_the_next_page_goes_on_where_the_last_ended_and_the_best_come_first() {
    let place = place().await;
    let all = find(&place, &filter("\"kettle\"")).await;
    let next = SearchFilter { before: Some(PostId(all[4])), limit: 3, ..filter("\"kettle\"") };
    assert_eq!(find(&place, &next).await, all[5..8]);
    sql(
        &place.store,
        "UPDATE post SET body = 'samovar and more words than that, and a good many of them' WHERE id = 40;
         UPDATE post SET body = 'samovar samovar' WHERE id = 7;
         UPDATE thread SET title = 'Samovar' WHERE id = 1;
         INSERT INTO search_queue (post_id, indexed_title, indexed_body)
              VALUES (40, '', 'a kettle'), (7, '', 'a kettle') ON CONFLICT DO NOTHING",
    )
    .await;
    index(&place).await;
    let mut conn = place.store.begin_read().await.unwrap();
    let found = best(&mut conn, &filter("\"samovar\""), soon()).await.unwrap();
    let order: Vec<i64> = found.hits.iter().map(|hit| hit.post_id.0).collect();
    assert_eq!(order, [1, 7, 40], "a title before twice in a text before once in a long one");
    assert_eq!(count(&mut conn, "\"samovar\"", 100).await.unwrap(), 3);
    assert_eq!(count(&mut conn, "\"samovar\"", 2).await.unwrap(), 2);
}

/// Whoever moves, renames or tags a thread need not know of the index.
#[tokio::test]
async fn what_changes_about_a_thread_is_found_so_and_no_longer_as_it_was() {
    let place = place().await;
    let (one, two) = (Mark::Board(BoardId(1)).expression(), Mark::Board(BoardId(2)).expression());
    let tea = Mark::Tag(TagId(5)).expression();
    let count_of = async |expression: &str| find(&place, &filter(expression)).await.len();
    assert_eq!((count_of(&one).await, count_of(&two).await, count_of(&tea).await), (20, 20, 10));
    sql(
        &place.store,
        "UPDATE thread SET board_id = 2, title = 'Elsewhere' WHERE id = 2;
         DELETE FROM thread_tag WHERE thread_id = 3;
         INSERT INTO thread_tag (thread_id, tag_id) VALUES (2, 5);
         UPDATE post SET author_id = 4 WHERE author_id = 1",
    )
    .await;
    index(&place).await;
    assert_eq!((count_of(&one).await, count_of(&two).await, count_of(&tea).await), (15, 25, 10));
    assert_eq!(find(&place, &filter("\"elsewhere\"")).await, [2]);
    assert_eq!(count_of(&Mark::Author(MemberId(1)).expression()).await, 0);
    assert_eq!(count_of(&Mark::Any.expression()).await, 40);
    // What is gone from the place is gone from the index with all its marks.
    sql(
        &place.store,
        "INSERT INTO search_queue (post_id, indexed_title, indexed_body)
              SELECT id, title, body FROM post_text WHERE id = 2;
         UPDATE post SET state = 'removed' WHERE id = 2",
    )
    .await;
    index(&place).await;
    assert_eq!(count_of("\"elsewhere\"").await, 0);
    let mut conn = place.store.begin_write().await.unwrap();
    let sound = "INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 0)";
    sqlx::query(sound).execute(&mut *conn).await.unwrap();
    for expression in ["\"elsewhere\"", "\"0p\""] {
        let found = count(&mut conn, expression, 1_000).await.unwrap();
        assert_eq!(found, if expression.contains("0p") { 39 } else { 0 });
    }
}

/// Migration 0038: what went wrong before staff's acts were told to the index is put right, whatever it was.
#[tokio::test]
async fn an_index_that_went_wrong_is_mended() {
    let again = include_str!("../../migrations/0038_search_again.sql");
    let removed = "INSERT INTO mod_act (actor_id, action, thing, thing_id, rule_no, reason, before, at)
                   SELECT 1, 'post.remove', 'post', id, 1, 'r', '{}', 0 FROM post WHERE id IN (1, 2)";
    for (what, wrong) in [
        ("held though it is taken down", "UPDATE post SET state = 'removed' WHERE id = 1"),
        (
            "shown again and not held",
            "INSERT INTO post_fts (post_fts, rowid, title, body, marks)
             SELECT 'delete', id, title, body, marks FROM post_text WHERE id IN (1, 2);
             DELETE FROM post_mark WHERE post_id IN (1, 2)",
        ),
        (
            "words of a text that is forgotten",
            "DELETE FROM post_mark WHERE post_id = 1; UPDATE post SET state = 'removed', body = '' WHERE id = 1",
        ),
        (
            "the same, before the queue got to it",
            "UPDATE post SET state = 'removed', body = '' WHERE id = 1; INSERT INTO search_queue (post_id) VALUES (1)",
        ),
        (
            "to be taken out and not held",
            "INSERT INTO post_fts (post_fts, rowid, title, body, marks)
             SELECT 'delete', id, title, body, marks FROM post_text WHERE id = 1;
             DELETE FROM post_mark WHERE post_id = 1;
             INSERT INTO search_queue (post_id, indexed_title, indexed_body) SELECT id, title, body FROM post_text
              WHERE id = 1",
        ),
        ("merged, with the old tags", "INSERT INTO post_trail VALUES (3, 2, 11); UPDATE post SET thread_id = 2, no = 9 WHERE id = 11"),
        ("nothing", "SELECT 1"),
    ] {
        let place = place().await;
        sql(&place.store, removed).await;
        sql(&place.store, wrong).await;
        sql(&place.store, again).await;
        index(&place).await;
        assert_eq!(index_faults(&place.store).await, [] as [&str; 0], "{what}");
    }
}

#[tokio::test]
async fn a_word_in_a_text_does_not_pass_for_a_mark() {
    let place = place().await;
    sql(
        &place.store,
        "INSERT INTO search_queue (post_id, indexed_title, indexed_body)
              SELECT id, title, body FROM post_text WHERE id = 2;
         UPDATE post SET body = '0a4 0t5 0link' WHERE id = 2",
    )
    .await;
    index(&place).await;
    for mark in [Mark::Author(MemberId(4)), Mark::Tag(TagId(5)), Mark::Has(Content::Link)] {
        assert!(!find(&place, &filter(&mark.expression())).await.contains(&2), "{mark:?}");
    }
    assert_eq!(find(&place, &filter("\"0t5\" AND \"0link\"")).await, [2], "it is found by its words");
}

#[tokio::test]
async fn a_search_that_takes_too_long_ends_and_the_next_one_does_not() {
    let place = place().await;
    let mut conn = place.store.begin_read().await.unwrap();
    let endless = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
                   SELECT max(i) FROM n";
    let patience = Patience::until(&mut conn, Instant::now() + Duration::from_millis(50)).await.unwrap();
    let ended = sqlx::query_scalar::<_, i64>(endless).fetch_one(&mut *conn).await.unwrap_err();
    assert!(is_interrupt(&ended), "{ended}");
    drop(patience);
    // The time is over for good, and yet nothing else on this connection is ended by it.
    let long = "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                SELECT max(i) FROM n";
    assert_eq!(sqlx::query_scalar::<_, i64>(long).fetch_one(&mut *conn).await.unwrap(), 10_000);
    assert_eq!(newest(&mut conn, &filter("\"kettle\""), soon()).await.unwrap().hits.len(), 14);
}
