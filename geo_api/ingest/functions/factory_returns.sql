-- How factories' returns are merged, and which of a factory's years do not fit the others.

CREATE FUNCTION merge_factory_return(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_repeated_rows('factory_return', ARRAY['factory_ref', 'year', 'energy', 'unit']);
    PERFORM doubt_repeated_quantities();
    SELECT m.inserted, m.updated, m.unchanged INTO inserted, updated, unchanged
    FROM merge_coalesced(
        'factory_return', ARRAY['factory_ref', 'year', 'energy', 'unit'], run
    ) AS m;
    PERFORM compare_returned_years();
    RETURN NEXT;
END $$;

-- Several quantities of one year in one delivery, as of months or of boilers: the last alone is not
-- the year's.
CREATE FUNCTION doubt_repeated_quantities() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE staged_factory_return AS s SET doubts = s.doubts || '{quantity_repeated}'::text[]
    FROM (
        SELECT factory_ref, year, energy, unit
        FROM staged_factory_return
        GROUP BY factory_ref, year, energy, unit
        HAVING count(DISTINCT quantity) > 1
    ) AS r
    WHERE (s.factory_ref, s.year, s.energy, s.unit) = (r.factory_ref, r.year, r.energy, r.unit);
END $$;

-- A hundredfold of all the factory's other years of the same energy, or a hundredth, is a slip of
-- the unit (kg for t, kWh for MWh) or of the comma: works that grow do so by less. Of the others
-- there must be two: of two years nobody knows which is wrong.
CREATE FUNCTION compare_returned_years() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE factory_return AS t SET compared_doubts = j.doubts
    FROM (
        SELECT r.factory_ref, r.year, r.energy, r.unit,
            CASE WHEN r.quantity > 0
                    AND (r.quantity >= 100 * others.most OR r.quantity <= others.least / 100)
                THEN '{quantity_jump}'::text[] ELSE '{}' END AS doubts
        FROM factory_return AS r
        JOIN (SELECT DISTINCT factory_ref, energy, unit FROM staged_factory_return) AS s
            USING (factory_ref, energy, unit)
        LEFT JOIN LATERAL (
            SELECT max(o.quantity) AS most, min(o.quantity) AS least
            FROM factory_return AS o
            WHERE (o.factory_ref, o.energy, o.unit) = (r.factory_ref, r.energy, r.unit)
                AND o.year <> r.year AND o.quantity > 0
            HAVING count(*) >= 2
        ) AS others ON true
    ) AS j
    WHERE (t.factory_ref, t.year, t.energy, t.unit) = (j.factory_ref, j.year, j.energy, j.unit)
        AND t.compared_doubts <> j.doubts;
END $$;
