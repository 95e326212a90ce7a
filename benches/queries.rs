//! Each query of docs/PERFORMANCE.md's table "Data", through the door, on a generated file: median and 99th percentile,
//! because it is the slow one in a hundred that a member feels; and beside a durable post a bare insert and commit in a
//! file next to it, in turns, so that the ratio can be read off whatever the disk does.
//!
//! `HOB_BENCH_POSTS=1000000 cargo bench --bench queries` takes the size from the environment; 10,000 without. Words
//! after `--` choose the rows that contain one of them.

#![allow(clippy::unwrap_used)]

mod place;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hob::domain::ids::{BoardId, MemberId, PostNo, ThreadId};
use hob::service::boards::ListBoards;
use hob::service::home::ShowHome;
use hob::service::members::{ListMembers, ReadProfile};
use hob::service::reading::{MarkRead, NextUnread};
use hob::service::search::{Order, SearchPosts};
use hob::service::threads::{At, FindThreads, ListThreads, OpenThread};
use hob::service::writing::WriteReply;
use hob::service::{Caller, Request, upkeep};
use place::{Place, member};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::watch;

/// Calls of one row, and the time after which a slow row has had enough of them.
const CALLS_MAX: usize = 2_000;
const CALLS_MIN: usize = 50;
const PATIENCE: Duration = Duration::from_secs(4);
/// Calls before any counts: the pages that a query needs are then in the cache.
const WARM_UP: usize = 20;

/// What is known of the file.
struct Facts {
    boards: Vec<BoardId>,
    /// Threads with about fifty posts, and the longest one.
    ordinary: Vec<ThreadId>,
    longest: ThreadId,
    longest_posts: i64,
    /// Members who were here today, and those whose last visit was a month ago.
    here: Vec<MemberId>,
    away: Vec<MemberId>,
    /// A handle that wrote much.
    author: String,
    summary: String,
}

impl Facts {
    async fn of(place: &Place) -> Self {
        let mut conn = place.service.store().begin_read().await.unwrap();
        let boards = sqlx::query_scalar(
            "SELECT id FROM board WHERE see = 'members' AND archived = 0 AND circle = 0 ORDER BY id",
        );
        let boards: Vec<i64> = boards.fetch_all(&mut *conn).await.unwrap();
        let ordinary =
            sqlx::query_scalar("SELECT thread.id FROM thread JOIN board ON board.id = thread.board_id
                                 WHERE post_count BETWEEN 40 AND 60 AND see = 'members' AND circle = 0 LIMIT 200");
        let ordinary: Vec<i64> = ordinary.fetch_all(&mut *conn).await.unwrap();
        let (longest, longest_posts): (i64, i64) =
            sqlx::query_as("SELECT id, post_count FROM thread ORDER BY post_count DESC LIMIT 1")
                .fetch_one(&mut *conn)
                .await
                .unwrap();
        let seen =
            "SELECT id FROM member WHERE standing = 'active' AND level <> 'newcomer' AND role = 'member'
                       AND unixepoch() - last_seen_at BETWEEN ? * 3600 AND ? * 3600 LIMIT 300";
        let here: Vec<i64> = sqlx::query_scalar(seen).bind(0).bind(48).fetch_all(&mut *conn).await.unwrap();
        let away: Vec<i64> =
            sqlx::query_scalar(seen).bind(28 * 24).bind(35 * 24).fetch_all(&mut *conn).await.unwrap();
        let author: String = sqlx::query_scalar(
            "SELECT handle FROM member JOIN post ON author_id = member.id WHERE member.id > 20
              GROUP BY author_id ORDER BY count(*) DESC LIMIT 1",
        )
        .fetch_one(&mut *conn)
        .await
        .unwrap();
        let (posts, threads, marks, month, touched): (i64, i64, i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM post), (SELECT count(*) FROM thread), (SELECT count(*) FROM read_thread),
                    (SELECT count(*) FROM post WHERE created_at > unixepoch() - 30 * 86400),
                    (SELECT count(*) FROM thread WHERE last_at > unixepoch() - 30 * 86400)",
        )
        .fetch_one(&mut *conn)
        .await
        .unwrap();
        let size = std::fs::metadata(&place.path).unwrap().len() >> 20;
        let summary = format!(
            "{posts} posts, {threads} threads, {marks} read marks, {size} MiB; {month} posts in {touched} threads in the last \
             30 days; the longest thread has {longest_posts}"
        );
        Self {
            boards: boards.into_iter().map(BoardId).collect(),
            ordinary: ordinary.into_iter().map(ThreadId).collect(),
            longest: ThreadId(longest),
            longest_posts,
            here: here.into_iter().map(MemberId).collect(),
            away: away.into_iter().map(MemberId).collect(),
            author,
            summary,
        }
    }
}

