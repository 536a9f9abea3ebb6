-- In which province each of many points lies, by a grid of cells that most often are of one.

-- Outlines reach a little beyond their cell, so that a border along its edge is in it: the cell of
-- a point is the one to the north-east of an edge. ST_ClipByBox2D gives no more than ray casting
-- needs, and takes a tenth of ST_Intersection's time.
CREATE FUNCTION rebuild_province_cells() RETURNS void LANGUAGE sql AS $$
    DELETE FROM province_cell;
    INSERT INTO province_cell (x, y, province_code, codes, outlines)
    SELECT x, y,
        min(code) FILTER (WHERE whole),
        CASE WHEN NOT bool_or(whole) THEN array_agg(code ORDER BY code) END,
        CASE WHEN NOT bool_or(whole) THEN array_agg(outline ORDER BY code) END
    FROM (
        SELECT p.code, g.i AS x, g.j AS y, ST_ContainsProperly(p.geom, g.geom) AS whole,
            ST_ClipByBox2D(p.geom, ST_Expand(g.geom, 1.0 / 1024)::box2d) AS outline
        FROM province AS p, ST_SquareGrid(1.0 / 16, ST_Expand(p.geom, 1.0 / 1024)) AS g
        WHERE ST_Intersects(p.geom, g.geom)
    ) AS cell
    GROUP BY x, y;
    ANALYZE province_cell;
$$;

-- Of a cell that provinces share: on their border the one with the lower code, the first. One
-- expression, which PostgreSQL puts in place of the call: a call would take as long as the rest.
CREATE FUNCTION province_in_crowded_cell(place geometry, codes text[], outlines geometry[])
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT min(u.code) FROM unnest(codes, outlines) AS u (code, outline)
    WHERE ST_Intersects(u.outline, place)
$$;

CREATE FUNCTION province_in_cell(place geometry, codes text[], outlines geometry[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN ST_Intersects(outlines[1], place) THEN codes[1]
        WHEN ST_Intersects(outlines[2], place) THEN codes[2]
        WHEN ST_Intersects(outlines[3], place) THEN codes[3]
        WHEN cardinality(codes) > 3 THEN province_in_crowded_cell(place, codes, outlines)
    END
$$;

-- Boundaries that change are those that hotspots are counted in: all anew.
CREATE FUNCTION recount_in_new_provinces() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            (SELECT code, geom::text FROM former_rows EXCEPT SELECT code, geom::text FROM new_rows)
            UNION ALL
            (SELECT code, geom::text FROM new_rows EXCEPT SELECT code, geom::text FROM former_rows)
        ) THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP <> 'TRUNCATE' THEN
        IF NOT EXISTS (SELECT FROM new_rows) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM rebuild_province_cells();
    PERFORM recount_hotspot_days();
    RETURN NULL;
END $$;

CREATE TRIGGER recount_on_insert AFTER INSERT ON province REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION recount_in_new_provinces();
CREATE TRIGGER recount_on_update AFTER UPDATE ON province
REFERENCING OLD TABLE AS former_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION recount_in_new_provinces();
CREATE TRIGGER recount_on_delete AFTER DELETE ON province REFERENCING OLD TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION recount_in_new_provinces();
CREATE TRIGGER recount_on_truncate AFTER TRUNCATE ON province
FOR EACH STATEMENT EXECUTE FUNCTION recount_in_new_provinces();

-- Of a database that had provinces before it had cells.
SELECT rebuild_province_cells() WHERE NOT EXISTS (SELECT FROM province_cell);
