//! Threads that are split and merged. Posts keep their ids, so that thanks, bookmarks and reports stay with them; they get
//! the next numbers of the thread that they go to, and a trail leads on from each old number. What everybody has read
//! stays read, and nothing that was unread becomes read (R3, R4).

use sqlx::SqliteConnection;

use super::reading::{read_to_sql, settle_threads};
use super::writing::queue_indexed;
use crate::domain::ids::{ActId, BoardId, PostNo, ThreadId};
use crate::domain::policy::{Grant, TidyBoard};

/// Where a post is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Now {
    /// Its thread.
    pub thread_id: ThreadId,
    /// Its number there.
    pub no: PostNo,
}

/// Where an old number leads on to.
///
/// # Errors
/// When it cannot be read.
pub async fn lead(conn: &mut SqliteConnection, thread: ThreadId, no: PostNo) -> sqlx::Result<Option<Now>> {
    sqlx::query_as(
        "SELECT post.thread_id, post.no FROM post_trail JOIN post ON post.id = post_trail.post_id
          WHERE post_trail.thread_id = ? AND post_trail.no = ?",
    )
    .bind(thread)
    .bind(no)
    .fetch_optional(conn)
    .await
}

/// The title of the thread that a post is part of now whose place is elsewhere: by the thread that it left and the number
/// that it had there. None where it was never taken away, or is back.
///
/// # Errors
/// When it cannot be read.
pub async fn part_of(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    no: PostNo,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT thread.title FROM post_trail JOIN post ON post.id = post_trail.post_id
           JOIN thread ON thread.id = post.thread_id
          WHERE post_trail.thread_id = ? AND post_trail.no = ?
            AND (post.thread_id, post.no) <> (post_trail.thread_id, post_trail.no)",
    )
    .bind(thread)
    .bind(no)
    .fetch_optional(conn)
    .await
}

/// Threads of a board that another one can be merged into, the one written in last first: id and title.
///
/// # Errors
/// When they cannot be read.
pub async fn neighbours(
    conn: &mut SqliteConnection,
    thread: ThreadId,
    board: BoardId,
    limit: i64,
) -> sqlx::Result<Vec<(ThreadId, String)>> {
    sqlx::query_as(
        "SELECT id, title FROM thread WHERE board_id = ? AND id <> ? AND removed = 0
          ORDER BY last_post_id DESC LIMIT ?",
    )
    .bind(board)
    .bind(thread)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// A thread without posts, for those that are split off: with the tags of the first one.
///
/// # Errors
/// When it cannot be written.
pub async fn insert_thread(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    from: ThreadId,
    first: PostNo,
    title: &str,
) -> sqlx::Result<ThreadId> {
    sqlx::query_scalar(
        "INSERT INTO thread (board_id, title, author_id, created_at, last_author_id, last_at, origin)
         SELECT thread.board_id, ?3, post.author_id, post.created_at, post.author_id, post.created_at, thread.origin
           FROM thread JOIN post ON post.thread_id = thread.id AND post.no = ?2 WHERE thread.id = ?1 RETURNING id",
    )
    .bind(from)
    .bind(first)
    .bind(title)
    .fetch_one(conn)
    .await
}

/// Takes the posts of a thread from a number on to the end of another one. What is left behind of a thread that is
/// split is a place for each number; a thread that goes whole is hidden.
///
/// # Errors
/// When it cannot be written.
pub async fn take(
    conn: &mut SqliteConnection,
    _grant: &Grant<TidyBoard>,
    act: ActId,
    from: ThreadId,
    first: PostNo,
    to: ThreadId,
) -> sqlx::Result<()> {
    // The thread's tags stand in the index with each of them, and its title with the first.
    sqlx::query(queue_indexed!("SELECT id FROM post WHERE thread_id = ?1 AND no >= ?2"))
        .bind(from)
        .bind(first)
        .execute(&mut *conn)
        .await?;
    note(conn, act, from, first, to).await?;
    keep_read(conn, from, first, to).await?;
    sqlx::query(
        "INSERT INTO post_trail (thread_id, no, post_id) SELECT thread_id, no, id FROM post
          WHERE thread_id = ?1 AND no >= ?2",
    )
    .bind(from)
    .bind(first)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "UPDATE post SET thread_id = ?3, no = no - ?2 + 1 + (SELECT post_count FROM thread WHERE id = ?3),
                reply_to_no = CASE WHEN reply_to_no >= ?2
                                   THEN reply_to_no - ?2 + 1 + (SELECT post_count FROM thread WHERE id = ?3) END
          WHERE thread_id = ?1 AND no >= ?2",
    )
    .bind(from)
    .bind(first)
    .bind(to)
    .execute(&mut *conn)
    .await?;
    leave_places(conn, from, first, to).await?;
    // Who follows or mutes the one does the same with what comes of it.
    sqlx::query(
        "INSERT INTO thread_choice (member_id, thread_id, choice)
         SELECT member_id, ?2, choice FROM thread_choice WHERE thread_id = ?1
             ON CONFLICT (member_id, thread_id) DO NOTHING",
    )
    .bind(from)
    .bind(to)
    .execute(&mut *conn)
    .await?;
    recount(conn, to).await?;
    if first.0 > 1 { recount(conn, from).await } else { Ok(()) }
}

