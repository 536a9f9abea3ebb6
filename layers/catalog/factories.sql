CREATE VIEW published.factories AS
SELECT
    id, geom, name, registration_no, factory_group, factory_class, kind, product, horsepower,
    workers, status, location_precision, province_code, updated_on,
    nullif(array_to_string(doubts || place_doubts, ', '), '') AS doubts,
    source
FROM factory
WHERE geom IS NOT NULL;
