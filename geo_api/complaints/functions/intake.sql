-- How a complaint is received and followed. The writer, as whom the service takes reports, has no
-- right on a table of cases: it calls these, and reads nothing back but what its sender may know.

-- The sub-district, else district, else province in which a point lies, or to which it is near: an
-- outline is not exact at a coast. Null where it is farther than 3 km from all.
CREATE FUNCTION area_of(point geometry) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (
            SELECT code FROM subdistrict WHERE ST_DWithin(geom, point, 0.027)
            ORDER BY ST_Distance(geom, point), code LIMIT 1
        ),
        (
            SELECT code FROM district WHERE ST_DWithin(geom, point, 0.027)
            ORDER BY ST_Distance(geom, point), code LIMIT 1
        ),
        (
            SELECT code FROM province WHERE ST_DWithin(geom, point, 0.027)
            ORDER BY ST_Distance(geom, point), code LIMIT 1
        )
    )
$$;

-- The one district that an address names (อ.บางพลี, อำเภอบางพลี, เขตบางบอน), of the province where
-- that is told; null where it names none, or those of several provinces. Of names that begin alike
-- the longest counts.
CREATE FUNCTION district_in(address text, province text) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    WITH named AS (
        SELECT d.code, length(d.name_th) AS length
        FROM district AS d
        CROSS JOIN (SELECT regexp_replace(address, '[[:space:]]+', '', 'g') AS squeezed) AS a
        WHERE coalesce(d.province_code = province, true) AND d.name_th <> 'เมือง' AND (
            position('อ.' || d.name_th IN squeezed) > 0
            OR position('อำเภอ' || d.name_th IN squeezed) > 0
            OR position('เขต' || d.name_th IN squeezed) > 0
        )
    )
    SELECT min(code) FROM named
    WHERE length = (SELECT max(length) FROM named)
    HAVING count(*) = 1
$$;

-- What complaints of one home share, as release counts homes: a contact that was verified, else the
-- place to about 55 m, else the address as it is written.
CREATE FUNCTION home_key(contact_hash text, point geometry, province text, address text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN contact_hash IS NOT NULL THEN 'contact:' || contact_hash
        WHEN point IS NOT NULL THEN
            'place:' || round(ST_X(point)::numeric * 2000) || ':'
                || round(ST_Y(point)::numeric * 2000)
        ELSE 'address:' || encode(sha256(convert_to(
            coalesce(province, '') || regexp_replace(lower(address), '[[:space:][:punct:]]', '', 'g'),
            'UTF8'
        )), 'hex')
    END
$$;

-- Keeps a complaint with all that belongs to it, or finds it where it was sent before: by one channel
-- under one client_id. No row where its place is in no province. What has neither a place nor a
-- province is seen by national staff alone, until they place it.
CREATE FUNCTION receive_complaint(report jsonb, tracking bytea, sealed bytea)
RETURNS TABLE (ticket_id text, received_at timestamptz, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    point CONSTANT geometry := ST_SetSRID(ST_MakePoint(
        (report ->> 'lon')::double precision, (report ->> 'lat')::double precision
    ), 4326);
    area text := area_of(point);
BEGIN
    IF area IS NULL THEN
        IF point IS NOT NULL AND EXISTS (SELECT FROM province) THEN
            RETURN;
        END IF;
        -- As it was told, whether or not outlines were ever delivered.
        area := coalesce(
            district_in(report ->> 'address', report ->> 'province_code'),
            report ->> 'province_code'
        );
    END IF;
    RETURN QUERY
    WITH made AS (
        INSERT INTO complaint (
            source, ticket_id, channel, category, reported_at, received_at, happened_at, device_at,
            geom, accuracy_m, address, province_code, district_code, subdistrict_code, strength,
            home_key, client_id, tracking_hash
        )
        SELECT
            'resident', r.ticket_id, r.channel, r.category, n.at, n.at, r.happened_at, r.device_at,
            point, r.accuracy_m, r.address, left(area, 2),
            CASE WHEN length(area) >= 4 THEN left(area, 4) END,
            CASE WHEN length(area) = 6 THEN area END,
            r.strength, home_key(r.contact_hash, point, left(area, 2), r.address), r.client_id,
            tracking
        FROM jsonb_to_record(report) AS r (
            ticket_id text, channel text, category text, happened_at timestamptz,
            device_at timestamptz, accuracy_m real, address text, strength smallint,
            contact_hash text, client_id text
        )
        CROSS JOIN (SELECT clock_timestamp() AS at) AS n
        -- By client_id, or by the code that follows from it: whichever index is asked first.
        ON CONFLICT DO NOTHING
        RETURNING id, ticket_id, received_at
    ), told AS (
        INSERT INTO complaint_text (complaint_id, text)
        SELECT made.id, report ->> 'words' FROM made WHERE report ->> 'words' <> ''
    ), answered AS (
        INSERT INTO contact.complainant (complaint_id, sealed)
        SELECT made.id, sealed FROM made WHERE sealed IS NOT NULL
    ), pictured AS (
        INSERT INTO complaint_photo (id, complaint_id, kind, width, height, sha256)
        SELECT p.id, made.id, 'report', p.width, p.height, decode(p.sha256, 'hex')
        FROM made
        CROSS JOIN jsonb_to_recordset(report -> 'photos') AS p (
            id text, width integer, height integer, sha256 text
        )
    ), noted AS (
        INSERT INTO complaint_event (complaint_id, at, kind, to_state, detail)
        SELECT made.id, made.received_at, 'received', 'received',
            coalesce(report -> 'further', '{}')
        FROM made
    )
    SELECT made.ticket_id, made.received_at, true FROM made;
    IF NOT FOUND THEN
        RETURN QUERY
        SELECT c.ticket_id, c.received_at, false
        FROM complaint AS c
        WHERE (c.channel, c.client_id) = (report ->> 'channel', report ->> 'client_id');
    END IF;
END $$;

-- A complaint as the holder of its code may know it: neither place, words nor contact, and of what
-- was done the states that it came to, with what staff wrote for the public.
CREATE FUNCTION track_complaint(tracking bytea) RETURNS TABLE (
    state text, category text, received_at timestamptz, happened_at timestamptz, photos bigint,
    steps jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT
        c.state, c.category, c.received_at, c.happened_at,
        (SELECT count(*) FROM complaint_photo AS p WHERE p.complaint_id = c.id AND p.kind = 'report'),
        (
            SELECT jsonb_agg(jsonb_build_object(
                'at', e.at, 'state', e.to_state, 'note', coalesce(e.detail ->> 'public_note', '')
            ) ORDER BY e.id)
            FROM complaint_event AS e
            WHERE e.complaint_id = c.id AND e.kind IN ('received', 'transition')
                AND e.to_state IS NOT NULL
        )
    FROM complaint AS c
    WHERE c.tracking_hash = tracking
$$;

REVOKE EXECUTE ON FUNCTION
    district_in(text, text), receive_complaint(jsonb, bytea, bytea), track_complaint(bytea)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receive_complaint(jsonb, bytea, bytea), track_complaint(bytea)
    TO fahsai_writer;
