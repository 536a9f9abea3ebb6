-- Factories' returns of production, water, waste and workers: what was known on a day, what of it can
-- hardly be, and whose is missing. For those who inspect, never for readers.

CREATE TRIGGER resolve_reference BEFORE INSERT ON return_item
FOR EACH ROW EXECUTE FUNCTION resolve_factory_reference();
CREATE TRIGGER resolve_return_items
AFTER INSERT OR UPDATE OF registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION resolve_factory_references('return_item');

-- The newest revision that was handed in by the day, of each item and period. `doubts`, by amounts per
-- day so that periods of different lengths compare:
-- `unit_slip`: about a thousand times, or a thousandth of, the median of the factory's other periods;
-- `jump`: ten times it, or a tenth, and more; of others there must be two, for of two nobody knows
-- which is wrong;
-- `production_without_energy`: something was made, and the year's energy return is nothing or missing.
CREATE FUNCTION returns_as_of(as_of date)
RETURNS TABLE (
    factory_ref text, factory_id text, item text, code text, period_start date, period_end date,
    quantity float8, unit text, returned_on date, revision bigint, late boolean, doubts text[]
) LANGUAGE sql STABLE AS $$
    WITH newest AS MATERIALIZED (
        SELECT DISTINCT ON (k.factory, r.item, r.code, r.period_start, r.period_end)
            k.factory, r.factory_ref, r.factory_id, r.item, r.code, r.period_start, r.period_end,
            r.quantity, r.unit, r.returned_on,
            count(*) OVER versions AS revision,
            min(r.returned_on) OVER versions > r.due_on AS late,
            -- Workers are there all the time; the rest adds up from day to day.
            CASE WHEN r.item = 'workers' THEN r.quantity
                ELSE r.quantity / (r.period_end - r.period_start + 1) END AS rate
        FROM return_item AS r
        -- The same factory may be named by another of its numbers the next time.
        CROSS JOIN LATERAL (SELECT coalesce(r.factory_id, r.factory_ref) AS factory) AS k
        WHERE r.returned_on <= as_of
        WINDOW versions AS (
            PARTITION BY k.factory, r.item, r.code, r.period_start, r.period_end
        )
        ORDER BY k.factory, r.item, r.code, r.period_start, r.period_end, r.returned_on DESC
    ), compared AS (
        SELECT
            n.factory, n.item, n.code, n.period_start, n.period_end,
            -- The upper median for what is too much and the lower for what is too little: of two
            -- others one may be wrong itself.
            n.rate / percentile_disc(0.5) WITHIN GROUP (ORDER BY o.rate DESC) AS of_upper,
            n.rate / percentile_disc(0.5) WITHIN GROUP (ORDER BY o.rate) AS of_lower
        FROM newest AS n
        JOIN newest AS o USING (factory, item, code, unit)
        WHERE o.period_start <> n.period_start AND o.rate > 0 AND n.rate > 0
        GROUP BY n.factory, n.item, n.code, n.period_start, n.period_end, n.rate
        HAVING count(*) >= 2
    ), powered AS (
        SELECT DISTINCT coalesce(e.factory_id, e.factory_ref) AS factory, e.year
        FROM factory_return AS e
        WHERE e.quantity > 0
    )
    SELECT
        n.factory_ref, n.factory_id, n.item, n.code, n.period_start, n.period_end,
        n.quantity, n.unit, n.returned_on, n.revision, n.late,
        array_remove(ARRAY[
            CASE WHEN c.of_upper BETWEEN 500 AND 2000 THEN 'unit_slip'
                WHEN c.of_lower BETWEEN 1.0 / 2000 AND 1.0 / 500 THEN 'unit_slip'
                WHEN c.of_upper >= 10 OR c.of_lower <= 0.1 THEN 'jump' END,
            CASE WHEN n.item = 'product' AND n.quantity > 0 AND p.factory IS NULL
                THEN 'production_without_energy' END
        ], NULL)
    FROM newest AS n
    LEFT JOIN compared AS c USING (factory, item, code, period_start, period_end)
    LEFT JOIN powered AS p
        ON p.factory = n.factory AND p.year = extract(year FROM n.period_start)
$$;

-- Factories that operate and returned an item of another period of the same length, but by the day
-- none of this one: what is missing is not nothing.
CREATE FUNCTION missing_returns(wanted_item text, first date, last date, as_of date)
RETURNS TABLE (factory_id text, last_returned_on date) LANGUAGE sql STABLE AS $$
    SELECT f.id, max(r.returned_on)
    FROM factory AS f
    JOIN return_item AS r ON r.factory_id = f.id
    WHERE f.status = 'operating' AND r.item = wanted_item AND r.returned_on <= as_of
        AND abs((r.period_end - r.period_start) - (last - first)) <= 3
    GROUP BY f.id
    HAVING NOT bool_or(r.period_start = first AND r.period_end = last)
$$;
