CREATE VIEW published.waste_flows AS
SELECT
    concat_ws('-', w.year, w.from_province, w.to_province, w.hazard) AS id,
    w.geom,
    w.year,
    w.from_province,
    w.to_province,
    w.hazard,
    w.tonnes,
    w.generators,
    w.receivers,
    w.tonnes IS NULL AS withheld,
    w.loads_left_out_pct,
    w.figures_of,
    w.method,
    w.computed_at,
    w.run_id,
    w.source
FROM waste_flow AS w;
