//! The versions of the charter, for members: what holds, what held before, and what each changed.

use super::read::{Charter, whole};
use crate::domain::policy::ReadOldCharters;
use crate::domain::time::Timestamp;
use crate::service::console::charter_changes;
use crate::service::{Cx, Error, Reads, Request, Result};
use crate::store::charter;

/// Versions that are listed, the newest first: as many as the console offers.
const VERSIONS_MAX: i64 = 50;

/// Reads a version of the charter. For members.
#[derive(Clone, Copy, Debug)]
pub struct ReadCharterVersion {
    /// Which; none for the one that holds.
    pub version: Option<i64>,
}

/// A version of the charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterVersion {
    /// What it says.
    pub charter: Charter,
    /// When it was published.
    pub published_at: Timestamp,
    /// What it changed: lines of the version before that went, with `- `, and lines that came, with `+ `.
    pub changes: Vec<String>,
    /// Every version with when it was published, the newest first.
    pub versions: Vec<(i64, Timestamp)>,
}

impl CharterVersion {
    /// Whether it holds now.
    pub fn holds(&self) -> bool {
        self.versions.first().is_some_and(|(newest, _)| *newest == self.charter.version)
    }

    /// The version before this one.
    pub fn older(&self) -> Option<i64> {
        self.versions.iter().map(|(version, _)| *version).find(|version| *version < self.charter.version)
    }

    /// The version after this one.
    pub fn newer(&self) -> Option<i64> {
        self.versions
            .iter()
            .rev()
            .map(|(version, _)| *version)
            .find(|version| *version > self.charter.version)
    }
}

impl Request for ReadCharterVersion {
    type Reply = CharterVersion;
    type Access = Reads;
    const NAME: &'static str = "read charter version";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<CharterVersion> {
        cx.allow(&ReadOldCharters)?;
        let versions = charter::versions_dated(cx.conn(), VERSIONS_MAX).await?;
        let wanted = self.version.or(versions.first().map(|(newest, _)| *newest));
        let found = versions.iter().find(|(version, _)| Some(*version) == wanted);
        let (version, published_at) = *found.ok_or(Error::NotFound("version of the charter"))?;
        let text = read(cx, version).await?;
        let before = versions.iter().map(|(other, _)| *other).find(|other| *other < version);
        let changes = match before {
            Some(before) => charter_changes(read(cx, before).await?, text.clone()),
            None => Vec::new(),
        };
        Ok(CharterVersion { charter: text, published_at, changes, versions })
    }
}

async fn read(cx: &mut Cx<'_, Reads>, version: i64) -> Result<Charter> {
    let row = charter::version(cx.conn(), version).await?;
    whole(cx.conn(), row.ok_or(Error::NotFound("version of the charter"))?).await
}
