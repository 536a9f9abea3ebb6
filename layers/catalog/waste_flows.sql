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
    w.figures_of,
    w.source
FROM waste_flow AS w;
