CREATE VIEW published.fire_events AS
SELECT
    e.id, e.geom, e.first_seen AS observed_at, e.last_seen,
    CASE WHEN e.last_seen >= now() - INTERVAL '5 days' THEN 'active' ELSE 'over' END AS state,
    e.detections,
    concat_ws(
        ', ',
        CASE WHEN e.detections_n > 0 THEN 'N' END,
        CASE WHEN e.detections_n20 > 0 THEN 'N20' END,
        CASE WHEN e.detections_n21 > 0 THEN 'N21' END,
        CASE WHEN e.detections_a > 0 THEN 'A' END,
        CASE WHEN e.detections_t > 0 THEN 'T' END
    ) AS satellites,
    e.detections_n, e.detections_n20, e.detections_n21, e.detections_a, e.detections_t,
    e.frp_sum_mw, e.frp_max_mw, e.land_use,
    round((100 * e.land_use_share)::numeric)::integer AS land_use_pct,
    e.outline_ha,
    CASE
        WHEN e.sizes_told = e.detections THEN 'told'
        WHEN e.sizes_told = 0 THEN 'nadir'
        ELSE 'partly'
    END AS pixel_sizes,
    e.detections_uncertain, e.province_code, e.town_th, e.town_en, e.town_km, e.method,
    e.computed_at, e.run_id
FROM fire_event AS e;
