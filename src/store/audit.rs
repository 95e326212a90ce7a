//! The audit log: append-only rows, each hashed over its fields and the hash before it.

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::domain::ids::{AuditId, MemberId};
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

/// Rows before `before` (newest first), all of them or only those in the mod log.
///
/// # Errors
/// When the rows cannot be read.
pub async fn list(
    conn: &mut SqliteConnection,
    public_only: bool,
    before: Option<AuditId>,
    limit: i64,
) -> sqlx::Result<Vec<AuditRow>> {
    sqlx::query_as("SELECT * FROM audit WHERE id < ?1 AND (public = 1 OR NOT ?2) ORDER BY id DESC LIMIT ?3")
        .bind(before.map_or(i64::MAX, |id| id.0))
        .bind(public_only)
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
