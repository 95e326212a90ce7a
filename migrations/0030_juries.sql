-- Juries (M4): an appeal can go to regulars who are drawn; and what skips a step of the ladder waits for a second pair of
-- eyes, as a removal does. What is allowed in a matter changes, so its table is made anew; nothing refers to it yet.
DROP VIEW matter_part;
CREATE TABLE matter_new (
    id             INTEGER PRIMARY KEY,
    kind           TEXT    NOT NULL CHECK (kind IN ('appeal', 'removal', 'step')),
    member_id      INTEGER NOT NULL REFERENCES member (id), -- whom it concerns
    asked_by       INTEGER NOT NULL REFERENCES member (id), -- who appeals, or who would do it
    asked_at       INTEGER NOT NULL,
    act_id         INTEGER REFERENCES mod_act (id),         -- the act that is appealed against
    deed           TEXT,                                    -- of a step: what would be done
    hours          INTEGER,                                 -- and for how long; NULL: until it is lifted
    rule_no        INTEGER NOT NULL,
    words          TEXT    NOT NULL,                        -- the appeal, or the reason of what would be done
    jury_at        INTEGER,                                 -- since when a jury has it; NULL: the staff
    last_resort_at INTEGER,                                 -- since when nobody but who decided is left to look
    decided_by     INTEGER REFERENCES member (id),          -- NULL: a jury
    decided_at     INTEGER,
    granted        INTEGER CHECK (granted IN (0, 1)),       -- the act was overturned, what was asked for was done
    answer         TEXT    NOT NULL DEFAULT '',             -- why, in the words of who decided
    done_act_id    INTEGER REFERENCES mod_act (id)          -- what was done because of it
) STRICT;
INSERT INTO matter_new (id, kind, member_id, asked_by, asked_at, act_id, rule_no, words, decided_by, decided_at, granted,
                        answer, done_act_id)
    SELECT id, kind, member_id, asked_by, asked_at, act_id, rule_no, words, decided_by, decided_at, granted, answer,
           (SELECT mod_act.id FROM mod_act
             WHERE matter.kind = 'removal' AND granted = 1 AND mod_act.action = 'member.remove'
               AND mod_act.thing_id = matter.member_id AND mod_act.at = matter.decided_at)
      FROM matter;
DROP TABLE matter;
ALTER TABLE matter_new RENAME TO matter;
CREATE INDEX matter_waiting ON matter (asked_at) WHERE decided_at IS NULL;
CREATE INDEX matter_member ON matter (member_id);
CREATE INDEX matter_done ON matter (done_act_id) WHERE done_act_id IS NOT NULL;
-- One appeal for an act, and one open question for a second pair of eyes on a member.
CREATE UNIQUE INDEX matter_act ON matter (act_id) WHERE act_id IS NOT NULL;
CREATE UNIQUE INDEX matter_eyes ON matter (member_id) WHERE kind <> 'appeal' AND decided_at IS NULL;

-- Who was drawn for a jury. Whoever left it is not asked again.
CREATE TABLE juror (
    id        INTEGER PRIMARY KEY,
    matter_id INTEGER NOT NULL REFERENCES matter (id),
    member_id INTEGER NOT NULL REFERENCES member (id),
    asked_at  INTEGER NOT NULL,
    left_at   INTEGER,                                      -- declined, did not answer, or became part of it
    voted_at  INTEGER,
    undo      INTEGER CHECK (undo IN (0, 1)),
    reason    TEXT    NOT NULL DEFAULT '',
    UNIQUE (matter_id, member_id)
) STRICT;
CREATE INDEX juror_member ON juror (member_id);

-- What a jury did: how many regulars it was. They are named nowhere: actor_id is then the member whose appeal it was.
ALTER TABLE mod_act ADD COLUMN jury INTEGER NOT NULL DEFAULT 0;

-- Who is part of an act, and so of an appeal against it: whom it concerns, who did it, who asked for it where it took two,
-- who decided its case, who reported the member.
CREATE VIEW act_part AS
    SELECT id AS act_id, actor_id AS member_id FROM mod_act
    UNION SELECT id, target_id FROM mod_act WHERE target_id IS NOT NULL
    UNION SELECT done_act_id, asked_by FROM matter WHERE done_act_id IS NOT NULL
    UNION SELECT done_act_id, decided_by FROM matter WHERE done_act_id IS NOT NULL AND decided_by IS NOT NULL
    UNION SELECT act.id, mod_case.decided_by FROM mod_act AS act JOIN mod_case ON mod_case.id = act.case_id
           WHERE mod_case.decided_by IS NOT NULL
    UNION SELECT act.id, report.reporter_id
            FROM mod_act AS act JOIN mod_case ON mod_case.author_id = act.target_id JOIN report ON report.case_id = mod_case.id
           WHERE mod_case.decided_at IS NULL OR mod_case.id = act.case_id;

-- Who is part of a matter and so neither sees nor decides it (M4): who began it, whom it concerns, who is part of the act,
-- who reported the member.
CREATE VIEW matter_part AS
    SELECT id AS matter_id, asked_by AS member_id FROM matter
    UNION SELECT id, member_id FROM matter
    UNION SELECT matter.id, act_part.member_id FROM matter JOIN act_part ON act_part.act_id = matter.act_id
    UNION SELECT matter.id, report.reporter_id
            FROM matter JOIN mod_case ON mod_case.author_id = matter.member_id JOIN report ON report.case_id = mod_case.id
           WHERE mod_case.decided_at IS NULL;

-- Who is not drawn for a jury about an act: who is part of it, and who stands near the member in any way, mutes among them.
CREATE VIEW jury_part AS
    SELECT act_id, member_id FROM act_part
    UNION SELECT act.id, near.other_id FROM mod_act AS act JOIN stands_near AS near ON near.member_id = act.target_id
    UNION SELECT act.id, guest.id FROM mod_act AS act JOIN member AS guest ON guest.invited_by = act.target_id
    UNION SELECT act.id, mute.member_id FROM mod_act AS act JOIN member_mute AS mute ON mute.muted_id = act.target_id
    UNION SELECT act.id, mute.muted_id FROM mod_act AS act JOIN member_mute AS mute ON mute.member_id = act.target_id;