/// A row of the table, while it is measured.
struct Table {
    chosen: Vec<String>,
}

impl Table {
    fn wants(&self, row: &str) -> bool {
        self.chosen.is_empty() || self.chosen.iter().any(|word| row.contains(word.as_str()))
    }

    /// Measures a request: `make` says who asks what the nth time.
    fn read<R: Request>(&self, place: &Place, row: &str, make: impl Fn(usize) -> (MemberId, R)) {
        if !self.wants(row) {
            return;
        }
        let ask = async |at: usize| {
            let (member_id, request) = make(at);
            let caller = member(member_id.0);
            let start = Instant::now();
            let reply = place.service.call(&caller, request).await;
            assert!(reply.is_ok(), "{row}: {}", reply.err().unwrap());
            start.elapsed()
        };
        let times = place.block(async {
            for at in 0..WARM_UP {
                ask(at).await;
            }
            let begin = Instant::now();
            let mut times = Vec::new();
            while times.len() < CALLS_MAX && (times.len() < CALLS_MIN || begin.elapsed() < PATIENCE) {
                times.push(ask(WARM_UP + times.len()).await);
            }
            times
        });
        print_row(row, times);
    }
}

fn print_row(row: &str, mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{row:<58} {:>8.3} {:>8.3} {:>8.3} {:>6}", at(50), at(99), at(100), times.len());
    at(50)
}

fn main() {
    let place = Place::open();
    let facts = place.block(Facts::of(&place));
    println!("{}", facts.summary);
    println!("{:<58} {:>8} {:>8} {:>8} {:>6}", "milliseconds, warm", "median", "p99", "most", "calls");
    let chosen = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let table = Table { chosen };
    overviews(&table, &place, &facts);
    threads(&table, &place, &facts);
    searches(&table, &place, &facts);
    if table.wants("post") || table.wants("mark") {
        writes(&table, place, &facts);
    }
}

fn overviews(table: &Table, place: &Place, facts: &Facts) {
    let here = |at: usize| facts.here[at % facts.here.len()];
    let away = |at: usize| facts.away[at % facts.away.len()];
    table.read(place, "boards with unread counts, here yesterday", |at| (here(at), ListBoards));
    table.read(place, "boards with unread counts, a month away", |at| (away(at), ListBoards));
    table.read(place, "home, here yesterday", |at| (here(at), ShowHome));
    table.read(place, "home, a month away", |at| (away(at), ShowHome));
    table.read(place, "next unread, here yesterday", |at| (here(at), NextUnread::default()));
    table.read(place, "next unread, a month away", |at| (away(at), NextUnread::default()));
    table.read(place, "members, all", |at| (here(at), ListMembers));
    table.read(place, "profile", |at| (here(at), ReadProfile { member: away(at) }));
}

fn threads(table: &Table, place: &Place, facts: &Facts) {
    let here = |at: usize| facts.here[at % facts.here.len()];
    let board = |at: usize| facts.boards[at % facts.boards.len()];
    table.read(place, "thread list of a board, 50 rows", |at| {
        (here(at), ListThreads { board: board(at), after: None })
    });
    if !facts.ordinary.is_empty() {
        let ordinary = |at: usize| facts.ordinary[at % facts.ordinary.len()];
        table.read(place, "open a thread of 50 at its first unread", |at| {
            (here(at), OpenThread { thread: ordinary(at), at: At::FirstUnread })
        });
    }
    let longest = facts.longest;
    table.read(place, "open the longest thread at its first unread", |at| {
        (here(at), OpenThread { thread: longest, at: At::FirstUnread })
    });
    table.read(place, "open the longest thread anywhere", |at| {
        let no = PostNo(1 + (at as i64 * 7_919) % facts.longest_posts);
        (here(at), OpenThread { thread: longest, at: At::Post(no) })
    });
}

