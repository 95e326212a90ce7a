//! A database in which hostile strings stand uncleaned in every column that holds what people wrote, for the tests of
//! what comes out of it (SAFETY.md, Terminal).

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _};

/// Columns that hold words of ours, numbers as text or what a key is found by: a program that changes those has damaged
/// the database, which is another test. Those with a closed set of words guard themselves by a CHECK.
const OURS: &[&str] = &[
    "action",
    "algorithm",
    "before",
    "detail",
    "fingerprint",
    "handle_fold",
    "handle_skeleton",
    "hash",
    "kind",
    "name_fold",
    "new",
    "old",
    "password_hash",
    "place",
    "places",
    "prev_hash",
    "public_key",
    "setting",
    "slug",
    "target",
    "thing",
    "tz",
    "value",
    "word_fold",
    "zone",
];

/// Writes hostile strings behind what stands in every column of text, with nothing in their way.
/// Says which columns now hold some.
pub(crate) async fn poison(path: &Path, strings: &[String]) -> BTreeSet<String> {
    let options = SqliteConnectOptions::new().filename(path).foreign_keys(false);
    let mut conn = options.connect().await.unwrap();
    let triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
    for row in sqlx::query(triggers).fetch_all(&mut conn).await.unwrap() {
        let name: String = row.get(0);
        conn.execute(AssertSqlSafe(format!("DROP TRIGGER {name}"))).await.unwrap();
    }
    conn.execute("CREATE TEMP TABLE hostile (n INTEGER PRIMARY KEY, words TEXT)").await.unwrap();
    for (n, words) in strings.iter().enumerate() {
        let insert = sqlx::query("INSERT INTO temp.hostile VALUES (?, ?)");
        insert.bind(i64::try_from(n).unwrap()).bind(words).execute(&mut conn).await.unwrap();
    }
    let columns = "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c
         WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE '\\_%' ESCAPE '\\'
           AND t.name NOT LIKE 'sqlite%' AND c.type = 'TEXT'";
    let mut poisoned = BTreeSet::new();
    for (at, row) in sqlx::query(columns).fetch_all(&mut conn).await.unwrap().iter().enumerate() {
        let (table, column): (String, String) = (row.get(0), row.get(1));
        if OURS.contains(&column.as_str()) {
            continue;
        }
        // Another string for each row and each column, so that all of them are seen somewhere; a row that a CHECK guards stays.
        let (step, many) = (at * 7, strings.len());
        let update = format!(
            "UPDATE OR IGNORE {table} SET {column} = {column} ||
                 (SELECT words FROM temp.hostile WHERE n = (length({column}) * 31 + unicode({column}) * 7 + {step}) % {many}) || '' WHERE {column} <> ''"
        );
        match conn.execute(AssertSqlSafe(update)).await {
            Ok(done) if done.rows_affected() > 0 => {
                poisoned.insert(format!("{table}.{column}"));
            }
            _ => {}
        }
    }
    conn.close().await.unwrap();
    poisoned
}
