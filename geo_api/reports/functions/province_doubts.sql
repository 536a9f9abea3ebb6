-- Whether points lie where they say, by the outlines of provinces: what does not is doubted.

-- Whether a point lies in an outline or no more than a kilometre off: outlines are simplified by some
-- hundred metres, and a factory on a border has its gate on either side.
-- 0.0096° are more than that up to 20.5° N: what is farther in degrees need not be measured
-- on the sphere, which takes a hundred times as long.
CREATE FUNCTION lies_near(outline geometry, place geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN ST_DWithin(outline, place, 0.0096)
        THEN ST_DWithin(outline::geography, place::geography, 1000) ELSE false END
$$;

-- Judges the points of a table anew, all or those of one run. `named` is an expression of the code
-- of the province that a row names.
-- `outside_province`: farther than the tolerance from the province it names, whose surveyed outline
-- is known. `outside_thailand`: from every province, once all 77 are known: at sea, or abroad. Of
-- outlines that are not known, and of simulated ones, nothing follows. Most points are in the
-- province they name, and need no more than the cell they lie in.
CREATE FUNCTION doubt_places(judged regclass, named text, run bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'UPDATE %1$s AS t SET place_doubts = d.doubts
        FROM (
            SELECT f.id, f.place_doubts, array_remove(ARRAY[
                CASE WHEN own.code IS NOT NULL AND NOT lies_near(own.geom, f.geom)
                    THEN ''outside_province'' END,
                CASE WHEN here.code IS NULL AND known.all_of_them AND NOT EXISTS (
                    SELECT FROM province AS p
                    WHERE p.geom && ST_Expand(f.geom, 0.0096) AND lies_near(p.geom, f.geom)
                ) THEN ''outside_thailand'' END
            ], NULL) AS doubts
            FROM (
                SELECT id, geom, place_doubts, %2$s AS named FROM %1$s
                WHERE geom IS NOT NULL AND (%3$L IS NULL OR run_id = %3$L)
            ) AS f
            CROSS JOIN (
                SELECT count(*) >= 77 AS all_of_them FROM province WHERE source <> ''demo''
            ) AS known
            LEFT JOIN province_cell AS c
                ON c.x = floor(ST_X(f.geom) * 16)::integer
                AND c.y = floor(ST_Y(f.geom) * 16)::integer
            CROSS JOIN LATERAL (
                SELECT CASE WHEN c.codes IS NULL THEN c.province_code
                    ELSE province_in_cell(f.geom, c.codes, c.outlines) END AS code
                OFFSET 0
            ) AS here
            LEFT JOIN province AS own
                ON own.code = f.named AND own.source <> ''demo''
                AND here.code IS DISTINCT FROM f.named
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
