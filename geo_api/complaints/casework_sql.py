"""Statements that read cases for staff; row-level security decides which there are."""

# What a line of the queue says. `now` is ours, so that a page is of one moment.
_SUMMARY = """
    SELECT
        c.id, c.category, c.state, c.channel, c.received_at, c.closed_at, d.due_at,
        coalesce(d.due_at < %(now)s AND c.state <> ALL (%(closed)s), false),
        ST_X(c.geom), ST_Y(c.geom), c.province_code, c.district_code,
        coalesce(t.name_th, p.name_th), coalesce(t.name_en, p.name_en),
        a.id, a.name, a.role, c.is_spam, c.recurred_at,
        (SELECT count(*) FROM complaint AS m WHERE m.duplicate_of = c.id),
        CASE WHEN c.state <> 'duplicate' THEN (SELECT count(*) FROM possible_duplicates(c.id))
            ELSE 0 END,
        c.strength,
        (SELECT left(w.text, 280) FROM complaint_text AS w WHERE w.complaint_id = c.id)
"""
_FROM = """
    FROM complaint AS c
    LEFT JOIN account AS a ON a.id = c.assigned_to
    LEFT JOIN published.provinces AS p ON p.code = c.province_code
    LEFT JOIN published.districts AS t ON t.code = c.district_code
    LEFT JOIN LATERAL (
        SELECT c.received_at + make_interval(secs => l.hours * 3600) AS due_at
        FROM complaint_deadline AS l
        WHERE l.category IN (c.category, '*')
        ORDER BY l.category = '*' LIMIT 1
    ) AS d ON true
"""
# A provider's report of what no factory does has no category, and is nobody's case.
_MATCHES = """
    WHERE c.category IS NOT NULL
        AND c.is_spam = %(is_spam)s
        AND c.state = ANY (%(states)s)
        AND (%(category)s::text IS NULL OR c.category = %(category)s)
        AND (%(district)s::text IS NULL OR %(district)s IN (c.province_code, c.district_code))
        AND (%(older)s::timestamptz IS NULL OR c.received_at <= %(older)s)
        AND (%(assignee)s::bigint IS NULL OR c.assigned_to = %(assignee)s)
        AND (NOT %(without_province)s OR c.province_code IS NULL)
        AND (NOT %(is_overdue)s OR (d.due_at < %(now)s AND c.state <> ALL (%(closed)s)))
"""

COUNT = f"""
    SELECT count(*),
        count(*) FILTER (WHERE d.due_at < %(now)s AND c.state <> ALL (%(closed)s))
    {_FROM} {_MATCHES}
"""
# Those that are open and that no officer sees.
WITHOUT_PROVINCE = """
    SELECT count(*), min(c.received_at) FROM complaint AS c
    WHERE c.province_code IS NULL AND c.category IS NOT NULL AND NOT c.is_spam
        AND c.state <> ALL (%(closed)s)
"""
OLDEST_FIRST = f"""
    {_SUMMARY} {_FROM} {_MATCHES}
        AND (%(after_at)s::timestamptz IS NULL
            OR (c.received_at, c.id) > (%(after_at)s, %(after_id)s))
    ORDER BY c.received_at, c.id LIMIT %(limit)s
"""
NEWEST_FIRST = f"""
    {_SUMMARY} {_FROM} {_MATCHES}
        AND (%(after_at)s::timestamptz IS NULL
            OR (c.received_at, c.id) < (%(after_at)s, %(after_id)s))
    ORDER BY c.received_at DESC, c.id DESC LIMIT %(limit)s
"""
SUMMARIES = f"{_SUMMARY} {_FROM} WHERE c.id = ANY (%(ids)s)"

CASE = """
    SELECT
        coalesce((SELECT max(e.id) FROM complaint_event AS e WHERE e.complaint_id = c.id), 0),
        c.source, c.status, c.reported_at, c.happened_at, c.device_at, c.address, c.accuracy_m,
        c.duplicate_of,
        (SELECT array_agg(m.id ORDER BY m.received_at) FROM complaint AS m
            WHERE m.duplicate_of = c.id),
        has_evidence(c.id), complaint_has_contact(c.id),
        (SELECT w.text FROM complaint_text AS w WHERE w.complaint_id = c.id)
    FROM complaint AS c WHERE c.id = %(id)s
"""

# Its own, and those by which another was merged into it, or taken out again.
EVENTS = """
    SELECT e.id, e.at, e.kind, e.complaint_id, e.from_state, e.to_state, a.id, a.name, a.role,
        e.why,
        e.detail || jsonb_strip_nulls(
            jsonb_build_object('assignee_name', b.name, 'cause_name', f.name)
        )
    FROM complaint_event AS e
    LEFT JOIN account AS a ON a.id = e.account_id
    LEFT JOIN account AS b ON e.kind = 'assigned' AND b.id = (e.detail ->> 'assignee')::bigint
    LEFT JOIN published.factories AS f
        ON e.kind = 'inspection' AND f.id = e.detail ->> 'cause_factory'
    WHERE e.complaint_id = %(id)s
        OR (e.kind IN ('merged', 'unmerged') AND e.duplicate_of = %(id)s)
    ORDER BY e.at, e.id
"""

PHOTOS = """
    SELECT id, kind, added_at, width, height FROM complaint_photo
    WHERE complaint_id = %(id)s ORDER BY added_at, id
"""
PHOTO = "SELECT id FROM complaint_photo WHERE id = %(id)s"

POSSIBLE_DUPLICATES = """
    SELECT other, distance_m FROM possible_duplicates(%(id)s) ORDER BY distance_m, other LIMIT 20
"""

COLLEAGUES = """
    SELECT a.id, a.name, a.role FROM account AS a
    JOIN complaint AS c ON c.id = %(id)s
    WHERE a.disabled_at IS NULL AND a.role <> 'analyst'
        AND (a.role <> 'officer' OR a.province_code = c.province_code)
    ORDER BY a.role <> 'officer', a.name, a.id LIMIT 200
"""

PLACE = """
    SELECT ST_X(geom), ST_Y(geom), coalesce(happened_at, reported_at) FROM complaint
    WHERE id = %(id)s
"""

ATTRIBUTION = """
    SELECT a.reason, a.none_single, a.none_pooled, a.others, a.others_single, a.others_pooled,
        a.wind_speed_m_s, a.wind_from_deg, a.wind_age_h, a.station_m, a.method, a.computed_at,
        a.run_id
    FROM complaint_attribution AS a
    WHERE a.complaint_id = %(id)s
"""

CANDIDATES = """
    SELECT c.factory_id, f.name, c.distance_m, c.bearing_deg, c.share_before, c.share_single,
        c.share_pooled, c.leads
    FROM complaint_candidate AS c
    LEFT JOIN published.factories AS f ON f.id = c.factory_id
    WHERE c.complaint_id = %(id)s
    ORDER BY c.share_pooled DESC, c.factory_id
"""

PLACES = """
    SELECT t.code, t.name_th, t.name_en FROM published.districts AS t
    WHERE t.province_code = %(province)s ORDER BY t.code
"""
PROVINCES = "SELECT code, name_th, name_en FROM published.provinces ORDER BY code"
