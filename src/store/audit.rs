//! The audit log: append-only rows, each hashed over its fields and the hash before it.

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::domain::board::Audience;
use crate::domain::ids::{AuditId, MemberId, PostNo, ThreadId};
use crate::domain::moderation::{ActKind, Thing};
use crate::domain::time::Timestamp;

/// The hash that the first row follows.
const GENESIS: &str = "hob";

/// A row to append.
#[derive(Clone, Copy, Debug)]
pub struct NewAudit<'a> {
    /// What was done, a fixed word such as `post.remove`.
    pub action: &'a str,
    /// The kind of thing it was done to: `post`, `thread`, `member`, `board`, `charter` …
    pub thing: &'a str,
    /// The thing's id.
    pub thing_id: i64,
    /// The member concerned.
    pub target: Option<MemberId>,
    /// The charter's rule it was done under.
    pub rule_no: Option<i64>,
    /// Why, in the actor's words.
    pub reason: &'a str,
    /// What else staff need to know; never message text.
    pub detail: &'a str,
    /// Whether members see it in the mod log.
    pub public: bool,
}

/// A row as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Its number.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who; none for the host.
    pub actor_id: Option<MemberId>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub thing: String,
    /// To which.
    pub thing_id: i64,
    /// The member concerned.
    pub target_id: Option<MemberId>,
    /// Under which rule.
    pub rule_no: Option<i64>,
    /// Why.
    pub reason: String,
    /// More for staff.
    pub detail: String,
    /// Shown in the mod log.
    pub public: bool,
    /// The hash of the row before.
    pub prev_hash: String,
    /// The hash of this row.
    pub hash: String,
}

