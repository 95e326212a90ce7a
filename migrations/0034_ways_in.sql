-- What opens an account. `ways_no` counts up when its ways in are made anew (a recovery, D9, or a new password by a
-- sysop or on the host): sessions that a password or a certificate opened before that end.
ALTER TABLE member ADD COLUMN ways_no INTEGER NOT NULL DEFAULT 0;

-- The certificate by which somebody came in (D10): whoever reads later why they needed no application finds it here.
CREATE TABLE pass (
    member_id   INTEGER PRIMARY KEY REFERENCES member (id),
    authority   TEXT    NOT NULL,              -- the authority's name
    key_id      TEXT    NOT NULL,              -- what the authority called the certificate
    serial      TEXT    NOT NULL,              -- its number, which may be larger than an INTEGER
    fingerprint TEXT    NOT NULL,              -- of the key that it is about
    valid_until INTEGER,                       -- NULL: for ever
    used_at     INTEGER NOT NULL
) STRICT;
