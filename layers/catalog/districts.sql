CREATE VIEW published.districts AS
SELECT code AS id, geom, code, name_th, name_en, province_code, source
FROM district;
