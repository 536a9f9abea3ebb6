-- Which reports are of one detection, and what they say together.

CREATE FUNCTION hotspot_id(
    acquired_at timestamptz, instrument text, processing text, geom geometry
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    -- Eleven characters are a cell of 1e-6 degrees; products give five decimals. Orbits of
    -- standard processing differ, so that its detections are others, however near.
    SELECT to_char(acquired_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI') || '-'
        || coalesce(left(instrument, 1), 'W')
        || CASE processing WHEN 'SP' THEN 'S' ELSE '' END || '-' || ST_GeoHash(geom, 11)
$$;

CREATE FUNCTION hotspot_processing_rank(processing text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- GISTDA mostly does not say; it passes on near-real-time data.
    SELECT CASE processing WHEN 'SP' THEN 3 WHEN 'RT' THEN 1 WHEN 'URT' THEN 0 ELSE 2 END
$$;

-- What two reports of one detection say together. Where both speak, the better processing is
-- believed, then NASA before those who pass its data on, then the fresher report.
CREATE FUNCTION combine_hotspot_reports(known hotspot, fresh hotspot) RETURNS hotspot
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    best hotspot; rest hotspot;
BEGIN
    fresh.run_id := known.run_id;
    fresh.changed_in := known.changed_in;
    -- Where it lies tells it, and no report.
    fresh.heat_source := known.heat_source;
    IF fresh = known THEN
        RETURN known;
    END IF;
    IF (hotspot_processing_rank(known.processing), known.sources @> '{firms}')
        > (hotspot_processing_rank(fresh.processing), fresh.sources @> '{firms}')
    THEN
        best := known; rest := fresh;
    ELSE
        best := fresh; rest := known;
    END IF;
    best.instrument := coalesce(best.instrument, rest.instrument);
    best.satellite := coalesce(best.satellite, rest.satellite);
    best.processing := coalesce(best.processing, rest.processing);
    best.version := coalesce(best.version, rest.version);
    best.confidence := coalesce(best.confidence, rest.confidence);
    best.confidence_pct := coalesce(best.confidence_pct, rest.confidence_pct);
    best.frp_mw := coalesce(best.frp_mw, rest.frp_mw);
    best.brightness_k := coalesce(best.brightness_k, rest.brightness_k);
    best.background_k := coalesce(best.background_k, rest.background_k);
    best.scan_km := coalesce(best.scan_km, rest.scan_km);
    best.track_km := coalesce(best.track_km, rest.track_km);
    best.daynight := coalesce(best.daynight, rest.daynight);
    best.fire_type := coalesce(best.fire_type, rest.fire_type);
    best.gistda_id := coalesce(best.gistda_id, rest.gistda_id);
    best.land_use := coalesce(best.land_use, rest.land_use);
    best.land_use_code := coalesce(best.land_use_code, rest.land_use_code);
    best.land_use_th := coalesce(best.land_use_th, rest.land_use_th);
    best.land_tenure := coalesce(best.land_tenure, rest.land_tenure);
    best.land_tenure_code := coalesce(best.land_tenure_code, rest.land_tenure_code);
    best.land_tenure_th := coalesce(best.land_tenure_th, rest.land_tenure_th);
    best.province_th := coalesce(best.province_th, rest.province_th);
    best.district_th := coalesce(best.district_th, rest.district_th);
    best.subdistrict_th := coalesce(best.subdistrict_th, rest.subdistrict_th);
    best.village_th := coalesce(best.village_th, rest.village_th);
    best.flag := coalesce(best.flag, rest.flag);
    best.sources := ARRAY(
        SELECT DISTINCT s FROM unnest(known.sources || fresh.sources) AS s ORDER BY s
    );
    best.acquired_from := known.acquired_from;
    RETURN best;
END $$;

-- In the order given: the last is the freshest.
CREATE AGGREGATE combined_hotspot_report(hotspot) (
    SFUNC = combine_hotspot_reports, STYPE = hotspot
);
