//! What is kept for a time only, and for how long (PRODUCT.md section 5): one line each. A table whose rows expire has
//! its line here, and a row in the table of `retention_tests.rs`.

use std::future::Future;
use std::pin::Pin;

use sqlx::SqliteConnection;

use crate::domain::policy::{self, Actor, CarryOut, Grant};
use crate::domain::time::Timestamp;
use crate::service::bans::SEEN_DAYS;
use crate::service::settings::DAY_S;
use crate::service::{Service, left_off};
use crate::store::{self, bans, notifications, redactions, retention, watch};

type Forgetting<'c> = Pin<Box<dyn Future<Output = sqlx::Result<u64>> + Send + 'c>>;

/// Something that is kept for a time only.
pub(super) struct Rule {
    /// What, for the log.
    pub(super) what: &'static str,
    /// For how long, in seconds.
    pub(super) kept_s: i64,
    forget: for<'c> fn(&'c mut SqliteConnection, &'c Grant<CarryOut>, Timestamp) -> Forgetting<'c>,
}

/// All of it. What lives in rooms and on the wall fades by the hour (`live_once`), not by the night.
pub(super) const RULES: &[Rule] = &[
    Rule {
        what: "addresses of wrong passwords",
        kept_s: 30 * DAY_S,
        forget: |conn, grant, before| Box::pin(retention::addresses(conn, grant, before)),
    },
    Rule {
        what: "from where members were here",
        kept_s: SEEN_DAYS * DAY_S,
        forget: |conn, _, before| Box::pin(bans::forget_seen(conn, before)),
    },
    Rule {
        what: "networks that were watched",
        kept_s: SEEN_DAYS * DAY_S,
        forget: |conn, _, before| Box::pin(watch::forget_networks(conn, before)),
    },
    Rule {
        what: "text of removed and deleted posts",
        kept_s: 90 * DAY_S,
        forget: |conn, grant, before| Box::pin(retention::removed_text(conn, grant, before)),
    },
    Rule {
        what: "what was taken out of posts",
        kept_s: 90 * DAY_S,
        forget: |conn, _, before| Box::pin(redactions::forget(conn, before)),
    },
    Rule {
        what: "posts that waited",
        kept_s: 90 * DAY_S,
        forget: |conn, grant, before| Box::pin(retention::held_posts(conn, grant, before)),
    },
    Rule {
        what: "closed reports",
        kept_s: 365 * DAY_S,
        forget: |conn, grant, before| Box::pin(retention::closed_reports(conn, grant, before)),
    },
    Rule {
        what: "seen notifications",
        kept_s: 90 * DAY_S,
        forget: |conn, _, before| Box::pin(notifications::forget_seen(conn, before)),
    },
    Rule {
        what: "places where sessions were left",
        kept_s: left_off::KEPT_S,
        forget: |conn, _, before| Box::pin(store::left_off::forget(conn, before)),
    },
];

/// Forgets what is due, each kind in a transaction of its own: members' writes wait no longer than for one of them.
pub(super) async fn forget(service: &Service, now: Timestamp) -> sqlx::Result<()> {
    let Ok(grant) = policy::allow(&Actor::Host, &CarryOut) else { return Ok(()) };
    for rule in RULES {
        let mut write = service.store().begin_write().await?;
        let gone = (rule.forget)(&mut write, &grant, now.plus(-rule.kept_s)).await?;
        write.commit().await?;
        if gone > 0 {
            tracing::info!(what = rule.what, gone, "forgotten, as its time is over");
        }
    }
    Ok(())
}
