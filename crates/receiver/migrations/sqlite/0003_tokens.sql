-- Who may send and read (docs/adr/0014). Rows are never removed: that there ever was a token closes the receiver.
CREATE TABLE tokens (
    sha256        TEXT    NOT NULL PRIMARY KEY,  -- of the token; the token itself is nowhere
    team          TEXT    NOT NULL,
    name          TEXT    NOT NULL,              -- what a person calls it
    scopes        TEXT    NOT NULL,              -- words with a space between them: upload, read
    made_at_ms    INTEGER NOT NULL,
    revoked_at_ms INTEGER
) STRICT, WITHOUT ROWID;

-- The team whose token brought it; empty for what came before there were tokens.
ALTER TABLE submissions ADD COLUMN team TEXT NOT NULL DEFAULT '';
