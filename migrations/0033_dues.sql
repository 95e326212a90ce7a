-- Dues (P6), where a place keeps any: no payments, only a ledger of until when whose dues run. Nothing in it changes; what
-- was wrong is taken back by an entry that says so.
CREATE TABLE dues_entry (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    ends_at   INTEGER NOT NULL,                              -- the beginning of the first day that they no longer cover
    note      TEXT    NOT NULL DEFAULT '',
    by_id     INTEGER REFERENCES member (id),                -- NULL: the host
    at        INTEGER NOT NULL,
    counters  INTEGER UNIQUE REFERENCES dues_entry (id)      -- the entry that this one takes back
) STRICT;
CREATE INDEX dues_entry_member ON dues_entry (member_id, id);
CREATE TRIGGER dues_entry_no_update BEFORE UPDATE ON dues_entry BEGIN
    SELECT RAISE (ABORT, 'dues entries are append-only');
END;
CREATE TRIGGER dues_entry_no_delete BEFORE DELETE ON dues_entry BEGIN
    SELECT RAISE (ABORT, 'dues entries are append-only');
END;
CREATE TRIGGER dues_entry_no_replace BEFORE INSERT ON dues_entry
  WHEN EXISTS (SELECT 1 FROM dues_entry WHERE id = NEW.id OR (NEW.counters IS NOT NULL AND counters = NEW.counters)) BEGIN
    SELECT RAISE (ABORT, 'dues entries are append-only');
END;

-- Who has asked to be let off. Between that member and the sysop; no reason is kept, for none is asked.
CREATE TABLE dues_waiver (
    member_id INTEGER PRIMARY KEY REFERENCES member (id),
    asked_at  INTEGER NOT NULL
) STRICT;

-- What was said once about a term: to the member that it ends, to the sysop that the grace days are over too.
CREATE TABLE dues_told (
    member_id INTEGER NOT NULL REFERENCES member (id),
    ends_at   INTEGER NOT NULL,
    what      TEXT    NOT NULL CHECK (what IN ('ends', 'over')),
    told_at   INTEGER NOT NULL,
    PRIMARY KEY (member_id, ends_at, what)
) STRICT, WITHOUT ROWID;
