-- The key that signs receipts, of all receivers on this database (docs/adr/0018). Whoever has it can write receipts.
CREATE TABLE receipt_key (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    secret TEXT    NOT NULL                       -- 32 bytes in hexadecimal
) STRICT;

-- Which keys belong to an assessor of a team: the first one that was seen, and those that somebody added.
CREATE TABLE sender_keys (
    team       TEXT    NOT NULL,
    assessor   TEXT    NOT NULL,
    key        TEXT    NOT NULL,                  -- its name: SHA-256 of its JWK (RFC 7638)
    since_ms   INTEGER NOT NULL,
    by_hand    INTEGER NOT NULL,                  -- 1 where somebody added it
    PRIMARY KEY (team, assessor, key)
) STRICT, WITHOUT ROWID;

-- Of two keys that come at once one is the first.
CREATE UNIQUE INDEX sender_keys_first ON sender_keys (team, assessor) WHERE by_hand = 0;

-- What was known of the sender when it came, and the name of its key where the signature holds.
ALTER TABLE submissions ADD COLUMN sender TEXT NOT NULL DEFAULT 'absent';
ALTER TABLE submissions ADD COLUMN sender_key TEXT;
