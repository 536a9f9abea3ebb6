CREATE VIEW published.waste_balance AS
SELECT
    concat_ws('-', p.code, t.year, t.hazard) AS id,
    p.geom,
    p.code AS province_code,
    p.name_th,
    p.name_en,
    t.year,
    t.hazard,
    t.sent_tonnes,
    t.received_tonnes,
    t.received_tonnes - t.sent_tonnes AS balance_tonnes,
    t.generators,
    t.receivers,
    t.abstained,
    t.loads_left_out_pct,
    t.figures_of,
    t.method,
    t.computed_at,
    t.run_id,
    t.source
FROM waste_total AS t
JOIN province AS p ON p.code = t.province_code;
