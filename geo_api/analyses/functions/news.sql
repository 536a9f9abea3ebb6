-- What is news to an analysis though no Run brought it: residents report and staff decide one case at a
-- time. Each trigger names the analyses that read what it watches; the next pass of each takes its
-- rows away before it reads, so that what is committed meanwhile is news to the pass after.

CREATE FUNCTION note_news() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO analysis_news (analysis) SELECT unnest(TG_ARGV);
    RETURN NULL;
END $$;

-- Imports are told of by their Run.
CREATE TRIGGER note_received AFTER INSERT ON complaint
    FOR EACH ROW WHEN (NEW.channel <> 'import' AND NEW.geom IS NOT NULL)
    EXECUTE FUNCTION note_news('complaint_attribution');

CREATE TRIGGER note_decided AFTER UPDATE OF geom, category, is_spam, happened_at ON complaint
    FOR EACH ROW WHEN (
        -- As bytes: a backup is restored where PostGIS' operators are not in the search path.
        (OLD.geom::bytea, OLD.category, OLD.is_spam, OLD.happened_at)
            IS DISTINCT FROM (NEW.geom::bytea, NEW.category, NEW.is_spam, NEW.happened_at)
    )
    EXECUTE FUNCTION note_news('complaint_attribution');
