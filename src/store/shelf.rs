//! A database for tests of the store: a migrated file in a temporary folder, filled by plain statements, so that what
//! is read does not depend on what writes it elsewhere.

#![allow(clippy::unwrap_used)]

use sqlx::{Sqlite, Transaction};
use tempfile::TempDir;

use super::Store;
use crate::domain::board::{Audience, BoardFacts, ThreadChoice, ThreadFacts};
use crate::domain::ids::{ActId, BoardId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::policy::{self, Actor, Clearance, Grant, KeepMarks, Reply};

/// When the first post of a [`Shelf`] was written; each later one is a minute younger.
pub(crate) const FIRST_AT: i64 = 1_795_000_000;

/// A database and one open write transaction on it.
pub(crate) struct Shelf {
    pub(crate) conn: Transaction<'static, Sqlite>,
    _folder: TempDir,
}

impl Shelf {
    /// An empty one.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("hob.db")).await.unwrap();
        let conn = store.begin_write().await.unwrap();
        Self { conn, _folder: folder }
    }

    /// An active member.
    pub(crate) async fn member(&mut self, handle: &str) -> MemberId {
        sqlx::query_scalar(
            "INSERT INTO member (handle, handle_fold, handle_skeleton, standing, created_at, joined_at)
             VALUES (?1, ?1, ?1, 'active', 0, 0) RETURNING id",
        )
        .bind(handle)
        .fetch_one(&mut *self.conn)
        .await
        .unwrap()
    }

    /// A board for members; boards stand in the order in which they are made.
    pub(crate) async fn board(&mut self, slug: &str) -> BoardId {
        sqlx::query_scalar(
            "INSERT INTO board (slug, name, purpose, position, created_at)
             VALUES (?1, ?1, '', (SELECT count(*) FROM board), 0) RETURNING id",
        )
        .bind(slug)
        .fetch_one(&mut *self.conn)
        .await
        .unwrap()
    }

    /// A thread without posts.
    pub(crate) async fn thread(&mut self, board: BoardId, author: MemberId, title: &str) -> ThreadId {
        sqlx::query_scalar(
            "INSERT INTO thread (board_id, title, author_id, created_at, last_author_id, last_at)
             VALUES (?1, ?2, ?3, 0, ?3, 0) RETURNING id",
        )
        .bind(board)
        .bind(title)
        .bind(author)
        .fetch_one(&mut *self.conn)
        .await
        .unwrap()
    }

    /// A post at the end of a thread.
    pub(crate) async fn post(&mut self, thread: ThreadId, author: MemberId, body: &str) -> (PostId, PostNo) {
        let (id, no): (PostId, PostNo) = sqlx::query_as(
            "INSERT INTO post (thread_id, no, author_id, body, created_at)
             VALUES (?1, (SELECT post_count + 1 FROM thread WHERE id = ?1), ?2, ?3,
                     ?4 + 60 * (SELECT coalesce(max(id), 0) FROM post)) RETURNING id, no",
        )
        .bind(thread)
        .bind(author)
        .bind(body)
        .bind(FIRST_AT)
        .fetch_one(&mut *self.conn)
        .await
        .unwrap();
        sqlx::query(
            "UPDATE thread SET post_count = ?2, last_post_id = ?3, last_author_id = ?4,
                               last_at = (SELECT created_at FROM post WHERE id = ?3) WHERE id = ?1",
        )
        .bind(thread)
        .bind(no)
        .bind(id)
        .bind(author)
        .execute(&mut *self.conn)
        .await
        .unwrap();
        (id, no)
    }

    /// Several posts at the end of a thread.
    pub(crate) async fn posts(&mut self, thread: ThreadId, author: MemberId, count: usize) {
        for _ in 0..count {
            self.post(thread, author, "words").await;
        }
    }

    /// A post speaks to a member.
    pub(crate) async fn address(&mut self, member: MemberId, post: PostId, kind: &str) {
        self.run(&format!(
            "INSERT INTO post_address (member_id, post_id, kind) VALUES ({member}, {post}, '{kind}')"
        ))
        .await;
    }

    /// A member's choice for a thread.
    pub(crate) async fn choose(&mut self, member: MemberId, thread: ThreadId, choice: Option<ThreadChoice>) {
        super::reading::choose_thread(&mut self.conn, &keep_marks(), member, thread, choice).await.unwrap();
    }

    /// Merges a thread into another one.
    pub(crate) async fn merge(&mut self, from: ThreadId, into: ThreadId, by: MemberId) -> ActId {
        let act = sqlx::query_scalar(
            "INSERT INTO mod_act (actor_id, action, thing, thing_id, rule_no, reason, before, at)
             VALUES (?1, 'thread.merge', 'thread', ?2, 0, '', '{}', ?3) RETURNING id",
        )
        .bind(by)
        .bind(from)
        .bind(FIRST_AT)
        .fetch_one(&mut *self.conn)
        .await
        .unwrap();
        let (see, write) = (Audience::Members, Audience::Members);
        let board = BoardFacts { see, write, archived: false, host: None, circle: 0 };
        let grant = policy::allow(&Actor::Host, &policy::TidyBoard { board }).unwrap();
        super::cuts::take(&mut self.conn, &grant, act, from, PostNo(1), into).await.unwrap();
        act
    }

    /// Any statement.
    pub(crate) async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *self.conn).await.unwrap();
    }
}

/// An active member's leave to keep marks.
pub(crate) fn keep_marks() -> Grant<KeepMarks> {
    policy::allow(&regular(), &KeepMarks).unwrap()
}

/// An active member's leave to write in a thread for members.
pub(crate) fn reply() -> Grant<Reply> {
    let (see, write) = (Audience::Members, Audience::Members);
    let board = BoardFacts { see, write, archived: false, host: None, circle: 0 };
    let thread = ThreadFacts { locked: false, removed: false, author: MemberId(1) };
    policy::allow(&regular(), &Reply { board, thread }).unwrap()
}

/// What a member sees.
pub(crate) fn clearance() -> Clearance {
    regular().clearance()
}

fn regular() -> Actor {
    Actor::Account {
        id: MemberId(1),
        standing: Standing::Active,
        level: Level::Member,
        role: Role::Member,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    }
}
