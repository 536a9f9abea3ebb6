-- What follows `published`: the same views once more, over tables as they were at a version of the
-- data. A session says which by `fahsai.as_of`, and by `fahsai.as_of_time` what `now()` then was.
CREATE SCHEMA published_as_of;
CREATE SCHEMA as_of;

-- And those of layers that show the rows of a table one by one over the rows of it alone that were not
-- the same at another version, `fahsai.compared_with`.
CREATE SCHEMA published_changes;
CREATE SCHEMA as_of_changes;

CREATE VIEW as_of_changes.bounds AS
SELECT
    CASE WHEN v.is_later THEN as_of_below(v.other) - 1 ELSE 9223372036854775807 END AS till,
    CASE WHEN v.is_later THEN as_of_among(v.other) ELSE '{}' END AS till_also,
    CASE WHEN v.is_later THEN 0 ELSE as_of_below(v.other) END AS since,
    CASE WHEN v.is_later THEN '{}' ELSE as_of_among(v.other) END AS since_without
FROM (
    SELECT c.other, c.other > as_of_version() AS is_later
    FROM (SELECT current_setting('fahsai.compared_with')::bigint AS other) AS c
) AS v;

GRANT USAGE ON SCHEMA published_as_of, published_changes TO fahsai_reader;
