-- The places of alerts, each kept once with its outline.

-- What a place is called, and where it is; no row for one that is not there.
CREATE FUNCTION found_alert_place(kind text, code text, radius_m integer)
RETURNS TABLE (name_th text, name_en text, geom geometry, around boolean)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    kind_asked CONSTANT text := kind;
    code_asked CONSTANT text := code;
BEGIN
    CASE kind_asked
    WHEN 'country' THEN
        RETURN QUERY SELECT 'ประเทศไทย', 'Thailand', NULL::geometry, false;
    WHEN 'province' THEN
        RETURN QUERY SELECT 'จังหวัด' || p.name_th, p.name_en, p.geom::geometry, false
        FROM province AS p WHERE p.code = code_asked;
    WHEN 'district' THEN
        RETURN QUERY SELECT 'อำเภอ' || d.name_th, d.name_en || ' district', d.geom::geometry, false
        FROM district AS d WHERE d.code = code_asked;
    WHEN 'eco_town' THEN
        -- One whose outline is not known is what lies within five kilometres, as on its page.
        RETURN QUERY SELECT t.name_th, t.name_th, coalesce(s.outline::geometry, s.point),
            s.outline IS NULL
        FROM eco_town AS t JOIN eco_town_shape AS s ON s.eco_town_id = t.id WHERE t.id = code_asked;
    WHEN 'factory' THEN
        RETURN QUERY SELECT f.name, f.name, f.geom::geometry, true
        FROM factory AS f WHERE f.id = code_asked AND f.geom IS NOT NULL;
    WHEN 'point' THEN
        RETURN QUERY SELECT 'จุด ' || code_asked, 'Point ' || code_asked, p.geom, true
        FROM (SELECT CASE
            WHEN code_asked ~ '^-?[0-9]{1,3}([.][0-9]{1,15})?,-?[0-9]{1,2}([.][0-9]{1,15})?$'
            THEN ST_SetSRID(ST_MakePoint(
                split_part(code_asked, ',', 1)::float8, split_part(code_asked, ',', 2)::float8
            ), 4326)
        END AS geom) AS p
        WHERE p.geom IS NOT NULL
            AND (area_of(p.geom) IS NOT NULL OR NOT EXISTS (SELECT FROM province));
    WHEN 'area' THEN
        RETURN QUERY SELECT 'พื้นที่ที่วาดเอง', 'Own area', p.geom, false
        FROM (SELECT ST_SetSRID(ST_GeomFromGeoJSON(code_asked), 4326) AS geom) AS p
        WHERE ST_IsValid(p.geom) AND GeometryType(p.geom) = 'POLYGON' AND (
            area_of(ST_PointOnSurface(p.geom)) IS NOT NULL OR NOT EXISTS (SELECT FROM province)
        );
    END CASE;
END $$;

-- The number of a place that is kept, made where it was not; null where there is no such place.
CREATE FUNCTION alert_place(kind text, code text, radius_m integer) RETURNS bigint
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    asked CONSTANT text := kind;
    code_asked CONSTANT text := code;
    key text := CASE kind WHEN 'area' THEN md5(code) ELSE code END;
    within_m integer := radius_m;
    it record;
    place bigint;
BEGIN
    SELECT * INTO it FROM found_alert_place(asked, code_asked, within_m);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    within_m := CASE
        WHEN NOT it.around THEN 0 WHEN asked = 'eco_town' THEN 5000 ELSE within_m
    END;
    INSERT INTO alert.place AS p (kind, code, radius_m, name_th, name_en, geom, province_code)
    VALUES (
        asked, key, within_m, it.name_th, it.name_en, it.geom,
        left(area_of(ST_PointOnSurface(it.geom)), 2)
    )
    ON CONFLICT (kind, code, radius_m) DO NOTHING
    RETURNING p.id INTO place;
    IF place IS NULL THEN
        RETURN (
            SELECT p.id FROM alert.place AS p
            WHERE (p.kind, p.code, p.radius_m) = (asked, key, within_m)
        );
    END IF;
    INSERT INTO alert.place_piece (place_id, geom)
    SELECT place, ST_Subdivide(it.geom, 64) WHERE it.geom IS NOT NULL AND NOT it.around;
    RETURN place;
END $$;

-- Outlines follow the layers that they are of.
CREATE FUNCTION renew_alert_places() RETURNS bigint LANGUAGE sql AS $$
    WITH renewed AS (
        UPDATE alert.place AS p
        SET geom = f.geom, name_th = f.name_th, name_en = f.name_en
        FROM alert.place AS o
        CROSS JOIN LATERAL found_alert_place(o.kind, o.code, o.radius_m) AS f
        WHERE p.id = o.id AND o.kind IN ('province', 'district', 'eco_town', 'factory')
            AND (o.geom, o.name_th, o.name_en) IS DISTINCT FROM (f.geom, f.name_th, f.name_en)
        RETURNING p.id, p.geom, f.around
    ), gone AS (
        DELETE FROM alert.place_piece AS q USING renewed WHERE q.place_id = renewed.id
    ), pieces AS (
        INSERT INTO alert.place_piece (place_id, geom)
        SELECT id, ST_Subdivide(geom, 64) FROM renewed WHERE NOT around
    )
    SELECT count(*) FROM renewed
$$;

REVOKE EXECUTE ON FUNCTION
    found_alert_place(text, text, integer), alert_place(text, text, integer), renew_alert_places()
FROM PUBLIC;
