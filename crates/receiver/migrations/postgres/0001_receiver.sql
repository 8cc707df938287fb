-- The same tables as in SQLite (../sqlite says what each is for). Ids, sums and teams are compared byte by byte, whatever
-- language the database speaks.
CREATE TABLE submissions (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    assessment     TEXT COLLATE "C" NOT NULL,
    digest         TEXT COLLATE "C" NOT NULL,
    document       TEXT NOT NULL,
    receipt        TEXT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    product        TEXT NOT NULL,
    business       TEXT NOT NULL,
    rubric_id      TEXT COLLATE "C" NOT NULL,
    rubric_version TEXT COLLATE "C" NOT NULL,
    rubric_sha256  TEXT COLLATE "C" NOT NULL,
    stars          BIGINT,
    total_num      BIGINT,
    total_den      BIGINT,
    team           TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE INDEX submissions_by_assessment ON submissions (assessment, received_at_ms);
CREATE INDEX submissions_by_time ON submissions (received_at_ms DESC, id DESC);
CREATE INDEX submissions_by_team ON submissions (team, received_at_ms DESC, id DESC);

CREATE TABLE evidence (
    assessment   TEXT COLLATE "C" NOT NULL,
    sha256       TEXT COLLATE "C" NOT NULL,
    bytes        BIGINT NOT NULL,
    stored_at_ms BIGINT NOT NULL,
    PRIMARY KEY (assessment, sha256)
);

CREATE TABLE tokens (
    sha256        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    team          TEXT COLLATE "C" NOT NULL,
    name          TEXT NOT NULL,
    scopes        TEXT NOT NULL,
    made_at_ms    BIGINT NOT NULL,
    revoked_at_ms BIGINT
);
