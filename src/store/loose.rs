//! Loose things as moderation sees them: lines in rooms and on the wall, tags, invites. Whose they are, what they say,
//! whether they are there, and taking them away so that they can come back as they were.

use sqlx::SqliteConnection;

use crate::domain::ids::{BoardId, CaseId, InviteId, LineId, MemberId, RoomId, TagId, WallId};
use crate::domain::moderation::{Thing, ThingKind};
use crate::domain::policy::{Grant, ModerateContent, Report};
use crate::domain::tag::{JOINED_MAX, TAGS_MAX};
use crate::domain::time::Timestamp;

/// A loose thing.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LooseRow {
    /// Whose it is; none for an invite that was made on the host.
    pub author_id: Option<MemberId>,
    /// What it says: the line, what the tag is for, the note of the invite. Also when it was taken away.
    pub body: String,
    /// A tag's name.
    pub name: Option<String>,
    /// When it came.
    pub made_at: Timestamp,
    /// When an invite ends.
    pub ends_at: Option<Timestamp>,
    /// When it was taken away.
    pub gone_at: Option<Timestamp>,
    /// Who used an invite, by handle.
    pub used_by: Option<String>,
    /// The room of a line.
    pub room_id: Option<RoomId>,
    /// The board of that room.
    pub board_id: Option<BoardId>,
    /// The member who looks came with the invite, or looks after the tag: somebody else judges.
    pub takes_part: bool,
}

/// A line that was said around one that was reported.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AroundRow {
    /// Which.
    pub line_id: LineId,
    /// Who said it.
    pub author: String,
    /// What.
    pub body: String,
    /// When.
    pub said_at: Timestamp,
}

/// A loose thing, as it stands to the member `me`; none for one that is not there any more, and for things of other
/// kinds.
///
/// # Errors
/// When it cannot be read.
pub async fn get(
    conn: &mut SqliteConnection,
    thing: Thing,
    me: Option<MemberId>,
) -> sqlx::Result<Option<LooseRow>> {
    let query = match thing {
        Thing::Line(_) => {
            "SELECT line.author_id, line.body, NULL AS name, line.said_at AS made_at, NULL AS ends_at,
                    CASE WHEN line.removed THEN line.said_at END AS gone_at, NULL AS used_by, line.room_id,
                    room.board_id, ?2 IS NULL AND 0 AS takes_part
               FROM room_line AS line JOIN room ON room.id = line.room_id WHERE line.id = ?1"
        }
        Thing::Wall(_) => {
            "SELECT author_id, body, NULL AS name, written_at AS made_at, NULL AS ends_at, removed_at AS gone_at,
                    NULL AS used_by, NULL AS room_id, NULL AS board_id, ?2 IS NULL AND 0 AS takes_part
               FROM wall_line WHERE id = ?1"
        }
        Thing::Tag(_) => {
            "SELECT made_by AS author_id, description AS body, name, made_at, NULL AS ends_at, removed_at AS gone_at,
                    NULL AS used_by, NULL AS room_id, NULL AS board_id, champion_id IS NOT NULL AND champion_id = ?2
                    AND champion_id <> made_by AS takes_part
               FROM tag WHERE id = ?1"
        }
        Thing::Invite(_) => {
            "SELECT invite.created_by AS author_id, invite.note AS body, NULL AS name, invite.created_at AS made_at,
                    invite.expires_at AS ends_at, invite.revoked_at AS gone_at, guest.handle AS used_by,
                    NULL AS room_id, NULL AS board_id,
                    invite.used_by IS NOT NULL AND invite.used_by = ?2 AS takes_part
               FROM invite LEFT JOIN member AS guest ON guest.id = invite.used_by WHERE invite.id = ?1"
        }
        Thing::Post(_) | Thing::Thread(_) | Thing::Member(_) | Thing::Message(_) => return Ok(None),
    };
    sqlx::query_as(query).bind(thing.id()).bind(me).fetch_optional(conn).await
}

/// Takes a loose thing away, or brings it back.
///
/// # Errors
/// When it cannot be written.
pub async fn set_gone(
    conn: &mut SqliteConnection,
    _grant: &Grant<ModerateContent>,
    thing: Thing,
    gone_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    write_gone(conn, thing, gone_at).await
}

/// The same, for an undo. What is forgotten by now stays so.
pub(super) async fn write_gone(
    conn: &mut SqliteConnection,
    thing: Thing,
    gone_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    match thing {
        Thing::Line(LineId(id)) => {
            let query = "UPDATE room_line SET removed = ?2 IS NOT NULL WHERE id = ?1";
            sqlx::query(query).bind(id).bind(gone_at).execute(conn).await?;
        }
        Thing::Wall(WallId(id)) => {
            let query = "UPDATE wall_line SET removed_at = ?2 WHERE id = ?1";
            sqlx::query(query).bind(id).bind(gone_at).execute(conn).await?;
        }
        Thing::Invite(InviteId(id)) => {
            let query = "UPDATE invite SET revoked_at = ?2 WHERE id = ?1";
            sqlx::query(query).bind(id).bind(gone_at).execute(conn).await?;
        }
        Thing::Tag(tag) => write_tag_gone(conn, tag, gone_at).await?,
        Thing::Post(_) | Thing::Thread(_) | Thing::Member(_) | Thing::Message(_) => {}
    }
    Ok(())
}

