-- One row a finishing. Rows are only ever added, so an answer once given stays true.
CREATE TABLE submissions (
    id             TEXT    NOT NULL PRIMARY KEY,  -- the finishing: idempotency key
    assessment     TEXT    NOT NULL,              -- the assessment, the same through all its finishings
    digest         TEXT    NOT NULL,              -- SHA-256 of the canonical envelope, as reckoned here
    document       TEXT    NOT NULL,              -- the body exactly as it was received
    receipt        TEXT    NOT NULL,              -- the receipt exactly as it was given
    received_at_ms INTEGER NOT NULL,
    product        TEXT    NOT NULL,
    business       TEXT    NOT NULL,
    rubric_id      TEXT    NOT NULL,
    rubric_version TEXT    NOT NULL,
    rubric_sha256  TEXT    NOT NULL,
    stars          INTEGER,                       -- as reckoned here; NULL where the rubric is not known here
    total_num      INTEGER,
    total_den      INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX submissions_by_assessment ON submissions (assessment, received_at_ms);
