CREATE VIEW published.certificates_expiring AS
SELECT
    c.id,
    f.geom,
    c.factory_id,
    f.name AS factory_name,
    c.level,
    c.issued_on,
    c.expires_on,
    c.expires_on - (now() AT TIME ZONE 'Asia/Bangkok')::date AS days_left,
    c.certificate_no,
    f.province_code,
    c.source
FROM green_certificate AS c
JOIN factory AS f ON f.id = c.factory_id
WHERE f.geom IS NOT NULL
    AND c.expires_on BETWEEN (now() AT TIME ZONE 'Asia/Bangkok')::date
        AND (now() AT TIME ZONE 'Asia/Bangkok')::date + 90
    AND NOT EXISTS (
        SELECT FROM green_certificate AS o
        WHERE o.factory_id = c.factory_id AND o.level >= c.level
            AND coalesce(o.expires_on > c.expires_on, true)
            AND (o.expires_on IS NOT NULL OR o.issued_on > c.issued_on)
    );