/// Leaves a place for each number that went, or hides a thread that went whole.
async fn leave_places(
    conn: &mut SqliteConnection,
    from: ThreadId,
    first: PostNo,
    to: ThreadId,
) -> sqlx::Result<()> {
    if first.0 > 1 {
        sqlx::query(
            "INSERT INTO post (thread_id, no, author_id, body, created_at, state, origin)
             SELECT post_trail.thread_id, post_trail.no, post.author_id, '', post.created_at, 'removed', 'machine'
               FROM post_trail JOIN post ON post.id = post_trail.post_id
              WHERE post_trail.thread_id = ?1 AND post_trail.no >= ?2 AND post.thread_id <> ?1 ORDER BY post_trail.no",
        )
        .bind(from)
        .bind(first)
        .execute(&mut *conn)
        .await?;
        sqlx::query(
            "INSERT INTO thread_tag SELECT ?2 AS thread_id, tag_id FROM thread_tag WHERE thread_id = ?1",
        )
        .bind(from)
        .bind(to)
        .execute(&mut *conn)
        .await?;
    } else {
        sqlx::query("UPDATE thread SET removed = 1, pinned = 0 WHERE id = ?")
            .bind(from)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Writes down what the undo brings back.
async fn note(
    conn: &mut SqliteConnection,
    act: ActId,
    from: ThreadId,
    first: PostNo,
    to: ThreadId,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO thread_cut (act_id, from_thread, first_no, to_thread, after_count, before)
         SELECT ?1, ?2, ?3, ?4, there.post_count + here.post_count - ?3 + 1, json_object(
            'threads', (SELECT json_group_array(json_array(id, post_count, last_post_id, last_author_id, last_at, removed, pinned))
                          FROM thread WHERE id IN (?2, ?4)),
            'posts', (SELECT json_group_array(json_array(id, no, reply_to_no)) FROM post WHERE thread_id = ?2 AND no >= ?3),
            'marks', (SELECT json_group_array(json_array(member_id, thread_id, last_no, held))
                        FROM read_thread WHERE thread_id IN (?2, ?4)),
            'choices', (SELECT json_group_array(json_array(member_id, thread_id, choice))
                          FROM thread_choice WHERE thread_id IN (?2, ?4)))
           FROM thread AS here, thread AS there WHERE here.id = ?2 AND there.id = ?4",
    )
    .bind(act)
    .bind(from)
    .bind(first)
    .bind(to)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes down for a moment, in the table `cut_read`, how far everybody has read two threads.
async fn look_at_marks(conn: &mut SqliteConnection, from: ThreadId, to: ThreadId) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "CREATE TEMP TABLE cut_read AS SELECT member.id AS member_id, thread.id AS thread_id, thread.post_count AS count,
                coalesce(mark.held, 0) AS held, ",
        read_to_sql!(),
        " AS read_to FROM member JOIN thread ON thread.id IN (?1, ?2)
            LEFT JOIN read_thread AS mark ON mark.member_id = member.id AND mark.thread_id = thread.id
            LEFT JOIN read_board AS floor ON floor.member_id = member.id AND floor.board_id = thread.board_id
           WHERE member.standing IN ('active', 'suspended')"
    ))
    .bind(from)
    .bind(to)
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets everybody's marks so that what they have read of the posts stays read, before the posts go.
async fn keep_read(
    conn: &mut SqliteConnection,
    from: ThreadId,
    first: PostNo,
    to: ThreadId,
) -> sqlx::Result<()> {
    look_at_marks(conn, from, to).await?;
    // There: whoever had read it to its end goes on to where they were here; for the others the end stays unread.
    sqlx::query(
        "INSERT INTO read_thread (member_id, thread_id, last_no, held)
         SELECT there.member_id, ?3,
                there.read_to + CASE WHEN there.read_to >= there.count THEN max(0, here.read_to - ?2 + 1) ELSE 0 END,
                CASE WHEN there.read_to >= there.count THEN here.held ELSE there.held END
           FROM cut_read AS there JOIN cut_read AS here ON here.member_id = there.member_id AND here.thread_id = ?1
          WHERE there.thread_id = ?3 AND (there.count > 0 OR here.read_to >= ?2 OR here.held = 1)
             ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = excluded.last_no, held = excluded.held",
    )
    .bind(from)
    .bind(first)
    .bind(to)
    .execute(&mut *conn)
    .await?;
    // Here: whoever had read what stays has nothing to read in the places that are left behind.
    sqlx::query(
        "INSERT INTO read_thread (member_id, thread_id, last_no)
         SELECT member_id, thread_id, count FROM cut_read WHERE thread_id = ?1 AND read_to >= ?2 - 1
             ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = excluded.last_no, held = 0",
    )
    .bind(from)
    .bind(first)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DROP TABLE cut_read").execute(conn).await?;
    Ok(())
}

