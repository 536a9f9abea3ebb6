-- Where a case lies, as staff say of one whose place nobody knew, or knew wrongly. The event names the
-- area (a code of TIS 1099), or longitude and latitude, from which the area follows; what stood before
-- is written into it here, so that nothing that a resident said of the place is lost.

CREATE FUNCTION note_former_place() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.detail := NEW.detail || jsonb_build_object('before', (
        SELECT jsonb_strip_nulls(jsonb_build_object(
            'area', coalesce(c.subdistrict_code, c.district_code, c.province_code),
            'lon', ST_X(c.geom), 'lat', ST_Y(c.geom), 'accuracy_m', c.accuracy_m
        ))
        FROM complaint AS c WHERE c.id = NEW.complaint_id FOR NO KEY UPDATE
    ));
    RETURN NEW;
END $$;

CREATE TRIGGER note_former_place BEFORE INSERT ON complaint_event
    FOR EACH ROW WHEN (NEW.kind = 'placed') EXECUTE FUNCTION note_former_place();

-- Whether there is such an area. Where outlines of provinces were never delivered, whoever names one
-- is believed.
CREATE FUNCTION is_area(code text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE length(code)
        WHEN 2 THEN code ~ '^[1-9][0-9]$' AND (
            EXISTS (SELECT FROM province AS p WHERE p.code = is_area.code)
            OR NOT EXISTS (SELECT FROM province)
        )
        WHEN 4 THEN EXISTS (SELECT FROM district AS d WHERE d.code = is_area.code)
        WHEN 6 THEN EXISTS (SELECT FROM subdistrict AS s WHERE s.code = is_area.code)
        ELSE false
    END
$$;

-- The area that the event means, null where that is none: of a point the one that holds it; an area
-- farther than 3 km from the place that the case has is none, and a finer one of it stays.
CREATE FUNCTION area_meant(current complaint, event complaint_event, point geometry) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN NOT is_area(coalesce(n.area, n.held)) THEN NULL
        WHEN point IS NOT NULL THEN coalesce(n.held, n.area)
        WHEN n.held IS NULL OR starts_with(n.area, n.held) THEN n.area
        WHEN starts_with(n.held, n.area) THEN n.held
        WHEN EXISTS (
            SELECT FROM province AS p
            WHERE p.code = left(n.area, 2) AND ST_DWithin(p.geom, current.geom, 0.027)
        ) THEN n.area
    END
    FROM (
        SELECT nullif(event.detail ->> 'area', '') AS area,
            area_of(coalesce(point, current.geom)) AS held
    ) AS n
$$;

CREATE FUNCTION place_case(current complaint, event complaint_event) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    point CONSTANT geometry := ST_SetSRID(ST_MakePoint(
        (event.detail ->> 'lon')::double precision, (event.detail ->> 'lat')::double precision
    ), 4326);
    area CONSTANT text := area_meant(current, event, point);
    is_moved CONSTANT boolean := current.province_code IS DISTINCT FROM left(area, 2);
BEGIN
    IF area IS NULL THEN
        RAISE EXCEPTION 'no area of this code, or none that holds the place of the complaint'
            USING ERRCODE = 'CW003', DETAIL = 'place';
    END IF;
    -- An officer puts what is theirs where it is, and takes or gives away no case.
    IF is_moved AND (SELECT role FROM account WHERE id = event.account_id) = 'officer' THEN
        RAISE EXCEPTION 'into another province it is placed by: national, admin'
            USING ERRCODE = 'CW002';
    END IF;
    IF is_moved AND current.province_code IS NOT NULL AND NOT coalesce(is_written(event.why), false)
    THEN
        RAISE EXCEPTION 'from one province to another requires a reason'
            USING ERRCODE = 'CW003', DETAIL = 'reason';
    END IF;
    UPDATE complaint SET
        geom = coalesce(point, current.geom),
        accuracy_m = CASE WHEN point IS NULL THEN current.accuracy_m END,
        province_code = left(area, 2),
        district_code = CASE WHEN length(area) >= 4 THEN left(area, 4) END,
        subdistrict_code = CASE WHEN length(area) = 6 THEN area END,
        -- Whoever it was given to no longer sees it.
        assigned_to = CASE WHEN NOT EXISTS (
            SELECT FROM account AS a
            WHERE a.id = current.assigned_to AND a.province_code <> left(area, 2)
        ) THEN current.assigned_to END
    WHERE id = current.id;
    IF point IS NOT NULL THEN
        PERFORM mark_recurrences(ARRAY[current.id]);
    END IF;
END $$;

-- Reports that waited for the outline of the area in which they lie, or whose name they tell.
CREATE FUNCTION place_reported() RETURNS void LANGUAGE sql AS $$
    WITH known AS MATERIALIZED (
        SELECT id, coalesce(area_of(geom), district_in(address, NULL)) AS area
        FROM complaint WHERE channel <> 'import' AND province_code IS NULL
    ), told AS (
        INSERT INTO complaint_event (complaint_id, kind, detail)
        SELECT id, 'placed', jsonb_build_object('area', area) FROM known WHERE area IS NOT NULL
    )
    UPDATE complaint AS c SET
        province_code = left(k.area, 2),
        district_code = CASE WHEN length(k.area) >= 4 THEN left(k.area, 4) END,
        subdistrict_code = CASE WHEN length(k.area) = 6 THEN k.area END
    FROM known AS k WHERE k.id = c.id AND k.area IS NOT NULL
$$;

REVOKE EXECUTE ON FUNCTION
    is_area(text), area_meant(complaint, complaint_event, geometry),
    place_case(complaint, complaint_event), place_reported()
    FROM PUBLIC;
