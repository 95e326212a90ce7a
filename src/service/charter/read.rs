//! Reading the charter.

use sqlx::SqliteConnection;

use crate::domain::policy::StandAtDoor;
use crate::service::{Cx, Reads, Request, Result};
use crate::store::charter::{self, CharterRow};

/// Reads the charter that holds now. Open to everybody: it is what a guest decides by.
#[derive(Clone, Copy, Debug)]
pub struct ReadCharter;

/// The charter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charter {
    /// Its version; 0 while there is none.
    pub version: i64,
    /// What the place is for.
    pub purpose: String,
    /// Who it is for.
    pub audience: String,
    /// What members give.
    pub gives: String,
    /// What members get.
    pub gets: String,
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

/// A rule of the charter. Reports and acts name it by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its number.
    pub no: i64,
    /// A few words.
    pub title: String,
    /// What it means.
    pub body: String,
}

impl Charter {
    /// It in paragraphs, each with its heading; parts that are empty are left out.
    pub fn paragraphs(&self) -> Vec<(String, String)> {
        let parts = [
            ("What this place is for", &self.purpose),
            ("Who it is for", &self.audience),
            ("What members give", &self.gives),
            ("What members get", &self.gets),
        ];
        let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
        let parts = parts.map(|(head, text)| (head.to_owned(), text.clone()));
        let rules = self.rules.iter().map(|rule| (format!("{}. {}", rule.no, rule.title), rule.body.clone()));
        parts.chain(rules).collect()
    }

    /// The rule with this number.
    pub fn rule(&self, no: i64) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.no == no)
    }
}

impl Request for ReadCharter {
    type Reply = Charter;
    type Access = Reads;
    const NAME: &'static str = "read charter";

    async fn run(self, cx: &mut Cx<'_, Reads>) -> Result<Charter> {
        cx.allow(&StandAtDoor)?;
        load(cx.conn()).await
    }
}

/// The charter that holds now; an empty one before the first is published.
pub(in crate::service) async fn load(conn: &mut SqliteConnection) -> Result<Charter> {
    let Some(row) = charter::current(conn).await? else { return Ok(Charter::default()) };
    whole(conn, row).await
}

/// A version, with its rules.
pub(super) async fn whole(conn: &mut SqliteConnection, row: CharterRow) -> Result<Charter> {
    let rules = charter::rules(conn, row.version).await?;
    Ok(Charter {
        version: row.version,
        purpose: row.purpose,
        audience: row.audience,
        gives: row.gives,
        gets: row.gets,
        rules: rules
            .into_iter()
            .map(|rule| Rule { no: rule.no, title: rule.title, body: rule.body })
            .collect(),
    })
}