/// Once posts and marks are as they were before a cut: lifts the marks to what was read since, by `cut_read`, and over the
/// floors that were raised since.
async fn keep_read_since(
    conn: &mut SqliteConnection,
    from: ThreadId,
    first: PostNo,
    to: ThreadId,
) -> sqlx::Result<()> {
    // Of those that went, the first there has the number after the last that stays there now.
    sqlx::query(
        "INSERT INTO read_thread (member_id, thread_id, last_no, held)
         SELECT since.member_id, since.thread_id, since.read_to, since.held AND since.read_to < thread.post_count
           FROM (SELECT there.member_id, there.thread_id, min(there.read_to, stays.post_count) AS read_to, there.held
                   FROM cut_read AS there JOIN thread AS stays ON stays.id = ?3 WHERE there.thread_id = ?3
                 UNION ALL
                 SELECT here.member_id, here.thread_id,
                        CASE WHEN here.read_to < ?2 - 1 THEN here.read_to
                             WHEN there.read_to < there.count THEN ?2 - 1 + max(0, there.read_to - stays.post_count)
                             ELSE max(?2 - 1 + there.count - stays.post_count, iif(?2 > 1, here.read_to, 0)) END,
                        CASE WHEN here.read_to < ?2 - 1 THEN here.held
                             WHEN there.read_to > stays.post_count THEN there.held ELSE 0 END
                   FROM cut_read AS here JOIN cut_read AS there ON there.member_id = here.member_id AND there.thread_id = ?3
                   JOIN thread AS stays ON stays.id = ?3 WHERE here.thread_id = ?1) AS since
           JOIN thread ON thread.id = since.thread_id
          WHERE since.read_to > 0 OR since.held
             ON CONFLICT (member_id, thread_id) DO UPDATE SET last_no = max(last_no, excluded.last_no),
                held = (held OR excluded.held) AND max(last_no, excluded.last_no)
                       < (SELECT post_count FROM thread WHERE thread.id = read_thread.thread_id)",
    )
    .bind(from)
    .bind(first)
    .bind(to)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DROP TABLE cut_read").execute(&mut *conn).await?;
    settle_threads(conn, from, to).await
}

