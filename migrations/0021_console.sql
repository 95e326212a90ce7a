-- What the sysop has set in the session: it goes before hob.toml. Names are those of src/service/console/settings.rs; the
-- state of the door and the charter's draft stand here too.
CREATE TABLE place_setting (
    name       TEXT    NOT NULL PRIMARY KEY,
    value      TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
