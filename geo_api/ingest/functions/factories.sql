-- How the factory register is merged, and where its factories lie.

-- The register names a factory's province; only where it does not, the point decides.
CREATE FUNCTION merge_factory(run bigint)
RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
BEGIN
    -- Seeing a factory again is no change of it, so it is noted apart and not counted.
    UPDATE factory AS t SET last_seen_at = seen.at
    FROM (
        SELECT s.id, max(s.last_seen_at) AS at FROM staged_factory AS s GROUP BY s.id
    ) AS seen
    WHERE t.id = seen.id AND t.last_seen_at < seen.at;

    RETURN QUERY
    WITH delivered AS MATERIALIZED (
        SELECT DISTINCT ON (s.id)
            s.id, s.source, s.registration_no, s.fid, s.name,
            coalesce(s.natural_person, false) AS natural_person,
            s.factory_group, s.factory_class, s.kind, s.product, s.isic_code,
            s.horsepower, s.workers, s.estate,
            coalesce(
                s.province_code,
                (SELECT min(p.code) FROM province AS p WHERE ST_Intersects(p.geom, s.geom))
            ) AS province_code,
            s.district_name, s.subdistrict_name, s.flag,
            coalesce(s.status, 'unknown') AS status,
            s.location_precision, s.geom, s.pok_date, s.updated_on,
            coalesce(s.last_seen_at, now()) AS last_seen_at
        FROM staged_factory AS s
        ORDER BY s.id, s.updated_on DESC NULLS LAST, s.seq DESC
    ), news AS MATERIALIZED (
        SELECT
            d.id, d.source, d.registration_no, d.fid, d.name, d.natural_person,
            d.factory_group, d.factory_class, d.kind, d.product, d.isic_code, d.horsepower,
            d.workers, d.estate, d.province_code, d.district_name, d.subdistrict_name,
            d.flag, d.status, d.location_precision, d.geom, d.pok_date, d.updated_on,
            d.last_seen_at, t.id IS NULL AS is_new
        FROM delivered AS d
        LEFT JOIN factory AS t ON t.id = d.id
        -- An older extract does not undo what a newer one said.
        WHERE t.id IS NULL OR coalesce(d.updated_on >= t.updated_on, true) AND (
            t.source, t.registration_no, t.fid, t.name, t.natural_person, t.factory_group,
            t.factory_class, t.kind, t.product, t.isic_code, t.horsepower, t.workers,
            t.estate, t.province_code, t.district_name, t.subdistrict_name, t.flag,
            t.status, t.location_precision, t.geom, t.pok_date, t.updated_on
        ) IS DISTINCT FROM (
            d.source, d.registration_no, d.fid, d.name, d.natural_person, d.factory_group,
            d.factory_class, d.kind, d.product, d.isic_code, d.horsepower, d.workers,
            d.estate, d.province_code, d.district_name, d.subdistrict_name, d.flag,
            d.status, d.location_precision, d.geom, d.pok_date, d.updated_on
        )
    ), written AS (
        INSERT INTO factory (
            id, source, registration_no, fid, name, natural_person, factory_group,
            factory_class, kind, product, isic_code, horsepower, workers, estate,
            province_code, district_name, subdistrict_name, flag, status,
            location_precision, geom, pok_date, updated_on, last_seen_at, run_id
        )
        SELECT
            n.id, n.source, n.registration_no, n.fid, n.name, n.natural_person,
            n.factory_group, n.factory_class, n.kind, n.product, n.isic_code, n.horsepower,
            n.workers, n.estate, n.province_code, n.district_name, n.subdistrict_name,
            n.flag, n.status, n.location_precision, n.geom, n.pok_date, n.updated_on,
            n.last_seen_at, run
        FROM news AS n
        ON CONFLICT (id) DO UPDATE SET
            source = excluded.source, registration_no = excluded.registration_no,
            fid = excluded.fid, name = excluded.name,
            natural_person = excluded.natural_person,
            factory_group = excluded.factory_group, factory_class = excluded.factory_class,
            kind = excluded.kind, product = excluded.product,
            isic_code = excluded.isic_code, horsepower = excluded.horsepower,
            workers = excluded.workers, estate = excluded.estate,
            province_code = excluded.province_code, district_name = excluded.district_name,
            subdistrict_name = excluded.subdistrict_name, flag = excluded.flag,
            status = excluded.status, location_precision = excluded.location_precision,
            geom = excluded.geom, pok_date = excluded.pok_date,
            updated_on = excluded.updated_on, run_id = excluded.run_id
    )
    SELECT
        count(*) FILTER (WHERE n.is_new),
        count(*) FILTER (WHERE NOT n.is_new),
        (SELECT count(*) FROM delivered) - count(*)
    FROM news AS n;
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
