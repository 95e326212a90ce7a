-- A watch may be on a key or a network instead of a member (M6): whoever comes with it is marked. Taking NOT NULL away
-- changes nothing that is stored (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, 'member_id INTEGER NOT NULL REFERENCES member (id),', 'member_id INTEGER REFERENCES member (id),')
 WHERE type = 'table' AND name = 'watch';
PRAGMA writable_schema = RESET;
ALTER TABLE watch ADD COLUMN kind TEXT CHECK (kind IN ('key', 'network'));
-- A key's fingerprint, or a network: 192.0.2.0/24. Networks are forgotten 30 days after their watch is over.
ALTER TABLE watch ADD COLUMN subject TEXT
    CHECK ((subject IS NULL) = (member_id IS NOT NULL) AND (subject IS NULL) = (kind IS NULL));
