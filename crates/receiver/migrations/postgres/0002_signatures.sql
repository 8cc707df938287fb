-- The same as 0005 of SQLite.
CREATE TABLE receipt_key (
    one    BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    secret TEXT COLLATE "C" NOT NULL
);

CREATE TABLE sender_keys (
    team          TEXT COLLATE "C" NOT NULL,
    assessor      TEXT COLLATE "C" NOT NULL,
    name          TEXT NOT NULL,
    key           TEXT COLLATE "C" NOT NULL,
    since_ms      BIGINT NOT NULL,
    by_hand       BIGINT NOT NULL,
    revoked_at_ms BIGINT,
    PRIMARY KEY (team, assessor, key)
);

CREATE INDEX sender_keys_by_key ON sender_keys (key);
CREATE UNIQUE INDEX sender_keys_first ON sender_keys (team, assessor) WHERE by_hand = 0 AND revoked_at_ms IS NULL;

ALTER TABLE submissions ADD COLUMN sender TEXT COLLATE "C" NOT NULL DEFAULT 'absent';
ALTER TABLE submissions ADD COLUMN sender_key TEXT COLLATE "C";

-- Lists of one rubric, and of so many stars, which may be few among very many.
CREATE INDEX submissions_by_rubric ON submissions (rubric_id, received_at_ms DESC, id DESC);
CREATE INDEX submissions_by_stars ON submissions (stars, received_at_ms DESC, id DESC);
