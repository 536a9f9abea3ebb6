-- The province is found for those who ask for it: otherwise the join on a whole key is left out.
CREATE VIEW published.hotspots AS
SELECT
    h.id, h.geom, h.acquired_at AS observed_at, h.acquired_from AS observed_from, h.time_precision,
    h.instrument, h.satellite, h.confidence, h.confidence_pct, h.frp_mw, h.brightness_k, h.scan_km,
    h.track_km, satellite_path_deg(h.satellite, h.daynight, ST_Y(h.geom)) AS path_deg, h.daynight,
    h.fire_type,
    CASE WHEN EXISTS (SELECT FROM heat_judgement) THEN coalesce(h.heat_source, 'vegetation') END
        AS heat_source,
    CASE h.heat_source WHEN 'industrial_static' THEN h.heat_source ELSE h.land_use END AS heat_class,
    h.processing, h.land_use, h.land_use_th, h.land_tenure,
    h.land_tenure_th,
    CASE WHEN c.codes IS NULL THEN c.province_code
        ELSE province_in_cell(h.geom, c.codes, c.outlines) END AS province_code,
    h.province_th, h.district_th, h.subdistrict_th, h.village_th,
    array_to_string(h.sources, ', ') AS sources, h.flag
FROM hotspot AS h
LEFT JOIN province_cell AS c
    ON c.x = floor(ST_X(h.geom) * 16)::integer AND c.y = floor(ST_Y(h.geom) * 16)::integer;