/// What a thread's row says of its posts.
async fn recount(conn: &mut SqliteConnection, thread: ThreadId) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE thread SET post_count = (SELECT max(no) FROM post WHERE thread_id = ?1),
                last_post_id = last.id, last_author_id = last.author_id, last_at = last.created_at
           FROM (SELECT id, author_id, created_at FROM post
                  WHERE thread_id = ?1 AND NOT (origin = 'machine' AND state = 'removed') ORDER BY id DESC LIMIT 1) AS last
          WHERE thread.id = ?1",
    )
    .bind(thread)
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether everything is where a cut left it: nobody has written at the end since, and nothing went further.
///
/// # Errors
/// When it cannot be read.
pub async fn stands(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM thread_cut AS cut JOIN thread ON thread.id = cut.to_thread
                         WHERE cut.act_id = ?1 AND thread.post_count = cut.after_count
                           AND NOT EXISTS (SELECT 1 FROM thread_cut AS later WHERE later.act_id > cut.act_id
                                AND (later.from_thread IN (cut.from_thread, cut.to_thread)
                                     OR later.to_thread IN (cut.from_thread, cut.to_thread)))
                           -- A thread that was split off goes again only if nothing else has become of it.
                           AND (cut.first_no = 1 OR NOT EXISTS (
                                SELECT 1 FROM thread_trail WHERE thread_id = cut.to_thread
                                 UNION ALL SELECT 1 FROM held_post WHERE thread_id = cut.to_thread
                                 UNION ALL SELECT 1 FROM mod_case WHERE thing = 'thread' AND thing_id = cut.to_thread
                                 UNION ALL SELECT 1 FROM mod_act
                                            WHERE thing = 'thread' AND thing_id = cut.to_thread
                                              AND undone_at IS NULL)))",
    )
    .bind(act)
    .fetch_one(conn)
    .await
}

/// What puts everything back as it was before the cut `?1`, one after another.
const PUT_BACK: [&str; 11] = [
    "DELETE FROM bookmark WHERE post_id IN
        (SELECT post.id FROM thread_cut AS cut
           JOIN post ON post.thread_id = cut.from_thread AND post.no >= cut.first_no
          WHERE cut.act_id = ?1 AND post.origin = 'machine' AND post.state = 'removed')",
    "DELETE FROM post WHERE origin = 'machine' AND state = 'removed' AND id IN
        (SELECT post.id FROM thread_cut AS cut JOIN post_trail AS trail ON trail.thread_id = cut.from_thread
           JOIN post ON post.thread_id = trail.thread_id AND post.no = trail.no
          WHERE cut.act_id = ?1 AND trail.no >= cut.first_no)",
    "DELETE FROM post_trail WHERE EXISTS
        (SELECT 1 FROM thread_cut AS cut WHERE cut.act_id = ?1 AND cut.from_thread = post_trail.thread_id
            AND post_trail.no >= cut.first_no)",
    "UPDATE post SET thread_id = cut.from_thread, no = json_extract(was.value, '$[1]'),
            reply_to_no = json_extract(was.value, '$[2]')
       FROM thread_cut AS cut, json_each(cut.before, '$.posts') AS was
      WHERE cut.act_id = ?1 AND post.id = json_extract(was.value, '$[0]')",
    "UPDATE thread SET post_count = json_extract(was.value, '$[1]'), last_post_id = json_extract(was.value, '$[2]'),
            last_author_id = json_extract(was.value, '$[3]'), last_at = json_extract(was.value, '$[4]'),
            removed = iif(thread.id = cut.from_thread AND cut.first_no = 1, json_extract(was.value, '$[5]'), removed),
            pinned = iif(thread.id = cut.from_thread AND cut.first_no = 1, json_extract(was.value, '$[6]'), pinned)
       FROM thread_cut AS cut, json_each(cut.before, '$.threads') AS was
      WHERE cut.act_id = ?1 AND thread.id = json_extract(was.value, '$[0]')",
    "DELETE FROM read_thread WHERE thread_id IN (SELECT from_thread FROM thread_cut WHERE act_id = ?1
                                                 UNION SELECT to_thread FROM thread_cut WHERE act_id = ?1)",
    "DELETE FROM thread_choice WHERE thread_id IN (SELECT from_thread FROM thread_cut WHERE act_id = ?1
                                                   UNION SELECT to_thread FROM thread_cut WHERE act_id = ?1)",
    "INSERT INTO read_thread (member_id, thread_id, last_no, held)
     SELECT json_extract(was.value, '$[0]'), json_extract(was.value, '$[1]'), json_extract(was.value, '$[2]'),
            json_extract(was.value, '$[3]')
       FROM thread_cut AS cut, json_each(cut.before, '$.marks') AS was WHERE cut.act_id = ?1",
    "INSERT INTO thread_choice (member_id, thread_id, choice)
     SELECT json_extract(was.value, '$[0]'), json_extract(was.value, '$[1]'), json_extract(was.value, '$[2]')
       FROM thread_cut AS cut, json_each(cut.before, '$.choices') AS was WHERE cut.act_id = ?1",
    // Of a thread that was split off nothing is left.
    "DELETE FROM thread_tag WHERE thread_id IN (SELECT to_thread FROM thread_cut WHERE act_id = ?1 AND first_no > 1)",
    "DELETE FROM tag_taken_thread
      WHERE thread_id IN (SELECT to_thread FROM thread_cut WHERE act_id = ?1 AND first_no > 1)",
];

