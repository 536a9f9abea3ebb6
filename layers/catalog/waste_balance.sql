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
    t.figures_of,
    t.source
FROM waste_total AS t
JOIN province AS p ON p.code = t.province_code;
