-- A message that a participant attached to a report can be taken down by the staff. Its words are kept, so that they
-- can be brought back; nobody who takes part sees them meanwhile.
ALTER TABLE message ADD COLUMN removed_at INTEGER;
