CREATE VIEW published.hotspots AS
SELECT
    id, geom, acquired_at AS observed_at, acquired_from AS observed_from, time_precision,
    instrument, satellite, confidence, confidence_pct, frp_mw, brightness_k, scan_km, track_km,
    daynight, fire_type, processing, land_use, land_use_th, land_tenure, land_tenure_th,
    province_th, district_th, subdistrict_th, village_th,
    array_to_string(sources, ', ') AS sources, flag
FROM hotspot;
