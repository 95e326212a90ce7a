-- Keys and networks that open nothing here (M6). A ban ends by itself at until, or is lifted; rows stay as the record.
CREATE TABLE ban (
    id        INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('key', 'network')),
    subject   TEXT    NOT NULL,                -- a key's fingerprint, or a network: 192.0.2.0/24
    reason    TEXT    NOT NULL,                -- read by members in the mod log, and by whom it keeps out
    made_by   INTEGER REFERENCES member (id),  -- NULL: the host
    made_at   INTEGER NOT NULL,
    until     INTEGER,                         -- NULL: until it is lifted
    lifted_at INTEGER,
    lifted_by INTEGER REFERENCES member (id)
) STRICT;
CREATE INDEX ban_subject ON ban (kind, subject);

-- From where accounts were here lately: an IPv4 address, or the /64 of an IPv6 one. Kept for 30 days.
CREATE TABLE seen_from (
    member_id INTEGER NOT NULL REFERENCES member (id),
    network   TEXT    NOT NULL,
    first_at  INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    PRIMARY KEY (member_id, network)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_from_last ON seen_from (last_at);