/// Puts everything back as it was before a cut. The caller holds the undo's grant.
pub(super) async fn put_back(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<()> {
    let (from, first, to): (ThreadId, PostNo, ThreadId) =
        sqlx::query_as("SELECT from_thread, first_no, to_thread FROM thread_cut WHERE act_id = ?")
            .bind(act)
            .fetch_one(&mut *conn)
            .await?;
    sqlx::query(queue_indexed!("SELECT post_id FROM post_trail WHERE thread_id = ?1 AND no >= ?2"))
        .bind(from)
        .bind(first)
        .execute(&mut *conn)
        .await?;
    look_at_marks(conn, from, to).await?;
    for sql in PUT_BACK {
        sqlx::query(sql).bind(act).execute(&mut *conn).await?;
    }
    if first.0 > 1 {
        // Somebody may have written in it since: their post has its number.
        recount(conn, from).await?;
    }
    keep_read_since(conn, from, first, to).await?;
    sqlx::query("DELETE FROM thread_cut WHERE act_id = ?").bind(act).execute(&mut *conn).await?;
    if first.0 > 1 {
        sqlx::query("DELETE FROM read_thread WHERE thread_id = ?").bind(to).execute(&mut *conn).await?;
        sqlx::query("DELETE FROM thread WHERE id = ? AND post_count = 0").bind(to).execute(conn).await?;
    }
    Ok(())
}

/// Whether there are places of posts that went elsewhere, from a number on.
///
/// # Errors
/// When it cannot be read.
pub async fn has_places(conn: &mut SqliteConnection, thread: ThreadId, first: PostNo) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM post_trail WHERE thread_id = ? AND no >= ?)")
        .bind(thread)
        .bind(first)
        .fetch_one(conn)
        .await
}

/// How much of a thread there is from a number on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Extent {
    /// How many posts.
    pub posts: i64,
    /// How many people wrote them.
    pub people: i64,
    /// The last number.
    pub last: PostNo,
}

/// How much of a thread there is from a number on.
///
/// # Errors
/// When it cannot be read.
pub async fn extent(conn: &mut SqliteConnection, thread: ThreadId, first: PostNo) -> sqlx::Result<Extent> {
    sqlx::query_as(
        "SELECT count(*) AS posts, count(DISTINCT author_id) AS people, coalesce(max(no), 0) AS last
           FROM post WHERE thread_id = ? AND no >= ?",
    )
    .bind(thread)
    .bind(first)
    .fetch_one(conn)
    .await
}

/// Which thread a cut took posts to.
///
/// # Errors
/// When it cannot be read.
pub async fn went_to(conn: &mut SqliteConnection, act: ActId) -> sqlx::Result<Option<ThreadId>> {
    sqlx::query_scalar("SELECT to_thread FROM thread_cut WHERE act_id = ?")
        .bind(act)
        .fetch_optional(conn)
        .await
}
