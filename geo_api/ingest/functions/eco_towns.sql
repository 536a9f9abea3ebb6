-- Where an eco-industrial town lies: by an outline that was supplied, else by the boundaries of the
-- codes that its notice names, else a point in its district or province that only illustrates.

CREATE FUNCTION place_eco_towns() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE found_shape ON COMMIT DROP AS
    SELECT
        t.id,
        CASE
            WHEN o.geom IS NOT NULL THEN 'supplied'
            WHEN a.outline IS NULL THEN 'illustrative'
            WHEN a.parts < t.named_parts THEN 'partly_gazetted'
            ELSE 'gazetted'
        END AS extent,
        coalesce(o.geom, a.outline) AS outline,
        ST_PointOnSurface(coalesce(o.geom, a.outline, d.geom, p.geom)) AS point
    FROM eco_town AS t
    LEFT JOIN eco_town_outline AS o ON o.eco_town_id = t.id
    LEFT JOIN LATERAL (
        SELECT ST_Multi(ST_UnaryUnion(ST_Collect(b.geom)))::geometry(MultiPolygon, 4326) AS outline,
            count(*) AS parts
        FROM (
            SELECT s.geom FROM subdistrict AS s WHERE s.code = ANY (t.area_codes)
            UNION ALL
            SELECT s.geom FROM district AS s WHERE s.code = ANY (t.area_codes)
        ) AS b
    ) AS a ON true
    LEFT JOIN LATERAL (
        SELECT b.geom FROM district AS b
        WHERE b.province_code = t.province_code
            AND b.name_th = ANY (string_to_array(t.district_th, ', '))
        ORDER BY b.code
        LIMIT 1
    ) AS d ON true
    LEFT JOIN province AS p ON p.code = t.province_code
    WHERE coalesce(o.geom, a.outline, d.geom, p.geom) IS NOT NULL;

    DELETE FROM eco_town_shape AS s
    WHERE NOT EXISTS (SELECT FROM found_shape AS f WHERE f.id = s.eco_town_id);
    INSERT INTO eco_town_shape AS s (eco_town_id, extent, outline, point)
    SELECT id, extent, outline, point FROM found_shape
    ON CONFLICT (eco_town_id) DO UPDATE
    SET extent = excluded.extent, outline = excluded.outline, point = excluded.point
    WHERE (s.extent, s.outline::text, s.point::text)
        IS DISTINCT FROM (excluded.extent, excluded.outline::text, excluded.point::text);
    DROP TABLE found_shape;
    RETURN NULL;
END $$;

CREATE TRIGGER place_eco_towns AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON eco_town
FOR EACH STATEMENT EXECUTE FUNCTION place_eco_towns();
CREATE TRIGGER place_eco_towns AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON eco_town_outline
FOR EACH STATEMENT EXECUTE FUNCTION place_eco_towns();
CREATE TRIGGER place_eco_towns AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON province
FOR EACH STATEMENT EXECUTE FUNCTION place_eco_towns();
CREATE TRIGGER place_eco_towns AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON district
FOR EACH STATEMENT EXECUTE FUNCTION place_eco_towns();
CREATE TRIGGER place_eco_towns AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON subdistrict
FOR EACH STATEMENT EXECUTE FUNCTION place_eco_towns();
