-- Who invited a member leaves judging them to others on the staff (M4), as long as there is one who is free: a place
-- with one sysop, who invited everybody, must still be kept well.
CREATE INDEX member_staff ON member (id) WHERE role <> 'member';

-- For a case: free is who neither wrote nor reported the thing.
CREATE VIEW case_aside AS
    SELECT mod_case.id AS case_id, author.invited_by AS inviter_id
      FROM mod_case JOIN member AS author ON author.id = mod_case.author_id
     WHERE author.invited_by IS NOT NULL AND EXISTS (
           SELECT 1 FROM member AS other
            WHERE other.role <> 'member' AND other.standing = 'active'
              AND other.id NOT IN (author.id, author.invited_by)
              AND NOT EXISTS (SELECT 1 FROM report WHERE case_id = mod_case.id AND reporter_id = other.id));

-- For an act outside a case: free is who has no open report on anything of the member's.
CREATE VIEW member_aside AS
    SELECT author.id AS member_id, author.invited_by AS inviter_id
      FROM member AS author
     WHERE author.invited_by IS NOT NULL AND EXISTS (
           SELECT 1 FROM member AS other
            WHERE other.role <> 'member' AND other.standing = 'active'
              AND other.id NOT IN (author.id, author.invited_by)
              AND NOT EXISTS (SELECT 1 FROM report JOIN mod_case ON mod_case.id = report.case_id
                               WHERE mod_case.author_id = author.id AND mod_case.decided_at IS NULL
                                 AND report.reporter_id = other.id));

-- A key that was pasted opens nothing until its holder proves it once under the handle that it was pasted for: anybody
-- can paste a public key that is somebody else's.
ALTER TABLE member_key ADD COLUMN proved_at INTEGER;
UPDATE member_key SET proved_at = added_at;
DROP INDEX member_key_live;
CREATE UNIQUE INDEX member_key_live ON member_key (fingerprint) WHERE revoked_at IS NULL AND proved_at IS NOT NULL;
