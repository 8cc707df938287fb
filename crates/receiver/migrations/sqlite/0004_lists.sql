-- Lists go by the time of receipt, the newest first, in one team's or in all.
CREATE INDEX submissions_by_time ON submissions (received_at_ms DESC, id DESC);
CREATE INDEX submissions_by_team ON submissions (team, received_at_ms DESC, id DESC);
