-- One row a file that is whole, checked and on disk. A file belongs to an assessment: its later finishings need not
-- send it again.
CREATE TABLE evidence (
    assessment   TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    bytes        INTEGER NOT NULL,
    stored_at_ms INTEGER NOT NULL,
    PRIMARY KEY (assessment, sha256)
) STRICT, WITHOUT ROWID;
