-- Several rows of one run that name the same thing and say otherwise of it.

-- The last one is kept, as of deliveries that follow one another; within a run nobody knows which
-- is right. Of each such key a finding tells the columns that differ, with two of their values, at
-- the row that is kept. A blank says nothing otherwise.
CREATE FUNCTION tell_repeated_rows(target text, key text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    keys text := array_to_string(key, ', ');
    differences text;
BEGIN
    SELECT string_agg(format(
        'CASE WHEN count(DISTINCT %1$I) > 1 THEN %1$L || '' '' || min(%1$I::text) || '' and ''
            || max(%1$I::text) END',
        a.attname
    ), ', ')
    INTO differences
    FROM pg_attribute AS a
    WHERE a.attrelid = ('staging.' || target)::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '' AND a.attname <> ALL (key)
        AND a.attname NOT IN ('file', 'line', 'doubts', 'source');

    EXECUTE format(
        'WITH repeated AS (
            SELECT %1$s FROM %2$I GROUP BY %1$s HAVING count(*) > 1
        ), differing AS (
            SELECT %1$s, max(seq) AS kept, concat_ws(''; '', %3$s) AS differences
            FROM %2$I JOIN repeated USING (%1$s) GROUP BY %1$s
        )
        INSERT INTO merge_finding (file, line, reason, detail, stored)
        SELECT s.file, s.line, ''rows of one file contradict each other: the last is kept'',
            left(concat_ws('', '', %4$s) || '': '' || d.differences, 400), true
        FROM differing AS d
        JOIN %2$I AS s ON s.seq = d.kept
        WHERE d.differences <> ''''
        ORDER BY s.seq',
        keys, 'staged_' || target, differences,
        (SELECT string_agg(format('d.%I', name), ', ') FROM unnest(key) AS name)
    );
END $$;
