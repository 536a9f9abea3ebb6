"""Statements about inspections, as staff: each sees and adds what its credential opens."""

CHECKLISTS = """
    SELECT t.id, t.version, t.title_th, t.title_en, t.official, t.source, (
        SELECT coalesce(json_agg(json_build_object(
            'code', i.code, 'text_th', i.text_th, 'text_en', i.text_en, 'kind', i.kind,
            'unit', i.unit, 'required', i.required, 'law', i.law, 'choices', (
                SELECT coalesce(json_agg(
                    json_build_array(c.code, c.text_th, c.text_en) ORDER BY c.position, c.code
                ), '[]')
                FROM checklist_choice AS c
                WHERE c.template_id = i.template_id AND c.template_version = i.template_version
                    AND c.item_code = i.code
            )
        ) ORDER BY i.position), '[]')
        FROM checklist_item AS i
        WHERE i.template_id = t.id AND i.template_version = t.version
    )
    FROM checklist_template AS t
    WHERE t.withdrawn_on IS NULL OR %(withdrawn)s
    ORDER BY t.id, t.version DESC
"""

BEGIN_INSPECTION = """
    INSERT INTO inspection (
        id, complaint_id, factory_id, template_id, template_version, account_id
    ) VALUES (
        %(inspection)s, %(complaint)s, %(factory)s, %(checklist)s, %(version)s, %(account)s
    )
    ON CONFLICT (id) DO NOTHING
"""

BEGUN = """
    SELECT complaint_id, factory_id, template_id, template_version FROM inspection
    WHERE id = %(inspection)s
"""

STORED_CONTENT = """
    SELECT inspection_id, content_sha256 FROM inspection_revision WHERE id = %(revision)s
"""

KNOWN_BASES = """
    SELECT count(*) FROM inspection_revision
    WHERE inspection_id = %(inspection)s AND id = ANY (%(based_on)s::uuid[])
"""

ADD_REVISION = """
    INSERT INTO inspection_revision (
        id, inspection_id, based_on, account_id, device_at, started_at, geom, accuracy_m, fixed_at,
        no_fix, finding, order_section, order_number, order_due_on, notes, cause_factory_id,
        content_sha256
    ) VALUES (
        %(revision)s, %(inspection)s, %(based_on)s::uuid[], %(account)s, %(device_at)s,
        %(started_at)s,
        ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), %(accuracy_m)s, %(fixed_at)s,
        %(no_fix)s, %(finding)s, %(order_section)s, %(order_number)s, %(order_due_on)s, %(notes)s,
        %(cause)s, %(content_sha256)s
    )
    ON CONFLICT (id) DO NOTHING
"""

ADD_ANSWERS = """
    INSERT INTO inspection_answer (revision_id, item_code, value)
    SELECT %(revision)s, key, value FROM jsonb_each(%(answers)s::jsonb)
"""

# Heads are those that no other was made of.
INSPECTIONS = """
    SELECT i.id, i.complaint_id, i.factory_id, i.template_id, i.template_version, i.revision_id, (
        SELECT array_agg(r.id ORDER BY r.received_at, r.id)::text[]
        FROM inspection_revision AS r
        WHERE r.inspection_id = i.id AND NOT EXISTS (
            SELECT FROM inspection_revision AS later
            WHERE later.inspection_id = i.id AND r.id = ANY (later.based_on)
        )
    )
    FROM inspection AS i
    WHERE i.revision_id IS NOT NULL
        AND (%(inspection)s::uuid IS NULL OR i.id = %(inspection)s::uuid)
        AND (%(complaint)s::text IS NULL OR i.complaint_id = %(complaint)s)
        AND (%(factory)s::text IS NULL OR i.factory_id = %(factory)s)
    ORDER BY i.visited_at DESC, i.id
    LIMIT 200
"""

REVISIONS = """
    SELECT r.inspection_id, r.id, r.based_on::text[], r.account_id, a.name, r.started_at,
        r.device_at, r.received_at, ST_X(r.geom), ST_Y(r.geom), r.accuracy_m, r.fixed_at, r.no_fix,
        r.finding, r.order_section, r.order_number, r.order_due_on, r.notes, (
            SELECT coalesce(json_object_agg(item_code, value ORDER BY item_code), '{}')
            FROM inspection_answer WHERE revision_id = r.id
        ), r.cause_factory_id, r.distance_m, r.registered_precision
    FROM inspection_revision AS r JOIN account AS a ON a.id = r.account_id
    WHERE r.inspection_id = ANY (%(inspections)s::uuid[])
    ORDER BY r.received_at, r.id
"""

PHOTOS = """
    SELECT inspection_id, id, client_id, item_code, device_at, width, height FROM inspection_photo
    WHERE inspection_id = ANY (%(inspections)s::uuid[]) ORDER BY added_at, id
"""

CASE = """
    SELECT c.category, c.address, ST_X(c.geom), ST_Y(c.geom), c.received_at
    FROM complaint AS c WHERE c.id = %(complaint)s
"""

STORED_PHOTO = """
    SELECT id, client_id, item_code, device_at, width, height FROM inspection_photo
    WHERE inspection_id = %(inspection)s AND client_id = %(client_id)s
"""

PHOTO = "SELECT id FROM inspection_photo WHERE id = %(photo)s"

ADD_PHOTO = """
    INSERT INTO inspection_photo (
        id, inspection_id, client_id, item_code, account_id, device_at, width, height, sha256
    ) VALUES (
        %(id)s, %(inspection)s, %(client_id)s, %(item)s, %(account)s, %(device_at)s, %(width)s,
        %(height)s, %(sha256)s
    )
    ON CONFLICT (inspection_id, client_id) DO NOTHING
"""

# As the public has it: the register's own table is not for staff.
FACTORY = """
    SELECT name, ST_X(geom), ST_Y(geom) FROM published.factories WHERE id = %(factory)s
"""

# By the number of the register, else by the whole name where one alone has it.
FACTORY_NAMED = """
    SELECT id FROM published.factories WHERE id = %(cause)s
    UNION ALL
    SELECT id FROM published.factories
    WHERE lower(name) = lower(%(cause)s)
        AND NOT EXISTS (SELECT FROM published.factories WHERE id = %(cause)s)
    LIMIT 2
"""

FACTORY_NAMES = "SELECT id, coalesce(name, id) FROM published.factories WHERE id = ANY (%(ids)s)"

# The nearest first; a degree is more than 100 km there.
NEAR_FACTORIES = """
    SELECT id, coalesce(name, id), away FROM (
        SELECT f.id, f.name, ST_Distance(
            f.geom::geography, ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)::geography
        ) AS away
        FROM published.factories AS f
        WHERE f.geom && ST_Expand(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), 0.03)
    ) AS n
    ORDER BY away, id LIMIT 30
"""
