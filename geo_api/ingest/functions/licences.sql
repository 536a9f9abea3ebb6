-- Licences and annual fees find their factory; how a factory stands with its fees. For officers, never
-- for readers.

CREATE TRIGGER resolve_reference BEFORE INSERT ON licence
FOR EACH ROW EXECUTE FUNCTION resolve_factory_reference();
CREATE TRIGGER resolve_licences AFTER INSERT OR UPDATE OF registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION resolve_factory_references('licence');
CREATE TRIGGER resolve_reference BEFORE INSERT ON annual_fee
FOR EACH ROW EXECUTE FUNCTION resolve_factory_reference();
CREATE TRIGGER resolve_annual_fees AFTER INSERT OR UPDATE OF registration_no, fid ON factory
FOR EACH STATEMENT EXECUTE FUNCTION resolve_factory_references('annual_fee');

-- Of factories of groups 2 and 3, which alone pay: `overdue` years are those whose day to pay has passed
-- unpaid; of a year without such a day, or without any row, nobody knows, and it is counted apart.
CREATE FUNCTION fee_flags(as_of date)
RETURNS TABLE (factory_id text, overdue integer[], without_day integer[], last_paid integer)
LANGUAGE sql STABLE AS $$
    SELECT
        f.id,
        coalesce(array_agg(a.fee_year ORDER BY a.fee_year) FILTER (
            WHERE a.state = 'unpaid' AND a.due_on < as_of
        ), '{}'),
        coalesce(array_agg(a.fee_year ORDER BY a.fee_year) FILTER (
            WHERE a.state = 'unpaid' AND a.due_on IS NULL
        ), '{}'),
        max(a.fee_year) FILTER (WHERE a.state = 'paid' AND coalesce(a.paid_on <= as_of, true))
    FROM factory AS f
    JOIN annual_fee AS a ON a.factory_id = f.id
    WHERE f.factory_group IN (2, 3)
    GROUP BY f.id
$$;