fn searches(table: &Table, place: &Place, facts: &Facts) {
    let here = |at: usize| facts.here[at % facts.here.len()];
    let author = &facts.author;
    for (row, text) in [
        ("search, a word in most posts", "the".to_owned()),
        ("search, a word in some posts", "antenna".to_owned()),
        ("search, a rare word", "Akureyri".to_owned()),
        ("search, a word that is not there", "zzyzx".to_owned()),
        ("search, two words", "kettle soup".to_owned()),
        ("search, a phrase", "\"in the last\"".to_owned()),
        ("search, how a word begins", "ant*".to_owned()),
        ("search, a common word without another", "the -and".to_owned()),
        ("search, a common word from: one member", format!("the from:{author}")),
        ("search, a rare word from: one member", format!("Akureyri from:{author}")),
        ("search, a common word on board:", "the board:radio".to_owned()),
        ("search, a word of another board: on board:", "antenna board:kitchen".to_owned()),
        ("search, a common word from: on board:", format!("the from:{author} board:radio")),
        ("search, a common word after: and before:", "the after:90d before:30d".to_owned()),
        ("search, a common word in posts that has: code", "the has:code".to_owned()),
        ("search, from: without a word", format!("from:{author}")),
        ("search, board: without a word", "board:radio".to_owned()),
    ] {
        let order = Order::Newest;
        table.read(place, row, |at| (here(at), SearchPosts { text: text.clone(), order, before: None }));
    }
    for (row, text) in [
        ("search by rank, a rare word", "Akureyri".to_owned()),
        ("search by rank, two words", "kettle soup".to_owned()),
        ("search by rank, a word in some posts", "antenna".to_owned()),
        ("search by rank, a common word from: one member", format!("the from:{author}")),
        ("search by rank, a word in most posts", "the".to_owned()),
        ("search by rank, two words in most posts", "the and".to_owned()),
    ] {
        let order = Order::Best;
        table.read(place, row, |at| (here(at), SearchPosts { text: text.clone(), order, before: None }));
    }
    for (row, text) in [
        ("palette, threads by name, nothing typed", ""),
        ("palette, threads by name, letters in order", "tfr"),
        ("palette, threads by name, two words", "radio antenna"),
    ] {
        table.read(place, row, |at| (here(at), FindThreads { text: text.to_owned() }));
    }
}

/// Writes, in a copy, with the housekeeping of a running server beside them.
fn writes(table: &Table, place: Place, facts: &Facts) {
    let place = place.scratch();
    let (stop, stopped) = watch::channel(false);
    let housekeeping = place.runtime.spawn(upkeep::run(Arc::clone(&place.service), stopped));
    let here = |at: usize| facts.here[at % facts.here.len()];
    if !facts.ordinary.is_empty() {
        let ordinary = |at: usize| facts.ordinary[at % facts.ordinary.len()];
        table.read(&place, "mark a thread read, durable", |at| {
            (here(at), MarkRead { thread: ordinary(at), upto: PostNo(1 + at as i64 % 40) })
        });
    }
    if table.wants("post") {
        let (posts, bare) = place.block(post_beside_insert(&place, facts));
        let post = print_row("a post, durable", posts);
        let insert = print_row("a bare insert and commit, durable", bare);
        println!("{:<58} {:>8.2}", "ratio of the medians", post / insert);
    }
    let _ = stop.send(true);
    let _ = place.block(housekeeping);
}

/// A post through the door and a bare insert, in turns.
async fn post_beside_insert(place: &Place, facts: &Facts) -> (Vec<Duration>, Vec<Duration>) {
    let (mut posts, mut inserts) = (Vec::new(), Vec::new());
    let body = "Leave it alone for a fortnight. Most things want less help than we give them. Water the soil and not \
                the leaves, early, and never a little: a lot, then nothing.";
    let bare = BareInsert::new(place).await;
    for at in 0..600 {
        let caller = member(facts.here[at % facts.here.len()].0);
        let thread = facts.ordinary.get(at % facts.ordinary.len().max(1)).copied().unwrap_or(facts.longest);
        // The same words a second time are refused.
        let body = format!("Day {at}. {body}");
        inserts.push(timed(bare.insert(&body)).await);
        let request = WriteReply { thread, reply_to: Some(PostNo(1)), body };
        posts.push(timed(post(place, &caller, request)).await);
    }
    (posts, inserts)
}

async fn post(place: &Place, caller: &Caller, request: WriteReply) {
    let posted = place.service.call(caller, request).await;
    assert!(posted.is_ok(), "{}", posted.err().unwrap());
}

async fn timed(work: impl Future<Output = ()>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

/// A table with nothing but an id, a few numbers and a text, opened as hob opens its file.
struct BareInsert(sqlx::SqlitePool);

impl BareInsert {
    async fn new(place: &Place) -> Self {
        let path = place.path.with_extension("bare.db");
        let _ = std::fs::remove_file(&path);
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", "0");
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        sqlx::raw_sql(
            "CREATE TABLE post (id INTEGER PRIMARY KEY, thread_id INTEGER, no INTEGER, author_id INTEGER,
                                created_at INTEGER, body TEXT) STRICT",
        )
        .execute(&pool)
        .await
        .unwrap();
        Self(pool)
    }

    async fn insert(&self, body: &str) {
        let mut transaction = self.0.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query("INSERT INTO post (thread_id, no, author_id, created_at, body) VALUES (?, ?, ?, ?, ?)")
            .bind(1)
            .bind(2)
            .bind(3)
            .bind(4)
            .bind(body)
            .execute(&mut *transaction)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
    }
}