/// A tag that is taken away stands on nothing; what it stood on is kept, and gets it back unless it has as many tags
/// as it can have by then.
async fn write_tag_gone(
    conn: &mut SqliteConnection,
    tag: TagId,
    gone_at: Option<Timestamp>,
) -> sqlx::Result<()> {
    sqlx::query("UPDATE tag SET removed_at = ?2 WHERE id = ?1")
        .bind(tag)
        .bind(gone_at)
        .execute(&mut *conn)
        .await?;
    let Some(_) = gone_at else { return give_tag_back(conn, tag).await };
    sqlx::query(
        "INSERT OR IGNORE INTO tag_taken_thread (tag_id, thread_id)
              SELECT tag_id, thread_id FROM thread_tag WHERE tag_id = ?1;
         DELETE FROM thread_tag WHERE tag_id = ?1;
         INSERT OR IGNORE INTO tag_taken_member (tag_id, member_id, joined_at, shown)
              SELECT tag_id, member_id, member_tag.joined_at, member.shown_tag IS tag_id
                FROM member_tag JOIN member ON member.id = member_tag.member_id WHERE tag_id = ?1;
         UPDATE member SET shown_tag = NULL WHERE shown_tag = ?1;
         DELETE FROM member_tag WHERE tag_id = ?1",
    )
    .bind(tag)
    .execute(conn)
    .await?;
    Ok(())
}

async fn give_tag_back(conn: &mut SqliteConnection, tag: TagId) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT OR IGNORE INTO thread_tag (thread_id, tag_id)
              SELECT thread_id, tag_id FROM tag_taken_thread AS taken
               WHERE tag_id = ?1
                 AND (SELECT count(*) FROM thread_tag WHERE thread_tag.thread_id = taken.thread_id) < ?2;
         DELETE FROM tag_taken_thread WHERE tag_id = ?1",
    )
    .bind(tag)
    .bind(i64::try_from(TAGS_MAX).unwrap_or(i64::MAX))
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "INSERT OR IGNORE INTO member_tag (member_id, tag_id, joined_at)
              SELECT member_id, tag_id, joined_at FROM tag_taken_member AS taken
               WHERE tag_id = ?1
                 AND (SELECT count(*) FROM member_tag WHERE member_tag.member_id = taken.member_id) < ?2;
         UPDATE member SET shown_tag = ?1
          WHERE shown_tag IS NULL
            AND id IN (SELECT member_id FROM tag_taken_member WHERE tag_id = ?1 AND shown = 1)
            AND id IN (SELECT member_id FROM member_tag WHERE tag_id = ?1);
         DELETE FROM tag_taken_member WHERE tag_id = ?1",
    )
    .bind(tag)
    .bind(JOINED_MAX)
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what was said around a line with its case: `around` lines before it and as many after, as everybody in the
/// room can read them. What was taken down stays out, but for the line itself.
///
/// # Errors
/// When it cannot be written.
pub async fn keep_around(
    conn: &mut SqliteConnection,
    _grant: &Grant<Report>,
    case: CaseId,
    line: LineId,
    around: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO case_line (case_id, line_id, author_id, body, said_at)
         SELECT ?1, id, author_id, body, said_at FROM room_line
          WHERE id IN (SELECT near.id FROM room_line AS near, room_line AS line
                        WHERE line.id = ?2 AND near.room_id = line.room_id AND near.removed = 0 AND near.id <= ?2
                        ORDER BY near.id DESC LIMIT ?3 + 1)
             OR id IN (SELECT near.id FROM room_line AS near, room_line AS line
                        WHERE line.id = ?2 AND near.room_id = line.room_id AND near.removed = 0 AND near.id > ?2
                        ORDER BY near.id LIMIT ?3)",
    )
    .bind(case)
    .bind(line)
    .bind(around)
    .execute(conn)
    .await?;
    Ok(())
}

/// What was said around the line that a case is about, in order.
///
/// # Errors
/// When it cannot be read.
pub async fn around(conn: &mut SqliteConnection, case: CaseId) -> sqlx::Result<Vec<AroundRow>> {
    sqlx::query_as(
        "SELECT line_id, member.handle AS author, body, said_at
           FROM case_line JOIN member ON member.id = author_id WHERE case_id = ? ORDER BY line_id",
    )
    .bind(case)
    .fetch_all(conn)
    .await
}

/// Whose a thing was that staff acted on: for what is not there any more.
///
/// # Errors
/// When it cannot be read.
pub async fn acted_on(
    conn: &mut SqliteConnection,
    kind: ThingKind,
    id: i64,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar(
        "SELECT target_id FROM mod_act
          WHERE thing = ? AND thing_id = ? AND target_id IS NOT NULL ORDER BY id DESC LIMIT 1",
    )
    .bind(kind)
    .bind(id)
    .fetch_optional(conn)
    .await
}
