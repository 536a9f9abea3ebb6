-- What follows `published`: the same views once more, over tables as they were at a version of the
-- data. A session says which by `fahsai.as_of`, and by `fahsai.as_of_time` what `now()` then was.
CREATE SCHEMA published_as_of;
CREATE SCHEMA as_of;

-- Transactions below a number were committed by then, and some `among` those above it, which had
-- begun later and ended earlier than others. Read in the snapshot of the rows themselves.
CREATE VIEW as_of.bounds AS
SELECT
    coalesce(later.first, 9223372036854775807) AS below,
    ARRAY(
        SELECT c.transaction FROM data_commit AS c
        WHERE c.transaction > later.first AND c.version <= v.version
    ) AS among,
    nullif(current_setting('fahsai.compared_table', true), '') AS compared
FROM (SELECT current_setting('fahsai.as_of')::bigint AS version OFFSET 0) AS v
CROSS JOIN LATERAL (
    SELECT min(c.transaction) AS first FROM data_commit AS c WHERE c.version > v.version
) AS later;

-- The same of the version that it is compared with, where it is.
CREATE VIEW as_of.other_bounds AS
SELECT
    coalesce(later.first, 9223372036854775807) AS below,
    ARRAY(
        SELECT c.transaction FROM data_commit AS c
        WHERE c.transaction > later.first AND c.version <= v.version
    ) AS among
FROM (
    SELECT coalesce(nullif(current_setting('fahsai.compared_with', true), '')::bigint, 0) AS version
    OFFSET 0
) AS v
CROSS JOIN LATERAL (
    SELECT min(c.transaction) AS first FROM data_commit AS c WHERE c.version > v.version
) AS later;

GRANT USAGE ON SCHEMA published_as_of TO fahsai_reader;
