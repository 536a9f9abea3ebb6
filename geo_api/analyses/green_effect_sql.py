"""Statements about certificates and complaints: the panel by month, and what is found of it."""

# Of factories that a complaint names, or that are certified, every month from the first complaint
# that names one to the last month that is over. Size is told by horsepower, in quarters.
PANEL = """
    WITH named AS MATERIALIZED (
        SELECT n.factory_id, c.reported_month AS month, count(*) AS complaints
        FROM complaint_factory AS n
        JOIN complaint AS c ON c.id = n.complaint_id
        WHERE c.category IS NOT NULL AND c.reported_month < (
            SELECT date_trunc('month', max(last.reported_at) AT TIME ZONE 'Asia/Bangkok')
            FROM complaint AS last
        )
        GROUP BY n.factory_id, c.reported_month
    ), certified AS MATERIALIZED (
        SELECT g.factory_id, min(g.issued_on) AS day
        FROM green_certificate AS g
        WHERE g.level >= %(level)s AND g.factory_id IS NOT NULL AND g.doubts = '{}'
        GROUP BY g.factory_id
    ), asked AS (
        SELECT
            f.id, f.province_code, c.day AS certified,
            CASE WHEN f.horsepower IS NOT NULL THEN
                ntile(4) OVER (PARTITION BY f.horsepower IS NULL ORDER BY f.horsepower)
            END AS stratum
        FROM factory AS f
        LEFT JOIN certified AS c ON c.factory_id = f.id
        WHERE c.day IS NOT NULL OR EXISTS (SELECT FROM named AS n WHERE n.factory_id = f.id)
    ), month AS (
        SELECT generate_series(min(n.month), max(n.month), INTERVAL '1 month')::date AS month
        FROM named AS n
    )
    SELECT
        a.id, m.month, coalesce(n.complaints, 0), a.certified,
        coalesce(a.province_code, 'unknown'), coalesce(a.stratum::text, 'unknown')
    FROM asked AS a
    CROSS JOIN month AS m
    LEFT JOIN named AS n ON n.factory_id = a.id AND n.month = m.month
    ORDER BY a.id, m.month
"""

KEEP = """
    INSERT INTO green_effect (level, first_month, last_month, verdict, reasons, finding, run_id)
    VALUES (
        %(level)s, %(first_month)s, %(last_month)s, %(verdict)s, %(reasons)s, %(finding)s, %(run)s
    )
"""

FORGET = """
    DELETE FROM green_effect WHERE level = %(level)s
"""
