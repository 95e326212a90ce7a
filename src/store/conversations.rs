//! Reading conversations. Each function takes the member who looks and finds only what they take part in and see:
//! messages from the first that is theirs on, without those that were written while one of the two had blocked the
//! other, or the reader had muted their author. There is no way to read a conversation for nobody in particular but the excerpt of a report.

use sqlx::SqliteConnection;

use crate::domain::conversation::MessageKind;
use crate::domain::ids::{ConversationId, MemberId, MessageId, MessageNo};
use crate::domain::time::Timestamp;

/// What the member `?1` sees of the conversation in which they are `part`.
macro_rules! seen {
    () => {
        "message.no >= part.from_no AND NOT EXISTS (
             SELECT 1 FROM member_block AS apart
              WHERE apart.after_message < message.id
                AND ((apart.member_id = ?1 AND apart.blocked_id = message.author_id)
                  OR (apart.member_id = message.author_id AND apart.blocked_id = ?1)))
         AND NOT EXISTS (
             SELECT 1 FROM member_mute AS quiet
              WHERE quiet.member_id = ?1 AND quiet.muted_id = message.author_id
                AND quiet.after_message < message.id)"
    };
}

/// What of it is unread: what others said after the mark. Hob's own lines and tombstones are never unread.
macro_rules! unread {
    () => {
        concat!(
            "message.no > part.read_no AND message.author_id <> ?1 AND message.deleted_at IS NULL
             AND message.removed_at IS NULL AND message.kind IN ('message', 'nudge') AND ",
            seen!()
        )
    };
}

/// The lines of the conversation `?2` that the member `?1` sees, with one more condition and an order.
macro_rules! select_lines {
    ($rest:literal) => {
        concat!(
            "SELECT message.id, message.no, message.author_id, member.handle AS author, message.kind,
                    iif(message.removed_at IS NULL, message.body, '') AS body, message.created_at,
                    coalesce(message.deleted_at, message.removed_at) AS deleted_at,
                    message.removed_at IS NOT NULL AS removed
               FROM participant AS part
               JOIN message ON message.conversation_id = part.conversation_id
               JOIN member ON member.id = message.author_id
              WHERE part.member_id = ?1 AND part.conversation_id = ?2 AND part.left_at IS NULL AND ",
            seen!(),
            " AND ",
            $rest
        )
    };
}

/// A conversation in a member's list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConversationRow {
    /// Which.
    pub id: ConversationId,
    /// Its title; empty when it is called after its people.
    pub title: String,
    /// The handles of the others who take part, with a space between them.
    pub people: String,
    /// Messages that were not shown to the member yet.
    pub unread: i64,
    /// The member does not want it counted.
    pub muted: bool,
    /// Who said the last thing that the member sees.
    pub last_author: Option<String>,
    /// What kind of line that is.
    pub last_kind: Option<MessageKind>,
    /// How it begins; empty for a tombstone.
    pub last_body: Option<String>,
    /// It was deleted, or removed.
    pub last_deleted: bool,
    /// It was removed by the staff.
    pub last_removed: bool,
    /// When that was.
    pub last_at: Option<Timestamp>,
}

/// A conversation as a member who takes part in it stands to it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HeadRow {
    /// Which.
    pub id: ConversationId,
    /// Its title; empty when it is called after its people.
    pub title: String,
    /// The first number that the member sees.
    pub from_no: MessageNo,
    /// The last number that was shown to them.
    pub read_no: MessageNo,
    /// The last number there is.
    pub last_no: MessageNo,
    /// The member does not want it counted.
    pub muted: bool,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PersonRow {
    /// Who.
    pub id: MemberId,
    /// Their handle.
    pub handle: String,
}

/// A line of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageRow {
    /// The line.
    pub id: MessageId,
    /// Its number.
    pub no: MessageNo,
    /// Who said or did it.
    pub author_id: MemberId,
    /// Their handle.
    pub author: String,
    /// What kind of line it is.
    pub kind: MessageKind,
    /// What was said; empty for a tombstone.
    pub body: String,
    /// When.
    pub created_at: Timestamp,
    /// When its author deleted it, or the staff removed it.
    pub deleted_at: Option<Timestamp>,
    /// It was the staff.
    pub removed: bool,
}

/// A message that a report is about, for whoever handles it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportedRow {
    /// The message.
    pub id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Its number.
    pub no: MessageNo,
    /// Who wrote it.
    pub author_id: MemberId,
    /// What it says now; empty for a tombstone.
    pub body: String,
    /// Its author deleted it.
    pub deleted: bool,
    /// When the staff removed it.
    pub removed_at: Option<Timestamp>,
    /// The member who asks sees it where it stands.
    pub shown: bool,
    /// The member who asks takes part in its conversation, or took part in it.
    pub takes_part: bool,
}

/// Characters of a last line that a list gets: more than a row shows.
const EXCERPT_CHARS: i64 = 300;