impl AuditRow {
    /// The hash that this row must have. Fields are length-prefixed, so that none can run into the next.
    fn expected_hash(&self) -> String {
        let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
        let fields = [
            self.prev_hash.clone(),
            self.id.0.to_string(),
            self.at.0.to_string(),
            number(self.actor_id.map(|id| id.0)),
            self.action.clone(),
            self.thing.clone(),
            self.thing_id.to_string(),
            number(self.target_id.map(|id| id.0)),
            number(self.rule_no),
            self.reason.clone(),
            self.detail.clone(),
            i64::from(self.public).to_string(),
        ];
        let mut hasher = Sha256::new();
        for field in &fields {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Appends a row. The caller holds the write transaction, so no other row can come between.
///
/// # Errors
/// When the row cannot be written.
pub async fn append(
    conn: &mut SqliteConnection,
    actor: Option<MemberId>,
    now: Timestamp,
    new: NewAudit<'_>,
) -> sqlx::Result<AuditId> {
    let last: Option<(i64, String)> = sqlx::query_as("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        .fetch_optional(&mut *conn)
        .await?;
    let (last_id, prev_hash) = last.unwrap_or((0, GENESIS.to_owned()));
    let mut row = AuditRow {
        id: AuditId(last_id + 1),
        at: now,
        actor_id: actor,
        action: new.action.to_owned(),
        thing: new.thing.to_owned(),
        thing_id: new.thing_id,
        target_id: new.target,
        rule_no: new.rule_no,
        reason: new.reason.to_owned(),
        detail: new.detail.to_owned(),
        public: new.public,
        prev_hash,
        hash: String::new(),
    };
    row.hash = row.expected_hash();
    sqlx::query(
        "INSERT INTO audit (id, at, actor_id, action, thing, thing_id, target_id, rule_no, reason, detail, public,
                            prev_hash, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.id)
    .bind(row.at)
    .bind(row.actor_id)
    .bind(&row.action)
    .bind(&row.thing)
    .bind(row.thing_id)
    .bind(row.target_id)
    .bind(row.rule_no)
    .bind(&row.reason)
    .bind(&row.detail)
    .bind(row.public)
    .bind(&row.prev_hash)
    .bind(&row.hash)
    .execute(conn)
    .await?;
    Ok(row.id)
}

/// The detail of the row that an act left, by what it was done to and when.
///
/// # Errors
/// When it cannot be read.
pub async fn detail_of(
    conn: &mut SqliteConnection,
    action: ActKind,
    thing: Thing,
    at: Timestamp,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT detail FROM audit WHERE action = ? AND thing = ? AND thing_id = ? AND at = ? ORDER BY id DESC LIMIT 1",
    )
    .bind(action)
    .bind(thing.kind())
    .bind(thing.id())
    .bind(at)
    .fetch_optional(conn)
    .await
}

/// Which rows of the log are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that members see in the mod log.
    Public,
    /// Of those, the ones that concern this member.
    PublicAbout(MemberId),
    /// All but those about a case that the reader is part of: reporter, author, inviter, somebody in the conversation (M4). The host is none.
    All {
        /// Who reads.
        reader: Option<MemberId>,
    },
}

/// A row with the names of what it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryRow {
    /// The row.
    #[sqlx(flatten)]
    pub audit: AuditRow,
    /// The actor's handle.
    pub actor: Option<String>,
    /// The handle of the member concerned.
    pub target: Option<String>,
    /// The thread's title, if it is about a post or a thread.
    pub title: Option<String>,
    /// The post's number.
    pub post_no: Option<PostNo>,
    /// The thread.
    pub thread_id: Option<ThreadId>,
    /// The board's name.
    pub board: Option<String>,
    /// Who sees that board.
    pub see: Option<Audience>,
    /// Its circle.
    pub circle: Option<i64>,
    /// Whether the thread is hidden.
    pub removed: Option<bool>,
}

/// Rows before `before`, the newest first.
///
/// # Errors
/// When they cannot be read.
pub async fn entries(
    conn: &mut SqliteConnection,
    which: Which,
    before: Option<AuditId>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    let (all, about, reader) = match which {
        Which::Public => (false, None, None),
        Which::PublicAbout(member) => (false, Some(member), None),
        Which::All { reader } => (true, None, reader),
    };
    sqlx::query_as(
        "SELECT audit.*, actor.handle AS actor, target.handle AS target, thread.title, post.no AS post_no,
                thread.id AS thread_id, board.name AS board, board.see, board.circle,
                thread.removed
           FROM audit
           LEFT JOIN member AS actor ON actor.id = audit.actor_id
           LEFT JOIN member AS target ON target.id = audit.target_id
           LEFT JOIN post ON audit.thing = 'post' AND post.id = audit.thing_id
           LEFT JOIN thread ON thread.id =
               CASE audit.thing WHEN 'post' THEN post.thread_id WHEN 'thread' THEN audit.thing_id END
           LEFT JOIN board ON board.id = thread.board_id
          WHERE audit.id < ?1 AND (?2 OR audit.public = 1) AND (?3 IS NULL OR audit.target_id = ?3)
            AND NOT (audit.thing = 'case' AND EXISTS (
                SELECT 1 FROM mod_case LEFT JOIN case_aside ON case_aside.case_id = mod_case.id
                 WHERE mod_case.id = audit.thing_id
                   AND (?4 = mod_case.author_id OR ?4 = case_aside.inviter_id
                        OR EXISTS (SELECT 1 FROM message
                                     JOIN participant ON participant.conversation_id = message.conversation_id
                                    WHERE mod_case.thing = 'message' AND message.id = mod_case.thing_id
                                      AND participant.member_id = ?4)
                        OR EXISTS (SELECT 1 FROM invite WHERE mod_case.thing = 'invite'
                                    AND invite.id = mod_case.thing_id AND invite.used_by = ?4)
                        OR EXISTS (SELECT 1 FROM report WHERE case_id = mod_case.id AND reporter_id = ?4))))
          ORDER BY audit.id DESC LIMIT ?5",
    )
    .bind(before.map_or(i64::MAX, |id| id.0))
    .bind(all)
    .bind(about)
    .bind(reader)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Walks the whole chain and returns the first row that does not fit, if there is one.
///
/// # Errors
/// When the rows cannot be read.
pub async fn first_broken(conn: &mut SqliteConnection) -> sqlx::Result<Option<AuditId>> {
    /// Rows read at a time.
    const PAGE: i64 = 1_000;
    let mut prev_hash = GENESIS.to_owned();
    let mut last = 0;
    loop {
        let rows: Vec<AuditRow> = sqlx::query_as("SELECT * FROM audit WHERE id > ? ORDER BY id LIMIT ?")
            .bind(last)
            .bind(PAGE)
            .fetch_all(&mut *conn)
            .await?;
        for row in &rows {
            if row.id.0 != last + 1 || row.prev_hash != prev_hash || row.hash != row.expected_hash() {
                return Ok(Some(row.id));
            }
            last = row.id.0;
            prev_hash.clone_from(&row.hash);
        }
        if rows.is_empty() {
            return Ok(None);
        }
    }
}
