CREATE VIEW published.provinces AS
SELECT code AS id, geom, code, name_th, name_en, region, source
FROM province;