/// A member's conversations, the one with the newest line first.
///
/// # Errors
/// When they cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    me: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<ConversationRow>> {
    sqlx::query_as(concat!(
        "SELECT conversation.id, conversation.title, part.muted,
                coalesce((SELECT group_concat(handle, ' ') FROM (
                    SELECT member.handle FROM participant AS other JOIN member ON member.id = other.member_id
                     WHERE other.conversation_id = conversation.id AND other.left_at IS NULL
                       AND other.member_id <> ?1
                     ORDER BY other.joined_at, member.handle_fold)), '') AS people,
                (SELECT count(*) FROM message WHERE message.conversation_id = conversation.id AND ",
        unread!(),
        ") AS unread,
                author.handle AS last_author, last.kind AS last_kind, substr(last.body, 1, ?2) AS last_body,
                coalesce(last.deleted_at, last.removed_at) IS NOT NULL AS last_deleted,
                last.removed_at IS NOT NULL AS last_removed, last.created_at AS last_at
           FROM participant AS part
           JOIN conversation ON conversation.id = part.conversation_id
           LEFT JOIN message AS last ON last.id = (
                SELECT message.id FROM message WHERE message.conversation_id = conversation.id AND ",
        seen!(),
        " ORDER BY message.no DESC LIMIT 1)
           LEFT JOIN member AS author ON author.id = last.author_id
          WHERE part.member_id = ?1 AND part.left_at IS NULL
          ORDER BY last.id DESC, conversation.id DESC LIMIT ?3"
    ))
    .bind(me)
    .bind(EXCERPT_CHARS)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// A conversation as a member stands to it; none when they do not take part in it.
///
/// # Errors
/// When it cannot be read.
pub async fn head(
    conn: &mut SqliteConnection,
    me: MemberId,
    conversation: ConversationId,
) -> sqlx::Result<Option<HeadRow>> {
    sqlx::query_as(
        "SELECT conversation.id, conversation.title, part.from_no, part.read_no,
                conversation.message_count AS last_no, part.muted
           FROM participant AS part JOIN conversation ON conversation.id = part.conversation_id
          WHERE part.member_id = ? AND part.conversation_id = ? AND part.left_at IS NULL",
    )
    .bind(me)
    .bind(conversation)
    .fetch_optional(conn)
    .await
}

/// Who takes part in a conversation now, in order of coming. The caller has asked [`head`] first.
///
/// # Errors
/// When they cannot be read.
pub async fn people(
    conn: &mut SqliteConnection,
    conversation: ConversationId,
) -> sqlx::Result<Vec<PersonRow>> {
    sqlx::query_as(
        "SELECT member.id, member.handle FROM participant JOIN member ON member.id = participant.member_id
          WHERE participant.conversation_id = ? AND participant.left_at IS NULL
          ORDER BY participant.joined_at, member.handle_fold",
    )
    .bind(conversation)
    .fetch_all(conn)
    .await
}

/// Whom a message is for: everybody else who takes part, counts the conversation and is shown what its author says.
///
/// # Errors
/// When they cannot be read.
pub async fn listeners(conn: &mut SqliteConnection, message: MessageId) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar(
        "SELECT part.member_id FROM message
           JOIN participant AS part ON part.conversation_id = message.conversation_id
          WHERE message.id = ?1 AND message.kind IN ('message', 'nudge') AND part.left_at IS NULL AND part.muted = 0
            AND part.member_id <> message.author_id
            AND NOT EXISTS (SELECT 1 FROM kept_apart
                             WHERE kept_apart.member_id = part.member_id
                               AND kept_apart.other_id = message.author_id)
          ORDER BY part.member_id",
    )
    .bind(message)
    .fetch_all(conn)
    .await
}

/// Lines that a member sees from a number on, in order.
///
/// # Errors
/// When they cannot be read.
pub async fn from_no(
    conn: &mut SqliteConnection,
    me: MemberId,
    conversation: ConversationId,
    no: MessageNo,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as(select_lines!("message.no >= ?3 ORDER BY message.no LIMIT ?4"))
        .bind(me)
        .bind(conversation)
        .bind(no)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// Lines that a member sees before a number, the last one first.
///
/// # Errors
/// When they cannot be read.
pub async fn before(
    conn: &mut SqliteConnection,
    me: MemberId,
    conversation: ConversationId,
    no: MessageNo,
    limit: i64,
) -> sqlx::Result<Vec<MessageRow>> {
    sqlx::query_as(select_lines!("message.no < ?3 ORDER BY message.no DESC LIMIT ?4"))
        .bind(me)
        .bind(conversation)
        .bind(no)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// One line by its id, if the member sees it, with its conversation.
///
/// # Errors
/// When it cannot be read.
pub async fn message(
    conn: &mut SqliteConnection,
    me: MemberId,
    message: MessageId,
) -> sqlx::Result<Option<(ConversationId, MessageRow)>> {
    let found: Option<(ConversationId, MessageNo)> = sqlx::query_as(concat!(
        "SELECT part.conversation_id, message.no
           FROM message
           JOIN participant AS part ON part.conversation_id = message.conversation_id
          WHERE part.member_id = ?1 AND part.left_at IS NULL AND message.id = ?2 AND ",
        seen!()
    ))
    .bind(me)
    .bind(message)
    .fetch_optional(&mut *conn)
    .await?;
    let Some((conversation, no)) = found else { return Ok(None) };
    let rows = from_no(conn, me, conversation, no, 1).await?;
    Ok(rows.into_iter().next().map(|row| (conversation, row)))
}

/// The first line of a conversation that is unread for a member.
///
/// # Errors
/// When it cannot be read.
pub async fn first_unread(
    conn: &mut SqliteConnection,
    me: MemberId,
    conversation: ConversationId,
) -> sqlx::Result<Option<MessageNo>> {
    sqlx::query_scalar(concat!(
        "SELECT min(message.no) FROM participant AS part
           JOIN message ON message.conversation_id = part.conversation_id
          WHERE part.member_id = ?1 AND part.conversation_id = ?2 AND part.left_at IS NULL AND ",
        unread!()
    ))
    .bind(me)
    .bind(conversation)
    .fetch_one(conn)
    .await
}

/// How many messages are unread for a member in all conversations that are not muted: what the list's counts add up
/// to without the muted ones.
///
/// # Errors
/// When they cannot be counted.
pub async fn count_unread(conn: &mut SqliteConnection, me: MemberId) -> sqlx::Result<i64> {
    sqlx::query_scalar(concat!(
        "SELECT count(*) FROM participant AS part
           JOIN message ON message.conversation_id = part.conversation_id
          WHERE part.member_id = ?1 AND part.left_at IS NULL AND part.muted = 0 AND ",
        unread!()
    ))
    .bind(me)
    .fetch_one(conn)
    .await
}

/// The conversations with something unread that are not muted, the one whose first unread message is oldest first.
///
/// # Errors
/// When they cannot be read.
pub async fn with_unread(
    conn: &mut SqliteConnection,
    me: MemberId,
    limit: i64,
) -> sqlx::Result<Vec<ConversationId>> {
    sqlx::query_scalar(concat!(
        "SELECT part.conversation_id FROM participant AS part
           JOIN message ON message.conversation_id = part.conversation_id
          WHERE part.member_id = ?1 AND part.left_at IS NULL AND part.muted = 0 AND ",
        unread!(),
        " GROUP BY part.conversation_id ORDER BY min(message.id) LIMIT ?2"
    ))
    .bind(me)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// The conversation that these members alone have always been in, the newest if there are several.
///
/// # Errors
/// When it cannot be read.
pub async fn between(
    conn: &mut SqliteConnection,
    me: MemberId,
    others: &[MemberId],
) -> sqlx::Result<Option<ConversationId>> {
    let Some(first) = others.first() else { return Ok(None) };
    let found: Vec<ConversationId> = sqlx::query_scalar(
        "SELECT mine.conversation_id FROM participant AS mine
           JOIN participant AS theirs ON theirs.conversation_id = mine.conversation_id
          WHERE mine.member_id = ?1 AND mine.left_at IS NULL AND theirs.member_id = ?2 AND theirs.left_at IS NULL
            AND (SELECT count(*) FROM participant WHERE conversation_id = mine.conversation_id) = ?3
          ORDER BY mine.conversation_id DESC",
    )
    .bind(me)
    .bind(first)
    .bind(i64::try_from(others.len()).unwrap_or(i64::MAX).saturating_add(1))
    .fetch_all(&mut *conn)
    .await?;
    for conversation in found {
        let people = people(conn, conversation).await?;
        let in_it = |id: &MemberId| people.iter().any(|person| person.id == *id);
        if others.iter().all(in_it) && in_it(&me) {
            return Ok(Some(conversation));
        }
    }
    Ok(None)
}

/// Whether a member has said anything in a conversation.
///
/// # Errors
/// When it cannot be read.
pub async fn has_spoken(
    conn: &mut SqliteConnection,
    conversation: ConversationId,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM message
                         WHERE conversation_id = ? AND author_id = ? AND kind IN ('message', 'nudge'))",
    )
    .bind(conversation)
    .bind(member)
    .fetch_one(conn)
    .await
}

/// A message for a report: as its case needs it, and whether the member `me` sees it where it stands.
///
/// # Errors
/// When it cannot be read.
pub async fn reported(
    conn: &mut SqliteConnection,
    me: Option<MemberId>,
    message: MessageId,
) -> sqlx::Result<Option<ReportedRow>> {
    sqlx::query_as(concat!(
        "SELECT message.id, message.conversation_id, message.no, message.author_id, message.body,
                message.deleted_at IS NOT NULL AS deleted, message.removed_at,
                EXISTS (SELECT 1 FROM participant AS part
                         WHERE part.conversation_id = message.conversation_id AND part.member_id = ?1) AS takes_part,
                EXISTS (SELECT 1 FROM participant AS part
                         WHERE part.conversation_id = message.conversation_id AND part.member_id = ?1
                           AND part.left_at IS NULL AND ",
        seen!(),
        ") AS shown
           FROM message WHERE message.id = ?2 AND message.kind IN ('message', 'nudge')"
    ))
    .bind(me)
    .bind(message)
    .fetch_optional(conn)
    .await
}
