-- The key that signs receipts, of all receivers on this database (docs/adr/0018). Whoever has it can write receipts.
CREATE TABLE receipt_key (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    secret TEXT    NOT NULL                       -- 32 bytes in hexadecimal
) STRICT;

-- Which keys belong to an assessor of a team: the first one that was seen, and those that somebody added. One that was
-- taken away stays, so that it is never anybody's first again.
CREATE TABLE sender_keys (
    team          TEXT    NOT NULL,
    assessor      TEXT    NOT NULL,               -- SHA-256 of the name in small letters with single spaces
    name          TEXT    NOT NULL,               -- the name as it was first written
    key           TEXT    NOT NULL,               -- its name: SHA-256 of its JWK (RFC 7638)
    since_ms      INTEGER NOT NULL,
    by_hand       INTEGER NOT NULL,               -- 1 where somebody added it
    revoked_at_ms INTEGER,
    PRIMARY KEY (team, assessor, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX sender_keys_by_key ON sender_keys (key);
-- Of two keys that come at once one is the first.
CREATE UNIQUE INDEX sender_keys_first ON sender_keys (team, assessor) WHERE by_hand = 0 AND revoked_at_ms IS NULL;

-- What was known of the sender when it came, and the name of its key where the signature holds.
ALTER TABLE submissions ADD COLUMN sender TEXT NOT NULL DEFAULT 'absent';
ALTER TABLE submissions ADD COLUMN sender_key TEXT;

-- Lists of one rubric, and of so many stars, which may be few among very many.
CREATE INDEX submissions_by_rubric ON submissions (rubric_id, received_at_ms DESC, id DESC);
CREATE INDEX submissions_by_stars ON submissions (stars, received_at_ms DESC, id DESC);
