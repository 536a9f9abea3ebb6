-- Whether points lie where they say, by the outlines of provinces: what does not is doubted.

-- How far outside its province a point may lie: outlines are simplified by some hundred metres,
-- and a factory on a border has its gate on either side.
CREATE FUNCTION place_tolerance_m() RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT 1000::float8 $$;

-- `outside_province`: farther than that from the province it names, whose surveyed outline is
-- known. `outside_thailand`: from every province, once all 77 are known: at sea, or abroad. Of
-- outlines that are not known, and of simulated ones, nothing follows. Slow: for points that are
-- not in the province they name.
CREATE FUNCTION place_doubts_of(place geometry, named text) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (
            SELECT FROM province AS p
            WHERE p.code = named AND p.source <> 'demo'
                AND NOT ST_DWithin(p.geom::geography, place::geography, place_tolerance_m())
        ) THEN 'outside_province' END,
        CASE WHEN (SELECT count(*) FROM province AS p WHERE p.source <> 'demo') >= 77
            AND NOT EXISTS (
                SELECT FROM province AS p
                WHERE p.geom && ST_Expand(place, 0.02)
                    AND ST_DWithin(p.geom::geography, place::geography, place_tolerance_m())
            )
        THEN 'outside_thailand' END
    ], NULL)
$$;

-- Judges the points of a table anew, all or those of one run; most are in the province they name
-- and need no more than the cell they lie in. `named` is an expression of the province's code.
CREATE FUNCTION doubt_places(judged regclass, named text, run bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'UPDATE %1$s AS t SET place_doubts = d.doubts
        FROM (
            SELECT f.id, CASE WHEN here.code IS NULL OR here.code <> f.named
                THEN place_doubts_of(f.geom, f.named) ELSE ''{}'' END AS doubts
            FROM (
                SELECT id, geom, place_doubts, %2$s AS named FROM %1$s
                WHERE geom IS NOT NULL AND (%3$L IS NULL OR run_id = %3$L)
            ) AS f
            LEFT JOIN province_cell AS c
                ON c.x = floor(ST_X(f.geom) * 16)::integer
                AND c.y = floor(ST_Y(f.geom) * 16)::integer
            CROSS JOIN LATERAL (
                SELECT CASE WHEN c.codes IS NULL THEN c.province_code
                    ELSE province_in_cell(f.geom, c.codes, c.outlines) END AS code
            ) AS here
            OFFSET 0
        ) AS d
        WHERE t.id = d.id AND t.place_doubts <> d.doubts',
        judged, named, run
    );
END $$;

-- After `recount_on_…`, which makes the cells: triggers fire in the order of their names.
CREATE FUNCTION doubt_places_anew() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM doubt_places('factory', 'province_code');
    PERFORM doubt_places('industrial_estate', 'NULL::text');
    RETURN NULL;
END $$;

CREATE TRIGGER then_doubt_places AFTER INSERT OR UPDATE OR DELETE ON province
FOR EACH STATEMENT EXECUTE FUNCTION doubt_places_anew();

CREATE FUNCTION doubt_new_estates() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM doubt_places('industrial_estate', 'NULL::text');
    RETURN NULL;
END $$;

CREATE TRIGGER doubt_new_places AFTER INSERT ON industrial_estate
FOR EACH STATEMENT EXECUTE FUNCTION doubt_new_estates();
CREATE TRIGGER doubt_moved_places AFTER UPDATE OF lon, lat ON industrial_estate
FOR EACH STATEMENT EXECUTE FUNCTION doubt_new_estates();

-- Of a database that had factories before their places were judged.
SELECT doubt_places('factory', 'province_code'), doubt_places('industrial_estate', 'NULL::text')
WHERE NOT EXISTS (SELECT FROM factory WHERE place_doubts <> '{}');
