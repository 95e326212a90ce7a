-- What waits for somebody else than whoever began it: an appeal against an act, and a removal that needs a second pair
-- of eyes.
CREATE TABLE matter (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('appeal', 'removal')),
    member_id  INTEGER NOT NULL REFERENCES member (id), -- whom it concerns
    asked_by   INTEGER NOT NULL REFERENCES member (id), -- who appeals, or who would remove
    asked_at   INTEGER NOT NULL,
    act_id     INTEGER REFERENCES mod_act (id),         -- the act that is appealed against
    rule_no    INTEGER NOT NULL,
    words      TEXT    NOT NULL,                        -- the appeal, or the reason of the removal
    decided_by INTEGER REFERENCES member (id),
    decided_at INTEGER,
    granted    INTEGER CHECK (granted IN (0, 1)),       -- the act was overturned, the removal carried out
    answer     TEXT    NOT NULL DEFAULT ''              -- why, in the words of who decided
) STRICT;
CREATE INDEX matter_waiting ON matter (asked_at) WHERE decided_at IS NULL;
CREATE INDEX matter_member ON matter (member_id);
-- One appeal for an act, and one open removal of a member.
CREATE UNIQUE INDEX matter_act ON matter (act_id) WHERE act_id IS NOT NULL;
CREATE UNIQUE INDEX matter_removal ON matter (member_id) WHERE kind = 'removal' AND decided_at IS NULL;

-- Who is part of a matter and so neither sees nor decides it (M4): who began it, whom it concerns, who did the act, who
-- reported the member.
CREATE VIEW matter_part AS
    SELECT id AS matter_id, asked_by AS member_id FROM matter
    UNION SELECT id, member_id FROM matter
    UNION SELECT matter.id, mod_act.actor_id FROM matter JOIN mod_act ON mod_act.id = matter.act_id
    UNION SELECT matter.id, report.reporter_id
            FROM matter JOIN mod_case ON mod_case.author_id = matter.member_id JOIN report ON report.case_id = mod_case.id
           WHERE mod_case.decided_at IS NULL OR mod_case.id = (SELECT case_id FROM mod_act WHERE id = matter.act_id);

-- Who stands near a member: their inviter, and whoever one of the two has blocked. They leave judging to others as long as
-- somebody else on the staff is free: nobody gets out of reach by blocking all moderators.
CREATE VIEW stands_near AS
    SELECT id AS member_id, invited_by AS other_id FROM member WHERE invited_by IS NOT NULL
    UNION SELECT member_id, blocked_id FROM member_block
    UNION SELECT blocked_id, member_id FROM member_block;
