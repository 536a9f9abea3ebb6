-- How the factory register is merged, and where its factories lie.

-- The register names a factory's province; only where it does not, the point decides. What is known
-- of a factory is not undone by a blank; where a newer extract has one, the run's warnings say so.
CREATE FUNCTION merge_factory(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
BEGIN
    -- Seeing a factory again is no change of it, so it is noted apart and not counted.
    UPDATE factory AS t SET last_seen_at = seen.at
    FROM (
        SELECT s.id, max(s.last_seen_at) AS at FROM staged_factory AS s GROUP BY s.id
    ) AS seen
    WHERE t.id = seen.id AND t.last_seen_at < seen.at;

    PERFORM set_conflicting_factories_aside();
    SELECT m.inserted, m.updated, m.unchanged INTO inserted, updated, unchanged
    FROM upsert_factories(run) AS m;
    PERFORM doubt_places('factory', 'province_code', run);
    PERFORM tell_doubted_places();
    RETURN NEXT;
END $$;

-- One number for two factories, of other names and more than a kilometre apart, is a conflict, not
-- a change: the one that stands, or else the last of the newest delivered, is kept with a doubt,
-- and the others are not stored. A record that the register changed later takes its place.
CREATE FUNCTION set_conflicting_factories_aside() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE conflicting_factory ON COMMIT DROP AS
    WITH delivered AS (
        SELECT s.seq, s.id, s.file, s.line, s.name, s.geom, s.updated_on,
            first_value(s.seq) OVER newest AS best
        FROM staged_factory AS s
        WINDOW newest AS (PARTITION BY s.id ORDER BY s.updated_on DESC NULLS LAST, s.seq DESC)
    ), standing AS (
        SELECT d.id, coalesce(t.name, b.name) AS name, coalesce(t.geom, b.geom) AS geom,
            CASE WHEN t.id IS NULL THEN b.seq END AS seq
        FROM delivered AS b
        JOIN (SELECT DISTINCT id FROM delivered) AS d ON d.id = b.id AND b.seq = b.best
        LEFT JOIN factory AS t
            ON t.id = d.id AND t.geom IS NOT NULL AND (b.updated_on > t.updated_on) IS NOT TRUE
    )
    SELECT d.id, d.seq, d.file, d.line,
        format(
            '%s: "%s" at %s and "%s" at %s', d.id, s.name,
            point_text(s.geom), d.name, point_text(d.geom)
        ) AS detail
    FROM delivered AS d
    JOIN standing AS s ON s.id = d.id AND s.seq IS DISTINCT FROM d.seq
    WHERE d.name <> s.name
        AND NOT ST_DWithin(d.geom::geography, s.geom::geography, 1000);

    DELETE FROM staged_factory AS s USING conflicting_factory AS c WHERE s.seq = c.seq;
    UPDATE staged_factory AS s SET doubts = s.doubts || '{number_conflict}'::text[]
    FROM (SELECT DISTINCT id FROM conflicting_factory) AS c
    WHERE s.id = c.id;
    UPDATE factory AS t SET doubts = t.doubts || '{number_conflict}'::text[]
    FROM (SELECT DISTINCT id FROM conflicting_factory) AS c
    WHERE t.id = c.id AND NOT t.doubts @> '{number_conflict}'
        AND NOT EXISTS (SELECT FROM staged_factory AS s WHERE s.id = c.id);
    INSERT INTO merge_finding (file, line, reason, detail, stored)
    SELECT file, line, 'registration number of two factories', detail, false
    FROM conflicting_factory ORDER BY seq;
    DROP TABLE conflicting_factory;
END $$;

CREATE FUNCTION point_text(place geometry) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT round(ST_Y(place)::numeric, 4) || ', ' || round(ST_X(place)::numeric, 4)
$$;

CREATE FUNCTION upsert_factories(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    WITH delivered AS MATERIALIZED (
        SELECT DISTINCT ON (s.id)
            s.id, s.file, s.line, s.source, s.registration_no, s.fid, s.name, s.factory_group, s.factory_class, s.kind,
            s.product, s.isic_code, s.horsepower, s.workers, s.estate, s.district_name,
            s.subdistrict_name, s.flag, s.location_precision, s.geom, s.pok_date, s.updated_on,
            s.doubts,
            coalesce(s.natural_person, false) AS natural_person,
            coalesce(
                s.province_code,
                (SELECT min(p.code) FROM province AS p WHERE ST_Intersects(p.geom, s.geom))
            ) AS province_code,
            nullif(s.status, 'unknown') AS status,
            coalesce(s.last_seen_at, now()) AS last_seen_at
        FROM staged_factory AS s
        ORDER BY s.id, s.updated_on DESC NULLS LAST, s.seq DESC
    ), known AS MATERIALIZED (
        SELECT
            d.id, d.file, d.line, d.source, d.name, d.natural_person, d.doubts, d.last_seen_at,
            coalesce(d.registration_no, t.registration_no) AS registration_no,
            coalesce(d.fid, t.fid) AS fid,
            coalesce(d.factory_group, t.factory_group) AS factory_group,
            coalesce(d.factory_class, t.factory_class) AS factory_class,
            coalesce(d.kind, t.kind) AS kind, coalesce(d.product, t.product) AS product,
            coalesce(d.isic_code, t.isic_code) AS isic_code,
            coalesce(d.horsepower, t.horsepower) AS horsepower,
            coalesce(d.workers, t.workers) AS workers, coalesce(d.estate, t.estate) AS estate,
            coalesce(d.province_code, t.province_code) AS province_code,
            coalesce(d.district_name, t.district_name) AS district_name,
            coalesce(d.subdistrict_name, t.subdistrict_name) AS subdistrict_name,
            coalesce(d.flag, t.flag) AS flag, coalesce(d.pok_date, t.pok_date) AS pok_date,
            coalesce(d.updated_on, t.updated_on) AS updated_on,
            coalesce(d.status, t.status, 'unknown') AS status,
            CASE WHEN d.geom IS NULL THEN t.location_precision ELSE d.location_precision END
                AS location_precision,
            coalesce(d.geom, t.geom) AS geom,
            t.id IS NULL AS is_new,
            concat_ws(
                ', ',
                CASE WHEN d.registration_no IS NULL THEN 'number' || left(t.registration_no, 0) END,
                CASE WHEN d.fid IS NULL THEN 'FID' || left(t.fid, 0) END,
                CASE WHEN d.product IS NULL THEN 'product' || left(t.product, 0) END,
                CASE WHEN d.horsepower IS NULL AND t.horsepower IS NOT NULL THEN 'horsepower' END,
                CASE WHEN d.workers IS NULL AND t.workers IS NOT NULL THEN 'workers' END,
                CASE WHEN d.estate IS NULL THEN 'estate' || left(t.estate, 0) END,
                CASE WHEN d.geom IS NULL AND t.geom IS NOT NULL THEN 'place' END
            ) AS blank
        FROM delivered AS d
        LEFT JOIN factory AS t ON t.id = d.id
        -- An older extract does not undo what a newer one said.
        WHERE t.id IS NULL OR coalesce(d.updated_on >= t.updated_on, true)
    ), news AS MATERIALIZED (
        SELECT
            k.id, k.source, k.registration_no, k.fid, k.name, k.natural_person, k.factory_group,
            k.factory_class, k.kind, k.product, k.isic_code, k.horsepower, k.workers, k.estate,
            k.province_code, k.district_name, k.subdistrict_name, k.flag, k.status,
            k.location_precision, k.geom, k.pok_date, k.updated_on, k.doubts,
            k.last_seen_at, k.is_new
        FROM known AS k
        LEFT JOIN factory AS t ON t.id = k.id
        WHERE k.is_new OR (
            t.source, t.registration_no, t.fid, t.name, t.natural_person, t.factory_group,
            t.factory_class, t.kind, t.product, t.isic_code, t.horsepower, t.workers, t.estate,
            t.province_code, t.district_name, t.subdistrict_name, t.flag, t.status,
            t.location_precision, t.geom, t.pok_date, t.updated_on, t.doubts
        ) IS DISTINCT FROM (
            k.source, k.registration_no, k.fid, k.name, k.natural_person, k.factory_group,
            k.factory_class, k.kind, k.product, k.isic_code, k.horsepower, k.workers, k.estate,
            k.province_code, k.district_name, k.subdistrict_name, k.flag, k.status,
            k.location_precision, k.geom, k.pok_date, k.updated_on, k.doubts
        )
    ), told AS (
        INSERT INTO merge_finding (file, line, reason, detail, stored)
        SELECT k.file, k.line, 'a known value is blank in this delivery: kept',
            k.id || ': ' || k.blank, true
        FROM known AS k
        WHERE k.blank <> ''
    ), written AS (
        INSERT INTO factory (
            id, source, registration_no, fid, name, natural_person, factory_group,
            factory_class, kind, product, isic_code, horsepower, workers, estate, province_code, district_name,
            subdistrict_name, flag, status, location_precision, geom, pok_date, updated_on, doubts,
            last_seen_at, run_id
        )
        SELECT
            n.id, n.source, n.registration_no, n.fid, n.name, n.natural_person, n.factory_group,
            n.factory_class, n.kind, n.product, n.isic_code, n.horsepower, n.workers, n.estate,
            n.province_code, n.district_name, n.subdistrict_name, n.flag, n.status,
            n.location_precision, n.geom, n.pok_date, n.updated_on, n.doubts,
            n.last_seen_at, run
        FROM news AS n
        ON CONFLICT (id) DO UPDATE SET
            source = excluded.source, registration_no = excluded.registration_no,
            fid = excluded.fid, name = excluded.name, natural_person = excluded.natural_person,
            factory_group = excluded.factory_group, factory_class = excluded.factory_class,
            kind = excluded.kind, product = excluded.product, isic_code = excluded.isic_code,
            horsepower = excluded.horsepower, workers = excluded.workers, estate = excluded.estate,
            province_code = excluded.province_code, district_name = excluded.district_name,
            subdistrict_name = excluded.subdistrict_name, flag = excluded.flag,
            status = excluded.status, location_precision = excluded.location_precision,
            geom = excluded.geom, pok_date = excluded.pok_date, updated_on = excluded.updated_on,
            doubts = excluded.doubts, run_id = excluded.run_id
    )
    SELECT
        count(*) FILTER (WHERE n.is_new),
        count(*) FILTER (WHERE NOT n.is_new),
        (SELECT count(*) FROM delivered) - count(*)
    FROM news AS n;
END $$;

-- Of the factories delivered, those whose points lie where they hardly can.
CREATE FUNCTION tell_doubted_places() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO merge_finding (file, line, reason, detail, stored)
    SELECT s.file, s.line,
        CASE d.doubt WHEN 'outside_province' THEN 'point is outside the province it names'
            ELSE 'point is outside every province: at sea or abroad' END
            || ': stored, marked as doubtful',
        f.id || ': ' || point_text(f.geom), true
    FROM (
        SELECT DISTINCT ON (o.id) o.id, o.file, o.line, o.seq
        FROM staged_factory AS o ORDER BY o.id, o.seq DESC
    ) AS s
    JOIN factory AS f ON f.id = s.id
    CROSS JOIN unnest(f.place_doubts) AS d (doubt)
    ORDER BY s.seq;
END $$;

-- Outlines that arrive after the factories find those whose record names no province.
CREATE FUNCTION locate_factories() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE factory AS f SET province_code = p.code
    FROM province AS p
    WHERE f.province_code IS NULL AND ST_Intersects(p.geom, f.geom);
    RETURN NULL;
END $$;

CREATE TRIGGER province_locates_factories AFTER INSERT OR UPDATE ON province
FOR EACH STATEMENT EXECUTE FUNCTION locate_factories();
